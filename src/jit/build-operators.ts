/** Operators, comparisons, subscriptions, `in` and truth: by what was seen of their operands. */
import { NB } from '../bytecode/operands.ts';
import { OperatorSite, type OperatorEntry } from '../core/inline-cache.ts';
import { quietFormOf } from '../core/quiet.ts';
import { EQ, NE, PyType } from '../core/type.ts';
import type { Instruction } from './bytecode-blocks.ts';
import { deleteQuietly, isGuarded, isQuietKey, quietContains, stepsOf } from './build-quiet.ts';
import { canMiss, raiseNew } from './build-handlers.ts';
import { inheritsFromDict, isTable, knownSlot, knownTruth } from './build-slots.ts';
import { callSpecial, isAlwaysTrue, truthOfInstance } from './build-special.ts';
import type { Builder } from './builder.ts';
import { MANY, Node, type State } from './ir.ts';
import { BIG, BOOL, DICT, FLOAT, INT, LIST, NONE, NUMBER, OBJECT, STR, TUPLE, VALUE, type Kinds } from './kinds.ts';
import type { OptionalValue, SlotCall } from './operation-constants.ts';
import { canGuard, hasFullness, type KnownOperator, type OperationName } from './operations.ts';
import { callQuietly } from './quiet-calls.ts';
import { secondUnit } from './units.ts';

/** What an instruction means. */
export type Handler = (b: Builder, i: Instruction) => void;

/** An operation that pops its operands, may do anything, and pushes one result. */
export function general(op: OperationName, count: number, imm?: (i: Instruction) => unknown): Handler {
  return (b, i) => {
    const before = b.before(i);
    const args = b.popMany(count);
    const node = b.emit(op, args, imm?.(i));
    node.before = before;
    node.state = b.during(i, true);
    node.feedback = b.feedback(i);
    node.isGeneral = b.input.isHopeless(i.at);
    b.pushResult(i, node);
  };
}

/** Whether what is known of an operator holds still, and is more than that the slots are to be asked. */
function isUsable({ left, leftVersion, right, rightVersion, func, native }: OperatorEntry): boolean {
  return left.version === leftVersion && right.version === rightVersion && (func === null ? native !== null : func.code.ownEntries === 0);
}

/** Whether one guard can check that values are of the class that was seen. */
function canGuardClass(seen: Kinds): boolean {
  return seen === OBJECT || canGuard(seen);
}

function guardClass(b: Builder, value: Node, seen: Kinds, type: PyType, before: State): Node {
  return seen === OBJECT ? b.guard('guard_type', [value], before, { type, version: type.version }) : b.guardKind(value, seen, before);
}

/** An operator of a builtin class by the quiet form of its slot; null where there is none. */
function quietOperator(b: Builder, i: Instruction, { left, right, func, native }: OperatorEntry, args: readonly Node[], { comparison, isCondition }: { comparison: number; isCondition: boolean }, before: State): Node | null {
  if (func !== null || (comparison >= 0 && left !== right)) return null;
  const implementation = comparison < 0 ? native : left.slots.tp_richcompare;
  if (isCondition && quietFormOf(implementation)?.result !== 'bool') return null;
  return callQuietly(b, i, { implementation, args, comparison }, before);
}

/** An operator that has seen instances: whether its method is called. */
function operatorCall(b: Builder, i: Instruction, operand: number, form: 'operator' | 'comparison' | 'condition'): boolean {
  const isComparison = form !== 'operator';
  const isCondition = form === 'condition';
  const seen = b.input.feedbackAt(i.at);
  const kinds = isComparison || operand !== NB.SUBSCR ? (seen?.left ?? 0) | (seen?.right ?? 0) : (seen?.left ?? 0);
  if ((kinds & OBJECT) === 0) return false;
  const before = b.before(i);
  let right = b.pop();
  let left = b.pop();
  const site = new OperatorSite(operand, isComparison);
  const entry = b.feedback(i)?.operator ?? null;
  const isKnown = entry !== null && entry !== MANY && isUsable(entry) && canGuardClass(seen!.left) && canGuardClass(seen!.right);
  if (isKnown) {
    entry.func?.code.expectBound();
    left = guardClass(b, left, seen!.left, entry.left, before);
    right = guardClass(b, right, seen!.right, entry.right, before);
  }
  const quiet = isKnown ? quietOperator(b, i, entry, [left, right], { comparison: isComparison ? operand : -1, isCondition }, before) : null;
  if (quiet !== null) {
    b.pushResult(i, quiet);
    return true;
  }
  const node = isKnown ? b.emit(isCondition ? 'call_condition_known' : 'call_operator_known', [left, right], { site, entry } satisfies KnownOperator)
    : b.emit(isCondition ? 'call_condition' : 'call_operator', [left, right], site);
  if (isKnown) b.allowInlining(i, node, before);
  node.state = b.during(i, true);
  if (isCondition) b.push(node);
  else b.pushResult(i, node);
  return true;
}

