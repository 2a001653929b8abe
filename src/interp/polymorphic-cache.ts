/** Attribute accesses of compiled code at places that see several classes: a short list of inline caches each, and the general access behind it. */
import { CACHE_CLASS_VALUE, CACHE_EMPTY, CACHE_GETSET, CACHE_INSTANCE_SLOT, CACHE_MEMBER, CACHE_METHOD, InlineCache, type PolymorphicSite } from '../core/inline-cache.ts';
import { PyFunction } from '../core/function.ts';
import { PyInstance } from '../core/instance.ts';
import { PyGetSetDescriptor, PyMethodDescriptor } from '../core/native.ts';
import { PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import { PyObject, type Maybe, type Value } from '../core/value.ts';
import { genericGetAttr, genericSetAttr, setAttr, typeLookup } from '../objects/attributes.ts';
import { bindBuiltin } from '../objects/descriptors.ts';
import { settleInstance } from '../objects/instance-attributes.ts';
import { METHOD_DESCRIPTOR_TYPE } from '../objects/static-types.ts';
import { typeOf } from '../objects/type-of.ts';
import { findAttr, learnInstanceLoad, learnShapeStore, loadMethod } from './attribute-cache.ts';

/** Caches of one place; with more classes than that it uses the general access. */
const MAX_ENTRIES = 8;

/** Keeps what was learnt, in the place of a cache that is out of date if there is one. */
function keep(site: PolymorphicSite, cache: InlineCache): void {
  const old = site.entries.findIndex((entry) => entry.type!.version !== entry.version);
  if (old >= 0) site.entries[old] = cache;
  else if (site.entries.length < MAX_ENTRIES) site.entries.push(cache);
}

/** See `Facts.learnLoad`. */
export function learnLoad(owner: PyInstance, name: string, forCall: boolean): InlineCache | null {
  const { type } = owner;
  if (type.slots.tp_getattro !== genericGetAttr) return null;
  const cache = new InlineCache();
  const method = forCall ? typeLookup(type, name) : undefined;
  if (method instanceof PyFunction) {
    settleInstance(owner);
    if (owner.shape === null || owner.shape.index.has(name)) return null;
    learnMethod(cache, type, owner, method);
  } else learnInstanceLoad(cache, owner, name);
  return cache.kind === CACHE_EMPTY ? null : cache;
}

/** `owner.name`, undefined where it is missing. @hot attribute reads that see several classes */
export function loadAttrAt(t: Thread, site: PolymorphicSite, owner: Value, name: string): Maybe {
  if (!(owner instanceof PyInstance)) return loadNativeAt(t, site, owner, name);
  const { type, shape } = owner;
  const { entries } = site;
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i]!;
    if (entry.type !== type || entry.version !== type.version) continue;
    if (entry.kind === CACHE_MEMBER) {
      const value = owner.slots[entry.slot];
      if (value !== undefined) return value;
    } else if (entry.shape === shape) return entry.kind === CACHE_INSTANCE_SLOT ? owner.slots[entry.slot]! : entry.value;
  }
  if (entries.length < MAX_ENTRIES && type.slots.tp_getattro === genericGetAttr) {
    const cache = new InlineCache();
    learnInstanceLoad(cache, owner, name);
    if (cache.kind === CACHE_INSTANCE_SLOT || cache.kind === CACHE_MEMBER || cache.kind === CACHE_CLASS_VALUE) keep(site, cache);
  }
  return findAttr(t, site.code, site.pc, owner, name);
}

/** As `loadAttrAt`, for objects that are no instances of Python classes. */
function loadNativeAt(t: Thread, site: PolymorphicSite, owner: Value, name: string): Maybe {
  const type = typeOf(owner);
  const { entries } = site;
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i]!;
    if (entry.type !== type || entry.version !== type.version) continue;
    if (entry.kind === CACHE_GETSET) {
      const value = (entry.value as PyGetSetDescriptor).get(t, owner);
      if (value !== undefined) return value;
    } else if ((owner as PyObject).dict === null) return bindBuiltin(entry.value as PyMethodDescriptor, owner);
  }
  if (entries.length < MAX_ENTRIES) learnNative(site, owner, type, name);
  return findAttr(t, site.code, site.pc, owner, name);
}

function learnNative(site: PolymorphicSite, owner: Value, type: PyType, name: string): void {
  if (!(owner instanceof PyObject) || owner instanceof PyType || type.slots.tp_getattro !== genericGetAttr) return;
  const descriptor = typeLookup(type, name);
  const isMethod = descriptor instanceof PyMethodDescriptor && descriptor.type === METHOD_DESCRIPTOR_TYPE && owner.dict === null;
  if (!isMethod && !(descriptor instanceof PyGetSetDescriptor)) return;
  const cache = new InlineCache();
  cache.kind = isMethod ? CACHE_METHOD : CACHE_GETSET;
  cache.type = type;
  cache.version = type.version;
  cache.value = descriptor;
  keep(site, cache);
}

