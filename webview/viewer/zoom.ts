/** Where a picture lies in its stage: pure, so that what is seen can be tested. CSS pixels. */
export interface ZoomView {
  /** CSS pixels a pixel of the picture. */
  scale: number;
  /** The picture's top left corner in the stage. */
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

const LARGEST = 64;
const SMALLEST_SIDE = 16;

/** The whole picture in the middle; a small one is enlarged by whole numbers, so that its pixels stay square. */
export function fitted(picture: Size, stage: Size): ZoomView {
  const room = Math.min(stage.width / picture.width, stage.height / picture.height);
  const scale = room >= 2 ? Math.min(Math.floor(room), 8) : Math.min(room, 1);
  return centred(picture, stage, scale > 0 ? scale : 1);
}

/** Scaled by `factor` so that what is at (x, y) of the stage stays there. */
export function zoomed(view: ZoomView, factor: number, at: { x: number; y: number }, picture: Size): ZoomView {
  const least = Math.min(1, SMALLEST_SIDE / Math.max(picture.width, picture.height));
  const scale = Math.min(LARGEST, Math.max(least, view.scale * factor));
  const share = scale / view.scale;
  return { scale, x: at.x - (at.x - view.x) * share, y: at.y - (at.y - view.y) * share };
}

/** Kept in sight: smaller than the stage it lies inside, larger it covers the stage. */
export function kept(view: ZoomView, picture: Size, stage: Size): ZoomView {
  const along = (at: number, side: number, room: number) => {
    const spare = room - side * view.scale;
    return Math.min(Math.max(at, Math.min(0, spare)), Math.max(0, spare));
  };
  return {
    scale: view.scale,
    x: along(view.x, picture.width, stage.width),
    y: along(view.y, picture.height, stage.height),
  };
}

function centred(picture: Size, stage: Size, scale: number): ZoomView {
  return { scale, x: (stage.width - picture.width * scale) / 2, y: (stage.height - picture.height * scale) / 2 };
}
