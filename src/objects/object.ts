/** `object`: the root of all classes (Objects/typeobject.c, object_methods). */
import { PyDict, PyTuple } from '../core/containers.ts';
import { PyInstance } from '../core/instance.ts';
import { PyType, type KeywordNames } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import { PyObject, PyPlain, type Maybe, type Value } from '../core/value.ts';
import { dictOf, genericGetAttr, genericSetAttr, getAttr, lookupAttr, lookupSpecial, typeLookup } from './attributes.ts';
import { call, callMethod } from './call.ts';
import { objectRichCompare } from './compare.ts';
import { tableCopy, tableGetStr, tableKeys, tableSetStr } from './hash-table.ts';
import { objectHash } from './hash-value.ts';
import { cancelBlind } from './blind-finalizers.ts';
import { watchFinalizer } from './finalize.ts';
import { checkInstanceWritable, getInstanceAttribute, materializeDict, newInstance } from './instance-attributes.ts';
import { newDict, newList, newTuple, NOT_IMPLEMENTED } from './make.ts';
import { raiseTypeError, typeName } from './raise.ts';
import { addressOf, repr, str } from './text.ts';
import { toArray } from './iterate.ts';
import { readyType } from './type-ready.ts';
import { checkCompatible } from './type-layout.ts';
import { asStr, isSubtype, typeOf } from './type-of.ts';
import { DICT_TYPE, LIST_TYPE, OBJECT_TYPE } from './static-types.ts';
import { importModule } from './import-hook.ts';

/** `module.qualname` of a class, without `builtins.`. */
export function qualifiedName(t: Thread, type: PyType): string {
  const module = lookupAttr(t, type, '__module__');
  return typeof module === 'string' && module !== 'builtins' ? `${module}.${type.qualname}` : type.qualname;
}

function object_repr(t: Thread, self: Value): string {
  return `<${qualifiedName(t, typeOf(self))} object at ${addressOf(self)}>`;
}

function object_str(t: Thread, self: Value): string {
  return repr(t, self);
}

/** Whether the arguments of `object()` are excess; source: excess_args and object_new/object_init. */
function raiseExcessArguments(type: PyType, init: boolean): never {
  if (init) raiseTypeError(`${type.slots.tp_init === object_init ? `${type.name}.__init__()` : 'object.__init__()'} takes exactly one argument (the instance to initialize)`);
  if (type.slots.tp_new !== object_new) raiseTypeError('object.__new__() takes exactly one argument (the type to instantiate)');
  return raiseTypeError(`${type.name}() takes no arguments`);
}

/** `object.__new__`: a new instance by the type's allocator; refuses abstract classes. */
export function object_new(t: Thread, type: PyType, args: Value[], _keywords: KeywordNames): Value {
  if (args.length > 0 && (type.slots.tp_new !== object_new || type.slots.tp_init === object_init)) raiseExcessArguments(type, false);
  if (type.flags.isAbstract) raiseAbstract(t, type);
  return allocate(type);
}

function raiseAbstract(t: Thread, type: PyType): never {
  const names = toArray(t, getAttr(t, type, '__abstractmethods__')).map((name) => str(t, name)).sort();
  const list = names.map((name) => `'${name}'`).join(', ');
  return raiseTypeError(`Can't instantiate abstract class ${type.name} without an implementation for abstract method${names.length === 1 ? '' : 's'} ${list}`);
}

/** A bare instance of `type`, made by the allocator of its solid base. */
export function allocate(type: PyType): PyObject {
  const alloc = type.slots.tp_alloc;
  return alloc === null ? newInstance(type) : alloc(type);
}

/** `object.__init__`: takes no arguments unless `__new__` was overridden. */
export function object_init(_t: Thread, self: Value, args: Value[], _keywords: KeywordNames): void {
  const type = typeOf(self);
  if (args.length > 0 && (type.slots.tp_init !== object_init || type.slots.tp_new === object_new)) raiseExcessArguments(type, true);
}

function object_alloc(type: PyType): PyObject {
  return type === OBJECT_TYPE ? new PyPlain(type) : newInstance(type);
}

