/**
 * The open description behind a socket's descriptor: what `dup` and `socket(fileno=fd)` share.
 *
 *   fresh ──bind──▶ bound ──listen──▶ listening
 *   fresh, bound ──connect──▶ connecting ──▶ connected, or fresh again with the error kept for SO_ERROR
 *   accept, socketpair ──▶ connected
 *
 * Streams: bytes come in `receive` and go out by `send`, rings that the supervisor serves (`net.*`), or the other half of a pair. Datagrams: the
 * same rings hold one frame per message (`udp.*`). Where both ends of a connection are in this process they are the two sides of the same rings (`paired`), as those
 * of a pair are; what TCP does when one end is closed is done here.
 */
import { ByteRing, readFrame, RING_CAPACITY, WIDE_RING_CAPACITY, writeFrame } from '../../base/byte-ring.ts';
import {
  CONNECTION_FAILED, CONNECTION_OPEN, CONNECTION_STARTED, type Accepted, type Answer, type BindRequest, type ConnectRequest, type DatagramRequest, type Names, type NetAddress,
} from '../../base/socket-protocol.ts';
import type { Thread } from '../../core/thread.ts';
import { askNow, tellSupervisor } from '../ask.ts';
import { errnoOf, raiseErrno } from '../os-errors.ts';
import { newStreamId } from '../pipes.ts';
import type { VirtualFile } from '../virtual-files.ts';
import { hostPath } from '../host-path.ts';
import { SOCKET_CONSTANTS as C } from './constants.ts';
import { raiseSocketErrno } from './errors.ts';

/** Where a socket stands. */
export type SocketState = 'fresh' | 'bound' | 'listening' | 'connecting' | 'connected';

/** A message with its sender. */
export interface Datagram {
  readonly data: Uint8Array;
  readonly from: NetAddress | null;
}

/** Largest message of UDP over IPv4. */
const MAX_DATAGRAM = 65507;

/** See the file's head. */
export class SocketFile implements VirtualFile {
  readonly kind = 'socket';
  readonly access = 2;
  blocking = true;
  references = 0;
  readonly family: number;
  readonly type: number;
  readonly protocol: number;
  /** Names the socket to the supervisor. */
  readonly id: number;
  state: SocketState = 'fresh';
  /** Who serves the rings: a network socket, or nobody (a pair; then a child process may). */
  service: 'net' | 'udp' | 'child' = 'child';
  receive: ByteRing | null = null;
  send: ByteRing | null = null;
  local: NetAddress | null = null;
  peer: NetAddress | null = null;
  /** Options that were set, by `level:name`. */
  readonly options = new Map<string, number>();
  private pendingError = 0;
  private readShut = false;
  private writeShut = false;
  /** Of a paired connection: something was sent to the other end after that was closed, which TCP answers with a reset. */
  private wasReset = false;

  constructor(t: Thread, family: number, type: number, protocol: number) {
    this.family = family;
    this.type = type;
    this.protocol = protocol;
    this.id = newStreamId(t);
  }

  get isDatagram(): boolean {
    return this.type === C.SOCK_DGRAM;
  }

  /** Whether the option was switched on. */
  flag(level: number, name: number): boolean {
    return (this.options.get(`${level}:${name}`) ?? 0) !== 0;
  }

  // What select and poll see.

  readable(): boolean {
    this.settleConnect();
    const { receive } = this;
    if (this.state === 'listening') return receive!.mark > 0;
    if (this.state === 'connecting' || (this.state === 'bound' && !this.isDatagram)) return this.state === 'bound';
    if (this.isDatagram) return this.readShut || (receive !== null && (receive.available > 0 || receive.error !== 0));
    return this.readShut || this.pendingError !== 0 || receive === null || receive.available > 0 || receive.ended || receive.error !== 0;
  }

