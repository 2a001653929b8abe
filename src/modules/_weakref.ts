/** `_weakref` (Modules/_weakref.c). */
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { PyDict } from '../core/containers.ts';
import { isCallable } from '../objects/call.ts';
import { tableDelete, tableGet } from '../objects/hash-table.ts';
import { newList } from '../objects/make.ts';
import { raiseTypeError } from '../objects/raise.ts';
import { WEAKCALLABLEPROXY_TYPE, WEAKPROXY_TYPE, WEAKREF_TYPE } from '../objects/static-types.ts';
import { newWeakRef, PyWeakRef, weakReferencesTo } from '../objects/weakref.ts';
import type { NativeModule } from './native-module.ts';

function weakref_proxy(_t: Thread, object: Value, callback?: Value): Value {
  return newWeakRef(isCallable(object) ? WEAKCALLABLEPROXY_TYPE : WEAKPROXY_TYPE, object, callback === undefined ? null : callback);
}

function weakref_removeDead(t: Thread, dict: Value, key: Value): Value {
  if (!(dict instanceof PyDict)) raiseTypeError('_remove_dead_weakref() argument 1 must be dict');
  const reference = tableGet(t, dict.table, key);
  if (reference instanceof PyWeakRef && reference.referent === undefined) tableDelete(t, dict.table, key);
  return null;
}

/** The table. */
export const WEAKREF_MODULE: NativeModule = {
  name: '_weakref',
  doc: 'Weak-reference support module.',
  types: { ref: WEAKREF_TYPE, ReferenceType: WEAKREF_TYPE, ProxyType: WEAKPROXY_TYPE, CallableProxyType: WEAKCALLABLEPROXY_TYPE },
  functions: {
    getweakrefcount: [(_t: Thread, object: Value) => weakReferencesTo(object).length, '($module, object, /)', "Return the number of weak references to 'object'."],
    getweakrefs: [(_t: Thread, object: Value) => newList(weakReferencesTo(object)), '($module, object, /)', "Return a list of all weak reference objects pointing to 'object'."],
    proxy: [weakref_proxy, '($module, object, callback=None, /)', "Create a proxy object that weakly references 'object'."],
    _remove_dead_weakref: [weakref_removeDead, '($module, dct, key, /)', 'Atomically remove key from dict if it points to a dead weakref.'],
  },
};
