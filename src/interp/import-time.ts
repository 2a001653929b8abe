/** `-X importtime` and `PYTHONPROFILEIMPORTTIME`: how long each import takes, on stderr, as CPython prints it (Python/import.c). */
import { writeSync } from 'node:fs';
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';

const STATE = 'importtime';
const STDERR = 2;

interface ImportTimes {
  depth: number;
  /** Microseconds that imports within the present one have taken. */
  inner: number;
}

/** Whether imports are timed. */
export function timesImports(t: Thread): boolean {
  const { config } = t.interpreter;
  return config.xoptions.has('importtime') || (config.environment.PYTHONPROFILEIMPORTTIME ?? '') !== '';
}

function timesOf(t: Thread): ImportTimes {
  const known = t.interpreter.moduleState.get(STATE) as ImportTimes | undefined;
  if (known !== undefined) return known;
  const times = { depth: 0, inner: 0 };
  t.interpreter.moduleState.set(STATE, times);
  writeSync(STDERR, 'import time: self [us] | cumulative | imported package\n');
  return times;
}

/** Imports with `load` and prints what it took; an import that raises prints nothing. */
export function timedImport(t: Thread, name: string, load: () => Value): Value {
  const times = timesOf(t);
  const outer = times.inner;
  const start = performance.now();
  times.inner = 0;
  times.depth++;
  try {
    const module = load();
    const cumulative = Math.round((performance.now() - start) * 1000);
    const own = Math.max(0, cumulative - times.inner);
    writeSync(STDERR, `import time: ${String(own).padStart(9)} | ${String(cumulative).padStart(10)} | ${'  '.repeat(times.depth - 1)}${name}\n`);
    times.inner = outer + cumulative;
    return module;
  } catch (caught) {
    times.inner = outer;
    throw caught;
  } finally {
    times.depth--;
  }
}
