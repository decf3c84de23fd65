export { audioFacts } from './audioFacts';
