/**
 * Decoding LZMA symbols into a window.
 *
 *   window: [ ... history, at most the dictionary ... | decoded, not taken yet ]
 *                                                     taken                    end
 *
 * INV-1: a symbol whose bytes are not all there changes nothing: its changes of probabilities are noted in a journal and undone.
 */
import type { ByteBuffer } from '../_compression/byte-buffer.ts';
import * as M from './model.ts';

/** The stream is damaged. */
export class CorruptData extends Error {}

const NEED_MORE = Symbol('more input is needed');
/** No symbol takes more bytes. */
const LONGEST_SYMBOL = 32;
/** So much is decoded at a time. */
const STEP = 1 << 16;
/** Spare room of the window beyond twice the dictionary. */
const SLACK = 1 << 16;
const END_MARKER = 0xffffffff;

/** See the head of the file. */
export class LzmaCore {
  readonly dictionarySize: number;
  private properties: M.Properties = { literalContext: 3, literalPosition: 0, positionBits: 2 };
  private probabilities: Uint16Array = new Uint16Array(0);
  private window: Uint8Array;
  private end = 0;
  private taken = 0;
  /** Bytes since the dictionary was reset. */
  private position = 0;
  private state = 0;
  private reps: [number, number, number, number] = [0, 0, 0, 0];
  private range = 0;
  private code = 0;
  private input: ByteBuffer | null = null;
  private at = 0;
  private limit = 0;
  /** Pairs of index and value while the input may end. */
  private journal: number[] | null = null;
  endMarker = false;

  constructor(dictionarySize: number) {
    this.dictionarySize = Math.max(dictionarySize, 4096);
    this.window = new Uint8Array(Math.min(this.dictionarySize + SLACK, 1 << 16));
  }

  resetDictionary(): void {
    this.position = 0;
  }

  setProperties(properties: M.Properties): void {
    this.properties = properties;
  }

  resetState(): void {
    this.probabilities = M.newProbabilities(this.properties);
    this.state = 0;
    this.reps = [0, 0, 0, 0];
  }

  /** Begins a range-coded piece: five bytes, of which the first is zero. */
  beginRange(bytes: Uint8Array): void {
    if (bytes[0] !== 0) throw new CorruptData();
    this.range = 0xffffffff;
    this.code = ((bytes[1]! << 24) | (bytes[2]! << 16) | (bytes[3]! << 8) | bytes[4]!) >>> 0;
  }

  /** Whether nothing is left in the range coder, as at the end of a whole piece. */
  get isRangeDone(): boolean {
    return this.code === 0;
  }

  /** Takes bytes as they are. */
  copy(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.window.set(bytes, this.end);
    this.end += bytes.length;
    this.position += bytes.length;
  }

  /** Moves what was decoded to `output`. */
  drain(output: ByteBuffer): void {
    output.append(this.window.subarray(this.taken, this.end));
    this.taken = this.end;
  }

  /** Bytes that were decoded and not taken. */
  get waiting(): number {
    return this.end - this.taken;
  }

  private reserve(count: number): void {
    if (this.end + count <= this.window.length) return;
    const keep = Math.min(this.taken, this.end - Math.min(this.end, this.dictionarySize));
    if (keep >= this.window.length / 2) {
      this.window.copyWithin(0, keep, this.end);
    } else {
      const larger = new Uint8Array(Math.max(2 * this.window.length, this.end + count));
      larger.set(this.window.subarray(keep, this.end));
      this.window = larger;
    }
    this.end -= keep;
    this.taken -= keep;
  }

  /**
   * Decodes symbols until a good many bytes came, all of the `left` ones, the end marker, or the input is used up; returns how many bytes came. `limit` is
   * where input ends that belongs to this piece.
   */
  decode(input: ByteBuffer, limit: number, left: number): number {
    this.input = input;
    this.at = input.start;
    this.limit = Math.min(limit, input.end);
    let produced = 0;
    const wanted = Math.min(STEP, left);
    while (produced < wanted && !this.endMarker) {
      const isSafe = this.limit - this.at >= LONGEST_SYMBOL;
      const count = isSafe ? this.symbol() : this.carefulSymbol();
      if (count < 0) break;
      produced += count;
    }
    if (produced > left) throw new CorruptData();
    input.start = this.at;
    return produced;
  }

  /** -1 when input is missing. */
  private carefulSymbol(): number {
    const { at, range, code, state, end, position } = this;
    const reps: typeof this.reps = [...this.reps];
    this.journal = [];
    try {
      return this.symbol();
    } catch (caught) {
      if (caught !== NEED_MORE) throw caught;
      for (let i = this.journal.length - 2; i >= 0; i -= 2) this.probabilities[this.journal[i]!] = this.journal[i + 1]!;
      Object.assign(this, { at, range, code, state, end, position, reps });
      return -1;
    } finally {
      this.journal = null;
    }
  }

  private byte(): number {
    if (this.at >= this.limit) throw NEED_MORE;
    return this.input!.bytes[this.at++]!;
  }

  /** One modelled bit. @hot every bit of output */
  private bit(index: number): number {
    const probability = this.probabilities[index]!;
    if (this.journal !== null) this.journal.push(index, probability);
    const bound = (this.range >>> M.PROBABILITY_BITS) * probability;
    let value: number;
    if (this.code < bound) {
      this.range = bound;
      this.probabilities[index] = probability + ((2048 - probability) >>> M.MOVE_BITS);
      value = 0;
    } else {
      this.range -= bound;
      this.code -= bound;
      this.probabilities[index] = probability - (probability >>> M.MOVE_BITS);
      value = 1;
    }
    if (this.range < M.TOP) this.normalize();
    return value;
  }

