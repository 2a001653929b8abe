import { describe, expect, it } from 'vitest';
import type { CodecProblem } from './errors.ts';
import { decodeRawUnicodeEscape, decodeUnicodeEscape, encodeUnicodeEscape } from './escapes.ts';
import { decodeAscii, encodeLatin1 } from './single-byte.ts';
import { decodeUtf7, encodeUtf7 } from './utf7.ts';
import { decodeUtf8, encodeUtf8 } from './utf8.ts';
import { decodeUtf16, decodeUtf32, encodeUtf16 } from './wide.ts';

function recorder(): { problems: string[]; onError(problem: CodecProblem): { replacement: string; resume: number } } {
  const problems: string[] = [];
  return {
    problems,
    onError: ({ reason, start, end }) => {
      problems.push(`${reason} ${start}-${end}`);
      return { replacement: '?', resume: end };
    },
  };
}

const never = (): never => {
  throw new Error('not encodable');
};
const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

describe('codecs', () => {
  it.each([
    [[0x61, 0xff], 'a?', ['invalid start byte 1-2']], [[0xe2, 0x82], '?', ['unexpected end of data 0-2']], [[0xed, 0xa0, 0x80], '???', ['invalid continuation byte 0-1', 'invalid start byte 1-2', 'invalid start byte 2-3']],
    [[0xf0, 0x9f, 0x98, 0x41], '?A', ['invalid continuation byte 0-3']],
  ])('finds the faults of UTF-8 %j', (input, text, problems) => {
    const log = recorder();
    expect(decodeUtf8(bytes(...input), log.onError, true).text).toBe(text);
    expect(log.problems).toEqual(problems);
  });

  it('leaves an incomplete end when input goes on', () => {
    expect(decodeUtf8(bytes(0x61, 0xe2, 0x82), never, false)).toEqual({ text: 'a', consumed: 1 });
    expect(decodeUtf16(bytes(0x61, 0, 0x3d, 0xd8), 'little', never, false)).toMatchObject({ text: 'a', consumed: 2 });
    expect(decodeUnicodeEscape(Buffer.from('a\\u12'), () => undefined, never, false)).toMatchObject({ text: 'a', consumed: 1 });
  });

  it('keeps a real U+FFFD apart from faults', () => {
    expect(decodeUtf8(bytes(0xef, 0xbf, 0xbd), never, true).text).toBe('\ufffd');
  });

  it('encodes with replacements', () => {
    const log = recorder();
    expect([...encodeUtf8('a\ud800\udfff', log.onError, never)]).toEqual([...Buffer.from('a\ud800\udfff', 'utf8')]);
    expect(Buffer.from(encodeUtf8('a\ud800b', log.onError, never)).toString()).toBe('a?b');
    expect(Buffer.from(encodeLatin1('aĀāb', log.onError, never)).toString()).toBe('a?b');
    expect(log.problems).toEqual(['surrogates not allowed 1-2', 'ordinal not in range(256) 1-3']);
  });

  it('reads byte order marks', () => {
    expect(decodeUtf16(bytes(0xfe, 0xff, 0, 0x61), 'auto', never, true)).toMatchObject({ text: 'a', byteOrder: 'big' });
    expect(decodeUtf32(bytes(0xff, 0xfe, 0, 0, 0x61, 0, 0, 0), 'auto', never, true)).toMatchObject({ text: 'a', byteOrder: 'little' });
    expect([...encodeUtf16('a', 'auto', never, never)]).toEqual([0xff, 0xfe, 0x61, 0]);
  });

  it('knows escapes, UTF-7 and ASCII', () => {
    expect(decodeUnicodeEscape(Buffer.from('\\x41\\q\\101'), () => undefined, never, true)).toMatchObject({ text: 'A\\qA', invalidEscape: 'q' });
    expect(decodeRawUnicodeEscape(Buffer.from('\\\\u0041\\u0041'), never, true).text).toBe('\\\\u0041A');
    expect(Buffer.from(encodeUnicodeEscape('é\n\u{1f600}')).toString()).toBe('\\xe9\\n\\U0001f600');
    expect(Buffer.from(encodeUtf7('a+é')).toString()).toBe('a+-+AOk-');
    expect(decodeUtf7(Buffer.from('a+-+AOk-'), never, true).text).toBe('a+é');
    const log = recorder();
    expect(decodeAscii(bytes(97, 200, 98), log.onError).text).toBe('a?b');
  });
});
