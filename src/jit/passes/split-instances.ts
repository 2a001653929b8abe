/**
 * Takes instances apart that a loop makes anew in each round: `v = v + step`, where each sum is an instance that only the next round reads. The loop carries their attributes, and
 * an instance is made of them where compiled code is left, and behind the loop (scalar replacement of objects that do not escape from the loop).
 *
 * INV-1: nothing in such a loop can run Python code, so that nobody sees an instance of it, and no class changes.
 */
import { dominates, shapeOf, type Shape } from '../dominators.ts';
import { edgesOf, forEachUseIn, mapOperands, type Node, settleOperands, stateValues, type Block, type Edge, type Graph, type State } from '../ir.ts';
import { ANY } from '../kinds.ts';
import { operationOf, origin, type BuiltInstance, type OperationName, type ShapeFact } from '../operations.ts';
import { incomingEdges } from './parameters.ts';
import { nodeIn } from './split-parameters.ts';

/** Guards that an instance of a known class and shape passes while its class is what it was. */
const INSTANCE_GUARDS: ReadonlySet<OperationName> = new Set<OperationName>(['guard_type', 'guard_shape', 'guard_members', 'guard_plain', 'guard_bound', 'guard_kind']);

/** A parameter of a loop that gets instances of one kind from everywhere. */
interface Carried {
  readonly header: Block;
  readonly param: Node;
  readonly body: ReadonlySet<Block>;
  readonly edges: readonly Edge[];
  readonly made: BuiltInstance;
  readonly count: number;
}

function isAlike(a: BuiltInstance, b: BuiltInstance): boolean {
  return a.type === b.type && a.shape === b.shape && a.room === b.room;
}

function carriedBy(header: Block, i: number, body: ReadonlySet<Block>, edges: readonly Edge[]): Carried | null {
  const sources = edges.map((edge) => origin(edge.args[i]!));
  const first = sources[0];
  if (first?.op !== 'build_instance' || edges.length < 2) return null;
  const made = first.imm as BuiltInstance;
  const count = first.args.length;
  if (!sources.every(({ op, imm, args }) => op === 'build_instance' && args.length === count && isAlike(imm as BuiltInstance, made))) return null;
  return { header, param: header.params[i]!, body, edges, made, count };
}

/** Whether a node asks an instance for nothing but what its parts tell. */
function isAnswered(node: Node, { made: { type, shape }, count }: Carried): boolean {
  if (node.op === 'slot_get') return (node.imm as number) < count;
  if (!INSTANCE_GUARDS.has(node.op)) return false;
  if (node.op === 'guard_bound' || node.op === 'guard_kind') return true;
  const fact = node.imm as ShapeFact;
  return fact.type === type && fact.version === type.version && (node.op !== 'guard_shape' || fact.shape === shape) && (node.op !== 'guard_members' || shape === null) && node.op !== 'guard_plain';
}

function isOf(value: Node, instance: Node): boolean {
  return origin(value) === instance;
}

/** Whether nothing in the loop needs the instance itself, and none of those that the loop makes is handed on but to the next round. */
function staysInLoop(carried: Carried): boolean {
  const { param, body, edges, header } = carried;
  const instances = new Set([param, ...edges.flatMap(({ args }) => args.map(origin).filter(({ op, block }) => op === 'build_instance' && body.has(block!)))]);
  for (const block of body) {
    for (const node of block.nodes) {
      if (node.args.some((arg) => instances.has(origin(arg))) && !isAnswered(node, carried)) return false;
    }
    const { end } = block;
    if (end.kind === 'yield' || (end.kind === 'branch' && instances.has(origin(end.condition))) || (end.kind === 'return' && instances.has(origin(end.value)))) return false;
    for (const edge of edgesOf(block)) {
      const to = edge.target === header ? header.params.indexOf(param) : -1;
      if (edge.args.some((arg, i) => i !== to && instances.has(origin(arg)))) return false;
    }
  }
  return true;
}

/** Blocks behind the loop that use the instance. */
function usersBehind(graph: Graph, { param, body }: Carried): Block[] {
  return graph.blocks.filter((block) => !body.has(block) && isUsedIn(block, param));
}

function isUsedIn(block: Block, instance: Node): boolean {
  let isUsed = false;
  forEachUseIn(block, (value) => { isUsed ||= isOf(value, instance); });
  return isUsed;
}

