/**
 * Searching and cutting bytes: find, count, split, partition, replace, strip, splitlines.
 *
 * Results that are parts are copies, so that no part keeps a large array alive or sees later writes to a bytearray.
 * Source: CPython Objects/bytesobject.c, Objects/stringlib.
 */
import { isLongSearch, linearIndexOf, type Units } from './long-search.ts';
import { copyBytes, copyPart, newStore, sameShortBytes, SHORT_BYTES, sliceOfBytes } from './short-bytes.ts';
import { adjustIndices } from './str-search.ts';

/** The same bytes with the engine's search methods. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** White space of bytes: tab to carriage return, and space. */
export function isByteSpace(byte: number): boolean {
  return byte === 32 || (byte >= 9 && byte <= 13);
}

/** Whether two arrays hold the same bytes. */
export function bytesEqual(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  // Of 256 bytes the loop takes 300 ns, the engine 55.
  return a === b || (a.length <= SHORT_BYTES ? sameShortBytes(a, b) : Buffer.compare(a, b) === 0);
}

/** Negative, zero or positive by lexicographic order. */
export function bytesCompare(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  if (length > SHORT_BYTES) return Buffer.compare(a, b);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}

/** The arrays one after the other. */
export function bytesConcat(parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const result = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    copyBytes(part, result, at);
    at += part.length;
  }
  return result;
}

/** `count` copies one after the other. */
export function bytesRepeat(bytes: Uint8Array, count: number): Uint8Array {
  const result = new Uint8Array(bytes.length * Math.max(0, count));
  if (bytes.length === 1) return result.fill(bytes[0]!);
  if (result.length === 0) return result;
  result.set(bytes);
  // What is there already is doubled.
  for (let at = bytes.length; at < result.length; at *= 2) result.copyWithin(at, 0, Math.min(at, result.length - at));
  return result;
}

/** Bytes may be changed between two searches: no identity stands for them. */
function byteUnits(bytes: Uint8Array): Units {
  return { length: bytes.length, at: (i) => bytes[i]! };
}

/** Shorter bytes are searched for one faster by their own loop than by a Buffer's. */
const LOOP_SEARCHED = 512;

function indexOfFrom(bytes: Uint8Array, part: Uint8Array, from: number): number {
  if (part.length === 0) return from <= bytes.length ? from : -1;
  if (part.length === 1) return bytes.length > LOOP_SEARCHED && from <= bytes.length ? asBuffer(bytes).indexOf(part[0]!, from) : bytes.indexOf(part[0]!, from);
  if (bytes.length <= SHORT_BYTES) return shortIndexOf(bytes, part, from);
  if (isLongSearch(bytes.length, part.length)) return linearIndexOf(byteUnits(bytes), byteUnits(part), from, {});
  return from > bytes.length ? -1 : asBuffer(bytes).indexOf(part, from);
}

function shortIndexOf(bytes: Uint8Array, part: Uint8Array, from: number): number {
  for (let at = from; at <= bytes.length - part.length; at++) if (standsAt(bytes, part, at)) return at;
  return -1;
}

/** So many places are looked at by a loop before the engine is asked, which takes as long for nothing. */
const LOOKED_AT = 192;
/** Longer parts are left to the engine. */
const SHORT_PART = 16;

/** The places where a part stands, one after the other: a loop finds those that lie close together, the engine's search the others. */
class PartSearch {
  private readonly bytes: Uint8Array;
  private readonly part: Uint8Array;
  private buffer: Buffer | null = null;
  /** Stands for the part while this search lasts (`linearIndexOf`). */
  private identity: object | null = null;

  constructor(bytes: Uint8Array, part: Uint8Array) {
    this.bytes = bytes;
    this.part = part;
  }

  /** The first place from `from` on, or -1. */
  next(from: number): number {
    const { bytes, part } = this;
    const { length } = part;
    if (length > SHORT_PART) return this.far(from);
    const end = bytes.length - length + 1;
    const near = Math.min(end, from + LOOKED_AT);
    const first = part[0]!;
    for (let at = from; at < near; at++) {
      if (bytes[at] !== first) continue;
      let i = 1;
      while (i < length && bytes[at + i] === part[i]) i++;
      if (i === length) return at;
    }
    return near >= end ? -1 : this.far(near);
  }

  private far(from: number): number {
    const { bytes, part } = this;
    if (from > bytes.length - part.length) return -1;
    if (isLongSearch(bytes.length, part.length)) return linearIndexOf(byteUnits(bytes), byteUnits(part), from, (this.identity ??= {}));
    this.buffer ??= asBuffer(bytes);
    return this.buffer.indexOf(part.length === 1 ? part[0]! : part, from);
  }
}

/** How often a byte occurs in [start, end). */
function countByte(bytes: Uint8Array, byte: number, start: number, end: number): number {
  let count = 0;
  for (let i = start; i < end; i++) if (bytes[i] === byte) count++;
  return count;
}

