/** Loops whose ways out stand behind them: run as JavaScript. */
import { describe, expect, it } from 'vitest';
import { shapeOf } from '../dominators.ts';
import type { Block } from '../ir.ts';
import { parseGraph } from '../text.ts';
import { structured, type BlockWriter } from './structure.ts';
import { WaysOut } from './ways-out.ts';

const GRAPH = `
  function f(1)
  b0():
    %0:int = argument 0
    jump b1(%0)
  loop b1(%1:int):
    %2:bool = is %1 %0
    branch %2 b2() b3()
  b2():
    jump b1(%1)
  b3():
    return %1
`;

/** The text of a function of (n, fails, polls): it counts to n in a loop that leaves where `fails` says so, and looks at `polls` before it jumps back. */
function loopText(isGathered: boolean): string {
  const graph = parseGraph(GRAPH);
  let ways: WaysOut | null = null;
  const writer: BlockWriter = {
    body: ({ id }: Block) => {
      if (id !== 2) return [];
      const poll = ['log.push(i);', 'i++;', ways!.again()];
      return [`if (fails(i)) ${ways!.add(['return "left " + i;'])}`, `if (polls(i)) ${ways!.add(poll)}`, 'i++;'];
    },
    moves: () => [],
    condition: () => 'i < n',
    leave: () => ['return i;'],
    beginLoop: (header) => (ways = isGathered ? new WaysOut(header) : null),
    endLoop: () => undefined,
  };
  return structured(graph, shapeOf(graph), writer).lines.join('\n');
}

describe('WaysOut', () => {
  const run = new Function('n', 'fails', 'polls', 'log', `let i = 0, entered;\n${loopText(true)}`) as (n: number, fails: (i: number) => boolean, polls: (i: number) => boolean, log: number[]) => unknown;

  it('leave the function, or enter the loop again where it was left', () => {
    const log: number[] = [];
    expect(run(10, () => false, (i) => i % 4 === 1, log)).toBe(10);
    expect(log).toEqual([1, 5, 9]);
    expect(run(10, (i) => i === 7, () => false, log)).toBe('left 7');
    expect(run(0, () => true, () => true, log)).toBe(0);
  });

  it('stand behind the loop', () => {
    const text = loopText(true);
    const loop = text.slice(text.indexOf('loop1: for'), text.indexOf('return "left '));
    expect(loop).not.toMatch(/return|again/);
    expect(text).toMatch(/^\s*again1: for \(;;\) \{ entered = 1; x1_1: \{ x1_0: \{$/m);
  });
});
