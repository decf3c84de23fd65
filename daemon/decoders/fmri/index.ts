import type { Format } from '../format';
import { fmriNpy } from './fmriNpy';
import { nifti } from './nifti';

/** Responses of the brain: vectors and scans. */
export const formats: readonly Format[] = [nifti, fmriNpy];
