/** `functools.partial`, with the placeholders of 3.14 (Modules/_functoolsmodule.c). */
import { PyDict, PyTuple } from '../../core/containers.ts';
import type { KeywordNames, PyType } from '../../core/type.ts';
import type { Thread } from '../../core/thread.ts';
import { PyObject, PySingleton, type Value } from '../../core/value.ts';
import { bindMethod } from '../../objects/attributes.ts';
import { call, isCallable } from '../../objects/call.ts';
import { CLASS_GETITEM } from '../../objects/generic-alias-record.ts';
import { tableCopy, tableKeys, tableGetStr, tableSetStr } from '../../objects/hash-table.ts';
import { FIRM_DICT_GETSET } from '../../objects/instance-dict.ts';
import { newDict, newTuple } from '../../objects/make.ts';
import { concatItems } from '../../objects/list-storage.ts';
import { raiseTypeError } from '../../objects/raise.ts';
import { DICT_TYPE, staticType, TUPLE_TYPE } from '../../objects/static-types.ts';
import { asStr } from '../../objects/type-of.ts';
import { repr, str } from '../../objects/text.ts';
import { readyType } from '../../objects/type-ready.ts';

const PLACEHOLDER_TYPE = staticType('_PlaceholderType', { module: 'functools' });
/** `functools.Placeholder` */
export const PLACEHOLDER = new PySingleton(PLACEHOLDER_TYPE, 'Placeholder');

readyType(PLACEHOLDER_TYPE, {
  doc: "The type of the Placeholder singleton.\n\nUsed as a placeholder for partial arguments.",
  slots: {
    tp_new: (_t, _type, args) => (args.length > 0 ? raiseTypeError('_PlaceholderType takes no arguments') : PLACEHOLDER),
    tp_repr: () => 'Placeholder',
  },
  methods: { __reduce__: [() => 'Placeholder', '!($self, /)', 'Support for pickling.'] },
});

/** `functools.partial` */
export const PARTIAL_TYPE = staticType('partial', { module: 'functools', baseType: true, hasDict: true, hasWeakref: true, methodDescriptor: true });

class PyPartial extends PyObject {
  func: Value = null;
  args: PyTuple = newTuple([]);
  keywords: PyDict = newDict();
  placeholders = 0;
}

function countPlaceholders(args: readonly Value[]): number {
  let count = 0;
  for (const arg of args) if (arg === PLACEHOLDER) count++;
  return count;
}

/** Fills the placeholders of `own` with `given`; what is left is appended. */
function fill(own: readonly Value[], given: readonly Value[]): Value[] {
  const result: Value[] = [];
  let next = 0;
  for (const arg of own) result.push(arg === PLACEHOLDER && next < given.length ? given[next++]! : arg);
  for (; next < given.length; next++) result.push(given[next]!);
  return result;
}

function partial_new(_t: Thread, type: PyType, args: Value[], keywords: KeywordNames): Value {
  const count = args.length - (keywords?.length ?? 0);
  if (count < 1) raiseTypeError("type 'partial' takes at least one argument");
  let func: Value = args[0]!;
  if (!isCallable(func)) raiseTypeError('the first argument must be callable');
  let given = args.slice(1, count);
  if (given.length > 0 && given[given.length - 1] === PLACEHOLDER) raiseTypeError('trailing Placeholders are not allowed');
  if (args.slice(count).includes(PLACEHOLDER)) raiseTypeError('Placeholder cannot be passed as a keyword argument');
  const self = new PyPartial(type);
  // A partial of a partial becomes one, unless attributes were put on the inner one.
  if (func instanceof PyPartial && (func.dict === null || func.dict.table.used === 0)) {
    given = fill(func.args.items, given);
    self.keywords.table = tableCopy(func.keywords.table);
    func = func.func;
  }
  self.func = func;
  self.args = newTuple(given);
  self.placeholders = countPlaceholders(given);
  keywords?.forEach((name, i) => tableSetStr(self.keywords.table, name, args[count + i]!));
  return self;
}

