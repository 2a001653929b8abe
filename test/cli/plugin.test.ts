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

  test('is asked where code is hot (examples/plugins/hot-places.mjs)', async () => {
    const program = file('hot.py', `def square(x):
    return x * x
def generate(n):
    i = 0
    while i < n:
        yield i
        i += 1
def main():
    total = 0
    for i in range(5000):
        total += square(i)
    for i in generate(1000):
        total += i
    print(total)
main()
`);
    const run = await runLadon(['-X', 'plugin=examples/plugins/hot-places.mjs', program]);
    expect(run.stdout).toBe('41654667000\n');
    const rows = run.stderr.trimEnd().split('\n').map((line) => line.trim());
    expect(rows).toContain(`5000  square  call at ${program}:1`);
    expect(rows).toContain(`5000  main  loop at ${program}:10`);
    expect(rows).toContain(`1000  main  loop at ${program}:12`);
    // The yield and the jump back are counted in turn.
    expect(rows.find((row) => row.includes('generate'))).toMatch(/^(?:1900|2000) /);
  });

  test('compiles, and leaves what it compiled in the middle of a function (examples/plugins/tiny-jit.mjs)', async () => {
    const program = file('tiny.py', `import sys, traceback
def poly(x, y):
    z = 3 * x * x - 2 * x
    return z + y
def zero(x): return 0 * x
def other(x): return x / 2
total = 0
for i in range(1000): total += poly(i, 1) + zero(-i) + int(other(i))
print(total)
print(poly(1.5, 2), poly(2**40, 1), poly(True, False), str(zero(-5)))
class V:
    def __init__(self, v): self.v = v
    def __rmul__(self, o): return V(o * self.v)
    def __mul__(self, o): return V(self.v * o.v)
    def __sub__(self, o): return V(self.v - o.v)
    def __add__(self, o):
        f = sys._getframe(1)
        return self.v + o, f.f_code.co_name, sorted(f.f_locals), f.f_lineno
print(poly(V(2), 1))
try: poly('a', 1)
except TypeError as e: print(e, [(x.name, x.lineno) for x in traceback.extract_tb(e.__traceback__)])
try: poly(1)
except TypeError as e: print(e)
events = []
sys.setprofile(lambda frame, event, arg: events.append((frame.f_code.co_name, event)))
poly(1, 1)
sys.setprofile(None)
print(events[:2], poly(10, 1))
`);
    const run = await runLadon(['-X', 'plugin=examples/plugins/tiny-jit.mjs', program]);
    expect(run.stdout).toBe(`997752000
5.75 3626777458841688500862977 1 0
(9, 'poly', ['x', 'y', 'z'], 4)
can't multiply sequence by non-int of type 'str' [('<module>', 20), ('poly', 3)]
poly() missing 1 required positional argument: 'y'
[('poly', 'call'), ('poly', 'return')] 281
`);
    expect(run.stderr).toBe('compiled 2 functions, left 5 times\n');
    // The same without it.
    expect((await runLadon(['-X', 'jit=0', program])).stdout).toBe(run.stdout);
  });

  test('reports globals that are set again (examples/plugins/reassigned-globals.mjs)', async () => {
    const run = await runLadon(['-X', 'plugin=examples/plugins/reassigned-globals.mjs', FIB]);
    expect(run.stderr).toMatch(/^ +3 {2}__main__\.X$/m);
  });

  test('may put a tier in front of the JIT, without being asked of coroutines', async () => {
    const path = file('front.mjs', `export function install({ interpreter, hooks }) {
  const jit = hooks.getTier(interpreter);
  hooks.setTier(interpreter, { hot: (t, f) => jit.hot(t, f), handler: (t, f) => jit.handler(t, f), left: (t) => jit.left(t), instrumentedChanged: (on) => jit.instrumentedChanged(on) });
}`);
    const program = file('awaits.py', 'import asyncio\nasync def one(n): return n\nasync def main():\n    total = 0\n    for i in range(3000): total += await one(i)\n    return total\nprint(asyncio.run(main()))\n');
    expect(await runLadon(['-X', 'jit=20', '-X', `plugin=${path}`, program])).toMatchObject({ status: 0, stdout: '4498500\n', stderr: '' });
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
