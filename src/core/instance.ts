/** Records of plain instances and modules. */
import { repeated } from '../base/repeat-items.ts';
import { linkToPyObject, PyObject, type Maybe } from './value.ts';
import type { PyType } from './type.ts';
import type { PyDict } from './containers.ts';
import type { Shape } from './shape.ts';

const NOTHING: readonly Maybe[] = [undefined];

/** Slots that an instance has as fields of its own. */
export const OWN_SLOTS = 8;

/**
 * An instance of a class made by Python code whose solid base is `object`.
 *
 * Attributes lie in slots at the indices that `shape` names. When somebody sets too many, or deletes them in ever other orders, they move
 * into `dict` for good and `shape` becomes null. Where somebody asks for `__dict__` they are in both, which are kept the same (`objects/linked-dict.ts`). The first `type.memberCount` slots are `__slots__` members in both states. Slots that hold nothing are `undefined`.
 *
 * The first slots are fields of the object, the others lie in `more`: V8 reads a field by one check of the object and one load, an item of an array in a field by two more checks and two
 * more loads. `slotAt` and `setSlotAt` know where each is; compiled code names the field (`jit/operations.ts`).
 * @hot allocated by every instantiation
 */
export class PyInstance {
  type: PyType;
  dict: PyDict | null;
  shape: Shape | null;
  /** Slots from `OWN_SLOTS` on; null where there has been none. Code that reads one of a shape, or a member, relies on it being there. */
  more: Maybe[] | null;
  identity: number;
  s0: Maybe;
  s1: Maybe;
  s2: Maybe;
  s3: Maybe;
  s4: Maybe;
  s5: Maybe;
  s6: Maybe;
  s7: Maybe;
  /**
   * References to it (`objects/weakref.ts`). Few instances have the field: the prototype says undefined for the rest. In a WeakMap the references would be held
   * by the table, and they hold their target, until a full collection of V8: its collections of the young hold what weak references point to.
   */
  declare weakReferences: WeakRef<PyObject>[] | undefined;
  constructor(type: PyType, shape: Shape | null, more: Maybe[] | null, s0?: Maybe, s1?: Maybe, s2?: Maybe, s3?: Maybe, s4?: Maybe, s5?: Maybe, s6?: Maybe, s7?: Maybe) {
    this.type = type;
    this.dict = null;
    this.shape = shape;
    this.more = more;
    this.identity = 0;
    this.s0 = s0;
    this.s1 = s1;
    this.s2 = s2;
    this.s3 = s3;
    this.s4 = s4;
    this.s5 = s5;
    this.s6 = s6;
    this.s7 = s7;
  }
}
/** As a PyObject (`linkToPyObject`). */
export interface PyInstance extends PyObject {}
linkToPyObject(PyInstance);
PyInstance.prototype.weakReferences = undefined;

/** What a slot holds. @hot attributes in tier 0 */
export function slotAt(object: PyInstance, slot: number): Maybe {
  switch (slot) {
    case 0: return object.s0;
    case 1: return object.s1;
    case 2: return object.s2;
    case 3: return object.s3;
    case 4: return object.s4;
    case 5: return object.s5;
    case 6: return object.s6;
    case 7: return object.s7;
    default: return object.more === null ? undefined : object.more[slot - OWN_SLOTS];
  }
}

/** Sets a slot. @hot attributes in tier 0 */
export function setSlotAt(object: PyInstance, slot: number, value: Maybe): void {
  switch (slot) {
    case 0: object.s0 = value; return;
    case 1: object.s1 = value; return;
    case 2: object.s2 = value; return;
    case 3: object.s3 = value; return;
    case 4: object.s4 = value; return;
    case 5: object.s5 = value; return;
    case 6: object.s6 = value; return;
    case 7: object.s7 = value; return;
    default: moreSlots(object)[slot - OWN_SLOTS] = value;
  }
}

/** The slots behind an instance's own, for one that is about to get some. */
export function moreSlots(object: PyInstance): Maybe[] {
  return (object.more ??= []);
}

/** What slots hold, from one to before another. @hot `__dict__` */
export function slotsOf(object: PyInstance, from = 0, to = slotCount(object)): Maybe[] {
  const values = repeated<Maybe>(NOTHING, to - from);
  for (let slot = from; slot < to; slot++) values[slot - from] = slotAt(object, slot);
  return values;
}

/** Slots that may hold something. */
function slotCount({ type, shape }: PyInstance): number {
  return type.memberCount + (shape === null ? 0 : shape.names.length);
}

/** Has an instance hold these values, and nothing in other slots. */
export function setSlots(object: PyInstance, values: readonly Maybe[]): void {
  clearSlots(object, values.length);
  values.forEach((value, slot) => setSlotAt(object, slot, value));
}

/** Empties the slots from one on. @hot `__dict__` */
export function clearSlots(object: PyInstance, from: number): void {
  for (let slot = from; slot < OWN_SLOTS; slot++) setSlotAt(object, slot, undefined);
  if (object.more !== null) object.more = from > OWN_SLOTS ? object.more.slice(0, from - OWN_SLOTS) : null;
}

/**
 * V8 keeps of each field of a class what kinds of values it has had, and that it has never changed, and throws compiled code away when it learns better: it is to know at once that slots hold
 * anything and change.
 */
function showFields(): void {
  for (const first of [1, 0.5, null, undefined]) {
    const object = new PyInstance(null!, null, null);
    for (const value of [first, 'text', 2, [], 1.5, undefined]) for (let slot = 0; slot < OWN_SLOTS; slot++) setSlotAt(object, slot, value as Maybe);
    for (const more of [[], null]) object.more = more;
  }
}
showFields();

/** `module`: the namespace is `dict`. */
export class PyModule extends PyObject {
  declare dict: PyDict;
  constructor(type: PyType, dict: PyDict) {
    super(type);
    this.dict = dict;
  }
}
