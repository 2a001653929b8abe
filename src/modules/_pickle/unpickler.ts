/** `_pickle.Unpickler`: construction, `load`, `find_class`, and the proxy of its memo. */
import { PyBuiltinFunction, NativeDefinition } from '../../core/native.ts';
import { PyDict } from '../../core/containers.ts';
import type { KeywordNames, PyType } from '../../core/type.ts';
import type { Thread } from '../../core/thread.ts';
import { PyObject, type Maybe, type Value } from '../../core/value.ts';
import { genericGetAttr, genericSetAttr, getAttr, typeLookup } from '../../objects/attributes.ts';
import { AttributeError } from '../../objects/exception-types.ts';
import { tableGetStr, tableNext, tableSet } from '../../objects/hash-table.ts';
import { importModule } from '../../objects/import-hook.ts';
import { getIterator } from '../../objects/iterate.ts';
import { newDict, newTuple } from '../../objects/make.ts';
import { bindArguments } from '../../objects/native-call.ts';
import { isRaised, newException, raiseAttributeError, raiseRuntimeError, raiseTypeError, raiseValueError, typeName } from '../../objects/raise.ts';
import { DICT_TYPE, staticType } from '../../objects/static-types.ts';
import { isTrue } from '../../objects/truth.ts';
import { asInt, asStr } from '../../objects/type-of.ts';
import { repr } from '../../objects/text.ts';
import { readyType } from '../../objects/type-ready.ts';
import { audit } from '../audit.ts';
import { raiseUnpickling } from './errors.ts';
import { followPath, toNewNames } from './globals.ts';
import { runLoad } from './load-objects.ts';
import { PickleReader } from './reader.ts';
import { PyUnpickler } from './unpickler-record.ts';

/** `_pickle.Unpickler` */
export const UNPICKLER_TYPE = staticType('Unpickler', { module: '_pickle', baseType: true });
const MEMO_PROXY_TYPE = staticType('UnpicklerMemoProxy', { module: '_pickle', disallowInstantiation: true });

class PyUnpicklerMemoProxy extends PyObject {
  readonly unpickler: PyUnpickler;
  constructor(unpickler: PyUnpickler) {
    super(MEMO_PROXY_TYPE);
    this.unpickler = unpickler;
  }
}

function nameArgument(value: Value): string {
  return asStr(value) ?? raiseTypeError(`attribute name must be string, not '${typeName(value)}'`);
}

/** `find_class`: imports the module and follows the name, which is dotted since protocol 4. */
function findClass(t: Thread, self: PyUnpickler, moduleGiven: Value, nameGiven: Value): Value {
  audit(t, 'pickle.find_class', [moduleGiven, nameGiven]);
  let moduleName = asStr(moduleGiven) ?? raiseTypeError(`module name must be a string, not ${typeName(moduleGiven)}`);
  let name = nameArgument(nameGiven);
  if (self.protocol < 3 && self.fixImports) [moduleName, name] = toNewNames(t, moduleName, name);
  if (moduleName === '') raiseValueError('Empty module name');
  const imported = importModule(t, moduleName);
  const module = tableGetStr(t.interpreter.modules.table, moduleName) ?? imported;
  if (self.protocol < 4 || !name.includes('.')) return getAttr(t, module, name);
  try {
    return followPath(t, module, name.split('.'));
  } catch (caught) {
    if (!isRaised(caught, AttributeError)) throw caught;
    const failure = newException(AttributeError, `Can't resolve path ${repr(t, name)} on module ${repr(t, getAttr(t, module, '__name__'))}`);
    failure.context = caught;
    throw failure;
  }
}

/** An unpickler that nothing was given yet, for `load` and `loads`. */
export function newUnpickler(): PyUnpickler {
  return new PyUnpickler(UNPICKLER_TYPE, findClass);
}

/** The keyword arguments of `Unpickler`, `load` and `loads`. */
export interface UnpicklerOptions {
  readonly fixImports: Maybe;
  readonly encoding: Maybe;
  readonly errors: Maybe;
  readonly buffers: Maybe;
}

/** The last four parameters in their order, as options. */
export function unpicklerOptions([fixImports, encoding, errors, buffers]: readonly Maybe[]): UnpicklerOptions {
  return { fixImports, encoding, errors, buffers };
}

function textOption(value: Maybe, name: string, fallback: string): string {
  if (value === undefined) return fallback;
  return asStr(value) ?? raiseTypeError(`Unpickler() argument '${name}' must be str, not ${value === null ? 'None' : typeName(value)}`);
}

/** Prepares an unpickler for a reader. */
export function initUnpickler(t: Thread, u: PyUnpickler, reader: PickleReader, options: UnpicklerOptions): void {
  u.reader = reader;
  u.fixImports = options.fixImports === undefined || isTrue(t, options.fixImports);
  u.encoding = textOption(options.encoding, 'encoding', 'ASCII');
  u.errors = textOption(options.errors, 'errors', 'strict');
  u.buffers = options.buffers === undefined || options.buffers === null ? null : getIterator(t, options.buffers);
  u.memo = [];
  u.initialized = true;
}

/** `find_class` or `persistent_load` where a subclass or the instance has its own. */
function override(t: Thread, u: PyUnpickler, name: 'find_class' | 'persistent_load', own: Value): Maybe {
  if (typeLookup(u.type, name) === own && u.dict === null && u.persistentLoadAttribute === undefined) return undefined;
  const method = u.hook(t, name);
  const isDefault = method instanceof PyBuiltinFunction && method.self === u && method.owner === UNPICKLER_TYPE;
  return isDefault ? undefined : method;
}

