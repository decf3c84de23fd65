import type { ToPanel } from '../daemon/protocol/panelMessages';
import { Announcer } from './announcer';
import { attachClipboardPicture } from './clipboardPicture';
import { Composer } from './composer';
import { Conversation } from './conversation';
import { h } from './dom';
import { acceptDropAndPaste } from './dropAndPaste';
import { connectHost } from './host';
import { t } from './l10n';
import { PreviewOpener } from './previewOpener';
import { initialState, reduce } from './state';
import { createTrustBanner } from './trustBanner';
import { loadVideo } from './video/loadVideo';
import { ViewRequests } from './viewRequests';

const host = connectHost();
let state = initialState;

const ask = (question: string) => host.post({ type: 'ask', question });
const attach = () => host.post({ type: 'attach' });

const composer = new Composer(
  {
    ask,
    attach,
    stop: (id) => host.post({ type: 'stop', id }),
    detach: (id) => host.post({ type: 'detach', id }),
    newChat: () => host.post({ type: 'newChat' }),
    keepDraft: (draft) => host.keep({ draft }),
    files: {
      find: (request, query) => host.post({ type: 'findFiles', request, query }),
      attach: (uri) => host.post({ type: 'attachUris', uris: [uri] }),
    },
  },
  host.kept().draft,
);
const conversation = new Conversation({
  ask,
  attach,
  suggest: (question) => (state.attachments.length > 0 ? ask(question) : composer.suggest(question)),
  copy: (text) => host.post({ type: 'copy', text }),
  insert: (text) => host.post({ type: 'insert', text }),
  regenerate: (id) => host.post({ type: 'regenerate', id }),
  resend: (id, question) => host.post({ type: 'resend', id, question }),
  chooseAnswer: (id, index) => host.post({ type: 'chooseAnswer', id, index }),
  stop: (id) => host.post({ type: 'stop', id }),
  inspect: (ids) => host.post({ type: 'inspect', ids }),
  extractData: (id) => host.post({ type: 'extractData', id }),
  openLink: (href) => host.post({ type: 'openLink', href }),
  openTemperature: () => host.post({ type: 'openTemperature' }),
  restartEngine: () => host.post({ type: 'restartEngine' }),
  showLog: () => host.post({ type: 'showLog' }),
  manageTrust: () => host.post({ type: 'manageTrust' }),
});
const announcer = new Announcer();
const requests = new ViewRequests(host.post);
const previews = new PreviewOpener(
  requests,
  () => state,
  (text) => composer.tell(text),
);
const attachPorts = { post: host.post, notice: (text: string) => composer.tell(text) };
const trustBanner = createTrustBanner(() => host.post({ type: 'manageTrust' }));

/** Many pieces within one frame are drawn once. */
let scheduled = false;
function schedule(): void {
  if (scheduled) return;
  scheduled = true;
  requestAnimationFrame(() => {
    scheduled = false;
    conversation.update(state);
    composer.update(state);
    announcer.update(state);
    previews.update();
  });
}

async function sendFrames({ id, bytes, times, side }: Extract<ToPanel, { type: 'decodeFrames' }>): Promise<void> {
  try {
    const decode = await loadVideo();
    host.post({ type: 'frames', id, frames: await decode(bytes, times, side) });
  } catch (error) {
    host.post({ type: 'frames', id, frames: [], reason: error instanceof Error ? error.message : String(error) });
  }
}

host.onMessage((message) => {
  if (message.type === 'decodeFrames') return void sendFrames(message);
  if (message.type === 'viewed' || message.type === 'viewFailed') return requests.receive(message);
  if (message.type === 'pasteClipboard') return void attachClipboardPicture(attachPorts);
  if (message.type === 'trust') return trustBanner.show(message.trusted);
  state = reduce(state, message);
  if (message.type === 'focus') composer.focus();
  schedule();
});
document
  .getElementById('app')
  ?.replaceChildren(
    h('h1', { class: 'sr-only' }, t('OneLens chat')),
    trustBanner.element,
    conversation.element,
    composer.element,
    announcer.element,
    h('div', { class: 'drop-hint', 'aria-hidden': 'true' }, t('Drop to attach')),
  );
acceptDropAndPaste(document.body, attachPorts);
host.post({ type: 'ready' });
