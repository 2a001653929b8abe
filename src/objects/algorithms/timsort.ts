/**
 * Stable merge sort with galloping: makes the comparisons that CPython's `list.sort` makes, in a like number.
 *
 * Layout: runs are found from the left, short ones are extended by binary insertion, and a stack of pending runs is merged by the
 * powersort rule. A merge of A and B first skips what is in place, copies the shorter run to `temporary`, and gallops while one side wins
 * at least `minGallop` times in a row. Keys are sorted; values, if any, move with them.
 * Source: CPython Objects/listobject.c and listsort.txt.
 */

const MIN_GALLOP = 7;
/** Runs shorter than minrun are extended to it by insertion. */
const MAX_MINRUN = 64;

interface Run {
  readonly start: number;
  length: number;
  /** Power of the boundary to the run after it, in the powersort tree. */
  power: number;
}

/** Sorts `keys` in place, and `values` in parallel; `lessThan` may throw, which leaves a permutation behind. */
export function timsort<K>(keys: K[], values: unknown[] | undefined, lessThan: (a: K, b: K) => boolean): void {
  if (keys.length > 1) new Sorter(keys, values, lessThan).sort();
}

/** `Array.prototype.copyWithin`, which is slow in V8, as a loop. */
function moveWithin(items: unknown[], to: number, from: number, count: number): void {
  if (to < from) for (let i = 0; i < count; i++) items[to + i] = items[from + i];
  else for (let i = count - 1; i >= 0; i--) items[to + i] = items[from + i];
}

class Sorter<K> {
  private readonly keys: K[];
  private readonly values: unknown[] | undefined;
  private readonly lessThan: (a: K, b: K) => boolean;
  private readonly pending: Run[] = [];
  private temporaryKeys: K[] = [];
  private temporaryValues: unknown[] = [];
  private minGallop = MIN_GALLOP;

  constructor(keys: K[], values: unknown[] | undefined, lessThan: (a: K, b: K) => boolean) {
    this.keys = keys;
    this.values = values;
    this.lessThan = lessThan;
  }

  sort(): void {
    const total = this.keys.length;
    const minrun = computeMinrun(total);
    for (let low = 0; low < total; ) {
      const found = this.countRun(low, total);
      const length = found < minrun ? Math.min(minrun, total - low) : found;
      if (length > found) this.binarySort(low, low + length, low + found);
      this.mergeForNewRun(low, length, total);
      this.pending.push({ start: low, length, power: 0 });
      low += length;
    }
    while (this.pending.length > 1) {
      let n = this.pending.length - 2;
      if (n > 0 && this.pending[n - 1]!.length < this.pending[n + 1]!.length) n--;
      this.mergeAt(n);
    }
  }

  /** Finds the run at `low`, reversing a descending one; equal elements inside of a descending run are reversed first to stay stable. */
  private countRun(low: number, high: number): number {
    const { keys, lessThan } = this;
    const isLess = (i: number): boolean => lessThan(keys[i]!, keys[i - 1]!);
    let n = low + 1;
    while (n < high && !isLess(n)) n++;
    if (n === high) return high - low;
    if (n > low + 1) {
      if (lessThan(keys[low]!, keys[n - 1]!)) return n - low;
      // All before are equal, so the run descends after all.
      this.reverse(low, n);
    }
    let equal = 0;
    for (n++; n < high; n++) {
      if (isLess(n)) {
        if (equal > 0) this.reverse(n - 1 - equal, n);
        equal = 0;
      } else if (lessThan(keys[n - 1]!, keys[n]!)) break;
      else equal++;
    }
    if (equal > 0) this.reverse(n - 1 - equal, n);
    this.reverse(low, n);
    // What follows may extend the run, now ascending.
    while (n < high && !isLess(n)) n++;
    return n - low;
  }

  private reverse(low: number, high: number): void {
    for (let i = low, k = high - 1; i < k; i++, k--) {
      const key = this.keys[i]!;
      this.keys[i] = this.keys[k]!;
      this.keys[k] = key;
      if (this.values === undefined) continue;
      const value = this.values[i];
      this.values[i] = this.values[k];
      this.values[k] = value;
    }
  }

  /** Binary insertion of [start, high) into the sorted [low, start). */
  private binarySort(low: number, high: number, start: number): void {
    const { keys, values, lessThan } = this;
    for (let i = start; i < high; i++) {
      const pivot = keys[i]!;
      let left = low;
      let right = i;
      while (left < right) {
        const middle = (left + right) >> 1;
        if (lessThan(pivot, keys[middle]!)) right = middle;
        else left = middle + 1;
      }
      moveWithin(keys, left + 1, left, i - left);
      keys[left] = pivot;
      if (values === undefined) continue;
      const value = values[i];
      moveWithin(values, left + 1, left, i - left);
      values[left] = value;
    }
  }

