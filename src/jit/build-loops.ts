/**
 * Iteration. Loops over dicts and sets ask their iterator for an entry, of which they take what they need. Loops over ranges, lists and tuples, and over `enumerate` and `zip` of lists and tuples, have no iterator object: it exists as its parts (`VirtualObject`), and is
 * made only when a frame is. The pairs of `enumerate` and `zip` are tuples in parts, too, until somebody wants one.
 */
import { quietNextOf } from '../core/quiet.ts';
import { PyType } from '../core/type.ts';
import { jumpTarget, type Instruction } from './bytecode-blocks.ts';
import type { Call } from './build-calls.ts';
import { iteratesGenerator } from './build-generators.ts';
import { knownSlot, QUIET_ITERABLES, QUIET_ITERATORS } from './build-slots.ts';
import type { Builder } from './builder.ts';
import { isVirtual, MANY, type Node, VirtualObject, type Slot, type State } from './ir.ts';
import type { Middle } from './operation-constants.ts';
import { FLOAT, INT, isOfBuiltins, LIST, OBJECT, TUPLE, type Kinds, VALUE } from './kinds.ts';
import { rawUnit } from './units.ts';

/** UNPACK_SEQUENCE. */
export function unpackSequence(b: Builder, i: Instruction): void {
  const before = b.before(i);
  const top = b.stack.at(-1)!;
  if (isVirtual(top) && top.virtual === 'tuple' && top.parts.length === i.oparg) {
    b.stack.pop();
    for (const part of [...top.parts].reverse()) b.push(part);
    return;
  }
  const parts = partsOfDisplay(b, i.oparg);
  for (const result of (parts ?? elements(b, i, before)).reverse()) b.push(result);
}

/** The parts of a tuple or list that was made just now for nothing but to be unpacked, taken off the stack; null for others. */
function partsOfDisplay(b: Builder, count: number): Node[] | null {
  const top = b.stack.at(-1)!;
  if (isVirtual(top) || (top.op !== 'build_tuple' && top.op !== 'build_list') || top.args.length !== count || top.block !== b.block) return null;
  // A list may change while somebody else has it.
  const isShared = (slot: Slot): boolean => slot === top || (isVirtual(slot) && slot.parts.includes(top));
  const { nodes } = b.block;
  if (top.op === 'build_list' && (b.locals.some(isShared) || b.stack.slice(0, -1).some(isShared) || nodes.slice(nodes.indexOf(top) + 1).some((node) => node.args.includes(top)))) return null;
  b.stack.pop();
  return [...top.args];
}

/** UNPACK_EX: of a list or tuple it takes the items one by one, and makes a list of those in the middle. */
export function unpackStarred(b: Builder, i: Instruction): void {
  const before = b.before(i);
  const [first, last] = [i.oparg & 255, i.oparg >> 8];
  const value = b.pop();
  const seen = value.kinds === LIST || value.kinds === TUPLE ? value.kinds : (b.feedback(i)?.right ?? 0);
  if (seen !== LIST && seen !== TUPLE) {
    const parts = b.emit('unpack_ex', [value], i.oparg);
    parts.state = b.during(i, false);
    for (let k = first + last; k >= 0; k--) b.push(b.emit('element', [parts], k));
    return;
  }
  const items = b.emit('items', [b.guardKind(value, seen, before)]);
  const length = b.emit('items_length', [items]);
  b.guard('guard_true', [b.emit('int_compare', [length, b.constant(first + last)], AT_LEAST)], before);
  for (let k = 1; k <= last; k++) b.push(b.emit('items_get', [items, b.emit('index_wrap', [b.constant(-k), length])]));
  b.push(b.emit('build_middle', [items], { first, last } satisfies Middle));
  for (let k = first - 1; k >= 0; k--) b.push(b.emit('items_get', [items, b.constant(k)]));
}

/** `>=` among the comparisons. */
const AT_LEAST = 5;

function elements(b: Builder, i: Instruction, before: State): Node[] {
  const seen = b.feedback(i)?.right ?? 0;
  let value = b.pop();
  if (value.kinds !== TUPLE && value.kinds !== LIST) {
    if (seen !== TUPLE && seen !== LIST) {
      const items = b.emit('unpack', [value], i.oparg);
      items.state = b.during(i, false);
      return Array.from({ length: i.oparg }, (_, k) => b.emit('element', [items], k));
    }
    value = b.guardKind(value, seen, before);
  }
  // The feedback is of the first item; a list whose others are no floats leaves here once or twice.
  const hasFloats = value.kinds === LIST && b.feedback(i)?.result === FLOAT;
  const items = hasFloats ? value : b.emit('items', [value]);
  const fits = b.emit('int_compare', [b.emit(hasFloats ? 'list_length' : 'items_length', [items]), b.constant(i.oparg)], 2);
  b.guard('guard_true', [fits], before);
  return Array.from({ length: i.oparg }, (_, k) => (hasFloats ? b.guard('list_get_double', [value, b.constant(k)], before) : b.emit('items_get', [items, b.constant(k)])));
}

