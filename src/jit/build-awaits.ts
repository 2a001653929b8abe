/**
 * Calls whose result is awaited at once: a coroutine that can be begun is (`PyCode.begin`), in the place of CALL, GET_AWAITABLE, LOAD_CONST None and the first SEND;
 * GET_ANEXT likewise. Other callees take the usual way.
 */
import { PyTuple } from '../core/containers.ts';
import { PyFunction } from '../core/function.ts';
import { SpecialSite } from '../core/inline-cache.ts';
import type { Builder } from './builder.ts';
import type { Instruction } from './bytecode-blocks.ts';
import { bindCall, buildCall, buildCallKeywords, settledSelf, type Call } from './build-calls.ts';
import { isVirtual, MANY, State, type Node } from './ir.ts';
import type { PyType } from '../core/type.ts';

/** The function that is called: known already, or the only one that was seen, behind a guard. */
function knownFunction(b: Builder, i: Instruction, callee: Node, before: State): PyFunction | null {
  if (callee.op === 'const') return callee.imm instanceof PyFunction ? callee.imm : null;
  const seen = b.feedback(i)?.callee;
  if (!(seen instanceof PyFunction)) return null;
  b.guard('guard_is', [callee], before, seen);
  return seen;
}

/** What follows the call, what follows when the coroutine yields, and where its result is taken. */
type Ways = readonly [next: number, yielded: number, done: number];

/** How a coroutine is begun. */
interface Beginning {
  readonly op: 'begin_direct' | 'begin_call';
  readonly args: readonly Node[];
  /** The function, where it is known. */
  readonly func?: PyFunction;
}

/** The position of the SEND under way: below the value that is sent stands the receiver, of which there is none yet. */
function duringSend(b: Builder, send: Instruction): State {
  const none = b.constant(null);
  return new State(send.next, send.at, [...b.locals, ...b.stack, none, none], { continues: true, pushes: false });
}

/** Begins a coroutine, and ends the block; the operands are off the stack. */
function begin(b: Builder, { op, args, func }: Beginning, send: Instruction, [, yielded, done]: Ways): void {
  const state = duringSend(b, send);
  const node = b.emit(op, args, func);
  node.state = state;
  const { stack } = b;
  b.stack = [...stack, b.constant(null), b.emit('begin_result', [node])];
  const returned = b.edge(done);
  b.stack = [...stack];
  b.branchInto(b.emit('begin_suspends', [node]), returned);
  b.push(b.emit('begun', []));
  b.push(b.emit('begun_value', []));
  b.jump(yielded);
}

/** The call in its usual form, which goes on at GET_AWAITABLE. */
function callAsUsual(b: Builder, i: Instruction, [next]: Ways): void {
  if (i.name === 'CALL') buildCall(b, i);
  else if (i.name === 'CALL_KW') buildCallKeywords(b, i);
  else {
    const top = b.asNode(b.stack[b.stack.length - 1]!);
    const node = b.emit('get_anext', [top]);
    node.state = b.during(i, true);
    b.pushResult(i, node);
  }
  if (b.block.end === undefined) b.jump(next);
}

/** A known function: begun behind a guard. Null where the call has to be made in the usual form; the stack is as before then. */
function beginKnown(b: Builder, i: Instruction): Beginning | null {
  const { stack } = b;
  const before = b.before(i);
  b.stack = [...stack];
  const names = i.name === 'CALL_KW' ? b.pop() : null;
  const args = b.popMany(i.oparg);
  const self = b.pop();
  const callee = b.pop();
  const keywords = names?.op === 'const' && names.imm instanceof PyTuple ? (names.imm.items as string[]) : [];
  const settled = names === null || keywords.length > 0 ? settledSelf(b, i, self, before) : null;
  if (settled !== null) {
    const known = knownFunction(b, i, callee, before);
    const call: Call = { b, i, before, args: settled.self === null ? args : [settled.self, ...args], names: keywords };
    if (known !== null && b.input.canBegin(known)) {
      const bound = bindCall(call, known, call.args);
      if (bound !== null) {
        b.guard('guard_begins', [], before, known);
        return { op: 'begin_direct', args: bound, func: known };
      }
    }
  }
  b.stack = stack;
  return null;
}

/** A call of what is not known, where it can be begun; else the block goes on with the usual form. */
function beginUnknown(b: Builder, i: Instruction, send: Instruction, ways: Ways): void {
  const { stack, locals } = b;
  const slots = stack.slice(stack.length - i.oparg - 2);
  if (slots.some(isVirtual)) return;
  const [callee, self, ...args] = slots as Node[];
  const can = b.emit('can_begin', [callee!, self!], i.oparg);
  branchTo(b, can, () => {
    b.stack = stack.slice(0, stack.length - i.oparg - 2);
    begin(b, { op: 'begin_call', args: [callee!, self!, ...args] }, send, ways);
  });
  b.stack = stack;
  b.locals = locals;
}

/** Fills a block to which the present one goes where `condition` holds, and goes on with another. */
function branchTo(b: Builder, condition: Node, fill: () => void): void {
  const otherwise = b.newBlock();
  b.branchInto(condition, { target: otherwise, args: [] });
  fill();
  b.block = otherwise;
}

/** GET_ANEXT of the one class seen, whose `__anext__` is a coroutine function. */
function beginKnownNext(b: Builder, i: Instruction): Beginning | null {
  const type = b.feedback(i)?.type ?? null;
  const func = type === null || type === MANY ? undefined : b.input.classAttribute(type, '__anext__');
  if (!(func instanceof PyFunction) || !b.input.canBegin(func)) return null;
  const before = b.before(i);
  const iterator = b.guard('guard_type', [b.asNode(b.stack[b.stack.length - 1]!)], before, { type, version: (type as PyType).version });
  const bound = bindCall({ b, i, before, args: [], names: [] }, func, [iterator]);
  if (bound === null) return null;
  b.guard('guard_begins', [], before, func);
  return { op: 'begin_direct', args: bound, func };
}

/** GET_ANEXT of a class whose `__anext__` is a coroutine function. */
function beginNext(b: Builder, send: Instruction, ways: Ways): void {
  const { stack, locals } = b;
  const iterator = b.asNode(stack[stack.length - 1]!);
  const func = b.emit('next_function', [iterator], new SpecialSite());
  branchTo(b, b.emit('is_not', [func, b.constant(null)]), () => {
    b.stack = [...stack];
    begin(b, { op: 'begin_call', args: [func, iterator] }, send, ways);
  });
  b.stack = stack;
  b.locals = locals;
}

/** Translates a call, or GET_ANEXT, behind which `send` awaits the result. Ends the block. */
export function buildAwaited(b: Builder, i: Instruction, send: Instruction, successors: readonly number[]): void {
  const ways: Ways = [successors[0]!, successors[1]!, successors[2]!];
  const known = i.name === 'GET_ANEXT' ? beginKnownNext(b, i) : beginKnown(b, i);
  if (known !== null) {
    begin(b, known, send, ways);
    return;
  }
  if (i.name === 'GET_ANEXT') beginNext(b, send, ways);
  else if (i.name === 'CALL' && mayBegin(b, i)) beginUnknown(b, i, send, ways);
  callAsUsual(b, i, ways);
}

/** Whether what is called is not known to be something else than a coroutine function. */
function mayBegin(b: Builder, i: Instruction): boolean {
  const callee = b.stack[b.stack.length - i.oparg - 2]!;
  return !isVirtual(callee) && callee.op !== 'const';
}
