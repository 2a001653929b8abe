/** The programs of `test/lang/jit` with the JIT at its most eager, with and without feedback; `test/lang.test.ts` runs them as it is by default. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ProgramRunner } from '../../test/lang-runner.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'test', 'lang', 'jit');

describe.each(['0', 'all', 20] as const)('-X jit=%s', (mode) => {
  const runner = new ProgramRunner(/* referenceLoop */ false, mode);
  it.each(readdirSync(FOLDER).sort())('%s', (name) => {
    const source = readFileSync(join(FOLDER, name), 'utf8');
    expect(runner.run(source, name)).toEqual({ lines: [...source.matchAll(/# expect:(?: (.*))?$/gm)].map((match) => match[1] ?? ''), error: null });
  });
});
