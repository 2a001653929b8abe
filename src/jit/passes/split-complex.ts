/**
 * Complex numbers as two raw doubles: what loops carry from round to round, and what states name, is taken apart, so that an object is made only where one is
 * handed on. (Scalar replacement: V8's own escape analysis keeps an object that is written into a record, though that happens only when a guard fails.)
 */
import { edgesOf, isVirtual, Node, resolve, settleOperands, type Block, type Graph, type Slot, type State } from '../ir.ts';
import { COMPLEX, FLOAT } from '../kinds.ts';
import { incomingEdges } from './prune-parameters.ts';

function double(op: 'param' | 'complex_real' | 'complex_imag', args: readonly Node[], block: Block): Node {
  const node = new Node(op, [...args]);
  node.kinds = FLOAT;
  node.isDouble = true;
  node.block = block;
  return node;
}

/** The parts of a value; new nodes are added to `out`. */
function partsOf(value: Node, block: Block, out: Node[]): [Node, Node] {
  if (value.op === 'complex') return [value.args[0]!, value.args[1]!];
  const parts: [Node, Node] = [double('complex_real', [value], block), double('complex_imag', [value], block)];
  out.push(...parts);
  return parts;
}

/** Two parameters in the place of one: an object made of them stands for the old one, and goes where nobody needs it. */
function splitParameter(block: Block, i: number): void {
  const param = block.params[i]!;
  const parts = [double('param', [], block), double('param', [], block)];
  for (const part of parts) part.hint = param.hint;
  const object = new Node('complex', parts);
  object.kinds = COMPLEX;
  object.block = block;
  object.hint = param.hint;
  param.alias = object;
  block.params.splice(i, 1, ...parts);
  block.nodes.unshift(object);
}

function splitParameters(graph: Graph): void {
  const incoming = incomingEdges(graph);
  const sources = new Map(graph.blocks.flatMap((block) => edgesOf(block).map((edge) => [edge, block] as const)));
  const split: (() => void)[] = [];
  for (const block of graph.blocks) {
    for (let i = block.params.length - 1; i >= 0; i--) {
      // Parameters of the entry have no edges: their values come from outside.
      const edges = incoming.get(block) ?? [];
      if (block.params[i]!.kinds !== COMPLEX || edges.length === 0) continue;
      splitParameter(block, i);
      split.push(() => {
        for (const edge of edges) {
          const from = sources.get(edge)!;
          edge.args.splice(i, 1, ...partsOf(resolve(edge.args[i]!), from, from.nodes));
        }
      });
    }
  }
  for (const change of split) change();
}

/** `complex_real` of an object made here is what it was made of. */
function forwardParts(graph: Graph): void {
  for (const block of graph.blocks) {
    block.nodes = block.nodes.filter((node) => {
      const of = node.args[0];
      if ((node.op !== 'complex_real' && node.op !== 'complex_imag') || of?.op !== 'complex') return true;
      node.alias = of.args[node.op === 'complex_real' ? 0 : 1]!;
      return false;
    });
  }
}

function inParts(slot: Slot): Slot {
  return !isVirtual(slot) && slot.op === 'complex' ? { virtual: 'complex', parts: slot.args } : slot;
}

function splitState(state: State): void {
  state.slots = state.slots.map(inParts);
}

/** See the file's head. */
export function splitComplex(graph: Graph): void {
  if (!graph.blocks.some((block) => [...block.params, ...block.nodes].some((node) => node.kinds === COMPLEX))) return;
  splitParameters(graph);
  settleOperands(graph);
  forwardParts(graph);
  settleOperands(graph);
  for (const block of graph.blocks) {
    for (const node of block.nodes) if (node.state !== null) splitState(node.state);
    if (block.end.kind === 'exit') splitState(block.end.state);
  }
}
