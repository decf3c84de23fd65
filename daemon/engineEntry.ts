import { join } from 'node:path';
import { serveEngine } from './engine/engineMain';
import type { FromEngine, ToEngine } from './engine/messages';
import { realParts } from './engineComposition';
import { storeHome } from './store/home';

/** The engine process: serves its parent over IPC and ends with it. */
const models = serveEngine(
  {
    send: (message: FromEngine) => {
      if (process.connected) process.send?.(message);
    },
    onMessage: (listener) => process.on('message', (message) => listener(message as ToEngine)),
  },
  realParts({ home: storeHome(), ocrFolder: join(__dirname, 'ocr'), env: process.env }),
);

process.on('disconnect', () => {
  void models.close().finally(() => process.exit(0));
  setTimeout(() => process.exit(0), 2000).unref();
});
// Ctrl-C in a terminal reaches the whole group: the daemon decides when the engine ends
process.on('SIGINT', () => {});
process.on('SIGTERM', () => process.exit(0));