  private mergeForNewRun(start: number, length: number, total: number): void {
    const { pending } = this;
    if (pending.length === 0) return;
    const last = pending[pending.length - 1]!;
    const power = boundaryPower(last.start, last.length, length, total);
    while (pending.length > 1 && pending[pending.length - 2]!.power > power) this.mergeAt(pending.length - 2);
    pending[pending.length - 1]!.power = power;
  }

  private mergeAt(i: number): void {
    const a = this.pending[i]!;
    const b = this.pending[i + 1]!;
    const startB = b.start;
    const lengthB = b.length;
    const merged = a.length + lengthB;
    const skipped = this.gallopRight(this.keys[startB]!, this.keys, a.start, a.length, 0);
    const startA = a.start + skipped;
    const lengthA = a.length - skipped;
    a.length = merged;
    a.power = b.power;
    this.pending.splice(i + 1, 1);
    if (lengthA === 0) return;
    const kept = this.gallopLeft(this.keys[startA + lengthA - 1]!, this.keys, startB, lengthB, lengthB - 1);
    if (kept === 0) return;
    if (lengthA <= kept) this.mergeLow(startA, lengthA, startB, kept);
    else this.mergeHigh(startA, lengthA, startB, kept);
  }

  /** Where `key` goes before all equal elements of array[base, base + n), searching from `hint` outwards. */
  private gallopLeft(key: K, array: readonly K[], base: number, n: number, hint: number): number {
    const { lessThan } = this;
    let last = 0;
    let offset = 1;
    if (lessThan(array[base + hint]!, key)) {
      const limit = n - hint;
      while (offset < limit && lessThan(array[base + hint + offset]!, key)) {
        last = offset;
        offset = offset * 2 + 1;
      }
      if (offset > limit) offset = limit;
      last += hint;
      offset += hint;
    } else {
      const limit = hint + 1;
      while (offset < limit && !lessThan(array[base + hint - offset]!, key)) {
        last = offset;
        offset = offset * 2 + 1;
      }
      if (offset > limit) offset = limit;
      const nearer = last;
      last = hint - offset;
      offset = hint - nearer;
    }
    for (last++; last < offset; ) {
      const middle = last + ((offset - last) >> 1);
      if (lessThan(array[base + middle]!, key)) last = middle + 1;
      else offset = middle;
    }
    return offset;
  }

  /** Where `key` goes after all equal elements of array[base, base + n), searching from `hint` outwards. */
  private gallopRight(key: K, array: readonly K[], base: number, n: number, hint: number): number {
    const { lessThan } = this;
    let last = 0;
    let offset = 1;
    if (lessThan(key, array[base + hint]!)) {
      const limit = hint + 1;
      while (offset < limit && lessThan(key, array[base + hint - offset]!)) {
        last = offset;
        offset = offset * 2 + 1;
      }
      if (offset > limit) offset = limit;
      const nearer = last;
      last = hint - offset;
      offset = hint - nearer;
    } else {
      const limit = n - hint;
      while (offset < limit && !lessThan(key, array[base + hint + offset]!)) {
        last = offset;
        offset = offset * 2 + 1;
      }
      if (offset > limit) offset = limit;
      last += hint;
      offset += hint;
    }
    for (last++; last < offset; ) {
      const middle = last + ((offset - last) >> 1);
      if (lessThan(key, array[base + middle]!)) offset = middle;
      else last = middle + 1;
    }
    return offset;
  }

  private saveTemporary(start: number, length: number): void {
    this.temporaryKeys = this.keys.slice(start, start + length);
    if (this.values !== undefined) this.temporaryValues = this.values.slice(start, start + length);
  }

  private restore(from: number, to: number, count: number): void {
    for (let i = 0; i < count; i++) this.keys[to + i] = this.temporaryKeys[from + i]!;
    if (this.values !== undefined) for (let i = 0; i < count; i++) this.values[to + i] = this.temporaryValues[from + i];
  }

  private move(to: number, from: number, count: number): void {
    moveWithin(this.keys, to, from, count);
    if (this.values !== undefined) moveWithin(this.values, to, from, count);
  }

  private take(to: number, from: number): void {
    this.keys[to] = this.temporaryKeys[from]!;
    if (this.values !== undefined) this.values[to] = this.temporaryValues[from];
  }

