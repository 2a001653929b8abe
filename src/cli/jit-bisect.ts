/**
 * `ladon jit-bisect PROGRAM`: finds the function whose compilation changes what a program does. Runs it without the compiler, with everything compiled, and then
 * with ever smaller sets of functions compiled (`-X jitlist`), each in a process of its own; output and exit status decide.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Outcome {
  readonly stdout: string;
  /** The exit status; null when the run was killed at its limit. */
  readonly status: number | null;
}

/** Options of the subcommand. */
export interface BisectOptions {
  /** A threshold in the place of "compile at the first call". */
  readonly threshold?: string;
  /** How long a run may take, in seconds; one that takes longer is killed, and differs from one that ends. */
  readonly timeout: number;
}

class Bisection {
  private readonly folder = mkdtempSync(join(tmpdir(), 'ladon-jit-bisect-'));
  private readonly command: readonly string[];
  /** Without a budget: what is compiled must not depend on how busy the machine is. */
  private readonly compiling: readonly string[];
  private readonly limit: number;
  runs = 0;

  constructor(command: readonly string[], options: BisectOptions) {
    this.command = command;
    this.compiling = ['-X', `jit=${options.threshold ?? 'all'}`, '-X', 'jitbudget=0'];
    this.limit = options.timeout * 1000;
  }

  run(options: readonly string[]): Outcome {
    this.runs++;
    const result = spawnSync(process.execPath, [process.argv[1]!, ...options, ...this.command], { encoding: 'utf8', timeout: this.limit, killSignal: 'SIGKILL', stdio: ['inherit', 'pipe', 'pipe'] });
    if (result.error !== undefined && (result.error as NodeJS.ErrnoException).code !== 'ETIMEDOUT') throw result.error;
    return { stdout: result.stdout, status: result.status };
  }

  /** Functions that are compiled when all may be, in order, as lines of a list file. */
  compiledFunctions(): { readonly outcome: Outcome; readonly functions: string[] } {
    const log = join(this.folder, 'log');
    const outcome = this.run([...this.compiling, '-X', `jitlog=${log}`]);
    const lines = existsSync(log) ? readFileSync(log, 'utf8').split('\n') : [];
    const found = lines.map((line) => /^compiled (.*) \((.*):\d+\) at /.exec(line)).filter((match) => match !== null).map(([, name, file]) => `${file}:${name}`);
    return { outcome, functions: [...new Set(found)] };
  }

  with(functions: readonly string[]): Outcome {
    const list = join(this.folder, 'list');
    writeFileSync(list, functions.join('\n'));
    return this.run([...this.compiling, '-X', `jitlist=${list}`]);
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A smallest set for which `fails` holds: halves first, then complements of ever smaller parts (delta debugging, Zeller 1999). */
function smallest(all: readonly string[], fails: (part: readonly string[]) => boolean): readonly string[] {
  let rest = all;
  let parts = 2;
  while (rest.length > 1) {
    const size = Math.ceil(rest.length / parts);
    const chunks = Array.from({ length: Math.ceil(rest.length / size) }, (_, i) => rest.slice(i * size, (i + 1) * size));
    const half = chunks.find((chunk) => fails(chunk));
    const found = half ?? (parts > 2 ? chunks.map((chunk) => rest.filter((name) => !chunk.includes(name))).find((others) => fails(others)) : undefined);
    if (found !== undefined) {
      rest = found;
      parts = half === undefined ? Math.max(parts - 1, 2) : 2;
    } else if (parts >= rest.length) break;
    else parts = Math.min(rest.length, parts * 2);
  }
  return rest;
}

function differs(a: Outcome, b: Outcome): boolean {
  return a.stdout !== b.stdout || a.status !== b.status;
}

function status(outcome: Outcome): string {
  return outcome.status === null ? 'none: killed at the time limit' : String(outcome.status);
}

/** Runs the subcommand; returns the exit status: 0 when compiling changes nothing, 1 when functions were found, 2 when there is no such program. */
export function jitBisect(program: string, args: readonly string[], options: BisectOptions): number {
  if (!existsSync(program)) {
    console.error(`jit-bisect: there is no file '${program}'`);
    return 2;
  }
  const bisection = new Bisection([program, ...args], options);
  try {
    const expected = bisection.run(['-X', 'jit=0']);
    const { outcome, functions } = bisection.compiledFunctions();
    if (!differs(expected, outcome)) {
      console.log(`no difference: ${functions.length} functions compiled, same output and exit status (${status(expected)})`);
      return 0;
    }
    console.log(`differs with ${functions.length} functions compiled (exit status ${status(outcome)}, without ${status(expected)})`);
    const found = smallest(functions, (part) => differs(expected, bisection.with(part)));
    console.log(`${bisection.runs} runs; compiled together, these change what the program does:`);
    for (const name of found) console.log(`  ${name}`);
    return 1;
  } finally {
    bisection.close();
  }
}
