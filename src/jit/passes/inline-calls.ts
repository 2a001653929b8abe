/**
 * Puts the bodies of small Python functions in the place of their calls: of functions, methods, properties, `__init__`, operators and other special methods.
 *
 * What is inlined has no frame and no states of its own: where one of its guards fails, compiled code leaves at the position before the call, and tier 0 does the call
 * again from its beginning. So only what may be done again is inlined: functions that call nothing (what they call may have been inlined into them), and in which no guard comes
 * behind a change of anything but objects that they have made themselves.
 *
 * INV-1: the state before a call (`Node.before`) stands until this pass: between that position and the call there are only guards, and what makes new objects.
 */
import type { PyFunction } from '../../core/function.ts';
import type { PyType } from '../../core/type.ts';
import { reversePostorder } from '../dominators.ts';
import { Block, constant, isVirtual, Node, resolve, settleOperands, type Graph, type State, type Terminator } from '../ir.ts';
import { ANY, BOOL, INT, NONE, OBJECT, VALUE, within } from '../kinds.ts';
import type { AttributeSite, CalledAlike, PolymorphicCall } from '../operation-constants.ts';
import { INLINABLE, operationOf, type AlikeFunction, type InlinedFunction, type KnownOperator, type OperationName, type SpecialCall, type TypeFact } from '../operations.ts';
import { endAtImpossible } from './end-at-impossible.ts';
import { RaiseElision, type HandlerWithout } from './elide-raises.ts';
import { canBeRepeated, copyBody, MAX_DEPTH, raisedBy, returned, returnsNone, sizeOf, type Inliner } from './inline-body.ts';
import { inferKinds } from './infer-kinds.ts';
import { MISSING_FORMS, raisedNew } from './raised.ts';
import { mergeBlocks } from './merge-blocks.ts';
import { dropUnraised } from './drop-unraised.ts';
import { dropKnownGuards } from './specialise.ts';

/** `==` among the comparisons. */
const EQUAL = 2;

/** A call that may be inlined. */
interface Candidate {
  readonly func: PyFunction;
  /** The function as a value, where it stands for others of its code. */
  readonly callee: Node | null;
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
  const plain = { callee: null, args, isInit: false, isNegated: false };
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
    case 'call_code': {
      const { first } = imm as CalledAlike;
      return { ...plain, func: first, callee: args[0]!, args: args.slice(1), fits: anything };
    }
    case 'load_attr': {
      const { getter } = imm as AttributeSite;
      return getter === undefined ? null : { ...plain, func: getter.func, fits: anything };
    }
    default: return null;
  }
}

/** Whether nobody has an exception but what raises it, which follows at once. */
function isOnlyRaised(exception: Node, raise: Node, { slots }: State, nodes: readonly Node[]): boolean {
  const at = nodes.indexOf(exception);
  if (at < 0 || slots.slice(0, -1).some((slot) => !isVirtual(slot) && resolve(slot) === exception)) return false;
  return nodes.slice(at + 1, nodes.indexOf(raise)).every((node) => node.op === 'const' || operationOf(node).effect === 'guard');
}

/** Where the handler of a call begins whose exceptions go on in the graph; `end` is that of its block. */
function landingOf(call: Node, end: Terminator): Block | null {
  if (!call.catches || end.kind !== 'branch' || end.condition.op !== 'raised' || resolve(end.condition.args[0]!) !== call) return null;
  return end.then.target;
}

/** The ways to handlers of what the body of an inlined call raises: only those are taken that need no exception, as there is no frame that raises it. */
class HandlersOfCall {
  private readonly elision: RaiseElision;
  private readonly state: State;
  private readonly landing: Block | null;
  private readonly handlers = new Map<PyType, HandlerWithout>();

  constructor(elision: RaiseElision, state: State, landing: Block | null) {
    this.elision = elision;
    this.state = state;
    this.landing = landing;
  }

  /** Whether all that the body raises has a handler of that kind. */
  handle(body: Graph): boolean {
    const types = new Set(body.blocks.flatMap((block) => raisedBy(block)?.type ?? []));
    return [...types].every((type) => {
      const handler = this.landing === null ? null : this.elision.handlerFor(this.landing, { type, exception: null }, this.state, { isOnly: types.size === 1 });
      if (handler !== null) this.handlers.set(type, handler);
      return handler !== null;
    });
  }

