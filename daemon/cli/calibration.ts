/** Answers of like confidence: how many, their mean confidence, and the share that was right. */
export interface ConfidenceBin {
  from: number;
  to: number;
  asked: number;
  confidence: number;
  right: number;
}

export interface Calibration {
  /** Expected calibration error, 0 to 1: mean over the answers of |confidence - share right| of their bin (Guo et al., 2017). */
  error: number;
  bins: ConfidenceBin[];
}

/** Ten bins of equal width over 0..1; empty ones are left out. */
export function calibrationOf(answers: ReadonlyArray<{ confidence: number; right: boolean }>, count = 10): Calibration {
  const bins: ConfidenceBin[] = [];
  let error = 0;
  for (let k = 0; k < count; k++) {
    const own = answers.filter(({ confidence }) => Math.min(count - 1, Math.floor(confidence * count)) === k);
    if (own.length === 0) continue;
    const confidence = own.reduce((sum, a) => sum + a.confidence, 0) / own.length;
    const right = own.filter((a) => a.right).length / own.length;
    bins.push({ from: k / count, to: (k + 1) / count, asked: own.length, confidence, right });
    error += (own.length / answers.length) * Math.abs(confidence - right);
  }
  return { error, bins };
}
