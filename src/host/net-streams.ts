/**
 * Stream sockets of interpreters over `node:net`: bind, listen, accept, connect; their bytes flow through rings, or stay in them (`net-meetings.ts`). Loaded when the
 * first socket is used.
 */
import { constants } from 'node:os';
import { connect, createServer, type Server, type Socket } from 'node:net';
import {
  CONNECTION_FAILED, CONNECTION_OPEN, type AcceptRequest, type Accepted, type Answer, type BindRequest, type ConnectRequest, type Names, type NetAddress, type OptionRequest,
} from '../base/socket-protocol.ts';
import { ByteRing, RING_CAPACITY } from '../base/byte-ring.ts';
import { MEETINGS, type PairedEnd } from './net-meetings.ts';
import { errnoOfError, RingSink, RingSource } from './ring-pumps.ts';

/** How long a closed connection may take to send what is left, in milliseconds. */
const LINGER_MS = 10_000;

interface Listener {
  readonly server: Server;
  readonly ring: ByteRing;
  readonly queue: Socket[];
  listening: boolean;
}

interface Connection {
  readonly socket: Socket;
  /** Ends the wait for the other end, which may be in this process; null when it is over. */
  decide: (() => void) | null;
  pair: PairedEnd | null;
  source: RingSource | null;
  sink: RingSink | null;
  names: Names;
}

function addressOf(host: string | undefined, port: number | undefined, path: NetAddress): NetAddress {
  return typeof path === 'string' ? path : [host ?? '', port ?? 0];
}

/** The sockets of one interpreter. */
export class StreamSockets {
  private readonly wake: () => void;
  private readonly listeners = new Map<number, Listener>();
  private readonly connections = new Map<number, Connection>();

  constructor(wake: () => void) {
    this.wake = wake;
  }

  /** Takes an address. The port is bound and heard from here on; who connects before `listen` is turned away. */
  bind(request: BindRequest): Promise<Answer<NetAddress>> {
    const server = createServer({ allowHalfOpen: true, pauseOnConnect: true });
    const listener: Listener = { server, ring: new ByteRing(request.ring), queue: [], listening: false };
    server.on('connection', (socket) => this.arrived(listener, socket));
    const where = typeof request.address === 'string'
      ? { path: request.address }
      : { host: request.address[0], port: request.address[1], ipv6Only: request.ipv6Only, reusePort: request.reusePort };
    return new Promise((resolve) => {
      server.once('error', (error) => resolve({ errno: errnoOfError(error) }));
      server.listen({ ...where, exclusive: true }, () => {
        server.on('error', () => undefined);
        this.listeners.set(request.id, listener);
        const bound = server.address();
        resolve({ value: bound === null || typeof bound === 'string' ? request.address : [bound.address, bound.port] });
      });
    });
  }

  private arrived(listener: Listener, socket: Socket): void {
    socket.on('error', () => undefined);
    if (!listener.listening) {
      socket.resetAndDestroy();
      return;
    }
    MEETINGS.arrived(socket);
    listener.queue.push(socket);
    listener.ring.mark = listener.queue.length;
    this.wake();
  }

  /** Connections are kept for `accept` from now on. */
  listen(id: number): void {
    const listener = this.listeners.get(id);
    if (listener !== undefined) listener.listening = true;
  }

  /** Hands out the oldest connection that waits. */
  accept(request: AcceptRequest): Accepted | null {
    const listener = this.listeners.get(request.id);
    const socket = listener?.queue.shift();
    if (listener === undefined || socket === undefined) return null;
    listener.ring.mark = listener.queue.length;
    const bound = listener.server.address();
    const kind: NetAddress = typeof bound === 'string' ? bound : ['', 0];
    const names: Names = typeof kind === 'string' ? { local: kind, peer: '' } : { local: addressOf(socket.localAddress, socket.localPort, kind), peer: addressOf(socket.remoteAddress, socket.remotePort, kind) };
    const connection: Connection = { socket, decide: null, pair: null, source: null, sink: null, names };
    this.connections.set(request.newId, connection);
    const caller = MEETINGS.callerOf(socket);
    const { receive, send } = caller === undefined ? this.strangers(connection) : this.pairWith(connection, caller);
    return { ...names, receive: receive.buffer, send: send.buffer };
  }

  private strangers(connection: Connection): { receive: ByteRing; send: ByteRing } {
    const rings = { receive: new ByteRing(), send: new ByteRing() };
    rings.receive.mark = CONNECTION_OPEN;
    this.flow(connection, rings.receive, rings.send);
    return rings;
  }

  private pairWith(connection: Connection, caller: PairedEnd): PairedEnd {
    const end: PairedEnd = { receive: caller.send, send: caller.receive, wake: this.wake, other: caller };
    caller.other = end;
    connection.pair = end;
    if (caller.wake !== this.wake) for (const ring of [end.receive, end.send]) ring.markShared();
    return end;
  }

