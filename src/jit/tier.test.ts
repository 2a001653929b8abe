/** The life of compiled code, seen from Python: what is compiled when, guards that fail, loops entered in their middle, code compiled anew. */
import { describe, expect, it } from 'vitest';
import { ProgramRunner } from '../../test/lang-runner.ts';
import { jitControl } from '../hooks/jit-control.ts';
import type { JitTier } from './tier.ts';

/** Asserts in the programs see figures of that program alone. */
const PRELUDE = `
import ladon.jit as jit
def counts():
    s = jit.stats()
    return s['compiled'], s['left']
def failures(name):
    return [(r['line'], r['reason'], r['count']) for r in jit.stats()['failures'] if r['function'] == name]
`;
const PRELUDE_LINES = PRELUDE.split('\n').length - 1;

const runner = new ProgramRunner(/* referenceLoop */ false, 20);

function run(source: string): readonly string[] {
  const { lines, error } = runner.run(PRELUDE + source, '<tier>');
  expect(error).toBeNull();
  return lines;
}

describe('a function', () => {
  it('is compiled when it has been called often enough, and can be looked at', () => {
    const lines = run(`
def add(a, b):
    c = a + b
    return c
states = []
for i in range(100):
    add(i, 1)
    states.append(jit.is_jit_compiled(add))
print(states[0], states[-1], states.index(True) > 20, add in jit.get_compiled_functions())
print(jit.disassemble(add))
`);
    expect(lines[0]).toBe('False True True True');
    const text = lines.slice(1).join('\n');
    expect(text).toContain('{ "add": (function (t, func, a0, a1)');
    expect(text).toMatch(/c_\d+ = \(a_\d+ \+ b_\d+\)/);
    expect(text).toMatch(/sourceURL=ladon-jit\/.*add_\d+_0\.js/);
  });

  it('is compiled and thrown away on demand, and left alone where that is said', () => {
    expect(run(`
def f(x): return x * 2
print(jit.is_jit_compiled(f), jit.force_compile(f), jit.is_jit_compiled(f), f(4))
print(jit.force_uncompile(f), jit.is_jit_compiled(f), jit.disassemble(f), f(5), jit.force_uncompile(f))
@jit.jit_suppress
def g(x): return x
for i in range(200): g(i)
print(jit.is_jit_compiled(g), jit.force_compile(g))
jit.jit_unsuppress(g)
print(jit.force_compile(g), g(1))
def gen(): yield 1
print(jit.force_compile(gen))
`)).toEqual(['False True True 8', 'True False None 10 False', 'False False', 'True 1', 'False']);
  });

  it('is compiled anew without a speculation that has failed twenty times', () => {
    const lines = run(`
def twice(x):
    y = 1
    return x + x
for i in range(200): twice(i)
first = jit.disassemble(twice)
print([twice(1.5), twice('a'), twice([1])])
print(failures('twice'))
for i in range(100): twice(0.5)
print(failures('twice')[0][2], jit.disassemble(twice) != first)
for i in range(100): twice(0.5), twice('b'), twice(i)
print(failures('twice')[0][2])
`);
    expect(lines[0]).toBe("[3.0, 'aa', [1, 1]]");
    // Parameters are guarded at the start of the function.
    expect(lines[1]).toMatch(/^\[\(\d+, 'guard_kind', 3\)\]$/);
    expect(lines.slice(2)).toEqual(['20 True', '20']);
  });

  it('still reads an attribute where only the kind of what it gives has changed', () => {
    const lines = run(`
class Box:
    def __init__(self): self.item = 'a'
    def take(self):
        taken = self.item
        return taken
box = Box()
for i in range(200): box.take()
print('guard_kind' in str(failures('Box.take')), '.s0' in jit.disassemble(Box.take))
for item in [None, 'b', 1.5, 7] * 30:
    box.item = item
    box.take()
print(failures('Box.take')[0][1], '.s0' in jit.disassemble(Box.take), 'loadAttr' in jit.disassemble(Box.take))
`);
    expect(lines).toEqual(['False True', 'guard_kind True False']);
  });

  it('leaves where nothing has been seen, and soon has that too', () => {
    const lines = run(`
def f(x):
    if x < 0:
        return 'negative'
    return x
def many(step):
    for i in range(200): f(i * step)
many(1), many(1)
print('negative' in jit.disassemble(f), failures('f'))
before = counts()[1]
print(f(-1), f(-2), counts()[1] - before)
many(-1), many(-1)
before = counts()[1]
print(f(-1), counts()[1] - before, 'negative' in jit.disassemble(f))
`);
    expect(lines).toEqual(['False []', 'negative negative 2', 'negative 0 True']);
  });

  it('notices that globals, classes, shapes, defaults and builtins change', () => {
    expect(run(`
K = 1
class A:
    step = 10
    def __init__(self, v): self.v = v
    def get(self): return self.v + self.step
def helper(x, y=2): return x + y
def work(a): return a.get() + K + helper(1) + len('abc')
a = A(100)
for i in range(200): work(a)
print(work(a))
K = 2; print(work(a))
A.step = 20; print(work(a))
A.get = lambda self: -self.v; print(work(a))
helper.__defaults__ = (5,); print(work(a))
a.extra = 1; print(work(a))
b = A(7); b.get = lambda: 0; print(work(b))
def size(x): return len(x)
def constant(): return K
for i in range(200): size('abc'); constant()
def len(x): return 1000
print(size('abc'))
del len
print(size('abc'))
del K
try: constant()
except NameError as e: print(e)
`)).toEqual(['117', '118', '128', '-92', '-89', '-89', '11', '1000', '3', "name 'K' is not defined"]);
  });
});

