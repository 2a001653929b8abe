/** The shared words of a runtime for the host: freeing a dead holder's GIL, reading its statistics. */
import { GIL_STATS_LENGTH, Gil, readGilStats, type GilStats } from './sync/gil.ts';
import { createHeap } from './heap/heap.ts';
import { SLOT_BREAKER, slotIndex } from './base/protocol.ts';

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
