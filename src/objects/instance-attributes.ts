/** Attributes of plain instances: slots named by a shape, a dict, or both once somebody asked for `__dict__` (see `core/instance.ts`). */
import { watchFinalizer } from './finalize.ts';
import { clearSlots, OWN_SLOTS, PyInstance, setSlotAt, slotAt, slotsOf } from '../core/instance.ts';
import { PyDict } from '../core/containers.ts';
import { MAX_SHAPE_ATTRIBUTES, Shape } from '../core/shape.ts';
import type { PyType } from '../core/type.ts';
import type { Maybe, Value } from '../core/value.ts';
import { DICT_MODIFIED } from '../core/watch.ts';
import { tableDeleteStr, tableGetStr, tableSetStr } from './hash-table.ts';
import { linkDict, mayLink, setLinkedAttribute, unlinkDict } from './linked-dict.ts';
import { tableOfStrings } from './table-making.ts';
import { newDict } from './make.ts';
import { raiseTypeError } from './raise.ts';
import { DICT_TYPE } from './static-types.ts';

/** The shape of an instance without attributes; null for types without `__dict__`. */
export function rootShape(type: PyType): Shape | null {
  if (!type.flags.hasDict) return null;
  type.rootShape ??= new Shape(type, [], type.memberCount);
  return type.rootShape;
}

/** The slots of a new instance behind its own: so many, unset. A literal has room for itself alone, an array that grows from nothing for seventeen. */
function unsetMore(count: number): Maybe[] {
  const slots: Maybe[] = [undefined, undefined, undefined, undefined];
  for (let i = slots.length; i < count; i++) slots.push(undefined);
  return slots;
}

/** A new plain instance of `type`. @hot every instantiation */
export function newInstance(type: PyType): PyInstance {
  const room = type.slotRoom > type.memberCount ? type.slotRoom : type.memberCount;
  const instance = new PyInstance(type, type.rootShape ?? rootShape(type), room > OWN_SLOTS ? unsetMore(room - OWN_SLOTS) : null);
  if (type.slots.tp_finalize !== null) watchFinalizer(instance);
  return instance;
}

/** Reads a frozen instance that came from another interpreter from the immortal heap, if that has not happened yet. */
export function settleInstance(object: PyInstance): void {
  if (object.shape !== null && object.shape.decode !== null) object.shape.decode(object);
}

/** Whether `ladon.freeze` has made the instance refuse writes. */
export function isFrozenInstance(object: PyInstance): boolean {
  return object.shape === null ? object.dict !== null && object.dict.frozen : object.shape.frozen;
}

/** Refuses a write to a frozen instance. */
export function checkInstanceWritable(object: PyInstance): void {
  if (isFrozenInstance(object)) raiseTypeError(`'${object.type.name}' object is frozen and cannot be changed`);
}

/** Makes the instance refuse writes for good. */
export function freezeInstance(object: PyInstance): void {
  unlinkDict(object);
  if (object.shape !== null) object.shape = object.shape.frozenTwin(object.type.memberCount);
  else if (object.dict !== null) object.dict.frozen = true;
  else object.shape = new Shape(object.type, [], object.type.memberCount, { frozen: true, decode: null });
}

/** The instance's own attribute; undefined when it has none of that name. */
export function getInstanceAttribute(object: PyInstance, name: string): Maybe {
  if (object.shape !== null) {
    if (object.shape.decode !== null) settleInstance(object);
    const slot = object.shape.index.get(name);
    return slot === undefined ? undefined : slotAt(object, slot);
  }
  return object.dict === null ? undefined : tableGetStr(object.dict.table, name);
}

/** Sets the instance's own attribute; the type has `__dict__`. */
export function setInstanceAttribute(object: PyInstance, name: string, value: Value): void {
  const shape = object.shape;
  if (shape === null) {
    object.dict ??= newDict();
    if (object.dict.frozen) checkInstanceWritable(object);
    const { table } = object.dict;
    // Unlike an item, an attribute that is set to what it was is told of, as in CPython.
    if (table.watch !== null && tableGetStr(table, name) === value) table.watch.tell(DICT_MODIFIED, name, value);
    tableSetStr(table, name, value);
    return;
  }
  if (shape.frozen) checkInstanceWritable(object);
  if (shape.plain !== null) {
    setLinkedAttribute(object, name, value);
    return;
  }
  const slot = shape.index.get(name);
  if (slot !== undefined) {
    setSlotAt(object, slot, value);
    return;
  }
  if (shape.names.length >= MAX_SHAPE_ATTRIBUTES) {
    tableSetStr(materializeDict(object).table, name, value);
    return;
  }
  const next = shape.with(name, object.type.memberCount);
  setSlotAt(object, next.index.get(name)!, value);
  object.shape = next;
}

/** Deletes the instance's own attribute; false when it has none of that name. */
export function deleteInstanceAttribute(object: PyInstance, name: string): boolean {
  if (getInstanceAttribute(object, name) === undefined) return false;
  checkInstanceWritable(object);
  return removeSlot(object, name) || tableDeleteStr(materializeDict(object).table, name);
}

/** Takes an attribute out of the slots of an instance; false where it has a dict, or is to have one. */
function removeSlot(object: PyInstance, name: string): boolean {
  const { shape, type } = object;
  const left = shape === null || shape.plain !== null ? null : shape.without(name, rootShape(type)!, type.memberCount);
  if (shape === null || left === null) return false;
  const last = type.memberCount + left.names.length;
  for (let slot = shape.index.get(name)!; slot < last; slot++) setSlotAt(object, slot, slotAt(object, slot + 1));
  setSlotAt(object, last, undefined);
  object.shape = left;
  return true;
}

/** Moves the attributes into `object.dict` for good. */
export function moveToDict(object: PyInstance): void {
  materializeDict(object);
  unlinkDict(object);
}

/** The instance's `__dict__`, which holds its attributes from now on: alone, or linked with the slots. */
export function materializeDict(object: PyInstance): PyDict {
  settleInstance(object);
  const shape = object.shape;
  if (shape === null || shape.plain !== null) {
    object.dict ??= newDict();
    return object.dict;
  }
  const { memberCount } = object.type;
  const values = slotsOf(object, memberCount) as Value[];
  const dict = new PyDict(DICT_TYPE, tableOfStrings(shape.names.slice(), values, shape));
  dict.frozen = shape.frozen;
  if (mayLink(object)) {
    linkDict(object, dict);
    return dict;
  }
  clearSlots(object, memberCount);
  object.shape = null;
  object.dict = dict;
  return dict;
}
