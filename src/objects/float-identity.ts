/**
 * Ids of floats: equal ones are identical (`core/scalars.ts`), and share an id while the table remembers them. A table of bits, as a Map would keep an object of
 * the engine's for each number.
 *
 *   low, high: bits of the float in a slot, open addressing       ids: its id, 0 for an empty slot
 */

const FIRST_CAPACITY = 256;
/** The table starts over beyond this size, as ids of temporaries need not be remembered for ever. */
const MOST_FLOATS = 1 << 17;

const double = new Float64Array(1);
/** Places of the halves in memory. */
const LOW = new Uint8Array(Int32Array.of(1).buffer)[0] === 1 ? 0 : 1;
const HIGH = 1 - LOW;
const halves = new Int32Array(double.buffer);

let low = new Int32Array(FIRST_CAPACITY);
let high = new Int32Array(FIRST_CAPACITY);
let ids = new Float64Array(FIRST_CAPACITY);
let used = 0;

/** The slot of a float with these bits, or the empty one where it is to go. */
function slotOf(lowBits: number, highBits: number): number {
  const mask = ids.length - 1;
  let slot = (Math.imul(lowBits ^ Math.imul(highBits, 0x9e3779b1), 0x85ebca6b) >>> 8) & mask;
  while (ids[slot] !== 0 && (low[slot] !== lowBits || high[slot] !== highBits)) slot = (slot + 1) & mask;
  return slot;
}

function put(lowBits: number, highBits: number, id: number): void {
  const slot = slotOf(lowBits, highBits);
  low[slot] = lowBits;
  high[slot] = highBits;
  ids[slot] = id;
  used++;
}

function allocate(capacity: number): void {
  low = new Int32Array(capacity);
  high = new Int32Array(capacity);
  ids = new Float64Array(capacity);
  used = 0;
}

/** Makes room, with the floats that are there, or without them where they are too many. */
function rebuild(): void {
  const [oldLow, oldHigh, oldIds] = [low, high, ids];
  allocate(used >= MOST_FLOATS ? FIRST_CAPACITY : 2 * ids.length);
  if (ids.length < oldIds.length) return;
  for (let i = 0; i < oldIds.length; i++) if (oldIds[i] !== 0) put(oldLow[i]!, oldHigh[i]!, oldIds[i]!);
}

/** The id of a float; one that is not known gets what `fresh` gives. @hot `pickle`, `copy.deepcopy` */
export function floatIdentity(value: number, fresh: () => number): number {
  // Every NaN is the same, whatever its bits.
  double[0] = value === value ? value : NaN;
  const lowBits = halves[LOW]!;
  const highBits = halves[HIGH]!;
  const known = ids[slotOf(lowBits, highBits)]!;
  if (known !== 0) return known;
  if (2 * used >= ids.length) rebuild();
  const id = fresh();
  put(lowBits, highBits, id);
  return id;
}