  private normalize(): void {
    this.range = (this.range << 8) >>> 0;
    this.code = ((this.code << 8) | this.byte()) >>> 0;
  }

  private tree(base: number, bits: number): number {
    let node = 1;
    for (let i = 0; i < bits; i++) node = (node << 1) | this.bit(base + node);
    return node - (1 << bits);
  }

  private reverseTree(base: number, bits: number): number {
    let node = 1;
    let value = 0;
    for (let i = 0; i < bits; i++) {
      const bit = this.bit(base + node);
      node = (node << 1) | bit;
      value |= bit << i;
    }
    return value;
  }

  private directBits(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++) {
      this.range = (this.range >>> 1);
      const isSet = this.code >= this.range;
      if (isSet) this.code -= this.range;
      value = value * 2 + (isSet ? 1 : 0);
      if (this.range < M.TOP) this.normalize();
    }
    return value;
  }

  /** Decodes one symbol; returns how many bytes it stands for. */
  private symbol(): number {
    const positionState = this.position & ((1 << this.properties.positionBits) - 1);
    if (this.bit(M.IS_MATCH + (this.state << 4) + positionState) === 0) return this.literal();
    if (this.bit(M.IS_REP + this.state) === 0) return this.match(positionState);
    return this.repeat(positionState);
  }

  private checkDistance(distance: number): void {
    if (distance >= this.position || distance >= this.dictionarySize) throw new CorruptData();
  }

  private literal(): number {
    const { literalContext, literalPosition } = this.properties;
    const previous = this.position === 0 ? 0 : this.window[this.end - 1]!;
    const context = ((this.position & ((1 << literalPosition) - 1)) << literalContext) + (previous >> (8 - literalContext));
    const base = M.LITERAL + M.LITERAL_SIZE * context;
    let node = 1;
    if (!M.isLiteralState(this.state)) {
      this.checkDistance(this.reps[0]);
      let matched = this.window[this.end - this.reps[0] - 1]!;
      do {
        const expected = (matched >> 7) & 1;
        matched <<= 1;
        const bit = this.bit(base + ((1 + expected) << 8) + node);
        node = (node << 1) | bit;
        if (bit !== expected) break;
      } while (node < 0x100);
    }
    while (node < 0x100) node = (node << 1) | this.bit(base + node);
    this.state = M.afterLiteral(this.state);
    this.put(node & 0xff);
    return 1;
  }

  private put(byte: number): void {
    if (this.end === this.window.length) this.reserve(1);
    this.window[this.end++] = byte;
    this.position++;
  }

  private length(base: number, positionState: number): number {
    if (this.bit(base) === 0) return this.tree(base + M.LENGTH_LOW + (positionState << 3), 3);
    if (this.bit(base + 1) === 0) return 8 + this.tree(base + M.LENGTH_MIDDLE + (positionState << 3), 3);
    return 16 + this.tree(base + M.LENGTH_HIGH, 8);
  }

  private match(positionState: number): number {
    const { reps } = this;
    this.reps = [0, reps[0], reps[1], reps[2]];
    const length = this.length(M.MATCH_LENGTH, positionState);
    this.state = M.isLiteralState(this.state) ? 7 : 10;
    const slot = this.tree(M.SLOT + (Math.min(length, 3) << 6), 6);
    this.reps[0] = slot < M.START_SPECIAL ? slot : this.distance(slot);
    if (this.reps[0] === END_MARKER) {
      this.endMarker = true;
      return 0;
    }
    return this.repeatBytes(length + M.SHORTEST_MATCH);
  }

  private distance(slot: number): number {
    const bits = (slot >> 1) - 1;
    const high = (2 | (slot & 1)) * 2 ** bits;
    if (slot < M.END_SPECIAL) return high + this.reverseTree(M.SPECIAL + high - slot, bits);
    return high + this.directBits(bits - M.ALIGN_BITS) * 16 + this.reverseTree(M.ALIGN, M.ALIGN_BITS);
  }

  private repeat(positionState: number): number {
    if (this.position === 0) throw new CorruptData();
    const { state, reps } = this;
    if (this.bit(M.IS_REP_0 + state) === 0) {
      if (this.bit(M.IS_REP_0_LONG + (state << 4) + positionState) === 0) {
        this.state = M.isLiteralState(state) ? 9 : 11;
        return this.repeatBytes(1);
      }
    } else if (this.bit(M.IS_REP_1 + state) === 0) this.reps = [reps[1], reps[0], reps[2], reps[3]];
    else if (this.bit(M.IS_REP_2 + state) === 0) this.reps = [reps[2], reps[0], reps[1], reps[3]];
    else this.reps = [reps[3], reps[0], reps[1], reps[2]];
    const length = this.length(M.REP_LENGTH, positionState);
    this.state = M.isLiteralState(state) ? 8 : 11;
    return this.repeatBytes(length + M.SHORTEST_MATCH);
  }

  private repeatBytes(length: number): number {
    const distance = this.reps[0];
    this.checkDistance(distance);
    this.reserve(length);
    const { window } = this;
    let { end } = this;
    for (let i = 0; i < length; i++, end++) window[end] = window[end - distance - 1]!;
    this.end = end;
    this.position += length;
    return length;
  }
}