/** Whether an object of a class for which a method was cached has no attribute of its own in the method's place. */
function hasMethodOf(entry: InlineCache, owner: Value): boolean {
  if (owner instanceof PyInstance) return entry.shape === owner.shape && (entry.shape !== null || owner.dict === null);
  return !(owner instanceof PyObject) || owner.dict === null;
}

/** The callable for `owner.name(...)`, and `Thread.methodSelf`, as `loadMethod`. @hot method calls that see several classes */
export function loadMethodAt(t: Thread, site: PolymorphicSite, owner: Value, name: string): Value {
  const type = typeOf(owner);
  const { entries } = site;
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i]!;
    if (entry.type === type && entry.version === type.version && hasMethodOf(entry, owner)) {
      t.methodSelf = owner;
      return entry.value;
    }
  }
  const value = loadMethod(t, site.code, site.pc, owner, name);
  if (t.methodSelf === owner && entries.length < MAX_ENTRIES) keepMethod(site, type, owner, value);
  return value;
}

function keepMethod(site: PolymorphicSite, type: PyType, owner: Value, method: Value): void {
  if (!(owner instanceof PyInstance) && owner instanceof PyObject && owner.dict !== null) return;
  if (owner instanceof PyInstance && owner.shape === null && owner.dict !== null) return;
  const cache = new InlineCache();
  learnMethod(cache, type, owner, method);
  keep(site, cache);
}

function learnMethod(cache: InlineCache, type: PyType, owner: Value, method: Value): void {
  cache.kind = CACHE_METHOD;
  cache.type = type;
  cache.version = type.version;
  cache.shape = owner instanceof PyInstance ? owner.shape : null;
  cache.value = method;
}

/** `owner.name = value`. @hot attribute writes that see several classes */
export function storeAttrAt(t: Thread, site: PolymorphicSite, owner: Value, name: string, value: Value): void {
  if (!(owner instanceof PyInstance)) {
    storeNativeAt(t, site, owner, name, value);
    return;
  }
  const { type, shape } = owner;
  const { entries } = site;
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i]!;
    if (entry.type !== type || entry.version !== type.version) continue;
    if (entry.kind === CACHE_MEMBER) {
      if (shape === null && owner.dict === null) owner.slots[entry.slot] = value;
      else (entry.value as PyGetSetDescriptor).set!(t, owner, value);
      return;
    }
    if (entry.shape !== shape) continue;
    owner.slots[entry.slot] = value;
    if (entry.nextShape !== null) owner.shape = entry.nextShape;
    return;
  }
  if (entries.length < MAX_ENTRIES) {
    const cache = learnStore(owner, name);
    if (cache !== null) keep(site, cache);
  }
  setAttr(t, owner, name, value);
}

/** As `storeAttrAt`, for objects that are no instances of Python classes. */
function storeNativeAt(t: Thread, site: PolymorphicSite, owner: Value, name: string, value: Value): void {
  const type = typeOf(owner);
  for (const entry of site.entries) {
    if (entry.type === type && entry.version === type.version) {
      (entry.value as PyGetSetDescriptor).set!(t, owner, value);
      return;
    }
  }
  if (site.entries.length < MAX_ENTRIES && owner instanceof PyObject && !(owner instanceof PyType) && type.slots.tp_setattro === genericSetAttr) {
    const descriptor = typeLookup(type, name);
    if (descriptor instanceof PyGetSetDescriptor && descriptor.set !== null) {
      const cache = new InlineCache();
      cache.kind = CACHE_GETSET;
      cache.type = type;
      cache.version = type.version;
      cache.value = descriptor;
      keep(site, cache);
    }
  }
  setAttr(t, owner, name, value);
}

/** See `Facts.learnStore`. */
export function learnStore(owner: PyInstance, name: string): InlineCache | null {
  if (owner.type.slots.tp_setattro !== genericSetAttr) return null;
  const descriptor = typeLookup(owner.type, name);
  const cache = new InlineCache();
  if (descriptor instanceof PyGetSetDescriptor) {
    if (!descriptor.isPlainSlot) return null;
    cache.kind = CACHE_MEMBER;
    cache.type = owner.type;
    cache.version = owner.type.version;
    cache.slot = descriptor.slot;
    cache.value = descriptor;
  } else {
    if (owner.shape === null || owner.shape.frozen || (descriptor !== undefined && typeOf(descriptor).slots.tp_descr_set !== null)) return null;
    learnShapeStore(cache, owner, name);
    if (cache.kind !== CACHE_INSTANCE_SLOT) return null;
  }
  return cache;
}
