/** Entry point of an interpreter's worker: one piscina task is one interpreter's whole life. */
import type { MessagePort } from 'node:worker_threads';
import type { InterpreterTask } from '../src/base/protocol.ts';
import { serveInterpreter } from '../src/runtime.ts';

/** Runs until the interpreter is told to stop. */
export default function run({ task, port }: { task: InterpreterTask; port: MessagePort }): void {
  serveInterpreter(task, port);
}
