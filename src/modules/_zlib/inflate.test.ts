/** Unit tests of the step by step inflater against the host's deflate. */
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InflateFailure, InflateStream } from './inflate.ts';

function inflateIn(pieces: readonly Uint8Array[], limit: number): { output: Buffer; done: boolean } {
  const stream = new InflateStream(undefined);
  const output: Uint8Array[] = [];
  for (const piece of pieces) {
    let rest = piece;
    for (;;) {
      const { output: some, used } = stream.write(rest, limit);
      output.push(some);
      rest = rest.subarray(used);
      if (some.length < limit) break;
    }
  }
  return { output: Buffer.concat(output), done: stream.done };
}

function cut(bytes: Uint8Array, size: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
}

const texts = fc.array(fc.constantFrom('the ', 'quick ', 'brown ', '\0', 'fox', 'é'), { maxLength: 3000 }).map((words) => Buffer.from(words.join('')));

describe('InflateStream', () => {
  it('gives back what was deflated, however input and output are cut', () => {
    fc.assert(fc.property(texts, fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 5000 }), (data, level, size, limit) => {
      const { output, done } = inflateIn(cut(deflateRawSync(data, { level }), size), limit);
      expect(output.equals(data)).toBe(true);
      expect(done).toBe(true);
    }), { numRuns: 60 });
  });

  it('keeps the window over more output than its buffer holds', () => {
    const data = Buffer.from(Array.from({ length: 400_000 }, (_, i) => (i * i * 31 + (i >> 7)) & 15));
    expect(inflateIn(cut(deflateRawSync(data), 1000), Infinity).output.equals(data)).toBe(true);
  });

  it('leaves what follows the data', () => {
    const data = deflateRawSync(Buffer.from('abc'));
    const stream = new InflateStream(undefined);
    const { used } = stream.write(Buffer.concat([data, Buffer.from('rest')]), Infinity);
    expect(used).toBe(data.length);
  });

  it('says what is wrong with the data', () => {
    const attempt = (bytes: readonly number[]): (() => void) => () => void new InflateStream(undefined).write(Uint8Array.from(bytes), Infinity);
    expect(attempt([0x07])).toThrow(InflateFailure);
    expect(attempt([0x01, 1, 0, 1, 0])).toThrow('invalid stored block lengths');
    // A repetition before any output.
    expect(attempt([0x03, 0x02, 0x00])).toThrow('invalid distance too far back');
  });
});
