/**
 * Every failure that a user can see is a factory here. The text says what happened, with which value,
 * and what to do now. `exitCode` is the command line's (see the README): 2 usage, 3 file, 4 model,
 * 5 daemon, 6 cancelled, 1 anything else.
 */
export class OneLensError extends Error {
  constructor(
    /** Stable, upper-case, printed as `error[CODE]: message`. */
    readonly code: string,
    readonly exitCode: 1 | 2 | 3 | 4 | 5 | 6,
    /** What happened, with which value; ends with a full stop. */
    readonly what: string,
    /** What to do now; ends with a full stop. */
    readonly remedy: string,
  ) {
    super(`${what} ${remedy}`);
    this.name = 'OneLensError';
  }

  toJSON(): SerializedError {
    return { code: this.code, exitCode: this.exitCode, what: this.what, remedy: this.remedy };
  }
}

/** An error as it crosses a process boundary. */
export interface SerializedError {
  code: string;
  exitCode: number;
  what: string;
  remedy: string;
}

/** By its name, too: each bundle has a class of its own, and the MCP server gets errors of the command line's. */
export function isOneLensError(error: unknown): error is OneLensError {
  return error instanceof OneLensError || (error instanceof Error && error.name === 'OneLensError');
}

export function deserializeError(e: SerializedError): OneLensError {
  const exit = [1, 2, 3, 4, 5, 6].includes(e.exitCode) ? (e.exitCode as OneLensError['exitCode']) : 1;
  return new OneLensError(e.code, exit, e.what, e.remedy);
}

/** Any thrown value as a OneLensError; what is not ours becomes INTERNAL without its stack. */
export function toOneLensError(error: unknown): OneLensError {
  if (isOneLensError(error)) return error;
  return errors.internal(error instanceof Error ? error.message : String(error));
}

const show = (value: unknown): string => {
  const text =
    typeof value === 'string' ? JSON.stringify(value) : value === undefined ? 'nothing' : JSON.stringify(value);
  return text !== undefined && text.length > 120 ? `${text.slice(0, 117)}...` : String(text);
};

/** A detail that quotes a file: what was read there may have any length and any characters. */
const short = (detail: string, most = 240): string => {
  const line = detail.replace(/[\s\p{Cc}]+/gu, ' ');
  return line.length > most ? `${line.slice(0, most - 3)}...` : line;
};

const make =
  (code: string, exitCode: OneLensError['exitCode']) =>
  (what: string, remedy: string): OneLensError =>
    new OneLensError(code, exitCode, what, remedy);

const usage = make('USAGE', 2);
const fileMissing = make('FILE_MISSING', 3);
const fileIsFolder = make('FILE_IS_FOLDER', 3);
const fileUnreadable = make('FILE_UNREADABLE', 3);
const fileEmpty = make('FILE_EMPTY', 3);
const fileTooLarge = make('FILE_TOO_LARGE', 3);
const fileUnknown = make('FILE_UNKNOWN_KIND', 3);
const fileDamaged = make('FILE_DAMAGED', 3);
const fileTruncated = make('FILE_TRUNCATED', 3);
const mediaEmpty = make('MEDIA_EMPTY', 3);
const unsupported = make('FILE_UNSUPPORTED', 3);
const badParams = make('BAD_PARAMS', 4);
const badCheckpoint = make('BAD_CHECKPOINT', 4);
const modelMissing = make('MODEL_MISSING', 4);
const modelDamaged = make('MODEL_DAMAGED', 4);
const modelFailed = make('MODEL_FAILED', 4);

