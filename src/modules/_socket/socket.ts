/** `_socket.socket` (Modules/socketmodule.c): the object around a descriptor, its timeout, connecting and accepting. Bytes are in `transfer.ts`. */
import { fstatSync } from 'node:fs';
import { NativeDefinition } from '../../core/native.ts';
import type { KeywordNames, PyType } from '../../core/type.ts';
import { PARKED, type Thread } from '../../core/thread.ts';
import type { Maybe, PyObject, Value } from '../../core/value.ts';
import { bytesLike } from '../../objects/buffer.ts';
import { OSError, ResourceWarning, TimeoutError } from '../../objects/exception-types.ts';
import { reportFinalizer, setFinalizerKind } from '../../objects/finalize.ts';
import { newBytes, newFloat, newTuple } from '../../objects/make.ts';
import { intArgument } from '../../objects/native-arguments.ts';
import { bindArguments } from '../../objects/native-call.ts';
import { toDouble } from '../../objects/numbers.ts';
import { isRaised, raise, raiseOverflowError, raiseTypeError, raiseValueError } from '../../objects/raise.ts';
import { staticType } from '../../objects/static-types.ts';
import { repr } from '../../objects/text.ts';
import { isTrue } from '../../objects/truth.ts';
import { readyType } from '../../objects/type-ready.ts';
import { asInt } from '../../objects/type-of.ts';
import { warnAboutResource } from '../../objects/warn-hook.ts';
import type { PyBaseException } from '../../core/exception.ts';
import { errnoOf, newOsError, osCall, raiseErrno } from '../os-errors.ts';
import { closeVirtual, openVirtual, virtualFile, waitUntil } from '../virtual-files.ts';
import { addressArgument, addressValue } from './addresses.ts';
import { SOCKET_CONSTANTS as C } from './constants.ts';
import { GAI_ERROR, raiseSocketErrno } from './errors.ts';
import { getOption, setOption, setOptionBytes } from './options.ts';
import { fileOf, PySocket, whenReady } from './record.ts';
import { SocketFile } from './socket-file.ts';
import { TRANSFER_METHODS } from './transfer.ts';

/** Longest timeout, in seconds: nanoseconds in 64 bits. */
const TIMEOUT_MAX = 9223372036.854775;

/** The type. */
export const SOCKET_TYPE = staticType('socket', { module: '_socket', baseType: true });

const STATE = 'default socket timeout';

/** Seconds of a timeout argument: -1 for None. */
export function timeoutArgument(t: Thread, value: Value): number {
  if (value === null) return -1;
  const seconds = toDouble(t, value);
  if (Number.isNaN(seconds)) raiseValueError('Invalid value NaN (not a number)');
  if (seconds < 0) raiseValueError('Timeout value out of range');
  return seconds > TIMEOUT_MAX ? raiseOverflowError('timestamp too large to convert to C PyTime_t') : seconds;
}

/** `setdefaulttimeout`. */
export function setDefaultTimeout(t: Thread, value: Value): void {
  t.interpreter.moduleState.set(STATE, timeoutArgument(t, value));
}

/** `getdefaulttimeout`: seconds, or -1. */
export function defaultTimeout(t: Thread): number {
  return (t.interpreter.moduleState.get(STATE) as number | undefined) ?? -1;
}

const INIT = new NativeDefinition('socket', () => null, '(family=-1, type=-1, proto=-1, fileno=None)', '', 'method');

function checkKind(family: number, type: number): void {
  if (family !== C.AF_INET && family !== C.AF_INET6 && family !== C.AF_UNIX) raiseErrno('EAFNOSUPPORT');
  if (type === C.SOCK_RAW && family !== C.AF_UNIX) raiseErrno('EPERM');
  if (type !== C.SOCK_STREAM && type !== C.SOCK_DGRAM) raiseErrno('ESOCKTNOSUPPORT');
}

