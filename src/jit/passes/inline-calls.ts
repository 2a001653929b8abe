/**
 * Puts the bodies of small Python functions in the place of their calls: of functions, methods, properties, `__init__`, operators and other special methods.
 *
 * What calls nothing (what it calls may have been inlined into it), and has no guard behind a change of anything but objects that it has made itself, may be done again: it has no frame and no
 * states of its own. Where one of its guards fails, compiled code leaves at the position before the call, and tier 0 does the call again from its beginning.
 *
 * Other bodies are left where they stand: their states name the caller's below (`Inlining`), and a frame is made for each. A body that calls something has a record as long as it runs.
 *
 * INV-1: the state before a call (`Node.before`) stands until this pass: between that position and the call there are only guards, and what makes new objects.
 */
import { NB } from '../../bytecode/operands.ts';
import type { PyFunction } from '../../core/function.ts';
import { EQ, type PyType } from '../../core/type.ts';
import { reversePostorder } from '../dominators.ts';
import { Block, constant, isVirtual, Node, resolve, settleOperands, type Graph, type Inlining, type State, type Terminator } from '../ir.ts';
import { ANY, BOOL, INT, NONE, OBJECT, VALUE, within } from '../kinds.ts';
import type { AttributeSite, CalledAlike, PolymorphicCall } from '../operation-constants.ts';
import { INLINABLE, operationOf, type AlikeFunction, type AmongKinds, type InlinedFunction, type InstanceKind, type KnownOperator, type OperationName, type SpecialCall, type TypeFact } from '../operations.ts';
import { isSecondUnit, secondUnit } from '../units.ts';
import { endAtImpossible } from './end-at-impossible.ts';
import { RaiseElision, type HandlerWithout } from './elide-raises.ts';
import { canBeRepeated, copyBody, MAX_DEPTH, mayRaise, needsRecord, raisedBy, returned, returnsNone, sizeOf, type Inliner, type Leaving } from './inline-body.ts';
import { inferKinds } from './infer-kinds.ts';
import { MISSING_FORMS, raisedNew } from './raised.ts';
import { mergeBlocks } from './merge-blocks.ts';
import { dropUnraised } from './drop-unraised.ts';
import { dropKnownGuards } from './specialise.ts';

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
  /** Whether the result is that of the function, or what it constructs: nothing is to be done behind it when its frame goes on in tier 0. */
  readonly isPlain: boolean;
}

