import { BufferAttribute, BufferGeometry, Points, PointsMaterial } from 'three';
import type { CloudBundle, Scene } from '../viewer/viewerPorts';
import { linearColors } from './linearColors';
import { orbitScene } from './orbitScene';

/** A cloud, seen first from above one corner. */
export const openPoints: CloudBundle['openPoints'] = (canvas, { positions, up }): Scene => {
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(positions, 3));
  geometry.computeBoundingSphere();
  const radius = Math.max(1e-6, longest(positions));
  const material = new PointsMaterial({ size: 2, sizeAttenuation: false, vertexColors: true });
  const orbit = orbitScene(canvas, new Points(geometry, material), {
    radius,
    up,
    from: up === 'z' ? [0.9, -1, 0.7] : [0.9, 0.7, 1],
  });
  return {
    ...orbit,
    setPointSize: (size) => {
      material.size = size * Math.min(2, window.devicePixelRatio || 1);
      orbit.redraw();
    },
    setColors: (colors) => {
      geometry.setAttribute('color', linearColors(colors));
      orbit.redraw();
    },
    dispose: () => {
      geometry.dispose();
      material.dispose();
      orbit.dispose();
    },
  };
};

/** Distance from the middle that holds 99 % of the points: a stray one does not make the rest a dot. */
function longest(positions: Float32Array): number {
  const lengths = Float32Array.from({ length: positions.length / 3 }, (_, i) =>
    Math.hypot(positions[3 * i]!, positions[3 * i + 1]!, positions[3 * i + 2]!),
  ).sort();
  return lengths[Math.floor(0.99 * (lengths.length - 1))] ?? 1;
}
