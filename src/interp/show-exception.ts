/** Showing an exception that nobody caught: `sys.last_exc` and its like, `sys.excepthook` (Python/pythonrun.c, PyErr_PrintEx). */
import { PyBaseException } from '../core/exception.ts';
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { getAttr } from '../objects/attributes.ts';
import { call, callMethod } from '../objects/call.ts';
import { tableGetStr, tableSetStr } from '../objects/hash-table.ts';
import { importModule } from '../objects/import-hook.ts';

function standardError(t: Thread): Value {
  return tableGetStr(t.interpreter.sys.table, 'stderr') ?? null;
}

/** Writes an exception to `sys.stderr` with the library's `traceback`, as CPython 3.13 and later do. */
export function printException(t: Thread, exception: Value): void {
  const stderr = standardError(t);
  if (stderr === null) return;
  call(t, getAttr(t, importModule(t, 'traceback'), 'print_exception'), [exception, null, stderr], ['limit', 'file']);
  callMethod(t, stderr, 'flush');
}

/** Remembers the exception for `pdb.pm()` and calls `sys.excepthook`; an error in the hook is shown with the exception that it was to show. */
export function showException(t: Thread, exception: PyBaseException): void {
  const { table } = t.interpreter.sys;
  const last = { last_exc: exception, last_type: exception.type, last_value: exception, last_traceback: exception.traceback };
  for (const [name, value] of Object.entries(last)) tableSetStr(table, name, value);
  const hook = tableGetStr(table, 'excepthook');
  if (hook === undefined || hook === null) return;
  try {
    call(t, hook, [exception.type, exception, exception.traceback]);
  } catch (caught) {
    if (!(caught instanceof PyBaseException)) throw caught;
    showBoth(t, caught, exception);
  }
}

function showBoth(t: Thread, inHook: PyBaseException, original: PyBaseException): void {
  const stderr = standardError(t);
  if (stderr === null) return;
  callMethod(t, stderr, 'write', 'Error in sys.excepthook:\n');
  printException(t, inHook);
  callMethod(t, stderr, 'write', '\nOriginal exception was:\n');
  printException(t, original);
}
