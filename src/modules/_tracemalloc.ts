/** `_tracemalloc`: V8 does not tell where memory is allocated, so tracing cannot start; everything else answers as where it has not (Modules/_tracemalloc.c). */
import { NotImplementedError } from '../objects/exception-types.ts';
import { newList, newTuple } from '../objects/make.ts';
import { raise } from '../objects/raise.ts';
import type { NativeModule } from './native-module.ts';

/** The table. */
export const TRACEMALLOC_MODULE: NativeModule = {
  name: '_tracemalloc',
  doc: 'Debug module to trace memory blocks allocated by Python: here there are none to trace.',
  functions: {
    start: [() => raise(NotImplementedError, "the JavaScript engine's allocations cannot be traced"), '($module, nframe=1, /)', 'Start tracing Python memory allocations: not possible here.'],
    stop: [() => null, '($module, /)', 'Stop tracing Python memory allocations.'],
    is_tracing: [() => false, '($module, /)', 'Return True if the tracemalloc module is tracing Python memory allocations.'],
    clear_traces: [() => null, '($module, /)', 'Clear traces of memory blocks allocated by Python.'],
    reset_peak: [() => null, '($module, /)', 'Set the peak size of memory blocks traced by tracemalloc to the current size.'],
    get_traceback_limit: [() => 1, '($module, /)', 'Get the maximum number of frames stored in the traceback of a trace.'],
    get_traced_memory: [() => newTuple([0, 0]), '($module, /)', 'Get the current size and peak size of memory blocks traced by tracemalloc.'],
    get_tracemalloc_memory: [() => 0, '($module, /)', 'Get the memory usage in bytes of the tracemalloc module.'],
    _get_traces: [() => newList([]), '($module, /)', 'Get traces of all memory blocks allocated by Python.'],
    _get_object_traceback: [() => null, '($module, obj, /)', 'Get the traceback where the Python object obj was allocated.'],
  },
};
