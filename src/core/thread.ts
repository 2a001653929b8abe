/** The records of a Python thread and of an interpreter. */
import type { Maybe, Value } from './value.ts';
import type { PyDict } from './containers.ts';
import type { Frame, PyFunction, PyGenerator } from './function.ts';
import type { ExceptionState, PyBaseException } from './exception.ts';
import type { Sink } from './sink.ts';
import type { CallFunction } from './type.ts';
import type { CodeWatch, ContextWatch, FunctionWatch } from './watch.ts';

/** Bits of the eval breaker word; any set bit sends a thread to `Scheduler.safepoint` at its next safepoint. */
export const BREAKER_DROP_REQUEST = 1;
export const BREAKER_SIGNAL = 2;
export const BREAKER_PENDING_CALL = 4;
export const BREAKER_ASYNC_EXCEPTION = 8;
export const BREAKER_LEAVE_LOOP = 16;
export const BREAKER_INTERRUPT = 32;
export const BREAKER_TRACE = 64;
/** Compiled activations are to become frames (`interp/seen-frames.ts`). */
export const BREAKER_EVICT = 128;
/** Bits that are looked at before compiled code is entered where a function starts, or a generator is resumed: all but those for which nothing happens at most safepoints. */
export const BREAKER_URGENT = ~(BREAKER_DROP_REQUEST | BREAKER_EVICT);

/** Returned by a native function instead of a value: the thread is parked, and `Thread.parked` says how it goes on. */
export const PARKED = Symbol('parked');

/**
 * Returned by a native function that ends in a call of a Python function: `Thread.tailFrame` is the frame to run, whose result is the
 * function's. The loop enters it without recursion, so that the thread can be swapped out inside (`Context.run`).
 */
export const TAIL_CALL = Symbol('tail call');

/** Why a parked thread waits, and what it answers when it goes on. */
export interface Parking {
  /** True as soon as the thread can go on. Must be cheap: the scheduler asks it at every switch. */
  ready(): boolean;
  /** The value of the call that parked (may raise). Called once, on the thread. */
  finish(): Value;
  /** Milliseconds on the monotonic clock (`performance.now()`), Infinity for none: then `finish` is called whether ready or not. */
  readonly deadline: number;
  /** For traces and reports: "lock.acquire", "sleep", ... */
  readonly reason: string;
  /** Whether nothing but another thread of the interpreter can make it ready. */
  readonly isInternal?: boolean;
  /** Called in the place of `finish` when the wait ends by an exception: of a signal handler, or because it would be for ever. */
  abandon?(): void;
}

/**
 * What the interpreter loop asks of the scheduler. `null` as the next thread means: leave this loop, whoever entered it goes on
 * (a thread that blocked natively and can now continue).
 */
export interface Scheduler {
  /** Threads that block in native code. */
  readonly blocked: number;
  /** Whether `t` blocks in native code below another thread that does: it cannot go on before that one. */
  isBuried(t: Thread): boolean;
  /** Whether code that cannot be swapped out where it stands has to make itself swappable; false keeps it running. May be called at every safepoint. */
  mustLeave(t: Thread): boolean;
  /** Handles signals, pending calls and asynchronous exceptions (may raise), and nothing else of a safepoint. */
  handleEvents(t: Thread): void;
  /** Called at a safepoint when the breaker word is not 0: handles signals and asynchronous exceptions (may raise), hands over the GIL, chooses the next thread. */
  safepoint(t: Thread, canSwap: boolean): Thread | null;
  /** `t.parked` is set at a point where `t` can be swapped out: waits until some thread can go on and returns it (possibly `t`). */
  park(t: Thread): Thread | null;
  /** Blocks natively until `parking` is ready, running other threads nested; used where `t` cannot be swapped out. */
  block(t: Thread, parking: Parking): Value;
  /** The bottom frame of `t` has returned, or raised `exception`: returns the thread to go on with. */
  finished(t: Thread, exception: PyBaseException | null): Thread | null;
}

