/** Calls: a callee that is known becomes a direct call, a builtin an operation, everything else a general call. */
import { PyTuple } from '../core/containers.ts';
import { PyFunction, type PyCode } from '../core/function.ts';
import { PyBuiltinFunction, PyMethodDescriptor, PyWrapperDescriptor, type NativeDefinition } from '../core/native.ts';
import { PyType } from '../core/type.ts';
import { generatorLoop } from './build-generators.ts';
import { pairLoop, rangeLoop } from './build-loops.ts';
import type { Value } from '../core/value.ts';
import type { Instruction } from './bytecode-blocks.ts';
import { bindArguments } from './bind-arguments.ts';
import { bindNative } from './bind-native.ts';
import type { Builder } from './builder.ts';
import { canMiss } from './build-handlers.ts';
import { attributeSite, constantOwner } from './build-names.ts';
import { copyContainer, isGuarded, isQuietKey, quietClassTest } from './build-quiet.ts';
import { isTable, quietLength } from './build-slots.ts';
import { callSpecial } from './build-special.ts';
import { polymorphicCallees } from './build-polymorphic.ts';
import { isCalleeKind, MANY, type CalleeKind, type Node, type State } from './ir.ts';
import { hasNativeForm, isConversion } from './passes/native-forms.ts';
import { DICT, INT, isOfBuiltins, LIST, OBJECT, STR, TUPLE, UNBOUND } from './kinds.ts';
import type { BoundNativeCall, CalledAlike, NativeCall, PolymorphicCall } from './operation-constants.ts';
import type { OperationName } from './operations.ts';
import { callQuietly } from './quiet-calls.ts';
import { secondUnit } from './units.ts';

/** A call being translated: the arguments with self in front where there is one. */
export interface Call {
  readonly b: Builder;
  readonly i: Instruction;
  readonly before: State;
  readonly args: Node[];
  /** Names of the last arguments. */
  readonly names: readonly string[];
}

/** Whether a call has a self in front of its arguments; null where that is to be seen at run time. */
export function settledSelf(b: Builder, i: Instruction, self: Node, before: State): { readonly self: Node | null } | null {
  if (self.op === 'const' && self.imm === undefined) return { self: null };
  if ((self.kinds & UNBOUND) === 0) return { self };
  const row = b.feedback(i);
  if (row === null || row.callee === undefined || row.callee === MANY) return null;
  if (row.self === UNBOUND) {
    b.guard('guard_is', [self], before);
    return { self: null };
  }
  return row.self === 0 || (row.self & UNBOUND) !== 0 ? null : { self: b.guard('guard_bound', [self], before) };
}

/** Pushes the result of a call. */
export function finish(call: Call, node: Node): void {
  node.state = call.b.during(call.i, true);
  call.b.pushResult(call.i, node);
}

/** A call that is bound at run time. */
export function callGeneral(call: Call, callee: Node): void {
  const { b, args, names } = call;
  finish(call, names.length === 0 ? b.emit('call', [callee, ...args]) : b.emit('call_keywords', [callee, b.constant(undefined), ...args], names));
}

/** CALL. */
export function buildCall(b: Builder, i: Instruction): void {
  const before = b.before(i);
  const args = b.popMany(i.oparg);
  const self = b.pop();
  const callee = b.pop();
  const settled = settledSelf(b, i, self, before);
  if (settled === null) {
    const node = b.emit('call_method', [callee, self, ...args]);
    finish({ b, i, before, args, names: [] }, node);
    return;
  }
  if (settled.self !== null) args.unshift(settled.self);
  const call: Call = { b, i, before, args, names: [] };
  const functions = settled.self !== null ? polymorphicCallees(callee, args.length) : null;
  if (functions !== null) {
    for (const func of functions) func.code.expectBound();
    const node = b.emit('call_poly', [callee.args[1]!, ...args], { functions } satisfies PolymorphicCall);
    b.allowInlining(i, node, before);
    finish(call, node);
    return;
  }
  if (!callSeen(call, callee)) callGeneral(call, callee);
}

