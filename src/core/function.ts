/** Records of Python functions, methods, cells, code, generators and frames. */
import { linkToPyObject, PyObject, type Maybe, type Value } from './value.ts';
import type { CallFunction, PyType } from './type.ts';
import type { PyDict, PyTuple } from './containers.ts';
import type { CodeObject } from '../bytecode/code.ts';
import type { ExceptionState } from './exception.ts';
import type { InlineCache } from './inline-cache.ts';
import type { CompiledFrame, Thread } from './thread.ts';

/** A closure variable shared between scopes. */
export class PyCell {
  type: PyType;
  dict: PyDict | null;
  value: Maybe;
  constructor(type: PyType, value: Maybe) {
    this.type = type;
    this.dict = null;
    this.value = value;
  }
}
/** As a PyObject (`linkToPyObject`). */
export interface PyCell extends PyObject {}
linkToPyObject(PyCell);

/** Of CO_OPTIMIZED, CO_NEWLOCALS, CO_VARARGS and CO_VARKEYWORDS, the first two. */
const SIMPLE_CALL_MASK = 0xf;
const SIMPLE_CALL = 0x3;
const VARARGS = 0x4;
const GENERATOR = 0x20;
const COROUTINE = 0x80;
const ITERABLE_COROUTINE = 0x100;
const ASYNC_GENERATOR = 0x200;
const VARKEYWORDS = 0x8;

/** A countdown that does not run out: no plugin counts. */
export const NEVER = 0x3fffffff;

let countdownOfNewCode = NEVER;

/** Sets the countdown of code objects made from now on; a plugin does when it is installed. */
export function setCountdown(calls: number): void {
  countdownOfNewCode = calls;
}

/** A compiled function: positional arguments for all parameters. Returns the result, or UNWIND for "see Thread.raised and Thread.evicted". */
export type CompiledCall = (t: Thread, func: PyFunction, ...args: Maybe[]) => Value | symbol;

const NOTHING: readonly Value[] = [];
const NO_WORDS = new Uint16Array(0);

let interpretCall: CompiledCall;
let makeDoor: (code: PyCode) => CompiledCall;
let makeGeneratorDoor: (code: PyCode) => CompiledCall;
let beginDoor: CompiledCall;

/**
 * Sets `PyCode.direct` of code that is not compiled: `call` runs the function, `door(code)` binds arguments anew when the function has other code by now, as
 * `generatorDoor(code)` does for code whose calls make generators. Done once per worker, by the interpreter.
 */
export function setInterpretCall(call: CompiledCall, door: (code: PyCode) => CompiledCall, generatorDoor: (code: PyCode) => CompiledCall): void {
  interpretCall = call;
  makeDoor = door;
  makeGeneratorDoor = generatorDoor;
}

/** Sets `PyCode.begin` of code that is not compiled. Done once per worker, by the interpreter. */
export function setBeginDoor(door: CompiledCall): void {
  beginDoor = door;
}

function generatorKind(flags: number): GeneratorKind | null {
  if ((flags & COROUTINE) !== 0) return 'coroutine';
  if ((flags & ASYNC_GENERATOR) !== 0) return 'async_generator';
  return (flags & GENERATOR) !== 0 ? 'generator' : null;
}

