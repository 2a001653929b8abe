/** The verifier refuses graphs that are broken, and says where. */
import { describe, expect, it } from 'vitest';
import { VirtualObject, type Graph } from './ir.ts';
import { parseGraph } from './text.ts';
import { verifyGraph } from './verify.ts';

const LOOP = `
  function f(2)
  b0():
    %0:value = argument 0
    %1:float!double = unbox %0
    %2:int = guard_kind %0 int ^1[%0]
    jump b1(%2, %1)
  loop b1(%3:int, %4:float!double):
    %5:bool = int_compare %3 %2 0
    branch %5 b2() b3()
  b2():
    %6:int = int_add %3 %2 ^2[%3]
    %7:value = call %0 %6 ^3+![%6]
    jump b1(%6, %4)
  b3():
    %8:float = box %4
    return %8
`;

/** The graph, changed. */
function changed(change: (graph: Graph) => void): Graph {
  const graph = parseGraph(LOOP);
  change(graph);
  return graph;
}

const verify = (graph: Graph): void => verifyGraph(graph, { areDoublesPlaced: true });

describe('the verifier', () => {
  it('accepts a graph that is well formed', () => {
    expect(() => verify(parseGraph(LOOP))).not.toThrow();
  });

  it.each<[string, (graph: Graph) => void]>([
    // [what it says, what was done]
    ['block 0: unbox %1 uses argument %0, which does not dominate it', ({ blocks }) => void blocks[0]!.nodes.push(blocks[0]!.nodes.shift()!)],
    ['block 3: the return uses int_add %6, which does not dominate it', ({ blocks }) => void (blocks[3]!.end = { kind: 'return', value: blocks[2]!.nodes[0]! })],
    ['block 2: int_add %6 uses guard_kind %2, which is in no block', ({ blocks }) => { blocks[0]!.nodes.splice(2, 1); blocks[0]!.end = { kind: 'jump', target: { target: blocks[1]!, args: [blocks[0]!.nodes[0]!, blocks[0]!.nodes[1]!] } }; blocks[1]!.nodes[0]!.args[1] = blocks[1]!.params[0]!; }],
    ['block 2: the state of call %7 uses box %8, which does not dominate it', ({ blocks }) => { blocks[2]!.nodes[1]!.state!.slots = [blocks[3]!.nodes[0]!]; }],
    ['block 2: the state of call %7 uses box %8, which does not dominate it', ({ blocks }) => { blocks[2]!.nodes[1]!.state!.slots = [new VirtualObject('range', [blocks[3]!.nodes[0]!])]; }],
    ['block 2: the state before int_add %6 uses call %7, which does not dominate it', ({ blocks }) => { blocks[2]!.nodes[0]!.before = blocks[2]!.nodes[0]!.state!.copy([blocks[2]!.nodes[1]!]); }],
    ['block 2: call %7 has no state', ({ blocks }) => { blocks[2]!.nodes[1]!.state = null; }],
    ['block 2: int_add %6 has no state', ({ blocks }) => { blocks[2]!.nodes[0]!.state = null; }],
    ['block 2: int_add %6 has 1 operands for "vv"', ({ blocks }) => void blocks[2]!.nodes[0]!.args.pop()],
    ['block 1: argument %0 stands in two places', ({ blocks }) => void blocks[1]!.nodes.push(blocks[0]!.nodes[0]!)],
    ['block 2: the edge to 1 brings 1 values for 2 parameters', ({ blocks }) => { const { end } = blocks[2]!; if (end.kind === 'jump') end.target.args.pop(); }],
    ['block 1: the edge to 3 leads out of the graph', ({ blocks }) => void blocks.pop()],
    ['block 3: does not end', ({ blocks }) => { blocks[3]!.end = undefined as never; }],
    ['block 3: the return wants %4 as an object', ({ blocks }) => { blocks[3]!.end = { kind: 'return', value: blocks[1]!.params[1]! }; }],
    ['block 2: call %7 wants %1 as an object', ({ blocks }) => { blocks[2]!.nodes[1]!.args[1] = blocks[0]!.nodes[1]!; }],
    ['block 3: box %8 wants %3 as a raw double', ({ blocks }) => { blocks[3]!.nodes[0]!.args[0] = blocks[1]!.params[0]!; }],
    ['block 2: the edge to 1 wants %3 as a raw double', ({ blocks }) => { const { end } = blocks[2]!; if (end.kind === 'jump') end.target.args[1] = blocks[1]!.params[0]!; }],
  ])('says "%s"', (message, change) => {
    expect(() => verify(changed(change))).toThrow(message);
  });

  it('does not ask for the form of doubles before they are placed', () => {
    const graph = changed(({ blocks }) => { blocks[3]!.end = { kind: 'return', value: blocks[1]!.params[1]! }; });
    expect(() => verifyGraph(graph, { areDoublesPlaced: false })).not.toThrow();
  });
});
