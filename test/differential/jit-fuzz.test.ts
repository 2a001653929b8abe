/** Differential fuzzing of the compiler: generated programs print the same in CPython (the `pyodide` package), in both loops, and compiled in two ways. */
import { loadPyodide } from 'pyodide';
import { expect, test } from 'vitest';
import { jitControl } from '../../src/hooks/jit-control.ts';
import { ProgramRunner, type JitMode } from '../lang-runner.ts';
import { generateJitProgram } from './jit-program-generator.ts';

const PROGRAMS = Number(process.env.LADON_FUZZ_PROGRAMS ?? 200);
/** Printed with every failure; another one tries other programs. */
const FIRST_SEED = Number(process.env.LADON_FUZZ_SEED ?? 20_261_122);
/** Every how many programs run with everything compiled at once, which takes as long as the rest together. */
const AT_ONCE_EVERY = Number(process.env.LADON_FUZZ_AT_ONCE_EVERY ?? 1);
/** Reference loop, generated loop, everything compiled at its first call without feedback, compiled early, with feedback. */
const SYSTEMS: readonly { readonly name: string; readonly referenceLoop: boolean; readonly jit: JitMode; readonly every: number }[] = [
  { name: 'reference loop', referenceLoop: true, jit: '0', every: 1 }, { name: 'generated loop', referenceLoop: false, jit: '0', every: 1 },
  { name: 'compiled at once', referenceLoop: false, jit: 'all', every: AT_ONCE_EVERY }, { name: 'compiled after 1 call', referenceLoop: false, jit: 1, every: 1 },
];

test(`${PROGRAMS} programs from seed ${FIRST_SEED} print the same compiled`, async () => {
  const systems = SYSTEMS.map(({ name, referenceLoop, jit, every }) => ({ name, every, runner: new ProgramRunner(referenceLoop, jit) }));
  let output: string[] = [];
  const oracle = await loadPyodide({ stdout: (line) => void output.push(line) });
  for (let seed = FIRST_SEED; seed < FIRST_SEED + PROGRAMS; seed++) {
    const source = generateJitProgram(seed);
    output = [];
    let failure: string | null = null;
    try {
      oracle.runPython(source, { globals: oracle.toPy({}) as never });
    } catch (error) {
      failure = String(error).trim().split('\n').at(-1)!;
    }
    for (const { name, runner, every } of systems) {
      if (seed % every !== 0) continue;
      const result = runner.run(source, `seed-${seed}.py`);
      expect({ lines: result.lines, error: result.error }, `${name}, seed ${seed}\n${source}`).toEqual({ lines: output, error: failure });
    }
  }
  // The compiler was there, and compiled.
  for (const { name, runner, every } of systems) {
    const { compiled, left } = jitControl(runner.thread.interpreter)!.figures();
    if (name.startsWith('compiled')) expect(Math.min(compiled, left), name).toBeGreaterThan(PROGRAMS / every);
    else expect(compiled, name).toBe(0);
  }
}, 6_000_000);
