/** Datagram sockets of interpreters over `node:dgram`: each message is one frame in a ring. Loaded when the first one is used. */
import { createSocket, type Socket } from 'node:dgram';
import type { Answer, DatagramRequest, NetAddress, OptionRequest } from '../base/socket-protocol.ts';
import { ByteRing, readFrame, writeFrame } from '../base/byte-ring.ts';
import { errnoOfError } from './ring-pumps.ts';

interface Datagrams {
  readonly socket: Socket;
  readonly receive: ByteRing;
  readonly send: ByteRing;
}

/** The datagram sockets of one interpreter. */
export class DatagramSockets {
  private readonly wake: () => void;
  private readonly sockets = new Map<number, Datagrams>();

  constructor(wake: () => void) {
    this.wake = wake;
  }

  /** Binds a socket; resolves with its address. */
  open(request: DatagramRequest): Promise<Answer<NetAddress>> {
    const socket = createSocket({ type: request.family === 4 ? 'udp4' : 'udp6', reuseAddr: request.reuseAddress, ipv6Only: request.ipv6Only });
    const receive = new ByteRing(request.receive);
    const send = new ByteRing(request.send);
    const address = request.address as readonly [string, number];
    return new Promise((resolve) => {
      socket.once('error', (error) => resolve({ errno: errnoOfError(error) }));
      socket.bind({ port: address[1], address: address[0], exclusive: true }, () => {
        socket.on('error', (error) => this.failed(receive, error));
        this.sockets.set(request.id, { socket, receive, send });
        send.wantBytes();
        const bound = socket.address();
        resolve({ value: [bound.address, bound.port] });
      });
      socket.on('message', (data, from) => {
        // A message that finds no room is lost, as in a kernel's buffer.
        writeFrame(receive, `${from.port} ${from.address}`, data);
        this.wake();
      });
    });
  }

  private failed(receive: ByteRing, error: Error): void {
    receive.fail(errnoOfError(error));
    this.wake();
  }

  /** The worker has written messages. */
  flush(id: number): void {
    const own = this.sockets.get(id);
    if (own === undefined) return;
    do {
      for (let frame = readFrame(own.send); frame !== undefined; frame = readFrame(own.send)) {
        const space = frame.address.indexOf(' ');
        own.socket.send(frame.data, Number(frame.address.slice(0, space)), frame.address.slice(space + 1), (error) => {
          if (error !== null && error !== undefined) this.failed(own.receive, error);
        });
      }
      own.send.wantBytes();
    } while (own.send.available > 0 && own.send.takeWantsBytes());
    this.wake();
  }

  /** Sets what Node lets one set. */
  option({ id, name, value, second }: OptionRequest): Answer<null> {
    const socket = this.sockets.get(id)?.socket;
    try {
      if (name === 'broadcast') socket?.setBroadcast(value !== 0);
      else if (name === 'ttl') socket?.setTTL(Number(value));
      else if (name === 'multicastTtl') socket?.setMulticastTTL(Number(value));
      else if (name === 'multicastLoop') socket?.setMulticastLoopback(value !== 0);
      else if (name === 'join') socket?.addMembership(String(value), second);
      else if (name === 'leave') socket?.dropMembership(String(value), second);
      return { value: null };
    } catch (error) {
      return { errno: errnoOfError(error) };
    }
  }

  /** Closes a socket after what was sent. */
  close(id: number): void {
    this.flush(id);
    const own = this.sockets.get(id);
    this.sockets.delete(id);
    // Sends that were begun keep the descriptor: closing on the next turn lets them out.
    if (own !== undefined) setImmediate(() => own.socket.close());
  }

  /** The interpreter has ended. */
  closeAll(): void {
    for (const id of [...this.sockets.keys()]) this.close(id);
  }
}
