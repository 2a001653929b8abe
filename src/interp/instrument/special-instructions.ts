/** Instructions that cause events of their own: calls, jumps, returns, suspensions. Each tells and then runs, or runs and then tells. */
import type { Value } from '../../core/value.ts';
import { PyFunction, PyGenerator, PyMethod } from '../../core/function.ts';
import { PyBaseException } from '../../core/exception.ts';
import { PyInstance } from '../../core/instance.ts';
import { PyTuple } from '../../core/containers.ts';
import { OP } from '../../bytecode/opcodes.ts';
import { call } from '../../objects/call.ts';
import { iterNext } from '../../objects/iterate.ts';
import { stopIterationWith } from '../../objects/generator.ts';
import { asStr } from '../../objects/type-of.ts';
import { unpackedCall } from '../calls.ts';
import { CACHES } from '../../bytecode/opcodes.ts';
import { SAFEPOINT, type Machine } from '../machine.ts';
import { perform } from '../reference-loop.ts';
import { BRANCH_EVENTS, EVENT, bit } from './events.ts';
import type { Instrumentation } from './state.ts';
import { tell } from './tell.ts';

/** What a special instruction knows of its place. */
export interface Place {
  readonly op: number;
  readonly oparg: number;
  /** Its unit. */
  readonly at: number;
  /** The unit of the instruction executed before in this frame. */
  readonly previous: number;
}

/** What a special instruction needs of the loop's cursor. */
export interface Watcher {
  readonly state: Instrumentation;
  last: number;
}

/** One of them: its events, and how it runs. On entry `f.pc` is `at + 1`, `m.pc` is behind the caches. */
export interface SpecialInstruction {
  readonly events: number;
  run(m: Machine, watcher: Watcher, place: Place): void;
}

function behind(m: Machine, { op, oparg }: Place): void {
  m.f.pc = m.pc;
  perform(m, op, oparg);
}

/** An event with the value on top, then the instruction. */
function withTop(event: number): SpecialInstruction {
  return {
    events: bit(event),
    run(m, watcher, place) {
      const before = m.f.pc;
      tell(m.t, m.f, watcher.state, event, place.at, [m.stack[m.sp - 1] as Value]);
      if (!hasMoved(m, watcher, before)) behind(m, place);
    },
  };
}

/** Whether a callback has set `f_lineno`: then the machine goes on there, and the line jumped to is no event. */
function hasMoved(m: Machine, watcher: Watcher, before: number): boolean {
  if (m.f.pc === before) return false;
  m.pc = m.f.pc;
  m.sp = m.f.sp;
  watcher.last = m.pc;
  return true;
}

const RESUME: SpecialInstruction = {
  events: bit(EVENT.PY_START) | bit(EVENT.PY_RESUME),
  run(m, { state }, place) {
    tell(m.t, m.f, state, (place.oparg & 3) === 0 ? EVENT.PY_START : EVENT.PY_RESUME, place.at, []);
    behind(m, place);
  },
};

/** Tells of a jump or branch to `target`; true when a callback has moved the frame elsewhere. */
function tellJump(m: Machine, watcher: Watcher, event: number, from: number, target: number): boolean {
  const before = m.f.pc;
  tell(m.t, m.f, watcher.state, event, from, [target * 2]);
  return hasMoved(m, watcher, before);
}

function jump(target: (m: Machine, oparg: number) => number): SpecialInstruction {
  return {
    events: bit(EVENT.JUMP),
    run(m, watcher, place) {
      if (!tellJump(m, watcher, EVENT.JUMP, place.at, target(m, place.oparg))) behind(m, place);
    },
  };
}

function conditional(isTaken: (top: Value) => boolean): SpecialInstruction {
  return {
    events: bit(EVENT.BRANCH_RIGHT),
    run(m, watcher, place) {
      if (isTaken(m.stack[m.sp - 1] as Value)) tellJump(m, watcher, EVENT.BRANCH_RIGHT, place.at, m.pc + place.oparg);
      behind(m, place);
    },
  };
}

/** A branch that was decided by the instruction before; told of at its end. */
function decided(event: number): SpecialInstruction {
  return {
    events: bit(event),
    run(m, watcher, place) {
      tellJump(m, watcher, event, place.previous, m.pc);
      behind(m, place);
    },
  };
}

/** The iterator is asked here, so that a generator's next item is there when the branch is told of. */
const FOR_ITER: SpecialInstruction = {
  events: BRANCH_EVENTS,
  run(m, watcher, place) {
    const item = iterNext(m.t, m.stack[m.sp - 1] as Value);
    if (item === undefined) {
      m.pc += place.oparg + 1;
      return;
    }
    m.stack[m.sp++] = item;
    tellJump(m, watcher, EVENT.BRANCH_LEFT, place.at, m.pc);
  },
};

const END_ASYNC_FOR: SpecialInstruction = {
  events: bit(EVENT.BRANCH_RIGHT),
  run(m, watcher, place) {
    const next = m.pc;
    behind(m, place);
    tellJump(m, watcher, EVENT.BRANCH_RIGHT, next - place.oparg, next);
  },
};

/** END_FOR is reached, and END_SEND told of, only as a generator has returned in this loop. */
function stop(isGenerator: (m: Machine) => boolean): SpecialInstruction {
  return {
    events: bit(EVENT.STOP_ITERATION),
    run(m, { state }, place) {
      if (isGenerator(m)) {
        const value = m.stack[m.sp - 1] as Value;
        tell(m.t, m.f, state, EVENT.STOP_ITERATION, place.at, [stopIterationWith(value)]);
      }
      behind(m, place);
    },
  };
}

