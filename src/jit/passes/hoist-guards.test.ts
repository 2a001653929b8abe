/** Guards and reads before loops: what moves, what stays, and where a guard leaves to then. */
import { describe, expect, it } from 'vitest';
import type { LoopEntry, State } from '../ir.ts';
import { graphText, parseGraph } from '../text.ts';
import { hoistedUnit, instructionUnit } from '../units.ts';
import { verifyGraph } from '../verify.ts';
import { hoistGuards } from './hoist-guards.ts';

/** A loop over a counter, with lines in each round, and others in rounds of one kind only. */
function loop(lines: readonly string[], seldom: readonly string[] = []): string {
  return [
    'function f(3)', 'b0():', '  %0:list = argument 0', '  %1:object = argument 1', '  %2:int = argument 2', '  %3:int = const 0', '  %4:int = const 1', '  %5:none = loop_entry ^8[%0 %1 %3]', '  jump b1(%3)',
    'loop b1(%6:int):', '  %7:bool = int_compare %6 %2 0', '  branch %7 b2() b5()',
    'b2():', ...lines, '  %90:bool = int_compare %6 %4 0', '  branch %90 b3() b4()',
    'b3():', ...seldom, '  jump b4()',
    'b4():', '  %91:int = int_add %6 %4 ^30[%0 %1 %6]', '  jump b1(%91)',
    'b5():', '  return %6',
  ].join('\n');
}

/** The lines before the loop, without those that are always there, and the lines in it. */
function hoisted(text: string, mayHoist: LoopEntry['mayHoist'] | null = null): { before: string[]; inside: string[] } {
  const graph = parseGraph(text);
  if (mayHoist !== null) graph.blocks[0]!.nodes.find(({ op }) => op === 'loop_entry')!.imm = { mayHoist };
  verifyGraph(graph, { areDoublesPlaced: false });
  hoistGuards(graph);
  verifyGraph(graph, { areDoublesPlaced: false });
  const lines = graphText(graph).split('\n').map((line) => line.trim());
  const start = lines.indexOf('loop b1(%6:int):');
  const isOwn = (line: string): boolean => /^%(8|1\d|2\d):/.test(line);
  expect(lines.some((line) => line.includes('loop_entry'))).toBe(false);
  return { before: lines.slice(0, start).filter(isOwn), inside: lines.slice(start).filter(isOwn) };
}

/** Where the guard %10 stands; states that read alike are one here, as they are in a graph. */
function hoistedText(text: string): 'before' | 'inside' {
  const graph = parseGraph(text);
  const states = new Map<number, State>();
  for (const { nodes } of graph.blocks) for (const node of nodes) if (node.state !== null) node.state = states.get(node.state.pc) ?? (states.set(node.state.pc, node.state), node.state);
  hoistGuards(graph);
  verifyGraph(graph, { areDoublesPlaced: false });
  return graph.blocks[0]!.nodes.some(({ op }) => op === 'guard_shape') ? 'before' : 'inside';
}

const OBJECT_READS = ['%10:any = guard_shape %1 <object> ^12[%0 %1 %6]', '%11:any = slot_get %10 0', '%12:int = guard_kind %11 int ^14[%0 %1 %6 %11]'];