/** `code`: an immutable code object together with what this interpreter keeps beside it. */
export class PyCode extends PyObject {
  readonly code: CodeObject;
  /** Whether `consts`, `words`, `names` and `caches` are there: they are made for the first frame (`ready`). */
  isReady = false;
  /** Constants as values of this interpreter, made once from the host-neutral ones. */
  consts: readonly Value[] = NOTHING;
  /** Code units, executed in place; may lie in shared memory. */
  words: Uint16Array = NO_WORDS;
  names: readonly string[] = NOTHING as readonly string[];
  readonly frameSize: number;
  readonly nlocalsplus: number;
  /** Number of arguments with which a call needs no binding: all parameters are positional; -1 when binding is always needed. */
  readonly simpleArgcount: number;
  /** Whether a call makes a generator, coroutine or asynchronous generator, and which. */
  readonly isGenerator: boolean;
  readonly generatorKind: GeneratorKind | null;
  /** Where a generator that a call makes begins, when nothing but cells is made before: -1 when there is more, null until somebody asks. */
  generatorStart: number | null = null;
  /** Slots that a call fills: positional and keyword parameters, `*args`, `**kwargs`. */
  readonly parameterCount: number;
  /** Inline caches by instruction index; null until the instruction has run. Private to the interpreter as the words are shared. */
  caches: (InlineCache | null)[] = [];
  /** Decoded exception table: start, end, target, depth, push-lasti per row. */
  handlers: Int32Array | null = null;
  /** Whether a `yield` stands inside a `try` or `with`; null until somebody asks. */
  yieldsInTry: boolean | null = null;
  /** Calls and loop back edges left until the tier above is asked (hooks: hotness). */
  countdown = NEVER;
  /** How compiled code calls functions of this code: their compiled form, or the door to tier 0, which asks the function for its entry point. */
  direct: CompiledCall = interpretCall;
  /** Whether `direct` is compiled. */
  isCompiled = false;
  /** Of generators and coroutines: compiled code that runs one from its start, entered with a frame; null while there is none. */
  start: CompiledFrame | null = null;
  /**
   * Of code whose calls make what can be awaited as it is: how compiled code calls a function and awaits the result at once, with no coroutine made unless it is
   * suspended. Gives what the coroutine returns, SUSPENDED, or UNWIND. The function has this code and the interpreter's entry point. Null for other code.
   */
  begin: CompiledCall | null = null;
  /** Functions of this code with an entry point of their own (hooks: entry points): while there are any, `direct` is the door. */
  ownEntries = 0;
  private compiled: CompiledCall | null = null;
  private door = interpretCall;
  /** What the tier above keeps for this code; null until it has looked at it. */
  tierData: unknown = null;
  /** Plugin data by extra index (hooks: code extras). */
  extras: unknown[] | null = null;

  private readonly makeConsts: (code: CodeObject) => readonly Value[];

  constructor(type: PyType, code: CodeObject, makeConsts: (code: CodeObject) => readonly Value[]) {
    super(type);
    this.code = code;
    this.makeConsts = makeConsts;
    this.nlocalsplus = code.nlocalsplus;
    this.simpleArgcount = (code.flags & SIMPLE_CALL_MASK) === SIMPLE_CALL && code.kwonlyargcount === 0 ? code.argcount : -1;
    this.generatorKind = generatorKind(code.flags);
    this.isGenerator = this.generatorKind !== null;
    if (this.isGenerator) this.direct = this.door = makeGeneratorDoor(this);
    if ((code.flags & (COROUTINE | ITERABLE_COROUTINE)) !== 0) this.begin = beginDoor;
    this.parameterCount = code.argcount + code.kwonlyargcount + ((code.flags & VARARGS) !== 0 ? 1 : 0) + ((code.flags & VARKEYWORDS) !== 0 ? 1 : 0);
    this.frameSize = this.nlocalsplus + code.stacksize;
  }

  /** Sends calls through tier 0 (again). */
  useInterpreter(): void {
    this.compiled = null;
    this.start = null;
    if (this.begin !== null) this.begin = beginDoor;
    this.route();
  }

  /** Sends calls to their compiled form, as far as all functions of this code are entered in the usual way. */
  useCompiled(call: CompiledCall): void {
    this.compiled = call;
    this.route();
  }

  /** There are `change` more functions of this code with an entry point of their own. */
  countOwnEntries(change: number): void {
    this.ownEntries += change;
    this.route();
  }

  /** Calls are compiled whose arguments are bound to the parameters of this code, whatever code the function has when they are made. */
  expectBound(): void {
    if (this.door !== interpretCall) return;
    this.door = makeDoor(this);
    this.route();
  }

  private route(): void {
    const call = this.ownEntries === 0 ? this.compiled : null;
    this.direct = call ?? this.door;
    this.isCompiled = call !== null;
  }

  /** Makes what running needs; returns the code. */
  ready(): this {
    if (this.isReady) return this;
    const { body } = this.code;
    this.consts = this.makeConsts(this.code);
    this.words = body.words;
    this.names = body.names;
    this.caches = new Array<InlineCache | null>(body.words.length).fill(null);
    this.isReady = true;
    this.countdown = countdownOfNewCode;
    return this;
  }
}

