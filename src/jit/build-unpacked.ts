/**
 * Calls with `*args` and `**kwargs`. Where the arguments are written there, or come from a tuple, and nothing comes from `**kwargs`, the list, the tuple and the dict of the bytecode are
 * not made: only the frame of an exit may have to have them (`emit/sunk.ts`).
 */
import { INTRINSIC } from '../bytecode/operands.ts';
import { PyTuple } from '../core/containers.ts';
import { PyMethodDescriptor } from '../core/native.ts';
import { EQ } from '../core/type.ts';
import type { Value } from '../core/value.ts';
import { boundTarget, callGeneral, callSeen, finish, type Call } from './build-calls.ts';
import type { Builder } from './builder.ts';
import type { Instruction } from './bytecode-blocks.ts';
import { isVirtual, type Node, type State } from './ir.ts';
import { DICT, LIST, TUPLE, type Kinds } from './kinds.ts';
import type { SpreadNativeCall } from './operation-constants.ts';

/** Dicts of more names have an index. */
const MAX_NAMES = 6;

/** BUILD_MAP of names that are written there. False where keys are something else. */
export function buildNamedMap(b: Builder, i: Instruction): boolean {
  const keys = Array.from({ length: i.oparg }, (_, k) => b.stack[b.stack.length - 2 * (i.oparg - k)]!);
  const names = keys.map((key) => (!isVirtual(key) && key.op === 'const' && typeof key.imm === 'string' ? key.imm : null));
  if (i.oparg > MAX_NAMES || names.includes(null) || new Set(names).size !== names.length) return false;
  const values = b.popMany(2 * i.oparg).filter((_node, k) => k % 2 === 1);
  b.push(b.emit('build_keywords', values, names));
  return true;
}

/** The items of a list or tuple, as many as were always seen at an instruction, behind guards; null where that is not known. */
function itemsSeen(b: Builder, i: Instruction, sequence: Node, kinds: Kinds, before: State): Node[] | null {
  const count = b.feedback(i)?.unpacked;
  if (typeof count !== 'number' || (kinds !== LIST && kinds !== TUPLE)) return null;
  const known = b.guardKind(sequence, kinds, before);
  const isList = kinds === LIST;
  // Items of a list are not asked for: they would be made of raw floats, for good.
  const items = isList ? known : b.emit('items', [known]);
  const length = b.emit(isList ? 'list_length' : 'items_length', [items]);
  b.guard('guard_true', [b.emit('int_compare', [length, b.constant(count)], EQ)], before);
  return Array.from({ length: count }, (_, k) => b.emit(isList ? 'list_item' : 'items_get', [items, b.constant(k)]));
}

/** LIST_EXTEND of a display of which nobody knows yet, by as many items as were always seen: a display of more items. False where it is something else. */
export function extendDisplay(b: Builder, i: Instruction): boolean {
  const list = b.stack[b.stack.length - 2];
  if (i.oparg !== 1 || list === undefined || isVirtual(list) || list.op !== 'build_list' || b.extended.has(list)) return false;
  const before = b.before(i);
  const sequence = b.pop();
  const items = itemsSeen(b, i, sequence, sequence.kinds === LIST || sequence.kinds === TUPLE ? sequence.kinds : (b.feedback(i)?.right ?? 0), before);
  if (items === null) b.push(sequence);
  else {
    b.pop();
    b.push(b.emit('build_list', [...list.args, ...items]));
  }
  return items !== null;
}

/** LIST_EXTEND of `(a, *tuple)`, the positional arguments of a call for instance. False where it is something else. */
export function extendToTuple(b: Builder, i: Instruction): boolean {
  const list = b.stack[b.stack.length - 2];
  const after = b.following(i);
  if (i.oparg !== 1 || list === undefined || isVirtual(list) || list.op !== 'build_list' || b.extended.has(list) || after.name !== 'CALL_INTRINSIC_1' || after.oparg !== INTRINSIC.LIST_TO_TUPLE) return false;
  const before = b.before(i);
  const tuple = b.pop();
  if (tuple.kinds !== TUPLE && b.feedback(i)?.right !== TUPLE) {
    b.push(tuple);
    return false;
  }
  const known = b.guardKind(tuple, TUPLE, before);
  b.pop();
  b.push(b.emit('build_spread', [...list.args, known]));
  return true;
}

/** DICT_MERGE: `**mapping` of a call. A dict that has been empty so far is none. */
export function dictMerge(b: Builder, i: Instruction): void {
  const before = b.before(i);
  const mapping = b.pop();
  const dict = b.asNode(b.stack[b.stack.length - i.oparg]!);
  if (dict.op === 'build_keywords' && !b.extended.has(dict) && i.oparg === 1 && b.following(i).name === 'CALL_FUNCTION_EX') {
    const seen = b.feedback(i);
    if (seen?.right === DICT && !seen.sawItems) {
      b.guard('guard_no_items', [mapping], before);
      return;
    }
    if (mergeNames(b, i, dict, mapping, before)) return;
    const args = b.asNode(b.stack[b.stack.length - 2]!);
    if (writtenArguments(b, args) !== null || (dict.imm as readonly string[]).length === 0) {
      b.pendingKeywords = { dict, mapping };
      return;
    }
  }
  b.extended.add(dict);
  b.emit('dict_merge', [dict, mapping, b.asNode(b.stack[b.stack.length - i.oparg - 3]!)]).state = b.during(i, false);
}

