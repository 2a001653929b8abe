/**
 * Searching and cutting strings: find, count, split, partition, replace, startswith, with Python's indices.
 *
 * INV-1: a match never splits a surrogate pair. `start` and `end` arguments are code-point indices as the program gave them: negative ones
 * count from the end, any size is allowed. Source: CPython Objects/unicodeobject.c, Objects/stringlib.
 */
import { isLongSearch, linearIndexOf, stringUnits } from './long-search.ts';
import { codePointIndex, hasSurrogates, isAsciiText, strCharacters, strLength, strSubstring, unitOffset } from './str-code-points.ts';

/** White space as `str.split()` sees it; all of it lies below the surrogates, and no later Unicode adds to it. */
const SPACES = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const WORDS = new RegExp(`[^${SPACES}]+`, 'g');
const LEADING_SPACE = new RegExp(`^[${SPACES}]+`);
const TRAILING_SPACE = new RegExp(`[${SPACES}]+$`);
const ONE_SPACE = new RegExp(`[${SPACES}]`);

/** A window of a string as Python cuts it from `start` and `end`. */
export interface Window {
  readonly start: number;
  readonly end: number;
}

/** Brings `start` and `end` into 0 to `length`, except that `start` may stay beyond it. */
export function adjustIndices(start: number, end: number, length: number): Window {
  let low = start;
  let high = end > length ? length : end;
  if (high < 0) high = Math.max(0, high + length);
  if (low < 0) low = Math.max(0, low + length);
  return { start: low, end: high };
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

function splitsPair(text: string, unit: number): boolean {
  return isLowSurrogate(text.charCodeAt(unit)) && isHighSurrogate(text.charCodeAt(unit - 1));
}

/** Whether a match of `part` could begin or end inside of a pair. */
function hasLooseEdges(part: string): boolean {
  return part !== '' && (isLowSurrogate(part.charCodeAt(0)) || isHighSurrogate(part.charCodeAt(part.length - 1)));
}

/** indexOf in linear time. */
function plainIndexOf(text: string, part: string, from: number): number {
  return isLongSearch(text.length, part.length) ? linearIndexOf(stringUnits(text), stringUnits(part), from, part) : text.indexOf(part, from);
}

/** indexOf that keeps INV-1. */
function unitIndexOf(text: string, part: string, from: number): number {
  let found = plainIndexOf(text, part, from);
  if (!hasLooseEdges(part)) return found;
  while (found >= 0 && (splitsPair(text, found) || splitsPair(text, found + part.length))) found = plainIndexOf(text, part, found + 1);
  return found;
}

/** Where a unit stands last. The engine's lastIndexOf is no builtin of its compiler: the call takes longer than looking through a path. */
function lastUnit(text: string, unit: number): number {
  let i = text.length - 1;
  while (i >= 0 && text.charCodeAt(i) !== unit) i--;
  return i;
}

/** lastIndexOf that keeps INV-1. @hot os.path.splitext, os.path.basename */
function unitLastIndexOf(text: string, part: string, from: number): number {
  if (part.length === 1 && from === text.length && !hasLooseEdges(part)) return lastUnit(text, part.charCodeAt(0));
  let found = text.lastIndexOf(part, from);
  if (!hasLooseEdges(part)) return found;
  while (found >= 0 && (splitsPair(text, found) || splitsPair(text, found + part.length))) {
    found = found === 0 ? -1 : text.lastIndexOf(part, found - 1);
  }
  return found;
}

/** In texts up to this length a loop finds a character before the engine's search, which is a call, has begun. */
const SHORT = 12;

/** part in text @hot escapes */
export function strContains(text: string, part: string): boolean {
  const { length } = text;
  if (part.length === 1 && length <= SHORT) {
    const unit = part.charCodeAt(0);
    // A surrogate is found where it stands alone.
    if ((unit & 0xf800) !== 0xd800) {
      for (let i = 0; i < length; i++) if (text.charCodeAt(i) === unit) return true;
      return false;
    }
  }
  return unitIndexOf(text, part, 0) >= 0;
}

/** text.find(part, start, end): -1 when absent. */
export function strFind(text: string, part: string, start = 0, end = Infinity): number {
  const length = strLength(text);
  const window = adjustIndices(start, end, length);
  if (window.start > window.end) return -1;
  if (window.end === length) {
    const unit = unitIndexOf(text, part, unitOffset(text, window.start));
    return unit < 0 ? -1 : codePointIndex(text, unit);
  }
  const cut = strSubstring(text, window.start, window.end);
  const unit = unitIndexOf(cut, part, 0);
  return unit < 0 ? -1 : window.start + codePointIndex(cut, unit);
}

/** text.rfind(part, start, end): -1 when absent. */
export function strRfind(text: string, part: string, start = 0, end = Infinity): number {
  const length = strLength(text);
  const window = adjustIndices(start, end, length);
  if (window.start > window.end) return -1;
  const cut = window.start === 0 && window.end === length ? text : strSubstring(text, window.start, window.end);
  const unit = unitLastIndexOf(cut, part, cut.length);
  return unit < 0 ? -1 : window.start + codePointIndex(cut, unit);
}

/** text.count(part, start, end), without overlaps. */
export function strCount(text: string, part: string, start = 0, end = Infinity): number {
  const length = strLength(text);
  const window = adjustIndices(start, end, length);
  if (window.start > window.end) return 0;
  if (part === '') return window.end - window.start + 1;
  const cut = window.start === 0 && window.end === length ? text : strSubstring(text, window.start, window.end);
  if (!hasLooseEdges(part) && !isLongSearch(cut.length, part.length)) return countPlain(cut, part);
  let count = 0;
  for (let at = unitIndexOf(cut, part, 0); at >= 0; at = unitIndexOf(cut, part, at + part.length)) count++;
  return count;
}

function countPlain(text: string, part: string): number {
  let count = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) count++;
  return count;
}

