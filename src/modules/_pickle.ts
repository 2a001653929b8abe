/** `_pickle` (Modules/_pickle.c): what `pickle` does in C: all protocols, and buffers beside the stream. */
import type { Thread } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import { requireBytesLike } from '../objects/buffer.ts';
import { newBytes } from '../objects/make.ts';
import { PICKLE_ERROR, PICKLING_ERROR, UNPICKLING_ERROR } from './_pickle/errors.ts';
import { PICKLE_BUFFER_TYPE } from './_pickle/pickle-buffer.ts';
import { dumpObject, initPickler, newPickler, PICKLER_TYPE } from './_pickle/pickler.ts';
import { PickleReader } from './_pickle/reader.ts';
import { initUnpickler, loadObject, newUnpickler, UNPICKLER_TYPE, unpicklerOptions } from './_pickle/unpickler.ts';
import type { NativeModule } from './native-module.ts';

function pickle_dumps(t: Thread, obj: Value, protocol: Maybe, fixImports: Maybe, bufferCallback: Maybe): Value {
  const p = newPickler();
  initPickler(t, p, undefined, { protocol, fixImports, bufferCallback });
  dumpObject(t, p, obj);
  return newBytes(p.writer.result());
}

function pickle_dump(t: Thread, obj: Value, file: Value, protocol: Maybe, fixImports: Maybe, bufferCallback: Maybe): void {
  const p = newPickler();
  initPickler(t, p, file, { protocol, fixImports, bufferCallback });
  dumpObject(t, p, obj);
  p.writer.flush();
}

function pickle_loads(t: Thread, data: Value, ...options: Maybe[]): Value {
  const u = newUnpickler();
  initUnpickler(t, u, PickleReader.ofBytes(requireBytesLike(t, data)), unpicklerOptions(options));
  return loadObject(t, u);
}

function pickle_load(t: Thread, file: Value, ...options: Maybe[]): Value {
  const u = newUnpickler();
  initUnpickler(t, u, PickleReader.ofFile(t, file), unpicklerOptions(options));
  return loadObject(t, u);
}

const LOAD_OPTIONS = "*, fix_imports=True, encoding='ASCII',\n     errors='strict', buffers=()";

/** The table. */
export const PICKLE_MODULE: NativeModule = {
  name: '_pickle',
  doc: 'Optimized C implementation for the Python pickle module.',
  functions: {
    dump: [pickle_dump, '($module, /, obj, file, protocol=None, *, fix_imports=True,\n     buffer_callback=None)', 'Write a pickled representation of obj to the open file object file.\n\nThis is equivalent to ``Pickler(file, protocol).dump(obj)``, but may\nbe more efficient.'],
    dumps: [pickle_dumps, '($module, /, obj, protocol=None, *, fix_imports=True,\n      buffer_callback=None)', 'Return the pickled representation of the object as a bytes object.'],
    load: [pickle_load, `($module, /, file, ${LOAD_OPTIONS})`, 'Read and return an object from the pickle data stored in a file.\n\nThis is equivalent to ``Unpickler(file).load()``, but may be more\nefficient.'],
    loads: [pickle_loads, `($module, data, /, ${LOAD_OPTIONS})`, 'Read and return an object from the given pickle data.'],
  },
  types: {
    Pickler: PICKLER_TYPE,
    Unpickler: UNPICKLER_TYPE,
    PickleBuffer: PICKLE_BUFFER_TYPE,
    PickleError: PICKLE_ERROR,
    PicklingError: PICKLING_ERROR,
    UnpicklingError: UNPICKLING_ERROR,
  },
};
