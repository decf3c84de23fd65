import { resolve } from 'node:path';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { errors } from '../common/errors';
import type { Installation } from '../installation';
import type { MediaHints } from '../protocol/messages';
import type { DaemonConnection } from './connection';
import type { Terminal } from './terminal';

/** What a command works with. */
export interface CommandContext {
  terminal: Terminal;
  home: string;
  installation: Installation;
  /** Paths on the command line are relative to this. */
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** The first Ctrl-C. */
  signal: AbortSignal;
  /** The machine's daemon, started where none runs; one connection a command. */
  daemon(): Promise<DaemonConnection>;
  /** Another connection, which the command closes: for one that outlives a broken connection. */
  connect(): Promise<DaemonConnection>;
}

export interface ParsedArguments {
  positionals: string[];
  options: Record<string, string | boolean | undefined>;
}

/** One command: a row of `commands.ts`. */
export interface Command {
  name: string;
  /** After the name. */
  usage: string;
  summary: string;
  options: NonNullable<ParseArgsConfig['options']>;
  /** Resolves to the exit code; failures throw OneLensError. */
  run(args: ParsedArguments, context: CommandContext): Promise<number>;
}

/** Throws USAGE for unknown options, options without their value, and values for flags. */
export function parseCommandArguments(command: Command, argv: string[]): ParsedArguments {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      options: { ...command.options, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
      strict: true,
    });
    return { positionals, options: values as ParsedArguments['options'] };
  } catch (error) {
    const message = error instanceof Error ? error.message.split(/\n|\. /)[0]!.replace(/\.$/, '') : String(error);
    throw errors.usage(`onelens ${command.name}: ${message}.`);
  }
}

/** `--name` as a number in [min, max]; undefined when it was not given. Throws USAGE. */
export function numberOption(
  args: ParsedArguments,
  name: string,
  range: { min: number; max: number; integer?: boolean },
): number | undefined {
  const text = args.options[name];
  if (typeof text !== 'string') return undefined;
  const value = Number(text);
  const good =
    text.trim() !== '' && value >= range.min && value <= range.max && (!range.integer || Number.isInteger(value));
  if (!good) {
    const kind = range.integer ? 'a whole number' : 'a number';
    throw errors.usage(`--${name} is "${text}"; it must be ${kind} from ${range.min} to ${range.max}.`);
  }
  return value;
}

/** `--name` as text; undefined when it was not given. */
export function textOption(args: ParsedArguments, name: string): string | undefined {
  const value = args.options[name];
  return typeof value === 'string' ? value : undefined;
}

/** `--name`, one of `choices`. Throws USAGE. */
export function choiceOption<T extends string>(
  args: ParsedArguments,
  name: string,
  choices: readonly T[],
): T | undefined {
  const value = textOption(args, name);
  if (value !== undefined && !(choices as readonly string[]).includes(value))
    throw errors.usage(`--${name} is "${value}"; it must be one of ${choices.join(', ')}.`);
  return value as T | undefined;
}

/** Exactly `count` positionals. Throws USAGE. */
export function exactly(command: Command, args: ParsedArguments, count: number): string[] {
  if (args.positionals.length === count) return args.positionals;
  throw errors.usage(
    `onelens ${command.name} takes ${command.usage}; ${args.positionals.length} arguments were given.`,
  );
}

export const JSON_OPTION = { json: { type: 'boolean' } } as const;
/** What the user knows of a depth or normal map that its name does not say. */
export const MAP_OPTIONS = { as: { type: 'string' }, photo: { type: 'string' } } as const;

/** `--as` and `--photo` as hints of a source. Throws USAGE. */
export function mapHints(args: ParsedArguments, cwd: string): MediaHints {
  const as = choiceOption(args, 'as', ['depth', 'normal']);
  const photo = textOption(args, 'photo');
  return { ...(as ? { as } : {}), ...(photo === undefined ? {} : { photo: { path: resolve(cwd, photo) } }) };
}

export const MODEL_OPTION = { model: { type: 'string' } } as const;

export function printJson(terminal: Terminal, value: unknown): void {
  terminal.out(`${JSON.stringify(value, undefined, 2)}\n`);
}
