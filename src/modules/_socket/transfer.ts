/** Sending and receiving with sockets: `recv` and `send` with their relatives. */
import { PyTuple } from '../../core/containers.ts';
import { PARKED, type Thread } from '../../core/thread.ts';
import type { Maybe, Value } from '../../core/value.ts';
import { getBuffer, requireBytesLike, viewBytes } from '../../objects/buffer.ts';
import { toArray } from '../../objects/iterate.ts';
import { newBytes, newList, newTuple } from '../../objects/make.ts';
import { intArgument, sizeArgument } from '../../objects/native-arguments.ts';
import { raiseTypeError, raiseValueError, typeName } from '../../objects/raise.ts';
import type { MethodRow } from '../../objects/type-ready.ts';
import { raiseErrno } from '../os-errors.ts';
import { virtualFile } from '../virtual-files.ts';
import { addressArgument, addressValue } from './addresses.ts';
import { SOCKET_CONSTANTS as C } from './constants.ts';
import { fileOf, whenReady, type PySocket } from './record.ts';
import type { SocketFile } from './socket-file.ts';

/** Still open; a socket that another thread closes while one waits fails with EBADF. */
function isOpen(self: PySocket, file: SocketFile): boolean {
  return virtualFile(self.fd) === file;
}

/** Waits until the socket can be read, then gives what `take` makes of it. */
function receive(t: Thread, self: PySocket, flags: number, wanted: number, take: (file: SocketFile) => Value): Value | typeof PARKED {
  const file = fileOf(self);
  if ((flags & C.MSG_OOB) !== 0) raiseErrno('EINVAL');
  if (file.isDatagram && file.service !== 'child') file.ensureOpen(t);
  const all = (flags & C.MSG_WAITALL) !== 0 && !file.isDatagram;
  const ready = (): boolean => !isOpen(self, file) || (file.readable() && (!all || file.bytesWaiting >= Math.min(wanted, file.receive!.capacity) || file.endOfInput));
  return whenReady(t, self, { reason: 'recv', ready, finish: () => (isOpen(self, file) ? take(file) : raiseErrno('EBADF')) }, (flags & C.MSG_DONTWAIT) !== 0);
}

function sizeOf(t: Thread, size: Value, who: string): number {
  const number = intArgument(t, size, 0);
  return number < 0 ? raiseValueError(`negative buffersize in ${who}`) : number;
}

function peeks(flags: number): boolean {
  return (flags & C.MSG_PEEK) !== 0;
}

function socket_recv(t: Thread, self: PySocket, size: Value, flagsValue?: Value): Value | typeof PARKED {
  const flags = intArgument(t, flagsValue, 0);
  const wanted = sizeOf(t, size, 'recv');
  if (wanted === 0) {
    fileOf(self);
    return newBytes(new Uint8Array(0));
  }
  return receive(t, self, flags, wanted, (file) => {
    if (file.isDatagram) return newBytes(file.receiveMessage(peeks(flags)).data.slice(0, wanted));
    const bytes = new Uint8Array(Math.min(wanted, Math.max(1, file.bytesWaiting)));
    const count = file.receiveBytes(t, bytes, peeks(flags));
    return newBytes(count === bytes.length ? bytes : bytes.slice(0, count));
  });
}

function socket_recvfrom(t: Thread, self: PySocket, size: Value, flagsValue?: Value): Value | typeof PARKED {
  const flags = intArgument(t, flagsValue, 0);
  const wanted = sizeOf(t, size, 'recvfrom');
  return receive(t, self, flags, wanted, (file) => {
    if (file.isDatagram) {
      const { data, from } = file.receiveMessage(peeks(flags));
      return newTuple([newBytes(data.slice(0, wanted)), from === null ? null : addressValue(self.family, from)]);
    }
    const bytes = new Uint8Array(Math.min(wanted, Math.max(1, file.bytesWaiting)));
    return newTuple([newBytes(bytes.slice(0, file.receiveBytes(t, bytes, peeks(flags)))), null]);
  });
}

