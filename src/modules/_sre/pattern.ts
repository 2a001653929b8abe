/** `re.Pattern` and its scanner (Modules/_sre/sre.c). */
import { EQ, type CompareOp } from '../../core/type.ts';
import type { Thread } from '../../core/thread.ts';
import { PyBytes } from '../../core/scalars.ts';
import { bytesLike } from '../../objects/buffer.ts';
import { PyObject, type Maybe, type Value } from '../../core/value.ts';
import type { SreState } from '../../objects/algorithms/sre/state.ts';
import { hashTuple } from '../../objects/algorithms/hash.ts';
import { call, isCallable } from '../../objects/call.ts';
import { compareBool, equalityResult } from '../../objects/compare.ts';
import { CLASS_GETITEM } from '../../objects/generic-alias-record.ts';
import { hashOf } from '../../objects/hash-value.ts';
import { PyMappingProxy } from '../../objects/mapping-proxy.ts';
import { newBytes, newList, newTuple, NOT_IMPLEMENTED } from '../../objects/make.ts';
import { toClippedSize } from '../../objects/operators.ts';
import { staticType } from '../../objects/static-types.ts';
import { repr } from '../../objects/text.ts';
import { asStr } from '../../objects/type-of.ts';
import { readyType, type MethodRow } from '../../objects/type-ready.ts';
import { compileTemplate, expandTemplate, joinPieces } from './match.ts';
import {
  newState, PATTERN_TYPE, PyMatch, PyPattern, PyTemplate, SCANNER_TYPE, slice, sourceOf, type SourceText,
} from './records.ts';

function once(find: (state: SreState) => boolean): MethodRow[0] {
  return (t: Thread, self: PyPattern, string: Value, pos?: Value, endpos?: Value): Value => {
    const source = sourceOf(t, self, string);
    const state = newState(t, self, source, pos, endpos);
    try {
      return find(state) ? new PyMatch(self, string, source, state) : null;
    } finally {
      state.release();
    }
  };
}

/** What `findall` lists for a match: the match, its only group, or all groups. */
function found(self: PyPattern, source: SourceText, state: SreState): Value {
  const { groups } = self;
  if (groups === 0) return slice(source, state.start, state.matchEnd);
  const { marks } = state;
  const empty = slice(source, 0, 0);
  if (groups === 1) return marks[0]! < 0 || marks[1]! < 0 ? empty : slice(source, marks[0]!, marks[1]!);
  const items: Value[] = [];
  for (let i = 0; i < groups; i++) {
    const start = marks[2 * i]!;
    const end = marks[2 * i + 1]!;
    items.push(start < 0 || end < 0 ? empty : slice(source, start, end));
  }
  return newTuple(items);
}

function pattern_findall(t: Thread, self: PyPattern, string: Value, pos?: Value, endpos?: Value): Value {
  const source = sourceOf(t, self, string);
  const state = newState(t, self, source, pos, endpos);
  const list: Value[] = [];
  try {
    while (state.search()) {
      list.push(found(self, source, state));
      state.advance();
    }
  } finally {
    state.release();
  }
  return newList(list);
}

function pattern_split(t: Thread, self: PyPattern, string: Value, maxsplit?: Value): Value {
  const limit = maxsplit === undefined ? 0 : toClippedSize(t, maxsplit);
  const source = sourceOf(t, self, string);
  const state = newState(t, self, source);
  const list: Value[] = [];
  let last = 0;
  try {
    for (let n = 0; (limit === 0 || n < limit) && state.search(); n++) {
      list.push(slice(source, last, state.start));
      for (let i = 0; i < self.groups; i++) {
        const start = state.marks[2 * i]!;
        const end = state.marks[2 * i + 1]!;
        list.push(start < 0 || end < 0 ? null : slice(source, start, end));
      }
      state.advance();
      last = state.start;
    }
    list.push(slice(source, last, state.end));
  } finally {
    state.release();
  }
  return newList(list);
}

/** How a match is replaced: by a literal, a template or a function. */
type Replacement = { readonly literal: Value } | { readonly template: PyTemplate } | { readonly func: Value };

