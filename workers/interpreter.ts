/** Entry point of an interpreter's worker: one piscina task is one interpreter's whole life. */
import type { MessagePort } from 'node:worker_threads';
import type { InterpreterTask } from '../src/base/protocol.ts';
import { loadRuntime } from '../src/host/runtime-loader.ts';

/** Runs until the interpreter is told to stop. */
export default function run({ task, port }: { task: InterpreterTask; port: MessagePort }): void {
  const runtime = loadRuntime(new URL('./runtime.cjs', import.meta.url), task.config.cacheFolder);
  runtime.serveInterpreter(task, port, () => runtime.keepCompiledCode());
}
