/**
 * Attribute access: lookup on types, generic instance access, set and delete (CPython's PyObject_GenericGetAttr and type_getattro).
 *
 * "lookup" functions return `undefined` for a missing attribute without making an exception (fast `hasattr`); "get" functions raise.
 */
import { PyInstance, PyModule } from '../core/instance.ts';
import { PyDict } from '../core/containers.ts';
import { ABSENT, PyType } from '../core/type.ts';
import { PyMethod } from '../core/function.ts';
import type { PyBaseException } from '../core/exception.ts';
import type { Thread } from '../core/thread.ts';
import { PyObject, type Maybe, type Value } from '../core/value.ts';
import { AttributeError } from './exception-types.ts';
import { tableDeleteStr, tableGetStr, tableSetStr } from './hash-table.ts';
import { newDict } from './make.ts';
import { isRaised, newException, raiseAttributeError, raiseTypeError } from './raise.ts';
import { deleteInstanceAttribute, getInstanceAttribute, materializeDict, setInstanceAttribute } from './instance-attributes.ts';
import { METHOD_TYPE } from './static-types.ts';
import { isTrue } from './truth.ts';
import { typeModified } from './type-version.ts';
import { typeOf, shownTypeName } from './type-of.ts';

/** What the MRO of `type` says about `name`, unbound; undefined when nothing (CPython's _PyType_Lookup). @hot */
export function typeLookup(type: PyType, name: string): Maybe {
  const cached = type.lookupCache.get(name);
  if (cached !== undefined) return cached === ABSENT ? undefined : cached;
  let found: Maybe;
  for (const base of type.mro) {
    found = tableGetStr(base.attributes.table, name);
    if (found !== undefined) break;
  }
  type.lookupCache.set(name, found === undefined ? ABSENT : found);
  return found;
}

/** The instance dict of `object`, if it has one in use; makes no dict. */
function dictInUse(object: Value): PyDict | null {
  return object instanceof PyObject ? object.dict : null;
}

/** `object.__getattribute__` without raising: data descriptors, then the instance, then other class attributes. */
export function genericGetAttr(t: Thread, object: Value, name: string): Maybe {
  const type = typeOf(object);
  const descriptor = typeLookup(type, name);
  const getter = descriptor === undefined ? null : typeOf(descriptor).slots.tp_descr_get;
  if (getter !== null && typeOf(descriptor!).slots.tp_descr_set !== null) return getter(t, descriptor!, object, type);
  const own = object instanceof PyInstance ? getInstanceAttribute(object, name) : lookupInDict(dictInUse(object), name);
  if (own !== undefined) return own;
  if (getter !== null) return getter(t, descriptor!, object, type);
  return descriptor;
}

function lookupInDict(dict: PyDict | null, name: string): Maybe {
  return dict === null ? undefined : tableGetStr(dict.table, name);
}

/** `type.__getattribute__` without raising: metatype's data descriptors, then the type's own MRO, then the metatype. */
export function typeGetAttr(t: Thread, self: Value, name: string): Maybe {
  const type = self as PyType;
  const metatype = type.type;
  const metaAttribute = typeLookup(metatype, name);
  const metaGet = metaAttribute === undefined ? null : typeOf(metaAttribute).slots.tp_descr_get;
  if (metaGet !== null && typeOf(metaAttribute!).slots.tp_descr_set !== null) return metaGet(t, metaAttribute!, type, metatype);
  const attribute = typeLookup(type, name);
  if (attribute !== undefined) {
    const get = typeOf(attribute).slots.tp_descr_get;
    return get === null ? attribute : get(t, attribute, undefined, type);
  }
  if (metaGet !== null) return metaGet(t, metaAttribute!, type, metatype);
  return metaAttribute;
}

type Lookup = (t: Thread, object: Value, name: string) => Maybe | symbol;

let userGetAttr: Lookup | null = null;
let lookupUserAttr: Lookup | null = null;

/** Sets the slot of classes with a Python `__getattr__`, and how `lookupAttr` looks there: a symbol for "in the usual way". Done once per worker. */
export function setUserLookup(slot: Lookup, lookup: Lookup): void {
  userGetAttr = slot;
  lookupUserAttr = lookup;
}

/** The attribute, or undefined when it is missing; other exceptions of `__getattr__` and descriptors pass. */
export function lookupAttr(t: Thread, object: Value, name: string): Maybe {
  const getattro = typeOf(object).slots.tp_getattro;
  if (getattro === null) return undefined;
  if (getattro === userGetAttr) {
    const found = lookupUserAttr!(t, object, name);
    if (typeof found !== 'symbol') return found;
  }
  try {
    return getattro(t, object, name);
  } catch (caught) {
    if (isRaised(caught, AttributeError)) return undefined;
    throw caught;
  }
}

/** Raises the AttributeError for a missing attribute. */
export function raiseMissingAttribute(t: Thread, object: Value, name: string): never {
  throw missingAttribute(t, object, name);
}

/** What a module lacks an attribute for: its name, a circular import. */
function missingInModule(t: Thread, module: PyModule, name: string): string {
  const { table } = module.dict;
  const moduleName = tableGetStr(table, '__name__');
  if (typeof moduleName !== 'string') return `module has no attribute '${name}'`;
  const spec = tableGetStr(table, '__spec__') ?? null;
  const initializing = spec === null ? undefined : lookupAttr(t, spec, '_initializing');
  if (initializing === undefined || !isTrue(t, initializing)) return `module '${moduleName}' has no attribute '${name}'`;
  const origin = lookupAttr(t, spec, 'origin');
  const where = typeof origin === 'string' ? ` from '${origin}'` : '';
  return `partially initialized module '${moduleName}'${where} has no attribute '${name}' (most likely due to a circular import)`;
}

