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

function targetsOf(block: Block): Block[] {
  return edgesOf(block).map(({ target }) => target);
}

/** As `targetsOf` without the side of a branch that is never taken, as its condition is known: passes behind this one leave that out. */
function liveTargetsOf(block: Block): Block[] {
  const { end } = block;
  if (end.kind !== 'branch' || end.condition.op !== 'const' || typeof end.condition.imm !== 'boolean') return targetsOf(block);
  return [(end.condition.imm ? end.then : end.otherwise).target];
}

function reachable(graph: Graph, targets: (block: Block) => Block[]): ReadonlySet<Block> {
  const found = new Set<Block>();
  const work = [graph.blocks[0]!];
  while (work.length > 0) {
    const block = work.pop()!;
    if (found.has(block)) continue;
    found.add(block);
    work.push(...targets(block));
  }
  return found;
}

/** See the file's head. */
export function dropFrameChecks(graph: Graph): void {
  for (const { nodes } of reachable(graph, liveTargetsOf)) if (nodes.some(looksAtFrames)) return;
  for (const block of graph.blocks) {
    const { end } = block;
    if (end.kind === 'branch' && asksForFrame(end.condition)) block.end = { kind: 'jump', target: end.otherwise };
    block.nodes = block.nodes.filter((node) => !asksForFrame(node));
  }
  const kept = reachable(graph, targetsOf);
  graph.blocks = graph.blocks.filter((block) => kept.has(block));
}
