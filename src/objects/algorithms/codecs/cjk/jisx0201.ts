/** JIS X 0201: Japan's form of ASCII, and katakana of half width. */

/** From a katakana's byte (A1 to DF) to its character in Unicode. */
export const KATAKANA_DISTANCE = 0xff61 - 0xa1;

/** Whether a byte is a katakana. */
export function isKatakana(byte: number): boolean {
  return byte >= 0xa1 && byte <= 0xdf;
}

const YEN = 0xa5;
const OVERLINE = 0x203e;
const YEN_BYTE = 0x5c;
const OVERLINE_BYTE = 0x7e;

/** The byte of the two signs that the Roman half has in the places of ASCII's; 0 for all other characters. */
export function romanByte(character: number): number {
  return character === YEN ? YEN_BYTE : character === OVERLINE ? OVERLINE_BYTE : 0;
}

/** The character of a byte of the Roman half. */
export function romanCharacter(byte: number): number {
  return byte === YEN_BYTE ? YEN : byte === OVERLINE_BYTE ? OVERLINE : byte;
}
