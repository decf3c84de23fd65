import { afterEach, expect, test } from 'vitest';
import { type CancellationToken, createMessageConnection, ResponseError } from 'vscode-jsonrpc/node';
import type { AskParams, AskProgress } from '../../../../daemon/protocol/messages';
import { RemoteDaemon } from '../../../../extension/supervisor/daemonApi';
import { type FakeDaemon, fakeDaemon } from '../../../support/fakeDaemon';

let daemon: FakeDaemon;
afterEach(() => daemon.close());

type Serve = Parameters<typeof fakeDaemon>[0];
const never = new AbortController().signal;
const params: AskParams = { media: [{ path: '/a.png' }], question: 'What?' };

async function api(serve: Serve): Promise<RemoteDaemon> {
  daemon = await fakeDaemon(serve);
  const { reader, writer } = await daemon.transports();
  const client = createMessageConnection(reader, writer);
  // what vscode-languageclient does
  client.onClose(() => client.dispose());
  client.listen();
  return new RemoteDaemon(client);
}

test('pieces stream on the token of the request, and the result comes back', async () => {
  const remote = await api((connection) =>
    connection.onRequest('onelens/ask', async (asked: AskParams) => {
      for (const text of ['A ', 'dog.']) {
        await connection.sendNotification('$/progress', {
          token: asked.partialResultToken,
          value: { kind: 'piece', text },
        });
      }
      return { text: 'A dog.', question: asked.question };
    }),
  );
  const seen: AskProgress[] = [];
  expect(await remote.ask(params, (progress) => seen.push(progress), never)).toEqual({
    text: 'A dog.',
    question: 'What?',
  });
  expect(seen).toEqual([
    { kind: 'piece', text: 'A ' },
    { kind: 'piece', text: 'dog.' },
  ]);
});

test('an abort becomes a cancel, and the answer to it the failure CANCELLED', async () => {
  const remote = await api((connection) =>
    connection.onRequest('onelens/ask', (_: AskParams, token: CancellationToken) => {
      return new Promise((_resolve, reject) => {
        token.onCancellationRequested(() => reject(new ResponseError(-32800, 'cancelled')));
      });
    }),
  );
  const abort = new AbortController();
  const asked = remote.ask(params, () => {}, abort.signal);
  setTimeout(() => abort.abort(), 20);
  await expect(asked).rejects.toMatchObject({ code: 'CANCELLED' });
});

test("the daemon's own errors keep their code, what and remedy", async () => {
  const data = { code: 'FILE_EMPTY', exitCode: 3, what: '"a.png" is empty (0 bytes).', remedy: 'Name another.' };
  const remote = await api((connection) =>
    connection.onRequest('onelens/facts', () => {
      throw new ResponseError(-32050, 'x', data);
    }),
  );
  await expect(remote.facts({ source: { path: '/a.png' } }, never)).rejects.toMatchObject({
    code: 'FILE_EMPTY',
    message: '"a.png" is empty (0 bytes). Name another.',
  });
});

test('a daemon that dies under a request is DAEMON_LOST', async () => {
  const remote = await api((connection, socket) =>
    connection.onRequest('onelens/ask', () => {
      socket.terminate();
      return new Promise(() => {});
    }),
  );
  await expect(remote.ask(params, () => {}, never)).rejects.toMatchObject({ code: 'DAEMON_LOST' });
});
