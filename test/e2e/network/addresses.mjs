// The kernel's tables of sockets (/proc/<pid>/net/tcp, tcp6, udp, udp6), as addresses.

/** One line: "0: 0100007F:1F90 00000000:0000 0A ... inode". Bytes of each 32-bit word are in the machine's order (little). */
export function parseTable(text) {
  return text
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields.length > 9)
    .map((fields) => ({ local: endpoint(fields[1]), remote: endpoint(fields[2]), state: fields[3], inode: fields[9] }));
}

function endpoint(text) {
  const [hex, port] = text.split(':');
  return { address: hex.length === 8 ? ipv4(hex) : ipv6(hex), port: Number.parseInt(port, 16) };
}

const bytesOf = (word) => word.match(/../g).reverse();
const ipv4 = (hex) =>
  bytesOf(hex)
    .map((byte) => Number.parseInt(byte, 16))
    .join('.');
const ipv6 = (hex) =>
  hex
    .match(/.{8}/g)
    .flatMap((word) => bytesOf(word))
    .join('')
    .match(/.{4}/g)
    .join(':');

/** Of an address or a host's name. Unspecified is not loopback: what listens there is reached from outside. */
export function isLoopback(address) {
  const plain = address.toLowerCase().replace(/^\[|\]$/g, '');
  if (plain === 'localhost' || plain === '::1' || plain === '0000:0000:0000:0000:0000:0000:0000:0001') return true;
  if (/^127(\.\d+){3}$/.test(plain) || /^::ffff:127(\.\d+){3}$/.test(plain)) return true;
  // an IPv4 address in an IPv6 socket
  return /^0000:0000:0000:0000:0000:ffff:7f[0-9a-f]{2}:/.test(plain);
}

export const isUnspecified = (address) =>
  /^(0\.0\.0\.0|::|(0000:){7}0000|0000:0000:0000:0000:0000:ffff:0000:0000)$/.test(address);

/** Why this socket reaches, or is reached, beyond the machine; undefined where it does not. */
export function objection({ protocol, local, remote }) {
  const text = ({ address, port }) => `${address}:${port}`;
  if (!isUnspecified(remote.address) && !isLoopback(remote.address))
    return `${protocol} ${text(local)} to ${text(remote)}`;
  // a socket that is connected to loopback may have any local address
  if (isUnspecified(remote.address) && !isLoopback(local.address)) return `${protocol} open on ${text(local)}`;
  return undefined;
}