function matchesAt(text: string, part: string, unit: number): boolean {
  return text.startsWith(part, unit) && (!hasLooseEdges(part) || (!splitsPair(text, unit) && !splitsPair(text, unit + part.length)));
}

/** text.startswith(part, start, end) */
export function strStartsWith(text: string, part: string, start = 0, end = Infinity): boolean {
  if (start === 0 && end === Infinity) return matchesAt(text, part, 0);
  const window = adjustIndices(start, end, strLength(text));
  if (window.end - strLength(part) < window.start) return false;
  return matchesAt(text, part, unitOffset(text, window.start));
}

/** text.endswith(part, start, end) */
export function strEndsWith(text: string, part: string, start = 0, end = Infinity): boolean {
  if (start === 0 && end === Infinity) return part.length <= text.length && matchesAt(text, part, text.length - part.length);
  const window = adjustIndices(start, end, strLength(text));
  if (window.end - strLength(part) < window.start) return false;
  const unit = unitOffset(text, window.end) - part.length;
  return unit >= 0 && matchesAt(text, part, unit);
}

/** In longer text the engine's `split` takes as little time as searching for one separator after the other. */
const LONG_SPLIT = 1024;

/** text.split(separator) of a short text: the engine's own takes up to three times as long for few parts. @hot lines of fields */
function splitShort(text: string, separator: string): string[] {
  const parts: string[] = [];
  let at = 0;
  for (let found = text.indexOf(separator); found >= 0; found = text.indexOf(separator, at)) {
    parts.push(text.slice(at, found));
    at = found + separator.length;
  }
  parts.push(text.slice(at));
  return parts;
}

/** text.split(separator, maxsplit) for a separator that is not empty; a negative maxsplit means no limit. */
export function strSplit(text: string, separator: string, maxsplit: number): string[] {
  if (maxsplit < 0 && !hasLooseEdges(separator)) return text.length > LONG_SPLIT ? text.split(separator) : splitShort(text, separator);
  const parts: string[] = [];
  let at = 0;
  for (let left = maxsplit; left !== 0; left--) {
    const found = unitIndexOf(text, separator, at);
    if (found < 0) break;
    parts.push(text.slice(at, found));
    at = found + separator.length;
  }
  parts.push(text.slice(at));
  return parts;
}

