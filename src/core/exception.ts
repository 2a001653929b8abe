/** Records of exceptions and tracebacks. A raised exception travels through JavaScript as the thrown record itself. */
import { PyObject, type Value } from './value.ts';
import type { PyType } from './type.ts';
import type { PyTuple } from './containers.ts';
import type { Frame } from './function.ts';

/** `traceback`: one level of a traceback. */
export class PyTraceback extends PyObject {
  next: PyTraceback | null;
  readonly frame: Frame;
  /** Instruction index. */
  readonly lasti: number;
  lineno: number;
  constructor(type: PyType, next: PyTraceback | null, frame: Frame, lasti: number, lineno: number) {
    super(type);
    this.next = next;
    this.frame = frame;
    this.lasti = lasti;
    this.lineno = lineno;
  }
}

/**
 * `BaseException` and all its subclasses. State of particular builtin exceptions (`errno`, `filename`, `lineno`, `name`, `value`, ...)
 * lies in `fields` under the attribute's name, as the set differs per class and no hot path reads it.
 *
 * Thrown by `throw exception`; it is no `Error`, so no JavaScript stack trace is taken.
 */
export class PyBaseException extends PyObject {
  args: PyTuple;
  traceback: PyTraceback | null = null;
  context: PyBaseException | null = null;
  cause: PyBaseException | null = null;
  suppressContext = false;
  fields: Map<string, Value> | null = null;
  constructor(type: PyType, args: PyTuple) {
    super(type);
    this.args = args;
  }
}

/** A link of the stack of exceptions being handled (CPython's _PyErr_StackItem): one per thread and one per generator. */
export interface ExceptionState {
  value: PyBaseException | null;
  previous: ExceptionState | null;
}
