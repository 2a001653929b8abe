/** Reads that loops keep in variables: which, with which guards, and which not. */
import { describe, expect, it } from 'vitest';
import type { LoopEntry } from '../ir.ts';
import { graphText, parseGraph } from '../text.ts';
import { verifyGraph } from '../verify.ts';
import { hoistGuards } from './hoist-guards.ts';

/** A loop over a counter; `lines` in each round, `seldom` in some. */
function loop(lines: readonly string[], seldom: readonly string[] = []): string {
  return [
    'function f(3)', 'b0():', '  %0:object = argument 0', '  %1:object = argument 1', '  %2:int = argument 2', '  %3:int = const 0', '  %4:int = const 1', '  %5:any = guard_shape %0 <object> ^2[%0 %1 %2]',
    '  %6:none = loop_entry ^8[%0 %1 %3]', '  jump b1(%3)',
    'loop b1(%7:int):', '  %8:bool = int_compare %7 %2 0', '  branch %8 b2() b5()',
    'b2():', ...lines, '  %90:bool = int_compare %7 %4 0', '  branch %90 b3() b4()',
    'b3():', ...seldom, '  jump b4()',
    'b4():', '  %91:int = int_add %7 %4 ^30[%0 %1 %7]', '  jump b1(%91)',
    'b5():', '  return %7',
  ].join('\n');
}

/** The graph behind the pass: what stands before the loop from the read on, the loop's variables, and what is left of reads and guards in it. */
function carried(text: string, mayHoist: LoopEntry['mayHoist'] | null = null): { before: string[]; variables: number; inside: string[]; text: string } {
  const graph = parseGraph(text);
  if (mayHoist !== null) graph.blocks[0]!.nodes.find(({ op }) => op === 'loop_entry')!.imm = { mayHoist };
  verifyGraph(graph, { areDoublesPlaced: false });
  hoistGuards(graph);
  verifyGraph(graph, { areDoublesPlaced: false });
  const ops = (index: number): string[] => graph.blocks[index]!.nodes.map(({ op }) => op).filter((op) => /^(slot_get|cell_get|guard_kind|guard_bound)$/.test(op));
  return { before: ops(0), variables: graph.blocks[1]!.params.length - 1, inside: graph.blocks.slice(1).flatMap((_, i) => ops(i + 1)), text: graphText(graph) };
}

const ADD = ['%10:any = slot_get %5 0', '%11:int = guard_kind %10 int ^14[%0 %1 %7 %10]', '%12:int = int_add %11 %4 ^16[%0 %1 %7]', '%13:none = slot_set %5 %12 0'];

describe('carry-reads', () => {
  it('reads an attribute once, and asks for its kind once, where the loop writes what has that kind', () => {
    expect(carried(loop(ADD))).toMatchObject({ before: ['slot_get', 'guard_kind'], variables: 1, inside: [] });
  });

  it('keeps the writes', () => {
    expect(carried(loop(ADD)).text.match(/slot_set/g)).toHaveLength(1);
  });

  it('leaves the guard in the loop where what is written may be something else', () => {
    const lines = [...ADD.slice(0, 3), '%13:none = slot_set %5 %1 0'];
    expect(carried(loop(lines))).toMatchObject({ before: ['slot_get'], variables: 1, inside: ['guard_kind'] });
  });

  it('leaves the guard in the loop where it has failed before the loop', () => {
    expect(carried(loop(ADD), () => false)).toMatchObject({ before: ['slot_get'], variables: 1, inside: ['guard_kind'] });
  });

  it('gives ways that meet a variable of their own', () => {
    const { variables, inside, text } = carried(loop(ADD, ['%20:none = slot_set %5 %7 0']));
    expect([variables, inside]).toEqual([1, []]);
    expect(text).toMatch(/b4\(%\d+:int\):/);
  });

  it('carries the variable of a closure, with the guard that it is bound', () => {
    const lines = ['%10:any = cell_get %1', '%11:value = guard_bound %10 ^13[%0 %1 %7]', '%12:int = guard_kind %11 int ^14[%0 %1 %7 %11]', '%13:int = int_add %12 %4 ^16[%0 %1 %7]', '%14:none = cell_set %1 %13'];
    expect(carried(loop(lines))).toMatchObject({ before: ['cell_get', 'guard_bound', 'guard_kind'], variables: 1, inside: [] });
  });

  it.each([
    ['what another object of the same shape may share', [...ADD, '%20:any = guard_shape %1 <object> ^20[%0 %1 %7]', '%21:none = slot_set %20 %7 0']],
    ['where something is called', [...ADD, '%20:value = call %1 %7 ^20+![%0 %1]']],
    ['what is read in some rounds only', ['%20:int = int_add %7 %4 ^16[%0 %1 %7]'], ADD],
  ])('does not carry %s', (_name, lines, seldom: string[] = []) => {
    expect(carried(loop(lines, seldom))).toMatchObject({ before: [], variables: 0, inside: ['slot_get', 'guard_kind'] });
  });
});
