/** The text form of graphs: what is printed can be parsed, and says the same. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ProgramRunner } from '../../test/lang-runner.ts';
import { isVirtual } from './ir.ts';
import { graphText, parseGraph } from './text.ts';
import type { JitTier } from './tier.ts';

const PROGRAMS = join(import.meta.dirname, '..', '..', 'bench', 'programs');

/** Everything that a graph's text says of states, nodes and ends. */
const SAMPLE = `function spam.<locals>.<lambda>(2)
b0():
  %0:value = argument 0
  %1:value = argument 1
  %2:int = guard_kind %0 int ^7@9[%0 %1]
  %3:int = const -0
  %4:bigint = const 12345678901234567890n
  %5:str = const "a ^3[%1] general"
  %6:float = const float(-0)
  %7:unbound = const undefined
  %8:none = const null
  %9:object = const <len>
  %10:value = binary %2 %1 0 ^8+![%7 range(%2,%3,%2) sequence(%0,%2)] ~7@6[%0] seen int|float str never general
  %11:none = call_init %0 %1 <C> ^9+![] init %10
  %12:float!double = unbox %6
  %13:none = guard_is %0 undefined ^1[]
  %14:bool = is %0 %1
  branch %14 b1(%2, %10) b2()
loop b1(%15:int, %16:any):
  jump b1(%15, %16)
b2():
  exit keyword names ^12[%0 %1]`;

describe('the text of a graph', () => {
  it('is what was parsed', () => {
    expect(graphText(parseGraph(SAMPLE))).toBe(SAMPLE);
  });

  it('has states, iterators in parts, feedback and constants when it is parsed', () => {
    const [entry, loop, last] = parseGraph(SAMPLE).blocks;
    const [first, , guard, zero, big, text, float, unbound, , , binary, init, unbox] = entry!.nodes;
    expect(guard!.state).toMatchObject({ pc: 7, at: 9, continues: false, pushes: false, slots: [first, entry!.nodes[1]] });
    expect([zero!.imm, big!.imm, text!.imm, (float!.imm as { value: number }).value, unbound!.imm]).toEqual([-0, 12345678901234567890n, 'a ^3[%1] general', -0, undefined]);
    expect(binary!.state).toMatchObject({ pc: 8, continues: true, pushes: true });
    expect(binary!.state!.slots.map((slot) => (isVirtual(slot) ? [slot.virtual, ...slot.parts] : slot))).toEqual([unbound, ['range', guard, zero, guard], ['sequence', first, guard]]);
    expect(binary!.before).toMatchObject({ pc: 7, at: 6, slots: [first] });
    expect(binary).toMatchObject({ isGeneral: true, feedback: { left: 33, right: 16, result: 0 } });
    expect(init!.state!.constructs).toBe(binary);
    expect(unbox!.isDouble).toBe(true);
    expect(loop).toMatchObject({ isLoop: true, end: { kind: 'jump', target: { target: loop, args: loop!.params } } });
    expect(last!.end).toMatchObject({ kind: 'exit', reason: 'keyword names' });
  });

  it.each([
    ['', 'no function: '],
    ['function f()', 'no function: function f()'],
    ['function f(1)\n  %0:value = argument 0', 'outside of a block: %0:value = argument 0'],
    ['function f(1)\nb0():\n  %0:value = argumend 0', 'no operation: argumend'],
    ['function f(1)\nb0():\n  %0:thing = argument 0', 'no kind of value: thing'],
    ['function f(1)\nb0():\n  return %1', '%1 is not defined above'],
    ['function f(1)\nb0():\n  %0:int = const 1\n  %0:int = const 2', '%0 is defined twice'],
    ['function f(1)\nb0():\n  jump x', 'no edge: x'],
    ['function f(1)\nb0():\n  %0:int = const 1\n  branch %0 b1()', 'no branch: %0 b1()'],
    ['function f(1)\nb0():\n  exit raise', 'no exit: raise'],
    ['function f(1)\nb0():\n  %0:int = const 1\n  exit raise ^3[list(%0)]', 'no slot: list(%0)'],
  ])('%j is refused: %s', (text, message) => {
    expect(() => parseGraph(text)).toThrow(message);
  });
});

describe.each(['all', 30] as const)('all graphs of benchmark programs, -X jit=%s,', (mode) => {
  const runner = new ProgramRunner(/* referenceLoop */ false, mode);
  it('read back as they were, behind every pass', () => {
    const different: string[] = [];
    const passes = new Map<string, number>();
    (runner.thread.interpreter.tier as JitTier).options.dump = (code, _entry, pass, text) => {
      if (pass === 'javascript') return;
      passes.set(pass, (passes.get(pass) ?? 0) + 1);
      if (graphText(parseGraph(text)) !== text) different.push(`${code.code.qualname} behind ${pass}`);
    };
    for (const name of ['attributes', 'closures', 'comprehensions', 'coroutines', 'generators', 'nbody', 'unpacking', 'super_calls']) {
      // Functions and loops run; how often does not matter.
      runner.run(readFileSync(join(PROGRAMS, `${name}.py`), 'utf8').replace(/\d{3,}/g, '70'), name);
    }
    expect(different).toEqual([]);
    expect(passes.get('build')).toBeGreaterThan(10);
    expect(new Set(passes.values()).size).toBe(1);
  });
});