function object_setClass(_t: Thread, self: Value, value: Maybe): void {
  if (value === undefined) raiseTypeError("can't delete __class__ attribute");
  if (!(value instanceof PyType)) raiseTypeError(`__class__ must be set to a class, not '${typeName(value)}' object`);
  const old = typeOf(self);
  const moduleLike = old.solidBase === value.solidBase && old.solidBase !== OBJECT_TYPE && old.solidBase.name === 'module';
  if (!moduleLike && (!value.flags.heapType || !old.flags.heapType)) raiseTypeError('__class__ assignment only supported for mutable types or ModuleType subclasses');
  if (!moduleLike) checkCompatible(old, value, '__class__');
  const object = self as PyObject;
  // Shapes belong to a type, so the attributes move into a dict first.
  if (object instanceof PyInstance) checkInstanceWritable(object);
  if (object instanceof PyInstance && value.flags.hasDict) materializeDict(object);
  object.type = value;
  if (object instanceof PyInstance && old.slots.tp_finalize !== null && cancelBlind(object) && value.slots.tp_finalize !== null) watchFinalizer(object);
}

function object_format(t: Thread, self: Value, spec: Value): Value {
  if (asStr(spec) === undefined) raiseTypeError(`__format__() argument must be str, not ${typeName(spec)}`);
  if (asStr(spec) !== '') raiseTypeError(`unsupported format string passed to ${typeName(self)}.__format__`);
  return str(t, self);
}

function object_dir(t: Thread, self: Value): Value {
  const names = newDict();
  const own = lookupAttr(t, self, '__dict__');
  if (own instanceof PyDict) names.table = tableCopy(own.table);
  const cls = lookupAttr(t, self, '__class__');
  if (cls instanceof PyType) {
    for (const base of cls.mro) for (const key of tableKeys(base.attributes.table)) if (typeof key === 'string') tableSetStr(names.table, key, null);
  }
  return newList(tableKeys(names.table));
}

function object_reduce(t: Thread, self: Value): Value {
  return object_reduce_ex_with(t, self, 0);
}

/** `copyreg`, by a look at `sys.modules` where it is there (import_copyreg). */
function copyregModule(t: Thread): Value {
  const { modules } = t.interpreter;
  const loaded = modules.type === DICT_TYPE ? tableGetStr(modules.table, 'copyreg') : undefined;
  return loaded === undefined || loaded === null ? importModule(t, 'copyreg') : loaded;
}

/** Whether `self.name` is the method of `object`, without looking at what a program has written. @hot copying and pickling of instances */
function isInherited(self: Value, name: string): boolean {
  const type = typeOf(self);
  if (type.slots.tp_getattro !== genericGetAttr || typeLookup(type, name) !== typeLookup(OBJECT_TYPE, name)) return false;
  if (self instanceof PyInstance) return getInstanceAttribute(self, name) === undefined;
  return self instanceof PyObject && self.dict === null;
}

function object_reduce_ex_with(t: Thread, self: Value, protocol: number): Value {
  const copyreg = copyregModule(t);
  if (protocol < 2) return callMethod(t, copyreg, '_reduce_ex', self, protocol);
  return reduceNewobj(t, self, copyreg);
}

/** Protocol 2 and later; source: reduce_newobj in Objects/typeobject.c. */
function reduceNewobj(t: Thread, self: Value, copyreg: Value): Value {
  const cls = typeOf(self);
  if (cls.slots.tp_new === null) raiseTypeError(`cannot pickle '${typeName(self)}' object`);
  const [args, kwargs] = newArguments(t, self);
  const state = isInherited(self, '__getstate__') ? object_getstate(t, self) : callMethod(t, self, '__getstate__');
  const isListLike = isSubtype(cls, LIST_TYPE);
  const isDictLike = isSubtype(cls, DICT_TYPE);
  checkPicklable(self, args !== null || isListLike || isDictLike);
  const listItems = isListLike ? callMethod(t, self, '__iter__') : null;
  const dictItems = isDictLike ? callMethod(t, callMethod(t, self, 'items'), '__iter__') : null;
  if (kwargs !== null) {
    return newTuple([getAttr(t, copyreg, '__newobj_ex__'), newTuple([cls, args ?? newTuple([]), kwargs]), state, listItems, dictItems]);
  }
  return newTuple([getAttr(t, copyreg, '__newobj__'), newTuple(args === null ? [cls] : [cls, ...args.items]), state, listItems, dictItems]);
}

