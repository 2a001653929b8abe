/** Plugins of users: the examples, loading, mistakes. Needs a build. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runLadon } from './run-ladon.ts';

const folder = mkdtempSync(join(tmpdir(), 'ladon-plugin-'));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const FIB = file('fib.py', 'X = 1\ndef f(n): return n if n < 2 else f(n-1) + f(n-2)\ndef main():\n    global X\n    for i in range(3): X = i\n    print(f(12))\nmain()\n');

describe('a plugin', () => {
  test('counts calls (examples/plugins/hot-functions.mjs)', async () => {
    const run = await runLadon(['-X', 'plugin=examples/plugins/hot-functions.mjs', FIB]);
    expect(run.stdout).toBe('144\n');
    expect(run.stderr).toMatch(/^ +465 {2}f {2}\S+fib\.py:2\n/);
    expect(run.stderr).toMatch(/^ +1 {2}main /m);
  });

  test('reports globals that are set again (examples/plugins/reassigned-globals.mjs)', async () => {
    const run = await runLadon(['-X', 'plugin=examples/plugins/reassigned-globals.mjs', FIB]);
    expect(run.stderr).toMatch(/^ +3 {2}__main__\.X$/m);
  });

  test('is loaded into every interpreter, and may be a CommonJS module', async () => {
    const path = file('each.cjs', "exports.install = ({ interpreter }) => require('node:fs').writeSync(2, `interpreter ${interpreter.id}\\n`);");
    const run = await runLadon(['-X', `plugin=${path}`, '-c', 'import concurrent.interpreters as i\ni.create().exec("print(42)")']);
    expect(run.stdout).toBe('42\n');
    expect(run.stderr).toBe('interpreter 0\ninterpreter 1\n');
  });

  test('that cannot be installed keeps the interpreter from starting, with its reason', async () => {
    const failing = file('failing.cjs', "exports.install = () => { throw new Error('no good'); };");
    const run = await runLadon(['-X', `plugin=${failing}`, '-c', 'print(1)']);
    expect(run).toMatchObject({ status: 1, stdout: '' });
    expect(run.stderr).toContain('no good');
    const empty = file('empty.mjs', 'export const nothing = 1;');
    expect((await runLadon(['-X', `plugin=${empty}`, '-c', 'print(1)'])).stderr).toContain('it exports no function install');
  });

  test('that is not there is a mistake of the command line', async () => {
    expect(await runLadon(['-X', 'plugin=nowhere.mjs', '-c', 'print(1)'])).toMatchObject({ status: 2, stdout: '' });
    expect(await runLadon(['-X', 'plugin', '-c', 'print(1)'])).toMatchObject({ status: 2, stdout: '' });
  });
});
