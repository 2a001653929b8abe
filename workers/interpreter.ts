/** Entry point of an interpreter's worker in the pool: one piscina task is one interpreter's whole life. */
import { pathToFileURL } from 'node:url';
import type { MessagePort } from 'node:worker_threads';
import type { InterpreterTask } from '../src/base/protocol.ts';
import { runtimeFile } from '../src/host/early-options.ts';
import { loadRuntime } from '../src/host/runtime-loader.ts';

/** Runs until the interpreter is told to stop. */
export default function run({ task, port }: { task: InterpreterTask; port: MessagePort }): void {
  const runtime = loadRuntime(new URL(`./${runtimeFile(task.config.pack)}`, pathToFileURL(__filename)), task.config.cacheFolder);
  runtime.serveInterpreter(task, port, () => runtime.keepCompiledCode());
}
