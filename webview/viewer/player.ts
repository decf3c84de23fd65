import { t } from '../l10n';
import { secondsText } from '../previews/waveform';
import type { ViewerPorts } from './viewerPorts';

export interface PlayerState {
  isPlaying: boolean;
  /** Seconds. */
  position: number;
  /** Of what can be played; undefined until it is known. */
  end?: number;
  /** For the person; "" where there is nothing to say. */
  words: string;
}

/**
 * Plays a file's own bytes where the browser knows the codec, else what the daemon decoded. Nothing is fetched before
 * the first play.
 */
export class Player {
  private readonly audio = new Audio();
  private url = '';
  private loading: Promise<void> | undefined;
  private wanted = 0;
  private words = '';

  constructor(
    private readonly ports: Pick<ViewerPorts, 'request'>,
    private readonly signal: AbortSignal,
    private readonly changed: (state: PlayerState) => void,
  ) {
    for (const event of ['play', 'pause', 'ended', 'timeupdate', 'seeked', 'durationchange'])
      this.audio.addEventListener(event, () => this.tell());
    signal.addEventListener('abort', () => {
      this.audio.pause();
      this.release();
    });
  }

  get isPlaying(): boolean {
    return !this.audio.paused && !this.audio.ended;
  }

  get position(): number {
    return this.audio.readyState > 0 ? this.audio.currentTime : this.wanted;
  }

  /** Plays, or pauses. */
  async toggle(): Promise<void> {
    if (this.isPlaying) return this.audio.pause();
    try {
      this.loading ??= this.load();
      await this.loading;
      await this.audio.play();
    } catch (error) {
      if (this.url === '') this.loading = undefined;
      if (error instanceof DOMException && error.name === 'AbortError') return;
      this.say(error instanceof DOMException ? t('Press play again to hear it.') : messageOf(error));
    }
  }

  seek(seconds: number): void {
    this.wanted = Math.max(0, seconds);
    if (this.audio.readyState > 0) this.audio.currentTime = this.wanted;
    this.tell();
  }

  /** The file itself, else its decoded beginning. */
  private async load(): Promise<void> {
    this.say(t('Loading…'));
    const own = await this.ports.request('bytes', this.signal).catch(() => undefined);
    if (own?.kind === 'bytes' && (await this.canPlay(own.bytes))) return this.say('');
    const decoded = await this.ports.request('wav', this.signal);
    if (decoded.kind !== 'bytes' || !(await this.canPlay(decoded.bytes))) {
      this.release();
      throw new Error(t('There is no sound that can be played here.'));
    }
    this.say(decodedText(decoded.seconds ?? 0, decoded.of ?? 0));
  }

  private canPlay(bytes: Uint8Array): Promise<boolean> {
    this.release();
    this.url = URL.createObjectURL(new Blob([bytes as BlobPart]));
    return new Promise((resolve) => {
      this.audio.onloadedmetadata = () => {
        this.audio.currentTime = Math.min(this.wanted, this.audio.duration);
        resolve(true);
      };
      this.audio.onerror = () => resolve(false);
      this.audio.src = this.url;
    });
  }

  private release(): void {
    if (this.url === '') return;
    URL.revokeObjectURL(this.url);
    this.url = '';
  }

  private say(words: string): void {
    this.words = words;
    this.tell();
  }

  private tell(): void {
    const { duration } = this.audio;
    this.changed({
      isPlaying: this.isPlaying,
      position: this.position,
      words: this.words,
      ...(Number.isFinite(duration) ? { end: duration } : {}),
    });
  }
}

/** A word about what is played in the place of the file. */
export function decodedText(seconds: number, of: number): string {
  const part = seconds < of - 0.01 ? `the first ${secondsText(seconds)} of ${secondsText(of)}` : 'all of it';
  return t('This window cannot play the file itself; the engine decoded it ({0}).', part);
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
