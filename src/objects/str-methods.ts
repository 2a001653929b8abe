/** Methods of `str` that search, cut and change text: two tables for `str.ts`. Source: CPython Objects/unicodeobject.c. */
import { PyDict, PyList, PyTuple } from '../core/containers.ts';
import type { Thread } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import * as cases from './algorithms/str-case.ts';
import { codePointsOf, isAsciiText, strLength } from './algorithms/str-code-points.ts';
import { joinTexts } from './algorithms/str-join.ts';
import { strCenter, strExpandtabs, strLjust, strRjust, strZfill } from './algorithms/str-pad.ts';
import {
  strContains, strCount, strEndsWith, strFind, strPartition, strReplace, strRfind, strRpartition, strRsplit, strRsplitSpace, strSplit,
  strSplitlines, strSplitSpace, strStartsWith, strStripCharacters, strStripSpace,
} from './algorithms/str-search.ts';
import { LookupError } from './exception-types.ts';
import { tableGet, tableSet } from './hash-table.ts';
import { toArrayOr } from './iterate.ts';
import { newDict, newList, newTuple } from './make.ts';
import { boundArgument, intArgument, sizeArgument, strArgument } from './native-arguments.ts';
import { isRaised, raiseTypeError, raiseValueError, typeName } from './raise.ts';
import { DICT_TYPE, LIST_TYPE } from './static-types.ts';
import { getItem } from './subscript.ts';
import { isTrue } from './truth.ts';
import type { MethodRow } from './type-ready.ts';
import { asInt, asStr } from './type-of.ts';

function own(self: Value): string {
  return asStr(self)!;
}

// Searching

type Search = (text: string, part: string, start: number, end: number) => number;

function search(name: string, find: Search, required: boolean): MethodRow[0] {
  return (t: Thread, self: Value, part: Value, start: Maybe, end: Maybe): Value => {
    const wanted = strArgument(part, `${name}() argument 1`);
    const found = find(own(self), wanted, boundArgument(t, start, 0), boundArgument(t, end, Infinity));
    return found < 0 && required ? raiseValueError('substring not found') : found;
  };
}

function affix(name: 'startswith' | 'endswith', test: typeof strStartsWith): MethodRow[0] {
  return (t: Thread, self: Value, part: Value, start: Maybe, end: Maybe): Value => {
    const text = own(self);
    const low = boundArgument(t, start, 0);
    const high = boundArgument(t, end, Infinity);
    const single = asStr(part);
    if (single !== undefined) return test(text, single, low, high);
    if (!(part instanceof PyTuple)) raiseTypeError(`${name} first arg must be str or a tuple of str, not ${typeName(part)}`);
    for (const item of part.items) {
      const option = asStr(item) ?? raiseTypeError(`tuple for ${name} must only contain str, not ${typeName(item)}`);
      if (test(text, option, low, high)) return true;
    }
    return false;
  };
}

/** item in text */
export function str_contains(_t: Thread, self: Value, item: Value): boolean {
  const part = asStr(item) ?? raiseTypeError(`'in <string>' requires string as left operand, not ${typeName(item)}`);
  return strContains(own(self), part);
}

// Cutting

type Cut = (text: string, separator: string, maxsplit: number) => string[];

function splitMethod(bySeparator: Cut, bySpace: (text: string, maxsplit: number) => string[]): MethodRow[0] {
  return (t: Thread, self: Value, separator: Maybe, maxsplit: Maybe): Value => {
    const limit = sizeArgument(t, maxsplit, -1);
    if (separator === undefined || separator === null) return newList(bySpace(own(self), limit));
    const mark = asStr(separator) ?? raiseTypeError(`must be str or None, not ${typeName(separator)}`);
    if (mark === '') raiseValueError('empty separator');
    return newList(bySeparator(own(self), mark, limit));
  };
}

function partitionMethod(cut: typeof strPartition, whenAbsent: (text: string) => [string, string, string]): MethodRow[0] {
  return (_t: Thread, self: Value, separator: Value): Value => {
    const mark = asStr(separator) ?? raiseTypeError(`must be str, not ${typeName(separator)}`);
    if (mark === '') raiseValueError('empty separator');
    const parts = cut(own(self), mark);
    return newTuple(parts === undefined ? whenAbsent(own(self)) : [parts[0], mark, parts[1]]);
  };
}

