/**
 * Tries every interleaving of a few logical threads, up to a bound on preemptions: a tool of the tests.
 *
 * A thread is an ordinary synchronous function over `AtomicOps`. The explorer runs it until its next operation, where the double throws; to go on,
 * the operation is done on the shared memory, its result is added to the thread's log, and the function runs again from the start with the logged
 * results. So production code is explored as it stands.
 *
 *   state = shared memory + one log per thread + who waits    edge = one operation of one thread (or its time-out, or its death)
 *
 * INV-1: a thread is a function of its log: all its state is made inside the function, and whatever it shares it reads through the operations.
 *   Plain writes are repeated when it runs again, so they may go only to memory that no other thread changes (a chunk of one's own).
 * INV-2: two states with equal memory, logs and waiters have the same future; the second is not explored again.
 */
import type { AtomicOps, WaitResult } from './atomics.ts';

/** A logical thread; `memory` is shared, all else is its own. Throwing fails the exploration. */
export type ThreadBody = (ops: AtomicOps, memory: Int32Array) => void;

/** A bug planted for the test of the test. */
export type Mutant = 'none' | 'drop-notify' | 'blind-wait' | 'torn-updates';

/** What to explore. */
export interface Exploration {
  readonly memoryWords: number;
  readonly setup?: (memory: Int32Array) => void;
  readonly threads: readonly ThreadBody[];
  /** Checks the memory after every complete run; throws on failure. */
  readonly finish?: (memory: Int32Array) => void;
  /** Switches away from a thread that could go on (default 2). A time-out that nothing forces counts as one. */
  readonly preemptions?: number;
  /** Thread `thread` may die before any of its operations; `reaper` runs afterwards, as the supervisor does. */
  readonly death?: { readonly thread: number; readonly reaper: ThreadBody };
  readonly mutant?: Mutant;
  /** Operations of one run, beyond which it counts as endless (default 500). */
  readonly maxSteps?: number;
}

/** The outcome. */
export interface Verdict {
  readonly ok: boolean;
  /** Different states reached. */
  readonly states: number;
  /** Complete runs. */
  readonly runs: number;
  readonly failure?: { readonly kind: 'deadlock' | 'failed' | 'endless'; readonly message: string; readonly trace: readonly string[] };
}

type Result = number | WaitResult | Int32Array | undefined;

interface Operation {
  readonly name: string;
  /** Index into the memory, -1 for none. */
  readonly at: number;
  /** Whether spinning threads should look again afterwards. */
  readonly writes: boolean;
  perform(memory: Int32Array): Result;
  readonly wait?: { readonly expected: number; readonly timed: boolean };
  readonly notify?: number;
  readonly spin?: boolean;
}

type Status =
  | { readonly kind: 'ready'; readonly next: Operation }
  | { readonly kind: 'asleep'; readonly at: number; readonly timed: boolean; readonly order: number }
  | { readonly kind: 'spinning' }
  | { readonly kind: 'idle' | 'done' | 'dead' };

interface Logical {
  readonly log: readonly Result[];
  readonly status: Status;
  /** Writes that had happened when the thread last did an operation: it spins only while there are no newer ones. */
  readonly seen: number;
}

interface State {
  readonly memory: Int32Array;
  readonly threads: readonly Logical[];
  readonly current: number;
  readonly preemptions: number;
  readonly steps: number;
  readonly writes: number;
  readonly deathUsed: boolean;
  readonly trace: Trace | null;
}

interface Trace {
  readonly text: string;
  readonly before: Trace | null;
}

class Suspended extends Error {}
class Found extends Error {
  readonly failure: NonNullable<Verdict['failure']>;
  constructor(failure: NonNullable<Verdict['failure']>) {
    super(failure.message);
    this.failure = failure;
  }
}

const SUSPENDED = new Suspended('suspended');

/** The double: `step` gives the logged result of an operation or throws. */
function doubleOf(step: (operation: Operation) => Result, mutant: Mutant): AtomicOps {
  const at = (words: Int32Array, index: number): number => words.byteOffset / 4 + index;
  const number = (operation: Operation): number => step(operation) as number;
  const load = (words: Int32Array, index: number): number => number({ name: 'load', at: at(words, index), writes: false, perform: (memory) => memory[at(words, index)]! });
  const store = (words: Int32Array, index: number, value: number): void => {
    step({ name: `store ${value}`, at: at(words, index), writes: true, perform: (memory) => void (memory[at(words, index)] = value) });
  };
  const update = (name: string, words: Int32Array, index: number, change: (old: number) => number): number => {
    if (mutant === 'torn-updates') {
      const old = load(words, index);
      if (change(old) !== old) store(words, index, change(old));
      return old;
    }
    return number({
      name, at: at(words, index), writes: true,
      perform: (memory) => {
        const old = memory[at(words, index)]!;
        memory[at(words, index)] = change(old);
        return old;
      },
    });
  };
  return {
    load, store,
    add: (words, index, value) => update(`add ${value}`, words, index, (old) => old + value),
    sub: (words, index, value) => update(`sub ${value}`, words, index, (old) => old - value),
    and: (words, index, value) => update(`and ${value}`, words, index, (old) => old & value),
    or: (words, index, value) => update(`or ${value}`, words, index, (old) => old | value),
    exchange: (words, index, value) => update(`exchange ${value}`, words, index, () => value),
    compareExchange: (words, index, expected, value) => update(`cas ${expected}→${value}`, words, index, (old) => (old === expected ? value : old)),
    wait: (words, index, expected, timeout) =>
      step({ name: `wait ${expected}`, at: at(words, index), writes: false, wait: { expected, timed: timeout !== Infinity }, perform: () => undefined }) as WaitResult,
    notify: (words, index, count) => number({ name: 'notify', at: at(words, index), writes: false, notify: count, perform: () => 0 }),
    pause: () => void step({ name: 'pause', at: -1, writes: false, spin: true, perform: () => undefined }),
    readBlock: (words, index, length) => (step({ name: 'read', at: at(words, index), writes: false, perform: (memory) => memory.slice(at(words, index), at(words, index) + length) }) as Int32Array).slice(),
    writeBlock: (words, index, values) => {
      const copy = values.slice();
      step({ name: 'write', at: at(words, index), writes: true, perform: (memory) => void memory.set(copy, at(words, index)) });
    },
    now: () => 0,
  };
}

