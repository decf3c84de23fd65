import type { ViewPicture } from '../../daemon/protocol/messages';
import { h, iconButton } from '../dom';
import { t } from '../l10n';
import { fitted, kept, type Size, type ZoomView, zoomed } from './zoom';

const ZOOM_STEP = 1.25;
const WHEEL_STEP = 1.0015;
const PAN_STEP = 40;
/** From this many CSS pixels a pixel on, pixels are shown as squares. */
const SQUARES = 2;

/** A picture to look into: wheel, pinch, buttons and + - 0 zoom; dragging and the arrow keys move it. */
export class PictureStage {
  readonly element: HTMLElement;
  readonly tools: HTMLElement;
  private readonly image = h('img', { draggable: 'false', alt: '' });
  private readonly layer = h('div', { class: 'stage-layer' }, this.image);
  private readonly stage: HTMLElement;
  private readonly words = h('span', { class: 'stage-size', role: 'status' });
  private picture: Size = { width: 1, height: 1 };
  private shrunk = '';
  private view: ZoomView = { scale: 1, x: 0, y: 0 };
  private isFitted = true;

  constructor() {
    this.stage = h('div', { class: 'stage', tabindex: '0', role: 'group' }, this.layer);
    this.element = this.stage;
    this.tools = h(
      'div',
      { class: 'stage-tools', role: 'group', 'aria-label': t('Zoom') },
      iconButton('zoom-out', t('Zoom out (-)'), () => this.zoomBy(1 / ZOOM_STEP)),
      iconButton('zoom-in', t('Zoom in (+)'), () => this.zoomBy(ZOOM_STEP)),
      iconButton('screen-normal', t('Fit (0)'), () => this.fit()),
      this.words,
    );
    new ResizeObserver(() => (this.isFitted ? this.fit() : this.place(this.view))).observe(this.stage);
    this.image.addEventListener('load', () => this.tell());
    this.listenToPointer();
    this.listenToKeys();
  }

  show(picture: ViewPicture, name: string): void {
    const { width, height, caption, pngBase64 } = picture;
    const label = caption === '' ? name : `${name}, ${caption}`;
    this.picture = { width, height };
    this.image.alt = label;
    this.image.src = `data:image/png;base64,${pngBase64}`;
    this.layer.style.width = `${width}px`;
    this.layer.style.height = `${height}px`;
    this.stage.setAttribute(
      'aria-label',
      `${label}, ${width} by ${height} pixels. Plus and minus zoom, 0 fits, the arrow keys move.`,
    );
    this.fit();
  }

  /** Something drawn over the picture in its own coordinates; null takes it away. */
  overlay(drawing: Element | null): void {
    this.layer.replaceChildren(...(drawing === null ? [this.image] : [this.image, drawing]));
  }

  fit(): void {
    this.isFitted = true;
    this.set(fitted(this.picture, this.size()));
  }

  private size(): Size {
    return { width: this.stage.clientWidth, height: this.stage.clientHeight };
  }

  private zoomBy(factor: number, at = { x: this.size().width / 2, y: this.size().height / 2 }): void {
    this.place(zoomed(this.view, factor, at, this.picture));
  }

  private place(view: ZoomView): void {
    this.isFitted = false;
    this.set(kept(view, this.picture, this.size()));
  }

  private set(view: ZoomView): void {
    this.view = view;
    this.layer.style.transform = `translate(${view.x}px, ${view.y}px) scale(${view.scale})`;
    // the chequered ground keeps its size on the screen, however far one looks in
    this.layer.style.setProperty('--check', `${16 / view.scale}px`);
    this.image.classList.toggle('squares', view.scale >= SQUARES);
    this.tell();
  }

  private tell(): void {
    const { width, height } = this.picture;
    const { naturalWidth, naturalHeight } = this.image;
    this.shrunk = naturalWidth > 0 && naturalWidth < width ? `, shown from ${naturalWidth} × ${naturalHeight}` : '';
    const percent = this.view.scale * 100;
    this.words.textContent = `${width} × ${height} px${this.shrunk} · ${Number(percent.toPrecision(percent < 10 ? 2 : 3))} %`;
  }

  private listenToPointer(): void {
    const { stage } = this;
    stage.addEventListener(
      'wheel',
      (event) => {
        event.preventDefault();
        const box = stage.getBoundingClientRect();
        const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
        const at = { x: event.clientX - box.left, y: event.clientY - box.top };
        this.zoomBy(WHEEL_STEP ** (-event.deltaY * lines * (event.ctrlKey ? 4 : 1)), at);
      },
      { passive: false },
    );
    stage.addEventListener('pointerdown', (event) => stage.setPointerCapture(event.pointerId));
    stage.addEventListener('pointermove', (event) => {
      if (stage.hasPointerCapture(event.pointerId)) this.pan(event.movementX, event.movementY);
    });
    stage.addEventListener('dblclick', (event) => {
      if (!this.isFitted) return this.fit();
      const box = stage.getBoundingClientRect();
      const target = this.view.scale < 1 ? 1 / this.view.scale : 2;
      this.zoomBy(target, { x: event.clientX - box.left, y: event.clientY - box.top });
    });
  }

  private pan(x: number, y: number): void {
    this.place({ ...this.view, x: this.view.x + x, y: this.view.y + y });
  }

  private listenToKeys(): void {
    const keys: Record<string, () => void> = {
      '+': () => this.zoomBy(ZOOM_STEP),
      '=': () => this.zoomBy(ZOOM_STEP),
      '-': () => this.zoomBy(1 / ZOOM_STEP),
      '0': () => this.fit(),
      ArrowLeft: () => this.pan(PAN_STEP, 0),
      ArrowRight: () => this.pan(-PAN_STEP, 0),
      ArrowUp: () => this.pan(0, PAN_STEP),
      ArrowDown: () => this.pan(0, -PAN_STEP),
    };
    this.stage.addEventListener('keydown', (event) => {
      const act = keys[event.key];
      if (act === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      act();
    });
  }
}
