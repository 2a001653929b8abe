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

  test('measures calls through entry points, those of threads, too (examples/plugins/call-times.mjs)', async () => {
    const program = file('threads.py', `import threading, time
def sleeper(n):
    time.sleep(0.01)
class C:
    def method(self): return 1
    def numbers(self): yield from range(3)
def main():
    threads = [threading.Thread(target=sleeper, args=(1,)) for _ in range(3)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    c = C()
    print(sum(c.method() for _ in range(400)), sum(C().numbers()))
main()
`);
    const run = await runLadon(['-X', 'plugin=examples/plugins/call-times.mjs', program]);
    expect(run.stdout).toBe('400 3\n');
    for (const row of [' 1  main', ' 3  sleeper', ' 400  C.method', ' 1  C.numbers']) expect(run.stderr).toMatch(new RegExp(`ms +${row.trim()}$`, 'm'));
    expect(run.stderr).not.toContain('Thread');
    expect(run.stderr.split('\n').filter((line) => line !== '')).toHaveLength(5);
  });

  test('that answers calls of a function itself may call and raise, and makes threads that start there', async () => {
    const plugin = file('answers.mjs', `export function install({ interpreter, hooks, call, raise }) {
      const goOn = hooks.defaultEntryPoint(interpreter);
      const entries = {
        twice: (t, func, args, keywords) => [goOn(t, func, args, keywords), goOn(t, func, args, keywords)].at(-1),
        refused: (t) => raise(t, 'PermissionError', 'not here'),
        called: (t, func, args) => call(t, args[0], [1, 2], ['b']),
        nothing: () => {},
      };
      hooks.addFunctionWatcher(interpreter, { changed: (t, event, func) => { if (event === 0 && func.name in entries) hooks.setEntryPoint(interpreter, func, entries[func.name]); } });
    }`);
    const program = file('answers.py', `import threading
def twice(x): x.append(1)
def refused(): pass
def called(f): pass
def nothing(): return 1
x = []
thread = threading.Thread(target=twice, args=(x,)); thread.start(); thread.join()
print(x, called(lambda a, b=0: (a, b)), nothing())
refused()
`);
    const run = await runLadon(['-X', `plugin=${plugin}`, program]);
    expect(run).toMatchObject({ status: 1, stdout: '[1, 1] (1, 2) None\n' });
    expect(run.stderr).toBe(`Traceback (most recent call last):\n  File "${program}", line 9, in <module>\n    refused()\n    ~~~~~~~^^\nPermissionError: not here\n`);
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
