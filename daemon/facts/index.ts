/** Facts: media in, measured numbers out. What other layers use. */
export { type FactTools, measureFacts } from './measureFacts';
export { type PointsPreview, pointsPreview, type Spectrogram, spectrogram, waveformPeaks } from './preview';
