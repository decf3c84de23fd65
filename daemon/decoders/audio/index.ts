import type { Format } from '../format';
import { wav } from './wav';

/** The sound formats that can be read. */
export const formats: readonly Format[] = [wav];