/** Lends the memory of `buffer`, of which at most `size` bytes are filled, for as long as the call waits. */
function receiveInto(t: Thread, self: PySocket, buffer: Value, size: Maybe, flagsValue: Maybe, who: string, take: (file: SocketFile, bytes: Uint8Array, flags: number) => Value): Value | typeof PARKED {
  const flags = intArgument(t, flagsValue, 0);
  const view = getBuffer(t, buffer);
  if (view === undefined || view.readOnly) {
    view?.release();
    raiseTypeError(`${who}() argument 1 must be read-write bytes-like object, not ${typeName(buffer)}`);
  }
  const bytes = viewBytes(view);
  let wanted: number;
  try {
    wanted = sizeOf(t, size === undefined ? 0 : size, who);
    if (wanted > bytes.length) raiseValueError(who === 'recv_into' ? 'buffer too small for requested bytes' : 'nbytes is greater than the length of the buffer');
  } catch (caught) {
    view.release();
    throw caught;
  }
  const target = wanted === 0 ? bytes : bytes.subarray(0, wanted);
  let result: Value | typeof PARKED = PARKED;
  try {
    result = target.length === 0 && who === 'recv_into' ? 0 : receive(t, self, flags, target.length, (file) => {
      try {
        return take(file, target, flags);
      } finally {
        view.release();
      }
    });
  } catch (caught) {
    view.release();
    throw caught;
  }
  return result;
}

function socket_recvInto(t: Thread, self: PySocket, buffer: Value, size?: Value, flags?: Value): Value | typeof PARKED {
  return receiveInto(t, self, buffer, size, flags, 'recv_into', (file, bytes, bits) => file.receiveBytes(t, bytes, peeks(bits)));
}

function socket_recvfromInto(t: Thread, self: PySocket, buffer: Value, size?: Value, flags?: Value): Value | typeof PARKED {
  return receiveInto(t, self, buffer, size, flags, 'recvfrom_into', (file, bytes, bits) => {
    if (!file.isDatagram) return newTuple([file.receiveBytes(t, bytes, peeks(bits)), null]);
    const { data, from } = file.receiveMessage(peeks(bits));
    bytes.set(data.subarray(0, bytes.length));
    return newTuple([Math.min(data.length, bytes.length), from === null ? null : addressValue(self.family, from)]);
  });
}

/** Ancillary data cannot be had: the list is always empty. */
function socket_recvmsg(t: Thread, self: PySocket, size: Value, ancillarySize?: Value, flagsValue?: Value): Value | typeof PARKED {
  const flags = intArgument(t, flagsValue, 0);
  const wanted = sizeArgument(t, size, 0);
  if (wanted < 0) raiseValueError('negative buffer size in recvmsg()');
  if (sizeArgument(t, ancillarySize, 0) < 0) raiseValueError('invalid ancillary data buffer length');
  return receive(t, self, flags, wanted, (file) => {
    if (!file.isDatagram) {
      const bytes = new Uint8Array(Math.min(wanted, Math.max(1, file.bytesWaiting)));
      return newTuple([newBytes(bytes.slice(0, file.receiveBytes(t, bytes, peeks(flags)))), newList([]), 0, null]);
    }
    const { data, from } = file.receiveMessage(peeks(flags));
    return newTuple([newBytes(data.slice(0, wanted)), newList([]), data.length > wanted ? C.MSG_TRUNC : 0, from === null ? null : addressValue(self.family, from)]);
  });
}

/** Waits until the socket can be written to, then gives what `put` makes of it. */
function transmit(t: Thread, self: PySocket, flags: number, put: (file: SocketFile) => Value): Value | typeof PARKED {
  const file = fileOf(self);
  if ((flags & C.MSG_OOB) !== 0) raiseErrno('EOPNOTSUPP');
  const ready = (): boolean => !isOpen(self, file) || file.writable();
  return whenReady(t, self, { reason: 'send', ready, finish: () => (isOpen(self, file) ? put(file) : raiseErrno('EBADF')) }, (flags & C.MSG_DONTWAIT) !== 0);
}

function socket_send(t: Thread, self: PySocket, data: Value, flags?: Value): Value | typeof PARKED {
  const bytes = requireBytesLike(t, data);
  return transmit(t, self, intArgument(t, flags, 0), (file) => file.write(t, bytes));
}

/** Writes while it waits: each time the scheduler looks, what fits goes out. */
function socket_sendall(t: Thread, self: PySocket, data: Value, flags?: Value): Value | typeof PARKED {
  const bytes = requireBytesLike(t, data);
  const bits = intArgument(t, flags, 0);
  const file = fileOf(self);
  if (file.isDatagram) return transmit(t, self, bits, (own) => { own.write(t, bytes); return null; });
  let done = 0;
  let failure: unknown;
  const push = (): boolean => {
    if (!isOpen(self, file)) return true;
    try {
      while (done < bytes.length && file.writable()) done += file.write(t, bytes.subarray(done));
    } catch (caught) {
      failure = caught;
    }
    return failure !== undefined || done >= bytes.length;
  };
  const finish = (): Value => {
    if (failure !== undefined) throw failure;
    return isOpen(self, file) ? null : raiseErrno('EBADF');
  };
  if (bytes.length === 0) return null;
  return whenReady(t, self, { reason: 'sendall', ready: push, finish });
}

