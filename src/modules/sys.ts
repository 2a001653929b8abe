/** `sys` (Python/sysmodule.c): the table; constants are in `sys/info.ts`, tracing in `sys/tracing.ts`. */
import { PyTuple } from '../core/containers.ts';
import { PyBaseException, PyTraceback } from '../core/exception.ts';
import { topFrame, topPlace, type Thread } from '../core/thread.ts';
import { PyType } from '../core/type.ts';
import { PyObject, type Maybe, type Value } from '../core/value.ts';
import { getAttr, lookupAttr, typeLookup } from '../objects/attributes.ts';
import { setFinalizerReport } from '../objects/finalize.ts';
import { setCallbackReport } from '../objects/weakref.ts';
import { call, callMethod, callSpecial } from '../objects/call.ts';
import { AttributeError, ImportError, OverflowError, RuntimeError, RuntimeWarning, SystemExit } from '../objects/exception-types.ts';
import { frameObject } from '../objects/frame.ts';
import { tableDelete, tableGetStr, tableSetStr } from '../objects/hash-table.ts';
import { importModule } from '../objects/import-hook.ts';
import { newDict, newFloat, newTuple } from '../objects/make.ts';
import { toIndex } from '../objects/operators.ts';
import { warn } from '../objects/warn-hook.ts';
import { isRaised, newException, raise, raiseTypeError, raiseValueError, typeName } from '../objects/raise.ts';
import { repr } from '../objects/text.ts';
import { newStructSequence, structSequenceType } from '../objects/struct-sequence.ts';
import { asFloat, asInt, asStr } from '../objects/type-of.ts';
import { typeModified } from '../objects/type-version.ts';
import { printException } from '../interp/show-exception.ts';
import { handledException } from '../interp/unwind.ts';
import { environmentOf } from './posix/process.ts';
import { sys_baserepl } from './sys/base-repl.ts';
import { sysConstants } from './sys/info.ts';
import { MONITORING_MODULE } from './sys/monitoring.ts';
import { PERF_FUNCTIONS } from './sys/perf.ts';
import { TRACING_FUNCTIONS } from './sys/tracing.ts';
import { instantiateModule, type NativeModule } from './native-module.ts';
import { immortality } from '../objects/immortality.ts';

function sys_exit(_t: Thread, status?: Value): never {
  const code = status === undefined ? null : status;
  const args = code === null ? [] : code instanceof PyTuple ? code.items : [code];
  const exception = newException(SystemExit, ...args);
  exception.fields = new Map([['code', args.length === 0 ? null : args.length === 1 ? args[0]! : code]]);
  throw exception;
}

function exceptionInfo(exception: PyBaseException | null): Value {
  return newTuple(exception === null ? [null, null, null] : [exception.type, exception, exception.traceback]);
}

function sys_getframe(t: Thread, depth?: Value): Value {
  let left = Number(depth === undefined ? 0 : toIndex(t, depth));
  let f = topPlace(t);
  while (left-- > 0 && f !== null) f = f.back;
  return f === null ? raiseValueError('call stack is not deep enough') : frameObject(t, f);
}

function sys_getframemodulename(t: Thread, depth?: Value): Value {
  let left = Number(depth === undefined ? 0 : toIndex(t, depth));
  let f = topPlace(t);
  while (left-- > 0 && f !== null) f = f.back;
  return f === null ? null : f.func.module;
}

function sys_current_frames(t: Thread): Value {
  const dict = newDict();
  for (const thread of t.interpreter.threads.values()) if (topFrame(thread) !== null) tableSetStr(dict.table, String(thread.id), frameObject(t, topFrame(thread)!));
  return dict;
}

function sys_displayhook(t: Thread, object: Value): Value {
  if (object === null) return null;
  const builtins = t.interpreter.builtins;
  tableSetStr(builtins.table, '_', null);
  const stdout = tableGetStr(t.interpreter.sys.table, 'stdout');
  if (stdout === undefined) raise(RuntimeError, 'lost sys.stdout');
  callMethod(t, stdout, 'write', repr(t, object));
  callMethod(t, stdout, 'write', '\n');
  tableSetStr(builtins.table, '_', object);
  return null;
}

function sys_excepthook(t: Thread, type: Value, value: Value, traceback: Value): Value {
  void type;
  if (value instanceof PyBaseException && traceback instanceof PyTraceback && value.traceback === null) value.traceback = traceback;
  printException(t, value);
  return null;
}

const UNRAISABLE = structSequenceType('UnraisableHookArgs', { module: 'sys', fields: ['exc_type', 'exc_value', 'exc_traceback', 'err_msg', 'object'] });

