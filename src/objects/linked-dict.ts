/**
 * The `__dict__` of an instance that goes on having its attributes in slots: a table with the same names and values, and a shape of its own that says so (`Shape.plain`).
 *
 *   slots only ──`__dict__` is asked for──▶ slots and table ──a deletion, a key that is no str, a reference that wants to see the instance die──▶ table only
 *
 * Compiled code and inline caches read such instances as any others. Writes come by two ways: those to attributes set the slot and the table (`setInstanceAttribute`), those to the dict
 * tell the link, as they tell any watcher of a table, before they take effect.
 *
 * INV-1: while an instance is linked, entry n of the table is the attribute in slot n: nothing has been deleted.
 * INV-2: quiet operations of compiled code do not write to tables that are watched, so that they never change the attributes of an instance.
 * INV-3: the table holds the instance by its link. So nobody may notice when that dies: no link where there are finalisers, members of `__slots__` or weak references.
 */
import type { PyDict } from '../core/containers.ts';
import { clearSlots, setSlotAt, type PyInstance } from '../core/instance.ts';
import { MAX_SHAPE_ATTRIBUTES, type Shape } from '../core/shape.ts';
import type { Maybe, Value } from '../core/value.ts';
import { DICT_ADDED, DICT_CLONED, DICT_MODIFIED, type DictEvent, type TableWatch } from '../core/watch.ts';
import { tableSetStr, tableSetValue } from './hash-table.ts';

/** Whether the instance's `__dict__` may be linked with its slots; it has a shape. */
export function mayLink({ type, shape, weakReferences }: PyInstance): boolean {
  return type.memberCount === 0 && type.slots.tp_finalize === null && weakReferences === undefined && !shape!.frozen;
}

/** Links a dict that holds the instance's attributes in the order of its slots. @hot `__dict__` */
export function linkDict(object: PyInstance, dict: PyDict): void {
  dict.table.watch = new Link(object);
  object.shape = object.shape!.linkedTwin(0);
  object.dict = dict;
}

/** Leaves the attributes of a linked instance to its dict alone. */
export function unlinkDict(object: PyInstance): void {
  const { shape, dict } = object;
  if (shape === null || shape.plain === null) return;
  dict!.table.watch = null;
  object.shape = null;
  clearSlots(object, 0);
}

/** Sets an attribute of a linked instance. */
export function setLinkedAttribute(object: PyInstance, name: string, value: Value): void {
  const { table } = object.dict!;
  const slot = object.shape!.index.get(name);
  if (slot === undefined) {
    tableSetStr(table, name, value);
    return;
  }
  setSlotAt(object, slot, value);
  tableSetValue(table, slot, value);
}

class Link implements TableWatch {
  private readonly object: PyInstance;

  constructor(object: PyInstance) {
    this.object = object;
  }

  tell(event: DictEvent, key: Maybe, value: Maybe): void {
    const { object } = this;
    const shape = object.shape!;
    if (event === DICT_MODIFIED && typeof key === 'string') setSlotAt(object, shape.index.get(key)!, value);
    else if (event === DICT_ADDED && typeof key === 'string' && shape.names.length < MAX_SHAPE_ATTRIBUTES) this.add(shape, key, value);
    else if (event !== DICT_CLONED || !this.addAll(shape, key as PyDict)) this.end();
  }

  end(): void {
    unlinkDict(this.object);
  }

  private add(shape: Shape, name: string, value: Maybe): void {
    const { object } = this;
    setSlotAt(object, shape.names.length, value);
    object.shape = shape.with(name, 0);
  }

  /** Adds the entries of a dict, which its own is about to get as they are; false where they cannot all be attributes in slots. */
  private addAll(shape: Shape, { table: { keys, values, used } }: PyDict): boolean {
    if (used !== keys.length || used > MAX_SHAPE_ATTRIBUTES || keys.some((key) => typeof key !== 'string')) return false;
    const { object } = this;
    let next = shape;
    for (let slot = 0; slot < used; slot++) {
      next = next.with(keys[slot] as string, 0);
      setSlotAt(object, slot, values[slot]);
    }
    object.shape = next;
    return true;
  }
}
