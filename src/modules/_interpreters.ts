/** `_interpreters` (Modules/_interpretersmodule.c, PEP 734): interpreters on other workers, through the supervisor. */
import type { PyBaseException } from '../core/exception.ts';
import { CO, type CodeObject } from '../bytecode/code.ts';
import { listInstructions } from '../bytecode/instruction-list.ts';
import { OP } from '../bytecode/opcodes.ts';
import { ARGS_NOT_SHAREABLE, type CrossCall, type HostError, type HostValue } from '../base/protocol.ts';
import { encodeCode } from '../bytecode/serialise.ts';
import { PyDict, PyTuple } from '../core/containers.ts';
import { PyCode, PyFunction } from '../core/function.ts';
import { PyBytes } from '../core/scalars.ts';
import type { PARKED, Thread } from '../core/thread.ts';
import { PyObject, type Maybe, type Value } from '../core/value.ts';
import { getAttr } from '../objects/attributes.ts';
import { call } from '../objects/call.ts';
import { checkUtf8 } from '../objects/codec-errors.ts';
import { Exception, RuntimeError, TypeError } from '../objects/exception-types.ts';
import { tableGetStr, tableKeys } from '../objects/hash-table.ts';
import { functionToBytes } from '../interp/code-transfer.ts';
import { parseSource } from '../interp/compile-source.ts';
import { fromHost, isShareable, toHost } from '../objects/host-values.ts';
import { importModule } from '../objects/import-hook.ts';
import { newList, newTuple } from '../objects/make.ts';
import { isRaised, newException, raise, raiseTypeError, raiseValueError, typeName } from '../objects/raise.ts';
import { SIMPLE_NAMESPACE_TYPE, staticType } from '../objects/static-types.ts';
import { repr } from '../objects/text.ts';
import { readyType } from '../objects/type-ready.ts';
import { asInt, asStr } from '../objects/type-of.ts';
import { askSupervisor } from './ask.ts';
import type { NativeModule } from './native-module.ts';

const WHENCE = { UNKNOWN: 0, RUNTIME: 1, LEGACY_CAPI: 2, CAPI: 3, XI: 4, STDLIB: 5 } as const;

const INTERPRETER_ERROR = staticType('InterpreterError', { base: Exception, module: 'concurrent.interpreters', baseType: true });
const NOT_FOUND_ERROR = staticType('InterpreterNotFoundError', { base: INTERPRETER_ERROR, module: 'concurrent.interpreters', baseType: true });
const NOT_SHAREABLE_ERROR = staticType('NotShareableError', { base: TypeError, module: 'concurrent.interpreters', baseType: true });
readyType(INTERPRETER_ERROR, { doc: 'A cross-interpreter operation failed' });
readyType(NOT_FOUND_ERROR, { doc: 'An interpreter was not found' });
readyType(NOT_SHAREABLE_ERROR, { doc: 'A cross-interpreter operation failed as an object cannot be shared' });
const BUFFER_VIEW = staticType('CrossInterpreterBufferView', { module: '_interpreters', disallowInstantiation: true });
readyType(BUFFER_VIEW, {});

interface RunOutcome {
  readonly value: HostValue;
  readonly error: HostError | null;
  readonly died: string | null;
}

function idOf(value: Value): number {
  const id = asInt(value);
  if (id === undefined) raiseTypeError(`interpreter ID must be an int, got ${typeName(value)}`);
  if (id < 0) raiseValueError(`interpreter ID must be a non-negative int, got ${id}`);
  return Number(id);
}

function notFound(message: string): never {
  throw newException(message.startsWith('unrecognized') ? NOT_FOUND_ERROR : INTERPRETER_ERROR, message);
}

/** `whence` of an interpreter: the main one is the runtime's, all others are ours. */
function whenceOf(id: number): number {
  return id === 0 ? WHENCE.RUNTIME : WHENCE.STDLIB;
}

const described = (id: number): Value => newTuple([id, whenceOf(id)]);

function namespace(t: Thread, fields: Record<string, Value>): Value {
  return call(t, SIMPLE_NAMESPACE_TYPE, Object.values(fields), Object.keys(fields));
}

