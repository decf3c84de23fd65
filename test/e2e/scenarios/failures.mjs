// What goes wrong: a question stopped, an engine killed, a file cut short. Run with a slow model that never ends by itself.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const scenarios = [
  {
    name: 'a running answer is stopped and keeps what came',
    async run({ window }) {
      await window.describe('plot.png');
      await window.turnIs('streaming');
      await window.panel.getByRole('button', { name: 'Stop', exact: true }).click();
      await window.turnIs('stopped', 10_000);
      assert.match(await window.lastTurn().innerText(), /Stopped\./);
      await window.screenshot('stopped');
      await window.newChat();
    },
  },
  {
    name: 'an engine killed in the middle of an answer: the panel says so, the next question works',
    async run({ window, home }) {
      await window.describe('plot.png');
      await window.turnIs('streaming');
      process.kill(enginePid(home), 'SIGKILL');
      await window.turnIs('failed', 15_000);
      assert.match(await window.lastTurn().getByRole('alert').innerText(), /engine stopped/i);
      await window.screenshot('engine-killed');
      await window.ask('And now?');
      await window.turnCount(2);
      await window.turnIs('streaming');
      await window.panel.getByRole('button', { name: 'Stop', exact: true }).click();
      await window.turnIs('stopped', 10_000);
      await window.newChat();
    },
  },
  {
    name: 'a truncated picture has a clear error, and the chat goes on',
    async run({ window }) {
      await window.describe('truncated.png');
      await window.turnIs('failed', 30_000);
      const text = await window.lastTurn().getByRole('alert').innerText();
      assert.match(text, /cut short/);
      assert.doesNotMatch(text, /\bat .*:\d+:\d+/, 'no stack trace');
      await window.screenshot('truncated-file');
      await window.newChat();
    },
  },
];

/** The engine is the daemon's only child process. */
function enginePid(home) {
  const daemon = JSON.parse(readFileSync(join(home, 'daemon.json'), 'utf8')).pid;
  const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(daemon)], { encoding: 'utf8' });
  const [pid] = children.split('\n').map(Number).filter(Boolean);
  assert.ok(pid, 'the daemon has an engine');
  return pid;
}
