import type { MediaPreview } from '../../daemon/protocol/messages';
import { h } from '../dom';
import { t } from '../l10n';
import { type CanvasFrame, keepDrawn } from './canvas';
import { normalized, type Projected, project, type View } from './projection';

type PointsPreview = Extract<MediaPreview, { kind: 'points' }>;

const RADIANS_A_PIXEL = 0.008;
const RADIANS_A_KEY = Math.PI / 18;
const STEEPEST = Math.PI / 2;

/** The cloud from one side; dragging, or the arrow keys, turns it. */
export function createPointsPreview(preview: PointsPreview, name: string): HTMLElement {
  const view: View = { yaw: 0.6, pitch: 0.35 };
  const points = normalized(preview.xyz);
  const colors = pointColors(preview);
  const label = t('Point cloud of {0}. The arrow keys turn it.', name);
  const canvas = h('canvas', {
    class: 'points',
    role: 'img',
    'aria-label': label,
    tabindex: '0',
    title: t('Drag to turn'),
  });
  const redraw = keepDrawn(canvas, (frame) => draw(frame, project(points, view), colors));
  const turn = (yaw: number, pitch: number) => {
    view.yaw += yaw;
    view.pitch = Math.min(STEEPEST, Math.max(-STEEPEST, view.pitch + pitch));
    redraw();
  };
  turnByPointer(canvas, turn);
  turnByKeys(canvas, turn);
  return canvas;
}

/** Far ones first, so that near ones lie on them; without colours the depth shades them. */
function draw(
  { context, width, height, color }: CanvasFrame,
  { x, y, depth }: Projected,
  colors: string[] | null,
): void {
  const scale = Math.min(width, height) / 2 - 4;
  const size = Math.max(1.2, Math.min(3, Math.sqrt((width * height) / Math.max(1, x.length)) / 6));
  const order = Array.from(depth.keys()).sort((a, b) => depth[a]! - depth[b]!);
  for (const i of order) {
    context.globalAlpha = colors === null ? 0.2 + 0.8 * depth[i]! : 0.5 + 0.5 * depth[i]!;
    context.fillStyle = colors?.[i] ?? color;
    context.fillRect(width / 2 + x[i]! * scale - size / 2, height / 2 + y[i]! * scale - size / 2, size, size);
  }
}

/** @returns CSS colours; null where the cloud has none. Components are 0..1. */
function pointColors({ xyz, rgb }: PointsPreview): string[] | null {
  if (rgb === undefined || rgb.length < xyz.length) return null;
  return Array.from({ length: Math.floor(xyz.length / 3) }, (_, i) => {
    const [r, g, b] = [0, 1, 2].map((c) => Math.round(rgb[3 * i + c]! * 255));
    return `rgb(${r} ${g} ${b})`;
  });
}

function turnByPointer(canvas: HTMLCanvasElement, turn: (yaw: number, pitch: number) => void): void {
  canvas.addEventListener('pointerdown', (event) => canvas.setPointerCapture(event.pointerId));
  canvas.addEventListener('pointermove', (event) => {
    if (!canvas.hasPointerCapture(event.pointerId)) return;
    turn(event.movementX * RADIANS_A_PIXEL, event.movementY * RADIANS_A_PIXEL);
  });
}

function turnByKeys(canvas: HTMLCanvasElement, turn: (yaw: number, pitch: number) => void): void {
  const keys: Record<string, [number, number]> = {
    ArrowLeft: [-RADIANS_A_KEY, 0],
    ArrowRight: [RADIANS_A_KEY, 0],
    ArrowUp: [0, -RADIANS_A_KEY],
    ArrowDown: [0, RADIANS_A_KEY],
  };
  canvas.addEventListener('keydown', (event) => {
    const step = keys[event.key];
    if (step === undefined) return;
    event.preventDefault();
    turn(...step);
  });
}