function lastIndexOf(bytes: Uint8Array, part: Uint8Array): number {
  if (part.length === 0) return bytes.length;
  if (part.length === 1) return bytes.lastIndexOf(part[0]!);
  return asBuffer(bytes).lastIndexOf(part);
}

/** bytes.find(part, start, end): -1 when absent. */
export function bytesFind(bytes: Uint8Array, part: Uint8Array, start = 0, end = Infinity): number {
  const window = adjustIndices(start, end, bytes.length);
  if (window.start > window.end) return -1;
  if (window.end === bytes.length) return indexOfFrom(bytes, part, window.start);
  const found = indexOfFrom(bytes.subarray(window.start, window.end), part, 0);
  return found < 0 ? -1 : found + window.start;
}

/** bytes.rfind(part, start, end): -1 when absent. */
export function bytesRfind(bytes: Uint8Array, part: Uint8Array, start = 0, end = Infinity): number {
  const window = adjustIndices(start, end, bytes.length);
  if (window.start > window.end) return -1;
  const found = lastIndexOf(bytes.subarray(window.start, window.end), part);
  return found < 0 ? -1 : found + window.start;
}

/** bytes.count(part, start, end), without overlaps. */
export function bytesCount(bytes: Uint8Array, part: Uint8Array, start = 0, end = Infinity): number {
  const window = adjustIndices(start, end, bytes.length);
  if (window.start > window.end) return 0;
  if (part.length === 0) return window.end - window.start + 1;
  if (part.length === 1) return countByte(bytes, part[0]!, window.start, window.end);
  const search = new PartSearch(window.end === bytes.length ? bytes : bytes.subarray(0, window.end), part);
  let count = 0;
  for (let at = search.next(window.start); at >= 0; at = search.next(at + part.length)) count++;
  return count;
}

/** Whether `part` stands at an offset, where there is room for it. */
function standsAt(bytes: Uint8Array, part: Uint8Array, at: number): boolean {
  if (part.length > SHORT_BYTES) return bytesEqual(bytes.subarray(at, at + part.length), part);
  for (let i = 0; i < part.length; i++) if (bytes[at + i] !== part[i]) return false;
  return true;
}

/** bytes.startswith(part, start, end) */
export function bytesStartsWith(bytes: Uint8Array, part: Uint8Array, start = 0, end = Infinity): boolean {
  const window = adjustIndices(start, end, bytes.length);
  if (window.end - part.length < window.start) return false;
  return standsAt(bytes, part, window.start);
}

/** bytes.endswith(part, start, end) */
export function bytesEndsWith(bytes: Uint8Array, part: Uint8Array, start = 0, end = Infinity): boolean {
  const window = adjustIndices(start, end, bytes.length);
  if (window.end - part.length < window.start) return false;
  return standsAt(bytes, part, window.end - part.length);
}

/** bytes.split(separator, maxsplit) for a separator that is not empty; a negative maxsplit means no limit. */
export function bytesSplit(bytes: Uint8Array, separator: Uint8Array, maxsplit: number): Uint8Array[] {
  const parts: Uint8Array[] = [];
  const search = new PartSearch(bytes, separator);
  let at = 0;
  for (let left = maxsplit; left !== 0; left--) {
    const found = search.next(at);
    if (found < 0) break;
    parts.push(sliceOfBytes(bytes, at, found));
    at = found + separator.length;
  }
  parts.push(sliceOfBytes(bytes, at, bytes.length));
  return parts;
}

/** bytes.rsplit(separator, maxsplit) for a separator that is not empty. */
export function bytesRsplit(bytes: Uint8Array, separator: Uint8Array, maxsplit: number): Uint8Array[] {
  const parts: Uint8Array[] = [];
  let end = bytes.length;
  for (let left = maxsplit; left !== 0; left--) {
    const found = lastIndexOf(bytes.subarray(0, end), separator);
    if (found < 0) break;
    parts.push(sliceOfBytes(bytes, found + separator.length, end));
    end = found;
  }
  parts.push(sliceOfBytes(bytes, 0, end));
  return parts.reverse();
}

/** bytes.split(None, maxsplit) */
export function bytesSplitSpace(bytes: Uint8Array, maxsplit: number): Uint8Array[] {
  const parts: Uint8Array[] = [];
  let at = 0;
  for (let left = maxsplit; ; left--) {
    while (at < bytes.length && isByteSpace(bytes[at]!)) at++;
    if (at === bytes.length) return parts;
    if (left === 0) break;
    const start = at;
    while (at < bytes.length && !isByteSpace(bytes[at]!)) at++;
    parts.push(sliceOfBytes(bytes, start, at));
  }
  parts.push(bytes.slice(at));
  return parts;
}

