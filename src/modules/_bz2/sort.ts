/** The Burrows-Wheeler transform: all rotations of a block in order, by doubling the length that is compared. */

/** Start positions of the rotations of `block[0..length)` in order; equal rotations stand in any order. */
export function sortRotations(block: Uint8Array, length: number): Int32Array {
  let order: Int32Array = new Int32Array(length);
  let next: Int32Array = new Int32Array(length);
  let rank: Int32Array = new Int32Array(length);
  let newRank: Int32Array = new Int32Array(length);
  const counts = new Int32Array(Math.max(65536, length) + 1);
  // The first round compares two bytes.
  for (let i = 0; i < length; i++) {
    rank[i] = (block[i]! << 8) | block[i + 1 < length ? i + 1 : 0]!;
    counts[rank[i]! + 1]!++;
  }
  for (let i = 1; i <= 65536; i++) counts[i]! += counts[i - 1]!;
  for (let i = 0; i < length; i++) order[counts[rank[i]!]!++] = i;
  let classes = renumber(order, length, newRank, (a, b) => rank[a] === rank[b]);
  [rank, newRank] = [newRank, rank];
  for (let width = 2; classes < length && width < length; width *= 2) {
    // Sorted by their second halves already: a stable sort by the first halves is left.
    counts.fill(0, 0, classes + 1);
    for (let i = 0; i < length; i++) counts[rank[i]! + 1]!++;
    for (let i = 1; i <= classes; i++) counts[i]! += counts[i - 1]!;
    for (let i = 0; i < length; i++) {
      const start = order[i]! - width;
      const wrapped = start < 0 ? start + length : start;
      next[counts[rank[wrapped]!]!++] = wrapped;
    }
    [order, next] = [next, order];
    const before = rank;
    const second = (at: number): number => before[at + width < length ? at + width : at + width - length]!;
    classes = renumber(order, length, newRank, (a, b) => before[a] === before[b] && second(a) === second(b));
    [rank, newRank] = [newRank, rank];
  }
  return order;
}

/** Gives equal neighbours one number; returns how many numbers there are. */
function renumber(order: Int32Array, length: number, rank: Int32Array, equal: (a: number, b: number) => boolean): number {
  let classes = 0;
  for (let i = 0; i < length; i++) {
    if (i > 0 && !equal(order[i - 1]!, order[i]!)) classes++;
    rank[order[i]!] = classes;
  }
  return classes + 1;
}
