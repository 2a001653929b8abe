/** Drops block parameters that always have the same value: what a loop does not change is no variable of the loop. */
import { resolve, settleOperands, type Edge, type Graph, type Node } from '../ir.ts';
import { incomingEdges } from './parameters.ts';

/** See the file's head. */
export function pruneParameters(graph: Graph): void {
  const incoming = incomingEdges(graph);
  let hasPruned = false;
  for (let changed = true; changed;) {
    changed = false;
    for (const block of graph.blocks) {
      const edges = incoming.get(block) ?? [];
      for (let i = block.params.length - 1; i >= 0; i--) {
        const only = onlyValue(block.params[i]!, edges, i);
        if (only === null) continue;
        block.params[i]!.alias = only;
        block.params.splice(i, 1);
        for (const edge of edges) edge.args.splice(i, 1);
        changed = hasPruned = true;
      }
    }
  }
  if (hasPruned) settleOperands(graph);
}

/** The one value other than the parameter itself that the edges bring, or null. */
function onlyValue(param: Node, edges: readonly Edge[], i: number): Node | null {
  let only: Node | null = null;
  for (const { args } of edges) {
    const value = resolve(args[i]!);
    if (value === param || value === only) continue;
    if (only !== null) return null;
    only = value;
  }
  return only;
}
