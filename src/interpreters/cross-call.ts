/** Running a call that another interpreter has sent (`Interpreter.call`). */
import { ARGS_NOT_SHAREABLE, type CrossCall, type HostValue } from '../base/protocol.ts';
import type { PyModule } from '../core/instance.ts';
import { PyDict } from '../core/containers.ts';
import { PyBaseException } from '../core/exception.ts';
import { TypeError } from '../objects/exception-types.ts';
import { newException } from '../objects/raise.ts';
import { staticType } from '../objects/static-types.ts';
import { readyType } from '../objects/type-ready.ts';
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { getAttr } from '../objects/attributes.ts';
import { call } from '../objects/call.ts';
import { tableKeys, tableGetStr, tableSetStr } from '../objects/hash-table.ts';
import { fromHost, toHost } from '../objects/host-values.ts';
import { functionFromBytes } from '../interp/code-transfer.ts';
import { importModule } from '../objects/import-hook.ts';
import { newBytes } from '../objects/make.ts';

const MAIN_LOADED = 'main of the caller';

/** Loads the caller's main script once, so that its functions can be unpickled here; its `if __name__ == "__main__"` part does not run. */
function loadCallersMain(t: Thread, main: PyModule, path: string): void {
  const { moduleState } = t.interpreter;
  if (moduleState.get(MAIN_LOADED) === path) return;
  moduleState.set(MAIN_LOADED, path);
  const namespace = call(t, getAttr(t, importModule(t, 'runpy'), 'run_path'), [path, '<fake __main__>'], ['run_name']);
  if (!(namespace instanceof PyDict)) return;
  for (const key of tableKeys(namespace.table)) {
    if (typeof key === 'string' && !key.startsWith('__')) tableSetStr(main.dict.table, key, tableGetStr(namespace.table, key)!);
  }
}

function callableOf(t: Thread, main: PyModule, payload: CrossCall): Value {
  const { callable } = payload;
  if ('code' in callable) return functionFromBytes(t, callable.code, callable.name, main.dict);
  if (payload.mainPath !== null) loadCallersMain(t, main, payload.mainPath);
  return call(t, getAttr(t, importModule(t, 'pickle'), 'loads'), [newBytes(callable.pickle)]);
}

const NOT_SHAREABLE_ERROR = readyType(staticType('NotShareableError', { base: TypeError, module: 'concurrent.interpreters', baseType: true }), {});

/** The arguments; what cannot be made here of what was sent is the caller's error, not the callee's. */
function argumentsOf(t: Thread, main: PyModule, payload: CrossCall): Value[] {
  try {
    const args = payload.args.map((arg) => fromHost(t, arg));
    for (const [at, { code, name }] of payload.functions ?? []) args[at] = functionFromBytes(t, code, name, main.dict);
    return args;
  } catch (caught) {
    if (!(caught instanceof PyBaseException)) throw caught;
    const error = newException(NOT_SHAREABLE_ERROR, ARGS_NOT_SHAREABLE);
    error.cause = caught;
    throw error;
  }
}

/** Calls and returns the result in host form. */
export function crossCall(t: Thread, main: PyModule, payload: CrossCall): HostValue {
  const func = callableOf(t, main, payload);
  const args = argumentsOf(t, main, payload);
  return toHost(t, call(t, func, args, payload.keywords.length === 0 ? null : payload.keywords));
}
