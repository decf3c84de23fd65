/** Pictures of plots: layout, marks, and the facts about both. */
export { MemoPlotReader, type PlotReader } from './memoPlotReader';
export { plotFacts } from './plotFacts';
export { readPlot } from './readPlot';
