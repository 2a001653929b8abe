/** The JIT in whole processes: profiles, traces, threads, dumps, options. Needs a build. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runLadon } from './run-ladon.ts';
import { PASSES } from '../../src/jit/passes/run.ts';

const folder = mkdtempSync(join(tmpdir(), 'ladon-jit-'));

function program(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** Calls of a method, of an inner function and of a generator, for long enough that a profiler sees them. */
const PROFILED = program('profiled.py', `import os
class Tree:
    def walk(self, n):
        total = 0
        for i in range(n): total += i % 7
        return total
def outer():
    def inner(n):
        s = 0.0
        for i in range(n): s += i * 0.5
        return s
    return inner
def numbers(n):
    i = 0
    while i < n:
        yield i
        i += 1
def main():
    tree, inner = Tree(), outer()
    for _ in range(200): tree.walk(20_000), inner(20_000)
    for _ in range(8):
        for _ in numbers(1_000_000): pass
    print(os.getpid())
main()
`);

interface Profile {
  readonly nodes: readonly { readonly callFrame: { readonly functionName: string; readonly url: string } }[];
}

describe('profiles show compiled functions under their Python names', () => {
  test('node --cpu-prof', () => {
    const directory = mkdtempSync(join(folder, 'prof-'));
    execFileSync(process.execPath, ['--cpu-prof', `--cpu-prof-dir=${directory}`, '--cpu-prof-interval=200', 'dist/main.js', PROFILED]);
    // One profile for each thread of the process.
    const frames = readdirSync(directory).flatMap((file) => (JSON.parse(readFileSync(join(directory, file), 'utf8')) as Profile).nodes.map((node) => node.callFrame));
    for (const name of ['Tree.walk', 'outer.<locals>.inner', 'numbers']) {
      const frame = frames.find(({ functionName }) => functionName === name);
      expect(frame?.url, name).toMatch(/^ladon-jit\/.*\/profiled\.py\//);
    }
  });

  test.runIf(process.platform === 'linux')('node --perf-basic-prof, for perf', () => {
    const pid = execFileSync(process.execPath, ['--perf-basic-prof', '--interpreted-frames-native-stack', 'dist/main.js', PROFILED], { cwd: process.cwd() }).toString().trim();
    const path = `/tmp/perf-${pid}.map`;
    const lines = readFileSync(path, 'utf8').split('\n');
    rmSync(path);
    for (const name of ['Tree.walk', 'outer.<locals>.inner', 'numbers']) {
      expect(lines.some((line) => line.includes(`JS:*${name} ladon-jit/`) && line.includes('/profiled.py/')), name).toBe(true);
    }
    for (const file of readdirSync('.').filter((entry) => entry.startsWith('isolate') && entry.endsWith(`-${pid}-v8.log`))) rmSync(file);
  });
});

describe('options', () => {
  const PROGRAM = program('spam.py', `import sys
def spam(x):
    return x + 1
def eggs(n):
    for i in range(n): last = spam(i)
    return last
print(eggs(1000), eggs(1000))
`);

  test('-X jitdump writes the graph behind each pass and the JavaScript, -X jitlog a line for each compilation', async () => {
    const dump = join(folder, 'dump');
    const log = join(folder, 'log.txt');
    expect((await runLadon(['-X', `jitdump=${dump}`, '-X', `jitlog=${log}`, PROGRAM])).stdout).toBe('1000 1000\n');
    const files = readdirSync(dump).filter((name) => name.startsWith('spam_2_0.'));
    expect(files.sort()).toEqual(['build', ...PASSES.map(({ name }) => name)].map((pass) => `spam_2_0.${pass}.ir`).concat('spam_2_0.js').sort());
    expect(readFileSync(join(dump, 'spam_2_0.specialise.ir'), 'utf8')).toContain(' = small_add ');
    expect(readFileSync(log, 'utf8')).toMatch(/^compiled spam \(.*spam\.py:2\) at 0, \d+ characters in [\d.]+ ms$/m);
  });

  test.each([
    ['jit=banana', '-X jit=banana: choose 0, 1, all or a number of calls'], ['jitbudget=-1', '-X jitbudget needs a number of milliseconds'], ['jitlist=no-such-file', "-X jitlist: can't open file"],
    ['jitlog=no-such-folder/log', "-X jitlog: can't write to file"], ['jitlog', '-X jitlog needs a file'], ['jitdump=package.json/dump', "-X jitdump: can't write to folder"], ['jitdump', '-X jitdump needs a folder'],
  ])('-X %s is refused', async (option, message) => {
    const run = await runLadon(['-X', option, '-c', 'print(1)']);
    expect([run.status, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toContain(message);
  });

  test('-X jitlist and -X jit say what is compiled, PYTHON_JIT where nothing else does', async () => {
    const report = program('report.py', readFileSync(PROGRAM, 'utf8') + 'import ladon.jit as jit\nprint(jit.is_jit_compiled(spam), jit.is_jit_compiled(eggs), jit.is_enabled(), jit.get_compile_after_n_calls())\n');
    const list = program('list.txt', '# one function\n__main__:eggs\n');
    const last = async (...args: string[]): Promise<string> => (await runLadon([...args, report])).stdout.split('\n')[1]!;
    expect(await last()).toMatch(/^True (True|False) True 1000$/);
    expect(await last('-X', 'jit=all', '-X', `jitlist=${list}`)).toBe('False True True 0');
    expect(await last('-X', 'jit=0')).toBe('False False False 1000');
    expect(await last('-X', 'jit=50')).toMatch(/True 50$/);
    const environment = { PYTHON_JIT: '0' };
    expect((await runLadon([report], { environment })).stdout).toContain('False False False');
    expect((await runLadon(['-X', 'jit=1', report], { environment })).stdout).toContain('True 1000');
    expect((await runLadon(['-E', report], { environment })).stdout).toContain('True 1000');
  });

  test('the help text names them', async () => {
    const { stdout } = await runLadon(['--help']);
    for (const text of ['-X jit=', '-X jitlist=', '-X jitlog=', '-X jitdump=', 'PYTHON_JIT', 'ladon jit-bisect']) expect(stdout).toContain(text);
  });
});

describe('compiled code gives way', () => {
  const both = async (text: string): Promise<string> => {
    const path = program('gives-way.py', text);
    const run = await runLadon(['-X', 'jit=20', path]);
    expect(run.stderr).toBe('');
    expect((await runLadon(['-X', 'jit=0', path])).stdout).toBe(run.stdout);
    return run.stdout;
  };

  test('to a trace function, which sees every call and line, and comes back behind it', async () => {
    expect(await both(`import sys
def f(x):
    return x + 1
def g(n):
    for i in range(n): r = f(i)
    return r
g(3000)
seen = []
def trace(frame, event, arg):
    seen.append((frame.f_code.co_name, event, frame.f_lineno))
    return trace
sys.settrace(trace)
g(2)
sys.settrace(None)
print(seen, g(3000))
def setter(n):
    for i in range(n):
        if i == 500: sys.settrace(trace); frame = sys._getframe(); frame.f_trace = trace
        if i == 502: sys.settrace(None)
    return n
seen.clear()
print(setter(1000), seen)
`)).toContain("[('g', 'call', 4), ('g', 'line', 5), ('f', 'call', 2), ('f', 'line', 3), ('f', 'return', 3)");
  });

  test('to other threads in its loops, and to what wakes it', async () => {
    expect(await both(`import threading, time
flag, counts = False, [0, 0, 0]
def spin(k):
    n = 0
    while not flag:
        n += 1
        counts[k] = n
def nested(n):
    if n == 0: return spin(2)
    return nested(n - 1)
threads = [threading.Thread(target=spin, args=(0,)), threading.Thread(target=spin, args=(1,)), threading.Thread(target=nested, args=(50,))]
for t in threads: t.start()
time.sleep(0.3)
flag = True
for t in threads: t.join()
print(all(n > 1000 for n in counts))
lock = threading.Lock()
total = 0
def add(n):
    global total
    for _ in range(n):
        with lock: total += 1
threads = [threading.Thread(target=add, args=(3000,)) for _ in range(4)]
for t in threads: t.start()
for t in threads: t.join()
print(total)
`)).toBe('True\n12000\n');
  });

  test('to an interrupt from the keyboard in an endless loop, with the right line', async () => {
    const path = program('endless.py', 'def spin(n):\n    while True:\n        n += 1\n        n -= 1\nprint("ready", flush=True)\ntry:\n    spin(1)\nexcept KeyboardInterrupt as e:\n    print(e.__traceback__.tb_next.tb_lineno in (2, 3, 4))\n');
    expect(await runLadon(['-X', 'jit=20', path], { interruptAfter: 'ready' })).toMatchObject({ status: 0, stdout: 'ready\nTrue\n', stderr: '' });
  });

  test('to an interrupt in loops that do nothing else, at the place of the loop', async () => {
    const bare = await runLadon(['-X', 'jit=20', program('bare.py', 'print("ready", flush=True)\nwhile True: pass\n')], { interruptAfter: 'ready' });
    expect(bare.stderr).toMatch(/bare.py", line 2, in <module>\n {4}while True: pass\n.*\nKeyboardInterrupt\n$/);
    const called = await runLadon(['-X', 'jit=20', program('called.py', 'def f():\n    while True:\n        pass\nprint("ready", flush=True)\nf()\n')], { interruptAfter: 'ready' });
    expect(called.stderr).toMatch(/line 5, in <module>\n.*\n.*\n.*line [23], in f\n/);
  });

  test('to a frame evaluator, which sees the calls that follow', async () => {
    const plugin = program('evaluator.mjs', `import { writeSync } from 'node:fs';
export function install({ interpreter, hooks, atEnd }) {
  let calls = 0;
  const count = (t, f) => { if (f.code.code.name === 'f') calls++; return hooks.evaluateByDefault(t, f); };
  hooks.addFunctionWatcher(interpreter, { changed: (t, event, func) => { if (event === 0 && func.name === 'now') hooks.setFrameEvaluator(interpreter, count); } });
  atEnd(() => writeSync(1, \`\${calls}\\n\`));
}`);
    const path = program('evaluated.py', 'def f(x): return x\ndef g(n):\n    for i in range(n): f(i)\ng(1000)\ndef now(): pass\ng(1000)\n');
    expect((await runLadon(['-X', 'jit=20', '-X', `plugin=${plugin}`, path])).stdout).toBe('1000\n');
  });
});

