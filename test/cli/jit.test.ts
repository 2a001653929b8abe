/** Programs that show what compiled code must not change: without the JIT, as it is, with an early start, and with everything compiled at once. Needs a build. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { runLadon } from './run-ladon.ts';

const FOLDER = 'test/jit';

/** The lines that a program's `# expect:` comments promise, in order. */
function expectedOutput(path: string): string {
  return readFileSync(path, 'utf8').split('\n').flatMap((line) => (/# expect: (.*)$/.exec(line)?.[1] ?? [])).map((line) => `${line}\n`).join('');
}

describe.each(readdirSync(FOLDER).filter((file) => file.endsWith('.py')))('test/jit/%s', (name) => {
  test.each(['0', '1', '20', 'all'])('prints what it expects under -X jit=%s', async (jit) => {
    const path = `${FOLDER}/${name}`;
    const run = await runLadon(['-X', `jit=${jit}`, path]);
    expect(run.stdout + run.stderr).toBe(expectedOutput(path));
    expect(run.status).toBe(0);
  });
});
