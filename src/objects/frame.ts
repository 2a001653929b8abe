/** `frame`, its `f_locals` (PEP 667), and `traceback` (Objects/frameobject.c, Python/traceback.c). */
import { CO, FAST } from '../bytecode/code.ts';
import { addr2line } from '../bytecode/location-table.ts';
import { NO_LINE_YET, PyTraceback } from '../core/exception.ts';
import { PyCell, PyFrame, type Frame } from '../core/function.ts';
import { topFrame, type Thread } from '../core/thread.ts';
import { PyObject, type Maybe, type Value } from '../core/value.ts';
import { RuntimeError } from './exception-types.ts';
import { tableGet, tableKeys, tableSet, tableSetStr } from './hash-table.ts';
import { newDict, newList } from './make.ts';
import { raise, raiseAttributeError, raiseTypeError, raiseValueError, typeName } from './raise.ts';
import { FRAME_TYPE, TRACEBACK_TYPE } from './static-types.ts';
import { addressOf, repr } from './text.ts';
import { readyType } from './type-ready.ts';
import { asInt } from './type-of.ts';
import { newLocalsProxy } from './frame-locals.ts';
import { jumpToLine, opcodesWanted } from './frame-hook.ts';

/** The Python object of a frame; one per frame. */
export function frameObject(t: Thread, f: Frame): PyFrame {
  if (f.object === null) {
    f.object = new PyFrame(FRAME_TYPE, f);
    t.interpreter.frameSeen(t.interpreter, f);
  }
  return f.object;
}

/** The line that a frame is at. */
export function frameLine(f: Frame): number {
  return addr2line(f.code.code, Math.max(f.pc - 1, 0));
}

/** The value of fast local number `index`: through its cell where it is one. */
export function fastLocal(f: Frame, index: number): Maybe {
  const value = f.stack[index];
  const kind = f.code.code.localspluskinds[index]!;
  if ((kind & (FAST.CELL | FAST.FREE)) !== 0 && value instanceof PyCell) return value.value;
  return value;
}

/** `locals()` of a frame: the namespace of module and class bodies, a new dict of the variables for functions. */
export function localsSnapshot(t: Thread, f: Frame): Value {
  if (f.locals !== null && (f.code.code.flags & CO.OPTIMIZED) === 0) return f.locals;
  const dict = newDict();
  const { localsplusnames, localspluskinds } = f.code.code;
  for (let i = 0; i < localsplusnames.length; i++) {
    const value = fastLocal(f, i);
    if (value !== undefined && (localspluskinds[i]! & FAST.HIDDEN) === 0) tableSetStr(dict.table, localsplusnames[i]!, value);
  }
  const extra = f.object?.extraLocals ?? null;
  if (extra !== null) for (const key of tableKeys(extra.table)) tableSet(t, dict.table, key, tableGet(t, extra.table, key)!);
  return dict;
}

const frameOf = (self: Value): Frame => (self as PyFrame).frame;

/** The frame, brought up to date where compiled code runs it. */
function liveFrame(t: Thread, self: Value): Frame {
  if (t.top !== 0) t.interpreter.settleFrames(t);
  return (self as PyFrame).frame;
}

/** The frame, of which compiled code says where it stands; its variables may be out of date. */
function livePlace(t: Thread, self: Value): Frame {
  const { frame } = self as PyFrame;
  if (t.top !== 0) t.interpreter.placeFrame(t, frame);
  return frame;
}

function getLocals(t: Thread, self: Value): Value {
  const f = liveFrame(t, self);
  if ((f.code.code.flags & CO.OPTIMIZED) === 0) return hasHiddenLocals(f) ? newLocalsProxy(self as PyFrame) : f.locals;
  void t;
  return newLocalsProxy(self as PyFrame);
}

/** Whether an inlined comprehension runs in a module or class body. */
function hasHiddenLocals(f: Frame): boolean {
  const kinds = f.code.code.localspluskinds;
  for (let i = 0; i < kinds.length; i++) if ((kinds[i]! & FAST.HIDDEN) !== 0 && f.stack[i] !== undefined) return true;
  return false;
}

function setLine(t: Thread, self: Value, value: Maybe): void {
  if (value === undefined) raiseAttributeError(self, 'cannot delete attribute', 'f_lineno');
  const line = typeof value === 'boolean' ? undefined : asInt(value);
  if (line === undefined) raiseValueError('lineno must be an integer');
  jumpToLine(t, self as PyFrame, Number(line));
}

function setTraceOpcodes(t: Thread, frame: PyFrame, value: Maybe): void {
  if (value === undefined) raiseAttributeError(frame, 'cannot be deleted', 'f_trace_opcodes');
  if (typeof value !== 'boolean') raiseTypeError('attribute value type must be bool');
  frame.traceOpcodes = value;
  if (value) opcodesWanted(t);
}

