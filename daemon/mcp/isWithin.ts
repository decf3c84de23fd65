import { isAbsolute, relative, sep } from 'node:path';

/** Whether `file` is `folder` or lies in it; both absolute and free of links. */
export function isWithin(folder: string, file: string): boolean {
  const path = relative(folder, file);
  return path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}
