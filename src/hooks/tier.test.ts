/** The hooks that a JIT uses, with compiled code written by hand: being asked, calls through compiled code, frames from records, leaving and going on. */
import { describe, expect, it } from 'vitest';
import { ProgramRunner } from '../../test/lang-runner.ts';
import { listInstructions } from '../bytecode/instruction-list.ts';
import { OPNAME } from '../bytecode/opcodes.ts';
import { Site, SOURCE_CONSTANT, SOURCE_DOUBLE, SOURCE_RANGE, SOURCE_UNBOUND, SOURCE_VALUE, UNWIND } from '../core/compiled.ts';
import { NEVER, type CompiledCall, type Frame, type PyCode, type PyFunction } from '../core/function.ts';
import type { CompiledFrame, Thread, Tier } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import { newModuleFunction } from '../modules/native-module.ts';
import { tableSetStr } from '../objects/hash-table.ts';
import { servicesOf } from './services.ts';
import { getTier, setHotness, setTier } from './tier.ts';

const runner = new ProgramRunner(/* referenceLoop */ false, '0');
const t = runner.thread;
const { interpreter } = t;
const { doors, operations } = servicesOf(interpreter);

/** A tier that notes where it is asked, and runs what `answer` gives. */
function asked(answer: (f: Frame) => CompiledFrame | null = () => null, again = NEVER): { tier: Tier; places: string[]; left: number } {
  const noted = { places: [] as string[], left: 0, tier: null as unknown as Tier };
  noted.tier = {
    hot: (_t, f) => {
      f.code.countdown = again;
      noted.places.push(`${f.code.code.name} ${f.pc}`);
      return answer(f);
    },
    handler: () => null,
    begins: () => undefined, left: () => void noted.left++,
    instrumentedChanged: () => undefined,
  };
  return noted;
}

/** Runs a program with a tier that is asked after `calls` calls and back edges of code made from now on. */
function runWith(tier: Tier, calls: number, source: string): readonly string[] {
  const before = getTier(interpreter);
  setTier(interpreter, tier);
  const control = runner as unknown as { countdown: number };
  const { countdown } = control;
  control.countdown = calls;
  try {
    const { lines, error } = runner.run(source, '<tier>');
    expect(error).toBeNull();
    return lines;
  } finally {
    control.countdown = countdown;
    setHotness(interpreter, NEVER);
    setTier(interpreter, before);
  }
}

/** Where the nth instruction of that name starts. */
function positionOf(code: PyCode, name: string, nth = 0): number {
  return listInstructions(code.code).filter((row) => OPNAME[row.op] === name)[nth]!.at;
}

/** A native function of the programs: hands a function over to TypeScript. */
function native(name: string, run: (func: PyFunction) => void): void {
  tableSetStr(interpreter.builtins.table, name, newModuleFunction('builtins', name, [(_t: unknown, func: Value) => void run(func as PyFunction), '($module, func, /)', 'Compile.']));
}

function siteFor(code: PyCode, pc: number, sources: readonly number[], more: Partial<{ continues: boolean; pushes: boolean; constants: readonly Maybe[]; values: number }> = {}): Site {
  return new Site({ isFrame: false, code, pc, at: pc, continues: false, pushes: false, sources: Int32Array.from(sources), constants: [], values: sources.length / 2, reason: 'test', ...more });
}

function write(base: number, func: PyFunction | Frame, site: Site, ...values: unknown[]): void {
  t.records[base] = func;
  t.records[base + 1] = site;
  values.forEach((value, i) => (t.records[base + 2 + i] = value));
}

describe('hotness', () => {
  it('counts calls and back edges of a code object together, and stops at NEVER', () => {
    const noted = asked();
    runWith(noted.tier, 4, `
def f(): pass
def g():
    for i in range(10): pass
for _ in range(3): f()
f()
assert True
f()
g()
`);
    // The fifth call of f; the fourth jump back of g, whose call counts too; the module's loop runs three times only.
    expect(noted.places.map((place) => place.split(' ')[0])).toEqual(['f', 'g']);
  });

  it('asks again after the number that the tier sets', () => {
    const noted = asked(() => null, 9);
    runWith(noted.tier, 9, 'def f(): pass\ndef g():\n    f(); f(); f(); f(); f(); f(); f(); f(); f(); f()\ng(); g(); g()\n');
    expect(noted.places.filter((place) => place.startsWith('f '))).toHaveLength(3);
  });

  it('set for code that is there reaches that code only that is chosen', () => {
    const noted = asked();
    runner.run('def chosen(): pass\ndef other(): pass\nchosen(); other()\nimport sys; sys.kept = chosen, other', '<hotness>');
    setTier(interpreter, noted.tier);
    setHotness(interpreter, 0, (code) => code.code.name === 'chosen');
    runner.run('import sys\nfor f in sys.kept: f(); f()\n', '<hotness>');
    setHotness(interpreter, NEVER);
    expect(noted.places).toEqual([expect.stringMatching(/^chosen /)]);
  });
});

