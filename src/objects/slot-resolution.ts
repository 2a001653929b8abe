/** Which functions fill a class's slots: those of its bases, or calls of the special methods that its MRO finds (Objects/typeobject.c, slotdefs). */
import { PyBuiltinFunction, PyWrapperDescriptor } from '../core/native.ts';
import { PyType, type Slots } from '../core/type.ts';
import { typeLookup } from './attributes.ts';
import { HASH_NOT_IMPLEMENTED } from './hash-value.ts';
import { tableKeys } from './hash-table.ts';
import { SLOT_TABLE, type SlotRow } from './slots.ts';
import { isSubtype } from './type-of.ts';
import { onTypeModified } from './type-version.ts';

const ROWS_BY_NAME = new Map<string, SlotRow[]>();
for (const row of SLOT_TABLE) {
  for (const name of row.names) ROWS_BY_NAME.set(name, [...(ROWS_BY_NAME.get(name) ?? []), row]);
}

/** Whether `name` is a special method that fills a slot. */
export function isSlotName(name: string): boolean {
  return ROWS_BY_NAME.has(name);
}

/** What one special method, found under `name`, contributes to a slot: a function to inherit directly, `generic` for "call the method", or nothing. */
function contribution(type: PyType, name: string, row: SlotRow): Slots[keyof Slots] | 'generic' | undefined {
  const attribute = typeLookup(type, name);
  if (attribute === undefined) return undefined;
  if (row.slot === 'tp_hash' && attribute === null) return HASH_NOT_IMPLEMENTED;
  if (attribute instanceof PyWrapperDescriptor) {
    // `__str__ = int.__repr__`, `__lt__ = int.__gt__` and wrappers of unrelated types go through the method, as in update_one_slot.
    return attribute.wrapper.name === name && isSubtype(type, attribute.owner) ? attribute.owner.slots[row.slot] : 'generic';
  }
  if (attribute instanceof PyBuiltinFunction && row.slot === 'tp_new' && attribute.self instanceof PyType && attribute.definition.name === '__new__') {
    return attribute.self.slots.tp_new;
  }
  return 'generic';
}

/** The slot's function for a class, from the special methods that its MRO finds. */
function resolveSlot(type: PyType, row: SlotRow): Slots[keyof Slots] {
  let direct: Slots[keyof Slots] = null;
  for (const name of row.names) {
    const part = contribution(type, name, row);
    if (part === undefined || part === null) continue;
    if (part === 'generic' || (direct !== null && direct !== part)) {
      return row.user ?? type.base?.slots[row.slot] ?? null;
    }
    direct = part;
  }
  return direct;
}

function assignSlot(type: PyType, row: SlotRow): void {
  // The row pairs a slot's name with functions of that slot's type; TypeScript cannot follow the pairing through the table.
  (type.slots as unknown as Record<string, unknown>)[row.slot] = resolveSlot(type, row);
}

/** Whether a class finds in its MRO what its base finds, but for what its own namespace holds. */
function extendsOneMro(type: PyType, base: PyType): boolean {
  return type.mro.length === base.mro.length + 1 && base.mro.every((other, i) => other === type.mro[i + 1]);
}

/** Fills all slots of a class made by Python code: those of its only base, and those whose special methods it defines. */
export function resolveAllSlots(type: PyType): void {
  const { base } = type;
  if (base === null || !extendsOneMro(type, base)) {
    for (const row of SLOT_TABLE) assignSlot(type, row);
    return;
  }
  type.slots = { ...base.slots };
  for (const name of tableKeys(type.attributes.table)) {
    const rows = typeof name === 'string' ? ROWS_BY_NAME.get(name) : undefined;
    if (rows !== undefined) for (const row of rows) assignSlot(type, row);
  }
}

/** A special method of `type` changed: fills the slots it stands for again, in the type and in its subclasses. */
export function updateSlotsOf(type: PyType, name: string): void {
  const rows = ROWS_BY_NAME.get(name);
  if (rows === undefined || !type.flags.heapType) return;
  for (const row of rows) assignSlot(type, row);
  for (const reference of type.subclasses) {
    const subclass = reference.deref();
    if (subclass !== undefined) updateSlotsOf(subclass, name);
  }
}

onTypeModified(updateSlotsOf);