/** A call of what is known already, of the only callee that was seen, or of one of several that are alike, behind a guard. */
export function callSeen(call: Call, callee: Node): boolean {
  const { b, i, before } = call;
  const bound = callBound(call, callee);
  if (bound !== null) return bound;
  if (callee.op === 'const') return callee.imm !== undefined && callKnown(call, callee.imm as Value);
  const seen = b.feedback(i)?.callee;
  if (seen === undefined || seen === null || seen === MANY) return false;
  if (isCalleeKind(seen)) return callAlike(call, callee, seen);
  if (!isCallable(call, seen as Value)) return false;
  b.guard('guard_is', [callee], before, seen);
  if (!callKnown(call, seen as Value)) callGeneral(call, b.constant(seen as Value));
  return true;
}

/** A call of a method that was bound here; null where it is something else. */
function callBound(call: Call, callee: Node): boolean | null {
  const target = boundTarget(callee);
  if (target === null) return null;
  const inner: Call = { ...call, args: [target.self, ...call.args] };
  if (!callKnown(inner, target.callee)) callGeneral(inner, call.b.constant(target.callee));
  return true;
}

/** The function and the object of a method that was bound here; null for other nodes. */
export function boundTarget(callee: Node): { readonly callee: PyFunction | PyMethodDescriptor; readonly self: Node } | null {
  return callee.op === 'make_bound' || callee.op === 'make_bound_native' ? { callee: callee.imm as PyFunction | PyMethodDescriptor, self: callee.args[0]! } : null;
}

/** Whether something is gained by knowing the callee. */
function isCallable(call: Call, callee: Value): boolean {
  if (callee instanceof PyMethodDescriptor) return isOwnMethod(call, callee);
  return callee instanceof PyFunction || callee instanceof PyBuiltinFunction || callee instanceof PyType;
}

function callAlike(call: Call, callee: Node, kind: CalleeKind): boolean {
  const { b, before } = call;
  if (kind.alike === 'code') return callCode(call, callee, kind.code, kind.first);
  if (kind.alike === 'instance') return callInstance(call, callee, kind.type);
  const isMethod = kind.alike === 'method';
  if (!isMethod && !takes(kind.definition, call.args.length + 1, call.names)) return false;
  const bound = isMethod ? b.guard('guard_method', [callee], before, kind.func) : b.guard('guard_definition', [callee], before, kind.definition);
  const inner: Call = { ...call, args: [b.emit('receiver', [bound]), ...call.args] };
  if (!isMethod && isAppend(inner, kind.definition)) return appendInPlace({ ...inner, args: [b.guardKind(inner.args[0]!, LIST, before), inner.args[1]!] });
  if (!isMethod) return callNative(inner, kind.definition, { hasSelf: true, owner: '' });
  if (!callKnown(inner, kind.func)) callGeneral(inner, b.constant(kind.func));
  return true;
}

/** A call of an instance whose class has a `__call__` in Python. */
function callInstance(call: Call, callee: Node, type: PyType): boolean {
  const { b, args, before } = call;
  const method = b.input.classAttribute(type, '__call__');
  if (!(method instanceof PyFunction)) return false;
  const self = b.guard('guard_type', [callee], before, { type, version: type.version });
  const inner: Call = { ...call, args: [self, ...args] };
  if (!callKnown(inner, method)) callGeneral(inner, b.constant(method));
  return true;
}

/** A call of one of the functions of a code object, closures for instance. */
function callCode(call: Call, callee: Node, code: PyCode, first: PyFunction): boolean {
  const { b, args, names, before } = call;
  if (code.ownEntries !== 0) return false;
  const { defaults } = first;
  const isSimple = code.simpleArgcount === args.length && names.length === 0;
  const bound = isSimple ? { args, usesDefaults: false } : bindArguments(b, { code, defaults, kwdefaults: null }, args, names, before);
  if (bound === null) return false;
  const func = b.guard('guard_code', [callee], before, { code, ...(bound.usesDefaults ? { defaults } : {}) });
  const node = b.emit('call_code', [func, ...bound.args], { code, first } satisfies CalledAlike);
  b.allowInlining(call.i, node, before);
  finish(call, node);
  return true;
}