/** What a sequence says of an index that is out of range, by its kind. */
const OUT_OF_RANGE: ReadonlyMap<Kinds, string> = new Map([[LIST, 'list index out of range'], [TUPLE, 'tuple index out of range'], [STR, 'string index out of range']]);

/**
 * An item of a list or tuple, or a character, at whose instruction guards have failed: an index that is out of range raises in the graph, so that a handler in the code gets the exception, or is
 * come to without one. False where they have failed for another reason.
 */
function itemOrRaise(b: Builder, i: Instruction): boolean {
  const seen = b.input.feedbackAt(i.at);
  const unit = secondUnit(i.at);
  const text = seen === null || seen.right !== INT ? undefined : OUT_OF_RANGE.get(seen.left);
  if (text === undefined || !b.input.isHopeless(i.at) || b.input.isHopeless(unit)) return false;
  const kind = seen!.left;
  const first = b.before(i);
  const before = first.copy(first.slots, unit);
  const [container, key] = b.popMany(2) as [Node, Node];
  const sequence = b.guardKind(container, kind, before);
  const index = b.guardKind(key, INT, before);
  const raises = (isFound: Node): void => {
    const absent = b.newBlock();
    b.branchInto(isFound, { target: absent, args: [] });
    const present = b.block;
    b.block = absent;
    raiseNew(b, i, b.input.types.indexError, text, before);
    b.block = present;
  };
  b.push(kind === STR ? characterOf(b, sequence, index, before, raises) : itemOf(b, sequence, index, { kind, isFloat: seen!.result === FLOAT }, before, raises));
  return true;
}

function characterOf(b: Builder, text: Node, index: Node, before: State, raisesUnless: (isFound: Node) => void): Node {
  const found = b.emit('str_find', [text, index]);
  raisesUnless(b.emit('is_bound', [found]));
  return b.guard('guard_bound', [found], before);
}

function itemOf(b: Builder, sequence: Node, index: Node, { kind, isFloat }: { kind: Kinds; isFloat: boolean }, before: State, raisesUnless: (isFound: Node) => void): Node {
  // Items of a list are not asked for where it may keep floats raw.
  const length = kind === LIST ? b.emit('list_length', [sequence]) : b.emit('items_length', [b.emit('items', [sequence])]);
  const at = b.emit('index_wrap', [index, length]);
  raisesUnless(b.emit('index_is_within', [at, length]));
  return kind === LIST && isFloat ? b.guard('list_get_double', [sequence, at], before) : b.emit('items_get', [b.emit('items', [sequence]), at]);
}

/** `container[key]`: items of lists and tuples and characters are read in place (`passes/specialise.ts`). */
function subscript(b: Builder, i: Instruction): void {
  if (itemOrRaise(b, i)) return;
  const seen = b.feedback(i);
  const isElement = seen !== null && (seen.left === LIST || seen.left === TUPLE || seen.left === STR) && seen.right === INT;
  const before = b.before(i);
  const [container, key] = b.stack.slice(-2).map((slot) => b.asNode(slot)) as [Node, Node];
  if (stepsOf(b, i, container, key, before)) return;
  const slot = isElement ? null : knownSlot(b, i, container, 'mp_subscript', before);
  if (slot === null) {
    general('get_item', 2)(b, i);
    return;
  }
  b.stack.length -= 2;
  if (slot.kind === DICT && isQuietKey(seen!.right) && !isGuarded(b, i)) {
    b.pushResult(i, b.guard('dict_get', [slot.value, key], before));
    return;
  }
  const quiet = slot.kind === DICT ? null : callQuietly(b, i, { implementation: slot.call.slot, args: [slot.value, key] }, before);
  if (quiet !== null) {
    b.pushResult(i, quiet);
    return;
  }
  const node = slot.kind === DICT ? b.emit('dict_get_item', [slot.value, key]) : b.emit('slot_call', [slot.value, key], slot.call);
  node.kinds = VALUE;
  node.state = b.during(i, true);
  if (slot.kind === DICT && isQuietKey(seen!.right)) canMiss(node, b.input.types.keyError, before);
  b.pushResult(i, node);
}

/**
 * `mapping[key]` of the one class seen, where it is derived from dict and has its subscriptions. A key that is not there is nothing unusual where the class has a `__missing__`: what finds it is
 * called then, and only then. False for others.
 */