  writable(): boolean {
    this.settleConnect();
    if (this.state === 'listening' || this.state === 'connecting') return false;
    const { send } = this;
    if (this.isDatagram) return send === null || send.broken || send.free > MAX_DATAGRAM / 2 || send.available === 0;
    return send === null || this.writeShut || send.broken || send.free > 0;
  }

  hungUp(): boolean {
    this.settleConnect();
    if (this.isDatagram) return false;
    if (this.state === 'fresh') return true;
    return this.state === 'connected' && (this.receive!.ended || this.readShut) && (this.writeShut || this.isBroken(this.send!));
  }

  /** Nobody reads any more what is written, and that is known here. */
  private isBroken(send: ByteRing): boolean {
    return send.broken && (!send.paired || this.wasReset);
  }

  /** The other side sends no more (EPOLLRDHUP). */
  get endOfInput(): boolean {
    return this.state === 'connected' && !this.isDatagram && (this.readShut || this.receive!.ended);
  }

  failed(): boolean {
    this.settleConnect();
    return this.pendingError !== 0 || (this.state === 'connected' && this.receive!.error !== 0);
  }

  // Names.

  private place(t: Thread, address: NetAddress): NetAddress {
    return typeof address === 'string' && !address.startsWith('\0') ? String(hostPath(t, address)) : address;
  }

  /** `bind(2)`. */
  bind(t: Thread, address: NetAddress): void {
    if (this.state !== 'fresh' || this.local !== null) raiseErrno('EINVAL');
    if (this.isDatagram) return this.openDatagram(t, address);
    this.receive = new ByteRing();
    const request: BindRequest = {
      id: this.id, address: this.place(t, address), ring: this.receive.buffer,
      ipv6Only: this.flag(C.IPPROTO_IPV6, C.IPV6_V6ONLY), reusePort: this.flag(C.SOL_SOCKET, C.SO_REUSEPORT),
    };
    const answer = askNow(t, 'net.bind', request) as Answer<NetAddress>;
    if ('errno' in answer) raiseSocketErrno(answer.errno);
    this.service = 'net';
    this.state = 'bound';
    this.local = typeof address === 'string' ? address : answer.value;
  }

  /** `listen(2)`; a socket that was not bound takes any port. */
  listen(t: Thread): void {
    if (this.isDatagram) raiseErrno('EOPNOTSUPP');
    if (this.state === 'listening') return;
    if (this.state === 'fresh' && this.family !== C.AF_UNIX) this.bind(t, this.anyAddress());
    if (this.state !== 'bound') raiseErrno('EINVAL');
    tellSupervisor(t, 'net.listen', this.id);
    this.state = 'listening';
  }

  private anyAddress(): NetAddress {
    return this.family === C.AF_INET6 ? ['::', 0] : ['0.0.0.0', 0];
  }

  /** Takes a connection that waits; undefined when somebody else has taken it. */
  accept(t: Thread): SocketFile | undefined {
    const made = new SocketFile(t, this.family, this.type, this.protocol);
    const accepted = askNow(t, 'net.accept', { id: this.id, newId: made.id }) as Accepted | null;
    if (accepted === null) return undefined;
    made.state = 'connected';
    made.service = 'net';
    made.local = accepted.local;
    made.peer = accepted.peer;
    made.receive = new ByteRing(accepted.receive);
    made.send = new ByteRing(accepted.send);
    return made;
  }

  /** Begins to connect a stream; `settleConnect` sees the outcome. */
  startConnect(t: Thread, address: NetAddress): void {
    if (this.state === 'listening') raiseErrno(this.family === C.AF_UNIX ? 'EINVAL' : 'EISCONN');
    const capacity = isLoopback(address) ? WIDE_RING_CAPACITY : RING_CAPACITY;
    this.receive = new ByteRing(undefined, capacity);
    this.send = new ByteRing(undefined, capacity);
    this.receive.mark = CONNECTION_STARTED;
    const request: ConnectRequest = {
      id: this.id, address: this.place(t, address), family: this.family === C.AF_INET6 ? 6 : this.family === C.AF_INET ? 4 : 0,
      local: this.state === 'bound' ? this.local : null, receive: this.receive.buffer, send: this.send.buffer,
      noDelay: this.flag(C.IPPROTO_TCP, C.TCP_NODELAY),
    };
    this.state = 'connecting';
    this.service = 'net';
    this.peer = null;
    this.local = null;
    tellSupervisor(t, 'net.connect', request);
  }

