import { existsSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';

/** A file that came with OneLens, and what to ask about it. */
export interface Sample {
  path: string;
  kind: SampleKind;
  question: string;
}

export type SampleKind = 'plot' | 'photograph' | 'recording' | 'video' | 'point cloud' | 'depth map' | 'motion';

/** One sample a kind: media/samples/<name>.<any extension>. */
const SAMPLES = [
  { name: 'plot', kind: 'plot', question: 'What kind of plot is this?' },
  { name: 'photo', kind: 'photograph', question: 'What is in this picture?' },
  { name: 'recording', kind: 'recording', question: 'What sound is this?' },
  { name: 'clip', kind: 'video', question: 'What is in this video?' },
  { name: 'cloud', kind: 'point cloud', question: 'What object is this?' },
  { name: 'chair_depth', kind: 'depth map', question: 'What object is this?' },
  { name: 'walk', kind: 'motion', question: 'What is the person doing?' },
] as const satisfies ReadonlyArray<{ name: string; kind: SampleKind; question: string }>;

/** The samples that are there; `root` is the installation's folder. */
export function listSamples(root: string): Sample[] {
  const folder = join(root, 'media', 'samples');
  const files = existsSync(folder) ? readdirSync(folder) : [];
  return SAMPLES.flatMap(({ name, kind, question }) => {
    const file = files.find((f) => f.slice(0, -extname(f).length) === name && extname(f) !== '.md');
    return file ? [{ path: join(folder, file), kind, question }] : [];
  });
}
