/** Every lock and queue of this folder, in every interleaving up to the preemption bound, and with planted bugs that must be found. */
import { describe, expect, it } from 'vitest';
import type { AtomicOps } from './atomics.ts';
import { Barrier, Condition, Once } from './condition.ts';
import { explore, type Exploration, type Mutant, type ThreadBody } from './explorer.ts';
import { Gil, GIL_STATS_LENGTH } from './gil.ts';
import { Mailbox } from './mailbox.ts';
import { Mutex, SpinLock } from './mutex.ts';
import { LockPoisoned } from './owner.ts';
import { QUEUE_WORDS, RecordPool, SharedQueue, poolWords } from './queue.ts';
import { Event, Semaphore } from './semaphore.ts';

function must(condition: boolean, what: string): void {
  if (!condition) throw new Error(what);
}

function passes(exploration: Exploration): void {
  const verdict = explore(exploration);
  expect(verdict.failure, verdict.failure?.trace.join('\n')).toBeUndefined();
  expect(verdict.runs).toBeGreaterThan(0);
}

function finds(exploration: Exploration, mutant: Mutant): void {
  expect(explore({ ...exploration, mutant }).ok).toBe(false);
}

/** Reads, then writes: loses an update unless the caller excludes others. */
function bump(ops: AtomicOps, memory: Int32Array, index: number): void {
  ops.store(memory, index, ops.load(memory, index) + 1);
}

const COUNTER = 8;

function counting(lock: (ops: AtomicOps, memory: Int32Array, owner: number) => { enter(): void; leave(): void }, threads: number): Exploration {
  const body = (owner: number): ThreadBody => (ops, memory) => {
    const section = lock(ops, memory, owner);
    section.enter();
    bump(ops, memory, COUNTER);
    section.leave();
  };
  return {
    memoryWords: 16, threads: Array.from({ length: threads }, (_, i) => body(i + 1)),
    finish: (memory) => must(memory[COUNTER] === threads, `lost update: ${memory[COUNTER]}`),
  };
}

describe('the explorer', () => {
  it('finds a lost update', () => {
    const verdict = explore({ ...counting(() => ({ enter: () => {}, leave: () => {} }), 2) });
    expect(verdict.failure?.message).toContain('lost update');
  });
  it('finds a deadlock', () => {
    const both = (first: number, second: number, owner: number): ThreadBody => (ops, memory) => {
      new Mutex(memory, first, ops).lock(owner);
      new Mutex(memory, second, ops).lock(owner);
    };
    expect(explore({ memoryWords: 2, threads: [both(0, 1, 1), both(1, 0, 2)] }).failure?.kind).toBe('deadlock');
  });
});

describe('Mutex', () => {
  const mutex = (ops: AtomicOps, memory: Int32Array, owner: number) => {
    const lock = new Mutex(memory, 0, ops);
    return { enter: () => void lock.lock(owner), leave: () => lock.unlock(owner) };
  };
  it('excludes and loses no wake-up, two threads', () => passes({ ...counting(mutex, 2), preemptions: 4 }));
  it('excludes and loses no wake-up, three threads', () => passes({ ...counting(mutex, 3), preemptions: 2 }));
  it.each<Mutant>(['drop-notify', 'torn-updates', 'blind-wait'])('is caught with %s', (mutant) => finds({ ...counting(mutex, 2), preemptions: 3 }, mutant));

  it('names a dead owner to its waiters, and nobody hangs', () => {
    const waiter: ThreadBody = (ops, memory) => {
      const lock = new Mutex(memory, 0, ops);
      try {
        lock.lock(2);
      } catch (caught) {
        if (!(caught instanceof LockPoisoned)) throw caught;
        must(caught.owner === 1, 'names the owner');
        return;
      }
      lock.unlock(2);
    };
    const dying: ThreadBody = (ops, memory) => {
      const lock = new Mutex(memory, 0, ops);
      try {
        lock.lock(1);
      } catch (caught) {
        must(!(caught instanceof LockPoisoned), 'only the dead poison');
        throw caught;
      }
      lock.unlock(1);
    };
    const reaper: ThreadBody = (ops, memory) => void new Mutex(memory, 0, ops).releaseDead(1);
    passes({ memoryWords: 2, threads: [dying, waiter], death: { thread: 0, reaper }, preemptions: 3 });
    expect(explore({ memoryWords: 2, threads: [dying, waiter], death: { thread: 0, reaper: () => {} }, preemptions: 3 }).failure?.kind).toBe('deadlock');
  });
});

