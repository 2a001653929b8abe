/** `pickle.PickleBuffer` (Objects/picklebufobject.c): a buffer that may travel beside the pickle stream. */
import type { BufferView } from '../../core/memory-view.ts';
import type { KeywordNames, PyType } from '../../core/type.ts';
import type { Thread } from '../../core/thread.ts';
import { PyObject, type Value } from '../../core/value.ts';
import { getBuffer, isContiguous, plainView, registerBuffer, viewSize } from '../../objects/buffer.ts';
import { BufferError } from '../../objects/exception-types.ts';
import { BUFFER_METHODS, newMemoryView } from '../../objects/memoryview.ts';
import { checkArguments } from '../../objects/new-arguments.ts';
import { raise, raiseTypeError, raiseValueError, typeName } from '../../objects/raise.ts';
import { staticType } from '../../objects/static-types.ts';
import { readyType } from '../../objects/type-ready.ts';

/** The type. */
export const PICKLE_BUFFER_TYPE = staticType('PickleBuffer', { module: 'pickle', hasWeakref: true, baseType: true });

/** The record; `view` is null once released. */
export class PyPickleBuffer extends PyObject {
  view: BufferView | null = null;
}

/** The borrowed buffer; raises ValueError when it was released. */
export function pickleBufferView(self: PyPickleBuffer): BufferView {
  return self.view ?? raiseValueError('operation forbidden on released PickleBuffer object');
}

/** Whether items lie one after the other in Fortran order. */
function isFortranContiguous(view: BufferView): boolean {
  let expected = view.itemSize;
  for (let i = 0; i < view.shape.length; i++) {
    if (view.shape[i]! > 1 && view.strides[i] !== expected) return false;
    expected *= view.shape[i]!;
  }
  return true;
}

/** The memory of a buffer without gaps, in whichever order its items lie; undefined for one with gaps. */
export function rawBytes(view: BufferView): Uint8Array | undefined {
  if (!isContiguous(view) && !isFortranContiguous(view)) return undefined;
  return view.bytes.subarray(view.offset, view.offset + viewSize(view));
}

function picklebuffer_new(t: Thread, type: PyType, args: Value[], keywords: KeywordNames): Value {
  checkArguments('PickleBuffer', args, keywords, 1, 1);
  const self = new PyPickleBuffer(type);
  const object = args[0]!;
  self.view = getBuffer(t, object) ?? raiseTypeError(`a bytes-like object is required, not '${typeName(object)}'`);
  return self;
}

function picklebuffer_raw(t: Thread, self: PyPickleBuffer): Value {
  const bytes = rawBytes(pickleBufferView(self));
  if (bytes === undefined) raise(BufferError, 'cannot extract raw buffer from non-contiguous buffer');
  const lent = getBuffer(t, self)!;
  return newMemoryView(plainView(bytes, lent.owner, { readOnly: lent.readOnly, release: lent.release }));
}

function picklebuffer_release(_t: Thread, self: PyPickleBuffer): void {
  self.view?.release();
  self.view = null;
}

registerBuffer(PICKLE_BUFFER_TYPE, (t, value, options) => {
  const view = pickleBufferView(value as PyPickleBuffer);
  const lent = getBuffer(t, view.owner, options)!;
  // As in C, the lender is named as the owner: a view of the PickleBuffer leads back to the object itself.
  return { ...view, release: lent.release };
});

readyType(PICKLE_BUFFER_TYPE, {
  doc: 'Wrapper for potentially out-of-band buffers',
  slots: { tp_alloc: (type) => new PyPickleBuffer(type), tp_new: picklebuffer_new },
  methods: {
    raw: [picklebuffer_raw, '!($self, /)', 'Return a memoryview of the raw memory underlying this buffer.'],
    ...BUFFER_METHODS,
    release: [picklebuffer_release, '!($self, /)', 'Release the underlying buffer held by the PickleBuffer object.'],
  },
});
