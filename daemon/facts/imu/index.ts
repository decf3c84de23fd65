export { imuFacts } from './imuFacts';
