/** Writing bzip2 streams: runs, Burrows-Wheeler, move-to-front, Huffman codes. */
import { ByteBuffer } from '../_compression/byte-buffer.ts';
import { combine, crcByte } from './crc.ts';
import { canonicalCodes, codeLengths } from './huffman.ts';
import { sortRotations } from './sort.ts';

const GROUP = 50;
/** A run of four bytes and its count may follow the last byte that fits. */
const MARGIN = 19;
/** How often codes and the choice between them are worked out anew. */
const ROUNDS = 4;
/** The longest run that one count byte can say. */
const LONGEST_RUN = 255;

/** Places in the list of recent bytes, with runs of zeros packed, and the end symbol. */
interface Symbols {
  readonly values: Uint16Array;
  readonly count: number;
  readonly alphabet: number;
  readonly used: readonly boolean[];
}

/** See the file. */
export class Bz2Encoder {
  private readonly output = new ByteBuffer();
  private readonly block: Uint8Array;
  private length = 0;
  private crc = -1;
  private streamCrc = 0;
  private runByte = -1;
  private runLength = 0;
  private bitBuffer = 0;
  private bitCount = 0;

  /** `level` is the size of blocks in 100,000 bytes. */
  constructor(level: number) {
    this.block = new Uint8Array(level * 100_000 - MARGIN);
    for (const c of `BZh${level}`) this.bits(c.charCodeAt(0), 8);
  }

  /** Takes further input; returns the output that is ready. */
  write(input: Uint8Array): Uint8Array {
    for (let i = 0; i < input.length; i++) {
      const byte = input[i]!;
      if (byte === this.runByte && this.runLength < LONGEST_RUN) this.runLength++;
      else {
        this.endRun();
        this.runByte = byte;
        this.runLength = 1;
      }
    }
    return this.output.take(Infinity);
  }

  /** Ends the stream; returns the rest of the output. */
  finish(): Uint8Array {
    this.endRun();
    this.endBlock();
    this.word48(0x177245, 0x385090);
    this.word32(this.streamCrc);
    if (this.bitCount > 0) this.bits(0, 8 - this.bitCount);
    return this.output.take(Infinity);
  }

  private endRun(): void {
    if (this.runLength === 0) return;
    if (this.length + 5 > this.block.length) this.endBlock();
    const { runByte, runLength } = this;
    for (let i = 0; i < runLength; i++) this.crc = crcByte(this.crc, runByte);
    for (let i = 0; i < Math.min(4, runLength); i++) this.block[this.length++] = runByte;
    if (runLength >= 4) this.block[this.length++] = runLength - 4;
    this.runLength = 0;
    this.runByte = -1;
  }

  private endBlock(): void {
    if (this.length === 0) return;
    const crc = ~this.crc;
    this.streamCrc = combine(this.streamCrc, crc);
    const order = sortRotations(this.block, this.length);
    this.word48(0x314159, 0x265359);
    this.word32(crc);
    this.bits(0, 1);
    this.bits(order.indexOf(0), 24);
    const symbols = this.moveToFront(order);
    this.writeMap(symbols.used);
    this.writeSymbols(symbols);
    this.length = 0;
    this.crc = -1;
  }

  private moveToFront(order: Int32Array): Symbols {
    const { block, length } = this;
    const used = new Array<boolean>(256).fill(false);
    for (let i = 0; i < length; i++) used[block[i]!] = true;
    const recent = Uint8Array.from(used.flatMap((isUsed, byte) => (isUsed ? [byte] : [])));
    const values = new Uint16Array(length + 2);
    let count = 0;
    let zeros = 0;
    const endZeros = (): void => {
      // A number in base two whose digits are one and two.
      for (; zeros > 0; zeros = (zeros - 1) >> 1) values[count++] = zeros & 1 ? 0 : 1;
    };
    for (let i = 0; i < length; i++) {
      const at = order[i]! === 0 ? length - 1 : order[i]! - 1;
      const byte = block[at]!;
      const place = recent.indexOf(byte);
      if (place === 0) {
        zeros++;
        continue;
      }
      endZeros();
      recent.copyWithin(1, 0, place);
      recent[0] = byte;
      values[count++] = place + 1;
    }
    endZeros();
    values[count++] = recent.length + 1;
    return { values, count, alphabet: recent.length + 2, used };
  }

