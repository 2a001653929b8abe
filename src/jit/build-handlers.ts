/**
 * Exceptions that go on in the graph. Where the exception table covers an operation and the handler has been seen, the block ends behind the operation:
 *
 *   %5 = call ... catches        an exception has given RAISED
 *   %6 = raised %5
 *   branch %6 landing() rest()
 * landing():
 *   %7 = caught                  takes the exception
 *   jump handler(locals, stack below the `try`, %7)
 */
import { findHandler } from '../bytecode/exception-table.ts';
import { OP } from '../bytecode/opcodes.ts';
import { INTRINSIC } from '../bytecode/operands.ts';
import type { BuildInput, Builder } from './builder.ts';
import { decode, type Instruction } from './bytecode-blocks.ts';
import type { PyCode } from '../core/function.ts';
import { PyTuple } from '../core/containers.ts';
import { PyType } from '../core/type.ts';
import type { Block, Node, State } from './ir.ts';
import { canRaise, operationOf } from './operations.ts';

/** Where an exception goes on. */
interface HandlerPlace {
  readonly target: number;
  /** Height of the evaluation stack below the `try`. */
  readonly depth: number;
  /** Whether the position is pushed before the exception. */
  readonly hasPosition: boolean;
}

/** Whether all that is handled is the end of a generator's code, which few exceptions concern. */
export function isGeneratorsEnd(code: PyCode, target: number): boolean {
  return code.isGenerator && code.words[target] === (OP.CALL_INTRINSIC_1 | (INTRINSIC.STOPITERATION_ERROR << 8));
}

/** The handler of what is raised at a unit, where it goes on in the graph; else null. A coroutine that is begun has no place yet for what it handles. */
export function handlerAt(input: BuildInput, unit: number): HandlerPlace | null {
  if (!input.hasHandlers || input.begins) return null;
  const handlers = (input.code.handlers ??= input.code.code.handlers);
  const at = findHandler(handlers, unit);
  if (at < 0) return null;
  const target = handlers[at + 2]!;
  if (isGeneratorsEnd(input.code, target) || (target !== input.entry && input.isUnseen(decode(input.code.words, target).at))) return null;
  const packed = handlers[at + 3]!;
  return { target, depth: packed >> 1, hasPosition: (packed & 1) !== 0 };
}

/** Lets what the nodes of these blocks raise go on at handlers. */
export function catchExceptions(b: Builder, blocks: readonly Block[]): void {
  for (const block of blocks) catchIn(b, block);
}

function catchIn(b: Builder, block: Block): void {
  for (const [i, node] of block.nodes.entries()) {
    const { state } = node;
    // What an inlined generator raises is raised where its frame is.
    if (state === null || state.inlining !== null || !state.continues || !canRaise(node) || operationOf(node).begins === true) continue;
    const place = handlerAt(b.input, state.pc - 1);
    if (place === null) continue;
    node.catches = true;
    const landing = b.newBlock();
    fillLanding(b, landing, state, place);
    if (node.op === 'raise' || node.op === 'reraise') {
      b.block = block;
      block.end = { kind: 'jump', target: { target: landing, args: [] } };
      return;
    }
    catchIn(b, splitBehind(b, block, i, node, landing));
    return;
  }
}

function fillLanding(b: Builder, landing: Block, state: State, { target, depth, hasPosition }: HandlerPlace): void {
  b.block = landing;
  const slots = state.slots.slice(0, b.code.nlocalsplus + depth);
  if (hasPosition) slots.push(b.constant(state.pc - 1));
  slots.push(b.emit('caught', []));
  b.jumpWith(target, slots);
}

/** Has the block end behind a node; what follows there goes on in a new one, which is returned. */
function splitBehind(b: Builder, block: Block, at: number, node: Node, landing: Block): Block {
  const rest = b.newBlock();
  rest.nodes = block.nodes.splice(at + 1);
  for (const moved of rest.nodes) moved.block = rest;
  rest.end = block.end;
  for (const row of b.returns) if (row.block === block) row.block = rest;
  b.block = block;
  const condition = b.emit('raised', [node]);
  block.end = { kind: 'branch', condition, then: { target: landing, args: [] }, otherwise: { target: rest, args: [] } };
  return rest;
}

/** The classes of exceptions that `except what:` catches, where they are known; null for others. */
function caughtClasses(what: Node): readonly PyType[] | null {
  const items: readonly unknown[] = what.op === 'build_tuple' ? what.args.map(({ op, imm }) => (op === 'const' ? imm : null)) : what.op !== 'const' ? [null] : what.imm instanceof PyTuple ? what.imm.items : [what.imm];
  return items.every((item): item is PyType => item instanceof PyType && item.mro.some(({ name, flags }) => name === 'BaseException' && !flags.heapType)) ? items : null;
}

/** CHECK_EXC_MATCH: what is known to be classes of exceptions raises nothing, and no Python code is asked. */
export function matchException(b: Builder, i: Instruction): void {
  const what = b.pop();
  const exception = b.asNode(b.stack[b.stack.length - 1]!);
  const classes = caughtClasses(what);
  if (classes !== null) {
    b.push(b.emit('is_caught', [exception], classes));
    return;
  }
  const node = b.emit('matches_exception', [exception, what]);
  node.state = b.during(i, true);
  b.push(node);
}

/** Ends the block by raising an exception of a builtin class, with a text. `before` is the position before the instruction, whose operands have been popped. */
export function raiseNew(b: Builder, i: Instruction, type: unknown, text: string, before: State): void {
  const node = b.emit('raise', [b.emit('new_exception', [b.constant(text)], type)]);
  node.before = before;
  node.state = b.during(i, false);
  // Never reached: every block ends somehow.
  b.exit(before, 'raise');
}

/** Has a node raise nothing but exceptions of one class, for what it is asked: where their handler needs none, none is made. `before` is the position before the instruction. */
export function canMiss(node: Node, type: unknown, before: State): void {
  node.raises = type as PyType;
  node.before = before;
}
