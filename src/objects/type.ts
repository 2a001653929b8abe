/** `type`: calling classes, their attributes, instance and subclass checks (Objects/typeobject.c). */
import { PyDict, PyTuple } from '../core/containers.ts';
import { PyType, type GetAttributeFunction, type KeywordNames } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import type { Maybe, PyObject, Value } from '../core/value.ts';
import { genericGetAttr, lookupAttr, lookupSpecial, raiseMissingAttribute, typeGetAttr, typeLookup, typeSetAttr } from './attributes.ts';
import { call } from './call.ts';
import { tableDeleteStr, tableGetStr, tableKeys, tableSetStr } from './hash-table.ts';
import { newDict, newList, newTuple } from './make.ts';
import { mergeMro } from './mro.ts';
import { isTrue } from './truth.ts';
import { PyInstance } from '../core/instance.ts';
import { watchFinalizer } from './finalize.ts';
import { enterNative, leaveNative } from './recursion.ts';
import { raiseAttributeError, raiseTypeError, typeName } from './raise.ts';
import { qualifiedName } from './object.ts';
import { OBJECT_TYPE, TYPE_TYPE } from './static-types.ts';
import { readyType } from './type-ready.ts';
import { bestBase, checkCompatible } from './type-layout.ts';
import { calculateMetaclass, checkTypeName, finishType, makeType } from './type-new.ts';
import { typeModified } from './type-version.ts';
import { asStr, isSubtype, typeOf } from './type-of.ts';
import { PyMappingProxy } from './mapping-proxy.ts';
import { makeUnion } from './union-hook.ts';
import { unwrapTextSignature } from './native-doc.ts';

function type_repr(t: Thread, self: PyType): string {
  return `<class '${qualifiedName(t, self)}'>`;
}

/** Calling a class: `__new__`, then `__init__` if the result is an instance. */
export function type_call(t: Thread, self: PyType, args: Value[], keywords: KeywordNames): Value {
  if (self === TYPE_TYPE && args.length === 1 && keywords === null) return typeOf(args[0]!);
  const create = self.slots.tp_new;
  if (create === null || self.flags.disallowInstantiation) raiseTypeError(`cannot create '${self.module === 'builtins' ? '' : `${self.module}.`}${self.name}' instances`);
  const instance = create(t, self, args, keywords);
  const type = typeOf(instance);
  if (type !== self && !isSubtype(type, self)) return instance;
  // An instance that is no record of its own is watched as it is made (newInstance).
  if (type.slots.tp_finalize !== null && !(instance instanceof PyInstance)) watchFinalizer(instance as PyObject);
  type.slots.tp_init?.(t, instance, args, keywords);
  return instance;
}

/** `type(name, bases, dict, **kwds)`. */
function type_new(t: Thread, metatype: PyType, args: Value[], keywords: KeywordNames): Value {
  const given = args.length - (keywords === null ? 0 : keywords.length);
  if (given !== 3) raiseTypeError(metatype === TYPE_TYPE ? 'type() takes 1 or 3 arguments' : `type.__new__() takes exactly 3 arguments (${given} given)`);
  const [name, bases, namespace] = args as [Value, Value, Value];
  const text = asStr(name);
  if (text === undefined) raiseTypeError(`type.__new__() argument 1 must be str, not ${typeName(name)}`);
  if (!(bases instanceof PyTuple)) raiseTypeError(`type.__new__() argument 2 must be tuple, not ${typeName(bases)}`);
  if (!(namespace instanceof PyDict)) raiseTypeError(`type.__new__() argument 3 must be dict, not ${typeName(namespace)}`);
  const winner = calculateMetaclass(metatype, bases.items);
  if (winner !== metatype && winner.slots.tp_new !== metatype.slots.tp_new) return winner.slots.tp_new!(t, winner, args, keywords);
  return makeType(t, winner, text, bases.items, namespace, args.slice(3), keywords);
}

