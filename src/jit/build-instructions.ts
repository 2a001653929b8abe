/** What the instructions mean in the intermediate representation: stack, locals, operators, containers, control. Calls and names are in files of their own. */
import { CO } from '../bytecode/code.ts';
import { OP } from '../bytecode/opcodes.ts';
import { stackPops, stackPushes } from '../bytecode/opcodes.ts';
import { INTRINSIC, SPECIAL_METHODS } from '../bytecode/operands.ts';
import { PyFunction } from '../core/function.ts';
import { PyMethodDescriptor } from '../core/native.ts';
import type { Value } from '../core/value.ts';
import { decode, jumpTarget, sendBehind, type Instruction } from './bytecode-blocks.ts';
import { buildAwaited } from './build-awaits.ts';
import { CannotCompile, type Builder } from './builder.ts';
import { buildCall, buildCallKeywords } from './build-calls.ts';
import { buildCallUnpacked, buildNamedMap, dictMerge, extendDisplay, extendToTuple } from './build-unpacked.ts';
import { buildDeleteAttr, buildLoadAttr, buildLoadGlobal, buildLoadName, buildStoreAttr, buildStoreGlobal, buildStoreName, buildSuperAttr, constantOwner, importKnown } from './build-names.ts';
import { SpecialSite } from '../core/inline-cache.ts';
import { isVirtual, MANY, Node, type Block } from './ir.ts';
import { binaryOp, compareOp, containsOp, deleteSubscr, general, storeSubscr, toBool, type Handler } from './build-operators.ts';
import { matchException } from './build-handlers.ts';
import { binarySlice, classTuple, isQuietKey, storeListSlice } from './build-quiet.ts';
import { forIter, getIter, unpackSequence, unpackStarred } from './build-loops.ts';
import { BOOL, DICT, INT, STR, VALUE } from './kinds.ts';
import type { OperationName } from './operations.ts';

function loadLocal(b: Builder, index: number): void {
  b.push(b.locals[index]!);
}

function storeLocal(b: Builder, index: number): void {
  const value = b.pop();
  if (value.hint === '') value.hint = b.localName(index);
  b.locals[index] = value;
}

/** Left to tier 0's implementation, with the operands taken and the results given by the opcode table. */
function byInstruction(b: Builder, i: Instruction): void {
  const pops = stackPops(i.op, i.oparg);
  const pushes = stackPushes(i.op, i.oparg);
  const args = b.popMany(pops);
  const node = b.emit('instruction', args, { code: b.code, name: i.name, op: i.op, oparg: i.oparg, pc: i.next });
  node.state = b.during(i, false);
  for (let k = 0; k < pushes; k++) b.push(b.emit('element', [node], k));
}

function build(op: OperationName): Handler {
  return (b, i) => {
    const args = b.popMany(i.oparg);
    b.push(b.emit(op, args));
  };
}

function buildString(b: Builder, i: Instruction): void {
  const before = b.before(i);
  const args = b.popMany(i.oparg);
  b.push(b.guard('build_string', args, before));
}

/** The list or dict so many places below the top, which gets more. */
function extendedAt(b: Builder, depth: number): Node {
  const node = b.asNode(b.stack[b.stack.length - depth]!);
  b.extended.add(node);
  return node;
}

function listAppend(b: Builder, i: Instruction): void {
  const before = b.before(i);
  const value = b.pop();
  b.emit('list_append', [extendedAt(b, i.oparg), value]).state = before;
}

/** SET_UPDATE and its like: they change an object below the top. */
function changesBelow(taken: number): Handler {
  return (b, i) => {
    const args = b.popMany(taken);
    const targets = b.stack.slice(b.stack.length - i.oparg).map((slot) => b.asNode(slot));
    const node = b.emit('instruction', [...targets, ...args], { code: b.code, name: i.name, op: i.op, oparg: i.oparg, pc: i.next });
    node.state = b.during(i, false);
  };
}