function callKnown(call: Call, callee: Value): boolean {
  const { b, args, names } = call;
  if (callee instanceof PyFunction) {
    // A function with an entry point of its own gets the arguments as they are.
    if (callee.code.ownEntries !== 0) return false;
    const bound = bindCall(call, callee, args);
    if (bound === null) return false;
    if (callee.code.isGenerator && generatorLoop(call, callee, bound)) return true;
    const node = b.emit('call_direct', bound, callee);
    b.allowInlining(call.i, node, call.before);
    finish(call, node);
    return true;
  }
  if (callee instanceof PyBuiltinFunction) {
    const { definition, bound } = callee;
    const owner = callee.moduleName ?? '';
    if (!bound) return (names.length === 0 && callBuiltin(call, definition, owner)) || callNative(call, definition, { hasSelf: false, owner });
    return callNative({ ...call, args: [b.constant(callee.self), ...args] }, definition, { hasSelf: true, owner });
  }
  if (callee instanceof PyMethodDescriptor) {
    if (!isOwnMethod(call, callee)) return false;
    const { definition, owner } = callee;
    if (isAppend(call, definition) && args[0]!.kinds === LIST) return appendInPlace(call);
    if (isInsert(call, callee)) return insertInPlace(call);
    if (changesQuietly(call, callee) || viewOf(call, callee)) return true;
    return callNative(call, definition, { hasSelf: true, owner: owner.name });
  }
  if (callee instanceof PyWrapperDescriptor) return callWrapper(call, callee);
  return callee instanceof PyType && callType(call, callee);
}

/** A call of a slot of a builtin class under its method's name (`super().__init__()`), where self is known to be an instance. */
function callWrapper(call: Call, callee: PyWrapperDescriptor): boolean {
  const { b, args, names } = call;
  const [self] = args;
  if (self === undefined || args.length === names.length || self.op !== 'guard_type' || !isInstanceOf(self, callee.owner, call)) return false;
  finish(call, b.emit('call_wrapper', args, { callee, names }));
  return true;
}

/** Whether a call with self in front is `list.append(item)`. */
function isAppend({ b, args, names }: Call, definition: NativeDefinition): boolean {
  if (definition.name !== 'append' || args.length !== 2 || names.length !== 0) return false;
  const append = b.input.builtinAttribute(LIST, 'append');
  return append instanceof PyMethodDescriptor && append.definition === definition;
}

/** `append` of an exact list. */
function appendInPlace({ b, args, before }: Call): true {
  b.guard('guard_mutable', [args[0]!], before);
  b.emit('list_append', [args[0]!, args[1]!]).state = before;
  b.push(b.constant(null));
  return true;
}

/** Whether a call with self in front is `list.insert(index, item)` of an exact list. */
function isInsert({ b, i, args, names }: Call, { definition, owner }: PyMethodDescriptor): boolean {
  return !b.input.isHopeless(i.at) && owner === b.input.types.list && definition.name === 'insert' && args.length === 3 && names.length === 0 && args[0]!.kinds === LIST;
}

function insertInPlace({ b, args, before }: Call): true {
  b.guard('list_insert', args, before);
  b.push(b.constant(null));
  return true;
}

/** Methods of sets that change one item. */
const SET_CHANGES: ReadonlyMap<string, OperationName> = new Map([['add', 'set_add_quiet'], ['discard', 'set_discard_quiet'], ['remove', 'set_remove_quiet']]);

/** `add`, `discard` and `remove` of an exact set, of an item that is found without Python code. */
function changesQuietly({ b, i, args, names, before }: Call, { definition, owner }: PyMethodDescriptor): boolean {
  const seen = b.feedback(i);
  const op = owner.name === 'set' && owner.module === 'builtins' ? SET_CHANGES.get(definition.name) : undefined;
  if (op === undefined || args.length !== 2 || names.length !== 0 || (op === 'set_remove_quiet' && isGuarded(b, i))) return false;
  if (seen === null || !isQuietKey(seen.right) || args[0]!.op !== 'guard_type') return false;
  b.guard(op, [args[0]!, args[1]!], before);
  b.push(b.constant(null));
  return true;
}

