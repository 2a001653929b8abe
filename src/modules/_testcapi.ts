/**
 * `_testcapi`, `_testinternalcapi`, `_testlimitedcapi`, `_testmultiphase`: what CPython's tests ask of the C API, over Ladon's own hooks.
 * A function whose answer would not be true here is absent, and the tests that need it fail or are skipped.
 */
import { PyDict, PyList } from '../core/containers.ts';
import { PyFunction } from '../core/function.ts';
import { PyInstance } from '../core/instance.ts';
import type { PyType } from '../core/type.ts';
import { topFrame, type Thread } from '../core/thread.ts';
import { PyObject, type Value } from '../core/value.ts';
import { setEntryPoint } from '../hooks/entry-points.ts';
import { setThreadFunction } from '../interp/instrument/state.ts';
import { lookupAttr } from '../objects/attributes.ts';
import { requireBytesLike } from '../objects/buffer.ts';
import { call } from '../objects/call.ts';
import { Exception, SystemError } from '../objects/exception-types.ts';
import { frameObject } from '../objects/frame.ts';
import { tableGet } from '../objects/hash-table.ts';
import { newFloat, newTuple } from '../objects/make.ts';
import { toIndex } from '../objects/operators.ts';
import { newException, raise, raiseKeyError, raiseTypeError, raiseValueError, typeName } from '../objects/raise.ts';
import { staticType, STR_TYPE } from '../objects/static-types.ts';
import { readyType } from '../objects/type-ready.ts';
import { asStr } from '../objects/type-of.ts';
import { exceptionType } from './exception-type.ts';
import { newModuleFunction, type NativeModule } from './native-module.ts';
import { EXCEPTION_FUNCTIONS } from './_testcapi/exceptions.ts';
import { INTERNAL_FUNCTIONS } from './_testcapi/internals.ts';
import { CODE_LIKE_TYPE, MONITORING_FUNCTIONS } from './_testcapi/monitoring.ts';
import { RUNNING_FUNCTIONS } from './_testcapi/running.ts';
import { WATCHER_FUNCTIONS } from './_testcapi/watchers.ts';

/** Limits of C's types on 64-bit Linux, which `struct` and `array` here follow. */
const LIMITS = {
  CHAR_MAX: 127, CHAR_MIN: -128, UCHAR_MAX: 255, SHRT_MAX: 32767, SHRT_MIN: -32768, USHRT_MAX: 65535, INT_MAX: 2 ** 31 - 1, INT_MIN: -(2 ** 31),
  UINT_MAX: 2 ** 32 - 1, LONG_MAX: 2n ** 63n - 1n, LONG_MIN: -(2n ** 63n), ULONG_MAX: 2n ** 64n - 1n, LLONG_MAX: 2n ** 63n - 1n, LLONG_MIN: -(2n ** 63n),
  ULLONG_MAX: 2n ** 64n - 1n, PY_SSIZE_T_MAX: 2n ** 63n - 1n, PY_SSIZE_T_MIN: -(2n ** 63n), SIZE_MAX: 2n ** 64n - 1n,
} as const;

const FLT_MAX = 3.4028234663852886e38;
const FLT_MIN = 1.1754943508222875e-38;

class PyAwaitType extends PyObject {
  readonly iterator: Value;
  constructor(type: PyType, iterator: Value) {
    super(type);
    this.iterator = iterator;
  }
}

const AWAIT_TYPE = readyType(staticType('awaitType', { module: '_testcapi' }), {
  slots: {
    tp_new: (_t, type, args) => (args.length === 1 ? new PyAwaitType(type, args[0]!) : raiseTypeError(`awaitType() takes exactly 1 argument (${args.length} given)`)),
    am_await: (_t, self: PyAwaitType) => self.iterator,
  },
});

function config_get(t: Thread, name: Value): Value {
  const { flags, optimize } = t.interpreter.config;
  const text = asStr(name) ?? raiseTypeError('config_get() argument must be str');
  if (text === 'code_debug_ranges') return true;
  if (text === 'optimization_level') return optimize;
  if (text in flags) return flags[text as keyof typeof flags];
  return raiseValueError(`unknown config option name: ${text}`);
}

/** A trace function of the C API is told of the running frame too. */
function traceAll(t: Thread, func: Value): void {
  frameObject(t, topFrame(t)!).trace = func;
  setThreadFunction(t, 'traceFunction', func);
}

/** A trace function in TypeScript that records what it is told: number of the event, line, argument. */
function settrace_to_record(t: Thread, list: Value): void {
  if (!(list instanceof PyList)) raiseTypeError(`argument must be list, not ${typeName(list)}`);
  const names = ['call', 'exception', 'line', 'return', 'c_call', 'c_exception', 'c_return', 'opcode'];
  const recorder = newModuleFunction('_testcapi', 'record', [
    (tt: Thread, frame: Value, event: Value, argument: Value): Value => {
      list.items.push(newTuple([names.indexOf(asStr(event)!), lookupAttr(tt, frame, 'f_lineno') ?? null, argument]));
      return recorder;
    },
    '!($module, frame, event, argument, /)', 'Record an event.',
  ]);
  traceAll(t, recorder);
}

/** A trace function that raises an Exception at its first event. */
function settrace_to_error(t: Thread, _list: Value): void {
  const thrower = newModuleFunction('_testcapi', 'error', [
    (): Value => {
      throw newException(Exception, 'an exception from a trace function');
    },
    '!($module, frame, event, argument, /)', 'Raise.',
  ]);
  traceAll(t, thrower);
}

/** Gives a function an entry point of its own, which answers for it (PyFunction_SetVectorcall). */
function function_setvectorcall(t: Thread, func: Value): void {
  if (!(func instanceof PyFunction)) raise(SystemError, 'bad argument to internal function');
  setEntryPoint(t.interpreter, func, () => 'overridden');
}

