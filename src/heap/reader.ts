/** Reading the immortal heap with plain loads: kinds, contents, dict lookups in place. */
import type { ImmortalHeap } from './heap.ts';
import { FLOATS, hashText, HEADER_WORDS, KIND, STR_TEXT, type Word } from './layout.ts';

/** Up to here `String.fromCharCode` in a loop is not slower than Buffer's decoder. */
const SHORT_TEXT = 12;
/** Strings of one container are decoded from one text when it is at most this many times longer than they are. */
const MAX_WASTE = 4;
/** One decoded region is at most this long, in characters (a quarter of V8's limit). */
const MAX_REGION = 2 ** 27;

/** Reads objects by address; every address given must be published and alive in this heap. */
export class HeapReader {
  readonly heap: ImmortalHeap;
  readonly #words: Int32Array;

  constructor(heap: ImmortalHeap) {
    this.heap = heap;
    this.#words = heap.words;
  }

  kindOf(address: Word): number {
    return this.#words[(address >>> 2) * 2]! & 0xff;
  }

  flagsOf(address: Word): number {
    return this.#words[(address >>> 2) * 2]! >>> 8;
  }

  /** The length field: characters, bytes, items, entries, attributes. */
  lengthOf(address: Word): number {
    return this.#words[(address >>> 2) * 2 + 1]!;
  }

  isStr(address: Word): boolean {
    return this.kindOf(address) <= KIND.STR2;
  }

  /** The text of a STR1 or STR2. @hot decoding */
  str(address: Word): string {
    const index = (address >>> 2) * 2;
    const length = this.#words[index + 1]!;
    const wide = (this.#words[index]! & 0xff) === KIND.STR2;
    const at = (index + STR_TEXT) * 4;
    if (length <= SHORT_TEXT) return this.#shortText(at, length, wide);
    return Buffer.from(this.heap.buffer, at, wide ? length * 2 : length).toString(wide ? 'utf16le' : 'latin1');
  }

  #shortText(at: number, length: number, wide: boolean): string {
    let text = '';
    if (wide) for (let i = 0; i < length; i++) text += String.fromCharCode(this.heap.units16[at / 2 + i]!);
    else for (let i = 0; i < length; i++) text += String.fromCharCode(this.heap.bytes[at + i]!);
    return text;
  }

  /**
   * The texts of many strings; those of other kinds stay undefined. Latin-1 strings that lie together, as freezing writes them,
   * are decoded at once and cut: several times faster than one by one.
   */
  texts(addresses: Int32Array): (string | undefined)[] {
    let low = Infinity;
    let high = 0;
    let characters = 0;
    for (const address of addresses) {
      if ((address & 3) !== 0 || this.kindOf(address) !== KIND.STR1) continue;
      const at = ((address >>> 2) * 2 + STR_TEXT) * 4;
      const end = at + this.lengthOf(address);
      if (at < low) low = at;
      if (end > high) high = end;
      characters += end - at + STR_TEXT * 4;
    }
    const together = characters > 0 && high - low <= MAX_REGION && high - low <= MAX_WASTE * characters;
    const region = together ? Buffer.from(this.heap.buffer, low, high - low).toString('latin1') : '';
    const texts: (string | undefined)[] = [];
    for (let i = 0; i < addresses.length; i++) texts.push(this.#textAt(addresses[i]!, together, region, low));
    return texts;
  }

  #textAt(address: Word, together: boolean, region: string, low: number): string | undefined {
    if ((address & 3) !== 0 || !this.isStr(address)) return undefined;
    if (!together || this.kindOf(address) !== KIND.STR1) return this.str(address);
    const at = ((address >>> 2) * 2 + STR_TEXT) * 4 - low;
    return region.slice(at, at + this.lengthOf(address));
  }