export const errors = {
  usage: (what: string) => usage(what, "Run 'onelens --help' for the commands and their options."),
  fileMissing: (file: string) => fileMissing(`There is no file ${show(file)}.`, 'Check the path.'),
  fileIsFolder: (file: string) => fileIsFolder(`${show(file)} is a folder.`, 'Name a file inside it.'),
  fileUnreadable: (file: string, reason: string) =>
    fileUnreadable(`${show(file)} cannot be read: ${reason}.`, 'Check that you may read it.'),
  notWritable: (file: string, reason: string) =>
    make('NOT_WRITABLE', 1)(`${show(file)} cannot be written: ${reason}.`, 'Make room or choose another place.'),
  fileEmpty: (file: string) => fileEmpty(`${show(file)} is empty (0 bytes).`, 'Name a file that has content.'),
  /** `limit` and `actual` are readable, with units. */
  tooLarge: (what: string, actual: string, limit: string) =>
    fileTooLarge(
      `The ${short(what)} is ${short(actual, 60)}; the limit is ${limit}.`,
      'Make a smaller copy and ask about that.',
    ),
  unknownKind: (file: string, found: string) =>
    fileUnknown(`${show(file)} is of no known kind (${found}).`, 'The README lists every format that can be read.'),
  unsupported: (format: string, detail: string) =>
    unsupported(
      `This ${format} file uses ${short(detail)}, which is not supported.`,
      'Save it in another form and ask about that.',
    ),
  damaged: (format: string, detail: string) =>
    fileDamaged(`The ${format} file is damaged: ${short(detail)}.`, 'Save or fetch it again.'),
  truncated: (format: string, detail: string) =>
    fileTruncated(`The ${format} file is cut short: ${short(detail)}.`, 'Save or fetch it again.'),
  /** A video whose header could be read, and none of whose frames could be decoded. */
  noFrames: (format: string, codec: string) =>
    unsupported(
      `No frame of this ${format} file can be decoded here (${codec}), so there is nothing to show the model.`,
      'Install ffmpeg so that it is on the PATH and restart the engine, or ask in the chat panel of VS Code.',
    ),
  restricted: (format: string) =>
    make('FILE_RESTRICTED', 3)(
      `In Restricted Mode ${format} files are not decoded, because that takes native code.`,
      'Trust the workspace, and ask again.',
    ),
  noPicture: (file: string, modality: string) =>
    make('FILE_NO_PICTURE', 3)(
      `${show(file)} is no picture (${modality}).`,
      'Name a picture of a plot: PNG, JPEG, WebP, SVG or another image.',
    ),
  /** The file is whole but holds nothing to look at (zero samples, zero points). */
  noContent: (format: string, what: string) =>
    mediaEmpty(`The ${format} file holds no ${what}.`, `Name a file with at least one ${what.replace(/s$/, '')}.`),
  badParams: (field: string, value: unknown, why: string) =>
    badParams(`params.json: ${field} is ${show(value)}: ${why}.`, 'Correct params.json and convert again.'),
  badCheckpoint: (what: string, remedy = 'Check that the checkpoint and params.json belong together.') =>
    badCheckpoint(what, remedy),
  missingKey: (key: string) =>
    make('CHECKPOINT_KEY_MISSING', 4)(
      `The checkpoint lacks the tensor ${show(key)}.`,
      'Check that all shards are given and that params.json belongs to it.',
    ),
  unknownKey: (key: string) =>
    make('CHECKPOINT_KEY_UNKNOWN', 4)(
      `The checkpoint has a tensor ${show(key)} that OneLLM does not have.`,
      'Check that this is a OneLLM checkpoint and that params.json belongs to it.',
    ),
  wrongShape: (key: string, actual: readonly number[], expected: readonly number[]) =>
    make('CHECKPOINT_SHAPE', 4)(
      `The tensor ${show(key)} has the shape [${actual.join(', ')}]; params.json asks for [${expected.join(', ')}].`,
      'Check that params.json belongs to this checkpoint.',
    ),
  forbiddenPickle: (what: string) =>
    make('CHECKPOINT_PICKLE', 4)(
      `The checkpoint's pickle asks for ${what}, which is not a tensor; it was not executed.`,
      'Do not trust this file; save the weights as safetensors.',
    ),
  modelMissing: (id: string, where: string) =>
    modelMissing(`There is no model ${show(id)} in ${where}.`, "Run 'onelens models list' to see what is there."),
  noModel: (where: string) =>
    modelMissing(
      `No model is installed (looked in ${where}).`,
      "Build the embedded one with 'npm run build', or bring one in with 'onelens models import DIR'.",
    ),
  noSource: (id: string) =>
    make('MODEL_NO_SOURCE', 4)(
      `There is no known source to install ${show(id)} from; this version fetches nothing from the network.`,
      "Convert a checkpoint with 'onelens convert', then run 'onelens models import DIR'.",
    ),
  modelDamaged: (pack: string, detail: string) =>
    modelDamaged(`The model pack ${show(pack)} is damaged: ${detail}.`, 'Install or convert it again.'),
  modelExists: (id: string) =>
    make('MODEL_EXISTS', 4)(
      `There is already another model ${show(id)}.`,
      `Run 'onelens models remove ${id}' first, or give the new pack another id.`,
    ),
  modelEmbedded: (id: string) =>
    make('MODEL_EMBEDDED', 2)(
      `The model ${show(id)} is part of OneLens and cannot be removed.`,
      "Run 'onelens models use ID' to work with another.",
    ),
  /** `needed` and `free` are readable, with units. */
  diskFull: (folder: string, needed: string, free: string) =>
    make('DISK_FULL', 1)(`${show(folder)} has ${free} free; ${needed} are needed.`, 'Make room, or move ONELENS_HOME.'),
  storeBusy: (pid: number) =>
    make('STORE_BUSY', 1)(`Another OneLens (process ${pid}) is changing the models.`, 'Wait until it is done.'),
  storeUnwritable: (folder: string, reason: string) =>
    make('STORE_UNWRITABLE', 1)(
      `OneLens cannot write to its folder ${show(folder)}: ${reason}.`,
      'Give yourself the right to write there, or set ONELENS_HOME to another folder.',
    ),
  modelFailed: (detail: string) =>
    modelFailed(`The model failed: ${detail}.`, "Run 'onelens doctor', or try another device or model."),
  engineDied: (reason: string) =>
    make('ENGINE_DIED', 4)(
      `The engine stopped in the middle of its work (${reason}).`,
      'It is being restarted; ask again.',
    ),
  engineUnavailable: (detail: string) =>
    make('ENGINE_UNAVAILABLE', 4)(
      `The engine does not run: ${detail}.`,
      "See the log, then run 'onelens doctor' or restart the engine.",
    ),
  modalityUnsupported: (modality: string, detail: string) =>
    make('MODALITY_UNSUPPORTED', 4)(
      `The model cannot take this ${modality}: ${detail}.`,
      'Choose another model or another file.',
    ),
  promptTooLong: (tokens: number, limit: number) =>
    make('PROMPT_TOO_LONG', 2)(
      `The question and its media need ${tokens} tokens; the model reads ${limit}.`,
      'Ask a shorter question or attach fewer files.',
    ),
  daemonUnreachable: (detail: string) =>
    make('DAEMON_UNREACHABLE', 5)(
      `The daemon cannot be reached: ${detail}.`,
      "Run 'onelens serve' in a terminal to see why it does not start.",
    ),
  portTaken: (port: number) =>
    make('DAEMON_PORT_TAKEN', 5)(
      `Port ${port} on 127.0.0.1 is already taken by another program.`,
      'Choose another with --port, or none to let the system choose.',
    ),
  daemonRunning: (pid: number, url: string) =>
    make('DAEMON_RUNNING', 5)(
      `A daemon is already running (process ${pid}, ${url}).`,
      'Use that one, or stop it first.',
    ),
  protocolMismatch: (theirs: string, ours: string) =>
    make('DAEMON_VERSION', 5)(
      `The running daemon speaks protocol ${theirs}; this one speaks ${ours}.`,
      'Stop the old daemon and try again.',
    ),
  timedOut: (what: string, seconds: number) =>
    make('TIMED_OUT', 1)(`${what} took longer than ${seconds} seconds.`, 'Try again; if it stays so, look at the log.'),
  cancelled: () => make('CANCELLED', 6)('The request was cancelled.', 'Ask again when you like.'),
  internal: (detail: string) =>
    make('INTERNAL', 1)(`Something unexpected happened: ${detail}.`, 'Please report it with the log.'),
} as const;
