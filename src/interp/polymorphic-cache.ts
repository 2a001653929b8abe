/** Attribute accesses of compiled code at places that see several classes: a short list of inline caches each, and the general access behind it. */
import { UNWIND } from '../core/compiled.ts';
import type { PyBaseException } from '../core/exception.ts';
import { PyFunction } from '../core/function.ts';
import {
  CACHE_ABSENT, CACHE_CLASS_VALUE, CACHE_DATA_DESCRIPTOR, CACHE_DESCRIPTOR, CACHE_EMPTY, CACHE_GETSET, CACHE_INSTANCE_DICT, CACHE_INSTANCE_SLOT, CACHE_MEMBER, CACHE_METHOD, CACHE_PROPERTY, InlineCache, type PolymorphicSite,
} from '../core/inline-cache.ts';
import { PyInstance, setSlotAt, slotAt } from '../core/instance.ts';
import { PyGetSetDescriptor, PyMethodDescriptor } from '../core/native.ts';
import { PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import { PyObject, type Maybe, type Value } from '../core/value.ts';
import type { PropertyGetter } from '../hooks/services.ts';
import { genericGetAttr, genericSetAttr, lookupAttr, setAttr, typeLookup, withAttributeContext } from '../objects/attributes.ts';
import { tableFindStr, tableGetStr, tableSetStr, tableSetValue } from '../objects/hash-table.ts';
import { settleInstance } from '../objects/instance-attributes.ts';
import { newDict } from '../objects/make.ts';
import { PyProperty } from '../objects/property.ts';
import { typeOf } from '../objects/type-of.ts';
import { classValueAt, lacksInClass } from './class-attributes.ts';
import { findAttr, learn, learnInstanceLoad, learnShapeStore, loadMethod } from './attribute-cache.ts';

/** Caches of one place; with more classes than that it uses the general access. */
const MAX_ENTRIES = 8;

/** Places for those that find no room in the list: a power of two. A class that comes to another's place takes it. */
const MORE_PLACES = 64;

/** Keeps what was learnt, in the place of a cache that is out of date if there is one. */
function keep(site: PolymorphicSite, cache: InlineCache): void {
  const { entries } = site;
  const old = entries.findIndex((entry) => entry.type!.version !== entry.version);
  if (old >= 0) entries[old] = cache;
  else if (entries.length < MAX_ENTRIES) entries.push(cache);
  else {
    site.patience--;
    if (site.more.length === 0) site.more = Array.from({ length: MORE_PLACES }, () => null);
    site.more[cache.version & (MORE_PLACES - 1)] = cache;
  }
}

/** Whether something of an object of `type` may be learnt, for which `other` is in the place of its class. */
function mayLearnAt(site: PolymorphicSite, type: PyType, other: InlineCache | null): boolean {
  return other === null && (site.entries.length < MAX_ENTRIES || site.patience > 0) && type.slots.tp_getattro === genericGetAttr;
}

/** A cache of `type` for which there was no room in the list. */
function moreFor(site: PolymorphicSite, type: PyType): InlineCache | null {
  const entry = site.more.length === 0 ? null : site.more[type.version & (MORE_PLACES - 1)]!;
  return entry !== null && entry.type === type && entry.version === type.version ? entry : null;
}

/** See `Facts.learnLoad`. */
export function learnLoad(owner: PyInstance, name: string, forCall: boolean): InlineCache | null {
  const { type } = owner;
  if (type.slots.tp_getattro !== genericGetAttr) return null;
  const cache = new InlineCache();
  const method = forCall ? typeLookup(type, name) : undefined;
  if (method instanceof PyFunction) {
    settleInstance(owner);
    // Without a shape there are only objects of classes with `__slots__` alone that are sure to have no attributes of their own.
    if (owner.shape === null ? type.flags.hasDict : owner.shape.index.has(name)) return null;
    learn(cache, CACHE_METHOD, type, owner.shape, 0, method);
  } else learnInstanceLoad(cache, owner, name);
  return cache.kind === CACHE_EMPTY ? null : cache;
}

/** The shape of an instance; null for other objects. */
function shapeOf(owner: Value): PyInstance['shape'] {
  return owner instanceof PyInstance ? owner.shape : null;
}

/** Whether an object of a class for which an attribute of the class was cached has none of its own in that place. */
function lacksOwn(entry: InlineCache, owner: Value, name: string): boolean {
  if (owner instanceof PyInstance) return entry.shape === owner.shape && (entry.shape !== null || lacksInDict(owner, name));
  return !(owner instanceof PyObject) || lacksInDict(owner, name);
}

function lacksInDict({ dict }: PyObject, name: string): boolean {
  return dict === null || tableFindStr(dict.table, name) < 0;
}

/** `owner.name`, undefined where it is missing; UNWIND where a property's function was left. @hot attribute reads that see several classes */
export function loadAttrAt(t: Thread, site: PolymorphicSite, owner: Value, name: string): Maybe | typeof UNWIND {
  const type = typeOf(owner);
  const { entries } = site;
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i]!;
    if (entry.type !== type || entry.version !== type.version) continue;
    const value = readAt(t, entry, owner, name);
    if (value !== undefined) return value;
  }
  const other = moreFor(site, type);
  const value = owner instanceof PyType ? classValueAt(site, owner, name) : other === null ? undefined : readAt(t, other, owner, name);
  if (value !== undefined) return value;
  if (mayLearnAt(site, type, other)) learnLoadAt(site, owner, name);
  return findAttr(t, site.code, site.pc, owner, name);
}

