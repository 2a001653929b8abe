import { describe, expect, it } from 'vitest';
import { codePointIndex, strCompare, strLength, strSlice, strSubstring } from './str-code-points.ts';
import {
  strCount, strEndsWith, strFind, strReplace, strRfind, strRsplit, strRsplitSpace, strSplit, strSplitlines, strSplitSpace, strStartsWith, strStripCharacters, strStripSpace,
} from './str-search.ts';

const FACE = '\u{1f600}';

describe('strings by code point', () => {
  it('counts a surrogate pair as one character', () => {
    expect(strLength(`a${FACE}b`)).toBe(3);
    expect(strSubstring(`a${FACE}b`, 1, 2)).toBe(FACE);
    expect(strSlice(`a${FACE}b`, 2, 3, -1)).toBe(`b${FACE}a`);
    expect(codePointIndex(`${FACE}${FACE}b`, 4)).toBe(2);
    expect(strFind(`${FACE}${FACE}b`, 'b')).toBe(2);
  });

  it('never finds half of a pair', () => {
    expect(strFind(FACE, '\ude00')).toBe(-1);
    expect(strCount(FACE + '\ud83d', '\ud83d')).toBe(1);
    expect(strSplit(FACE, '\ude00', -1)).toEqual([FACE]);
  });

  it('orders by code point', () => {
    expect(strCompare('\uffff', FACE)).toBe(-1);
    expect(strCompare('a', 'ab')).toBe(-1);
    expect(strCompare('\ud800', FACE)).toBe(-1);
  });
});

describe('searching strings', () => {
  it('treats bounds as slices do', () => {
    expect(strFind('abc', '', 3)).toBe(3);
    expect(strFind('abc', '', 4)).toBe(-1);
    expect(strRfind('abcabc', 'b', 0, -2)).toBe(1);
    expect(strCount('aaa', '')).toBe(4);
    expect(strStartsWith('abc', 'bc', 1)).toBe(true);
    expect(strEndsWith('abc', 'b', 0, 2)).toBe(true);
    expect(strStartsWith('', '', 1)).toBe(false);
  });

  it('splits by separator and by white space, from both ends', () => {
    expect(strSplit('a,b,c', ',', 1)).toEqual(['a', 'b,c']);
    expect(strRsplit('a,b,c', ',', 1)).toEqual(['a,b', 'c']);
    expect(strSplitSpace(' a  b\u2003c ', 1)).toEqual(['a', 'b\u2003c ']);
    expect(strRsplitSpace(' a  b c ', 1)).toEqual([' a  b', 'c']);
    expect(strSplitSpace('  ', -1)).toEqual([]);
  });

  it('replaces, strips and splits lines', () => {
    expect(strReplace('abc', '', '-', -1)).toBe('-a-b-c-');
    expect(strReplace('aaa', 'a', 'b', 2)).toBe('bba');
    expect(strStripSpace('\u00a0x\x1f', { left: true, right: true })).toBe('x');
    expect(strStripCharacters('xxaxx', 'x', { left: false, right: true })).toBe('xxa');
    expect(strSplitlines('a\nb\r\nc\u2028d\x85', false)).toEqual(['a', 'b', 'c', 'd']);
    expect(strSplitlines('a\nb', true)).toEqual(['a\n', 'b']);
  });
});