class Explorer {
  readonly #exploration: Exploration;
  readonly #bodies: readonly ThreadBody[];
  readonly #shared: Int32Array;
  readonly #visited = new Set<string>();
  readonly #maxSteps: number;
  #order = 0;
  states = 0;
  runs = 0;

  constructor(exploration: Exploration) {
    this.#exploration = exploration;
    this.#bodies = exploration.death === undefined ? exploration.threads : [...exploration.threads, exploration.death.reaper];
    this.#shared = new Int32Array(new SharedArrayBuffer(exploration.memoryWords * 4));
    this.#maxSteps = exploration.maxSteps ?? 500;
  }

  run(): void {
    this.#exploration.setup?.(this.#shared);
    const memory = this.#shared.slice();
    const threads = this.#bodies.map((_, i): Logical => (i < this.#exploration.threads.length ? { log: [], status: this.#advance(i, [], null), seen: 0 } : { log: [], status: { kind: 'idle' }, seen: 0 }));
    const stack: State[] = [{ memory, threads, current: 0, preemptions: this.#exploration.preemptions ?? 2, steps: 0, writes: 0, deathUsed: false, trace: null }];
    for (let state = stack.pop(); state !== undefined; state = stack.pop()) this.#expand(state, stack);
  }

  /** Runs a thread to its next operation. */
  #advance(thread: number, log: readonly Result[], trace: Trace | null): Status {
    let position = 0;
    let pending: Operation | null = null;
    const step = (operation: Operation): Result => {
      // After the throw the thread unwinds; what it tries on its way (finally) must not count.
      if (pending !== null) throw SUSPENDED;
      if (position < log.length) return log[position++];
      pending = operation;
      throw SUSPENDED;
    };
    try {
      this.#bodies[thread]!(doubleOf(step, this.#exploration.mutant ?? 'none'), this.#shared);
    } catch (caught) {
      if (pending === null) throw new Found({ kind: 'failed', message: caught instanceof Error ? `${caught.name}: ${caught.message}` : String(caught), trace: listOf(trace) });
    }
    return pending === null ? { kind: 'done' } : { kind: 'ready', next: pending };
  }

  #expand(state: State, stack: State[]): void {
    const key = keyOf(state);
    if (this.#visited.has(key)) return;
    this.#visited.add(key);
    this.states++;
    if (state.steps > this.#maxSteps) throw new Found({ kind: 'endless', message: `no end after ${state.steps} operations`, trace: listOf(state.trace) });
    const ready = state.threads.flatMap((thread, i) => (thread.status.kind === 'ready' ? [i] : []));
    const mayContinue = ready.includes(state.current);
    for (const i of ready) {
      const price = mayContinue && i !== state.current ? 1 : 0;
      if (price <= state.preemptions) stack.push(this.#step(state, i, price));
    }
    const sleepers = state.threads.flatMap((thread, i) => (thread.status.kind === 'asleep' && thread.status.timed ? [i] : []));
    const timeoutPrice = ready.length > 0 ? 1 : 0;
    if (timeoutPrice <= state.preemptions) for (const i of sleepers) stack.push(this.#wake(state, i, 'timed-out', timeoutPrice));
    this.#mayDie(state, stack);
    if (ready.length === 0 && sleepers.length === 0) this.#complete(state);
  }

  #mayDie(state: State, stack: State[]): void {
    const death = this.#exploration.death;
    if (death === undefined || state.deathUsed) return;
    const { status } = state.threads[death.thread]!;
    if (status.kind === 'done' || status.kind === 'dead') return;
    this.#shared.set(state.memory);
    const trace = { text: `thread ${death.thread}: dies`, before: state.trace };
    const reaper = this.#bodies.length - 1;
    const threads = state.threads.map((thread, i): Logical => {
      if (i === death.thread) return { ...thread, status: { kind: 'dead' } };
      return i === reaper ? { log: [], status: this.#advance(reaper, [], trace), seen: state.writes } : thread;
    });
    stack.push({ ...state, threads, deathUsed: true, steps: state.steps + 1, trace });
  }

  #complete(state: State): void {
    const stuck = state.threads.flatMap((thread, i) => (thread.status.kind === 'asleep' || thread.status.kind === 'spinning' ? [i] : []));
    if (stuck.length > 0) throw new Found({ kind: 'deadlock', message: `threads ${stuck.join(', ')} wait for ever`, trace: listOf(state.trace) });
    this.runs++;
    try {
      this.#exploration.finish?.(state.memory);
    } catch (caught) {
      throw new Found({ kind: 'failed', message: String(caught), trace: listOf(state.trace) });
    }
  }

  #step(state: State, i: number, price: number): State {
    const { log, status, seen } = state.threads[i]!;
    const operation = (status as { next: Operation }).next;
    const trace = { text: `thread ${i}: ${operation.name} @${operation.at}`, before: state.trace };
    const after: State = { ...state, current: i, preemptions: state.preemptions - price, steps: state.steps + 1, trace };
    if (operation.wait !== undefined) {
      const blind = this.#exploration.mutant === 'blind-wait';
      if (!blind && state.memory[operation.at] !== operation.wait.expected) return this.#resume(after, i, [...log, 'not-equal']);
      return replace(after, i, { log, status: { kind: 'asleep', at: operation.at, timed: operation.wait.timed, order: this.#order++ }, seen });
    }
    if (operation.spin === true) {
      if (seen !== state.writes) return this.#resume(after, i, [...log, undefined]);
      return replace(after, i, { log, status: { kind: 'spinning' }, seen });
    }
    if (operation.notify !== undefined) return this.#notify(after, i, operation.at, operation.notify);
    this.#shared.set(state.memory);
    const result = operation.perform(this.#shared);
    const resumed = this.#resumeHere(operation.writes ? { ...after, writes: state.writes + 1 } : after, i, [...log, result]);
    return operation.writes ? this.#unspin(resumed, i) : resumed;
  }

  #notify(state: State, i: number, at: number, count: number): State {
    const { log } = state.threads[i]!;
    const asleep = state.threads.flatMap((thread, other) => (thread.status.kind === 'asleep' && thread.status.at === at ? [{ other, order: thread.status.order }] : []));
    const woken = this.#exploration.mutant === 'drop-notify' ? [] : asleep.sort((a, b) => a.order - b.order).slice(0, count);
    let after = this.#resume(state, i, [...log, woken.length]);
    for (const { other } of woken) after = this.#resume(after, other, [...after.threads[other]!.log, 'ok']);
    return after;
  }

  #wake(state: State, i: number, result: WaitResult, price: number): State {
    const trace = { text: `thread ${i}: ${result}`, before: state.trace };
    return this.#resume({ ...state, preemptions: state.preemptions - price, steps: state.steps + 1, trace }, i, [...state.threads[i]!.log, result]);
  }

  /** Lets spinning threads look again, as memory has changed. */
  #unspin(state: State, except: number): State {
    let after = state;
    state.threads.forEach((thread, i) => {
      if (i !== except && thread.status.kind === 'spinning') after = this.#resume(after, i, [...thread.log, undefined]);
    });
    return after;
  }

  #resume(state: State, i: number, log: readonly Result[]): State {
    this.#shared.set(state.memory);
    return this.#resumeHere(state, i, log);
  }

  /** The shared memory holds the state's memory, with the thread's operation done. */
  #resumeHere(state: State, i: number, log: readonly Result[]): State {
    const status = this.#advance(i, log, state.trace);
    return { ...replace(state, i, { log, status, seen: state.writes }), memory: this.#shared.slice() };
  }
}

function replace(state: State, i: number, thread: Logical): State {
  return { ...state, threads: state.threads.map((old, other) => (other === i ? thread : old)) };
}

function keyOf(state: State): string {
  const sleepers = state.threads
    .flatMap((thread, i) => (thread.status.kind === 'asleep' ? [{ i, order: thread.status.order }] : []))
    .sort((a, b) => a.order - b.order)
    .map(({ i }) => i);
  const threads = state.threads.map((thread) => `${thread.status.kind}${state.writes - thread.seen === 0}:${thread.log.join(',')}`);
  return `${state.current}/${state.preemptions}/${state.deathUsed}/${sleepers.join()}/${threads.join('|')}/${state.memory.join()}`;
}

function listOf(trace: Trace | null): string[] {
  const lines: string[] = [];
  for (let line = trace; line !== null; line = line.before) lines.push(line.text);
  return lines.reverse();
}

/** Explores; the first failure ends the search. */
export function explore(exploration: Exploration): Verdict {
  const explorer = new Explorer(exploration);
  try {
    explorer.run();
    return { ok: true, states: explorer.states, runs: explorer.runs };
  } catch (caught) {
    if (!(caught instanceof Found)) throw caught;
    return { ok: false, states: explorer.states, runs: explorer.runs, failure: caught.failure };
  }
}
