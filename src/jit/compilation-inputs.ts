/**
 * What compilations start from: the `BuildInput` of a function's calls, of a frame at a loop or handler, of a coroutine that is begun, and of what is
 * inlined into them. All that the builder may know of the program comes through it.
 */
import type { Frame, PyCode, PyFunction } from '../core/function.ts';
import { PyListIterator, PyRangeIterator, PyTupleIterator } from '../core/iterators.ts';
import type { PyType } from '../core/type.ts';
import type { Maybe } from '../core/value.ts';
import type { Services } from '../hooks/services.ts';
import { CompiledFor, type Assumptions } from './assumptions.ts';
import type { BuildInput } from './builder.ts';
import { decode } from './bytecode-blocks.ts';
import type { CodeState } from './code-state.ts';
import { mayBeInlined, mayBeIterated, returnsEarly } from './inlinable-code.ts';
import type { Node } from './ir.ts';
import { DICT, kindOf, LIST, STR, TUPLE, type Kinds } from './kinds.ts';

/** Compilations of an entry after which nothing counts as unseen any more. */
const MAX_UNSEEN = 8;
/** Compilations of an entry after which one kind of instances seen is not taken for a beginning any more. */
export const MAX_SETTLING = 4;
/** Compilations of one entry. */
export const MAX_COMPILATIONS = 12;
/** How often a function is looked at in vain. */
const MAX_REFUSALS = 5;

/** What says where a compilation begins. */
export type Entry = Pick<BuildInput, 'entry' | 'entryKinds' | 'entrySize' | 'isFrame' | 'begins' | 'iteratorAt'>;

/** What a tier tells of itself and of the code it knows. */
export interface InputSource {
  readonly services: Services;
  /** Calls and back edges until code is observed; 0 compiles at once, without feedback. */
  readonly threshold: number;
  readonly options: {
    readonly verifies: boolean;
    readonly allows: ((func: PyFunction) => boolean) | null;
  };
  stateOf(code: PyCode): CodeState;
}

/** Where the body of a coroutine begins: behind RETURN_GENERATOR, POP_TOP and RESUME. */
function bodyOf(code: PyCode): number {
  let at = code.generatorStart!;
  for (let k = 0; k < 3; k++) at = decode(code.words, at).next;
  return at;
}

function iteratorClass(value: Maybe): Node['iterator'] {
  if (value instanceof PyRangeIterator) return 'range';
  if (value instanceof PyListIterator) return 'list';
  return value instanceof PyTupleIterator ? 'tuple' : '';
}

function noIterator(): Node['iterator'] {
  return '';
}

/** The entry of a function's calls. */
export function callEntry({ code, feedback }: CodeState): Entry {
  return { entry: 0, entryKinds: feedback.parameters.slice(), entrySize: code.parameterCount, isFrame: false, begins: false, iteratorAt: noIterator };
}

/** The entry of the body of a generator or coroutine. */
export function bodyEntry({ code, feedback }: CodeState): Entry {
  return { entry: bodyOf(code), entryKinds: feedback.parameters.slice(), entrySize: code.parameterCount, isFrame: false, begins: true, iteratorAt: noIterator };
}

/** The entry of a frame where it stands: at a loop, at a handler or behind a yield. */
export function frameEntry(f: Frame, services: Services): Entry {
  const entryKinds: Kinds[] = [];
  for (let i = 0; i < f.sp; i++) entryKinds.push(kindOf(f.stack[i], services.facts));
  return { entry: f.pc, entryKinds, entrySize: f.sp, isFrame: true, begins: false, iteratorAt: (i) => iteratorClass(f.stack[i]) };
}

/** Makes the inputs of a tier's compilations. */
export class CompilationInputs {
  private readonly source: InputSource;
  private readonly assumptions: Assumptions;

  constructor(source: InputSource, assumptions: Assumptions) {
    this.source = source;
    this.assumptions = assumptions;
  }

