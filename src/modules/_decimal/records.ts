/** Records of `_decimal`: numbers and contexts; the current context; raising what an operation signalled. */
import type { PyDict } from '../../core/containers.ts';
import type { PyType } from '../../core/type.ts';
import type { Interpreter, Thread } from '../../core/thread.ts';
import { linkToPyObject, PyObject, type Int, type Maybe, type Value } from '../../core/value.ts';
import type { Dec } from '../../objects/algorithms/decimal/number.ts';
import { DIVISION_BY_ZERO, INVALID, OVERFLOW, type Limits, type Rounding } from '../../objects/algorithms/decimal/context.ts';
import { raiseTypeError } from '../../objects/raise.ts';
import { staticType } from '../../objects/static-types.ts';
import { contextValue, newContextVariable, setContextValue } from '../_contextvars.ts';
import { raiseSignal } from './signals.ts';

export const DECIMAL_TYPE = staticType('Decimal', { module: 'decimal', baseType: true });
export const CONTEXT_TYPE = staticType('Context', { module: 'decimal', baseType: true });

/** `Decimal`. */
export class PyDecimal {
  type: PyType;
  dict: PyDict | null;
  readonly value: Dec;
  hash: Int | null;
  constructor(type: PyType, value: Dec) {
    this.type = type;
    this.dict = null;
    this.value = value;
    this.hash = null;
  }
}
/** As a PyObject (`linkToPyObject`). */
export interface PyDecimal extends PyObject {}
linkToPyObject(PyDecimal);

/** `Context`: the limits of operations, and what they signalled. `status` is of the running operation, `flags` of all since they were cleared. */
export class PyDecimalContext extends PyObject implements Limits {
  prec: Int = 28;
  rounding: Rounding = 'ROUND_HALF_EVEN';
  emin: Int = -999999;
  emax: Int = 999999;
  capitals = 1;
  clamp = 0;
  flags = 0;
  traps = INVALID | DIVISION_BY_ZERO | OVERFLOW;
  status = 0;
  /** The SignalDicts over `flags` and `traps`, once asked for. */
  flagsDict: Maybe = undefined;
  trapsDict: Maybe = undefined;
}

/** A Decimal of the exact class. @hot */
export function newDecimal(value: Dec): PyDecimal {
  return new PyDecimal(DECIMAL_TYPE, value);
}

/** Adds conditions to a context's flags; raises those that are trapped. */
export function signal(context: PyDecimalContext, bits: number): void {
  context.flags |= bits;
  const trapped = bits & context.traps;
  if (trapped !== 0) raiseSignal(trapped);
}

/** Settles what an operation on the context signalled, and gives its result as a Decimal. @hot every operation */
export function settle(context: PyDecimalContext, result: Dec): PyDecimal {
  const { status } = context;
  if (status !== 0) {
    context.status = 0;
    signal(context, status);
  }
  return new PyDecimal(DECIMAL_TYPE, result);
}

/** As `settle`; undefined where something is trapped, as if nothing had been done. @hot every operation in compiled code */
export function settleQuietly(context: PyDecimalContext, result: Dec): PyDecimal | undefined {
  const { status } = context;
  if (status !== 0) {
    context.status = 0;
    if ((status & context.traps) !== 0) return undefined;
    context.flags |= status;
  }
  return new PyDecimal(DECIMAL_TYPE, result);
}

/** Copies all but the identity. */
export function copyContext(source: PyDecimalContext, type: PyType = CONTEXT_TYPE): PyDecimalContext {
  const copy = new PyDecimalContext(type);
  const { prec, rounding, emin, emax, capitals, clamp, flags, traps } = source;
  return Object.assign(copy, { prec, rounding, emin, emax, capitals, clamp, flags, traps });
}

/** Contexts that are there to be copied from. */
export interface Templates {
  readonly defaults: PyDecimalContext;
  readonly basic: PyDecimalContext;
  readonly extended: PyDecimalContext;
  readonly variable: Value;
}

/** The templates asked for last. A declared cache: every operation needs them. */
let lastTemplates: { readonly interpreter: Interpreter; readonly templates: Templates } | null = null;

/** The templates of the thread's interpreter. @hot every operator */
export function templates(t: Thread): Templates {
  if (lastTemplates !== null && lastTemplates.interpreter === t.interpreter) return lastTemplates.templates;
  lastTemplates = { interpreter: t.interpreter, templates: templatesOf(t) };
  return lastTemplates.templates;
}

function templatesOf(t: Thread): Templates {
  let found = t.interpreter.moduleState.get('_decimal') as Templates | undefined;
  if (found === undefined) {
    const basic = new PyDecimalContext(CONTEXT_TYPE);
    Object.assign(basic, { prec: 9, rounding: 'ROUND_HALF_UP', traps: INVALID | DIVISION_BY_ZERO | OVERFLOW | 0x4001 });
    const extended = new PyDecimalContext(CONTEXT_TYPE);
    Object.assign(extended, { prec: 9, traps: 0 });
    found = { defaults: new PyDecimalContext(CONTEXT_TYPE), basic, extended, variable: newContextVariable('decimal_context') };
    t.interpreter.moduleState.set('_decimal', found);
  }
  return found;
}

/** The current context, made from DefaultContext when there is none yet. @hot every operator */
export function currentContext(t: Thread): PyDecimalContext {
  const { variable, defaults } = templates(t);
  const found = contextValue(t, variable);
  if (found instanceof PyDecimalContext) return found;
  const made = copyContext(defaults);
  made.flags = 0;
  setContextValue(t, variable, made);
  return made;
}

/** Makes a context the current one; a template is copied. */
export function setCurrentContext(t: Thread, value: Value): void {
  if (!(value instanceof PyDecimalContext)) raiseTypeError('argument must be a context');
  const { variable, defaults, basic, extended } = templates(t);
  let context = value;
  if (value === defaults || value === basic || value === extended) {
    context = copyContext(value);
    context.flags = 0;
  }
  setContextValue(t, variable, context);
}

/** An optional context argument: the current context for None. */
export function contextArgument(t: Thread, value: Maybe): PyDecimalContext {
  if (value === undefined || value === null) return currentContext(t);
  return value instanceof PyDecimalContext ? value : raiseTypeError('optional argument must be a context');
}
