/** `_socket` (Modules/socketmodule.c): the table. Sockets live in the supervisor; `_socket/` says how a worker talks to them. */
import { PyBytes } from '../core/scalars.ts';
import { lazyBuiltin } from '../base/lazy-builtin.ts';
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { requireBytesLike } from '../objects/buffer.ts';
import { OSError, TimeoutError } from '../objects/exception-types.ts';
import { newBytes, newFloat, newList, newTuple } from '../objects/make.ts';
import { intArgument, strArgument } from '../objects/native-arguments.ts';
import { toIndex } from '../objects/operators.ts';
import { raise, raiseOverflowError, raiseValueError } from '../objects/raise.ts';
import type { NativeModule } from './native-module.ts';
import { raiseErrno } from './os-errors.ts';
import { closeVirtual, openVirtual, virtualFile } from './virtual-files.ts';
import { SOCKET_CONSTANTS as C } from './_socket/constants.ts';
import { GAI_ERROR, HOST_ERROR } from './_socket/errors.ts';
import { formatIPv4, formatIPv6, parseIPv4, parseIPv4Loosely, parseIPv6 } from './_socket/ip.ts';
import {
  interfaceNames, socket_getaddrinfo, socket_gethostbyaddr, socket_gethostbyname, socket_gethostbynameEx, socket_getnameinfo, socket_getprotobyname,
  socket_getservbyname, socket_getservbyport,
} from './_socket/resolve.ts';
import { PySocket } from './_socket/record.ts';
import { defaultTimeout, setDefaultTimeout, SOCKET_TYPE } from './_socket/socket.ts';
import { SocketFile, socketPair } from './_socket/socket-file.ts';

const os = lazyBuiltin('node:os');

/** An unsigned argument of C type `type`; `limit` is its largest value. */
function unsigned(t: Thread, value: Value, limit: number, type: string): number {
  const number = toIndex(t, value);
  if (number < 0) raiseValueError('Cannot convert negative int');
  return number > limit ? raiseOverflowError(`Python int too large for C ${type}`) : Number(number);
}

function swap16(t: Thread, value: Value): Value {
  const number = unsigned(t, value, 0xffff, 'uint16_t');
  return ((number & 255) << 8) | (number >> 8);
}

function swap32(t: Thread, value: Value): Value {
  const bytes = new DataView(new ArrayBuffer(4));
  bytes.setUint32(0, unsigned(t, value, 0xffffffff, 'uint32_t'), true);
  return bytes.getUint32(0, false);
}

function socket_inet_aton(_t: Thread, text: Value): Value {
  const bytes = parseIPv4Loosely(strArgument(text, 'inet_aton() argument'));
  return bytes === undefined ? raise(OSError, 'illegal IP address string passed to inet_aton') : newBytes(bytes);
}

function socket_inet_ntoa(t: Thread, packed: Value): Value {
  const bytes = requireBytesLike(t, packed);
  return bytes.length === 4 ? formatIPv4(bytes) : raise(OSError, 'packed IP wrong length');
}

function socket_inet_pton(t: Thread, family: Value, text: Value): Value {
  const af = intArgument(t, family, 0);
  const address = strArgument(text, 'inet_pton() argument 2');
  if (af !== C.AF_INET && af !== C.AF_INET6) raiseErrno('EAFNOSUPPORT');
  const bytes = af === C.AF_INET ? parseIPv4(address) : parseIPv6(address);
  return bytes === undefined ? raise(OSError, 'illegal IP address string passed to inet_pton') : newBytes(bytes);
}

function socket_inet_ntop(t: Thread, family: Value, packed: Value): Value {
  const af = intArgument(t, family, 0);
  const bytes = requireBytesLike(t, packed);
  if (af !== C.AF_INET && af !== C.AF_INET6) raiseValueError(`unknown address family ${af}`);
  if (bytes.length !== (af === C.AF_INET ? 4 : 16)) raiseValueError('invalid length of packed IP address string');
  return af === C.AF_INET ? formatIPv4(bytes) : formatIPv6(bytes);
}

function adoptSocket(t: Thread, file: SocketFile): Value {
  const socket = new PySocket(SOCKET_TYPE);
  const timeout = defaultTimeout(t);
  file.blocking = timeout < 0;
  Object.assign(socket, { fd: openVirtual(file), family: file.family, kind: file.type, protocol: file.protocol, timeout });
  return socket;
}

function socket_socketpair(t: Thread, family?: Value, type?: Value, proto?: Value): Value {
  const af = family === null ? C.AF_UNIX : intArgument(t, family, C.AF_UNIX);
  const kind = intArgument(t, type, C.SOCK_STREAM) & ~(C.SOCK_NONBLOCK | C.SOCK_CLOEXEC);
  if (af !== C.AF_UNIX) raiseErrno('EOPNOTSUPP');
  if (kind !== C.SOCK_STREAM && kind !== C.SOCK_DGRAM) raiseErrno('ESOCKTNOSUPPORT');
  return newTuple(socketPair(t, af, kind, intArgument(t, proto, 0)).map((file) => adoptSocket(t, file)));
}

function socketDescriptor(t: Thread, fd: Value): number {
  const number = intArgument(t, fd, 0);
  if (virtualFile(number) === undefined) raiseErrno('EBADF');
  return number;
}

