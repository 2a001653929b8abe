/** bzip2 both ways. The packed text is libbz2's. */
import { describe, expect, test } from 'vitest';
import { Decompressor, type StreamDecoder } from '../_compression/decompressor.ts';
import { Bz2Decoder, InvalidStream } from './decoder.ts';
import { Bz2Encoder } from './encoder.ts';
import { sortRotations } from './sort.ts';

const DATA = Buffer.from(`${Array.from({ length: 60 }, (_, i) => `line ${(i * i) % 97} of the text\n`).join('')}${'z'.repeat(700)}`);
const PACKED = Buffer.from('QlpoOTFBWSZTWcgj+LYAAYHZiIAQQAB/4ANlhFAAEAAIMADVYGU01NtKaNAANNJmlPVP1T1ABhNVRqDQAZB7AZm2AzNFneWMzSydjWiRCMl3lGkXRjabKjCZq6UTYJ4ejZgEnABJwo0s91epDQza6KGClB8uQxqKiSGrUTVkoC5VS8uQ3HD1Z8d2WMZVYz0sT3Q80PFDWhlQ1ofdSNqGlD5QyqG1D9b/1P4u5IpwoSGQR/Fs', 'base64');

/** Inputs that are hard in different ways. */
const CASES: readonly (readonly [string, Uint8Array])[] = [
  ['nothing', new Uint8Array(0)], ['one byte', Uint8Array.of(7)], ['four equal bytes', new Uint8Array(4).fill(97)], ['a run', new Uint8Array(100_000).fill(1)],
  ['all bytes', Uint8Array.from({ length: 5000 }, (_, i) => i % 256)], ['two bytes in turn', Uint8Array.from({ length: 3001 }, (_, i) => i % 2)], ['text', DATA],
  ['noise', Uint8Array.from({ length: 70_000 }, ((seed) => () => ((seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) >>> 16) & 255)(1))],
];

function decompress(decoder: StreamDecoder, packed: Uint8Array, step = packed.length): Buffer {
  const stream = new Decompressor(decoder);
  const parts: Uint8Array[] = [];
  for (let i = 0; i < packed.length; i += step) parts.push(stream.decompress(packed.subarray(i, i + step), Infinity));
  expect(stream.eof).toBe(true);
  return Buffer.concat(parts);
}

function compress(data: Uint8Array, level = 9): Buffer {
  const encoder = new Bz2Encoder(level);
  return Buffer.concat([encoder.write(data), encoder.finish()]);
}

describe('decoding', () => {
  test('reads what libbz2 wrote, in pieces of any size', () => {
    for (const step of [1, 3, 50, PACKED.length]) expect(decompress(new Bz2Decoder(), PACKED, step).equals(DATA)).toBe(true);
  });

  test('gives output in pieces, and what stands behind the stream', () => {
    const stream = new Decompressor(new Bz2Decoder());
    const parts = [stream.decompress(Buffer.concat([PACKED, Buffer.from('tail')]), 100)];
    expect([parts[0]!.length, stream.needsInput, stream.eof]).toEqual([100, false, false]);
    while (!stream.eof) parts.push(stream.decompress(new Uint8Array(0), 1000));
    expect(Buffer.concat(parts).equals(DATA)).toBe(true);
    expect(Buffer.from(stream.unused).toString()).toBe('tail');
  });

  test('refuses a stream with a changed bit, wherever that is', () => {
    for (let at = 0; at < PACKED.length - 1; at += 7) {
      const damaged = Buffer.from(PACKED);
      damaged[at]! ^= 4;
      const stream = new Decompressor(new Bz2Decoder());
      let ended = false;
      try {
        ended = Buffer.from(stream.decompress(damaged, Infinity)).equals(DATA) && stream.eof;
      } catch (error) {
        expect(error).toBeInstanceOf(InvalidStream);
      }
      // A bit of the table of selectors that are not used may change nothing; the last byte has bits that say nothing.
      expect(ended).toBe(false);
    }
  });
});

describe('encoding', () => {
  test.each(CASES)('%s comes back', (_name, data) => {
    for (const level of [1, 9]) expect(decompress(new Bz2Decoder(), compress(data, level)).equals(Buffer.from(data))).toBe(true);
  });

  test('several blocks make one stream', () => {
    const large = Uint8Array.from({ length: 250_000 }, (_, i) => (i * i) >> 7);
    expect(decompress(new Bz2Decoder(), compress(large, 1)).equals(Buffer.from(large))).toBe(true);
  });

  test('is about as good as libbz2', () => {
    expect(compress(DATA).length).toBeLessThan(PACKED.length * 1.02);
  });

  test('rotations are in order', () => {
    const block = new TextEncoder().encode('abracadabra');
    const rotation = (start: number): string => 'abracadabra'.slice(start) + 'abracadabra'.slice(0, start);
    const order = [...sortRotations(block, block.length)].map(rotation);
    expect(order).toEqual([...order].sort());
  });
});
