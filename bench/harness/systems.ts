/**
 * The systems that a benchmark compares: each is a command that runs `bench/runner.py`, and a process that speaks its line protocol.
 *
 * A session is started for one program: it warms up and answers with one line of figures, then gives one sample for each line that it is sent.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

const RUNNER = 'bench/runner.py';
/** A program that takes longer than this for one answer has failed. */
const ANSWER_MS = 180_000;

/** A Python to measure: its name in tables, and the command that runs a Python file. */
export interface System {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** What its environment has beside the benchmark's own. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** What a system says when it is warm; times are seconds of one call of `run()`. */
export interface WarmUp {
  readonly implementation: string;
  readonly version: string;
  /** `repr` of what `run()` returned; it was as expected. */
  readonly result: string;
  readonly first: number;
  readonly first_second: number;
  /** How many calls one sample averages over. */
  readonly calls: number;
}

/** Seconds of one call on average: in each second from the first on; `first` is the first call alone. */
export interface Curve {
  readonly first: number;
  readonly seconds: readonly number[];
}

const LIBRARY_VERSION = '3.14';
const LADON: readonly [string, string] = [process.execPath, 'dist/main.js'];

/** The system of that name: Ladon, Ladon without compiler, Pyodide, or a Python's executable. */
export function systemOf(name: string): System {
  switch (name) {
    case 'ladon': return { name, command: [...LADON] };
    case 'ladon-nojit': return { name, command: [...LADON, '-X', 'jit=0'] };
    case 'pyodide': return { name, command: [process.execPath, 'dist/bench/pyodide.js'] };
    default: return { name: name.split('/').pop()!, command: [name] };
  }
}

/** Whether the system's command can be run at all: `pypy3` often is not installed. */
export function isInstalled(system: System): boolean {
  const [command] = system.command;
  return command === process.execPath || spawnSync(command, ['-c', 'pass'], { stdio: 'ignore' }).status === 0;
}

/** The standard library's folder of a Python; throws when it does not run, or is of another version than Ladon, whose library it would not be. */
export function libraryOf(python: string): string {
  const { status, stdout } = spawnSync(python, ['-c', 'import os, sys; print(*sys.version_info[:2], sep="."); print(os.path.dirname(os.__file__))'], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`--library-of ${python}: it does not run`);
  const [version, folder] = stdout.trim().split('\n') as [string, string];
  if (version !== LIBRARY_VERSION) throw new Error(`--library-of ${python}: it is a Python ${version}, Ladon runs the library of ${LIBRARY_VERSION}`);
  return folder;
}

/** A system with another standard library, where it is Ladon: the library changes from release to release, and this way both run the same Python code. */
export function withLibrary(system: System, folder: string): System {
  return system.name.startsWith('ladon') ? { ...system, environment: { LADON_STDLIB: folder } } : system;
}

/** One program in one system, from start to {@link Session.close}. */
export class Session {
  private readonly child: ChildProcess;
  private readonly lines: AsyncIterator<string>;
  private errors = '';

  constructor(system: System, args: readonly string[]) {
    const [command, ...before] = system.command;
    this.child = spawn(command, [...before, RUNNER, ...args], { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...system.environment } });
    this.child.on('error', (error) => (this.errors += `${error.message}\n`));
    this.child.stdin!.on('error', () => undefined); // It ended while we wrote; the next answer tells why.
    this.child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.errors += text));
    this.lines = createInterface({ input: this.child.stdout! })[Symbol.asyncIterator]();
  }

  /** The next line of the runner as JSON; throws the last line of its error output when it ended instead. */
  async answer(): Promise<unknown> {
    const timer = setTimeout(() => {
      this.errors += `no answer in ${ANSWER_MS / 1000} s\n`;
      this.child.kill('SIGKILL');
    }, ANSWER_MS);
    try {
      const { value, done } = await this.lines.next();
      if (done === true) throw new Error(await this.reason());
      return JSON.parse(value);
    } finally {
      clearTimeout(timer);
    }
  }

  /** One more sample, in seconds. */
  async sample(): Promise<number> {
    this.child.stdin!.write('\n');
    return (await this.answer()) as number;
  }

  /** Ends the process; it has nothing left to do. */
  close(): void {
    this.child.stdin!.end();
    this.child.kill();
  }

  private async reason(): Promise<string> {
    if (this.child.exitCode === null && this.child.signalCode === null) await new Promise((resolve) => this.child.once('close', resolve));
    return this.errors.trim().split('\n').at(-1) || `ended with status ${this.child.exitCode ?? this.child.signalCode}`;
  }
}
