/** `_contextvars` (Python/context.c). A Context is a Map from variables to values, copied when a thread copies it. */
import type { NativeDefinition, NativeResult, PyMethodDescriptor } from '../core/native.ts';
import { EQ } from '../core/type.ts';
import type { PyDict } from '../core/containers.ts';
import type { KeywordNames, PyType } from '../core/type.ts';
import { TAIL_CALL, type Thread } from '../core/thread.ts';
import { FRAME_HOOKED, PyFunction, PyMethod, type Frame } from '../core/function.ts';
import { bindFrame } from '../interp/call-frame.ts';
import { callHooked } from '../interp/compiled-calls.ts';
import { linkToPyObject, PyObject, type Maybe, type Value } from '../core/value.ts';
import { call } from '../objects/call.ts';
import { interpreterEntry } from '../objects/entry-point.ts';
import { compareBool, equalityResult } from '../objects/compare.ts';
import { LookupError, RuntimeError } from '../objects/exception-types.ts';
import { CLASS_GETITEM } from '../objects/generic-alias-record.ts';
import { tableGetStr } from '../objects/hash-table.ts';
import { HASH_NOT_IMPLEMENTED, objectHash } from '../objects/hash-value.ts';
import { getIterator } from '../objects/iterate.ts';
import { newList, newTuple, NOT_IMPLEMENTED } from '../objects/make.ts';
import { hashOf } from '../objects/hash-value.ts';
import { newException, raise, raiseKeyError, raiseTypeError, raiseValueError } from '../objects/raise.ts';
import { staticType } from '../objects/static-types.ts';
import { addressOf, repr } from '../objects/text.ts';
import { asStr } from '../objects/type-of.ts';
import { readyType } from '../objects/type-ready.ts';
import type { NativeModule } from './native-module.ts';

const CONTEXT_TYPE = staticType('Context', { module: '_contextvars', hasWeakref: true });
const VARIABLE_TYPE = staticType('ContextVar', { module: '_contextvars' });
const TOKEN_TYPE = staticType('Token', { module: '_contextvars' });
const MISSING_TYPE = staticType('Token.MISSING', { module: '_contextvars', disallowInstantiation: true });

class PyMissing extends PyObject {}
const MISSING: Value = new PyMissing(MISSING_TYPE);
readyType(MISSING_TYPE, { slots: { tp_repr: () => '<Token.MISSING>' } });

const NO_VALUES: ReadonlyMap<PyContextVar, Value> = new Map();

/** `Context`. */
export class PyContext {
  type: PyType;
  dict: PyDict | null;
  /** Copies share it until one of them is written (`writable`). */
  values: ReadonlyMap<PyContextVar, Value>;
  ownsValues: boolean;
  /** The variable asked for last, and its value; null after a change. */
  lastVariable: PyContextVar | null;
  lastValue: Maybe;
  entered: boolean;
  previous: Value;

  constructor(type: PyType) {
    this.type = type;
    this.dict = null;
    this.values = NO_VALUES;
    this.ownsValues = false;
    this.lastVariable = null;
    this.lastValue = undefined;
    this.entered = false;
    this.previous = null;
  }
}
/** As a PyObject (`linkToPyObject`). */
export interface PyContext extends PyObject {}
linkToPyObject(PyContext);

class PyContextVar extends PyObject {
  readonly name: string;
  readonly fallback: Maybe;
  constructor(type: PyType, name: string, fallback: Maybe) {
    super(type);
    this.name = name;
    this.fallback = fallback;
  }
}

class PyToken extends PyObject {
  readonly context: PyContext;
  readonly variable: PyContextVar;
  readonly old: Maybe;
  used = false;
  constructor(context: PyContext, variable: PyContextVar, old: Maybe) {
    super(TOKEN_TYPE);
    this.context = context;
    this.variable = variable;
    this.old = old;
  }
}

function currentContext(t: Thread): PyContext {
  if (t.context instanceof PyContext) return t.context;
  const context = new PyContext(CONTEXT_TYPE);
  context.entered = true;
  t.context = context;
  return context;
}

/** `copy_context()`. */
export function copyCurrentContext(t: Thread): PyContext {
  return copyContext(currentContext(t));
}

