/** Calls: a callee that is known becomes a direct call, a builtin an operation, everything else a general call. */
import { PyTuple } from '../core/containers.ts';
import { PyFunction } from '../core/function.ts';
import { PyBuiltinFunction, PyMethodDescriptor, type NativeDefinition } from '../core/native.ts';
import { PyType } from '../core/type.ts';
import type { Value } from '../core/value.ts';
import type { Instruction } from './bytecode-blocks.ts';
import { bindArguments } from './bind-arguments.ts';
import type { Builder } from './builder.ts';
import { polymorphicCallees } from './build-polymorphic.ts';
import { MANY, type Node, type State } from './ir.ts';
import { FLOAT, INT, LIST, OBJECT, STR, UNBOUND } from './kinds.ts';

/** A call being translated: the arguments with self in front where there is one. */
export interface Call {
  readonly b: Builder;
  readonly i: Instruction;
  readonly before: State;
  readonly args: Node[];
  /** Names of the last arguments. */
  readonly names: readonly string[];
}

/** The callee as a constant: known already, or the only one that was seen, behind a guard. */
export function knownCallee(b: Builder, i: Instruction, callee: Node, before: State): Value | undefined {
  if (callee.op === 'const') return callee.imm as Value | undefined;
  const seen = b.feedback(i)?.callee;
  if (seen === undefined || seen === MANY) return undefined;
  if (!(seen instanceof PyFunction || seen instanceof PyBuiltinFunction || seen instanceof PyType)) return undefined;
  b.guard('guard_is', [callee], before, seen);
  return seen as Value;
}

function finish(call: Call, node: Node): void {
  node.state = call.b.during(call.i, true);
  call.b.pushResult(call.i, node);
}

/** CALL. */
export function buildCall(b: Builder, i: Instruction): void {
  const before = b.before(i);
  const args = b.popMany(i.oparg);
  const self = b.pop();
  const callee = b.pop();
  const isMethod = !(self.op === 'const' && self.imm === undefined);
  // Whether there is a self is known for all but calls of what an unknown LOAD_ATTR gave.
  if (isMethod && (self.kinds & UNBOUND) !== 0) {
    const node = b.emit('call_method', [callee, self, ...args]);
    finish({ b, i, before, args, names: [] }, node);
    return;
  }
  if (isMethod) args.unshift(self);
  const call: Call = { b, i, before, args, names: [] };
  const functions = isMethod ? polymorphicCallees(callee, args.length) : null;
  if (functions !== null) {
    for (const func of functions) func.code.expectBound();
    finish(call, b.emit('call_poly', [callee.args[1]!, ...args], { functions }));
    return;
  }
  const known = knownCallee(b, i, callee, before);
  if (known !== undefined && callKnown(call, known)) return;
  finish(call, b.emit('call', [callee, ...args]));
}

function callKnown(call: Call, callee: Value): boolean {
  const { b, args } = call;
  if (callee instanceof PyFunction) {
    // A function with an entry point of its own gets the arguments as they are.
    if (callee.code.ownEntries !== 0) return false;
    const bound = bindCall(call, callee, args);
    if (bound === null) return false;
    finish(call, b.emit('call_direct', bound, callee));
    return true;
  }
  if (callee instanceof PyBuiltinFunction) {
    const { definition } = callee;
    if (!definition.takes(args.length)) return false;
    if (!callee.bound && callBuiltin(call, definition, callee.moduleName ?? '')) return true;
    finish(call, b.emit('call_native', callee.bound ? [b.constant(callee.self), ...args] : args, { definition, owner: callee.moduleName ?? '' }));
    return true;
  }
  if (callee instanceof PyMethodDescriptor) {
    const { definition } = callee;
    if (args.length === 0 || !definition.takes(args.length - 1)) return false;
    if (!isInstanceOf(args[0]!, callee.owner, call)) return false;
    if (callee.owner.name === 'list' && definition.name === 'append' && args[0]!.kinds === LIST) {
      b.guard('guard_mutable', [args[0]!], call.before);
      b.emit('list_append', [args[0]!, args[1]!]).state = call.before;
      b.push(b.constant(null));
      return true;
    }
    finish(call, b.emit('call_native', args, { definition, owner: callee.owner.name }));
    return true;
  }
  return callee instanceof PyType && callType(call, callee);
}

/**
 * The arguments for all parameters of a known function; null to bind at run time. The function may get other code: where that would bind names or defaults in another
 * way its version is guarded; other arguments are bound anew by the code's door (`PyCode.expectBound`).
 */
export function bindCall(call: Call, func: PyFunction, args: readonly Node[]): Node[] | null {
  const hasNames = call.names.length > 0;
  const isSimple = func.code.simpleArgcount === args.length && !hasNames;
  const bound = isSimple ? { args: [...args], usesDefaults: false } : bindArguments(call.b, func, args, call.names);
  if (bound === null) return null;
  func.code.expectBound();
  if (bound.usesDefaults || hasNames) call.b.guard('guard_version', [], call.before, { type: func, version: func.version });
  return bound.args;
}