function socket_init(t: Thread, self: PySocket, args: Value[], keywords: KeywordNames): void {
  const [family, type, proto, fileno] = bindArguments(INIT, 'socket', null, false, args, keywords) as Maybe[];
  if (fileno !== undefined && fileno !== null) return adopt(t, self, fileno, [family, type, proto].map((value) => intArgument(t, value, -1)));
  const [af, kindAndFlags, protocol] = [intArgument(t, family, -1), intArgument(t, type, -1), intArgument(t, proto, -1)];
  const flags = kindAndFlags === -1 ? 0 : kindAndFlags & (C.SOCK_NONBLOCK | C.SOCK_CLOEXEC);
  const kind = kindAndFlags === -1 ? C.SOCK_STREAM : kindAndFlags & ~flags;
  const realFamily = af === -1 ? C.AF_INET : af;
  checkKind(realFamily, kind);
  const usual = realFamily === C.AF_UNIX ? 0 : kind === C.SOCK_DGRAM ? C.IPPROTO_UDP : C.IPPROTO_TCP;
  if (protocol > 0 && protocol !== usual) raiseErrno('EPROTONOSUPPORT');
  Object.assign(self, { family: realFamily, kind, protocol: protocol === -1 ? 0 : protocol });
  self.fd = openVirtual(new SocketFile(t, realFamily, kind, self.protocol));
  setTimeoutOf(self, (flags & C.SOCK_NONBLOCK) !== 0 ? 0 : defaultTimeout(t));
}

/** `socket(fileno=fd)`: another object for an open socket. */
function adopt(t: Thread, self: PySocket, fileno: Value, [family, type, protocol]: number[]): void {
  const number = asInt(fileno);
  if (number === undefined) raiseTypeError('integer argument expected, got float');
  if (number < 0) raiseValueError('negative file descriptor');
  const fd = Number(number);
  const file = virtualFile(fd);
  if (!(file instanceof SocketFile)) {
    osCall(() => fstatSync(fd));
    raiseErrno('ENOTSOCK');
  }
  Object.assign(self, { fd, family: family === -1 ? file.family : family, kind: type === -1 ? file.type : type, protocol: protocol === -1 ? file.protocol : protocol });
  const seconds = defaultTimeout(t);
  self.timeout = file.blocking ? seconds : 0;
  if (seconds >= 0) file.blocking = false;
}

function setTimeoutOf(self: PySocket, seconds: number): void {
  self.timeout = seconds;
  fileOf(self).blocking = seconds < 0;
}

function socket_repr(_t: Thread, self: PySocket): string {
  return `<socket object, fd=${self.fd}, family=${self.family}, type=${self.kind}, proto=${self.protocol}>`;
}

function socket_close(t: Thread, self: PySocket): void {
  const { fd } = self;
  self.fd = -1;
  if (fd >= 0 && !closeVirtual(t, fd)) raiseErrno('EBADF');
}

/** Closes a socket that nobody holds any more (sock_finalize). */
function socket_finalize(t: Thread, self: PySocket): void {
  if (self.fd < 0) return;
  try {
    warnAboutResource(t, ResourceWarning, `unclosed ${repr(t, self)}`, self);
  } catch (caught) {
    reportFinalizer(t, caught, `Exception ignored while finalizing socket ${repr(t, self)}`, null);
  }
  socket_close(t, self);
}

setFinalizerKind(SOCKET_TYPE, { isSpent: (socket) => (socket as PySocket).fd < 0, isResource: true });

function socket_detach(_t: Thread, self: PySocket): Value {
  const { fd } = self;
  self.fd = -1;
  return fd;
}

function socket_bind(t: Thread, self: PySocket, address: Value): void {
  const file = fileOf(self);
  file.bind(t, addressArgument(t, self.family, address, 'bind'));
}

function socket_listen(t: Thread, self: PySocket, backlog?: Value): void {
  intArgument(t, backlog, 0);
  fileOf(self).listen(t);
}

function socket_accept(t: Thread, self: PySocket): Value | typeof PARKED {
  const file = fileOf(self);
  if (file.isDatagram) raiseErrno('EOPNOTSUPP');
  if (file.state !== 'listening') raiseErrno('EINVAL');
  const open = (): boolean => virtualFile(self.fd) === file && file.state === 'listening';
  const finish = (): Value => {
    if (!open()) raiseErrno(virtualFile(self.fd) === file ? 'EINVAL' : 'EBADF');
    const made = file.accept(t);
    // Another thread was quicker.
    if (made === undefined) raiseErrno('EAGAIN');
    return newTuple([openVirtual(made), addressValue(file.family, made.peer)]);
  };
  return whenReady(t, self, { reason: 'accept', ready: () => !open() || file.readable(), finish });
}

