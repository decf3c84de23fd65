import type { Cancellation, TextReader } from '../media/text';

/** What facts need beside the media; absent where this machine has none. */
export interface FactTools {
  /** Reads text in pictures. */
  text?: TextReader;
  signal?: Cancellation;
}
