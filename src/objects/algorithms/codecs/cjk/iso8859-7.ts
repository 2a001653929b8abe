/** ISO 8859-7 of 1987, Greek, of which ISO-2022-JP-2 has the upper half. */

/** The distance of Greek letters from their bytes. */
const DISTANCE = 0x2d0;

/** Where controls and ASCII end. */
const FIRST_SIGN = 0xa0;
const FREE = new Set([0xa4, 0xa5, 0xaa, 0xae, 0xd2, 0xff]);
const OTHERS = new Map([[0xa1, 0x2018], [0xa2, 0x2019], [0xaf, 0x2015]]);
/** Places that are those of Latin-1. */
const AS_LATIN_1 = new Set([0xa0, 0xa3, 0xa6, 0xa7, 0xa8, 0xa9, 0xab, 0xac, 0xad, 0xb0, 0xb1, 0xb2, 0xb3, 0xb7, 0xbb, 0xbd]);

/** The character of a byte; undefined for places that are free. */
export function greekCharacter(byte: number): number | undefined {
  if (FREE.has(byte)) return undefined;
  if (byte < FIRST_SIGN || AS_LATIN_1.has(byte)) return byte;
  return OTHERS.get(byte) ?? byte + DISTANCE;
}
