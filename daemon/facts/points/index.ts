export { pointFacts } from './pointFacts';
