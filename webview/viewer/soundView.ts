import type { MediaView } from '../../daemon/protocol/messages';
import { h, icon, iconButton } from '../dom';
import { t } from '../l10n';
import { createWaveform, secondsText } from '../previews/waveform';
import { Player, type PlayerState } from './player';
import type { ViewContext } from './viewContext';

/** Seconds that an arrow key moves. */
const STEP = 5;

/** Waveform and spectrogram over one time axis: played, and sought by pointer, slider or keys. */
export function createSoundView(view: Extract<MediaView, { kind: 'sound' }>, context: ViewContext): HTMLElement {
  const { duration } = view;
  const player = new Player(context.ports, context.signal, (state) => show(state));
  const head = h('div', { class: 'playhead' });
  const heard = h('div', { class: 'heard', title: t('What the model heard') });
  const pictures = h(
    'div',
    { class: 'sound-pictures' },
    createWaveform({ ...view, kind: 'waveform' }, context.name),
    heard,
    head,
  );
  const toggle = iconButton('play', t('Play'), () => void player.toggle(), 'play');
  const slider = h('input', {
    type: 'range',
    min: '0',
    max: String(duration),
    step: 'any',
    value: '0',
    'aria-label': t('Position'),
  });
  const time = h('span', { class: 'sound-time' });
  const words = h('p', { class: 'viewer-note', role: 'status' });
  slider.addEventListener('input', () => player.seek(Number(slider.value)));
  seekByPointer(pictures, (share) => player.seek(share * duration));
  markHeard(heard, context, duration);
  show({ isPlaying: false, position: 0, words: '' });
  const element = h(
    'div',
    { class: 'viewer-view sound-view' },
    pictures,
    h('div', { class: 'viewer-tools' }, toggle, slider, time),
    words,
    h('p', { class: 'viewer-note' }, soundText(view) + (heard.hidden ? '' : ' What the model heard is underlined.')),
  );
  element.addEventListener('keydown', (event) => byKey(event, player, duration));
  return element;

  function show({ isPlaying, position, words: said }: PlayerState): void {
    toggle.replaceChildren(icon(isPlaying ? 'debug-pause' : 'play'));
    toggle.title = isPlaying ? t('Pause') : t('Play');
    toggle.setAttribute('aria-label', toggle.title);
    place(position);
    if (words.textContent !== said) words.textContent = said;
    if (isPlaying) requestAnimationFrame(follow);
  }

  function follow(): void {
    if (!player.isPlaying || !element.isConnected) return;
    place(player.position);
    requestAnimationFrame(follow);
  }

  function place(position: number): void {
    const share = duration > 0 ? Math.min(1, position / duration) : 0;
    head.style.left = `${share * 100}%`;
    slider.value = String(position);
    slider.setAttribute('aria-valuetext', `${secondsText(position)} of ${secondsText(duration)}`);
    time.textContent = `${clock(position)} / ${clock(duration)}`;
  }
}

function byKey(event: KeyboardEvent, player: Player, duration: number): void {
  const onSlider = event.target instanceof HTMLInputElement;
  const steps: Record<string, number> = { ArrowLeft: -STEP, ArrowRight: STEP };
  const step = steps[event.key];
  if (event.key === ' ' && !(event.target instanceof HTMLButtonElement)) {
    event.preventDefault();
    void player.toggle();
  } else if (step !== undefined && !onSlider) {
    event.preventDefault();
    player.seek(Math.min(duration, player.position + step));
  }
}

function seekByPointer(element: HTMLElement, seek: (share: number) => void): void {
  const at = (event: PointerEvent) => {
    const { left, width } = element.getBoundingClientRect();
    seek(Math.min(1, Math.max(0, (event.clientX - left) / Math.max(1, width))));
  };
  element.addEventListener('pointerdown', (event) => {
    element.setPointerCapture(event.pointerId);
    at(event);
  });
  element.addEventListener('pointermove', (event) => element.hasPointerCapture(event.pointerId) && at(event));
}

/** A line under the part that reached the model, where an answer told. */
function markHeard(heard: HTMLElement, { report }: ViewContext, duration: number): void {
  const input = report?.input;
  heard.hidden = input?.kind !== 'sound';
  if (input?.kind === 'sound') heard.style.width = `${Math.min(100, (100 * input.seconds) / duration)}%`;
}

function soundText({ sampleRate, channels, spectrogram }: Extract<MediaView, { kind: 'sound' }>): string {
  const hertz = (value: number) =>
    value >= 1000 ? `${Number((value / 1000).toPrecision(3))} kHz` : `${Math.round(value)} Hz`;
  const voices = channels === 1 ? 'mono' : channels === 2 ? 'stereo' : `${channels} channels`;
  return `${hertz(sampleRate)}, ${voices}. Above, the loudest sample over time; below, frequencies from ${hertz(spectrogram.minHz)} up to ${hertz(spectrogram.maxHz)}.`;
}

/** "0:01.5", "12:34.0". */
export function clock(seconds: number): string {
  const tenths = Math.round(seconds * 10);
  const rest = (tenths % 600) / 10;
  return `${Math.floor(tenths / 600)}:${rest < 10 ? '0' : ''}${rest.toFixed(1)}`;
}
