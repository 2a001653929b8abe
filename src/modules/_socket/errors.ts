/** Errors of `_socket`: `gaierror`, `herror`, and the waits that end by a timeout. */
import { PyBaseException } from '../../core/exception.ts';
import { OSError, TimeoutError } from '../../objects/exception-types.ts';
import { newTuple } from '../../objects/make.ts';
import { newException } from '../../objects/raise.ts';
import { exceptionType } from '../exception-type.ts';
import { newOsError } from '../os-errors.ts';
import type { PyType } from '../../core/type.ts';

export const GAI_ERROR = exceptionType('gaierror', 'socket', OSError);
export const HOST_ERROR = exceptionType('herror', 'socket', OSError);

/** Texts of `gai_strerror`. */
const GAI_TEXTS = new Map<number, string>([
  [-1, 'Bad value for ai_flags'], [-2, 'Name or service not known'], [-3, 'Temporary failure in name resolution'], [-4, 'Non-recoverable failure in name resolution'],
  [-5, 'No address associated with hostname'], [-6, 'ai_family not supported'], [-7, 'ai_socktype not supported'], [-8, 'Servname not supported for ai_socktype'],
  [-9, 'Address family for hostname not supported'], [-10, 'Memory allocation failure'], [-11, 'System error'], [-12, 'Argument buffer overflow'],
]);

function newError(type: PyType, errno: number, text: string): PyBaseException {
  const exception = new PyBaseException(type, newTuple([errno, text]));
  exception.fields = new Map<string, number | string | null>([['errno', errno], ['strerror', text], ['filename', null], ['filename2', null]]);
  return exception;
}

/** Raises `gaierror` with one of EAI_*. */
export function raiseGai(code: number): never {
  throw newError(GAI_ERROR, code, GAI_TEXTS.get(code) ?? 'Unknown error');
}

/** Raises `herror`. */
export function raiseHostError(code: number, text: string): never {
  throw newError(HOST_ERROR, code, text);
}

/** Raises OSError for an errno, or `gaierror` for one of EAI_* (which are negative). */
export function raiseSocketErrno(errno: number): never {
  if (errno < 0) raiseGai(errno);
  throw newOsError(errno);
}

/** `TimeoutError: timed out` */
export function raiseTimedOut(): never {
  throw newException(TimeoutError, 'timed out');
}