describe('what is observed', () => {
  it('is the start of a function, too, whose loop was hot first', () => {
    const lines = run(`
class Table:
    def __init__(self): self.rows = [[1, 2, 3]]
def total(table, i):
    found = 0
    for x in table.rows[i]:
        found += x
    return found
table = Table()
table.rows[0] = list(range(2000))
total(table, 0)
table.rows[0] = [1, 2, 3]
for i in range(400): total(table, 0)
text = jit.disassemble(total)
print('"total": (function (t, func' in text, '$getItem(' in text, '$getIterator(' in text)
`);
    expect(lines).toEqual(['True False False']);
  });
});

describe('a loop', () => {
  it('is compiled while it runs, though its function is called once', () => {
    const lines = run(`
def once(n):
    total, seen = 0, []
    for i in range(n):
        total += i
        if i == n - 2: seen.append((total, jit.is_jit_compiled(once), '"once": (function (t, frame, sent, sink)' in jit.disassemble(once)))
    return total, seen
print(once(500))
`);
    expect(lines).toEqual(['(124750, [(124251, False, True)])']);
  });

  it('is left with its locals and stack when a guard fails inside, and goes on compiled', () => {
    expect(run(`
def f(items):
    out = []
    for i, item in enumerate(items):
        out.append([i, -item, (item, [item + item, i * 2])])
    return out
ints = list(range(100))
print(f(ints)[-1])
mixed = ints[:50] + [1.5, 2**60] + ints[50:]
print(f(mixed)[49:54], len(f(mixed)))
try: f(ints + ['a'])
except TypeError as e: print(e)
`)).toEqual([
      '[99, -99, (99, [198, 198])]',
      '[[49, -49, (49, [98, 98])], [50, -1.5, (1.5, [3.0, 100])], [51, -1152921504606846976, (1152921504606846976, [2305843009213693952, 102])], [52, -50, (50, [100, 104])], [53, -51, (51, [102, 106])]] 102',
      "bad operand type for unary -: 'str'",
    ]);
  });

  it('with the JIT told to be quiet stays as it is', () => {
    expect(run(`
def f(n):
    t = 0
    for i in range(n): t += i
    return t
jit.disable()
before = counts()[0]
print(f(1000), counts()[0] - before, jit.is_enabled())
jit.enable()
print(f(1000), counts()[0] - before > 0, jit.is_enabled())
`)).toEqual(['499500 0 False', '499500 True True']);
  });
});

