import type { MediaView } from '../../daemon/protocol/messages';
import { h, icon } from '../dom';
import { t } from '../l10n';
import { createDrawing } from '../plot/overlay';
import { PictureStage } from './pictureStage';
import { createReliefView } from './reliefView';
import type { ViewContext } from './viewContext';
import type { ViewerPorts } from './viewerPorts';

type PicturesView = Extract<MediaView, { kind: 'pictures' }>;

/** One picture to look into; of several, those beside it to choose from: frames, a photograph and its map, a surface. */
export function createPicturesView({ pictures, relief }: PicturesView, context: ViewContext): HTMLElement {
  const stage = new PictureStage();
  const place = h('div', { class: 'viewer-place' });
  const tools = h('div', { class: 'viewer-tools' });
  const choices: Choice[] = pictures.map((picture) => ({
    label: picture.caption || context.name,
    picture: h('img', { src: `data:image/png;base64,${picture.pngBase64}`, alt: '', draggable: 'false' }),
    show: () => {
      place.replaceChildren(stage.element);
      tools.replaceChildren(stage.tools, ...(hasPlot(context) ? [createPlotToggle(stage, context)] : []));
      stage.show(picture, context.name);
    },
    ...(picture.time === undefined ? {} : { time: picture.time }),
  }));
  if (relief !== undefined) {
    choices.push({
      label: 'surface',
      picture: icon('layers'),
      show: () => {
        const view = createReliefView(relief, context);
        place.replaceChildren(view.element);
        tools.replaceChildren(view.tools);
      },
    });
  }
  const strip = createStrip(choices, context);
  choices[0]?.show();
  return h('div', { class: 'viewer-view' }, place, tools, choices.length > 1 && strip);
}

interface Choice {
  label: string;
  picture: HTMLElement;
  show(): void;
  time?: number;
}

function createStrip(choices: readonly Choice[], { name, report }: ViewContext): HTMLElement {
  const times = report?.input?.kind === 'frames' ? report.input.times : [];
  const buttons = choices.map(({ label, picture, show, time }, i) => {
    const isSeen = time !== undefined && times.some((seen) => Math.abs(seen - time) < 1e-3);
    const title = isSeen ? `${label}, seen by the model` : label;
    const button = h(
      'button',
      { type: 'button', class: 'strip-choice', 'aria-pressed': String(i === 0), title, 'aria-label': title },
      picture,
      h('span', { class: 'caption' }, isSeen && icon('eye'), label),
    );
    button.addEventListener('click', () => {
      for (const one of buttons) one.setAttribute('aria-pressed', String(one === button));
      show();
    });
    return button;
  });
  return h(
    'ul',
    { class: 'viewer-strip', 'aria-label': t('Pictures of {0}', name) },
    ...buttons.map((button) => h('li', {}, button)),
  );
}

function hasPlot({ report }: ViewContext): boolean {
  const kind = report?.facts.find(({ name }) => name === 'plot.kind')?.value;
  return kind !== undefined && kind !== 'none';
}

/** What was read in the plot over it, fetched when it is first wanted. */
function createPlotToggle(stage: PictureStage, { ports, signal }: ViewContext): HTMLElement {
  const words = h('span', { class: 'viewer-note', role: 'status' });
  const box = h('input', { type: 'checkbox' });
  let drawing: SVGElement | undefined;
  box.addEventListener('change', async () => {
    if (!box.checked) return stage.overlay(null);
    try {
      words.textContent = drawing === undefined ? t('Reading…') : '';
      drawing ??= await fetchDrawing(ports, signal);
      words.textContent = '';
      if (box.checked) stage.overlay(drawing);
    } catch (error) {
      box.checked = false;
      words.textContent = error instanceof Error ? error.message : String(error);
    }
  });
  return h('label', { class: 'viewer-toggle' }, box, t('Show what was read'), words);
}

async function fetchDrawing(ports: ViewerPorts, signal: AbortSignal): Promise<SVGElement> {
  const view = await ports.request('plot', signal);
  if (view.kind !== 'plot') throw new Error(t('Nothing was read in this picture.'));
  return createDrawing(view.result.overlay);
}
