/** Attributes of plain instances: slots named by a shape, or a dict once somebody asked for it (see `core/instance.ts`). */
import { PyInstance } from '../core/instance.ts';
import type { PyDict } from '../core/containers.ts';
import { MAX_SHAPE_ATTRIBUTES, Shape } from '../core/shape.ts';
import type { PyType } from '../core/type.ts';
import type { Maybe, Value } from '../core/value.ts';
import { tableDeleteStr, tableGetStr, tableSetStr } from './hash-table.ts';
import { newDict } from './make.ts';

/** The shape of an instance without attributes; null for types without `__dict__`. */
export function rootShape(type: PyType): Shape | null {
  if (!type.flags.hasDict) return null;
  type.rootShape ??= new Shape(type, [], type.memberCount);
  return type.rootShape;
}

/** A new plain instance of `type`. @hot every instantiation */
export function newInstance(type: PyType): PyInstance {
  const slots: Maybe[] = [];
  for (let i = 0; i < type.memberCount; i++) slots.push(undefined);
  return new PyInstance(type, type.rootShape ?? rootShape(type), slots);
}

/** The instance's own attribute; undefined when it has none of that name. */
export function getInstanceAttribute(object: PyInstance, name: string): Maybe {
  if (object.shape !== null) {
    const slot = object.shape.index.get(name);
    return slot === undefined ? undefined : object.slots[slot];
  }
  return object.dict === null ? undefined : tableGetStr(object.dict.table, name);
}

/** Sets the instance's own attribute; the type has `__dict__`. */
export function setInstanceAttribute(object: PyInstance, name: string, value: Value): void {
  const shape = object.shape;
  if (shape === null) {
    object.dict ??= newDict();
    tableSetStr(object.dict.table, name, value);
    return;
  }
  const slot = shape.index.get(name);
  if (slot !== undefined) {
    object.slots[slot] = value;
    return;
  }
  if (shape.names.length >= MAX_SHAPE_ATTRIBUTES) {
    tableSetStr(materializeDict(object).table, name, value);
    return;
  }
  object.shape = shape.with(name, object.type.memberCount);
  object.slots.push(value);
}

/** Deletes the instance's own attribute; false when it has none of that name. */
export function deleteInstanceAttribute(object: PyInstance, name: string): boolean {
  if (getInstanceAttribute(object, name) === undefined) return false;
  return tableDeleteStr(materializeDict(object).table, name);
}

/** Moves the attributes into `object.dict` for good and returns it. */
export function materializeDict(object: PyInstance): PyDict {
  const shape = object.shape;
  if (shape === null) {
    object.dict ??= newDict();
    return object.dict;
  }
  const dict = newDict();
  for (const [name, slot] of shape.index) tableSetStr(dict.table, name, object.slots[slot]!);
  object.slots.length = object.type.memberCount;
  object.shape = null;
  object.dict = dict;
  return dict;
}
