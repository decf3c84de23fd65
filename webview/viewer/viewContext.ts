import type { MediaReport } from '../../daemon/protocol/messages';
import type { ViewerPorts } from './viewerPorts';

/** What every kind of larger preview is made with. */
export interface ViewContext {
  name: string;
  report: MediaReport | undefined;
  ports: ViewerPorts;
  /** Aborted when the preview is closed. */
  signal: AbortSignal;
}
