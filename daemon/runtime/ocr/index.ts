/** Text in pictures, by PP-OCRv4. */
export { createTextReader, OCR_FILES, PaddleTextReader, type TextReaderOptions } from './paddleTextReader';
