/** Runs the passes over a graph, one after the other: times each, dumps the graph behind it where asked, and verifies it. */
import type { Graph } from '../ir.ts';
import { graphText } from '../text.ts';
import { verifyGraph } from '../verify.ts';
import { boundInts } from './bound-ints.ts';
import { dropDeadCode } from './dead-code.ts';
import { dropUnraised } from './drop-unraised.ts';
import { dropFrameChecks } from './drop-frame-checks.ts';
import { foldInstances } from './fold-instances.ts';
import { hoistGuards } from './hoist-guards.ts';
import type { Inliner } from './inline-body.ts';
import { inlineCalls } from './inline-calls.ts';
import { inferKinds } from './infer-kinds.ts';
import { pruneParameters } from './prune-parameters.ts';
import { shareEntries } from './share-entries.ts';
import { shareValues } from './share-values.ts';
import { dropKnownGuards, specialise } from './specialise.ts';
import { splitComplex } from './split-complex.ts';
import { splitInstances } from './split-instances.ts';
import { splitNumbers } from './split-numbers.ts';
import { storeParts } from './store-parts.ts';
import { unboxFloats } from './unbox-floats.ts';

/** A pass changes the graph in place. */
export interface Pass {
  readonly name: string;
  /** `inliner` knows the functions that may be inlined; without it none is. */
  run(graph: Graph, inliner?: Inliner): void;
}

/** The pass behind which operands have the form that operations want. */
const PLACES_DOUBLES = 'unbox-floats';

/** All passes, in order. */
export const PASSES: readonly Pass[] = [
  { name: 'prune-parameters', run: pruneParameters },
  { name: 'infer-kinds', run: inferKinds },
  { name: 'specialise', run: specialise },
  { name: 'drop-unraised', run: dropUnraised },
  { name: 'inline-calls', run: inlineCalls },
  { name: 'fold-instances', run: foldInstances },
  { name: 'drop-frame-checks', run: dropFrameChecks },
  { name: 'split-complex', run: splitComplex },
  { name: 'split-numbers', run: splitNumbers },
  { name: 'share-values', run: shareValues },
  { name: 'split-instances', run: splitInstances },
  { name: 'drop-known-guards', run: dropKnownGuards },
  { name: 'bound-ints', run: boundInts },
  { name: 'store-parts', run: storeParts },
  { name: 'share-entries', run: shareEntries },
  { name: 'hoist-guards', run: hoistGuards },
  { name: PLACES_DOUBLES, run: unboxFloats },
  { name: 'share-boxes', run: shareValues },
  { name: 'dead-code', run: dropDeadCode },
];

/** Milliseconds by pass, over the life of the worker. */
export const passTimes = new Map<string, number>();

/** What else is done behind each pass. */
export interface PassOptions {
  /** Gets the text of the graph, with the pass's name. */
  readonly dump: ((name: string, text: string) => void) | null;
  /** Whether the graph is verified; it is when it is dumped, too. */
  readonly verifies: boolean;
}

/** Runs all passes: times each; dumps and verifies as the options say. Throws an Error that names the pass behind which the graph is broken. */
export function runPasses(graph: Graph, options: PassOptions, inliner?: Inliner): void {
  let areDoublesPlaced = false;
  settled('build', graph, options, areDoublesPlaced);
  for (const pass of PASSES) {
    const start = performance.now();
    pass.run(graph, inliner);
    passTimes.set(pass.name, (passTimes.get(pass.name) ?? 0) + performance.now() - start);
    areDoublesPlaced ||= pass.name === PLACES_DOUBLES;
    settled(pass.name, graph, options, areDoublesPlaced);
  }
}

function settled(name: string, graph: Graph, options: PassOptions, areDoublesPlaced: boolean): void {
  options.dump?.(name, graphText(graph));
  if (!options.verifies && options.dump === null) return;
  try {
    verifyGraph(graph, { areDoublesPlaced });
  } catch (error) {
    throw new Error(`behind ${name} of ${graph.name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
