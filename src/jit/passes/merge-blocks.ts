/** Blocks that only one jump leads to become a part of the block that it comes from: passes that look at one block see more. What handles a `raise` stays apart. */
import type { Block, Graph } from '../ir.ts';
import { settleOperands } from '../ir.ts';
import { incomingEdges } from './parameters.ts';

/** See the file's head. */
export function mergeBlocks(graph: Graph): void {
  const incoming = incomingEdges(graph);
  const gone = new Set<Block>();
  for (const block of graph.blocks) {
    if (gone.has(block)) continue;
    for (let { end } = block; end.kind === 'jump' && block.nodes.at(-1)?.catches !== true; { end } = block) {
      const { target, args } = end.target;
      if (target.isLoop || target === graph.blocks[0] || incoming.get(target)!.length !== 1) break;
      target.params.forEach((param, i) => (param.alias = args[i]!));
      for (const node of target.nodes) node.block = block;
      block.nodes.push(...target.nodes);
      block.end = target.end;
      gone.add(target);
    }
  }
  if (gone.size === 0) return;
  graph.blocks = graph.blocks.filter((block) => !gone.has(block));
  settleOperands(graph);
}
