import type { CloudView } from '../../daemon/protocol/messages';
import { h } from '../dom';
import { t } from '../l10n';
import { createPreview } from '../previews/preview';
import { bytesOf, floatsOf } from './bytesOf';
import { colorsByNormal, colorsByValue, heightsOf } from './pointColors';
import { createSceneView } from './sceneView';
import type { ViewContext } from './viewContext';
import type { Scene } from './viewerPorts';

/** Which colours the points have; "own" are the file's. */
type Coloring = 'own' | 'height' | 'normal';

const FIRST_SIZE = 2;

/** A cloud to turn, its points as large and coloured as one likes. */
export function createCloudView(view: CloudView, context: ViewContext): HTMLElement {
  const positions = floatsOf(view.positionsBase64);
  const words = h('span', { class: 'viewer-note', role: 'status' });
  const { element, tools, scene } = createSceneView(
    t('Point cloud of {0}.', context.name),
    (bundle, canvas) => bundle.openPoints(canvas, { positions, up: view.up }),
    () => (context.report?.preview?.kind === 'points' ? createPreview(context.report.preview, context.name) : null),
    context,
  );
  const controls = h('div', { class: 'viewer-tools' }, tools);
  void scene.then((opened) => {
    if (opened === undefined) return;
    controls.append(createColoring(view, positions, opened, words, context), createSize(opened));
  });
  return h(
    'div',
    { class: 'viewer-view' },
    h('div', { class: 'viewer-place' }, element),
    controls,
    h('p', { class: 'viewer-note' }, countText(view)),
    words,
  );
}

export function countText({ count, of }: Pick<CloudView, 'count' | 'of'>): string {
  const number = (n: number) => n.toLocaleString('en');
  if (count < of) return `${number(count)} of the file's ${number(of)} points are drawn, evenly spread over it.`;
  return `${number(count)} points, all of them drawn.`;
}

function createColoring(
  view: CloudView,
  positions: Float32Array,
  scene: Scene,
  words: HTMLElement,
  context: ViewContext,
): HTMLElement {
  const { heights, range } = heightsOf(positions, view.up);
  const at = view.middle[view.up === 'y' ? 1 : 2];
  const made = new Map<Coloring, Uint8Array>();
  const make: Record<Coloring, () => Uint8Array | Promise<Uint8Array>> = {
    own: () => bytesOf(view.colorsBase64 ?? ''),
    height: () => colorsByValue(heights, range),
    normal: () => fetchNormalColors(context),
  };
  const told: Record<Coloring, string> = {
    own: '',
    height: t('Height ({0}) from {1}, dark, to {2}, yellow.', view.up, short(range[0] + at), short(range[1] + at)),
    normal: t('Direction of the surface, estimated from neighbouring points: x red, y green, z blue.'),
  };
  const select = h(
    'select',
    { 'aria-label': t('Colour by') },
    view.colorsBase64 !== undefined && h('option', { value: 'own' }, t('Colour of the file')),
    h('option', { value: 'height' }, t('Height')),
    h('option', { value: 'normal' }, t('Direction of the surface')),
  );
  const apply = async () => {
    const by = select.value as Coloring;
    try {
      words.textContent = made.has(by) ? '' : t('Working…');
      if (!made.has(by)) made.set(by, await make[by]());
      if (select.value !== by) return;
      scene.setColors(made.get(by)!);
      words.textContent = told[by];
    } catch (error) {
      words.textContent = error instanceof Error ? error.message : String(error);
    }
  };
  select.addEventListener('change', () => void apply());
  void apply();
  return h('label', { class: 'viewer-field' }, t('Colour'), select);
}

async function fetchNormalColors({ ports, signal }: ViewContext): Promise<Uint8Array> {
  const view = await ports.request('normals', signal);
  if (view.kind !== 'normals') throw new Error(t('The directions of the surface cannot be told.'));
  return colorsByNormal(new Int8Array(bytesOf(view.base64).buffer));
}

function createSize(scene: Scene): HTMLElement {
  const slider = h('input', { type: 'range', min: '1', max: '8', step: '0.5', value: String(FIRST_SIZE) });
  slider.addEventListener('input', () => scene.setPointSize(Number(slider.value)));
  scene.setPointSize(FIRST_SIZE);
  return h('label', { class: 'viewer-field' }, t('Point size'), slider);
}

const short = (value: number): string => String(Number(value.toPrecision(4)));