/** What a cache of the owner's class says; undefined where it does not fit. */
function readAt(t: Thread, entry: InlineCache, owner: Value, name: string): Maybe | typeof UNWIND {
  switch (entry.kind) {
    case CACHE_INSTANCE_SLOT: return entry.shape === (owner as PyInstance).shape ? slotAt(owner as PyInstance, entry.slot) : undefined;
    case CACHE_MEMBER: return slotAt(owner as PyInstance, entry.slot);
    case CACHE_INSTANCE_DICT: {
      const { dict, shape } = owner as PyInstance;
      return shape === null && dict !== null ? tableGetStr(dict.table, name) : undefined;
    }
    case CACHE_PROPERTY: return readProperty(t, entry.value as PyProperty, owner, name);
    case CACHE_DATA_DESCRIPTOR: return described(t, entry.value, owner, name);
    case CACHE_CLASS_VALUE: return lacksOwn(entry, owner, name) ? entry.value : undefined;
    default: return lacksOwn(entry, owner, name) ? described(t, entry.value, owner, name) : undefined;
  }
}

function learnLoadAt(site: PolymorphicSite, owner: Value, name: string): void {
  const cache = new InlineCache();
  if (owner instanceof PyInstance) learnInstanceLoad(cache, owner, name);
  if (cache.kind === CACHE_EMPTY) learnDescriptor(cache, owner, name);
  if (cache.kind === CACHE_EMPTY && owner instanceof PyInstance) learnDictLoad(cache, owner, name);
  if (cache.kind !== CACHE_EMPTY) keep(site, cache);
}

/** Fills a cache for an instance whose attributes are in its dict. */
function learnDictLoad(cache: InlineCache, owner: PyInstance, name: string): void {
  const { type, shape, dict } = owner;
  if (shape !== null || dict === null || tableFindStr(dict.table, name) < 0) return;
  const descriptor = typeLookup(type, name);
  if (descriptor !== undefined && typeOf(descriptor).slots.tp_descr_set !== null) return;
  learn(cache, CACHE_INSTANCE_DICT, type, null, 0, null);
}

/** Fills a cache for an attribute of the class that nothing of the object's own hides. What a class of the program makes of `__get__` may change: left out. */
function learnDescriptor(cache: InlineCache, owner: Value, name: string): void {
  const type = typeOf(owner);
  const descriptor = typeLookup(type, name);
  if (descriptor === undefined) return;
  const { slots, flags } = typeOf(descriptor);
  if (flags.heapType) return;
  const isData = slots.tp_descr_set !== null;
  if (isData ? slots.tp_descr_get === null : hasOwn(owner, name)) return;
  const dataKind = descriptor instanceof PyProperty ? CACHE_PROPERTY : CACHE_DATA_DESCRIPTOR;
  const otherKind = slots.tp_descr_get === null ? CACHE_CLASS_VALUE : CACHE_DESCRIPTOR;
  learn(cache, isData ? dataKind : otherKind, type, shapeOf(owner), 0, descriptor);
}

/** Whether an attribute of the object's own may come before one of its class. */
function hasOwn(owner: Value, name: string): boolean {
  if (owner instanceof PyInstance && owner.shape !== null) return owner.shape.decode !== null || owner.shape.index.has(name);
  return owner instanceof PyObject && !lacksInDict(owner, name);
}

