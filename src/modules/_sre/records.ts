/** Records of `_sre`: patterns, matches, templates, scanners; and reading the text that is matched. */
import { PyByteArray, PyBytes } from '../../core/scalars.ts';
import type { PyDict, PyTuple } from '../../core/containers.ts';
import type { Thread } from '../../core/thread.ts';
import type { PyType } from '../../core/type.ts';
import { linkToPyObject, PyObject, type Maybe, type Value } from '../../core/value.ts';
import type { SreProgram } from '../../objects/algorithms/sre/program.ts';
import type { SrePoll } from '../../objects/algorithms/sre/machine.ts';
import { SreState } from '../../objects/algorithms/sre/state.ts';
import { strSubstring } from '../../objects/algorithms/str-code-points.ts';
import { getBuffer, viewBytes } from '../../objects/buffer.ts';
import { newBytes } from '../../objects/make.ts';
import { toClippedSize } from '../../objects/operators.ts';
import { raiseTypeError, typeName } from '../../objects/raise.ts';
import { staticType } from '../../objects/static-types.ts';
import { asStr } from '../../objects/type-of.ts';

/** `re.Pattern` */
export const PATTERN_TYPE = staticType('Pattern', { module: 're', disallowInstantiation: true, hasWeakref: true });
/** `re.Match` */
export const MATCH_TYPE = staticType('Match', { module: 're', disallowInstantiation: true });
/** `_sre.SRE_Scanner` */
export const SCANNER_TYPE = staticType('SRE_Scanner', { module: '_sre', disallowInstantiation: true });
/** `_sre.SRE_Template` */
export const TEMPLATE_TYPE = staticType('SRE_Template', { module: '_sre', disallowInstantiation: true });

/** A text to match: characters of a str, or bytes. */
export type SourceText = string | Uint8Array;

/** A compiled regular expression. */
export class PyPattern extends PyObject {
  readonly pattern: Value;
  readonly flags: number;
  readonly program: SreProgram;
  readonly groupIndex: PyDict;
  /** Names by group number; entry 0 is None. */
  readonly indexGroup: PyTuple;
  constructor(pattern: Value, flags: number, program: SreProgram, groupIndex: PyDict, indexGroup: PyTuple) {
    super(PATTERN_TYPE);
    this.pattern = pattern;
    this.flags = flags;
    this.program = program;
    this.groupIndex = groupIndex;
    this.indexGroup = indexGroup;
  }

  /** Matches bytes, not str. */
  get isBytes(): boolean {
    return this.pattern !== null && asStr(this.pattern) === undefined;
  }

  get groups(): number {
    return this.program.groups;
  }
}

/** A successful match. */
export class PyMatch {
  type: PyType;
  dict: PyDict | null;
  readonly pattern: PyPattern;
  readonly string: Value;
  readonly source: SourceText;
  readonly pos: number;
  readonly endpos: number;
  /** Start and end of the whole match, then of each group, -1 where it did not take part. */
  readonly marks: readonly number[];
  readonly lastIndex: number;
  constructor(pattern: PyPattern, string: Value, source: SourceText, state: SreState) {
    this.type = MATCH_TYPE;
    this.dict = null;
    this.pattern = pattern;
    this.string = string;
    this.source = source;
    this.pos = state.pos;
    this.endpos = state.end;
    this.marks = state.marks.length === 0 ? [state.start, state.matchEnd] : withGroups(pattern, state);
    this.lastIndex = state.lastIndex;
  }
}
/** As a PyObject (`linkToPyObject`). */
export interface PyMatch extends PyObject {}
linkToPyObject(PyMatch);

function withGroups(pattern: PyPattern, state: SreState): number[] {
  const groups = state.marks;
  // A copy has no room for more, which an array that grows gets at once.
  const marks = pattern.program.blankMarks.slice();
  marks[0] = state.start;
  marks[1] = state.matchEnd;
  for (let i = 0; i < groups.length; i += 2) {
    const start = groups[i]!;
    const end = groups[i + 1]!;
    // A group that was entered but not left did not take part.
    if (start < 0 || end < 0) continue;
    marks[i + 2] = start;
    marks[i + 3] = end;
  }
  return marks;
}

/** A compiled replacement: a literal, then groups each followed by a literal. */
export class PyTemplate extends PyObject {
  readonly literal: Value;
  readonly parts: readonly { readonly group: number; readonly literal: Value }[];
  constructor(literal: Value, parts: readonly { group: number; literal: Value }[]) {
    super(TEMPLATE_TYPE);
    this.literal = literal;
    this.parts = parts;
  }
}

/** The text of a subject for a pattern; raises TypeError where they do not fit. Bytes are copied by the matcher at once. */
export function sourceOf(t: Thread, pattern: PyPattern | null, string: Value): SourceText {
  const text = asStr(string);
  if (text !== undefined) {
    if (pattern !== null && pattern.isBytes) raiseTypeError('cannot use a bytes pattern on a string-like object');
    return text;
  }
  const bytes = bytesOf(t, string);
  if (bytes === undefined) raiseTypeError(`expected string or bytes-like object, got '${typeName(string)}'`);
  if (pattern !== null && pattern.pattern !== null && !pattern.isBytes) raiseTypeError('cannot use a string pattern on a bytes-like object');
  return bytes;
}

function bytesOf(t: Thread, value: Value): Uint8Array | undefined {
  if (value instanceof PyBytes) return value.value;
  if (value instanceof PyByteArray) return value.value.slice();
  const view = getBuffer(t, value);
  if (view === undefined) return undefined;
  const bytes = viewBytes(view).slice();
  view.release();
  return bytes;
}

/** Part of a text as a Python value; an exact str that is asked for as a whole is returned itself. */
export function slice(source: SourceText, start: number, end: number): Value {
  if (typeof source !== 'string') return newBytes(source.slice(start, Math.max(start, end)));
  return end <= start ? '' : strSubstring(source, start, end);
}

/** A state for matching `string`; the caller releases it. */
export function newState(t: Thread, pattern: PyPattern, source: SourceText, pos?: Maybe, endpos?: Maybe): SreState {
  const from = pos === undefined ? 0 : toClippedSize(t, pos);
  const to = endpos === undefined ? Number.MAX_SAFE_INTEGER : toClippedSize(t, endpos);
  return new SreState(pattern.program, source, from, to, pollFor(t));
}

/** The last poll made, which nearly every match asks for again. A declared cache. */
let lastPoll: { readonly thread: Thread; readonly poll: SrePoll } | null = null;

/** Signals are handled now and then during a long match. */
function pollFor(t: Thread): SrePoll {
  if (lastPoll !== null && lastPoll.thread === t) return lastPoll.poll;
  const poll = (): void => {
    if (Atomics.load(t.breaker, 0) !== 0) t.interpreter.scheduler.safepoint(t, /* canSwap */ false);
  };
  lastPoll = { thread: t, poll };
  return poll;
}
