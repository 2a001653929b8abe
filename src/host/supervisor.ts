/**
 * The supervisor: lives on Node's main thread, never runs Python, starts interpreters on workers and carries messages.
 *
 * Workers come from a piscina pool, but for the one that the command line has started while the supervisor was being loaded (`first-worker.ts`).
 *
 * INV-1: every request to an interpreter settles: with its answer, or with an error that names the interpreter when its worker dies.
 * INV-2: when a worker dies, the GIL it may hold is freed before anybody is told.
 */
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CODE_FORMAT_VERSION, codeFolderName, PACK_NAME } from '../base/code-pack.ts';
import { LADON_VERSION } from '../base/version.ts';
import { availableParallelism } from 'node:os';
import type { Piscina } from 'piscina';
import type { FirstWorker } from './first-worker.ts';
import { beginStart, endStart } from './engine-flags.ts';
import { STACK_SIZE_MB, YOUNG_GENERATION_MB } from './worker-limits.ts';
import { CONTROL_BYTES, GIL_INDEX, MAX_INTERPRETERS, slotIndex, type InterpreterTask, type TaskConfig } from '../base/protocol.ts';
import { InterpreterDied, InterpreterHandle, type AskHandler } from './interpreter-handle.ts';
import { freeGilOf, newImmortalHeap, preloadCode, readGil, STATISTICS_BYTES, type GilFigures } from '../runtime-words.ts';

/** How Python interpreters share the processor. */
export type Mode = 'gil' | 'own-gil';

/** Options of a runtime. */
export interface SupervisorOptions {
  readonly mode: Mode;
  readonly config: TaskConfig;
  /** A worker that is already booting: the first interpreter runs on it. */
  readonly firstWorker?: FirstWorker | null;
  /** Interpreters that are kept started beside those in use, so that `start` need not wait; default 0. */
  readonly prewarm?: number;
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
  private readonly endListeners: ((id: number) => void)[] = [];
  /** Whether an interpreter waits for standard input now. */
  inputWanted: () => boolean = () => false;
  private readonly starting = new Set<AbortController>();
  private readonly prewarm: number;
  /** Started interpreters that nobody uses yet, the oldest first: they are in no list, but their workers are in `tasks`. */
  private readonly spares: Promise<InterpreterHandle>[] = [];
  private isClosing = false;
  private slotsTaken = 0;
  private nextId = 0;

  constructor(options: SupervisorOptions) {
    this.mode = options.mode;
    this.heap = newImmortalHeap(options.heapBudget);
    this.config = options.config;
    this.firstWorker = options.firstWorker ?? null;
    this.prewarm = options.prewarm ?? 0;
  }

