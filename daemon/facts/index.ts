/** Facts: media in, measured numbers out. What other layers use. */
export { type FactTools, measureFacts } from './measureFacts';
export { type PointsPreview, pointsPreview, waveformPeaks } from './preview';
