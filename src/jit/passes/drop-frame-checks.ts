/** Returns need not ask whether somebody has the activation's frame where nothing is called that could look for it: what looked like calls has been specialised. */
import { edgesOf, type Block, type Graph, type Node } from '../ir.ts';
import { canRaise, operationOf } from '../operations.ts';

function asksForFrame(node: Node): boolean {
  return node.op === 'frame_seen';
}

/** Whether a node calls something, or makes a frame of the activation and goes on. */
function looksAtFrames(node: Node): boolean {
  if (node.catches && canRaise(node)) return true;
  return operationOf(node).effect === 'call' && node.op !== 'raise' && node.op !== 'reraise';
}

function reachable(graph: Graph): ReadonlySet<Block> {
  const found = new Set<Block>();
  const work = [graph.blocks[0]!];
  while (work.length > 0) {
    const block = work.pop()!;
    if (found.has(block)) continue;
    found.add(block);
    for (const { target } of edgesOf(block)) work.push(target);
  }
  return found;
}

/** See the file's head. */
export function dropFrameChecks(graph: Graph): void {
  if (graph.blocks.some(({ nodes }) => nodes.some(looksAtFrames))) return;
  for (const block of graph.blocks) {
    const { end } = block;
    if (end.kind === 'branch' && asksForFrame(end.condition)) block.end = { kind: 'jump', target: end.otherwise };
    block.nodes = block.nodes.filter((node) => !asksForFrame(node));
  }
  const kept = reachable(graph);
  graph.blocks = graph.blocks.filter((block) => kept.has(block));
}
