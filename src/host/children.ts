/** Child processes of interpreters over `node:child_process`; their pipes are rings. Loaded when the first child is started. */
import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { constants } from 'node:os';
import type { Duplex, Readable, Writable } from 'node:stream';
import { CHILD_DONE, CHILD_STATUS, type Answer, type ChildStream, type SpawnRequest } from '../base/socket-protocol.ts';
import { ByteRing } from '../base/byte-ring.ts';
import { errnoOfError, RingSink, RingSource } from './ring-pumps.ts';

/** Runs a program with descriptor 2 going where 1 goes: Node gives each its own pipe. */
const JOIN_ERROR_SCRIPT = 'exec "$0" "$@" 2>&1';

type StdioItem = Exclude<StdioOptions, string>[number];

/** Both ends of a pipe that the supervisor serves, by the number that the worker gave it. */
interface Pumps {
  source: RingSource | null;
  sink: RingSink | null;
}

/** The children of one interpreter. */
export class Children {
  private readonly wake: () => void;
  private readonly pumps = new Map<number, Pumps>();
  private readonly streams = new Set<Duplex | Readable | Writable>();

  constructor(wake: () => void) {
    this.wake = wake;
  }

  /** Starts a program; resolves with its process id. */
  spawn(request: SpawnRequest): Promise<Answer<number>> {
    const joined = request.errorToOutput;
    const child = spawn(joined ? '/bin/sh' : request.file, joined ? ['-c', JOIN_ERROR_SCRIPT, request.file, ...request.args] : [...request.args], {
      ...(joined ? {} : { argv0: request.argv0 }), cwd: request.cwd, env: { ...request.env }, detached: request.detached, stdio: request.streams.map(stdioOf),
      ...(request.uid === undefined ? {} : { uid: request.uid }), ...(request.gid === undefined ? {} : { gid: request.gid }),
    });
    const { pid } = child;
    if (pid === undefined) return new Promise((resolve) => child.once('error', (error) => resolve({ errno: errnoOfError(error) })));
    child.on('error', () => undefined);
    // As with fork(), the process does not wait for its children.
    child.unref();
    request.streams.forEach((stream, i) => this.attach(stream, child.stdio[i] ?? null));
    const status = new Int32Array(request.status);
    child.once('exit', (code, signal) => {
      Atomics.store(status, CHILD_STATUS, signal === null ? (code ?? 0) << 8 : constants.signals[signal]);
      Atomics.store(status, CHILD_DONE, 1);
      this.wake();
    });
    return Promise.resolve({ value: pid });
  }

  private attach(stream: ChildStream, own: ChildProcess['stdio'][number] | null): void {
    if (stream.kind === 'null' || stream.kind === 'inherit' || own === null || own === undefined) return;
    this.streams.add(own);
    own.once('close', () => this.streams.delete(own));
    (own as unknown as { unref?: () => void }).unref?.();
    if (stream.kind === 'input') this.attachInput(stream.id, new ByteRing(stream.ring), own as Writable);
    else if (stream.kind === 'output') this.attachOutput(stream.id, new ByteRing(stream.ring), own as Readable);
    else {
      this.attachInput(stream.id, new ByteRing(stream.input), own as Writable);
      this.attachOutput(stream.id, new ByteRing(stream.output), own as Readable);
    }
  }

  private pumpsOf(id: number): Pumps {
    let pumps = this.pumps.get(id);
    if (pumps === undefined) this.pumps.set(id, (pumps = { source: null, sink: null }));
    return pumps;
  }

  /** The child reads the ring: it counts as one more reader until it closes its end. */
  private attachInput(id: number, ring: ByteRing, stream: Writable): void {
    const pumps = this.pumpsOf(id);
    ring.addReader();
    ring.markServed();
    pumps.sink = new RingSink(stream, ring, () => {
      if (ring.takeWantsRoom()) pumps.source?.resume();
      this.wake();
    });
  }

  private attachOutput(id: number, ring: ByteRing, stream: Readable): void {
    const pumps = this.pumpsOf(id);
    ring.addWriter();
    ring.markServed();
    pumps.source = new RingSource(stream, ring, () => {
      if (ring.takeWantsBytes() || ring.ended) pumps.sink?.pump();
      this.wake();
    });
  }

  /** The worker has written into a pipe, or closed it. */
  flush(id: number): void {
    this.pumps.get(id)?.sink?.pump();
  }

  /** The worker has read from a full pipe. */
  resume(id: number): void {
    this.pumps.get(id)?.source?.resume();
  }

  /** The interpreter has ended: its ends of the pipes are closed after what was written. */
  closeAll(): void {
    for (const { sink } of this.pumps.values()) sink?.pump();
    for (const stream of this.streams) {
      if ('writable' in stream && stream.writable) stream.end();
      else stream.destroy();
    }
  }
}

function stdioOf(stream: ChildStream): StdioItem {
  if (stream.kind === 'null') return 'ignore';
  return stream.kind === 'inherit' ? stream.fd : 'pipe';
}
