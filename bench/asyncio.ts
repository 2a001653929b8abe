/**
 * What asyncio's tasks cost: eager task factory against scheduling through the loop, and a round trip over TCP.
 *
 * Unit: microseconds per task or round trip; clock: `time.perf_counter` inside each Python; best of seven interleaved rounds of 5000 tasks in one run,
 * whose first rounds are the warm-up; machine and versions are printed. Run: `node dist/bench/asyncio.js [--vs python3.14]`.
 */
import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';

const PROGRAM = 'bench/asyncio_tasks.py';

type Figures = Readonly<Record<string, number>>;

function run(command: string, args: readonly string[]): Figures {
  return JSON.parse(execFileSync(command, [...args, PROGRAM], { encoding: 'utf8' })) as Figures;
}

function show(name: string, figures: Figures): void {
  process.stdout.write(`${name}\n`);
  for (const [what, value] of Object.entries(figures)) process.stdout.write(`  ${what.padEnd(24)} ${value.toFixed(1).padStart(8)} µs\n`);
  process.stdout.write(`  eager : scheduled        ${(figures.eager! / figures.scheduled!).toFixed(2).padStart(8)} : 1, waits once ${(figures['eager, waits once']! / figures['scheduled, waits once']!).toFixed(2)} : 1\n`);
}

const other = process.argv.indexOf('--vs');
process.stdout.write(`${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.versions.node}\n`);
show('ladon', run(process.execPath, ['dist/main.js']));
if (other >= 0) show(process.argv[other + 1]!, run(process.argv[other + 1]!, []));
