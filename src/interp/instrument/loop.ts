/**
 * The instrumented loop: runs instructions as the reference loop does, and tells of events around them. Frames run here only while somebody wants events
 * (`Interpreter.instrumented`); the generated loop knows nothing of it. docs/tracing.md says why it is a loop of its own.
 *
 * Source: the INSTRUMENTED_* instructions of CPython's Python/bytecodes.c and Python/instrumentation.c.
 */
import type { Frame } from '../../core/function.ts';
import type { PyBaseException } from '../../core/exception.ts';
import type { Thread } from '../../core/thread.ts';
import type { Value } from '../../core/value.ts';
import { CACHES, OP } from '../../bytecode/opcodes.ts';
import type { Machine } from '../machine.ts';
import { perform, recover } from '../reference-loop.ts';
import { setUnwindEvents } from '../tracing-hook.ts';
import { codeLines, type CodeLines } from './code-lines.ts';
import { EVENT, bit } from './events.ts';
import { instrumentationOf, wantedEvents, type Instrumentation } from './state.ts';
import { SPECIAL } from './special-instructions.ts';
import { tell, tellException } from './tell.ts';

const BEFORE_EVENTS = bit(EVENT.LINE) | bit(EVENT.INSTRUCTION);

/** Where frames that are not on top were last: the unit of their latest instruction. Absent: just behind `pc`. */
const positions = new WeakMap<Frame, number>();

/** What the loop has worked out for the frame on top. */
export class Cursor {
  readonly state: Instrumentation;
  frame: Frame;
  /** The unit of the latest instruction, -1 at the start. */
  last: number;
  wanted = 0;
  lines: CodeLines;
  private version = 0;

  constructor(state: Instrumentation, f: Frame) {
    this.state = state;
    this.frame = f;
    this.last = positions.get(f) ?? f.pc - 1;
    this.lines = codeLines(f.code.code);
  }

  /** Follows the machine to the frame that it runs now. */
  update(f: Frame): void {
    if (f !== this.frame) {
      positions.set(this.frame, this.last);
      this.frame = f;
      this.last = positions.get(f) ?? f.pc - 1;
      this.lines = codeLines(f.code.code);
    } else if (this.version === this.state.version) return;
    this.version = this.state.version;
    this.wanted = wantedEvents(this.state, f.code);
  }
}

/** The line for which an event is due at unit `start`, or -1. */
function dueLine(cursor: Cursor, start: number): number {
  const { lines, last, frame } = cursor;
  const line = lines.starts[start]!;
  if (line < 0 || last < 0 || lines.lines[last] !== line) return line;
  // A start that was told of is no line; one that was not is the line of the definition.
  const atResume = (frame.code.words[last]! & 255) === OP.RESUME;
  return atResume && (cursor.wanted & bit(EVENT.PY_START)) !== 0 ? line : -1;
}

/** LINE and INSTRUCTION events before the instruction at `start`. True when a callback has moved the frame elsewhere (`f_lineno`). */
function tellBefore(m: Machine, cursor: Cursor, start: number): boolean {
  const { f, t } = m;
  f.pc = start + 1;
  f.sp = m.sp;
  // What a callback raises is raised here: a handler of this instruction catches it.
  m.pc = start + 1;
  const line = (cursor.wanted & bit(EVENT.LINE)) !== 0 ? dueLine(cursor, start) : -1;
  if (line >= 0) {
    tell(t, f, cursor.state, EVENT.LINE, start, [], line);
    if (moved(m, cursor, start + 1)) return true;
  }
  const isResume = (m.code.words[start]! & 255) === OP.RESUME;
  if ((cursor.wanted & bit(EVENT.INSTRUCTION)) !== 0 && !isResume) tell(t, f, cursor.state, EVENT.INSTRUCTION, start, []);
  if (moved(m, cursor, start + 1)) return true;
  m.pc = start;
  return false;
}

/** Whether `f_lineno` was set: then the machine goes on there, and the line jumped to is no event. */
export function moved(m: Machine, cursor: Cursor, expected: number): boolean {
  if (m.f.pc === expected) return false;
  m.pc = m.f.pc;
  m.sp = m.f.sp;
  cursor.last = m.pc;
  return true;
}

function step(m: Machine, cursor: Cursor): void {
  cursor.update(m.f);
  const start = m.pc;
  if ((cursor.wanted & BEFORE_EVENTS) !== 0 && m.t.tracing === 0 && start >= cursor.lines.firstTraceable && tellBefore(m, cursor, start)) return;
  const { words } = m.code;
  let word = words[m.pc++]!;
  let oparg = word >> 8;
  while ((word & 255) === OP.EXTENDED_ARG) {
    word = words[m.pc++]!;
    oparg = (oparg << 8) | (word >> 8);
  }
  const op = word & 255;
  const at = m.pc - 1;
  const previous = cursor.last;
  cursor.last = at;
  const special = SPECIAL[op];
  m.pc += CACHES[op]!;
  m.f.pc = m.pc;
  if (special === undefined || (special.events & cursor.wanted) === 0 || m.t.tracing > 0) perform(m, op, oparg);
  else {
    m.f.pc = at + 1;
    m.f.sp = m.sp;
    special.run(m, cursor, { op, oparg, at, previous });
  }
}

/** As `generatedLoop`; leaves when nobody wants events any more. */
export function instrumentedLoop(thread: Thread, start: Frame, canSwap: boolean): Value {
  const { interpreter } = thread;
  const m: Machine = { t: thread, f: start, code: start.code, stack: start.stack, sp: start.sp, pc: start.pc, canSwap, result: null, finished: false };
  const cursor = new Cursor(instrumentationOf(interpreter), start);
  while (!m.finished) {
    try {
      step(m, cursor);
    } catch (caught) {
      recover(m, caught);
    }
    if (!interpreter.instrumented && !m.finished) {
      m.f.pc = m.pc;
      m.f.sp = m.sp;
      positions.set(cursor.frame, cursor.last);
      interpreter.loopSwitch = m.t;
      return null;
    }
  }
  return m.result ?? null;
}

function raised(t: Thread, f: Frame, exception: PyBaseException, again: boolean): PyBaseException {
  positions.set(f, f.pc - 1);
  return tellException(t, f, again ? EVENT.RERAISE : EVENT.RAISE, f.pc - 1, exception);
}

function handled(t: Thread, f: Frame, exception: PyBaseException): PyBaseException {
  return tellException(t, f, EVENT.EXCEPTION_HANDLED, f.pc, exception);
}

setUnwindEvents({
  raised,
  handled,
  unwound: (t, f, exception) => tellException(t, f, EVENT.PY_UNWIND, f.pc - 1, exception),
  thrown: (t, f, exception) => tellException(t, f, EVENT.PY_THROW, f.pc - 1, exception),
});
