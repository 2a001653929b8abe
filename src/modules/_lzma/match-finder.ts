/** Finding earlier occurrences of the bytes that come next: chains of places with equal hashes of three bytes. */
import { LONGEST_MATCH } from './model.ts';

const HASH_BITS = 16;
const SHORTEST = 3;
/** More history than this is not searched: the chains would cost more memory than they save output. */
const LARGEST_WINDOW = 1 << 22;
const SMALLEST_RING = 1 << 14;

/**
 * History and input of an encoder.
 *
 *   bytes: [ history | not encoded yet ]     place in the stream = index + base
 */
export class MatchFinder {
  bytes: Uint8Array = new Uint8Array(1 << 16);
  /** Index of the next byte to encode. */
  at = 0;
  /** Behind the last byte. */
  end = 0;
  /** Place in the stream of index 0. */
  private base = 0;
  private readonly window: number;
  private readonly depth: number;
  private readonly heads = new Int32Array(1 << HASH_BITS).fill(-1);
  private ring: Int32Array = new Int32Array(SMALLEST_RING);
  /** Places below this are in the chains. */
  private hashed = 0;
  matchLength = 0;
  matchDistance = 0;

  constructor(dictionarySize: number, depth: number) {
    this.window = Math.min(dictionarySize, LARGEST_WINDOW);
    this.depth = depth;
  }

  /** Place in the stream of the next byte. */
  get position(): number {
    return this.at + this.base;
  }

  /** Adds input. */
  append(input: Uint8Array): void {
    if (this.end + input.length > this.bytes.length) this.makeRoom(input.length);
    this.bytes.set(input, this.end);
    this.end += input.length;
    while (this.ring.length < this.window && this.ring.length < this.end + this.base) this.growRing();
  }

  private makeRoom(count: number): void {
    const drop = Math.max(0, this.at - this.window);
    const kept = this.end - drop;
    const target = drop >= this.bytes.length / 2 && kept + count <= this.bytes.length ? this.bytes : new Uint8Array(Math.max(this.bytes.length, 2 * (kept + count)));
    target.set(this.bytes.subarray(drop, this.end));
    this.bytes = target;
    this.at -= drop;
    this.end -= drop;
    this.base += drop;
  }

  private growRing(): void {
    const larger = new Int32Array(2 * this.ring.length);
    const [from, mask] = [Math.max(0, this.hashed - this.ring.length), this.ring.length - 1];
    for (let place = from; place < this.hashed; place++) larger[place & (larger.length - 1)] = this.ring[place & mask]!;
    this.ring = larger;
  }

  private hashAt(index: number): number {
    const { bytes } = this;
    return (Math.imul(bytes[index]! | (bytes[index + 1]! << 8) | (bytes[index + 2]! << 16), 0x9e3779b1) >>> (32 - HASH_BITS));
  }

  /** Puts all places before `index` into the chains. */
  private hashUpTo(index: number): void {
    const mask = this.ring.length - 1;
    for (let place = this.hashed; place < index + this.base && place - this.base + SHORTEST <= this.end; place++) {
      const hash = this.hashAt(place - this.base);
      this.ring[place & mask] = this.heads[hash]!;
      this.heads[hash] = place;
      this.hashed = place + 1;
    }
  }

  /** How many bytes at `index` equal those `distance + 1` before, at most `most`. */
  lengthAt(index: number, distance: number, most: number): number {
    const { bytes } = this;
    const other = index - distance - 1;
    if (other < 0) return 0;
    let length = 0;
    while (length < most && bytes[index + length] === bytes[other + length]) length++;
    return length;
  }

  /** Looks for the longest match at `index` within `limit`: `matchLength` (0 for none) and `matchDistance`. */
  find(index: number, limit: number): void {
    this.matchLength = 0;
    const most = Math.min(LONGEST_MATCH, limit - index);
    if (most < SHORTEST || index + SHORTEST > this.end) return;
    this.hashUpTo(index);
    const mask = this.ring.length - 1;
    const oldest = Math.max(index + this.base - Math.min(this.window, this.ring.length), this.base);
    let place = this.heads[this.hashAt(index)]!;
    for (let n = 0; n < this.depth && place >= oldest && place < index + this.base; n++) {
      const distance = index + this.base - place - 1;
      const length = this.lengthAt(index, distance, most);
      if (length > this.matchLength && length >= SHORTEST) {
        this.matchLength = length;
        this.matchDistance = distance;
        if (length === most) return;
      }
      const next = this.ring[place & mask]!;
      if (next >= place) return;
      place = next;
    }
  }
}
