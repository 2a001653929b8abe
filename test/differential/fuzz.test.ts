/** Differential fuzzing: generated programs print the same in the generated loop, the reference loop and CPython (the `pyodide` package). */
import { loadPyodide } from 'pyodide';
import { expect, test } from 'vitest';
import { ProgramRunner } from '../lang-runner.ts';
import { generateProgram } from './program-generator.ts';

const PROGRAMS = Number(process.env.LADON_FUZZ_PROGRAMS ?? 300);
/** Printed with every failure; another one tries other programs. */
const FIRST_SEED = Number(process.env.LADON_FUZZ_SEED ?? 20_261_121);

test(`${PROGRAMS} programs from seed ${FIRST_SEED} print the same everywhere`, async () => {
  const loops = [new ProgramRunner(false), new ProgramRunner(true)];
  let output: string[] = [];
  const oracle = await loadPyodide({ stdout: (line) => void output.push(line) });
  for (let seed = FIRST_SEED; seed < FIRST_SEED + PROGRAMS; seed++) {
    const source = generateProgram(seed);
    output = [];
    oracle.runPython(source, { globals: oracle.toPy({}) as never });
    for (const loop of loops) expect(loop.run(source, `seed-${seed}.py`).lines, `seed ${seed}\n${source}`).toEqual(output);
  }
}, 300_000);