function strip(name: string, sides: { left: boolean; right: boolean }): MethodRow[0] {
  return (_t: Thread, self: Value, characters: Maybe): Value => {
    if (characters === undefined || characters === null) return strStripSpace(own(self), sides);
    const set = asStr(characters) ?? raiseTypeError(`${name} arg must be None or str`);
    return strStripCharacters(own(self), set, sides);
  };
}

function str_splitlines(t: Thread, self: Value, keepends: Maybe): Value {
  return newList(strSplitlines(own(self), keepends !== undefined && isTrue(t, keepends)));
}

function str_removeprefix(_t: Thread, self: Value, prefix: Value): Value {
  const text = own(self);
  const part = strArgument(prefix, 'removeprefix() argument');
  return strStartsWith(text, part) ? text.slice(part.length) : text;
}

function str_removesuffix(_t: Thread, self: Value, suffix: Value): Value {
  const text = own(self);
  const part = strArgument(suffix, 'removesuffix() argument');
  return part !== '' && strEndsWith(text, part) ? text.slice(0, -part.length) : text;
}

function str_replace(t: Thread, self: Value, old: Value, replacement: Value, count: Maybe): Value {
  const from = strArgument(old, 'replace() argument 1');
  const to = strArgument(replacement, 'replace() argument 2');
  return strReplace(own(self), from, to, sizeArgument(t, count, -1));
}

/** Whether all items are strs of the engine. */
function areTexts(items: readonly Value[]): items is string[] {
  for (let i = 0; i < items.length; i++) if (typeof items[i] !== 'string') return false;
  return true;
}

function str_join(t: Thread, self: Value, iterable: Value): Value {
  // Nothing runs in between, so that the list's own items do.
  if (iterable instanceof PyList && iterable.type === LIST_TYPE && iterable.items.length !== 1 && areTexts(iterable.items)) return joinTexts(iterable.items, own(self));
  const items = toArrayOr(t, iterable, 'can only join an iterable');
  for (let i = 0; i < items.length; i++) {
    if (typeof items[i] === 'string') continue;
    const text = asStr(items[i]);
    items[i] = text ?? raiseTypeError(`sequence item ${i}: expected str instance, ${typeName(items[i]!)} found`);
  }
  return items.length === 1 ? items[0]! : joinTexts(items as string[], own(self));
}

// Filling

type Pad = (text: string, width: number, fill: string) => string;

function padMethod(pad: Pad): MethodRow[0] {
  return (t: Thread, self: Value, width: Value, fill: Maybe): Value => {
    const size = sizeArgument(t, width, 0);
    if (fill === undefined) return pad(own(self), size, ' ');
    const character = asStr(fill) ?? raiseTypeError(`The fill character must be a unicode character, not ${typeName(fill)}`);
    if (strLength(character) !== 1) raiseTypeError('The fill character must be exactly one character long');
    return pad(own(self), size, character);
  };
}

// Translation

function translated(value: Value): string {
  if (value === null) return '';
  const text = asStr(value);
  if (text !== undefined) return text;
  const point = asInt(value) ?? raiseTypeError('character mapping must return integer, None or str');
  return point >= 0 && point <= 0x10ffff ? String.fromCodePoint(Number(point)) : raiseValueError('character mapping must be in range(0x110000)');
}

/** The one unit of a text, where that is Latin-1; -1 for others. */
function latin1Unit(text: string): number {
  return text.length === 1 && text.charCodeAt(0) < 0x100 ? text.charCodeAt(0) : -1;
}

/** What stands in the table of units for one that goes away, and for one that has not been looked up. */
const DELETED = 0x100;
const UNKNOWN = -1;

/** Where all is ASCII and each character becomes one of Latin-1, or none; undefined elsewhere, and for short text, for which this takes longer. `mapped` remembers what was looked up. */
function translateUnits(t: Thread, text: string, table: Value, mapped: Map<number, string>): string | undefined {
  if (text.length < LONG_TRANSLATION || !isAsciiText(text)) return undefined;
  const units = new Int16Array(128).fill(UNKNOWN);
  const bytes = Buffer.from(text, 'latin1');
  let length = 0;
  for (let i = 0; i < bytes.length; i++) {
    const unit = bytes[i]!;
    let translation = units[unit]!;
    if (translation === UNKNOWN) {
      const one = translateOne(t, table, unit);
      mapped.set(unit, one);
      translation = units[unit] = one === '' ? DELETED : latin1Unit(one);
      if (translation === UNKNOWN) return undefined;
    }
    if (translation !== DELETED) bytes[length++] = translation;
  }
  return bytes.toString('latin1', 0, length);
}