function names(state: State, instance: Node): boolean {
  return stateValues(state).some((value) => isOf(value, instance));
}

/** Whether a state in an inlined call names an instance: what is inlined shares the state of its caller, in the loop and behind it. */
function isSharedByInlined(graph: Graph, instance: Node): boolean {
  const shares = (state: State | null): boolean => state !== null && state.inlining !== null && names(state, instance);
  return graph.blocks.some(({ nodes, end }) => nodes.some(({ state, op }) => shares(state) || (op === 'enter_inlined' && names(state!, instance))) || (end.kind === 'exit' && shares(end.state)));
}

/** The block behind the loop where the instance is made for those who use it there; null: nobody does; undefined: there is no one such place. */
function placeBehind(users: readonly Block[], { body }: Carried, shape: Shape): Block | null | undefined {
  if (users.length === 0) return null;
  const exits = new Set([...body].flatMap((block) => edgesOf(block).map(({ target }) => target).filter((target) => !body.has(target))));
  return [...exits].find((exit) => shape.predecessors.get(exit)!.every((from) => body.has(from)) && users.every((user) => dominates(shape, exit, user)));
}

function kindsOf(carried: Carried, slot: number): number {
  const i = carried.header.params.indexOf(carried.param);
  return carried.edges.reduce((kinds, { args }) => kinds | origin(args[i]!).args[slot]!.kinds, 0);
}

function takeApart(carried: Carried, users: readonly Block[], exit: Block | null): void {
  const { header, param, body, edges, made, count } = carried;
  const i = header.params.indexOf(param);
  const parts = Array.from({ length: count }, (_, slot) => {
    const part = nodeIn(header, 'param', [], ANY);
    part.kinds = kindsOf(carried, slot);
    part.hint = param.hint;
    return part;
  });
  const instanceIn = (block: Block): Node => {
    const node = nodeIn(block, 'build_instance', parts, param.kinds);
    node.imm = made;
    node.hint = param.hint;
    block.nodes.unshift(node);
    return node;
  };
  if (exit !== null) {
    const behind = instanceIn(exit);
    mapOperands(users, (value) => (isOf(value, param) ? behind : value));
  }
  for (const edge of edges) edge.args.splice(i, 1, ...origin(edge.args[i]!).args);
  header.params.splice(i, 1, ...parts);
  const instance = instanceIn(header);
  for (const block of body) {
    for (const node of [...block.nodes]) {
      if (node.args.length === 0 || !isOf(node.args[0]!, param)) continue;
      if (node.op === 'slot_get') node.alias = parts[node.imm as number]!;
      else if (node.op === 'guard_type' || node.op === 'guard_shape' || node.op === 'guard_members') keepVersion(node, instance);
    }
    block.nodes = block.nodes.filter(({ alias }) => alias === null);
  }
  param.alias = instance;
}

/** The guard of an instance becomes one of its class alone: another loop around this one may have changed it. */
function keepVersion(node: Node, instance: Node): void {
  const { type, version } = node.imm as ShapeFact;
  const guard = nodeIn(node.block!, 'guard_version', [], 0);
  guard.imm = { type, version };
  guard.state = node.state;
  guard.kinds = operationOf(guard).result;
  const { nodes } = node.block!;
  nodes.splice(nodes.indexOf(node), 0, guard);
  node.alias = instance;
}

function runsNothing(body: ReadonlySet<Block>): boolean {
  return [...body].every(({ nodes }) => nodes.every((node) => operationOf(node).effect !== 'call' && !node.catches));
}

/** See the file's head. */
export function splitInstances(graph: Graph): void {
  if (!graph.blocks.some(({ isLoop, params }) => isLoop && params.length > 0)) return;
  const shape = shapeOf(graph);
  const incoming = incomingEdges(graph);
  for (const [header, body] of shape.loops) {
    if (header === graph.blocks[0]) continue;
    for (let i = header.params.length - 1; i >= 0; i--) {
      const edges = incoming.get(header) ?? [];
      const carried = carriedBy(header, i, body, edges);
      if (carried === null || !runsNothing(body) || !staysInLoop(carried) || isSharedByInlined(graph, carried.param)) continue;
      const users = usersBehind(graph, carried);
      const exit = placeBehind(users, carried, shape);
      if (exit === undefined) continue;
      takeApart(carried, users, exit);
      settleOperands(graph);
    }
  }
}