  /** What a compilation of `func` starts from, the `times`th one of this entry. */
  of(state: CodeState, func: PyFunction, entry: Entry, times: number): BuildInput {
    const { code } = state;
    const { source, assumptions } = this;
    const { facts, operations } = source.services;
    const { interpreter } = facts;
    const compiled = new CompiledFor(state);
    return {
      ...entry,
      code,
      func,
      types: facts,
      compiled,
      verifies: source.options.verifies,
      relies: (object) => assumptions.relies(compiled, object),
      feedbackAt: (at) => state.feedback.rows.get(at) ?? null,
      isUnseen: (at) => source.threshold > 0 && times <= MAX_UNSEEN && !state.feedback.rows.has(at),
      resumePoint: (pc) => state.pointAt(pc),
      isSettling: times <= MAX_SETTLING,
      hasHandlers: true,
      // The last attempt speculates on nothing, so that it need not be the last but one.
      isHopeless: (at) => times === MAX_COMPILATIONS || state.hopeless.has(at),
      isResultHopeless: (at) => times === MAX_COMPILATIONS || state.hopelessResults.has(at),
      builtinAttribute: (kind, name) => this.builtinAttribute(kind, name),
      findName: facts.findName,
      canBegin: facts.canBegin,
      specialMethod: (type, name, count) => {
        const method = facts.specialMethod(interpreter.mainThread, type, name, count);
        return method === null || method.code.ownEntries !== 0 ? null : method;
      },
      classAttribute: facts.lookup,
      classValue: facts.classValue,
      importedModule: (builtins, name, fromlist) => operations.importedModule(interpreter.mainThread, builtins, name, fromlist),
      inlined: (callee) => (this.mayInline(callee) ? this.ofBody(callee) : null),
      begun: (callee) => (returnsEarly(callee.code) && this.knows(callee) ? this.ofBody(callee) : null),
      iterated: (callee) => this.ofIterated(callee),
      noteCalls: (callee) => { source.stateOf(callee.code).calls = true; },
      mayInline: (callee) => this.mayInline(callee),
      refuseInlining: (callee) => { source.stateOf(callee.code).refusals++; },
      propertyGetter: (type, name) => facts.propertyGetter(interpreter.mainThread, type, name),
      commonConstant: (number) => facts.commonConstant(interpreter.mainThread, number),
      exceptionInit: (type: PyType) => facts.exceptionInit(interpreter.mainThread, type),
      pythonInit: (type: PyType) => facts.pythonInit(interpreter.mainThread, type),
    };
  }

  /** See `BuildInput.mayInline`. */
  private mayInline(func: PyFunction): boolean {
    return mayBeInlined(func.code) && this.knows(func) && this.source.stateOf(func.code).refusals < MAX_REFUSALS;
  }

  /** Whether something of a function has been seen that may be compiled. */
  private knows(func: PyFunction): boolean {
    const state = this.source.stateOf(func.code);
    return this.source.options.allows?.(func) !== false && state.givenUp === '' && (this.source.threshold === 0 || state.feedback.rows.size > 0);
  }

  /** See `BuildInput.inlined`. */
  private ofBody(func: PyFunction): BuildInput {
    const state = this.source.stateOf(func.code);
    return this.of(state, func, callEntry(state), state.compilations.get(-1) ?? 1);
  }

  /** See `BuildInput.iterated`. */
  private ofIterated(func: PyFunction): ReturnType<BuildInput['iterated']> {
    const { code } = func;
    if (!mayBeIterated(code) || !this.source.services.facts.beginsPlainly(code) || !this.knows(func)) return null;
    const state = this.source.stateOf(code);
    return { body: this.of(state, func, bodyEntry(state), 1), calls: state.calls };
  }

  private builtinAttribute(kind: Kinds, name: string): Maybe {
    const { facts } = this.source.services;
    const type = kind === LIST ? facts.list : kind === DICT ? facts.dict : kind === TUPLE ? facts.tuple : kind === STR ? facts.str : null;
    return type === null ? undefined : facts.lookup(type, name);
  }
}
