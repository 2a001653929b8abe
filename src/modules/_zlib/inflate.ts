/**
 * Inflating DEFLATE data piece by piece (RFC 1951), as the host has no synchronous streams: linear in the input however small the pieces are.
 *
 *   block: 'header' → 'stored' | 'codes' → 'header' ... → 'done'
 *
 * A step (a block header, a symbol with its extra bits) is decoded at once or not at all: when the input ends inside of it, what was read is
 * put back and kept for the next piece. Messages are zlib's.
 */

const WINDOW = 32768;
/** Output is gathered here behind the window; it moves down when full. */
const CAPACITY = 4 * WINDOW;
const LONGEST_CODE = 15;
const END_OF_BLOCK = 256;

const LENGTH_BASE = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCE_BASE = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577,
];
const DISTANCE_EXTRA = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];
/** The order in which the lengths of the code length code are sent. */
const CODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** What is wrong with the data, in zlib's words. */
export class InflateFailure extends Error {}

/** Thrown and caught inside: the input ends before the step does. */
const STARVED = new Error('more input is needed');
/** Thrown and caught inside: the next step has output for which there is no room. */
const FULL = new Error('the limit is reached');

/** A prefix code: entry `length << 16 | symbol` for every value of the next `bits` bits; 0 where no code begins so. */
interface Code {
  readonly bits: number;
  readonly table: Int32Array;
}

function reversed(code: number, length: number): number {
  let result = 0;
  for (let i = 0; i < length; i++) result |= ((code >> i) & 1) << (length - 1 - i);
  return result;
}

/** Makes a code of its lengths; an incomplete one only where zlib allows it: a single code of one bit, or none. */
function makeCode(lengths: readonly number[], failure: string, allowIncomplete: boolean): Code {
  const counts = new Array<number>(LONGEST_CODE + 1).fill(0);
  for (const length of lengths) counts[length]!++;
  counts[0] = 0;
  let bits = LONGEST_CODE;
  while (bits > 1 && counts[bits] === 0) bits--;
  const next: number[] = [0];
  let code = 0;
  let left = 1;
  for (let length = 1; length <= LONGEST_CODE; length++) {
    left = left * 2 - counts[length]!;
    if (left < 0) throw new InflateFailure(failure);
    code = (code + counts[length - 1]!) << 1;
    next.push(code);
  }
  const empty = counts.every((count) => count === 0);
  if (left > 0 && !(allowIncomplete && (empty || bits === 1))) throw new InflateFailure(failure);
  const table = new Int32Array(1 << bits);
  lengths.forEach((length, symbol) => {
    if (length === 0) return;
    const first = reversed(next[length]!++, length);
    for (let i = first; i < table.length; i += 1 << length) table[i] = (length << 16) | symbol;
  });
  return { bits, table };
}

/** Declared cache: the code of blocks that send none. */
let fixedCodes: { literals: Code; distances: Code } | null = null;

function fixed(): { literals: Code; distances: Code } {
  if (fixedCodes === null) {
    const literals = Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8));
    fixedCodes = { literals: makeCode(literals, '', false), distances: makeCode(new Array<number>(32).fill(5), '', false) };
  }
  return fixedCodes;
}

/** See the head of the file. */
export class InflateStream {
  private input: Uint8Array = new Uint8Array(0);
  private position = 0;
  private hold = 0;
  private held = 0;
  private state: 'header' | 'stored' | 'codes' | 'done' = 'header';
  private last = false;
  private literals: Code | null = null;
  private distances: Code | null = null;
  private storedLeft = 0;
  private copyLeft = 0;
  private copyDistance = 0;
  private buffer: Uint8Array = new Uint8Array(CAPACITY);
  private end = 0;
  private start = 0;
  private pieces: Uint8Array[] = [];
  private room = 0;

  /** `dictionary` is what the data may refer to from its beginning. */
  constructor(dictionary: Uint8Array | undefined) {
    if (dictionary === undefined) return;
    const window = dictionary.subarray(-WINDOW);
    this.buffer.set(window);
    this.end = this.start = window.length;
  }

