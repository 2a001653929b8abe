/** Subinterpreters: what `_interpreters` asks of the supervisor. */
import { InterpreterDied, PythonError, type InterpreterHandle } from './interpreter-handle.ts';
import { offerQueues } from './cross-queues.ts';
import type { Supervisor } from './supervisor.ts';
import type { CrossCall, HostError, HostValue } from '../base/protocol.ts';

/** A request of `_interpreters` with its target. */
interface Targeted {
  readonly id: number;
  readonly source?: string;
  readonly filename?: string;
  /** To be bound in its `__main__` first. */
  readonly names?: [string, HostValue][];
}

/** How a run in another interpreter ended. */
export interface RunOutcome {
  readonly value: unknown;
  readonly error: HostError | null;
  /** The interpreter is gone. */
  readonly died: string | null;
}

async function outcome(run: () => Promise<unknown>): Promise<RunOutcome> {
  try {
    return { value: await run(), error: null, died: null };
  } catch (error) {
    if (error instanceof PythonError) {
      return { value: null, error: { type: error.pythonType, message: error.message.slice(error.pythonType.length + 2), traceback: error.pythonTraceback }, died: null };
    }
    if (error instanceof InterpreterDied) return { value: null, error: null, died: error.message };
    throw error;
  }
}

/** Lets interpreters create, run and destroy others. */
export function offerInterpreters(supervisor: Supervisor): void {
  const find = (id: number): InterpreterHandle => {
    const handle = supervisor.interpreters.get(id);
    if (handle === undefined) throw new Error(`unrecognized interpreter ID ${id}`);
    return handle;
  };
  /** The interpreter, which must not run anything. */
  const free = (id: number): InterpreterHandle => {
    const handle = find(id);
    if (handle.isBusy) throw new Error('interpreter already running');
    return handle;
  };
  supervisor.offer('interpreters.create', async () => (await supervisor.start()).id);
  supervisor.offer('interpreters.list', () => Promise.resolve([...supervisor.interpreters.keys()]));
  supervisor.offer('interpreters.destroy', async (_from, argument) => {
    const { id } = argument as Targeted;
    if (id === 0) throw new Error('cannot destroy the main interpreter');
    const handle = find(id);
    if (handle.isBusy) throw new Error('interpreter running');
    handle.stop();
    await supervisor.whenEnded(handle);
    return null;
  });
  supervisor.offer('interpreters.exec', (_from, argument) => {
    const { id, source, filename, names } = argument as Targeted;
    return outcome(async () => {
      const handle = free(id);
      if (names !== undefined) await handle.bind(names);
      return handle.runSource(source ?? '', filename ?? '<string>');
    });
  });
  supervisor.offer('interpreters.call', (_from, argument) => {
    const { id, payload, names } = argument as Targeted & { payload: CrossCall };
    return outcome(async () => {
      const handle = free(id);
      if (names !== undefined) await handle.bind(names);
      return handle.crossCall(payload);
    });
  });
  supervisor.offer('interpreters.bind', async (_from, argument) => {
    const { id, names } = argument as Targeted & { names: [string, HostValue][] };
    await find(id).bind(names);
    return null;
  });
  supervisor.offer('interpreters.isRunning', (_from, argument) => Promise.resolve(find((argument as Targeted).id).isBusy));
  offerQueues(supervisor);
}
