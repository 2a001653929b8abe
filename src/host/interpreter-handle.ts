/** One interpreter as the supervisor sees it: requests to it, its own requests, and its end. */
import type { MessagePort } from 'node:worker_threads';
import { SLOT_BREAKER, SLOT_SIGNALS, SLOT_WAKE, slotIndex, type CrossCall, type HostError, type HostValue, type MainTarget, type Order, type Report } from '../base/protocol.ts';

/** Bit of the eval breaker that raises KeyboardInterrupt (`core/thread.ts`, BREAKER_INTERRUPT). */
const BREAKER_INTERRUPT = 32;
/** Bit of the eval breaker that has signal handlers run (BREAKER_SIGNAL there). */
const BREAKER_SIGNAL = 2;
const SIGINT = 2;

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
    if (report.request === 0) {
      await handler?.(this, report.argument);
      return;
    }
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

  /** Runs the handler that Python has for a signal of the operating system. */
  signal(number: number): void {
    Atomics.or(this.words, slotIndex(this.slot, SLOT_SIGNALS), 1 << number);
    Atomics.or(this.words, slotIndex(this.slot, SLOT_BREAKER), BREAKER_SIGNAL);
    this.wake();
  }

  /** Raises KeyboardInterrupt in the interpreter's main thread. */
  interrupt(): void {
    Atomics.or(this.words, slotIndex(this.slot, SLOT_SIGNALS), 1 << SIGINT);
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

  /** Freezes a value; resolves with its place in the immortal heap. */
  async share(value: HostValue): Promise<number> {
    const answer = await this.request((request) => ({ kind: 'share', request, value }));
    return (answer.value as { address: number }).address;
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