describe('hoist-guards', () => {
  it('moves a guard, what is read behind it and a guard of that, and has them leave to the head of the loop', () => {
    const { before, inside } = hoisted(loop(OBJECT_READS));
    const at = (unit: number): string => `^8@${hoistedUnit(unit)}[%0 %1 %3]`;
    expect(before).toEqual([`%10:any = guard_shape %1 <object> ${at(12)}`, '%11:any = slot_get %10 0', `%12:int = guard_kind %11 int ${at(14)}`]);
    expect(inside).toEqual([]);
  });

  it.each([
    ['nothing for a change elsewhere', [...OBJECT_READS, '%13:none = slot_set %10 %6 1'], 0],
    ['what reads memory, where something is called', [...OBJECT_READS, '%13:value = call %1 %6 ^20+![%0 %1]'], 3],
    ['what the loop has made', ['%10:any = guard_shape %6 <object> ^12[%0 %1 %6]'], 1],
    ['a read that is safe by a guard of its round only', ['%10:any = items %0', '%11:int = items_length %10', '%12:int = guard_index %6 %11 ^12[%0 %1 %6]', '%13:value = items_get %10 %12'], 2],
    ['the length of a list that grows', ['%10:int = list_length %0', '%11:none = list_append %0 %6 ^12[%0 %1 %6]'], 1],
    ['a guard of the depth behind an inlined call', ['%10:none = guard_depth 7 ^12[%0 %1 %6]', '%11:none = guard_inlined <object> ^12[%0 %1 %6]'], 0],
  ])('leaves in the loop %s', (_what, lines, count) => {
    expect(hoisted(loop(lines)).inside.length - lines.filter((line) => /slot_set|call |append/.test(line)).length).toBe(count);
  });

  it('reads slots of what was an instance for a guard before the loop, its own ones only', () => {
    const known = (slot: number): string => loop([`%11:any = slot_get %1 ${slot}`]).replace('  %3:int', '  %10:any = guard_shape %1 <object> ^2[%0 %1]\n  %3:int');
    expect(hoisted(known(7)).inside).toEqual([]);
    expect(hoisted(known(8)).inside).toEqual(['%11:any = slot_get %1 8']);
    expect(hoisted(loop(['%11:any = slot_get %1 0'])).inside).toEqual(['%11:any = slot_get %1 0']);
  });

  it('leaves in the loop what only some rounds do', () => {
    expect(hoisted(loop([], OBJECT_READS))).toEqual({ before: [], inside: OBJECT_READS });
  });

  it('moves the array of a list of raw floats, unless the loop may make objects of them', () => {
    const raw = ['%10:any = guard_raw %0 ^12[%0 %1 %6]', '%11:int = items_length %10', '%12:int = guard_index %6 %11 ^12[%0 %1 %6]', '%13:float!double = doubles_get %10 %12', '%14:none = doubles_set %10 %12 %13 ^12[%0 %1 %6]'];
    const kept = hoisted(loop(raw));
    expect(kept.before.map((line) => line.split(' ')[2])).toEqual(['guard_raw', 'items_length']);
    expect(kept.inside.map((line) => line.split(' ')[2])).toEqual(['guard_index', 'doubles_get', 'doubles_set']);
    for (const other of ['%20:none = list_set_double %0 %12 %1', '%20:value = call %1 %6 ^20+![%0 %1]', '%20:none = list_append %0 %6 ^12[%0 %1 %6]']) {
      expect(hoisted(loop([...raw, other])).before).toEqual([]);
    }
    // What reads the items of another list as objects moves first.
    const both = hoisted(loop([...raw, '%20:list = guard_kind %1 list ^12[%0 %1 %6]', '%21:any = items %20']));
    expect(both.before.map((line) => line.split(' ')[2])).toEqual(['guard_kind', 'items', 'guard_raw', 'items_length']);
  });

  it('moves from loop to loop', () => {
    const inner = [
      'function f(2)', 'b0():', '  %0:list = argument 0', '  %1:object = argument 1', '  %5:none = loop_entry ^3[%0 %1]', '  jump b1(%1)',
      'loop b1(%6:any):', '  %7:bool = is %6 %0', '  branch %7 b2() b5()', 'b2():', '  %8:none = loop_entry ^9[%0 %1]', '  jump b3(%6)',
      'loop b3(%30:any):', '  %10:any = guard_type %1 <object> ^12[%0 %1 %30]', '  %31:bool = is %30 %0', '  branch %31 b3(%6) b4()', 'b4():', '  jump b1(%6)', 'b5():', '  return %6',
    ].join('\n');
    const graph = parseGraph(inner);
    hoistGuards(graph);
    const lines = graphText(graph).split('\n').map((line) => line.trim());
    expect(lines.indexOf(`%10:any = guard_type %1 <object> ^3@${hoistedUnit(12)}[%0 %1]`)).toBeLessThan(lines.indexOf('loop b1(%6:any):'));
    expect(lines.filter((line) => line.startsWith('%10:')).length).toBe(1);
  });

  it('moves guards out of the loop of an inlined call, which leave before the call as ever, but not where something leaves to another place', () => {
    const inlined = (other: string): string => loop(['%10:any = guard_shape %1 <object> ^2[%0 %1]', '%11:none = safepoint_inlined ^2[%0 %1]', ...(other === '' ? [] : [other])])
      .replace(/\n {2}%5:none = loop_entry.*/, '').replace(/%91:int = int_add %6 %4 \^.*/, '%91:int = int_step %6 %4');
    expect(hoistedText(inlined(''))).toBe('before');
    expect(hoistedText(inlined('%12:int = guard_kind %6 int ^9[%0 %1]'))).toBe('inside');
  });

  it('leaves guards where they stand that have failed too often before the loop', () => {
    const { before, inside } = hoisted(loop(OBJECT_READS), (unit) => instructionUnit(unit) !== 14);
    expect(before.map((line) => line.split(' ')[2])).toEqual(['guard_shape', 'slot_get']);
    expect(inside).toEqual([OBJECT_READS[2]]);
  });
});
