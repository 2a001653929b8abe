/** `ladon [options] (-c CMD | -m MOD | script | -) [args]`: runs one program as `python` does. */
import { existsSync } from 'node:fs';
import { isatty } from 'node:tty';
import { UsageError, type PythonCommand } from './arguments.ts';
import { runtimeFile } from '../host/early-options.ts';
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
  return isatty(0) || command.flags.interactive! > 0 ? { kind: 'interactive' } : { kind: 'stdin' };
}

/** The pack to run with. Throws UsageError for one that this build does not have. */
function packOf({ early: { pack }, xoptions }: PythonCommand): string | null {
  const asked = xoptions.some(([name]) => name === 'pack');
  if (!asked) return null;
  if (pack === null) throw new UsageError('-X pack needs the name of an opcode pack: -X pack=NAME');
  if (!existsSync(new URL(`../workers/${runtimeFile(pack)}`, import.meta.url))) throw new UsageError(`no opcode pack '${pack}' in this build (docs/hooks.md)`);
  return pack;
}

/** Runs the program; resolves with the exit status of the process. */
export async function runPython(command: PythonCommand, origArgv: readonly string[], firstWorker: FirstWorker | null): Promise<number> {
  const supervisor = new Supervisor({
    mode: command.mode,
    firstWorker,
    prewarm: command.prewarm,
    config: {
      ...defaultConfig(), origArgv, argv: command.argv, flags: command.flags, optimize: command.optimize, xoptions: command.xoptions,
      warnOptions: command.warnOptions, referenceLoop: command.referenceLoop || process.env.LADON_REFERENCE_LOOP === '1', perf: command.early.perf, pack: packOf(command), plugins: command.plugins,
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
