/** Runs the passes over a graph, one after the other: times each, dumps the graph behind it where asked, and verifies it. */
import type { Graph } from '../ir.ts';
import { graphText } from '../text.ts';
import { verifyGraph } from '../verify.ts';
import { dropDeadCode } from './dead-code.ts';
import { inferKinds } from './infer-kinds.ts';
import { pruneParameters } from './prune-parameters.ts';
import { shareValues } from './share-values.ts';
import { specialise } from './specialise.ts';
import { unboxFloats } from './unbox-floats.ts';

/** A pass changes the graph in place. */
export interface Pass {
  readonly name: string;
  run(graph: Graph): void;
}

/** All passes, in order. */
export const PASSES: readonly Pass[] = [
  { name: 'prune-parameters', run: pruneParameters },
  { name: 'infer-kinds', run: inferKinds },
  { name: 'specialise', run: specialise },
  { name: 'share-values', run: shareValues },
  { name: 'unbox-floats', run: unboxFloats },
  { name: 'share-boxes', run: shareValues },
  { name: 'dead-code', run: dropDeadCode },
];

/** Milliseconds by pass, over the life of the worker. */
export const passTimes = new Map<string, number>();

/** Runs all passes. `dump` gets the text of the graph behind each, with the pass's name. */
export function runPasses(graph: Graph, dump: ((name: string, text: string) => void) | null): void {
  dump?.('build', graphText(graph));
  for (const pass of PASSES) {
    const start = performance.now();
    pass.run(graph);
    passTimes.set(pass.name, (passTimes.get(pass.name) ?? 0) + performance.now() - start);
    if (dump !== null) {
      dump(pass.name, graphText(graph));
      verifyGraph(graph);
    }
  }
}
