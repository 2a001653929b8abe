/** Entry points of functions: who asks for them, in all tiers. */
import { describe, expect, it } from 'vitest';
import { ProgramRunner, type JitMode } from '../../test/lang-runner.ts';
import { PyFunction, PyMethod } from '../core/function.ts';
import type { CallFunction } from '../core/type.ts';
import type { Value } from '../core/value.ts';
import { newModuleFunction } from '../modules/native-module.ts';
import { ValueError } from '../objects/exception-types.ts';
import { tableSetStr } from '../objects/hash-table.ts';
import { raise } from '../objects/raise.ts';
import { repr } from '../objects/text.ts';
import { defaultEntryPoint, getEntryPoint, resetEntryPoint, setEntryPoint } from './entry-points.ts';
import { evaluateByDefault, resetFrameEvaluator, setFrameEvaluator } from './frame-evaluator.ts';
import { HookError } from './hook-error.ts';

/** Modes of the JIT that make a function be called from tier 0, from compiled code, and from code that is compiled on the way. */
const MODES: readonly JitMode[] = ['0', 'all', 20];

const functionOf = (value: Value): PyFunction => (value instanceof PyMethod ? value.func : value) as PyFunction;

/** A runner whose programs have `wrap(f)`: calls are written to `seen` and go on; `answer(f)`: calls give 42; `refuse(f)`: they raise; `reset(f)`. */
function makeRunner(jit: JitMode): { runner: ProgramRunner; seen: string[] } {
  const runner = new ProgramRunner(/* referenceLoop */ false, jit);
  const t = runner.thread;
  const { interpreter } = t;
  const seen: string[] = [];
  const byDefault = defaultEntryPoint(interpreter);
  const wrapper: CallFunction = (tt, callee, args, keywords) => {
    seen.push(`${(callee as PyFunction).qualname}(${args.map((arg) => repr(tt, arg)).join(', ')})${keywords === null ? '' : ` ${keywords.join()}`}`);
    return byDefault(tt, callee, args, keywords);
  };
  const entries: Record<string, CallFunction> = { wrap: wrapper, answer: () => 42, nothing: (() => undefined) as unknown as CallFunction, refuse: () => raise(ValueError, 'refused'), reset: byDefault };
  for (const [name, entry] of Object.entries(entries)) {
    const native = newModuleFunction('builtins', name, [(_t: unknown, func: Value) => { setEntryPoint(interpreter, functionOf(func), entry); return func; }, '($module, func, /)', 'Set an entry point.']);
    tableSetStr(interpreter.builtins.table, name, native);
  }
  return { runner, seen };
}

