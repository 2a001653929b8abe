/** Operations that run no Python code and look at no frame for what was seen: no record is written for them, and nothing that is known is forgotten. */
import { findHandler } from '../bytecode/exception-table.ts';
import { PyTuple } from '../core/containers.ts';
import { PySlice } from '../core/range.ts';
import { PyBuiltinFunction } from '../core/native.ts';
import { PyType } from '../core/type.ts';
import type { Value } from '../core/value.ts';
import type { Instruction } from './bytecode-blocks.ts';
import type { Call } from './build-calls.ts';
import { handlerAt } from './build-handlers.ts';
import { inheritsFromDict } from './build-slots.ts';
import type { Builder } from './builder.ts';
import { isVirtual, type Node, type State } from './ir.ts';
import { BOOL, DICT, INT, isOfBuiltins, LIST, NONE, OBJECT, STR, TUPLE, type Kinds } from './kinds.ts';

const SIMPLE = STR | INT | BOOL | NONE | TUPLE;

/** Whether keys of these kinds are found without Python code; an object with `__eq__`, or a tuple of such, leaves. */
export function isQuietKey(seen: Kinds): boolean {
  return seen !== 0 && ((seen & ~SIMPLE) === 0 || seen === OBJECT);
}

/** Whether a handler covers an instruction that exceptions have come to, as far as that is known: they may be all in a day's work. */
export function isGuarded({ input }: Builder, i: Instruction): boolean {
  if (input.hasHandlers && !input.begins) return handlerAt(input, i.next - 1) !== null;
  return findHandler(input.code.handlers ??= input.code.code.handlers, i.start) >= 0;
}

/** CONTAINS_OP in a builtin set, dict or str; null where others were seen. */
export function quietContains(b: Builder, i: Instruction, container: Node, item: Node, before: State): Node | null {
  const seen = b.feedback(i);
  const { types } = b.input;
  if (seen === null) return null;
  if (seen.type === types.str) {
    if (seen.left !== STR) return null;
    return b.emit('str_contains', [b.guardKind(container, STR, before), b.guardKind(item, STR, before)]);
  }
  const sequence = seen.type === types.list ? LIST : seen.type === types.tuple ? TUPLE : 0;
  if (sequence !== 0) {
    if (seen.left !== INT && seen.left !== STR) return null;
    return b.guard('items_has', [b.emit('items', [b.guardKind(container, sequence, before)]), b.guardKind(item, seen.left, before)], before);
  }
  if (!(seen.type instanceof PyType) || !isQuietKey(seen.left)) return null;
  if (seen.type === types.dict) return b.guard('table_has', [b.guardKind(container, DICT, before), item], before);
  const isSet = seen.type.name === 'set' || seen.type.name === 'frozenset';
  if ((seen.type.flags.heapType || !isSet) && !inheritsFromDict(b, seen.type, '__contains__')) return null;
  const set = container.op === 'const' ? container : b.guard('guard_type', [container], before, { type: seen.type, version: seen.type.version });
  return b.guard('table_has', [set, item], before);
}

const LIST_SLICE = { kind: LIST, op: 'build_list_slice' } as const;
const TUPLE_SLICE = { kind: TUPLE, op: 'build_tuple_slice' } as const;

/** BINARY_SLICE: of a str, a list or a tuple where its bounds are ints or None. */
export function binarySlice(b: Builder, i: Instruction): void {
  const before = b.before(i);
  const [container, start, stop] = b.popMany(3) as [Node, Node, Node];
  const seen = b.feedback(i);
  const isBound = (kinds: Kinds): boolean => kinds === INT || kinds === NONE;
  const form = seen === null ? undefined : seen.type === b.input.types.list ? LIST_SLICE : seen.type === b.input.types.tuple ? TUPLE_SLICE : undefined;
  if (form !== undefined && isBound(seen!.left) && isBound(seen!.right)) {
    b.push(b.emit(form.op, [b.guardKind(container, form.kind, before), b.guardKind(start, seen!.left, before), b.guardKind(stop, seen!.right, before)]));
    return;
  }
  if (seen !== null && seen.type === b.input.types.str && isBound(seen.left) && isBound(seen.right)) {
    b.push(b.emit('str_slice', [b.guardKind(container, STR, before), b.guardKind(start, seen.left, before), b.guardKind(stop, seen.right, before)]));
    return;
  }
  const node = b.emit('get_slice', [container, start, stop]);
  node.state = b.during(i, true);
  b.pushResult(i, node);
}

/** The parts of a slice that is written where it is used, and its step; null where it is something else. */
function sliceParts(b: Builder, key: Node): { readonly start: Node; readonly stop: Node; readonly step: number } | null {
  const constant = key.op === 'const' && key.imm instanceof PySlice ? key.imm : null;
  if (constant === null && key.op !== 'build_slice') return null;
  const [start, stop, step] = constant !== null ? [constant.start, constant.stop, constant.step].map((part) => b.constant(part)) : key.args;
  if (step!.op !== 'const' || !(step!.imm === null || (typeof step!.imm === 'number' && step!.imm !== 0))) return null;
  return { start: start!, stop: stop!, step: step!.imm ?? 1 };
}

