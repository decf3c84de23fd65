/**
 * A pickle machine that can build nothing but tensors in dicts (protocols 2 to 5).
 *
 * Opcodes: CPython's Lib/pickletools.py. A pickle is a program that may call anything it names; this machine knows the
 * few names of `pickleGlobals.ts`, and each of those makes plain data here. Any other name, and any opcode that could
 * make something else, is CHECKPOINT_PICKLE; nothing is ever looked up or executed. A tensor is not read: it becomes a
 * TensorRef that says where its numbers lie.
 */
import { errors } from '../../common/errors';
import { type Callable, globalNamed, type StorageRef, StorageType } from './pickleGlobals';

export { isTensorRef, type StorageRef, type TensorRef } from './pickleGlobals';

/** A 7B checkpoint has 940 tensors and needs about 9,000 memo entries, a stack of 2,000 and a depth of 4. */
const MAX_STACK = 1 << 20;
const MAX_MEMO = 1 << 22;
const MAX_DEPTH = 256;

/** The object that a pickle of `torch.save` describes; tensors as TensorRef. Throws BAD_CHECKPOINT, CHECKPOINT_PICKLE. */
export function unpickleTensors(bytes: Uint8Array): unknown {
  return new Machine(bytes).run();
}

const damaged = (detail: string) =>
  errors.badCheckpoint(`The checkpoint's pickle is damaged: ${detail}.`, 'Fetch or save the checkpoint again.');

type Operation = (m: Machine) => void;

class Machine {
  stack: unknown[] = [];
  /** The stacks below the open marks. */
  private readonly marks: unknown[][] = [];
  private readonly memo = new Map<number, unknown>();
  private readonly view: DataView;
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  run(): unknown {
    for (;;) {
      const opcode = this.u8();
      if (opcode === STOP) return this.pop();
      const operation = OPERATIONS[opcode];
      if (!operation) throw errors.forbiddenPickle(`the opcode 0x${opcode.toString(16).padStart(2, '0')}`);
      operation(this);
    }
  }

  push(value: unknown): void {
    if (this.stack.length >= MAX_STACK) throw damaged(`it stacks more than ${MAX_STACK} values`);
    this.stack.push(value);
  }

  pop(): unknown {
    if (this.stack.length === 0) throw damaged('it takes a value from an empty stack');
    return this.stack.pop();
  }

  top(): unknown {
    if (this.stack.length === 0) throw damaged('it looks at an empty stack');
    return this.stack[this.stack.length - 1];
  }

  mark(): void {
    if (this.marks.length >= MAX_DEPTH) throw damaged(`it nests deeper than ${MAX_DEPTH} levels`);
    this.marks.push(this.stack);
    this.stack = [];
  }

  /** The values since the last mark. */
  popMark(): unknown[] {
    const values = this.stack;
    const below = this.marks.pop();
    if (!below) throw damaged('a mark is missing');
    this.stack = below;
    return values;
  }

  store(index: number): void {
    if (this.memo.size >= MAX_MEMO) throw damaged(`it remembers more than ${MAX_MEMO} values`);
    this.memo.set(index, this.top());
  }

  memoize(): void {
    this.store(this.memo.size);
  }

  recall(index: number): void {
    if (!this.memo.has(index)) throw damaged(`it recalls value ${index}, which it never stored`);
    this.push(this.memo.get(index));
  }

  take(count: number): Uint8Array {
    if (count > this.bytes.length - this.at) throw damaged(`it is cut short at byte ${this.bytes.length}`);
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }

  u8(): number {
    return this.take(1)[0] as number;
  }

  u16(): number {
    this.take(2);
    return this.view.getUint16(this.at - 2, true);
  }

  u32(): number {
    this.take(4);
    return this.view.getUint32(this.at - 4, true);
  }

  i32(): number {
    this.take(4);
    return this.view.getInt32(this.at - 4, true);
  }

  u64(): number {
    this.take(8);
    return Number(this.view.getBigUint64(this.at - 8, true));
  }

  f64(): number {
    this.take(8);
    return this.view.getFloat64(this.at - 8, false);
  }

  /** Two's complement, little-endian. */
  long(bytes: number): number {
    if (bytes > 8) throw damaged(`it has an integer of ${bytes} bytes`);
    const digits = this.take(bytes);
    let value = 0n;
    for (let i = bytes - 1; i >= 0; i--) value = (value << 8n) | BigInt(digits[i] as number);
    const number = Number(BigInt.asIntN(8 * bytes, value));
    if (!Number.isSafeInteger(number)) throw damaged('it has an integer beyond 2^53');
    return number;
  }

  text(bytes: number): string {
    return new TextDecoder().decode(this.take(bytes));
  }

  line(): string {
    const end = this.bytes.indexOf(10, this.at);
    if (end < 0) throw damaged('a line has no end');
    const text = this.text(end - this.at);
    this.at = end + 1;
    return text;
  }
}

