/**
 * Variance of the Laplacian [0 1 0; 1 -4 1; 0 1 0] over the inner pixels: the usual measure of focus (Pech-Pacheco et
 * al., ICPR 2000). `luma` 0..255, row-major; 0 where there are no inner pixels.
 */
export function laplacianVariance(luma: Float32Array, width: number, height: number): number {
  const count = Math.max(0, width - 2) * Math.max(0, height - 2);
  if (count === 0) return 0;
  let [sum, squares] = [0, 0];
  for (let y = 1; y < height - 1; y++) {
    for (let at = y * width + 1; at < (y + 1) * width - 1; at++) {
      const l = luma[at - width]! + luma[at + width]! + luma[at - 1]! + luma[at + 1]! - 4 * luma[at]!;
      sum += l;
      squares += l * l;
    }
  }
  return Math.max(0, squares / count - (sum / count) ** 2);
}