  /** Merges A (in the temporary array) with B from the left; A is the shorter. */
  private mergeLow(startA: number, lengthA: number, startB: number, lengthB: number): void {
    const { keys, lessThan } = this;
    this.saveTemporary(startA, lengthA);
    const a = this.temporaryKeys;
    let to = startA;
    let i = 0;
    let k = startB;
    const endB = startB + lengthB;
    try {
      this.move(to++, k++, 1);
      while (k < endB && i < lengthA - 1) {
        let winsA = 0;
        let winsB = 0;
        // One pair at a time, until one side seems to win consistently.
        while (winsA < this.minGallop && winsB < this.minGallop && k < endB && i < lengthA - 1) {
          if (lessThan(keys[k]!, a[i]!)) {
            this.move(to++, k++, 1);
            winsB++;
            winsA = 0;
          } else {
            this.take(to++, i++);
            winsA++;
            winsB = 0;
          }
        }
        if (k >= endB || i >= lengthA - 1) break;
        this.minGallop++;
        do {
          this.minGallop -= this.minGallop > 1 ? 1 : 0;
          winsA = this.gallopRight(keys[k]!, a, i, lengthA - i, 0);
          this.restore(i, to, winsA);
          to += winsA;
          i += winsA;
          if (i >= lengthA - 1) break;
          this.move(to++, k++, 1);
          if (k >= endB) break;
          winsB = this.gallopLeft(a[i]!, keys, k, endB - k, 0);
          this.move(to, k, winsB);
          to += winsB;
          k += winsB;
          if (k >= endB) break;
          this.take(to++, i++);
        } while (i < lengthA - 1 && (winsA >= MIN_GALLOP || winsB >= MIN_GALLOP));
        // Leaving galloping mode is penalised, finishing in it is not.
        if (k < endB && i < lengthA - 1) this.minGallop++;
      }
    } finally {
      // The last element of A belongs after all of B.
      if (i === lengthA - 1 && k < endB) {
        this.move(to, k, endB - k);
        to += endB - k;
      }
      this.restore(i, to, lengthA - i);
    }
  }

  /** Merges B (in the temporary array) with A from the right; B is the shorter. */
  private mergeHigh(startA: number, lengthA: number, startB: number, lengthB: number): void {
    const { keys, lessThan } = this;
    this.saveTemporary(startB, lengthB);
    const b = this.temporaryKeys;
    let to = startB + lengthB - 1;
    let i = startA + lengthA - 1;
    let k = lengthB - 1;
    try {
      this.move(to--, i--, 1);
      while (i >= startA && k > 0) {
        let winsA = 0;
        let winsB = 0;
        while (winsA < this.minGallop && winsB < this.minGallop && i >= startA && k > 0) {
          if (lessThan(b[k]!, keys[i]!)) {
            this.move(to--, i--, 1);
            winsA++;
            winsB = 0;
          } else {
            this.take(to--, k--);
            winsB++;
            winsA = 0;
          }
        }
        if (i < startA || k <= 0) break;
        this.minGallop++;
        do {
          this.minGallop -= this.minGallop > 1 ? 1 : 0;
          const lengthLeft = i - startA + 1;
          winsA = lengthLeft - this.gallopRight(b[k]!, keys, startA, lengthLeft, lengthLeft - 1);
          to -= winsA;
          i -= winsA;
          this.move(to + 1, i + 1, winsA);
          if (i < startA) break;
          this.take(to--, k--);
          if (k <= 0) break;
          winsB = k + 1 - this.gallopLeft(keys[i]!, b, 0, k + 1, k);
          to -= winsB;
          k -= winsB;
          this.restore(k + 1, to + 1, winsB);
          if (k <= 0) break;
          this.move(to--, i--, 1);
        } while (i >= startA && (winsA >= MIN_GALLOP || winsB >= MIN_GALLOP));
        if (i >= startA && k > 0) this.minGallop++;
      }
    } finally {
      // The first element of B belongs before all that is left of A.
      if (k === 0 && i >= startA) {
        const rest = i - startA + 1;
        to -= rest;
        this.move(to + 1, startA, rest);
      }
      this.restore(0, to - k, k + 1);
    }
  }
}

/** The run length to aim at: total divided by a power of two, rounded up, from 32 to 64. */
function computeMinrun(total: number): number {
  let n = total;
  let sticky = 0;
  while (n >= MAX_MINRUN) {
    sticky |= n & 1;
    n >>= 1;
  }
  return n + sticky;
}

/** The depth at which the boundary between two adjacent runs stands in the powersort tree. */
function boundaryPower(start1: number, length1: number, length2: number, total: number): number {
  let a = 2 * start1 + length1;
  let b = a + length1 + length2;
  for (let power = 0; ; ) {
    power++;
    if (a >= total) {
      a -= total;
      b -= total;
    } else if (b >= total) return power;
    a *= 2;
    b *= 2;
  }
}
