/**
 * The supervisor: lives on Node's main thread, never runs Python, starts interpreters on workers and carries messages.
 *
 * Workers come from a piscina pool, but for the one that the command line has started while the supervisor was being loaded (`first-worker.ts`).
 *
 * INV-1: every request to an interpreter settles: with its answer, or with an error that names the interpreter when its worker dies.
 * INV-2: when a worker dies, the GIL it may hold is freed before anybody is told.
 */
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { fileURLToPath } from 'node:url';
import { availableParallelism } from 'node:os';
import type { Piscina } from 'piscina';
import type { FirstWorker } from './first-worker.ts';
import { beginStart, endStart } from './engine-flags.ts';
import { STACK_SIZE_MB, YOUNG_GENERATION_MB } from './worker-limits.ts';
import {
  CONTROL_BYTES, GIL_INDEX, MAX_INTERPRETERS, SLOT_BREAKER, SLOT_WAKE, slotIndex, type CrossCall, type HostError, type HostValue, type InterpreterTask, type MainTarget,
  type Order, type Report, type TaskConfig,
} from '../base/protocol.ts';
import { freeGilOf, newImmortalHeap, readGil, STATISTICS_BYTES, type GilFigures } from '../runtime-words.ts';

/** Bit of the eval breaker that raises KeyboardInterrupt (`core/thread.ts`, BREAKER_INTERRUPT). */
const BREAKER_INTERRUPT = 32;

/** How Python interpreters share the processor. */
export type Mode = 'gil' | 'own-gil';

/** A Python exception that reached the host. */
export class PythonError extends Error {
  override readonly name = 'PythonError';
  readonly pythonType: string;
  readonly pythonTraceback: string;
  constructor(error: HostError) {
    super(`${error.type}: ${error.message}`);
    this.pythonType = error.type;
    this.pythonTraceback = error.traceback;
  }
}

/** An interpreter's worker has died; requests that waited for it get this. */
export class InterpreterDied extends Error {
  override readonly name = 'InterpreterDied';
}

interface Pending {
  resolve(answer: { value: unknown; milliseconds: number }): void;
  reject(error: Error): void;
}

/** What an `ask` of an interpreter is answered with; throws to refuse. */
export type AskHandler = (interpreter: InterpreterHandle, argument: unknown) => Promise<unknown>;

/** One interpreter as the supervisor sees it. */
export class InterpreterHandle {
  readonly id: number;
  /** Its place among the shared words; used again when the interpreter has ended. */
  readonly slot: number;
  /** Milliseconds from the worker's start to "ready", as the worker saw it. */
  startMs = 0;
  private readonly port: MessagePort;
  private readonly words: Int32Array;
  private readonly pending = new Map<number, Pending>();
  private readonly asks: ReadonlyMap<string, AskHandler>;
  private readonly readyPromise: Promise<void>;
  private markReady!: () => void;
  private failReady!: (error: Error) => void;
  private nextRequest = 1;
  private death: Error | null = null;

  constructor(id: number, slot: number, port: MessagePort, words: Int32Array, asks: ReadonlyMap<string, AskHandler>) {
    this.id = id;
    this.slot = slot;
    this.port = port;
    this.words = words;
    this.asks = asks;
    this.readyPromise = new Promise((resolve, reject) => {
      this.markReady = resolve;
      this.failReady = reject;
    });
    this.readyPromise.catch(() => undefined);
    port.on('message', (report: Report) => this.receive(report));
  }

  /** Resolves once the interpreter obeys orders. */
  ready(): Promise<void> {
    return this.readyPromise;
  }

  private receive(report: Report): void {
    if (report.kind === 'ready') {
      this.startMs = report.startMs;
      this.markReady();
    } else if (report.kind === 'done') {
      const waiting = this.pending.get(report.request);
      this.pending.delete(report.request);
      if (report.error !== null) waiting?.reject(new PythonError(report.error));
      else waiting?.resolve({ value: report.value, milliseconds: report.milliseconds });
    } else void this.answer(report);
  }

  private async answer(report: Extract<Report, { kind: 'ask' }>): Promise<void> {
    const handler = this.asks.get(report.what);
    try {
      if (handler === undefined) throw new Error(`the host does not offer ${report.what}`);
      this.send({ kind: 'reply', request: report.request, value: await handler(this, report.argument) });
    } catch (error) {
      this.send({ kind: 'reply', request: report.request, error: error instanceof Error ? error.message : String(error) });
    }
  }

