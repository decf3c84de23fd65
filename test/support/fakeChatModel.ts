import type { ChatModel, EncodedMedia, GenerateRequest, GenerateResult } from '../../daemon/backends/chatModel';
import { MODALITIES } from '../../daemon/common/modality';
import type { ConfidenceCalibration } from '../../daemon/common/modelConfig';
import type { Media } from '../../daemon/media/media';

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * A model that repeats what it was given, a word a token. Words of the question steer it: "slowly" waits 30 ms a word
 * and goes on for maxTokens words, "block" holds the thread for 3 seconds inside a token, as a native run would.
 */
export class FakeChatModel implements ChatModel {
  readonly id = 'fake';
  readonly device = 'cpu';
  readonly deviceReason = 'It is a fake.';
  readonly modalities = MODALITIES;
  readonly encoderFingerprint = 'fake-1';
  calibration?: ConfidenceCalibration;
  encoded = 0;

  async encode(media: Media): Promise<EncodedMedia> {
    this.encoded += 1;
    if (media.kind === 'rgbd' || media.kind === 'rgbn') throw new Error('the fake takes one file at a time');
    return { modality: media.kind, embeddings: Float32Array.from([1, 2, 3, 4]), tokens: 2, warnings: [] };
  }

  async generate(
    request: GenerateRequest,
    signal: AbortSignal,
    onPiece: (text: string, confidence: number) => void,
  ): Promise<GenerateResult> {
    const slowly = request.question.includes('slowly');
    const words = slowly ? Array.from({ length: request.maxTokens }, (_, i) => `w${i}`) : this.words(request);
    const said: string[] = [];
    for (const word of words) {
      if (signal.aborted) break;
      if (said.length === 1 && request.question.includes('block')) holdThread(3000);
      const piece = said.length === 0 ? word : ` ${word}`;
      said.push(piece);
      onPiece(piece, 0.5);
      await sleep(slowly ? 30 : 0);
    }
    return {
      text: said.join(''),
      confidence: 0.5,
      promptTokens: 7,
      mediaTokens: request.media.length * 4,
      completionTokens: said.length,
      prefixTokens: 0,
      firstTokenMs: 1,
      tokensPerSecond: 100,
      stopped: signal.aborted ? 'cancelled' : 'end',
    };
  }

  async close(): Promise<void> {}

  private words({ question, media, history }: GenerateRequest): string[] {
    return [...media.map((m) => m.modality), `turns=${history.length}`, ...question.split(' ')];
  }
}

function holdThread(ms: number): void {
  const until = Date.now() + ms;
  while (Date.now() < until);
}
