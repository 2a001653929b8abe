/**
 * The main interpreter's worker, started before the supervisor is loaded. It loads the runtime at once and then waits for its task.
 *
 * Imports nothing but Node's `worker_threads`: whatever this file imports delays the worker's start.
 */
import { Worker, type MessagePort } from 'node:worker_threads';
import type { InterpreterTask } from '../base/protocol.ts';
import { STACK_SIZE_MB, YOUNG_GENERATION_MB } from './worker-limits.ts';

/** Names of Ladon's own subcommands. */
const SUBCOMMANDS: ReadonlySet<string> = new Set(['compare', 'run', 'info', 'jit-bisect']);
/** Arguments that are answered without an interpreter. */
const ANSWERS: ReadonlySet<string> = new Set(['-h', '-?', '--help', '-V', '-VV', '--version']);

/** Whether the first argument is a subcommand. */
export function isSubcommand(name: string): boolean {
  return SUBCOMMANDS.has(name);
}

/** Whether a command line runs Python in the main interpreter. A wrong "yes" costs a worker that is ended unused. */
export function needsInterpreter(args: readonly string[]): boolean {
  return args.length === 0 || (!isSubcommand(args[0]!) && !ANSWERS.has(args[0]!));
}

/** A worker that waits for the task of the main interpreter. */
export class FirstWorker {
  private readonly worker: Worker;
  private failure: Error | null = null;
  private ended = false;

  constructor(worker: Worker) {
    this.worker = worker;
    worker.on('error', (error: Error) => (this.failure = error));
    worker.on('exit', () => (this.ended = true));
  }

  /** Runs the interpreter's whole life; resolves when it was told to stop, rejects when the worker died. */
  run(task: InterpreterTask, port: MessagePort): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (status: number): void => (this.failure === null && status === 0 ? resolve() : reject(this.failure ?? new Error(`worker ended with status ${status}`)));
      if (this.ended) settle(1);
      this.worker.once('exit', settle);
      this.worker.postMessage({ task, port }, [port]);
    });
  }

  /** Ends the worker at once. */
  terminate(): void {
    if (!this.ended) void this.worker.terminate();
  }
}

/** Starts the worker; `folder` is the one of the executable, `pack` the name of an opcode pack. */
export function bootFirstWorker(folder: string, pack: string | null): FirstWorker {
  return new FirstWorker(new Worker(`${folder}/workers/first-interpreter.cjs`, {
    resourceLimits: { stackSizeMb: STACK_SIZE_MB, maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
    trackUnmanagedFds: true,
    workerData: { pack },
  }));
}
