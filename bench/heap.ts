/**
 * What the immortal heap buys, below the level of Python: sending, memory, reading, freezing.
 *
 * Units: milliseconds or microseconds as printed; clock: performance.now; medians of `samples`, after one warm-up round; machine and Node version are
 * printed. Run: `node --expose-gc dist/bench/heap.js`.
 */
import { fileURLToPath } from 'node:url';
import { cpus } from 'node:os';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import '../src/objects/bootstrap.ts';
import { HashTable, PyDict, PyList, PyTuple } from '../src/core/containers.ts';
import { Interpreter, Thread, type InterpreterConfig } from '../src/core/thread.ts';
import type { Value } from '../src/core/value.ts';
import { attachHeap, createHeap, type ImmortalHeap } from '../src/heap/heap.ts';
import { HeapReader } from '../src/heap/reader.ts';
import { freezeGraph } from '../src/objects/freeze.ts';
import { tableGetStr, tableSetStr } from '../src/objects/hash-table.ts';
import { linkImmortalHeap } from '../src/objects/immortal-link.ts';
import { newDict, newFloat, newTuple } from '../src/objects/make.ts';
import { DICT_TYPE } from '../src/objects/static-types.ts';
import { thaw } from '../src/objects/thaw.ts';
import { poolWords, QUEUE_WORDS, RecordPool, SharedQueue } from '../src/sync/queue.ts';

const KEYS = 1_000_000;
const TREE_DEPTH = 20;
const ROUNDS = 300;
const POOL_NODES = 64;
const REQUESTS = 0;
const REPLIES = QUEUE_WORDS;
const POOL = 2 * QUEUE_WORDS;

function interpreter(id: number, heap: ImmortalHeap): Thread {
  const made = new Interpreter(id, {} as InterpreterConfig);
  const t = new Thread(made, 1, new Int32Array(1));
  made.mainThread = t;
  made.modules = newDict();
  linkImmortalHeap(made, heap, id);
  return t;
}

function median(samples: number[]): number {
  return samples.sort((a, b) => a - b)[samples.length >> 1]!;
}

function timed<R>(action: () => R): [R, number] {
  const start = performance.now();
  const result = action();
  return [result, performance.now() - start];
}

function collect(): void {
  (globalThis as { gc?: () => void }).gc?.();
}

function report(what: string, figure: string): void {
  process.stdout.write(`${what.padEnd(68)} ${figure}\n`);
}

const ms = (value: number): string => `${value.toFixed(1)} ms`;
const us = (value: number): string => `${(value * 1000).toFixed(1)} µs`;
const mib = (value: number): string => `${(value / 2 ** 20).toFixed(2)} MiB`;

/** A private dict as a program builds it: keys are made, then set. */
function privateDict(): PyDict {
  const dict = new PyDict(DICT_TYPE, new HashTable());
  for (let i = 0; i < KEYS; i++) tableSetStr(dict.table, `key_${i}`, i);
  return dict;
}

/** Keys that the dict's own strings are not: looked up as a program does with strings that it made elsewhere. */
function lookups(dict: PyDict): number {
  let sum = 0;
  for (let i = 0; i < KEYS; i++) sum += tableGetStr(dict.table, `key_${i}`) as number;
  return sum;
}

function walk(dict: PyDict): number {
  const { keys, values } = dict.table;
  let sum = 0;
  for (let i = 0; i < keys.length; i++) sum += (keys[i] as string).length + (values[i] as number);
  return sum;
}

interface Shared {
  readonly heap: SharedArrayBuffer;
  readonly queues: SharedArrayBuffer;
}

function queuesOf(buffer: SharedArrayBuffer): { requests: SharedQueue; replies: SharedQueue; pool: RecordPool } {
  const words = new Int32Array(buffer);
  const pool = new RecordPool(words, POOL, POOL_NODES);
  return { requests: new SharedQueue(words, REQUESTS, pool), replies: new SharedQueue(words, REPLIES, pool), pool };
}

/** The receiver: answers each word with the word of the object that it became here, without reading it; word 0 ends. */
function receiver({ heap: buffer, queues }: Shared): void {
  const heap = attachHeap(buffer);
  const t = interpreter(2, heap);
  const { requests, replies } = queuesOf(queues);
  for (;;) {
    const record = requests.get(2) as Int32Array;
    if (record[0] === 0) break;
    const value = thaw(t, record[0]!);
    replies.put(2, Int32Array.of(freezeGraph(t, value), 0, 0));
  }
  const large = (requests.get(2) as Int32Array)[0]!;
  parentPort!.postMessage(readCosts(t, heap, large));
}

function readCosts(t: Thread, heap: ImmortalHeap, large: number): Record<string, number> {
  const figures: Record<string, number> = {};
  // A fresh link, so that the first receipt of the dict is measured.
  const fresh = interpreter(3, heap);
  collect();
  const before = process.memoryUsage();
  const dict = thaw(fresh, large) as PyDict;
  collect();
  const after = process.memoryUsage();
  figures['unreadBytes'] = after.heapUsed - before.heapUsed + (after.external - before.external);
  const reader = new HeapReader(heap);
  [, figures['inPlaceFirst']] = timed(() => reader.find(large, 'key_500000'));
  [, figures['inPlaceAll']] = timed(() => {
    let sum = 0;
    for (let i = 0; i < KEYS; i++) sum += reader.find(large, `key_${i}`);
    return sum;
  });
  [, figures['decode']] = timed(() => dict.table);
  [, figures['decodedLookups']] = timed(() => lookups(dict));
  [, figures['decodedWalk']] = timed(() => walk(dict));
  collect();
  figures['readBytes'] = process.memoryUsage().heapUsed - before.heapUsed;
  void t;
  return figures;
}

