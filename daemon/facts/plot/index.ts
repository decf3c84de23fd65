/** Pictures of plots: layout, marks, and the facts about both. */
export { plotFacts } from './plotFacts';
export { readPlot } from './readPlot';
