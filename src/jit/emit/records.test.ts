/** What activations write into their records, on graphs in their text form. */
import { describe, expect, it } from 'vitest';
import { SOURCE_KEPT } from '../../core/compiled.ts';
import { shapeOf } from '../dominators.ts';
import type { Graph, Node } from '../ir.ts';
import { parseGraph } from '../text.ts';
import { verifyGraph } from '../verify.ts';
import { RecordPlan, type Write } from './records.ts';

/** Frames of the graphs here: two variables and a stack of four. */
const FRAME = { locals: 2, frameSize: 6 };

function planned(text: string): { graph: Graph; plan: RecordPlan } {
  const graph = parseGraph(text);
  verifyGraph(graph, { areDoublesPlaced: false });
  return { graph, plan: new RecordPlan(graph, shapeOf(graph), FRAME) };
}

function shown(writes: readonly Write[]): string {
  return writes.map(({ place, value }) => `${place}=${value === null ? '-' : `%${value.id}`}`).join(' ');
}

function nodes(graph: Graph, op: string): Node[] {
  return graph.blocks.flatMap((block) => block.nodes.filter((node) => node.op === op));
}

describe('RecordPlan', () => {
  it('writes at a call what has changed since the one before, and forgets variables that have lost their values', () => {
    const { graph, plan } = planned(`
      function f(2)
      b0():
        %0:value = argument 0
        %1:value = argument 1
        %2:any = binary %0 %1 0 ^4+![%0 %1]
        %3:any = binary %2 %1 0 ^5+![%0 %1 %2]
        %4:any = binary %3 %1 0 ^6+![%3 %1]
        %5:any = const undefined
        %6:any = binary %4 %3 0 ^7+![%3 %5 %4]
        return %6
    `);
    expect(nodes(graph, 'binary').map((call) => shown(plan.writesBefore(call)))).toEqual(['0=%0 1=%1', '2=%2', '0=%3', '2=%4 1=-']);
    expect(plan.sizeOf(null)).toBe(2 + FRAME.frameSize);
  });

  it('names one place for a value that stands in several slots', () => {
    const { graph, plan } = planned(`
      function f(1)
      b0():
        %0:value = argument 0
        %1:any = binary %0 %0 0 ^4+![%0 %0 %0]
        return %1
    `);
    const call = nodes(graph, 'binary')[0]!;
    expect(shown(plan.writesBefore(call))).toBe('0=%0');
    expect([...plan.layoutOf(call.state!).sources]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('writes before a loop what the loop does not change, and in every iteration what it does', () => {
    const { graph, plan } = planned(`
      function f(2)
      b0():
        %0:value = argument 0
        %1:value = argument 1
        jump b1(%0)
      loop b1(%2:any):
        %3:any = binary %2 %1 0 ^4+![%2 %1]
        %4:bool = truth %3 ^5+![%3 %1]
        branch %4 b1(%3) b2()
      b2():
        %5:any = binary %3 %1 0 ^6+![%3 %1]
        return %5
    `);
    const [first, behind] = nodes(graph, 'binary');
    const [entry] = graph.blocks;
    expect(entry!.end.kind === 'jump' && shown(plan.writesAlong(entry!.end.target))).toBe('1=%1');
    expect(shown(plan.writesBefore(first!))).toBe('0=%2');
    expect(shown(plan.writesBefore(nodes(graph, 'truth')[0]!))).toBe('0=%3');
    expect(shown(plan.writesBefore(behind!))).toBe('');
  });

  it('relies behind a meeting of paths on what all of them have written', () => {
    const { graph, plan } = planned(`
      function f(2)
      b0():
        %0:value = argument 0
        %1:value = argument 1
        %2:bool = truth %0 ^4+![%0 %1]
        branch %2 b1() b2()
      b1():
        %3:any = binary %1 %1 0 ^5+![%0 %1]
        %4:any = binary %3 %1 0 ^6+![%3 %1]
        jump b3(%3)
      b2():
        jump b3(%0)
      b3(%5:any):
        %6:any = binary %5 %1 0 ^7+![%5 %1]
        return %6
    `);
    expect(nodes(graph, 'binary').map((call) => shown(plan.writesBefore(call)))).toEqual(['', '0=%3', '']);
  });

  it('leaves what the entered frame keeps at all calls where it is', () => {
    const { graph, plan } = planned(`
      function f(-1)
      b0():
        %0:any = entry_slot 0
        %1:any = entry_slot 1
        %2:any = binary %0 %1 0 ^4+![%0 %1]
        %3:any = binary %2 %1 0 ^6+![%0 %2]
        yield %3 ^8[%0 %1]
    `);
    const calls = nodes(graph, 'binary');
    // Slot 1 has been written into the frame by a look at the second call, perhaps: it is stored again.
    expect(calls.map((call) => shown(plan.writesBefore(call)))).toEqual(['1=%1', '1=%2']);
    expect(calls.map((call) => plan.layoutOf(call.state!).sources[0])).toEqual([SOURCE_KEPT, SOURCE_KEPT]);
    const [kept, changed] = nodes(graph, 'entry_slot');
    expect([plan.isKept(kept!, 0), plan.isKept(changed!, 1)]).toEqual([true, false]);
  });

  it('puts the record of an inlined call on top of that of its caller, which is written once for all its calls', () => {
    const { graph, plan } = planned(`
      function f(2)
      b0():
        %0:value = argument 0
        %1:value = argument 1
        %9:object = const null
        %2:none = enter_inlined #0 ^4+![%0]
        %3:any = binary %1 %1 0 ^5+![%1] in #0! %9 4+![%0]
        %4:any = binary %3 %1 0 ^6+![%1 %3] in #0! %9 4+![%0]
        %5:none = leave_inlined #0 ^7[%1 %3 %4] in #0! %9 4+![%0]
        %6:any = binary %4 %0 0 ^7+![%0 %4]
        return %6
    `);
    const enter = nodes(graph, 'enter_inlined')[0]!;
    const calls = nodes(graph, 'binary');
    const inlining = calls[0]!.state!.inlining!;
    const size = 2 + FRAME.frameSize;
    expect([plan.sizeOf(null), plan.baseOf(inlining)]).toEqual([size, size]);
    const offsets = (writes: readonly Write[]): string => writes.map(({ place, value }) => `${plan.offsetOf(place)}=%${value!.id}`).join(' ');
    expect(offsets(plan.writesBefore(enter))).toBe('2=%0');
    expect(calls.map((call) => offsets(plan.writesBefore(call)))).toEqual([`${size + 2}=%1`, `${size + 3}=%3`, '3=%4']);
    expect(offsets(plan.writesLeaving(nodes(graph, 'leave_inlined')[0]!))).toBe(`${size + 4}=%4`);
  });
});
