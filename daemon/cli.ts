#!/usr/bin/env node
import { formatError } from './cli/formatError';
import { reachDaemon } from './cli/reachDaemon';
import { runCli } from './cli/runCli';
import { processTerminal } from './cli/terminal';
import { errors } from './common/errors';
import { locateInstallation } from './installation';
import { storeHome } from './store/home';

/** The command line, `onelens`: the first Ctrl-C cancels, the second ends at once. */
const interrupt = new AbortController();
const onSignal = () => {
  if (interrupt.signal.aborted) process.exit(6);
  interrupt.abort();
};
process.on('SIGINT', onSignal);
process.on('SIGTERM', onSignal);

const terminal = processTerminal(
  () => process.exit(0),
  (code) => {
    const error = errors.notWritable('standard output', code);
    terminal.err(formatError(error));
    process.exit(error.exitCode);
  },
);
const home = storeHome();
const installation = locateInstallation(__dirname);
const context = {
  terminal,
  home,
  installation,
  cwd: process.cwd(),
  env: process.env,
  signal: interrupt.signal,
  connect: () => reachDaemon({ home, installation, signal: interrupt.signal }),
};

void runCli(process.argv.slice(2), context).then((code) => {
  process.exitCode = code;
  // everything is closed by now; should something still hold the process, it ends all the same
  setTimeout(() => process.exit(), 2000).unref();
});
