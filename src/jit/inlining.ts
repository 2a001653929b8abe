/** The bodies of functions that one compilation inlines: built and specialised once each. */
import type { PyFunction } from '../core/function.ts';
import { buildGraph } from './build.ts';
import { CannotCompile, type BuildInput } from './builder.ts';
import { hasHandlers, MAX_BEGINNING } from './inlinable-code.ts';
import type { Graph } from './ir.ts';
import { delayWrites } from './passes/delay-writes.ts';
import { dropFrameChecks } from './passes/drop-frame-checks.ts';
import { inferKinds } from './passes/infer-kinds.ts';
import { callingGenerators, canBeRepeated, isHopeless, isInlinable, isInlinableInPlace, MAX_DEPTH, type Inliner, type Leaving } from './passes/inline-body.ts';
import { keepBeginning } from './passes/inline-beginning.ts';
import { calleesOf, inlineCalls } from './passes/inline-calls.ts';
import { pruneParameters } from './passes/prune-parameters.ts';
import { shareValues } from './passes/share-values.ts';
import { dropKnownGuards, specialise } from './passes/specialise.ts';

/** Nodes that all inlined bodies of one compilation may have: what V8 compiles grows with them. */
const MAX_NODES = 1_500;

/** Has writes wait for the guards behind them, if the body can be done again then; else it stays as it was: what waits would not be done where a body is left in the middle. */
function withDelayedWrites(graph: Graph): boolean {
  const before = graph.blocks.map(({ nodes }) => nodes);
  delayWrites(graph);
  // An `__init__` may do more: whether this is one, its call knows.
  if (canBeRepeated(graph, { isInit: true })) return true;
  for (const [i, block] of graph.blocks.entries()) {
    block.nodes = before[i]!;
    for (const node of block.nodes) node.block = block;
  }
  return false;
}

/** See the file's head. */
export class FunctionInliner implements Inliner {
  private readonly input: BuildInput;
  private readonly bodies: Readonly<Record<Leaving, Map<PyFunction, Graph | null>>> = { before: new Map(), 'in place': new Map() };
  private readonly beginnings = new Map<PyFunction, Graph | null>();
  /** Functions whose bodies are being built, the compiled one first. */
  private readonly active: unknown[];
  private nodes = 0;

  constructor(input: BuildInput) {
    this.input = input;
    this.active = [input.code];
  }

  bodyOf(func: PyFunction, leaving: Leaving): Graph | null {
    if (this.active.includes(func.code) || this.active.length > MAX_DEPTH) return null;
    const bodies = this.bodies[leaving];
    let body = bodies.get(func);
    if (body === undefined) {
      body = this.build(func, leaving);
      // What is too large for one form may still do for the other: what was built for the first is used for the second.
      if (!bodies.has(func)) bodies.set(func, body);
    }
    return body;
  }

  beginningOf(func: PyFunction): Graph | null {
    let beginning = this.beginnings.get(func);
    if (beginning === undefined) this.beginnings.set(func, (beginning = this.buildBeginning(func)));
    return beginning;
  }

  mayLeave(unit: number): boolean {
    return !this.input.isHopeless(unit);
  }

  private buildBeginning(func: PyFunction): Graph | null {
    const input = this.input.begun(func);
    if (input === null) return null;
    try {
      const graph = buildGraph({ ...input, isUnseen: (at) => at >= MAX_BEGINNING || input.isUnseen(at) });
      for (const pass of [pruneParameters, inferKinds, specialise]) pass(graph);
      if (!keepBeginning(graph, func)) return null;
      for (const pass of [shareValues, dropKnownGuards]) pass(graph);
      return graph;
    } catch (error) {
      if (error instanceof CannotCompile) return null;
      throw error;
    }
  }

  get isInBody(): boolean {
    return this.active.length > 1;
  }

  hasRoom(count: number): boolean {
    if (this.nodes + count > MAX_NODES) return false;
    this.nodes += count;
    return true;
  }

  private build(func: PyFunction, leaving: Leaving): Graph | null {
    const input = this.input.inlined(func);
    const graph = input === null ? null : this.specialised(func, input);
    if (graph !== null && leaving === 'before' && isInlinable(graph) && withDelayedWrites(graph)) return graph;
    // What is raised in the record of an inlined activation goes to the callers'.
    const inPlace = graph !== null && !hasHandlers(func.code) && isInlinableInPlace(graph) ? graph : null;
    if (leaving === 'before') this.bodies['in place'].set(func, inPlace);
    if (inPlace === null && input !== null) this.input.refuseInlining(func);
    return leaving === 'before' ? null : inPlace;
  }

  /** What needs a record is no part of a body: it could be copied to where its caller has none. */
  private iterated(input: BuildInput, func: PyFunction): ReturnType<BuildInput['iterated']> {
    const found = input.iterated(func);
    return found?.calls === true ? null : found;
  }

  /** Whether a function may turn out to be one that is inlined. */
  private mayInline(func: PyFunction): boolean {
    const { before, 'in place': inPlace } = this.bodies;
    if (before.get(func) === null && inPlace.get(func) === null) return false;
    return !this.active.includes(func.code) && this.active.length <= MAX_DEPTH && this.input.mayInline(func);
  }

  private specialised(func: PyFunction, input: BuildInput): Graph | null {
    this.active.push(func.code);
    try {
      const graph = buildGraph({ ...input, iterated: (from) => this.iterated(input, from) });
      for (const pass of [pruneParameters, inferKinds, specialise]) pass(graph);
      if (isHopeless(graph, (call) => calleesOf(call).some((callee) => this.mayInline(callee)))) return null;
      inlineCalls(graph, this);
      for (const pass of [dropFrameChecks, shareValues, dropKnownGuards]) pass(graph);
      const calling = callingGenerators(graph);
      for (const generator of calling) this.input.noteCalls(generator);
      return calling.length > 0 ? null : graph;
    } catch (error) {
      if (error instanceof CannotCompile) return null;
      throw error;
    } finally {
      this.active.pop();
    }
  }
}