/** GET_ITER. */
export function getIter(b: Builder, i: Instruction): void {
  const before = b.before(i);
  const top = b.stack.at(-1)!;
  if (isVirtual(top) && top.virtual !== 'tuple' && top.virtual !== 'complex') return;
  const value = b.pop();
  const seen = value.kinds === LIST || value.kinds === TUPLE ? value.kinds : (b.feedback(i)?.right ?? 0);
  if (seen === LIST || seen === TUPLE) {
    b.push(new VirtualObject('sequence', [b.guardKind(value, seen, before), b.constant(0)], [seen]));
    return;
  }
  if (isRange(b.feedback(i)?.type)) {
    b.push(iteratorOfRange(b, i, value, before));
    return;
  }
  if (iteratesGenerator(b, i, value, before)) return;
  const slot = knownSlot(b, i, value, 'tp_iter', before);
  if (slot !== null && QUIET_ITERABLES.has((b.feedback(i)!.type as PyType).name)) {
    b.push(b.emit('make_iterator', [slot.value], slot.call));
    return;
  }
  const node = slot === null ? b.emit('get_iter', [value]) : b.emit('slot_call', [slot.value], slot.call);
  node.kinds = VALUE;
  node.state = b.during(i, true);
  b.push(node);
}

/** Whether the one class that was seen is that of ranges. */
function isRange(type: PyType | typeof MANY | null | undefined): type is PyType {
  return type instanceof PyType && type.name === 'range' && isOfBuiltins(type);
}

/** The iterator of a range that is an object, in parts. */
function iteratorOfRange(b: Builder, i: Instruction, value: Node, before: State): VirtualObject {
  const type = b.feedback(i)!.type as PyType;
  const range = b.guard('guard_type', [value], before, { type, version: type.version });
  return new VirtualObject('range', ['start', 'step', 'length'].map((part) => b.guard('range_part', [range], before, part)));
}

/** `range(...)` of ints that a loop iterates over. */
export function rangeLoop(call: Call): boolean {
  const { b, before } = call;
  if (b.input.isHopeless(call.i.at)) return false;
  if (call.args.some((arg) => arg.kinds !== INT && (arg.kinds & INT) === 0)) return false;
  const ints = call.args.map((arg) => b.guardKind(arg, INT, before));
  const [start, stop, step] = ints.length === 1 ? [b.constant(0), ints[0]!, b.constant(1)] : [ints[0]!, ints[1]!, ints[2] ?? b.constant(1)];
  const isCount = step!.op === 'const' && step!.imm === 1;
  if (isCount && start!.op === 'const' && (start!.imm as number) >= 0) b.push(new VirtualObject('count', [start!, stop!]));
  else {
    const length = b.guard('range_length', [start!, stop!, step!], before);
    b.push(isCount ? new VirtualObject('count', [start!, stop!]) : new VirtualObject('range', [start!, step!, length]));
  }
  return true;
}

/** `enumerate(a)` or `zip(a, b)` of lists and tuples that a loop iterates over. */
export function pairLoop(call: Call, virtual: 'enumerate' | 'zip'): boolean {
  const { b, before, args } = call;
  const seen = b.feedback(call.i);
  if (seen === null || args.length !== (virtual === 'zip' ? 2 : 1)) return false;
  const kinds = args.map((arg, k) => (arg.kinds === LIST || arg.kinds === TUPLE ? arg.kinds : k === args.length - 1 ? seen.right : seen.left));
  if (!kinds.every((kind) => kind === LIST || kind === TUPLE)) return false;
  b.push(new VirtualObject(virtual, [...args.map((arg, k) => b.guardKind(arg, kinds[k]!, before)), b.constant(0)], kinds));
  return true;
}

/** Iterators that are stepped in place, by the names of their classes. */
const STEPPED: ReadonlyMap<string, Exclude<Node['iterator'], ''>> = new Map([['range_iterator', 'range'], ['list_iterator', 'list'], ['tuple_iterator', 'tuple']]);

/** What is stepped in place where it was at the entry, or has been the only one here. */
function steppedIterator(b: Builder, i: Instruction, iterator: Node): Node['iterator'] {
  if (iterator.iterator !== '') return iterator.iterator;
  const type = b.feedback(i)?.type;
  return type instanceof PyType && !type.flags.heapType ? STEPPED.get(type.name) ?? '' : '';
}

