import { describe, expect, it } from 'vitest';
import { charFlags, decimalValue, digitValue, isPrintable, isSpace, toLowerSimple, UPPER } from './ctype.ts';
import { characterRecord, decompositionText, numericValue, oldRecord } from './database.ts';
import { characterName, lookupName } from './names.ts';
import { normalize } from './normalize.ts';

describe('Unicode 16', () => {
  it('classifies characters', () => {
    expect(characterRecord(0x1c89)).toMatchObject({ category: 'Lu', bidirectional: 'L' });
    expect(charFlags(0x1c89) & UPPER).toBe(UPPER);
    expect(decimalValue(0x661)).toBe(1);
    expect(digitValue(0xb2)).toBe(2);
    expect(numericValue(0x2167)).toBe(8);
    expect(isSpace(0x3000)).toBe(true);
    expect(isPrintable(0xe0000)).toBe(false);
    expect(toLowerSimple(0x130)).toBe(0x69);
    expect(oldRecord(0x1c89).category).toBe('Cn');
  });

  it('names characters and finds them by name, alias and sequence', () => {
    expect(characterName(0x41)).toBe('LATIN CAPITAL LETTER A');
    expect(characterName(0x4e00)).toBe('CJK UNIFIED IDEOGRAPH-4E00');
    expect(characterName(0xac01)).toBe('HANGUL SYLLABLE GAG');
    expect(characterName(0)).toBeUndefined();
    expect(lookupName('hangul syllable gag', false)).toBe('\uac01');
    expect(lookupName('LINE FEED', false)).toBe('\n');
    expect(lookupName('LATIN SMALL LETTER R WITH TILDE', false)).toBeUndefined();
    expect(lookupName('LATIN SMALL LETTER R WITH TILDE', true)).toBe('r\u0303');
  });

  it('normalises', () => {
    expect(decompositionText(0xfb01)).toBe('<compat> 0066 0069');
    expect(normalize('NFC', 'e\u0301')).toBe('é');
    expect(normalize('NFD', '\u1e69')).toBe('s\u0323\u0307');
    expect(normalize('NFKC', 'ﬁ')).toBe('fi');
    expect(normalize('NFC', '\u1100\u1161\u11a8')).toBe('\uac01');
  });
});
