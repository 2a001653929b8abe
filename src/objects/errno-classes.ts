/** Which subclass of OSError stands for an errno (PEP 3151). */
import { constants } from 'node:os';
import type { PyType } from '../core/type.ts';
import * as E from './exception-types.ts';

const { errno } = constants;

const CLASSES = new Map<number, PyType>([
  [errno.EAGAIN, E.BlockingIOError], [errno.EALREADY, E.BlockingIOError], [errno.EINPROGRESS, E.BlockingIOError], [errno.EWOULDBLOCK, E.BlockingIOError],
  [errno.EPIPE, E.BrokenPipeError], [108, E.BrokenPipeError],
  [errno.ECHILD, E.ChildProcessError], [errno.ECONNABORTED, E.ConnectionAbortedError], [errno.ECONNREFUSED, E.ConnectionRefusedError],
  [errno.ECONNRESET, E.ConnectionResetError], [errno.EEXIST, E.FileExistsError], [errno.ENOENT, E.FileNotFoundError], [errno.EISDIR, E.IsADirectoryError],
  [errno.ENOTDIR, E.NotADirectoryError], [errno.EINTR, E.InterruptedError], [errno.EACCES, E.PermissionError], [errno.EPERM, E.PermissionError],
  [errno.ESRCH, E.ProcessLookupError], [errno.ETIMEDOUT, E.TimeoutError],
]);

/** The class for an errno, or undefined for plain OSError. 108 is ESHUTDOWN, which Node does not name. */
export function errnoSubclass(number: number): PyType | undefined {
  return CLASSES.get(number);
}
