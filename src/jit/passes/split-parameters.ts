/** Block parameters whose objects are taken apart (scalar replacement): shared by the passes that say which, and into what. */
import { edgesOf, isVirtual, Node, resolve, settleOperands, VirtualObject, type Block, type Graph, type State } from '../ir.ts';
import type { Kinds } from '../kinds.ts';
import { incomingEdges } from './parameters.ts';

/** How objects of one form are taken apart. */
export interface Splitting {
  /** The operation that makes the object of its parts, and the word for it in states. */
  readonly op: VirtualObject['virtual'] & Node['op'];
  /** Whether a parameter is to be taken apart. */
  isChosen(param: Node): boolean;
  /** New parameters for the parts. */
  newParts(block: Block): Node[];
  /** The parts of a value that an edge brings; new nodes go to the end of `out`. */
  partsOf(value: Node, block: Block, out: Node[]): readonly Node[];
}

/** A new node of a block. */
export function nodeIn(block: Block, op: Node['op'], args: readonly Node[], kinds: Kinds, isDouble = false): Node {
  const node = new Node(op, [...args]);
  node.kinds = kinds;
  node.isDouble = isDouble;
  node.block = block;
  return node;
}

/** Parameters for the parts in the place of one: an object made of them stands for the old one, and goes where nobody needs it. */
function splitParameter(block: Block, i: number, how: Splitting): void {
  const param = block.params[i]!;
  const parts = how.newParts(block);
  for (const part of parts) part.hint = param.hint;
  const object = nodeIn(block, how.op, parts, param.kinds);
  object.hint = param.hint;
  param.alias = object;
  block.params.splice(i, 1, ...parts);
  block.nodes.unshift(object);
}

/** Takes the chosen parameters apart. Those of the entry stay: their values come from outside. */
export function splitParameters(graph: Graph, how: Splitting): void {
  const incoming = incomingEdges(graph);
  const sources = new Map(graph.blocks.flatMap((block) => edgesOf(block).map((edge) => [edge, block] as const)));
  const split: (() => void)[] = [];
  for (const block of graph.blocks) {
    for (let i = block.params.length - 1; i >= 0; i--) {
      const edges = incoming.get(block) ?? [];
      if (edges.length === 0 || !how.isChosen(block.params[i]!)) continue;
      splitParameter(block, i, how);
      split.push(() => {
        for (const edge of edges) {
          const from = sources.get(edge)!;
          edge.args.splice(i, 1, ...how.partsOf(resolve(edge.args[i]!), from, from.nodes));
        }
      });
    }
  }
  for (const change of split) change();
  settleOperands(graph);
}

/** Objects that an operation makes of its operands exist in states as their parts. */
export function nameParts(graph: Graph, op: Splitting['op']): void {
  const inParts = (state: State): void => {
    if (state.inlining !== null) inParts(state.inlining.caller);
    state.slots = state.slots.map((slot) => (!isVirtual(slot) && slot.op === op ? new VirtualObject(op, slot.args) : slot));
  };
  for (const block of graph.blocks) {
    for (const node of block.nodes) if (node.state !== null) inParts(node.state);
    if (block.end.kind === 'exit') inParts(block.end.state);
  }
}
