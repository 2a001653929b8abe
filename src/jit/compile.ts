/** One compilation: feedback and bytecode in, a JavaScript function out. */
import { compileFunction } from 'node:vm';
import { RAISED, RETURNED, SUSPENDED, UNWIND } from '../core/compiled.ts';
import { ENDED } from '../core/quiet.ts';
import { PyList, PyTuple } from '../core/containers.ts';
import type { CompiledCall, PyCode, PyFunction } from '../core/function.ts';
import { moreSlots, PyInstance } from '../core/instance.ts';
import { PyComplex, PyFloat } from '../core/scalars.ts';
import type { CompiledFrame } from '../core/thread.ts';
import type { Services } from '../hooks/services.ts';
import { buildGraph } from './build.ts';
import { CannotCompile, TooLong, type BuildInput } from './builder.ts';
import { emitJavaScript, type Emitted } from './emit/javascript.ts';
import { FunctionInliner } from './inlining.ts';
import { resetIds } from './ir.ts';
import { callingGenerators } from './passes/inline-body.ts';
import { runPasses, type PassOptions } from './passes/run.ts';
import * as arithmetic from './runtime-helpers.ts';

/** Ways into tier 0 that are the compiler's own: they count. */
export type Exit = 'leave' | 'leaveLeaf' | 'restart' | 'enterLeaf' | 'raisedAt' | 'raisedHere' | 'leaveInlined' | 'leaveLeafInlined' | 'raisedAtInlined';

/** What operations name in the emitted code, for the interpreter that `services` belongs to; `exits` are the ways out of the code. */
export function helpersFor(services: Services, exits: Readonly<Record<Exit, unknown>>): ReadonlyMap<string, unknown> {
  const { facts, doors, operations } = services;
  return new Map<string, unknown>([
    ...Object.entries(operations), ...Object.entries(doors), ...Object.entries(arithmetic), ...Object.entries(exits), ['UNWIND', UNWIND], ['ENDED', ENDED], ['RAISED', RAISED], ['RETURNED', RETURNED], ['SUSPENDED', SUSPENDED], ['PyComplex', PyComplex], ['PyFloat', PyFloat], ['PyInstance', PyInstance], ['moreSlots', moreSlots], ['PyList', PyList], ['PyTuple', PyTuple],
    ['float', facts.float], ['list', facts.list], ['dict', facts.dict], ['tuple', facts.tuple], ['complex', facts.complex], ['method', facts.method], ['interpreter', facts.interpreter],
    // All threads of an interpreter have the same: V8 knows where its word is.
    ['breaker', facts.interpreter.mainThread.breaker],
  ]);
}

/** Code with more characters is left to tier 0: V8 optimises no function of more than 61,440 bytes of its own code, about half as many as there are characters, and tier 0's loop, which it does optimise, is faster then. */
const MAX_TEXT = 115_000;

/** A finished compilation. */
export interface Compilation {
  readonly run: CompiledCall | CompiledFrame;
  readonly emitted: Emitted;
}

/** The code of generators that were inlined needs a record, for which it was not built. */
class GeneratorsCall extends CannotCompile {
  readonly functions: readonly PyFunction[];

  constructor(functions: readonly PyFunction[]) {
    super('the code of an inlined generator needs a record');
    this.functions = functions;
  }
}

/** Attempts at inlining generators: each finds some more of which it was not known that they need a record. */
const MAX_ATTEMPTS = 4;

/** Compiles one entry. Throws CannotCompile. `options.dump` gets the graph behind each pass, and the JavaScript. */
export function compileEntry(input: BuildInput, helpers: ReadonlyMap<string, unknown>, options: PassOptions, attempt = 1): Compilation {
  let hasGenerators = false;
  const iterated: BuildInput['iterated'] = (func) => {
    const found = input.iterated(func);
    hasGenerators ||= found !== null;
    return found;
  };
  try {
    return compileOnce({ ...input, iterated }, helpers, options);
  } catch (error) {
    if (!(error instanceof CannotCompile)) throw error;
    if (error instanceof GeneratorsCall && attempt < MAX_ATTEMPTS) {
      for (const func of error.functions) input.noteCalls(func);
      return compileEntry(input, helpers, options, attempt + 1);
    }
    if (hasGenerators) return compileEntry({ ...input, iterated: () => null }, helpers, options);
    // What stands in the way may be a way to a handler, which can be an entry of its own as well.
    if (input.code.handlers!.length === 0) throw error;
    return compileOnce({ ...input, hasHandlers: false }, helpers, options);
  }
}

function compileOnce(input: BuildInput, helpers: ReadonlyMap<string, unknown>, options: PassOptions): Compilation {
  resetIds();
  const graph = buildGraph(input);
  runPasses(graph, options, new FunctionInliner(input));
  const calling = callingGenerators(graph);
  if (calling.length > 0) throw new GeneratorsCall(calling);
  const filename = sourceUrl(input.code, input.begins ? 'begun' : String(input.entry));
  const emitted = emitJavaScript(graph, input, helpers, filename);
  options.dump?.('javascript', emitted.text);
  if (emitted.text.length > MAX_TEXT) throw new TooLong(`${emitted.text.length} characters are too many`);
  // As `new Function`, but with a name for the script, which perf shows.
  const make = compileFunction(emitted.text, [...emitted.names], { filename }) as (...values: unknown[]) => CompiledCall;
  return { run: make(...emitted.values), emitted };
}

/** Under what name debuggers and profilers show the code. */
function sourceUrl(code: PyCode, entry: string): string {
  const { filename, qualname, firstlineno } = code.code;
  return `ladon-jit/${filename.replace(/^\//, '').replace(/[^A-Za-z0-9_./-]/g, '_')}/${qualname.replace(/[^A-Za-z0-9_.]/g, '_')}_${firstlineno}_${entry}.js`;
}
