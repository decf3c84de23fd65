import { expect, it } from 'vitest';
import { type Notice, progressReporter } from '../../../daemon/mcp/progressReporter';
import { report } from '../../support/fakeAgentDaemon';

it('tells stages, what was measured, and the answer a few times a second', () => {
  const notices: Notice[] = [];
  let now = 0;
  const tell = progressReporter(
    (notice) => notices.push(notice),
    () => now,
  );
  tell({ kind: 'stage', stage: 'loading' });
  tell({ kind: 'media', media: [report()] });
  for (const text of ['A', ' cat', ' on', ' a', ' mat']) {
    tell({ kind: 'piece', text });
    now += 100;
  }
  expect(notices).toEqual([
    { progress: 1, message: 'loading the model' },
    { progress: 2, message: 'measured image' },
    { progress: 3, message: 'answering: A' },
    { progress: 4, message: 'answering: A cat on a' },
  ]);
});
