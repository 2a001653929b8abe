/** `ladon [options] (-c CMD | -m MOD | script | -) [args]`: runs one program as `python` does. */
import type { PythonCommand } from './arguments.ts';
import { offerServices } from '../host/services.ts';
import { InterpreterDied } from '../host/interpreter-handle.ts';
import { Supervisor } from '../host/supervisor.ts';
import { defaultConfig } from '../host/config.ts';
import { routeInterrupts } from '../host/interrupts.ts';
import { offerSignals } from '../host/signals.ts';
import { offerExit } from '../host/stdin.ts';
import type { FirstWorker } from '../host/first-worker.ts';
import type { MainTarget } from '../base/protocol.ts';

const INTERRUPTED = 130;

function targetOf(command: PythonCommand): MainTarget {
  if (command.target !== null) return command.target;
  return process.stdin.isTTY || command.interactiveAfter ? { kind: 'interactive' } : { kind: 'stdin' };
}

/** Runs the program; resolves with the exit status of the process. */
export async function runPython(command: PythonCommand, origArgv: readonly string[], firstWorker: FirstWorker | null): Promise<number> {
  const supervisor = new Supervisor({
    mode: command.mode,
    firstWorker,
    prewarm: command.prewarm,
    config: {
      ...defaultConfig(), origArgv, argv: command.argv, flags: command.flags, optimize: command.optimize, xoptions: command.xoptions,
      warnOptions: command.warnOptions, referenceLoop: command.referenceLoop || process.env.LADON_REFERENCE_LOOP === '1', perf: command.perf, plugins: command.plugins,
    },
  });
  offerServices(supervisor);
  offerSignals(supervisor);
  offerExit(supervisor);
  const started = performance.now();
  try {
    const main = supervisor.startNow();
    // Ctrl-C while Python starts ends the process, as it ends any program that has not said otherwise.
    let release = (): void => undefined;
    main.ready().then(() => (release = routeInterrupts(supervisor, main)), () => undefined);
    const status = await main.runMain(targetOf(command), command.argv);
    release();
    if (command.gilStatistics) process.stderr.write((await import('./tables.ts')).gilTable(supervisor, performance.now() - started));
    return status;
  } catch (error) {
    if (!(error instanceof InterpreterDied)) throw error;
    process.stderr.write(`ladon: ${error.message}\n`);
    return 1;
  }
}

/** Ends the process with a program's status; an uncaught KeyboardInterrupt dies by SIGINT, as `python` does. */
export function exitWith(status: number): void {
  if (status === INTERRUPTED) process.kill(process.pid, 'SIGINT');
  process.exit(status);
}