describe('SpinLock', () => {
  const spin = (ops: AtomicOps, memory: Int32Array, owner: number) => {
    const lock = new SpinLock(memory, 0, ops);
    return { enter: () => lock.lock(owner), leave: () => lock.unlock(owner) };
  };
  it('excludes', () => passes({ ...counting(spin, 2), preemptions: 3 }));
  it('is caught with torn-updates', () => finds(counting(spin, 2), 'torn-updates'));
});

describe('Semaphore', () => {
  const semaphore = (ops: AtomicOps, memory: Int32Array) => {
    const permits = new Semaphore(memory, 0, ops);
    return { enter: () => void permits.acquire(), leave: () => permits.release() };
  };
  const exploration: Exploration = { ...counting(semaphore, 2), setup: (memory) => void (memory[0] = 1), preemptions: 3 };
  it('gives each permit to one thread', () => passes(exploration));
  it('serves three threads', () => passes({ ...counting(semaphore, 3), setup: (memory) => void (memory[0] = 1), preemptions: 2 }));
  it.each<Mutant>(['drop-notify', 'torn-updates', 'blind-wait'])('is caught with %s', (mutant) => finds(exploration, mutant));
});

describe('Event', () => {
  const exploration: Exploration = {
    memoryWords: 4, preemptions: 4,
    threads: [(ops, memory) => must(new Event(memory, 0, ops).wait(), 'set'), (ops, memory) => new Event(memory, 0, ops).set()],
  };
  it('wakes its waiters', () => passes(exploration));
  it.each<Mutant>(['drop-notify', 'blind-wait'])('is caught with %s', (mutant) => finds(exploration, mutant));
});

describe('Condition', () => {
  const waiter: ThreadBody = (ops, memory) => {
    const lock = new Mutex(memory, 0, ops);
    const condition = new Condition(memory, 1, ops);
    lock.lock(1);
    while (ops.load(memory, 3) === 0) condition.wait(lock, 1);
    lock.unlock(1);
  };
  const signaller: ThreadBody = (ops, memory) => {
    const lock = new Mutex(memory, 0, ops);
    lock.lock(2);
    ops.store(memory, 3, 1);
    lock.unlock(2);
    new Condition(memory, 1, ops).notify();
  };
  const exploration: Exploration = { memoryWords: 4, threads: [waiter, signaller], preemptions: 3 };
  it('loses no notification', () => passes(exploration));
  it.each<Mutant>(['drop-notify', 'blind-wait'])('is caught with %s', (mutant) => finds(exploration, mutant));
});

describe('Barrier', () => {
  const party: ThreadBody = (ops, memory) => {
    const barrier = new Barrier(memory, 0, 2, ops);
    for (let round = 1; round <= 2; round++) {
      ops.add(memory, 2, 1);
      barrier.wait();
      must(ops.load(memory, 2) >= 2 * round, 'nobody passes before all arrived');
    }
  };
  const exploration: Exploration = { memoryWords: 4, threads: [party, party], preemptions: 3 };
  it('lets all meet, twice', () => passes(exploration));
  it.each<Mutant>(['drop-notify', 'torn-updates', 'blind-wait'])('is caught with %s', (mutant) => finds(exploration, mutant));
});

