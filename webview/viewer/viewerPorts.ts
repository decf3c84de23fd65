import type { ModelSquare } from '../../daemon/protocol/messages';
import type { PanelAttachment, PanelView, PanelViewPart } from '../../daemon/protocol/panelMessages';

/** What a larger preview needs of the page that opened it. */
export interface ViewerPorts {
  /** Rejects with a sentence for the person; an abort leaves it pending for ever. */
  request(part: PanelViewPart, signal: AbortSignal, square?: ModelSquare): Promise<PanelView>;
  /** The bundle that draws in three dimensions; rejects where it cannot be loaded. */
  loadCloud(): Promise<CloudBundle>;
}

/** A view of one attachment, open until it is closed. */
export interface Viewer {
  /** News of the attachment: an answer has come. */
  update(attachment: PanelAttachment): void;
  /** Resolves when it was closed. */
  closed: Promise<void>;
}

/** What `viewer.js` leaves for the page. */
export interface ViewerBundle {
  openViewer(attachment: PanelAttachment, ports: ViewerPorts): Viewer;
}

/** A scene of three dimensions on a canvas; angles in radians. */
export interface Scene {
  orbit(yaw: number, pitch: number): void;
  /** Nearer above 1. */
  zoom(factor: number): void;
  reset(): void;
  /** Pixels. */
  setPointSize(size: number): void;
  /** r, g, b a point, one byte each. */
  setColors(colors: Uint8Array): void;
  dispose(): void;
}

/** What `cloud.js` leaves for the page. Both throw where the browser has no WebGL. */
export interface CloudBundle {
  openPoints(canvas: HTMLCanvasElement, points: { positions: Float32Array; up: 'y' | 'z' }): Scene;
  openSurface(
    canvas: HTMLCanvasElement,
    grid: { columns: number; rows: number; positions: Float32Array; triangles: Uint32Array },
  ): Scene;
}