const VIEWS: ReadonlySet<string> = new Set(['keys', 'values', 'items']);

/** `keys`, `values` and `items` of a dict. */
function viewOf({ b, args, names }: Call, { definition, owner }: PyMethodDescriptor): boolean {
  if (owner !== b.input.types.dict || !VIEWS.has(definition.name) || args.length !== 1 || names.length !== 0) return false;
  b.push(b.emit('make_view', args, { definition, owner: owner.name } satisfies NativeCall));
  return true;
}

/** Whether a call of a builtin function with so many arguments, self included, can be bound now. */
function takes(definition: NativeDefinition, count: number, names: readonly string[]): boolean {
  return (names.length === 0 && definition.takes(count - 1)) || bindNative(definition, true, count, names) !== null;
}

/** A call of a builtin function, with self as first argument where it has one. */
function callNative(call: Call, definition: NativeDefinition, { hasSelf, owner }: { hasSelf: boolean; owner: string }): boolean {
  const { b, args, names } = call;
  const isPlain = names.length === 0 && definition.takes(args.length - (hasSelf ? 1 : 0));
  const parts = isPlain ? [] : bindNative(definition, hasSelf, args.length, names);
  if (parts === null) return false;
  const quiet = hasNativeForm(owner, definition.name, args.length) ? null : callQuietly(b, call.i, { implementation: definition.implementation, args, parts }, call.before);
  if (quiet !== null) {
    b.pushResult(call.i, quiet);
    return true;
  }
  const imm: BoundNativeCall = { definition, owner, parts };
  const node = b.emit(isPlain ? 'call_native' : 'call_native_bound', args, imm);
  if (names.length === 0 && !b.input.isHopeless(call.i.at)) node.before = call.before;
  finish(call, node);
  return true;
}

/**
 * The arguments for all parameters of a known function; null to bind at run time. The function may get other code: where that would bind names or defaults in another
 * way its version is guarded; other arguments are bound anew by the code's door (`PyCode.expectBound`).
 */
export function bindCall(call: Call, func: PyFunction, args: readonly Node[]): Node[] | null {
  const hasNames = call.names.length > 0;
  const isSimple = func.code.simpleArgcount === args.length && !hasNames;
  const bound = isSimple ? { args: [...args], usesDefaults: false } : bindArguments(call.b, func, args, call.names, call.before);
  if (bound === null) return null;
  func.code.expectBound();
  if (bound.usesDefaults || hasNames) call.b.guard('guard_version', [], call.before, { type: func, version: func.version });
  return bound.args;
}

/** Whether the first argument of a call is known to be an object whose method the callee is. */
function isOwnMethod(call: Call, { definition, owner }: PyMethodDescriptor): boolean {
  const [self] = call.args;
  return definition.binding === 'method' && self !== undefined && call.args.length > call.names.length && isInstanceOf(self, owner, call);
}

/** Whether self is known to be of the builtin type that owns a method. */
function isInstanceOf(self: Node, owner: PyType, call: Call): boolean {
  const { types } = call.b.input;
  if (self.op === 'guard_type' || self.op === 'guard_plain') return (self.imm as { readonly type: PyType }).type.mro.includes(owner);
  if (self.kinds === LIST) return owner === types.list;
  if (self.kinds === STR) return owner.name === 'str';
  return self.kinds !== OBJECT && (owner === types.dict || owner === types.tuple) && owner.name === kindName(self.kinds);
}

function kindName(kinds: number): string {
  return kinds === 128 ? 'dict' : kinds === 256 ? 'tuple' : '';
}

