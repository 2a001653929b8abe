/** Names and services: `getaddrinfo` and its relatives. Addresses in figures are read here, names are asked of the supervisor. */
import { readFileSync } from 'node:fs';
import { lazyBuiltin } from '../../base/lazy-builtin.ts';
import type { Answer, ResolvedAddress } from '../../base/socket-protocol.ts';
import { PyBytes } from '../../core/scalars.ts';
import { PyTuple } from '../../core/containers.ts';
import type { Thread } from '../../core/thread.ts';
import type { Value } from '../../core/value.ts';
import { OSError, OverflowError } from '../../objects/exception-types.ts';
import { newList, newTuple } from '../../objects/make.ts';
import { intArgument } from '../../objects/native-arguments.ts';
import { hasSurrogates } from '../../objects/algorithms/str-code-points.ts';
import { encodeText } from '../../objects/codec-registry.ts';
import { raise, raiseOverflowError, raiseTypeError } from '../../objects/raise.ts';
import { asInt, asStr } from '../../objects/type-of.ts';
import { askPatiently } from '../ask.ts';
import { SOCKET_CONSTANTS as C } from './constants.ts';
import { raiseGai, raiseHostError, raiseSocketErrno } from './errors.ts';
import { formatIPv4, formatIPv6, ipVersion, parseIPv4Loosely, parseIPv6 } from './ip.ts';

const os = lazyBuiltin('node:os');

interface Service {
  readonly name: string;
  readonly port: number;
  readonly protocol: string;
  readonly aliases: readonly string[];
}

let services: readonly Service[] | null = null;