function type_init(_t: Thread, _self: PyType, args: Value[], keywords: KeywordNames): void {
  const given = args.length - (keywords === null ? 0 : keywords.length);
  if (given !== 1 && given !== 3) raiseTypeError('type.__init__() takes 1 or 3 arguments');
}

function type_mro(_t: Thread, self: PyType): Value {
  return newList(mergeMro(self));
}

function type_subclasses(_t: Thread, self: PyType): Value {
  return newList(self.subclasses.map((reference) => reference.deref()).filter((type): type is PyType => type !== undefined && type.bases.includes(self)));
}

function type_instancecheck(t: Thread, self: PyType, instance: Value): Value {
  return recursiveIsInstance(t, instance, self);
}

function type_subclasscheck(_t: Thread, self: PyType, type: Value): Value {
  return recursiveIsSubclass(_t, type, self);
}

/** The `__bases__` of something that is not a class, or undefined. */
function abstractBases(t: Thread, cls: Value): PyTuple | undefined {
  const bases = lookupAttr(t, cls, '__bases__');
  return bases instanceof PyTuple ? bases : undefined;
}

function abstractIsSubclass(t: Thread, derived: Value, cls: Value): boolean {
  if (derived === cls) return true;
  const bases = abstractBases(t, derived);
  return bases !== undefined && anyOf(t, bases, ' in __issubclass__', (base) => abstractIsSubclass(t, base, cls));
}

/**
 * Whether `__class__` of the instances of a class is the class: object's own descriptor says so, which their dicts cannot hide. Native types that are looked up
 * as usual have no other.
 */
export function isWhatItSays(type: PyType): boolean {
  if (type.slots.tp_getattro !== genericGetAttr) return false;
  return !type.flags.heapType || typeLookup(type, '__class__') === tableGetStr(OBJECT_TYPE.attributes.table, '__class__');
}

/** `isinstance` without `__instancecheck__`. */
export function recursiveIsInstance(t: Thread, instance: Value, cls: Value): boolean {
  if (cls instanceof PyType) {
    const type = typeOf(instance);
    if (type === cls || isSubtype(type, cls)) return true;
    if (isWhatItSays(type)) return false;
    const claimed = lookupAttr(t, instance, '__class__');
    return claimed instanceof PyType && claimed !== type && isSubtype(claimed, cls);
  }
  if (abstractBases(t, cls) === undefined) raiseTypeError('isinstance() arg 2 must be a type, a tuple of types, or a union');
  const claimed = lookupAttr(t, instance, '__class__');
  return claimed !== undefined && abstractIsSubclass(t, claimed, cls);
}

/** `issubclass` without `__subclasscheck__`. */
export function recursiveIsSubclass(t: Thread, derived: Value, cls: Value): boolean {
  if (cls instanceof PyType && derived instanceof PyType) return isSubtype(derived, cls);
  if (!(derived instanceof PyType) && abstractBases(t, derived) === undefined) raiseTypeError('issubclass() arg 1 must be a class');
  if (!(cls instanceof PyType) && abstractBases(t, cls) === undefined) raiseTypeError('issubclass() arg 2 must be a class, a tuple of classes, or a union');
  return abstractIsSubclass(t, derived, cls);
}

/** Whether `check` holds for an item; tuples of tuples count against the recursion limit. */
function anyOf(t: Thread, tuple: PyTuple, where: string, check: (item: Value) => boolean): boolean {
  enterNative(t, where);
  try {
    return tuple.items.some(check);
  } finally {
    leaveNative(t);
  }
}

function isInstanceOfAny(t: Thread, instance: Value, tuple: PyTuple): boolean {
  for (const item of tuple.items) if (item instanceof PyTuple ? anyOf(t, item, ' in __instancecheck__', (inner) => isInstanceOf(t, instance, inner)) : isInstanceOf(t, instance, item)) return true;
  return false;
}

