/** The exceptions of `_pickle`, and raising them. */
import type { PyBaseException } from '../../core/exception.ts';
import { newException } from '../../objects/raise.ts';
import { exceptionType } from '../exception-type.ts';

/** `pickle.PickleError` */
export const PICKLE_ERROR = exceptionType('PickleError', '_pickle');
/** `pickle.PicklingError` */
export const PICKLING_ERROR = exceptionType('PicklingError', '_pickle', PICKLE_ERROR);
/** `pickle.UnpicklingError` */
export const UNPICKLING_ERROR = exceptionType('UnpicklingError', '_pickle', PICKLE_ERROR);

/** `PicklingError: message`; `context` becomes its `__context__`. */
export function raisePickling(message: string, context: PyBaseException | null = null): never {
  const exception = newException(PICKLING_ERROR, message);
  exception.context = context;
  throw exception;
}

/** `UnpicklingError: message`; `context` becomes its `__context__`. */
export function raiseUnpickling(message: string, context: PyBaseException | null = null): never {
  const exception = newException(UNPICKLING_ERROR, message);
  exception.context = context;
  throw exception;
}
