import { openViewer } from './viewerDialog';
import type { ViewerBundle } from './viewerPorts';

const bundle: ViewerBundle = { openViewer };
// what the page finds when the first preview is opened
Object.assign(globalThis, { oneLens_viewer: bundle });