describe('Once', () => {
  const caller = (owner: number): ThreadBody => (ops, memory) => {
    new Once(memory, 0, ops).call(owner, () => bump(ops, memory, 1));
    must(ops.load(memory, 1) === 1, 'done exactly once, and before the call returns');
  };
  const exploration: Exploration = { memoryWords: 2, threads: [caller(1), caller(2)], preemptions: 3 };
  it('runs the initialiser once', () => passes(exploration));
  it.each<Mutant>(['drop-notify', 'torn-updates', 'blind-wait'])('is caught with %s', (mutant) => finds(exploration, mutant));
  it('passes the work on when its owner dies', () => {
    const other: ThreadBody = (ops, memory) => {
      new Once(memory, 0, ops).call(2, () => ops.store(memory, 1, 1));
      must(ops.load(memory, 1) === 1, 'done');
    };
    const dying: ThreadBody = (ops, memory) => new Once(memory, 0, ops).call(1, () => ops.store(memory, 1, 1));
    passes({ memoryWords: 2, threads: [dying, other], death: { thread: 0, reaper: (ops, memory) => void new Once(memory, 0, ops).releaseDead(1) }, preemptions: 3 });
  });
});

describe('Mailbox', () => {
  const RING = 8;
  const sender = (owner: number): ThreadBody => (ops, memory) => void new Mailbox(memory, 0, RING, ops).send(owner, owner, Uint8Array.of(owner, owner, owner, owner, owner));
  const receiver = (count: number): ThreadBody => (ops, memory) => {
    const mailbox = new Mailbox(memory, 0, RING, ops);
    for (let i = 0; i < count; i++) {
      const message = mailbox.receive()!;
      must(message.kind === message.sender && message.payload.length === 5 && message.payload.every((byte) => byte === message.sender), 'whole messages');
    }
  };
  // The ring has room for one message: the second sender waits for the receiver.
  const exploration: Exploration = { memoryWords: 16, threads: [sender(1), sender(2), receiver(2)], preemptions: 1 };
  it('brings whole messages, also through a full ring', () => passes(exploration));
  it('brings one message under many preemptions', () => passes({ memoryWords: 16, threads: [sender(1), receiver(1)], preemptions: 3 }));
  it.each<Mutant>(['drop-notify', 'blind-wait', 'torn-updates'])('is caught with %s', (mutant) => finds({ ...exploration, preemptions: 2 }, mutant));
  it('survives the death of a sender at any point', () => {
    const patient: ThreadBody = (ops, memory) => {
      const mailbox = new Mailbox(memory, 0, RING, ops);
      while (mailbox.receive()!.sender !== 2);
    };
    passes({ memoryWords: 16, threads: [sender(1), sender(2), patient], death: { thread: 0, reaper: (ops, memory) => new Mailbox(memory, 0, RING, ops).releaseDead(1) }, preemptions: 1 });
  });
});

