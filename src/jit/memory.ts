/**
 * What operations read of memory, and what they change, by areas: what is known of one area stays known when another is written.
 * An operation that has no row here reads everything but facts, or changes it; a call changes everything, and what makes a new object nothing.
 */
import { isAllocation, isLinkedStore, operationOf, origin, type AddedSlot, type OperationName, type PolymorphicAttribute, type TypeFact } from './operations.ts';
import { PyType } from '../core/type.ts';
import { resolve, type Node } from './ir.ts';
import { BIG, BOOL, COMPLEX, FLOAT, INT, isOfBuiltins, NONE, STR, TUPLE, within } from './kinds.ts';

/** Which array holds the items of a list. */
const ARRAY = 1;
/** Lengths of lists. */
const LENGTH = 2;
/** Items of lists. */
const CONTENT = 4;
/** Entries of dicts and sets, values of globals. */
const TABLE = 8;
/** Attributes of instances. */
const SLOT = 16;
const CELL = 32;
/** Shapes of instances. */
const SHAPE = 64;
/** Keys of the dicts of modules. */
const NAMES = 128;
/** What only calls change: classes, code, what a value's class is. */
const FACT = 256;
const ITERATOR = 512;
/** What builtin objects hold of which no operation but quiet forms knows. */
const INTERNAL = 1024;
const NOTHING = 0;
/** Whether lists keep floats raw: what looks at the items of such a list as objects makes them that, for good. */
const RAW = 2048;
/** What a call changes. */
export const EVERYTHING = 4095;
/** What an operation without a row of its own reads and changes. */
const ANYTHING = EVERYTHING & ~(SHAPE | NAMES | FACT | RAW);

type Rows = ReadonlyMap<OperationName, number>;

function rows(areas: Partial<Record<OperationName, number>>): Rows {
  return new Map(Object.entries(areas) as [OperationName, number][]);
}

const READS: Rows = rows({
  items: ARRAY, guard_raw: ARRAY | RAW, doubles_get: CONTENT, items_length: LENGTH, list_length: LENGTH, list_truth: LENGTH, items_get: CONTENT, list_item: CONTENT, list_get_double: CONTENT, items_has: LENGTH | CONTENT,
  tuple_truth: NOTHING, type_of: FACT,
  dict_truth: TABLE, dict_length: TABLE, dict_key_at: TABLE, set_key_at: TABLE, dict_value_at: TABLE, guard_no_items: TABLE, guard_names: TABLE, table_has: TABLE, set_is_only: TABLE, dict_get: TABLE, dict_find: TABLE, dict_find_known: TABLE, dict_get_or: TABLE, table_get: TABLE, table_entry: TABLE, entry_get: TABLE, entry_get_or: TABLE,
  slot_get: SLOT, poly_get: SLOT, cell_get: CELL, closure_cell: FACT, cell_of: FACT,
  guard_shape: SHAPE | FACT, guard_plain: SHAPE | FACT, guard_members: SHAPE | FACT, poly_index: SHAPE | FACT, known_kind: SHAPE | FACT, known_kinds: SHAPE | FACT, guard_table: NAMES,
  guard_type: FACT, guard_version: FACT, guard_mutable: FACT, guard_code: FACT, guard_inlined: FACT, guard_globals: FACT, guard_getter: FACT, is_caught: FACT, quiet_attr_or: SLOT | SHAPE | TABLE | FACT, quiet_has_attr: SLOT | SHAPE | TABLE | FACT,
});

const CHANGES: Rows = rows({
  items_set: CONTENT, doubles_set: CONTENT, list_set_double: CONTENT, list_append: LENGTH, list_append_double: ARRAY | LENGTH, list_pop: LENGTH | CONTENT, list_set_slice: ARRAY | LENGTH | CONTENT, list_set_part: ARRAY | LENGTH | CONTENT, list_insert: ARRAY | LENGTH | CONTENT, list_delete: LENGTH | CONTENT, list_delete_part: LENGTH | CONTENT,
  dict_delete: TABLE | NAMES, dict_set: TABLE | NAMES, set_add_quiet: TABLE, dict_set_at: TABLE | NAMES, set_add_at: TABLE, set_discard_quiet: TABLE, set_remove_quiet: TABLE, dict_set_default: TABLE | NAMES,
  slot_set: SLOT, slot_add: SLOT | SHAPE, cell_set: CELL,
  enter_inlined: NOTHING, leave_inlined: NOTHING, guard_unseen: NOTHING, caught: NOTHING, push_handled: NOTHING, pop_handled: NOTHING,
  dict_next: ITERATOR, set_next: ITERATOR, quiet_next: ITERATOR, quiet_step: ITERATOR, quiet_change: INTERNAL, range_iterator_next: ITERATOR, list_iterator_next: ITERATOR, tuple_iterator_next: ITERATOR,
});

/** The areas that an operation reads. */
export function areasRead(op: OperationName): number {
  return READS.get(op) ?? ANYTHING;
}

/** Whether an operation, of those that may be shared, depends on memory. */
export function readsMemory(node: Node): boolean {
  if (isForGood(node)) return false;
  return operationOf(node).effect === 'read' || READS.has(node.op) || READING_GUARDS.has(node.op);
}

