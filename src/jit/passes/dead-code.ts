/** Drops values that nobody uses, and block parameters that only feed themselves; counts the uses of those that stay. */
import { edgesOf, forEachValue, type Graph, type Node, type State } from '../ir.ts';
import { isDroppable, operationOf } from '../operations.ts';
import { incomingEdges } from './parameters.ts';

/** See the file's head. */
export function dropDeadCode(graph: Graph): void {
  const live = new Set<Node>();
  const named = new Set<State>();
  const work: Node[] = [];
  const mark = (node: Node): void => {
    if (live.has(node)) return;
    live.add(node);
    work.push(node);
  };
  for (const block of graph.blocks) {
    for (const node of block.nodes) if (!isDroppable(node)) mark(node);
    const { end } = block;
    if (end.kind === 'branch') mark(end.condition);
    if (end.kind === 'return') mark(end.value);
    if (end.kind === 'exit' || end.kind === 'yield') forEachValue(end.state, mark);
    if (end.kind === 'yield') mark(end.value);
  }
  const incoming = incomingEdges(graph);
  const owners = new Map(graph.blocks.flatMap((block) => block.params.map((param, i) => [param, { block, i }] as const)));
  while (work.length > 0) {
    const node = work.pop()!;
    for (const arg of node.args) mark(arg);
    if (node.state !== null && !named.has(node.state)) {
      named.add(node.state);
      forEachValue(node.state, mark);
    }
    const owner = owners.get(node);
    if (owner !== undefined) for (const edge of incoming.get(owner.block) ?? []) mark(edge.args[owner.i]!);
  }
  for (const block of graph.blocks) {
    block.nodes = block.nodes.filter((node) => live.has(node));
    const keep = block.params.map((param) => live.has(param));
    for (const edge of incoming.get(block) ?? []) edge.args = edge.args.filter((_arg, i) => keep[i]);
    block.params = block.params.filter((_param, i) => keep[i]);
  }
  countUses(graph);
}

function useTwice(value: Node): void {
  value.uses += 2;
}

/** Sets `uses` of all nodes. */
function countUses(graph: Graph): void {
  const counted = new Set<State>();
  for (const block of graph.blocks) {
    for (const node of block.params) node.uses = 0;
    for (const node of block.nodes) node.uses = 0;
  }
  for (const block of graph.blocks) {
    for (const node of block.nodes) {
      // What a guard hands on is used where the guard's value is.
      const handsOn = operationOf(node).emit === undefined && operationOf(node).perform === undefined;
      for (const arg of node.args) arg.uses += handsOn ? 2 : 1;
      // A value that only a state names is needed as a variable: it counts twice.
      if (node.state === null || counted.has(node.state)) continue;
      counted.add(node.state);
      forEachValue(node.state, useTwice);
    }
    const { end } = block;
    if (end.kind === 'branch') end.condition.uses++;
    if (end.kind === 'return') end.value.uses++;
    if (end.kind === 'exit' || end.kind === 'yield') forEachValue(end.state, useTwice);
    if (end.kind === 'yield') end.value.uses += 2;
    for (const edge of edgesOf(block)) for (const arg of edge.args) arg.uses += 2;
  }
}
