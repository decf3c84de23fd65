import {
  AmbientLight,
  BufferAttribute,
  BufferGeometry,
  DirectionalLight,
  DoubleSide,
  Mesh,
  MeshLambertMaterial,
} from 'three';
import type { CloudBundle, Scene } from '../viewer/viewerPorts';
import { linearColors } from './linearColors';
import { orbitScene } from './orbitScene';

/** A surface, seen first from in front and a little to the side, lit from the camera. */
export const openSurface: CloudBundle['openSurface'] = (canvas, { positions, triangles }): Scene => {
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(positions, 3));
  geometry.setIndex(new BufferAttribute(triangles, 1));
  geometry.computeVertexNormals();
  const material = new MeshLambertMaterial({ vertexColors: true, side: DoubleSide });
  const orbit = orbitScene(canvas, new Mesh(geometry, material), { radius: 0.6, up: 'y', from: [0.45, 0.3, 1] });
  const lamp = new DirectionalLight(0xffffff, 1.2);
  lamp.position.set(0, 0, 1);
  orbit.camera.add(lamp);
  orbit.world.add(orbit.camera, new AmbientLight(0xffffff, 2.2));
  return {
    ...orbit,
    setPointSize: () => {},
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
