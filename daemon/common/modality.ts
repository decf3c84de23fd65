/** The eight modalities of OneLLM (CVPR 2024), in the order of the official code (`model/meta.py`). */
export const MODALITIES = ['image', 'video', 'audio', 'point', 'rgbd', 'rgbn', 'fmri', 'imu'] as const;

export type Modality = (typeof MODALITIES)[number];

export function isModality(value: unknown): value is Modality {
  return typeof value === 'string' && (MODALITIES as readonly string[]).includes(value);
}
