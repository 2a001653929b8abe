/** The bodies of functions that one compilation inlines: built and specialised once each. */
import type { PyFunction } from '../core/function.ts';
import { buildGraph } from './build.ts';
import { CannotCompile, type BuildInput } from './builder.ts';
import type { Graph } from './ir.ts';
import { delayWrites } from './passes/delay-writes.ts';
import { dropFrameChecks } from './passes/drop-frame-checks.ts';
import { inferKinds } from './passes/infer-kinds.ts';
import { isInlinable, MAX_DEPTH, type Inliner } from './passes/inline-body.ts';
import { inlineCalls } from './passes/inline-calls.ts';
import { pruneParameters } from './passes/prune-parameters.ts';
import { shareValues } from './passes/share-values.ts';
import { dropKnownGuards, specialise } from './passes/specialise.ts';

/** Nodes that all inlined bodies of one compilation may have: what V8 compiles grows with them. */
const MAX_NODES = 1_500;

/** See the file's head. */
export class FunctionInliner implements Inliner {
  private readonly input: BuildInput;
  private readonly bodies = new Map<PyFunction, Graph | null>();
  /** Functions whose bodies are being built, the compiled one first. */
  private readonly active: unknown[];
  private nodes = 0;

  constructor(input: BuildInput) {
    this.input = input;
    this.active = [input.code];
  }

  bodyOf(func: PyFunction): Graph | null {
    if (this.active.includes(func.code) || this.active.length > MAX_DEPTH) return null;
    let body = this.bodies.get(func);
    if (body === undefined) this.bodies.set(func, (body = this.build(func)));
    return body;
  }

  get isInBody(): boolean {
    return this.active.length > 1;
  }

  hasRoom(count: number): boolean {
    if (this.nodes + count > MAX_NODES) return false;
    this.nodes += count;
    return true;
  }

  private build(func: PyFunction): Graph | null {
    const input = this.input.inlined(func);
    const graph = input === null ? null : this.specialised(func, input);
    if (graph !== null && isInlinable(graph)) return graph;
    if (input !== null) this.input.refuseInlining(func);
    return null;
  }

  private specialised(func: PyFunction, input: BuildInput): Graph | null {
    this.active.push(func.code);
    try {
      const graph = buildGraph(input);
      for (const pass of [pruneParameters, inferKinds, specialise]) pass(graph);
      inlineCalls(graph, this);
      for (const pass of [dropFrameChecks, shareValues, dropKnownGuards, delayWrites]) pass(graph);
      return graph;
    } catch (error) {
      if (error instanceof CannotCompile) return null;
      throw error;
    } finally {
      this.active.pop();
    }
  }
}