/** Refuses objects with state of their own beside attributes, which neither arguments nor `__getstate__` hand over. */
function checkPicklable(self: Value, handsOver: boolean): void {
  if (handsOver || self instanceof PyInstance || self instanceof PyPlain) return;
  const cls = typeOf(self);
  if (typeLookup(cls, '__getstate__') !== typeLookup(OBJECT_TYPE, '__getstate__')) return;
  raiseTypeError(`cannot pickle '${typeName(self)}' object`);
}

function newArguments(t: Thread, self: Value): [PyTuple | null, Value] {
  const ex = lookupSpecial(t, self, '__getnewargs_ex__');
  if (ex !== undefined) {
    const pair = call(t, ex, []);
    if (!(pair instanceof PyTuple) || pair.items.length !== 2) raiseTypeError(`__getnewargs_ex__ should return a tuple of length 2`);
    const [args, kwargs] = pair.items;
    if (!(args instanceof PyTuple)) raiseTypeError(`first item of the tuple returned by __getnewargs_ex__ must be a tuple, not '${typeName(args!)}'`);
    if (!(kwargs instanceof PyDict)) raiseTypeError(`second item of the tuple returned by __getnewargs_ex__ must be a dict, not '${typeName(kwargs!)}'`);
    return [args, kwargs.table.used === 0 ? null : kwargs];
  }
  const plain = lookupSpecial(t, self, '__getnewargs__');
  if (plain === undefined) return [null, null];
  const args = call(t, plain, []);
  if (!(args instanceof PyTuple)) raiseTypeError(`__getnewargs__ should return a tuple, not '${typeName(args)}'`);
  return [args, null];
}

function object_reduce_ex(t: Thread, self: Value, protocol: Value): Value {
  if (isInherited(self, '__reduce__')) return object_reduce_ex_with(t, self, Number(protocol));
  const reduce = getAttr(t, self, '__reduce__');
  if (typeLookup(typeOf(self), '__reduce__') !== typeLookup(OBJECT_TYPE, '__reduce__')) return call(t, reduce, []);
  return object_reduce_ex_with(t, self, Number(protocol));
}

function object_getstate(t: Thread, self: Value): Value {
  const slotNames = slotNamesOf(t, typeOf(self));
  const dict = dictOf(self);
  const state = dict === null || dict.table.used === 0 ? null : dict;
  if (slotNames.length === 0) return state;
  const slots = newDict();
  for (const name of slotNames) {
    const value = lookupAttr(t, self, name);
    if (value !== undefined) tableSetStr(slots.table, name, value);
  }
  return slots.table.used === 0 ? state : newTuple([state, slots]);
}

function slotNamesOf(t: Thread, type: PyType): string[] {
  if (type.memberCount === 0 && typeLookup(type, '__slots__') === undefined) return [];
  const names = callMethod(t, copyregModule(t), '_slotnames', type);
  return toArray(t, names).map((name) => str(t, name));
}

readyType(OBJECT_TYPE, {
  doc: 'The base class of the class hierarchy.\n\nWhen called, it accepts no arguments and returns a new featureless\ninstance that has no instance attributes and cannot be given any.\n',
  textSignature: '()',
  slots: {
    tp_repr: object_repr,
    tp_str: object_str,
    tp_hash: objectHash,
    tp_getattro: genericGetAttr,
    tp_setattro: genericSetAttr,
    tp_richcompare: objectRichCompare,
    tp_new: object_new,
    tp_init: object_init,
    tp_alloc: object_alloc,
  },
  methods: {
    __reduce_ex__: [object_reduce_ex, '($self, protocol, /)', 'Helper for pickle.'],
    __reduce__: [object_reduce, '($self, /)', 'Helper for pickle.'],
    __getstate__: [object_getstate, '($self, /)', 'Helper for pickle.'],
    __subclasshook__: [() => NOT_IMPLEMENTED, '($type, object, /)', 'Abstract classes can override this to customize issubclass().', 'class'],
    __init_subclass__: [() => null, '($type, /)', 'This method is called when a class is subclassed.', 'class'],
    __format__: [object_format, '($self, format_spec, /)', 'Default object formatter.'],
    __sizeof__: [() => 16, '($self, /)', 'Size of object in memory, in bytes.'],
    __dir__: [object_dir, '($self, /)', 'Default dir() implementation.'],
  },
  getset: { __class__: { get: (_t, self) => typeOf(self), set: object_setClass, doc: "the object's class" } },
});