function sys_unraisablehook(t: Thread, unraisable: Value): Value {
  const stderr = tableGetStr(t.interpreter.sys.table, 'stderr');
  if (stderr === undefined || stderr === null) return null;
  const message = lookupAttr(t, unraisable, 'err_msg');
  const object = lookupAttr(t, unraisable, 'object');
  const hasObject = object !== undefined && object !== null;
  const head = asStr(message) ?? (hasObject ? 'Exception ignored in' : 'Exception ignored in:');
  callMethod(t, stderr, 'write', hasObject ? `${head}: ${repr(t, object)}\n` : `${head}${head.endsWith(':') ? '' : ':'}\n`);
  const value = lookupAttr(t, unraisable, 'exc_value');
  if (value !== undefined && value !== null) printException(t, value);
  return null;
}

/** Reports an exception that nobody can handle through `sys.unraisablehook`. */
export function reportUnraisable(t: Thread, exception: PyBaseException, message: string | null, object: Value): void {
  const hook = tableGetStr(t.interpreter.sys.table, 'unraisablehook');
  if (hook === undefined || hook === null) return;
  const args = newStructSequence(UNRAISABLE, [exception.type, exception, exception.traceback, message, object]);
  try {
    call(t, hook, [args]);
  } catch (caught) {
    if (!(caught instanceof PyBaseException)) throw caught;
    sys_unraisablehook(t, newStructSequence(UNRAISABLE, [caught.type, caught, caught.traceback, 'Exception ignored in sys.unraisablehook', hook]));
  }
}

setCallbackReport((t, exception, callback) => {
  if (!(exception instanceof PyBaseException)) throw exception;
  reportUnraisable(t, exception, 'Exception ignored while calling weakref callback', callback);
});

setFinalizerReport((t, exception, message, object) => {
  if (!(exception instanceof PyBaseException)) throw exception;
  if (message !== null) reportUnraisable(t, exception, message, object);
  else reportUnraisable(t, exception, 'Exception ignored while calling deallocator', typeLookup((object as PyObject).type, '__del__') ?? null);
});

function sys_setrecursionlimit(t: Thread, limit: Value): Value {
  const value = toIndex(t, limit);
  if (value < 1) raiseValueError('recursion limit must be greater or equal than 1');
  if (value > 2 ** 31 - 1) raise(OverflowError, 'Python int too large to convert to C int');
  if (Number(value) <= t.depth) raise(RuntimeError, `cannot set the recursion limit to ${value} at the recursion depth ${t.depth}: the limit is too low`);
  t.interpreter.recursionLimit = Number(value);
  return null;
}

function sys_intern(_t: Thread, string: Value): Value {
  if (typeof string === 'string') return string;
  return raiseTypeError(asStr(string) === undefined ? `intern() argument must be str, not ${typeName(string)}` : `can't intern ${typeName(string)}`);
}

function sys_getsizeof(t: Thread, object: Value, fallback?: Value): Value {
  const size = callSpecial(t, object, '__sizeof__', []);
  if (size !== undefined) return size;
  return fallback === undefined ? raiseTypeError(`Type ${typeName(object)} doesn't define __sizeof__`) : fallback;
}

function sys_setMaxDigits(t: Thread, maxdigits: Value): Value {
  const value = Number(toIndex(t, maxdigits));
  if (value !== 0 && value < 640) raiseValueError('maxdigits must be >= 640 or 0 for unlimited');
  t.interpreter.intMaxStrDigits = value;
  return null;
}

function sys_setswitchinterval(t: Thread, interval: Value): Value {
  const seconds = asFloat(interval) ?? Number(asInt(interval));
  if (!(seconds > 0)) raiseValueError('switch interval must be strictly positive');
  t.interpreter.switchInterval = seconds;
  return null;
}

const ASYNCGEN_HOOKS = structSequenceType('asyncgen_hooks', { module: 'sys', fields: ['firstiter', 'finalizer'] });

function sys_setAsyncgenHooks(t: Thread, firstiter?: Value, finalizer?: Value): Value {
  for (const [name, hook] of [['finalizer', finalizer], ['firstiter', firstiter]] as const) {
    if (hook !== undefined && hook !== null && (!(hook instanceof PyObject) || hook.type.slots.tp_call === null)) raiseTypeError(`callable ${name} expected, got ${typeName(hook)}`);
  }
  if (finalizer !== undefined) t.asyncGenFinalizer = finalizer;
  if (firstiter !== undefined) t.asyncGenFirstIter = firstiter;
  return null;
}

function sys_setCoroutineOrigin(t: Thread, depth: Value): Value {
  const value = Number(toIndex(t, depth));
  if (value < 0) raiseValueError('depth must be >= 0');
  t.coroutineOriginDepth = value;
  return null;
}