/** text.rsplit(separator, maxsplit) for a separator that is not empty. */
export function strRsplit(text: string, separator: string, maxsplit: number): string[] {
  const parts: string[] = [];
  let end = text.length;
  for (let left = maxsplit; left !== 0 && end >= separator.length; left--) {
    const found = unitLastIndexOf(text, separator, end - separator.length);
    if (found < 0) break;
    parts.push(text.slice(found + separator.length, end));
    end = found;
  }
  parts.push(text.slice(0, end));
  return parts.reverse();
}

/** Anything but words with one ' ' between two: other white space, two spaces, spaces at the ends. */
const NOT_SPACED = new RegExp(`[${SPACES.replace('\\x20', '\\x1f')}]|  |^ | $`);
/** ASCII white space but ' '. */
const RARE_SPACES = ['\n', '\t', '\r', '\v', '\f', '\x1c', '\x1d', '\x1e', '\x1f'];

/** Whether a text is ASCII without white space but ' ': the engine looks for one character at many places at once, an expression at one after the other. */
function hasOnlySpaces(text: string): boolean {
  return isAsciiText(text) && !RARE_SPACES.some((space) => text.includes(space));
}

/** The words of a long text, by the engine's `split` where that takes less time than an expression that finds them; what stands between two spaces, and at the ends, is no word where it is empty. @hot bench/programs/strings.py */
function wordsOfLong(text: string): string[] {
  if (!hasOnlySpaces(text)) return NOT_SPACED.test(text) ? wordsOf(text) : text.split(' ');
  const parts = text.split(' ');
  for (let i = 0; i < parts.length; i++) if (parts[i] === '') return parts.filter((part) => part !== '');
  return parts;
}

function wordsOf(text: string): string[] {
  return text.match(WORDS) ?? [];
}

function allWords(text: string): string[] {
  return text.length > LONG_SPLIT ? wordsOfLong(text) : wordsOf(text);
}

/** text.split(None, maxsplit) */
export function strSplitSpace(text: string, maxsplit: number): string[] {
  if (maxsplit < 0) return allWords(text);
  const parts: string[] = [];
  let rest = text.replace(LEADING_SPACE, '');
  while (rest !== '' && parts.length < maxsplit) {
    const found = rest.search(ONE_SPACE);
    if (found < 0) break;
    parts.push(rest.slice(0, found));
    rest = rest.slice(found).replace(LEADING_SPACE, '');
  }
  if (rest !== '') parts.push(parts.length < maxsplit || maxsplit === 0 ? stripEnd(rest, maxsplit) : rest);
  return parts;
}

/** Without splits left CPython keeps trailing space; a last word that ended the search has none. */
function stripEnd(rest: string, maxsplit: number): string {
  return maxsplit === 0 ? rest : rest.replace(TRAILING_SPACE, '');
}

/** text.rsplit(None, maxsplit) */
export function strRsplitSpace(text: string, maxsplit: number): string[] {
  if (maxsplit < 0) return allWords(text);
  const parts: string[] = [];
  let end = lastNonSpace(text, text.length);
  while (end > 0 && parts.length < maxsplit) {
    let start = end;
    while (start > 0 && !ONE_SPACE.test(text[start - 1]!)) start--;
    parts.push(text.slice(start, end));
    end = lastNonSpace(text, start);
  }
  if (end > 0) parts.push(text.slice(0, end));
  return parts.reverse();
}

function lastNonSpace(text: string, end: number): number {
  let at = end;
  while (at > 0 && ONE_SPACE.test(text[at - 1]!)) at--;
  return at;
}

/** text.partition(separator); undefined when it is absent. */
export function strPartition(text: string, separator: string): [head: string, tail: string] | undefined {
  const found = unitIndexOf(text, separator, 0);
  return found < 0 ? undefined : [text.slice(0, found), text.slice(found + separator.length)];
}

/** text.rpartition(separator); undefined when it is absent. */
export function strRpartition(text: string, separator: string): [head: string, tail: string] | undefined {
  const found = unitLastIndexOf(text, separator, text.length);
  return found < 0 ? undefined : [text.slice(0, found), text.slice(found + separator.length)];
}

