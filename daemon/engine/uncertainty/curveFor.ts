import { CALIBRATED_MEDIA, type CalibratedMedium, type ConfidenceCalibration } from '../../common/modelConfig';
import type { MeasuredMedia } from '../grounding/factReader';

/** The curve of the one file that a question is about, where the model has it; else the one of all answers. */
export function curveFor(
  { calibration = [], calibration_of = {} }: Partial<ConfidenceCalibration> = {},
  media: readonly MeasuredMedia[],
): ReadonlyArray<readonly [number, number]> {
  const [only, ...others] = media;
  const medium = only === undefined || others.length > 0 ? undefined : mediumOf(only);
  return (medium && calibration_of[medium]) ?? calibration;
}

function mediumOf({ modality, facts }: MeasuredMedia): CalibratedMedium | undefined {
  if (modality === 'image') return facts.some(({ name }) => name === 'plot.kind') ? 'plot' : 'picture';
  return CALIBRATED_MEDIA.find((medium) => medium === modality);
}
