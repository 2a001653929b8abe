/** Runs one module of `Lib/test` in a process of its own, on Ladon or on CPython, with a time limit. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readJournal, type ModuleResult, type ProcessEnd } from './journal.ts';
import type { Oracle } from './locate.ts';

const RUNNER = 'test/conformance/run_module.py';

/** How modules run. */
export interface RunOptions {
  readonly oracle: Oracle;
  readonly mode: 'own-gil' | 'gil';
  /** Of one module. */
  readonly timeoutSeconds: number;
}

/** Where results are kept: `LADON_CACHE`, or the user's cache. */
export function resultFolder(who: 'ladon' | 'cpython'): string {
  const cache = process.env.LADON_CACHE !== undefined && process.env.LADON_CACHE !== '' ? process.env.LADON_CACHE : join(homedir(), '.cache', 'ladon');
  const folder = join(cache, 'conformance', who);
  mkdirSync(folder, { recursive: true });
  return folder;
}

function runProcess(command: readonly string[], cwd: string, environment: NodeJS.ProcessEnv, limit: number, log: string): Promise<ProcessEnd> {
  return new Promise((done) => {
    const started = performance.now();
    // A group of its own, so that what the module starts is ended with it.
    const child = spawn(command[0]!, command.slice(1), { cwd, env: environment, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keepTail = (data: Buffer): void => void (output = (output + data.toString()).slice(-100_000));
    child.stdout.on('data', keepTail);
    child.stderr.on('data', keepTail);
    let end: string | null = null;
    const timer = setTimeout(() => {
      end = `no end within ${limit} s`;
      process.kill(-child.pid!, 'SIGKILL');
    }, limit * 1000);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      writeFileSync(log, output);
      done({ seconds: (performance.now() - started) / 1000, end: end ?? (signal === null ? `exit ${code}` : `killed by ${signal}`) });
    });
  });
}

/** `executable` is the command of interpreters that cases start, if it is not what the interpreter itself believes. */
async function runWith(module: string, command: readonly string[], executable: readonly string[], environment: NodeJS.ProcessEnv, folder: string, limit: number): Promise<ModuleResult> {
  const cwd = mkdtempSync(join(tmpdir(), 'ladon-conformance-'));
  const journal = join(folder, `${module}.jsonl`);
  rmSync(journal, { force: true });
  const process = await runProcess([...command, resolve(RUNNER), module, journal, ...executable], cwd, environment, limit, join(folder, `${module}.log`));
  rmSync(cwd, { recursive: true, force: true });
  return readJournal(module, existsSync(journal) ? readFileSync(journal, 'utf8') : '', process);
}

/** Runs a module on Ladon. */
export function runOnLadon(module: string, options: RunOptions): Promise<ModuleResult> {
  const environment = { ...process.env, LADON_STDLIB: options.oracle.library };
  return runWith(module, [process.execPath, resolve('dist/main.js'), '--mode', options.mode], [], environment, resultFolder('ladon'), options.timeoutSeconds);
}

/** The module's results on CPython: kept ones, or of a run now; null when there is neither. */
export async function resultsOfCPython(module: string, options: RunOptions): Promise<ModuleResult | null> {
  const folder = resultFolder('cpython');
  const key = createHash('sha256').update(readFileSync(RUNNER)).update(options.oracle.library).digest('hex').slice(0, 12);
  const kept = join(folder, `${module}-${key}.json`);
  if (existsSync(kept)) return JSON.parse(readFileSync(kept, 'utf8')) as ModuleResult;
  if (options.oracle.python === null) return null;
  // A CPython that lies unpacked in a folder may need a script to start it, and takes the program behind that for itself.
  const result = await runWith(module, [options.oracle.python], [options.oracle.python], process.env, folder, options.timeoutSeconds);
  writeFileSync(kept, JSON.stringify(result));
  return result;
}
