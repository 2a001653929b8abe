/** Running the built command in tests. */
import { spawn } from 'node:child_process';

/** How a run of the command ended. */
export interface Run {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Options of a run. */
export interface RunOptions {
  readonly input?: string;
  /** Sends SIGINT as soon as this text has been printed. */
  readonly interruptAfter?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Below the limit of a test. Programs that fill the memory take half a minute on two busy cores. */
const LIMIT_MS = 110_000;

/** Runs `node dist/main.js` with `args`. */
export function runLadon(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['dist/main.js', ...args], { env: { ...process.env, ...options.environment }, stdio: 'pipe' });
    let stdout = '';
    let stderr = '';
    let interrupted = false;
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      if (!interrupted && options.interruptAfter !== undefined && stdout.includes(options.interruptAfter)) {
        interrupted = true;
        setTimeout(() => child.kill('SIGINT'), 100);
      }
    });
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS);
    child.on('close', (status, signal) => {
      clearTimeout(timer);
      resolve({ status, signal, stdout, stderr });
    });
    if (options.input !== undefined) child.stdin.end(options.input);
    else if (options.interruptAfter === undefined) child.stdin.end();
  });
}
