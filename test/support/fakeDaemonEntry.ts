import { join } from 'node:path';
import { toOneLensError } from '../../daemon/common/errors';
import { idleMsFromEnvironment } from '../../daemon/environment';
import { runDaemon } from '../../daemon/runDaemon';
import { storeHome } from '../../daemon/store/home';

/** The real daemon over the fake engine that lies beside it. */
runDaemon({
  home: storeHome(),
  port: Number(process.env.TEST_PORT ?? 0),
  idleMs: idleMsFromEnvironment(process.env),
  version: '0.0.0-test',
  build: 'test',
  engineScript: join(__dirname, 'fakeEngine.js'),
  embeddedPack: process.env.TEST_PACK ?? '',
  onListening: () => {},
}).then(
  () => process.exit(0),
  (thrown) => {
    const error = toOneLensError(thrown);
    process.stderr.write(`error[${error.code}]: ${error.message}\n`);
    process.exit(error.exitCode);
  },
);