function itemOfMapping(b: Builder, i: Instruction): boolean {
  const seen = b.feedback(i);
  if (seen === null || !isQuietKey(seen.right) || isGuarded(b, i) || !inheritsFromDict(b, seen.type, '__getitem__')) return false;
  const { type } = seen;
  const before = b.before(i);
  const [container, key] = b.popMany(2) as [Node, Node];
  const mapping = b.guard('guard_type', [container], before, { type, version: type.version });
  if ((b.input.classAttribute(type, '__missing__') ?? null) === null) b.pushResult(i, b.guard('dict_get', [mapping, key], before));
  else b.pushResult(i, itemOrMissing(b, i, type, mapping, key, before));
  return true;
}

function itemOrMissing(b: Builder, i: Instruction, type: PyType, mapping: Node, key: Node, before: State): Node {
  const found = b.emit('dict_find_known', [mapping, key]);
  const [joined, absent] = [b.newBlock(), b.newBlock()];
  const value = new Node('param', []);
  value.kinds = VALUE;
  value.block = joined;
  joined.params.push(value);
  b.branchInto(b.emit('is_bound', [found]), { target: absent, args: [] });
  b.block.end = { kind: 'jump', target: { target: joined, args: [b.guard('guard_bound', [found], before)] } };
  b.block = absent;
  const made = b.emit('slot_call', [mapping, key], { name: `${type.name}_mp_subscript`, slot: type.slots.mp_subscript! } satisfies SlotCall);
  made.kinds = VALUE;
  made.state = b.during(i, true);
  b.block.end = { kind: 'jump', target: { target: joined, args: [made] } };
  b.block = joined;
  return value;
}

/** BINARY_OP. */
export function binaryOp(b: Builder, i: Instruction): void {
  if (i.oparg === NB.SUBSCR && itemOfMapping(b, i)) return;
  if (operatorCall(b, i, i.oparg, 'operator')) return;
  if (i.oparg === NB.SUBSCR) subscript(b, i);
  else general('binary', 2, () => i.oparg)(b, i);
}

/** Values of which no Python code is asked when they are compared. */
const COMPARED = INT | BIG | BOOL | NONE | STR | FLOAT;

/** Whether the comparison of values of these kinds is an operation (`passes/specialise.ts`), or nothing has been seen. */
function isOperation(left: Kinds, right: Kinds, op: number): boolean {
  if (left === 0 || right === 0 || ((left | right) & ~(NUMBER | BOOL)) === 0) return true;
  return left === STR && right === STR && (op === EQ || op === NE);
}

/** A comparison of values of several kinds, or of strs by their order; false for others. */
function quietComparison(b: Builder, i: Instruction): boolean {
  const seen = b.feedback(i);
  const op = i.oparg >> 5;
  const unit = secondUnit(i.at);
  if (b.input.isHopeless(unit) || (seen === null && !b.input.isHopeless(i.at))) return false;
  if (seen !== null && (((seen.left | seen.right) & ~COMPARED) !== 0 || isOperation(seen.left, seen.right, op))) return false;
  const before = b.before(i);
  b.push(b.guard('quiet_compare', b.popMany(2), before.copy(before.slots, unit), op));
  return true;
}

/** COMPARE_OP. */
export function compareOp(b: Builder, i: Instruction): void {
  const isCondition = (i.oparg & 16) !== 0;
  if (operatorCall(b, i, i.oparg >> 5, isCondition ? 'condition' : 'comparison')) return;
  if (quietComparison(b, i)) return;
  general(isCondition ? 'compare_bool' : 'compare', 2, () => i.oparg >> 5)(b, i);
}

/** CONTAINS_OP. */
export function containsOp(b: Builder, i: Instruction): void {
  const before = b.before(i);
  const container = b.pop();
  const item = b.pop();
  const quiet = quietContains(b, i, container, item, before);
  if (quiet !== null) {
    b.push(i.oparg === 0 ? quiet : b.emit('not', [quiet]));
    return;
  }
  const special = callSpecial(b, i, { self: container, others: [item], name: '__contains__', then: i.oparg === 0 ? 'conditionBy' : 'excludedBy' }, before);
  if (special !== null) {
    special.kinds = BOOL;
    b.push(special);
    return;
  }
  const slot = knownSlot(b, i, container, 'sq_contains', before);
  const looked = slot === null ? null : callQuietly(b, i, { implementation: slot.call.slot, args: [slot.value, item] }, before);
  if (looked !== null) {
    b.push(i.oparg === 0 ? looked : b.emit('not', [looked]));
    return;
  }
  const node = slot === null ? b.emit('contains', [container, item]) : b.emit('slot_call', [slot.value, item], slot.call);
  node.kinds = BOOL;
  node.state = b.during(i, true);
  b.push(i.oparg === 0 ? node : b.emit('not', [node]));
}