/** What comes in the place of a call, in one of its forms. */
interface Body {
  readonly graph: Graph;
  readonly leaving: Leaving;
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
  const plain = { callee: null, args, isInit: false, isNegated: false, isPlain: true };
  switch (node.op) {
    case 'call_direct': return { ...plain, func: imm as PyFunction, fits: anything };
    case 'call_init': return { ...plain, func: imm as PyFunction, isInit: true, fits: returnsNone };
    case 'call_operator_known': case 'call_condition_known': {
      const { site, entry: { func, tried } } = imm as KnownOperator;
      if (func === null) return null;
      return { ...plain, func, isPlain: false, args: tried === 'right' ? [args[1]!, args[0]!] : args, fits: node.op === 'call_condition_known' ? isBool : site.operand === NB.SUBSCR && !site.isComparison ? anything : isImplemented };
    }
    case 'call_special': {
      const { func, then } = imm as SpecialCall;
      if (then === 'storedBy') return { ...plain, func, isPlain: false, fits: anything };
      return then === 'lengthBy' || then === 'fullnessBy' ? null : { ...plain, func, isPlain: false, isNegated: then === 'excludedBy', fits: isBool };
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

/** The functions that a call may become the bodies of; empty for other operations. */
export function calleesOf(node: Node): readonly PyFunction[] {
  if (!INLINABLE.has(node.op) || node.before === null) return [];
  if (node.op === 'call_poly') return (node.imm as PolymorphicCall).functions;
  const candidate = candidateOf(node);
  return candidate === null ? [] : [candidate.func];
}

/** One of several functions, and for which indices it is called. */
interface Choice {
  readonly func: PyFunction;
  readonly indices: number[];
}

/** The functions among which an index chooses; that with the most indices is the last, as it is what is left. */
function choicesAmong(functions: readonly PyFunction[]): readonly Choice[] {
  const choices: Choice[] = [];
  for (const [i, func] of functions.entries()) {
    const known = choices.find((choice) => choice.func === func);
    if (known === undefined) choices.push({ func, indices: [i] });
    else known.indices.push(i);
  }
  return choices.sort((a, b) => a.indices.length - b.indices.length);
}

/** Whether nobody has an exception but what raises it, which follows at once. */
function isOnlyRaised(exception: Node, raise: Node, { slots }: State, nodes: readonly Node[]): boolean {
  const at = nodes.indexOf(exception);
  if (at < 0 || slots.slice(0, -raise.args.length).some((slot) => !isVirtual(slot) && resolve(slot) === exception)) return false;
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
    this.elision = new RaiseElision(graph, () => this.newBlock(), { isBody: inliner.isInBody });
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
    node.become(form);
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
    if (node.op === 'call_poly') return !isSecondUnit(state.at) && this.inlineSeveral(node, state);
    const candidate = candidateOf(node);
    const handlers = new HandlersOfCall(this.elision, state, landingOf(node, end));
    if (candidate === null) return false;
    const body = this.bodyFor(candidate, node, handlers);
    if (body === null) return this.inlineBeginning(node, candidate, state);
    this.guard('guard_depth', MAX_DEPTH + 1, state);
    const args = this.guardCallee(node, candidate, state);
    const value = this.splice(body, candidate.func, candidate.callee, args, node, state, handlers);
    node.alias = candidate.isNegated ? this.not(value) : value;
    if (value.hint === '') value.hint = node.hint;
    return true;
  }

  /** Puts the beginning of a function before its call, which is made only where that does not return. */
  private inlineBeginning(node: Node, { func, args }: Candidate, state: State): boolean {
    if (node.op !== 'call_direct' || node.catches || this.inliner.isInBody || isSecondUnit(state.at) || args.length !== func.code.parameterCount) return false;
    const unit = secondUnit(state.at);
    const graph = this.inliner.mayLeave(unit) ? this.inliner.beginningOf(func) : null;
    if (graph === null || !this.inliner.hasRoom(sizeOf(graph))) return false;
    const before = state.copy(state.slots, unit);
    this.guard('guard_depth', MAX_DEPTH + 1, before);
    this.guard('guard_inlined', { func, code: func.code } satisfies InlinedFunction, before);
    const blocks = copyBody(graph, { func, callee: null, args, newBlock: () => this.newBlock(), leavesTo: before });
    for (const { nodes } of blocks) for (const made of nodes) if (made.op === 'call_direct') made.state = node.state;
    const value = this.append(blocks);
    node.alias = value;
    if (value.hint === '') value.hint = node.hint;
    this.hasChanged = true;
    return true;
  }

  /** The body of a function, if it may be inlined here. */
  private bodyFor(candidate: Candidate, call: Node, handlers: HandlersOfCall): Body | null {
    const body = isSecondUnit(call.before!.at) ? this.raisingBody(candidate, call, handlers) : this.repeatedBody(candidate, call, handlers) ?? this.bodyInPlace(candidate, call);
    // The machine code of a loop that goes on for long is made while it runs: in that V8 does not know what the code's constants are.
    if (body !== null && this.graph.parameters < 0 && body.graph.blocks.some(({ isLoop }) => isLoop)) return null;
    if (body !== null) this.hasChanged = true;
    return body;
  }

  /** For a call that has been left too often when its function was inlined: a body that goes on at a handler for what its guards left for. */
  private raisingBody(candidate: Candidate, call: Node, handlers: HandlersOfCall): Body | null {
    const raises = this.inliner.bodyOf(candidate.func, 'before')?.blocks.some((block) => raisedBy(block) !== null);
    return raises === true ? this.repeatedBody(candidate, call, handlers) : null;
  }

  /** A body that is done again from before the call where a guard of it fails; null where it cannot be, is too large, or nobody takes what it raises. */
  private repeatedBody({ func, isInit, fits }: Candidate, call: Node, handlers: HandlersOfCall): Body | null {
    const graph = this.inliner.bodyOf(func, 'before');
    if (graph === null || !canBeRepeated(graph, { isInit }) || !fits(graph)) return null;
    if (!this.inliner.hasRoom(sizeOf(graph)) || (!this.handsOn(call) && !handlers.handle(graph))) return null;
    return { graph, leaving: 'before' };
  }

  /** Whether what a call raises is raised where the body is inlined that has the call. */
  private handsOn(call: Node): boolean {
    return this.inliner.isInBody && !call.catches;
  }

  /** What a handler in the code is to get must come from the function itself. */
  private bodyInPlace({ func, isPlain, fits }: Candidate, call: Node): Body | null {
    const graph = isPlain ? this.inliner.bodyOf(func, 'in place') : null;
    if (graph === null || !fits(graph) || (call.catches && mayRaise(graph)) || !this.inliner.hasRoom(sizeOf(graph))) return null;
    return { graph, leaving: 'in place' };
  }

  /** Puts a body in the place of `call`; gives its result. */
  private splice({ graph, leaving }: Body, func: PyFunction, callee: Node | null, args: readonly Node[], call: Node, before: State, handlers: HandlersOfCall | null): Node {
    const copy = { func, callee, args, newBlock: () => this.newBlock() };
    if (leaving === 'before') {
      const blocks = copyBody(graph, { ...copy, leavesTo: before });
      if (!this.handsOn(call) && handlers !== null) {
        handlers.connect(blocks);
        this.work.push(...handlers.made);
      }
      return this.append(blocks);
    }
    const caller = call.state!.copy();
    caller.inlines = true;
    const inlining: Inlining = { func: callee ?? this.add(constant(func, OBJECT)), code: func.code, caller, isEntered: needsRecord(graph) };
    const blocks = copyBody(graph, { ...copy, leavesTo: inlining });
    if (inlining.isEntered) {
      const enter = this.add(new Node('enter_inlined', [], inlining));
      enter.kinds = NONE;
      enter.state = inlining.caller;
    }
    return this.append(blocks);
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
    const choices = choicesAmong((node.imm as PolymorphicCall).functions);
    const handlers = new HandlersOfCall(this.elision, state, null);
    const bodies = choices.map(({ func }) => this.bodyFor({ func, callee: null, args, isInit: false, isNegated: false, isPlain: true, fits: anything }, node, handlers));
    if (bodies.every((body) => body === null)) return false;
    this.guard('guard_depth', MAX_DEPTH + 1, state);
    const rest = this.newBlock();
    const ends: Block[] = [];
    const values: Node[] = [];
    for (const [i, { func, indices }] of choices.entries()) {
      const next = i < choices.length - 1 ? this.branch(index, indices) : null;
      this.assumeKind(index, indices, args[0]!);
      values.push(this.callOne(node, func, bodies[i]!, args, state));
      this.close({ kind: 'jump', target: { target: rest, args: [] } });
      ends.push(this.block);
      if (next !== null) this.open(next);
    }
    node.alias = this.meet(rest, ends, values);
    this.open(rest);
    return true;
  }

  /** Goes on where `index` is one of `indices`; gives the block for others. */
  private branch(index: Node, indices: readonly number[]): Block {
    const chosen = this.newBlock();
    for (const i of indices) {
      const number = this.add(constant(i, INT));
      const condition = this.add(new Node('int_compare', [index, number], EQ));
      condition.kinds = BOOL;
      const next = this.newBlock();
      this.close({ kind: 'branch', condition, then: { target: chosen, args: [] }, otherwise: { target: next, args: [] } });
      this.open(next);
    }
    const next = this.block;
    this.open(chosen);
    return next;
  }

  /** Where the index says of which kinds an instance may be, that need not be asked again. */
  private assumeKind(index: Node, among: readonly number[], owner: Node): void {
    if (index.op !== 'poly_index' || index.args[0] !== owner) return;
    const { kinds } = index.imm as { readonly kinds: readonly InstanceKind[] };
    const isOne = among.length === 1;
    const known = this.add(isOne ? new Node('known_kind', [owner], kinds[among[0]!]!) : new Node('known_kinds', [owner, index], { kinds, among } satisfies AmongKinds));
    known.kinds = owner.kinds;
  }

  private callOne(node: Node, func: PyFunction, body: Body | null, args: readonly Node[], state: State): Node {
    if (body !== null) {
      this.guard('guard_inlined', { func, code: func.code } satisfies InlinedFunction, state);
      return this.splice(body, func, null, args, node, state, null);
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
