import { parsePort } from '../../environment';
import { runDaemon } from '../../runDaemon';
import { storePaths } from '../../store/home';
import { type Command, exactly, JSON_OPTION, textOption } from '../command';

export const serve: Command = {
  name: 'serve',
  usage: '',
  summary: 'Run the daemon in the foreground until it is stopped (Ctrl-C).',
  options: { ...JSON_OPTION, port: { type: 'string' } },
  async run(args, { terminal, home, installation }) {
    exactly(serve, args, 0);
    const { version, build, engineScript, embeddedPack } = installation;
    const tokenFile = storePaths(home).daemonFile;
    await runDaemon({
      home,
      port: parsePort(textOption(args, 'port')),
      idleMs: 0,
      version,
      build,
      engineScript,
      embeddedPack,
      onListening: ({ url }) => {
        if (args.options.json) terminal.out(`${JSON.stringify({ url, tokenFile, pid: process.pid })}\n`);
        else terminal.out(`OneLens daemon on ${url}, token in ${tokenFile}\n`);
      },
    });
    return 0;
  },
};