/** A C string, which Python gives as bytes. */
function cString(t: Thread, value: Value): string {
  return asStr(value) ?? Buffer.from(requireBytesLike(t, value)).toString();
}

/** An exception whose making makes another one, and so on. */
const RECURSING_ERROR = readyType(staticType('RecursingInfinitelyError', { module: '_testcapi', base: Exception, baseType: true, hasDict: true }), {
  doc: 'Instantiating this exception starts infinite recursion.',
  slots: { tp_init: (t: Thread, self: PyObject) => void call(t, self.type, []) },
});

/** `_testcapi`. */
export const TESTCAPI_MODULE: NativeModule = {
  name: '_testcapi',
  doc: "What the tests of CPython's C API ask of Ladon.",
  types: { awaitType: AWAIT_TYPE, RecursingInfinitelyError: RECURSING_ERROR, CodeLike: CODE_LIKE_TYPE, error: exceptionType('error', '_testcapi') },
  attributes: () => ({
    PYFUNC_EVENT_CREATE: 0, PYFUNC_EVENT_DESTROY: 1, PYFUNC_EVENT_MODIFY_CODE: 2, PYFUNC_EVENT_MODIFY_DEFAULTS: 3, PYFUNC_EVENT_MODIFY_KWDEFAULTS: 4,
    ...LIMITS, FLT_MAX: newFloat(FLT_MAX), FLT_MIN: newFloat(FLT_MIN), DBL_MAX: newFloat(Number.MAX_VALUE), DBL_MIN: newFloat(2.2250738585072014e-308),
    nan_msb_is_signaling: false, WITH_PYMALLOC: false, WITH_MIMALLOC: false,
  }),
  functions: {
    config_get: [config_get, '($module, name, /)', 'Return an option of the configuration.'],
    settrace_to_record: [settrace_to_record, '($module, list, /)', 'Trace into a list.'],
    settrace_to_error: [settrace_to_error, '($module, list, /)', 'Trace with a function that raises.'],
    function_setvectorcall: [function_setvectorcall, '($module, func, /)', 'Have calls of a function answered by another entry point.'],
    ...EXCEPTION_FUNCTIONS,
    ...MONITORING_FUNCTIONS,
    ...RUNNING_FUNCTIONS,
    ...WATCHER_FUNCTIONS,
  },
};

/** Attributes lie in the instance itself until somebody asks for its `__dict__`. */
function has_inline_values(_t: Thread, object: Value): Value {
  return object instanceof PyInstance && object.shape !== null && object.dict === null && object.type.flags.hasDict;
}

function dict_getitem_knownhash(t: Thread, dict: Value, key: Value, _hash: Value): Value {
  if (!(dict instanceof PyDict)) raiseTypeError('dict expected');
  const value = tableGet(t, dict.table, key);
  return value === undefined ? raiseKeyError(key) : value;
}

/** `_testinternalcapi`. */
export const TESTINTERNALCAPI_MODULE: NativeModule = {
  name: '_testinternalcapi',
  doc: "What the tests of CPython's internals ask of Ladon.",
  // An inline cache here is filled by the first execution.
  attributes: () => ({ SIZEOF_PYGC_HEAD: 0, SIZEOF_MANAGED_PRE_HEADER: 0, SIZEOF_PYOBJECT: 16, SIZEOF_TIME_T: 8, SPECIALIZATION_THRESHOLD: 2, SPECIALIZATION_COOLDOWN: 0 }),
  functions: {
    get_recursion_depth: [(t: Thread) => t.depth, '($module, /)', 'Return the depth that the recursion limit is compared with.'],
    has_inline_values: [has_inline_values, '($module, object, /)', 'Return whether attributes lie in the object itself.'],
    ...INTERNAL_FUNCTIONS,
    dict_getitem_knownhash: [dict_getitem_knownhash, '($module, dict, key, hash, /)', 'Look a key up.'],
  },
};

/** `_testlimitedcapi`. */
export const TESTLIMITEDCAPI_MODULE: NativeModule = {
  name: '_testlimitedcapi',
  doc: "What the tests of CPython's limited C API ask of Ladon.",
  functions: {
    _py_getbuiltwithassert: [() => 0, '!($module, /)', 'Return whether a failed assertion aborts the process: here it is an error of the VM that ends the interpreter.'],
    object_hasattrstring: [(t: Thread, object: Value, name: Value) => (lookupAttr(t, object, cString(t, name)) === undefined ? 0 : 1), '($module, object, name, /)', 'Return whether an object has an attribute.'],
  },
};

const MULTIPHASE_STR = readyType(staticType('Str', { base: STR_TYPE, module: '_testmultiphase', baseType: true }), {});
const MULTIPHASE_EXAMPLE = readyType(staticType('Example', { module: '_testmultiphase', hasDict: true, baseType: true }), {
  methods: { demo: [(_t: Thread, _self: Value, object?: Value) => (object !== undefined && asStr(object) !== undefined ? object : null), '!($self, o=None, /)', 'demo() -> None'] },
});

/** `_testmultiphase`. */
export const TESTMULTIPHASE_MODULE: NativeModule = {
  name: '_testmultiphase',
  doc: 'Test module _testmultiphase',
  types: { Str: MULTIPHASE_STR, Example: MULTIPHASE_EXAMPLE, error: exceptionType('error', '_testmultiphase') },
  attributes: () => ({ int_const: 1969, str_const: 'something different' }),
  functions: {
    foo: [(t: Thread, i: Value, j: Value) => Number(toIndex(t, i)) + Number(toIndex(t, j)), '!($module, i, j, /)', 'foo(i,j)\n\nReturn the sum of i and j.'],
  },
};