  private send(order: Order): void {
    this.port.postMessage(order);
    this.wake();
  }

  /** Wakes the worker if it sleeps. */
  wake(): void {
    Atomics.add(this.words, slotIndex(this.slot, SLOT_WAKE), 1);
    Atomics.notify(this.words, slotIndex(this.slot, SLOT_WAKE));
  }

  /** Raises KeyboardInterrupt in the interpreter's main thread. */
  interrupt(): void {
    Atomics.or(this.words, slotIndex(this.slot, SLOT_BREAKER), BREAKER_INTERRUPT);
    this.wake();
  }

  private request(make: (request: number) => Order): Promise<{ value: unknown; milliseconds: number }> {
    if (this.death !== null) return Promise.reject(this.death);
    const request = this.nextRequest++;
    return new Promise((resolve, reject) => {
      this.pending.set(request, { resolve, reject });
      this.send(make(request));
    });
  }

  /** Runs a program as `__main__`, to the interpreter's end; resolves with the exit status. */
  async runMain(target: MainTarget, argv: readonly string[]): Promise<number> {
    return (await this.request((request) => ({ kind: 'main', request, target, argv }))).value as number;
  }

  /** Runs source text in `__main__`. Rejects with PythonError. */
  async runSource(source: string, filename: string): Promise<void> {
    await this.request((request) => ({ kind: 'source', request, source, filename }));
  }

  /** Loads a program with `work(item)`; resolves with the names of setup, items, work, check that it defines. */
  async loadProgram(path: string): Promise<string[]> {
    return (await this.request((request) => ({ kind: 'program', request, path }))).value as string[];
  }

  /** Calls a function; resolves with the result and the milliseconds it took in the interpreter. */
  async call(name: string, args: HostValue[]): Promise<{ value: HostValue; milliseconds: number }> {
    const answer = await this.request((request) => ({ kind: 'call', request, name, args }));
    return { value: answer.value as HostValue, milliseconds: answer.milliseconds };
  }

  /** Calls what another interpreter has sent. */
  async crossCall(payload: CrossCall): Promise<HostValue> {
    return (await this.request((request) => ({ kind: 'crossCall', request, payload }))).value as HostValue;
  }

  /** When the interpreter ran Python since this was asked last: start and end alternating, milliseconds since the epoch. */
  async spans(): Promise<number[]> {
    return (await this.request((request) => ({ kind: 'spans', request }))).value as number[];
  }

  /** Binds names in `__main__`. */
  async bind(names: [string, HostValue][]): Promise<void> {
    await this.request((request) => ({ kind: 'bind', request, names }));
  }

  /** Whether a request is being worked on. */
  get isBusy(): boolean {
    return this.pending.size > 0;
  }

  /** Tells the interpreter to end after what it is doing. */
  stop(): void {
    if (this.death === null) this.send({ kind: 'stop' });
  }

  /** The worker is gone: everybody who waits gets the error. */
  settle(error: Error): void {
    this.death = error;
    this.failReady(error);
    for (const waiting of this.pending.values()) waiting.reject(error);
    this.pending.clear();
    this.port.close();
  }
}

/** Options of a runtime. */
export interface SupervisorOptions {
  readonly mode: Mode;
  readonly config: TaskConfig;
  /** A worker that is already booting: the first interpreter runs on it. */
  readonly firstWorker?: FirstWorker | null;
  /** Bytes that the immortal heap may use. */
  readonly heapBudget?: number;
}

/** A running set of interpreters with one mode and one shared control block. */
export class Supervisor {
  readonly mode: Mode;
  readonly interpreters = new Map<number, InterpreterHandle>();
  private readonly control = new SharedArrayBuffer(CONTROL_BYTES);
  private readonly statistics = new SharedArrayBuffer(STATISTICS_BYTES);
  private readonly heap: SharedArrayBuffer;
  private readonly words = new Int32Array(this.control);
  private firstWorker: FirstWorker | null;
  private pool: Promise<Piscina> | null = null;
  private readonly freeSlots: number[] = [];
  private readonly config: TaskConfig;
  private readonly asks = new Map<string, AskHandler>();
  private readonly tasks = new Map<number, { abort: AbortController; ended: Promise<void> }>();
  private nextId = 0;

  constructor(options: SupervisorOptions) {
    this.mode = options.mode;
    this.heap = newImmortalHeap(options.heapBudget);
    this.config = options.config;
    this.firstWorker = options.firstWorker ?? null;
  }