/** One thread of Python execution. */
export class Thread {
  readonly interpreter: Interpreter;
  readonly id: number;
  /** The innermost frame, or null outside of Python code. */
  frame: Frame | null = null;
  /** The frame that native code below all loops has entered, and the depth of its loop: it returns from no other loop (`machine.ts`, isAway). */
  homeFrame: Frame | null = null;
  homeDepth = 0;
  /** Python frames, against the recursion limit. */
  depth = 0;
  /** Native recursions and calls of Python code from native code that are under way, against the stack of the engine (`objects/recursion.ts`). */
  nativeLevels = 0;
  /** Interpreter loops entered for this thread; only the first can swap it out at a safepoint. */
  nesting = 0;
  /** Native calls since the innermost interpreter loop; a blocking native function may park only at 0. */
  nativeDepth = 0;
  /** Whether the innermost loop was entered from compiled code: it can leave with UNWIND where its thread cannot be swapped out. */
  evictable = false;
  /** Says to the interpreter's entry point that the loop calls it, which can take over the frame when it is evicted (hooks: frame evaluator). */
  callerAdopts = false;
  /** The frame of that call. */
  adoptable: Frame | null = null;
  exceptions: ExceptionState = { value: null, previous: null };
  /** The eval breaker word of this thread; plain loads in the loop, Atomics by whoever sets it. */
  readonly breaker: Int32Array;
  parked: Parking | null = null;
  /** See TAIL_CALL. */
  tailFrame: Frame | null = null;
  /** Records of compiled activations (`compiled.ts`), and the number of entries in use. */
  readonly records: unknown[] = [];
  top = 0;
  /** Records below this belong to activations under native code, which cannot be evicted from where the thread is. */
  floor = 0;
  /** Frames of compiled activations that are to be evicted; null for none. Empty while there may be stale ones only. */
  leaving: Frame[] | null = null;
  /** Whether activations of stale code (`CompiledCode.isStale`) may stand on the records: they are to be evicted, too. */
  hasStale = false;
  /** With UNWIND: the bottom one of the frames made from compiled activations, still without `back`; or null. `frame` is the top one. */
  evicted: Frame | null = null;
  /** With UNWIND: what is to be raised in the caller, or null. */
  raised: PyBaseException | null = null;
  /** What a generator has returned whose resumption gave undefined. */
  sent: Value = null;
  /** With SUSPENDED: the coroutine. */
  begun: PyGenerator | null = null;
  /** What a compiled function returns that is FINISHED. */
  finished: Value | symbol = null;
  /** Second result of a method lookup: self, or undefined when the method is bound already. */
  methodSelf: Maybe = undefined;
  /** Set by RERAISE: the frame that raises adds no traceback entry, as the exception has one already. */
  skipTraceback = false;
  /** What the thread was started with, for messages. */
  startFunction: Value = null;
  /** Called when a thread that the scheduler started has ended (wakes `join`). */
  onExit: (() => void) | null = null;
  /** An exception to raise at the next safepoint (`PyThreadState_SetAsyncExc`). */
  asyncException: PyBaseException | null = null;
  /** `contextvars`: the current Context object, or null until one is needed. */
  context: Value = null;
  asyncGenFirstIter: Value = null;
  asyncGenFinalizer: Value = null;
  coroutineOriginDepth = 0;
  traceFunction: Value = null;
  profileFunction: Value = null;
  tracing = 0;
  /** Objects whose repr is running, for `[...]`. */
  readonly reprGuard = new Set<Value>();
  /** Per-thread values of native modules (`_thread._local`, decimal contexts), by key of the module's choice. */
  readonly storage = new Map<unknown, unknown>();

  constructor(interpreter: Interpreter, id: number, breaker: Int32Array) {
    this.interpreter = interpreter;
    this.id = id;
    this.breaker = breaker;
  }
}

/**
 * Compiled code that takes over a frame: it leaves the frame, or those above it, where tier 0 goes on (`Thread.frame`). `sent` is what a generator gets that is
 * resumed: it counts as the top of the frame's stack. `sink` may take what it yields.
 */
export type CompiledFrame = (t: Thread, f: Frame, sent: Value, sink?: Sink) => unknown;

/** What the interpreter loop asks of a plugin that compiles. */
export interface Tier {
  /** The countdown of `f.code` ran out at a RESUME or a backward jump; `f` stands behind it. Returns what is to be run in its place, or null. */
  hot(t: Thread, f: Frame): CompiledFrame | null;
  /** `f` stands at an exception handler to which compiled code of it came. Returns what is to be run in its place, or null. */
  handler(t: Thread, f: Frame): CompiledFrame | null;
  /** `func`, whose coroutine is awaited at once, is called from compiled code by `PyCode.begin`, which is not compiled. A tier may do without: then it is not asked. */
  begins?(func: PyFunction): void;
  /** Compiled code has left, and its frames are in place: `Thread.frame` is what tier 0 goes on with. */
  left(t: Thread): void;
  /** Somebody wants events, or nobody does any more: compiled code tells of none. */
  instrumentedChanged(isInstrumented: boolean): void;
}

/** Options that `sys.flags` and start-up need; made by the command line or the API. */
export interface InterpreterConfig {
  readonly executable: string;
  readonly argv: readonly string[];
  readonly origArgv: readonly string[];
  /** 'gil' | 'own-gil' */
  readonly mode: 'gil' | 'own-gil';
  readonly optimize: number;
  readonly xoptions: ReadonlyMap<string, string | true>;
  readonly warnOptions: readonly string[];
  readonly flags: Readonly<Record<SysFlag, number>>;
  readonly environment: Readonly<Record<string, string>>;
  readonly hashSeed: number;
  /** Where compiled library code is cached; null for none. */
  readonly cacheFolder: string | null;
  /** `LADON_STDLIB`, or null for the packaged zip. */
  /** What the program may reach outside (docs/api.md). */
  readonly grants: { readonly files: boolean; readonly network: boolean; readonly processes: boolean };
  /** Standard output and error go to the supervisor. */
  readonly captureOutput: boolean;
  readonly stdlib: string;
  readonly referenceLoop: boolean;
  /** V8 tells Linux's `perf` of its functions, and frames are evaluated through trampolines from the start (hooks/perf-trampoline.ts). */
  readonly perf: 'perf' | 'perf_jit' | null;
  /** Files of plugins (hooks/plugin.ts). */
  readonly plugins: readonly string[];
}