function sys_audit(t: Thread, args: Value[]): Value {
  const hooks = t.interpreter.auditHooks;
  if (args.length === 0) raiseTypeError('audit expected at least 1 argument, got 0');
  for (const hook of hooks) call(t, hook, [args[0]!, newTuple(args.slice(1))]);
  return null;
}

/** `dataclass(slots=True)` makes the class anew and takes the old one's `__dict__` and `__weakref__` away, so that nothing keeps it. */
function sys_clearTypeDescriptors(t: Thread, type: Value): Value {
  if (!(type instanceof PyType)) raiseTypeError(`_clear_type_descriptors() argument must be type, not ${typeName(type)}`);
  if (!type.flags.heapType) raiseTypeError('argument is immutable');
  for (const name of ['__dict__', '__weakref__']) {
    tableDelete(t, type.attributes.table, name);
    typeModified(type, name);
  }
  return null;
}

/** What PYTHONBREAKPOINT names; a name that leads nowhere is a warning, not an error. */
function importedHook(t: Thread, target: string): Maybe {
  const dot = target.lastIndexOf('.');
  try {
    if (dot === 0 || target === '') raise(ImportError, 'no name');
    return getAttr(t, importModule(t, dot < 0 ? 'builtins' : target.slice(0, dot)), target.slice(dot + 1));
  } catch (caught) {
    if (!isRaised(caught, ImportError) && !isRaised(caught, AttributeError)) throw caught;
    warn(t, RuntimeWarning, `Ignoring unimportable $PYTHONBREAKPOINT: "${target}"`);
    return undefined;
  }
}

function sys_breakpointhook(t: Thread, args: Value[], keywords: Map<string, Value>): Value {
  const given = environmentOf(t).get('PYTHONBREAKPOINT') ?? '';
  const target = given === '' ? 'pdb.set_trace' : given;
  if (target === '0') return null;
  const hook = importedHook(t, target);
  return hook === undefined ? null : call(t, hook, [...args, ...keywords.values()], keywords.size === 0 ? null : [...keywords.keys()]);
}

/** `sys._jit`: the interpreter that runs everything here compiles nothing to machine code itself. */
const JIT_MODULE: NativeModule = {
  name: 'sys._jit',
  doc: 'Utilities for observing just-in-time compilation.',
  functions: {
    is_available: [() => false, '($module, /)', 'Return True if the current Python executable supports JIT compilation, and False otherwise.'],
    is_enabled: [() => false, '($module, /)', 'Return True if JIT compilation is enabled for the current Python process (implies sys._jit.is_available()), and False otherwise.'],
    is_active: [() => false, '($module, /)', 'Return True if the topmost Python frame is currently executing JIT code, and False otherwise.'],
  },
};

