/** Dominance in graphs in their text form. */
import { expect, it } from 'vitest';
import { dominates, shapeOf } from './dominators.ts';
import { parseGraph } from './text.ts';

/** A loop with a branch in it: b1 is its head, b2 and b3 are the ways through it, b4 is where they meet, b5 what follows. */
const GRAPH = parseGraph(`function f(1)
b0():
  %0:bool = argument 0
  jump b1()
loop b1():
  branch %0 b2() b5()
b2():
  branch %0 b3() b4()
b3():
  jump b4()
b4():
  jump b1()
b5():
  return %0`);

it('is what every way from the entry passes', () => {
  const shape = shapeOf(GRAPH);
  const dominated = GRAPH.blocks.map((a) => GRAPH.blocks.filter((b) => dominates(shape, a, b)).map(({ id }) => id).sort().join(''));
  expect(Object.fromEntries(GRAPH.blocks.map(({ id }, i) => [id, dominated[i]]))).toEqual({ 0: '012345', 1: '12345', 2: '234', 3: '3', 4: '4', 5: '5' });
  expect([...shape.idom].map(([block, by]) => `${block.id}<${by.id}`).sort()).toEqual(['0<0', '1<0', '2<1', '3<2', '4<2', '5<1']);
  expect([...shape.loops].map(([head, body]) => [head.id, [...body].map(({ id }) => id).sort()])).toEqual([[1, [1, 2, 3, 4]]]);
});

it('is not of blocks that are in no graph', () => {
  const other = parseGraph('function g(0)\nb0():\n  %0:none = const null\n  return %0').blocks[0]!;
  expect(dominates(shapeOf(GRAPH), other, GRAPH.blocks[0]!)).toBe(false);
});
