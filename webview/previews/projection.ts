/** A point cloud seen from one side: pure, so that what the canvas shows can be tested. */
export interface View {
  /** Radians about the vertical axis (z is up). */
  yaw: number;
  /** Radians above the horizon. */
  pitch: number;
}

export interface Projected {
  /** -1..1, x to the right, y down. */
  x: Float32Array;
  y: Float32Array;
  /** 0 (far) .. 1 (near). */
  depth: Float32Array;
}

/** The cloud about its middle, scaled to the unit ball. @param xyz flat, three numbers a point */
export function normalized(xyz: readonly number[]): Float32Array {
  const count = Math.floor(xyz.length / 3);
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  for (let i = 0; i < count * 3; i++) {
    low[i % 3] = Math.min(low[i % 3]!, xyz[i]!);
    high[i % 3] = Math.max(high[i % 3]!, xyz[i]!);
  }
  const middle = low.map((value, axis) => (value + high[axis]!) / 2);
  const out = new Float32Array(count * 3);
  let radius = 0;
  for (let i = 0; i < count * 3; i++) out[i] = xyz[i]! - middle[i % 3]!;
  for (let i = 0; i < count * 3; i += 3) radius = Math.max(radius, Math.hypot(out[i]!, out[i + 1]!, out[i + 2]!));
  return radius > 0 ? out.map((value) => value / radius) : out;
}

/** Orthographic. @param points of `normalized` */
export function project(points: Float32Array, { yaw, pitch }: View): Projected {
  const count = points.length / 3;
  const [x, y, depth] = [new Float32Array(count), new Float32Array(count), new Float32Array(count)];
  const [cosYaw, sinYaw, cosPitch, sinPitch] = [Math.cos(yaw), Math.sin(yaw), Math.cos(pitch), Math.sin(pitch)];
  for (let i = 0; i < count; i++) {
    const [px, py, pz] = [points[3 * i]!, points[3 * i + 1]!, points[3 * i + 2]!];
    const side = px * cosYaw + py * sinYaw;
    const away = py * cosYaw - px * sinYaw;
    x[i] = side;
    y[i] = -(pz * cosPitch + away * sinPitch);
    depth[i] = (1 - (away * cosPitch - pz * sinPitch)) / 2;
  }
  return { x, y, depth };
}
