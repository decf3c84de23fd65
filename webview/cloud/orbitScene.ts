import { type Object3D, PerspectiveCamera, Scene as ThreeScene, Vector3, WebGLRenderer } from 'three';
import { OrbitControls } from 'three/examples/jsm/controls/OrbitControls.js';

export interface Orbit {
  world: ThreeScene;
  camera: PerspectiveCamera;
  /** Draws once, in the next frame. */
  redraw(): void;
  orbit(yaw: number, pitch: number): void;
  zoom(factor: number): void;
  reset(): void;
  dispose(): void;
}

/** Degrees across the shorter side. */
const FIELD_OF_VIEW = 40;
/** Distance of the first view, of the radius: the whole ball is in sight. */
const AWAY = 3;

/**
 * What is shown, a camera about its middle, and a drawing only when something changed: an open preview at rest costs
 * nothing. Throws where the browser has no WebGL.
 */
export function orbitScene(
  canvas: HTMLCanvasElement,
  shown: Object3D,
  { radius, up, from }: { radius: number; up: 'y' | 'z'; from: [number, number, number] },
): Orbit {
  const renderer = new WebGLRenderer({ canvas, antialias: true, alpha: true });
  const world = new ThreeScene().add(shown);
  const camera = new PerspectiveCamera(FIELD_OF_VIEW, 1, radius / 100, radius * 100);
  camera.up.set(0, up === 'y' ? 1 : 0, up === 'z' ? 1 : 0);
  camera.position.copy(new Vector3(...from).normalize().multiplyScalar(radius * AWAY));
  const controls = new OrbitControls(camera, canvas);
  controls.minDistance = radius / 10;
  controls.maxDistance = radius * 20;
  controls.saveState();
  const redraw = onceAFrame(() => renderer.render(world, camera));
  controls.addEventListener('change', redraw);
  const observer = new ResizeObserver(() => fit(renderer, camera, canvas, redraw));
  observer.observe(canvas);
  return {
    world,
    camera,
    redraw,
    orbit: (yaw, pitch) => {
      controls.rotateLeft(-yaw);
      controls.rotateUp(-pitch);
      controls.update();
    },
    zoom: (factor) => {
      const distance = camera.position.distanceTo(controls.target) / factor;
      const bounded = Math.min(controls.maxDistance, Math.max(controls.minDistance, distance));
      camera.position.sub(controls.target).setLength(bounded).add(controls.target);
      controls.update();
    },
    reset: () => controls.reset(),
    dispose: () => {
      observer.disconnect();
      controls.dispose();
      renderer.dispose();
      // a page may hold few of them
      renderer.forceContextLoss();
    },
  };
}

function fit(
  renderer: WebGLRenderer,
  camera: PerspectiveCamera,
  { clientWidth, clientHeight }: HTMLCanvasElement,
  redraw: () => void,
): void {
  if (clientWidth === 0 || clientHeight === 0) return;
  renderer.setPixelRatio(Math.min(2, window.devicePixelRatio || 1));
  renderer.setSize(clientWidth, clientHeight, false);
  camera.aspect = clientWidth / clientHeight;
  camera.fov = verticalView(camera.aspect);
  camera.updateProjectionMatrix();
  redraw();
}

/** In a narrow panel the width is what must hold the scene. */
function verticalView(aspect: number): number {
  const half = Math.tan((FIELD_OF_VIEW * Math.PI) / 360);
  return (Math.atan(half / Math.min(1, aspect)) * 360) / Math.PI;
}

function onceAFrame(draw: () => void): () => void {
  let scheduled = false;
  return () => {
    if (scheduled) return;
    scheduled = true;
    requestAnimationFrame(() => {
      scheduled = false;
      draw();
    });
  };
}
