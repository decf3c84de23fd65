import type { AskParams, MediaReport } from '../../daemon/protocol/messages';
import type { Attachable } from '../chat/attachments';
import { t } from '../l10n';
import type { DaemonApi } from '../supervisor/daemonApi';
import { Failure, failures, toFailure } from '../supervisor/failure';
import type { ChatFirst } from './chatFirst';
import { descriptionFrom, type MediaRecord, sameStamp, storedFacts } from './mediaRecord';
import type { MediaStore } from './mediaStore';
import type { Thumbnails } from './thumbnails';
import type { FileStamp } from './walkMedia';

export const DESCRIBE_QUESTION = 'Describe this file.';
const MEASURE_LIMIT_MS = 120_000;

export interface ReaderPorts {
  daemon(): Promise<DaemonApi>;
  options(): Pick<AskParams, 'model' | 'maxTokens' | 'temperature'>;
  fileOf(uri: string): Attachable;
}

/**
 * Reads one file with the daemon and keeps what came of it. The chat goes first: a description is broken off for a
 * question, and begun again after its answer. Failures of one file become its error; a Failure that concerns every
 * file (no daemon, no model), and a cancel, are thrown.
 */
export class MediaReader {
  constructor(
    private readonly ports: ReaderPorts,
    private readonly store: MediaStore,
    private readonly thumbnails: Thumbnails,
    private readonly chat: ChatFirst,
  ) {}

  /** Facts and a small picture; needs no model. */
  async measure(uri: string, stamp: FileStamp, signal: AbortSignal): Promise<MediaRecord> {
    await this.chat.untilIdle(signal);
    try {
      const daemon = await this.ports.daemon();
      const limited = AbortSignal.any([signal, AbortSignal.timeout(MEASURE_LIMIT_MS)]);
      const report = await daemon.facts({ source: await this.ports.fileOf(uri).load(), preview: true }, limited);
      const change = { ...(await this.measured(uri, stamp, report)), error: undefined };
      // what Restricted Mode left out is measured once the workspace is trusted: nothing of it is remembered
      return report.restricted
        ? { uri, size: stamp.size, mtime: stamp.mtime, ...change }
        : this.keep(uri, stamp, change);
    } catch (error) {
      return this.failed(uri, stamp, toFailure(error), signal);
    }
  }

  /** The model's description, with facts and picture as they come. */
  async describe(uri: string, stamp: FileStamp, signal: AbortSignal): Promise<MediaRecord> {
    for (;;) {
      await this.chat.untilIdle(signal);
      const giveWay = new AbortController();
      const listener = this.chat.onBusy(() => giveWay.abort());
      try {
        const record = await this.ask(uri, stamp, AbortSignal.any([signal, giveWay.signal]));
        if (record !== undefined) return record;
      } catch (error) {
        const failure = toFailure(error);
        if (!giveWay.signal.aborted || signal.aborted || failure.code !== 'CANCELLED') {
          return this.failed(uri, stamp, failure, signal);
        }
      } finally {
        listener.dispose();
      }
    }
  }

  /** undefined where it was broken off. */
  private async ask(uri: string, stamp: FileStamp, signal: AbortSignal): Promise<MediaRecord | undefined> {
    const daemon = await this.ports.daemon();
    const media = [await this.ports.fileOf(uri).load()];
    const params = { ...this.ports.options(), media, question: DESCRIBE_QUESTION, background: true };
    let measured: Promise<Partial<MediaRecord>> = Promise.resolve({});
    const result = await daemon.ask(
      params,
      (progress) => {
        const report = progress.kind === 'media' ? progress.media[0] : undefined;
        if (report !== undefined) {
          measured = this.measured(uri, stamp, report);
          void measured.then((change) => this.keep(uri, stamp, change));
        }
      },
      signal,
    );
    if (result.stopped === 'cancelled' || signal.aborted) throw failures.cancelled();
    const description = descriptionFrom(result.text, result);
    return this.keep(uri, stamp, { ...(await measured), description, error: undefined });
  }

  private async measured(uri: string, stamp: FileStamp, report: MediaReport): Promise<Partial<MediaRecord>> {
    const thumbnail = await this.thumbnails.save(uri, stamp, report.preview);
    return { modality: report.modality, facts: storedFacts(report), ...(thumbnail ? { thumbnail } : {}) };
  }

  private failed(uri: string, stamp: FileStamp, failure: Failure, signal: AbortSignal): MediaRecord {
    if (signal.aborted) throw failures.cancelled();
    if (concernsAll(failure)) throw failure;
    // nobody stopped it: its own limit did
    const { code, message } = failure.code === 'CANCELLED' ? tookTooLong() : failure;
    return this.keep(uri, stamp, { error: { code, text: message } });
  }

  /** Adds to what is known of the file as it was with this stamp. */
  private keep(uri: string, stamp: FileStamp, change: Partial<MediaRecord>): MediaRecord {
    const known = this.store.get(uri);
    const base = known && sameStamp(known, stamp) ? known : { uri, size: stamp.size, mtime: stamp.mtime };
    const record: MediaRecord = { ...base, ...change };
    this.store.put(record);
    return record;
  }
}

const tookTooLong = () =>
  new Failure(
    'TIMED_OUT',
    t('It was not read within {0} seconds.', MEASURE_LIMIT_MS / 1000),
    t('Try it alone, in the chat.'),
  );

/** Where there is no daemon or no model, the next file fares no better. */
export function concernsAll({ code }: { code: string }): boolean {
  return /^(DAEMON|NODE|MODEL|ENGINE_UNAVAILABLE|STORE|RESTRICTED)/.test(code);
}
