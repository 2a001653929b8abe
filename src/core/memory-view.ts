/** The record of `memoryview`, and of the buffer that an object lends. */
import { PyObject, type Value } from './value.ts';
import type { PyType } from './type.ts';

/** Memory lent by an object (CPython's Py_buffer): `bytes` starts at the first item; strides and suboffsets are in bytes. */
export interface BufferView {
  /** The memory from offset 0 on; with negative strides it starts before the first item, at `offset`. */
  readonly bytes: Uint8Array;
  readonly offset: number;
  readonly format: string;
  readonly itemSize: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly readOnly: boolean;
  /** The object that lends it. */
  readonly owner: Value;
  /** Ends the loan (bytearray counts its exports). */
  release(): void;
}

/** Loan of one buffer shared by all views made from each other. */
export class ManagedBuffer {
  readonly view: BufferView;
  exports = 0;
  constructor(view: BufferView) {
    this.view = view;
  }
}

/** `memoryview`; `view` is null once released. */
export class PyMemoryView extends PyObject {
  managed: ManagedBuffer;
  view: BufferView | null;
  /** Buffers lent by this view, which forbid its release. */
  exports = 0;
  hash: number | null = null;
  constructor(type: PyType, managed: ManagedBuffer, view: BufferView) {
    super(type);
    this.managed = managed;
    this.view = view;
  }
}
