/**
 * Tier 0's speed on `bench/programs/` against other Pythons: `node dist/bench/programs.js [--vs python3.14,pyodide]`.
 *
 * Unit: milliseconds, best of ten runs of `run()` after one second of warm-up, by `time.perf_counter` inside each Python. Systems are interleaved program by
 * program. A ratio below 1 means that Ladon is faster.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = 'bench/programs';
const LIMIT_MS = 120_000;

type Runner = (path: string) => number;

function bestOf(output: string): number {
  const found = /ms ([\d.]+)/.exec(output);
  if (found === null) throw new Error(`no figure in: ${output}`);
  return Number(found[1]);
}

function commandRunner(command: string, args: readonly string[]): Runner {
  return (path) => bestOf(execFileSync(command, [...args, path], { encoding: 'utf8', timeout: LIMIT_MS }));
}

async function pyodideRunner(): Promise<Runner> {
  const { loadPyodide } = await import('pyodide');
  let output = '';
  const pyodide = await loadPyodide({ stdout: (line: string) => (output += `${line}\n`) });
  return (path) => {
    output = '';
    pyodide.runPython(readFileSync(path, 'utf8'), { globals: pyodide.toPy({ __name__: '__main__' }) as never });
    return bestOf(output);
  };
}

async function runnerFor(name: string): Promise<Runner> {
  return name === 'pyodide' ? pyodideRunner() : commandRunner(name, []);
}

function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

async function main(args: readonly string[]): Promise<void> {
  const at = args.indexOf('--vs');
  const others = (at < 0 ? 'pyodide' : args[at + 1]!).split(',');
  const ladon = commandRunner(process.execPath, ['dist/main.js']);
  const runners = await Promise.all(others.map(runnerFor));
  const ratios = others.map((): number[] => []);
  console.log(`| program | Ladon ms | ${others.map((name) => `${name.split('/').pop()} ms | ratio`).join(' | ')} |\n|---|---:|${others.map(() => '---:|---:|').join('')}`);
  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.py')).sort()) {
    const path = join(FOLDER, file);
    const own = ladon(path);
    const figures = runners.map((runner) => runner(path));
    figures.forEach((figure, i) => ratios[i]!.push(own / figure));
    console.log(`| ${file} | ${own.toFixed(1)} | ${figures.map((figure) => `${figure.toFixed(1)} | ${(own / figure).toFixed(2)}`).join(' | ')} |`);
  }
  console.log(`| geometric mean | | ${ratios.map((list) => ` | ${geometricMean(list).toFixed(2)}`).join(' | ')} |`);
}

await main(process.argv.slice(2));