function socket_dup(t: Thread, fd: Value): Value {
  const file = virtualFile(socketDescriptor(t, fd));
  return file instanceof SocketFile ? openVirtual(file) : raiseErrno('ENOTSOCK');
}

function socket_nametoindex(_t: Thread, name: Value): Value {
  const text = name instanceof PyBytes ? Buffer.from(name.value).toString() : strArgument(name, 'if_nametoindex() argument');
  return interfaceNames().find((row) => row[1] === text)?.[0] ?? raiseErrno('ENODEV');
}

function socket_indextoname(t: Thread, index: Value): Value {
  const number = unsigned(t, index, 0xffffffff, 'unsigned int');
  return interfaceNames().find((row) => row[0] === number)?.[1] ?? raiseErrno('ENXIO');
}

/** The table. */
export const SOCKET_MODULE: NativeModule = {
  name: '_socket',
  doc: 'Implementation module for socket operations.\n\nSee the socket module for documentation.',
  types: { socket: SOCKET_TYPE, SocketType: SOCKET_TYPE, error: OSError, timeout: TimeoutError, gaierror: GAI_ERROR, herror: HOST_ERROR },
  attributes: () => ({ ...C, has_ipv6: true }),
  functions: {
    getaddrinfo: [socket_getaddrinfo, '!($module, /, host, port, family=0, type=0, proto=0, flags=0)', 'getaddrinfo(host, port [, family, type, proto, flags])\n    -> list of (family, type, proto, canonname, sockaddr)\n\nResolve host and port into addrinfo struct.'],
    getnameinfo: [socket_getnameinfo, '!($module, sockaddr, flags, /)', 'getnameinfo(sockaddr, flags) --> (host, port)\n\nGet host and port for a sockaddr.'],
    gethostname: [() => os().hostname(), '($self, /)', 'gethostname() -> string\n\nReturn the current host name.'],
    gethostbyname: [socket_gethostbyname, '!($module, host, /)', "gethostbyname(host) -> address\n\nReturn the IP address (a string of the form '255.255.255.255') for a host."],
    gethostbyname_ex: [socket_gethostbynameEx, '!($module, host, /)', 'gethostbyname_ex(host) -> (name, aliaslist, addresslist)'],
    gethostbyaddr: [socket_gethostbyaddr, '!($module, host, /)', 'gethostbyaddr(host) -> (name, aliaslist, addresslist)'],
    sethostname: [() => raiseErrno('EPERM'), '!($module, name, /)', 'sethostname(name)\n\nSets the hostname to name.'],
    getservbyname: [socket_getservbyname, '!($module, servicename, protocolname=None, /)', 'getservbyname(servicename[, protocolname]) -> integer'],
    getservbyport: [socket_getservbyport, '!($module, port, protocolname=None, /)', 'getservbyport(port[, protocolname]) -> string'],
    getprotobyname: [socket_getprotobyname, '!($module, name, /)', 'getprotobyname(name) -> integer'],
    close: [(t: Thread, fd: Value) => void closeVirtual(t, socketDescriptor(t, fd)), '($self, object, /)', 'close(integer) -> None\n\nClose an integer socket file descriptor.'],
    dup: [socket_dup, '($self, object, /)', 'dup(integer) -> integer\n\nDuplicate an integer socket file descriptor.'],
    socketpair: [socket_socketpair, '!($module, family=1, type=1, proto=0, /)', 'socketpair([family[, type [, proto]]]) -> (socket object, socket object)'],
    ntohs: [swap16, '($module, integer, /)', 'Convert a 16-bit unsigned integer from network to host byte order.'],
    htons: [swap16, '($module, integer, /)', 'Convert a 16-bit unsigned integer from host to network byte order.'],
    ntohl: [swap32, '($module, integer, /)', 'Convert a 32-bit unsigned integer from network to host byte order.'],
    htonl: [swap32, '($module, integer, /)', 'Convert a 32-bit unsigned integer from host to network byte order.'],
    inet_aton: [socket_inet_aton, '($module, ip_addr, /)', 'Convert an IP address in string format (123.45.67.89) to the 32-bit packed binary format used in low-level network functions.'],
    inet_ntoa: [socket_inet_ntoa, '($module, packed_ip, /)', 'Convert an IP address from 32-bit packed binary format to string format.'],
    inet_pton: [socket_inet_pton, '!($module, af, ip, /)', 'inet_pton(af, ip) -> packed IP address string'],
    inet_ntop: [socket_inet_ntop, '!($module, af, packed_ip, /)', 'inet_ntop(af, packed_ip) -> string formatted IP address'],
    getdefaulttimeout: [(t: Thread) => (defaultTimeout(t) < 0 ? null : newFloat(defaultTimeout(t))), '($self, /)', 'getdefaulttimeout() -> timeout'],
    setdefaulttimeout: [setDefaultTimeout, '($self, object, /)', 'setdefaulttimeout(timeout)\n\nSet the default timeout in seconds (float) for new socket objects.'],
    if_nameindex: [() => newList(interfaceNames().map((row) => newTuple(row))), '($self, /)', 'Returns a list of network interface information (index, name) tuples.'],
    if_nametoindex: [socket_nametoindex, '($module, oname, /)', 'Returns the interface index corresponding to the interface name if_name.'],
    if_indextoname: [socket_indextoname, '($module, if_index, /)', 'Returns the interface name corresponding to the interface index if_index.'],
  },
};