/** `sequence[start:stop:step]` of an exact list, tuple or str, instead of BINARY_OP. False where it is something else. */
export function stepsOf(b: Builder, i: Instruction, container: Node, key: Node, before: State): boolean {
  const seen = b.feedback(i)?.left ?? 0;
  const op = seen === LIST ? 'build_list_steps' : seen === TUPLE ? 'build_tuple_steps' : seen === STR ? 'str_steps' : null;
  const parts = op === null ? null : sliceParts(b, key);
  if (op === null || parts === null) return false;
  b.stack.length -= 2;
  b.push(b.guard(op, [b.guardKind(container, seen, before), parts.start, parts.stop], before, parts.step));
  return true;
}

/** STORE_SLICE: what has been a list in a list. False where it is something else; the operands are popped by the caller. */
export function storeListSlice(b: Builder, i: Instruction, { value, container, start, stop }: Readonly<Record<'value' | 'container' | 'start' | 'stop', Node>>, before: State): boolean {
  const seen = b.feedback(i);
  if (seen === null || seen.result !== LIST || seen.type !== b.input.types.list) return false;
  b.guard('list_set_slice', [b.guardKind(container, LIST, before), start, stop, b.guardKind(value, LIST, before)], before);
  return true;
}

/** Builtin containers whose items lie at hand. */
const CONTAINERS: ReadonlySet<string> = new Set(['list', 'tuple', 'dict', 'set', 'frozenset', 'dict_keys', 'dict_values', 'dict_items']);

/** A call of a builtin container class with a container that has been of a builtin class. False where it is something else. */
export function copyContainer(b: Builder, i: Instruction, type: PyType, source: Node, before: State): boolean {
  const seen = b.feedback(i)?.type;
  if (!(seen instanceof PyType) || !isOfBuiltins(seen) || !CONTAINERS.has(seen.name)) return false;
  const ofItems = type === b.input.types.list || type === b.input.types.tuple;
  const isTable = type === b.input.types.dict ? seen === type : seen.name === 'set' || seen.name === 'frozenset';
  if (!ofItems && !isTable) return false;
  const copy = b.guard('build_copy', [source], before, type);
  copy.kinds = type === b.input.types.list ? LIST : type === b.input.types.tuple ? TUPLE : type === b.input.types.dict ? DICT : OBJECT;
  b.push(copy);
  return true;
}

/** DELETE_SUBSCR of a list or a dict, of what is there. False where it is something else; the operands are popped by the caller. */
export function deleteQuietly(b: Builder, i: Instruction, container: Node, key: Node, before: State): boolean {
  const seen = b.feedback(i);
  const { list, dict } = b.input.types;
  if (seen === null || isGuarded(b, i)) return false;
  const parts = seen.type === list ? sliceParts(b, key) : null;
  if (parts !== null && parts.step === 1) b.guard('list_delete_part', [b.guardKind(container, LIST, before), parts.start, parts.stop], before);
  else if (seen.type === list && seen.right === INT) b.guard('list_delete', [b.guardKind(container, LIST, before), b.guardKind(key, INT, before)], before);
  else if (seen.type === dict && isQuietKey(seen.right)) b.guard('dict_delete', [b.guardKind(container, DICT, before), key], before);
  else return false;
  return true;
}

/** Classes whose metaclass is `type` itself: it has no `__instancecheck__` of a program. */
function isPlainClass(value: unknown): boolean {
  return value instanceof PyType && value.type.type === value.type;
}

const CLASS_TESTS: ReadonlySet<string> = new Set(['isinstance', 'issubclass']);

function isClassTest(value: Value | undefined): boolean {
  return value instanceof PyBuiltinFunction && value.moduleName === 'builtins' && !value.bound && CLASS_TESTS.has(value.definition.name);
}

/** BUILD_TUPLE of classes for an `isinstance` that follows, which nobody else sees: made once. False where it is another. */
export function classTuple(b: Builder, i: Instruction): boolean {
  const following = b.following(i);
  const callee = b.stack[b.stack.length - i.oparg - 3];
  if (following.name !== 'CALL' || following.oparg !== 2 || callee === undefined || isVirtual(callee) || callee.op !== 'const' || !isClassTest(callee.imm as Value)) return false;
  const items = b.stack.slice(b.stack.length - i.oparg);
  if (!items.every((item) => !isVirtual(item) && item.op === 'const' && isPlainClass(item.imm))) return false;
  b.stack.length -= i.oparg;
  b.push(b.constant(new PyTuple(b.input.types.tuple as PyType, items.map((item) => (item as Node).imm as Value))));
  return true;
}

/** `isinstance` and `issubclass` of a known class, or of known ones. */
export function quietClassTest(call: Call, builtin: string): boolean {
  const { b, i, args } = call;
  if (!CLASS_TESTS.has(builtin) || args.length !== 2 || b.input.isHopeless(i.at)) return false;
  const [object, cls] = args as [Node, Node];
  if (cls.op !== 'const' || !(isPlainClass(cls.imm) || (cls.imm instanceof PyTuple && cls.imm.items.every(isPlainClass)))) return false;
  b.push(b.guard(builtin === 'isinstance' ? 'is_instance' : 'is_subclass', [object, cls], call.before));
  return true;
}
