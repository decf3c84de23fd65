import { errors, toOneLensError } from '../common/errors';
import { type CommandContext, parseCommandArguments } from './command';
import { COMMANDS } from './commands';
import type { DaemonConnection } from './connection';
import { formatError } from './formatError';
import { commandHelp, generalHelp } from './help';

/** Everything a command works with but the connection, which is opened when first asked for. */
export type CliContext = Omit<CommandContext, 'daemon'>;

/** Runs one command line; resolves to the exit code and never rejects. Failures are one line on standard error. */
export async function runCli(argv: string[], context: CliContext): Promise<number> {
  let connection: Promise<DaemonConnection> | undefined;
  const daemon = () => {
    connection ??= context.connect();
    return connection;
  };
  try {
    return await dispatch(argv, { ...context, daemon });
  } catch (thrown) {
    const error = context.signal.aborted ? errors.cancelled() : toOneLensError(thrown);
    context.terminal.progress(null);
    context.terminal.err(formatError(error));
    return error.exitCode;
  } finally {
    await connection?.then((c) => c.close()).catch(() => {});
  }
}

async function dispatch(argv: string[], context: CommandContext): Promise<number> {
  const [name, ...rest] = argv;
  const { terminal, installation } = context;
  if (name === '--version' || name === '-v') {
    terminal.out(`${installation.version}\n`);
    return 0;
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    terminal.out(generalHelp());
    return 0;
  }
  if (name === undefined) throw errors.usage('No command was given.');
  const command = COMMANDS.find((c) => c.name === name);
  if (!command) throw errors.usage(`There is no command "${name}".`);
  const args = parseCommandArguments(command, rest);
  if (args.options.help) {
    terminal.out(commandHelp(command));
    return 0;
  }
  return command.run(args, context);
}