  /** Looks how far connecting is. */
  settleConnect(): void {
    if (this.state !== 'connecting') return;
    const { mark } = this.receive!;
    if (mark === CONNECTION_OPEN) this.state = 'connected';
    else if (mark === CONNECTION_FAILED) {
      this.pendingError = this.receive!.takeError();
      this.state = 'fresh';
      this.receive = null;
      this.send = null;
    }
  }

  /** The addresses of both ends: the supervisor knows them once a connection stands. */
  private fetchNames(t: Thread): void {
    if (this.service !== 'net' || this.state !== 'connected' || this.peer !== null) return;
    const names = askNow(t, 'net.names', this.id) as Names;
    this.local = names.local;
    this.peer = names.peer;
  }

  /** `getsockname(2)`. */
  localName(t: Thread): NetAddress | null {
    this.settleConnect();
    this.fetchNames(t);
    return this.local;
  }

  /** `getpeername(2)`; raises ENOTCONN. */
  peerName(t: Thread): NetAddress | null {
    this.settleConnect();
    if (this.state !== 'connected') raiseErrno('ENOTCONN');
    this.fetchNames(t);
    return this.peer;
  }

  // Bytes.

  /** SO_ERROR: the error that waits, which is taken. */
  takeError(): number {
    this.settleConnect();
    const error = this.pendingError !== 0 ? this.pendingError : this.receive?.takeError() ?? 0;
    this.pendingError = 0;
    return error;
  }

  private checkConnected(): void {
    const error = this.pendingError;
    this.pendingError = 0;
    if (error !== 0) raiseSocketErrno(error);
    if (this.state !== 'connected') raiseErrno('ENOTCONN');
  }

  read(t: Thread, bytes: Uint8Array): number {
    return this.receiveBytes(t, bytes, /* keep */ false);
  }

  /** `recv(2)` of a stream, when it is readable: 0 at the end. With `keep`, the bytes stay. */
  receiveBytes(t: Thread, bytes: Uint8Array, keep: boolean): number {
    if (this.isDatagram) {
      const message = this.receiveMessage(keep);
      bytes.set(message.data.subarray(0, bytes.length));
      return Math.min(bytes.length, message.data.length);
    }
    this.checkConnected();
    const receive = this.receive!;
    if (receive.available === 0) {
      const error = receive.takeError();
      if (error !== 0) raiseSocketErrno(error);
      return 0;
    }
    if (this.readShut && receive.available === 0) return 0;
    const count = receive.read(bytes, keep);
    if (!keep && (receive.takeWantsRoom() || receive.shared)) t.interpreter.tell?.(`${this.service}.resume`, this.id);
    return count;
  }

  write(t: Thread, bytes: Uint8Array): number {
    if (this.isDatagram) {
      this.sendMessage(t, bytes, null);
      return bytes.length;
    }
    if (this.writeShut) raiseErrno('EPIPE');
    this.checkConnected();
    const send = this.send!;
    if (send.broken && send.paired && !this.wasReset) {
      this.wasReset = true;
      this.receive!.fail(errnoOf('ECONNRESET'));
      return bytes.length;
    }
    if (send.broken) {
      const error = this.receive!.takeError();
      raiseErrno(error === errnoOf('ECONNRESET') ? 'ECONNRESET' : 'EPIPE');
    }
    const count = send.write(bytes);
    this.flush(t);
    return count;
  }

  private flush(t: Thread): void {
    if (this.send!.takeWantsBytes() || this.send!.shared) t.interpreter.tell?.(`${this.service}.flush`, this.id);
  }

