/** Operations on containers and iterators of one builtin type: its slot is called directly, behind one guard. */
import { quietFormOf } from '../core/quiet.ts';
import { PyType, type Slots } from '../core/type.ts';
import type { Instruction } from './bytecode-blocks.ts';
import type { Builder } from './builder.ts';
import { MANY, type Node, type State } from './ir.ts';
import { DICT, LIST, STR, TUPLE, type Kinds } from './kinds.ts';
import type { SlotCall } from './operation-constants.ts';
import { callQuietly } from './quiet-calls.ts';

/** A slot, and the operand that is known to have it. */
export interface KnownSlot {
  readonly value: Node;
  readonly call: SlotCall;
  readonly kind: Kinds;
}

const SETS: ReadonlySet<string> = new Set(['set', 'frozenset']);
/** What is iterated over without Python code. */
export const QUIET_ITERABLES: ReadonlySet<string> = new Set([...SETS, 'dict', 'dict_keys', 'dict_values', 'dict_items', 'str', 'bytes']);
/** Iterators that run no Python code and raise nothing. */
export const QUIET_ITERATORS: ReadonlySet<string> = new Set(['list_reverseiterator', 'str_iterator', 'str_ascii_iterator', 'bytes_iterator', 'permutations', 'combinations', 'combinations_with_replacement', 'product', 'repeat']);

/** Iterators that take StopIteration from those below them for their end, or have none below them. `map` and its like let one that a function raises end the loop. */
const PLAIN_ITERATORS: ReadonlySet<string> = new Set([
  'dict_keyiterator', 'dict_valueiterator', 'dict_itemiterator', 'set_iterator', 'bytearray_iterator', 'enumerate', 'zip',
  ...QUIET_ITERATORS, 'islice', 'cycle', 'pairwise', 'batched', 'zip_longest',
]);

function kindOfType(b: Builder, type: object): Kinds {
  const { types } = b.input;
  return type === types.list ? LIST : type === types.dict ? DICT : type === types.tuple ? TUPLE : type === types.str ? STR : 0;
}

/** What says whether an object is true: a slot, its length, or nothing where all are. */
export interface KnownTruth {
  readonly value: Node;
  readonly call: SlotCall | null;
  readonly isLength: boolean;
}

/** What says so for the one builtin type that an instruction has seen, with `value` guarded to be of it; null where there is none, or its truth is an operation (`passes/specialise.ts`). */
export function knownTruth(b: Builder, i: Instruction, value: Node, before: State): KnownTruth | null {
  const type = b.feedback(i)?.type ?? null;
  if (type === null || type === MANY || type.flags.heapType || kindOfType(b, type) !== 0 || type === b.input.types.float) return null;
  const { nb_bool: bool, mp_length: mapping, sq_length: sequence } = type.slots;
  const slot = bool ?? mapping ?? sequence;
  const guarded = b.guard('guard_type', [value], before, { type, version: type.version });
  return { value: guarded, call: slot === null ? null : { name: `${type.name}_truth`, slot }, isLength: bool === null };
}

/** The length of an object of the one builtin class that was seen, by the quiet form of its slot; null for others. */
export function quietLength(b: Builder, i: Instruction, value: Node, before: State): Node | null {
  const type = b.feedback(i)?.type ?? null;
  if (type === null || type === MANY || type.flags.heapType) return null;
  const slot = type.slots.mp_length ?? type.slots.sq_length;
  if (quietFormOf(slot) === undefined || b.input.isHopeless(i.at)) return null;
  return callQuietly(b, i, { implementation: slot, args: [b.guard('guard_type', [value], before, { type, version: type.version })] }, before);
}

/** Whether the one class that was seen is that of sets, or a builtin one derived from dict: its length is that of its table. */
export function isTable(b: Builder, type: PyType | typeof MANY | null): type is PyType {
  if (!(type instanceof PyType) || type.flags.heapType || type === b.input.types.dict) return false;
  return SETS.has(type.name) || type.slots.mp_length === (b.input.types.dict as PyType).slots.mp_length;
}

/** Whether the one class that was seen is derived from dict and has this method of it, which says by the class's version that it stays so. */
export function inheritsFromDict(b: Builder, type: PyType | typeof MANY | null, name: string): type is PyType {
  const dict = b.input.types.dict as PyType;
  return type instanceof PyType && type !== dict && type.mro.includes(dict) && b.input.classAttribute(type, name) === b.input.classAttribute(dict, name);
}

/** The slot of the one builtin type that an instruction has seen, with `value` guarded to be of it; null where there is none. */
export function knownSlot(b: Builder, i: Instruction, value: Node, name: keyof Slots, before: State): KnownSlot | null {
  const type = b.feedback(i)?.type ?? null;
  if (type === null || type === MANY || type.flags.heapType) return null;
  if (name === 'tp_iternext' && !PLAIN_ITERATORS.has(type.name)) return null;
  const slot = type.slots[name];
  if (slot === null) return null;
  const kind = kindOfType(b, type);
  const guarded = kind === 0 ? b.guard('guard_type', [value], before, { type, version: type.version }) : b.guardKind(value, kind, before);
  return { value: guarded, call: { name: `${type.name}_${name}`, slot }, kind };
}
