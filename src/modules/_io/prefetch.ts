/**
 * Waiting for a pipe or socket before a buffered read: the thread parks and others run in its place, instead of blocking below them.
 *
 * A read in native code cannot be swapped out. So the read's method first lets what it needs flow into the buffer (`ahead`) while the thread is
 * parked, and runs when it is there; then it takes all from the buffer. This is done for raw streams that are known to the bottom: FileIO over a
 * pipe of this process, and `socket.SocketIO`, whose `readinto` does nothing but `recv_into`.
 */
import { PARKED, type Thread } from '../../core/thread.ts';
import { PyObject, type Value } from '../../core/value.ts';
import { lookupAttr } from '../../objects/attributes.ts';
import { tableGetStr } from '../../objects/hash-table.ts';
import { PySocket } from '../_socket/record.ts';
import { areVirtualFiles, virtualFile, waitUntil, type VirtualFile } from '../virtual-files.ts';
import { FILE_IO_TYPE, PyFileIO } from './file-io.ts';

/** The part of a buffered stream that is filled. */
export interface ReadAhead {
  raw: Value;
  ahead: Uint8Array;
  aheadAt: number;
}

interface Source {
  readonly file: VirtualFile;
  /** Milliseconds that a read may wait; Infinity for no limit. */
  readonly limit: number;
}

function isSocketStream(raw: Value): raw is PyObject {
  if (!(raw instanceof PyObject) || raw.type.name !== 'SocketIO' || !raw.type.flags.heapType) return false;
  return tableGetStr(raw.type.attributes.table, '__module__') === 'socket';
}

/** What a raw stream reads from, if that can be waited for here. */
function sourceOf(t: Thread, raw: Value): Source | undefined {
  if (raw instanceof PyFileIO && raw.type === FILE_IO_TYPE) {
    const file = virtualFile(raw.fd);
    return file !== undefined && file.blocking && file.access !== 1 ? { file, limit: Infinity } : undefined;
  }
  if (!isSocketStream(raw) || lookupAttr(t, raw, '_timeout_occurred') === true || lookupAttr(t, raw, '_reading') === false) return undefined;
  const socket = lookupAttr(t, raw, '_sock');
  if (!(socket instanceof PySocket) || socket.timeout === 0) return undefined;
  const file = virtualFile(socket.fd);
  return file === undefined ? undefined : { file, limit: socket.timeout < 0 ? Infinity : socket.timeout * 1000 };
}

/** Whether reads of a stream may have to wait for what can be waited for here. @hot each line of a loop over a file */
export function canWait(t: Thread, { raw }: ReadAhead): boolean {
  return areVirtualFiles() && sourceOf(t, raw) !== undefined;
}

/** Appends to the bytes read ahead, in memory that doubles. */
function append(stream: ReadAhead, bytes: Uint8Array): void {
  const kept = stream.ahead.subarray(stream.aheadAt);
  const { buffer, byteOffset, length } = kept;
  const end = byteOffset + length;
  if (end + bytes.length <= buffer.byteLength && stream.ahead.length > 0) {
    const grown = new Uint8Array(buffer, byteOffset, length + bytes.length);
    grown.set(bytes, length);
    stream.ahead = grown;
  } else {
    const larger = new Uint8Array(Math.max(8192, 2 * (length + bytes.length)));
    larger.set(kept);
    larger.set(bytes, length);
    stream.ahead = larger.subarray(0, length + bytes.length);
  }
  stream.aheadAt = 0;
}

/** Bytes taken from a source at a time. */
const CHUNK = 65536;

/**
 * Runs `read` once `satisfied` says that the bytes read ahead are enough, or the source has ended, failed or timed out; `read` then finds out
 * for itself. Where nothing can be waited for, it runs at once.
 */
export function readWhenFilled(t: Thread, stream: ReadAhead, satisfied: () => boolean, read: () => Value): Value | typeof PARKED {
  if (satisfied()) return read();
  const source = sourceOf(t, stream.raw);
  if (source === undefined) return read();
  const { file } = source;
  const chunk = new Uint8Array(CHUNK);
  let failure: unknown;
  const flow = (): boolean => {
    while (!satisfied()) {
      if (!file.readable()) return false;
      let count: number;
      try {
        count = file.read(t, chunk);
      } catch (caught) {
        failure = caught;
        return true;
      }
      if (count === 0) return true;
      append(stream, chunk.subarray(0, count));
    }
    return true;
  };
  const finish = (): Value => {
    if (failure !== undefined) throw failure;
    return read();
  };
  if (flow()) return finish();
  t.parked = waitUntil('read', source.limit, flow, finish);
  return PARKED;
}
