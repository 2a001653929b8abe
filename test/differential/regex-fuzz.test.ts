/** Differential fuzzing of the matcher: random patterns find the same in CPython (the `pyodide` package) and here, run by the machine and compiled to JavaScript. */
import { loadPyodide } from 'pyodide';
import { expect, test } from 'vitest';
import { ProgramRunner } from '../lang-runner.ts';
import { generatePattern } from './pattern-generator.ts';

const PATTERNS = Number(process.env.LADON_FUZZ_PATTERNS ?? 400);
/** Printed with every failure; another one tries other patterns. */
const FIRST_SEED = Number(process.env.LADON_FUZZ_SEED ?? 20_261_123);
/** Matches after which a pattern has been compiled, with some to spare. */
const WARM = 1_200;

test(`${PATTERNS} patterns from seed ${FIRST_SEED} find the same everywhere`, async () => {
  const runner = new ProgramRunner(false);
  let output: string[] = [];
  const oracle = await loadPyodide({ stdout: (line) => void output.push(line) });
  for (let seed = FIRST_SEED; seed < FIRST_SEED + PATTERNS; seed++) {
    const source = generatePattern(seed);
    output = [];
    oracle.runPython(source, { globals: oracle.toPy({ WARM: 0 }) as never });
    for (const warm of [0, WARM]) expect(runner.run(`WARM = ${warm}\n${source}`, `seed-${seed}.py`), `${warm} matches before, seed ${seed}\n${source}`).toEqual({ lines: output, error: null });
  }
}, 600_000);