/** An iterator that is no generator of this loop ends with a StopIteration where it has a value to give, or is written in Python. */
const SEND: SpecialInstruction = {
  events: bit(EVENT.RAISE),
  run(m, { state }, place) {
    const receiver = m.stack[m.sp - 2] as Value;
    const { f } = m;
    const next = m.pc;
    behind(m, place);
    if (m.f !== f || m.pc === next || (receiver instanceof PyGenerator && receiver.kind !== 'async_generator')) return;
    const value = m.stack[m.sp - 1] as Value;
    if (value === null && !(receiver instanceof PyInstance)) return;
    tell(m.t, f, state, EVENT.RAISE, place.at, [stopIterationWith(value)]);
  },
};

interface PendingCall {
  readonly callee: Value;
  readonly args: Value[];
  readonly keywords: string[] | null;
  /** Where the operands begin. */
  readonly base: number;
}

/** The call that CALL or CALL_KW makes; a bound method is taken apart. */
function stackCall(m: Machine, op: number, oparg: number): PendingCall {
  const end = op === OP.CALL_KW ? m.sp - 1 : m.sp;
  const base = end - oparg - 2;
  let callee = m.stack[base] as Value;
  const args = m.stack.slice(m.stack[base + 1] === undefined ? base + 2 : base + 1, end) as Value[];
  if (callee instanceof PyMethod && m.stack[base + 1] === undefined) {
    args.unshift(callee.self);
    callee = callee.func;
  }
  return { callee, args, keywords: op === OP.CALL_KW ? (m.stack[end] as PyTuple).items.map((name) => asStr(name)!) : null, base };
}

function runsInLoop(callee: Value): boolean {
  return callee instanceof PyFunction || (callee instanceof PyMethod && callee.func instanceof PyFunction);
}

/** Makes a call of what is no Python function natively, and tells how it ended; `callee` is what is told of, which may be a bound method of what is called. */
function nativeCall(m: Machine, state: Instrumentation, at: number, pending: PendingCall, callee: Value, first: Value): void {
  const { args, keywords, base } = pending;
  let result: Value;
  try {
    result = call(m.t, pending.callee, args, keywords);
  } catch (caught) {
    if (caught instanceof PyBaseException) tell(m.t, m.f, state, EVENT.C_RAISE, at, [callee, first]);
    throw caught;
  }
  tell(m.t, m.f, state, EVENT.C_RETURN, at, [callee, first]);
  m.sp = base;
  m.stack[m.sp++] = result;
  if (m.t.breaker[0] !== 0) SAFEPOINT(m);
}

const CALL: SpecialInstruction = {
  events: bit(EVENT.CALL),
  run(m, { state }, place) {
    const pending = place.op === OP.CALL_FUNCTION_EX ? null : stackCall(m, place.op, place.oparg);
    // The arguments of a starred call are still what the program wrote: only a tuple has a first one that can be told.
    const starred = pending === null ? m.stack[m.sp - 2] : null;
    const args = pending?.args ?? (starred instanceof PyTuple ? starred.items : []);
    const callee = pending?.callee ?? (m.stack[m.sp - 4] as Value);
    const first = args.length === 0 ? state.missing : args[0]!;
    tell(m.t, m.f, state, EVENT.CALL, place.at, [callee, first]);
    if (runsInLoop(callee)) return behind(m, place);
    m.f.pc = m.pc;
    nativeCall(m, state, place.at, pending ?? { ...unpackedCall(m.t, m.stack, m.sp - 4), base: m.sp - 4 }, callee, first);
  },
};

const LOAD_SUPER_ATTR: SpecialInstruction = {
  events: bit(EVENT.CALL),
  run(m, { state }, place) {
    const callee = m.stack[m.sp - 3] as Value;
    const first = (place.oparg & 2) !== 0 ? (m.stack[m.sp - 2] as Value) : state.missing;
    tell(m.t, m.f, state, EVENT.CALL, place.at, [callee, first]);
    try {
      behind(m, place);
    } catch (caught) {
      if (caught instanceof PyBaseException) tell(m.t, m.f, state, EVENT.C_RAISE, place.at, [callee, first]);
      throw caught;
    }
    tell(m.t, m.f, state, EVENT.C_RETURN, place.at, [callee, first]);
  },
};

const forward = (m: Machine, oparg: number): number => m.pc + oparg;
const backward = (m: Machine, oparg: number): number => m.pc - oparg;

/** By opcode. */
export const SPECIAL: readonly (SpecialInstruction | undefined)[] = table({
  RESUME,
  RETURN_VALUE: withTop(EVENT.PY_RETURN),
  YIELD_VALUE: withTop(EVENT.PY_YIELD),
  CALL,
  CALL_KW: CALL,
  CALL_FUNCTION_EX: CALL,
  LOAD_SUPER_ATTR,
  JUMP_FORWARD: jump(forward),
  JUMP_BACKWARD: jump(backward),
  POP_JUMP_IF_FALSE: conditional((top) => top === false),
  POP_JUMP_IF_TRUE: conditional((top) => top === true),
  POP_JUMP_IF_NONE: conditional((top) => top === null),
  POP_JUMP_IF_NOT_NONE: conditional((top) => top !== null),
  NOT_TAKEN: decided(EVENT.BRANCH_LEFT),
  POP_ITER: decided(EVENT.BRANCH_RIGHT),
  FOR_ITER,
  END_ASYNC_FOR,
  SEND,
  END_FOR: stop(() => true),
  END_SEND: stop((m) => m.stack[m.sp - 2] instanceof PyGenerator),
});

function table(rows: Readonly<Partial<Record<keyof typeof OP, SpecialInstruction>>>): (SpecialInstruction | undefined)[] {
  const out = new Array<SpecialInstruction | undefined>(CACHES.length).fill(undefined);
  for (const [name, row] of Object.entries(rows)) out[OP[name as keyof typeof OP]] = row;
  return out;
}