/** Loads one object. */
export function loadObject(t: Thread, u: PyUnpickler): Value {
  u.findClassOverride = override(t, u, 'find_class', typeLookup(UNPICKLER_TYPE, 'find_class')!);
  u.persistentLoad = override(t, u, 'persistent_load', typeLookup(UNPICKLER_TYPE, 'persistent_load')!);
  try {
    return runLoad(t, u);
  } finally {
    u.findClassOverride = undefined;
    u.persistentLoad = undefined;
  }
}

function unpickler_load(t: Thread, self: PyUnpickler): Value {
  if (!self.initialized) raiseUnpickling(`Unpickler.__init__() was not called by ${typeName(self)}.__init__()`);
  if (self.running) raiseRuntimeError('Unpickler object is already used');
  self.running = true;
  try {
    return loadObject(t, self);
  } finally {
    self.running = false;
  }
}

const INIT = new NativeDefinition('Unpickler', () => null, "(file, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=())", '', 'method');

function unpickler_init(t: Thread, self: PyUnpickler, args: Value[], keywords: KeywordNames): void {
  const [file, ...options] = bindArguments(INIT, 'Unpickler', null, false, args, keywords) as [Value, ...Maybe[]];
  if (self.running) raiseRuntimeError('Unpickler object is already used');
  self.initialized = false;
  initUnpickler(t, self, PickleReader.ofFile(t, file), unpicklerOptions(options));
}

function unpickler_persistent_load(): never {
  return raiseUnpickling('A load persistent id instruction was encountered, but no persistent_load function was specified.');
}

function unpickler_getattro(t: Thread, self: PyUnpickler, name: string): Maybe {
  return name === 'persistent_load' && self.persistentLoadAttribute !== undefined ? self.persistentLoadAttribute : genericGetAttr(t, self, name);
}

function unpickler_setattro(t: Thread, self: PyUnpickler, name: string, value: Maybe): void {
  if (name !== 'persistent_load') return genericSetAttr(t, self, name, value);
  if (value === undefined && self.persistentLoadAttribute === undefined) raiseAttributeError(self, name, name);
  self.persistentLoadAttribute = value;
}

function setMemo(u: PyUnpickler, value: Maybe): void {
  if (value === undefined) raiseTypeError('attribute deletion is not supported');
  if (value instanceof PyUnpicklerMemoProxy) {
    u.memo = value.unpickler.memo.slice();
    return;
  }
  if (!(value instanceof PyDict)) raiseTypeError(`'memo' attribute must be an UnpicklerMemoProxy object or dict, not ${typeName(value)}`);
  const memo: Maybe[] = [];
  const { table } = value;
  for (let entry = tableNext(table, 0); entry >= 0; entry = tableNext(table, entry + 1)) {
    const index = asInt(table.keys[entry]) ?? raiseTypeError('memo key must be integers');
    if (index < 0) raiseValueError('memo key must be positive integers.');
    memo[Number(index)] = table.values[entry]!;
  }
  u.memo = memo;
}

function memoCopy(t: Thread, self: PyUnpicklerMemoProxy): PyDict {
  const copy = newDict();
  self.unpickler.memo.forEach((value, index) => {
    if (value !== undefined) tableSet(t, copy.table, index, value);
  });
  return copy;
}

readyType(MEMO_PROXY_TYPE, {
  methods: {
    clear: [(_t: Thread, self: PyUnpicklerMemoProxy) => { self.unpickler.memo = []; }, '($self, /)', 'Remove all items from memo.'],
    copy: [memoCopy, '($self, /)', 'Copy the memo to a new object.'],
    __reduce__: [(t: Thread, self: PyUnpicklerMemoProxy) => newTuple([DICT_TYPE, newTuple([memoCopy(t, self)])]), '($self, /)', 'Implement pickling support.'],
  },
  attributes: { __hash__: null },
});

readyType(UNPICKLER_TYPE, {
  doc: 'This takes a binary file for reading a pickle data stream.',
  textSignature: "(file, *, fix_imports=True, encoding='ASCII', errors='strict',\n          buffers=())",
  slots: {
    tp_alloc: (type) => new PyUnpickler(type, findClass),
    tp_new: (_t: Thread, type: PyType) => new PyUnpickler(type, findClass),
    tp_init: unpickler_init,
    tp_getattro: unpickler_getattro,
    tp_setattro: unpickler_setattro,
  },
  methods: {
    load: [unpickler_load, '($self, /)', 'Load a pickle.\n\nRead a pickled object representation from the open file object given\nin the constructor, and return the reconstituted object hierarchy\nspecified therein.'],
    persistent_load: [unpickler_persistent_load, '($self, pid, /)', 'The object of a persistent id; to be overridden.'],
    find_class: [findClass, '($self, module_name, global_name, /)', 'Return an object from a specified module.\n\nIf necessary, the module will be imported. Subclasses may override this.'],
    __sizeof__: [() => 256, '($self, /)', 'Returns size in memory, in bytes.'],
  },
  getset: {
    memo: { get: (_t, self) => new PyUnpicklerMemoProxy(self as PyUnpickler), set: (_t, self, value) => setMemo(self as PyUnpickler, value) },
  },
});
