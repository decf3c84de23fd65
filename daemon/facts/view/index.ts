export { cloudSample } from './cloudSample';
export { depthGrid } from './depthGrid';
export { envelope } from './envelope';
export { pointNormals } from './pointNormals';
export { wavOf } from './wavOf';
