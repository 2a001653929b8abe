/** Runs a command line: subcommands by name, anything else is `python`'s. */
import type { FirstWorker } from '../host/first-worker.ts';
import { isSubcommand } from '../host/first-worker.ts';
import { InterpreterDied, PythonError } from '../host/interpreter-handle.ts';
import { parsePythonArguments, UsageError } from './arguments.ts';
import { exitWith, runPython } from './python.ts';

const USAGE_STATUS = 2;
const INTERNAL_ERROR_STATUS = 70;

async function dispatch(args: readonly string[], firstWorker: FirstWorker | null): Promise<void> {
  if (args.length > 0 && isSubcommand(args[0]!)) {
    const { runSubcommand } = await import('./subcommands.ts');
    process.exitCode = await runSubcommand(args);
    return;
  }
  const command = parsePythonArguments(args, process.env);
  if (command.kind === 'help') process.stdout.write((await import('./help.ts')).HELP);
  else if (command.kind === 'version') process.stdout.write(`${(await import('./version.ts')).versionText(command)}\n`);
  else exitWith(await runPython(command, process.argv.slice(1), firstWorker));
}

/** Runs the command line and sets the exit status; reports wrong usage (2), errors of the measured program (1) and internal errors (70) on stderr. */
export async function main(args: readonly string[], firstWorker: FirstWorker | null): Promise<void> {
  try {
    await dispatch(args, firstWorker);
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`ladon: ${error.message}\nTry 'ladon --help' for more information.\n`);
      process.exitCode = USAGE_STATUS;
    } else if (error instanceof PythonError) {
      process.stderr.write(error.pythonTraceback);
      process.exitCode = 1;
    } else if (error instanceof InterpreterDied) {
      process.stderr.write(`ladon: ${error.message}\n`);
      process.exitCode = 1;
    } else {
      process.stderr.write(`ladon: internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      process.exitCode = INTERNAL_ERROR_STATUS;
    }
  } finally {
    firstWorker?.terminate();
  }
}
