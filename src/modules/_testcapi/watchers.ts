/** Watchers of dicts, types, code, functions and contexts for CPython's tests (Modules/_testcapi/watchers.c), over `hooks/`. */
import { makeCode } from '../../bytecode/code.ts';
import { OP } from '../../bytecode/opcodes.ts';
import { PyDict, type PyList } from '../../core/containers.ts';
import { PyFunction } from '../../core/function.ts';
import { PyType } from '../../core/type.ts';
import type { Thread } from '../../core/thread.ts';
import type { Value } from '../../core/value.ts';
import { DICT_ADDED, DICT_CLEARED, DICT_CLONED, DICT_DELETED, FUNCTION_DESTROY } from '../../core/watch.ts';
import { addCodeWatcher, clearCodeWatcher, type CodeWatcher } from '../../hooks/code-watchers.ts';
import { addContextWatcher, clearContextWatcher, type ContextWatcher } from '../../hooks/context-watchers.ts';
import { addDictWatcher, clearDictWatcher, unwatchDict, watchDict, type DictWatcher } from '../../hooks/dict-watchers.ts';
import { addFunctionWatcher, clearFunctionWatcher } from '../../hooks/function-watchers.ts';
import { addTypeWatcher, clearTypeWatcher, unwatchType, watchType, type TypeWatcher } from '../../hooks/type-watchers.ts';
import { MAX_WATCHERS } from '../../hooks/watcher-table.ts';
import { call } from '../../objects/call.ts';
import { newCode } from '../../objects/code.ts';
import { RuntimeError } from '../../objects/exception-types.ts';
import { setDefaults, setKwdefaults } from '../../objects/function.ts';
import { newList } from '../../objects/make.ts';
import { intArgument } from '../../objects/native-arguments.ts';
import { raise, raiseTypeError, raiseValueError, typeName } from '../../objects/raise.ts';
import { str } from '../../objects/text.ts';
import type { MethodRow } from '../../objects/type-ready.ts';
import { asStr } from '../../objects/type-of.ts';
import { translated } from './hook-errors.ts';

/** What the watchers of one interpreter have recorded. */
interface Records {
  dictEvents: PyList | null;
  dictWatchers: number;
  typeEvents: PyList | null;
  typeWatchers: number;
  /** Of the two counting code watchers: number, events. */
  readonly code: { id: number; created: number; destroyed: number }[];
  /** Of the two recording context watchers: number, contexts switched to. */
  readonly context: { id: number; switches: PyList | null }[];
}

const STATE = '_testcapi.watchers';

function recordsOf(t: Thread): Records {
  const { moduleState } = t.interpreter;
  let records = moduleState.get(STATE) as Records | undefined;
  if (records === undefined) {
    records = {
      dictEvents: null, dictWatchers: 0, typeEvents: null, typeWatchers: 0,
      code: [0, 1].map(() => ({ id: -1, created: 0, destroyed: 0 })), context: [0, 1].map(() => ({ id: -1, switches: null })),
    };
    moduleState.set(STATE, records);
  }
  return records;
}

const boom = (): never => raise(RuntimeError, 'boom!');

function describe(t: Thread, event: number, key: Value | undefined, value: Value | undefined): string {
  if (event === DICT_CLONED) return 'clone';
  if (event === DICT_CLEARED) return 'clear';
  if (event === DICT_DELETED) return `del:${str(t, key!)}`;
  return `${event === DICT_ADDED ? 'new' : 'mod'}:${str(t, key!)}:${str(t, value!)}`;
}

function dictWatcher(t: Thread, kind: number): DictWatcher {
  const append = (text: string): void => void recordsOf(t).dictEvents?.items.push(text);
  if (kind === 1) return { changed: boom, deallocated: boom };
  if (kind === 2) return { changed: () => append('second'), deallocated: () => append('second') };
  return { changed: (tt, event, _dict, key, value) => append(describe(tt, event, key, value)), deallocated: () => append('dealloc') };
}

function add_dict_watcher(t: Thread, kind: Value): Value {
  const watcher = dictWatcher(t, intArgument(t, kind, 0));
  const id = translated(() => addDictWatcher(t.interpreter, watcher));
  const records = recordsOf(t);
  if (records.dictWatchers++ === 0) records.dictEvents = newList([]);
  return id;
}

function clear_dict_watcher(t: Thread, id: Value): void {
  translated(() => clearDictWatcher(t.interpreter, intArgument(t, id, 0)));
  const records = recordsOf(t);
  if (--records.dictWatchers === 0) records.dictEvents = null;
}

function watchedDict(value: Value): PyDict {
  return value instanceof PyDict ? value : raiseValueError('Cannot watch non-dictionary');
}

function watch_dict(t: Thread, id: Value, dict: Value): void {
  translated(() => watchDict(t.interpreter, intArgument(t, id, 0), watchedDict(dict)));
}

function unwatch_dict(t: Thread, id: Value, dict: Value): void {
  translated(() => unwatchDict(t.interpreter, intArgument(t, id, 0), watchedDict(dict)));
}