  private flow(connection: Connection, receive: ByteRing, send: ByteRing): void {
    connection.source = new RingSource(connection.socket, receive, this.wake);
    connection.sink = new RingSink(connection.socket, send, this.wake);
  }

  /** Starts to connect; the receiving ring's mark tells the outcome. */
  connect(request: ConnectRequest): void {
    this.release(request.id);
    const { address, local } = request;
    const receive = new ByteRing(request.receive);
    const options = typeof address === 'string'
      ? { path: address, allowHalfOpen: true }
      : {
        host: address[0], port: address[1], family: request.family, allowHalfOpen: true, noDelay: request.noDelay, autoSelectFamily: false,
        ...(local !== null && typeof local !== 'string' ? { localAddress: local[0], localPort: local[1] } : {}),
      };
    const failed = (error: unknown): void => {
      receive.fail(errnoOfError(error));
      receive.mark = CONNECTION_FAILED;
      this.wake();
    };
    let socket: Socket;
    try {
      socket = connect(options);
    } catch (error) {
      return failed(error);
    }
    const connection: Connection = { socket, decide: null, pair: null, source: null, sink: null, names: { local, peer: null } };
    this.connections.set(request.id, connection);
    socket.once('error', failed);
    socket.once('connect', () => {
      socket.off('error', failed);
      socket.on('error', () => undefined);
      connection.names = { local: addressOf(socket.localAddress, socket.localPort, typeof address === 'string' ? local ?? '' : address), peer: typeof address === 'string' ? address : addressOf(socket.remoteAddress, socket.remotePort, address) };
      receive.mark = CONNECTION_OPEN;
      this.meet(connection, receive, new ByteRing(request.send), typeof address === 'string');
      this.wake();
    });
  }

  /** A client's connection stands: its bytes flow unless the other end turns out to be in this process. */
  private meet(connection: Connection, receive: ByteRing, send: ByteRing, isUnix: boolean): void {
    if (isUnix || receive.capacity === RING_CAPACITY) return this.flow(connection, receive, send);
    const end: PairedEnd = { receive, send, wake: this.wake, other: null };
    connection.decide = MEETINGS.called(connection.socket, end, {
      met: () => (connection.pair = end),
      isStranger: () => this.flow(connection, receive, send),
    });
  }

  /** Closes the port that a socket was bound to: it becomes a client. */
  private release(id: number): void {
    this.listeners.get(id)?.server.close();
    this.listeners.delete(id);
  }

  /** The addresses of a connection's ends. */
  names(id: number): Names {
    return this.connections.get(id)?.names ?? { local: null, peer: null };
  }

  /** The worker has written, or ended its side. */
  flush(id: number): void {
    const connection = this.connections.get(id);
    connection?.sink?.pump();
    connection?.pair?.other?.wake();
  }

  /** The worker has read while the stream was paused. */
  resume(id: number): void {
    const connection = this.connections.get(id);
    connection?.source?.resume();
    connection?.pair?.other?.wake();
  }

  /** Sets what Node lets one set. */
  option({ id, name, value }: OptionRequest): void {
    const socket = this.connections.get(id)?.socket;
    if (name === 'noDelay') socket?.setNoDelay(value !== 0);
    else if (name === 'keepAlive') socket?.setKeepAlive(value !== 0);
    else if (name === 'reset') socket?.resetAndDestroy();
  }

  /** Closes a socket; what was sent still goes out, in the background. */
  close(id: number): void {
    const listener = this.listeners.get(id);
    if (listener !== undefined) {
      this.listeners.delete(id);
      for (const socket of listener.queue) this.turnAway(socket);
      listener.server.close();
    }
    const connection = this.connections.get(id);
    if (connection === undefined) return;
    this.connections.delete(id);
    connection.decide?.();
    this.finish(connection);
  }

  /** A connection is not accepted any more. */
  private turnAway(socket: Socket): void {
    const caller = MEETINGS.callerOf(socket);
    if (caller !== undefined) {
      caller.receive.fail(constants.errno.ECONNRESET);
      caller.receive.dropWriter();
      caller.send.dropReader();
      caller.wake();
    }
    socket.destroy();
  }

  /** The worker uses its end no more; it may have been ended before it could say so in the rings. */
  private leavePair({ receive, send, other }: PairedEnd): void {
    if (!receive.broken) receive.dropReader();
    if (!send.ended) send.dropWriter();
    other?.wake();
  }

  private finish({ socket, sink, pair }: Connection): void {
    if (pair !== null) this.leavePair(pair);
    if (sink === null || socket.destroyed) {
      socket.destroy();
      return;
    }
    sink.pump();
    const timer = setTimeout(() => socket.destroy(), LINGER_MS);
    timer.unref();
    socket.once('finish', () => socket.destroy());
    socket.once('close', () => clearTimeout(timer));
    if (socket.writableFinished) socket.destroy();
  }

  /** The interpreter has ended. */
  closeAll(): void {
    for (const id of [...this.listeners.keys(), ...this.connections.keys()]) this.close(id);
  }
}
