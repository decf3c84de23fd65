/** What a map's file holds, before it means anything: numbers in rows, channels interleaved. */
export interface Samples {
  width: number;
  height: number;
  channels: number;
  /** width * height * channels. */
  values: Float32Array;
  /** Bits a channel in the file. */
  bits: number;
  /** Whether the values are floating point in the file. */
  float: boolean;
  warnings: string[];
}
