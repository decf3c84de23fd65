import * as fs from 'node:fs';
import * as path from 'node:path';
import { errors } from '../../common/errors';

/**
 * Names of files that are parts of one checkpoint. `group` must be equal among the parts; `total` where the name tells
 * how many there are, `index` where counting starts with that number.
 */
interface Family {
  pattern: RegExp;
  first: number;
}

/** Tried in this order: the first that a name matches is its family. */
const FAMILIES: readonly Family[] = [
  // OneLLM's demo: consolidated.00-of-01.s0.pth .. s9.pth
  { pattern: /^(?<group>.+\.s)(?<index>\d+)(?<tail>\.(?:pth|pt|safetensors))$/, first: 0 },
  // model parallel shards: consolidated.00-of-02.pth, consolidated.00-of-02.model.pth
  { pattern: /^(?<group>.+\.)(?<index>\d+)-of-(?<total>\d+)(?<tail>(?:\.\w+)?\.(?:pth|pt|safetensors))$/, first: 0 },
  // LLaMA as Meta publishes it: consolidated.00.pth
  { pattern: /^(?<group>consolidated\.)(?<index>\d+)(?<tail>\.(?:pth|pt|safetensors))$/, first: 0 },
  // safetensors' own: model-00001-of-00003.safetensors
  { pattern: /^(?<group>.+-)(?<index>\d+)-of-(?<total>\d+)(?<tail>\.(?:safetensors|pth|pt|bin))$/, first: 1 },
];

/** What counts as the checkpoint of a folder: the first line with a match, all its matches together. */
const FOLDER_ORDER: readonly RegExp[] = [
  /^consolidated\..*\.(pth|pt)$/,
  /\.(pth|pt)$/,
  /^model.*\.safetensors$/,
  /\.safetensors$/,
];

const MAX_SHARDS = 1024;

/** The files of a checkpoint in shard order. Throws BAD_CHECKPOINT when one of a counted set is missing. */
export function shardFiles(source: string | readonly string[]): string[] {
  if (typeof source !== 'string') return [...source];
  const stat = fs.statSync(source, { throwIfNoEntry: false });
  if (!stat) throw errors.fileMissing(source);
  return stat.isDirectory() ? filesOfFolder(source) : siblings(source);
}

function filesOfFolder(folder: string): string[] {
  const names = fs.readdirSync(folder);
  for (const pattern of FOLDER_ORDER) {
    const found = names.filter((name) => pattern.test(name));
    if (found.length === 0) continue;
    if (found.length > MAX_SHARDS) throw tooMany(folder, found.length);
    for (const name of found) siblings(path.join(folder, name));
    return sortNumerically(found).map((name) => path.join(folder, name));
  }
  throw errors.badCheckpoint(
    `The folder ${JSON.stringify(folder)} has no .pth and no .safetensors file.`,
    'Name the folder or the file that holds the checkpoint.',
  );
}

/** `file` and the other parts beside it. */
function siblings(file: string): string[] {
  const name = path.basename(file);
  const match = FAMILIES.map(({ pattern, first }) => ({ found: pattern.exec(name)?.groups, pattern, first })).find(
    ({ found }) => found,
  );
  if (!match?.found) return [file];
  const { group, tail, total } = match.found;
  const folder = path.dirname(file);
  const parts = fs.readdirSync(folder).filter((other) => {
    const groups = match.pattern.exec(other)?.groups;
    return groups && groups.group === group && groups.tail === tail && groups.total === total;
  });
  if (parts.length > MAX_SHARDS) throw tooMany(folder, parts.length);
  const indices = new Set(parts.map((part) => Number(match.pattern.exec(part)?.groups?.index)));
  const expected = total === undefined ? Math.max(...indices) + 1 - match.first : Number(total);
  for (let i = 0; i < Math.min(expected, indices.size + 1); i++) {
    if (!indices.has(i + match.first)) throw missingShard(folder, name, i + match.first, expected);
  }
  return sortNumerically(parts).map((part) => path.join(folder, part));
}

const sortNumerically = (names: string[]): string[] =>
  names.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));

function missingShard(folder: string, name: string, index: number, total: number) {
  return errors.badCheckpoint(
    `${JSON.stringify(name)} is one of ${total} shards; number ${index} is not in ${JSON.stringify(folder)}.`,
    'Put all shards into one folder.',
  );
}

function tooMany(folder: string, count: number) {
  return errors.badCheckpoint(
    `${JSON.stringify(folder)} has ${count} shards; the limit is ${MAX_SHARDS}.`,
    'Name the folder that holds only the checkpoint.',
  );
}
