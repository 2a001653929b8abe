/** `sys.settrace` and `sys.setprofile`: calls of the trace functions. */
import type { PyBaseException } from '../core/exception.ts';
import type { Frame } from '../core/function.ts';
import type { Thread } from '../core/thread.ts';

type ExceptionTracer = (t: Thread, f: Frame, exception: PyBaseException) => void;

let tracer: ExceptionTracer = () => undefined;

/** Sets what is told of exceptions; done once by the tracing module. */
export function setExceptionTracer(implementation: ExceptionTracer): void {
  tracer = implementation;
}

/** Tells the trace function of an exception in `f`. */
export function traceException(t: Thread, f: Frame, exception: PyBaseException): void {
  tracer(t, f, exception);
}
