/**
 * A confidence of 0..1 as it is shown, in whole percent and rounded down: what lies below a half, and so leads with the facts as a guess,
 * is nowhere shown as 50 %.
 */
export function confidencePercent(confidence: number): number {
  return Math.floor(confidence * 100 + 1e-6);
}
