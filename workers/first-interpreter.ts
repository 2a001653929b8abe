/** Entry point of the main interpreter's worker: loads the runtime at once, then waits for its one task. */
import { pathToFileURL } from 'node:url';
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import type { InterpreterTask } from '../src/base/protocol.ts';
import { cacheFolder } from '../src/host/cache-folder.ts';
import { runtimeFile } from '../src/host/early-options.ts';
import { loadRuntime } from '../src/host/runtime-loader.ts';

const { pack } = workerData as { pack: string | null };
const runtime = loadRuntime(new URL(`./${runtimeFile(pack)}`, pathToFileURL(__filename)), cacheFolder(process.env));
parentPort!.once('message', ({ task, port }: { task: InterpreterTask; port: MessagePort }) => {
  runtime.serveInterpreter(task, port, () => runtime.keepCompiledCode());
});