/** `function`. */
export class PyFunction {
  type: PyType;
  dict: PyDict | null;
  code: PyCode;
  globals: PyDict;
  /** The `__builtins__` of its globals: nearly always a dict, but any mapping may be given. */
  builtins: Value;
  name: string;
  qualname: string;
  module: Value;
  /** `__doc__`; undefined while it is the code's docstring. */
  doc: Maybe;
  /** Values of the last positional parameters, or null. */
  defaults: PyTuple | null;
  kwdefaults: PyDict | null;
  closure: PyTuple | null;
  annotations: PyDict | null;
  /** PEP 649 `__annotate__`. */
  annotate: Value;
  typeParams: PyTuple | null;
  /** The way into the function (vectorcall): the interpreter's unless a plugin has set another (hooks). */
  entryPoint: CallFunction;
  /** Changes when code, defaults or keyword defaults change. */
  version: number;

  constructor(type: PyType, code: PyCode, globals: PyDict, builtins: Value, entryPoint: CallFunction) {
    this.type = type;
    this.dict = null;
    this.doc = undefined;
    this.defaults = null;
    this.kwdefaults = null;
    this.closure = null;
    this.annotations = null;
    this.annotate = null;
    this.typeParams = null;
    this.version = 0;
    this.entryPoint = entryPoint;
    this.code = code;
    this.globals = globals;
    this.builtins = builtins;
    this.name = code.code.name;
    this.qualname = code.code.qualname;
    this.module = null;
  }
}
/** As a PyObject (`linkToPyObject`). */
export interface PyFunction extends PyObject {}
linkToPyObject(PyFunction);

/** `method`: a function bound to an instance. */
export class PyMethod {
  type: PyType;
  dict: PyDict | null;
  readonly func: Value;
  readonly self: Value;
  constructor(type: PyType, func: Value, self: Value) {
    this.type = type;
    this.dict = null;
    this.func = func;
    this.self = self;
  }
}
/** As a PyObject (`linkToPyObject`). */
export interface PyMethod extends PyObject {}
linkToPyObject(PyMethod);

/** Entered from native code: leaving it leaves the interpreter loop. */
export const FRAME_ENTRY = 1;
/** An `__init__` called by a class: the caller gets `constructed` instead of the result. */
export const FRAME_CONSTRUCTOR = 2;
/** Belongs to a generator, coroutine or async generator. */
export const FRAME_GENERATOR = 4;
/** The bottom of a thread that the scheduler started: leaving it ends the thread. */
export const FRAME_BOTTOM = 8;

/** Calls `onLeave` when it is left, by return or by exception. */
export const FRAME_HOOKED = 16;

/** The caller gets None whatever is returned (`exec`). */
export const FRAME_DISCARD = 32;

/** Made from the record of a compiled call that goes on without it. */
export const FRAME_ACTIVATION = 64;

/** The method of an operation, called by compiled code: the caller gets what the operation makes of its result. */
export const FRAME_OPERATOR = 128;

/** `Frame.linkedAt` of one that was not linked yet: behind all records. */
export const NOT_LINKED = 0x3fffffff;

/** Where a frame stands in its life. */
export type FrameState = 'created' | 'running' | 'suspended' | 'done';

/**
 * One activation of a code object.
 *
 *   stack: [ fast locals, cells, free variables | evaluation stack ... ]
 *           0 .. code.nlocalsplus - 1             up to sp - 1
 *
 * @hot allocated by every Python call: each field costs, of what is asked for seldom there is none
 */
export class Frame {
  readonly code: PyCode;
  /** Not there when the frame was a generator's and is done. */
  func: PyFunction;
  /** The namespace of a module or class body; null in functions. */
  locals: Value;
  stack: Maybe[];
  sp: number;
  /** Index of the instruction to execute next while suspended or calling; of the current one while it runs. */
  pc: number;
  back: Frame | null;
  generator: PyGenerator | null;
  /** Bits of FRAME_*; 0 for an ordinary call, which returns to `back` without further ado. */
  kind: number;
  /** How far the frame that resumed this generator jumps when the generator returns (CPython's return_offset). */
  returnOffset: number;
  /** The Python-visible frame object, once somebody asked for it. */
  object: PyFrame | null;
  /** What comes at the end: the instance that a FRAME_CONSTRUCTOR gives, what a FRAME_HOOKED calls; undefined for other frames. No frame is both. */
  ending: Maybe | (() => void);
  /**
   * Compiled code that goes on behind the yield at which the frame is suspended, or starts its generator; whoever resumes the frame takes it away. Null while
   * the frame runs, and when it is done.
   */
  resume: CompiledFrame | null;
  /** Where the record of its activation is, once that was linked with those below, until it ends. */
  linkedAt: number;

