import type { CloudBundle } from '../viewer/viewerPorts';
import { openPoints } from './openPoints';
import { openSurface } from './openSurface';

const bundle: CloudBundle = { openPoints, openSurface };
// what the page finds when the first cloud or depth map is looked at
Object.assign(globalThis, { oneLens_cloud: bundle });
