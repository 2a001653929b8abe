/**
 * The beginning of a function that is too large to be inlined: where it returns after a few tests (`if n < 2: return n`, `if type(x) in ATOMIC: return x`), the tests and what it returns then are
 * put before its calls, and the call is made where that goes on. The call does the beginning again, so there must be no change in it; where a guard of it fails, compiled code leaves before
 * the call. Functions that call themselves need no call for their leaves in this way.
 */
import type { PyFunction } from '../../core/function.ts';
import { reversePostorder } from '../dominators.ts';
import { Block, edgesOf, Node, type Edge, type Graph, type State, type Terminator } from '../ir.ts';
import { ANY, VALUE } from '../kinds.ts';
import { canBeRepeated, isPlain, raisedBy, sizeOf } from './inline-body.ts';

/** Nodes of a beginning: what goes on does them twice. */
const MAX_NODES = 24;

/** Whether a beginning ends before a block, whose work the call does. */
function endsBefore(block: Block): boolean {
  return block.isLoop || block.end.kind === 'exit' || block.end.kind === 'yield' || raisedBy(block) !== null || !block.nodes.every((node) => isPlain(node) && !node.catches && node.raises === null);
}

/** Returns in a beginning are no ways out of an activation whose frame somebody may have. */
function dropFrameChecks({ blocks }: Graph): void {
  for (const block of blocks) {
    const { end } = block;
    if (end.kind !== 'branch' || end.condition.op !== 'frame_seen') continue;
    block.nodes = block.nodes.filter((node) => node !== end.condition);
    block.end = { kind: 'jump', target: end.otherwise };
  }
}

function withEdges(end: Terminator, changed: (edge: Edge) => Edge): Terminator {
  if (end.kind === 'jump') return { ...end, target: changed(end.target) };
  return end.kind === 'branch' ? { ...end, then: changed(end.then), otherwise: changed(end.otherwise) } : end;
}

function someState(blocks: readonly Block[]): State | null {
  for (const { nodes, end } of blocks) {
    const state = nodes.find((node) => node.state !== null)?.state ?? (end.kind === 'exit' ? end.state : null);
    if (state !== null) return state;
  }
  return null;
}

/** The call itself, of the arguments. */
function newCall(func: PyFunction, entry: Block, block: Block, state: State): Node {
  const args = Array.from({ length: func.code.parameterCount }, (_, i) => {
    const argument = new Node('argument', [], i);
    argument.kinds = ANY;
    argument.block = entry;
    return argument;
  });
  entry.nodes.unshift(...args);
  const call = new Node('call_direct', args, func);
  call.kinds = VALUE;
  call.block = block;
  call.state = state;
  return call;
}

/** The blocks from which a return can be come to. */
function returningBlocks(blocks: readonly Block[]): ReadonlySet<Block> {
  const found = new Set(blocks.filter((block) => block.end.kind === 'return' && !endsBefore(block)));
  for (let count = -1; count !== found.size;) {
    count = found.size;
    for (const block of blocks) if (!endsBefore(block) && edgesOf(block).some(({ target }) => found.has(target))) found.add(block);
  }
  return found;
}

/** Cuts the graph of a function down to its beginning; false where that is not worth it, and the graph of no use any more. */
export function keepBeginning(graph: Graph, func: PyFunction): boolean {
  dropFrameChecks(graph);
  const [entry] = graph.blocks as [Block];
  const state = someState(graph.blocks);
  const returning = returningBlocks(graph.blocks);
  if (!returning.has(entry) || state === null) return false;
  const rest = new Block(1 + Math.max(...graph.blocks.map(({ id }) => id)));
  for (const block of graph.blocks) block.end = withEdges(block.end, (edge) => (returning.has(edge.target) ? edge : { target: rest, args: [] }));
  const call = newCall(func, entry, rest, state);
  rest.nodes = [call];
  rest.end = { kind: 'return', value: call };
  graph.blocks = reversePostorder(entry);
  const ways = graph.blocks.filter(({ end }) => end.kind === 'return');
  return ways.length > 1 && ways.includes(rest) && sizeOf(graph) <= MAX_NODES && canBeRepeated(graph, { isInit: false });
}
