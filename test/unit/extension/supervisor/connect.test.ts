import { afterEach, expect, test } from 'vitest';
import { createMessageConnection } from 'vscode-jsonrpc/node';
import { connect } from '../../../../extension/supervisor/connect';
import { type FakeDaemon, fakeDaemon } from '../../../support/fakeDaemon';

let daemon: FakeDaemon | undefined;
afterEach(() => daemon?.close());

test('a request goes there and back', async () => {
  daemon = await fakeDaemon((connection) => connection.onRequest('double', (n: number) => n * 2));
  const { reader, writer, close } = await daemon.transports();
  const client = createMessageConnection(reader, writer);
  client.listen();
  expect(await client.sendRequest('double', 21)).toBe(42);
  client.dispose();
  close();
});

test('what the other side says before we listen is not lost', async () => {
  daemon = await fakeDaemon((connection) => {
    setTimeout(() => void connection.sendNotification('hello', 1), 0);
  });
  const { reader, writer, close } = await daemon.transports();
  await new Promise((resolve) => setTimeout(resolve, 50));
  const client = createMessageConnection(reader, writer);
  const heard = new Promise((resolve) => client.onNotification('hello', resolve));
  client.listen();
  expect(await heard).toBe(1);
  client.dispose();
  close();
});

test('a wrong token, and a port where nobody listens, are failures with a remedy', async () => {
  daemon = await fakeDaemon(() => {});
  await expect(connect({ url: daemon.url, token: 'wrong' })).rejects.toMatchObject({
    code: 'DAEMON_UNREACHABLE',
    message: expect.stringContaining('401'),
  });
  await daemon.close();
  await expect(connect(daemon)).rejects.toMatchObject({ message: expect.stringContaining('ECONNREFUSED') });
  daemon = undefined;
});