/** The `excinfo` of an exception in another interpreter. */
function excinfo(t: Thread, error: HostError): Value {
  const type = namespace(t, { __name__: error.type, __qualname__: error.type, __module__: 'builtins' });
  const formatted = error.message === '' ? error.type : `${error.type}: ${error.message}`;
  return namespace(t, { type, msg: error.message, formatted, errdisplay: error.traceback.trimEnd() });
}

function checkDeath(outcome: RunOutcome): void {
  if (outcome.died !== null) throw newException(INTERPRETER_ERROR, outcome.died);
}

function interpreters_create(t: Thread): typeof PARKED {
  return askSupervisor(t, 'interpreters.create', null, (id) => id as number, notFound);
}

function interpreters_destroy(t: Thread, id: Value): typeof PARKED {
  const target = idOf(id);
  if (target === t.interpreter.id) throw newException(INTERPRETER_ERROR, 'cannot destroy the current interpreter');
  return askSupervisor(t, 'interpreters.destroy', { id: target }, () => null, notFound);
}

function interpreters_list_all(t: Thread): typeof PARKED {
  return askSupervisor(t, 'interpreters.list', null, (ids) => newList((ids as number[]).map(described)), notFound);
}

/** Source or stateless code to run in `__main__`. */
/** The three ways to run code, which differ in what their messages call them. */
function executor(name: string) {
  return (t: Thread, id: Value, code: Value, shared?: Value): typeof PARKED => execute(t, id, code, shared, `_interpreters.${name}() argument 3`);
}

function execute(t: Thread, id: Value, code: Value, shared: Maybe, where: string): typeof PARKED {
  const target = idOf(id);
  const names = shared === undefined ? undefined : sharedNames(t, shared, where);
  const finish = (answer: unknown): Value => {
    checkDeath(answer as RunOutcome);
    const { error } = answer as RunOutcome;
    return error === null ? null : excinfo(t, error);
  };
  const source = asStr(code);
  // As in CPython, text that is no program is an error of the caller.
  if (source !== undefined) parseSource(t, source, { filename: '<script>', mode: 'exec', flags: 0, optimize: -1 });
  if (source !== undefined) return askSupervisor(t, 'interpreters.exec', { id: target, source, filename: '<script>', names }, finish, notFound);
  const payload = codePayload(code);
  return askSupervisor(t, 'interpreters.call', { id: target, payload, names }, finish, notFound);
}

/** Whether every return of the code returns None. */
function returnsNone(code: CodeObject): boolean {
  const instructions = listInstructions(code);
  return instructions.every(({ op }, i) => {
    if (op !== OP.RETURN_VALUE) return true;
    const before = instructions[i - 1];
    return before !== undefined && before.op === OP.LOAD_CONST && code.consts[before.oparg] === null;
  });
}

function codePayload(code: Value): CrossCall {
  const object = code instanceof PyFunction ? code.code : code;
  if (!(object instanceof PyCode)) raiseTypeError(`exec() argument must be a string, a function, or a code object, not ${typeName(code)}`);
  if (object.code.nfreevars > 0) raiseValueError('code with closures not supported');
  if (object.code.argcount + object.code.kwonlyargcount > 0 || (object.code.flags & (CO.VARARGS | CO.VARKEYWORDS)) !== 0) raiseValueError('code with args not supported');
  if (!returnsNone(object.code)) raiseValueError('code that returns a value is not a script');
  return { callable: { code: encodeCode(object.code), name: object.code.name }, args: [], keywords: [], mainPath: null };
}

/** The script of this interpreter, for pickled members of `__main__`. */
function mainPath(t: Thread): string | null {
  const main = tableGetStr(t.interpreter.modules.table, '__main__');
  const file = main instanceof PyObject && main.dict !== null ? tableGetStr(main.dict.table, '__file__') : undefined;
  return typeof file === 'string' ? file : null;
}

/** A function inside of another one has no name to be found by: its code goes, if it needs nothing else. */
function isNameless(value: Value): value is PyFunction {
  return value instanceof PyFunction && value.qualname.includes('<locals>') && value.closure === null;
}

