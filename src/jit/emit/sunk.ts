/**
 * Objects that only exits name: nobody needs them where they are built. They are made where the code is left, if it is: a tuple of arguments for instance, whose items a call has got one
 * by one.
 *
 * INV-1: one exit names such an object once, or it would be two objects there.
 */
import { edgesOf, stateValues, type Block, type Graph, type Node, type State } from '../ir.ts';
import { operationOf, type OperationName } from '../operations.ts';

const SINKABLE: ReadonlySet<OperationName> = new Set<OperationName>(['build_tuple', 'build_list', 'build_spread', 'build_keywords', 'make_bound_native', 'make_bound', 'build_instance', 'build_slice', 'new_exception']);

/** The nodes that are emitted where they are used. */
export function sunkNodes(graph: Graph): ReadonlySet<Node> {
  const sunk: Homes = new Map();
  for (const block of graph.blocks) for (const node of block.nodes) if (SINKABLE.has(node.op)) sunk.set(node, block);
  if (sunk.size > 0) for (const block of graph.blocks) keepUsed(block, sunk);
  return new Set(sunk.keys());
}

/** Nodes with the blocks in which they stand. */
type Homes = Map<Node, Block>;

/** Takes out what is needed elsewhere than at exits of the block in which it is built; an exception that is not raised may be made later still, as it does not look at what its arguments hold. */
function keepUsed(block: Block, sunk: Homes): void {
  for (const node of block.nodes) {
    for (const arg of node.args) sunk.delete(arg);
    if (node.state !== null) keepState(block, node.state, operationOf(node).effect !== 'call', sunk);
  }
  const { end } = block;
  if (end.kind === 'branch') sunk.delete(end.condition);
  if (end.kind === 'return' || end.kind === 'yield') sunk.delete(end.value);
  if (end.kind === 'exit' || end.kind === 'yield') keepState(block, end.state, false, sunk);
  for (const edge of edgesOf(block)) for (const arg of edge.args) sunk.delete(arg);
}

function keepState(block: Block, state: State, isExit: boolean, sunk: Homes): void {
  const seen = new Set<Node>();
  for (const value of stateValues(state)) {
    if (!isExit || (sunk.get(value) !== block && value.op !== 'new_exception') || seen.has(value)) sunk.delete(value);
    seen.add(value);
  }
}