/** SEND: [receiver, value] becomes [receiver, what it yields], or goes on at `done` with what it returns. */
function send(b: Builder, i: Instruction, yielded: number, done: number): void {
  const state = b.during(i, false);
  const value = b.pop();
  const receiver = b.asNode(b.stack[b.stack.length - 1]!);
  const returns = isEnteredAt(b, i) ? returnsOf(b, receiver) : null;
  const result = b.emit('send', [receiver, value], b.input.isFrame && (b.code.code.flags & CO.GENERATOR) !== 0);
  result.state = state;
  const item = b.emit('send_value', [result]);
  const hasReturned = b.emit('send_done', [result]);
  if (returns === null) {
    b.push(item);
    b.block.end = { kind: 'branch', condition: hasReturned, then: b.edge(done), otherwise: b.edge(yielded) };
    return;
  }
  const { stack } = b;
  b.stack = [...stack, item];
  b.block.end = { kind: 'branch', condition: hasReturned, then: { target: returns.block, args: [item] }, otherwise: b.edge(yielded) };
  b.block = returns.block;
  b.stack = [...stack, returns.value];
  b.jump(done);
}

/** Whether a frame is entered behind the yield of this SEND. */
function isEnteredAt({ input, code }: Builder, i: Instruction): boolean {
  return input.isFrame && jumpTarget(decode(code.words, input.entry)) === i.start;
}

/**
 * Where a frame is entered behind the yield of a SEND, what it waits for has returned most of the time: who has resumed that in the frame's place has kept what (`interp/resume.ts`), and
 * nothing is called. Goes on with the other case; gives the block at which both go on with what was returned.
 */
function returnsOf(b: Builder, receiver: Node): { readonly block: Block; readonly value: Node } {
  const kept = b.emit('returned_by', [receiver]);
  const block = b.newBlock();
  const value = new Node('param', []);
  value.kinds = VALUE;
  value.block = block;
  block.params.push(value);
  const otherwise = b.newBlock();
  b.branchInto(b.emit('is_bound', [kept]), { target: otherwise, args: [] });
  b.block.end = { kind: 'jump', target: { target: block, args: [b.emit('take_returned', [receiver, kept])] } };
  b.block = otherwise;
  return { block, value };
}

function loadDeref(b: Builder, i: Instruction): void {
  const before = b.before(i);
  const cell = b.asNode(b.locals[i.oparg]!);
  const value = b.guard('guard_bound', [b.emit('cell_get', [cell])], before);
  b.pushResult(i, value);
}

function loadCheck(b: Builder, i: Instruction): void {
  const local = b.asNode(b.locals[i.oparg]!);
  const value = b.guard('guard_bound', [local], b.before(i));
  value.hint = local.hint;
  b.push(value);
}

function superAttr(b: Builder, i: Instruction): void {
  buildSuperAttr(b, i, byInstruction);
}

