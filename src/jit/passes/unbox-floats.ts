/** Chooses which floats live as raw doubles, and puts boxing and unboxing where a use wants the other form. */
import { PyFloat } from '../../core/scalars.ts';
import { edgesOf, isVirtual, Node, type Block, type Edge, type Graph } from '../ir.ts';
import { FLOAT, INT } from '../kinds.ts';
import { operandLetter, OPERATIONS } from '../operations.ts';
import { incomingEdges } from './prune-parameters.ts';

/** Whether a value's identity can matter in `is`: not against what is no float. */
function isNoFloat(node: Node): boolean {
  return node.op === 'const' && !(node.imm instanceof PyFloat);
}

/** Parameters that `is` asks for their identity, and those that bring them their values: a raw double has none. */
function identified(graph: Graph, incoming: ReadonlyMap<Block, readonly Edge[]>): ReadonlySet<Node> {
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

/** Parameters of kind float for which some edge brings a double, or some use wants one, become doubles, unless somebody asks for their identity. */
function chooseParameters(graph: Graph): void {
  const wanted = new Set<Node>();
  for (const block of graph.blocks) for (const node of block.nodes) node.args.forEach((arg, i) => { if (operandLetter(node, i) === 'd') wanted.add(arg); });
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

function make(op: 'box' | 'unbox' | 'int_to_double', value: Node, block: Block): Node {
  const node = new Node(op, [value]);
  node.kinds = FLOAT;
  node.isDouble = (OPERATIONS[op] as { isDouble?: boolean }).isDouble === true;
  node.hint = value.hint;
  node.block = block;
  return node;
}

/** `value` as a raw double (or as an object). New nodes are added to `out`. */
function convert(value: Node, toDouble: boolean, block: Block, out: Node[]): Node {
  if (value.isDouble === toDouble) return value;
  if (toDouble && value.kinds !== FLOAT && value.kinds !== INT) throw new Error(`no double: ${value.op}`);
  const node = make(toDouble ? (value.kinds === INT ? 'int_to_double' : 'unbox') : 'box', value, block);
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
      node.args = node.args.map((arg, i) => {
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
