/** The record of a socket object, and waiting until its socket can do something. */
import { PARKED, type Thread } from '../../core/thread.ts';
import { PyObject, type Value } from '../../core/value.ts';
import { raiseErrno } from '../os-errors.ts';
import { virtualFile, waitUntil } from '../virtual-files.ts';
import { raiseTimedOut } from './errors.ts';
import { SocketFile } from './socket-file.ts';

/** `_socket.socket`. */
export class PySocket extends PyObject {
  /** -1 when closed. */
  fd = -1;
  family = -1;
  kind = -1;
  protocol = -1;
  /** Seconds; -1 waits for ever, 0 does not wait. */
  timeout = -1;
}

/** The open socket of an object; raises EBADF for a closed one. */
export function fileOf(self: PySocket): SocketFile {
  const file = virtualFile(self.fd);
  return file instanceof SocketFile ? file : raiseErrno('EBADF');
}

/** What an operation may do where it would have to wait. */
export interface Wait {
  readonly reason: string;
  ready(): boolean;
  finish(): Value;
}

/** Does an operation now, or when it can be done within the socket's timeout. */
export function whenReady(t: Thread, self: PySocket, wait: Wait, nonBlocking = false): Value | typeof PARKED {
  if (wait.ready()) return wait.finish();
  const { timeout } = self;
  if (timeout === 0 || nonBlocking) raiseErrno('EAGAIN');
  const finish = (): Value => {
    // The socket may have been closed by another thread meanwhile.
    if (wait.ready()) return wait.finish();
    return raiseTimedOut();
  };
  t.parked = waitUntil(`socket ${wait.reason}`, timeout < 0 ? Infinity : timeout * 1000, () => wait.ready(), finish);
  return PARKED;
}