/** Text of so many characters is worth a table. */
const LONG_TRANSLATION = 32;

function str_translate(t: Thread, self: Value, table: Value): Value {
  const mapped = new Map<number, string>();
  const translation = translateUnits(t, own(self), table, mapped);
  if (translation !== undefined) return translation;
  let result = '';
  for (const point of codePointsOf(own(self))) {
    let text = mapped.get(point);
    if (text === undefined) mapped.set(point, (text = translateOne(t, table, point)));
    result += text;
  }
  return result;
}

function translateOne(t: Thread, table: Value, point: number): string {
  try {
    // Most tables are dicts without most characters: an exception for each would take longer than all the rest.
    const value = table instanceof PyDict && table.type === DICT_TYPE ? tableGet(t, table.table, point) : getItem(t, table, point);
    return value === undefined ? String.fromCodePoint(point) : translated(value);
  } catch (caught) {
    if (isRaised(caught, LookupError)) return String.fromCodePoint(point);
    throw caught;
  }
}

function str_maketrans(t: Thread, x: Value, y: Maybe, z: Maybe): Value {
  const result = newDict();
  const put = (key: Value, value: Value): void => tableSet(t, result.table, key, value);
  if (y !== undefined) {
    const from = asStr(x) ?? raiseTypeError('first maketrans argument must be a string if there is a second argument');
    const to = codePointsOf(strArgument(y, 'maketrans() argument 2'));
    const points = codePointsOf(from);
    if (points.length !== to.length) raiseValueError('the first two maketrans arguments must have equal length');
    points.forEach((point, i) => put(point, to[i]!));
    if (z !== undefined) for (const point of codePointsOf(strArgument(z, 'maketrans() argument 3'))) put(point, null);
    return result;
  }
  if (!(x instanceof PyDict)) raiseTypeError('if you give only one argument to maketrans it must be a dict');
  x.table.keys.forEach((key, i) => {
    if (key === undefined) return;
    const text = asStr(key);
    if (text !== undefined) {
      if (strLength(text) !== 1) raiseValueError('string keys in translatetable must be of length 1');
      put(text.codePointAt(0)!, x.table.values[i]!);
    } else put(asInt(key) ?? raiseTypeError('keys in translate table mustbe strings or integers'), x.table.values[i]!);
  });
  return result;
}

/** A method without arguments. */
function plain(method: (text: string) => Value, doc: string): MethodRow {
  return [(_t: Thread, self: Value) => method(own(self)), '($self, /)', doc];
}

const BOUNDS = ', start=None, end=None, /)';

/** Searching, cutting and joining. */
export const STR_SEARCH_METHODS: Readonly<Record<string, MethodRow>> = {
  replace: [str_replace, '($self, old, new, /, count=-1)', 'Return a copy with all occurrences of substring old replaced by new.'],
  split: [splitMethod(strSplit, strSplitSpace), '($self, /, sep=None, maxsplit=-1)', 'Return a list of the substrings in the string, using sep as the separator string.'],
  rsplit: [splitMethod(strRsplit, strRsplitSpace), '($self, /, sep=None, maxsplit=-1)', 'Return a list of the substrings in the string, splitting from the end.'],
  join: [str_join, '($self, iterable, /)', 'Concatenate any number of strings, with the string between each pair.'],
  count: [search('count', strCount, false), `($self, sub${BOUNDS}`, 'Return the number of non-overlapping occurrences of substring sub.'],
  find: [search('find', strFind, false), `($self, sub${BOUNDS}`, 'Return the lowest index where substring sub is found, -1 on failure.'],
  index: [search('index', strFind, true), `($self, sub${BOUNDS}`, 'Return the lowest index where substring sub is found; ValueError on failure.'],
  rfind: [search('rfind', strRfind, false), `($self, sub${BOUNDS}`, 'Return the highest index where substring sub is found, -1 on failure.'],
  rindex: [search('rindex', strRfind, true), `($self, sub${BOUNDS}`, 'Return the highest index where substring sub is found; ValueError on failure.'],
  startswith: [affix('startswith', strStartsWith), `($self, prefix${BOUNDS}`, 'Return True if the string starts with the specified prefix, False otherwise.'],
  endswith: [affix('endswith', strEndsWith), `($self, suffix${BOUNDS}`, 'Return True if the string ends with the specified suffix, False otherwise.'],
  partition: [partitionMethod(strPartition, (text) => [text, '', '']), '($self, sep, /)', 'Partition the string into three parts using the given separator.'],
  rpartition: [partitionMethod(strRpartition, (text) => ['', '', text]), '($self, sep, /)', 'Partition the string into three parts at the last separator.'],
  strip: [strip('strip', { left: true, right: true }), '($self, chars=None, /)', 'Return a copy of the string with leading and trailing whitespace removed.'],
  lstrip: [strip('lstrip', { left: true, right: false }), '($self, chars=None, /)', 'Return a copy of the string with leading whitespace removed.'],
  rstrip: [strip('rstrip', { left: false, right: true }), '($self, chars=None, /)', 'Return a copy of the string with trailing whitespace removed.'],
  splitlines: [str_splitlines, '($self, /, keepends=False)', 'Return a list of the lines in the string, breaking at line boundaries.'],
  removeprefix: [str_removeprefix, '($self, prefix, /)', 'Return a str with the given prefix string removed if present.'],
  removesuffix: [str_removesuffix, '($self, suffix, /)', 'Return a str with the given suffix string removed if present.'],
};

