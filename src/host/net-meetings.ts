/**
 * Connections whose both ends are in this process: a client and a server in one program, or in two interpreters. Their bytes need not go through the kernel, nor
 * through this thread: both ends get the two sides of the same rings.
 *
 *   client connects ──▶ called ──┐
 *                                ├─ the same addresses, the other way round ──▶ met
 *   server's port  ──▶ arrived ──┘
 *   no other end within a turn of the loop ──▶ strangers: the bytes flow through the kernel
 *
 * The connection of the kernel stays open beside them, idle: it keeps the addresses.
 */
import type { Socket } from 'node:net';
import type { ByteRing } from '../base/byte-ring.ts';

/** One end of a connection that stays inside the process, or may do so. */
export interface PairedEnd {
  readonly receive: ByteRing;
  readonly send: ByteRing;
  /** Tells this end's interpreter that a ring has changed. */
  readonly wake: () => void;
  /** Null until the connection is accepted. */
  other: PairedEnd | null;
}

/** What is done when it is known where a client's other end is. */
export interface Outcome {
  met(): void;
  isStranger(): void;
}

interface Waiting {
  readonly caller: PairedEnd;
  readonly outcome: Outcome;
}

/** A server that listens for both kinds sees IPv4 addresses as IPv6 ones. */
function keyOf(clientHost: string | undefined, clientPort: number | undefined, serverHost: string | undefined, serverPort: number | undefined): string {
  const plain = (host: string | undefined): string => (host ?? '').replace(/^::ffff:/, '');
  return `${plain(clientHost)} ${clientPort} ${plain(serverHost)} ${serverPort}`;
}

const clientKey = (socket: Socket): string => keyOf(socket.localAddress, socket.localPort, socket.remoteAddress, socket.remotePort);
const serverKey = (socket: Socket): string => keyOf(socket.remoteAddress, socket.remotePort, socket.localAddress, socket.localPort);

/** Runs `action` when all events are through that were there already: both ends of a connection are told of in the same turn of the loop, in any order. */
function afterThisTurn(action: () => void): void {
  setImmediate(() => setImmediate(action));
}

/** Those of this process. */
export class Meetings {
  private readonly callers = new Map<string, Waiting>();
  private readonly arrivals = new Map<string, Socket>();
  private readonly met = new WeakMap<Socket, PairedEnd>();

  /** A client's connection stands. Returns what makes it one of strangers at once, if it is not decided yet. */
  called(socket: Socket, caller: PairedEnd, outcome: Outcome): () => void {
    const key = clientKey(socket);
    const waiting: Waiting = { caller, outcome };
    const giveUp = (): void => {
      if (this.callers.get(key) !== waiting) return;
      this.callers.delete(key);
      outcome.isStranger();
    };
    const arrival = this.arrivals.get(key);
    if (arrival !== undefined) this.meet(key, waiting, arrival);
    else {
      this.callers.set(key, waiting);
      afterThisTurn(giveUp);
    }
    return giveUp;
  }

  /** A connection has come to a port of this process. */
  arrived(socket: Socket): void {
    const key = serverKey(socket);
    const caller = this.callers.get(key);
    if (caller !== undefined) return this.meet(key, caller, socket);
    this.arrivals.set(key, socket);
    afterThisTurn(() => {
      if (this.arrivals.get(key) === socket) this.arrivals.delete(key);
    });
  }

  private meet(key: string, { caller, outcome }: Waiting, arrival: Socket): void {
    this.callers.delete(key);
    this.arrivals.delete(key);
    outcome.met();
    for (const ring of [caller.receive, caller.send]) ring.markPaired();
    this.met.set(arrival, caller);
  }

  /** The other end of a connection that has arrived, if it is in this process. From here on the two are strangers otherwise. */
  callerOf(arrival: Socket): PairedEnd | undefined {
    const caller = this.met.get(arrival);
    if (caller === undefined) this.arrivals.delete(serverKey(arrival));
    return caller;
  }
}

/** Declared registry of this process: the connections of all its interpreters. */
export const MEETINGS = new Meetings();