const HANDLERS: Readonly<Record<string, Handler>> = {
  NOP: () => undefined,
  NOT_TAKEN: () => undefined,
  RESUME: () => undefined,
  POP_TOP: (b) => void b.stack.pop(),
  POP_ITER: (b) => void b.stack.pop(),
  END_SEND: (b) => { const value = b.pop(); b.stack.pop(); b.push(value); },
  END_FOR: (b) => void b.stack.pop(),
  PUSH_NULL: (b) => b.push(b.constant(undefined)),
  LOAD_CONST: (b, i) => b.push(b.constant(b.code.consts[i.oparg] as Value)),
  LOAD_COMMON_CONSTANT: (b, i) => b.push(b.constant(b.input.commonConstant(i.oparg))),
  LOAD_SMALL_INT: (b, i) => b.push(b.constant(i.oparg)),
  LOAD_FAST: (b, i) => loadLocal(b, i.oparg),
  LOAD_FAST_BORROW: (b, i) => loadLocal(b, i.oparg),
  LOAD_FAST_CHECK: loadCheck,
  LOAD_FAST_LOAD_FAST: (b, i) => { loadLocal(b, i.oparg >> 4); loadLocal(b, i.oparg & 15); },
  LOAD_FAST_BORROW_LOAD_FAST_BORROW: (b, i) => { loadLocal(b, i.oparg >> 4); loadLocal(b, i.oparg & 15); },
  LOAD_FAST_AND_CLEAR: (b, i) => { loadLocal(b, i.oparg); b.locals[i.oparg] = b.constant(undefined); },
  STORE_FAST: (b, i) => storeLocal(b, i.oparg),
  STORE_FAST_LOAD_FAST: (b, i) => { storeLocal(b, i.oparg >> 4); loadLocal(b, i.oparg & 15); },
  STORE_FAST_STORE_FAST: (b, i) => { storeLocal(b, i.oparg >> 4); storeLocal(b, i.oparg & 15); },
  DELETE_FAST: (b, i) => { b.guard('guard_bound', [b.asNode(b.locals[i.oparg]!)], b.before(i)); b.locals[i.oparg] = b.constant(undefined); },
  COPY: (b, i) => { b.push(b.stack[b.stack.length - i.oparg]!); },
  SWAP: (b, i) => {
    const at = b.stack.length - i.oparg;
    const other = b.stack[at]!;
    b.stack[at] = b.stack[b.stack.length - 1]!;
    b.stack[b.stack.length - 1] = other;
  },
  MAKE_CELL: (b, i) => { b.locals[i.oparg] = b.emit('make_cell', [b.asNode(b.locals[i.oparg]!)]); },
  COPY_FREE_VARS: (b, i) => {
    const first = b.code.nlocalsplus - i.oparg;
    for (let k = 0; k < i.oparg; k++) b.locals[first + k] = b.emit('closure_cell', [], k);
  },
  LOAD_DEREF: loadDeref,
  STORE_DEREF: (b, i) => { const value = b.pop(); b.emit('cell_set', [b.asNode(b.locals[i.oparg]!), value]); },
  BINARY_OP: binaryOp,
  COMPARE_OP: compareOp,
  CONTAINS_OP: containsOp,
  IS_OP: (b, i) => { const right = b.pop(); const left = b.pop(); b.push(b.emit(i.oparg === 0 ? 'is' : 'is_not', [left, right])); },
  TO_BOOL: toBool,
  UNARY_NOT: (b) => { b.push(b.emit('not', [b.pop()])); },
  UNARY_NEGATIVE: general('negative', 1),
  UNARY_INVERT: general('invert', 1),
  STORE_SUBSCR: storeSubscr,
  BUILD_LIST: build('build_list'),
  BUILD_TUPLE: (b, i) => { if (!classTuple(b, i)) build('build_tuple')(b, i); },
  BUILD_STRING: buildString,
  LIST_APPEND: listAppend,
  SET_ADD: setAdd,
  MAP_ADD: mapAdd,
  SET_UPDATE: changesBelow(1),
  DICT_MERGE: dictMerge,
  UNPACK_SEQUENCE: unpackSequence,
  GET_ITER: getIter,
  LOAD_GLOBAL: buildLoadGlobal,
  STORE_GLOBAL: buildStoreGlobal,
  LOAD_NAME: buildLoadName,
  STORE_NAME: buildStoreName,
  LOAD_ATTR: buildLoadAttr,
  STORE_ATTR: buildStoreAttr,
  DELETE_ATTR: buildDeleteAttr,
  LOAD_SUPER_ATTR: superAttr,
  CALL: buildCall,
  CALL_KW: buildCallKeywords,
  CALL_FUNCTION_EX: buildCallUnpacked,
  MAKE_FUNCTION: (b, i) => { const node = b.emit('make_function', [b.pop()]); node.state = b.during(i, true); b.push(node); },
};

/** An operation on a value that stays below its result. */
function peek(op: OperationName, canRaise: boolean, imm?: (b: Builder, i: Instruction) => unknown): Handler {
  return (b, i) => {
    const node = b.emit(op, [b.asNode(b.stack[b.stack.length - 1]!)], imm?.(b, i));
    if (canRaise) node.state = b.during(i, true);
    b.pushResult(i, node);
  };
}

/** As `general`, for operations that have no special forms. */
function service(op: OperationName, count: number, imm?: (b: Builder, i: Instruction) => unknown): Handler {
  return (b, i) => {
    const args = b.popMany(count);
    const node = b.emit(op, args, imm?.(b, i));
    node.state = b.during(i, true);
    b.pushResult(i, node);
  };
}

