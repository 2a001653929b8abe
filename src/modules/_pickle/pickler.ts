/** `_pickle.Pickler`: construction, `dump`, attributes, and the proxy of its memo. */
import { PyBuiltinFunction, NativeDefinition } from '../../core/native.ts';
import { PyDict, PyTuple } from '../../core/containers.ts';
import type { KeywordNames, PyType } from '../../core/type.ts';
import type { Thread } from '../../core/thread.ts';
import { PyObject, type Maybe, type Value } from '../../core/value.ts';
import { genericGetAttr, genericSetAttr, lookupAttr } from '../../objects/attributes.ts';
import { call } from '../../objects/call.ts';
import { tableKeys, tableSet } from '../../objects/hash-table.ts';
import { identityOf } from '../../objects/identity.ts';
import { newBytes, newDict, newTuple } from '../../objects/make.ts';
import { bindArguments } from '../../objects/native-call.ts';
import { toIndex } from '../../objects/operators.ts';
import { raiseAttributeError, raiseOverflowError, raiseRuntimeError, raiseTypeError, raiseValueError, typeName } from '../../objects/raise.ts';
import { staticType } from '../../objects/static-types.ts';
import { isTrue } from '../../objects/truth.ts';
import { asInt } from '../../objects/type-of.ts';
import { readyType, type GetSet } from '../../objects/type-ready.ts';
import { raisePickling } from './errors.ts';
import { DEFAULT_PROTOCOL, HIGHEST_PROTOCOL, OP } from './opcodes.ts';
import { PickleMemo, PyPickler } from './pickler-record.ts';
import { save } from './save.ts';

/** `_pickle.Pickler` */
export const PICKLER_TYPE = staticType('Pickler', { module: '_pickle', baseType: true });
const MEMO_PROXY_TYPE = staticType('PicklerMemoProxy', { module: '_pickle', disallowInstantiation: true });

class PyPicklerMemoProxy extends PyObject {
  readonly pickler: PyPickler;
  constructor(pickler: PyPickler) {
    super(MEMO_PROXY_TYPE);
    this.pickler = pickler;
  }
}

/** A pickler without a file, for `dumps` and `dump`. */
export function newPickler(): PyPickler {
  return new PyPickler(PICKLER_TYPE, save);
}

/** The arguments of `Pickler`, `dump` and `dumps` behind object and file. */
export interface PicklerOptions {
  readonly protocol: Maybe;
  readonly fixImports: Maybe;
  readonly bufferCallback: Maybe;
}

function setProtocol(t: Thread, p: PyPickler, { protocol, fixImports, bufferCallback }: PicklerOptions): void {
  let number = DEFAULT_PROTOCOL;
  if (protocol !== undefined && protocol !== null) {
    const given = toIndex(t, protocol);
    if (given > HIGHEST_PROTOCOL) raiseValueError(`pickle protocol must be <= ${HIGHEST_PROTOCOL}`);
    number = given < 0 ? HIGHEST_PROTOCOL : Number(given);
  }
  if (bufferCallback !== undefined && bufferCallback !== null && number < 5) raiseValueError('buffer_callback needs protocol >= 5');
  p.protocol = number;
  p.bin = number > 0 ? 1 : 0;
  p.fixImports = (fixImports === undefined || isTrue(t, fixImports)) && number < 3;
  p.bufferCallback = bufferCallback === undefined ? null : bufferCallback;
}

/** Prepares a pickler that writes to memory (`file` undefined) or to a file. Raises as `Pickler()` does. */
export function initPickler(t: Thread, p: PyPickler, file: Maybe, options: PicklerOptions): void {
  setProtocol(t, p, options);
  if (file === undefined) p.startWriter(null);
  else {
    const write = lookupAttr(t, file, 'write');
    if (write === undefined) raiseTypeError("file must have a 'write' attribute");
    p.write = write;
    p.startWriter((payload) => void call(t, write, [newBytes(payload)]));
  }
  p.memo = new PickleMemo();
  p.fast = 0;
  p.fastNesting = 0;
  p.fastOpen.clear();
  p.initialized = true;
}

/** The method that a subclass or instance has put in place of the inherited default; undefined when it is the default. */
function overridden(t: Thread, p: PyPickler, name: string): Maybe {
  const method = lookupAttr(t, p, name);
  const isDefault = method instanceof PyBuiltinFunction && method.self === p && method.definition.implementation === pickler_persistent_id;
  return isDefault ? undefined : method;
}

/** Pickles one object into the writer. */
export function dumpObject(t: Thread, p: PyPickler, object: Value): void {
  p.persistentId = overridden(t, p, 'persistent_id');
  p.reducerOverride = p.type === PICKLER_TYPE ? undefined : lookupAttr(t, p, 'reducer_override');
  p.depth = 0;
  const { writer } = p;
  try {
    if (p.protocol >= 2) {
      writer.opU8(OP.PROTO, p.protocol);
      writer.framing = p.protocol >= 4;
    }
    save(t, p, object);
    writer.u8(OP.STOP);
    writer.closeFrame();
    writer.framing = false;
  } finally {
    p.persistentId = undefined;
    p.reducerOverride = undefined;
  }
}

function pickler_dump(t: Thread, self: PyPickler, object: Value): void {
  if (!self.initialized) raisePickling(`Pickler.__init__() was not called by ${typeName(self)}.__init__()`);
  if (self.running) raiseRuntimeError('Pickler object is already used');
  self.running = true;
  try {
    self.writer.clear();
    dumpObject(t, self, object);
    self.writer.flush();
  } finally {
    self.running = false;
  }
}

