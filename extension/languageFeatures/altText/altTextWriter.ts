import * as vscode from 'vscode';
import { confidencePercent } from '../../../daemon/protocol/confidence';
import type { AskParams } from '../../../daemon/protocol/messages';
import { attachableFromUri } from '../../chat/attachable';
import type { DaemonApi } from '../../supervisor/daemonApi';
import { failures, toFailure } from '../../supervisor/failure';
import { DOCUMENT_KINDS } from '../documentKinds';
import { isAboutTheFile } from '../measurements';
import { resolveMedia } from '../resolveMedia';
import type { AltTextChoice } from './altTextActions';
import { type AltText, composeAltText } from './composeAltText';
import { documentImages, rangeOf } from './documentImages';
import type { ImageReference } from './imageReference';
import { foundAgain } from './imagesOf';

export interface WriterPorts {
  daemon(): Promise<DaemonApi>;
  options(): Pick<AskParams, 'model' | 'maxTokens' | 'temperature'>;
  log(line: string): void;
}

const QUESTION = 'Describe this image in one sentence.';
/** An alt text is a sentence or two. */
const MOST_TOKENS = 96;
const MOST_NAMED = 3;

interface Answers {
  texts: Map<ImageReference, AltText>;
  /** Images that were left out, with the reason. */
  problems: string[];
}

type Part = 'alt' | 'caption';

/** Asks about images of a document and writes the answers into it: one edit, undone in one step. */
export class AltTextWriter {
  constructor(private readonly ports: WriterPorts) {}

  /** Rejects with a Failure where no image can be asked about; a cancel changes nothing. */
  async write(document: vscode.TextDocument, choice: AltTextChoice): Promise<void> {
    const images = documentImages(document);
    const chosen =
      'all' in choice ? images.filter(({ alt }) => alt === 'missing') : images.slice(choice.index, choice.index + 1);
    if (chosen.length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t('Every image in this file has an alt text.'));
      return;
    }
    const answers = await this.askAll(document, chosen);
    if (answers === null) return;
    const part = 'all' in choice ? 'alt' : choice.part;
    await this.apply(document, images, answers.texts, part, 'all' in choice && chosen.length > 1);
    tellProblems(answers.problems, chosen.length);
  }

  /** Null when the person cancelled. */
  private askAll(document: vscode.TextDocument, images: readonly ImageReference[]): Thenable<Answers | null> {
    const title = vscode.l10n.t('Writing alt text');
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    return vscode.window.withProgress(options, async (progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      const answers: Answers = { texts: new Map(), problems: [] };
      for (const [i, image] of images.entries()) {
        const message = images.length === 1 ? image.path : `${i + 1} / ${images.length}: ${image.path}`;
        progress.report({ message, increment: i === 0 ? 0 : 100 / images.length });
        await this.askOne(document, image, answers, abort.signal);
        if (abort.signal.aborted) return null;
      }
      return answers;
    });
  }

  private async askOne(
    document: vscode.TextDocument,
    image: ImageReference,
    { texts, problems }: Answers,
    signal: AbortSignal,
  ): Promise<void> {
    const same = [...texts].find(([{ path }]) => path === image.path);
    if (same !== undefined) {
      texts.set(image, same[1]);
      return;
    }
    try {
      const text = await this.answer(document, image, signal);
      if (text === null) problems.push(vscode.l10n.t('{0}: the model has no answer', image.path));
      else texts.set(image, text);
    } catch (error) {
      const failure = toFailure(error);
      if (signal.aborted || failure.code === 'CANCELLED') return;
      if (!isAboutTheFile(failure)) throw failure;
      this.ports.log(`${image.path}: error[${failure.code}]: ${failure.message}`);
      problems.push(`${image.path}: ${failure.what}`);
    }
  }

  private async answer(
    document: vscode.TextDocument,
    image: ImageReference,
    signal: AbortSignal,
  ): Promise<AltText | null> {
    const file = await resolveMedia(document, image.path, DOCUMENT_KINDS[document.languageId] ?? 'markdown');
    if (file === undefined) throw failures.fileUnreadable(image.path, vscode.l10n.t('there is no such file'));
    const media = [await attachableFromUri(file.uri).load()];
    const daemon = await this.ports.daemon();
    const { maxTokens = MOST_TOKENS, ...options } = this.ports.options();
    const params = { ...options, media, question: QUESTION, maxTokens: Math.min(maxTokens, MOST_TOKENS) };
    return composeAltText(await daemon.ask(params, () => undefined, signal));
  }

  /**
   * Several, and guesses, go through VS Code's preview of changes first. What needs confirmation is not ticked there, so
   * beside a guess the others do not need it; without a guess all do, as else there would be no preview.
   */
  private async apply(
    document: vscode.TextDocument,
    before: readonly ImageReference[],
    texts: ReadonlyMap<ImageReference, AltText>,
    part: Part,
    several: boolean,
  ): Promise<void> {
    const now = documentImages(document);
    const edit = new vscode.WorkspaceEdit();
    const guesses = [...texts.values()].some(({ isSure }) => !isSure);
    for (const [image, text] of texts) {
      const again = foundAgain(image, before, now);
      const change = part === 'caption' ? again?.writeCaption?.(text.text) : again?.write(text.text);
      if (change === undefined) continue;
      const needsConfirmation = guesses ? !text.isSure : several;
      const metadata = several || guesses ? { needsConfirmation, label: originOf(text) } : undefined;
      edit.replace(document.uri, rangeOf(document, change), change.text, metadata);
    }
    if (edit.size === 0) return;
    const isApplied = await vscode.workspace.applyEdit(edit, { isRefactoring: true });
    const [only] = texts.values();
    if (isApplied && only !== undefined && texts.size === 1) vscode.window.setStatusBarMessage(originOf(only), 6000);
  }
}

/** Whose words they are. */
function originOf({ from, isSure, confidence }: AltText): string {
  const { t } = vscode.l10n;
  if (from === 'measured') return t('Alt text from what was measured');
  const percent = confidencePercent(confidence);
  return isSure
    ? t('Alt text in the words of the model, which is sure by {0} %', percent)
    : t('A guess of the model, which is sure by {0} %: look before you keep it', percent);
}

function tellProblems(problems: readonly string[], of: number): void {
  if (problems.length === 0) return;
  const named = problems.slice(0, MOST_NAMED).join('; ');
  const more = problems.length > MOST_NAMED ? ' …' : '';
  void vscode.window.showWarningMessage(
    vscode.l10n.t('OneLens: {0} of {1} images have no alt text from here. {2}', problems.length, of, named + more),
  );
}