/** What `send` returns; an object that cannot be pickled is one that cannot be shared, as `failure` words it. */
function shared<T>(send: () => T, failure: () => string): T {
  try {
    return send();
  } catch (caught) {
    if (!isRaised(caught, Exception)) throw caught;
    const error = newException(NOT_SHAREABLE_ERROR, failure());
    error.cause = caught;
    throw error;
  }
}

function callableFailure(t: Thread, callable: Value): string {
  return callable instanceof PyFunction ? 'only stateless functions are shareable' : `expected a function, got ${repr(t, callable)}`;
}

function callPayload(t: Thread, callable: Value, args: readonly Value[], keywords: ReadonlyMap<string, Value>): CrossCall {
  const isMainFunction = [callable, ...args, ...keywords.values()].some((value) => value instanceof PyFunction && value.module === '__main__');
  const all = [...args, ...keywords.values()];
  const functions = all.flatMap((arg, at): [number, { code: Uint8Array; name: string }][] => (isNameless(arg) ? [[at, { code: functionToBytes(arg), name: arg.name }]] : []));
  const rest = { functions, args: all.map((arg) => (isNameless(arg) ? null : shared(() => toHost(t, arg), () => `${repr(t, arg)} does not support cross-interpreter data`))), keywords: [...keywords.keys()], mainPath: isMainFunction ? mainPath(t) : null };
  if (callable instanceof PyFunction && callable.module === '__main__' && rest.mainPath === null) {
    if (callable.closure !== null) throw newException(NOT_SHAREABLE_ERROR, 'object could not be unpickled: closures cannot be sent');
    return { ...rest, callable: { code: functionToBytes(callable), name: callable.name } };
  }
  if (isNameless(callable)) return { ...rest, callable: { code: functionToBytes(callable), name: callable.name } };
  const bytes = shared(() => call(t, getAttr(t, importModule(t, 'pickle'), 'dumps'), [callable]), () => callableFailure(t, callable));
  return { ...rest, callable: { pickle: (bytes as PyBytes).value.slice() } };
}

/** Arguments that could be sent and not be made there. */
function argumentsError(): PyBaseException {
  const error = newException(NOT_SHAREABLE_ERROR, ARGS_NOT_SHAREABLE);
  error.cause = newException(NOT_SHAREABLE_ERROR, 'object could not be unpickled');
  return error;
}

function interpreters_call(t: Thread, id: Value, callable: Value, args?: Value, kwargs?: Value): typeof PARKED {
  const positional = args instanceof PyTuple ? args.items : [];
  const keywords = new Map<string, Value>();
  if (kwargs instanceof PyDict) for (const key of tableKeys(kwargs.table)) keywords.set(asStr(key)!, tableGetStr(kwargs.table, asStr(key)!)!);
  const payload = callPayload(t, callable, positional, keywords);
  return askSupervisor(t, 'interpreters.call', { id: idOf(id), payload }, (answer) => {
    checkDeath(answer as RunOutcome);
    const { error, value } = answer as RunOutcome;
    if (error?.type === 'NotShareableError' && error.message === ARGS_NOT_SHAREABLE) throw argumentsError();
    return error === null ? newTuple([fromHost(t, value), null]) : newTuple([null, excinfo(t, error)]);
  }, notFound);
}

/** What a dict binds in another interpreter's `__main__`. Raises NotShareableError for a value that cannot go there. */
function sharedNames(t: Thread, updates: Value, where: string): [string, HostValue][] {
  if (!(updates instanceof PyDict)) raiseTypeError(`${where} must be dict, not ${updates === null ? 'None' : typeName(updates)}`);
  return tableKeys(updates.table).map((key): [string, HostValue] => {
    // Names are passed as UTF-8 in CPython, which lone surrogates have no form in.
    checkUtf8(asStr(key)!);
    const value = tableGetStr(updates.table, asStr(key)!)!;
    if (!isShareable(t, value) && value instanceof PyDict === false && value instanceof PyObject && !isPicklableQueue(value)) {
      throw newException(NOT_SHAREABLE_ERROR, `${typeName(value)} does not support cross-interpreter data`);
    }
    return [asStr(key)!, toHost(t, value)];
  });
}