/** Case, classes, filling and translation. */
export const STR_TEXT_METHODS: Readonly<Record<string, MethodRow>> = {
  capitalize: plain(cases.strCapitalize, 'Return a capitalized version of the string.'),
  casefold: plain(cases.strCasefold, 'Return a version of the string suitable for caseless comparisons.'),
  title: plain(cases.strTitle, 'Return a version of the string where each word is titlecased.'),
  lower: plain(cases.strLower, 'Return a copy of the string converted to lowercase.'),
  upper: plain(cases.strUpper, 'Return a copy of the string converted to uppercase.'),
  swapcase: plain(cases.strSwapcase, 'Convert uppercase characters to lowercase and lowercase characters to uppercase.'),
  isascii: plain(isAsciiText, 'Return True if all characters in the string are ASCII, False otherwise.'),
  islower: plain(cases.strIsLower, 'Return True if the string is a lowercase string, False otherwise.'),
  isupper: plain(cases.strIsUpper, 'Return True if the string is an uppercase string, False otherwise.'),
  istitle: plain(cases.strIsTitle, 'Return True if the string is a title-cased string, False otherwise.'),
  isspace: plain(cases.strIsSpace, 'Return True if the string is a whitespace string, False otherwise.'),
  isdecimal: plain(cases.strIsDecimal, 'Return True if the string is a decimal string, False otherwise.'),
  isdigit: plain(cases.strIsDigit, 'Return True if the string is a digit string, False otherwise.'),
  isnumeric: plain(cases.strIsNumeric, 'Return True if the string is a numeric string, False otherwise.'),
  isalpha: plain(cases.strIsAlpha, 'Return True if the string is an alphabetic string, False otherwise.'),
  isalnum: plain(cases.strIsAlnum, 'Return True if the string is an alpha-numeric string, False otherwise.'),
  isidentifier: plain(cases.strIsIdentifier, 'Return True if the string is a valid Python identifier, False otherwise.'),
  isprintable: plain(cases.strIsPrintable, 'Return True if all characters in the string are printable, False otherwise.'),
  center: [padMethod(strCenter), "($self, width, fillchar=' ', /)", 'Return a centered string of length width.'],
  ljust: [padMethod(strLjust), "($self, width, fillchar=' ', /)", 'Return a left-justified string of length width.'],
  rjust: [padMethod(strRjust), "($self, width, fillchar=' ', /)", 'Return a right-justified string of length width.'],
  zfill: [(t, self: Value, width: Value) => strZfill(own(self), sizeArgument(t, width, 0)), '($self, width, /)', 'Pad a numeric string with zeros on the left, to fill a field of the given width.'],
  expandtabs: [(t, self: Value, tabsize: Maybe) => strExpandtabs(own(self), intArgument(t, tabsize, 8)), '($self, /, tabsize=8)', 'Return a copy where all tab characters are expanded using spaces.'],
  translate: [str_translate, '($self, table, /)', 'Replace each character in the string using the given translation table.'],
  maketrans: [str_maketrans, '!(x, y=None, z=None, /)', 'Return a translation table usable for str.translate().', 'static'],
};

