/** `ladon run a.py b.py ...`: many scripts in parallel, each in its own interpreter of one process. */
import { existsSync } from 'node:fs';
import { defaultConfig } from '../host/config.ts';
import { routeInterrupts } from '../host/interrupts.ts';
import { offerServices } from '../host/services.ts';
import { offerSignals } from '../host/signals.ts';
import { InterpreterDied } from '../host/interpreter-handle.ts';
import { processorCount, Supervisor } from '../host/supervisor.ts';
import { parseMode, UsageError } from './arguments.ts';
import { Progress } from './progress.ts';
import { duration, table } from './tables.ts';

/** Options as the command line gives them. */
export interface RunOptions {
  readonly workers?: string;
  readonly mode: string;
  readonly prefix?: boolean;
  readonly group?: boolean;
  readonly json?: boolean;
}

interface Outcome {
  readonly script: string;
  readonly status: number;
  readonly milliseconds: number;
  readonly error: string | null;
}

/** How an interpreter's output leaves: `direct`, or through the supervisor with a prefix or all at the end. */
type OutputStyle = 'direct' | 'prefix' | 'group';

/** Collects the output of one script and writes it in the chosen style. */
class ScriptOutput {
  private readonly name: string;
  private readonly style: OutputStyle;
  private readonly parts: [number, Uint8Array][] = [];
  private readonly partial = new Map<number, string>();

  constructor(name: string, style: OutputStyle) {
    this.name = name;
    this.style = style;
  }

  write(descriptor: number, bytes: Uint8Array): void {
    if (this.style === 'group') {
      this.parts.push([descriptor, bytes]);
      return;
    }
    const stream = descriptor === 2 ? process.stderr : process.stdout;
    if (this.style === 'direct') {
      stream.write(bytes);
      return;
    }
    const text = (this.partial.get(descriptor) ?? '') + Buffer.from(bytes).toString('utf8');
    const lines = text.split('\n');
    this.partial.set(descriptor, lines.pop()!);
    for (const line of lines) stream.write(`${this.name}: ${line}\n`);
  }

  /** Writes what is left. */
  end(): void {
    for (const [descriptor, bytes] of this.parts) (descriptor === 2 ? process.stderr : process.stdout).write(bytes);
    for (const [descriptor, text] of this.partial) if (text !== '') (descriptor === 2 ? process.stderr : process.stdout).write(`${this.name}: ${text}\n`);
  }
}

async function runOne(supervisor: Supervisor, script: string, outputs: Map<number, ScriptOutput>, style: OutputStyle): Promise<Outcome> {
  const started = performance.now();
  const handle = await supervisor.start({ argv: [script] });
  const output = new ScriptOutput(script, style);
  outputs.set(handle.id, output);
  try {
    const status = await handle.runMain({ kind: 'file', path: script }, [script]);
    handle.stop();
    await supervisor.whenEnded(handle);
    return { script, status, milliseconds: performance.now() - started, error: null };
  } catch (error) {
    if (!(error instanceof InterpreterDied)) throw error;
    return { script, status: 1, milliseconds: performance.now() - started, error: error.message };
  } finally {
    output.end();
    outputs.delete(handle.id);
  }
}

function report(outcomes: readonly Outcome[], wall: number, json: boolean): void {
  if (json) {
    process.stdout.write(`${JSON.stringify({ wall_ms: wall, scripts: outcomes })}\n`);
    return;
  }
  const rows = [['script', 'status', 'time'], ...outcomes.map((one) => [one.script, one.error ?? (one.status === 0 ? 'ok' : `exit ${one.status}`), duration(one.milliseconds)])];
  const total = outcomes.reduce((sum, one) => sum + one.milliseconds, 0);
  process.stderr.write(`${table(rows)}\n${outcomes.length} scripts in ${duration(wall)}, ${duration(total)} one after the other\n`);
}

/** Runs the scripts; resolves with 0, or 1 if any failed. */
export async function runScripts(scripts: readonly string[], options: RunOptions): Promise<number> {
  for (const script of scripts) if (!existsSync(script)) throw new UsageError(`can't open file '${script}': no such file`);
  const workers = options.workers === undefined ? processorCount() : Number(options.workers);
  if (!Number.isInteger(workers) || workers < 1) throw new UsageError(`--workers needs a positive integer, not '${options.workers}'`);
  const style: OutputStyle = options.group === true ? 'group' : options.prefix === true ? 'prefix' : 'direct';
  const supervisor = new Supervisor({ mode: parseMode(options.mode), config: { ...defaultConfig(), captureOutput: style !== 'direct' } });
  offerServices(supervisor);
  offerSignals(supervisor);
  const outputs = new Map<number, ScriptOutput>();
  supervisor.offer('output', (from, argument) => {
    const { descriptor, bytes } = argument as { descriptor: number; bytes: Uint8Array };
    // Interpreters that a script has created write as they are.
    (outputs.get(from.id) ?? new ScriptOutput('', 'direct')).write(descriptor, bytes);
    return Promise.resolve(null);
  });
  const progress = new Progress();
  const outcomes: Outcome[] = [];
  const queue = [...scripts];
  const started = performance.now();
  const release = routeInterrupts(supervisor, { interrupt: () => supervisor.interruptAll() } as Parameters<typeof routeInterrupts>[1]);
  const worker = async (): Promise<void> => {
    for (let script = queue.shift(); script !== undefined; script = queue.shift()) {
      outcomes.push(await runOne(supervisor, script, outputs, style));
      progress.show(outcomes.length, scripts.length, script);
    }
  };
  await Promise.all(Array.from({ length: Math.min(workers, scripts.length) }, worker));
  release();
  progress.clear();
  report(scripts.map((script) => outcomes.find((one) => one.script === script)!), performance.now() - started, options.json === true);
  await supervisor.destroy();
  return outcomes.every((one) => one.status === 0) ? 0 : 1;
}
