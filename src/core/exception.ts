/** Records of exceptions and tracebacks. A raised exception travels through JavaScript as the thrown record itself. */
import { linkToPyObject, PyObject, type Value } from './value.ts';
import type { PyType } from './type.ts';
import type { PyDict, PyTuple } from './containers.ts';
import type { Frame } from './function.ts';

/** `PyTraceback.lineno` until it is asked for (as in CPython, where most exceptions are handled unseen, too). */
export const NO_LINE_YET = -1;

/** `traceback`: one level of a traceback. */
export class PyTraceback {
  type: PyType;
  dict: PyDict | null;
  next: PyTraceback | null;
  readonly frame: Frame;
  /** Instruction index. */
  readonly lasti: number;
  /** NO_LINE_YET: the line of `lasti`, which is looked up when somebody asks. */
  lineno: number;
  constructor(type: PyType, next: PyTraceback | null, frame: Frame, lasti: number, lineno: number) {
    this.type = type;
    this.dict = null;
    this.next = next;
    this.frame = frame;
    this.lasti = lasti;
    this.lineno = lineno;
  }
}
/** As a PyObject (`linkToPyObject`). */
export interface PyTraceback extends PyObject {}
linkToPyObject(PyTraceback);

/**
 * `BaseException` and all its subclasses. State of particular builtin exceptions (`errno`, `filename`, `lineno`, `name`, `value`, ...)
 * lies in `fields` under the attribute's name, as the set differs per class and no hot path reads it.
 *
 * Thrown by `throw exception`; it is no `Error`, so no JavaScript stack trace is taken.
 */
export class PyBaseException {
  type: PyType;
  dict: PyDict | null;
  args: PyTuple;
  traceback: PyTraceback | null;
  context: PyBaseException | null;
  cause: PyBaseException | null;
  suppressContext: boolean;
  fields: Map<string, Value> | null;
  constructor(type: PyType, args: PyTuple) {
    this.type = type;
    this.dict = null;
    this.traceback = null;
    this.context = null;
    this.cause = null;
    this.suppressContext = false;
    this.fields = null;
    this.args = args;
  }
}
/** As a PyObject (`linkToPyObject`). */
export interface PyBaseException extends PyObject {}
linkToPyObject(PyBaseException);

/** A link of the stack of exceptions being handled (CPython's _PyErr_StackItem): one per thread and one per generator. */
export interface ExceptionState {
  value: PyBaseException | null;
  previous: ExceptionState | null;
}
