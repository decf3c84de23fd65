import { readFileSync } from 'node:fs';

/** Titles, quantities, series and category names, shared with the Python script. */
export const words = JSON.parse(readFileSync(new URL('words.json', import.meta.url), 'utf8'));
