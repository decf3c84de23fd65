import type { Cancellation, TextReader } from '../media/text';
import type { PlotReader } from './plot';

/** What facts need beside the media; absent where this machine has none. */
export interface FactTools {
  /** Reads text in pictures. */
  text?: TextReader;
  /** Reads plots, where readings are shared; else they are read with `text`. */
  plots?: PlotReader;
  signal?: Cancellation;
}