  /** Bytes or an end have come. */
  get bytesWaiting(): number {
    return this.receive?.available ?? 0;
  }

  // Datagrams.

  private openDatagram(t: Thread, address: NetAddress): void {
    if (typeof address === 'string') raiseErrno('EOPNOTSUPP');
    this.receive = new ByteRing();
    this.send = new ByteRing();
    const request: DatagramRequest = {
      id: this.id, family: this.family === C.AF_INET6 ? 6 : 4, address, receive: this.receive.buffer, send: this.send.buffer,
      reuseAddress: this.flag(C.SOL_SOCKET, C.SO_REUSEPORT), ipv6Only: this.flag(C.IPPROTO_IPV6, C.IPV6_V6ONLY),
    };
    const answer = askNow(t, 'udp.open', request) as Answer<NetAddress>;
    if ('errno' in answer) {
      this.receive = null;
      this.send = null;
      raiseSocketErrno(answer.errno);
    }
    this.service = 'udp';
    this.state = 'bound';
    this.local = answer.value;
    for (const [name, value] of this.datagramOptions) askNow(t, 'udp.option', { id: this.id, name, value });
  }

  /** Options set before the socket of the supervisor was there. */
  readonly datagramOptions = new Map<string, number>();

  /** Opens an unbound datagram socket at any port. */
  ensureOpen(t: Thread): void {
    if (this.receive === null) this.bind(t, this.anyAddress());
  }

  /** Sets the one peer of a datagram socket; null takes it away. */
  connectDatagram(t: Thread, address: NetAddress | null): void {
    if (this.service === 'child' && this.receive !== null) raiseErrno('EISCONN');
    this.ensureOpen(t);
    this.peer = address;
    this.state = address === null ? 'bound' : 'connected';
    const wildcard = this.local !== null && typeof this.local !== 'string' && (this.local[0] === '0.0.0.0' || this.local[0] === '::');
    if (wildcard && address !== null && typeof address !== 'string' && typeof this.local !== 'string') this.local = [sourceFor(address[0]), this.local![1]];
  }

  /** A message that waits; an error that waits is raised. */
  receiveMessage(keep: boolean): Datagram {
    const error = this.receive?.takeError() ?? 0;
    if (error !== 0) raiseSocketErrno(error);
    for (;;) {
      const frame = this.receive === null ? undefined : readFrame(this.receive, keep);
      if (frame === undefined) return { data: new Uint8Array(0), from: null };
      const from = senderOf(frame.address);
      if (this.accepts(from)) return { data: frame.data, from };
      if (keep) readFrame(this.receive!);
    }
  }

  /** A connected datagram socket hears only its peer. */
  private accepts(from: NetAddress | null): boolean {
    const { peer } = this;
    if (peer === null || typeof peer === 'string' || from === null || typeof from === 'string') return true;
    return peer[1] === from[1] && peer[0].replace('::ffff:', '') === from[0].replace('::ffff:', '');
  }

  /** Sends a message to `to`, or to the peer. */
  sendMessage(t: Thread, data: Uint8Array, to: NetAddress | null): void {
    if (this.writeShut) raiseErrno('EPIPE');
    if (this.service !== 'child' || this.send === null) this.ensureOpen(t);
    const target = to ?? this.peer;
    if (data.length > MAX_DATAGRAM) raiseErrno('EMSGSIZE');
    if (target === null && this.service === 'udp') raiseErrno('EDESTADDRREQ');
    if (this.send!.broken) raiseErrno('ECONNREFUSED');
    const name = target === null || typeof target === 'string' ? '' : `${target[1]} ${target[0] === '0.0.0.0' ? '127.0.0.1' : target[0]}`;
    if (!writeFrame(this.send!, name, data)) raiseErrno('EAGAIN');
    this.flush(t);
  }

  // The end.

