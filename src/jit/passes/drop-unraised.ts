/** What cannot raise any more, as it has been specialised or inlined, has no way to a handler: the branch behind it is a jump. */
import { reversePostorder } from '../dominators.ts';
import { resolve, settleOperands, type Graph, type Node } from '../ir.ts';
import { mayBeRaised } from '../operations.ts';
import { mergeBlocks } from './merge-blocks.ts';
import { incomingEdges } from './parameters.ts';
import { pruneParameters } from './prune-parameters.ts';

/** Values that may be RAISED: of nodes that catch, and of parameters that get one of them where functions of a call were inlined in part. */
function raisingValues(graph: Graph): ReadonlySet<Node> {
  const found = new Set<Node>();
  for (const { nodes } of graph.blocks) for (const node of nodes) if (mayBeRaised(node)) found.add(node);
  const incoming = incomingEdges(graph);
  for (const block of graph.blocks) {
    block.params.forEach((param, i) => {
      if (incoming.get(block)?.some((edge) => found.has(resolve(edge.args[i]!))) === true) found.add(param);
    });
  }
  return found;
}

/** See the file's head. Changes the list of blocks. */
export function dropUnraised(graph: Graph): void {
  const raising = raisingValues(graph);
  let hasChanged = false;
  for (const block of graph.blocks) {
    const { end } = block;
    if (end.kind !== 'branch') continue;
    const condition = resolve(end.condition);
    if (condition.op !== 'raised' || raising.has(resolve(condition.args[0]!))) continue;
    block.end = { kind: 'jump', target: end.otherwise };
    block.nodes = block.nodes.filter((node) => node !== condition);
    hasChanged = true;
  }
  if (!hasChanged) return;
  graph.blocks = reversePostorder(graph.blocks[0]!);
  settleOperands(graph);
  pruneParameters(graph);
  mergeBlocks(graph);
}