/** Whether self is known to be of the builtin type that owns a method. */
function isInstanceOf(self: Node, owner: PyType, call: Call): boolean {
  const { types } = call.b.input;
  if (self.op === 'guard_plain') return (self.imm as { readonly type: PyType }).type.mro.includes(owner);
  if (self.kinds === LIST) return owner === types.list;
  if (self.kinds === STR) return owner.name === 'str';
  return self.kinds !== OBJECT && (owner === types.dict || owner === types.tuple) && owner.name === kindName(self.kinds);
}

function kindName(kinds: number): string {
  return kinds === 128 ? 'dict' : kinds === 256 ? 'tuple' : '';
}

/** A few builtins that are operations for arguments of the right kinds. */
function callBuiltin(call: Call, definition: NativeDefinition, module: string): boolean {
  const { b, args } = call;
  const [a, other] = args;
  if (module === 'builtins' && definition.name === 'len' && args.length === 1) {
    const node = b.emit('length', [a!]);
    node.before = call.before;
    finish(call, node);
    node.kinds = INT;
    return true;
  }
  if (module === 'builtins' && definition.name === 'abs' && (a!.kinds === INT || a!.kinds === FLOAT)) {
    b.push(b.emit(a!.kinds === INT ? 'int_abs' : 'double_abs', [a!]));
    return true;
  }
  if (module === 'builtins' && (definition.name === 'min' || definition.name === 'max') && args.length === 2 && a!.kinds === INT && other!.kinds === INT) {
    b.push(b.emit(definition.name === 'min' ? 'int_min' : 'int_max', [a!, other!]));
    return true;
  }
  return false;
}

/** `range(...)` in the head of a loop, and classes with a Python `__init__`. */
function callType(call: Call, type: PyType): boolean {
  const { b, args } = call;
  if (call.names.length === 0 && type.name === 'range' && type.module === 'builtins' && args.length >= 1 && args.length <= 3 && b.following(call.i).name === 'GET_ITER') return rangeLoop(call);
  // An object with a finaliser is seen to be made: its making must not be left out.
  if (type.slots.tp_finalize !== null) return false;
  const init = b.input.pythonInit(type);
  if (init === undefined) return false;
  if (init === null && args.length !== 0) return false;
  b.guard('guard_version', [], call.before, { type, version: type.version });
  const instance = b.emit('new_instance', [], type);
  if (init !== null) {
    const bound = bindCall(call, init, [instance, ...args]);
    if (bound === null) return false;
    const node = b.emit('call_init', bound, init);
    node.state = { ...b.during(call.i, true), constructs: instance };
  }
  b.push(instance);
  return true;
}

function rangeLoop(call: Call): boolean {
  const { b, before } = call;
  if (b.input.isHopeless(call.i.at)) return false;
  if (call.args.some((arg) => arg.kinds !== INT && (arg.kinds & INT) === 0)) return false;
  const ints = call.args.map((arg) => b.guardKind(arg, INT, before));
  const [start, stop, step] = ints.length === 1 ? [b.constant(0), ints[0]!, b.constant(1)] : [ints[0]!, ints[1]!, ints[2] ?? b.constant(1)];
  const length = b.guard('range_length', [start!, stop!, step!], before);
  b.push({ virtual: 'range', parts: [start!, step!, length] });
  return true;
}

/** CALL_KW. */
export function buildCallKeywords(b: Builder, i: Instruction): void {
  const before = b.before(i);
  const names = b.pop();
  const args = b.popMany(i.oparg);
  const self = b.pop();
  const callee = b.pop();
  const keywords = names.op === 'const' && names.imm instanceof PyTuple ? names.imm : null;
  if (keywords === null) {
    b.exit(before, 'keyword names');
    return;
  }
  const isMethod = !(self.op === 'const' && self.imm === undefined);
  if (!isMethod || (self.kinds & UNBOUND) === 0) {
    const call: Call = { b, i, before, args: isMethod ? [self, ...args] : args, names: keywords.items as string[] };
    const known = knownCallee(b, i, callee, before);
    if (known instanceof PyFunction && callKnown(call, known)) return;
    if (known instanceof PyType && b.input.pythonInit(known) instanceof PyFunction && callType(call, known)) return;
  }
  const node = b.emit('call_keywords', [callee, self, ...args], keywords);
  finish({ b, i, before, args, names: [] }, node);
}

/** CALL_FUNCTION_EX. */
export function buildCallUnpacked(b: Builder, i: Instruction): void {
  const before = b.before(i);
  const keywords = b.pop();
  const args = b.pop();
  const self = b.pop();
  const callee = b.pop();
  finish({ b, i, before, args: [], names: [] }, b.emit('call_unpacked', [callee, self, args, keywords]));
}