/** Makes `context` the thread's current one until `leaveContext` (PyContext_Enter). Raises RuntimeError when it is entered already. */
export function enterContext(t: Thread, context: PyContext): void {
  if (context.entered) raise(RuntimeError, `cannot enter context: ${repr(t, context)} is already entered`);
  context.previous = t.context;
  context.entered = true;
  t.context = context;
  t.interpreter.contextWatch?.tell(context);
}

/** Undoes `enterContext`. */
export function leaveContext(t: Thread, context: PyContext): void {
  t.context = context.previous;
  context.previous = null;
  context.entered = false;
  t.interpreter.contextWatch?.tell(t.context);
}

function copyContext(source: PyContext): PyContext {
  const copy = new PyContext(CONTEXT_TYPE);
  source.ownsValues = false;
  copy.values = source.values;
  return copy;
}

/** The values of a context that are to be changed. */
function writable(context: PyContext): Map<PyContextVar, Value> {
  context.lastVariable = null;
  context.lastValue = undefined;
  if (!context.ownsValues) {
    context.values = new Map(context.values);
    context.ownsValues = true;
  }
  return context.values as Map<PyContextVar, Value>;
}

function context_run(t: Thread, self: PyContext, args: Value[], keywords: Map<string, Value>): Value | typeof TAIL_CALL {
  if (args.length === 0) raiseTypeError('run() missing 1 required positional argument');
  const callable = args[0]!;
  const names = keywords.size === 0 ? null : [...keywords.keys()];
  const rest = args.slice(1);
  if (names !== null) rest.push(...keywords.values());
  enterContext(t, self);
  return runsInCaller(callable) ? runEntered(t, self, callable, rest, names) : callEntered(t, self, callable, rest, names);
}

/** A Python function runs in the caller's loop, so that a thread (whose run() is called through here) can be swapped out. */
function runEntered(t: Thread, self: PyContext, callable: Value, args: Value[], names: KeywordNames): typeof TAIL_CALL {
  let finished = true;
  try {
    const frame = pythonFrame(t, callable, args, names);
    finished = false;
    frame.kind |= FRAME_HOOKED;
    frame.ending = leaving(t, self);
    t.tailFrame = frame;
    return TAIL_CALL;
  } finally {
    if (finished) leaveContext(t, self);
  }
}

function leaving(t: Thread, context: PyContext): () => void {
  return () => leaveContext(t, context);
}

/** A call in the context that was entered. */
function callEntered(t: Thread, self: PyContext, callable: Value, args: Value[], names: KeywordNames): Value {
  try {
    return call(t, callable, args, names);
  } finally {
    leaveContext(t, self);
  }
}

/**
 * Whether the loop can run a call: that of a Python function or a bound method. A plugin's frame evaluator does not see its frame:
 * threads run in such frames, and have to be swapped out.
 */
function runsInCaller(callable: Value): boolean {
  if (callable instanceof PyMethod) return runsInCaller(callable.func);
  return callable instanceof PyFunction && callable.entryPoint === interpreterEntry();
}

function pythonFrame(t: Thread, callable: Value, args: Value[], keywords: KeywordNames): Frame {
  return callable instanceof PyMethod ? pythonFrame(t, callable.func, [callable.self, ...args], keywords) : bindFrame(t, callable as PyFunction, args, keywords);
}

/** `run` as compiled code calls it: a compiled function is called without a frame for it, and may be left with its caller. */
function context_runCompiled(t: Thread, self: PyContext, args: Value[], keywords: Map<string, Value>): NativeResult {
  const callable = args[0];
  const func = callable instanceof PyMethod ? callable.func : callable;
  if (keywords.size > 0 || !(func instanceof PyFunction) || !takesCompiled(t, func, callable === func ? args.length - 1 : args.length)) return context_run(t, self, args, keywords);
  enterContext(t, self);
  return callHooked(t, func, parametersOf(func, callable!, args), leaveContext, self);
}

/** What a function gets for `args`, the callable first: the self of a method takes its place. */
function parametersOf(func: PyFunction, callable: Value, args: readonly Value[]): Value[] {
  const count = func.code.simpleArgcount;
  const parameters = new Array<Value>(count);
  const isMethod = callable instanceof PyMethod;
  if (isMethod) parameters[0] = callable.self;
  let given = isMethod ? 1 : 0;
  for (let i = 1; i < args.length; i++) parameters[given++] = args[i]!;
  for (; given < count; given++) parameters[given] = func.defaults!.items.at(given - count)!;
  return parameters;
}

