/** What regular expressions ask of one character: categories, case, sets. Source: CPython Modules/_sre/sre.c, sre_lib.h (SRE(charset)). */
import { ALPHA, charFlags, DECIMAL, DIGIT, isLineBreak, isSpace, NUMERIC, toLowerSimple, toUpperFull } from '../unicode/ctype.ts';
import * as op from './opcodes.ts';

/** `_` and what is alphanumeric in ASCII. */
function isAsciiWord(c: number): boolean {
  return (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || (c >= 48 && c <= 57) || c === 95;
}

function isAsciiSpace(c: number): boolean {
  return c === 32 || (c >= 9 && c <= 13);
}

/** `_` and what `str.isalnum` calls alphanumeric. */
export function isUnicodeWord(c: number): boolean {
  return c < 128 ? isAsciiWord(c) : (charFlags(c) & (ALPHA | DECIMAL | DIGIT | NUMERIC)) !== 0;
}

/** Whether a character is a word character by an AT code's rules. */
export function isWordFor(at: number, c: number): boolean {
  return at >= op.AT_UNI_BOUNDARY ? isUnicodeWord(c) : isAsciiWord(c);
}

/** Whether a character is of a category. */
export function inCategory(category: number, c: number): boolean {
  switch (category) {
    case op.CATEGORY_DIGIT: return c >= 48 && c <= 57;
    case op.CATEGORY_NOT_DIGIT: return c < 48 || c > 57;
    case op.CATEGORY_SPACE: return isAsciiSpace(c);
    case op.CATEGORY_NOT_SPACE: return !isAsciiSpace(c);
    case op.CATEGORY_WORD:
    case op.CATEGORY_LOC_WORD: return isAsciiWord(c);
    case op.CATEGORY_NOT_WORD:
    case op.CATEGORY_LOC_NOT_WORD: return !isAsciiWord(c);
    case op.CATEGORY_LINEBREAK: return c === 10;
    case op.CATEGORY_NOT_LINEBREAK: return c !== 10;
    case op.CATEGORY_UNI_DIGIT: return (charFlags(c) & DECIMAL) !== 0;
    case op.CATEGORY_UNI_NOT_DIGIT: return (charFlags(c) & DECIMAL) === 0;
    case op.CATEGORY_UNI_SPACE: return isSpace(c);
    case op.CATEGORY_UNI_NOT_SPACE: return !isSpace(c);
    case op.CATEGORY_UNI_WORD: return isUnicodeWord(c);
    case op.CATEGORY_UNI_NOT_WORD: return !isUnicodeWord(c);
    case op.CATEGORY_UNI_LINEBREAK: return isLineBreak(c);
    case op.CATEGORY_UNI_NOT_LINEBREAK: return !isLineBreak(c);
    default: return false;
  }
}

/** Lower case of ASCII. */
export function lowerAscii(c: number): number {
  return c >= 65 && c <= 90 ? c + 32 : c;
}

/** Upper case of ASCII: what the C locale knows. */
export function upperAscii(c: number): number {
  return c >= 97 && c <= 122 ? c - 32 : c;
}

/** Lower case by Unicode's simple mapping. */
export function lowerUnicode(c: number): number {
  return toLowerSimple(c);
}

function upperUnicode(c: number): number {
  const upper = toUpperFull(c);
  const point = upper.codePointAt(0)!;
  return upper.length === (point > 0xffff ? 2 : 1) ? point : c;
}

/** Whether a set, whose codes start at `start`, holds a character. */
export function setContains(code: Uint32Array, start: number, c: number): boolean {
  let found = true;
  for (let pc = start; ; ) {
    switch (code[pc++]) {
      case op.FAILURE:
        return !found;
      case op.LITERAL:
        if (c === code[pc++]) return found;
        break;
      case op.CATEGORY:
        if (inCategory(code[pc++]!, c)) return found;
        break;
      case op.CHARSET:
        if (c < 256 && (code[pc + (c >> 5)]! & (1 << (c & 31))) !== 0) return found;
        pc += 8;
        break;
      case op.RANGE:
        if (c >= code[pc]! && c <= code[pc + 1]!) return found;
        pc += 2;
        break;
      case op.RANGE_UNI_IGNORE: {
        const upper = upperUnicode(c);
        if ((c >= code[pc]! && c <= code[pc + 1]!) || (upper >= code[pc]! && upper <= code[pc + 1]!)) return found;
        pc += 2;
        break;
      }
      case op.NEGATE:
        found = !found;
        break;
      case op.BIGCHARSET: {
        const blocks = code[pc++]!;
        if (c < 65536) {
          const block = (code[pc + (c >> 10)]! >> (8 * ((c >> 8) & 3))) & 255;
          if ((code[pc + 64 + block * 8 + ((c & 255) >> 5)]! & (1 << (c & 31))) !== 0) return found;
        }
        pc += 64 + blocks * 8;
        break;
      }
      default:
        return false;
    }
  }
}
