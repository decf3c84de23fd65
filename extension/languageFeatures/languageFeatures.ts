import * as vscode from 'vscode';
import type { AskParams } from '../../daemon/protocol/messages';
import type { ToPanel } from '../../daemon/protocol/panelMessages';
import type { Attachable } from '../chat/attachments';
import type { DaemonApi } from '../supervisor/daemonApi';
import { AltTextActions } from './altText/altTextActions';
import { AltTextHints } from './altText/altTextHints';
import { AltTextWriter } from './altText/altTextWriter';
import { ALT_TEXT_LANGUAGES, DOCUMENT_KINDS } from './documentKinds';
import { LastDescriptions } from './lastDescriptions';
import { MediaHover } from './mediaHover';
import { rememberAnswers } from './rememberAnswers';

export interface FeaturePorts {
  daemon(): Promise<DaemonApi>;
  /** The person's settings, read at each question. */
  options(): Pick<AskParams, 'model' | 'maxTokens' | 'temperature'>;
  altTextHints(): boolean;
  /** The file behind an attachment of the chat. */
  fileOf(attachmentId: string): Attachable | undefined;
  log(line: string): void;
}

/** What OneLens does in other editors: the hover over media paths, and the alt texts of images. */
export class LanguageFeatures {
  private readonly descriptions = new LastDescriptions();

  readonly altTexts: AltTextWriter;

  constructor(private readonly ports: FeaturePorts) {
    this.altTexts = new AltTextWriter(ports);
  }

  /** Of every message that the chat sends its panel. */
  see(message: ToPanel): void {
    rememberAnswers(message, (id) => this.ports.fileOf(id), this.descriptions);
  }

  register(): vscode.Disposable {
    const { descriptions, ports } = this;
    const hover = new MediaHover({ descriptions, daemon: () => ports.daemon(), log: (line) => ports.log(line) });
    return vscode.Disposable.from(
      vscode.languages.registerHoverProvider(selector(Object.keys(DOCUMENT_KINDS)), hover),
      vscode.languages.registerCodeActionsProvider(
        selector(ALT_TEXT_LANGUAGES),
        new AltTextActions(),
        AltTextActions.metadata,
      ),
      new AltTextHints(() => ports.altTextHints()),
    );
  }
}

function selector(languages: readonly string[]): vscode.DocumentFilter[] {
  return languages.map((language) => ({ language }));
}
