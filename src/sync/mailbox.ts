/**
 * A mailbox in shared memory: many senders, one receiver, records of any size up to the ring's.
 *
 *   [lock, head, tail, bell, asleep, space | ring: length kind sender payload...  length kind ...]
 *
 * `head` and `tail` count words and wrap at 2^32; the ring's size is a power of two, and records wrap around its end.
 * INV-1: words between `tail` and `head` are whole records. A sender writes beyond `head`, under the lock, then moves `head` with one store:
 * a sender that dies anywhere leaves the ring good, so its lock is simply freed (`releaseDead`), and its unfinished record never was.
 * INV-2: only the receiver writes `tail` and `asleep`.
 * Memory order: the store of `head` publishes the record; the receiver's load of `head` acquires it. The store of `tail` gives room back.
 */
import { Deadline, REAL_ATOMICS, type AtomicOps } from './atomics.ts';
import { Mutex } from './mutex.ts';

const LOCK = 0;
const HEAD = 1;
const TAIL = 2;
const BELL = 3;
const ASLEEP = 4;
const SPACE = 5;
const RING = 6;
const RECORD_HEADER = 3;

/** One message. */
export interface Message {
  readonly kind: number;
  /** Owner id of the sender. */
  readonly sender: number;
  /** The receiver owns it. */
  readonly payload: Uint8Array;
}

/** The message can never fit. */
export class MessageTooLarge extends Error {
  override readonly name = 'MessageTooLarge';
}

/** Words for a mailbox whose ring has `ringWords` words (a power of two). */
export function mailboxWords(ringWords: number): number {
  return RING + ringWords;
}

/** A mailbox on `words` from `index`, all zero at first. */
export class Mailbox {
  readonly #words: Int32Array;
  readonly #base: number;
  readonly #size: number;
  readonly #ops: AtomicOps;
  readonly #lock: Mutex;

  constructor(words: Int32Array, index: number, ringWords: number, ops: AtomicOps = REAL_ATOMICS) {
    if (ringWords <= RECORD_HEADER || (ringWords & (ringWords - 1)) !== 0) throw new RangeError('the ring must be a power of two');
    this.#words = words;
    this.#base = index;
    this.#size = ringWords;
    this.#ops = ops;
    this.#lock = new Mutex(words, index + LOCK, ops);
  }

  /**
   * Sends a message; waits while the ring is full, false after `timeout` milliseconds (0: fail at once).
   * Throws `MessageTooLarge` when it can never fit.
   */
  send(sender: number, kind: number, payload: Uint8Array, timeout = Infinity): boolean {
    const need = RECORD_HEADER + ((payload.length + 3) >> 2);
    if (need > this.#size) throw new MessageTooLarge(`${payload.length} bytes into a ring of ${this.#size * 4}`);
    const ops = this.#ops;
    const deadline = new Deadline(ops, timeout);
    for (;;) {
      if (!this.#lock.lock(sender, timeout === Infinity ? Infinity : Math.max(deadline.left(), 1))) return false;
      // Read before the look at the room: a receiver that makes room afterwards changes it, and the wait below returns at once.
      const space = ops.load(this.#words, this.#base + SPACE);
      const head = ops.load(this.#words, this.#base + HEAD);
      const used = (head - ops.load(this.#words, this.#base + TAIL)) >>> 0;
      if (this.#size - used >= need) {
        this.#write(head, record(sender, kind, payload));
        ops.store(this.#words, this.#base + HEAD, (head + need) | 0);
        this.#lock.unlock(sender);
        this.ring();
        return true;
      }
      this.#lock.unlock(sender);
      const left = deadline.left();
      if (left === 0) return false;
      ops.wait(this.#words, this.#base + SPACE, space, left);
    }
  }

  /** Wakes the receiver without a message, e.g. after setting a breaker bit. */
  ring(): void {
    const ops = this.#ops;
    // The bell first, then the look: the receiver says that it sleeps before it reads the bell.
    ops.add(this.#words, this.#base + BELL, 1);
    if (ops.load(this.#words, this.#base + ASLEEP) !== 0) ops.notify(this.#words, this.#base + BELL, 1);
  }

  /** The next message, or undefined when there is none. Receiver only. */
  poll(): Message | undefined {
    const ops = this.#ops;
    const tail = ops.load(this.#words, this.#base + TAIL);
    if (tail === ops.load(this.#words, this.#base + HEAD)) return undefined;
    const [length, kind, sender] = this.#read(tail, RECORD_HEADER) as unknown as [number, number, number];
    const payloadWords = (length + 3) >> 2;
    const payload = new Uint8Array(this.#read(tail + RECORD_HEADER, payloadWords).buffer, 0, length);
    ops.store(this.#words, this.#base + TAIL, (tail + RECORD_HEADER + payloadWords) | 0);
    ops.add(this.#words, this.#base + SPACE, 1);
    ops.notify(this.#words, this.#base + SPACE, Infinity);
    return { kind, sender, payload };
  }

  /** Waits for a message; undefined after `timeout` milliseconds. Receiver only. */
  receive(timeout = Infinity): Message | undefined {
    const deadline = new Deadline(this.#ops, timeout);
    for (;;) {
      const message = this.poll();
      if (message !== undefined) return message;
      const left = deadline.left();
      if (left === 0) return undefined;
      this.waitForBell(left, () => false);
    }
  }

  /** Sleeps until the bell rings, unless there is a message or `awake()` holds. `awake` is asked after the receiver has said that it sleeps. */
  waitForBell(timeout: number, awake: () => boolean): void {
    const ops = this.#ops;
    ops.store(this.#words, this.#base + ASLEEP, 1);
    // Said first, then the bell is read, then the reasons looked at: whoever makes a reason later rings this very bell.
    const bell = ops.load(this.#words, this.#base + BELL);
    const empty = ops.load(this.#words, this.#base + HEAD) === ops.load(this.#words, this.#base + TAIL);
    if (empty && !awake()) ops.wait(this.#words, this.#base + BELL, bell, timeout);
    ops.store(this.#words, this.#base + ASLEEP, 0);
  }

  /** For the supervisor after the death of a sender. */
  releaseDead(dead: number): void {
    this.#lock.recoverDead(dead);
    this.#ops.notify(this.#words, this.#base + SPACE, Infinity);
    this.ring();
  }

  #write(at: number, values: Int32Array): void {
    const start = at & (this.#size - 1);
    const first = Math.min(values.length, this.#size - start);
    this.#ops.writeBlock(this.#words, this.#base + RING + start, values.subarray(0, first));
    if (first < values.length) this.#ops.writeBlock(this.#words, this.#base + RING, values.subarray(first));
  }

  #read(at: number, length: number): Int32Array {
    const result = new Int32Array(length);
    const start = at & (this.#size - 1);
    const first = Math.min(length, this.#size - start);
    result.set(this.#ops.readBlock(this.#words, this.#base + RING + start, first));
    if (first < length) result.set(this.#ops.readBlock(this.#words, this.#base + RING, length - first), first);
    return result;
  }
}

function record(sender: number, kind: number, payload: Uint8Array): Int32Array {
  const words = new Int32Array(RECORD_HEADER + ((payload.length + 3) >> 2));
  words[0] = payload.length;
  words[1] = kind;
  words[2] = sender;
  new Uint8Array(words.buffer).set(payload, RECORD_HEADER * 4);
  return words;
}
