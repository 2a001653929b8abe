/** Raising and showing exceptions from native code (Modules/_testcapi/exceptions.c). */
import { PyDict, PyTuple } from '../../core/containers.ts';
import { PyBaseException, PyTraceback } from '../../core/exception.ts';
import type { Thread } from '../../core/thread.ts';
import { PyType } from '../../core/type.ts';
import type { Value } from '../../core/value.ts';
import { getAttr } from '../../objects/attributes.ts';
import { call } from '../../objects/call.ts';
import { BaseException, Exception, SystemError } from '../../objects/exception-types.ts';
import { tableSetStr } from '../../objects/hash-table.ts';
import { importModule } from '../../objects/import-hook.ts';
import { newDict, newTuple } from '../../objects/make.ts';
import { intArgument } from '../../objects/native-arguments.ts';
import { raise, raiseMemoryError, raiseTypeError, typeName } from '../../objects/raise.ts';
import { TYPE_TYPE } from '../../objects/static-types.ts';
import type { MethodRow } from '../../objects/type-ready.ts';
import { asStr, isSubtype } from '../../objects/type-of.ts';
import { printException } from '../../interp/show-exception.ts';

/** Raises `exception` made with `count` numbers as arguments. */
function raise_exception(t: Thread, exception: Value, count: Value): Value {
  const args = Array.from({ length: intArgument(t, count, 0) }, (_, i): Value => i);
  if (!(exception instanceof PyType) || !isSubtype(exception, BaseException)) {
    raise(SystemError, `_PyErr_SetObject: exception ${typeName(exception)} is not a BaseException subclass`);
  }
  const made = call(t, exception, args);
  if (made instanceof PyBaseException) throw made;
  return raiseTypeError(`calling ${exception.name} should have returned an instance of BaseException, not ${typeName(made)}`);
}

/** A new exception class: `name` is `module.name`. */
function make_exception_with_doc(t: Thread, name: Value, doc?: Value, base?: Value, dict?: Value): Value {
  const text = asStr(name) ?? raiseTypeError('name must be a str');
  const dot = text.lastIndexOf('.');
  if (dot < 0) raise(SystemError, 'PyErr_NewException: name must be module.class');
  const namespace = newDict();
  if (dict instanceof PyDict) call(t, getAttr(t, namespace, 'update'), [dict]);
  if (asStr(doc) !== undefined) tableSetStr(namespace.table, '__doc__', doc!);
  tableSetStr(namespace.table, '__module__', text.slice(0, dot));
  const bases = base === undefined || base === null ? newTuple([Exception]) : base instanceof PyTuple ? base : newTuple([base]);
  return call(t, TYPE_TYPE, [text.slice(dot + 1), bases, namespace]);
}

function exception_print(t: Thread, exception: Value, _legacy?: Value): void {
  if (!(exception instanceof PyBaseException)) raiseTypeError('an exception is required');
  printException(t, exception);
}

/** Prints a traceback without carets, as PyTraceBack_Print does. */
function traceback_print(t: Thread, traceback: Value, file: Value): void {
  if (!(traceback instanceof PyTraceback)) raiseTypeError('an integer is required');
  const module = importModule(t, 'traceback');
  const write = getAttr(t, file, 'write');
  call(t, write, ['Traceback (most recent call last):\n']);
  const extracted = call(t, getAttr(t, module, 'extract_tb'), [traceback]);
  const lines = call(t, getAttr(t, getAttr(t, module, 'StackSummary'), 'from_list'), [call(t, getAttr(t, importModule(t, 'builtins'), 'list'), [extracted])]);
  for (const line of (call(t, getAttr(t, importModule(t, 'builtins'), 'tuple'), [call(t, getAttr(t, lines, 'format'), [])]) as PyTuple).items) {
    call(t, write, [withoutCarets(asStr(line)!)]);
  }
}

function withoutCarets(text: string): string {
  return text.split('\n').filter((line) => !/^\s*[~^]+\s*$/.test(line)).join('\n');
}

/** Rows of `_testcapi`. */
export const EXCEPTION_FUNCTIONS: Readonly<Record<string, MethodRow>> = {
  raise_exception: [raise_exception, '!($module, exception, num_args, /)', 'Raise an exception with numbers as arguments.'],
  raise_memoryerror: [() => raiseMemoryError(), '!($module, /)', 'Raise MemoryError.'],
  make_exception_with_doc: [make_exception_with_doc, '($module, /, name, doc=None, base=None, dict=None)', 'Make an exception class.'],
  exception_print: [exception_print, '($module, exception, legacy=False, /)', 'Print an exception to sys.stderr.'],
  traceback_print: [traceback_print, '($module, traceback, file, /)', 'Print a traceback to a file.'],
};