/** Opcodes by their byte. What is missing is forbidden. */
const OPERATIONS: Readonly<Record<number, Operation>> = {
  // PROTO
  128: (m) => {
    const protocol = m.u8();
    if (protocol < 2 || protocol > 5) throw damaged(`it has protocol ${protocol}; 2 to 5 are read`);
  },
  // FRAME: a length that only buffering readers need
  149: (m) => void m.u64(),
  // MARK, POP, POP_MARK, DUP
  40: (m) => m.mark(),
  48: (m) => void m.pop(),
  49: (m) => void m.popMark(),
  50: (m) => m.push(m.top()),
  // NONE, NEWTRUE, NEWFALSE
  78: (m) => m.push(null),
  136: (m) => m.push(true),
  137: (m) => m.push(false),
  // BININT, BININT1, BININT2, LONG1, LONG4, BINFLOAT
  74: (m) => m.push(m.i32()),
  75: (m) => m.push(m.u8()),
  77: (m) => m.push(m.u16()),
  138: (m) => m.push(m.long(m.u8())),
  139: (m) => m.push(m.long(m.u32())),
  71: (m) => m.push(m.f64()),
  // BINUNICODE, SHORT_BINUNICODE, BINUNICODE8, and Python 2's BINSTRING, SHORT_BINSTRING
  88: (m) => m.push(m.text(m.u32())),
  140: (m) => m.push(m.text(m.u8())),
  141: (m) => m.push(m.text(m.u64())),
  84: (m) => m.push(m.text(m.u32())),
  85: (m) => m.push(m.text(m.u8())),
  // EMPTY_TUPLE, TUPLE, TUPLE1, TUPLE2, TUPLE3
  41: (m) => m.push([]),
  116: (m) => m.push(m.popMark()),
  133: (m) => m.push(popCount(m, 1)),
  134: (m) => m.push(popCount(m, 2)),
  135: (m) => m.push(popCount(m, 3)),
  // EMPTY_LIST, LIST, APPEND, APPENDS
  93: (m) => m.push([]),
  108: (m) => m.push(m.popMark()),
  97: (m) => append(m, [m.pop()]),
  101: (m) => append(m, m.popMark()),
  // EMPTY_DICT, DICT, SETITEM, SETITEMS
  125: (m) => m.push(new Map()),
  100: (m) => {
    const items = m.popMark();
    m.push(new Map());
    setItems(m, items);
  },
  115: (m) => setItems(m, popCount(m, 2)),
  117: (m) => setItems(m, m.popMark()),
  // BINPUT, LONG_BINPUT, MEMOIZE, BINGET, LONG_BINGET
  113: (m) => m.store(m.u8()),
  114: (m) => m.store(m.u32()),
  148: (m) => m.memoize(),
  104: (m) => m.recall(m.u8()),
  106: (m) => m.recall(m.u32()),
  // GLOBAL, STACK_GLOBAL
  99: (m) => m.push(globalNamed(m.line(), m.line())),
  147: (m) => {
    const [module, name] = popCount(m, 2);
    m.push(globalNamed(String(module), String(name)));
  },
  // INST: names a class to build at once; named in the error
  105: (m) => {
    throw errors.forbiddenPickle(`${m.line()}.${m.line()}`);
  },
  // REDUCE, NEWOBJ: a call
  82: (m) => call(m),
  129: (m) => call(m),
  // BUILD
  98: (m) => build(m),
  // BINPERSID
  81: (m) => m.push(storage(m.pop())),
};

const STOP = 46;

function popCount(m: Machine, count: number): unknown[] {
  const values: unknown[] = [];
  for (let i = 0; i < count; i++) values.unshift(m.pop());
  return values;
}

function append(m: Machine, values: unknown[]): void {
  const list = m.top();
  if (!Array.isArray(list)) throw damaged('it appends to what is not a list');
  if (list.length + values.length > MAX_STACK) throw damaged(`it has a list of more than ${MAX_STACK} values`);
  for (const value of values) list.push(value);
}

function setItems(m: Machine, items: unknown[]): void {
  const dict = m.top();
  if (!(dict instanceof Map) || items.length % 2 !== 0) throw damaged('it sets items of what is not a dict');
  for (let i = 0; i < items.length; i += 2) dict.set(items[i], items[i + 1]);
}

function call(m: Machine): void {
  const args = m.pop();
  const callee = m.pop();
  if (typeof callee !== 'function' || !Array.isArray(args))
    throw errors.forbiddenPickle('a call of what cannot be called');
  m.push((callee as Callable)(args));
}

/** State set on a finished object: PyTorch gives the dict of a module its `_metadata`, which is not needed. */
function build(m: Machine): void {
  m.pop();
  if (!(m.top() instanceof Map)) throw errors.forbiddenPickle('the state of an object to be set');
}

/** ("storage", type, key, device, elements), see torch/serialization.py `persistent_id`. */
function storage(id: unknown): StorageRef {
  const [tag, type, key, , elements] = Array.isArray(id) ? id : [];
  if (tag !== 'storage' || !(type instanceof StorageType)) throw errors.forbiddenPickle('an object kept elsewhere');
  if (typeof key !== 'string' || !/^[\w.-]{1,64}$/.test(key)) throw damaged('a storage has no valid key');
  if (!Number.isSafeInteger(elements) || elements < 0) throw damaged(`the storage ${key} has no valid size`);
  return { key, dtype: type.dtype, itemBytes: type.itemBytes, elements };
}