/** `/etc/services`, read once; a system without it knows only the usual few. */
function serviceTable(): readonly Service[] {
  if (services !== null) return services;
  let text = 'ftp 21/tcp\nssh 22/tcp\ntelnet 23/tcp\nsmtp 25/tcp mail\ndomain 53/tcp\ndomain 53/udp\nhttp 80/tcp www\npop3 110/tcp\nntp 123/udp\nimap2 143/tcp imap\nhttps 443/tcp\n';
  try {
    text = readFileSync('/etc/services', 'utf8');
  } catch {
    // Minimal systems have none.
  }
  services = text.split('\n').flatMap((line) => {
    const match = /^(\S+)\s+(\d+)\/(\w+)\s*([^#]*)/.exec(line.replace(/#.*/, ''));
    return match === null ? [] : [{ name: match[1]!, port: Number(match[2]), protocol: match[3]!, aliases: match[4]!.trim().split(/\s+/).filter((alias) => alias !== '') }];
  });
  return services;
}

function findService(name: string, protocol?: string): Service | undefined {
  return serviceTable().find((row) => (row.name === name || row.aliases.includes(name)) && (protocol === undefined || row.protocol === protocol));
}

/** `getservbyname`. */
export function socket_getservbyname(_t: Thread, name: Value, protocol?: Value): Value {
  const service = findService(asStr(name) ?? raiseTypeError('getservbyname() argument 1 must be str'), asStr(protocol));
  return service === undefined ? raise(OSError, 'service/proto not found') : service.port;
}

/** `getservbyport`. */
export function socket_getservbyport(t: Thread, port: Value, protocol?: Value): Value {
  const number = intArgument(t, port, 0);
  if (number < 0 || number > 0xffff) raise(OverflowError, 'getservbyport: port must be 0-65535.');
  const service = serviceTable().find((row) => row.port === number && (protocol === undefined || row.protocol === asStr(protocol)));
  return service === undefined ? raise(OSError, 'port/proto not found') : service.name;
}

const PROTOCOLS: Readonly<Record<string, number>> = { ip: 0, icmp: 1, igmp: 2, tcp: 6, egp: 8, udp: 17, ipv6: 41, gre: 47, esp: 50, ah: 51, 'ipv6-icmp': 58, sctp: 132, raw: 255 };

/** `getprotobyname`. */
export function socket_getprotobyname(_t: Thread, name: Value): Value {
  return PROTOCOLS[asStr(name) ?? ''] ?? raise(OSError, 'protocol not found');
}

/** A host argument as text: None is null, names with other letters than ASCII go through IDNA. */
export function hostText(t: Thread, host: Value): string | null {
  if (host === null) return null;
  if (host instanceof PyBytes) return Buffer.from(host.value).toString('latin1');
  const text = asStr(host);
  if (text === undefined) raiseTypeError('getaddrinfo() argument 1 must be string or None');
  if (text.includes('\0')) raiseTypeError('host name must not contain null character');
  return /^[\x00-\x7f]*$/.test(text) ? text : Buffer.from(encodeText(t, text, 'idna', 'strict')).toString('latin1');
}

/** The addresses of a host name or of figures; raises gaierror. */
export function resolveHost(t: Thread, host: string, family: 0 | 4 | 6): ResolvedAddress[] {
  const version = ipVersion(host);
  if (version !== 0) return family !== 0 && family !== version ? raiseGai(C.EAI_ADDRFAMILY) : [{ address: host, family: version }];
  const loose = parseIPv4Loosely(host);
  if (loose !== undefined && family !== 6) return [{ address: formatIPv4(loose), family: 4 }];
  if (host === '' || host.length > 253 || host.split('.').some((label) => label.length > 63)) raiseGai(C.EAI_NONAME);
  const answer = askPatiently(t, 'net.resolve', { host, family }) as Answer<ResolvedAddress[]>;
  if ('errno' in answer) raiseSocketErrno(answer.errno);
  return answer.value.length === 0 ? raiseGai(C.EAI_NODATA) : answer.value;
}

function portOf(t: Thread, port: Value, flags: number, protocol: string | undefined): number {
  if (port === null) return 0;
  const number = asInt(port);
  if (number !== undefined) {
    return typeof number === 'bigint' ? raiseGai(C.EAI_SERVICE) : number & 0xffff;
  }
  const text = port instanceof PyBytes ? Buffer.from(port.value).toString('latin1') : asStr(port) ?? raise(OSError, 'Int or String expected');
  if (hasSurrogates(text)) encodeText(t, text);
  if (/^[+-]?\d+$/.test(text)) return Number(text) & 0xffff;
  if (text === '') return 0;
  if ((flags & C.AI_NUMERICSERV) !== 0) raiseGai(C.EAI_NONAME);
  return findService(text, protocol)?.port ?? raiseGai(C.EAI_SERVICE);
}

/** Types and protocols that an address is offered for. */
function kindsOf(type: number, protocol: number): [number, number][] {
  const all: [number, number][] = [[C.SOCK_STREAM, C.IPPROTO_TCP], [C.SOCK_DGRAM, C.IPPROTO_UDP], [C.SOCK_RAW, 0]];
  const kinds = all.filter(([kind, own]) => (type === 0 || type === kind) && (protocol === 0 || own === 0 || protocol === own));
  if (type !== 0 && !all.some(([kind]) => kind === type)) raiseGai(C.EAI_SOCKTYPE);
  if (kinds.length === 0) raiseGai(C.EAI_SERVICE);
  return kinds.map(([kind, own]) => [kind, own === 0 ? protocol : own]);
}

/** The index of a scope: a number, or the name of an interface. */
function scopeOf(address: string): number {
  const scope = /%([^%]+)$/.exec(address)?.[1];
  if (scope === undefined) return 0;
  return /^\d+$/.test(scope) ? Number(scope) : interfaceIndex(scope) ?? 0;
}

/** The usual text of an address, without its scope. */
function canonicalIPv6(address: string): string {
  const bare = address.replace(/%[^%]+$/, '');
  const bytes = parseIPv6(bare);
  return bytes === undefined ? bare : formatIPv6(bytes);
}

/** The address as `getsockname` shows it. */
export function inetAddress(address: string, port: number, flow = 0, scope = 0): Value {
  return ipVersion(address) === 6 ? newTuple([canonicalIPv6(address), port, flow, scope !== 0 ? scope : scopeOf(address)]) : newTuple([address, port]);
}

/** `getaddrinfo`. */
export function socket_getaddrinfo(t: Thread, host: Value, port: Value, family?: Value, type?: Value, proto?: Value, flags?: Value): Value {
  const [af, kind, protocol, bits] = [family, type, proto, flags].map((value) => intArgument(t, value, 0)) as [number, number, number, number];
  const name = hostText(t, host);
  if (af !== C.AF_UNSPEC && af !== C.AF_INET && af !== C.AF_INET6) raiseGai(C.EAI_FAMILY);
  if (name === null && port === null) raiseGai(C.EAI_NONAME);
  const kinds = kindsOf(kind, protocol);
  const service = portOf(t, port, bits, kind === C.SOCK_STREAM ? 'tcp' : kind === C.SOCK_DGRAM ? 'udp' : undefined);
  const version = af === C.AF_INET ? 4 : af === C.AF_INET6 ? 6 : 0;
  const addresses = name === null || name === '' ? ownAddresses(version, (bits & C.AI_PASSIVE) !== 0) : namedAddresses(t, name, version, bits);
  const canonical = (bits & C.AI_CANONNAME) !== 0 ? name ?? '' : '';
  const rows: Value[] = [];
  for (const { address, family: found } of addresses) {
    for (const [k, p] of kinds) rows.push(newTuple([found === 6 ? C.AF_INET6 : C.AF_INET, k, p, rows.length === 0 ? canonical : '', inetAddress(address, service)]));
  }
  return newList(rows);
}

function ownAddresses(version: 0 | 4 | 6, passive: boolean): ResolvedAddress[] {
  const four: ResolvedAddress = { address: passive ? '0.0.0.0' : '127.0.0.1', family: 4 };
  const six: ResolvedAddress = { address: passive ? '::' : '::1', family: 6 };
  if (version !== 0) return [version === 4 ? four : six];
  return passive ? [four, six] : [six, four];
}

function namedAddresses(t: Thread, name: string, version: 0 | 4 | 6, flags: number): ResolvedAddress[] {
  if ((flags & C.AI_NUMERICHOST) !== 0 && ipVersion(name) === 0 && parseIPv4Loosely(name) === undefined) raiseGai(C.EAI_NONAME);
  return resolveHost(t, name, version);
}

/** `gethostbyname`. */
export function socket_gethostbyname(t: Thread, host: Value): Value {
  return firstIPv4(t, hostText(t, host) ?? '');
}

function firstIPv4(t: Thread, name: string): string {
  if (name === '') return '0.0.0.0';
  return name === '<broadcast>' ? '255.255.255.255' : resolveHost(t, name, 4)[0]!.address;
}

/** `gethostbyname_ex`. */
export function socket_gethostbynameEx(t: Thread, host: Value): Value {
  const name = hostText(t, host) ?? '';
  return newTuple([name, newList([]), newList(resolveHost(t, name, 4).map((row) => row.address))]);
}

/** `gethostbyaddr`. */
export function socket_gethostbyaddr(t: Thread, host: Value): Value {
  const { address } = resolveHost(t, hostText(t, host) ?? '', 0)[0]!;
  const answer = askPatiently(t, 'net.nameOf', { host: address, port: 0 }) as Answer<{ host: string }>;
  if ('errno' in answer || answer.value.host === address) raiseHostError(1, 'Unknown host');
  return newTuple([answer.value.host, newList([]), newList([address])]);
}

/** `getnameinfo`. */
export function socket_getnameinfo(t: Thread, sockaddr: Value, flags: Value): Value {
  const bits = intArgument(t, flags, 0);
  if (!(sockaddr instanceof PyTuple)) raiseTypeError('getnameinfo() argument 1 must be a tuple');
  const [hostValue, portValue, flow] = sockaddr.items;
  const host = asStr(hostValue);
  const port = asInt(portValue);
  if (host === undefined || port === undefined) raiseTypeError('illegal sockaddr argument');
  if (flow !== undefined && (Number(asInt(flow)) < 0 || Number(asInt(flow)) > 0xfffff)) raiseOverflowError('getnameinfo(): flowinfo must be 0-1048575.');
  const found = resolveHost(t, host, 0);
  if (found.length > 1) raise(OSError, 'sockaddr resolved to multiple addresses');
  const { address, family } = found[0]!;
  if (family === 4 && sockaddr.items.length !== 2) raise(OSError, 'IPv4 sockaddr must be 2 tuple');
  const service = serviceTable().find((row) => row.port === Number(port) && row.protocol === ((bits & C.NI_DGRAM) !== 0 ? 'udp' : 'tcp'))?.name;
  const shownService = (bits & C.NI_NUMERICSERV) !== 0 || service === undefined ? String(port) : service;
  return newTuple([(bits & C.NI_NUMERICHOST) !== 0 ? address : nameOfAddress(t, address, bits), shownService]);
}

function nameOfAddress(t: Thread, address: string, flags: number): string {
  const answer = askPatiently(t, 'net.nameOf', { host: address, port: 0 }) as Answer<{ host: string }>;
  if (!('errno' in answer)) return answer.value.host;
  return (flags & C.NI_NAMEREQD) !== 0 ? raiseGai(C.EAI_NONAME) : address;
}

/** `if_nameindex`: interfaces in the kernel's order. */
export function interfaceNames(): [number, string][] {
  return Object.keys(os().networkInterfaces()).map((name, i) => [interfaceIndex(name) ?? i + 1, name]);
}

function interfaceIndex(name: string): number | undefined {
  try {
    return Number(readFileSync(`/sys/class/net/${name}/ifindex`, 'utf8'));
  } catch {
    return undefined;
  }
}

