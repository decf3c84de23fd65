import { toOneLensError } from './common/errors';
import { idleMsFromEnvironment } from './environment';
import { locateInstallation } from './installation';
import { runDaemon } from './runDaemon';
import { storeHome } from './store/home';

/** The daemon as clients start it in the background: no arguments, ONELENS_HOME and ONELENS_IDLE_MINUTES. */
async function main(): Promise<void> {
  const { version, build, engineScript, embeddedPack } = locateInstallation(__dirname);
  const idleMs = idleMsFromEnvironment(process.env);
  const home = storeHome();
  await runDaemon({ home, port: 0, idleMs, version, build, engineScript, embeddedPack, onListening: () => {} });
}

main().then(
  () => process.exit(0),
  (thrown) => {
    const error = toOneLensError(thrown);
    process.stderr.write(`error[${error.code}]: ${error.message}\n`, () => process.exit(error.exitCode));
  },
);
