/**
 * What a worker and the supervisor say to each other about sockets and child processes. Bytes flow through rings (`byte-ring.ts`); these are the
 * requests around them. A worker chooses the number of each stream; the supervisor keeps them per interpreter.
 */

/** Marks of a connection's receiving ring (`ByteRing.mark`); a listening ring's mark is the number of connections that wait. */
export const CONNECTION_NONE = 0;
export const CONNECTION_STARTED = 1;
export const CONNECTION_OPEN = 2;
export const CONNECTION_FAILED = 3;

/** An address: host, port (and IPv6 flow and scope), or the path of a Unix socket. */
export type NetAddress = readonly [host: string, port: number, flow?: number, scope?: number] | string;

/** Errors of name resolution have these numbers, below all of errno. */
export const EAI_NONAME = -2;
export const EAI_AGAIN = -3;
export const EAI_FAIL = -4;

/** `net.bind`: a stream socket takes an address; connections are kept from the start and refused until `net.listen`. */
export interface BindRequest {
  readonly id: number;
  readonly address: NetAddress;
  readonly ring: SharedArrayBuffer;
  readonly ipv6Only: boolean;
  readonly reusePort: boolean;
}

/** `net.connect`. */
export interface ConnectRequest {
  readonly id: number;
  readonly address: NetAddress;
  readonly family: 0 | 4 | 6;
  /** The address that the socket was bound to. */
  readonly local: NetAddress | null;
  readonly receive: SharedArrayBuffer;
  readonly send: SharedArrayBuffer;
  readonly noDelay: boolean;
}

/** `net.accept`; answered by `Accepted` or null when nobody waits any more. */
export interface AcceptRequest {
  readonly id: number;
  readonly newId: number;
}

/** Both ends of a connection. */
export interface Names {
  readonly local: NetAddress | null;
  readonly peer: NetAddress | null;
}

/** A connection that was accepted. */
export interface Accepted extends Names {
  readonly receive: SharedArrayBuffer;
  readonly send: SharedArrayBuffer;
}

/** `udp.open`: a datagram socket, bound. */
export interface DatagramRequest {
  readonly id: number;
  readonly family: 4 | 6;
  readonly address: NetAddress;
  readonly receive: SharedArrayBuffer;
  readonly send: SharedArrayBuffer;
  readonly reuseAddress: boolean;
  readonly ipv6Only: boolean;
}

/** `net.option` and `udp.option`. */
export interface OptionRequest {
  readonly id: number;
  readonly name: string;
  readonly value: number | string;
  readonly second?: string;
}

/** An answer that may be an error of the system; `errno` may be one of EAI_*. */
export type Answer<T> = { readonly value: T } | { readonly errno: number };

/** One result of `net.resolve`. */
export interface ResolvedAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/** What a child gets as a descriptor: nothing, one that exists in this process, or a ring that the supervisor serves. */
export type ChildStream =
  | { readonly kind: 'null' }
  | { readonly kind: 'inherit'; readonly fd: number }
  | { readonly kind: 'input'; readonly id: number; readonly ring: SharedArrayBuffer }
  | { readonly kind: 'output'; readonly id: number; readonly ring: SharedArrayBuffer }
  | { readonly kind: 'duplex'; readonly id: number; readonly input: SharedArrayBuffer; readonly output: SharedArrayBuffer };

/** `child.spawn`. */
export interface SpawnRequest {
  readonly file: string;
  readonly args: readonly string[];
  readonly argv0: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly streams: readonly ChildStream[];
  /** Descriptor 2 goes where descriptor 1 does. */
  readonly errorToOutput: boolean;
  readonly detached: boolean;
  readonly uid?: number;
  readonly gid?: number;
  /** Words DONE and STATUS, filled when the child has ended. */
  readonly status: SharedArrayBuffer;
}

/** Words of `SpawnRequest.status`. */
export const CHILD_DONE = 0;
export const CHILD_STATUS = 1;