/** Starts to connect; returns 0 when that is done already. */
function beginConnect(t: Thread, file: SocketFile, address: Value, self: PySocket): number {
  file.settleConnect();
  const pending = file.state === 'connecting' ? errnoOf('EALREADY') : file.state === 'connected' && !file.isDatagram ? errnoOf('EISCONN') : 0;
  if (pending !== 0) return pending;
  const target = addressArgument(t, self.family, address, 'connect');
  if (file.isDatagram) {
    file.connectDatagram(t, target);
    return 0;
  }
  file.startConnect(t, target);
  return errnoOf('EINPROGRESS');
}

function socket_connect(t: Thread, self: PySocket, address: Value): Value | typeof PARKED {
  const file = fileOf(self);
  const errno = beginConnect(t, file, address, self);
  if (errno === 0) return null;
  if (errno !== errnoOf('EINPROGRESS') || self.timeout === 0) throw newOsError(errno);
  return whenReady(t, self, { reason: 'connect', ready: () => settled(file), finish: () => checkConnected(file) });
}

function settled(file: SocketFile): boolean {
  file.settleConnect();
  return file.state !== 'connecting';
}

function checkConnected(file: SocketFile): null {
  if (file.state === 'connected') return null;
  const errno = file.takeError();
  return raiseSocketErrno(errno !== 0 ? errno : errnoOf('EBADF'));
}

function socket_connect_ex(t: Thread, self: PySocket, address: Value): Value | typeof PARKED {
  const file = fileOf(self);
  const errno = beginConnect(t, file, address, self);
  if (errno !== errnoOf('EINPROGRESS') || self.timeout === 0) return errno;
  const finish = (): Value => {
    if (!settled(file)) return errnoOf('EAGAIN');
    return file.state === 'connected' ? 0 : errorNumber(() => checkConnected(file));
  };
  if (settled(file)) return finish();
  t.parked = waitUntil('socket connect', self.timeout < 0 ? Infinity : self.timeout * 1000, () => settled(file), finish);
  return PARKED;
}

/** The errno of what `run` raises; errors of name resolution pass. */
function errorNumber(run: () => Value): Value {
  try {
    return run();
  } catch (caught) {
    if (!isRaised(caught, OSError) || isRaised(caught, GAI_ERROR) || isRaised(caught, TimeoutError)) throw caught;
    return (caught as PyBaseException).fields?.get('errno') ?? 0;
  }
}

function socket_setsockopt(t: Thread, self: PySocket, level: Value, name: Value, value: Value, length?: Value): void {
  const file = fileOf(self);
  const [levelNumber, nameNumber] = [intArgument(t, level, 0), intArgument(t, name, 0)];
  if (value === null) {
    if (length === undefined) raiseTypeError('socket.setsockopt() missing optlen argument');
    raiseErrno('ENOPROTOOPT');
  }
  if (length !== undefined) raiseTypeError('socket.setsockopt() only takes 4th argument when the third argument is None');
  if (asInt(value) !== undefined) return setOption(t, file, levelNumber, nameNumber, intArgument(t, value, 0));
  const bytes = bytesLike(t, value);
  if (bytes === undefined) raiseTypeError(`a bytes-like object is required, not '${value === null ? 'NoneType' : (value as PyObject).type?.name ?? 'str'}'`);
  setOptionBytes(t, file, levelNumber, nameNumber, bytes);
}

function socket_getsockopt(t: Thread, self: PySocket, level: Value, name: Value, length?: Value): Value {
  const file = fileOf(self);
  const [levelNumber, nameNumber, size] = [intArgument(t, level, 0), intArgument(t, name, 0), intArgument(t, length, 0)];
  if (size < 0 || size > 1024) raise(OSError, 'getsockopt buflen out of range');
  const value = getOption(file, levelNumber, nameNumber);
  if (size === 0) return value;
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setInt32(0, value, true);
  if (nameNumber === C.SO_LINGER && levelNumber === C.SOL_SOCKET) new DataView(bytes.buffer).setInt32(4, file.options.get('linger seconds') ?? 0, true);
  return newBytes(bytes.slice(0, Math.min(size, nameNumber === C.SO_LINGER ? 8 : 4)));
}