  get done(): boolean {
    return this.state === 'done';
  }

  /** Whether output was held back in the middle of a repetition. */
  get blocked(): boolean {
    return this.copyLeft > 0;
  }

  /** Takes in a piece and gives at most `limit` bytes; `used` says how much of the piece was needed for them. Throws InflateFailure. */
  write(piece: Uint8Array, limit: number): { output: Uint8Array; used: number } {
    const kept = this.input.length - this.position;
    this.input = kept === 0 ? piece : Buffer.concat([this.input.subarray(this.position), piece]);
    this.position = 0;
    this.room = limit;
    let starved = false;
    try {
      while (this.state !== 'done') this.step();
      this.giveBack();
    } catch (caught) {
      if (caught !== STARVED && caught !== FULL) throw caught;
      starved = caught === STARVED;
    }
    // What an unfinished step has seen is kept here, unless more is left because the limit was reached.
    const used = starved ? piece.length : Math.max(0, this.position - kept);
    if (!starved) this.input = this.position < kept ? this.input.slice(this.position, kept) : new Uint8Array(0);
    else this.input = this.input.slice(this.position);
    this.position = 0;
    return { output: this.takeOutput(), used };
  }

  /** Whole bytes behind the end of the data belong to whoever comes next. */
  private giveBack(): void {
    this.position -= this.held >> 3;
    this.held = 0;
    this.hold = 0;
  }

  private takeOutput(): Uint8Array {
    const rest = this.buffer.slice(this.start, this.end);
    this.start = this.end;
    const { pieces } = this;
    this.pieces = [];
    return pieces.length === 0 ? rest : new Uint8Array(Buffer.concat([...pieces, rest]));
  }

  // Bits

  /** Makes `count` bits available, at most 16. @hot */
  private need(count: number): void {
    while (this.held < count) {
      if (this.position >= this.input.length) throw STARVED;
      this.hold |= this.input[this.position++]! << this.held;
      this.held += 8;
    }
  }

  private drop(count: number): void {
    this.hold >>>= count;
    this.held -= count;
  }

  private take(count: number): number {
    if (count === 0) return 0;
    this.need(count);
    const value = this.hold & ((1 << count) - 1);
    this.drop(count);
    return value;
  }

  /** The next symbol of a code. @hot */
  private symbol(code: Code, failure: string): number {
    const mask = (1 << code.bits) - 1;
    for (;;) {
      const entry = code.table[this.hold & mask]!;
      const length = entry >> 16;
      if (length > 0 && length <= this.held) {
        this.drop(length);
        return entry & 0xffff;
      }
      if (this.held >= code.bits) throw new InflateFailure(failure);
      this.need(this.held + 1);
    }
  }

  // Output

  private makeRoom(): void {
    if (this.start < this.end) this.pieces.push(this.buffer.slice(this.start, this.end));
    this.buffer.copyWithin(0, this.end - WINDOW, this.end);
    this.start = this.end = WINDOW;
  }

  private put(byte: number): void {
    if (this.room <= 0) throw FULL;
    if (this.end === CAPACITY) this.makeRoom();
    this.buffer[this.end++] = byte;
    this.room--;
  }

  private copy(): void {
    for (; this.copyLeft > 0; this.copyLeft--) {
      // `put` may move the buffer before it writes; the distance from the end stays the same.
      this.put(this.buffer[this.end - this.copyDistance]!);
    }
  }

  // Steps

  /** One step; puts everything back when the input ends inside of it. */
  private step(): void {
    if (this.copyLeft > 0) return this.copy();
    const { position, hold, held } = this;
    try {
      if (this.state === 'codes') this.codes();
      else if (this.state === 'stored') this.stored();
      else this.header();
    } catch (caught) {
      if (caught === STARVED && this.state === 'header') [this.position, this.hold, this.held] = [position, hold, held];
      throw caught;
    }
  }

  private endBlock(): void {
    this.state = this.last ? 'done' : 'header';
  }

