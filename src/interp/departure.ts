/**
 * Leaving compiled code behind an operation that is no call. Calls look at the eval breaker when they are back; operators, attributes and their like would
 * be too many places for that in the code, so the service looks, and where it must be left throws a `Departure`, which the code's handler passes to
 * `completeInstruction`.
 */
import { listInstructions } from '../bytecode/instruction-list.ts';
import { OP } from '../bytecode/opcodes.ts';
import type { Site } from '../core/compiled.ts';
import type { Frame } from '../core/function.ts';
import { BREAKER_EVICT, BREAKER_TRACE, type Thread } from '../core/thread.ts';
import type { Maybe } from '../core/value.ts';
import { startOf } from './unwind.ts';

/** In the place of results: FOR_ITER has parked for the next item, and is to be done again with the iterator, which the wait gives. */
export const PARKED_FOR_NEXT = Symbol('parked for next');

type Results = readonly Maybe[] | typeof PARKED_FOR_NEXT;

/** Thrown through compiled code: what the operation under way gave, for the frame's stack. */
export class Departure {
  readonly results: Results;

  constructor(results: Results) {
    this.results = results;
  }
}

/** Throws a Departure when the compiled code that asked for an operation must be left behind it. */
export function depart(t: Thread, results: readonly Maybe[]): void {
  if ((t.breaker[0]! & (BREAKER_TRACE | BREAKER_EVICT)) !== 0 && t.interpreter.scheduler.mustLeave(t)) throw new Departure(results);
}

/** The result of an operation, on its way to compiled code. @hot every operation of compiled code that is no call and no plain read */
export function behind<V extends Maybe>(t: Thread, result: V): V {
  if (t.breaker[0] !== 0) depart(t, [result]);
  return result;
}

/** As `behind`, for operations without a result. */
export function behindAll(t: Thread): void {
  if (t.breaker[0] !== 0) depart(t, []);
}

/** Instructions without a result, whose operations may give something: those that change an object further down return it, and it is on the stack already; slots that store return nothing. */
const WITHOUT_RESULT: ReadonlySet<number> = new Set([OP.SET_UPDATE, OP.DICT_MERGE, OP.STORE_SUBSCR]);

function instructionAt(site: Site): { readonly op: number; readonly oparg: number } {
  return listInstructions(site.code.code).findLast(({ start }) => start <= site.at)!;
}

/** A frame made at `site` has resumed a generator, whose frame stands above it now: both are left as tier 0's SEND or FOR_ITER leaves them. */
export function waitForGenerator(f: Frame, site: Site, callee: Frame): void {
  const { op, oparg } = instructionAt(site);
  // The value that was sent; and a coroutine that was begun has just been made.
  if (op === OP.SEND) f.stack[--f.sp - 1] = callee.generator;
  // A generator whose code is inlined into the loop over it has just been made, too.
  else if (op === OP.FOR_ITER && f.stack[f.sp - 1] === null) f.stack[f.sp - 1] = callee.generator;
  callee.returnOffset = oparg;
}

/** Finishes the instruction under way in a frame made at `site`: pushes its results, or jumps. */
export function completeInstruction(f: Frame, site: Site, results: Results): void {
  const { op, oparg } = instructionAt(site);
  if (results === PARKED_FOR_NEXT) {
    f.pc = startOf(f.code.words, f.pc, op);
    f.sp--;
    return;
  }
  if (WITHOUT_RESULT.has(op)) return;
  if (op === OP.FOR_ITER && results[0] === undefined) f.pc += oparg + 1;
  else if (op === OP.SEND) completeSend(f, results, oparg);
  else if (op === OP.CONTAINS_OP && oparg === 1) f.stack[f.sp++] = results[0] !== true;
  else for (const result of results) f.stack[f.sp++] = result;
}

/** `results`: what was yielded, or undefined when the iterator has returned the other one. */
function completeSend(f: Frame, [yielded, returned]: readonly Maybe[], oparg: number): void {
  f.stack[f.sp - 1] = yielded === undefined ? returned : yielded;
  if (yielded === undefined) f.pc += oparg;
}
