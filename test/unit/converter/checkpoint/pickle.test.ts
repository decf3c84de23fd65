import { existsSync } from 'node:fs';
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import { unpickleTensors } from '../../../../daemon/converter/checkpoint/pickle';
import { failureOf, int, pickleOf, temporaryFolder, text, torchPickle } from '../../../support/checkpointFiles';

const P2 = pickleOf(0x80, 2);
const load = (...parts: Array<number | string | Buffer>) => unpickleTensors(pickleOf(P2, ...parts, '.'));
const failure = (...parts: Array<number | string | Buffer>) => failureOf(() => load(...parts));

describe('plain values', () => {
  it.each([
    ['None, True, False', ['(N', 0x88, 0x89, 't'], [null, true, false]],
    [
      'ints of every size',
      ['(K', 255, 'M', 1, 2, 'J', Buffer.from([254, 255, 255, 255]), int(2 ** 40), 't'],
      [255, 513, -2, 2 ** 40],
    ],
    ['a float', ['G', Buffer.from([0x3f, 0xf8, 0, 0, 0, 0, 0, 0])], 1.5],
    ['a list', [']', '(K', 1, 'K', 2, 'e'], [1, 2]],
    ['a short tuple', ['K', 1, 'K', 2, 'K', 3, 0x87], [1, 2, 3]],
    ['memo', [text('x'), 'q', 0, '0', 'h', 0], 'x'],
    ['unicode', [text('é')], 'é'],
  ])('%s', (_, parts, value) => {
    expect(load(...(parts as Array<number | string | Buffer>))).toEqual(value);
  });

  it('a dict, and an OrderedDict with state set on it', () => {
    expect(load('}(', text('a'), 'K', 1, 'u')).toEqual(new Map([['a', 1]]));
    expect(load('ccollections\nOrderedDict\n)R}(', text('_metadata'), 'K', 1, 'ub')).toEqual(new Map());
  });

  it('a tensor stays a reference', () => {
    const dict = unpickleTensors(
      torchPickle({ w: { shape: [2, 3], key: '7', elements: 6, storage: 'BFloat16Storage' } }),
    );
    expect((dict as Map<string, unknown>).get('w')).toEqual({
      storage: { key: '7', dtype: 'BF16', itemBytes: 2, elements: 6 },
      offset: 0,
      shape: [2, 3],
      stride: [3, 1],
    });
  });
});

