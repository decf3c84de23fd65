import type { ExrChannel } from './exrHeader';

const last = (name: string): string => (name.split('.').pop() ?? name).toLowerCase();

/** What the names of the channels say: which are the map. */
export interface MapChannels {
  kind: 'depth' | 'normal' | 'colour';
  /** Numbers of the channels: one, or x, y, z (r, g, b). */
  indices: number[];
  name: string;
}

/** Depth: Z, depth, or one grey channel. Normals: X Y Z, or a layer that is called normal. Colour: R G B of any other. */
export function mapChannels(channels: readonly ExrChannel[]): MapChannels | undefined {
  const find = (...names: string[]) => channels.findIndex((c) => names.includes(last(c.name)));
  const ofLayer = (pattern: RegExp, letters: string) =>
    [...letters].map((letter) => channels.findIndex((c) => pattern.test(c.name) && last(c.name) === letter));
  const depth = find('depth', 'distance', 'depthz');
  for (const triple of [
    ofLayer(/normal|(^|\.)n[.xyz]*$/i, 'xyz'),
    ofLayer(/normal/i, 'rgb'),
    ['nx', 'ny', 'nz'].map((name) => find(name)),
    depth < 0 && !channels.some((c) => /depth/i.test(c.name)) ? ['x', 'y', 'z'].map((name) => find(name)) : [-1],
  ])
    if (triple.every((i) => i >= 0)) return { kind: 'normal', indices: triple, name: nameOf(channels, triple) };
  const z = depth >= 0 ? depth : find('z');
  if (z >= 0) return { kind: 'depth', indices: [z], name: channels[z]!.name };
  const ofDepthLayer = channels.findIndex((c) => /depth/i.test(c.name));
  if (ofDepthLayer >= 0) return { kind: 'depth', indices: [ofDepthLayer], name: channels[ofDepthLayer]!.name };
  const grey = channels.filter((c) => last(c.name) !== 'a');
  if (grey.length === 1) return { kind: 'depth', indices: [channels.indexOf(grey[0]!)], name: grey[0]!.name };
  const rgb = ['r', 'g', 'b'].map((name) => find(name));
  return rgb.every((i) => i >= 0) ? { kind: 'colour', indices: rgb, name: nameOf(channels, rgb) } : undefined;
}

const nameOf = (channels: readonly ExrChannel[], indices: readonly number[]): string =>
  indices.map((i) => channels[i]!.name).join(', ');