/** `isinstance(instance, cls)` with tuples, unions and `__instancecheck__`. */
export function isInstanceOf(t: Thread, instance: Value, cls: Value): boolean {
  if (typeOf(instance) === cls) return true;
  if (cls instanceof PyType && cls.type === TYPE_TYPE) return recursiveIsInstance(t, instance, cls);
  if (cls instanceof PyTuple) return isInstanceOfAny(t, instance, cls);
  if (cls instanceof PyType && typeLookup(cls.type, '__instancecheck__') === typeLookup(TYPE_TYPE, '__instancecheck__')) return recursiveIsInstance(t, instance, cls);
  const check = lookupSpecial(t, cls, '__instancecheck__');
  if (check !== undefined) return isTrue(t, call(t, check, [instance]));
  return recursiveIsInstance(t, instance, cls);
}

/** `issubclass(derived, cls)` with tuples, unions and `__subclasscheck__`. */
export function isSubclassOf(t: Thread, derived: Value, cls: Value): boolean {
  if (cls instanceof PyType && cls.type === TYPE_TYPE) return derived === cls || recursiveIsSubclass(t, derived, cls);
  if (cls instanceof PyTuple) return anyOf(t, cls, ' in __subclasscheck__', (item) => isSubclassOf(t, derived, item));
  const check = lookupSpecial(t, cls, '__subclasscheck__');
  if (check !== undefined) return isTrue(t, call(t, check, [derived]));
  return recursiveIsSubclass(t, derived, cls);
}

function type_dir(_t: Thread, self: PyType): Value {
  const names = newDict();
  for (const base of self.mro) for (const key of tableKeys(base.attributes.table)) if (typeof key === 'string') tableSetStr(names.table, key, null);
  return newList(tableKeys(names.table));
}

function requireMutable(self: PyType, name: string): void {
  if (self.flags.immutable) raiseTypeError(`cannot set '${name}' attribute of immutable type '${self.name}'`);
}

function requireStr(value: Maybe, type: PyType, attribute: string): string {
  if (value === undefined) raiseTypeError(`cannot delete '${attribute}' attribute of type '${type.name}'`);
  return asStr(value) ?? raiseTypeError(`can only assign string to ${type.name}.${attribute}, not '${typeName(value)}'`);
}

function setName(_t: Thread, self: PyType, value: Maybe): void {
  requireMutable(self, '__name__');
  const name = requireStr(value, self, '__name__');
  self.name = checkTypeName(name);
}

function setQualname(_t: Thread, self: PyType, value: Maybe): void {
  requireMutable(self, '__qualname__');
  self.qualname = requireStr(value, self, '__qualname__');
}

function getModule(_t: Thread, self: PyType): Value {
  // The dict of `type` itself holds this very descriptor.
  if (!self.flags.heapType) return self.module;
  return tableGetStr(self.attributes.table, '__module__') ?? null;
}

function getTypeParams(_t: Thread, self: PyType): Value {
  // As of `__module__`: the dict of `type` holds the descriptor.
  return (self.flags.heapType ? tableGetStr(self.attributes.table, '__type_params__') : undefined) ?? newTuple([]);
}

function setOwn(name: string): (t: Thread, self: PyType, value: Maybe) => void {
  return (_t, self, value) => {
    requireMutable(self, name);
    if (value === undefined) raiseTypeError(`cannot delete '${name}' attribute of type '${self.name}'`);
    tableSetStr(self.attributes.table, name, value);
    typeModified(self, name);
  };
}

/** A class that moves to another module has no line there. */
function setModule(t: Thread, self: PyType, value: Maybe): void {
  setOwn('__module__')(t, self, value);
  tableDeleteStr(self.attributes.table, '__firstlineno__');
}

