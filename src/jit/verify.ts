/** Checks that a graph is well formed: run behind every pass while dumping, and in tests. */
import { dominates, shapeOf } from './dominators.ts';
import { edgesOf, stateValues, type Block, type Graph, type Node } from './ir.ts';
import { operationOf } from './operations.ts';

/** Throws an Error that names the block and the node. */
export function verifyGraph(graph: Graph): void {
  const shape = shapeOf(graph);
  const home = new Map<Node, Block>();
  const position = new Map<Node, number>();
  for (const block of graph.blocks) {
    for (const param of block.params) {
      home.set(param, block);
      position.set(param, -1);
    }
    block.nodes.forEach((node, i) => {
      home.set(node, block);
      position.set(node, i);
    });
  }
  const check = (value: Node, block: Block, at: number, who: string): void => {
    const from = home.get(value);
    if (from === undefined) throw new Error(`block ${block.id}: ${who} uses ${value.op} %${value.id}, which is in no block`);
    const isBefore = from === block ? position.get(value)! < at : dominates(shape, from, block);
    if (!isBefore) throw new Error(`block ${block.id}: ${who} uses ${value.op} %${value.id}, which does not dominate it`);
  };
  for (const block of graph.blocks) {
    block.nodes.forEach((node, i) => {
      for (const arg of node.args) check(arg, block, i, `${node.op} %${node.id}`);
      if (node.state !== null) for (const value of stateValues(node.state)) check(value, block, i, `the state of ${node.op} %${node.id}`);
      const row = operationOf(node);
      if ((row.effect === 'guard' || row.effect === 'call') && node.state === null) throw new Error(`block ${block.id}: ${node.op} %${node.id} has no state`);
    });
    for (const edge of edgesOf(block)) {
      if (edge.args.length !== edge.target.params.length) throw new Error(`block ${block.id}: the edge to ${edge.target.id} brings ${edge.args.length} values for ${edge.target.params.length} parameters`);
      for (const arg of edge.args) check(arg, block, Infinity, `the edge to ${edge.target.id}`);
    }
    const { end } = block;
    if (end.kind === 'branch') check(end.condition, block, Infinity, 'the branch');
    if (end.kind === 'return') check(end.value, block, Infinity, 'the return');
    if (end.kind === 'exit' || end.kind === 'yield') for (const value of stateValues(end.state)) check(value, block, Infinity, `the ${end.kind}`);
    if (end.kind === 'yield') check(end.value, block, Infinity, 'the yield');
  }
}
