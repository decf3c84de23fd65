import * as vscode from 'vscode';
import type { ToPanel } from '../../daemon/protocol/panelMessages';
import type { Attachable } from '../chat/attachments';
import type { DaemonApi } from '../supervisor/daemonApi';
import { DOCUMENT_KINDS } from './documentKinds';
import { LastDescriptions } from './lastDescriptions';
import { MediaHover } from './mediaHover';
import { rememberAnswers } from './rememberAnswers';

export interface FeaturePorts {
  daemon(): Promise<DaemonApi>;
  /** The file behind an attachment of the chat. */
  fileOf(attachmentId: string): Attachable | undefined;
  log(line: string): void;
}

/** What OneLens does in other editors: the hover over media paths, and the alt texts of images. */
export class LanguageFeatures {
  private readonly descriptions = new LastDescriptions();

  constructor(private readonly ports: FeaturePorts) {}

  /** Of every message that the chat sends its panel. */
  see(message: ToPanel): void {
    rememberAnswers(message, (id) => this.ports.fileOf(id), this.descriptions);
  }

  register(): vscode.Disposable {
    const { descriptions, ports } = this;
    return vscode.languages.registerHoverProvider(
      Object.keys(DOCUMENT_KINDS).map((language) => ({ language })),
      new MediaHover({ descriptions, daemon: () => ports.daemon(), log: (line) => ports.log(line) }),
    );
  }
}
