/**
 * Calls with `*args` and `**kwargs`. Where the arguments are written there, or come from a tuple, and nothing comes from `**kwargs`, the list, the tuple and the dict of the bytecode are
 * not made: only the frame of an exit may have to have them (`emit/sunk.ts`).
 */
import { PyTuple } from '../core/containers.ts';
import { PyMethodDescriptor } from '../core/native.ts';
import type { Value } from '../core/value.ts';
import { boundTarget, callGeneral, callSeen, finish, type Call } from './build-calls.ts';
import type { Builder } from './builder.ts';
import type { Instruction } from './bytecode-blocks.ts';
import { isVirtual, type Node } from './ir.ts';
import { DICT, TUPLE } from './kinds.ts';
import type { SpreadNativeCall } from './operation-constants.ts';

const INTRINSIC_LIST_TO_TUPLE = 6;
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

/** LIST_EXTEND of `(a, *tuple)`, the positional arguments of a call for instance. False where it is something else. */
export function extendToTuple(b: Builder, i: Instruction): boolean {
  const list = b.stack[b.stack.length - 2];
  const after = b.following(i);
  if (i.oparg !== 1 || list === undefined || isVirtual(list) || list.op !== 'build_list' || b.extended.has(list) || after.name !== 'CALL_INTRINSIC_1' || after.oparg !== INTRINSIC_LIST_TO_TUPLE) return false;
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
    const args = b.asNode(b.stack[b.stack.length - 2]!);
    if (writtenArguments(b, args) !== null || (dict.imm as readonly string[]).length === 0) {
      b.pendingKeywords = { dict, mapping };
      return;
    }
  }
  b.extended.add(dict);
  b.emit('dict_merge', [dict, mapping, b.asNode(b.stack[b.stack.length - i.oparg - 3]!)]).state = b.during(i, false);
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
  const call: Call = { b, i, before, args: [], names: [] };
  if (pending === null && names !== null && isBare && knownCall({ ...call, names }, callee, args, keywords)) return;
  const target = isBare ? boundTarget(callee) : null;
  const parts: UnpackedCall = target === null ? { callee, self, args } : { callee: b.constant(target.callee), self: target.self, args };
  if (pending !== null) mergedCall(call, parts, pending);
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
function knownCall(call: Call, callee: Node, args: Node, keywords: Node): boolean {
  const written = writtenArguments(call.b, args);
  if (written === null) return call.names.length === 0 && spreadCall(call, callee, args);
  const plain: Call = { ...call, args: [...written, ...(call.names.length === 0 ? [] : keywords.args)] };
  if (!callSeen(plain, callee)) callGeneral(plain, callee);
  return true;
}

/** A call with the items of a mapping for keyword arguments, some others perhaps before them. */
function mergedCall(call: Call, { callee, self, args }: UnpackedCall, { dict, mapping }: { dict: Node; mapping: Node }): void {
  const { b } = call;
  const names = dict.imm as readonly string[];
  const written = names.length === 0 ? null : writtenArguments(b, args);
  if (written === null) finish(call, b.emit('call_forwarded', [callee, self, args, mapping]));
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