const GENERAL_IMPORT = service('import_name', 2, (b, i) => b.code.names[i.oparg]!);
const GENERAL_IMPORT_FROM = peek('import_from', true, (b, i) => b.code.names[i.oparg]!);

function importName(b: Builder, i: Instruction): void {
  if (!importKnown(b, i)) GENERAL_IMPORT(b, i);
}

function importFrom(b: Builder, i: Instruction): void {
  const module = b.asNode(b.stack[b.stack.length - 1]!);
  const known = b.input.isHopeless(i.at) ? null : constantOwner(b, i, module, b.code.names[i.oparg]!, b.before(i));
  if (known === null) GENERAL_IMPORT_FROM(b, i);
  else if (known.value.op === 'const') b.push(known.value);
  else b.pushResult(i, known.value);
}

/** The method of the one class seen: a Python function, or that of a builtin type. */
function loadKnownSpecial(b: Builder, i: Instruction): boolean {
  const type = b.feedback(i)?.type ?? null;
  if (type === null || type === MANY) return false;
  const method = b.input.classAttribute(type, SPECIAL_METHODS[i.oparg]!);
  const isMethod = method instanceof PyFunction || (method instanceof PyMethodDescriptor && method.definition.binding === 'method');
  if (!isMethod) return false;
  const before = b.before(i);
  const self = b.guard('guard_type', [b.pop()], before, { type, version: type.version });
  b.push(b.constant(method));
  b.push(self);
  return true;
}

function loadSpecialMethod(b: Builder, i: Instruction): void {
  if (loadKnownSpecial(b, i)) return;
  const node = b.emit('load_special', [b.pop()], { site: new SpecialSite(), number: i.oparg });
  node.state = b.during(i, false);
  b.push(node);
  b.push(b.emit('method_self', [node]));
}

/** `__exit__` or `__aexit__` of a `with` that an exception has left; [exit, self, lasti, previous, exception] stay. */
function withExceptStart(b: Builder, i: Instruction): void {
  const [exit, self, , , exception] = b.stack.slice(-5).map((slot) => b.asNode(slot)) as [Node, Node, Node, Node, Node];
  const node = b.emit('with_except_start', [exit, self, exception]);
  node.state = b.during(i, true);
  b.pushResult(i, node);
}

/** The end of an `async for`; another exception than StopAsyncIteration is raised again by tier 0. */
function endAsyncFor(b: Builder, i: Instruction): void {
  const before = b.before(i);
  if (b.input.isHopeless(i.at)) {
    b.exit(before, 'END_ASYNC_FOR');
    return;
  }
  b.guard('guard_async_end', [b.pop()], before);
  b.stack.pop();
}

/** LIST_EXTEND, DICT_UPDATE. */
function extendBelow(op: OperationName): Handler {
  return (b, i) => {
    const value = b.pop();
    b.emit(op, [extendedAt(b, i.oparg), value]).state = b.during(i, false);
  };
}

/** BUILD_SET of one str or int, BUILD_MAP of such a key and its value. False where something else was seen. */
function buildOneKey(b: Builder, i: Instruction): boolean {
  const isSet = i.name === 'BUILD_SET';
  const seen = b.feedback(i);
  const kind = seen === null ? 0 : isSet ? seen.right : seen.left;
  if (i.oparg !== 1 || (kind !== STR && kind !== INT)) return false;
  const before = b.before(i);
  const [key, ...value] = b.popMany(isSet ? 1 : 2) as [Node, ...Node[]];
  b.push(b.emit(isSet ? 'build_plain_set' : 'build_plain_map', [b.guardKind(key, kind, before), ...value]));
  return true;
}

/** SET_ADD, of a set that a comprehension or a display makes. */
function setAdd(b: Builder, i: Instruction): void {
  const before = b.before(i);
  const value = b.pop();
  const set = b.asNode(b.stack[b.stack.length - i.oparg]!);
  if (isQuietKey(b.feedback(i)?.right ?? 0)) b.guard('set_add_quiet', [set, value], before);
  else b.emit('set_add', [set, value]).state = b.during(i, false);
}