describe('a compiled call', () => {
  it('leaves for tier 0 at an instruction, with locals, constants, doubles, unbound names and iterators made from its record', () => {
    native('compile', (func) => {
      const { code } = func;
      // In the body of the loop, behind FOR_ITER: i is stored next, `late` is unbound still.
      const store = positionOf(code, 'STORE_FAST', 1);
      const site = siteFor(code, store, [
        SOURCE_VALUE, 0, SOURCE_DOUBLE, 1, SOURCE_UNBOUND, 0, SOURCE_UNBOUND, 0, SOURCE_RANGE, 2, SOURCE_CONSTANT, 0,
      ], { constants: [7], values: 5 });
      code.useCompiled((tt, f, n) => {
        const base = tt.top;
        tt.depth++;
        write(base, f, site, n, 0.5, 8, 1, 2);
        return doors.leave(tt, base);
      });
    });
    const lines = runWith(asked().tier, NEVER, `
def f(n):
    total = 0.0
    for i in range(n):
        late = i
        total += i
    return n, total, late
print(f(3))
compile(f)
print(f(3), [f(4) for _ in range(2)])
`);
    expect(lines).toEqual(['(3, 3.0, 2)', '(3, 24.5, 9) [(4, 24.5, 9), (4, 24.5, 9)]']);
  });

  it('is a frame for whoever looks from inside of its calls, brings it up to date when it returns, and raises at its line', () => {
    native('compile', (func) => {
      const { code } = func;
      const site = siteFor(code, positionOf(code, 'STORE_FAST'), [SOURCE_VALUE, 0, SOURCE_VALUE, 1, SOURCE_UNBOUND, 0], { continues: true, pushes: true, values: 3 });
      const returning = siteFor(code, positionOf(code, 'RETURN_VALUE'), [SOURCE_VALUE, 0, SOURCE_VALUE, 1, SOURCE_VALUE, 2, SOURCE_VALUE, 2], { values: 3 });
      const call: CompiledCall = (tt, f, inner, x) => {
        const base = tt.top;
        tt.depth++;
        write(base, f, site, inner, x);
        tt.top = base + site.size;
        try {
          let result: unknown = operations.call(tt, inner as Value, [x as Value]);
          if (typeof result === 'symbol' || tt.breaker[0] !== 0) result = doors.afterCall(tt, base, result as Value);
          if (result === UNWIND) return UNWIND;
          const answer = `compiled ${String(result)}`;
          if (tt.records[base] !== f) {
            tt.records[base + 1] = returning;
            tt.records[base + 4] = answer;
            return doors.finishSeen(tt, base);
          }
          tt.top = base;
          tt.depth--;
          return answer;
        } catch (caught) {
          return doors.caught(tt, base, caught);
        }
      };
      code.useCompiled(call);
    });
    const lines = runWith(asked().tier, NEVER, `
import sys, traceback
kept = []
def f(inner, x):
    y = inner(
        x)
    return y
def look(x):
    frame = sys._getframe(1)
    kept.append(frame)
    return f'{frame.f_code.co_name} {frame.f_lineno} {sorted(frame.f_locals)} {frame.f_back.f_code.co_name}'
def fail(x): raise KeyError(x)
def outer(inner, x): return f(inner, x)
compile(f)
print(outer(look, 1))
print(kept[0].f_locals['y'], kept[0].f_locals['x'], kept[0].f_back.f_code.co_name)
try: outer(fail, 2)
except KeyError as e: print(repr(e), [(r.name, r.lineno) for r in traceback.extract_tb(e.__traceback__)])
try: outer(1, 2)
except TypeError as e: print(e, [(r.name, r.lineno) for r in traceback.extract_tb(e.__traceback__)])
`);
    expect(lines).toEqual([
      "compiled f 5 ['inner', 'x'] outer",
      "compiled f 5 ['inner', 'x'] outer 1 outer",
      "KeyError(2) [('<module>', 17), ('outer', 13), ('f', 5), ('fail', 12)]",
      "'int' object is not callable [('<module>', 19), ('outer', 13), ('f', 5)]",
    ]);
  });

  it('is evicted when what it calls leaves: both go on in tier 0', () => {
    native('compile', (func) => {
      const { code } = func;
      const isInner = code.code.name === 'inner';
      const site = isInner
        ? siteFor(code, positionOf(code, 'LOAD_FAST_BORROW'), [SOURCE_VALUE, 0], { values: 1 })
        : siteFor(code, positionOf(code, 'CALL') + 4, [SOURCE_VALUE, 0, SOURCE_CONSTANT, 0], { continues: true, pushes: true, constants: [100], values: 1 });
      code.useCompiled((tt, f, a) => {
        const base = tt.top;
        tt.depth++;
        write(base, f, site, a);
        if (isInner) return doors.leave(tt, base);
        tt.top = base + site.size;
        return doors.afterCall(tt, base, operations.call(tt, a as Value, [5])) as Value;
      });
    });
    const noted = asked();
    expect(runWith(noted.tier, NEVER, `
def inner(x): return x + 1
def outer(g): return 100 + g(5)
compile(inner); compile(outer)
print(outer(inner), [outer(inner) for _ in range(2)], list(map(outer, [inner])))
`)).toEqual(['106 [106, 106] [106]']);
    expect(noted.left).toBe(4);
    expect(t.top).toBe(0);
  });
});

describe('a compiled frame', () => {
  it('takes a loop over where it is hot, and leaves it behind', () => {
    const noted = asked((f) => {
      if (f.code.code.name !== 'spin') return null;
      const site = siteFor(f.code, f.pc, [SOURCE_VALUE, 0, SOURCE_VALUE, 1], { values: 2 });
      return (tt: Thread, frame: Frame) => {
        const base = tt.top;
        const [n, i] = frame.stack as [number, number];
        // All but the last three rounds at once.
        write(base, frame, site, n, Math.max(i, n - 3));
        return doors.leave(tt, base);
      };
    });
    expect(runWith(noted.tier, 10, `
seen = []
def spin(n):
    i = 0
    while i < n:
        seen.append(i)
        i += 1
    return i
print(spin(1000), len(seen), seen[-3:])
`)).toEqual(['1000 13 [997, 998, 999]']);
    expect(noted.places.filter((place) => place.startsWith('spin'))).toHaveLength(1);
    expect(noted.left).toBe(1);
  });
});
