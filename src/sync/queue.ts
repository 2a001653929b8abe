/**
 * Queues of small records between interpreters: many producers, many consumers, bounded or not, robust against the death of any of them.
 *
 *   pool:  [lock, free, nodes...]   node: [next, word 0, word 1, word 2]   (`next` is a node's number + 1, 0 for none)
 *   queue: [lock, state, limit, count, first, last, put sequence, get sequence, getters, putters]
 *
 * All queues take their nodes from one pool.
 * INV-1: with the lock free, `first` → ... → `last` is the list of records and `count` its length.
 * INV-2: under the lock, a record is linked by one store (of `next` or `first`) and unlinked by one (of `first`), so `repair` can always
 * compute `last` and `count` anew from `first`. A death between taking a node and linking it loses that node, nothing else.
 * INV-3: locks are taken in the order queue, pool.
 * Memory order: the locks order everything; the sequences are sequentially consistent.
 */
import { Deadline, REAL_ATOMICS, type AtomicOps } from './atomics.ts';
import { Mutex } from './mutex.ts';

const NODE_WORDS = 4;
/** Words of one record. */
export const RECORD_WORDS = 3;

const POOL_LOCK = 0;
const POOL_FREE = 1;
const POOL_NODES = 2;

/** Words of a pool of `nodes` records. */
export function poolWords(nodes: number): number {
  return POOL_NODES + nodes * NODE_WORDS;
}

/** The records of all queues; `initialise` once, before any use. */
export class RecordPool {
  readonly words: Int32Array;
  readonly index: number;
  readonly #nodes: number;
  readonly #ops: AtomicOps;
  readonly #lock: Mutex;

  constructor(words: Int32Array, index: number, nodes: number, ops: AtomicOps = REAL_ATOMICS) {
    this.words = words;
    this.index = index;
    this.#nodes = nodes;
    this.#ops = ops;
    this.#lock = new Mutex(words, index + POOL_LOCK, ops);
  }

  /** Links all nodes into the free list. */
  initialise(): void {
    for (let node = 0; node < this.#nodes; node++) this.#ops.store(this.words, this.nextOf(node + 1), node + 1 < this.#nodes ? node + 2 : 0);
    this.#ops.store(this.words, this.index + POOL_FREE, this.#nodes === 0 ? 0 : 1);
  }

  /** Index of the `next` word of a node; the record follows it. */
  nextOf(node: number): number {
    return this.index + POOL_NODES + (node - 1) * NODE_WORDS;
  }

  /** A free node, or 0. */
  take(owner: number): number {
    this.#lock.lock(owner);
    const node = this.#ops.load(this.words, this.index + POOL_FREE);
    if (node !== 0) this.#ops.store(this.words, this.index + POOL_FREE, this.#ops.load(this.words, this.nextOf(node)));
    this.#lock.unlock(owner);
    return node;
  }

  give(owner: number, node: number): void {
    this.#lock.lock(owner);
    this.#ops.store(this.words, this.nextOf(node), this.#ops.load(this.words, this.index + POOL_FREE));
    this.#ops.store(this.words, this.index + POOL_FREE, node);
    this.#lock.unlock(owner);
  }

  /** The free list is good at every moment (both changes are one store), so the lock is simply freed. */
  releaseDead(dead: number): void {
    this.#lock.recoverDead(dead);
  }
}

const LOCK = 0;
const STATE = 1;
const LIMIT = 2;
const COUNT = 3;
const FIRST = 4;
const LAST = 5;
const PUT_SEQUENCE = 6;
const GET_SEQUENCE = 7;
const GETTERS = 8;
const PUTTERS = 9;
/** Words of a queue. */
export const QUEUE_WORDS = 10;

const OPEN = 1;
const CLOSED = 2;

/** Why an operation did not do its work. */
export type QueueFailure = 'full' | 'empty' | 'closed' | 'no-memory';

/** A queue on `words` from `index`. */
export class SharedQueue {
  readonly #words: Int32Array;
  readonly #base: number;
  readonly #pool: RecordPool;
  readonly #ops: AtomicOps;
  readonly #lock: Mutex;

  constructor(words: Int32Array, index: number, pool: RecordPool, ops: AtomicOps = REAL_ATOMICS) {
    this.#words = words;
    this.#base = index;
    this.#pool = pool;
    this.#ops = ops;
    this.#lock = new Mutex(words, index + LOCK, ops);
  }

  /** Opens a queue on words that are zero; `limit` 0 is unbounded. */
  open(limit: number): void {
    this.#set(LIMIT, limit);
    this.#set(STATE, OPEN);
  }