/** MAP_ADD, of a dict that a comprehension makes. */
function mapAdd(b: Builder, i: Instruction): void {
  const before = b.before(i);
  const value = b.pop();
  const key = b.pop();
  const dict = extendedAt(b, i.oparg);
  if (isQuietKey(b.feedback(i)?.left ?? 0)) b.guard('dict_set', [dict, key, value], before);
  else b.emit('map_add', [dict, key, value]).state = b.during(i, false);
}

/** DICT_UPDATE of a dict that has nothing yet by another one, as `{**mapping, ...}` begins: a copy. False where it is something else. */
function copiesDict(b: Builder, i: Instruction): boolean {
  const dict = b.stack[b.stack.length - 2];
  const { dict: type } = b.input.types;
  if (i.oparg !== 1 || dict === undefined || isVirtual(dict) || dict.op !== 'build_keywords' || dict.args.length > 0 || b.extended.has(dict) || b.feedback(i)?.right !== DICT) return false;
  const before = b.before(i);
  const copy = b.guard('build_copy', [b.guardKind(b.pop(), DICT, before)], before, type);
  copy.kinds = DICT;
  b.stack[b.stack.length - 1] = copy;
  return true;
}

/** DICT_UPDATE; of a dict of one pair that was made just now for it, as `{**mapping, key: value}` does, the pair is added. */
function dictUpdate(b: Builder, i: Instruction): void {
  if (copiesDict(b, i)) return;
  const { nodes } = b.block;
  const last = nodes.at(-1);
  if (last === undefined || last !== b.stack.at(-1) || last.op !== 'build_map' || last.args.length !== 2) {
    extendBelow('dict_update')(b, i);
    return;
  }
  nodes.pop();
  b.stack.pop();
  b.emit('map_add', [b.asNode(b.stack[b.stack.length - i.oparg]!), ...last.args]).state = b.during(i, false);
}

function buildSliceObject(b: Builder, i: Instruction): void {
  const step = i.oparg === 3 ? b.pop() : b.constant(null);
  const stop = b.pop();
  b.push(b.emit('build_slice', [b.pop(), stop, step]));
}

function storeSlice(b: Builder, i: Instruction): void {
  const before = b.before(i);
  const [value, container, start, stop] = b.popMany(4) as [Node, Node, Node, Node];
  if (storeListSlice(b, i, { value, container, start, stop }, before)) return;
  const slice = b.emit('build_slice', [start, stop, b.constant(null)]);
  const node = b.emit('set_item', [container, slice, value]);
  node.isGeneral = true;
  node.state = b.during(i, false);
}

function intrinsic1(b: Builder, i: Instruction): void {
  if (i.oparg === INTRINSIC.LIST_TO_TUPLE) {
    const list = b.pop();
    const isDisplay = list.op === 'build_list' && !b.extended.has(list);
    b.push(list.op === 'build_spread' ? list : isDisplay ? b.emit('build_tuple', list.args) : b.emit('list_to_tuple', [list]));
  } else if (i.oparg === INTRINSIC.ASYNC_GEN_WRAP) b.push(b.emit('async_gen_wrap', [b.pop()]));
  else byInstruction(b, i);
}