function frame_clear(t: Thread, self: PyFrame): Value {
  const f = self.frame;
  if (f.generator !== null) {
    if (f.generator.state === 'running') raise(RuntimeError, 'cannot clear an executing frame');
    if (f.generator.state === 'suspended') raise(RuntimeError, 'cannot clear a suspended frame');
    f.generator.state = 'done';
  } else if (isExecuting(t, f)) raise(RuntimeError, 'cannot clear an executing frame');
  // Operands, too: what an error has left there, and what calls have taken from there.
  f.stack.fill(undefined);
  return null;
}

function isExecuting(t: Thread, f: Frame): boolean {
  for (let frame = topFrame(t); frame !== null; frame = frame.back) if (frame === f) return true;
  return false;
}

readyType(FRAME_TYPE, {
  slots: {
    tp_repr: (t, self: PyFrame) => {
      const f = self.frame;
      return `<frame at ${addressOf(self)}, file ${repr(t, f.code.code.filename)}, line ${frameLine(f)}, code ${f.code.code.name}>`;
    },
  },
  methods: { clear: [frame_clear, '($self, /)', 'Clear all references held by the frame.'] },
  getset: {
    f_back: { get: (t, self) => (livePlace(t, self).back === null ? null : frameObject(t, frameOf(self).back!)) },
    f_code: { quiet: true, get: (_t, self) => frameOf(self).code },
    f_globals: { get: (_t, self) => frameOf(self).globals },
    f_builtins: { get: (_t, self) => frameOf(self).builtins },
    f_locals: { get: getLocals },
    f_lasti: { get: (t, self) => (livePlace(t, self).pc === 0 ? -1 : (frameOf(self).pc - 1) * 2) },
    f_lineno: { get: (t, self) => { const line = (self as PyFrame).lineno !== 0 ? (self as PyFrame).lineno : frameLine(livePlace(t, self)); return line < 0 ? null : line; }, set: setLine },
    f_trace: {
      get: (_t, self) => (self as PyFrame).trace,
      set: (_t, self, value) => void ((self as PyFrame).trace = value ?? null),
    },
    f_trace_lines: {
      get: (_t, self) => (self as PyFrame).traceLines,
      set: (_t, self, value) => {
        if (value === undefined) raiseTypeError("can't delete numeric/char attribute");
        if (typeof value !== 'boolean') raiseTypeError('attribute value type must be bool');
        (self as PyFrame).traceLines = value;
      },
    },
    f_trace_opcodes: { get: (_t, self) => (self as PyFrame).traceOpcodes, set: (t, self, value) => setTraceOpcodes(t, self as PyFrame, value) },
    f_generator: { get: (_t, self) => frameOf(self).generator },
  },
});

function traceback_new(_t: Thread, _type: PyObject, args: Value[]): Value {
  const [next, frame, lasti, lineno] = args;
  if (args.length !== 4) raiseTypeError(`traceback() takes exactly 4 arguments (${args.length} given)`);
  if (next !== null && !(next instanceof PyTraceback)) raiseTypeError(`expected traceback object or None, got '${typeName(next!)}'`);
  if (!(frame instanceof PyFrame)) raiseTypeError(`traceback() argument 'tb_frame' must be frame, not ${typeName(frame!)}`);
  return new PyTraceback(TRACEBACK_TYPE, next, frame.frame, Math.floor(Number(asInt(lasti)) / 2), Number(asInt(lineno)));
}

function setNext(_t: Thread, self: Value, value: Maybe): void {
  if (value === undefined) raiseTypeError("can't delete tb_next attribute");
  if (value !== null && !(value instanceof PyTraceback)) raiseTypeError(`expected traceback object, got '${typeName(value)}'`);
  for (let link: PyTraceback | null = value; link !== null; link = link.next) if (link === self) raiseValueError('traceback loop detected');
  (self as PyTraceback).next = value;
}

function lineOf(traceback: PyTraceback): number {
  if (traceback.lineno === NO_LINE_YET) traceback.lineno = addr2line(traceback.frame.code.code, traceback.lasti);
  return traceback.lineno;
}

readyType(TRACEBACK_TYPE, {
  doc: 'Create a new traceback object.',
  textSignature: '(tb_next, tb_frame, tb_lasti, tb_lineno)',
  slots: { tp_new: traceback_new },
  methods: {
    __dir__: [() => newList(['tb_frame', 'tb_next', 'tb_lasti', 'tb_lineno']), '!($self, /)', 'The attributes of a traceback.'],
  },
  getset: {
    tb_next: { get: (_t, self) => (self as PyTraceback).next, set: setNext },
    tb_frame: { get: (t, self) => frameObject(t, (self as PyTraceback).frame), member: true },
    tb_lasti: { get: (_t, self) => (self as PyTraceback).lasti * 2, member: true },
    tb_lineno: { get: (_t, self) => lineOf(self as PyTraceback), member: true },
  },
});