describe('what a pickle may not do', () => {
  const marker = () => path.join(temporaryFolder(), 'ran');

  it.each([
    ['os.system', (m: string) => pickleOf('cos\nsystem\n(', text(`touch ${m}`), 'tR')],
    ['posix.system', (m: string) => pickleOf('cposix\nsystem\n(', text(`touch ${m}`), 'tR')],
    ['builtins.eval', (m: string) => pickleOf('cbuiltins\neval\n(', text(`open(${JSON.stringify(m)}, "w")`), 'tR')],
    ['__builtin__.exec', (m: string) => pickleOf('c__builtin__\nexec\n(', text(m), 'tR')],
    ['builtins.getattr', () => pickleOf('cbuiltins\ngetattr\n')],
    [
      'subprocess.Popen',
      (m: string) => pickleOf(text('subprocess'), text('Popen'), 0x93, '(', text(`touch ${m}`), 't', 0x81),
    ],
    ['torch._utils.system', () => pickleOf(text('torch._utils'), text('system'), 0x93)],
    ['torch.load', () => pickleOf('ctorch\nload\n')],
    ['constructor.constructor', () => pickleOf('cconstructor\nconstructor\n')],
    ['os.system', (m: string) => pickleOf('(', text(`touch ${m}`), 'ios\nsystem\n')],
  ])('%s is named and not executed', (name, pickle) => {
    const file = marker();
    expect(failureOf(() => unpickleTensors(pickleOf(P2, pickle(file), '.')))).toContain(
      `CHECKPOINT_PICKLE: The checkpoint's pickle asks for ${name},`,
    );
    expect(existsSync(file)).toBe(false);
  });

  it('protocol 0, as exploits are often written, fares no better', () => {
    expect(failureOf(() => unpickleTensors(Buffer.from("cos\nsystem\n(S'id'\ntR.")))).toContain(
      "CHECKPOINT_PICKLE: The checkpoint's pickle asks for os.system,",
    );
    expect(failureOf(() => unpickleTensors(Buffer.from("(S'id'\nios\nsystem\n.")))).toContain('the opcode 0x53');
  });

  it.each([
    ['a call of a string', [text('x'), ')R'], 'CHECKPOINT_PICKLE'],
    ['state on a list', [']', '}b'], 'CHECKPOINT_PICKLE'],
    ['an extension', [0x82, 1], "CHECKPOINT_PICKLE: The checkpoint's pickle asks for the opcode 0x82"],
    ['bytes', ['C', 1, 'x'], 'the opcode 0x43'],
    ['a set', [0x8f], 'the opcode 0x8f'],
    [
      'an object kept elsewhere',
      [text('file'), 'Q'],
      "CHECKPOINT_PICKLE: The checkpoint's pickle asks for an object kept elsewhere",
    ],
    [
      'a storage that is a path',
      ['(', text('storage'), 'ctorch\nFloatStorage\n', text('../../etc/passwd'), text('cpu'), 'K', 1, 'tQ'],
      'BAD_CHECKPOINT',
    ],
    [
      'a dict posing as a storage',
      ['ctorch._utils\n_rebuild_tensor_v2\n(}K', 0, '))', 0x89, '}tR'],
      'a tensor has no storage',
    ],
    [
      'a negative size',
      [
        'ctorch._utils\n_rebuild_tensor_v2\n((',
        text('storage'),
        'ctorch\nFloatStorage\n',
        text('0'),
        text('cpu'),
        'K',
        1,
        'tQK',
        0,
        '(',
        int(-1),
        't(K',
        1,
        't',
        0x89,
        '}tR',
      ],
      'no valid shape',
    ],
  ])('%s', (_, parts, message) => {
    expect(failure(...(parts as Array<number | string | Buffer>))).toContain(message);
  });
});

describe('damaged and hostile sizes', () => {
  it.each([
    ['nested marks', ['('.repeat(100_000)], 'nests deeper than 256 levels'],
    ['a text of 4 GiB', ['X', Buffer.from([255, 255, 255, 255])], 'cut short'],
    ['a text of 2^63 bytes', [0x8d, Buffer.from([0, 0, 0, 0, 0, 0, 0, 128])], 'cut short'],
    ['an integer of 2 GiB', [0x8b, Buffer.from([255, 255, 255, 127])], 'an integer of 2147483647 bytes'],
    ['an integer beyond 2^53', [0x8a, 8, Buffer.from([0, 0, 0, 0, 0, 0, 0, 64])], 'beyond 2^53'],
    ['an endless stack', ['N'.repeat((1 << 20) + 1)], 'stacks more than'],
    ['nothing on the stack', [], 'empty stack'],
    ['a mark that is missing', ['t'], 'a mark is missing'],
    ['a memo that is empty', ['h', 9], 'recalls value 9'],
    ['an odd number of items', ['}(', text('a'), 'u'], 'not a dict'],
    ['protocol 9', [0x80, 9], 'protocol 9'],
  ])('%s', (_, parts, message) => {
    expect(failure(...(parts as Array<number | string | Buffer>))).toMatch(/^BAD_CHECKPOINT: /);
    expect(failure(...(parts as Array<number | string | Buffer>))).toContain(message);
  });

  it('a pickle cut anywhere is damaged, never a crash', () => {
    const whole = torchPickle({ w: { shape: [2, 3], key: '7', elements: 6 } });
    for (let bytes = 0; bytes < whole.length; bytes++) {
      expect(failureOf(() => unpickleTensors(whole.subarray(0, bytes)))).toMatch(
        /^(BAD_CHECKPOINT|CHECKPOINT_PICKLE): /,
      );
    }
  });

  it('doubling lists share their parts and cost nothing', () => {
    // thirty times [x, x]: 2^30 leaves if it were copied
    const doubled = Array.from({ length: 30 }, () => '2\x86').map((s) => Buffer.from(s, 'latin1'));
    expect(load('N', ...doubled)).toHaveLength(2);
  });
});