const SERVICES: Readonly<Record<string, Handler>> = {
  BUILD_MAP: (b, i) => { if (!buildNamedMap(b, i) && !buildOneKey(b, i)) service('build_map', 2 * i.oparg)(b, i); },
  BUILD_SET: (b, i) => { if (!buildOneKey(b, i)) service('build_set', i.oparg)(b, i); },
  FORMAT_SIMPLE: general('format', 1),
  BINARY_SLICE: binarySlice,
  UNPACK_EX: unpackStarred,
  GET_AWAITABLE: service('get_awaitable', 1, (_b, i) => i.oparg),
  GET_ANEXT: peek('get_anext', true),
  GET_AITER: service('get_aiter', 1),
  GET_YIELD_FROM_ITER: service('get_yield_from_iter', 1, (b) => b.code),
  PUSH_EXC_INFO: (b, i) => {
    const exception = b.pop();
    b.push(b.emit('push_handled', [exception]));
    b.push(exception);
  },
  CHECK_EXC_MATCH: matchException,
  POP_EXCEPT: (b) => void b.emit('pop_handled', [b.pop()]),
  LOAD_SPECIAL: loadSpecialMethod,
  IMPORT_NAME: importName,
  IMPORT_FROM: importFrom,
  WITH_EXCEPT_START: withExceptStart,
  END_ASYNC_FOR: endAsyncFor,
  GET_LEN: peek('length', true),
  MATCH_SEQUENCE: peek('is_sequence', false),
  MATCH_MAPPING: peek('is_mapping', false),
  MATCH_CLASS: service('match_class', 3, (_b, i) => i.oparg),
  MATCH_KEYS: (b, i) => {
    const [subject, keys] = b.stack.slice(-2).map((slot) => b.asNode(slot)) as [Node, Node];
    const node = b.emit('match_keys', [subject, keys]);
    node.state = b.during(i, true);
    b.push(node);
  },
  FORMAT_WITH_SPEC: service('format_with_spec', 2),
  CONVERT_VALUE: general('convert_value', 1, (i) => i.oparg),
  LIST_EXTEND: (b, i) => { if (!extendDisplay(b, i) && !extendToTuple(b, i)) extendBelow('list_extend')(b, i); },
  DICT_UPDATE: dictUpdate,
  BUILD_SLICE: buildSliceObject,
  STORE_SLICE: storeSlice,
  DELETE_SUBSCR: deleteSubscr,
  CALL_INTRINSIC_1: intrinsic1,
  SET_FUNCTION_ATTRIBUTE: (b, i) => {
    const func = b.pop();
    b.emit('set_function_attribute', [b.pop(), func], i.oparg);
    b.push(func);
  },
};

/** Instructions that tier 0's implementation can run from operands alone. */
const BY_INSTRUCTION = new Set([
  'BUILD_TEMPLATE', 'BUILD_INTERPOLATION', 'CALL_INTRINSIC_2', 'DELETE_GLOBAL', 'DELETE_NAME', 'LOAD_FROM_DICT_OR_GLOBALS',
]);

const JUMPS: Readonly<Record<string, (b: Builder, value: Node) => Node>> = {
  POP_JUMP_IF_FALSE: (b, value) => (value.kinds === BOOL ? value : b.emit('not', [b.emit('is', [value, b.constant(false)])])),
  POP_JUMP_IF_TRUE: (b, value) => b.emit('not', [value.kinds === BOOL ? value : b.emit('is', [value, b.constant(true)])]),
  POP_JUMP_IF_NONE: (b, value) => b.emit('is_not', [value, b.constant(null)]),
  POP_JUMP_IF_NOT_NONE: (b, value) => b.emit('is', [value, b.constant(null)]),
};

/** Translates an instruction in the middle of a block. */
export function buildInstruction(b: Builder, i: Instruction): void {
  const handler = HANDLERS[i.name] ?? SERVICES[i.name];
  if (handler !== undefined) handler(b, i);
  else if (BY_INSTRUCTION.has(i.name)) byInstruction(b, i);
  else throw new CannotCompile(`no translation of ${i.name}`);
}

/** Translates the last instruction of a block. True when it has ended the block. */
export function buildEnd(b: Builder, i: Instruction, successors: readonly number[]): boolean {
  if (i.name === 'FOR_ITER') {
    forIter(b, i, successors[0]!, successors[1]!);
    return true;
  }
  if (i.name === 'SEND') {
    send(b, i, successors[0]!, successors[1]!);
    return true;
  }
  const awaits = sendBehind(b.code.words, i);
  if (awaits !== null) {
    buildAwaited(b, i, awaits, successors);
    return true;
  }
  const condition = JUMPS[i.name];
  if (condition !== undefined) {
    const value = b.pop();
    const goesOn = condition(b, value);
    b.block.end = { kind: 'branch', condition: goesOn, then: b.edge(successors[0]!), otherwise: b.edge(successors[1]!) };
    return true;
  }
  if (i.op === OP.JUMP_BACKWARD) b.guard('safepoint', [], b.before(i));
  if (i.name.startsWith('JUMP_')) {
    b.jump(successors[0]!);
    return true;
  }
  return false;
}
