/** `re.Match`, and replacement templates (Modules/_sre/sre.c). */
import { withQuietForm } from '../../core/quiet.ts';
import type { Thread } from '../../core/thread.ts';
import type { Maybe, Value } from '../../core/value.ts';
import { getAttr } from '../../objects/attributes.ts';
import { call } from '../../objects/call.ts';
import { IndexError } from '../../objects/exception-types.ts';
import { CLASS_GETITEM } from '../../objects/generic-alias-record.ts';
import { tableGet, tableKeys, tableSet } from '../../objects/hash-table.ts';
import { importModule } from '../../objects/import-hook.ts';
import { newBytes, newDict, newTuple } from '../../objects/make.ts';
import { toIndex } from '../../objects/operators.ts';
import { tableFindQuiet } from '../../objects/quiet-keys.ts';
import { raise, raiseTypeError } from '../../objects/raise.ts';
import { repr } from '../../objects/text.ts';
import { asInt, asStr, typeOf } from '../../objects/type-of.ts';
import { readyType } from '../../objects/type-ready.ts';
import { PyBytes } from '../../core/scalars.ts';
import { MATCH_TYPE, PyMatch, PyTemplate, slice, type PyPattern } from './records.ts';

const LONGEST_SHOWN = 50;

/** The text of a group, or `fallback` where it did not take part. */
export function groupValue(match: PyMatch, group: number, fallback: Value): Value {
  const start = match.marks[2 * group]!;
  return start < 0 ? fallback : slice(match.source, start, match.marks[2 * group + 1]!);
}

function groupNumber(t: Thread, match: PyMatch, key: Value): number {
  if (typeof key === 'number' && key >= 0 && 2 * key < match.marks.length) return key;
  let index = typeOf(key).slots.nb_index === null ? undefined : toIndex(t, key);
  if (index === undefined) {
    const known = asStr(key) === undefined && !(key instanceof PyBytes) ? undefined : tableGet(t, match.pattern.groupIndex.table, key);
    index = asInt(known);
  }
  return typeof index === 'number' && index >= 0 && 2 * index < match.marks.length ? index : raise(IndexError, 'no such group');
}

function match_group(t: Thread, self: PyMatch, groups: Value[]): Value {
  if (groups.length === 0) return groupValue(self, 0, null);
  if (groups.length === 1) return groupValue(self, groupNumber(t, self, groups[0]!), null);
  return newTuple(groups.map((group) => groupValue(self, groupNumber(t, self, group), null)));
}

/** The number of a group that is named by it, or by a str; undefined for what takes more to decide, and where there is none. */
function quietNumber(t: Thread, match: PyMatch, key: Maybe): number | undefined {
  if (key === undefined) return 0;
  if (typeof key === 'number') return key >= 0 && 2 * key < match.marks.length ? key : undefined;
  if (typeof key !== 'string') return undefined;
  const { table } = match.pattern.groupIndex;
  const entry = tableFindQuiet(t, table, key);
  const number = entry === undefined || entry < 0 ? undefined : table.values[entry];
  return typeof number === 'number' ? number : undefined;
}

/** One group of a match in a str. @hot tokenisers */
withQuietForm(match_group, {
  call: (t: Thread, self: PyMatch, groups: readonly Value[]): Maybe => {
    const number = groups.length > 1 || typeof self.string !== 'string' ? undefined : quietNumber(t, self, groups[0]);
    return number === undefined ? undefined : groupValue(self, number, null);
  },
  effect: 'value', result: 'any',
});

function match_groups(_t: Thread, self: PyMatch, fallback?: Value): Value {
  const items: Value[] = [];
  for (let i = 1; i <= self.pattern.groups; i++) items.push(groupValue(self, i, fallback === undefined ? null : fallback));
  return newTuple(items);
}

function match_groupdict(t: Thread, self: PyMatch, fallback?: Value): Value {
  const result = newDict();
  const { table } = self.pattern.groupIndex;
  for (const name of tableKeys(table)) {
    tableSet(t, result.table, name, groupValue(self, Number(asInt(tableGet(t, table, name))), fallback === undefined ? null : fallback));
  }
  return result;
}

function boundOf(t: Thread, self: PyMatch, group: Maybe, side: 0 | 1): number {
  return self.marks[2 * (group === undefined ? 0 : groupNumber(t, self, group)) + side]!;
}

function edgeMethod(side: 0 | 1): (t: Thread, self: PyMatch, group?: Value) => Value {
  return withQuietForm((t: Thread, self: PyMatch, group?: Value) => boundOf(t, self, group, side), {
    call: (t: Thread, self: PyMatch, group?: Value): Maybe => {
      const number = quietNumber(t, self, group);
      return number === undefined ? undefined : self.marks[2 * number + side];
    },
    effect: 'value', result: 'int',
  });
}

