import * as vscode from 'vscode';
import type { FromPanel } from '../../daemon/protocol/panelMessages';
import { attachableFromBytes, attachableFromUri, uriFromDrop } from './attachable';
import type { AttachmentViews } from './attachmentViews';
import { followLink } from './followLink';
import type { FrameDecoder } from './frameDecoder';
import { insertAtCursor } from './insertAtCursor';
import type { ChatSession } from './session';
import { dialogFilters } from './supportedFiles';
import type { WorkspaceFiles } from './workspaceFiles';

type Handlers = { [T in FromPanel['type']]: (message: Extract<FromPanel, { type: T }>) => unknown };

/** What each message of the panel does. `ready` is the view's own. */
export function panelActions(
  session: ChatSession,
  frames: FrameDecoder,
  files: WorkspaceFiles,
  views: AttachmentViews,
): (message: FromPanel) => void {
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
    insert: ({ text }) => insertAtCursor(text),
    regenerate: ({ id }) => session.regenerate(id),
    resend: ({ id, question }) => session.resend(id, question),
    chooseAnswer: ({ id, index }) => session.chooseAnswer(id, index),
    inspect: ({ ids }) => session.inspect(ids),
    extractData: ({ id }) => extractData(session, id),
    findFiles: ({ request, query }) => files.find(request, query),
    openLink: ({ href }) => followLink(href),
    openTemperature: () => vscode.commands.executeCommand('workbench.action.openSettings', 'onelens.temperature'),
    showLog: () => vscode.commands.executeCommand('onelens.showLog'),
    frames: (answer) => frames.receive(answer),
    view: (request) => views.view(request),
    cancelView: ({ id }) => views.cancel(id),
    manageTrust: () => vscode.commands.executeCommand('workbench.trust.manage'),
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

async function extractData(session: ChatSession, id: string): Promise<void> {
  const address = session.fileOf(id)?.address;
  if (address !== undefined) {
    await vscode.commands.executeCommand('onelens.extractPlotData', vscode.Uri.parse(address.uri));
  }
}
