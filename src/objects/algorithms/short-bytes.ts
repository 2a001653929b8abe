/**
 * Bytes by the loop: up to 64 of them V8 keeps in its own heap, and a loop is faster than `slice`, `set`, or a Buffer or DataView over them, which would first
 * give them a memory of their own.
 *
 * @hot bench/programs/pickle_python.py
 */

/** Up to so many bytes a typed array has no memory outside of V8's heap. */
export const SHORT_BYTES = 64;
/** Up to so many bytes a loop copies faster than the engine's `set`, which is called. */
const SHORT_COPY = 48;

/** Copies all of `from` to `at`; it may be of the same memory only where both are one array. */
export function copyBytes(from: Uint8Array, to: Uint8Array, at: number): void {
  const { length } = from;
  if (length > SHORT_COPY || from === to) to.set(from, at);
  else for (let i = 0; i < length; i++) to[at + i] = from[i]!;
}

/** Copies [start, end) of `from` to `at` of another array. */
export function copyPart(from: Uint8Array, start: number, end: number, to: Uint8Array, at: number): void {
  if (end - start > SHORT_COPY) to.set(from.subarray(start, end), at);
  else for (let i = start; i < end; i++) to[at + i - start] = from[i]!;
}

/** Up to so many bytes share a memory with their neighbours: one of its own takes longer to make than they to fill. */
const LONGEST_SHARED = 1024;
/** What is shared: little, as the last of its bytes keep all of it. */
const SHARED_SIZE = 8192;

// Declared cache: the memory of which something is left. No part of it is handed out twice, so it is all zeros.
let shared = new ArrayBuffer(0);
let taken = 0;

/** An array of zeros; its `buffer` may be that of others, too. */
export function newStore(length: number): Uint8Array {
  if (length <= SHORT_BYTES || length > LONGEST_SHARED) return new Uint8Array(length);
  if (taken + length > shared.byteLength) {
    shared = new ArrayBuffer(SHARED_SIZE);
    taken = 0;
  }
  const start = taken;
  taken += (length + 7) & ~7;
  return new Uint8Array(shared, start, length);
}

/** A copy of [start, end), which lie within the array. */
export function sliceOfBytes(bytes: Uint8Array, start: number, end: number): Uint8Array {
  const length = end - start;
  if (length > LONGEST_SHARED) return bytes.slice(start, end);
  if (length > SHORT_COPY) {
    const store = newStore(length);
    store.set(bytes.subarray(start, end));
    return store;
  }
  const result = new Uint8Array(length);
  for (let i = 0; i < length; i++) result[i] = bytes[start + i]!;
  return result;
}

/** Two arrays one after the other. */
export function concatTwo(left: Uint8Array, right: Uint8Array): Uint8Array {
  const result = newStore(left.length + right.length);
  copyBytes(left, result, 0);
  copyBytes(right, result, left.length);
  return result;
}

/** Whether short arrays of one length hold the same bytes. */
export function sameShortBytes(a: Uint8Array, b: Uint8Array): boolean {
  const { length } = a;
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function isAscii(bytes: Uint8Array): boolean {
  const { length } = bytes;
  let all = 0;
  for (let i = 0; i < length; i++) all |= bytes[i]!;
  return all < 0x80;
}

/** The text of short ASCII bytes; undefined for others. */
export function shortAsciiText(bytes: Uint8Array): string | undefined {
  return bytes.length <= SHORT_BYTES && isAscii(bytes) ? latin1Text(bytes) : undefined;
}

/** Bytes of up to so many characters a loop makes faster than the engine's conversion, which goes by a Buffer. */
const SHORT_TEXT = 256;

/** The bytes of a text whose characters are all below 256. */
export function latin1Bytes(text: string): Uint8Array {
  const { length } = text;
  if (length > SHORT_TEXT) return new Uint8Array(Buffer.from(text, 'latin1'));
  const bytes = newStore(length);
  for (let i = 0; i < length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** The bytes of a short text of ASCII characters; null for others. */
export function shortAsciiBytes(text: string): Uint8Array | null {
  const { length } = text;
  if (length > SHORT_TEXT) return null;
  const bytes = newStore(length);
  let all = 0;
  for (let i = 0; i < length; i++) {
    const c = text.charCodeAt(i);
    bytes[i] = c;
    all |= c;
  }
  return all < 0x80 ? bytes : null;
}

/** The characters of short bytes, eight at a time: the engine makes a string of so many in one step. */
export function latin1Text(bytes: Uint8Array): string {
  const { length } = bytes;
  let text = '';
  let i = 0;
  for (; i + 8 <= length; i += 8) text += String.fromCharCode(bytes[i]!, bytes[i + 1]!, bytes[i + 2]!, bytes[i + 3]!, bytes[i + 4]!, bytes[i + 5]!, bytes[i + 6]!, bytes[i + 7]!);
  for (; i + 4 <= length; i += 4) text += String.fromCharCode(bytes[i]!, bytes[i + 1]!, bytes[i + 2]!, bytes[i + 3]!);
  for (; i < length; i++) text += String.fromCharCode(bytes[i]!);
  return text;
}
