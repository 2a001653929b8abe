/** The buffer protocol: memory of bytes, bytearray, memoryview, and of types that register here. Source: CPython Objects/abstract.c. */
import { ManagedBuffer, PyMemoryView, type BufferView } from '../core/memory-view.ts';
import { PyByteArray, PyBytes } from '../core/scalars.ts';
import type { Thread } from '../core/thread.ts';
import type { PyType } from '../core/type.ts';
import type { Maybe, Value } from '../core/value.ts';
import { callSpecial } from './call.ts';
import { BufferError } from './exception-types.ts';
import { tableFindStr } from './hash-table.ts';
import { raise, raiseTypeError, raiseValueError, typeName } from './raise.ts';
import { typeOf } from './type-of.ts';

/** Lends the memory of an object of a registered type. */
export type BufferProvider = (t: Thread, value: Value, options: { writable: boolean }) => BufferView;

const providers = new Map<PyType, BufferProvider>();

/** Gives a type (and its subclasses) the buffer protocol: `array.array`, `mmap`. */
export function registerBuffer(type: PyType, provider: BufferProvider): void {
  providers.set(type, provider);
}

function nothing(): void {}

/** A view of plain bytes. */
export function plainView(bytes: Uint8Array, owner: Value, options: { readOnly: boolean; release?: () => void }): BufferView {
  return {
    bytes, offset: 0, format: 'B', itemSize: 1, shape: [bytes.length], strides: [1], readOnly: options.readOnly, owner,
    release: options.release ?? nothing,
  };
}

function lendByteArray(self: PyByteArray): BufferView {
  self.exports++;
  let live = true;
  const memory = self.buffer;
  const release = (): void => {
    // A view that outlived a resize has the old memory and counts no more.
    if (live && self.buffer === memory) self.exports--;
    live = false;
  };
  return plainView(self.value, self, { readOnly: false, release });
}

/** The view of a memoryview; raises ValueError when it was released. */
export function liveView(self: PyMemoryView): BufferView {
  return self.view ?? raiseValueError('operation forbidden on released memoryview object');
}

function lendMemoryView(self: PyMemoryView): BufferView {
  const view = liveView(self);
  self.exports++;
  let live = true;
  const release = (): void => {
    if (live) self.exports--;
    live = false;
  };
  return { ...view, owner: self, release };
}

function providerOf(type: PyType): BufferProvider | undefined {
  for (const base of type.mro) {
    const provider = providers.get(base);
    if (provider !== undefined) return provider;
  }
  return undefined;
}

/** Whether `value` has the buffer protocol. */
export function hasBuffer(value: Value): boolean {
  if (value instanceof PyBytes || value instanceof PyByteArray || value instanceof PyMemoryView) return true;
  const type = typeOf(value);
  return (providers.size > 0 && providerOf(type) !== undefined) || lendsByMethod(type);
}

/** Whether the class, or a base before the first native one that lends memory, says by itself how: `__buffer__` or `__release_buffer__`. */
function lendsByMethod(type: PyType): boolean {
  return type.flags.heapType && (ownMethod(type, '__buffer__') || ownMethod(type, '__release_buffer__'));
}

function ownMethod(type: PyType, name: string): boolean {
  return type.mro.find((base) => tableFindStr(base.attributes.table, name) >= 0)?.flags.heapType === true;
}

/** The buffer that `value` lends, or undefined when it has none. The borrower calls `release`. Raises BufferError when it cannot be written. */
export function getBuffer(t: Thread, value: Value, options: { writable: boolean } = { writable: false }): BufferView | undefined {
  const type = typeOf(value);
  return asWanted(lendsByMethod(type) ? lendByMethod(t, value, options) : lend(t, value, options), options);
}

/** As `getBuffer`, from the native type below the class: what `super().__buffer__` gives. */
export function getNativeBuffer(t: Thread, value: Value, options: { writable: boolean }): BufferView | undefined {
  return asWanted(lend(t, value, options), options);
}

