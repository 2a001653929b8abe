/**
 * Variables of loops that are floats but for their first value (`total = 0`, or none yet) as a raw double and a tag that says what it stands for: else each
 * round would make an object for the next one. The kind of value is asked for only where somebody wants to know.
 */
import { TAG_FLOAT, TAG_INT, TAG_UNBOUND } from '../../core/compiled.ts';
import { constant, resolve, settleOperands, type Block, type Graph, type Node } from '../ir.ts';
import { FLOAT, INT, NUMBER, UNBOUND, VALUE, within, type Kinds } from '../kinds.ts';
import { identified, incomingEdges } from './parameters.ts';
import { nameParts, nodeIn, splitParameters } from './split-parameters.ts';

function isMixed(param: Node): boolean {
  return (param.kinds & FLOAT) !== 0 && param.kinds !== FLOAT && within(param.kinds, NUMBER | UNBOUND);
}

/** Parameters that can be taken apart, and get a raw double from somewhere: the others have their objects anyway. */
function chosenParameters(graph: Graph): ReadonlySet<Node> {
  if (!graph.blocks.some((block) => block.params.some(isMixed))) return new Set();
  const incoming = incomingEdges(graph);
  const objects = identified(graph, incoming);
  const doubles = new Set<Node>();
  for (let changed = true; changed;) {
    changed = false;
    for (const block of graph.blocks) {
      const edges = incoming.get(block) ?? [];
      block.params.forEach((param, i) => {
        if (doubles.has(param) || objects.has(param) || !(param.kinds === FLOAT || isMixed(param))) return;
        if (!edges.some(({ args }) => args[i]!.isDouble || doubles.has(args[i]!))) return;
        doubles.add(param);
        changed = true;
      });
    }
  }
  return new Set([...doubles].filter(isMixed));
}

function constantIn(block: Block, out: Node[], value: number): Node {
  const node = constant(value, INT);
  node.block = block;
  out.push(node);
  return node;
}

function partsOf(value: Node, block: Block, out: Node[]): readonly Node[] {
  if (value.op === 'number') return value.args;
  if (value.op === 'const' && value.imm === undefined) return [constantIn(block, out, 0), constantIn(block, out, TAG_UNBOUND)];
  if (within(value.kinds, FLOAT)) return [value, constantIn(block, out, TAG_FLOAT)];
  if (within(value.kinds, INT)) return [value, constantIn(block, out, TAG_INT)];
  const parts = [nodeIn(block, 'number_value', [value], FLOAT, true), nodeIn(block, 'number_tag', [value], INT)];
  out.push(...parts);
  return parts;
}

/** What a guard is for a number in parts: new nodes, the last of which is its value; null where it asks for something else. */
function guardParts(guard: Node, block: Block): readonly Node[] | null {
  const of = guard.args[0];
  if (of?.op !== 'number' || (guard.op !== 'guard_kind' && guard.op !== 'guard_bound')) return null;
  const kinds = guard.op === 'guard_kind' ? (guard.imm as Kinds) : of.kinds & VALUE;
  if (!within(kinds, NUMBER)) return null;
  if (kinds === FLOAT) return [guardLike(guard, nodeIn(block, 'guard_float_tag', of.args, FLOAT, true))];
  if (kinds === INT) return [guardLike(guard, nodeIn(block, 'guard_int_tag', of.args, INT))];
  const tag = guardLike(guard, nodeIn(block, 'guard_bound_tag', [of.args[1]!], INT));
  return [tag, nodeIn(block, 'number', [of.args[0]!, tag], NUMBER)];
}

function guardLike(guard: Node, node: Node): Node {
  node.state = guard.state;
  node.hint = guard.hint;
  return node;
}

/** What asks for the kind or the value of a number in parts asks its parts. */
function forwardParts(graph: Graph): void {
  for (const block of graph.blocks) {
    block.nodes = block.nodes.flatMap((node) => {
      node.args = node.args.map(resolve);
      const parts = guardParts(node, block);
      if (parts !== null) node.alias = parts.at(-1)!;
      return parts ?? [node];
    });
  }
  settleOperands(graph);
}

/** See the file's head. */
export function splitNumbers(graph: Graph): void {
  const chosen = chosenParameters(graph);
  if (chosen.size === 0) return;
  const newParts = (block: Block): Node[] => [nodeIn(block, 'param', [], FLOAT, true), nodeIn(block, 'param', [], INT)];
  splitParameters(graph, { op: 'number', isChosen: (param) => chosen.has(param), newParts, partsOf });
  forwardParts(graph);
  nameParts(graph, 'number');
}