function interpreters_set_main(t: Thread, id: Value, updates: Value): typeof PARKED {
  const names = sharedNames(t, updates, '_interpreters.set___main___attrs() argument 2');
  return askSupervisor(t, 'interpreters.bind', { id: idOf(id), names }, () => null, notFound);
}

/** Queues are shared by id, which their pickled form carries. */
function isPicklableQueue(value: PyObject): boolean {
  return value.type.name === 'Queue' || value.type.name === 'Interpreter' || value.type.name === 'memoryview';
}

function interpreters_new_config(t: Thread, name?: Value): Value {
  void name;
  return namespace(t, { use_main_obmalloc: false, allow_fork: false, allow_exec: false, allow_threads: true, allow_daemon_threads: false, check_multi_interp_extensions: true, gil: t.interpreter.config.mode === 'gil' ? 'shared' : 'own' });
}

/** The table. */
export const INTERPRETERS_MODULE: NativeModule = {
  name: '_interpreters',
  doc: 'This module provides primitive operations to manage Python interpreters.',
  types: { InterpreterError: INTERPRETER_ERROR, InterpreterNotFoundError: NOT_FOUND_ERROR, NotShareableError: NOT_SHAREABLE_ERROR, CrossInterpreterBufferView: BUFFER_VIEW },
  attributes: () => Object.fromEntries(Object.entries(WHENCE).map(([name, value]) => [`WHENCE_${name}`, value])),
  functions: {
    create: [interpreters_create, "!($module, config='isolated', *, reqrefs=False)", 'Create a new interpreter and return a unique generated ID.'],
    destroy: [interpreters_destroy, '!($module, id, *, restrict=False)', 'Destroy the identified interpreter.'],
    list_all: [interpreters_list_all, '!($module, *, require_ready=False)', 'Return a list of (ID, whence) of every interpreter.'],
    get_current: [(t: Thread) => described(t.interpreter.id), '!($module)', 'Return (ID, whence) of current interpreter.'],
    get_main: [() => described(0), '!($module)', 'Return (ID, whence) of main interpreter.'],
    exec: [executor('exec'), '!($module, id, code, shared=None, *, restrict=False)', 'Execute the provided code in the identified interpreter.'],
    run_string: [executor('run_string'), '!($module, id, script, shared=None, *, restrict=False)', 'Execute the provided string in the identified interpreter.'],
    run_func: [executor('run_func'), '!($module, id, func, shared=None, *, restrict=False)', 'Execute the body of the provided function in the identified interpreter.'],
    call: [interpreters_call, '!($module, id, callable, args=None, kwargs=None, *, preserve_exc=False, restrict=False)', 'Call the provided object in the identified interpreter.'],
    set___main___attrs: [interpreters_set_main, '!($module, id, updates, *, restrict=False)', 'Bind the given attributes in the interpreter\'s __main__ module.'],
    is_running: [
      (t: Thread, id: Value) => askSupervisor(t, 'interpreters.isRunning', { id: idOf(id) }, (answer) => answer === true, notFound),
      '!($module, id, *, restrict=False)', 'Return whether or not the identified interpreter is running.',
    ],
    is_shareable: [(t: Thread, obj: Value) => isShareable(t, obj), '!($module, obj)', 'Return True if the object can be shared between interpreters without being pickled.'],
    incref: [(_t: Thread, id: Value) => void idOf(id), '!($module, id, *, implieslink=False, restrict=False)', 'Interpreters end when they are closed.'],
    decref: [(_t: Thread, id: Value) => void idOf(id), '!($module, id, *, restrict=False)', 'Interpreters end when they are closed.'],
    whence: [(_t: Thread, id: Value) => whenceOf(idOf(id)), '!($module, id)', 'Return an identifier for where the interpreter was created.'],
    new_config: [interpreters_new_config, "!($module, name='isolated', /, **overrides)", 'Return a representation of a new config.'],
    get_config: [interpreters_new_config, '!($module, id, *, restrict=False)', 'Return the config of an interpreter.'],
    capture_exception: [
      (t: Thread, exc?: Value) => (exc === undefined || exc === null ? raise(RuntimeError, 'no exception to capture') : excinfo(t, { type: typeName(exc), message: '', traceback: '' })),
      '!($module, exc=None)', 'Return a snapshot of an exception.',
    ],
  },
};