function socket_sendto(t: Thread, self: PySocket, args: Value[]): Value | typeof PARKED {
  if (args.length < 2 || args.length > 3) raiseTypeError(`sendto() takes 2 or 3 arguments (${args.length} given)`);
  const [data, flagsOrAddress, address] = args as [Value, Value, Maybe];
  const bytes = requireBytesLike(t, data);
  const flags = address === undefined ? 0 : intArgument(t, flagsOrAddress, 0);
  const file = fileOf(self);
  if (!file.isDatagram) {
    if (file.state === 'connected') return transmit(t, self, flags, (own) => own.write(t, bytes));
    raiseErrno('EPIPE');
  }
  const target = addressArgument(t, self.family, address === undefined ? flagsOrAddress : address, 'sendto');
  return transmit(t, self, flags, (own) => {
    own.sendMessage(t, bytes, target);
    return bytes.length;
  });
}

/** Ancillary data is looked at and refused: Node cannot send any. */
function checkAncillary(t: Thread, ancillary: Maybe): void {
  if (ancillary === undefined || ancillary === null) return;
  const items = toArray(t, ancillary);
  for (const item of items) {
    if (!(item instanceof PyTuple) || item.items.length !== 3) raiseTypeError('[sendmsg() argument 2] must be a sequence of 3-item tuples');
    intArgument(t, item.items[0]!, 0);
    intArgument(t, item.items[1]!, 0);
    requireBytesLike(t, item.items[2]!);
  }
  if (items.length > 0) raiseErrno('EOPNOTSUPP');
}

function socket_sendmsg(t: Thread, self: PySocket, buffers: Value, ancillary?: Value, flags?: Value, address?: Value): Value | typeof PARKED {
  const parts = toArray(t, buffers).map((item) => requireBytesLike(t, item));
  checkAncillary(t, ancillary);
  const bytes = parts.length === 1 ? parts[0]! : new Uint8Array(Buffer.concat(parts));
  const file = fileOf(self);
  const target = address === undefined || address === null ? null : addressArgument(t, self.family, address, 'sendmsg');
  return transmit(t, self, intArgument(t, flags, 0), () => {
    if (!file.isDatagram) return file.write(t, bytes);
    file.sendMessage(t, bytes, target);
    return bytes.length;
  });
}

/** Rows of the type's table. */
export const TRANSFER_METHODS: Readonly<Record<string, MethodRow>> = {
  recv: [socket_recv, '!($self, buffersize, flags=0, /)', 'recv(buffersize[, flags]) -> data\n\nReceive up to buffersize bytes from the socket.'],
  recv_into: [socket_recvInto, '!($self, /, buffer, nbytes=0, flags=0)', 'recv_into(buffer, [nbytes[, flags]]) -> nbytes_read'],
  recvfrom: [socket_recvfrom, '!($self, buffersize, flags=0, /)', 'recvfrom(buffersize[, flags]) -> (data, address info)'],
  recvfrom_into: [socket_recvfromInto, '!($self, /, buffer, nbytes=0, flags=0)', 'recvfrom_into(buffer[, nbytes[, flags]]) -> (nbytes, address info)'],
  recvmsg: [socket_recvmsg, '!($self, bufsize, ancbufsize=0, flags=0, /)', 'recvmsg(bufsize[, ancbufsize[, flags]]) -> (data, ancdata, msg_flags, address)'],
  send: [socket_send, '!($self, data, flags=0, /)', 'send(data[, flags]) -> count\n\nSend a data string to the socket.'],
  sendall: [socket_sendall, '!($self, data, flags=0, /)', 'sendall(data[, flags])\n\nSend a data string to the socket.'],
  sendto: [socket_sendto, '!($self, /, *args)', 'sendto(data[, flags], address) -> count'],
  sendmsg: [socket_sendmsg, '!($self, buffers, ancdata=(), flags=0, address=None, /)', 'sendmsg(buffers[, ancdata[, flags[, address]]]) -> count'],
};
