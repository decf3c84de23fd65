import * as vscode from 'vscode';
import type { FromPanel } from '../../daemon/protocol/panelMessages';
import { attachableFromBytes, attachableFromUri, uriFromDrop } from './attachable';
import type { FrameDecoder } from './frameDecoder';
import type { ChatSession } from './session';
import { dialogFilters } from './supportedFiles';

type Handlers = { [T in FromPanel['type']]: (message: Extract<FromPanel, { type: T }>) => unknown };

/** What each message of the panel does. `ready` is the view's own. */
export function panelActions(session: ChatSession, frames: FrameDecoder): (message: FromPanel) => void {
  const handlers: Handlers = {
    ready: () => undefined,
    ask: ({ question }) => session.ask(question),
    stop: ({ id }) => session.stop(id),
    newChat: () => session.newChat(),
    attach: () => attachByDialog(session),
    attachUris: ({ uris }) =>
      session.attach(
        uris
          .map(uriFromDrop)
          .filter((uri) => uri !== null)
          .map(attachableFromUri),
      ),
    attachBytes: ({ name, base64 }) => session.attach([attachableFromBytes(name, base64)]),
    detach: ({ id }) => session.detach(id),
    copy: ({ text }) => vscode.env.clipboard.writeText(text),
    showLog: () => vscode.commands.executeCommand('onelens.showLog'),
    frames: (answer) => frames.receive(answer),
    restartEngine: () => vscode.commands.executeCommand('onelens.restartEngine'),
  };
  return (message) => {
    const handle = handlers[message.type] as ((message: FromPanel) => unknown) | undefined;
    handle?.(message);
  };
}

async function attachByDialog(session: ChatSession): Promise<void> {
  const uris = await vscode.window.showOpenDialog({
    canSelectMany: true,
    openLabel: vscode.l10n.t('Attach'),
    title: vscode.l10n.t('Attach to the Question'),
    filters: dialogFilters(),
  });
  if (uris !== undefined) session.attach(uris.map(attachableFromUri));
}