/** text.replace(old, replacement, count); a negative count means all. */
export function strReplace(text: string, old: string, replacement: string, count: number): string {
  if (count === 0) return text;
  if (old === '') return interleave(text, replacement, count);
  if (text.length <= SHORT_REPLACED && !hasLooseEdges(old)) return replaceInShort(text, old, replacement, count);
  if (old.length === 1 && replacement.length === 1 && count < 0 && isAsciiText(replacement) && isAsciiText(text)) return replaceUnit(text, old, replacement);
  // A dollar sign in the replacement would mean something to the engine.
  if (count < 0 && !hasLooseEdges(old) && !replacement.includes('$')) return text.replaceAll(old, replacement);
  return strSplit(text, old, count).join(replacement);
}

/** One ASCII character for another in ASCII text, which is looked through as bytes. */
function replaceUnit(text: string, old: string, replacement: string): string {
  let at = text.indexOf(old);
  if (at < 0) return text;
  const bytes = Buffer.from(text, 'latin1');
  const from = old.charCodeAt(0);
  const to = replacement.charCodeAt(0);
  for (; at < bytes.length; at++) if (bytes[at] === from) bytes[at] = to;
  return bytes.toString('latin1');
}

/** Texts up to this length have few matches, for which an array takes longer than the rest. */
const SHORT_REPLACED = 256;

function replaceInShort(text: string, old: string, replacement: string, count: number): string {
  let at = text.indexOf(old);
  if (at < 0) return text;
  let result = '';
  let end = 0;
  for (let left = count; at >= 0 && left !== 0; left--) {
    result += text.slice(end, at) + replacement;
    end = at + old.length;
    at = text.indexOf(old, end);
  }
  return result + text.slice(end);
}

/** Puts the replacement before each character, and at the end, as often as allowed. */
function interleave(text: string, replacement: string, count: number): string {
  const characters = hasSurrogates(text) ? strCharacters(text) : text.split('');
  if (count < 0 || count > characters.length) return characters.length === 0 ? replacement : `${replacement}${characters.join(replacement)}${replacement}`;
  let result = '';
  characters.forEach((character, i) => (result += i < count ? replacement + character : character));
  return result;
}

/** text.strip(), lstrip or rstrip of white space. */
export function strStripSpace(text: string, sides: { left: boolean; right: boolean }): string {
  let start = 0;
  let end = text.length;
  if (sides.left) while (start < end && isSpaceUnit(text.charCodeAt(start))) start++;
  if (sides.right) while (end > start && isSpaceUnit(text.charCodeAt(end - 1))) end--;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

function isSpaceUnit(unit: number): boolean {
  if (unit < 128) return unit <= 32 && (unit === 32 || (unit >= 9 && unit <= 13) || (unit >= 28 && unit <= 31));
  return ONE_SPACE.test(String.fromCharCode(unit));
}

/** text.strip(characters), lstrip or rstrip. */
export function strStripCharacters(text: string, characters: string, sides: { left: boolean; right: boolean }): string {
  if (hasSurrogates(text) || hasSurrogates(characters)) return stripCodePoints(text, characters, sides);
  let start = 0;
  let end = text.length;
  if (sides.left) while (start < end && characters.includes(text[start]!)) start++;
  if (sides.right) while (end > start && characters.includes(text[end - 1]!)) end--;
  return text.slice(start, end);
}

function stripCodePoints(text: string, characters: string, sides: { left: boolean; right: boolean }): string {
  const all = strCharacters(text);
  const set = new Set(strCharacters(characters));
  let start = 0;
  let end = all.length;
  if (sides.left) while (start < end && set.has(all[start]!)) start++;
  if (sides.right) while (end > start && set.has(all[end - 1]!)) end--;
  return all.slice(start, end).join('');
}

/** text.splitlines(keepends) */
export function strSplitlines(text: string, keepEnds: boolean): string[] {
  const lines: string[] = [];
  const pattern = /\r\n|[\n-\r\x1c-\x1e\x85\u2028\u2029]/g;
  let at = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    lines.push(text.slice(at, keepEnds ? pattern.lastIndex : match.index));
    at = pattern.lastIndex;
  }
  if (at < text.length) lines.push(text.slice(at));
  return lines;
}