/** Of a loop that only looks for an item by its truth, as `any` and `all` of a generator expression do in place: the truth of the items with which it goes on. Undefined for others. */
function passedBy(b: Builder, i: Instruction): boolean | undefined {
  const test = b.following(i);
  const jump = b.following(test);
  if (test.name !== 'TO_BOOL' || (jump.name !== 'POP_JUMP_IF_TRUE' && jump.name !== 'POP_JUMP_IF_FALSE')) return undefined;
  const untaken = b.following(jump);
  const back = untaken.name === 'NOT_TAKEN' ? b.following(untaken) : untaken;
  return back.name === 'JUMP_BACKWARD' && jumpTarget(back) === i.start ? jump.name === 'POP_JUMP_IF_FALSE' : undefined;
}

/** The next item of an iterator object, unbound when it is exhausted. */
function nextItem(b: Builder, i: Instruction, iterator: Node): Node {
  const stepped = steppedIterator(b, i, iterator);
  if (stepped !== '' && !b.input.isHopeless(i.at)) {
    b.guard('guard_iterator', [iterator], b.before(i), stepped);
    return b.emit(`${stepped}_iterator_next`, [iterator]);
  }
  const slot = knownSlot(b, i, iterator, 'tp_iternext', b.before(i));
  if (slot !== null && QUIET_ITERATORS.has((b.feedback(i)!.type as PyType).name)) return b.emit('quiet_next', [slot.value], slot.call);
  const item = slot === null ? b.emit('iter_next', [iterator], passedBy(b, i)) : b.emit('slot_call', [slot.value], slot.call);
  item.state = b.during(i, false);
  return item;
}

/** Whether the items that a loop has got were floats; at the end it saw its iterator. */
function seesFloats(b: Builder, i: Instruction): boolean {
  const seen = b.feedback(i)?.result ?? 0;
  return (seen & ~OBJECT) === FLOAT;
}

function lengthOf(b: Builder, sequence: Node, kind: Kinds): Node {
  return kind === LIST ? b.emit('list_length', [sequence]) : b.emit('items_length', [b.emit('items', [sequence])]);
}

function itemOf(b: Builder, sequence: Node, kind: Kinds, index: Node): Node {
  return kind === LIST ? b.emit('list_item', [sequence, index]) : b.emit('items_get', [b.emit('items', [sequence]), index]);
}

/** FOR_ITER: goes on at `body` with the next item, at `exhausted` behind the last one. */
export function forIter(b: Builder, i: Instruction, body: number, exhausted: number): void {
  const top = b.stack.at(-1)!;
  if (isVirtual(top)) {
    // A loop of one round at most is no loop of the code: nothing jumps to its head.
    if (top.virtual === 'generator') b.jump(i.start);
    else if (top.virtual === 'range') rangeNext(b, top, body, exhausted);
    else if (top.virtual === 'count') countNext(b, top, body, exhausted);
    else if (top.virtual === 'sequence') sequenceNext(b, i, top, body, exhausted);
    else pairNext(b, top, body, exhausted);
    return;
  }
  const iteration = entryIteration(b, i);
  if (iteration !== null) {
    entryNext(b, i, iteration, body, exhausted);
    return;
  }
  if (quietNext(b, i, top, body, exhausted)) return;
  const item = nextItem(b, i, top);
  const otherwise = b.edge(exhausted);
  b.branchInto(b.emit('is_bound', [item]), otherwise);
  b.pushResult(i, item);
  b.jump(body);
}

/** The next item by the quiet form of the one slot that was seen; false where there is none, or what it left has been too much. */
function quietNext(b: Builder, i: Instruction, iterator: Node, body: number, exhausted: number): boolean {
  const type = b.feedback(i)?.type ?? null;
  if (type === null || type === MANY || type.flags.heapType || b.input.isHopeless(i.at) || steppedIterator(b, i, iterator) !== '') return false;
  const form = quietNextOf(type.slots.tp_iternext);
  if (form === undefined) return false;
  const before = b.before(i);
  const item = b.guard('quiet_step', [b.guard('guard_type', [iterator], before, { type, version: type.version })], before, form);
  const otherwise = b.edge(exhausted);
  b.branchInto(b.emit('is_item', [item]), otherwise);
  b.pushResult(i, item);
  b.jump(body);
  return true;
}

/** How an iterator of entries is stepped, and what it gives of each. */
interface EntryIteration {
  readonly next: 'dict_next' | 'set_next';
  readonly parts: readonly ('dict_key_at' | 'dict_value_at' | 'set_key_at')[];
}

const ENTRY_ITERATORS: ReadonlyMap<string, EntryIteration> = new Map<string, EntryIteration>([
  ['dict_keyiterator', { next: 'dict_next', parts: ['dict_key_at'] }], ['dict_valueiterator', { next: 'dict_next', parts: ['dict_value_at'] }],
  ['dict_itemiterator', { next: 'dict_next', parts: ['dict_key_at', 'dict_value_at'] }], ['set_iterator', { next: 'set_next', parts: ['set_key_at'] }],
]);

