/** `function`, `method`, `cell` (Objects/funcobject.c, Objects/classobject.c, Objects/cellobject.c). */
import { PyDict, PyTuple } from '../core/containers.ts';
import { PyModule } from '../core/instance.ts';
import { PyCell, PyCode, PyFunction, PyMethod } from '../core/function.ts';
import { NativeDefinition } from '../core/native.ts';
import type { PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import { FUNCTION_CREATE, FUNCTION_MODIFY_CODE, FUNCTION_MODIFY_DEFAULTS, FUNCTION_MODIFY_KWDEFAULTS } from '../core/watch.ts';
import { bindMethod, genericGetAttr, getAttr, lookupAttr } from './attributes.ts';
import { call } from './call.ts';
import { compareBool, equalityResult, richCompare } from './compare.ts';
import { EQ } from '../core/type.ts';
import { tableGetStr } from './hash-table.ts';
import { interpreterEntry } from './entry-point.ts';
import { hashNumber } from './hash-value.ts';
import { identityOf } from './identity.ts';
import { importModule } from './import-hook.ts';
import { DICT_GETSET, setDict } from './instance-dict.ts';
import { newDict, newTuple, NOT_IMPLEMENTED } from './make.ts';
import { bindArguments } from './native-call.ts';
import { raiseTypeError, raiseValueError, typeName } from './raise.ts';
import { CELL_TYPE, FUNCTION_TYPE, METHOD_TYPE } from './static-types.ts';
import { addressOf, repr } from './text.ts';
import { readyType } from './type-ready.ts';
import { asStr } from './type-of.ts';

/** The mapping of builtins that a function with these globals uses: `__builtins__`, or the dict of the module that it is. */
export function builtinsOf(t: Thread, globals: PyDict): Value {
  const builtins = tableGetStr(globals.table, '__builtins__');
  if (builtins === undefined) return t.interpreter.builtins;
  return builtins instanceof PyModule ? builtins.dict : builtins;
}

/** A new function over `code` (MAKE_FUNCTION). */
export function newFunction(t: Thread, code: PyCode, globals: PyDict, builtins = builtinsOf(t, globals)): PyFunction {
  const func = new PyFunction(FUNCTION_TYPE, code, globals, builtins, interpreterEntry());
  func.module = tableGetStr(globals.table, '__name__') ?? null;
  const { functionWatch } = t.interpreter;
  if (functionWatch !== null && functionWatch.seesCreation) functionWatch.tell(FUNCTION_CREATE, func, undefined);
  return func;
}

const NEW = new NativeDefinition('function', () => null, '(code, globals, name=None, argdefs=None, closure=None, kwdefaults=None)', '', 'method');

function function_new(t: Thread, _type: PyType, args: Value[], keywords: readonly string[] | null): Value {
  const [code, globals, name, defaults, closure, kwdefaults] = bindArguments(NEW, 'function', null, false, args, keywords) as Maybe[];
  if (!(code instanceof PyCode)) raiseTypeError(`function() argument 'code' must be code, not ${typeName(code!)}`);
  if (!(globals instanceof PyDict)) raiseTypeError(`function() argument 'globals' must be dict, not ${typeName(globals!)}`);
  const free = code.code.freevars.length;
  if (name !== undefined && name !== null && asStr(name) === undefined) raiseTypeError('arg 3 (name) must be None or string');
  if (defaults !== undefined && defaults !== null && !(defaults instanceof PyTuple)) raiseTypeError('arg 4 (defaults) must be None or tuple');
  if (closure === undefined || closure === null) {
    if (free > 0) raiseTypeError('arg 5 (closure) must be tuple');
  } else {
    if (!(closure instanceof PyTuple)) raiseTypeError('arg 5 (closure) must be None or tuple');
    if (closure.items.length !== free) raiseValueError(`${code.code.name} requires closure of length ${free}, not ${closure.items.length}`);
    for (const cell of closure.items) if (!(cell instanceof PyCell)) raiseTypeError(`arg 5 (closure) expected cell, found ${typeName(cell)}`);
  }
  const func = newFunction(t, code, globals);
  if (name !== undefined && name !== null) func.name = asStr(name)!;
  func.defaults = defaults instanceof PyTuple ? defaults : null;
  func.closure = closure instanceof PyTuple && free > 0 ? closure : null;
  func.kwdefaults = kwdefaults instanceof PyDict ? kwdefaults : null;
  return func;
}

const self_ = (self: Value): PyFunction => self as PyFunction;

function docOf(func: PyFunction): Value {
  return func.doc === undefined ? (func.doc = func.code.code.docstring) : func.doc;
}

function setCode(t: Thread, self: Value, value: Maybe): void {
  if (!(value instanceof PyCode)) raiseTypeError('__code__ must be set to a code object');
  const func = self_(self);
  docOf(func);
  const have = func.closure === null ? 0 : func.closure.items.length;
  const need = value.code.freevars.length;
  if (have !== need) raiseValueError(`${func.name}() requires a code object with ${have} free vars, not ${need}`);
  t.interpreter.functionWatch?.tell(FUNCTION_MODIFY_CODE, func, value);
  if (func.entryPoint !== interpreterEntry()) {
    func.code.countOwnEntries(-1);
    value.countOwnEntries(1);
  }
  func.code = value;
  func.version++;
}

/** `__defaults__ = value` (PyFunction_SetDefaults). */
export function setDefaults(t: Thread, self: Value, value: Maybe): void {
  if (value !== undefined && value !== null && !(value instanceof PyTuple)) raiseTypeError('__defaults__ must be set to a tuple object');
  const func = self_(self);
  t.interpreter.functionWatch?.tell(FUNCTION_MODIFY_DEFAULTS, func, value ?? undefined);
  func.defaults = value ?? null;
  func.version++;
}

/** `__kwdefaults__ = value` (PyFunction_SetKwDefaults). */
export function setKwdefaults(t: Thread, self: Value, value: Maybe): void {
  if (value !== undefined && value !== null && !(value instanceof PyDict)) raiseTypeError('__kwdefaults__ must be set to a dict object');
  const func = self_(self);
  t.interpreter.functionWatch?.tell(FUNCTION_MODIFY_KWDEFAULTS, func, value ?? undefined);
  func.kwdefaults = value ?? null;
  func.version++;
}

function getAnnotations(t: Thread, self: Value): Value {
  const func = self_(self);
  if (func.annotations !== null) return func.annotations;
  if (func.annotate !== null) {
    const result = call(t, func.annotate, [1]);
    if (!(result instanceof PyDict)) raiseTypeError(`__annotate__ returned non-dict of type '${typeName(result)}'`);
    func.annotations = result;
    return result;
  }
  func.annotations = newDict();
  return func.annotations;
}

function setAnnotations(_t: Thread, self: Value, value: Maybe): void {
  if (value !== undefined && value !== null && !(value instanceof PyDict)) raiseTypeError('__annotations__ must be set to a dict object');
  self_(self).annotations = value ?? null;
  self_(self).annotate = null;
}

function setAnnotate(_t: Thread, self: Value, value: Maybe): void {
  if (value === undefined) raiseTypeError('__annotate__ cannot be deleted');
  if (value !== null && lookupCallable(value)) raiseTypeError('__annotate__ must be callable or None');
  self_(self).annotate = value;
  if (value !== null) self_(self).annotations = null;
}

function lookupCallable(value: Value): boolean {
  return value === null || typeof value !== 'object' || value.type.slots.tp_call === null;
}

function setText(attribute: 'name' | 'qualname'): (t: Thread, self: Value, value: Maybe) => void {
  return (_t, self, value) => {
    const text = asStr(value);
    if (text === undefined) raiseTypeError(`__${attribute}__ must be set to a string object`);
    self_(self)[attribute] = text;
  };
}

readyType(FUNCTION_TYPE, {
  doc: 'Create a function object.',
  textSignature: '(code, globals, name=None, argdefs=None, closure=None, kwdefaults=None)',
  slots: {
    tp_new: function_new,
    tp_repr: (_t, self: PyFunction) => `<function ${self.qualname} at ${addressOf(self)}>`,
    tp_descr_get: (_t, self, instance) => (instance === undefined ? self : bindMethod(self, instance)),
    // An entry point written in JavaScript may return nothing.
    tp_call: (t, self: PyFunction, args, keywords) => self.entryPoint(t, self, args, keywords) ?? null,
  },
  getset: {
    __code__: { get: (_t, self) => self_(self).code, set: setCode },
    __globals__: { get: (_t, self) => self_(self).globals, member: true },
    __builtins__: { get: (_t, self) => self_(self).builtins, member: true },
    __closure__: { get: (_t, self) => self_(self).closure, member: true },
    __defaults__: { get: (_t, self) => self_(self).defaults, set: setDefaults },
    __kwdefaults__: { get: (_t, self) => self_(self).kwdefaults, set: setKwdefaults },
    __annotations__: { get: getAnnotations, set: setAnnotations },
    __annotate__: { get: (_t, self) => self_(self).annotate, set: setAnnotate },
    __name__: { get: (_t, self) => self_(self).name, set: setText('name') },
    __qualname__: { get: (_t, self) => self_(self).qualname, set: setText('qualname') },
    __module__: { get: (_t, self) => self_(self).module, set: (_t, self, value) => void (self_(self).module = value ?? null), member: true },
    __doc__: { get: (_t, self) => docOf(self_(self)), set: (_t, self, value) => void (self_(self).doc = value ?? null), member: true },
    __dict__: {
      ...DICT_GETSET,
      set: (t, self, value) => (value === undefined ? raiseTypeError('cannot delete __dict__') : setDict(t, self, value)),
    },
    __type_params__: {
      get: (_t, self) => self_(self).typeParams ?? newTuple([]),
      set: (_t, self, value) => {
        if (!(value instanceof PyTuple)) raiseTypeError('__type_params__ must be set to a tuple');
        self_(self).typeParams = value;
      },
    },
  },
});

function method_getattro(t: Thread, self: PyMethod, name: string): Maybe {
  const own = genericGetAttr(t, self, name);
  return own === undefined ? lookupAttr(t, self.func, name) : own;
}

function method_repr(t: Thread, self: PyMethod): string {
  const name = lookupAttr(t, self.func, '__qualname__') ?? lookupAttr(t, self.func, '__name__');
  return `<bound method ${typeof name === 'string' ? name : '?'} of ${repr(t, self.self)}>`;
}

readyType(METHOD_TYPE, {
  doc: 'Create a bound instance method object.',
  textSignature: '(function, instance, /)',
  slots: {
    tp_new: (_t, _type, args) => {
      if (args.length !== 2) raiseTypeError(`method expected 2 arguments, got ${args.length}`);
      if (lookupCallable(args[0]!)) raiseTypeError('first argument must be callable');
      if (args[1] === null) raiseTypeError('instance must not be None');
      return bindMethod(args[0]!, args[1]!);
    },
    tp_repr: method_repr,
    tp_getattro: method_getattro,
    tp_call: (t, self: PyMethod, args, keywords) => call(t, self.func, [self.self, ...args], keywords),
    tp_descr_get: (_t, self) => self,
    tp_hash: (t, self: PyMethod) => Number(identityOf(self.self)) / 16 + (hashNumber(t, self.func) % 0x100000000),
    tp_richcompare: (t, self: PyMethod, other, op) =>
      other instanceof PyMethod ? equalityResult(self.self === other.self && compareBool(t, self.func, other.func, EQ), op) : NOT_IMPLEMENTED,
  },
  methods: {
    __reduce__: [
      (t: Thread, self: PyMethod) => newTuple([getAttr(t, importModule(t, 'builtins'), 'getattr'), newTuple([self.self, getAttr(t, self.func, '__name__')])]),
      '!($self, /)', 'Helper for pickle.',
    ],
  },
  getset: {
    __func__: { get: (_t, self) => (self as PyMethod).func, member: true },
    __self__: { get: (_t, self) => (self as PyMethod).self, member: true },
    __doc__: { get: (t, self) => lookupAttr(t, (self as PyMethod).func, '__doc__') ?? null },
  },
});

/** An empty or filled cell. */
export function newCell(value: Maybe): PyCell {
  return new PyCell(CELL_TYPE, value);
}

readyType(CELL_TYPE, {
  doc: 'Create a new cell object.',
  textSignature: '([contents])',
  slots: {
    tp_new: (_t, _type, args) => {
      if (args.length > 1) raiseTypeError(`cell expected at most 1 argument, got ${args.length}`);
      return newCell(args[0]);
    },
    tp_repr: (_t, self: PyCell) =>
      self.value === undefined ? `<cell at ${addressOf(self)}: empty>` : `<cell at ${addressOf(self)}: ${typeName(self.value)} object at ${addressOf(self.value)}>`,
    tp_richcompare: (t, self: PyCell, other, op) => {
      if (!(other instanceof PyCell)) return NOT_IMPLEMENTED;
      if (self.value !== undefined && other.value !== undefined) return richCompare(t, self.value, other.value, op);
      return richCompare(t, self.value === undefined ? 0 : 1, other.value === undefined ? 0 : 1, op);
    },
  },
  getset: {
    cell_contents: {
      get: (_t, self) => (self as PyCell).value === undefined ? raiseValueError('cell is empty') : (self as PyCell).value,
      set: (_t, self, value) => void ((self as PyCell).value = value),
    },
  },
});