/** Whether so many arguments, and defaults behind them, are those of the parameters of a function that is compiled. */
function takesCompiled(t: Thread, { code, defaults, entryPoint }: PyFunction, count: number): boolean {
  const missing = code.simpleArgcount - count;
  return code.isCompiled && entryPoint === t.interpreter.entryPoint && missing >= 0 && missing <= (defaults === null ? 0 : defaults.items.length);
}

function requireKey(t: Thread, key: Value): PyContextVar {
  return key instanceof PyContextVar ? key : raiseTypeError(`a ContextVar key was expected, got ${repr(t, key)}`);
}

function sameContexts(t: Thread, a: PyContext, b: PyContext): boolean {
  if (a.values.size !== b.values.size) return false;
  for (const [variable, value] of a.values) {
    const other = b.values.get(variable);
    if (other === undefined || !compareBool(t, value, other, EQ)) return false;
  }
  return true;
}

readyType(CONTEXT_TYPE, {
  slots: {
    tp_new: (_t, _type, args) => (args.length > 0 ? raiseTypeError('Context() does not accept any arguments') : new PyContext(CONTEXT_TYPE)),
    tp_richcompare: (t, self: PyContext, other, op) => (other instanceof PyContext ? equalityResult(sameContexts(t, self, other), op) : NOT_IMPLEMENTED),
    tp_hash: HASH_NOT_IMPLEMENTED,
    tp_iter: (t, self: PyContext) => getIterator(t, newList([...self.values.keys()])),
    mp_length: (_t, self: PyContext) => self.values.size,
    mp_subscript: (t, self: PyContext, key) => {
      const value = self.values.get(requireKey(t, key));
      return value === undefined ? raiseKeyError(key) : value;
    },
    sq_contains: (t, self: PyContext, key) => self.values.has(requireKey(t, key)),
  },
  methods: {
    run: [context_run, '!($self, /, *args, **kwargs)', 'Run a callable in this context.'],
    copy: [(_t: Thread, self: PyContext) => copyContext(self), '($self, /)', 'Return a shallow copy of the context object.'],
    get: [
      (t: Thread, self: PyContext, key: Value, fallback?: Value) => {
        const value = self.values.get(requireKey(t, key));
        return value === undefined ? fallback : value;
      },
      '($self, key, default=None, /)', 'Return the value for `key` if `key` has the value in the context object.',
    ],
    items: [(_t: Thread, self: PyContext) => newList([...self.values].map(([key, value]) => newTuple([key, value]))), '($self, /)', 'Return all variables and their values in the context object.'],
    keys: [(_t: Thread, self: PyContext) => newList([...self.values.keys()]), '($self, /)', 'Return a list of all variables in the context object.'],
    values: [(_t: Thread, self: PyContext) => newList([...self.values.values()]), '($self, /)', 'Return a list of all variables\' values in the context object.'],
  },
});

const RUN = tableGetStr(CONTEXT_TYPE.attributes.table, 'run') as PyMethodDescriptor;
RUN.definition.fromCompiled = context_runCompiled as NativeDefinition['implementation'];

/** The name is by position only. */
function variable_new(t: Thread, type: PyType, args: Value[], keywords: KeywordNames): Value {
  const count = args.length - (keywords?.length ?? 0);
  if (args.length > 2) raiseTypeError(`ContextVar() takes at most 2 ${count === 0 ? 'keyword ' : ''}arguments (${args.length} given)`);
  if (count !== 1) raiseTypeError(`ContextVar() takes ${count === 0 ? 'exactly' : 'at most'} 1 positional argument (${count} given)`);
  const [keyword] = keywords ?? [];
  if (keyword !== undefined && keyword !== 'default') raiseTypeError(`ContextVar() got an unexpected keyword argument '${keyword}'`);
  const name = asStr(args[0]!) ?? raiseTypeError('context variable name must be a str');
  // Of a subclass of str it may not be hashable.
  hashOf(t, args[0]!);
  return new PyContextVar(type, name, args[1]);
}

function variable_get(t: Thread, self: PyContextVar, fallback?: Value): Value {
  const value = contextValue(t, self);
  if (value !== undefined) return value;
  if (fallback !== undefined) return fallback;
  if (self.fallback !== undefined) return self.fallback;
  throw newException(LookupError, self);
}