/** The table. */
export const SYS_MODULE: NativeModule = {
  name: 'sys',
  doc: 'This module provides access to some objects used or maintained by the\ninterpreter and to functions that interact strongly with the interpreter.',
  attributes: sysConstants,
  exec: (t, module) => {
    const { table } = module.dict;
    tableSetStr(table, 'modules', t.interpreter.modules);
    for (const part of [MONITORING_MODULE, JIT_MODULE]) tableSetStr(table, part.name.slice('sys.'.length), instantiateModule(t, part));
    for (const name of ['displayhook', 'excepthook', 'breakpointhook', 'unraisablehook']) tableSetStr(table, `__${name}__`, tableGetStr(table, name)!);
  },
  functions: {
    exit: [sys_exit, '($module, status=None, /)', 'Exit the interpreter by raising SystemExit(status).'],
    exc_info: [(t: Thread) => exceptionInfo(handledException(t)), '($module, /)', 'Return current exception information: (type, value, traceback).'],
    exception: [(t: Thread) => handledException(t), '($module, /)', 'Return the current exception.'],
    displayhook: [sys_displayhook, '($module, object, /)', 'Print an object to sys.stdout and also save it in builtins._'],
    excepthook: [sys_excepthook, '($module, exctype, value, traceback, /)', 'Handle an exception by displaying it with a traceback on sys.stderr.'],
    unraisablehook: [sys_unraisablehook, '($module, unraisable, /)', 'Handle an unraisable exception.'],
    breakpointhook: [sys_breakpointhook, '!($module, /, *args, **kws)', 'Called by breakpoint().'],
    _baserepl: [sys_baserepl, '($module, /)', 'Run the plain interactive prompt until standard input ends.'],
    _getframe: [sys_getframe, '($module, depth=0, /)', 'Return a frame object from the call stack.'],
    _getframemodulename: [sys_getframemodulename, '($module, /, depth=0)', 'Return the name of the module for a calling frame.'],
    _current_frames: [sys_current_frames, '($module, /)', "Return a dict mapping each thread's thread id to its current stack frame."],
    getrecursionlimit: [(t: Thread) => t.interpreter.recursionLimit, '($module, /)', 'Return the current value of the recursion limit.'],
    setrecursionlimit: [sys_setrecursionlimit, '($module, limit, /)', 'Set the maximum depth of the Python interpreter stack to n.'],
    getdefaultencoding: [() => 'utf-8', '($module, /)', 'Return the current default encoding used by the Unicode implementation.'],
    getfilesystemencoding: [() => 'utf-8', '($module, /)', 'Return the encoding used to convert Unicode filenames to OS filenames.'],
    getfilesystemencodeerrors: [() => 'surrogateescape', '($module, /)', 'Return the error mode used for Unicode to OS filename conversion.'],
    intern: [sys_intern, '($module, string, /)', "Intern the given string: equal strings are one object here anyway."],
    _is_interned: [(_t: Thread, s: Value) => typeof s === 'string', '($module, string, /)', 'Return True if the given string is interned.'],
    _is_immortal: [(t: Thread, op: Value) => immortality(t, op), '($module, op, /)', 'Return True if the given object is immortal.'],
    _is_gil_enabled: [() => true, '($module, /)', 'Return True if the GIL is currently enabled.'],
    getrefcount: [(t: Thread, object: Value) => (immortality(t, object) ? 4294967295 : 2), '($module, object, /)', 'Return the reference count of object: 2 for what the collector manages, 4294967295 for immortals.'],
    getsizeof: [sys_getsizeof, '!($module, object, default=<unrepresentable>)', 'Return the size of object in bytes.'],
    getallocatedblocks: [() => 0, '($module, /)', 'Return the number of memory blocks currently allocated.'],
    getunicodeinternedsize: [() => 0, '($module, /, *, _only_immortal=False)', 'Return the number of elements of the unicode interned dictionary'],
    get_int_max_str_digits: [(t: Thread) => t.interpreter.intMaxStrDigits, '($module, /)', 'Return the maximum string digits limit for non-binary int<->str conversions.'],
    set_int_max_str_digits: [sys_setMaxDigits, '($module, /, maxdigits)', 'Set the maximum string digits limit for non-binary int<->str conversions.'],
    getswitchinterval: [(t: Thread) => newFloat(t.interpreter.switchInterval), '($module, /)', 'Return the current thread switch interval.'],
    setswitchinterval: [sys_setswitchinterval, '($module, interval, /)', 'Set the ideal thread switching delay inside the Python interpreter.'],
    is_finalizing: [(t: Thread) => t.interpreter.finalizing, '($module, /)', 'Return True if Python is exiting.'],
    get_asyncgen_hooks: [(t: Thread) => newStructSequence(ASYNCGEN_HOOKS, [t.asyncGenFirstIter, t.asyncGenFinalizer]), '($module, /)', 'Return the installed asynchronous generators hooks.'],
    set_asyncgen_hooks: [sys_setAsyncgenHooks, '!($module, /, firstiter=<unrepresentable>, finalizer=<unrepresentable>)', 'Set a finalizer for async generators objects.'],
    get_coroutine_origin_tracking_depth: [(t: Thread) => t.coroutineOriginDepth, '($module, /)', 'Check status of origin tracking for coroutine objects in this thread.'],
    set_coroutine_origin_tracking_depth: [sys_setCoroutineOrigin, '($module, /, depth)', 'Enable or disable origin tracking for coroutine objects in this thread.'],
    audit: [sys_audit, '!($module, /, *args)', 'Passes the event to any hooks that are attached.'],
    addaudithook: [(t: Thread, hook: Value) => void t.interpreter.auditHooks.push(hook), '($module, /, hook)', 'Adds a new audit hook callback.'],
    ...TRACING_FUNCTIONS,
    _clear_type_descriptors: [sys_clearTypeDescriptors, '($module, type, /)', 'Private function for clearing certain descriptors from a type\'s dictionary.'],
    _clear_type_cache: [() => null, '($module, /)', 'Clear the internal type lookup cache.'],
    _clear_internal_caches: [() => null, '($module, /)', 'Clear all internal performance-related caches.'],
    _debugmallocstats: [() => null, '($module, /)', 'Print debug info about the memory allocator: there is none.'],
    _get_cpu_count_config: [(t: Thread) => cpuCount(t), '($module, /)', 'Private function for getting PyConfig.cpu_count'],
    ...PERF_FUNCTIONS,
  },
};

function cpuCount(t: Thread): Value {
  const given = t.interpreter.config.xoptions.get('cpu_count') ?? t.interpreter.config.environment.PYTHON_CPU_COUNT;
  return typeof given === 'string' && /^\d+$/.test(given) ? Number(given) : -1;
}

