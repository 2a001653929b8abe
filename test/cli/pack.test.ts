/** Opcode packs: a small one is built and run. Needs a build. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { runLadon } from './run-ladon.ts';

const folder = mkdtempSync(join(tmpdir(), 'ladon-pack-'));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const PROGRAM = `import tiny
def f(a, b): return square(a + b) + -a
print(f(2, 3), f(2.5, 0.5))
def g(x):
    try: return square(x)
    except TypeError as e: return str(e)
print(g('no'))
`;

describe('the pack of test/packs/tiny', () => {
  beforeAll(() => {
    execFileSync(process.execPath, ['src/tools/build.mjs', 'pack', 'test/packs/tiny']);
  });

  test('adds instructions and overrides one, in both loops', async () => {
    const path = file('program.py', PROGRAM);
    const output = "27 11.5\ncan't multiply sequence by non-int of type 'str'\n";
    expect((await runLadon(['-X', 'pack=tiny', path])).stdout).toBe(output);
    expect((await runLadon(['-X', 'pack=tiny', '--reference-loop', path])).stdout).toBe(output);
  });

  test('is known to dis and to the metadata', async () => {
    const path = file('metadata.py', "import tiny, dis, opcode\ndef f(a, b): return square(a + b)\nprint([i.opname for i in dis.get_instructions(f)])\nprint(dis.stack_effect(dis.opmap['TINY_ADD_LOCALS'], 0), dis.stack_effect(dis.opmap['TINY_SQUARE']), dis.opmap['TINY_ADD_LOCALS'] in dis.hasarg)\n");
    expect((await runLadon(['-X', 'pack=tiny', path])).stdout).toBe("['RESUME', 'EXTENDED_ARG', 'TINY_ADD_LOCALS', 'TINY_SQUARE', 'RETURN_VALUE']\n1 0 True\n");
  });

  test('leaves modules alone that do not ask for it, and is in every interpreter', async () => {
    const plain = file('plain.py', 'import dis\ndef f(a, b): return a + b\nprint("TINY_ADD_LOCALS" in [i.opname for i in dis.get_instructions(f)])\n');
    expect((await runLadon(['-X', 'pack=tiny', plain])).stdout).toBe('False\n');
    const other = await runLadon(['-X', 'pack=tiny', '-c', 'import concurrent.interpreters as i\ni.create().exec("import tiny\\ndef f(a, b): return a + b\\nprint(f(3, 4))")']);
    expect(other).toMatchObject({ stdout: '7\n', stderr: '', status: 0 });
  });

  test('runs under a tracer', async () => {
    const path = file('traced.py', 'import tiny, sys\ndef f(a, b):\n    c = a + b\n    return square(c)\nlines = []\ndef trace(frame, event, arg):\n    lines.append((event, frame.f_lineno))\n    return trace\nsys.settrace(trace)\nf(1, 2)\nsys.settrace(None)\nprint(lines)\n');
    expect((await runLadon(['-X', 'pack=tiny', path])).stdout).toBe("[('call', 2), ('line', 3), ('line', 4), ('return', 4)]\n");
  });

  test('is off by default, and a pack that is not there is a mistake of the command line', async () => {
    expect((await runLadon(['-c', 'import tiny'])).stderr).toContain("No module named 'tiny'");
    expect((await runLadon(['-X', 'pack=nowhere', '-c', 'print(1)']))).toMatchObject({ status: 2, stdout: '' });
    expect((await runLadon(['-X', 'pack', '-c', 'print(1)']))).toMatchObject({ status: 2, stdout: '' });
  });
});

describe('the static pack', () => {
  for (const name of readdirSync('test/packs/static').filter((entry) => entry.endsWith('.py'))) {
    test(`test/packs/static/${name} prints what it expects, in both loops`, async () => {
      const path = `test/packs/static/${name}`;
      const expected = readFileSync(path, 'utf8').split('\n').flatMap((line) => (/# expect: (.*)$/.exec(line)?.[1] ?? [])).map((line) => `${line}\n`).join('');
      const run = await runLadon(['-X', 'pack=static', path]);
      expect(run.stdout + run.stderr).toBe(expected);
      expect((await runLadon(['-X', 'pack=static', '--reference-loop', path])).stdout).toBe(expected);
    });
  }

  test.each(['0', '1', '20', 'all'])('checks what untyped code sets typed fields to, also where that is compiled (-X jit=%s)', async (jit) => {
    const path = file('fields.py', `from __static__ import double, int64
class P:
    x: double
    n: int64
    plain: object
    def __init__(self): self.x = 0.0; self.n = 0; self.plain = None
def set_x(p, v): p.x = v
def set_n(p, v): p.n = v
def set_plain(p, v): p.plain = v
def many(p, values):
    for value in values: p.x = value
p = P()
for i in range(1000): set_x(p, i * 0.5); set_n(p, i); set_plain(p, i)
many(p, [2.5] * 1000)
print(p.x, p.n, p.plain)
for bad in 'a', None, 2**70:
    for setter in set_x, set_n, set_plain:
        try: setter(p, bad); print('set', setter.__name__)
        except (TypeError, OverflowError) as e: print(type(e).__name__, e)
try: many(p, [1.5] * 10 + ['b'])
except TypeError as e: print(e)
set_n(p, 5); set_x(p, 3); del p.plain
print(p.x, type(p.x), p.n)
try: set_plain(p, 1); print(p.plain, p.absent)
except AttributeError as e: print(e)
`);
    expect((await runLadon(['-X', 'pack=static', '-X', `jit=${jit}`, path]))).toMatchObject({ stderr: '', stdout: `2.5 999 999
TypeError P.x must be double, not str
TypeError P.n must be int64, not str
set set_plain
TypeError P.x must be double, not NoneType
TypeError P.n must be int64, not NoneType
set set_plain
set set_x
OverflowError P.n is out of the range of int64
set set_plain
P.x must be double, not str
3.0 <class 'float'> 5
'P' object has no attribute 'absent'
` });
  });

  test('gives the results of untyped code in the benchmarks', async () => {
    for (const name of ['mandelbrot', 'collatz', 'particles']) {
      const source = `import sys, runpy\nsys.argv = ['x']\nm = runpy.run_path('bench/static/${name}.py', run_name='bench')\nprint({'mandelbrot': lambda: m['rows'](20, 15, 30), 'collatz': lambda: m['longest'](300), 'particles': lambda: m['simulate'](20)}['${name}']())`;
      const typed = await runLadon(['-X', 'pack=static', '-c', source]);
      expect(typed.stderr).toBe('');
      expect(typed.stdout).toBe((await runLadon(['-c', source])).stdout);
    }
  });

  test('leaves no primitive behind in a traceback or a debugger', async () => {
    const path = file('debugged.py', "from __static__ import int64, double\nimport sys\ndef f(n: int64, d: double):\n    e: double = d * 2.0\n    raise ValueError(n)\ntry:\n    f(1, 2.0)\nexcept ValueError as error:\n    print(error.__traceback__.tb_next.tb_frame.f_locals)\n");
    expect((await runLadon(['-X', 'pack=static', path])).stdout).toBe("{'n': 1}\n");
  });
});
