/** Chooses which floats live as raw doubles, and puts boxing and unboxing where a use wants the other form. */
import { edgesOf, isVirtual, type Block, type Edge, type Graph, type Node } from '../ir.ts';
import { ANY, FLOAT, INT, NUMBER, within } from '../kinds.ts';
import { operandLetter, rowOf, type OperationName } from '../operations.ts';
import { identified, incomingEdges } from './parameters.ts';
import { nodeIn } from './split-parameters.ts';

function wantsDoubles({ row }: Node): boolean {
  return row.operands.includes('d');
}

/** Parameters of kind float for which some edge brings a double, or some use wants one, become doubles, unless somebody asks for their identity. */
function chooseParameters(graph: Graph): void {
  if (graph.blocks.every(({ params }) => params.every(({ kinds }) => kinds !== FLOAT))) return;
  const wanted = new Set<Node>();
  for (const block of graph.blocks) for (const node of block.nodes) if (wantsDoubles(node)) node.args.forEach((arg, i) => { if (operandLetter(node, i) === 'd') wanted.add(arg); });
  const incoming = incomingEdges(graph);
  const objects = identified(graph, incoming);
  for (let changed = true; changed;) {
    changed = false;
    for (const block of graph.blocks) {
      block.params.forEach((param, i) => {
        if (param.isDouble || param.kinds !== FLOAT || objects.has(param)) return;
        const edges = incoming.get(block) ?? [];
        if (!wanted.has(param) && !edges.some((edge) => edge.args[i]!.isDouble)) return;
        param.isDouble = true;
        changed = true;
      });
    }
  }
}

function make(op: OperationName, value: Node, block: Block): Node {
  const node = nodeIn(block, op, [value], FLOAT, rowOf(op).isDouble === true);
  node.hint = value.hint;
  return node;
}

/** What makes a raw double of an object of these kinds. */
function toDoubleOf(value: Node): OperationName {
  if (value.kinds === FLOAT) return 'unbox';
  if (value.kinds === INT) return 'int_to_double';
  // A value of any kind that comes to a double is one that never comes: `infer-kinds` found nothing that it could be.
  if (within(value.kinds, NUMBER) || value.kinds === ANY) return 'number_value';
  throw new Error(`no double: ${value.op}`);
}

/** `value` as a raw double (or as an object). New nodes are added to `out`. */
function convert(value: Node, toDouble: boolean, block: Block, out: Node[]): Node {
  if (value.isDouble === toDouble) return value;
  if (toDouble && value.op === 'number') return value.args[0]!;
  const node = make(toDouble ? toDoubleOf(value) : 'box', value, block);
  out.push(node);
  return node;
}

function convertEdge(edge: Edge, block: Block, out: Node[]): void {
  edge.args = edge.args.map((arg, i) => convert(arg, edge.target.params[i]!.isDouble, block, out));
}

/** See the file's head. */
export function unboxFloats(graph: Graph): void {
  chooseParameters(graph);
  for (const block of graph.blocks) {
    const out: Node[] = [];
    for (const node of block.nodes) {
      if (wantsDoubles(node) || node.args.some(({ isDouble }) => isDouble)) node.args = node.args.map((arg, i) => {
        const letter = operandLetter(node, i);
        return letter === 'r' || letter === 'e' ? arg : convert(arg, letter === 'd', block, out);
      });
      out.push(node);
    }
    for (const edge of edgesOf(block)) convertEdge(edge, block, out);
    if (block.end.kind === 'yield') {
      const { end } = block;
      end.value = convert(end.value, false, block, out);
      end.state.slots = end.state.slots.map((slot) => (isVirtual(slot) ? slot : convert(slot, false, block, out)));
    }
    if (block.end.kind === 'return') block.end.value = convert(block.end.value, false, block, out);
    block.nodes = out;
  }
}
