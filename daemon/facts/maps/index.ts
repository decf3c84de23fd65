export { mapFacts } from './mapFacts';
