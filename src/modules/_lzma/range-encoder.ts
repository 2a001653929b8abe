/** Writing LZMA symbols: the range coder, and the model of `model.ts`. */
import { ByteBuffer } from '../_compression/byte-buffer.ts';
import * as M from './model.ts';

/** How matches at the last distances are ordered: the newest first. */
export type Reps = [number, number, number, number];

/** Encodes symbols one after the other. */
export class SymbolEncoder {
  readonly output = new ByteBuffer();
  readonly properties: M.Properties;
  reps: Reps = [0, 0, 0, 0];
  state = 0;
  private probabilities: Uint16Array;
  private low = 0;
  private range = 0xffffffff;
  private cache = 0;
  private cacheSize = 1;

  constructor(properties: M.Properties) {
    this.properties = properties;
    this.probabilities = M.newProbabilities(properties);
  }

  /** Forgets what was learnt. */
  resetState(): void {
    this.probabilities = M.newProbabilities(this.properties);
    this.reps = [0, 0, 0, 0];
    this.state = 0;
  }

  /** Begins a new range-coded piece. */
  begin(): void {
    this.low = 0;
    this.range = 0xffffffff;
    this.cache = 0;
    this.cacheSize = 1;
  }

  /** Ends the piece. */
  flush(): void {
    for (let i = 0; i < 5; i++) this.shiftLow();
  }

  private shiftLow(): void {
    if (this.low < 0xff000000 || this.low >= 2 ** 32) {
      const carry = this.low >= 2 ** 32 ? 1 : 0;
      let byte = this.cache;
      for (; this.cacheSize > 0; this.cacheSize--) {
        this.output.push((byte + carry) & 0xff);
        byte = 0xff;
      }
      this.cache = Math.floor(this.low / 2 ** 24) & 0xff;
    }
    this.cacheSize++;
    this.low = (this.low % 2 ** 24) * 256;
  }

  private bit(index: number, value: number): void {
    const probability = this.probabilities[index]!;
    const bound = (this.range >>> M.PROBABILITY_BITS) * probability;
    if (value === 0) {
      this.range = bound;
      this.probabilities[index] = probability + ((2048 - probability) >>> M.MOVE_BITS);
    } else {
      this.low += bound;
      this.range -= bound;
      this.probabilities[index] = probability - (probability >>> M.MOVE_BITS);
    }
    while (this.range < M.TOP) {
      this.range = (this.range << 8) >>> 0;
      this.shiftLow();
    }
  }

  private tree(base: number, bits: number, value: number): void {
    let node = 1;
    for (let i = bits - 1; i >= 0; i--) {
      const bit = (value >>> i) & 1;
      this.bit(base + node, bit);
      node = (node << 1) | bit;
    }
  }

  private reverseTree(base: number, bits: number, value: number): void {
    let node = 1;
    for (let i = 0; i < bits; i++) {
      const bit = (value >>> i) & 1;
      this.bit(base + node, bit);
      node = (node << 1) | bit;
    }
  }

  private directBits(count: number, value: number): void {
    for (let i = count - 1; i >= 0; i--) {
      this.range >>>= 1;
      if (((value >>> i) & 1) === 1) this.low += this.range;
      while (this.range < M.TOP) {
        this.range = (this.range << 8) >>> 0;
        this.shiftLow();
      }
    }
  }

  private positionState(position: number): number {
    return position & ((1 << this.properties.positionBits) - 1);
  }

  /** A byte as it is. `previous` stands before it, `matched` where the last distance leads. */
  literal(position: number, byte: number, previous: number, matched: number): void {
    const { literalContext, literalPosition } = this.properties;
    this.bit(M.IS_MATCH + (this.state << 4) + this.positionState(position), 0);
    const context = ((position & ((1 << literalPosition) - 1)) << literalContext) + (previous >> (8 - literalContext));
    const base = M.LITERAL + M.LITERAL_SIZE * context;
    let isSame = !M.isLiteralState(this.state);
    let node = 1;
    for (let i = 7; i >= 0; i--) {
      const bit = (byte >> i) & 1;
      const expected = (matched >> i) & 1;
      this.bit(isSame ? base + ((1 + expected) << 8) + node : base + node, bit);
      isSame &&= bit === expected;
      node = (node << 1) | bit;
    }
    this.state = M.afterLiteral(this.state);
  }

  private length(base: number, positionState: number, length: number): void {
    const value = length - M.SHORTEST_MATCH;
    if (value < 8) {
      this.bit(base, 0);
      return this.tree(base + M.LENGTH_LOW + (positionState << 3), 3, value);
    }
    this.bit(base, 1);
    this.bit(base + 1, value < 16 ? 0 : 1);
    if (value < 16) this.tree(base + M.LENGTH_MIDDLE + (positionState << 3), 3, value - 8);
    else this.tree(base + M.LENGTH_HIGH, 8, value - 16);
  }

  /** Bytes that stand `distance + 1` before. */
  match(position: number, distance: number, length: number): void {
    const positionState = this.positionState(position);
    this.bit(M.IS_MATCH + (this.state << 4) + positionState, 1);
    this.bit(M.IS_REP + this.state, 0);
    this.state = M.isLiteralState(this.state) ? 7 : 10;
    this.length(M.MATCH_LENGTH, positionState, length);
    const slot = slotOf(distance);
    this.tree(M.SLOT + (Math.min(length - M.SHORTEST_MATCH, 3) << 6), 6, slot);
    if (slot >= M.START_SPECIAL) this.distance(slot, distance);
    this.reps = [distance, this.reps[0], this.reps[1], this.reps[2]];
  }

  private distance(slot: number, distance: number): void {
    const bits = (slot >> 1) - 1;
    const high = (2 | (slot & 1)) * 2 ** bits;
    const rest = distance - high;
    if (slot < M.END_SPECIAL) return this.reverseTree(M.SPECIAL + high - slot, bits, rest);
    this.directBits(bits - M.ALIGN_BITS, Math.floor(rest / 16));
    this.reverseTree(M.ALIGN, M.ALIGN_BITS, rest % 16);
  }

  /** Bytes at one of the last distances; length 1 only at the newest. */
  repeat(position: number, index: number, length: number): void {
    const positionState = this.positionState(position);
    const { state, reps } = this;
    this.bit(M.IS_MATCH + (state << 4) + positionState, 1);
    this.bit(M.IS_REP + state, 1);
    this.bit(M.IS_REP_0 + state, index === 0 ? 0 : 1);
    if (index === 0) this.bit(M.IS_REP_0_LONG + (state << 4) + positionState, length === 1 ? 0 : 1);
    else {
      this.bit(M.IS_REP_1 + state, index === 1 ? 0 : 1);
      if (index > 1) this.bit(M.IS_REP_2 + state, index - 2);
      const [distance] = reps.splice(index, 1);
      reps.unshift(distance!);
    }
    if (length === 1) {
      this.state = M.isLiteralState(state) ? 9 : 11;
      return;
    }
    this.length(M.REP_LENGTH, positionState, length);
    this.state = M.isLiteralState(state) ? 8 : 11;
  }

  /** The marker that ends a stream: a match at a distance that cannot be. */
  endMarker(position: number): void {
    this.match(position, 0xffffffff, M.SHORTEST_MATCH);
  }
}

function slotOf(distance: number): number {
  if (distance < 4) return distance;
  const bits = 31 - Math.clz32(distance);
  return 2 * bits + ((distance >>> (bits - 1)) & 1);
}