/** What a loop over a dict or a set does, by its iterator; null for other loops. */
function entryIteration(b: Builder, i: Instruction): EntryIteration | null {
  const type = b.feedback(i)?.type ?? null;
  return type === null || type === MANY || type.flags.heapType ? null : ENTRY_ITERATORS.get(type.name) ?? null;
}

/** The next key, value or pair of a dict, or item of a set. */
function entryNext(b: Builder, i: Instruction, { next, parts }: EntryIteration, body: number, exhausted: number): void {
  const before = b.before(i);
  const type = b.feedback(i)!.type as PyType;
  const iterator = b.guard('guard_type', [b.stack.at(-1) as Node], before, { type, version: type.version });
  const entry = b.guard(next, [iterator], before);
  const otherwise = b.edge(exhausted);
  b.branchInto(b.emit('int_compare', [entry, b.constant(0)], 5), otherwise);
  const values = parts.map((part) => b.emit(part, [iterator, entry]));
  if (values.length === 1) b.pushResult(i, values[0]!);
  else b.push(new VirtualObject('tuple', values));
  b.jump(body);
}

function rangeNext(b: Builder, top: VirtualObject, body: number, exhausted: number): void {
  const [next, step, remaining] = top.parts as [Node, Node, Node];
  const more = b.emit('int_compare', [remaining, b.constant(0)], 4);
  const otherwise = b.edge(exhausted);
  // Neither can overflow: all values of the range are safe integers.
  const following = b.emit('int_step', [next, step]);
  const left = b.emit('int_step', [remaining, b.constant(-1)]);
  b.stack[b.stack.length - 1] = new VirtualObject('range', [following, step, left]);
  b.push(next);
  b.block.end = { kind: 'branch', condition: more, then: b.edge(body), otherwise };
}

/** The next value of a range of step 1: one variable, where a range of any step has two. */
function countNext(b: Builder, top: VirtualObject, body: number, exhausted: number): void {
  const [next, stop] = top.parts as [Node, Node];
  const more = b.emit('int_compare', [next, stop], 0);
  const otherwise = b.edge(exhausted);
  b.stack[b.stack.length - 1] = new VirtualObject('count', [b.emit('int_step', [next, b.constant(1)]), stop]);
  b.push(next);
  b.block.end = { kind: 'branch', condition: more, then: b.edge(body), otherwise };
}

/** How the floats of a list are read, of what: of the array of raw ones, if all lists seen here had that. */
function floatsOf(b: Builder, i: Instruction, list: Node, before: State): { op: 'doubles_get' | 'list_get_double'; items: Node } {
  if (b.feedback(i)?.isRaw !== true) return { op: 'list_get_double', items: list };
  return { op: 'doubles_get', items: b.guard('guard_raw', [list], before.copy(before.slots, rawUnit(before.at))) };
}

function sequenceNext(b: Builder, i: Instruction, top: VirtualObject, body: number, exhausted: number): void {
  const before = b.before(i);
  const [sequence, index] = top.parts as [Node, Node];
  const storage = top.kinds[0] === LIST && seesFloats(b, i) ? floatsOf(b, i, sequence, before) : { op: 'items_get', items: b.emit('items', [sequence]) } as const;
  const more = b.emit('int_compare', [index, b.emit(storage.op === 'list_get_double' ? 'list_length' : 'items_length', [storage.items])], 0);
  const otherwise = b.edge(exhausted);
  b.branchInto(more, otherwise);
  const item = storage.op === 'list_get_double' ? b.guard(storage.op, [sequence, index], before) : b.emit(storage.op, [storage.items, index]);
  b.stack[b.stack.length - 1] = new VirtualObject('sequence', [sequence, b.emit('int_step', [index, b.constant(1)])], top.kinds);
  b.pushResult(i, item);
  b.jump(body);
}

/** The next pair of `enumerate` (the count is the index) or `zip`. */
function pairNext(b: Builder, top: VirtualObject, body: number, exhausted: number): void {
  const { kinds } = top;
  const sequences = top.parts.slice(0, -1);
  const index = top.parts.at(-1)!;
  const lengths = sequences.map((sequence, k) => lengthOf(b, sequence, kinds[k]!));
  const more = b.emit('int_compare', [index, lengths.length === 1 ? lengths[0]! : b.emit('int_min', lengths)], 0);
  const otherwise = b.edge(exhausted);
  b.branchInto(more, otherwise);
  const items = sequences.map((sequence, k) => itemOf(b, sequence, kinds[k]!, index));
  b.stack[b.stack.length - 1] = new VirtualObject(top.virtual, [...sequences, b.emit('int_step', [index, b.constant(1)])], kinds);
  b.push(new VirtualObject('tuple', top.virtual === 'enumerate' ? [index, ...items] : items));
  b.jump(body);
}
