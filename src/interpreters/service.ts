/**
 * The life of an interpreter in its worker: starts, obeys orders from its port, stops.
 *
 *   started ──ready──▶ waiting ──order──▶ running ──done──▶ waiting ... ──stop──▶ ended
 *
 * INV-1: Python runs only while the GIL is held (`gil` mode); every wait for the port releases it first.
 * INV-2: a sender posts the message before it bumps WAKE, and this side reads WAKE before it looks at the port: no message is slept through.
 */
import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import { GIL_INDEX, SLOT_BREAKER, SLOT_SIGNALS, SLOT_WAKE, slotIndex, type HostError, type HostValue, type InterpreterTask, type Order, type Report } from '../base/protocol.ts';
import { PyBaseException } from '../core/exception.ts';
import type { PyModule } from '../core/instance.ts';
import { BREAKER_DROP_REQUEST, type Interpreter, type InterpreterConfig, type SupervisorAnswer, type SysFlag, type Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { getAttr, lookupAttr } from '../objects/attributes.ts';
import { call, callMethod } from '../objects/call.ts';
import { tableGetStr, tableSetStr } from '../objects/hash-table.ts';
import { importModule } from '../objects/import-hook.ts';
import { newList } from '../objects/make.ts';
import { str } from '../objects/text.ts';
import { compileSource } from '../interp/compile-source.ts';
import { runCode } from '../interp/run-code.ts';
import { resumeThread } from '../interp/evaluate.ts';
import { toArray } from '../objects/iterate.ts';
import { ThreadScheduler, type SharedGil } from '../sched/thread-scheduler.ts';
import { SpanRecorder } from '../sched/spans.ts';
import { Gil } from '../sync/gil.ts';
import { freezeGraph } from '../objects/freeze.ts';
import { fromHost, toHost } from '../objects/host-values.ts';
import { finalizeInterpreter, newMainModule, runMain } from './run-main.ts';
import { newModule } from '../objects/module.ts';
import type { ImmortalHeap } from '../heap/heap.ts';
import { linkImmortalHeap } from '../objects/immortal-link.ts';
import { crossCall } from './cross-call.ts';
import { readFileSync } from 'node:fs';

/** What the rooms that this one may not import do for it. */
export interface ServiceParts {
  /** The heap that all interpreters share. */
  readonly heap: ImmortalHeap;
  /** Starts the interpreter: import works, streams are open, `site` has run. */
  start(id: number, config: InterpreterConfig, breaker: Int32Array, makeScheduler: (interpreter: Interpreter) => ThreadScheduler): Thread;
  handleSignals(t: Thread): void;
  reportThreadDeath(t: Thread, exception: PyBaseException): void;
  raiseDeadlock(reason: string): never;
}

/** The configuration of an interpreter from its task. */
export function configOf(task: InterpreterTask): InterpreterConfig {
  const { config } = task;
  return {
    executable: config.executable, argv: config.argv, origArgv: config.origArgv, mode: task.mode, optimize: config.optimize,
    xoptions: new Map(config.xoptions), warnOptions: config.warnOptions, flags: config.flags as Record<SysFlag, number>,
    environment: config.environment, hashSeed: hashSeedOf(config.environment), cacheFolder: config.cacheFolder, grants: config.grants, captureOutput: config.captureOutput, stdlib: config.stdlib,
    referenceLoop: config.referenceLoop, perf: config.perf, plugins: config.plugins,
  };
}

function hashSeedOf(environment: Readonly<Record<string, string>>): number {
  const given = environment.PYTHONHASHSEED;
  return given !== undefined && /^\d+$/.test(given) ? Number(given) : Math.floor(Math.random() * 2 ** 32);
}

/** One interpreter's service. */
export class InterpreterService {
  private readonly task: InterpreterTask;
  private readonly port: MessagePort;
  private readonly parts: ServiceParts;
  private readonly words: Int32Array;
  private readonly gil: SharedGil | null;
  private readonly inbox: Order[] = [];
  private readonly replies = new Map<number, Order & { kind: 'reply' }>();
  private nextRequest = 1;
  private readonly spans = new SpanRecorder();
  private thread!: Thread;
  private program: PyModule | null = null;

  constructor(task: InterpreterTask, port: MessagePort, parts: ServiceParts) {
    this.task = task;
    this.port = port;
    this.parts = parts;
    this.words = new Int32Array(task.control);
    this.gil = task.mode === 'gil' ? this.makeGil() : null;
  }

  private makeGil(): SharedGil {
    const owner = this.task.slot + 1;
    const gil = new Gil({
      words: this.words, index: GIL_INDEX, stats: new Float64Array(this.task.statistics), statsIndex: 0,
      breakers: { words: this.words, indexOf: (id) => slotIndex(id - 1, SLOT_BREAKER), dropRequest: BREAKER_DROP_REQUEST },
    });
    const interval = (): number => (this.thread?.interpreter.switchInterval ?? 0.005) * 1000;
    return {
      acquire: () => {
        gil.take(owner, interval());
        this.spans.begin();
      },
      release: () => {
        this.spans.end();
        gil.drop(owner, interval());
      },
      yieldTo: () => {
        if (!gil.dropRequested(owner)) return;
        this.spans.end();
        gil.drop(owner, interval());
        gil.take(owner, interval());
        this.spans.begin();
      },
    };
  }

  /** Lives until it is told to stop. */
  run(): void {
    const started = performance.now();
    this.gil?.acquire();
    const breaker = this.words.subarray(slotIndex(this.task.slot, SLOT_BREAKER), slotIndex(this.task.slot, SLOT_BREAKER) + 1);
    this.thread = this.parts.start(this.task.id, configOf(this.task), breaker, (interpreter) => new ThreadScheduler(interpreter, {
      runLoop: (t) => resumeThread(t),
      handleSignals: (t) => this.parts.handleSignals(t),
      runPendingCalls: () => undefined,
      wakeCount: () => Atomics.load(this.words, slotIndex(this.task.slot, SLOT_WAKE)),
      waitForWake: (milliseconds, seen) => this.waitForWake(milliseconds, seen),
      reportThreadDeath: (t, exception) => this.parts.reportThreadDeath(t, exception),
      raiseDeadlock: (reason) => this.parts.raiseDeadlock(reason),
      now: () => performance.now(),
      gil: this.gil,
    }));
    this.thread.interpreter.ask = (what, argument) => this.ask(what, argument);
    this.thread.interpreter.tell = (what, argument) => this.report({ kind: 'ask', request: 0, what, argument });
    this.thread.interpreter.signals = this.words.subarray(slotIndex(this.task.slot, SLOT_SIGNALS), slotIndex(this.task.slot, SLOT_SIGNALS) + 1);
    linkImmortalHeap(this.thread.interpreter, this.parts.heap, this.task.slot + 1);
    this.report({ kind: 'ready', startMs: performance.now() - started });
    this.gil?.release();
    for (;;) {
      const order = this.nextOrder();
      if (order.kind === 'stop') break;
      this.enter();
      try {
        this.obey(order);
      } finally {
        this.leave();
      }
    }
    this.port.close();
  }

  /** Takes the GIL, or notes the time where there is nothing to take. */
  private enter(): void {
    if (this.gil === null) this.spans.begin();
    else this.gil.acquire();
  }

  private leave(): void {
    if (this.gil === null) this.spans.end();
    else this.gil.release();
  }

  private report(report: Report): void {
    this.port.postMessage(report);
  }

  /** Moves messages from the port to the inbox and the replies; returns how many replies there were. */
  private drain(): number {
    let count = 0;
    for (let message = receiveMessageOnPort(this.port); message !== undefined; message = receiveMessageOnPort(this.port)) {
      const order = message.message as Order;
      if (order.kind !== 'reply') this.inbox.push(order);
      else {
        this.replies.set(order.request, order);
        count++;
      }
    }
    return count;
  }

  private waitForWake(milliseconds: number, seen: number): void {
    const index = slotIndex(this.task.slot, SLOT_WAKE);
    // A reply that has just come may be what a thread waits for. Older ones were seen: whoever waited for them was interrupted.
    if (this.drain() > 0) return;
    Atomics.wait(this.words, index, seen, milliseconds);
    this.drain();
  }

  private nextOrder(): Order {
    const index = slotIndex(this.task.slot, SLOT_WAKE);
    for (;;) {
      const seen = Atomics.load(this.words, index);
      this.drain();
      const order = this.inbox.shift();
      if (order !== undefined) return order;
      Atomics.wait(this.words, index, seen);
    }
  }

  /** Asks the supervisor for something; the answer comes as a parking that is ready when it has arrived. */
  private ask(what: string, argument: unknown): SupervisorAnswer {
    const request = this.nextRequest++;
    this.report({ kind: 'ask', request, what, argument });
    const ready = (): boolean => {
      if (!this.replies.has(request)) this.drain();
      return this.replies.has(request);
    };
    const finish = (): unknown => {
      const reply = this.replies.get(request);
      this.replies.delete(request);
      if (reply?.error !== undefined) throw new Error(reply.error);
      return reply?.value;
    };
    const settle = (): unknown => {
      const index = slotIndex(this.task.slot, SLOT_WAKE);
      for (;;) {
        // WAKE before the look at the port (INV-2).
        const seen = Atomics.load(this.words, index);
        if (ready()) return finish();
        Atomics.wait(this.words, index, seen);
      }
    };
    return { ready, finish, settle };
  }

  private obey(order: Exclude<Order, { kind: 'stop' | 'reply' }> | Order): void {
    if (order.kind === 'stop' || order.kind === 'reply') return;
    const started = performance.now();
    let value: unknown = null;
    let error: HostError | null = null;
    try {
      value = this.execute(order);
    } catch (caught) {
      if (!(caught instanceof PyBaseException)) throw caught;
      error = hostError(this.thread, caught);
    }
    this.report({ kind: 'done', request: order.request, value, error, milliseconds: performance.now() - started });
  }

  private execute(order: Exclude<Order, { kind: 'stop' | 'reply' }>): unknown {
    const t = this.thread;
    switch (order.kind) {
      case 'main':
        return finalizeInterpreter(t, runMain(t, order.target, order.argv, () => readFileSync(0, 'utf8')));
      case 'source': {
        const main = this.mainModule();
        runCode(t, compileSource(t, order.source, { filename: order.filename, mode: 'exec', flags: 0, optimize: -1 }), main.dict, main.dict);
        this.program = main;
        return flushStreams(t);
      }
      case 'program':
        return this.loadProgram(order.path);
      case 'share':
        return { $: 'shared', address: freezeGraph(t, fromHost(t, order.value)) };
      case 'spans':
        return this.spans.take();
      case 'crossCall':
        return crossCall(t, this.mainModule(), order.payload);
      case 'bind': {
        const { table } = this.mainModule().dict;
        for (const [name, value] of order.names) tableSetStr(table, name, fromHost(t, value));
        return null;
      }
      case 'call':
        return this.callFunction(order.name, order.args);
    }
  }

  private mainModule(): PyModule {
    const existing = tableGetStr(this.thread.interpreter.modules.table, '__main__');
    return existing !== undefined && existing !== null ? (existing as PyModule) : newMainModule(this.thread);
  }

  /** Loads a program as the module `__ladon_program__` and says which of setup, items, work and check it defines. */
  private loadProgram(path: string): HostValue {
    const t = this.thread;
    const module = newModule('__ladon_program__');
    tableSetStr(module.dict.table, '__file__', path);
    tableSetStr(t.interpreter.modules.table, '__ladon_program__', module);
    const source = readFileSync(path);
    runCode(t, compileSource(t, source, { filename: path, mode: 'exec', flags: 0, optimize: -1 }), module.dict, module.dict);
    this.program = module;
    return ['setup', 'items', 'work', 'check'].filter((name) => tableGetStr(module.dict.table, name) !== undefined);
  }

  /** Calls a function of the loaded program; dotted names are imported. A generator of items becomes a list. */
  private callFunction(name: string, args: readonly HostValue[]): HostValue {
    const t = this.thread;
    if (name.endsWith('*')) return this.mapFunction(name.slice(0, -1), args);
    const result = call(t, this.resolve(name), args.map((arg) => fromHost(t, arg)));
    const value = name === 'items' ? newList(toArray(t, result)) : result;
    flushStreams(t);
    return toHost(t, value);
  }

  /** Calls a function once per argument. */
  private mapFunction(name: string, args: readonly HostValue[]): HostValue {
    const t = this.thread;
    const func = this.resolve(name);
    return args.map((arg) => toHost(t, call(t, func, [fromHost(t, arg)])));
  }

  private resolve(name: string): Value {
    const t = this.thread;
    const dot = name.lastIndexOf('.');
    if (dot > 0) return getAttr(t, importModule(t, name.slice(0, dot)), name.slice(dot + 1));
    const own = this.program === null ? undefined : lookupAttr(t, this.program, name);
    return own !== undefined ? own : getAttr(t, importModule(t, 'builtins'), name);
  }
}

function flushStreams(t: Thread): null {
  for (const name of ['stdout', 'stderr']) {
    const stream = tableGetStr(t.interpreter.sys.table, name);
    if (stream !== undefined && stream !== null) callMethod(t, stream, 'flush');
  }
  return null;
}

/** A Python exception as data, with its traceback as the `traceback` module prints it. */
export function hostError(t: Thread, exception: PyBaseException): HostError {
  let traceback = '';
  let message = '';
  try {
    message = str(t, exception);
    const lines = toArray(t, call(t, getAttr(t, importModule(t, 'traceback'), 'format_exception'), [exception]));
    traceback = lines.map((line) => str(t, line)).join('');
  } catch (caught) {
    if (!(caught instanceof PyBaseException)) throw caught;
    traceback = `${exception.type.name}: ${message} (and formatting the traceback failed: ${caught.type.name})\n`;
  }
  return { type: exception.type.name, message, traceback };
}
