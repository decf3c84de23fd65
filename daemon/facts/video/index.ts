export { videoFacts } from './videoFacts';
