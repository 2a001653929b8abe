/** The public TypeScript API: a running Ladon, and pools of interpreters. The event loop is never blocked. */
import { resolve } from 'node:path';
import type { TaskConfig } from '../base/protocol.ts';
import { defaultConfig } from './config.ts';
import { fromPython, SharedValue, toPython, type JsValue } from './js-values.ts';
import { offerServices } from './services.ts';
import type { InterpreterHandle } from './interpreter-handle.ts';
import { processorCount, Supervisor, type Mode } from './supervisor.ts';

/** Options of `Ladon.start`. */
export interface LadonOptions {
  /** `own-gil` (default): interpreters run in parallel; `gil`: one at a time. */
  readonly mode?: Mode;
  /** Interpreters of the pool that `map` spreads work over; default: the number of processors. */
  readonly workers?: number;
  /** `sys.argv`. */
  readonly argv?: readonly string[];
  /** Environment of the Python programs; default: empty. Nothing is granted that is not named. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether Python code may open, list and change files; default false. `run({ file })` reads its file all the same. */
  readonly files?: boolean;
  /** Whether it may use sockets; default false. */
  readonly network?: boolean;
  /** Whether it may start other programs; default false. */
  readonly processes?: boolean;
  /** Interpreters that are kept started beside those in use, so that a new one is there at once; default 0. Each costs about 50 MB. */
  readonly prewarm?: number;
  /** Files of plugins, loaded into every interpreter (docs/hooks.md). They run with all rights of the process. */
  readonly plugins?: readonly string[];
  /** The opcode pack to run with (docs/static-pack.md); default: none. */
  readonly pack?: string;
  /** Bytes of the immortal heap. */
  readonly heapBudget?: number;
}

/** Options of one request. */
export interface RequestOptions {
  /** Interrupts the Python code; if it does not end within a grace time, its interpreter is terminated. */
  readonly signal?: AbortSignal;
  /** Milliseconds after which the request is aborted in the same way. */
  readonly timeoutMs?: number;
}

/** Milliseconds that interrupted Python code has to end. */
const GRACE_MS = 3000;

/** Figures of a running Ladon. */
export interface LadonStatistics {
  readonly mode: Mode;
  readonly interpreters: number;
  readonly gil: ReturnType<Supervisor['gilFigures']>;
}

/** Code to run: a file, or source text. */
export type Program = { readonly file: string } | { readonly source: string };

function configFor(options: LadonOptions): TaskConfig {
  const base = defaultConfig();
  return {
    ...base, argv: options.argv ?? [''], environment: { ...(options.environment ?? {}) }, cacheFolder: base.cacheFolder,
    plugins: (options.plugins ?? []).map((file) => resolve(file)), pack: options.pack ?? null,
    grants: { files: options.files === true, network: options.network === true, processes: options.processes === true },
  };
}

/** Waits for `work`; on abort interrupts the interpreter, then kills it. */
async function abortable<T>(supervisor: Supervisor, handle: InterpreterHandle, options: RequestOptions, work: Promise<T>): Promise<T> {
  const signals = [options.signal, options.timeoutMs === undefined ? undefined : AbortSignal.timeout(options.timeoutMs)].filter((signal): signal is AbortSignal => signal !== undefined);
  if (signals.length === 0) return work;
  const signal = AbortSignal.any(signals);
  let timer: NodeJS.Timeout | undefined;
  const onAbort = (): void => {
    handle.interrupt();
    timer = setTimeout(() => void supervisor.kill(handle), GRACE_MS);
  };
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await work;
  } catch (error) {
    throw signal.aborted ? (signal.reason as Error) : error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}

/** A running Ladon: one main interpreter, and a pool that starts when `map` first needs it. */
export class Ladon implements AsyncDisposable {
  private readonly supervisor: Supervisor;
  private readonly main: InterpreterHandle;
  private readonly size: number;
  private pool: InterpreterHandle[] = [];
  private program: Program | null = null;

  private constructor(supervisor: Supervisor, main: InterpreterHandle, size: number) {
    this.supervisor = supervisor;
    this.main = main;
    this.size = size;
  }

  /** Starts Ladon; resolves when Python code can run. */
  static async start(options: LadonOptions = {}): Promise<Ladon> {
    const supervisor = new Supervisor({
      mode: options.mode ?? 'own-gil', config: configFor(options), ...(options.heapBudget === undefined ? {} : { heapBudget: options.heapBudget }), prewarm: options.prewarm ?? 0,
    });
    offerServices(supervisor);
    return new Ladon(supervisor, await supervisor.start(), options.workers ?? processorCount());
  }

  /** Runs code in the main interpreter; its functions can be called afterwards. Rejects with PythonError. */
  async run(program: Program, options: RequestOptions = {}): Promise<void> {
    this.program = program;
    await abortable(this.supervisor, this.main, options, load(this.main, program));
  }

  /** Calls a function of the program that was run, or a dotted name (`math.sqrt`), with JavaScript values. */
  async call(name: string, args: readonly JsValue[] = [], options: RequestOptions = {}): Promise<JsValue> {
    const answer = await abortable(this.supervisor, this.main, options, this.main.call(name, args.map(toPython)));
    return fromPython(answer.value);
  }

  /** Calls a function once per item, spread over the pool; results are in the order of the items. */
  async map(name: string, items: readonly JsValue[], options: RequestOptions = {}): Promise<JsValue[]> {
    await this.growPool(Math.min(this.size, items.length));
    const results = new Array<JsValue>(items.length);
    let next = 0;
    let failed = false;
    const worker = async (handle: InterpreterHandle): Promise<void> => {
      while (next < items.length && !failed && options.signal?.aborted !== true) {
        const at = next++;
        try {
          results[at] = fromPython((await abortable(this.supervisor, handle, options, handle.call(name, [toPython(items[at]!)]))).value);
        } catch (error) {
          failed = true;
          throw error;
        }
      }
    };
    // All settle before anybody is told: an interpreter that is being ended must not be taken for the next request.
    const outcomes = await Promise.allSettled(this.pool.map(worker));
    const failure = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failure !== undefined) throw failure.reason as Error;
    options.signal?.throwIfAborted();
    return results;
  }

  private async growPool(size: number): Promise<void> {
    this.pool = this.pool.filter((handle) => this.supervisor.interpreters.has(handle.id));
    const missing = size - this.pool.length;
    if (missing <= 0) return;
    const started = await Promise.all(Array.from({ length: missing }, () => this.supervisor.start()));
    const { program } = this;
    if (program !== null) await Promise.all(started.map((handle) => load(handle, program)));
    this.pool.push(...started);
  }

  /**
   * Makes a value immortal: a dict, list or other graph that is passed to many calls is then sent by reference, whatever its size. It stays until Ladon is
   * closed. Throws TypeError for what Python cannot take.
   */
  async share(value: JsValue): Promise<SharedValue> {
    return new SharedValue(await this.main.share(toPython(value)));
  }

  /** Figures of the runtime. */
  stats(): LadonStatistics {
    return { mode: this.supervisor.mode, interpreters: this.supervisor.interpreters.size, gil: this.supervisor.gilFigures() };
  }

  /** Ends all interpreters. */
  async close(): Promise<void> {
    await this.supervisor.close();
  }

  /** `await using`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

function load(handle: InterpreterHandle, program: Program): Promise<unknown> {
  return 'file' in program ? handle.loadProgram(resolve(program.file)) : handle.runSource(program.source, '<source>');
}

