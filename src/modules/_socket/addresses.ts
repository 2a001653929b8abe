/** Addresses of sockets between Python and the supervisor: `(host, port)`, `(host, port, flowinfo, scope_id)`, paths (getsockaddrarg in socketmodule.c). */
import type { NetAddress } from '../../base/socket-protocol.ts';
import { PyBytes } from '../../core/scalars.ts';
import { PyTuple } from '../../core/containers.ts';
import type { Thread } from '../../core/thread.ts';
import type { Value } from '../../core/value.ts';
import { OSError } from '../../objects/exception-types.ts';
import { bytesLike } from '../../objects/buffer.ts';
import { encodeText } from '../../objects/codec-registry.ts';
import { newBytes, newTuple } from '../../objects/make.ts';
import { toIndex } from '../../objects/operators.ts';
import { raise, raiseOverflowError, raiseTypeError, typeName } from '../../objects/raise.ts';
import { asStr } from '../../objects/type-of.ts';
import { decodeName, fsPath } from '../host-path.ts';
import { SOCKET_CONSTANTS as C } from './constants.ts';
import { hostText, inetAddress, resolveHost } from './resolve.ts';

/** Longest path of a Unix socket, with its end. */
const UNIX_PATH_MAX = 108;

/** The address argument of `who` ("bind", "connect", ...) for a socket of `family`; names are looked up. */
export function addressArgument(t: Thread, family: number, value: Value, who: string): NetAddress {
  if (family === C.AF_UNIX) return unixPath(t, value);
  const six = family === C.AF_INET6;
  const label = six ? 'AF_INET6' : 'AF_INET';
  if (!(value instanceof PyTuple)) raiseTypeError(`${who}(): ${label} address must be tuple, not ${typeName(value)}`);
  const { items } = value;
  if (six ? items.length < 2 || items.length > 4 : items.length !== 2) {
    raiseTypeError(six ? 'AF_INET6 address must be a tuple (host, port[, flowinfo[, scopeid]])' : 'AF_INET address must be a pair (host, port)');
  }
  const host = hostArgument(t, items[0]!, six, who);
  const port = toIndex(t, items[1]!);
  if (port < 0 || port > 0xffff) raiseOverflowError(`${who}(): port must be 0-65535.`);
  const flow = items.length > 2 ? toIndex(t, items[2]!) : 0;
  if (flow < 0 || flow > 0xfffff) raiseOverflowError(`${who}(): flowinfo must be 0-1048575.`);
  const scope = items.length > 3 ? Number(toIndex(t, items[3]!)) : 0;
  return [scope !== 0 && !host.includes('%') ? `${host}%${scope}` : host, Number(port), Number(flow), scope];
}

function hostArgument(t: Thread, value: Value, six: boolean, who: string): string {
  if (value !== null && asStr(value) === undefined && bytesLike(t, value) === undefined) raiseTypeError(`${who}(): str, bytes or bytearray expected, not ${typeName(value)}`);
  const text = hostText(t, value) ?? '';
  if (text === '') return six ? '::' : '0.0.0.0';
  if (text === '<broadcast>') return six ? raise(OSError, 'address family mismatched') : '255.255.255.255';
  return resolveHost(t, text, six ? 6 : 4)[0]!.address;
}

function unixPath(t: Thread, value: Value): string {
  const bytes = asStr(value) === undefined ? bytesLike(t, value) : undefined;
  const path = bytes === undefined ? fsPath(t, value) : newBytes(bytes.slice());
  // Bytes that str could not hold become characters where they form some, as in what the kernel gives back.
  const text = decodeName(t, path instanceof PyBytes ? path.value : encodeText(t, path, 'utf-8', 'surrogateescape'));
  const length = Buffer.byteLength(text);
  // An abstract name may use the whole field, a path needs its end.
  if (length > (text.startsWith('\0') ? UNIX_PATH_MAX : UNIX_PATH_MAX - 1)) raise(OSError, 'AF_UNIX path too long');
  return text;
}

/** An address as Python sees it; null is the address of nobody. */
export function addressValue(family: number, address: NetAddress | null): Value {
  if (family === C.AF_UNIX) {
    const path = typeof address === 'string' ? address : '';
    return path.startsWith('\0') ? newBytes(new Uint8Array(Buffer.from(path))) : path;
  }
  if (address === null || typeof address === 'string') return family === C.AF_INET6 ? newTuple(['::', 0, 0, 0]) : newTuple(['0.0.0.0', 0]);
  const [host, port, flow, scope] = address;
  const shown = family === C.AF_INET && host.startsWith('::ffff:') ? host.slice(7) : host;
  return family === C.AF_INET6 && !shown.includes(':') ? newTuple([shown, port, 0, 0]) : inetAddress(shown, port, flow, scope);
}
