/** Python values in the form that crosses workers and the TypeScript API (`HostValue`), and back. */
import { PyDict, PyList, PySet, PyTuple } from '../core/containers.ts';
import { PyByteArray, PyBytes, PyComplex, PyFloat } from '../core/scalars.ts';
import type { Thread } from '../core/thread.ts';
import type { PyObject, Value } from '../core/value.ts';
import type { HostValue } from '../base/protocol.ts';
import { getAttr } from './attributes.ts';
import { call } from './call.ts';
import { tableKeys, tableSet } from './hash-table.ts';
import { importModule } from './import-hook.ts';
import { newBytes, newComplex, newDict, newFloat, newFrozenSet, newList, newSet, newTuple } from './make.ts';
import { immortalLink } from './immortal-link.ts';
import { thaw } from './thaw.ts';
import { BYTES_TYPE, COMPLEX_TYPE, DICT_TYPE, FLOAT_TYPE, FROZENSET_TYPE, LIST_TYPE, TUPLE_TYPE } from './static-types.ts';

/**
 * The host form of a value. Frozen containers and big tuples go by reference through the immortal heap; what has no host form is pickled.
 * Raises what `pickle.dumps` raises.
 */
export function toHost(t: Thread, value: Value): HostValue {
  if (value === null || typeof value !== 'object') return value;
  const shared = sharedAddress(t, value);
  if (shared !== null) return { $: 'shared', address: shared };
  if (value instanceof PyFloat && !value.type.flags.heapType) return { $: 'float', value: value.value };
  if (value instanceof PyTuple && value.type === TUPLE_TYPE) return { $: 'tuple', items: value.items.map((item) => toHost(t, item)) };
  if (value instanceof PyList && value.type === LIST_TYPE) return value.items.map((item) => toHost(t, item));
  if (value instanceof PyDict && value.type === DICT_TYPE) {
    return { $: 'dict', entries: tableKeys(value.table).map((key, i) => [toHost(t, key), toHost(t, liveValues(value)[i]!)]) };
  }
  if (value instanceof PySet && !value.type.flags.heapType) {
    return { $: value.type === FROZENSET_TYPE ? 'frozenset' : 'set', items: tableKeys(value.table).map((key) => toHost(t, key)) };
  }
  if (value instanceof PyBytes && !value.type.flags.heapType) return value.value.slice();
  if (value instanceof PyByteArray) return pickled(t, value);
  if (value instanceof PyComplex && !value.type.flags.heapType) return { $: 'complex', real: value.real, imag: value.imag };
  return pickled(t, value);
}

/** The address of an object that is in the immortal heap; null for all others, which are copied: a sent temporary must not become immortal. */
function sharedAddress(t: Thread, value: PyObject): number | null {
  return immortalLink(t.interpreter)?.addresses.get(value) ?? null;
}

function liveValues(dict: PyDict): Value[] {
  const { keys, values } = dict.table;
  return values.filter((_, i) => keys[i] !== undefined) as Value[];
}

function pickled(t: Thread, value: Value): HostValue {
  const bytes = call(t, getAttr(t, importModule(t, 'pickle'), 'dumps'), [value]);
  return { $: 'pickle', bytes: (bytes as PyBytes).value.slice() };
}

/** Whether a value crosses interpreters without being pickled (`_interpreters.is_shareable`). */
export function isShareable(t: Thread, value: Value): boolean {
  if (value === null || typeof value !== 'object') return true;
  if (value.type === FLOAT_TYPE || value.type === BYTES_TYPE || value.type === COMPLEX_TYPE) return true;
  if (value instanceof PyTuple && value.type === TUPLE_TYPE) return value.items.every((item) => isShareable(t, item));
  return sharedAddress(t, value) !== null;
}

/** The value of a host form. */
export function fromHost(t: Thread, host: HostValue): Value {
  if (host === null || typeof host !== 'object') return typeof host === 'number' && !Number.isSafeInteger(host) ? newFloat(host) : host;
  if (host instanceof Uint8Array) return newBytes(host);
  if (Array.isArray(host)) return newList(host.map((item) => fromHost(t, item)));
  switch (host.$) {
    case 'float': return newFloat(host.value);
    case 'tuple': return newTuple(host.items.map((item) => fromHost(t, item)));
    case 'complex': return newComplex(host.real, host.imag);
    case 'pickle': return call(t, getAttr(t, importModule(t, 'pickle'), 'loads'), [newBytes(host.bytes)]);
    case 'dict': {
      const dict = newDict();
      for (const [key, value] of host.entries) tableSet(t, dict.table, fromHost(t, key), fromHost(t, value));
      return dict;
    }
    case 'set':
    case 'frozenset': {
      const set = newSet();
      for (const item of host.items) tableSet(t, set.table, fromHost(t, item), undefined);
      return host.$ === 'set' ? set : newFrozenSet(set.table);
    }
    case 'shared': return thaw(t, host.address);
  }
}

