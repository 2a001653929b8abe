/** The writer gives the text that its pieces are, whatever characters they have. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeAscii, encodePlain } from './strings.ts';
import { TextWriter } from './text-writer.ts';

function written(write: (out: TextWriter) => void): string {
  const out = new TextWriter();
  write(out);
  return out.close();
}

const texts = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom('a', '"', '\\', '\n', '\x7f', '\x80', 'ÿ', 'Ā', '€', '\ud800', '\udc00', '😀') }));

describe('TextWriter', () => {
  test('pieces follow each other', () => {
    fc.assert(fc.property(fc.array(texts), (pieces) => {
      expect(written((out) => pieces.forEach((piece) => out.add(piece)))).toBe(pieces.join(''));
    }));
  });

  test('quoted texts are those of the encoding functions', () => {
    fc.assert(fc.property(fc.array(texts), fc.boolean(), (pieces, ascii) => {
      expect(written((out) => pieces.forEach((piece) => out.addQuoted(piece, ascii)))).toBe(pieces.map(ascii ? encodeAscii : encodePlain).join(''));
    }));
  });

  test('ints are in decimal, in bytes and in units', () => {
    const edges = [0, 9, 10, 99, 100, 99_999_999, 100_000_000, 2 ** 31, 2 ** 53 - 1];
    for (const value of [...edges, ...edges.map((edge) => -edge)]) {
      expect(written((out) => { out.add('x'); out.addInt(value); out.add('y'); })).toBe(`x${String(value)}y`);
      expect(written((out) => { out.add('€'); out.addInt(value); })).toBe(`€${String(value)}`);
    }
    fc.assert(fc.property(fc.array(fc.integer()), (values) => {
      expect(written((out) => values.forEach((value) => out.addInt(value)))).toBe(values.join(''));
    }));
  });

  test('grows, and widens at any place', () => {
    for (const size of [1, 1022, 1023, 1024, 1025, 5000, 300_000]) {
      expect(written((out) => { out.add('x'.repeat(size)); out.add('é€'); out.addQuoted('y'.repeat(size), /* ascii */ true); })).toBe(`${'x'.repeat(size)}é€"${'y'.repeat(size)}"`);
      expect(written((out) => { for (let i = 0; i < size; i += 10) out.addQuoted('12345678', /* ascii */ false); out.add('\ud83d'); })).toBe(`${'"12345678"'.repeat(Math.ceil(size / 10))}\ud83d`);
    }
  });

  test('a writer inside another leaves it alone', () => {
    const outer = new TextWriter();
    outer.add('one');
    expect(written((out) => out.add('two'))).toBe('two');
    outer.add('three');
    expect(outer.close()).toBe('onethree');
    expect(written((out) => out.add('four'))).toBe('four');
  });
});
