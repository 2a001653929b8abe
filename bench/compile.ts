/**
 * Parsing and compiling the standard library against CPython's `compile` on the same files: `node dist/bench/compile.js --vs python3.14 [--passes 5] [--rounds 3]`.
 *
 * Unit: seconds per pass over the library, by `time.perf_counter` inside each Python; processes alternate. The first pass of a process is cold (the
 * engine's compilers have not seen our code yet), the best of its passes is warm; both are medians over the rounds.
 */
import { execFileSync } from 'node:child_process';
import { median } from '../src/cli/compare/statistics.ts';
import { packagedLibraryPath } from '../src/host/library-path.ts';

const SCRIPT = 'bench/experiments/compile_library.py';

function option(args: readonly string[], name: string, otherwise: string): string {
  const at = args.indexOf(name);
  return at < 0 ? otherwise : (args[at + 1] ?? otherwise);
}

function passes(command: string, args: readonly string[], count: number): number[] {
  const output = execFileSync(command, [...args, SCRIPT, packagedLibraryPath(), String(count)], { encoding: 'utf8' });
  return [...output.matchAll(/^pass ([\d.]+)$/gm)].map((match) => Number(match[1]));
}

const args = process.argv.slice(2);
const other = option(args, '--vs', 'python3.14');
const count = Number(option(args, '--passes', '5'));
const samples = { ladon: [] as number[][], other: [] as number[][] };
for (let round = Number(option(args, '--rounds', '3')); round > 0; round--) {
  samples.ladon.push(passes(process.execPath, ['dist/main.js'], count));
  samples.other.push(passes(other, [], count));
}
const cold = (runs: readonly number[][]): number => median(runs.map((run) => run[0]!));
const warm = (runs: readonly number[][]): number => median(runs.map((run) => Math.min(...run)));
for (const [name, figure] of [['cold (first pass)', cold], ['warm (best pass)', warm]] as const) {
  console.log(`${name.padEnd(20)} Ladon ${figure(samples.ladon).toFixed(2)} s   ${other.split('/').pop()} ${figure(samples.other).toFixed(2)} s   ${(figure(samples.ladon) / figure(samples.other)).toFixed(2)} : 1`);
}
