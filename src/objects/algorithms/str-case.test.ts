import { describe, expect, it } from 'vitest';
import { strCapitalize, strCasefold, strIsIdentifier, strIsLower, strIsTitle, strIsUpper, strLower, strSwapcase, strTitle, strUpper } from './str-case.ts';
import { asciiRepr, bytesRepr, strRepr } from './str-repr.ts';

describe('case of strings', () => {
  it('uses full mappings and the final sigma', () => {
    expect(strUpper('straße')).toBe('STRASSE');
    expect(strLower('ΑΣ ΑΣΑ')).toBe('ας ασα');
    expect(strLower('\u0130')).toBe('i\u0307');
    expect(strTitle("hello wOrld's ǆ")).toBe("Hello World'S ǅ");
    expect(strCapitalize('ǆABC')).toBe('ǅabc');
    expect(strSwapcase('aBß')).toBe('AbSS');
    expect(strCasefold('Straße')).toBe('strasse');
  });

  it('classifies as CPython does', () => {
    expect(strIsLower('a1ª')).toBe(true);
    expect(strIsUpper('AǅB')).toBe(false);
    expect(strIsTitle('Aa Bb1')).toBe(true);
    expect(strIsIdentifier('é_1')).toBe(true);
    expect(strIsIdentifier('1a')).toBe(false);
  });
});

describe('reprs', () => {
  it('chooses quotes and escapes', () => {
    expect(strRepr("it's")).toBe(`"it's"`);
    expect(strRepr(`'"`)).toBe(`'\\'"'`);
    expect(strRepr('\n\x7f\u00adé\ud800')).toBe("'\\n\\x7f\\xadé\\ud800'");
    expect(asciiRepr('é\u{1f600}')).toBe("'\\xe9\\U0001f600'");
    expect(bytesRepr(Uint8Array.of(39, 10, 200))).toBe(`b"'\\n\\xc8"`);
  });
});
