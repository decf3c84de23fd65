/** Text in pictures: one pass a picture, and its facts. */
export { MemoTextReader } from './memoTextReader';
export { textFacts } from './textFacts';