/** What `len` is asked for, guarded to be of the one builtin type that was seen where its length is an operation. */
function knownContainer(b: Builder, i: Instruction, container: Node, before: State): Node {
  const { list, tuple, dict, str } = b.input.types;
  const seen = b.feedback(i)?.type ?? null;
  const kind = seen === list ? LIST : seen === tuple ? TUPLE : seen === dict ? DICT : seen === str ? STR : 0;
  return kind === 0 || (container.kinds & kind) === 0 ? container : b.guardKind(container, kind, before);
}

/** Builtins that are operations, whatever their arguments are; `passes/native-forms.ts` knows more of those of the right kinds. */
function callBuiltin(call: Call, definition: NativeDefinition, module: string): boolean {
  const { b, args } = call;
  const [a] = args;
  if (module === 'builtins' && definition.name === 'id' && args.length === 1) {
    b.push(b.emit('identity', [a!]));
    return true;
  }
  if (module === 'builtins' && definition.name === 'len' && args.length === 1) {
    const type = b.feedback(call.i)?.type ?? null;
    if (isTable(b, type)) {
      b.push(b.emit('dict_length', [b.guard('guard_type', [a!], call.before, { type, version: type.version })]));
      return true;
    }
    const slot = quietLength(b, call.i, a!, call.before);
    if (slot !== null) {
      b.push(slot);
      return true;
    }
    const special = callSpecial(b, call.i, { self: a!, others: [], name: '__len__', then: 'lengthBy' }, call.before);
    const node = special ?? b.emit('length', [knownContainer(b, call.i, a!, call.before)]);
    if (special === null) node.before = call.before;
    node.kinds = INT;
    finish(call, node);
    return true;
  }
  return module === 'builtins' && (quietClassTest(call, definition.name) || callAttribute(call, definition.name));
}

/** `getattr` with a default, and `hasattr`, of a name that is written there. */
function callAttribute(call: Call, builtin: string): boolean {
  const { b, i, args } = call;
  const [owner, name, fallback] = args;
  if (name === undefined || name.op !== 'const' || typeof name.imm !== 'string' || !/^\w+$/.test(name.imm)) return false;
  const known = (builtin === 'getattr' && args.length === 3) || (builtin === 'hasattr' && args.length === 2) ? constantOwner(b, i, owner!, name.imm, call.before) : null;
  if (known !== null) {
    if (builtin === 'hasattr') b.push(b.constant(true));
    else b.pushResult(i, known.value);
    return true;
  }
  const site = attributeSite(b, i, name.imm);
  const unit = secondUnit(i.at);
  const quietly = b.input.isHopeless(unit) ? null : call.before.copy(call.before.slots, unit);
  if (builtin === 'getattr' && args.length === 3) {
    if (quietly !== null) b.pushResult(i, b.guard('quiet_attr_or', [owner!, fallback!], quietly, site));
    else finish(call, b.emit('get_attr_or', [owner!, fallback!], site));
  } else if (builtin === 'hasattr' && args.length === 2) {
    if (quietly !== null) b.push(b.guard('quiet_has_attr', [owner!], quietly, site));
    else finish(call, b.emit('has_attr', [owner!], site));
  } else return false;
  return true;
}

/** What makes an empty container of a builtin class. */
const EMPTY_CONTAINERS: ReadonlyMap<string, 'build_plain_set' | 'build_list' | 'build_keywords'> = new Map([['set', 'build_plain_set'], ['list', 'build_list'], ['dict', 'build_keywords']]);

