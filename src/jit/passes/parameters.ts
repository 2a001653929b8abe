/** What passes ask about block parameters. */
import { PyFloat } from '../../core/scalars.ts';
import { edgesOf, type Block, type Edge, type Graph, type Node } from '../ir.ts';

/** The edges that lead to each block. */
export function incomingEdges(graph: Graph): Map<Block, Edge[]> {
  const incoming = new Map<Block, Edge[]>();
  for (const block of graph.blocks) {
    for (const edge of edgesOf(block)) {
      const list = incoming.get(edge.target);
      if (list === undefined) incoming.set(edge.target, [edge]);
      else list.push(edge);
    }
  }
  return incoming;
}

/** Whether a value's identity can matter in `is`: not against what is no float. */
function isNoFloat(node: Node): boolean {
  return node.op === 'const' && !(node.imm instanceof PyFloat);
}

/** Parameters that `is` asks for their identity, and those that bring them their values: a raw double has none. */
export function identified(graph: Graph, incoming: ReadonlyMap<Block, readonly Edge[]>): ReadonlySet<Node> {
  const places = new Map(graph.blocks.flatMap((block) => block.params.map((param, i) => [param, { block, i }] as const)));
  const tests = graph.blocks.flatMap((block) => block.nodes.filter((node) => (node.op === 'is' || node.op === 'is_not') && !node.args.some(isNoFloat)));
  const found = new Set<Node>();
  const work = tests.flatMap((node) => node.args);
  while (work.length > 0) {
    const value = work.pop()!;
    const place = places.get(value);
    if (place === undefined || found.has(value)) continue;
    found.add(value);
    for (const edge of incoming.get(place.block) ?? []) work.push(edge.args[place.i]!);
  }
  return found;
}
