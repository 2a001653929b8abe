/** What may be inlined, and copies of it. */
import type { PyFunction } from '../../core/function.ts';
import { Block, constant, edgesOf, Node, type Edge, type Graph, type State, type Terminator } from '../ir.ts';
import { NONE, OBJECT } from '../kinds.ts';
import { raisedNew, type Raised } from './raised.ts';
import { isAllocation, operationOf, origin, type OperationName } from '../operations.ts';

/** How deep inlined calls may stand in each other. */
export const MAX_DEPTH = 6;

/** Nodes of one body. */
const MAX_BODY = 120;

/** Knows the bodies that may be inlined into one compilation. */
export interface Inliner {
  /** The body of a function, specialised; null where it must not be inlined. Not to be changed. */
  bodyOf(func: PyFunction): Graph | null;
  /** Whether calls are inlined into what is to be inlined itself: what is raised there is raised where that is. */
  readonly isInBody: boolean;
  /** Whether there is room for so many nodes more; takes it. */
  hasRoom(count: number): boolean;
}

/** What belongs to an activation, or to a place that goes on elsewhere. */
export const OWN: ReadonlySet<OperationName> = new Set<OperationName>([
  'entry_slot', 'sent_value', 'make_cell', 'push_handled', 'pop_handled', 'begun', 'guard_begins', 'method_self', 'frame_seen', 'set_function_attribute', 'range_iterator_next',
  'list_iterator_next', 'tuple_iterator_next', 'dict_next',
]);

/** What some operations become where they are inlined: they leave to do the call again, too. */
export const INLINED_FORMS: Partial<Record<OperationName, OperationName>> = { safepoint: 'safepoint_inlined', call_quiet: 'call_quiet_again' };

function isPlain(node: Node): boolean {
  if (raisedNew(node) !== null) return true;
  const row = operationOf(node);
  return row.effect !== 'call' && (row.isQuiet !== true || node.op === 'call_quiet') && row.mayUnwind !== true && !OWN.has(node.op);
}

/** The number of nodes that do something. */
export function sizeOf(graph: Graph): number {
  return graph.blocks.reduce((sum, { nodes }) => sum + nodes.filter(({ op }) => op !== 'const' && op !== 'argument').length, 0);
}

/** What a block of a body raises in its last node; null for others. */
export function raisedBy({ nodes }: Block): Raised | null {
  const last = nodes.at(-1);
  return last === undefined ? null : raisedNew(last);
}

/** Whether a function calls nothing, returns, and is small. */
export function isInlinable(graph: Graph): boolean {
  if (sizeOf(graph) > MAX_BODY || !graph.blocks.some(({ end }) => end.kind === 'return')) return false;
  return graph.blocks.every((block) => block.end.kind !== 'yield' && (block.end.kind !== 'exit' || block.end.reason === 'unseen' || raisedBy(block) !== null) && block.nodes.every(isPlain));
}

/** Whether a value is an object that is made here, or the new instance that an `__init__` gets. */
function isNew(value: Node, isInit: boolean): boolean {
  const from = origin(value);
  return isAllocation(from) || (isInit && from.op === 'argument' && from.imm === 0);
}

function isChange(node: Node, isInit: boolean): boolean {
  if (operationOf(node).effect !== 'write' || isNew(node, isInit)) return false;
  return node.args.length === 0 || !isNew(node.args[0]!, isInit);
}

function canLeave(node: Node): boolean {
  return node.state !== null;
}

/** Whether a guard of a block fails, or it ends in an exit, when something has been changed. */
function leavesChanged({ nodes, end }: Block, wasChanged: boolean, isInit: boolean): boolean {
  let isChanged = wasChanged;
  for (const node of nodes) {
    if (isChanged && canLeave(node)) return true;
    isChanged ||= isChange(node, isInit);
  }
  return isChanged && end.kind === 'exit';
}