/** What a descriptor of a builtin class gives. */
function described(t: Thread, descriptor: Value, owner: Value, name: string): Value {
  try {
    return typeOf(descriptor).slots.tp_descr_get!(t, descriptor, owner, typeOf(owner));
  } catch (caught) {
    throw withAttributeContext(caught, owner, name);
  }
}

/** What a property gives; its function is called as compiled code calls any. */
function readProperty(t: Thread, property: PyProperty, owner: Value, name: string): Value | typeof UNWIND {
  const { fget } = property;
  if (!(fget instanceof PyFunction) || fget.code.simpleArgcount !== 1 || fget.entryPoint !== t.interpreter.entryPoint) return described(t, property, owner, name);
  let result: Value | symbol;
  try {
    result = fget.code.direct(t, fget, owner);
  } catch (caught) {
    throw withAttributeContext(caught, owner, name);
  }
  if (result === UNWIND && t.raised !== null) t.raised = withAttributeContext(t.raised, owner, name) as PyBaseException;
  return result as Value | typeof UNWIND;
}

/** See `Facts.propertyGetter`. */
export function propertyGetter(t: Thread, type: PyType, name: string): PropertyGetter | null {
  const property = type.slots.tp_getattro === genericGetAttr ? typeLookup(type, name) : undefined;
  if (!(property instanceof PyProperty) || typeOf(property).flags.heapType) return null;
  const { fget } = property;
  return fget instanceof PyFunction && fget.code.simpleArgcount === 1 && fget.entryPoint === t.interpreter.entryPoint ? { property, func: fget } : null;
}

/** A cache for an object's class, wherever it is. */
function entryFor(site: PolymorphicSite, owner: Value, type: PyType): InlineCache | null {
  const { entries } = site;
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i]!;
    if (entry.type === type && entry.version === type.version && (entry.shape === null || entry.shape === (owner as PyInstance).shape)) return entry;
  }
  return moreFor(site, type);
}

/** What `quietAttrAt` gives where there is no such attribute. */
const MISSING = Symbol('missing');

/** `owner.name` or MISSING, where neither runs Python code nor raises; undefined where that is not known. */
function quietAttrAt(t: Thread, site: PolymorphicSite, owner: Value, name: string): Maybe | typeof MISSING {
  if (owner instanceof PyType) {
    const value = classValueAt(site, owner, name);
    return value === undefined && lacksInClass(owner, name) ? MISSING : value;
  }
  const type = typeOf(owner);
  let entry = entryFor(site, owner, type);
  if (entry === null && mayLearnAt(site, type, null)) {
    if (typeLookup(type, name) === undefined && !hasOwn(owner, name)) keepAbsence(site, owner);
    else learnLoadAt(site, owner, name);
    entry = entryFor(site, owner, type);
  }
  if (entry === null) return undefined;
  if (entry.kind === CACHE_ABSENT) return lacksOwn(entry, owner, name) ? MISSING : undefined;
  return canRead(entry) ? (readAt(t, entry, owner, name) as Maybe) : undefined;
}

/** `owner.name`, undefined where it is missing, as `lookupAttr`. @hot `getattr` with a default, and `hasattr` */
export function lookupAttrAt(t: Thread, site: PolymorphicSite, owner: Value, name: string): Maybe {
  const known = quietAttrAt(t, site, owner, name);
  return known === undefined ? lookupAttr(t, owner, name) : known === MISSING ? undefined : known;
}

/** `getattr(owner, name, fallback)`; undefined where it may run Python code, or raise. @hot */
export function quietAttrOr(t: Thread, site: PolymorphicSite, owner: Value, name: string, fallback: Value): Maybe {
  const known = quietAttrAt(t, site, owner, name);
  return known === MISSING ? fallback : known;
}

/** `hasattr(owner, name)`, likewise. @hot */
export function quietHasAttr(t: Thread, site: PolymorphicSite, owner: Value, name: string): boolean | undefined {
  const known = quietAttrAt(t, site, owner, name);
  return known === undefined ? undefined : known !== MISSING;
}

/** Whether reading what a cache has learnt can neither raise nor call Python code. */
function canRead({ kind, value }: InlineCache): boolean {
  if (kind === CACHE_DESCRIPTOR) return value instanceof PyFunction || value instanceof PyMethodDescriptor;
  return kind === CACHE_INSTANCE_SLOT || kind === CACHE_MEMBER || kind === CACHE_CLASS_VALUE || kind === CACHE_INSTANCE_DICT;
}

