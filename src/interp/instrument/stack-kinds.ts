/**
 * What lies on the evaluation stack before each instruction: a walk over the code that knows objects from iterators, handled exceptions and NULLs, so that a
 * jump by a debugger lands only where the stack fits. Source: the rules of `mark_stacks` in CPython's Objects/frameobject.c.
 */
import type { CodeObject } from '../../bytecode/code.ts';
import { listHandlers, type ExceptionHandler } from '../../bytecode/exception-table.ts';
import { isTerminator, OP, stackEffect } from '../../bytecode/opcodes.ts';
import { jumpTarget } from './code-lines.ts';
import { listInstructions, type Instruction } from '../../bytecode/instruction-list.ts';

/** One entry of the stack. */
export type Kind = 'object' | 'iterator' | 'except' | 'null' | 'lasti';
/** A stack, bottom first. */
export type Kinds = readonly Kind[];

function pop(stack: Kinds, count: number): Kind[] {
  return stack.slice(0, Math.max(stack.length - count, 0));
}

function swap(stack: Kinds, depth: number): Kind[] {
  const out = stack.slice();
  const [top, other] = [out.length - 1, out.length - depth];
  [out[top], out[other]] = [out[other]!, out[top]!];
  return out;
}

/** The stack behind an instruction that does not jump. */
function after({ op, oparg }: Instruction, stack: Kinds): Kinds {
  switch (op) {
    case OP.GET_ITER: case OP.GET_AITER: return [...pop(stack, 1), 'iterator'];
    case OP.FOR_ITER: return [...stack, 'object'];
    case OP.SEND: return stack;
    case OP.PUSH_EXC_INFO: return [...stack, 'except'];
    case OP.END_ASYNC_FOR: return pop(stack, 2);
    case OP.PUSH_NULL: return [...stack, 'null'];
    case OP.LOAD_GLOBAL: return (oparg & 1) === 1 ? [...stack, 'object', 'null'] : [...stack, 'object'];
    case OP.LOAD_ATTR: return (oparg & 1) === 1 ? [...pop(stack, 1), 'object', 'null'] : [...pop(stack, 1), 'object'];
    case OP.SWAP: return swap(stack, oparg);
    case OP.COPY: return [...stack, stack[stack.length - oparg] ?? 'object'];
    default: {
      const effect = stackEffect(op, oparg, /* jump */ false);
      // What an instruction pushes are objects, also where it replaces as many as it takes: those below stay what they are.
      return effect <= 0 ? pop(stack, -effect) : [...stack, ...new Array<Kind>(effect).fill('object')];
    }
  }
}

/** The unit to which an instruction may jump, or -1. The stack there is the one behind the instruction. */
function target(instruction: Instruction): number {
  const { op, next, oparg } = instruction;
  // These end at END_FOR and END_SEND, which drop what is left of the loop: only LINE events begin behind those.
  if (op === OP.FOR_ITER || op === OP.SEND) return next + oparg;
  return op === OP.END_ASYNC_FOR ? -1 : jumpTarget(instruction);
}

function enterHandlers(stacks: (Kinds | null)[], handlers: readonly ExceptionHandler[], at: number): boolean {
  let found = false;
  for (const { start, end, target: handler, depth, lasti } of handlers) {
    if (at < start || at >= end || stacks[handler] !== null) continue;
    const stack: Kind[] = stacks[at]!.slice(0, depth);
    if (lasti) stack.push('lasti');
    stacks[handler] = [...stack, 'except'];
    found ||= handler <= at;
  }
  return found;
}

/** By unit: the stack before the instruction there; null where no execution comes. */
export function markStacks(code: CodeObject): (Kinds | null)[] {
  const instructions = listInstructions(code);
  const handlers = listHandlers(code.handlers);
  const stacks = new Array<Kinds | null>(code.words.length + 1).fill(null);
  stacks[0] = [];
  for (let again = true; again; ) {
    again = false;
    for (const instruction of instructions) {
      const stack = stacks[instruction.start]!;
      if (stack === null) continue;
      again = enterHandlers(stacks, handlers, instruction.start) || again;
      const to = target(instruction);
      if (to >= 0 && stacks[to] === null) {
        stacks[to] = after(instruction, stack);
        again ||= to <= instruction.start;
      }
      if (!isTerminator(instruction.op)) stacks[instruction.next] ??= after(instruction, stack);
    }
  }
  return stacks;
}

function fits(from: Kind, to: Kind): boolean {
  if (to === 'object') return from !== 'null';
  return to === 'null' || from === to;
}

/** Whether dropping entries of `from` can make it `to`. */
export function isCompatible(from: Kinds, to: Kinds): boolean {
  return to.length <= from.length && to.every((kind, i) => fits(from[i]!, kind));
}

/** Why a jump to a place with this stack cannot be. */
export function explainIncompatible(to: Kinds | null): string {
  if (to === null) return "can't jump into an exception handler, or code may be unreachable";
  switch (to.at(-1)) {
    case 'except': return "can't jump into an 'except' block as there's no exception";
    case 'lasti': return "can't jump into a re-raising block as there's no location";
    case 'iterator': return "can't jump into the body of a for loop";
    default: return 'incompatible stacks';
  }
}
