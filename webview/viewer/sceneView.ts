import { h, iconButton } from '../dom';
import { t } from '../l10n';
import type { CloudBundle, Scene, ViewerPorts } from './viewerPorts';

const RADIANS_A_KEY = Math.PI / 18;
const ZOOM_STEP = 1.2;

export interface SceneView {
  element: HTMLElement;
  tools: HTMLElement;
  /** Undefined where the flat picture stands instead. */
  scene: Promise<Scene | undefined>;
}

/**
 * A canvas of three dimensions, turned by dragging or the arrow keys, and its buttons. Where there is no WebGL, `flat`
 * stands in its place, with a word why.
 */
export function createSceneView(
  label: string,
  open: (bundle: CloudBundle, canvas: HTMLCanvasElement) => Scene,
  flat: () => HTMLElement | null,
  { ports, signal }: { ports: ViewerPorts; signal: AbortSignal },
): SceneView {
  const canvas = h('canvas', {
    class: 'scene',
    tabindex: '0',
    role: 'img',
    'aria-label': `${label} ${t('The arrow keys turn it, plus and minus zoom, 0 goes back.')}`,
  });
  const element = h('div', { class: 'scene-frame' }, canvas);
  const tools = h('div', { class: 'stage-tools', role: 'group', 'aria-label': t('View') });
  const scene = start();
  return { element, tools, scene };

  async function start(): Promise<Scene | undefined> {
    try {
      const opened = open(await ports.loadCloud(), canvas);
      listen(canvas, opened);
      tools.append(...buttonsOf(opened));
      signal.addEventListener('abort', () => opened.dispose());
      return opened;
    } catch {
      const words = t('The view in three dimensions needs WebGL, which is not available here: this is the flat one.');
      element.replaceChildren(...[h('p', { class: 'viewer-note' }, words), flat()].filter((part) => part !== null));
      return undefined;
    }
  }
}

function buttonsOf(scene: Scene): HTMLElement[] {
  return [
    iconButton('zoom-out', t('Zoom out (-)'), () => scene.zoom(1 / ZOOM_STEP)),
    iconButton('zoom-in', t('Zoom in (+)'), () => scene.zoom(ZOOM_STEP)),
    iconButton('screen-normal', t('Back to the first view (0)'), () => scene.reset()),
  ];
}

function listen(canvas: HTMLCanvasElement, scene: Scene): void {
  const keys: Record<string, () => void> = {
    ArrowLeft: () => scene.orbit(-RADIANS_A_KEY, 0),
    ArrowRight: () => scene.orbit(RADIANS_A_KEY, 0),
    ArrowUp: () => scene.orbit(0, RADIANS_A_KEY),
    ArrowDown: () => scene.orbit(0, -RADIANS_A_KEY),
    '+': () => scene.zoom(ZOOM_STEP),
    '=': () => scene.zoom(ZOOM_STEP),
    '-': () => scene.zoom(1 / ZOOM_STEP),
    '0': () => scene.reset(),
  };
  canvas.addEventListener('keydown', (event) => {
    const act = keys[event.key];
    if (act === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  });
}