function typeWatcher(t: Thread, kind: number): TypeWatcher {
  if (kind === 1) return boom;
  return (_t, type) => void recordsOf(t).typeEvents?.items.push(kind === 2 ? newList([type]) : type);
}

function add_type_watcher(t: Thread, kind: Value): Value {
  const watcher = typeWatcher(t, intArgument(t, kind, 0));
  const id = translated(() => addTypeWatcher(t.interpreter, watcher));
  const records = recordsOf(t);
  if (records.typeWatchers++ === 0) records.typeEvents = newList([]);
  return id;
}

function clear_type_watcher(t: Thread, id: Value): void {
  translated(() => clearTypeWatcher(t.interpreter, intArgument(t, id, 0)));
  const records = recordsOf(t);
  if (--records.typeWatchers === 0) records.typeEvents = null;
}

function watchedType(value: Value): PyType {
  return value instanceof PyType ? value : raiseValueError('Cannot watch non-type');
}

function watch_type(t: Thread, id: Value, type: Value): void {
  translated(() => watchType(t.interpreter, intArgument(t, id, 0), watchedType(type)));
}

function unwatch_type(t: Thread, id: Value, type: Value): void {
  translated(() => unwatchType(t.interpreter, intArgument(t, id, 0), watchedType(type)));
}

function active(events: PyList | null): Value {
  return events ?? raise(RuntimeError, 'no watchers active');
}

function add_code_watcher(t: Thread, which: Value): Value {
  const number = intArgument(t, which, 0);
  if (number === 2) return translated(() => addCodeWatcher(t.interpreter, { created: boom, destroyed: boom }));
  const record = recordsOf(t).code[number] ?? raiseValueError(`invalid watcher ${number}`);
  const watcher: CodeWatcher = { created: () => void record.created++, destroyed: () => void record.destroyed++ };
  record.id = translated(() => addCodeWatcher(t.interpreter, watcher));
  record.created = record.destroyed = 0;
  return record.id;
}

function clear_code_watcher(t: Thread, id: Value): void {
  const number = intArgument(t, id, 0);
  translated(() => clearCodeWatcher(t.interpreter, number));
  for (const record of recordsOf(t).code) if (record.id === number) Object.assign(record, { id: -1, created: 0, destroyed: 0 });
}

function codeCount(field: 'created' | 'destroyed'): (t: Thread, which: Value) => Value {
  return (t, which) => recordsOf(t).code[intArgument(t, which, 0)]?.[field] ?? raiseValueError(`invalid watcher id ${intArgument(t, which, 0)}`);
}

/** A code object that raises AssertionError (PyCode_NewEmpty). */
function code_newempty(t: Thread, filename: Value, name: Value, line: Value): Value {
  const text = asStr(name) ?? raiseTypeError(`argument 2 must be str, not ${typeName(name)}`);
  return newCode(t, makeCode({
    argcount: 0, posonlyargcount: 0, kwonlyargcount: 0, stacksize: 1, flags: 0x3, filename: asStr(filename) ?? raiseTypeError(`argument 1 must be str, not ${typeName(filename)}`),
    name: text, qualname: text, firstlineno: intArgument(t, line, 0), words: Uint16Array.of(OP.RESUME, OP.LOAD_COMMON_CONSTANT, OP.RAISE_VARARGS | (1 << 8)),
    consts: [null], names: [], localsplusnames: [], localspluskinds: new Uint8Array(0), linetable: new Uint8Array(0), exceptiontable: new Uint8Array(0),
  }));
}

function add_func_watcher(t: Thread, callback: Value): Value {
  if (!(callback instanceof PyFunction)) raiseTypeError("'func' must be a function");
  return translated(() => addFunctionWatcher(t.interpreter, {
    changed: (tt, event, func, value) => void call(tt, callback, [event, func, value ?? null]),
    destroyed: (tt, identity) => void call(tt, callback, [FUNCTION_DESTROY, identity, null]),
  }));
}

function functionArgument(value: Value): PyFunction {
  return value instanceof PyFunction ? value : raise(RuntimeError, 'bad argument to internal function');
}

function contextWatcher(record: { switches: PyList | null }): ContextWatcher {
  return (_t, context) => void record.switches?.items.push(context);
}

function add_context_watcher(t: Thread, which: Value): Value {
  const number = intArgument(t, which, 0);
  if (number === 2) return translated(() => addContextWatcher(t.interpreter, boom));
  const record = recordsOf(t).context[number] ?? raiseValueError(`invalid watcher ${number}`);
  record.id = translated(() => addContextWatcher(t.interpreter, contextWatcher(record)));
  record.switches = newList([]);
  return record.id;
}

function clear_context_watcher(t: Thread, id: Value): void {
  const number = intArgument(t, id, 0);
  translated(() => clearContextWatcher(t.interpreter, number));
  for (const record of recordsOf(t).context) if (record.id === number) Object.assign(record, { id: -1, switches: null });
}