/** `range(...)` in the head of a loop, classes with a Python `__init__`, and builtin classes. */
function callType(call: Call, type: PyType): boolean {
  const { b, args, names } = call;
  if (names.length === 0 && type.name === 'range' && type.module === 'builtins' && args.length >= 1 && args.length <= 3 && b.following(call.i).name === 'GET_ITER') return rangeLoop(call);
  if (names.length === 0 && (type.name === 'enumerate' || type.name === 'zip') && type.module === 'builtins' && b.following(call.i).name === 'GET_ITER' && pairLoop(call, type.name)) return true;
  if (isConversion(type) && names.length === 0 && args.length === 1) {
    const node = b.emit('convert', [args[0]!], type);
    if ((type.name === 'int' || type.name === 'float') && b.feedback(call.i)?.right === STR) canMiss(node, b.input.types.valueError, call.before);
    node.before = call.before;
    finish(call, node);
    return true;
  }
  const init = b.input.pythonInit(type);
  if (init === undefined) {
    const own = b.input.exceptionInit(type);
    if (own !== undefined && (own !== null || names.length === 0)) return constructBy(call, type, own, () => b.emit('new_exception', args.slice(0, args.length - names.length), type));
    // Another metaclass may have a `__call__` of its own.
    if (type.type.type !== type.type) return false;
    const made = args.length === 0 ? EMPTY_CONTAINERS.get(type.name) : undefined;
    if (made !== undefined && isOfBuiltins(type)) b.push(b.emit(made, [], made === 'build_keywords' ? [] : undefined));
    else if (type.type === type && args.length === 1 && names.length === 0) b.push(b.emit('type_of', args));
    else if (args.length === 1 && names.length === 0 && type === b.input.types.list && args[0]!.kinds === LIST) b.push(b.emit('build_list_slice', [args[0]!, b.constant(null), b.constant(null)]));
    else if (args.length === 1 && names.length === 0 && isContainer(b, type) && copyContainer(b, call.i, type, args[0]!, call.before)) return true;
    else if (args.length === 1 && names.length === 0 && isContainer(b, type)) finish(call, b.emit('construct', args, type));
    else makeNative(call, type);
    return true;
  }
  // An object with a finaliser is seen to be made: its making must not be left out.
  if (type.slots.tp_finalize !== null) return false;
  if (init === null && args.length !== 0) return false;
  return constructBy(call, type, init, () => b.emit('new_instance', [], type));
}

/** An object of a class written in TypeScript: by the quiet form of its `__new__`, behind which `__init__` has nothing to do, where it has one. */
function makeNative(call: Call, type: PyType): void {
  const { b, i, args, names } = call;
  const quiet = names.length === 0 && !type.flags.heapType ? callQuietly(b, i, { implementation: type.slots.tp_new, args }, call.before) : null;
  if (quiet === null) finish(call, b.emit('call_type', args, { type, names }));
  else b.pushResult(i, quiet);
}

/** A new object of a class that stays as it is now, and the call of its Python `__init__` where it has one. */
function constructBy(call: Call, type: PyType, init: PyFunction | null, make: () => Node): boolean {
  const { b } = call;
  b.guard('guard_version', [], call.before, { type, version: type.version });
  // A metaclass may get a `__call__`.
  if (type.type.type !== type.type) b.guard('guard_version', [], call.before, { type: type.type, version: type.type.version });
  const instance = make();
  if (init !== null) {
    const bound = bindCall(call, init, [instance, ...call.args]);
    if (bound === null) return false;
    const node = b.emit('call_init', bound, init);
    b.allowInlining(call.i, node, call.before);
    node.state = b.during(call.i, true);
    node.state.constructs = instance;
  }
  b.push(instance);
  return true;
}

/** Whether a class is a builtin one that copies the items of its only argument. */
function isContainer(b: Builder, type: PyType): boolean {
  const { list, tuple, dict } = b.input.types;
  return type === list || type === tuple || type === dict || (type.name === 'set' && isOfBuiltins(type));
}

/** CALL_KW. */
export function buildCallKeywords(b: Builder, i: Instruction): void {
  const before = b.before(i);
  const keywords = b.pop();
  const args = b.popMany(i.oparg);
  const self = b.pop();
  const callee = b.pop();
  if (!(keywords.op === 'const' && keywords.imm instanceof PyTuple)) {
    b.exit(before, 'keyword names');
    return;
  }
  const names = keywords.imm.items as string[];
  const settled = settledSelf(b, i, self, before);
  const call: Call = { b, i, before, args: settled === null || settled.self === null ? args : [settled.self, ...args], names };
  if (settled === null) finish(call, b.emit('call_keywords', [callee, self, ...args], names));
  else if (!callSeen(call, callee)) callGeneral(call, callee);
}