/**
 * Whether a call can be done again from its beginning wherever a guard of the body fails: nothing was changed before that somebody could see. `isInit`: the first
 * argument is an instance that nobody else has yet.
 */
export function canBeRepeated(graph: Graph, { isInit }: { isInit: boolean }): boolean {
  const changing = graph.blocks.filter(({ nodes }) => nodes.some((node) => isChange(node, isInit)));
  if (changing.length === 0) return true;
  const after = new Set<Block>();
  const work = changing.flatMap(edgesOf);
  while (work.length > 0) {
    const { target } = work.pop()!;
    if (after.has(target)) continue;
    after.add(target);
    work.push(...edgesOf(target));
  }
  return graph.blocks.every((block) => !leavesChanged(block, after.has(block), isInit));
}

/** The values that a body returns. */
export function returned(graph: Graph): Node[] {
  return graph.blocks.flatMap(({ end }) => (end.kind === 'return' ? [end.value] : []));
}

/** What a copy of a body is made for. */
export interface CopyInput {
  readonly func: PyFunction;
  /** The function as a value, where it is one of several; null: it is `func`. */
  readonly callee: Node | null;
  readonly args: readonly Node[];
  /** Where all guards of the copy leave to. */
  readonly state: State;
  newBlock(): Block;
}

/** A copy of a body for one call: its blocks, the entry first, and those among them that return. */
export function copyBody(graph: Graph, input: CopyInput): Block[] {
  const nodes = new Map<Node, Node>();
  const blocks = new Map(graph.blocks.map((block) => [block, input.newBlock()]));
  const copy = (node: Node): Node => nodes.get(node)!;
  for (const from of graph.blocks) {
    const to = blocks.get(from)!;
    to.isLoop = from.isLoop;
    to.params = from.params.map((param) => copyNode(param, to, input, copy, nodes));
    for (const node of from.nodes) {
      if (node.op === 'argument') nodes.set(node, input.args[node.imm as number]!);
      else to.nodes.push(copyNode(node, to, input, copy, nodes));
    }
  }
  for (const [from, to] of blocks) to.end = copyEnd(from.end, input.state, copy, (target) => blocks.get(target)!);
  return [...blocks.values()];
}

function copyCell(node: Node, { func, callee }: CopyInput): Node {
  return callee === null ? constant(func.closure!.items[node.imm as number], OBJECT) : new Node('cell_of', [callee], node.imm);
}

function copyNode(node: Node, block: Block, input: CopyInput, copy: (node: Node) => Node, nodes: Map<Node, Node>): Node {
  const isCell = node.op === 'closure_cell';
  const made = isCell ? copyCell(node, input) : new Node(INLINED_FORMS[node.op] ?? node.op, node.args.map(copy), node.imm);
  made.kinds = OBJECT;
  if (!isCell) {
    const { kinds, isDouble, hint, feedback, isGeneral } = node;
    Object.assign(made, { kinds, isDouble, hint, feedback, isGeneral });
    if (node.state !== null) made.state = input.state;
  }
  made.block = block;
  nodes.set(node, made);
  return made;
}

function copyEnd(end: Terminator, state: State, copy: (node: Node) => Node, blockOf: (block: Block) => Block): Terminator {
  const edge = ({ target, args }: Edge): Edge => ({ target: blockOf(target), args: args.map(copy) });
  switch (end.kind) {
    case 'jump': return { kind: 'jump', target: edge(end.target) };
    case 'branch': return { kind: 'branch', condition: copy(end.condition), then: edge(end.then), otherwise: edge(end.otherwise) };
    case 'return': return { kind: 'return', value: copy(end.value) };
    case 'exit': return { kind: 'exit', state, reason: end.reason };
    case 'yield': throw new Error('a body that yields is not inlined');
  }
}

/** Whether all that a body returns is None. */
export function returnsNone(graph: Graph): boolean {
  return returned(graph).every(({ kinds }) => kinds === NONE);
}
