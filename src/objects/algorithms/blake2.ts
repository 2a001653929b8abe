/** BLAKE2b and BLAKE2s with all parameters of RFC 7693 and the tree mode. Words are bigints: the host has both digests, but without parameters. */

/** What makes the two functions differ. */
export interface Blake2Kind {
  readonly wordBytes: 4 | 8;
  readonly rounds: number;
  readonly rotations: readonly [bigint, bigint, bigint, bigint];
  readonly iv: readonly bigint[];
}

const IV_B = [
  0x6a09e667f3bcc908n, 0xbb67ae8584caa73bn, 0x3c6ef372fe94f82bn, 0xa54ff53a5f1d36f1n, 0x510e527fade682d1n, 0x9b05688c2b3e6c1fn,
  0x1f83d9abfb41bd6bn, 0x5be0cd19137e2179n,
];
/** 64-bit words, digests up to 64 bytes. */
export const BLAKE2B: Blake2Kind = { wordBytes: 8, rounds: 12, rotations: [32n, 24n, 16n, 63n], iv: IV_B };
/** 32-bit words, digests up to 32 bytes. */
export const BLAKE2S: Blake2Kind = { wordBytes: 4, rounds: 10, rotations: [16n, 12n, 8n, 7n], iv: IV_B.map((word) => word >> 32n) };

const SIGMA = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15], [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
  [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4], [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
  [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13], [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
  [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11], [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
  [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5], [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
];
const COLUMNS = [[0, 4, 8, 12], [1, 5, 9, 13], [2, 6, 10, 14], [3, 7, 11, 15], [0, 5, 10, 15], [1, 6, 11, 12], [2, 7, 8, 13], [3, 4, 9, 14]];

function wordAt(bytes: Uint8Array, at: number, size: number): bigint {
  let word = 0n;
  for (let i = size - 1; i >= 0; i--) word = (word << 8n) | BigInt(bytes[at + i]!);
  return word;
}

/** A running hash. `parameters` is the parameter block of eight words. */
export class Blake2 {
  private readonly kind: Blake2Kind;
  private readonly blockSize: number;
  private readonly mask: bigint;
  private h: bigint[];
  private block: Uint8Array;
  private filled = 0;
  private count = 0n;
  private readonly digestSize: number;
  private readonly lastNode: boolean;

  constructor(kind: Blake2Kind, parameters: Uint8Array, options: { key: Uint8Array; lastNode: boolean }) {
    this.kind = kind;
    this.blockSize = 16 * kind.wordBytes;
    this.mask = (1n << BigInt(8 * kind.wordBytes)) - 1n;
    this.h = kind.iv.map((word, i) => word ^ wordAt(parameters, i * kind.wordBytes, kind.wordBytes));
    this.block = new Uint8Array(this.blockSize);
    this.digestSize = parameters[0]!;
    this.lastNode = options.lastNode;
    if (options.key.length > 0) {
      this.block.set(options.key);
      this.filled = this.blockSize;
    }
  }

  /** An independent copy. */
  copy(): Blake2 {
    const copy = Object.assign(Object.create(Blake2.prototype) as Blake2, this);
    copy.h = this.h.slice();
    copy.block = this.block.slice();
    return copy;
  }

  update(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      // The last block is kept: it is compressed differently.
      if (this.filled === this.blockSize) this.compress(/* last */ false);
      const take = Math.min(this.blockSize - this.filled, bytes.length - at);
      this.block.set(bytes.subarray(at, at + take), this.filled);
      this.filled += take;
      at += take;
    }
  }

  private compress(last: boolean): void {
    const { kind, mask, h } = this;
    this.count += BigInt(this.filled);
    const m = Array.from({ length: 16 }, (_, i) => wordAt(this.block, i * kind.wordBytes, kind.wordBytes));
    const v = [...h, ...kind.iv];
    v[12]! ^= this.count & mask;
    v[13]! ^= this.count >> BigInt(8 * kind.wordBytes);
    if (last) v[14]! ^= mask;
    if (last && this.lastNode) v[15]! ^= mask;
    for (let round = 0; round < kind.rounds; round++) this.round(v, m, SIGMA[round % 10]!);
    for (let i = 0; i < 8; i++) h[i]! ^= v[i]! ^ v[i + 8]!;
    this.block.fill(0);
    this.filled = 0;
  }

  private round(v: bigint[], m: readonly bigint[], sigma: readonly number[]): void {
    const { mask } = this;
    const [r1, r2, r3, r4] = this.kind.rotations;
    const bits = BigInt(8 * this.kind.wordBytes);
    const rotate = (word: bigint, by: bigint): bigint => ((word >> by) | (word << (bits - by))) & mask;
    COLUMNS.forEach(([a, b, c, d], i) => {
      v[a!] = (v[a!]! + v[b!]! + m[sigma[2 * i]!]!) & mask;
      v[d!] = rotate(v[d!]! ^ v[a!]!, r1);
      v[c!] = (v[c!]! + v[d!]!) & mask;
      v[b!] = rotate(v[b!]! ^ v[c!]!, r2);
      v[a!] = (v[a!]! + v[b!]! + m[sigma[2 * i + 1]!]!) & mask;
      v[d!] = rotate(v[d!]! ^ v[a!]!, r3);
      v[c!] = (v[c!]! + v[d!]!) & mask;
      v[b!] = rotate(v[b!]! ^ v[c!]!, r4);
    });
  }

  /** The digest of what came so far. */
  digest(): Uint8Array {
    const final = this.copy();
    final.compress(/* last */ true);
    const { wordBytes } = this.kind;
    const out = new Uint8Array(8 * wordBytes);
    final.h.forEach((word, i) => {
      for (let k = 0; k < wordBytes; k++) out[i * wordBytes + k] = Number((word >> BigInt(8 * k)) & 255n);
    });
    return out.slice(0, this.digestSize);
  }
}
