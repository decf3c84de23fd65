// Lists the sockets of our processes, again and again while the tests run, as the kernel sees them: whatever opened them.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { objection, parseTable } from './addresses.mjs';

const TABLES = ['tcp', 'tcp6', 'udp', 'udp6'];

/** Whose sockets count: a process whose command line says so, and all that it starts. */
const ROLES = {
  'extension host': /--type=extensionHost/,
  daemon: /onelens[^\0]*[/\\]dist[/\\]daemon\.js|staged[/\\]dist[/\\]daemon\.js/,
  engine: /[/\\]dist[/\\]engine\.js/,
};

/**
 * @param {{mark: string, everyMs?: number}} options `mark`: text in the environment of the processes of this run, so that
 * another run on the same machine is not ours
 */
export function watchSockets({ mark, everyMs = 200 }) {
  const seen = new Set();
  const objections = new Set();
  let samples = 0;
  const look = () => {
    samples += 1;
    for (const { pid, role } of processes(mark)) {
      seen.add(role);
      for (const socket of socketsOf(pid)) {
        const why = objection(socket);
        if (why !== undefined) objections.add(`${role}: ${why}`);
      }
    }
  };
  const timer = setInterval(look, everyMs);
  return {
    /** @returns {{samples: number, seen: string[], objections: string[]}} */
    stop() {
      look();
      clearInterval(timer);
      return { samples, seen: [...seen].sort(), objections: [...objections].sort() };
    },
  };
}

/** @returns {Array<{pid: string, role: string}>} */
function processes(mark) {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => ({ pid, parent: parentOf(pid), command: read(pid, 'cmdline') }));
  const roleOf = new Map();
  for (const { pid, command } of all) {
    const role = Object.keys(ROLES).find((name) => ROLES[name].test(command));
    if (role !== undefined && read(pid, 'environ').includes(mark)) roleOf.set(pid, role);
  }
  // children of ours are ours, to any depth
  for (let found = true; found; ) {
    found = false;
    for (const { pid, parent } of all) {
      if (roleOf.has(pid) || !roleOf.has(parent)) continue;
      roleOf.set(pid, `${roleOf.get(parent)}'s child`);
      found = true;
    }
  }
  return [...roleOf].map(([pid, role]) => ({ pid, role }));
}

function socketsOf(pid) {
  const inodes = new Set(socketInodes(pid));
  if (inodes.size === 0) return [];
  return TABLES.flatMap((protocol) =>
    parseTable(read(pid, `net/${protocol}`))
      .filter(({ inode }) => inodes.has(inode))
      .map((socket) => ({ protocol, ...socket })),
  );
}

/** A process may end at any moment. */
function socketInodes(pid) {
  try {
    return readdirSync(join('/proc', pid, 'fd')).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(join('/proc', pid, 'fd', fd)))?.[1] ?? [];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
}

function read(pid, name) {
  try {
    return readFileSync(join('/proc', pid, name), 'latin1');
  } catch {
    return '';
  }
}

/** The fourth field of stat, after the name in parentheses. */
const parentOf = (pid) => read(pid, 'stat').replace(/^.*\)/s, '').trim().split(' ')[1] ?? '';