function startReceiver(shared: Shared): { ready: Promise<Record<string, number>>; worker: Worker } {
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData: shared });
  return { worker, ready: new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject)) };
}

async function sending(): Promise<void> {
  const heap = createHeap();
  const t = interpreter(1, heap);
  const queues = new SharedArrayBuffer((POOL + poolWords(POOL_NODES)) * 4);
  const { requests, replies, pool } = queuesOf(queues);
  pool.initialise();
  requests.open(0);
  replies.open(0);
  const source = privateDict();
  const [large, freezing] = timed(() => freezeGraph(t, source));
  report(`freeze a dict of ${KEYS} str keys`, ms(freezing));
  report('  its bytes in the immortal heap', mib(heap.stats().bytes));
  const empty = freezeGraph(t, newDict());
  const { ready } = startReceiver({ heap: heap.buffer, queues });
  const samples: Record<string, number[]> = { large: [], empty: [] };
  for (let i = 0; i < ROUNDS + 20; i++) {
    const which = i % 2 === 0 ? 'large' : 'empty';
    const [answer, time] = timed(() => {
      requests.put(1, Int32Array.of(which === 'large' ? large : empty, 0, 0));
      return replies.get(1) as Int32Array;
    });
    if (answer[0] !== (which === 'large' ? large : empty)) throw new Error('another object came back');
    if (i >= 20) samples[which]!.push(time);
  }
  report(`round trip of the frozen dict of ${KEYS} keys`, us(median(samples['large']!)));
  report('round trip of an empty frozen dict', us(median(samples['empty']!)));
  requests.put(1, Int32Array.of(0, 0, 0));
  requests.put(1, Int32Array.of(large, 0, 0));
  const figures = await ready;
  report('memory of the receiver, dict not read', `${figures['unreadBytes']} bytes`);
  report('memory of the receiver, dict read', mib(figures['readBytes']!));
  reading(figures);
}

function reading(figures: Record<string, number>): void {
  privateDict();
  const [own, building] = timed(privateDict);
  lookups(own);
  const [, looking] = timed(() => lookups(own));
  const [, walking] = timed(() => walk(own));
  report('private dict: build', ms(building));
  report('private dict: look all keys up / walk', `${ms(looking)} / ${ms(walking)}`);
  report('received dict: decode at first read', ms(figures['decode']!));
  report('received dict: look all keys up / walk, decoded', `${ms(figures['decodedLookups']!)} / ${ms(figures['decodedWalk']!)}`);
  report('received dict: look all keys up in place, never decoded', ms(figures['inPlaceAll']!));
  report('received dict: one key in place, first read', us(figures['inPlaceFirst']!));
  report('build + lookups private : decode + lookups received', `1 : ${((figures['decode']! + figures['decodedLookups']!) / (building + looking)).toFixed(2)}`);
  report('lookups private : decode + lookups received', `1 : ${((figures['decode']! + figures['decodedLookups']!) / looking).toFixed(2)}`);
  report('lookups private : lookups in place', `1 : ${(figures['inPlaceAll']! / looking).toFixed(2)}`);
}

/** PEP 795's graphs, as values and as plain JavaScript for structuredClone. */
const GRAPHS: Readonly<Record<string, () => { value: Value; plain: unknown }>> = {
  'dict of 100,000 records'() {
    const dict = newDict();
    const plain = new Map<string, unknown>();
    for (let i = 0; i < 100_000; i++) {
      tableSetStr(dict.table, `id_${i}`, newTuple([i, newFloat(i / 3), `name ${i}`]));
      plain.set(`id_${i}`, [i, i / 3, `name ${i}`]);
    }
    return { value: dict, plain };
  },
  'tuple of 1,000,000 ints'() {
    const items = Array.from({ length: 1_000_000 }, (_, i) => i);
    return { value: newTuple(items.slice()), plain: items };
  },
  'binary tree of 1,048,576 leaves'() {
    const value = (depth: number): Value => (depth === 0 ? 1 : newTuple([value(depth - 1), value(depth - 1)]));
    const plain = (depth: number): unknown => (depth === 0 ? 1 : [plain(depth - 1), plain(depth - 1)]);
    return { value: value(TREE_DEPTH), plain: plain(TREE_DEPTH) };
  },
};

function readAll(value: Value): number {
  let count = 0;
  const stack: Value[] = [value];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    count++;
    if (next instanceof PyTuple || next instanceof PyList) for (const item of next.items) stack.push(item);
    else if (next instanceof PyDict) for (const item of next.table.values) stack.push(item!);
  }
  return count;
}

function freezing(): void {
  for (const [name, make] of Object.entries(GRAPHS)) {
    const times: Record<string, number[]> = { freeze: [], view: [], read: [], clone: [] };
    for (let round = 0; round < 3; round++) {
      const heap = createHeap({ budget: 2 ** 30 });
      const sender = interpreter(1, heap);
      const other = interpreter(2, heap);
      const { value, plain } = make();
      collect();
      const [word, freeze] = timed(() => freezeGraph(sender, value));
      const [view, viewing] = timed(() => thaw(other, word));
      const [, read] = timed(() => readAll(view));
      const [, clone] = timed(() => structuredClone(plain));
      times['freeze']!.push(freeze);
      times['view']!.push(viewing);
      times['read']!.push(read);
      times['clone']!.push(clone);
    }
    const at = (what: string): number => median(times[what]!);
    report(name, `freeze ${ms(at('freeze'))}  receive ${us(at('view'))}  read all ${ms(at('read'))}  structuredClone ${ms(at('clone'))}`);
  }
}

if (isMainThread) {
  report(`node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? '?'}`, '');
  await sending();
  freezing();
} else receiver(workerData as Shared);
