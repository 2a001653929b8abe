import { describe, expect, it } from 'vitest';
import { bytesFind, bytesReplace, bytesRsplitSpace, bytesSplit, bytesSplitlines, bytesStripWindow } from './bytes-search.ts';
import { bytesFromHex, bytesHex, bytesTitle, bytesZfill } from './bytes-text.ts';

const b = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
const s = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

describe('bytes', () => {
  it('searches and cuts', () => {
    expect(bytesFind(b('abcabc'), b('ca'), -5)).toBe(2);
    expect(bytesSplit(b('a--b--c'), b('--'), 1).map(s)).toEqual(['a', 'b--c']);
    expect(bytesRsplitSpace(b(' a b c '), 1).map(s)).toEqual([' a b', 'c']);
    expect(s(bytesReplace(b('ab'), b(''), b('-'), -1))).toBe('-a-b-');
    expect(bytesSplitlines(b('a\r\nb\rc\x85'), false).map(s)).toEqual(['a', 'b', 'c\x85']);
    expect(bytesStripWindow(b(' x '), undefined, { left: true, right: false })).toEqual([1, 3]);
  });

  it('treats text as ASCII', () => {
    expect(s(bytesTitle(b("it's oK")))).toBe("It'S Ok");
    expect(s(bytesZfill(b('-42'), 5))).toBe('-0042');
    expect(bytesHex(b('abcde'), ':', 2)).toBe('61:6263:6465');
    expect(bytesHex(b('abcde'), ':', -2)).toBe('6162:6364:65');
    expect(bytesFromHex('61 6Z')).toEqual({ position: 4 });
    expect(bytesFromHex('616')).toBe('odd');
  });
});