  private writeMap(used: readonly boolean[]): void {
    const ranges = Array.from({ length: 16 }, (_, range) => used.slice(16 * range, 16 * range + 16));
    for (const range of ranges) this.bits(range.includes(true) ? 1 : 0, 1);
    for (const range of ranges) if (range.includes(true)) for (const isUsed of range) this.bits(isUsed ? 1 : 0, 1);
  }

  private writeSymbols(symbols: Symbols): void {
    const { values, count } = symbols;
    const { lengths, selectors } = chooseCodes(symbols);
    this.bits(lengths.length, 3);
    this.bits(selectors.length, 15);
    const order = lengths.map((_, i) => i);
    for (const selector of selectors) {
      const place = order.indexOf(selector);
      order.splice(place, 1);
      order.unshift(selector);
      for (let i = 0; i < place; i++) this.bits(1, 1);
      this.bits(0, 1);
    }
    for (const table of lengths) this.writeLengths(table);
    const codes = lengths.map(canonicalCodes);
    for (let i = 0; i < count; i++) {
      const table = selectors[Math.floor(i / GROUP)]!;
      this.bits(codes[table]![values[i]!]!, lengths[table]![values[i]!]!);
    }
  }

  private writeLengths(lengths: Uint8Array): void {
    let current = lengths[0]!;
    this.bits(current, 5);
    for (const length of lengths) {
      for (; current < length; current++) this.bits(0b10, 2);
      for (; current > length; current--) this.bits(0b11, 2);
      this.bits(0, 1);
    }
  }

  private bits(value: number, count: number): void {
    this.bitBuffer = (this.bitBuffer << count) | value;
    this.bitCount += count;
    while (this.bitCount >= 8) {
      this.bitCount -= 8;
      this.output.push((this.bitBuffer >>> this.bitCount) & 0xff);
    }
    this.bitBuffer &= (1 << this.bitCount) - 1;
  }

  private word32(value: number): void {
    this.bits(value >>> 16, 16);
    this.bits(value & 0xffff, 16);
  }

  private word48(high: number, low: number): void {
    this.bits(high, 24);
    this.bits(low, 24);
  }
}

function tableCount(symbols: number): number {
  return symbols < 200 ? 2 : symbols < 600 ? 3 : symbols < 1200 ? 4 : symbols < 2400 ? 5 : 6;
}

/** Code tables for parts of the alphabet of about equal frequency: where the rounds start from. */
function firstLengths({ values, count, alphabet }: Symbols, tables: number): Uint8Array[] {
  const frequencies = new Int32Array(alphabet);
  for (let i = 0; i < count; i++) frequencies[values[i]!]!++;
  let symbol = 0;
  let left = count;
  return Array.from({ length: tables }, (_, table) => {
    const lengths = new Uint8Array(alphabet).fill(15);
    const share = left / (tables - table);
    for (let sum = 0; symbol < alphabet && (sum < share || table === tables - 1); symbol++) {
      sum += frequencies[symbol]!;
      left -= frequencies[symbol]!;
      lengths[symbol] = 1;
    }
    return lengths;
  });
}

/** Works out code tables, and which table each group of symbols takes. */
function chooseCodes(symbols: Symbols): { lengths: Uint8Array[]; selectors: Uint8Array } {
  const { values, count, alphabet } = symbols;
  let lengths = firstLengths(symbols, tableCount(count));
  const selectors = new Uint8Array(Math.ceil(count / GROUP));
  for (let round = 0; round < ROUNDS; round++) {
    const frequencies = lengths.map(() => new Int32Array(alphabet));
    for (let group = 0; group < selectors.length; group++) {
      const end = Math.min(count, (group + 1) * GROUP);
      const best = cheapest(lengths, values, group * GROUP, end);
      selectors[group] = best;
      for (let i = group * GROUP; i < end; i++) frequencies[best]![values[i]!]!++;
    }
    lengths = frequencies.map(codeLengths);
  }
  return { lengths, selectors };
}

function cheapest(lengths: readonly Uint8Array[], values: Uint16Array, start: number, end: number): number {
  let best = 0;
  let bestCost = Infinity;
  for (let table = 0; table < lengths.length; table++) {
    const lengthOf = lengths[table]!;
    let cost = 0;
    for (let i = start; i < end; i++) cost += lengthOf[values[i]!]!;
    if (cost < bestCost) [best, bestCost] = [table, cost];
  }
  return best;
}
