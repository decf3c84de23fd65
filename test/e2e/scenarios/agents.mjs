// Agents: another extension finds the tools and calls them through VS Code, and the chat has @onelens.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';

const here = dirname(fileURLToPath(import.meta.url));
const ANSWER_LIMIT_MS = 60_000;

/** What the workbench of these scenarios has more: chat, and the extension that stands for an agent. */
export function sessionOptions(folder) {
  const probe = join(folder, 'probe');
  mkdirSync(probe, { recursive: true });
  return {
    probe,
    env: { AGENT_PROBE: probe },
    otherExtensions: [join(here, '../agentProbe')],
    settings: { 'chat.disableAIFeatures': false },
  };
}

/** Themes and the classes by which the workbench shows that it has taken them; the last is the one it began with. */
const THEMES = { 'Dark Modern': 'vs-dark', 'Default High Contrast': 'hc-black', 'Light Modern': 'vs' };

let count = 0;

/** Sends the probe a request; the answer comes when `await`ed, so that a dialog can be answered meanwhile. */
function ask(probe, request) {
  count += 1;
  const name = `${Date.now()}-${count}.json`;
  writeFileSync(join(probe, `part-${name}`), JSON.stringify(request));
  renameSync(join(probe, `part-${name}`), join(probe, `request-${name}`));
  const file = join(probe, `answer-${name}`);
  return until(
    () => existsSync(file) && JSON.parse(readFileSync(file, 'utf8')),
    `the probe's answer to ${request.action}`,
  );
}

async function until(look, what) {
  const end = Date.now() + ANSWER_LIMIT_MS;
  while (Date.now() < end) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`waited ${ANSWER_LIMIT_MS / 1000} s for ${what}`);
}

/** Calls a tool and answers the question that VS Code asks first; its text comes back, too. */
async function invoke({ probe, window }, name, input, { allow = true, picture } = {}) {
  const answer = ask(probe, { action: 'invoke', name, input });
  const dialog = window.page.locator('.monaco-dialog-box');
  await dialog.waitFor();
  const asked = await dialog.innerText();
  if (picture) await window.screenshot(picture);
  await dialog.getByRole('button', { name: allow ? 'Yes' : 'Cancel' }).click();
  return { asked, ...(await answer) };
}