/** Names of `sys.flags` that the command line sets. */
export type SysFlag =
  | 'debug' | 'inspect' | 'interactive' | 'dont_write_bytecode' | 'no_user_site' | 'no_site' | 'ignore_environment' | 'verbose'
  | 'bytes_warning' | 'quiet' | 'isolated' | 'dev_mode' | 'utf8_mode' | 'safe_path' | 'int_max_str_digits' | 'unbuffered';

/** An answer that will come: `finish` once `ready`; throws an Error when the supervisor refused. */
export interface SupervisorAnswer {
  ready(): boolean;
  /** Once `ready`. */
  finish(): unknown;
  /** Waits without doing anything else, signals included, and finishes: only for what the supervisor answers at once. */
  settle(): unknown;
}

/** One Python interpreter: the whole state of one worker. */
export class Interpreter {
  readonly id: number;
  readonly config: InterpreterConfig;
  /** `sys.modules`. */
  modules!: PyDict;
  builtins!: PyDict;
  sys!: PyDict;
  scheduler!: Scheduler;
  /** Loops on the JavaScript stack. */
  loopDepth = 0;
  /** The interpreter loop's way into Python functions: a function whose entry point is this one is called without recursion (`hooks/frame-evaluator.ts`). */
  entryPoint!: CallFunction;
  recursionLimit = 1000;
  /** Seconds (`sys.setswitchinterval`). */
  switchInterval = 0.005;
  /** `sys.addaudithook`. */
  readonly auditHooks: Value[] = [];
  intMaxStrDigits = 4300;
  /** All live threads by id; the main thread is first. */
  readonly threads = new Map<number, Thread>();
  mainThread!: Thread;
  /** Makes frames of compiled activations; returns the innermost frame of `t`. Set by the interpreter. */
  settleFrames!: (t: Thread) => Frame | null;
  /** As `settleFrames`, but the frames' variables may be out of date. Set by the interpreter. */
  linkFrames!: (t: Thread) => Frame | null;
  /** Brings the place of `f` up to date, and what it stands on, but not its variables. Set by the interpreter. */
  placeFrame!: (t: Thread, f: Frame) => void;
  /** Says that Python code gets the frame object of `f`. Set by the interpreter. */
  frameSeen!: (interpreter: Interpreter, f: Frame) => void;
  /** Sets a variable of a frame that compiled code may run. Set by the interpreter. */
  setFrameLocal!: (interpreter: Interpreter, f: Frame, index: number, value: Maybe) => void;
  /** BREAKER_EVICT is set: whether code has to be left where `t` is. Set by the interpreter. */
  mustEvict!: (t: Thread) => boolean;
  /** The tier above the interpreter loop, once a plugin is installed (hooks). */
  tier: Tier | null = null;
  /** The thread that runs; set by the scheduler at each switch. */
  running!: Thread;
  /** Who is told of functions, code objects and context switches (hooks); null when nobody watches. */
  functionWatch: FunctionWatch | null = null;
  codeWatch: CodeWatch | null = null;
  contextWatch: ContextWatch | null = null;
  /** Replaces the interpreter loop when a plugin has set it (hooks). */
  frameEvaluator: ((t: Thread, f: Frame) => Value) | null = null;
  /** Per-interpreter state of native modules by module name. */
  readonly moduleState = new Map<string, unknown>();
  finalizing = false;
  /** Whether somebody wants events (`sys.monitoring`, `sys.settrace`, `sys.setprofile`): then frames run in the instrumented loop. */
  instrumented = false;
  /** Whether the innermost loop is the instrumented one. */
  inInstrumentedLoop = false;
  /** Set by a loop that returns so that the other one goes on with this thread. */
  loopSwitch: Thread | null = null;
  /** What is to be done with no loop on top of the JavaScript stack (whose registers hold what frames have dropped): set with BREAKER_LEAVE_LOOP. */
  loopTask: ((t: Thread) => void) | null = null;
  /** Asks the supervisor for something that needs Node's event loop (standard input, starting interpreters); null without one. */
  ask: ((what: string, argument: unknown) => SupervisorAnswer) | null = null;
  /** Tells the supervisor something without waiting for an answer; null without one. */
  tell: ((what: string, argument: unknown) => void) | null = null;
  /** Signals of the operating system that the supervisor has passed on, as bits; taken by Atomics.exchange. */
  signals: Int32Array = new Int32Array(1);

  constructor(id: number, config: InterpreterConfig) {
    this.id = id;
    this.config = config;
  }
}

/** The innermost frame of a thread, for whoever looks at frames from outside of the interpreter loop. */
export function topFrame(t: Thread): Frame | null {
  return t.top === 0 ? t.frame : t.interpreter.settleFrames(t);
}

/** As `topFrame`, for whoever wants nothing of the variables: those of compiled activations may be out of date. */
export function topPlace(t: Thread): Frame | null {
  return t.top === 0 ? t.frame : t.interpreter.linkFrames(t);
}
