/**
 * Puts the bodies of small Python functions in the place of their calls: of functions, methods, `__init__`, operators and other special methods.
 *
 * What is inlined has no frame and no states of its own: where one of its guards fails, compiled code leaves at the position before the call, and tier 0 does the call
 * again from its beginning. So only what may be done again is inlined: functions that call nothing (what they call may have been inlined into them), and in which no guard comes
 * behind a change of anything but objects that they have made themselves.
 *
 * INV-1: the state before a call (`Node.before`) stands until this pass: between that position and the call there are only guards, and what makes new objects.
 */
import type { PyFunction } from '../../core/function.ts';
import { reversePostorder } from '../dominators.ts';
import { Block, Node, settleOperands, type Graph, type State, type Terminator } from '../ir.ts';
import { ANY, BOOL, NONE, OBJECT, within } from '../kinds.ts';
import { INLINABLE, type InlinedFunction, type KnownOperator, type OperationName, type SpecialCall } from '../operations.ts';
import { canBeRepeated, copyBody, MAX_DEPTH, returned, returnsNone, sizeOf, type Inliner } from './inline-body.ts';
import { inferKinds } from './infer-kinds.ts';
import { mergeBlocks } from './merge-blocks.ts';
import { dropKnownGuards } from './specialise.ts';

/** A call that may be inlined. */
interface Candidate {
  readonly func: PyFunction;
  readonly args: readonly Node[];
  /** Whether what the function returns is what the call has to give. */
  fits(body: Graph): boolean;
  readonly isInit: boolean;
  /** The call gives the opposite. */
  readonly isNegated: boolean;
}

function isBool(body: Graph): boolean {
  return returned(body).every(({ kinds }) => within(kinds, BOOL));
}

/** Whether nothing that a body returns can be NotImplemented. */
function isImplemented(body: Graph): boolean {
  return returned(body).every(({ kinds, op }) => (kinds & OBJECT) === 0 || op === 'new_instance' || op === 'build_instance');
}

const anything = (): boolean => true;

function candidateOf(node: Node): Candidate | null {
  const { args, imm } = node;
  const plain = { args, isInit: false, isNegated: false };
  switch (node.op) {
    case 'call_direct': return { ...plain, func: imm as PyFunction, fits: anything };
    case 'call_init': return { ...plain, func: imm as PyFunction, isInit: true, fits: returnsNone };
    case 'call_operator_known': case 'call_condition_known': {
      const { func, tried } = (imm as KnownOperator).entry;
      if (func === null) return null;
      return { ...plain, func, args: tried === 'right' ? [args[1]!, args[0]!] : args, fits: node.op === 'call_condition_known' ? isBool : isImplemented };
    }
    case 'call_special': {
      const { func, then } = imm as SpecialCall;
      if (then === 'storedBy') return { ...plain, func, fits: anything };
      return then === 'lengthBy' || then === 'fullnessBy' ? null : { ...plain, func, isNegated: then === 'excludedBy', fits: isBool };
    }
    default: return null;
  }
}

/** Inlines into one graph. */
class Splicer {
  private readonly graph: Graph;
  private readonly inliner: Inliner;
  private blockCount: number;
  /** The block that is being filled. */
  private block!: Block;
  private out: Node[] = [];
  hasChanged = false;

  constructor(graph: Graph, inliner: Inliner) {
    this.graph = graph;
    this.inliner = inliner;
    this.blockCount = 1 + Math.max(...graph.blocks.map(({ id }) => id));
  }

  run(): void {
    for (const block of [...this.graph.blocks]) this.fill(block);
    if (!this.hasChanged) return;
    this.graph.blocks = reversePostorder(this.graph.blocks[0]!);
    settleOperands(this.graph);
  }

  private fill(block: Block): void {
    const { nodes, end } = block;
    this.block = block;
    this.out = [];
    for (const node of nodes) {
      if (INLINABLE.has(node.op) && node.before !== null && this.inline(node, node.before)) continue;
      node.before = null;
      this.add(node);
    }
    this.close(end);
  }

  private add(node: Node): Node {
    node.block = this.block;
    this.out.push(node);
    return node;
  }

  private close(end: Terminator): void {
    this.block.nodes = this.out;
    this.block.end = end;
  }

  private newBlock(): Block {
    return new Block(this.blockCount++);
  }

  private guard(op: OperationName, imm: unknown, state: State): void {
    const node = this.add(new Node(op, [], imm));
    node.kinds = NONE;
    node.state = state;
  }

  private inline(node: Node, state: State): boolean {
    const candidate = candidateOf(node);
    if (candidate === null) return false;
    const { func, isInit } = candidate;
    const body = this.inliner.bodyOf(func);
    if (body === null || !canBeRepeated(body, { isInit }) || !candidate.fits(body) || !this.inliner.hasRoom(sizeOf(body))) return false;
    this.hasChanged = true;
    this.guard('guard_depth', MAX_DEPTH + 1, state);
    this.guard('guard_inlined', { func, code: func.code } satisfies InlinedFunction, state);
    const value = this.append(copyBody(body, { func, args: candidate.args, state, newBlock: () => this.newBlock() }));
    node.alias = candidate.isNegated ? this.not(value) : value;
    if (value.hint === '') value.hint = node.hint;
    return true;
  }

  private not(value: Node): Node {
    const node = this.add(new Node('not', [value]));
    node.kinds = BOOL;
    return node;
  }

  /** Adds the blocks of a body, goes on behind it, and gives what it returns. */
  private append(blocks: readonly Block[]): Node {
    const entry = blocks[0]!;
    for (const node of entry.nodes) this.add(node);
    if (entry.end.kind === 'return') return entry.end.value;
    const rest = this.newBlock();
    const ends = blocks.filter(({ end }) => end.kind === 'return');
    const value = this.join(rest, ends);
    this.close(entry.end);
    this.block = rest;
    this.out = [];
    return value;
  }

  private join(rest: Block, ends: readonly Block[]): Node {
    const values = ends.map(({ end }) => (end as Extract<Terminator, { kind: 'return' }>).value);
    const isOne = values.length === 1;
    for (const [i, block] of ends.entries()) block.end = { kind: 'jump', target: { target: rest, args: isOne ? [] : [values[i]!] } };
    if (isOne) return values[0]!;
    const param = new Node('param', []);
    param.kinds = ANY;
    param.block = rest;
    rest.params.push(param);
    return param;
  }
}

/** See the file's head. */
export function inlineCalls(graph: Graph, inliner?: Inliner): void {
  if (inliner !== undefined) {
    const splicer = new Splicer(graph, inliner);
    splicer.run();
    if (splicer.hasChanged) {
      mergeBlocks(graph);
      inferKinds(graph);
      dropKnownGuards(graph);
    }
  }
  for (const { nodes } of graph.blocks) for (const node of nodes) node.before = null;
}