/** A variable for a native module. */
export function newContextVariable(name: string): Value {
  return new PyContextVar(VARIABLE_TYPE, name, undefined);
}

/** The value of a native module's variable in the current context, undefined when it has none. */
export function contextValue(t: Thread, variable: Value): Maybe {
  const { context } = t;
  if (!(context instanceof PyContext)) return undefined;
  if (context.lastVariable !== variable) {
    context.lastVariable = variable as PyContextVar;
    context.lastValue = context.values.get(variable as PyContextVar);
  }
  return context.lastValue;
}

/** Sets a native module's variable in the current context. */
export function setContextValue(t: Thread, variable: Value, value: Value): void {
  writable(currentContext(t)).set(variable as PyContextVar, value);
}

function variable_set(t: Thread, self: PyContextVar, value: Value): Value {
  const context = currentContext(t);
  const token = new PyToken(context, self, context.values.get(self));
  writable(context).set(self, value);
  return token;
}

function variable_reset(t: Thread, self: PyContextVar, token: Value): void {
  if (!(token instanceof PyToken)) raiseTypeError(`expected an instance of Token, got ${repr(t, token)}`);
  if (token.used) raise(RuntimeError, `${repr(t, token)} has already been used once`);
  if (token.variable !== self) raiseValueError(`${repr(t, token)} was created by a different ContextVar`);
  if (token.context !== currentContext(t)) raiseValueError(`${repr(t, token)} was created in a different Context`);
  token.used = true;
  if (token.old === undefined) writable(token.context).delete(self);
  else writable(token.context).set(self, token.old);
}

readyType(VARIABLE_TYPE, {
  slots: {
    tp_new: variable_new,
    tp_hash: objectHash,
    tp_repr: (t, self: PyContextVar) => {
      const fallback = self.fallback === undefined ? '' : ` default=${t.reprGuard.has(self) ? '...' : guarded(t, self, () => repr(t, self.fallback!))}`;
      return `<ContextVar name=${repr(t, self.name)}${fallback} at ${addressOf(self)}>`;
    },
  },
  methods: {
    get: [variable_get, '($self, default=<unrepresentable>, /)', 'Return a value for the context variable for the current context.'],
    set: [variable_set, '($self, value, /)', 'Call to set a new value for the context variable in the current context.'],
    reset: [variable_reset, '($self, token, /)', 'Reset the context variable.'],
    __class_getitem__: CLASS_GETITEM,
  },
  getset: { name: { get: (_t, self) => (self as PyContextVar).name, member: true } },
});

function guarded(t: Thread, object: Value, body: () => string): string {
  t.reprGuard.add(object);
  try {
    return body();
  } finally {
    t.reprGuard.delete(object);
  }
}

readyType(TOKEN_TYPE, {
  slots: {
    tp_new: () => raise(RuntimeError, 'Tokens can only be created by ContextVars'),
    tp_hash: HASH_NOT_IMPLEMENTED,
    tp_repr: (t, self: PyToken) => `<Token${self.used ? ' used' : ''} var=${repr(t, self.variable)} at ${addressOf(self)}>`,
  },
  methods: {
    __enter__: [(_t: Thread, self: PyToken) => self, '($self, /)', 'Enter into Token context manager.'],
    __exit__: [(t: Thread, self: PyToken, _type: Value, _value: Value, _traceback: Value) => variable_reset(t, self.variable, self), '($self, type, val, tb, /)', 'Exit from Token context manager, restore the linked ContextVar.'],
    __class_getitem__: CLASS_GETITEM,
  },
  getset: {
    var: { get: (_t, self) => (self as PyToken).variable },
    old_value: { get: (_t, self) => ((self as PyToken).old === undefined ? MISSING : (self as PyToken).old) },
  },
  attributes: { MISSING },
});

/** The table. */
export const CONTEXTVARS_MODULE: NativeModule = {
  name: '_contextvars',
  doc: 'Context Variables',
  types: { Context: CONTEXT_TYPE, ContextVar: VARIABLE_TYPE, Token: TOKEN_TYPE },
  functions: { copy_context: [copyCurrentContext, '($module, /)', 'Return a copy of the current context.'] },
};