function missingText(t: Thread, object: Value, name: string): string {
  if (object instanceof PyModule) return missingInModule(t, object, name);
  const who = object instanceof PyType ? `type object '${object.name}'` : `'${shownTypeName(typeOf(object))}' object`;
  return `${who} has no attribute '${name}'`;
}

/** The AttributeError for a missing attribute, in CPython's words for types, modules and instances. */
export function missingAttribute(t: Thread, object: Value, name: string): PyBaseException {
  const exception = newException(AttributeError, missingText(t, object, name));
  exception.fields = new Map();
  exception.fields.set('name', name);
  exception.fields.set('obj', object);
  return exception;
}

/** An AttributeError of the program's own, which then says what was asked for, as far as it does not already: suggestions are made from that. */
export function withAttributeContext(caught: unknown, object: Value, name: string): unknown {
  if (!isRaised(caught, AttributeError)) return caught;
  const fields = (caught.fields ??= new Map());
  if ((fields.get('name') ?? null) !== null || (fields.get('obj') ?? null) !== null) return caught;
  fields.set('name', name);
  fields.set('obj', object);
  return caught;
}

/** `object.name`; raises AttributeError. @hot LOAD_ATTR's general path */
export function getAttr(t: Thread, object: Value, name: string): Value {
  const value = attributeOf(t, object, name);
  return value === undefined ? raiseMissingAttribute(t, object, name) : value;
}

/** As `getAttr`; undefined where it would raise the AttributeError for a missing attribute. */
export function attributeOf(t: Thread, object: Value, name: string): Maybe {
  const getattro = typeOf(object).slots.tp_getattro;
  try {
    return getattro === null ? undefined : getattro(t, object, name);
  } catch (caught) {
    throw withAttributeContext(caught, object, name);
  }
}

function raiseReadOnly(object: Value, name: string, exists: boolean, type: PyType): never {
  const text = `'${shownTypeName(type)}' object`;
  if (exists) raiseAttributeError(object, `${text} attribute '${name}' is read-only`, name);
  const dictless = !type.flags.hasDict && type.slots.tp_setattro === genericSetAttr;
  raiseAttributeError(object, `${text} has no attribute '${name}'${dictless ? ' and no __dict__ for setting new attributes' : ''}`, name);
}

/** `object.__setattr__` and `__delattr__` (`value === undefined`). */
export function genericSetAttr(t: Thread, object: Value, name: string, value: Maybe): void {
  const type = typeOf(object);
  const descriptor = typeLookup(type, name);
  if (descriptor !== undefined) {
    const set = typeOf(descriptor).slots.tp_descr_set;
    if (set !== null) return set(t, descriptor, object, value);
  }
  if (!type.flags.hasDict || !(object instanceof PyObject)) raiseReadOnly(object, name, descriptor !== undefined, type);
  if (object instanceof PyInstance) {
    if (value !== undefined) return setInstanceAttribute(object, name, value);
    if (!deleteInstanceAttribute(object, name)) raiseMissingAttribute(t, object, name);
    return;
  }
  object.dict ??= newDict();
  if (value !== undefined) tableSetStr(object.dict.table, name, value);
  else if (!tableDeleteStr(object.dict.table, name)) raiseMissingAttribute(t, object, name);
}

/** `type.__setattr__`: refuses static types, invalidates caches. */
export function typeSetAttr(t: Thread, self: Value, name: string, value: Maybe): void {
  const type = self as PyType;
  if (type.flags.immutable) raiseTypeError(`cannot set '${name}' attribute of immutable type '${type.name}'`);
  const metaAttribute = typeLookup(type.type, name);
  const set = metaAttribute === undefined ? null : typeOf(metaAttribute).slots.tp_descr_set;
  if (set !== null) return set(t, metaAttribute!, type, value);
  if (value !== undefined) tableSetStr(type.attributes.table, name, value);
  else if (!tableDeleteStr(type.attributes.table, name)) raiseMissingAttribute(t, type, name);
  typeModified(type, name);
}

/** `object.name = value`, or `del object.name` when value is undefined. */
export function setAttr(t: Thread, object: Value, name: string, value: Maybe): void {
  const setattro = typeOf(object).slots.tp_setattro;
  if (setattro === null) raiseTypeError(`'${shownTypeName(typeOf(object))}' object has no attributes`);
  setattro(t, object, name, value);
}

/** The `__dict__` of an object that has one (made when needed), or null. */
export function dictOf(object: Value): PyDict | null {
  if (!(object instanceof PyObject) || !object.type.flags.hasDict) return null;
  if (object instanceof PyInstance) return materializeDict(object);
  if (object instanceof PyType) return object.attributes;
  object.dict ??= newDict();
  return object.dict;
}

/** A special method looked up on the type and bound to `object`; undefined when missing. */
export function lookupSpecial(t: Thread, object: Value, name: string): Maybe {
  const type = typeOf(object);
  const attribute = typeLookup(type, name);
  if (attribute === undefined) return undefined;
  const get = typeOf(attribute).slots.tp_descr_get;
  return get === null ? attribute : get(t, attribute, object, type);
}

/** Binds a function to an instance, as `function.__get__` does. */
export function bindMethod(func: Value, self: Value): PyMethod {
  return new PyMethod(METHOD_TYPE, func, self);
}
