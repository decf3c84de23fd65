export { fmriFacts } from './fmriFacts';