  constructor(code: PyCode, func: PyFunction, locals: Value, stack: Maybe[]) {
    if (!code.isReady) code.ready();
    this.code = code;
    this.func = func;
    this.locals = locals;
    this.stack = stack;
    this.sp = code.nlocalsplus;
    this.pc = 0;
    this.back = null;
    this.generator = null;
    this.kind = 0;
    this.returnOffset = 0;
    this.object = null;
    this.ending = undefined;
    this.resume = null;
    this.linkedAt = NOT_LINKED;
  }

  get globals(): PyDict {
    return this.func.globals;
  }

  get builtins(): Value {
    return this.func.builtins;
  }
}

/** `frame`: what `sys._getframe` and tracebacks hand out. */
export class PyFrame {
  type: PyType;
  dict: PyDict | null;
  readonly frame: Frame;
  /** `f_trace`. */
  trace: Value;
  traceLines: boolean;
  traceOpcodes: boolean;
  /** Set by a debugger's jump; 0 when none is pending. */
  lineno: number;
  /** Extra names written through `f_locals` (PEP 667). */
  extraLocals: PyDict | null;
  /** Variables set through `f_locals` that compiled code has not heard of yet. */
  written: Map<number, Maybe> | null;
  cleared: boolean;
  constructor(type: PyType, frame: Frame) {
    this.type = type;
    this.dict = null;
    this.frame = frame;
    this.trace = null;
    this.traceLines = true;
    this.traceOpcodes = false;
    this.lineno = 0;
    this.extraLocals = null;
    this.written = null;
    this.cleared = false;
  }
}
/** As a PyObject (`linkToPyObject`). */
export interface PyFrame extends PyObject {}
linkToPyObject(PyFrame);

/** Which of the three generator-like types an object is. */
export type GeneratorKind = 'generator' | 'coroutine' | 'async_generator';

/** Of async generators: a running `asend` or `athrow`, hooks called, closed, the hook for its end. Of coroutines: `cr_origin`. Of all: whether a traceback has its frame. */
class RareGeneratorState {
  asyncRunning = false;
  hooksInitialised = false;
  closed = false;
  finalizer: Value = null;
  origin: Value = null;
  inTraceback = false;
}

const USUAL: Readonly<RareGeneratorState> = new RareGeneratorState();

/** `generator`, `coroutine` or `async_generator`: a frame that outlives its caller. */
export class PyGenerator {
  type: PyType;
  dict: PyDict | null;
  readonly kind: GeneratorKind;
  readonly frame: Frame;
  name: string;
  qualname: string;
  state: FrameState;
  /** The exceptions being handled inside; on top of the thread's while it runs and handles some, or has done so since it was resumed. Null until then. */
  exceptions: ExceptionState | null;
  /** While `frame.resume` is set: the generator for which it waits by `yield from` or `await`, if it is one. */
  delegate: PyGenerator | null;
  /** What it has returned to one that has yet to send to it for that. */
  returned: Maybe;
  /** What is seldom anything but the default. */
  private rare: RareGeneratorState | null;

  constructor(type: PyType, kind: GeneratorKind, frame: Frame) {
    this.type = type;
    this.dict = null;
    this.state = 'created';
    this.rare = null;
    this.kind = kind;
    this.frame = frame;
    this.name = frame.func.name;
    this.qualname = frame.func.qualname;
    this.exceptions = null;
    this.delegate = null;
    this.returned = undefined;
  }

  /** The state of an async generator, and a coroutine's origin. */
  get more(): Readonly<RareGeneratorState> {
    return this.rare ?? USUAL;
  }

  /** As `more`, to be changed. */
  change(): RareGeneratorState {
    return (this.rare ??= new RareGeneratorState());
  }
}
/** As a PyObject (`linkToPyObject`). */
export interface PyGenerator extends PyObject {}
linkToPyObject(PyGenerator);
