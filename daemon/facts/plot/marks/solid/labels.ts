/** Label of a pixel that has none of the solid colours: an edge, a thin stroke, text. */
export const UNLABELLED = 255;
/** Label of the background. */
export const BACKGROUND = 0;