function get_context_switches(t: Thread, which: Value): Value {
  const number = intArgument(t, which, 0);
  const record = recordsOf(t).context[number] ?? raiseValueError(`invalid watcher ${number}`);
  return record.switches ?? newList([]);
}

/** Leaves all contexts of the thread at once. */
function clear_context_stack(t: Thread): void {
  t.context = null;
}

/** Adds watchers until there is no number left, which raises; removes those that were added. */
function tooMany(add: (t: Thread) => number, clear: (t: Thread, id: number) => void): (t: Thread) => void {
  return (t) => {
    const added: number[] = [];
    try {
      translated(() => {
        while (added.length <= MAX_WATCHERS) added.push(add(t));
      });
    } finally {
      for (const id of added) clear(t, id);
    }
  };
}

const nothing = (): void => undefined;

/** Rows of `_testcapi`. */
export const WATCHER_FUNCTIONS: Readonly<Record<string, MethodRow>> = {
  add_dict_watcher: [add_dict_watcher, '!($module, kind, /)', 'Add a dict watcher: 0 records, 1 raises, 2 records that it was told.'],
  clear_dict_watcher: [clear_dict_watcher, '!($module, watcher_id, /)', 'Remove a dict watcher.'],
  watch_dict: [watch_dict, '!($module, watcher_id, dict, /)', 'Watch a dict.'],
  unwatch_dict: [unwatch_dict, '!($module, watcher_id, dict, /)', 'Watch a dict no longer.'],
  get_dict_watcher_events: [(t: Thread) => active(recordsOf(t).dictEvents), '!($module, /)', 'Return what dict watchers have recorded.'],
  add_type_watcher: [add_type_watcher, '!($module, kind, /)', 'Add a type watcher: 0 records, 1 raises, 2 records in lists.'],
  clear_type_watcher: [clear_type_watcher, '!($module, watcher_id, /)', 'Remove a type watcher.'],
  watch_type: [watch_type, '!($module, watcher_id, type, /)', 'Watch a type.'],
  unwatch_type: [unwatch_type, '!($module, watcher_id, type, /)', 'Watch a type no longer.'],
  get_type_modified_events: [(t: Thread) => active(recordsOf(t).typeEvents), '!($module, /)', 'Return what type watchers have recorded.'],
  add_code_watcher: [add_code_watcher, '!($module, which, /)', 'Add a code watcher: 0 and 1 count, 2 raises.'],
  clear_code_watcher: [clear_code_watcher, '!($module, watcher_id, /)', 'Remove a code watcher.'],
  get_code_watcher_num_created_events: [codeCount('created'), '!($module, which, /)', 'Return how many creations a code watcher has counted.'],
  get_code_watcher_num_destroyed_events: [codeCount('destroyed'), '!($module, which, /)', 'Return how many ends a code watcher has counted.'],
  allocate_too_many_code_watchers: [
    tooMany((t) => addCodeWatcher(t.interpreter, { created: nothing }), (t, id) => clearCodeWatcher(t.interpreter, id)), '!($module, /)', 'Add one more than there may be.',
  ],
  code_newempty: [code_newempty, '!($module, filename, funcname, firstlineno, /)', 'Make a code object that raises AssertionError.'],
  add_func_watcher: [add_func_watcher, '!($module, func, /)', 'Add a function watcher that calls a function.'],
  clear_func_watcher: [
    (t: Thread, id: Value) => translated(() => clearFunctionWatcher(t.interpreter, intArgument(t, id, 0))), '!($module, watcher_id, /)', 'Remove a function watcher.',
  ],
  set_func_defaults_via_capi: [(t: Thread, func: Value, value: Value) => setDefaults(t, functionArgument(func), value), '!($module, func, defaults, /)', 'Set __defaults__.'],
  set_func_kwdefaults_via_capi: [(t: Thread, func: Value, value: Value) => setKwdefaults(t, functionArgument(func), value), '!($module, func, kwdefaults, /)', 'Set __kwdefaults__.'],
  allocate_too_many_func_watchers: [
    tooMany((t) => addFunctionWatcher(t.interpreter, { changed: nothing }), (t, id) => clearFunctionWatcher(t.interpreter, id)), '!($module, /)', 'Add one more than there may be.',
  ],
  add_context_watcher: [add_context_watcher, '!($module, which, /)', 'Add a context watcher: 0 and 1 record, 2 raises.'],
  clear_context_watcher: [clear_context_watcher, '!($module, watcher_id, /)', 'Remove a context watcher.'],
  get_context_switches: [get_context_switches, '!($module, which, /)', 'Return the contexts that a context watcher has recorded.'],
  allocate_too_many_context_watchers: [
    tooMany((t) => addContextWatcher(t.interpreter, nothing), (t, id) => clearContextWatcher(t.interpreter, id)), '!($module, /)', 'Add one more than there may be.',
  ],
  clear_context_stack: [clear_context_stack, '!($module, /)', 'Leave all contexts.'],
};
