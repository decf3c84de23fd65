/** Facts: media in, measured numbers out. What other layers use. */

export type { FactTools } from './factTools';
export { outlineFacts } from './image/outlineFacts';
export { fileFacts, measureFacts } from './measureFacts';
export { MemoTextReader } from './ocr';
export { MemoPlotReader } from './plot';
export { toCsv } from './plot/plotCsv';
export { toPlotData } from './plot/plotData';
export { plotOverlay } from './plot/plotOverlay';
export { type PointsPreview, pointsPreview, type Spectrogram, spectrogram, waveformPeaks } from './preview';
export { cloudSample, depthGrid, envelope, pointNormals, wavOf } from './view';