  /** Whether a string has this text; `hash` is `hashText(text)`. @hot */
  strEquals(address: Word, text: string, hash: number): boolean {
    const index = (address >>> 2) * 2;
    if (this.#words[index + 2] !== hash || this.#words[index + 1] !== text.length) return false;
    const at = (index + STR_TEXT) * 4;
    if ((this.#words[index]! & 0xff) === KIND.STR2) {
      for (let i = 0; i < text.length; i++) if (this.heap.units16[at / 2 + i] !== text.charCodeAt(i)) return false;
    } else for (let i = 0; i < text.length; i++) if (this.heap.bytes[at + i] !== text.charCodeAt(i)) return false;
    return true;
  }

  /** The value of an INT, FLOAT, or the real part of a COMPLEX. */
  float(address: Word): number {
    return this.heap.floats[((address >>> 2) * 2 + HEADER_WORDS) / 2]!;
  }

  imag(address: Word): number {
    return this.heap.floats[((address >>> 2) * 2 + HEADER_WORDS) / 2 + 1]!;
  }

  bigint(address: Word): bigint {
    const index = (address >>> 2) * 2 + HEADER_WORDS;
    let value = 0n;
    for (let i = this.lengthOf(address) - 1; i >= 0; i--) value = (value << 32n) | BigInt(this.#words[index + i]! >>> 0);
    return this.flagsOf(address) === 1 ? -value : value;
  }

  /** The bytes of a BYTES in place: a view of shared memory, not to be written. */
  bytes(address: Word): Uint8Array {
    return this.heap.bytes.subarray(((address >>> 2) * 2 + HEADER_WORDS) * 4, ((address >>> 2) * 2 + HEADER_WORDS) * 4 + this.lengthOf(address));
  }

  /** The code units in a BYTES in place. */
  codeUnits(address: Word): Uint16Array {
    const at = ((address >>> 2) * 2 + HEADER_WORDS) * 2;
    return this.heap.units16.subarray(at, at + this.lengthOf(address) / 2);
  }

  /** Word `i` of the payload: an item of a sequence, the type of an instance. */
  item(address: Word, i: number): Word {
    return this.#words[(address >>> 2) * 2 + HEADER_WORDS + i]!;
  }

  /** Whether a sequence is one of floats (`floats`, and no `items`). */
  isFloats(address: Word): boolean {
    const kind = this.kindOf(address);
    return (kind === KIND.TUPLE || kind === KIND.LIST) && this.flagsOf(address) === FLOATS;
  }

  /** The items of a sequence of floats in place. */
  floats(address: Word): Float64Array {
    const index = ((address >>> 2) * 2 + HEADER_WORDS) / 2;
    return this.heap.floats.subarray(index, index + this.lengthOf(address));
  }

  /** The items of a sequence in place. */
  items(address: Word): Int32Array {
    const index = (address >>> 2) * 2 + HEADER_WORDS;
    return this.#words.subarray(index, index + this.lengthOf(address));
  }

  /** Keys of a dict, or attribute names of an instance, in place. */
  keys(address: Word): Int32Array {
    const index = (address >>> 2) * 2 + HEADER_WORDS + 1;
    return this.#words.subarray(index, index + this.lengthOf(address));
  }

  /** Values of a dict, or attribute values of an instance, in place. */
  values(address: Word): Int32Array {
    const length = this.lengthOf(address);
    const index = (address >>> 2) * 2 + HEADER_WORDS + 1 + length;
    return this.#words.subarray(index, index + length);
  }

  /** Members (`__slots__`) of an instance in place; 0 for unset ones. */
  members(address: Word): Int32Array {
    const index = (address >>> 2) * 2 + HEADER_WORDS + 1 + 2 * this.lengthOf(address);
    return this.#words.subarray(index, index + this.flagsOf(address));
  }

  /** The value under a str key of an indexed dict, read in place; 0 when it has none. */
  find(address: Word, text: string): Word {
    const index = (address >>> 2) * 2;
    const length = this.#words[index + 1]!;
    const slots = this.#words[index + HEADER_WORDS]!;
    if (slots === 0) return 0;
    const keys = index + HEADER_WORDS + 1;
    const table = keys + 2 * length;
    const hash = hashText(text);
    for (let slot = hash & (slots - 1); ; slot = (slot + 1) & (slots - 1)) {
      const entry = this.#words[table + slot]!;
      if (entry === 0) return 0;
      if (this.strEquals(this.#words[keys + entry - 1]!, text, hash)) return this.#words[keys + length + entry - 1]!;
    }
  }
}