function setBases(t: Thread, self: PyType, value: Maybe): void {
  requireMutable(self, '__bases__');
  if (!(value instanceof PyTuple)) raiseTypeError(`can only assign tuple to ${self.name}.__bases__, not ${value === undefined ? 'NULL' : typeName(value)}`);
  if (value.items.length === 0) raiseTypeError(`can only assign non-empty tuple to ${self.name}.__bases__, not ()`);
  for (const base of value.items) {
    if (!(base instanceof PyType)) raiseTypeError(`${self.name}.__bases__ must be tuple of classes, not '${typeName(base)}'`);
    if (isSubtype(base, self)) raiseTypeError('a __bases__ item causes an inheritance cycle');
  }
  const bases = value.items.slice() as PyType[];
  const base = bestBase(bases);
  checkCompatible(self.base!, base, '__bases__');
  const old = { bases: self.bases, base: self.base, mro: self.mro };
  Object.assign(self, { bases, base });
  try {
    refresh(t, self);
  } catch (caught) {
    Object.assign(self, old);
    throw caught;
  }
  for (const base of self.bases) if (!old.bases.includes(base)) base.subclasses.push(new WeakRef(self));
}

function refresh(t: Thread, type: PyType): void {
  finishType(t, type);
  for (const reference of type.subclasses) {
    const subclass = reference.deref();
    if (subclass !== undefined && subclass.bases.includes(type)) refresh(t, subclass);
  }
}

function getDoc(t: Thread, self: PyType): Maybe {
  if (!self.flags.heapType) return self.doc;
  const doc = tableGetStr(self.attributes.table, '__doc__');
  if (doc === undefined) return null;
  const get = typeOf(doc).slots.tp_descr_get;
  return get === null ? doc : get(t, doc, undefined, self);
}

function getAbstractMethods(t: Thread, self: PyType): Maybe {
  const methods = self === TYPE_TYPE ? undefined : tableGetStr(self.attributes.table, '__abstractmethods__');
  return methods === undefined ? raiseMissingAttribute(t, self, '__abstractmethods__') : methods;
}

function setAbstractMethods(t: Thread, self: PyType, value: Maybe): void {
  if (value === undefined) {
    if (!tableDeleteStr(self.attributes.table, '__abstractmethods__')) raiseAttributeError(self, '__abstractmethods__', '__abstractmethods__');
    self.flags.isAbstract = false;
  } else {
    tableSetStr(self.attributes.table, '__abstractmethods__', value);
    self.flags.isAbstract = isTrue(t, value);
  }
  typeModified(self, '__abstractmethods__');
}

function getAnnotate(_t: Thread, self: PyType): Maybe {
  if (!self.flags.heapType) raiseAttributeError(self, `type object '${self.name}' has no attribute '__annotate__'`, '__annotate__');
  const table = self.attributes.table;
  return tableGetStr(table, '__annotate__') ?? tableGetStr(table, '__annotate_func__') ?? null;
}

function setAnnotate(_t: Thread, self: PyType, value: Maybe): void {
  if (value === undefined) raiseTypeError('cannot delete __annotate__ attribute');
  requireMutable(self, '__annotate__');
  if (value !== null && typeOf(value).slots.tp_call === null) raiseTypeError('__annotate__ must be callable or None');
  tableDeleteStr(self.attributes.table, '__annotate__');
  tableSetStr(self.attributes.table, '__annotate_func__', value);
  if (value !== null) tableDeleteStr(self.attributes.table, '__annotations_cache__');
  typeModified(self, '__annotate__');
}

function getAnnotations(t: Thread, self: PyType): Maybe {
  if (!self.flags.heapType) raiseAttributeError(self, `type object '${self.name}' has no attribute '__annotations__'`, '__annotations__');
  const table = self.attributes.table;
  const known = tableGetStr(table, '__annotations__') ?? tableGetStr(table, '__annotations_cache__');
  if (known !== undefined) {
    const get = typeOf(known).slots.tp_descr_get;
    return get === null ? known : get(t, known, undefined, self);
  }
  const annotate = getAnnotate(t, self);
  const annotations = annotate === null || annotate === undefined ? newDict() : call(t, annotate, [1]);
  if (!(annotations instanceof PyDict)) raiseTypeError(`__annotate__ returned non-dict of type '${typeName(annotations)}'`);
  tableSetStr(table, '__annotations_cache__', annotations);
  typeModified(self, '__annotations__');
  return annotations;
}