  /** The pool; loading piscina is put off until a second interpreter needs it. */
  private async openPool(): Promise<Piscina> {
    const { Piscina } = await import('piscina');
    const pool = new Piscina({
      filename: fileURLToPath(new URL('../workers/interpreter.cjs', import.meta.url)),
      minThreads: 0,
      maxThreads: MAX_INTERPRETERS,
      idleTimeout: 0,
      concurrentTasksPerWorker: 1,
      atomics: 'disabled',
      resourceLimits: { stackSizeMb: STACK_SIZE_MB, maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
    });
    // A worker that fails before it has its task: nobody else would hear of it.
    pool.on('error', (error: Error) => this.failStarting(error));
    return pool;
  }

  private failStarting(error: Error): void {
    for (const abort of this.starting) abort.abort(error);
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
    if (free === undefined) return this.slotsTaken++;
    this.words.fill(0, slotIndex(free, 0), slotIndex(free + 1, 0));
    return free;
  }

  /** Offers something to interpreters (`Interpreter.ask`). */
  offer(what: string, handler: AskHandler): void {
    this.asks.set(what, handler);
  }

  /** Calls `listener` with the id of every interpreter that ends, however it ends. */
  whenAnyEnds(listener: (id: number) => void): void {
    this.endListeners.push(listener);
  }

  /** Starts an interpreter on a worker of its own, or takes one that has been started ahead; resolves when it obeys orders. */
  async start(changes: Partial<TaskConfig> = {}): Promise<InterpreterHandle> {
    const spare = Object.keys(changes).length === 0 ? this.spares.shift() : undefined;
    const starting = spare ?? this.boot(changes);
    const handle = await starting;
    // It may have died since: then it must not be listed.
    if (this.tasks.has(handle.id)) this.interpreters.set(handle.id, handle);
    this.fillSparesLater();
    return handle;
  }

  /** Not at once: creating a worker takes this thread a few milliseconds, and somebody waits for a handle. */
  private fillSparesLater(): void {
    if (this.prewarm > 0) setImmediate(() => this.fillSpares());
  }

  /** Starts interpreters ahead until there are as many as asked for. */
  private fillSpares(): void {
    while (!this.isClosing && this.spares.length < this.prewarm && this.tasks.size < MAX_INTERPRETERS) {
      const spare = this.boot({});
      this.spares.push(spare);
      // A spare that dies or fails to start is none any more; whoever had taken it gets the error.
      spare.catch(() => undefined).then((handle) => (handle === undefined ? undefined : this.tasks.get(handle.id)?.ended)).then(() => {
        const at = this.spares.indexOf(spare);
        if (at >= 0) this.spares.splice(at, 1);
      }, () => undefined);
    }
  }

  /** Starts an interpreter and does not wait: orders can be given at once, and are obeyed when it is ready. */
  startNow(): InterpreterHandle {
    const handle = this.launch({});
    this.interpreters.set(handle.id, handle);
    // While the worker boots: it needs the code when it has loaded the runtime.
    this.preloadCode();
    // Who gave an order hears of a failed start by that.
    this.settled(handle).then(() => this.fillSparesLater(), () => undefined);
    return handle;
  }

  /** Puts the library code of a start into the heap. */
  private preloadCode(): void {
    const { cacheFolder, optimize } = this.config;
    if (cacheFolder !== null) preloadCode(this.heap, join(cacheFolder, codeFolderName(CODE_FORMAT_VERSION, LADON_VERSION, optimize), PACK_NAME));
  }

  private async boot(changes: Partial<TaskConfig>): Promise<InterpreterHandle> {
    return this.settled(this.launch(changes));
  }

  private launch(changes: Partial<TaskConfig>): InterpreterHandle {
    if (this.tasks.size >= MAX_INTERPRETERS) throw new Error(`at most ${MAX_INTERPRETERS} interpreters at a time`);
    const id = this.nextId++;
    const slot = this.takeSlot();
    const { port1, port2 } = new MessageChannel();
    const handle = new InterpreterHandle(id, slot, port1, this.words, this.asks);
    const task: InterpreterTask = { id, slot, control: this.control, statistics: this.statistics, heap: this.heap, mode: this.mode, config: { ...this.config, ...changes } };
    const abort = new AbortController();
    beginStart();
    this.starting.add(abort);
    const ended = this.runOnWorker(task, port2, abort.signal).then(
      () => this.ended(handle, new InterpreterDied(`interpreter ${id} has ended`)),
      (error: unknown) => this.ended(handle, new InterpreterDied(`interpreter ${id} died: ${messageOf(abort.signal.reason instanceof Error && !(abort.signal.reason instanceof DOMException) ? abort.signal.reason : error)}`)),
    );
    this.tasks.set(id, { abort, ended });
    return handle;
  }

  /** Resolves when the interpreter obeys orders. */
  private async settled(handle: InterpreterHandle): Promise<InterpreterHandle> {
    const abort = this.tasks.get(handle.id)?.abort;
    try {
      await handle.ready();
    } finally {
      if (abort !== undefined) this.starting.delete(abort);
      endStart();
    }
    return handle;
  }

  private ended(handle: InterpreterHandle, error: InterpreterDied): void {
    freeGilOf(this.words, GIL_INDEX, this.statistics, handle.slot);
    this.freeSlots.push(handle.slot);
    this.interpreters.delete(handle.id);
    this.tasks.delete(handle.id);
    for (const listener of this.endListeners) listener(handle.id);
    handle.settle(error);
  }

  /** Resolves when the interpreter's worker is done with it. */
  async whenEnded(handle: InterpreterHandle): Promise<void> {
    await this.tasks.get(handle.id)?.ended;
  }

  /** Ends an interpreter's worker at once; its requests are rejected, with `reason` where there is one. */
  async kill(handle: InterpreterHandle, reason?: Error): Promise<void> {
    const task = this.tasks.get(handle.id);
    task?.abort.abort(reason);
    await task?.ended;
  }

  /** Interrupts all interpreters. */
  interruptAll(): void {
    for (const handle of this.interpreters.values()) handle.interrupt();
  }

  /** Figures of the GIL (`gil` mode). */
  gilFigures(): GilFigures {
    return readGil(this.statistics);
  }

  /** Stops all interpreters and the pool. */
  async close(): Promise<void> {
    this.isClosing = true;
    const spares = this.spares.splice(0);
    const ending = [...this.tasks.values()].map((task) => task.ended);
    for (const handle of this.interpreters.values()) handle.stop();
    for (const spare of await Promise.allSettled(spares)) if (spare.status === 'fulfilled') spare.value.stop();
    await Promise.all(ending);
    await this.destroy();
  }

  /** Ends everything without waiting for Python. */
  async destroy(): Promise<void> {
    this.isClosing = true;
    for (const { abort } of this.tasks.values()) abort.abort();
    if (this.pool !== null) await (await this.pool).destroy();
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Processors that this process may use. */
export function processorCount(): number {
  return availableParallelism();
}
