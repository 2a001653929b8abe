/** `ladon jit-bisect`: finds the function whose compilation changes what a program does. Needs a build. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runLadon } from './run-ladon.ts';

const folder = mkdtempSync(join(tmpdir(), 'ladon-jit-bisect-test-'));

function programOf(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const SAME = programOf('same.py', 'import sys\ndef f(n): return n + 1\nprint(sum(f(i) for i in range(500)), *sys.argv[1:])\n');
const BODY = 'import sys, ladon.jit\ndef good(n): return n + 1\ndef bad(n): return n + 2\nfor i in range(500): good(bad(i))\n';
const PRINTS = programOf('prints.py', `${BODY}print(ladon.jit.is_jit_compiled(bad))\n`);
const EXITS = programOf('exits.py', `${BODY}sys.exit(3 if ladon.jit.is_jit_compiled(bad) else 0)\n`);
const HANGS = programOf('hangs.py', `${BODY}while ladon.jit.is_jit_compiled(bad): pass\n`);
const TOGETHER = programOf('together.py', `${BODY}print(ladon.jit.is_jit_compiled(bad) and ladon.jit.is_jit_compiled(good))\n`);

describe('ladon jit-bisect', () => {
  test('says that there is no difference, and ends with status 0', async () => {
    const run = await runLadon(['jit-bisect', '--threshold', '100', SAME, 'with', 'arguments']);
    expect(run.stdout).toMatch(/^no difference: \d+ functions compiled, same output and exit status \(0\)\n$/);
    expect(run.status).toBe(0);
  });

  test('finds the one function among all that are compiled at their first call', async () => {
    const run = await runLadon(['jit-bisect', PRINTS]);
    expect(run.stdout).toMatch(/^differs with \d{2,} functions compiled \(exit status 0, without 0\)\n\d+ runs; compiled together, these change what the program does:\n  (.*)\n$/);
    expect(run.stdout).toContain(`  ${PRINTS}:bad\n`);
    expect(run.status).toBe(1);
  }, 120_000);

  test('takes another exit status for a difference', async () => {
    const run = await runLadon(['jit-bisect', '--threshold', '100', EXITS]);
    expect(run.stdout).toContain('(exit status 3, without 0)');
    expect(run.stdout).toContain(`:\n  ${EXITS}:bad\n`);
    expect(run.status).toBe(1);
  });

  test('finds functions that change something only together', async () => {
    const run = await runLadon(['jit-bisect', '--threshold', '100', TOGETHER]);
    const found = run.stdout.split('\n').filter((line) => line.startsWith('  ')).map((line) => line.slice(line.lastIndexOf(':') + 1));
    expect(found.sort()).toEqual(['bad', 'good']);
  });

  test('kills a run that does not end, which is a difference', async () => {
    const run = await runLadon(['jit-bisect', '--threshold', '100', '--timeout', '10', HANGS]);
    expect(run.stdout).toContain('(exit status none: killed at the time limit, without 0)');
    expect(run.stdout).toContain(`:\n  ${HANGS}:bad\n`);
  }, 120_000);

  test('refuses options that make no sense', async () => {
    for (const [option, value, message] of [['--threshold', 'x', 'not a positive number of calls'], ['--threshold', '0', 'not a positive number of calls'], ['--timeout', '0', 'not a positive number of seconds']] as const) {
      const run = await runLadon(['jit-bisect', option, value, SAME]);
      expect(run.stderr).toContain(message);
      expect(run.status).toBe(2);
    }
    for (const args of [[], ['--nosuch', SAME]]) expect((await runLadon(['jit-bisect', ...args])).status).toBe(2);
    const missing = await runLadon(['jit-bisect', join(folder, 'missing.py')]);
    expect(missing.stderr).toBe(`jit-bisect: there is no file '${join(folder, 'missing.py')}'\n`);
    expect(missing.status).toBe(2);
  });
});