/** Whether what is read stays as it is for good: items of tuples, and the class of an instance of a builtin class (but of a module, which may get another). */
function isForGood({ op, args, imm }: Node): boolean {
  if (op === 'items') return isTuple(args[0]!);
  if (op === 'items_length' || op === 'items_get') return args[0]!.op === 'items' && isTuple(args[0]!.args[0]!);
  if (op !== 'guard_type') return false;
  const { type } = imm as TypeFact;
  return type instanceof PyType && isOfBuiltins(type) && type.name !== 'module';
}

function isTuple({ kinds }: Node): boolean {
  return kinds !== 0 && within(kinds, TUPLE);
}

/** Guards without a row that read what any write may change. */
const READING_GUARDS: ReadonlySet<OperationName> = new Set<OperationName>(['is_instance', 'is_subclass', 'optional_truth', 'quiet_truth', 'quiet_look', 'guard_imported']);

/** Operations that look at no items of a list that may be raw, by the beginnings of their names. */
const LEAVES_RAW = /^(?:guard_|double_|complex|int_|small_|low_|number_|bool_|is_|box|unbox|slot_|cell_|closure_cell|index_|items_(?!has)|doubles_|list_(?:length|truth|item|get_double)|dict_|table_|entry_|str_|poly_|type_of|known_|is$|not$|loop_entry|safepoint|enter_inlined|leave_inlined|range_|make_(?:range|count)_|build_(?:instance|list$|tuple$))/;

/** What holds no items. */
const PLAIN = INT | BIG | BOOL | NONE | STR | FLOAT | COMPLEX;

const leavesRaw = new Map<OperationName, boolean>();

/** Whether an operation may make the items of a raw list objects. */
function mayMakeObjects({ op, args }: Node): boolean {
  if (op === 'items') return !isTuple(args[0]!);
  if (args.every(({ kinds }) => within(kinds, PLAIN))) return false;
  let leaves = leavesRaw.get(op);
  if (leaves === undefined) leavesRaw.set(op, (leaves = LEAVES_RAW.test(op)));
  return !leaves;
}

/** The areas that a node changes. */
export function areasChanged(node: Node): number {
  const areas = areasWritten(node);
  return mayMakeObjects(node) ? areas | RAW : areas;
}

/** Whether a program could see what a node changes: that the floats of a list have become objects it could not. */
export function changesValues(node: Node): boolean {
  return areasWritten(node) !== NOTHING;
}

function areasWritten(node: Node): number {
  const { effect } = operationOf(node);
  if (effect === 'call') return EVERYTHING;
  if (effect !== 'write' || isAllocation(node)) return NOTHING;
  if (node.op === 'poly_set') {
    const { caches } = node.imm as PolymorphicAttribute;
    return SLOT | (caches.some((cache) => cache.nextShape !== null) ? SHAPE : NOTHING) | (caches.some(isLinkedStore) ? TABLE : NOTHING);
  }
  return CHANGES.get(node.op) ?? ANYTHING;
}

/** Operations on an object's own memory; the object, or the array of its items, comes first. */
const HAS_OWNER: ReadonlySet<OperationName> = new Set<OperationName>([
  'items', 'guard_raw', 'doubles_get', 'doubles_set', 'items_length', 'items_get', 'items_has', 'items_set', 'list_length', 'list_truth', 'list_item', 'list_get_double', 'list_set_double', 'list_append', 'list_append_double',
  'list_pop', 'list_set_slice', 'list_set_part', 'list_insert', 'list_delete', 'list_delete_part', 'dict_delete', 'slot_get', 'slot_set', 'slot_add', 'guard_shape', 'cell_get', 'cell_set', 'dict_get', 'dict_find', 'dict_find_known', 'dict_get_or', 'dict_length', 'dict_truth', 'dict_set', 'table_has', 'set_is_only', 'set_add_quiet',
  'table_entry', 'entry_get', 'entry_get_or', 'dict_set_at', 'set_add_at', 'set_discard_quiet', 'set_remove_quiet', 'dict_set_default',
]);

/** The object whose memory an operation with these operands reads or changes, where that is one. */
function ownerOf(op: OperationName, args: readonly Node[]): Node | undefined {
  if (!HAS_OWNER.has(op)) return undefined;
  const first = madeBy(args[0]!);
  return first.op === 'items' || first.op === 'guard_raw' ? madeBy(first.args[0]!) : first;
}

/** Where a value comes from, in a graph in which nodes are being replaced. */
function madeBy(value: Node): Node {
  let node = value;
  for (;;) {
    const next = origin(resolve(node));
    if (next === node) return node;
    node = next;
  }
}

function existsBefore(value: Node): boolean {
  return value.op === 'argument' || value.op === 'const' || value.op === 'entry_slot' || value.op === 'closure_cell';
}

/** Whether two values cannot be the same object: one was made here, and the other is another one made here, or was there before. */
function areDistinct(a: Node, b: Node): boolean {
  if (a === b) return false;
  return isAllocation(a) ? isAllocation(b) || existsBefore(b) : isAllocation(b) && existsBefore(a);
}

function slotWritten(node: Node): number | null {
  if (node.op === 'slot_set') return node.imm as number;
  return node.op === 'slot_add' ? (node.imm as AddedSlot).slot : null;
}

/** Of accesses to areas that objects have each: whether it may be that a write is to what was read. */
export function mayTouch(write: Node, op: OperationName, args: readonly Node[], imm: unknown): boolean {
  const slot = slotWritten(write);
  if (slot !== null && op === 'slot_get' && imm !== slot) return false;
  const from = ownerOf(op, args);
  const to = ownerOf(write.op, write.args);
  return from === undefined || to === undefined || !areDistinct(from, to);
}