const INIT = new NativeDefinition('Pickler', () => null, '(file, protocol=None, fix_imports=True, buffer_callback=None)', '', 'method');

function pickler_init(t: Thread, self: PyPickler, args: Value[], keywords: KeywordNames): void {
  const [file, protocol, fixImports, bufferCallback] = bindArguments(INIT, 'Pickler', null, false, args, keywords) as [Value, Maybe, Maybe, Maybe];
  if (self.running) raiseRuntimeError('Pickler object is already used');
  self.initialized = false;
  initPickler(t, self, file, { protocol, fixImports, bufferCallback });
  self.dispatchTable = lookupAttr(t, self, 'dispatch_table');
}

/** The default: nothing has a persistent id. */
function pickler_persistent_id(): Value {
  return null;
}

function pickler_getattro(t: Thread, self: PyPickler, name: string): Maybe {
  return name === 'persistent_id' && self.persistentIdAttribute !== undefined ? self.persistentIdAttribute : genericGetAttr(t, self, name);
}

function pickler_setattro(t: Thread, self: PyPickler, name: string, value: Maybe): void {
  if (name !== 'persistent_id') return genericSetAttr(t, self, name, value);
  if (value === undefined && self.persistentIdAttribute === undefined) raiseAttributeError(self, name, name);
  self.persistentIdAttribute = value;
}

/** A member that is a C int. */
function intMember(field: 'bin' | 'fast'): GetSet {
  return {
    get: (_t, self) => (self as PyPickler)[field],
    set: (t, self, value) => {
      if (value === undefined) raiseTypeError("can't delete numeric/char attribute");
      const int = toIndex(t, value);
      if (typeof int !== 'number') raiseOverflowError('Python int too large to convert to C long');
      (self as PyPickler)[field] = int | 0;
    },
    member: true,
  };
}

function setMemo(t: Thread, p: PyPickler, value: Maybe): void {
  if (value === undefined) raiseTypeError('attribute deletion is not supported');
  const memo = new PickleMemo();
  if (value instanceof PyPicklerMemoProxy) {
    for (const [object, index] of value.pickler.memo.entries()) memo.set(object, index);
  } else if (value instanceof PyDict) {
    for (const key of tableKeys(value.table)) {
      const entry = value.table.values[value.table.keys.indexOf(key)]!;
      if (!(entry instanceof PyTuple) || entry.items.length !== 2) raiseTypeError("'memo' values must be 2-item tuples");
      memo.set(entry.items[1]!, Number(asInt(entry.items[0]) ?? toIndex(t, entry.items[0]!)));
    }
  } else raiseTypeError(`'memo' attribute must be a PicklerMemoProxy object or dict, not ${typeName(value)}`);
  p.memo = memo;
}

function memoCopy(t: Thread, self: PyPicklerMemoProxy): PyDict {
  const copy = newDict();
  for (const [object, index] of self.pickler.memo.entries()) tableSet(t, copy.table, identityOf(object), newTuple([index, object]));
  return copy;
}

readyType(MEMO_PROXY_TYPE, {
  methods: {
    clear: [(_t: Thread, self: PyPicklerMemoProxy) => self.pickler.memo.clear(), '($self, /)', 'Remove all items from memo.'],
    copy: [memoCopy, '($self, /)', 'Copy the memo to a new object.'],
    __reduce__: [(t: Thread, self: PyPicklerMemoProxy) => newTuple([newDict().type, newTuple([memoCopy(t, self)])]), '($self, /)', 'Implement pickle support.'],
  },
  attributes: { __hash__: null },
});

function pickler_new(_t: Thread, type: PyType): Value {
  return new PyPickler(type, save);
}

readyType(PICKLER_TYPE, {
  doc: 'This takes a binary file for writing a pickle data stream.',
  textSignature: '(file, protocol=None, fix_imports=True, buffer_callback=None)',
  slots: {
    tp_alloc: (type) => new PyPickler(type, save),
    tp_new: pickler_new,
    tp_init: pickler_init,
    tp_getattro: pickler_getattro,
    tp_setattro: pickler_setattro,
  },
  methods: {
    dump: [pickler_dump, '($self, obj, /)', 'Write a pickled representation of the given object to the open file.'],
    clear_memo: [(_t: Thread, self: PyPickler) => self.memo.clear(), '($self, /)', 'Clears the pickler\'s "memo".\n\nThe memo is the data structure that remembers which objects the\npickler has already seen, so that shared or recursive objects are\npickled by reference and not by value.'],
    persistent_id: [pickler_persistent_id, '($self, obj, /)', 'The persistent id of an object, None for none; to be overridden.'],
    __sizeof__: [() => 256, '($self, /)', 'Returns size in memory, in bytes.'],
  },
  getset: {
    bin: intMember('bin'),
    fast: intMember('fast'),
    dispatch_table: {
      get: (_t, self) => (self as PyPickler).dispatchTable,
      set: (_t, self, value) => {
        const p = self as PyPickler;
        if (value === undefined && p.dispatchTable === undefined) raiseAttributeError(p, 'dispatch_table', 'dispatch_table');
        p.dispatchTable = value;
      },
      member: true,
    },
    memo: { get: (_t, self) => new PyPicklerMemoProxy(self as PyPickler), set: (t, self, value) => setMemo(t, self as PyPickler, value) },
  },
});