  /** The pool; loading piscina is put off until a second interpreter needs it. */
  private async openPool(): Promise<Piscina> {
    const { Piscina } = await import('piscina');
    return new Piscina({
      filename: fileURLToPath(new URL('./workers/interpreter.js', import.meta.url)),
      minThreads: 0,
      maxThreads: MAX_INTERPRETERS,
      idleTimeout: 0,
      concurrentTasksPerWorker: 1,
      atomics: 'disabled',
      resourceLimits: { stackSizeMb: STACK_SIZE_MB, maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
    });
  }

  /** Runs an interpreter's whole life on a worker; rejects when the worker dies or `signal` is aborted. */
  private async runOnWorker(task: InterpreterTask, port: MessagePort, signal: AbortSignal): Promise<void> {
    const first = this.firstWorker;
    this.firstWorker = null;
    if (first !== null) {
      signal.addEventListener('abort', () => first.terminate());
      return first.run(task, port);
    }
    this.pool ??= this.openPool();
    await (await this.pool).run({ task, port }, { transferList: [port], signal });
  }

  private takeSlot(): number {
    const free = this.freeSlots.pop();
    if (free === undefined) return this.interpreters.size;
    this.words.fill(0, slotIndex(free, 0), slotIndex(free + 1, 0));
    return free;
  }

  /** Offers something to interpreters (`Interpreter.ask`). */
  offer(what: string, handler: AskHandler): void {
    this.asks.set(what, handler);
  }

  /** Starts an interpreter on a worker of its own; resolves when it obeys orders. */
  async start(changes: Partial<TaskConfig> = {}): Promise<InterpreterHandle> {
    if (this.interpreters.size >= MAX_INTERPRETERS) throw new Error(`at most ${MAX_INTERPRETERS} interpreters at a time`);
    const id = this.nextId++;
    const slot = this.takeSlot();
    const { port1, port2 } = new MessageChannel();
    const handle = new InterpreterHandle(id, slot, port1, this.words, this.asks);
    this.interpreters.set(id, handle);
    const task: InterpreterTask = { id, slot, control: this.control, statistics: this.statistics, heap: this.heap, mode: this.mode, config: { ...this.config, ...changes } };
    const abort = new AbortController();
    beginStart();
    const ended = this.runOnWorker(task, port2, abort.signal).then(
      () => this.ended(handle, new InterpreterDied(`interpreter ${id} has ended`)),
      (error: unknown) => this.ended(handle, new InterpreterDied(`interpreter ${id} died: ${error instanceof Error ? error.message : String(error)}`)),
    );
    this.tasks.set(id, { abort, ended });
    try {
      await handle.ready();
    } finally {
      endStart();
    }
    return handle;
  }

  private ended(handle: InterpreterHandle, error: InterpreterDied): void {
    freeGilOf(this.words, GIL_INDEX, this.statistics, handle.slot);
    this.freeSlots.push(handle.slot);
    this.interpreters.delete(handle.id);
    this.tasks.delete(handle.id);
    handle.settle(error);
  }

  /** Resolves when the interpreter's worker is done with it. */
  async whenEnded(handle: InterpreterHandle): Promise<void> {
    await this.tasks.get(handle.id)?.ended;
  }

  /** Ends an interpreter's worker at once; its requests are rejected. */
  async kill(handle: InterpreterHandle): Promise<void> {
    const task = this.tasks.get(handle.id);
    task?.abort.abort();
    await task?.ended;
  }

  /** Interrupts all interpreters but `except`. */
  interruptAll(): void {
    for (const handle of this.interpreters.values()) handle.interrupt();
  }

  /** Figures of the GIL (`gil` mode). */
  gilFigures(): GilFigures {
    return readGil(this.statistics);
  }

  /** Stops all interpreters and the pool. */
  async close(): Promise<void> {
    const ending = [...this.tasks.values()].map((task) => task.ended);
    for (const handle of this.interpreters.values()) handle.stop();
    await Promise.all(ending);
    await this.destroy();
  }

  /** Ends everything without waiting for Python. */
  async destroy(): Promise<void> {
    for (const { abort } of this.tasks.values()) abort.abort();
    if (this.pool !== null) await (await this.pool).destroy();
  }
}

/** Processors that this process may use. */
export function processorCount(): number {
  return availableParallelism();
}