describe('frames of compiled code', () => {
  it('are there for whoever looks: callers, locals, lines', () => {
    expect(run(`
import sys
def look(depth):
    f = sys._getframe(depth)
    return f.f_code.co_name, f.f_lineno - ${PRELUDE_LINES}, sorted((k, v) for k, v in f.f_locals.items() if k != 'out')
def inner(a):
    b = a * 0.5
    return look(1), look(2)
def outer(n):
    for i in range(n):
        x = i + 1
        out = inner(i)
    return out
outer(300)
print(outer(3))
`)).toEqual(["(('inner', 8, [('a', 2), ('b', 1.0)]), ('outer', 12, [('i', 2), ('n', 3), ('x', 3)]))"]);
  });

  it('stand in tracebacks at the lines of their calls, handlers and all', () => {
    expect(run(`
def entries(tb): return [] if tb is None else [(tb.tb_frame.f_code.co_name, tb.tb_lineno - ${PRELUDE_LINES})] + entries(tb.tb_next)
def fail(x):
    if x == 99: raise ValueError(x)
    return x
def middle(x):
    try:
        return fail(
            x)
    finally:
        done.append(x)
def outer(n):
    for i in range(n):
        try:
            middle(i)
        except KeyError:
            pass
done = []
try: outer(300)
except ValueError as e: print(entries(e.__traceback__), done[-1], len(done))
`)).toEqual(["[('<module>', 19), ('outer', 15), ('middle', 8), ('fail', 4)] 99 100"]);
  });

  it('count against the recursion limit', () => {
    expect(run(`
def depth(n): return 0 if n == 0 else 1 + depth(n - 1)
for i in range(100): depth(5)
print(jit.force_compile(depth), depth(900))
try: depth(100_000)
except RecursionError as e: print(e)
print(depth(900))
`)).toEqual(['True 900', 'maximum recursion depth exceeded', '900']);
  });
});

describe('generators', () => {
  it('go on in compiled code, take values and exceptions, and are closed', () => {
    expect(run(`
log = []
def gen(n):
    got = 0
    try:
        for i in range(n):
            try:
                got = yield i * 2 + (got or 0)
            except KeyError as e:
                got = yield 'caught'
    finally:
        log.append('closed')
    return 'end'
print(sum(gen(400)))
g = gen(400)
for _ in range(100): last = next(g)
print(last, g.send(5), g.throw(KeyError('x')), g.send(7), next(g))
g.close()
def outer():
    return (yield from gen(300))
it, values = outer(), []
while True:
    try: values.append(next(it))
    except StopIteration as e: print(len(values), e.value); break
print(log)
`)).toEqual(['159600', '198 205 caught 209 204', '300 end', "['closed', 'closed', 'closed']"]);
  });
});

describe('stats()', () => {
  it('has figures, times by pass, and failed guards by line', () => {
    expect(run(`
s = jit.stats()
print(sorted(s))
print(list(s['passes']), all(v > 0 for v in s['passes'].values()), s['milliseconds'] >= sum(s['passes'].values()))
print(sorted(s['failures'][0]) if s['failures'] else None)
`)).toEqual([
      "['compiled', 'failures', 'left', 'milliseconds', 'passes', 'refused', 'size']",
      "['prune-parameters', 'infer-kinds', 'specialise', 'drop-unraised', 'inline-calls', 'fold-instances', 'drop-frame-checks', 'split-complex', 'split-numbers', 'share-values', 'split-instances', 'drop-known-guards', 'bound-ints', 'store-parts', 'share-entries', 'hoist-guards', 'unbox-floats', 'share-boxes', 'dead-code'] True True",
      "['count', 'filename', 'function', 'line', 'reason']",
    ]);
  });
});