/** bytes.rsplit(None, maxsplit) */
export function bytesRsplitSpace(bytes: Uint8Array, maxsplit: number): Uint8Array[] {
  const parts: Uint8Array[] = [];
  let end = bytes.length;
  for (let left = maxsplit; ; left--) {
    while (end > 0 && isByteSpace(bytes[end - 1]!)) end--;
    if (end === 0) return parts.reverse();
    if (left === 0) break;
    const stop = end;
    while (end > 0 && !isByteSpace(bytes[end - 1]!)) end--;
    parts.push(bytes.slice(end, stop));
  }
  parts.push(bytes.slice(0, end));
  return parts.reverse();
}

/** bytes.partition(separator); undefined when it is absent. */
export function bytesPartition(bytes: Uint8Array, separator: Uint8Array): [head: Uint8Array, tail: Uint8Array] | undefined {
  const found = indexOfFrom(bytes, separator, 0);
  return found < 0 ? undefined : [sliceOfBytes(bytes, 0, found), sliceOfBytes(bytes, found + separator.length, bytes.length)];
}

/** bytes.rpartition(separator); undefined when it is absent. */
export function bytesRpartition(bytes: Uint8Array, separator: Uint8Array): [head: Uint8Array, tail: Uint8Array] | undefined {
  const found = lastIndexOf(bytes, separator);
  return found < 0 ? undefined : [sliceOfBytes(bytes, 0, found), sliceOfBytes(bytes, found + separator.length, bytes.length)];
}

/** separator.join(parts) */
export function bytesJoin(separator: Uint8Array, parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 0) return new Uint8Array(0);
  let length = separator.length * (parts.length - 1);
  for (let i = 0; i < parts.length; i++) length += parts[i]!.length;
  const result = newStore(length);
  let at = 0;
  for (let i = 0; i < parts.length; i++) {
    if (i > 0 && separator.length > 0) {
      copyBytes(separator, result, at);
      at += separator.length;
    }
    const part = parts[i]!;
    copyBytes(part, result, at);
    at += part.length;
  }
  return result;
}

function replaceFound(bytes: Uint8Array, old: Uint8Array, replacement: Uint8Array, count: number): Uint8Array {
  if (old.length === 1 && replacement.length === 1 && count < 0) return replaceByte(bytes, old[0]!, replacement[0]!);
  const places: number[] = [];
  const search = new PartSearch(bytes, old);
  for (let at = search.next(0); at >= 0 && places.length !== count; at = search.next(at + old.length)) places.push(at);
  const result = new Uint8Array(bytes.length + places.length * (replacement.length - old.length));
  let from = 0;
  let to = 0;
  for (let i = 0; i < places.length; i++) {
    const place = places[i]!;
    copyPart(bytes, from, place, result, to);
    to += place - from;
    copyBytes(replacement, result, to);
    to += replacement.length;
    from = place + old.length;
  }
  copyPart(bytes, from, bytes.length, result, to);
  return result;
}

function replaceByte(bytes: Uint8Array, old: number, replacement: number): Uint8Array {
  const result = new Uint8Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    result[i] = byte === old ? replacement : byte;
  }
  return result;
}

/** bytes.replace(old, replacement, count); a negative count means all. */
export function bytesReplace(bytes: Uint8Array, old: Uint8Array, replacement: Uint8Array, count: number): Uint8Array {
  if (count === 0) return bytes;
  if (old.length > 0) return replaceFound(bytes, old, replacement, count);
  const limit = count < 0 ? bytes.length + 1 : Math.min(count, bytes.length + 1);
  const parts: Uint8Array[] = [];
  for (let i = 0; i < limit; i++) parts.push(replacement, bytes.subarray(i, i + 1));
  parts.push(bytes.subarray(Math.min(limit, bytes.length)));
  return bytesConcat(parts);
}

/** The window that strip leaves: of white space, or of the bytes in `set`. */
export function bytesStripWindow(bytes: Uint8Array, set: Uint8Array | undefined, sides: { left: boolean; right: boolean }): [start: number, end: number] {
  const drops = (byte: number): boolean => (set === undefined ? isByteSpace(byte) : set.includes(byte));
  let start = 0;
  let end = bytes.length;
  if (sides.left) while (start < end && drops(bytes[start]!)) start++;
  if (sides.right) while (end > start && drops(bytes[end - 1]!)) end--;
  return [start, end];
}

/** bytes.splitlines(keepends) */
export function bytesSplitlines(bytes: Uint8Array, keepEnds: boolean): Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    let end = at;
    while (end < bytes.length && bytes[end] !== 10 && bytes[end] !== 13) end++;
    let next = end;
    if (next < bytes.length) next += bytes[next] === 13 && bytes[next + 1] === 10 ? 2 : 1;
    lines.push(sliceOfBytes(bytes, at, keepEnds ? next : end));
    at = next;
  }
  return lines;
}