function keepAbsence(site: PolymorphicSite, owner: Value): void {
  const cache = new InlineCache();
  learn(cache, CACHE_ABSENT, typeOf(owner), shapeOf(owner), 0, null);
  keep(site, cache);
}

/** The callable for `owner.name(...)`, and `Thread.methodSelf`, as `loadMethod`. @hot method calls that see several classes */
export function loadMethodAt(t: Thread, site: PolymorphicSite, owner: Value, name: string): Value {
  const type = typeOf(owner);
  const { entries } = site;
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i]!;
    if (entry.type !== type || entry.version !== type.version) continue;
    const method = methodAt(t, entry, owner, name);
    if (method !== undefined) return method;
  }
  const other = moreFor(site, type);
  const method = other === null ? undefined : methodAt(t, other, owner, name);
  if (method !== undefined) return method;
  const value = loadMethod(t, site.code, site.pc, owner, name);
  if (!mayLearnAt(site, type, other)) return value;
  if (t.methodSelf === owner) keepMethod(site, type, owner, value);
  else if (owner instanceof PyInstance) {
    const cache = new InlineCache();
    learnInstanceLoad(cache, owner, name);
    if (cache.kind !== CACHE_EMPTY) keep(site, cache);
  }
  return value;
}

/** The callable that a cache of the owner's class has; undefined where it does not fit. What an instance keeps and classes within its class are called without self. */
function methodAt(t: Thread, entry: InlineCache, owner: Value, name: string): Maybe {
  const isMethod = entry.kind === CACHE_METHOD;
  if (entry.kind !== CACHE_MEMBER && (isMethod ? !lacksOwn(entry, owner, name) : entry.shape !== (owner as PyInstance).shape)) return undefined;
  t.methodSelf = isMethod ? owner : undefined;
  return isMethod || entry.kind === CACHE_CLASS_VALUE ? entry.value : slotAt(owner as PyInstance, entry.slot);
}

function keepMethod(site: PolymorphicSite, type: PyType, owner: Value, method: Value): void {
  const cache = new InlineCache();
  learn(cache, CACHE_METHOD, type, shapeOf(owner), 0, method);
  keep(site, cache);
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
      if (shape === null && owner.dict === null) setSlotAt(owner, entry.slot, value);
      else (entry.value as PyGetSetDescriptor).set!(t, owner, value);
      return;
    }
    if (entry.shape !== shape) continue;
    setSlotAt(owner, entry.slot, value);
    if (entry.nextShape !== null) owner.shape = entry.nextShape;
    else if (shape !== null && shape.plain !== null) tableSetValue(owner.dict!.table, entry.slot, value);
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
      if (entry.kind === CACHE_GETSET) (entry.value as PyGetSetDescriptor).set!(t, owner, value);
      else tableSetStr(((owner as PyObject).dict ??= newDict()).table, name, value);
      return;
    }
  }
  if (site.entries.length < MAX_ENTRIES && owner instanceof PyObject && !(owner instanceof PyType) && type.slots.tp_setattro === genericSetAttr) learnNativeStore(site, type, name);
  setAttr(t, owner, name, value);
}

/** Learns what writing an attribute does for objects of a builtin class, or of one made of it, that sets attributes as `object` does. */
function learnNativeStore(site: PolymorphicSite, type: PyType, name: string): void {
  const descriptor = typeLookup(type, name);
  const cache = new InlineCache();
  if (descriptor instanceof PyGetSetDescriptor && descriptor.set !== null) learn(cache, CACHE_GETSET, type, null, 0, descriptor);
  else if (type.flags.hasDict && (descriptor === undefined || typeOf(descriptor).slots.tp_descr_set === null)) learn(cache, CACHE_INSTANCE_DICT, type, null, 0, null);
  else return;
  keep(site, cache);
}

/** See `Facts.learnStore`. */
export function learnStore(owner: PyInstance, name: string): InlineCache | null {
  if (owner.type.slots.tp_setattro !== genericSetAttr) return null;
  const descriptor = typeLookup(owner.type, name);
  const cache = new InlineCache();
  if (descriptor instanceof PyGetSetDescriptor) {
    if (!descriptor.isPlainSlot) return null;
    learn(cache, CACHE_MEMBER, owner.type, null, descriptor.slot, descriptor);
  } else {
    if (owner.shape === null || owner.shape.frozen || (descriptor !== undefined && typeOf(descriptor).slots.tp_descr_set !== null)) return null;
    learnShapeStore(cache, owner, name);
    if (cache.kind !== CACHE_INSTANCE_SLOT) return null;
  }
  return cache;
}