describe('what is known of classes', () => {
  it('checks the shape of a new instance once, whatever it gets', () => {
    const [text] = run(`
class P:
    def __init__(self, x, y, z):
        self.x = x
        self.y = y
        self.z = z
for i in range(200): P(i, i, i)
print(jit.disassemble(P.__init__).count('.shape ==='))
`);
    expect(text).toBe('1');
  });

  it('tells instances apart once for all accesses to one object, and knows new kinds when they have come', () => {
    const lines = run(`
class A:
    def __init__(self): self.n, self.m = 1, 2
    def get(self): return self.n
class B(A):
    def get(self): return self.m
class C(A):
    def __init__(self): self.m, self.n = 5, 7
def use(o):
    o.n = o.n + o.m
    return o.get()
for i in range(300): use(A()), use(B())
text = jit.disassemble(use)
print(text.count('? 0 :'), '$loadAttr' in text, '$loadMethod' in text, text.count('.direct('))
for i in range(300): use(A()), use(B()), use(C())
text = jit.disassemble(use)
print('? 2 : -1' in text, '$loadMethod' in text, use(C()), use(B()), use(A()))
`);
    expect(lines).toEqual(['1 False False 0', 'True False 12 2 3']);
  });

  it('calls the method of an operator, the slot of a container, and nothing for numbers', () => {
    const lines = run(`
class V:
    def __init__(self, n): self.n = n
    def __mul__(self, by): return self.n * by
def work(v, d, x):
    return v * 2 + d['k'] + ('k' in d) + int(x) + min(int(x), 3) + (x > 1)
for i in range(300): work(V(i), {'k': i}, i + 0.5)
text = jit.disassemble(work)
print([name in text for name in ('$operator(', '$getItem(', '$contains(', '$binary(', '$convert(', '$builtins_min(')], text.count('$quietEntry(') == 1, work(V(3), {'k': 4}, 2.5))
`);
    expect(lines).toEqual(['[False, False, False, False, False, False] True 16']);
  });
});

describe('an error of the compiler itself', () => {
  it('leaves the function to the interpreter, and is logged', () => {
    const own = new ProgramRunner(/* referenceLoop */ false, 2);
    const log: string[] = [];
    const tier = jitControl(own.thread.interpreter) as JitTier;
    Object.assign(tier.options, { verifies: false, log: (line: string) => void log.push(line), dump: () => { throw new Error('broken'); } });
    const { lines, error } = own.run('def f(x): return x * 2\nprint([f(i) for i in range(20)][-1])', '<broken>');
    expect({ lines, error }).toEqual({ lines: ['38'], error: null });
    expect(log.some((line) => line.startsWith('cannot compile f ') && line.endsWith(': broken'))).toBe(true);
  });
});

describe('code that would be too long', () => {
  it('is left to the interpreter after one attempt at each entry', () => {
    const own = new ProgramRunner(/* referenceLoop */ false, 20);
    const log: string[] = [];
    Object.assign((jitControl(own.thread.interpreter) as JitTier).options, { log: (line: string) => void log.push(line) });
    const { lines, error } = own.run(
      `def names(letter): return ", ".join(f"{letter}{i}" for i in range(200))
scope = {}
exec(f"def add(A, B):\\n    ({names('a')},) = A\\n    ({names('b')},) = B\\n    return (" + ", ".join(f"a{i} + b{i}" for i in range(200)) + ",)", scope)
numbers = tuple(range(200))
for _ in range(3000): total = scope["add"](numbers, numbers)
print(len(total), total[-1])`,
      '<long>',
    );
    expect({ lines, error }).toEqual({ lines: ['200 398'], error: null });
    const attempts = log.filter((line) => line.startsWith('cannot compile add ') && line.endsWith('too many'));
    expect(attempts.length).toBeGreaterThan(0);
    expect(new Set(attempts).size).toBe(attempts.length);
  });
});