describe('SharedQueue', () => {
  const POOL = 2;
  const make = (ops: AtomicOps, memory: Int32Array): SharedQueue => new SharedQueue(memory, poolWords(POOL), new RecordPool(memory, 0, POOL, ops), ops);
  const setup = (memory: Int32Array): void => {
    // The pool's free list and an open queue of one place, written by hand: setup has no operations.
    memory[1] = 1;
    memory[2] = 2;
    memory[poolWords(POOL) + 1] = 1;
    memory[poolWords(POOL) + 2] = 1;
  };
  const putter = (owner: number): ThreadBody => (ops, memory) => must(make(ops, memory).put(owner, Int32Array.of(owner, owner, owner)) === 'done', 'put');
  const getter = (count: number): ThreadBody => (ops, memory) => {
    const queue = make(ops, memory);
    for (let i = 0; i < count; i++) {
      const record = queue.get(9);
      must(typeof record !== 'string' && record[0] === record[2] && record[0] !== 0, 'whole records');
    }
  };
  const memoryWords = poolWords(POOL) + QUEUE_WORDS;
  it('brings every record, one place', () => passes({ memoryWords, setup, threads: [putter(1), putter(2), getter(2)], preemptions: 1 }));
  it('brings one record under many preemptions', () => passes({ memoryWords, setup, threads: [putter(1), getter(1)], preemptions: 3 }));
  it.each<Mutant>(['drop-notify', 'blind-wait', 'torn-updates'])('is caught with %s', (mutant) => finds({ memoryWords, setup, threads: [putter(1), putter(2), getter(2)], preemptions: 2 }, mutant));
  it('survives the death of a putter at any point', () => {
    const patient: ThreadBody = (ops, memory) => {
      const queue = make(ops, memory);
      for (;;) {
        const record = queue.get(9);
        must(typeof record !== 'string' && record[0] === record[2], 'whole records');
        if (typeof record !== 'string' && record[0] === 2) return;
      }
    };
    const reaper: ThreadBody = (ops, memory) => {
      new RecordPool(memory, 0, POOL, ops).releaseDead(1);
      make(ops, memory).releaseDead(1);
    };
    passes({ memoryWords, setup, threads: [putter(1), putter(2), patient], death: { thread: 0, reaper }, preemptions: 1 });
  });
});

describe('Gil', () => {
  const stats = new Float64Array(GIL_STATS_LENGTH);
  const BREAKERS = 4;
  const make = (ops: AtomicOps, memory: Int32Array, deaf = false): Gil =>
    new Gil({ words: memory, index: 0, stats, statsIndex: 0, breakers: { words: memory, indexOf: (owner) => (deaf ? -1 : BREAKERS + owner), dropRequest: 1 } }, ops);
  const gil = (ops: AtomicOps, memory: Int32Array, owner: number) => {
    const lock = make(ops, memory);
    return { enter: () => void lock.take(owner, 5), leave: () => lock.drop(owner, 5) };
  };
  it('excludes and loses no wake-up, two threads', () => passes({ ...counting(gil, 2), preemptions: 3 }));
  it('excludes and loses no wake-up, three threads', () => passes({ ...counting(gil, 3), preemptions: 1 }));
  it.each<Mutant>(['torn-updates'])('is caught with %s', (mutant) => finds({ ...counting(gil, 2), preemptions: 2 }, mutant));

  /** Works until it is asked to drop, takes the lock again, and must then find that the waiter had it. */
  const holder = (deaf: boolean): ThreadBody => (ops, memory) => {
    const lock = make(ops, memory);
    lock.take(1, 5);
    ops.store(memory, 10, 1);
    while (!lock.dropRequested(1)) ops.pause();
    make(ops, memory, deaf).drop(1, 5);
    lock.take(1, 5);
    must(ops.load(memory, 11) === 1, 'forced hand-over');
    lock.drop(1, 5);
  };
  const waiter: ThreadBody = (ops, memory) => {
    const lock = make(ops, memory);
    while (ops.load(memory, 10) === 0) ops.pause();
    lock.take(2, 5);
    ops.store(memory, 11, 1);
    lock.drop(2, 5);
  };
  it('hands over to a waiter before the old holder comes back', () => passes({ memoryWords: 16, threads: [holder(false), waiter], preemptions: 0 }));
  it('does not hand over when the drop is not forced', () => finds({ memoryWords: 16, threads: [holder(true), waiter], preemptions: 0 }, 'none'));

  it('passes on when its holder dies', () => {
    const worker = (owner: number): ThreadBody => (ops, memory) => {
      const lock = make(ops, memory);
      lock.take(owner, 5);
      lock.drop(owner, 5);
    };
    passes({ memoryWords: 16, threads: [worker(1), worker(2)], death: { thread: 0, reaper: (ops, memory) => void make(ops, memory).releaseDead(1) }, preemptions: 2 });
    expect(explore({ memoryWords: 16, threads: [worker(1), worker(2)], death: { thread: 0, reaper: () => {} }, preemptions: 2 }).ok).toBe(false);
  });
});
