export { imageFacts } from './imageFacts';