/** The truth of an object of the one builtin type that was seen: what its slot says, its length, or just true. */
function objectTruth(b: Builder, i: Instruction, value: Node, before: State): boolean {
  const slot = knownTruth(b, i, value, before);
  if (slot === null) return false;
  if (slot.call === null) {
    b.push(b.constant(true));
    return true;
  }
  if (isTable(b, b.feedback(i)!.type)) {
    b.push(b.emit('dict_truth', [slot.value]));
    return true;
  }
  const quiet = callQuietly(b, i, { implementation: slot.call.slot, args: [slot.value] }, before);
  if (quiet !== null) {
    b.push(slot.isLength ? b.emit('int_truth', [quiet]) : quiet);
    return true;
  }
  const node = b.emit(slot.isLength ? 'slot_truth' : 'slot_call', [slot.value], slot.call);
  node.kinds = BOOL;
  node.state = b.during(i, true);
  b.push(node);
  return true;
}

/** The truth of what has been None or of one kind, or None or an instance of one class all of which are true; null for others. */
function optionalTruth(b: Builder, i: Instruction, value: Node, before: State): Node | null {
  const { right, type } = b.feedback(i)!;
  const kind = right & ~NONE;
  if (hasFullness(kind)) return b.guard('optional_truth', [value], before, { kind, type: null, version: 0 } satisfies OptionalValue);
  if (kind !== OBJECT || type === null || type === MANY || !isAlwaysTrue(b, type)) return null;
  return b.guard('optional_truth', [value], before, { kind, type, version: type.version } satisfies OptionalValue);
}

/** TO_BOOL. */
export function toBool(b: Builder, i: Instruction): void {
  const before = b.before(i);
  const value = b.pop();
  if (value.kinds === BOOL) {
    b.push(value);
    return;
  }
  const mayBeNone = ((b.feedback(i)?.right ?? 0) & value.kinds & NONE) !== 0;
  if (!mayBeNone && objectTruth(b, i, value, before)) return;
  const known = mayBeNone ? optionalTruth(b, i, value, before) : truthOfInstance(b, i, value, before);
  if (known !== null) {
    b.push(known);
    return;
  }
  const unit = secondUnit(i.at);
  if (b.input.isHopeless(i.at) && !b.input.isHopeless(unit)) {
    b.push(b.guard('quiet_truth', [value], before.copy(before.slots, unit)));
    return;
  }
  const node = b.emit('truth', [value]);
  node.before = before;
  node.state = b.during(i, true);
  node.feedback = b.feedback(i);
  b.push(node);
}

/** STORE_SUBSCR. */
export function storeSubscr(b: Builder, i: Instruction): void {
  const before = b.before(i);
  const key = b.pop();
  const container = b.pop();
  const value = b.pop();
  const seen = b.feedback(i);
  if (callSpecial(b, i, { self: container, others: [key, value], name: '__setitem__', then: 'storedBy' }, before) !== null) return;
  if (seen !== null && isQuietKey(seen.right) && inheritsFromDict(b, seen.type, '__setitem__')) {
    const mapping = b.guard('guard_type', [container], before, { type: seen.type, version: seen.type.version });
    b.guard('dict_set', [mapping, key, value], before);
    return;
  }
  const slot = seen !== null && seen.left === LIST && seen.right === INT ? null : knownSlot(b, i, container, 'mp_ass_subscript', before);
  if (slot !== null && slot.kind === DICT && isQuietKey(seen!.right)) {
    b.guard('dict_set', [slot.value, key, value], before);
    return;
  }
  if (slot !== null) {
    b.emit('slot_call', [slot.value, key, value], slot.call).state = b.during(i, false);
    return;
  }
  const node = b.emit('set_item', [container, key, value]);
  node.before = before;
  node.state = b.during(i, false);
  node.feedback = seen;
  node.isGeneral = b.input.isHopeless(i.at);
}

/** DELETE_SUBSCR. */
export function deleteSubscr(b: Builder, i: Instruction): void {
  const before = b.before(i);
  const key = b.pop();
  const container = b.pop();
  if (callSpecial(b, i, { self: container, others: [key], name: '__delitem__', then: 'storedBy' }, before) !== null) return;
  if (deleteQuietly(b, i, container, key, before)) return;
  b.emit('delete_item', [container, key]).state = b.during(i, false);
}
