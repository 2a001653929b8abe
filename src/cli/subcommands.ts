/** Ladon's own subcommands, by commander. A script of such a name is reached as `./compare`. */
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { compare, type CompareOptions } from './compare/command.ts';
import { jitBisect, type BisectOptions } from './jit-bisect.ts';
import { runScripts, type RunOptions } from './run-scripts.ts';
import { machine } from './compare/machine.ts';
import { processorCount } from '../host/supervisor.ts';
import { cacheFolder } from '../host/cache-folder.ts';

const USAGE_STATUS = 2;

function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('not a positive number of seconds.');
  return value;
}

function calls(text: string): string {
  if (!/^[1-9][0-9]*$/.test(text)) throw new InvalidArgumentError('not a positive number of calls.');
  return text;
}

function program(setStatus: (status: number) => void): Command {
  const command = new Command('ladon').exitOverride().showHelpAfterError();
  command.command('compare').description('measure a program under GIL modes and worker counts')
    .argument('<program>', 'a Python file').argument('[args...]', 'arguments of the program')
    .option('--modes <list>', 'modes, the first is the baseline', 'gil,own-gil')
    .option('--workers <list>', 'numbers of interpreters', '1,2')
    .option('--repeat <n>', 'samples per configuration', '10')
    .option('--warmup <n>', 'runs before the first sample', '1')
    .option('--copies', 'every worker runs the whole program')
    .option('--html <file>', 'write a self-contained report')
    .option('--pyperf <file>', 'write pyperf JSON, one file per mode')
    .option('--csv <file>', 'write all samples')
    .option('--markdown <file>', 'write the table')
    .option('--trace <file>', 'write a Chrome trace of the last samples, for Perfetto')
    .option('--json', 'print the summary as JSON')
    .addHelpText('after', '\nExample:\n  ladon compare examples/mandelbrot.py --modes gil,own-gil --workers 1,2 --repeat 10 --html report.html\n')
    .action(async (file: string, args: string[], options: CompareOptions) => setStatus(await compare(file, args, options)));
  command.command('run').description('run scripts in parallel, each in its own interpreter')
    .argument('<scripts...>', 'Python files')
    .option('--workers <n>', 'scripts at a time (default: number of cores)')
    .option('--mode <mode>', 'gil or own-gil', 'own-gil')
    .option('--prefix', 'begin each line of output with the script')
    .option('--group', "write each script's output when it has ended")
    .option('--json', 'print the summary as JSON')
    .addHelpText('after', '\nExample:\n  ladon run examples/primes.py examples/monte_carlo.py --workers 2 --prefix\n')
    .action(async (scripts: string[], options: RunOptions) => setStatus(await runScripts(scripts, options)));
  command.command('jit-bisect').description('find the function whose compilation changes what a program does')
    .argument('<program>', 'a Python file').argument('[args...]', 'arguments of the program')
    .option('--threshold <calls>', 'compile after so many calls instead of at the first', calls)
    .option('--timeout <seconds>', 'kill a run that takes longer; hanging is a difference too', seconds, 300)
    .addHelpText('after', '\nExample:\n  ladon jit-bisect program.py\n')
    .action((file: string, args: string[], options: BisectOptions) => setStatus(jitBisect(file, args, options)));
  command.command('info').description('what this Ladon is and runs on').action(() => {
    process.stdout.write(`Ladon 0.1.0, Python 3.14.2\n${machine()}\nprocessors: ${processorCount()}\nmodes: gil, own-gil\ncode cache: ${cacheFolder(process.env) ?? 'none'}\n`);
  });
  return command;
}

/** Runs a subcommand; resolves with the exit status. */
export async function runSubcommand(args: readonly string[]): Promise<number> {
  let status = 0;
  try {
    await program((value) => (status = value)).parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? 0 : USAGE_STATUS;
  }
  return status;
}
