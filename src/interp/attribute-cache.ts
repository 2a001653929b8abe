/**
 * The slow paths of LOAD_ATTR and STORE_ATTR: the access itself, and what the inline cache learns from it.
 *
 * INV-1: a cache that names a `type` and its `version` is valid while they match: any change of the type's MRO bumps the version.
 * INV-2: a cached `shape` implies the type, and for methods that instances of this shape have no attribute of that name.
 */
import { PyFunction, type PyCode } from '../core/function.ts';
import {
  CACHE_CLASS_VALUE, CACHE_EMPTY, CACHE_GETSET, CACHE_INSTANCE_SLOT, CACHE_MEGAMORPHIC, CACHE_MEMBER, CACHE_METHOD, CACHE_MODULE, CACHE_TYPE_ATTRIBUTE, InlineCache, MAX_CACHE_MISSES,
} from '../core/inline-cache.ts';
import { PyInstance, PyModule, setSlotAt, slotAt } from '../core/instance.ts';
import { PyType } from '../core/type.ts';
import { PyGetSetDescriptor, PyMethodDescriptor } from '../core/native.ts';
import type { Thread } from '../core/thread.ts';
import { PyObject, type Maybe, type Value } from '../core/value.ts';
import { genericGetAttr, genericSetAttr, raiseMissingAttribute, withAttributeContext, setAttr, typeGetAttr, typeLookup } from '../objects/attributes.ts';
import { tableFindStr } from '../objects/hash-table.ts';
import { isFrozenInstance, settleInstance } from '../objects/instance-attributes.ts';
import { MAX_SHAPE_ATTRIBUTES } from '../core/shape.ts';
import { module_getattro } from '../objects/module.ts';
import { METHOD_DESCRIPTOR_TYPE } from '../objects/static-types.ts';
import { typeOf } from '../objects/type-of.ts';

function cacheAt(code: PyCode, pc: number): InlineCache {
  return code.caches[pc] ?? (code.caches[pc] = new InlineCache());
}

/** Whether the cache may learn again; after many misses the instruction stays on the general path. */
function mayLearn(cache: InlineCache): boolean {
  if (cache.kind === CACHE_MEGAMORPHIC) return false;
  if (cache.kind !== CACHE_EMPTY && ++cache.misses > MAX_CACHE_MISSES) {
    cache.kind = CACHE_MEGAMORPHIC;
    return false;
  }
  return true;
}

/** `owner.name`, with the caches that the loop does not check itself. */
export function loadAttr(t: Thread, code: PyCode, pc: number, owner: Value, name: string): Value {
  const value = findAttr(t, code, pc, owner, name);
  return value === undefined ? raiseMissingAttribute(t, owner, name) : value;
}

/** As `loadAttr`, but undefined where the attribute is missing and no method of Python says so. */
export function findAttr(t: Thread, code: PyCode, pc: number, owner: Value, name: string): Maybe {
  const cache = cacheAt(code, pc);
  if (owner instanceof PyInstance) {
    if (cache.kind === CACHE_MEMBER && owner.type === cache.type && cache.type.version === cache.version) {
      const value = slotAt(owner, cache.slot);
      if (value !== undefined) return value;
    }
    if (cache.kind === CACHE_CLASS_VALUE && owner.shape === cache.shape && owner.shape !== null && cache.type!.version === cache.version) return cache.value;
    return loadFromInstance(t, cache, owner, name);
  }
  if (owner instanceof PyModule) return loadFromModule(t, cache, owner, name);
  if (owner instanceof PyType) return loadFromType(t, cache, owner, name);
  return owner instanceof PyObject ? loadFromNative(t, cache, owner, name) : getattro(t, owner, name);
}

/** An attribute of an object that is no plain instance: fields of native types are asked for without a search. */
function loadFromNative(t: Thread, cache: InlineCache, owner: PyObject, name: string): Maybe {
  const { type } = owner;
  if (cache.kind === CACHE_GETSET && cache.type === type && cache.version === type.version) {
    const value = getField(t, cache.value as PyGetSetDescriptor, owner, name);
    if (value !== undefined) return value;
  } else if (type.slots.tp_getattro === genericGetAttr) {
    const descriptor = typeLookup(type, name);
    if (descriptor instanceof PyGetSetDescriptor && mayLearn(cache)) learn(cache, CACHE_GETSET, type, null, 0, descriptor);
  }
  return getattro(t, owner, name);
}