  private header(): void {
    const last = this.take(1) === 1;
    const type = this.take(2);
    if (type === 3) throw new InflateFailure('invalid block type');
    if (type === 0) this.storedHeader();
    else if (type === 1) ({ literals: this.literals, distances: this.distances } = fixed());
    else this.dynamicHeader();
    this.last = last;
    this.state = type === 0 ? 'stored' : 'codes';
  }

  private storedHeader(): void {
    this.drop(this.held & 7);
    const length = this.take(16);
    if (length !== (~this.take(16) & 0xffff)) throw new InflateFailure('invalid stored block lengths');
    this.storedLeft = length;
  }

  private stored(): void {
    for (; this.storedLeft > 0; this.storedLeft--) {
      // Whole bytes may still be held from the block's header.
      this.need(8);
      this.put(this.hold & 255);
      this.drop(8);
    }
    this.endBlock();
  }

  private dynamicHeader(): void {
    const literalCount = this.take(5) + 257;
    const distanceCount = this.take(5) + 1;
    const codeCount = this.take(4) + 4;
    if (literalCount > 286 || distanceCount > 30) throw new InflateFailure('too many length or distance symbols');
    const codeLengths = new Array<number>(19).fill(0);
    for (let i = 0; i < codeCount; i++) codeLengths[CODE_ORDER[i]!] = this.take(3);
    const lengths = this.lengths(makeCode(codeLengths, 'invalid code lengths set', false), literalCount + distanceCount);
    if (lengths[END_OF_BLOCK] === 0) throw new InflateFailure('invalid code -- missing end-of-block');
    this.literals = makeCode(lengths.slice(0, literalCount), 'invalid literal/lengths set', true);
    this.distances = makeCode(lengths.slice(literalCount), 'invalid distances set', true);
  }

  /** The lengths of both codes, with repetitions written out. */
  private lengths(code: Code, count: number): number[] {
    const lengths: number[] = [];
    while (lengths.length < count) {
      const symbol = this.symbol(code, 'invalid code lengths set');
      if (symbol < 16) {
        lengths.push(symbol);
        continue;
      }
      if (symbol === 16 && lengths.length === 0) throw new InflateFailure('invalid bit length repeat');
      const value = symbol === 16 ? lengths[lengths.length - 1]! : 0;
      const repeat = symbol === 16 ? 3 + this.take(2) : symbol === 17 ? 3 + this.take(3) : 11 + this.take(7);
      if (lengths.length + repeat > count) throw new InflateFailure('invalid bit length repeat');
      for (let i = 0; i < repeat; i++) lengths.push(value);
    }
    return lengths;
  }

  /** Literals and repetitions up to the end of the block, of the input or of the room. @hot */
  private codes(): void {
    for (;;) {
      const { position, hold, held } = this;
      try {
        if (!this.oneCode()) return this.endBlock();
      } catch (caught) {
        // A repetition that has begun goes on from where it is.
        if (this.copyLeft === 0) [this.position, this.hold, this.held] = [position, hold, held];
        throw caught;
      }
    }
  }

  private oneCode(): boolean {
    const symbol = this.symbol(this.literals!, 'invalid literal/length code');
    if (symbol < END_OF_BLOCK) {
      this.put(symbol);
      return true;
    }
    if (symbol === END_OF_BLOCK) return false;
    const row = symbol - END_OF_BLOCK - 1;
    if (row >= LENGTH_BASE.length) throw new InflateFailure('invalid literal/length code');
    const length = LENGTH_BASE[row]! + this.take(LENGTH_EXTRA[row]!);
    const far = this.symbol(this.distances!, 'invalid distance code');
    if (far >= DISTANCE_BASE.length) throw new InflateFailure('invalid distance code');
    const distance = DISTANCE_BASE[far]! + this.take(DISTANCE_EXTRA[far]!);
    if (distance > this.end) throw new InflateFailure('invalid distance too far back');
    this.copyLeft = length;
    this.copyDistance = distance;
    this.copy();
    return true;
  }

  /** An independent copy. */
  clone(): InflateStream {
    return Object.assign(new InflateStream(undefined), this, { buffer: this.buffer.slice(), pieces: this.pieces.slice() });
  }
}
