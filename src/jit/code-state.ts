/** What the JIT keeps for a code object: feedback, what is compiled, what has failed. */
import { addr2line } from '../bytecode/location-table.ts';
import type { CompiledCall, PyCode } from '../core/function.ts';
import type { CompiledFrame } from '../core/thread.ts';
import type { FailureRow } from '../hooks/jit-control.ts';
import { findHandler, listHandlers } from '../bytecode/exception-table.ts';
import { decode } from './bytecode-blocks.ts';
import type { Emitted } from './emit/javascript.ts';
import { CodeFeedback } from './feedback.ts';
import { isCalleeKind, type Feedback } from './ir.ts';
import { instructionUnit } from './units.ts';

/** CO_OPTIMIZED */
export const OPTIMIZED = 1;

/** Failures until code is compiled anew: for the first time; each time after, twice as many. */
const FIRST_FAILURES = 20;

/** Where a suspended generator goes on: behind a yield. */
export interface ResumePoint {
  run: CompiledFrame | null;
}

/** What the JIT keeps for a code object. */
export class CodeState {
  readonly code: PyCode;
  readonly feedback = new CodeFeedback();
  /** Times that it was observed when it was hot, and how many of its instructions had been seen before the last time; of huge code before something new was seen for the last time. */
  observations = 0;
  seenBefore = 0;
  /** Of huge code: how many instructions had been observed, over all times, when something new was seen for the last time. */
  observedBefore = 0;
  /** Compiled frame entries by position. */
  readonly entries = new Map<number, CompiledFrame | null>();
  /** Functions for which calls are compiled share this; null while there is none. */
  call: CompiledCall | null = null;
  /** The compiled form of `PyCode.begin`; null while there is none. Calls of it until now; NEVER when it is compiled, or cannot be. */
  begin: CompiledCall | null = null;
  begun = 0;
  /** Entries whose code would be too long. */
  readonly refused = new Set<number>();
  /** Compilations by entry. */
  readonly compilations = new Map<number, number>();
  /** Failures since the last compilation, and how many have it compiled anew. */
  failed = 0;
  limit = FIRST_FAILURES;
  /** Characters of all that is compiled: what compiling it anew throws away. */
  size = 0;
  /** Whether its generators have turned out to need a record where they are inlined into loops over them. */
  calls = false;
  /** How often it could not be inlined. */
  refusals = 0;
  /** Visits of loops that are not compiled for themselves, by position. */
  readonly visits = new Map<number, number>();
  /** Handlers for which it was compiled anew, to have them in the graph. */
  readonly joined = new Set<number>();
  /** What compiling it has taken. */
  milliseconds = 0;
  /** Compiled frame entries behind yields, by the position of the yield's RESUME. */
  private readonly points = new Map<number, ResumePoint>();
  /** Instructions where speculation is given up. */
  readonly hopeless = new Set<number>();
  /** Those of which only the kind of the result is not speculated on. */
  readonly hopelessResults = new Set<number>();
  /** Why nothing more is compiled, or ''. */
  givenUp = '';
  /** What was emitted, by entry; calls under -1. */
  readonly emitted = new Map<number, Emitted>();
  /** Failed guards: "unit reason" and how often. */
  readonly failures = new Map<string, number>();

  constructor(code: PyCode) {
    this.code = code;
  }

  /** The resume point at `pc`. */
  pointAt(pc: number): ResumePoint {
    let point = this.points.get(pc);
    if (point === undefined) this.points.set(pc, (point = { run: null }));
    return point;
  }

  /** The result of the instruction at a unit was an int of more than 32 bits. */
  noteLarge(at: number): void {
    const row = this.feedback.rows.get(at);
    if (row !== undefined) row.isSmall = false;
  }

  /** Takes what was emitted for an entry. */
  noteEmitted(key: number, emitted: Emitted): void {
    this.size += emitted.text.length - (this.emitted.get(key)?.text.length ?? 0);
    this.emitted.set(key, emitted);
  }

  /** What it was compiled for has changed: it is observed and compiled as if for the first time. */
  startAgain(): void {
    this.observations = 0;
    this.seenBefore = 0;
    for (const key of this.emitted.keys()) this.compilations.set(key, Math.max(0, (this.compilations.get(key) ?? 0) - 1));
  }

  /** Forgets what is compiled. */
  clear(): void {
    this.entries.clear();
    // That the loops of a module were seen once remains true.
    if ((this.code.code.flags & OPTIMIZED) !== 0) this.visits.clear();
    for (const point of this.points.values()) point.run = null;
    this.call = null;
    this.begin = null;
    this.begun = 0;
    this.emitted.clear();
    this.size = 0;
  }

  /** Counts the handler of an instruction's exceptions, if there is one, as seen: they come, and observation ends before it. */
  expectHandler(at: number): boolean {
    const handlers = (this.code.handlers ??= this.code.code.handlers);
    const row = findHandler(handlers, at);
    if (row < 0) return false;
    this.feedback.at(decode(this.code.words, handlers[row + 2]!).at);
    return true;
  }

  /** The handlers that were observed, by position. */
  seenHandlers(): number[] {
    const { code, words } = this.code;
    return listHandlers(code.handlers).map(({ target }) => target).filter((target) => this.feedback.rows.has(decode(words, target).at));
  }

  /** Failed guards, by line. */
  failureRows(): FailureRow[] {
    const { code } = this.code;
    return [...this.failures].map(([key, count]) => {
      const [at, reason] = key.split(' ') as [string, string];
      return { function: code.qualname, filename: code.filename, line: addr2line(code, instructionUnit(Number(at))), reason, count };
    });
  }
}

/** Whether more kinds of instances have been seen at an attribute access than when this was asked before, functions that are alike at a call that had seen one, or the first negative index. */
export function hasLearnt(row: Feedback | undefined): boolean {
  if (row !== undefined && isCalleeKind(row.callee) && !row.isKnownAlike) return (row.isKnownAlike = true);
  if (row !== undefined && row.isNegative && !row.isKnownNegative) return (row.isKnownNegative = true);
  if (row === undefined || row.caches === null || row.caches.length <= row.knownCaches) return false;
  row.knownCaches = row.caches.length;
  return row.knownCaches > 1;
}
