/** `getsockopt` and `setsockopt`: what Node lets one set is set, the rest is kept and told again (a difference that docs/differences/sockets.md names). */
import type { Answer } from '../../base/socket-protocol.ts';
import type { Thread } from '../../core/thread.ts';
import { askNow, tellSupervisor } from '../ask.ts';
import { raiseErrno } from '../os-errors.ts';
import { SOCKET_CONSTANTS as C } from './constants.ts';
import { raiseSocketErrno } from './errors.ts';
import { formatIPv4, formatIPv6 } from './ip.ts';
import type { SocketFile } from './socket-file.ts';

const DEFAULT_BUFFER = 65536;

/** Values of options that nobody has set, by `level:name`. */
function defaultOf(file: SocketFile, level: number, name: number): number | undefined {
  if (level === C.SOL_SOCKET) {
    switch (name) {
      case C.SO_TYPE: return file.type;
      case C.SO_DOMAIN: return file.family;
      case C.SO_PROTOCOL: return file.family === C.AF_UNIX ? 0 : file.protocol !== 0 ? file.protocol : file.isDatagram ? C.IPPROTO_UDP : C.IPPROTO_TCP;
      case C.SO_ACCEPTCONN: return file.state === 'listening' ? 1 : 0;
      case C.SO_SNDBUF: case C.SO_RCVBUF: return DEFAULT_BUFFER;
      case C.SO_RCVLOWAT: case C.SO_SNDLOWAT: return 1;
      default: return KNOWN_SOCKET_OPTIONS.has(name) ? 0 : undefined;
    }
  }
  if (level === C.IPPROTO_IP) return name === C.IP_TTL ? 64 : name === C.IP_MULTICAST_TTL || name === C.IP_MULTICAST_LOOP ? 1 : 0;
  if (level === C.IPPROTO_TCP) return name === C.TCP_MAXSEG ? 536 : 0;
  if (level === C.IPPROTO_IPV6) return 0;
  return undefined;
}

const KNOWN_SOCKET_OPTIONS: ReadonlySet<number> = new Set([
  C.SO_DEBUG, C.SO_REUSEADDR, C.SO_KEEPALIVE, C.SO_DONTROUTE, C.SO_BROADCAST, C.SO_LINGER, C.SO_OOBINLINE, C.SO_REUSEPORT, C.SO_SNDTIMEO, C.SO_RCVTIMEO, C.SO_PASSCRED, C.SO_PRIORITY, C.SO_MARK,
]);

/** An integer option; SO_ERROR is taken. Raises ENOPROTOOPT. */
export function getOption(file: SocketFile, level: number, name: number): number {
  if (level === C.SOL_SOCKET && name === C.SO_ERROR) return file.takeError();
  return file.options.get(`${level}:${name}`) ?? defaultOf(file, level, name) ?? raiseErrno('ENOPROTOOPT');
}

/** Names of datagram options for the supervisor. */
const DATAGRAM_OPTIONS: Readonly<Record<string, string>> = {
  [`${C.SOL_SOCKET}:${C.SO_BROADCAST}`]: 'broadcast',
  [`${C.IPPROTO_IP}:${C.IP_TTL}`]: 'ttl',
  [`${C.IPPROTO_IP}:${C.IP_MULTICAST_TTL}`]: 'multicastTtl',
  [`${C.IPPROTO_IP}:${C.IP_MULTICAST_LOOP}`]: 'multicastLoop',
};

/** Sets an integer option. Raises ENOPROTOOPT for unknown ones. */
export function setOption(t: Thread, file: SocketFile, level: number, name: number, value: number): void {
  if (defaultOf(file, level, name) === undefined || (level === C.SOL_SOCKET && [C.SO_TYPE, C.SO_ERROR, C.SO_ACCEPTCONN, C.SO_DOMAIN, C.SO_PROTOCOL].includes(name as never))) raiseErrno('ENOPROTOOPT');
  // As in Linux, buffers are told as twice what was asked for.
  const isBuffer = level === C.SOL_SOCKET && (name === C.SO_SNDBUF || name === C.SO_RCVBUF);
  file.options.set(`${level}:${name}`, isBuffer ? 2 * value : level === C.SOL_SOCKET && name !== C.SO_PRIORITY && name !== C.SO_MARK ? Number(value !== 0) : value);
  if (file.service === 'net' && file.state === 'connected') {
    if (level === C.IPPROTO_TCP && name === C.TCP_NODELAY) tellSupervisor(t, 'net.option', { id: file.id, name: 'noDelay', value });
    if (level === C.SOL_SOCKET && name === C.SO_KEEPALIVE) tellSupervisor(t, 'net.option', { id: file.id, name: 'keepAlive', value });
  }
  const datagram = file.isDatagram ? DATAGRAM_OPTIONS[`${level}:${name}`] : undefined;
  if (datagram === undefined) return;
  file.datagramOptions.set(datagram, value);
  if (file.service === 'udp') datagramOption(t, file, datagram, value);
}

function datagramOption(t: Thread, file: SocketFile, name: string, value: number | string, second?: string): void {
  const answer = askNow(t, 'udp.option', { id: file.id, name, value, ...(second === undefined ? {} : { second }) }) as Answer<null>;
  if ('errno' in answer) raiseSocketErrno(answer.errno);
}

/** Sets an option given as bytes: `linger`, multicast groups, or an int. */
export function setOptionBytes(t: Thread, file: SocketFile, level: number, name: number, bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (level === C.SOL_SOCKET && name === C.SO_LINGER && bytes.length >= 8) {
    file.options.set(`${level}:${name}`, Number(view.getInt32(0, true) !== 0));
    file.options.set('linger seconds', view.getInt32(4, true));
    return;
  }
  const joins = name === C.IP_ADD_MEMBERSHIP || name === C.IPV6_JOIN_GROUP;
  const isGroup = level === C.IPPROTO_IP ? joins || name === C.IP_DROP_MEMBERSHIP : level === C.IPPROTO_IPV6 && (joins || name === C.IPV6_LEAVE_GROUP);
  if (isGroup && bytes.length >= 8) {
    file.ensureOpen(t);
    const group = level === C.IPPROTO_IP ? formatIPv4(bytes.subarray(0, 4)) : formatIPv6(bytes.subarray(0, 16));
    const own = level === C.IPPROTO_IP ? formatIPv4(bytes.subarray(4, 8)) : '0.0.0.0';
    return datagramOption(t, file, joins ? 'join' : 'leave', group, own === '0.0.0.0' ? undefined : own);
  }
  if (bytes.length < 4) {
    if (bytes.length === 1) return setOption(t, file, level, name, bytes[0]!);
    raiseErrno('EINVAL');
  }
  setOption(t, file, level, name, view.getInt32(0, true));
}
