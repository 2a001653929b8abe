/** Checksums of the .xz format. */
import { createHash, type Hash } from 'node:crypto';
import { crc32 } from '../_zlib/container.ts';

/** Ids of checks. */
export const [CHECK_NONE, CHECK_CRC32, CHECK_CRC64, CHECK_SHA256] = [0, 1, 4, 10] as const;

/** Bytes that a check takes, by its id; those that are not known have theirs, too. */
export const CHECK_SIZES: readonly number[] = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64];

/** Whether a check can be worked out. */
export function isSupported(id: number): boolean {
  return id === CHECK_NONE || id === CHECK_CRC32 || id === CHECK_CRC64 || id === CHECK_SHA256;
}

/** CRC-64 with ECMA's polynomial, as two halves. */
class Crc64 {
  private static table: readonly [Uint32Array, Uint32Array] | null = null;
  private high = 0xffffffff;
  private low = 0xffffffff;

  private static tables(): readonly [Uint32Array, Uint32Array] {
    if (Crc64.table !== null) return Crc64.table;
    const high = new Uint32Array(256);
    const low = new Uint32Array(256);
    for (let i = 0; i < 256; i++) {
      let [h, l] = [0, i];
      for (let bit = 0; bit < 8; bit++) {
        const carry = l & 1;
        l = ((l >>> 1) | (h << 31)) >>> 0;
        h >>>= 1;
        if (carry === 1) {
          h = (h ^ 0xc96c5795) >>> 0;
          l = (l ^ 0xd7870f42) >>> 0;
        }
      }
      high[i] = h;
      low[i] = l;
    }
    return (Crc64.table = [high, low]);
  }

  update(bytes: Uint8Array): void {
    const [tableHigh, tableLow] = Crc64.tables();
    let { high, low } = this;
    for (let i = 0; i < bytes.length; i++) {
      const index = (low ^ bytes[i]!) & 0xff;
      low = (((low >>> 8) | (high << 24)) ^ tableLow[index]!) >>> 0;
      high = ((high >>> 8) ^ tableHigh[index]!) >>> 0;
    }
    this.high = high;
    this.low = low;
  }

  digest(): Uint8Array {
    return words(~this.low >>> 0, ~this.high >>> 0);
  }
}

/** 32-bit words as bytes, low ones first. */
export function words(...values: number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 * values.length));
  values.forEach((value, i) => view.setUint32(4 * i, value, /* littleEndian */ true));
  return new Uint8Array(view.buffer);
}

/** A check over data in pieces. */
export class Check {
  private crc = 0;
  private readonly id: number;
  private readonly crc64 = new Crc64();
  private readonly sha: Hash | null;

  constructor(id: number) {
    this.id = id;
    this.sha = id === CHECK_SHA256 ? createHash('sha256') : null;
  }

  update(bytes: Uint8Array): void {
    if (this.id === CHECK_CRC32) this.crc = crc32(bytes, this.crc);
    else if (this.id === CHECK_CRC64) this.crc64.update(bytes);
    else this.sha?.update(bytes);
  }

  /** The bytes that stand in the file. */
  digest(): Uint8Array {
    if (this.id === CHECK_CRC32) return words(this.crc);
    if (this.id === CHECK_CRC64) return this.crc64.digest();
    return this.sha === null ? new Uint8Array(0) : new Uint8Array(this.sha.digest());
  }
}