function replacementOf(t: Thread, self: PyPattern, repl: Value): Replacement {
  if (isCallable(repl)) return { func: repl };
  const text = asStr(repl);
  if (text !== undefined && !text.includes('\\')) return { literal: repl };
  const bytes = text === undefined ? bytesLike(t, repl) : undefined;
  if (bytes?.includes(0x5c) === false) return { literal: repl instanceof PyBytes ? repl : newBytes(bytes.slice()) };
  const template = compileTemplate(t, self, repl);
  return template.parts.length === 0 ? { literal: template.literal } : { template };
}

function substitute(t: Thread, self: PyPattern, repl: Value, string: Value, count: Maybe): [result: Value, n: number] {
  const limit = count === undefined ? 0 : toClippedSize(t, count);
  const replacement = replacementOf(t, self, repl);
  const source = sourceOf(t, self, string);
  const state = newState(t, self, source);
  const pieces: Value[] = [];
  let last = 0;
  let n = 0;
  try {
    for (; (limit === 0 || n < limit) && state.search(); n++) {
      const { start } = state;
      const end = state.matchEnd;
      if (last < start) pieces.push(slice(source, last, start));
      if ('literal' in replacement) pieces.push(replacement.literal);
      else {
        const match = new PyMatch(self, string, source, state);
        const item = 'func' in replacement ? call(t, replacement.func, [match]) : expandTemplate(replacement.template, match);
        if (item !== null) pieces.push(item);
      }
      last = end;
      state.advance();
    }
    if (n === 0 && (typeof string === 'string' || string instanceof PyBytes)) return [string, 0];
    if (last < state.end) pieces.push(slice(source, last, state.end));
  } finally {
    state.release();
  }
  return [joinPieces(pieces, typeof source === 'string'), n];
}

class PyScanner extends PyObject {
  readonly pattern: PyPattern;
  readonly string: Value;
  readonly source: SourceText;
  readonly state: SreState;
  constructor(t: Thread, pattern: PyPattern, string: Value, pos: Maybe, endpos: Maybe) {
    super(SCANNER_TYPE);
    this.pattern = pattern;
    this.string = string;
    this.source = sourceOf(t, pattern, string);
    this.state = newState(t, pattern, this.source, pos, endpos);
  }

  /** The next match, or undefined at the end. */
  next(search: boolean): PyMatch | undefined {
    const { state } = this;
    if (!(search ? state.search() : state.match(/* all */ false))) {
      state.start = state.end + 1;
      return undefined;
    }
    const match = new PyMatch(this.pattern, this.string, this.source, state);
    state.advance();
    return match;
  }
}

readyType(SCANNER_TYPE, {
  methods: {
    match: [(_t: Thread, self: PyScanner) => self.next(/* search */ false) ?? null, '($self, /)', ''],
    search: [(_t: Thread, self: PyScanner) => self.next(/* search */ true) ?? null, '($self, /)', ''],
  },
  getset: { pattern: { get: (_t, self) => (self as PyScanner).pattern, member: true } },
});

/** `finditer`'s iterator: `iter(scanner.search, None)`. */
class PyMatchIterator extends PyObject {
  scanner: PyScanner | null;
  constructor(scanner: PyScanner) {
    super(MATCH_ITERATOR_TYPE);
    this.scanner = scanner;
  }
}

const MATCH_ITERATOR_TYPE = staticType('callable_iterator', { disallowInstantiation: true });
readyType(MATCH_ITERATOR_TYPE, {
  slots: {
    tp_iter: (_t, self) => self,
    tp_iternext: (_t, self: PyMatchIterator) => {
      const match = self.scanner?.next(/* search */ true);
      if (match === undefined) {
        self.scanner?.state.release();
        self.scanner = null;
      }
      return match;
    },
  },
});

function pattern_finditer(t: Thread, self: PyPattern, string: Value, pos?: Value, endpos?: Value): Value {
  return new PyMatchIterator(new PyScanner(t, self, string, pos, endpos));
}

const FLAG_NAMES: readonly [number, string][] = [
  [1, 're.TEMPLATE'], [2, 're.IGNORECASE'], [4, 're.LOCALE'], [8, 're.MULTILINE'], [16, 're.DOTALL'], [32, 're.UNICODE'], [64, 're.VERBOSE'],
  [128, 're.DEBUG'], [256, 're.ASCII'],
];
const LOCALE_FLAG = 4;
const UNICODE_FLAG = 32;
const ASCII_FLAG = 256;
const LONGEST_SHOWN = 200;