  /** `shutdown(2)`. */
  shutdown(t: Thread, how: number): void {
    if (how < C.SHUT_RD || how > C.SHUT_RDWR) raiseErrno('EINVAL');
    this.settleConnect();
    if (this.state === 'listening') return this.stopListening(t);
    if (this.state !== 'connected') raiseErrno('ENOTCONN');
    if (how !== C.SHUT_WR) this.readShut = true;
    if (how !== C.SHUT_RD) this.shutWriting(t);
  }

  /** Who waits in accept() gets an error: what is left is a socket that no longer listens. */
  private stopListening(t: Thread): void {
    tellSupervisor(t, 'net.close', this.id);
    this.state = 'bound';
    this.pendingError = errnoOf('EINVAL');
  }

  private shutWriting(t: Thread): void {
    if (this.writeShut) return;
    this.writeShut = true;
    if (this.isDatagram) return;
    this.send!.dropWriter();
    if (this.service !== 'child' || this.send!.served) t.interpreter.tell?.(`${this.service}.flush`, this.id);
  }

  dispose(t: Thread): void {
    const { send, receive } = this;
    if (this.service === 'net' && this.flag(C.SOL_SOCKET, C.SO_LINGER) && this.options.get('linger seconds') === 0) {
      if (send?.paired === true) send.fail(errnoOf('ECONNRESET'));
      t.interpreter.tell?.('net.option', { id: this.id, name: 'reset', value: 1 });
    }
    if (this.state === 'connected' && !this.isDatagram && !this.writeShut) send!.dropWriter();
    if (this.service === 'net' && receive?.paired === true) receive.dropReader();
    if (this.service === 'child') {
      if (this.isDatagram) send?.dropWriter();
      receive?.dropReader();
      if (receive?.served === true) t.interpreter.tell?.('child.resume', this.id);
      if (send?.served === true) t.interpreter.tell?.('child.flush', this.id);
      if (!this.isDatagram) this.giveUpRings();
    } else t.interpreter.tell?.(`${this.service}.close`, this.id);
    this.state = 'fresh';
  }

  /** The other end of a pair may go on with them; where there is none any more either, another pair does. */
  private giveUpRings(): void {
    for (const ring of [this.send, this.receive]) if (ring !== null && spareRings.length < MAX_SPARE_RINGS && ring.renew()) spareRings.push(ring);
    this.send = null;
    this.receive = null;
  }
}

/** Those of two pairs: an event loop has one, and a program that calls `asyncio.run` again and again makes no memory anew. */
const MAX_SPARE_RINGS = 4;

/** Declared cache of this worker: rings of pairs whose ends are closed. */
const spareRings: ByteRing[] = [];

/** Whether the other end is on this machine, and may be in this process. */
function isLoopback(address: NetAddress): boolean {
  return typeof address !== 'string' && /^(127\.|::1$|::ffff:127\.|0\.0\.0\.0$|::$)/.test(address[0]);
}

/** The address that the system would choose towards `target`; exact for this machine, which is where it is asked. */
function sourceFor(target: string): string {
  if (target.includes(':')) return target === '::1' ? '::1' : '::';
  return target.startsWith('127.') ? '127.0.0.1' : '0.0.0.0';
}

function senderOf(text: string): NetAddress | null {
  const space = text.indexOf(' ');
  return space < 0 ? null : [text.slice(space + 1), Number(text.slice(0, space))];
}

/** Two sockets that talk to each other inside the process. */
export function socketPair(t: Thread, family: number, type: number, protocol: number): [SocketFile, SocketFile] {
  const left = new SocketFile(t, family, type, protocol);
  const right = new SocketFile(t, family, type, protocol);
  const [there, back] = [spareRings.pop() ?? new ByteRing(), spareRings.pop() ?? new ByteRing()];
  Object.assign(left, { state: 'connected', send: there, receive: back });
  Object.assign(right, { state: 'connected', send: back, receive: there });
  return [left, right];
}
