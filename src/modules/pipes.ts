/** Pipes inside the process: `os.pipe`, `socket.socketpair` and the pipes of child processes. The bytes lie in a ring (`base/byte-ring.ts`). */
import { ByteRing } from '../base/byte-ring.ts';
import type { Thread } from '../core/thread.ts';
import { raiseErrno } from './os-errors.ts';
import { askNow } from './ask.ts';
import { adoptVirtual, openVirtual, setAdopter, type VirtualFile } from './virtual-files.ts';

/** A write of at most this many bytes is never split (PIPE_BUF). */
export const PIPE_BUF = 4096;

const STATE = 'pipes';

/** A number for a stream that the supervisor may serve; unique in the interpreter. */
export function newStreamId(t: Thread): number {
  const next = ((t.interpreter.moduleState.get(STATE) as number | undefined) ?? 0) + 1;
  t.interpreter.moduleState.set(STATE, next);
  return next;
}

/** What both ends of a pipe share. */
export interface Pipe {
  readonly id: number;
  readonly ring: ByteRing;
}

/** Tells the supervisor's pump, if there is one, that bytes came or the last writer went. */
export function notifyBytes(t: Thread, { id, ring }: Pipe): void {
  if (ring.shared) t.interpreter.tell?.('pipe.wake', null);
  if (ring.takeWantsBytes()) t.interpreter.tell?.('child.flush', id);
}

/** Tells the supervisor's pump, if there is one, that there is room. */
export function notifyRoom(t: Thread, { id, ring }: Pipe): void {
  if (ring.shared) t.interpreter.tell?.('pipe.wake', null);
  if (ring.takeWantsRoom()) t.interpreter.tell?.('child.resume', id);
}

/** The end of a pipe that reads. */
export class PipeReader implements VirtualFile {
  readonly kind = 'fifo';
  readonly access = 0;
  blocking = true;
  references = 0;
  readonly pipe: Pipe;
  constructor(pipe: Pipe) {
    this.pipe = pipe;
  }

  readable(): boolean {
    return this.pipe.ring.available > 0 || this.pipe.ring.ended;
  }

  writable(): boolean {
    return false;
  }

  hungUp(): boolean {
    return this.pipe.ring.ended;
  }

  failed(): boolean {
    return false;
  }

  read(t: Thread, bytes: Uint8Array): number {
    const count = this.pipe.ring.read(bytes);
    notifyRoom(t, this.pipe);
    return count;
  }

  write(): number {
    return raiseErrno('EBADF');
  }

  closedElsewhere(): boolean {
    return this.pipe.ring.broken;
  }

  dispose(t: Thread): void {
    this.pipe.ring.dropReader();
    if (this.pipe.ring.shared) t.interpreter.tell?.('pipe.wake', null);
    if (this.pipe.ring.served) t.interpreter.tell?.('child.resume', this.pipe.id);
  }
}

/** The end of a pipe that writes. */
export class PipeWriter implements VirtualFile {
  readonly kind = 'fifo';
  readonly access = 1;
  blocking = true;
  references = 0;
  readonly pipe: Pipe;
  constructor(pipe: Pipe) {
    this.pipe = pipe;
  }

  readable(): boolean {
    return false;
  }

  writable(): boolean {
    return this.pipe.ring.broken || this.pipe.ring.free >= PIPE_BUF;
  }

  hungUp(): boolean {
    return false;
  }

  failed(): boolean {
    return this.pipe.ring.broken;
  }

  read(): number {
    return raiseErrno('EBADF');
  }

  write(t: Thread, bytes: Uint8Array): number {
    const { ring } = this.pipe;
    if (ring.broken) raiseErrno('EPIPE');
    const count = ring.write(bytes, /* whole */ bytes.length <= PIPE_BUF);
    notifyBytes(t, this.pipe);
    return count;
  }

  closedElsewhere(): boolean {
    return this.pipe.ring.ended;
  }

  dispose(t: Thread): void {
    this.pipe.ring.dropWriter();
    if (this.pipe.ring.shared) t.interpreter.tell?.('pipe.wake', null);
    if (this.pipe.ring.served) t.interpreter.tell?.('child.flush', this.pipe.id);
  }
}

/** `pipe(2)`: numbers of the reading and the writing end. */
export function newPipe(t: Thread, blocking = true): [number, number] {
  const pipe: Pipe = { id: newStreamId(t), ring: new ByteRing() };
  const reader = new PipeReader(pipe);
  const writer = new PipeWriter(pipe);
  reader.blocking = blocking;
  writer.blocking = blocking;
  const ends: [number, number] = [openVirtual(reader), openVirtual(writer)];
  ends.forEach((fd, access) => t.interpreter.tell?.('pipe.publish', { fd, access, buffer: pipe.ring.buffer }));
  return ends;
}

/** The end of another interpreter's pipe that has the number `fd`, if there is one: from now on it is this interpreter's. */
function adoptPipe(t: Thread, fd: number): boolean {
  if (t.interpreter.ask === null) return false;
  const end = askNow(t, 'pipe.find', fd) as { access: number; buffer: SharedArrayBuffer } | null;
  if (end === null) return false;
  const pipe: Pipe = { id: newStreamId(t), ring: new ByteRing(end.buffer) };
  pipe.ring.markShared();
  adoptVirtual(fd, end.access === 0 ? new PipeReader(pipe) : new PipeWriter(pipe));
  return true;
}

setAdopter(adoptPipe);