  /** Has the blocks of the body that raise something go on there. */
  connect(blocks: readonly Block[]): void {
    for (const block of blocks) {
      const raised = raisedBy(block);
      if (raised === null) continue;
      block.nodes.pop();
      block.end = { kind: 'jump', target: { target: this.handlers.get(raised.type)!.start, args: [] } };
    }
  }

  get made(): readonly Block[] {
    return [...this.handlers.values()].flatMap(({ made }) => made);
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
  private readonly elision: RaiseElision;
  /** The blocks that are still to be filled: copies of handlers are added. */
  private readonly work: Block[];

  constructor(graph: Graph, inliner: Inliner) {
    this.graph = graph;
    this.inliner = inliner;
    this.blockCount = 1 + Math.max(...graph.blocks.map(({ id }) => id));
    this.elision = new RaiseElision(graph, () => this.newBlock());
    this.work = [...graph.blocks];
  }

  run(): void {
    // Not for-of over a copy: the list grows.
    for (const block of this.work) this.fill(block);
    if (!this.hasChanged) return;
    this.graph.blocks = reversePostorder(this.graph.blocks[0]!);
    settleOperands(this.graph);
  }

  private fill(block: Block): void {
    const { nodes } = block;
    let { end } = block;
    this.block = block;
    this.out = [];
    for (const node of nodes) {
      if (INLINABLE.has(node.op) && node.before !== null && this.inline(node, node.before, end)) continue;
      if (node.op === 'raise' && node.catches && this.elide(node, nodes, end)) return;
      if (node.raises !== null) end = this.elideMissing(node, end);
      node.before = null;
      this.add(node);
    }
    this.close(end);
  }

  /** Has a `raise` go on at a copy of its handler that does not need the exception. */
  private elide(node: Node, nodes: readonly Node[], end: Terminator): boolean {
    const raised = raisedNew(node);
    const state = node.before;
    if (raised === null || state === null || end.kind !== 'jump' || !isOnlyRaised(raised.exception!, node, state, nodes)) return false;
    const handler = this.elision.handlerFor(end.target.target, raised, state, { isOnly: true });
    if (handler === null) return false;
    this.close({ kind: 'jump', target: { target: handler.start, args: [] } });
    this.work.push(...handler.made);
    this.hasChanged = true;
    return true;
  }

  /** Has what is not there go on at a handler that does not need the exception; gives the end of the block. */
  private elideMissing(node: Node, end: Terminator): Terminator {
    const landing = landingOf(node, end);
    const form = MISSING_FORMS[node.op];
    if (landing === null || form === undefined || node.before === null) return end;
    const handler = this.elision.handlerFor(landing, { type: node.raises!, exception: null }, node.before, { isOnly: true });
    if (handler === null) return end;
    node.op = form;
    node.state = node.before;
    this.work.push(...handler.made);
    this.hasChanged = true;
    return { ...(end as Extract<Terminator, { kind: 'branch' }>), then: { target: handler.start, args: [] } };
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

  private guard(op: OperationName, imm: unknown, state: State, args: readonly Node[] = []): Node {
    const node = this.add(new Node(op, [...args], imm));
    node.kinds = args.length === 0 ? NONE : OBJECT;
    node.state = state;
    return node;
  }

  private open(block: Block): void {
    this.block = block;
    this.out = [];
  }

  /** `end` is that of the node's block. */
  private inline(node: Node, state: State, end: Terminator): boolean {
    if (node.op === 'call_poly') return this.inlineSeveral(node, state);
    const candidate = candidateOf(node);
    const handlers = new HandlersOfCall(this.elision, state, landingOf(node, end));
    const body = candidate === null ? null : this.bodyFor(candidate, handlers);
    if (candidate === null || body === null) return false;
    this.guard('guard_depth', MAX_DEPTH + 1, state);
    const args = this.guardCallee(node, candidate, state);
    const blocks = copyBody(body, { func: candidate.func, callee: candidate.callee, args, state, newBlock: () => this.newBlock() });
    if (!this.inliner.isInBody) {
      handlers.connect(blocks);
      this.work.push(...handlers.made);
    }
    const value = this.append(blocks);
    node.alias = candidate.isNegated ? this.not(value) : value;
    if (value.hint === '') value.hint = node.hint;
    return true;
  }

  /** The body of a function, if it may be inlined here. */
  private bodyFor({ func, isInit, fits }: Candidate, handlers: HandlersOfCall): Graph | null {
    const body = this.inliner.bodyOf(func);
    if (body === null || !canBeRepeated(body, { isInit }) || !fits(body)) return null;
    if (!this.inliner.hasRoom(sizeOf(body)) || (!this.inliner.isInBody && !handlers.handle(body))) return null;
    this.hasChanged = true;
    return body;
  }

  /** Checks that the call is still that of the function; gives the arguments. */
  private guardCallee(node: Node, { func, callee, args }: Candidate, state: State): readonly Node[] {
    const { code } = func;
    if (callee !== null) this.guard('guard_globals', { globals: func.globals, code } satisfies AlikeFunction, state, [callee]);
    else this.guard('guard_inlined', { func, code } satisfies InlinedFunction, state);
    if (node.op !== 'load_attr') return args;
    const getter = (node.imm as AttributeSite).getter!;
    this.guard('guard_getter', getter, state);
    return [this.guard('guard_type', { type: getter.type, version: getter.version } satisfies TypeFact, state, args)];
  }

  /** A call of one of several functions: each is inlined or called on a way of its own. */
  private inlineSeveral(node: Node, state: State): boolean {
    const [index, ...args] = node.args as [Node, ...Node[]];
    const { functions } = node.imm as PolymorphicCall;
    const handlers = new HandlersOfCall(this.elision, state, null);
    const bodies = functions.map((func) => this.bodyFor({ func, callee: null, args, isInit: false, isNegated: false, fits: anything }, handlers));
    if (bodies.every((body) => body === null)) return false;
    this.guard('guard_depth', MAX_DEPTH + 1, state);
    const rest = this.newBlock();
    const ends: Block[] = [];
    const values: Node[] = [];
    for (const [i, func] of functions.entries()) {
      const next = i < functions.length - 1 ? this.branch(index, i) : null;
      values.push(this.callOne(node, func, bodies[i]!, args, state));
      this.close({ kind: 'jump', target: { target: rest, args: [] } });
      ends.push(this.block);
      if (next !== null) this.open(next);
    }
    node.alias = this.meet(rest, ends, values);
    this.open(rest);
    return true;
  }

  /** Goes on where `index` is `i`; gives the block for other indices. */
  private branch(index: Node, i: number): Block {
    const number = this.add(constant(i, INT));
    const condition = this.add(new Node('int_compare', [index, number], EQUAL));
    condition.kinds = BOOL;
    const [chosen, next] = [this.newBlock(), this.newBlock()];
    this.close({ kind: 'branch', condition, then: { target: chosen, args: [] }, otherwise: { target: next, args: [] } });
    this.open(chosen);
    return next;
  }

  private callOne(node: Node, func: PyFunction, body: Graph | null, args: readonly Node[], state: State): Node {
    if (body !== null) {
      this.guard('guard_inlined', { func, code: func.code } satisfies InlinedFunction, state);
      return this.append(copyBody(body, { func, callee: null, args, state, newBlock: () => this.newBlock() }));
    }
    const call = this.add(new Node('call_direct', [...args], func));
    call.kinds = VALUE;
    call.state = node.state;
    call.catches = node.catches;
    return call;
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
    const values = ends.map(({ end }) => (end as Extract<Terminator, { kind: 'return' }>).value);
    const value = this.meet(rest, ends, values);
    // The entry's own end may be one of those that were changed.
    this.close(entry.end);
    this.open(rest);
    return value;
  }

  /** Has all `ends` go on in `rest`, with one value there. */
  private meet(rest: Block, ends: readonly Block[], values: readonly Node[]): Node {
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
      dropUnraised(graph);
      mergeBlocks(graph);
      inferKinds(graph);
      endAtImpossible(graph);
      dropKnownGuards(graph);
    }
  }
  for (const { nodes } of graph.blocks) for (const node of nodes) node.before = null;
}
