// Required into the daemon and the engine before their own code: writes each address that they listen on, connect to, send
// to or look up, one JSON line each, to ONELENS_TEST_NETWORK.
const { appendFileSync } = require('node:fs');
const dgram = require('node:dgram');
const dns = require('node:dns');
const net = require('node:net');

const file = process.env.ONELENS_TEST_NETWORK;
const role = /(\w+)\.js$/.exec(process.argv[1] ?? '')?.[1] ?? 'node';
const record = (what, target) => appendFileSync(file, `${JSON.stringify({ role, what, target: String(target) })}\n`);

function wrap(object, name, before) {
  const original = object[name];
  if (typeof original !== 'function') return;
  object[name] = function (...args) {
    before.apply(this, args);
    return original.apply(this, args);
  };
}

/** Of connect's and listen's many shapes; undefined for a pipe. */
function hostOf(args) {
  const first = Array.isArray(args[0]) ? args[0][0] : args[0];
  if (first !== null && typeof first === 'object') return first.path ? undefined : (first.host ?? 'localhost');
  if (typeof first === 'string' && !/^\d+$/.test(first)) return undefined;
  return typeof args[1] === 'string' ? args[1] : 'localhost';
}

if (file) {
  record('start', 'localhost');
  // what is given no host listens on all addresses
  wrap(net.Server.prototype, 'listen', (...args) => {
    const first = args[0];
    const isPipe = typeof first === 'string' || (first !== null && typeof first === 'object' && first.path);
    const host = first !== null && typeof first === 'object' ? first.host : args.find((a, i) => i > 0 && typeof a === 'string');
    if (!isPipe) record('listen', host ?? '0.0.0.0');
  });
  // http, https, tls, fetch and WebSockets all come through here
  wrap(net.Socket.prototype, 'connect', (...args) => {
    const host = hostOf(args);
    if (host !== undefined) record('connect', host);
  });
  for (const name of ['send', 'connect', 'bind'])
    wrap(dgram.Socket.prototype, name, (...args) => record(`dgram.${name}`, args.find((a) => typeof a === 'string') ?? '0.0.0.0'));
  for (const names of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype])
    for (const name of Object.keys(Object.getOwnPropertyDescriptors(names)).filter((n) => /^(lookup|resolve|reverse)/.test(n)))
      wrap(names, name, (host) => record(`dns.${name}`, host));
}