function getField(t: Thread, descriptor: PyGetSetDescriptor, owner: PyObject, name: string): Maybe {
  try {
    return descriptor.get(t, owner);
  } catch (caught) {
    throw withAttributeContext(caught, owner, name);
  }
}

/** The attribute by the type's slot; undefined where it is missing. */
function getattro(t: Thread, owner: Value, name: string): Maybe {
  const slot = typeOf(owner).slots.tp_getattro;
  if (slot === null) return undefined;
  try {
    return slot(t, owner, name);
  } catch (caught) {
    throw withAttributeContext(caught, owner, name);
  }
}

function loadFromInstance(t: Thread, cache: InlineCache, owner: PyInstance, name: string): Maybe {
  const type = owner.type;
  if (type.slots.tp_getattro !== genericGetAttr) return getattro(t, owner, name);
  learnInstanceLoad(cache, owner, name);
  return getattro(t, owner, name);
}

/** Fills a cache for `owner.name` of an instance whose class uses `object.__getattribute__`, where it can be cached. */
export function learnInstanceLoad(cache: InlineCache, owner: PyInstance, name: string): void {
  settleInstance(owner);
  const { type, shape } = owner;
  const descriptor = typeLookup(type, name);
  if (descriptor instanceof PyGetSetDescriptor && descriptor.slot >= 0) {
    if (mayLearn(cache)) learn(cache, CACHE_MEMBER, type, null, descriptor.slot, null);
  } else if (shape !== null && mayLearn(cache)) {
    const slot = shape.index.get(name);
    const isData = descriptor !== undefined && typeOf(descriptor).slots.tp_descr_set !== null;
    if (slot !== undefined && !isData) learn(cache, CACHE_INSTANCE_SLOT, type, shape, slot, null);
    else if (slot === undefined && descriptor !== undefined && typeOf(descriptor).slots.tp_descr_get === null) learn(cache, CACHE_CLASS_VALUE, type, shape, 0, descriptor);
  }
}

/** Fills a cache with what holds for `type` as it is now. */
export function learn(cache: InlineCache, kind: number, type: PyType, shape: InlineCache['shape'], slot: number, value: Value): void {
  cache.kind = kind;
  cache.type = type;
  cache.version = type.version;
  cache.shape = shape;
  cache.slot = slot;
  cache.value = value;
  cache.nextShape = null;
}

function loadFromModule(t: Thread, cache: InlineCache, owner: PyModule, name: string): Maybe {
  const table = owner.dict.table;
  if (cache.kind === CACHE_MODULE && cache.table === table && cache.version === table.version) return table.values[cache.slot]!;
  if (owner.type.slots.tp_getattro === module_getattro) {
    const entry = tableFindStr(table, name);
    if (entry >= 0 && mayLearn(cache)) {
      cache.kind = CACHE_MODULE;
      cache.table = table;
      cache.version = table.version;
      cache.slot = entry;
    }
    if (entry >= 0) return table.values[entry]!;
  }
  return getattro(t, owner, name);
}

function loadFromType(t: Thread, cache: InlineCache, owner: PyType, name: string): Maybe {
  if (cache.kind === CACHE_TYPE_ATTRIBUTE && cache.owner === owner && cache.version === owner.version && cache.type === owner.type && cache.otherVersion === owner.type.version) return cache.value;
  const value = getattro(t, owner, name);
  if (value === undefined || owner.type.slots.tp_getattro !== typeGetAttr || !mayLearn(cache)) return value;
  const attribute = typeLookup(owner, name);
  // Only plain functions and values: what a descriptor's __get__ makes may differ each time.
  if (attribute === undefined || attribute !== value || typeLookup(owner.type, name) !== undefined) return value;
  cache.kind = CACHE_TYPE_ATTRIBUTE;
  cache.owner = owner;
  cache.type = owner.type;
  cache.version = owner.version;
  cache.otherVersion = owner.type.version;
  cache.value = value;
  return value;
}

/**
 * The callable for `owner.name(...)`. Sets `t.methodSelf` to self when the result is unbound, to undefined when it is bound already.
 */
