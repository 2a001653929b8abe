/** JavaScript values for Python and back, for the API. */
import type { HostValue } from '../base/protocol.ts';

/** A value in the immortal heap, made by `Ladon.share`; can be passed to Python wherever a value can. */
export class SharedValue {
  /** Its place in the heap. */
  readonly address: number;
  constructor(address: number) {
    this.address = address;
  }
}

/** What can be passed to and from Python: numbers that are integers become int, others float; objects and Maps become dict. */
export type JsValue =
  | null | undefined | boolean | number | bigint | string | Uint8Array | SharedValue | readonly JsValue[] | ReadonlySet<JsValue> | ReadonlyMap<JsValue, JsValue> | { readonly [key: string]: JsValue };

/** The host form of a JavaScript value. Throws TypeError for functions, symbols and class instances. */
export function toPython(value: JsValue): HostValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return Number.isSafeInteger(value) && !Object.is(value, -0) ? value : { $: 'float', value };
  if (typeof value !== 'object') {
    if (typeof value === 'function' || typeof value === 'symbol') throw new TypeError(`a ${typeof value} cannot be passed to Python`);
    return value;
  }
  if (value instanceof Uint8Array) return value;
  if (value instanceof SharedValue) return { $: 'shared', address: value.address };
  if (Array.isArray(value)) return value.map(toPython);
  if (value instanceof Set) return { $: 'set', items: [...(value as ReadonlySet<JsValue>)].map(toPython) };
  if (value instanceof Map) return { $: 'dict', entries: [...(value as ReadonlyMap<JsValue, JsValue>)].map(([key, item]) => [toPython(key), toPython(item)]) };
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new TypeError('only plain objects, arrays, Maps and Sets can be passed to Python');
  return { $: 'dict', entries: Object.entries(value as { readonly [key: string]: JsValue }).map(([key, item]) => [key, toPython(item)]) };
}

/** The JavaScript value of a host form: dicts with str keys become plain objects, others Maps; tuples and lists arrays. */
export function fromPython(host: HostValue): JsValue {
  if (host === null || typeof host !== 'object' || host instanceof Uint8Array) return host;
  if (Array.isArray(host)) return host.map(fromPython);
  switch (host.$) {
    case 'float': return host.value;
    case 'tuple': return host.items.map(fromPython);
    case 'set':
    case 'frozenset': return new Set(host.items.map(fromPython));
    case 'complex': return [host.real, host.imag];
    case 'dict':
      if (host.entries.every(([key]) => typeof key === 'string')) return Object.fromEntries(host.entries.map(([key, item]) => [key as string, fromPython(item)]));
      return new Map(host.entries.map(([key, item]) => [fromPython(key), fromPython(item)]));
    case 'shared': throw new TypeError('the result is a frozen Python object; return a plain one to JavaScript');
    case 'pickle': throw new TypeError('the result is a Python object that has no JavaScript form');
  }
}
