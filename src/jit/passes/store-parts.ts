/**
 * Stores parts of lists in lists without a list of the part, where nobody else sees it: what only exits name is made there (`emit/sunk.ts`).
 *
 *   a[:n] = b[m::-1]    build_list_steps b m None -1; list_set_slice a None n     list_set_part a None n b m None -1
 */
import { changesValues } from '../memory.ts';
import { edgesOf, forEachValue, Node, type Block, type Graph } from '../ir.ts';
import { INT, NONE, within } from '../kinds.ts';
import { operationOf, origin, type OperationName } from '../operations.ts';

const PARTS: ReadonlySet<OperationName> = new Set<OperationName>(['build_list_steps', 'build_list_slice']);

/** A part, the node that stores it, and what stands between them. */
interface StoredPart {
  readonly part: Node;
  readonly store: Node;
  readonly between: ReadonlySet<Node>;
}

function isBound(value: Node): boolean {
  return within(value.kinds, INT | NONE);
}

/** Where the store's value is a part of the same block, with bounds that are numbers or None, and nothing has been changed since. */
function storedPart({ nodes }: Block, store: Node): StoredPart | null {
  const part = origin(store.args[3]!);
  if (!PARTS.has(part.op) || !isBound(part.args[1]!) || !isBound(part.args[2]!)) return null;
  const at = nodes.indexOf(part);
  if (at < 0) return null;
  const between = nodes.slice(at + 1, nodes.indexOf(store) + 1);
  if (between.some((node) => node !== store && (changesValues(node) || operationOf(node).effect === 'call'))) return null;
  return { part, store, between: new Set(between) };
}

/** The parts that are named by something else than the exits before their stores. */
function seenElsewhere(graph: Graph, stored: ReadonlyMap<Node, StoredPart>): ReadonlySet<Node> {
  const seen = new Set<Node>();
  const see = (value: Node): void => {
    const from = origin(value);
    if (stored.has(from)) seen.add(from);
  };
  for (const block of graph.blocks) {
    for (const node of block.nodes) {
      for (const arg of node.args) if (stored.get(origin(arg))?.store !== node) see(arg);
      if (node.state !== null) forEachValue(node.state, (value) => stored.get(origin(value))?.between.has(node) !== true && see(value));
      if (node.before !== null) forEachValue(node.before, see);
    }
    const { end } = block;
    if (end.kind === 'branch') see(end.condition);
    if (end.kind === 'return' || end.kind === 'yield') see(end.value);
    if (end.kind === 'exit' || end.kind === 'yield') forEachValue(end.state, see);
    for (const edge of edgesOf(block)) edge.args.forEach(see);
  }
  return seen;
}

function storeFrom({ part, store }: StoredPart): Node {
  const step = part.op === 'build_list_steps' ? part.imm : 1;
  const node = new Node('list_set_part', [...store.args.slice(0, 3), ...part.args], step);
  node.kinds = NONE;
  node.block = store.block;
  node.state = store.state;
  part.become('build_list_part');
  part.imm = step;
  part.state = null;
  return node;
}

/** See the file's head. */
export function storeParts(graph: Graph): void {
  const stored = new Map<Node, StoredPart>();
  for (const block of graph.blocks) {
    for (const node of block.nodes) {
      const found = node.op === 'list_set_slice' ? storedPart(block, node) : null;
      if (found !== null) stored.set(found.part, found);
    }
  }
  if (stored.size === 0) return;
  const seen = seenElsewhere(graph, stored);
  for (const block of graph.blocks) {
    block.nodes = block.nodes.map((node) => {
      const found = node.op === 'list_set_slice' ? stored.get(origin(node.args[3]!)) : undefined;
      return found === undefined || found.store !== node || seen.has(found.part) ? node : storeFrom(found);
    });
  }
}
