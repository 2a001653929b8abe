/** LZMA both ways. The packed texts are liblzma's. */
import { describe, expect, test } from 'vitest';
import { Decompressor, type StreamDecoder } from '../_compression/decompressor.ts';
import { chainDecoder, chainEncoder, presetOptions, type Filter } from './chain.ts';
import { AloneStream, MemoryLimit, RawStream, UnknownFormat } from './decoders.ts';
import { CorruptData } from './range-decoder.ts';
import { XzEncoder, XzStream } from './xz.ts';

const DATA = Buffer.from(`${Array.from({ length: 60 }, (_, i) => `line ${(i * i) % 97} of the text\n`).join('')}${'z'.repeat(700)}`);
const XZ = Buffer.from('/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4AdiAL1dADYaSh8IoCYDTQad+LKKIkUYs3IS1S1x72WmnATxT9IGobnn+JH+BAH7vcLblMdxBEFLbgRl4QgAVhOm5cw5ko2LnOtEt0T0soIEdosq4wntMpCkEXu6kTBHLlB9xuOc1f7nWZ8x6jj16UF+qr6VdyGzbWPraV/zUhqd0hzj0fUE+yONXgpLZtEG4fRejUJLuKvK4/iG6oplai962SZ0TTiniglsyc8Xbrk2K8tI0SeygaZvVFgAiZ4AiFauAAAAAACjgx7dR34oHgAB2QHjDgAAVnNQBbHEZ/sCAAAAAARZWg==', 'base64');
const ALONE = Buffer.from('XQAAgAD//////////wA2GkofCKAmA00GnfiyiiJFGLNyEtUtce9lppwE8U/SBqG55/iR/gQB+73C25THcQRBS24EZeEIAFYTpuXMOZKNi5zrRLdE9LKCBHaLKuMJ7TKQpBF7upEwRy5QfcbjnNX+51mfMeo49elBfqq+lXchs21j62lf81IandIc49H1BPsjjV4KS2bRBuH0Xo1CS7iryuP4huqKZWovetkmdE04p4oJbMnPF265NivLSNEnsoGmb1RYAImeAKbdbh//+tUJQA==', 'base64');
/** Behind a delta and an x86 filter, with SHA-256. */
const FILTERED = Buffer.from(
  '/Td6WFoAAArh+wyhAwIDAQEEACEBFgAAgJg4zOAHYgEGXQA2GjxPs5+GCkLjCybd5LwBZRgwzOliA3rY87fODeLmSF+obG9Nj5/yDQOtOG9M83WWaWKLfeMchSJqTv6lCGhzEQbnbznOzkpLJjDIfFXRAU4NjUCeU2qz0E5lozBVZOxPg+P9u01q5sFzlfT9hnjs6SkhbCUf6KmABd8XtKG8U3r8bNk3fjZQnxwNfVUQZ386U7vFymDrnowLDwIO391nRsfW1MRM4BAJgXAF/wB99N5X2k0ySMYjJzLxoK1Pu2sEyH79KN2h/0PBpGOiv1uwYNM3cqUm3PWVnN4TpeLfxm18hR/iCZ0h6jIS5ETHd5lU3GSisOuwJ4DShXFoJ4Glh/JXYmUAAAAA8opT4cYVFreBiQbafRAnKw29BO5LOKEqNqwra32UOX4AAb4C4w4AAGQ2AVe26d8cAgAAAAAKWVo=', 'base64',
);

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

const LZMA2: Filter = { kind: 'lzma2', options: presetOptions(6) };

function pack(data: Uint8Array, filters: readonly Filter[] = [LZMA2], check = 4): Buffer {
  const encoder = new XzEncoder(filters, check);
  return Buffer.concat([encoder.write(data), encoder.finish()]);
}

describe('decoding', () => {
  test.each([['.xz', XZ], ['filters', FILTERED]] as const)('reads what liblzma wrote: %s', (_name, packed) => {
    for (const step of [1, 3, 50, packed.length]) expect(decompress(new XzStream(Infinity), packed, step).equals(DATA)).toBe(true);
  });

  test('reads .lzma files, in pieces', () => {
    for (const step of [1, 7, ALONE.length]) expect(decompress(new AloneStream(Infinity), ALONE, step).equals(DATA)).toBe(true);
  });

  test('refuses a changed bit, wherever that is', () => {
    for (let at = 12; at < XZ.length; at += 5) {
      const damaged = Buffer.from(XZ);
      damaged[at]! ^= 8;
      const stream = new Decompressor(new XzStream(Infinity));
      let ended = false;
      try {
        stream.decompress(damaged, Infinity);
        ended = stream.eof;
      } catch {
        // Which error it is depends on the place.
      }
      expect(ended).toBe(false);
    }
  });

  test('says what is wrong', () => {
    expect(() => new Decompressor(new XzStream(Infinity)).decompress(Buffer.from('no xz file at all'), Infinity)).toThrow(UnknownFormat);
    expect(() => new Decompressor(new XzStream(1024)).decompress(XZ, Infinity)).toThrow(MemoryLimit);
    expect(() => new Decompressor(new RawStream(chainDecoder([LZMA2]))).decompress(Buffer.from([3]), Infinity)).toThrow(CorruptData);
  });
});

describe('encoding', () => {
  test.each(CASES)('%s comes back', (_name, data) => {
    for (const check of [0, 1, 4, 10]) expect(decompress(new XzStream(Infinity), pack(data, [LZMA2], check)).equals(Buffer.from(data))).toBe(true);
  });

  test('an empty stream is that of liblzma', () => {
    expect(pack(new Uint8Array(0)).toString('hex')).toBe('fd377a585a000004e6d6b446000000001cdf44211fb6f37d010000000004595a');
  });

  test('every filter takes back what it did', () => {
    const code = Uint8Array.from({ length: 20_000 }, (_, i) => [0xe8, i & 0xff, 0x12, 0, 0, 0xeb, 0x48, 0x40, 0xf0, 0xf8][i % 10]!);
    const branches: Filter[] = [4, 5, 6, 7, 8, 9].map((id) => ({ kind: 'branch', id, startOffset: 0 }));
    for (const filter of [...branches, { kind: 'delta', distance: 3 } as const]) expect(decompress(new XzStream(Infinity), pack(code, [filter, LZMA2])).equals(Buffer.from(code))).toBe(true);
  });

  test('raw LZMA ends with a marker', () => {
    const filter: Filter = { kind: 'lzma1', options: presetOptions(1) };
    const encoder = chainEncoder([filter]);
    const packed = Buffer.concat([encoder.write(DATA), encoder.finish()]);
    expect(decompress(new RawStream(chainDecoder([filter])), packed, 5).equals(DATA)).toBe(true);
  });

  test('input longer than the window of the search', () => {
    const options = { ...presetOptions(0), dictionarySize: 4096 };
    const data = Uint8Array.from({ length: 300_000 }, (_, i) => (i % 5000) & 0xff);
    const filter: Filter = { kind: 'lzma2', options };
    expect(decompress(new XzStream(Infinity), pack(data, [filter])).equals(Buffer.from(data))).toBe(true);
  });
});