function asWanted(view: BufferView | undefined, options: { writable: boolean }): BufferView | undefined {
  if (view !== undefined && options.writable && view.readOnly) {
    view.release();
    raise(BufferError, 'Object is not writable.');
  }
  return view;
}

function lend(t: Thread, value: Value, options: { writable: boolean }): BufferView | undefined {
  if (value instanceof PyBytes) return plainView(value.value, value, { readOnly: true });
  if (value instanceof PyByteArray) return lendByteArray(value);
  if (value instanceof PyMemoryView) return lendMemoryView(value);
  const provider = providers.size === 0 ? undefined : providerOf(typeOf(value));
  return provider?.(t, value, options);
}

/** A class with `__buffer__`; source: PEP 688. Undefined when the class has `__release_buffer__` alone. */
function lendByMethod(t: Thread, value: Value, options: { writable: boolean }): BufferView | undefined {
  const lent: Maybe = callSpecial(t, value, '__buffer__', [options.writable ? 0x101 : 0x11c]);
  if (lent === undefined) return undefined;
  if (!(lent instanceof PyMemoryView)) raiseTypeError('__buffer__ returned non-memoryview object');
  const inner = lendMemoryView(lent);
  let live = true;
  const release = (): void => {
    if (!live) return;
    live = false;
    inner.release();
    if (ownMethod(typeOf(value), '__release_buffer__')) callSpecial(t, value, '__release_buffer__', [lent]);
    if (lent.view !== null && lent.view.owner === value) endView(lent);
  };
  return { ...inner, owner: value, release };
}

/** Whether items lie one after the other in C order. */
export function isContiguous(view: BufferView): boolean {
  let expected = view.itemSize;
  for (let i = view.shape.length - 1; i >= 0; i--) {
    if (view.shape[i]! > 1 && view.strides[i] !== expected) return false;
    expected *= view.shape[i]!;
  }
  return true;
}

/** Number of bytes that the items take. */
export function viewSize(view: BufferView): number {
  return view.shape.reduce((product, n) => product * n, view.itemSize);
}

/** The items' bytes in C order: a window of the lender's memory where possible, else a copy. */
export function viewBytes(view: BufferView): Uint8Array {
  const size = viewSize(view);
  if (isContiguous(view)) return view.bytes.subarray(view.offset, view.offset + size);
  const result = new Uint8Array(size);
  let to = 0;
  const copy = (dimension: number, at: number): void => {
    if (dimension === view.shape.length) {
      result.set(view.bytes.subarray(at, at + view.itemSize), to);
      to += view.itemSize;
      return;
    }
    for (let i = 0; i < view.shape[dimension]!; i++) copy(dimension + 1, at + i * view.strides[dimension]!);
  };
  copy(0, view.offset);
  return result;
}

/**
 * The bytes of a bytes-like object, to be read at once and not kept; undefined for anything else. For a bytearray they are valid until its
 * next resize.
 */
export function bytesLike(t: Thread, value: Value): Uint8Array | undefined {
  if (value instanceof PyBytes || value instanceof PyByteArray) return value.value;
  const view = getBuffer(t, value);
  if (view === undefined) return undefined;
  const bytes = viewBytes(view);
  view.release();
  return bytes;
}

/** As `bytesLike`; raises TypeError "a bytes-like object is required, not 'X'", and BufferError for items that do not lie one after the other. */
export function requireBytesLike(t: Thread, value: Value): Uint8Array {
  if (value instanceof PyMemoryView && !isContiguous(liveView(value))) raise(BufferError, 'memoryview: underlying buffer is not C-contiguous');
  return bytesLike(t, value) ?? raiseTypeError(`a bytes-like object is required, not '${typeName(value)}'`);
}

/** Releases a memoryview that nobody borrows from. */
export function endView(view: PyMemoryView): void {
  view.view = null;
  if (--view.managed.exports === 0) view.managed.view.release();
}

/** A managed buffer for a new memoryview. */
export function manage(view: BufferView): ManagedBuffer {
  return new ManagedBuffer(view);
}
