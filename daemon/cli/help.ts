import type { Command } from './command';
import { COMMANDS } from './commands';

/** `onelens --help`. */
export function generalHelp(): string {
  const rows = COMMANDS.map((c) => `  ${c.name.padEnd(10)} ${c.summary}\n`).join('');
  return `onelens COMMAND [options]: ask a model on your own machine about any image, plot, recording, video, point cloud,
depth map or recording of motion.

${rows}
  onelens COMMAND --help shows its arguments and options. Answers go to standard output, progress and errors to
  standard error; --json prints one JSON document, or nothing when the command fails. ONELENS_HOME moves the folder of models, cache and the daemon.
  Exit codes: 0 answered, 2 usage, 3 file, 4 model, 5 daemon not reachable, 6 cancelled, 1 anything else.
`;
}

/** `onelens COMMAND --help`. */
export function commandHelp(command: Command): string {
  const options = Object.entries(command.options).map(
    ([name, option]) => `  --${name}${option.type === 'string' ? ` ${placeholder(name)}` : ''}\n`,
  );
  const list = options.length > 0 ? `\n${options.join('')}` : '';
  return `onelens ${[command.name, command.usage].filter(Boolean).join(' ')}\n\n${command.summary}\n${list}`;
}

const placeholder = (name: string) => name.toUpperCase().replace(/^.*-/, '');