function partial_call(t: Thread, self: PyPartial, args: Value[], keywords: KeywordNames): Value {
  const count = args.length - (keywords?.length ?? 0);
  if (count < self.placeholders) raiseTypeError(`missing positional arguments in 'partial' call; expected at least ${self.placeholders}, got ${count}`);
  const own = self.args.items;
  const given = keywords === null ? args : args.slice(0, count);
  const positional = self.placeholders > 0 ? fill(own, given) : own.length === 0 ? given : concatItems(own, given);
  const { table } = self.keywords;
  if (table.used === 0) return call(t, self.func, keywords === null ? positional : positional.concat(args.slice(count)), keywords);
  const merged = new Map<string, Value>();
  for (const key of tableKeys(table)) merged.set(asStr(key) ?? raiseTypeError('keywords must be strings'), tableGetStr(table, asStr(key)!)!);
  keywords?.forEach((name, i) => merged.set(name, args[count + i]!));
  return call(t, self.func, [...positional, ...merged.values()], [...merged.keys()]);
}

function partial_repr(t: Thread, self: PyPartial): string {
  const module = self.type.flags.heapType ? str(t, tableGetStr(self.type.attributes.table, '__module__') ?? self.type.module) : 'functools';
  const name = `${module}.${self.type.qualname}`;
  if (t.reprGuard.has(self)) return '...';
  t.reprGuard.add(self);
  // The representations may run code that changes the partial: what is shown is how it was.
  const { func, args } = self;
  const { keys, values } = tableCopy(self.keywords.table);
  try {
    const parts = [repr(t, func), ...args.items.map((arg) => repr(t, arg))];
    keys.forEach((key, i) => (key === undefined ? 0 : parts.push(`${str(t, key)}=${repr(t, values[i]!)}`)));
    return `${name}(${parts.join(', ')})`;
  } finally {
    t.reprGuard.delete(self);
  }
}

function partial_reduce(_t: Thread, self: PyPartial): Value {
  const dict = self.dict;
  return newTuple([self.type, newTuple([self.func]), newTuple([self.func, self.args, self.keywords, dict === null || dict.table.used === 0 ? null : dict])]);
}

function partial_setstate(_t: Thread, self: PyPartial, state: Value): void {
  const items = state instanceof PyTuple ? state.items : [];
  const [func, args, keywords, dict] = items;
  const known = items.length === 4 && isCallable(func!) && (dict === null || dict instanceof PyDict);
  if (!known || !(args instanceof PyTuple) || !(keywords === null || keywords instanceof PyDict)) return raiseTypeError('invalid partial state');
  if (args.items.length > 0 && args.items[args.items.length - 1] === PLACEHOLDER) raiseTypeError('trailing Placeholders are not allowed');
  self.func = func!;
  self.args = args.type === TUPLE_TYPE ? args : newTuple(args.items.slice());
  self.placeholders = countPlaceholders(args.items);
  if (keywords !== null && keywords.type === DICT_TYPE) self.keywords = keywords;
  else {
    self.keywords = newDict();
    if (keywords !== null) self.keywords.table = tableCopy(keywords.table);
  }
  self.dict = dict as PyDict | null;
}

readyType(PARTIAL_TYPE, {
  doc: 'Create a new function with partial application of the given arguments and keywords.',
  slots: {
    tp_alloc: (type) => new PyPartial(type),
    tp_new: partial_new,
    tp_call: partial_call,
    tp_repr: partial_repr,
    tp_descr_get: (_t, self, instance) => (instance === undefined || instance === null ? self : bindMethod(self, instance)),
  },
  methods: {
    __reduce__: [partial_reduce, '!($self, /)', 'Support for pickling.'],
    __setstate__: [partial_setstate, '!($self, state, /)', 'Support for pickling.'],
    __class_getitem__: CLASS_GETITEM,
  },
  getset: {
    func: { get: (_t, self) => (self as PyPartial).func, member: true, doc: 'function object to use in future partial calls' },
    args: { get: (_t, self) => (self as PyPartial).args, member: true, doc: 'tuple of arguments to future partial calls' },
    keywords: { get: (_t, self) => (self as PyPartial).keywords, member: true, doc: 'dictionary of keyword arguments to future partial calls' },
    __dict__: FIRM_DICT_GETSET,
  },
});