export function loadMethod(t: Thread, code: PyCode, pc: number, owner: Value, name: string): Value {
  const type = typeOf(owner);
  if (type.slots.tp_getattro !== genericGetAttr) {
    const value = loadAttr(t, code, pc, owner, name);
    // Set last: a `__getattr__` or property written in Python loads methods of its own.
    t.methodSelf = undefined;
    return value;
  }
  const { [pc]: known } = code.caches;
  if (known != null && known.kind === CACHE_INSTANCE_SLOT && owner instanceof PyInstance && owner.shape === known.shape && known.type!.version === known.version) {
    t.methodSelf = undefined;
    return slotAt(owner, known.slot)!;
  }
  const attribute = typeLookup(type, name);
  if (attribute instanceof PyFunction || (attribute instanceof PyMethodDescriptor && attribute.type === METHOD_DESCRIPTOR_TYPE)) {
    if (owner instanceof PyInstance) {
      settleInstance(owner);
      if (owner.shape !== null) {
        if (!owner.shape.index.has(name)) {
          const cache = cacheAt(code, pc);
          if (mayLearn(cache)) learn(cache, CACHE_METHOD, type, owner.shape, 0, attribute);
          t.methodSelf = owner;
          return attribute;
        }
      } else if (owner.dict === null || tableFindStr(owner.dict.table, name) < 0) {
        if (owner.dict === null) learnPlainMethod(cacheAt(code, pc), type, attribute);
        t.methodSelf = owner;
        return attribute;
      }
    } else if (!(owner instanceof PyObject) || owner.dict === null || tableFindStr(owner.dict.table, name) < 0) {
      if (owner instanceof PyObject && owner.dict === null) learnPlainMethod(cacheAt(code, pc), type, attribute);
      t.methodSelf = owner;
      return attribute;
    }
  }
  if (owner instanceof PyInstance) learnInstanceLoad(cacheAt(code, pc), owner, name);
  const value = genericGetAttr(t, owner, name);
  t.methodSelf = undefined;
  // A function that is made in here would cost every call a context.
  return value === undefined ? raiseMissingAttribute(t, owner, name) : value;
}

/** Notes the method of an object that has no attributes of its own: no instance of a Python class, or one with `__slots__` members only. */
function learnPlainMethod(cache: InlineCache, type: PyType, method: Value): void {
  if (cache.kind === CACHE_METHOD && cache.type === type && cache.version === type.version && cache.shape === null) return;
  if (mayLearn(cache)) learn(cache, CACHE_METHOD, type, null, 0, method);
}

/** `owner.name = value`. */
export function storeAttr(t: Thread, code: PyCode, pc: number, owner: Value, name: string, value: Value): void {
  if (owner instanceof PyInstance && owner.type.slots.tp_setattro === genericSetAttr && !isFrozenInstance(owner)) {
    const cache = cacheAt(code, pc);
    if (cache.kind === CACHE_MEMBER && cache.type === owner.type && cache.version === owner.type.version && owner.shape === null) {
      setSlotAt(owner, cache.slot, value);
      return;
    }
    const descriptor = typeLookup(owner.type, name);
    if (descriptor instanceof PyGetSetDescriptor && descriptor.slot >= 0) {
      if (descriptor.isPlainSlot && owner.dict === null && mayLearn(cache)) learn(cache, owner.shape === null ? CACHE_MEMBER : CACHE_INSTANCE_SLOT, owner.type, owner.shape, descriptor.slot, null);
    } else if (owner.shape !== null && owner.shape.plain === null) {
      const isData = descriptor !== undefined && typeOf(descriptor).slots.tp_descr_set !== null;
      if (!isData && mayLearn(cache)) learnShapeStore(cache, owner, name);
    }
  }
  setAttr(t, owner, name, value);
}

/**
 * Fills a cache for `owner.name = value` of an instance with a shape that may be written, where that can be cached. A shape of instances whose `__dict__` is linked with their slots says
 * that the entry of the table is to be set as well (`objects/linked-dict.ts`): caches of tier 0 are not filled for it.
 */
export function learnShapeStore(cache: InlineCache, owner: PyInstance, name: string): void {
  const shape = owner.shape!;
  const slot = shape.index.get(name);
  if (slot === undefined && shape.plain !== null) return;
  if (slot === undefined && shape.names.length >= MAX_SHAPE_ATTRIBUTES) return;
  const next = slot === undefined ? shape.with(name, owner.type.memberCount) : null;
  learn(cache, CACHE_INSTANCE_SLOT, owner.type, shape, slot ?? next!.index.get(name)!, null);
  cache.nextShape = next;
}