readyType(SOCKET_TYPE, {
  doc: 'A socket object: one end of a connection, or a place where connections arrive.',
  textSignature: '(family=AF_INET, type=SOCK_STREAM, proto=0, fileno=None)',
  slots: { tp_alloc: (type: PyType) => new PySocket(type), tp_new: (_t, type) => new PySocket(type), tp_init: socket_init, tp_repr: socket_repr, tp_finalize: socket_finalize },
  methods: {
    ...TRANSFER_METHODS,
    _accept: [socket_accept, '($self, /)', '_accept() -> (integer, address info)\n\nWait for an incoming connection.  Return a new socket file descriptor representing the connection, and the address of the client.'],
    bind: [socket_bind, '($self, object, /)', 'bind(address)\n\nBind the socket to a local address.'],
    close: [socket_close, '($self, /)', 'close()\n\nClose the socket.  It cannot be used after this call.'],
    connect: [socket_connect, '($self, object, /)', 'connect(address)\n\nConnect the socket to a remote address.'],
    connect_ex: [socket_connect_ex, '($self, object, /)', 'connect_ex(address) -> errno\n\nThis is like connect(address), but returns an error code instead of raising.'],
    detach: [socket_detach, '($self, /)', 'detach()\n\nClose the socket object without closing the underlying file descriptor.'],
    fileno: [(_t: Thread, self: PySocket) => self.fd, '($self, /)', 'fileno() -> integer\n\nReturn the integer file descriptor of the socket.'],
    getpeername: [(t: Thread, self: PySocket) => addressValue(self.family, fileOf(self).peerName(t)), '($self, /)', 'getpeername() -> address info\n\nReturn the address of the remote endpoint.'],
    getsockname: [(t: Thread, self: PySocket) => addressValue(self.family, fileOf(self).localName(t)), '($self, /)', 'getsockname() -> address info\n\nReturn the address of the local endpoint.'],
    getsockopt: [socket_getsockopt, '!($self, level, option, buffersize=0, /)', 'getsockopt(level, option[, buffersize]) -> value\n\nGet a socket option.'],
    setsockopt: [socket_setsockopt, '!($self, level, option, value, optlen=0, /)', 'setsockopt(level, option, value: int)\n\nSet a socket option.'],
    listen: [socket_listen, '!($self, backlog=128, /)', 'listen([backlog])\n\nEnable a server to accept connections.'],
    setblocking: [(t: Thread, self: PySocket, flag: Value) => setTimeoutOf(self, isTrue(t, flag) ? -1 : 0), '($self, object, /)', 'setblocking(flag)\n\nSet the socket to blocking (flag is true) or non-blocking (false).'],
    getblocking: [(_t: Thread, self: PySocket) => (fileOf(self), self.timeout !== 0), '($self, /)', 'getblocking()\n\nReturns True if socket is in blocking mode, or False if it is in non-blocking mode.'],
    settimeout: [(t: Thread, self: PySocket, value: Value) => setTimeoutOf(self, timeoutArgument(t, value)), '($self, object, /)', 'settimeout(timeout)\n\nSet a timeout on socket operations.'],
    gettimeout: [(_t: Thread, self: PySocket) => (self.timeout < 0 ? null : newFloat(self.timeout)), '($self, /)', 'gettimeout() -> timeout\n\nReturns the timeout in seconds (float) associated with socket operations.'],
    shutdown: [(t: Thread, self: PySocket, how: Value) => fileOf(self).shutdown(t, intArgument(t, how, 0)), '($self, object, /)', 'shutdown(flag)\n\nShut down the reading side of the socket, the writing side, or both.'],
  },
  getset: {
    family: { get: (_t, self) => (self as PySocket).family, member: true, doc: 'the socket family' },
    type: { get: (_t, self) => (self as PySocket).kind, member: true, doc: 'the socket type' },
    proto: { get: (_t, self) => (self as PySocket).protocol, member: true, doc: 'the socket protocol' },
    timeout: { get: (_t, self) => ((self as PySocket).timeout < 0 ? null : newFloat((self as PySocket).timeout)), doc: 'the socket timeout' },
  },
});
