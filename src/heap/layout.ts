/**
 * The layout of the immortal heap: tagged words, object kinds, sizes.
 *
 *   word    ...1  small int (31 bits)      ..10  singleton      ..00  address: offset in units of 8 bytes, so 8 GiB can be reached      0  nothing
 *   heap    [header | intern table | registry | chunk | chunk | ...]
 *   chunk   [magic, units, used units, owner | object | object | ... | free]
 *   object  [kind | flags << 8, length, payload...], padded to units
 *
 *   STR1 STR2   hash, `length` bytes or UTF-16 units         INT FLOAT   one float64      COMPLEX  two     BIGINT  32-bit digits, low first; flag: negative
 *   BYTES       `length` bytes                               TUPLE LIST SET FROZENSET     `length` words; flag FLOATS (TUPLE, LIST): as many float64
 *   DICT FROZENDICT   slots, `length` keys, `length` values, `slots` index words (entry + 1, 0 free; none unless all keys are str)
 *   RANGE SLICE       start, stop, step                      CODE        BYTES of the units, BYTES of the rest, TUPLE of constants
 *   INSTANCE          type, `length` names, `length` values, members (flags: how many)      TYPE    module, qualified name
 *
 * INV-1: an object is written completely before its address is published, and never written again.
 * INV-2: words inside objects are small ints, singletons, or addresses of objects in this heap (0 only for an unset member of an instance).
 */

/** A tagged word, as an int32. */
export type Word = number;

/** Bytes of a unit. */
export const UNIT = 8;

/** Kinds of objects, in the first byte of a header. */
export const KIND = {
  STR1: 1, STR2: 2, INT: 3, BIGINT: 4, FLOAT: 5, COMPLEX: 6, BYTES: 7, TUPLE: 8, LIST: 9, DICT: 10, FROZENDICT: 11, SET: 12, FROZENSET: 13,
  RANGE: 14, SLICE: 15, CODE: 16, INSTANCE: 17, TYPE: 18,
} as const;

/** Names of the kinds for reports, by number. */
export const KIND_NAMES: readonly string[] = [
  '', 'str', 'str', 'int', 'int', 'float', 'complex', 'bytes', 'tuple', 'list', 'dict', 'frozendict', 'set', 'frozenset', 'range', 'slice', 'code', 'instance', 'type',
];
/** Number of kinds, 0 included. */
export const KIND_COUNT = KIND_NAMES.length;

/** Words of the singletons. */
export const SINGLETON = { NONE: 0x2, FALSE: 0x6, TRUE: 0xa, ELLIPSIS: 0xe, NOT_IMPLEMENTED: 0x12 } as const;
const LAST_SINGLETON = SINGLETON.NOT_IMPLEMENTED;

const SMALL_INT_LIMIT = 0x4000_0000;

/** Whether a small int word can hold `value`. */
export function fitsSmallInt(value: number): boolean {
  return value >= -SMALL_INT_LIMIT && value < SMALL_INT_LIMIT;
}

/** The word of a small int. */
export function smallIntWord(value: number): Word {
  return (value << 1) | 1;
}

/** Whether a word is a small int. */
export function isSmallInt(word: Word): boolean {
  return (word & 1) === 1;
}

/** The value of a small int's word. */
export function smallIntOf(word: Word): number {
  return word >> 1;
}

/** Whether a word is the address of an object. */
export function isAddress(word: Word): boolean {
  return word !== 0 && (word & 3) === 0;
}

/** Whether a word is a singleton. */
export function isSingleton(word: Word): boolean {
  return (word & 3) === 2 && word > 0 && word <= LAST_SINGLETON;
}

/** The address of the object whose header is at `index` (of an int32 array over the heap). */
export function addressAt(index: number): Word {
  return (index << 1) | 0;
}

/** The int32 index of an object's header. */
export function indexOf(address: Word): number {
  return (address >>> 2) * 2;
}

/** Words of an object's header. */
export const HEADER_WORDS = 2;
/** Flag of a TUPLE or LIST that holds floats only: it has their values in place of words. */
export const FLOATS = 1;
/** Words before a string's text: header and hash. */
export const STR_TEXT = 3;

/** Words of an object, not padded. `slots`: index words of a dict. */
export function objectWords(kind: number, flags: number, length: number, slots: number): number {
  switch (kind) {
    case KIND.STR1: return STR_TEXT + ((length + 3) >> 2);
    case KIND.STR2: return STR_TEXT + ((length + 1) >> 1);
    case KIND.INT:
    case KIND.FLOAT: return HEADER_WORDS + 2;
    case KIND.COMPLEX: return HEADER_WORDS + 4;
    case KIND.BYTES: return HEADER_WORDS + ((length + 3) >> 2);
    case KIND.BIGINT: return HEADER_WORDS + length;
    case KIND.TUPLE:
    case KIND.LIST: return HEADER_WORDS + (flags === FLOATS ? 2 * length : length);
    case KIND.SET:
    case KIND.FROZENSET: return HEADER_WORDS + length;
    case KIND.DICT:
    case KIND.FROZENDICT: return HEADER_WORDS + 1 + 2 * length + slots;
    case KIND.RANGE:
    case KIND.SLICE:
    case KIND.CODE: return HEADER_WORDS + 3;
    case KIND.INSTANCE: return HEADER_WORDS + 1 + 2 * length + flags;
    case KIND.TYPE: return HEADER_WORDS + 2;
    default: return 0;
  }
}

/** Index slots of a dict with `length` str keys: a power of two, at most two thirds full. */
export function dictSlots(length: number): number {
  let slots = 4;
  while (slots * 2 < length * 3) slots *= 2;
  return slots;
}

/** The hash of a text (FNV-1a over UTF-16 units); part of the layout, as dict indexes and the intern table hold it. @hot */
export function hashText(text: string): number {
  let hash = 0x811c9dc5 | 0;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  // The low bits choose the slot: mix the high ones in.
  return (hash ^ (hash >>> 15)) | 0;
}
