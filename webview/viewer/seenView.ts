import type { MediaReport, ModelInput, ModelSquare, ViewPicture } from '../../daemon/protocol/messages';
import { h } from '../dom';
import { t } from '../l10n';
import { inputText } from './inputText';
import type { ViewContext } from './viewContext';

/** What exactly reached the model, from the daemon's own word; of pictures, the very squares. */
export class SeenView {
  private readonly body = h('div', { class: 'seen-body' });
  readonly element = h(
    'section',
    { class: 'seen', 'aria-label': t('What the model saw') },
    h('h3', {}, t('What the model saw')),
    this.body,
  );
  private shown: string | undefined;

  constructor(private readonly context: ViewContext) {}

  update(report: MediaReport | undefined): void {
    const input = report?.input;
    const key = JSON.stringify(input ?? null);
    if (key === this.shown) return;
    this.shown = key;
    if (input === undefined) {
      const words = t(
        'Nothing yet. Once a question about this file was answered, what was given to the model stands here.',
      );
      this.body.replaceChildren(h('p', {}, words));
      return;
    }
    this.body.replaceChildren(h('p', {}, inputText(input)));
    if ('square' in input) void this.addSquares(input);
  }

  private async addSquares(input: Extract<ModelInput, { square: ModelSquare }>): Promise<void> {
    const { ports, signal } = this.context;
    try {
      const view = await ports.request('seen', signal, input.square);
      if (view.kind === 'pictures') this.body.append(createSquares(view.pictures, input));
    } catch (error) {
      this.body.append(h('p', { class: 'viewer-note' }, error instanceof Error ? error.message : String(error)));
    }
  }
}

function createSquares(
  pictures: readonly ViewPicture[],
  input: Extract<ModelInput, { square: ModelSquare }>,
): HTMLElement {
  const items = pictures.map(({ pngBase64, width, height }, i) => {
    const caption = captionOf(input, i, pictures.length);
    return h(
      'li',
      {},
      h('img', {
        src: `data:image/png;base64,${pngBase64}`,
        width,
        height,
        alt: caption ? t('As the model saw it: {0}', caption) : t('As the model saw it'),
      }),
      h('span', { class: 'caption', 'aria-hidden': 'true' }, caption),
    );
  });
  return h('ul', { class: 'seen-squares' }, ...items);
}

function captionOf(input: Extract<ModelInput, { square: ModelSquare }>, i: number, of: number): string {
  if (input.kind === 'picture') return '';
  if (input.kind === 'pair') return input.alone ? 'map' : i === 0 ? 'photograph' : 'map';
  const time = input.times[Math.floor((i * input.times.length) / of)];
  return time === undefined ? '' : `${Number(time.toFixed(2))} s`;
}