  /** Puts a record; waits while the queue is full. `timeout` 0 fails at once. */
  put(owner: number, record: Int32Array, timeout = Infinity): 'done' | QueueFailure {
    const deadline = new Deadline(this.#ops, timeout);
    for (;;) {
      this.#lock.lock(owner);
      const failure = this.#append(owner, record);
      // Read under the lock: whoever makes room later moves it, and the wait below returns at once.
      const sequence = this.#get(GET_SEQUENCE);
      if (failure !== 'full') {
        if (failure === 'done') this.#ops.add(this.#words, this.#base + PUT_SEQUENCE, 1);
        this.#lock.unlock(owner);
        if (failure === 'done' && this.#get(GETTERS) > 0) this.#ops.notify(this.#words, this.#base + PUT_SEQUENCE, 1);
        return failure;
      }
      this.#lock.unlock(owner);
      if (!this.#sleep(PUTTERS, GET_SEQUENCE, sequence, deadline.left())) return 'full';
    }
  }

  /** Takes the oldest record; waits while the queue is empty. A closed queue gives what it has, then 'closed'. */
  get(owner: number, timeout = Infinity): Int32Array | QueueFailure {
    const deadline = new Deadline(this.#ops, timeout);
    for (;;) {
      this.#lock.lock(owner);
      const record = this.#remove(owner);
      const sequence = this.#get(PUT_SEQUENCE);
      if (record !== 'empty') {
        this.#ops.add(this.#words, this.#base + GET_SEQUENCE, 1);
        this.#lock.unlock(owner);
        if (this.#get(PUTTERS) > 0) this.#ops.notify(this.#words, this.#base + GET_SEQUENCE, 1);
        return record;
      }
      this.#lock.unlock(owner);
      if (!this.#sleep(GETTERS, PUT_SEQUENCE, sequence, deadline.left())) return 'empty';
    }
  }

  #sleep(counter: number, sequence: number, seen: number, left: number): boolean {
    if (left === 0) return false;
    this.#ops.add(this.#words, this.#base + counter, 1);
    this.#ops.wait(this.#words, this.#base + sequence, seen, left);
    this.#ops.sub(this.#words, this.#base + counter, 1);
    return true;
  }

  #append(owner: number, record: Int32Array): 'done' | QueueFailure {
    if (this.#get(STATE) !== OPEN) return 'closed';
    const count = this.#get(COUNT);
    const limit = this.#get(LIMIT);
    if (limit > 0 && count >= limit) return 'full';
    const node = this.#pool.take(owner);
    if (node === 0) return 'no-memory';
    const next = this.#pool.nextOf(node);
    this.#ops.writeBlock(this.#pool.words, next + 1, record);
    this.#ops.store(this.#pool.words, next, 0);
    // The record is whole before this one store links it (INV-2).
    if (count === 0) this.#set(FIRST, node);
    else this.#ops.store(this.#pool.words, this.#pool.nextOf(this.#get(LAST)), node);
    this.#set(LAST, node);
    this.#set(COUNT, count + 1);
    return 'done';
  }

  #remove(owner: number): Int32Array | 'empty' | 'closed' {
    const node = this.#get(FIRST);
    if (node === 0) return this.#get(STATE) === OPEN ? 'empty' : 'closed';
    const next = this.#pool.nextOf(node);
    const record = this.#ops.readBlock(this.#pool.words, next + 1, RECORD_WORDS);
    this.#set(FIRST, this.#ops.load(this.#pool.words, next));
    this.#set(COUNT, this.#get(COUNT) - 1);
    this.#pool.give(owner, node);
    return record;
  }

  /** Records in the queue; may be old when it is returned. */
  size(): number {
    return this.#get(COUNT);
  }

  /** The limit, 0 for none. */
  limit(): number {
    return this.#get(LIMIT);
  }

  isOpen(): boolean {
    return this.#get(STATE) === OPEN;
  }

  /** Refuses further records and wakes everybody. */
  close(): void {
    this.#set(STATE, CLOSED);
    this.#wakeAll();
  }

  /** For the supervisor after the death of `dead`: repairs the list if `dead` held the lock, and wakes everybody. The pool's own `releaseDead` comes first. */
  releaseDead(dead: number): void {
    if (this.#lock.holder() === dead) this.#repair();
    this.#lock.recoverDead(dead);
    this.#wakeAll();
  }

  #repair(): void {
    let count = 0;
    let last = 0;
    for (let node = this.#get(FIRST); node !== 0; node = this.#ops.load(this.#pool.words, this.#pool.nextOf(node))) {
      count++;
      last = node;
    }
    this.#set(LAST, last);
    this.#set(COUNT, count);
  }

  #wakeAll(): void {
    for (const sequence of [PUT_SEQUENCE, GET_SEQUENCE]) {
      this.#ops.add(this.#words, this.#base + sequence, 1);
      this.#ops.notify(this.#words, this.#base + sequence, Infinity);
    }
  }

  #get(field: number): number {
    return this.#ops.load(this.#words, this.#base + field);
  }

  #set(field: number, value: number): void {
    this.#ops.store(this.#words, this.#base + field, value);
  }
}
