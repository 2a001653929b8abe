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

describe('compiled code and threads', () => {
  test('code is compiled while several threads run, and left when their slices end, not all the time', async () => {
    const run = await runLadon(['-c', `
import threading, ladon.jit
def spin(n):
    x = 0
    for i in range(n):
        x += i & 3
    return x
threads = [threading.Thread(target=lambda: [spin(20000) for _ in range(200)]) for _ in range(2)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(ladon.jit.is_jit_compiled(spin), ladon.jit.stats()['left'] < 5000)
`]);
    expect(run.stdout + run.stderr).toBe('True True\n');
  });
});