describe.each(MODES)('an entry point, -X jit=%s,', (jit) => {
  const { runner, seen } = makeRunner(jit);
  /** Runs a program in which each call of the last part is a call through `wrap`. */
  const run = (source: string): { lines: readonly string[]; error: string | null; seen: string[] } => {
    seen.length = 0;
    const result = runner.run(source, '<entry>');
    return { ...result, seen: [...seen] };
  };

  it('is asked by loops, before and behind the compilation of the caller and of the function', () => {
    const result = run(`
def f(a): return a + 1
def many(n):
    total = 0
    for i in range(n): total += f(i)
    return total
print(many(300))
wrap(f)
print(many(3), many(300))
answer(f)
print(many(300), f(0))
reset(f)
print(many(300))
`);
    expect(result).toMatchObject({ error: null, lines: ['45150', '6 45150', '12600 42', '45150'] });
    expect(result.seen).toHaveLength(303);
    expect(result.seen.slice(0, 3)).toEqual(['f(0)', 'f(1)', 'f(2)']);
  });

  it('gets the arguments of calls by name, by * and **, and through methods', () => {
    const result = run(`
@wrap
def f(a, b=2, *rest, c=3, **names): return (a, b, rest, c, names)
class C:
    @wrap
    def m(self, x=5): return x
    __repr__ = lambda self: 'C()'
def calls(n):
    for _ in range(n):
        out = [f(1), f(1, c=4), f(*(1, 2, 3), **{'z': 0}), C().m(), C().m(x=7), C.m(C(), 8)]
    return out
print(calls(300))
`);
    expect(result).toMatchObject({ error: null, lines: ["[(1, 2, (), 3, {}), (1, 2, (), 4, {}), (1, 2, (3,), 3, {'z': 0}), 5, 7, 8]"] });
    expect(result.seen).toEqual(Array.from({ length: 300 }, () => ['f(1)', 'f(1, 4) c', 'f(1, 2, 3, 0) z', 'C.m(C())', 'C.m(C(), 7) x', 'C.m(C(), 8)']).flat());
  });

  it('that is set behind the compilation of callers that have bound keywords and defaults sees equal calls, and soon the same', () => {
    const result = run(`
def f(a, b=2, *, c=3): return a + b + c
def calls(n):
    for _ in range(n): out = [f(1), f(1, c=4), f(b=1, a=2, c=0), f(1, 2, c=3)]
    return out
calls(300)
wrap(f)
print(calls(400))
`);
    expect(result).toMatchObject({ error: null, lines: ['[6, 7, 3, 6]'] });
    expect(result.seen).toHaveLength(1600);
    expect(result.seen.slice(-4)).toEqual(['f(1)', 'f(1, 4) c', 'f(1, 2, 0) b,a,c', 'f(1, 2, 3) c']);
    for (const call of result.seen) expect(['f(1)', 'f(1, 2, 3) c', 'f(1, 4) c', 'f(1, 2, 4) c', 'f(1, 2, 0) b,a,c', 'f(1, 2, 0) a,b,c', 'f(2, 1, 0) c', 'f(2, 1, 0) b,a,c']).toContain(call);
  });

  it('is asked by constructors, operators, native code, generators at their making, decorators and properties', () => {
    const result = run(`
class P:
    @wrap
    def __init__(self, v): self.v = v
    @wrap
    def __add__(self, other): return P(self.v + other.v)
    @property
    @wrap
    def twice(self): return self.v * 2
    @wrap
    def __lt__(self, other): return self.v < other.v
    @wrap
    def __iter__(self):
        yield self.v
    def __repr__(self): return f'P{getattr(self, "v", "?")}'
def work(n):
    for i in range(n):
        p = P(i) + P(1)
        out = (p, p.twice, sorted([P(2), P(1)]), list(p), list(map(key, [3])))
    return out
@wrap
def key(x): return -x
print(work(1))
work(250)
answer(key); nothing(P.__iter__); reset(P.__lt__); reset(P.__add__); reset(P.twice.fget); reset(P.__init__)
print(list(map(key, [1])), P.__iter__(1))
print(sorted([P(2), P(1)]), (P(1) + P(2)).twice)
`);
    expect(result).toMatchObject({ error: null, lines: ['(P1, 2, [P1, P2], [1], [-3])', '[42] None', '[P1, P2] 6'] });
    expect(result.seen.slice(0, 11)).toEqual([
      'P.__init__(P?, 0)', 'P.__init__(P?, 1)', 'P.__add__(P0, P1)', 'P.__init__(P?, 1)', 'P.twice(P1)', 'P.__init__(P?, 2)', 'P.__init__(P?, 1)', 'P.__lt__(P1, P2)',
      'P.__iter__(P1)', 'key(3)',
    ].concat('P.__init__(P?, 0)'));
    expect(result.seen).toHaveLength(10 * 251);
  });

  it('of one function of a code does not concern the others', () => {
    const result = run(`
def make(k):
    def add(x): return x + k
    return add
one, two = make(1), make(2)
def both(n):
    for i in range(n): last = (one(i), two(i))
    return last
print(both(300))
answer(one)
print(both(300))
def make_other(k): return lambda x: x * k
three = make_other(3)
for i in range(300): three(i)
one.__code__ = three.__code__
print(both(300))
reset(one)
print(both(300))
answer(two)
print(both(300))
reset(two)
print(both(300))
`);
    expect(result).toMatchObject({ error: null, lines: ['(300, 301)', '(42, 301)', '(42, 301)', '(299, 301)', '(299, 42)', '(299, 301)'] });
  });

  it('that raises is not in the traceback, its caller is, at the right line', () => {
    const result = run(`
def entries(tb): return [] if tb is None else [(tb.tb_frame.f_code.co_name, tb.tb_lineno)] + entries(tb.tb_next)
def f(x):
    return 1 // x
def caller(x):
    a = 1
    b = f(
        x)
    return b
def lines(x):
    try: caller(x)
    except Exception as e: return entries(e.__traceback__), repr(e)
for _ in range(250): lines(1)
print(*lines(0))
wrap(f)
for _ in range(30): lines(1)
print(*lines(0))
refuse(f)
for _ in range(30): lines(1)
print(*lines(0))
reset(f)
print(*lines(0))
`);
    const divided = "[('lines', 11), ('caller', 7), ('f', 4)] ZeroDivisionError('division by zero')";
    expect(result).toMatchObject({ error: null, lines: [divided, divided, "[('lines', 11), ('caller', 7)] ValueError('refused')", divided] });
  });

  it('counts against the recursion limit like any call', () => {
    const result = run(`
@wrap
def down(n): return 0 if n == 0 else 1 + down(n - 1)
print(down(200))
try: down(10**6)
except RecursionError as e: print(e)
print(down(200))
`);
    expect(result).toMatchObject({ error: null, lines: ['200', 'maximum recursion depth exceeded', '200'] });
  });

  it('is what _testcapi.function_setvectorcall sets, attribute lookup goes through it', () => {
    expect(run(`
from _testcapi import function_setvectorcall
class X:
    def __getattribute__(self, name): return name
def get(x): return x.a
def plain(n): return n
print({get(X()) for _ in range(250)}, {plain(1) for _ in range(250)})
function_setvectorcall(X.__getattribute__)
function_setvectorcall(plain)
print({get(X()) for _ in range(250)}, {plain(1) for _ in range(250)}, X().b)
for wrong in (1, len):
    try: function_setvectorcall(wrong)
    except SystemError: print('SystemError')
`)).toMatchObject({ error: null, lines: ["{'a'} {1}", "{'overridden'} {'overridden'} overridden", 'SystemError', 'SystemError'] });
  });

  it('may be changed while the function runs', () => {
    expect(run(`
def f(n):
    if n == 0: answer(f); return 0
    return f(n - 1) + 1
print(f(300), f(300))
reset(f)
print(f(5), f(1))
`)).toMatchObject({ error: null, lines: ['300 42', '5 42'] });
  });
});