function pattern_repr(t: Thread, self: PyPattern): string {
  let { flags } = self;
  // UNICODE goes without saying for str patterns.
  if (!self.isBytes && (flags & (LOCALE_FLAG | UNICODE_FLAG | ASCII_FLAG)) === UNICODE_FLAG) flags &= ~UNICODE_FLAG;
  const names: string[] = [];
  for (const [bit, name] of FLAG_NAMES) {
    if ((flags & bit) === 0) continue;
    names.push(name);
    flags &= ~bit;
  }
  if (flags !== 0) names.push(`0x${flags.toString(16)}`);
  const text = [...repr(t, self.pattern)].slice(0, LONGEST_SHOWN).join('');
  return `re.compile(${text}${names.length === 0 ? '' : `, ${names.join('|')}`})`;
}

function samePatterns(t: Thread, a: PyPattern, b: PyPattern): boolean {
  if (a.flags !== b.flags || a.isBytes !== b.isBytes || a.groups !== b.groups) return false;
  const { code } = a.program;
  if (code.length !== b.program.code.length || code.some((word, i) => word !== b.program.code[i])) return false;
  return compareBool(t, a.pattern, b.pattern, EQ);
}

function identity(_t: Thread, self: Value): Value {
  return self;
}

const TEXT = '($self, /, string, pos=0, endpos=sys.maxsize)';

readyType(PATTERN_TYPE, {
  doc: 'Compiled regular expression object.',
  slots: {
    tp_repr: pattern_repr,
    tp_hash: (t, self: PyPattern) => hashTuple([hashOf(t, self.pattern), self.flags, self.groups, self.program.code.length]),
    tp_richcompare: (t, self: PyPattern, other, op: CompareOp) => (other instanceof PyPattern ? equalityResult(self === other || samePatterns(t, self, other), op) : NOT_IMPLEMENTED),
  },
  methods: {
    match: [once((state) => state.match(/* all */ false)), TEXT, 'Matches zero or more characters at the beginning of the string.'],
    fullmatch: [once((state) => state.match(/* all */ true)), TEXT, 'Matches against all of the string.'],
    search: [once((state) => state.search()), TEXT, 'Scan through string looking for a match, and return a corresponding match object instance.'],
    sub: [(t: Thread, self: PyPattern, repl: Value, string: Value, count?: Value) => substitute(t, self, repl, string, count)[0], '($self, /, repl, string, count=0)', 'Return the string obtained by replacing the leftmost non-overlapping occurrences of pattern in string by the replacement repl.'],
    subn: [(t: Thread, self: PyPattern, repl: Value, string: Value, count?: Value) => newTuple(substitute(t, self, repl, string, count)), '($self, /, repl, string, count=0)', 'Return the tuple (new_string, number_of_subs_made) found by replacing the leftmost non-overlapping occurrences of pattern with the replacement repl.'],
    findall: [pattern_findall, TEXT, 'Return a list of all non-overlapping matches of pattern in string.'],
    split: [pattern_split, '($self, /, string, maxsplit=0)', 'Split string by the occurrences of pattern.'],
    finditer: [pattern_finditer, TEXT, 'Return an iterator over all non-overlapping matches for the RE pattern in string.'],
    scanner: [(t: Thread, self: PyPattern, string: Value, pos?: Value, endpos?: Value) => new PyScanner(t, self, string, pos, endpos), TEXT, ''],
    __copy__: [identity, '($self, /)', ''],
    __deepcopy__: [identity, '($self, memo, /)', ''],
    __class_getitem__: CLASS_GETITEM,
  },
  getset: {
    pattern: { get: (_t, self) => (self as PyPattern).pattern, member: true, doc: 'The pattern string from which the RE object was compiled.' },
    flags: { get: (_t, self) => (self as PyPattern).flags, member: true, doc: 'The regex matching flags.' },
    groups: { get: (_t, self) => (self as PyPattern).groups, member: true, doc: 'The number of capturing groups in the pattern.' },
    groupindex: { get: (_t, self) => new PyMappingProxy((self as PyPattern).groupIndex), doc: 'A dictionary mapping group names to group numbers.' },
  },
});