function setAnnotations(t: Thread, self: PyType, value: Maybe): void {
  requireMutable(self, '__annotations__');
  const table = self.attributes.table;
  const key = tableGetStr(table, '__annotations__') !== undefined ? '__annotations__' : '__annotations_cache__';
  if (value !== undefined) tableSetStr(table, key, value);
  else if (!tableDeleteStr(table, '__annotations__') && !tableDeleteStr(table, '__annotations_cache__')) raiseMissingAttribute(t, self, '__annotations__');
  tableDeleteStr(table, '__annotate_func__');
  tableDeleteStr(table, '__annotate__');
  typeModified(self, '__annotations__');
}

/** Py_TPFLAGS_* bits that code in the standard library tests. */
function flagBits(type: PyType): number {
  const { heapType, baseType, isAbstract, immutable, sequence, mapping, methodDescriptor, disallowInstantiation } = type.flags;
  return (heapType ? 1 << 9 : 0) | (baseType ? 1 << 10 : 0) | (1 << 12) | (isAbstract ? 1 << 20 : 0) | (immutable ? 1 << 8 : 0) | (sequence ? 1 << 5 : 0)
    | (mapping ? 1 << 6 : 0) | (methodDescriptor ? 1 << 17 : 0) | (disallowInstantiation ? 1 << 7 : 0);
}

readyType(TYPE_TYPE, {
  doc: "type(object) -> the object's type\ntype(name, bases, dict, **kwds) -> a new type",
  slots: {
    tp_repr: type_repr,
    tp_call: type_call,
    tp_new: type_new,
    tp_init: type_init,
    tp_getattro: typeGetAttr as GetAttributeFunction,
    tp_setattro: typeSetAttr,
    nb_or: (t, left, right) => makeUnion(t, left, right),
  },
  methods: {
    mro: [type_mro, '($self, /)', "Return a type's method resolution order."],
    __subclasses__: [type_subclasses, '($self, /)', 'Return a list of immediate subclasses.'],
    __prepare__: [() => newDict(), '!($type, /, *args, **kwargs)', 'Create the namespace for the class statement', 'class'],
    __instancecheck__: [type_instancecheck, '($self, instance, /)', 'Check if an object is an instance.'],
    __subclasscheck__: [type_subclasscheck, '($self, subclass, /)', 'Check if a class is a subclass.'],
    __dir__: [type_dir, '($self, /)', 'Specialized __dir__ implementation for types.'],
    __sizeof__: [() => 1000, '($self, /)', 'Return memory consumption of the type object.'],
  },
  getset: {
    __name__: { get: (_t, self) => (self as PyType).name, set: setName },
    __qualname__: { get: (_t, self) => (self as PyType).qualname, set: setQualname },
    __bases__: { get: (_t, self) => newTuple((self as PyType).bases.slice()), set: setBases },
    __mro__: { get: (_t, self) => newTuple((self as PyType).mro.slice()), member: true },
    __base__: { get: (_t, self) => (self as PyType).base, member: true },
    __module__: { get: getModule, set: setModule },
    __abstractmethods__: { get: getAbstractMethods, set: setAbstractMethods },
    __dict__: { get: (_t, self) => new PyMappingProxy((self as PyType).attributes) },
    __doc__: { get: getDoc, set: setOwn('__doc__') },
    __text_signature__: { get: (_t, self) => unwrapTextSignature((self as PyType).textSignature) },
    __annotations__: { get: getAnnotations, set: setAnnotations },
    __annotate__: { get: getAnnotate, set: setAnnotate },
    __type_params__: { get: getTypeParams, set: setOwn('__type_params__') },
    __flags__: { get: (_t, self) => flagBits(self as PyType), member: true },
    __basicsize__: { get: () => 16, member: true },
    __itemsize__: { get: (_t, self) => (['tuple', 'int', 'bytes'].includes((self as PyType).solidBase.name) ? 8 : 0), member: true },
    __dictoffset__: { get: (_t, self) => ((self as PyType).flags.hasDict ? -1 : 0), member: true },
    __weakrefoffset__: { get: (_t, self) => ((self as PyType).flags.hasWeakref ? 8 : 0), member: true },
  },
});

