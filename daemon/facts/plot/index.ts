/** Pictures of plots: layout, marks, and the facts about both. */
export { readPlot } from './readPlot';