describe('with a frame evaluator', () => {
  it('both are asked: the entry point first, the evaluator for the frame that it makes', () => {
    const { runner, seen } = makeRunner(20);
    const { interpreter } = runner.thread;
    const frames: string[] = [];
    setFrameEvaluator(interpreter, (t, f) => {
      frames.push(f.code.code.name);
      return evaluateByDefault(t, f);
    });
    const result = runner.run('def f(n): return n\nwrap(f)\ndef g(n): return f(n)\nfor i in range(50): g(i)\nanswer(f)\nprint(g(1))\nreset(f)\nprint(g(1))', '<both>');
    resetFrameEvaluator(interpreter);
    expect(result).toEqual({ error: null, lines: ['42', '1'] });
    expect(seen).toHaveLength(50);
    expect(frames.filter((name) => name === 'f')).toHaveLength(51);
    expect(frames.filter((name) => name === 'g')).toHaveLength(52);
  });
});

describe('setEntryPoint', () => {
  const { interpreter } = new ProgramRunner(/* referenceLoop */ false, '0').thread;

  it('refuses what is no function', () => {
    expect(() => setEntryPoint(interpreter, 1 as unknown as PyFunction, () => null)).toThrow(HookError);
    expect(() => setEntryPoint(interpreter, Object.create(PyFunction.prototype) as PyFunction, null as unknown as CallFunction)).toThrow('an entry point is a function');
  });

  it('is what getEntryPoint tells, and counts each function once', () => {
    const runner = new ProgramRunner(/* referenceLoop */ false, '0');
    const found: PyFunction[] = [];
    tableSetStr(runner.thread.interpreter.builtins.table, 'take', newModuleFunction('builtins', 'take', [(_t: unknown, func: Value) => void found.push(func as PyFunction), '($module, func, /)', 'Take.']));
    runner.run('def f(): pass\ntake(f)', '<take>');
    const [func] = found as [PyFunction];
    const own: CallFunction = () => 1;
    expect(getEntryPoint(func)).toBe(defaultEntryPoint(runner.thread.interpreter));
    setEntryPoint(runner.thread.interpreter, func, own);
    setEntryPoint(runner.thread.interpreter, func, own);
    expect(getEntryPoint(func)).toBe(own);
    expect(func.code.ownEntries).toBe(1);
    resetEntryPoint(runner.thread.interpreter, func);
    resetEntryPoint(runner.thread.interpreter, func);
    expect(func.code.ownEntries).toBe(0);
    expect(getEntryPoint(func)).toBe(defaultEntryPoint(runner.thread.interpreter));
  });
});
