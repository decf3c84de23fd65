/** From a picture of a plot to its layout: plotting areas, axes, legends, titles. */
export { readLayout } from './readLayout';
export { textHeightOf } from './textHeight';
