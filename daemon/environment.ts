import { errors } from './common/errors';

/** Minutes of idleness after which a daemon that was started in the background goes. */
const DEFAULT_IDLE_MINUTES = 10;

/** ONELENS_IDLE_MINUTES in milliseconds; 0 = never. Fractions are allowed. */
export function idleMsFromEnvironment(env: NodeJS.ProcessEnv): number {
  const text = env.ONELENS_IDLE_MINUTES;
  if (text === undefined || text === '') return DEFAULT_IDLE_MINUTES * 60_000;
  const minutes = Number(text);
  if (!Number.isFinite(minutes) || minutes < 0 || minutes > 20_000)
    throw errors.usage(`ONELENS_IDLE_MINUTES is "${text}", which is no number of minutes.`);
  return Math.round(minutes * 60_000);
}

/** A port number from the command line; undefined = any free one (0). */
export function parsePort(text: string | undefined): number {
  if (text === undefined) return 0;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw errors.usage(`--port is "${text}", which is no port.`);
  return port;
}