/** `**mapping` of a dict that has always had the same names, none of which is written there: its values are arguments as others are. */
function mergeNames(b: Builder, i: Instruction, dict: Node, mapping: Node, before: State): boolean {
  const seen = b.feedback(i);
  const names = dict.imm as readonly string[];
  const merged = seen?.unpacked;
  if (seen?.right !== DICT || !Array.isArray(merged) || merged.some((name: string) => names.includes(name))) return false;
  const known = b.guard('guard_names', [b.guardKind(mapping, DICT, before)], before, merged);
  const values = merged.map((_name: string, k: number) => b.guard('entry_get', [known, b.constant(k)], before));
  b.stack[b.stack.length - 1] = b.emit('build_keywords', [...dict.args, ...values], [...names, ...merged]);
  return true;
}

/** The positional arguments that are written there; null where they come from something else, too. */
function writtenArguments(b: Builder, args: Node): Node[] | null {
  if (args.op === 'build_tuple') return [...args.args];
  if (args.op === 'const' && args.imm instanceof PyTuple) return args.imm.items.map((item) => b.constant(item as Value));
  return null;
}

/** CALL_FUNCTION_EX. */
export function buildCallUnpacked(b: Builder, i: Instruction): void {
  const before = b.before(i);
  const keywords = b.pop();
  const args = b.pop();
  const self = b.pop();
  const callee = b.pop();
  const pending = b.pendingKeywords;
  b.pendingKeywords = null;
  const isBare = self.op === 'const' && self.imm === undefined;
  const names = namesOf(b, keywords);
  const asksForItems = pending === null ? names !== null : (pending.dict.imm as readonly string[]).length > 0;
  const written = writtenArguments(b, args) ?? (asksForItems ? itemsSeen(b, i, args, args.kinds === TUPLE ? TUPLE : (b.feedback(i)?.left ?? 0), before) : null);
  const call: Call = { b, i, before, args: [], names: [] };
  if (pending === null && names !== null && isBare && knownCall({ ...call, names }, callee, { args, written, keywords })) return;
  const target = isBare ? boundTarget(callee) : null;
  const parts: UnpackedCall = target === null ? { callee, self, args } : { callee: b.constant(target.callee), self: target.self, args };
  if (pending !== null) mergedCall(call, parts, pending, written);
  else finish(call, b.emit('call_unpacked', [parts.callee, parts.self, args, names?.length === 0 ? b.constant(undefined) : keywords]));
}

/** What is called, self in front of the arguments or nothing, and the positional arguments. */
interface UnpackedCall {
  readonly callee: Node;
  readonly self: Node;
  readonly args: Node;
}

/** The names of the keyword arguments; null where there may be others. */
function namesOf(b: Builder, keywords: Node): readonly string[] | null {
  if (keywords.op === 'const' && keywords.imm === undefined) return [];
  return keywords.op === 'build_keywords' && !b.extended.has(keywords) ? (keywords.imm as readonly string[]) : null;
}

/** A call of which more is known than that it has a tuple and a dict of arguments. */
function knownCall(call: Call, callee: Node, { args, written, keywords }: { readonly args: Node; readonly written: readonly Node[] | null; readonly keywords: Node }): boolean {
  if (written === null) return call.names.length === 0 && spreadCall(call, callee, args);
  const plain: Call = { ...call, args: [...written, ...(call.names.length === 0 ? [] : keywords.args)] };
  if (!callSeen(plain, callee)) callGeneral(plain, callee);
  return true;
}

/** A call with the items of a mapping for keyword arguments, some others perhaps before them. */
function mergedCall(call: Call, { callee, self, args }: UnpackedCall, { dict, mapping }: { dict: Node; mapping: Node }, written: readonly Node[] | null): void {
  const { b } = call;
  const names = dict.imm as readonly string[];
  if (written === null || names.length === 0) finish(call, b.emit('call_forwarded', [callee, self, args, mapping]));
  else finish(call, b.emit('call_merged', [callee, self, mapping, ...written, ...dict.args], names));
}

/** A call of a builtin method of `*args` with the items of a tuple. */
function spreadCall(call: Call, callee: Node, args: Node): boolean {
  if (callee.op !== 'make_bound_native' || args.kinds !== TUPLE) return false;
  const { definition, owner } = callee.imm as PyMethodDescriptor;
  const takesKeywords = definition.parsed?.takesRest === true;
  if (!definition.takesItems && !takesKeywords) return false;
  const items = args.op === 'build_spread' ? args.args : [args];
  const imm: SpreadNativeCall = { definition, owner: owner.name, takesKeywords };
  finish(call, call.b.emit('call_native_spread', [callee.args[0]!, ...items], imm));
  return true;
}
