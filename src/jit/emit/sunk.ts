/**
 * Objects that only exits name: nobody needs them where they are built. They are made where the code is left, if it is: a tuple of arguments for instance, whose items a call has got one
 * by one. And methods of one of several classes, where the call of each has been inlined.
 *
 * INV-1: one exit makes such an object once, or it would be two objects there: slots that hold one value share its place in the record, parts of other objects do not.
 */
import { edgesOf, forEachValue, isVirtual, type Block, type Graph, type Node, type State } from '../ir.ts';
import { isConstantCache, savesRecord, type OperationName, type PolymorphicAttribute } from '../operations.ts';

const SINKABLE: ReadonlySet<OperationName> = new Set<OperationName>(['build_tuple', 'build_list', 'build_spread', 'build_keywords', 'build_plain_set', 'build_plain_map', 'make_bound_native', 'make_bound', 'build_instance', 'build_slice', 'build_list_part', 'new_exception']);

/** An attribute of classes, whichever of them it is: it reads no memory. */
function isOfClasses({ op, imm }: Node): boolean {
  return op === 'poly_method' || (op === 'poly_get' && (imm as PolymorphicAttribute).caches.every(isConstantCache));
}

/** The nodes that are emitted where they are used. */
export function sunkNodes(graph: Graph): ReadonlySet<Node> {
  const sunk = new Set<Node>();
  for (const { nodes } of graph.blocks) for (const node of nodes) if (SINKABLE.has(node.op) || isOfClasses(node)) sunk.add(node);
  if (sunk.size > 0) for (const block of graph.blocks) keepUsed(block, sunk);
  return sunk;
}

/** Takes out what is needed elsewhere than where compiled code is left. */
function keepUsed(block: Block, sunk: Set<Node>): void {
  const { nodes, end } = block;
  for (const node of nodes) {
    for (const arg of node.args) sunk.delete(arg);
    if (node.state !== null) keepState(node.state, !savesRecord(node) && !node.catches, sunk);
  }
  if (end.kind === 'branch') sunk.delete(end.condition);
  if (end.kind === 'return' || end.kind === 'yield') sunk.delete(end.value);
  if (end.kind === 'exit' || end.kind === 'yield') keepState(end.state, end.kind === 'exit' && end.reason === 'unseen', sunk);
  for (const edge of edgesOf(block)) for (const arg of edge.args) sunk.delete(arg);
}

/** How often a state would make each of the objects that are sunk. */
function timesMade(state: State, sunk: ReadonlySet<Node>): ReadonlyMap<Node, number> {
  const times = new Map<Node, number>();
  const add = (value: Node): void => void (sunk.has(value) && times.set(value, (times.get(value) ?? 0) + 1));
  // Each activation has a record of its own.
  for (let at: State | null = state; at !== null; at = at.inlining === null ? null : at.inlining.caller) {
    const { slots } = at;
    slots.forEach((slot, i) => {
      if (isVirtual(slot)) slot.parts.forEach(add);
      else if (sunk.has(slot) && slots.indexOf(slot) === i) add(slot);
    });
    if (at.constructs !== null) add(at.constructs);
    if (at.inlining !== null) add(at.inlining.func);
  }
  return times;
}

function keepState(state: State, isExit: boolean, sunk: Set<Node>): void {
  if (sunk.size === 0) return;
  if (!isExit) forEachValue(state, (value) => void sunk.delete(value));
  else for (const [value, times] of timesMade(state, sunk)) if (times > 1 && SINKABLE.has(value.op)) sunk.delete(value);
}
