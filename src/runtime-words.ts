/** The shared words of a runtime for the host: freeing a dead holder's GIL, reading its statistics. */
import { GIL_STATS_LENGTH, Gil, readGilStats, type GilStats } from './sync/gil.ts';
import { readFileSync } from 'node:fs';
import { attachHeap, createHeap, HeapFull } from './heap/heap.ts';
import { HeapRegistry } from './heap/registry.ts';
import { decodePack } from './base/code-pack.ts';
import { MAX_INTERPRETERS, SLOT_BREAKER, slotIndex } from './base/protocol.ts';

/** The supervisor as a writer of the heap: interpreters are their slot + 1. */
const SUPERVISOR_OWNER = MAX_INTERPRETERS + 1;

/** Bytes of a runtime's statistics block. */
export const STATISTICS_BYTES = GIL_STATS_LENGTH * 8;

/** Statistics of the GIL. */
export type GilFigures = GilStats;

/** The statistics of the runtime's GIL. */
export function readGil(statistics: SharedArrayBuffer): GilFigures {
  return readGilStats(new Float64Array(statistics), 0);
}

/** Frees the GIL if the interpreter in `slot`, which is dead, held it, and wakes its waiters. */
export function freeGilOf(words: Int32Array, index: number, statistics: SharedArrayBuffer, slot: number): void {
  const gil = new Gil({
    words, index, stats: new Float64Array(statistics), statsIndex: 0,
    breakers: { words, indexOf: (owner) => slotIndex(owner - 1, SLOT_BREAKER), dropRequest: 1 },
  });
  gil.releaseDead(slot + 1);
}

/** The immortal heap of a runtime: one reservation that all its interpreters share. `budget` in bytes; the default is the heap's own. */
export function newImmortalHeap(budget?: number): SharedArrayBuffer {
  return createHeap(budget === undefined ? {} : { budget }).buffer;
}

/** Puts the start pack at `path` into the immortal heap; without one, or with a damaged one, nothing happens. Figures: docs/benchmarks.md, "Cold start". */
export function preloadCode(heap: SharedArrayBuffer, path: string): void {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch {
    // Not there or not readable: workers read file by file, or compile.
    return;
  }
  const parts = decodePack(bytes);
  if (parts === undefined) return;
  const registry = new HeapRegistry(attachHeap(heap), SUPERVISOR_OWNER);
  try {
    for (const [name, code] of parts) registry.publish(name, code);
  } catch (error) {
    // A small heap: the rest is read by the workers.
    if (!(error instanceof HeapFull)) throw error;
  }
}
