import { onThemeChange } from '../themeChange';

export interface CanvasFrame {
  context: CanvasRenderingContext2D;
  /** CSS pixels. */
  width: number;
  height: number;
  /** The element's `color`, which the style sheet takes from the theme. */
  color: string;
}

/**
 * Draws now, and again on every new size and theme, sharp at the screen's resolution. It stops by itself once the
 * canvas has left the page. Returns how to ask for another drawing; many asks in a frame draw once.
 */
export function keepDrawn(canvas: HTMLCanvasElement, draw: (frame: CanvasFrame) => void): () => void {
  let scheduled = false;
  const redraw = () => {
    if (scheduled) return;
    scheduled = true;
    requestAnimationFrame(() => {
      scheduled = false;
      drawOnce(canvas, draw);
    });
  };
  const stopTheme = onThemeChange(redraw);
  const observer = new ResizeObserver(() => {
    if (canvas.isConnected) return redraw();
    observer.disconnect();
    stopTheme();
  });
  observer.observe(canvas);
  return redraw;
}

function drawOnce(canvas: HTMLCanvasElement, draw: (frame: CanvasFrame) => void): void {
  const { width, height } = canvas.getBoundingClientRect();
  const context = canvas.getContext('2d');
  if (width === 0 || height === 0 || context === null) return;
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  draw({ context, width, height, color: getComputedStyle(canvas).color });
}