function match_span(t: Thread, self: PyMatch, group?: Value): Value {
  return newTuple([boundOf(t, self, group, 0), boundOf(t, self, group, 1)]);
}

/** Puts the pieces of a result together: all str, or all bytes-like. */
export function joinPieces(pieces: readonly Value[], isText: boolean): Value {
  if (isText) {
    let text = '';
    pieces.forEach((piece, i) => {
      text += asStr(piece) ?? raiseTypeError(`sequence item ${i}: expected str instance, ${typeOf(piece).name} found`);
    });
    return text;
  }
  const parts = pieces.map((piece, i) => (piece instanceof PyBytes ? piece.value : raiseTypeError(`sequence item ${i}: expected a bytes-like object, ${typeOf(piece).name} found`)));
  const result = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return newBytes(result);
}

/** A template filled with the groups of a match. */
export function expandTemplate(template: PyTemplate, match: PyMatch): Value {
  if (template.parts.length === 0) return template.literal;
  const isText = typeof match.source === 'string';
  const pieces: Value[] = [template.literal];
  for (const { group, literal } of template.parts) {
    if (2 * group >= match.marks.length) raise(IndexError, 'no such group');
    const value = groupValue(match, group, null);
    if (value !== null) pieces.push(value);
    pieces.push(literal);
  }
  return joinPieces(pieces, isText);
}

/** `re._compile_template(pattern, template)` */
export function compileTemplate(t: Thread, pattern: PyPattern, template: Value): PyTemplate {
  const compiled = call(t, getAttr(t, importModule(t, 're'), '_compile_template'), [pattern, template]);
  return compiled instanceof PyTemplate ? compiled : raiseTypeError('invalid template');
}

function match_repr(t: Thread, self: PyMatch): string {
  const text = repr(t, groupValue(self, 0, null));
  return `<re.Match object; span=(${self.marks[0]}, ${self.marks[1]}), match=${[...text].slice(0, LONGEST_SHOWN).join('')}>`;
}

function regsOf(self: PyMatch): Value {
  const spans: Value[] = [];
  for (let i = 0; i < self.marks.length; i += 2) spans.push(newTuple([self.marks[i]!, self.marks[i + 1]!]));
  return newTuple(spans);
}

function lastGroup(self: PyMatch): Value {
  const name = self.lastIndex < 0 ? undefined : self.pattern.indexGroup.items[self.lastIndex];
  return name === undefined ? null : name;
}

function identity(_t: Thread, self: Value): Value {
  return self;
}

readyType(MATCH_TYPE, {
  doc: 'The result of re.match() and re.search().\nMatch objects always have a boolean value of True.',
  slots: {
    tp_repr: match_repr,
    mp_subscript: (t, self: PyMatch, key) => groupValue(self, groupNumber(t, self, key), null),
  },
  methods: {
    group: [match_group, '!($self, /, *groups)', 'group([group1, ...]) -> str or tuple.'],
    start: [edgeMethod(0), '($self, group=0, /)', 'Return index of the start of the substring matched by group.'],
    end: [edgeMethod(1), '($self, group=0, /)', 'Return index of the end of the substring matched by group.'],
    span: [match_span, '($self, group=0, /)', 'For match object m, return the 2-tuple (m.start(group), m.end(group)).'],
    groups: [match_groups, '($self, /, default=None)', 'Return a tuple containing all the subgroups of the match, from 1.'],
    groupdict: [match_groupdict, '($self, /, default=None)', 'Return a dictionary containing all the named subgroups of the match, keyed by the subgroup name.'],
    expand: [(t: Thread, self: PyMatch, template: Value) => expandTemplate(compileTemplate(t, self.pattern, template), self), '($self, /, template)', 'Return the string obtained by doing backslash substitution on the string template, as done by the sub() method.'],
    __copy__: [identity, '($self, /)', ''],
    __deepcopy__: [identity, '($self, memo, /)', ''],
    __class_getitem__: CLASS_GETITEM,
  },
  getset: {
    string: { quiet: true, get: (_t, self) => (self as PyMatch).string, member: true, doc: 'The string passed to match() or search().' },
    re: { get: (_t, self) => (self as PyMatch).pattern, member: true, doc: 'The regular expression object.' },
    pos: { get: (_t, self) => (self as PyMatch).pos, member: true, doc: 'The index into the string at which the RE engine started looking for a match.' },
    endpos: { get: (_t, self) => (self as PyMatch).endpos, member: true, doc: 'The index into the string beyond which the RE engine will not go.' },
    lastindex: { quiet: true, get: (_t, self) => ((self as PyMatch).lastIndex < 0 ? null : (self as PyMatch).lastIndex), doc: 'The integer index of the last matched capturing group.' },
    lastgroup: { get: (_t, self) => lastGroup(self as PyMatch), doc: 'The name of the last matched capturing group.' },
    regs: { get: (_t, self) => regsOf(self as PyMatch) },
  },
});