export const scenarios = [
  {
    name: 'agents: the four tools are there for other extensions, with their schemas',
    async run({ probe }) {
      const { value } = await ask(probe, { action: 'tools' });
      const ours = value.filter(({ tags }) => tags.includes('onelens'));
      assert.deepEqual(ours.map(({ name }) => name).sort(), [
        'ask_media',
        'describe_media',
        'measure_media',
        'plot_data',
      ]);
      for (const { inputSchema, description } of ours) {
        assert.equal(inputSchema.type, 'object');
        assert.match(description, /this machine/);
      }
    },
  },
  {
    name: 'agents: measure_media asks first, then answers with facts of the real file',
    async run(context) {
      const { asked, value } = await invoke(
        context,
        'measure_media',
        { file: 'recording.wav' },
        { picture: 'agent-tool-asks' },
      );
      assert.match(asked, /Let OneLens read a file\?/);
      assert.match(asked, /recording\.wav/);
      assert.match(asked, /nothing leaves it/);
      const report = JSON.parse(value);
      assert.equal(report.modality, 'audio');
      const rate = report.measured.find(({ name }) => name === 'audio.sampleRate');
      assert.equal(rate.value, readFileSync(join(context.workspace, 'recording.wav')).readUInt32LE(24));
    },
  },
  {
    name: 'agents: describe_media, ask_media and plot_data on real files',
    async run(context) {
      const described = JSON.parse(
        (await invoke(context, 'describe_media', { file: join(context.workspace, 'cloud.ply') })).value,
      );
      assert.equal(described.media[0].modality, 'point');
      assert.ok(described.model.text.length > 3);
      const files = ['photo.jpg', 'recording.wav'];
      const asked = JSON.parse((await invoke(context, 'ask_media', { files, question: 'What is this?' })).value);
      assert.deepEqual(
        asked.media.map(({ modality }) => modality),
        ['image', 'audio'],
      );
      const plot = JSON.parse((await invoke(context, 'plot_data', { file: 'plot.png', maxPoints: 4 })).value);
      assert.deepEqual(
        plot.series.map(({ name, points }) => [name, points.length]),
        [
          ['City', 4],
          ['Forest', 4],
        ],
      );
    },
  },
  {
    name: 'agents: a file outside the workspace is named as that, and is not read where the person says no',
    async run(context) {
      const file = join(context.workspace, '../out_side.png');
      writeFileSync(file, readFileSync(join(context.workspace, 'plot.png')));
      const refused = await invoke(context, 'measure_media', { file }, { allow: false, picture: 'agent-tool-outside' });
      assert.match(refused.asked, /out_side\.png \(outside the workspace\)/);
      assert.match(refused.error, /Cancel/i);
      const allowed = await invoke(context, 'measure_media', { file });
      assert.equal(JSON.parse(allowed.value).modality, 'image');
    },
  },
  {
    name: 'agents: what is wrong comes back as a text to act on',
    async run(context) {
      const { value } = await ask(context.probe, {
        action: 'invoke',
        name: 'measure_media',
        input: { path: 'plot.png' },
      });
      assert.match(value, /^error\[BAD_INPUT\]: .*"file" is missing/);
      const missing = await invoke(context, 'describe_media', { file: 'none.png' });
      assert.match(missing.value, /^error\[FILE_MISSING\]: There is no file "none\.png"/);
    },
  },
  {
    name: 'agents: the MCP server that VS Code is offered measures a real file',
    async run({ probe, workspace }) {
      const offered = await until(async () => {
        const { value } = await ask(probe, { action: 'mcp' });
        return value?.find(({ label }) => label === 'OneLens');
      }, 'the MCP server to be offered');
      const { command, args, env } = offered;
      const transport = new StdioClientTransport({ command, args, env: { ...process.env, ...env }, cwd: workspace });
      const client = new Client({ name: 'e2e', version: '1' });
      await client.connect(transport);
      try {
        const call = { name: 'measure_media', arguments: { file: 'photo.jpg', facts: ['image.width'] } };
        const { structuredContent } = await client.callTool(call);
        assert.equal(structuredContent.measured[0].name, 'image.width');
      } finally {
        await client.close();
      }
    },
  },
  {
    name: 'agents: @onelens answers in the chat, facts after the words, and /data with a table and the CSV',
    async run(context) {
      const { window, probe } = context;
      // VS Code lets no participant answer before it knows a model
      await until(async () => (await ask(probe, { action: 'models' })).value?.length > 0, 'the model of the probe');
      const answer = await chat(context, '@onelens What is in photo.jpg?');
      await answer.getByText('Measured in photo.jpg').waitFor();
      await answer.getByRole('cell', { name: 'width', exact: true }).waitFor();
      await answer.getByText(/confidence \d+ %; they may be wrong/).waitFor();
      await window.screenshot('agent-chat');
      const data = await chat(context, '@onelens /data plot.png');
      await data.getByText('Air temperature on a day in May').waitFor();
      await data.getByRole('cell', { name: 'City' }).first().waitFor();
      await window.screenshot('agent-chat-data');
      await data.getByRole('button', { name: 'Open the CSV' }).click();
      await window.tab('plot.csv').waitFor();
      const alone = await chat(context, '@onelens /compare photo.jpg');
      await alone.getByText('needs two files or more').waitFor();
      const compared = await chat(context, '@onelens /compare photo.jpg plot.png');
      await compared.getByText('Measured differences').waitFor();
      await compared.getByRole('cell', { name: 'width', exact: true }).waitFor();
      await window.screenshot('agent-chat-compare');
      for (const [theme, look] of Object.entries(THEMES)) {
        await ask(probe, { action: 'theme', name: theme });
        await window.page.locator(`.monaco-workbench.${look}`).waitFor();
        await window.screenshot(`agent-chat-${look}`);
      }
      await window.closeEditors();
    },
  },
];

/** Asks in VS Code's own chat; the answer's element comes back at once, for looking into it while it grows. */
async function chat({ probe, window }, query) {
  const answers = window.page.locator('.interactive-response');
  const before = await answers.count();
  const sent = await ask(probe, { action: 'command', id: 'workbench.action.chat.open', args: [{ query }] });
  assert.equal(sent.error, undefined);
  await until(async () => (await answers.count()) > before, 'an answer in the chat');
  return answers.last();
}
