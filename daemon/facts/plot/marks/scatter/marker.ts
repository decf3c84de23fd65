/** A marker on a line; area coordinates, pixels. */
export interface Marker {
  x: number;
  y: number;
  width: number;
  height: number;
}
