/**
 * `match` statements (PEP 634).
 *
 * Every pattern consumes the subject on the top of the stack and, when it fails, jumps to code that pops what its context has
 * on the stack. Captured values are collected *below* the values that are still needed and stored only when the whole pattern matches.
 * Source: CPython 3.14 `Python/codegen.c`.
 */
import { exhaustive } from '../base/assert.ts';
import { ConstTuple } from '../bytecode/code.ts';
import { constKey } from '../bytecode/constants.ts';
import { NB } from '../bytecode/operands.ts';
import { OP } from '../bytecode/opcodes.ts';
import type { Literal } from '../base/constants.ts';
import type { Expr, Match, MatchAs, MatchClass, MatchMapping, MatchOr, MatchSequence, Pattern } from '../frontend/ast.ts';
import type { Codegen } from './codegen.ts';
import { jumpIf } from './generate-conditions.ts';
import { NEXT_LOC, NO_LOC, locOf } from './instructions.ts';
import type { Label, Loc } from './instructions.ts';
import { literalRepr, stringRepr } from './unparse-literals.ts';

/** The state of the pattern that is being generated. */
interface PatternContext {
  /** Names captured so far, in the order of their values on the stack. */
  stores: string[];
  /** Whether a pattern that always matches is allowed here. */
  allowIrrefutable: boolean;
  /** `failPop[i]`: where to jump so that `i` values are popped. */
  failPop: Label[];
  /** Values above the captures that must stay on top; all are popped on failure. */
  onTop: number;
}

/** A `match` statement. */
export function generateMatch(c: Codegen, s: Match): void {
  c.visitExpr(s.subject);
  const end = c.newLabel();
  const last = s.cases[s.cases.length - 1]!;
  const hasDefault = s.cases.length > 1 && isWildcard(last.pattern);
  const count = s.cases.length - (hasDefault ? 1 : 0);
  for (let i = 0; i < count; i++) {
    const { pattern, guard, body } = s.cases[i]!;
    const loc = locOf(pattern);
    const isLast = i === count - 1;
    if (!isLast) c.emitArg(OP.COPY, 1, loc);
    const context: PatternContext = { stores: [], allowIrrefutable: guard !== null || i === s.cases.length - 1, failPop: [], onTop: 0 };
    generatePattern(c, pattern, context);
    for (const name of context.stores) c.storeName(name, loc);
    if (guard !== null) jumpIf(c, loc, guard, failLabel(c, context, 0), false);
    if (!isLast) c.emit(OP.POP_TOP, NEXT_LOC);
    c.visitStmts(body);
    c.emitJump(OP.JUMP, end, NO_LOC);
    emitFailPops(c, loc, context);
  }
  if (hasDefault) {
    const loc = locOf(last.pattern);
    c.emit(OP.NOP, loc); // so that the case is seen by line tracing
    if (last.guard !== null) jumpIf(c, loc, last.guard, end, false);
    c.visitStmts(last.body);
  }
  c.useLabel(end);
}

function isWildcard(p: Pattern): boolean {
  return p.kind === 'MatchAs' && p.name === null;
}

function isStarWildcard(p: Pattern): boolean {
  return p.kind === 'MatchStar' && p.name === null;
}

// Failure

function failLabel(c: Codegen, context: PatternContext, pops: number): Label {
  while (context.failPop.length <= pops) context.failPop.push(c.newLabel());
  return context.failPop[pops]!;
}

function jumpToFail(c: Codegen, loc: Loc, context: PatternContext, op: number): void {
  c.emitJump(op, failLabel(c, context, context.onTop + context.stores.length), loc);
}

/** The pops that failures jump into, the most first; then the next case. */
function emitFailPops(c: Codegen, loc: Loc, context: PatternContext): void {
  for (let i = context.failPop.length - 1; i > 0; i--) {
    c.useLabel(context.failPop[i]!);
    c.emit(OP.POP_TOP, loc);
  }
  if (context.failPop.length > 0) c.useLabel(context.failPop[0]!);
  context.failPop = [];
}

// Captures

/** Moves the top of the stack below the `count - 1` values under it. */
function rotate(c: Codegen, loc: Loc, count: number): void {
  for (; count > 1; count--) c.emitArg(OP.SWAP, count, loc);
}

function storeCapture(c: Codegen, loc: Loc, name: string | null, context: PatternContext): void {
  if (name === null) return c.emit(OP.POP_TOP, loc);
  if (context.stores.includes(name)) failDuplicate(c, loc, name);
  rotate(c, loc, context.onTop + context.stores.length + 1);
  context.stores.push(name);
}

function failDuplicate(c: Codegen, loc: Loc, name: string): never {
  c.fail(`multiple assignments to name ${stringRepr(name)} in pattern`, loc);
}

// Patterns

function generatePattern(c: Codegen, p: Pattern, context: PatternContext): void {
  switch (p.kind) {
    case 'MatchValue': return generateValue(c, locOf(p), p.value, context);
    case 'MatchSingleton': {
      const loc = locOf(p);
      c.emitConst(p.value, loc);
      c.emitArg(OP.IS_OP, 0, loc);
      return jumpToFail(c, loc, context, OP.POP_JUMP_IF_FALSE);
    }
    case 'MatchSequence': return generateSequence(c, p, context);
    case 'MatchMapping': return generateMapping(c, p, context);
    case 'MatchClass': return generateClassPattern(c, p, context);
    case 'MatchStar': return storeCapture(c, locOf(p), p.name, context);
    case 'MatchAs': return generateAs(c, p, context);
    case 'MatchOr': return generateOr(c, p, context);
    default: exhaustive(p);
  }
}

function generateSubpattern(c: Codegen, p: Pattern, context: PatternContext): void {
  const before = context.allowIrrefutable;
  context.allowIrrefutable = true;
  generatePattern(c, p, context);
  context.allowIrrefutable = before;
}

function generateValue(c: Codegen, loc: Loc, value: Expr, context: PatternContext): void {
  if (value.kind !== 'Constant' && value.kind !== 'Attribute') c.fail('patterns may only match literals and attribute lookups', loc);
  c.visitExpr(value);
  c.emitCompare('Eq', loc);
  c.emit(OP.TO_BOOL, loc);
  jumpToFail(c, loc, context, OP.POP_JUMP_IF_FALSE);
}

function generateAs(c: Codegen, p: MatchAs, context: PatternContext): void {
  const loc = locOf(p);
  if (p.pattern === null) {
    if (!context.allowIrrefutable) {
      const what = p.name === null ? 'wildcard' : `name capture ${stringRepr(p.name)}`;
      c.fail(`${what} makes remaining patterns unreachable`, loc);
    }
    return storeCapture(c, loc, p.name, context);
  }
  context.onTop++;
  c.emitArg(OP.COPY, 1, loc);
  generatePattern(c, p.pattern, context);
  context.onTop--;
  storeCapture(c, loc, p.name, context);
}

// Sequences

function generateSequence(c: Codegen, p: MatchSequence, context: PatternContext): void {
  const loc = locOf(p);
  const { patterns } = p;
  const star = patterns.findIndex((pattern) => pattern.kind === 'MatchStar');
  if (star >= 0 && patterns.some((pattern, i) => i > star && pattern.kind === 'MatchStar')) c.fail('multiple starred names in sequence pattern', loc);
  context.onTop++;
  c.emit(OP.MATCH_SEQUENCE, loc);
  jumpToFail(c, loc, context, OP.POP_JUMP_IF_FALSE);
  if (star < 0) checkLength(c, loc, context, patterns.length, 'Eq');
  else if (patterns.length > 1) checkLength(c, loc, context, patterns.length - 1, 'GtE');
  context.onTop--;
  if (patterns.every((pattern) => isWildcard(pattern) || isStarWildcard(pattern))) c.emit(OP.POP_TOP, loc);
  else if (star >= 0 && isStarWildcard(patterns[star]!)) generateBySubscript(c, loc, patterns, star, context);
  else generateByUnpacking(c, loc, patterns, context);
}

function checkLength(c: Codegen, loc: Loc, context: PatternContext, length: number, operator: 'Eq' | 'GtE'): void {
  c.emit(OP.GET_LEN, loc);
  c.emitConst(length, loc);
  c.emitCompare(operator, loc);
  jumpToFail(c, loc, context, OP.POP_JUMP_IF_FALSE);
}

function generateByUnpacking(c: Codegen, loc: Loc, patterns: readonly Pattern[], context: PatternContext): void {
  const star = patterns.findIndex((pattern) => pattern.kind === 'MatchStar');
  const after = patterns.length - star - 1;
  if (star < 0) c.emitArg(OP.UNPACK_SEQUENCE, patterns.length, loc);
  else if (star >= 1 << 8 || after >= 0x7fffffff >> 8) c.fail('too many expressions in star-unpacking sequence pattern', loc);
  else c.emitArg(OP.UNPACK_EX, star + (after << 8), loc);
  generateAll(c, patterns, context, patterns.length);
}

/** Matches patterns against values that lie on the stack, the first on top; `count` more stay on top at first. */
function generateAll(c: Codegen, patterns: readonly Pattern[], context: PatternContext, count: number): void {
  context.onTop += count;
  for (const pattern of patterns) {
    context.onTop--;
    generateSubpattern(c, pattern, context);
  }
}

/** With an unnamed star only the named elements are fetched, by index. */
function generateBySubscript(c: Codegen, loc: Loc, patterns: readonly Pattern[], star: number, context: PatternContext): void {
  context.onTop++;
  patterns.forEach((pattern, i) => {
    if (i === star || isWildcard(pattern)) return;
    c.emitArg(OP.COPY, 1, loc);
    if (i < star) c.emitConst(i, loc);
    else {
      // The subject need not support negative indexes.
      c.emit(OP.GET_LEN, loc);
      c.emitConst(patterns.length - i, loc);
      c.emitBinary('Sub', loc);
    }
    c.emitArg(OP.BINARY_OP, NB.SUBSCR, loc);
    generateSubpattern(c, pattern, context);
  });
  context.onTop--;
  c.emit(OP.POP_TOP, loc);
}

// Classes and mappings

function generateClassPattern(c: Codegen, p: MatchClass, context: PatternContext): void {
  const loc = locOf(p);
  if (p.kwd_attrs.length !== p.kwd_patterns.length) {
    c.fail(`kwd_attrs (${p.kwd_attrs.length}) / kwd_patterns (${p.kwd_patterns.length}) length mismatch in class pattern`, loc);
  }
  checkAttributes(c, p);
  c.visitExpr(p.cls);
  c.emitConst(new ConstTuple(p.kwd_attrs), loc);
  c.emitArg(OP.MATCH_CLASS, p.patterns.length, loc);
  emitNotNoneCheck(c, loc);
  const count = p.patterns.length + p.kwd_attrs.length;
  // The tuple of attributes (or None) is on top.
  context.onTop++;
  jumpToFail(c, loc, context, OP.POP_JUMP_IF_FALSE);
  c.emitArg(OP.UNPACK_SEQUENCE, count, loc);
  context.onTop += count - 1;
  for (const pattern of [...p.patterns, ...p.kwd_patterns]) {
    context.onTop--;
    if (isWildcard(pattern)) c.emit(OP.POP_TOP, loc);
    else generateSubpattern(c, pattern, context);
  }
}

function emitNotNoneCheck(c: Codegen, loc: Loc): void {
  c.emitArg(OP.COPY, 1, loc);
  c.emitConst(null, loc);
  c.emitArg(OP.IS_OP, 1, loc);
}

function checkAttributes(c: Codegen, p: MatchClass): void {
  p.kwd_attrs.forEach((attr, i) => {
    const repeated = p.kwd_attrs.indexOf(attr, i + 1);
    if (repeated >= 0) c.fail(`attribute name repeated in class pattern: ${attr}`, locOf(p.kwd_patterns[repeated]!));
  });
}

function generateMapping(c: Codegen, p: MatchMapping, context: PatternContext): void {
  const loc = locOf(p);
  const size = p.keys.length;
  if (size !== p.patterns.length) c.fail(`keys (${size}) / patterns (${p.patterns.length}) length mismatch in mapping pattern`, loc);
  context.onTop++;
  c.emit(OP.MATCH_MAPPING, loc);
  jumpToFail(c, loc, context, OP.POP_JUMP_IF_FALSE);
  if (size === 0 && p.rest === null) {
    context.onTop--;
    return c.emit(OP.POP_TOP, loc);
  }
  if (size > 0) checkLength(c, loc, context, size, 'GtE');
  generateKeys(c, p);
  c.emitArg(OP.BUILD_TUPLE, size, loc);
  c.emit(OP.MATCH_KEYS, loc); // [subject, keys, values or None]
  context.onTop += 2;
  emitNotNoneCheck(c, loc);
  jumpToFail(c, loc, context, OP.POP_JUMP_IF_FALSE);
  c.emitArg(OP.UNPACK_SEQUENCE, size, loc);
  generateAll(c, p.patterns, context, size - 1);
  context.onTop -= 2;
  if (p.rest !== null) generateRest(c, loc, size, p.rest, context);
  else {
    c.emit(OP.POP_TOP, loc); // the keys
    c.emit(OP.POP_TOP, loc); // the subject
  }
}

function generateKeys(c: Codegen, p: MatchMapping): void {
  const loc = locOf(p);
  const seen = new Set<string>();
  for (const key of p.keys) {
    if (key.kind === 'Constant') {
      const identity = equalityKey(key.value);
      if (seen.has(identity)) c.fail(`mapping pattern checks duplicate key (${literalRepr(key.value)})`, loc);
      seen.add(identity);
    } else if (key.kind !== 'Attribute') c.fail('mapping pattern keys may only match literals and attribute lookups', loc);
    c.visitExpr(key);
  }
}

/** A string that is the same for keys that are equal in Python: 1, 1.0, True and 1+0j are one key. */
function equalityKey(value: Literal): string {
  if (typeof value === 'boolean') return `i${value ? 1 : 0}`;
  if (typeof value === 'object' && value !== null) {
    if (value.kind === 'complex' && value.imag === 0) return numberKey(value.real);
    if (value.kind === 'float') return numberKey(value.value);
  }
  return constKey(value)!; // literals always have a key
}

function numberKey(value: number): string {
  return Number.isInteger(value) ? `i${BigInt(value)}` : `f${value}`;
}

/** `**rest`: a copy of the subject without the keys. */
function generateRest(c: Codegen, loc: Loc, size: number, name: string, context: PatternContext): void {
  c.emitArg(OP.BUILD_MAP, 0, loc); //            [subject, keys, empty]
  c.emitArg(OP.SWAP, 3, loc); //                 [empty, keys, subject]
  c.emitArg(OP.DICT_UPDATE, 2, loc); //          [copy, keys]
  c.emitArg(OP.UNPACK_SEQUENCE, size, loc); //   [copy, keys...]
  for (; size > 0; size--) {
    c.emitArg(OP.COPY, 1 + size, loc); //        [copy, keys..., copy]
    c.emitArg(OP.SWAP, 2, loc); //               [copy, keys..., copy, key]
    c.emit(OP.DELETE_SUBSCR, loc); //            [copy, keys...]
  }
  storeCapture(c, loc, name, context);
}

// Alternatives

function generateOr(c: Codegen, p: MatchOr, context: PatternContext): void {
  const loc = locOf(p);
  const end = c.newLabel();
  // The names of the first alternative, in order; the others must bind the same.
  let control: string[] | null = null;
  p.patterns.forEach((alternative, i) => {
    const altLoc = locOf(alternative);
    const inner: PatternContext = {
      stores: [], allowIrrefutable: i === p.patterns.length - 1 && context.allowIrrefutable, failPop: [], onTop: 0,
    };
    c.emitArg(OP.COPY, 1, altLoc);
    generatePattern(c, alternative, inner);
    if (control === null) control = inner.stores;
    else alignCaptures(c, p, altLoc, control, inner.stores);
    c.emitJump(OP.JUMP, end, altLoc);
    emitFailPops(c, altLoc, inner);
  });
  c.emit(OP.POP_TOP, loc);
  jumpToFail(c, loc, context, OP.JUMP);
  c.useLabel(end);
  adoptCaptures(c, loc, control!, context);
  c.emit(OP.POP_TOP, loc); // the copy of the subject
}

/** Reorders the captures of an alternative on the stack into the order of the first one. */
function alignCaptures(c: Codegen, p: MatchOr, loc: Loc, control: readonly string[], stores: string[]): void {
  if (stores.length !== control.length) failDifferentNames(c, p);
  for (let target = stores.length - 1; target >= 0; target--) {
    const source = stores.indexOf(control[target]!);
    if (source < 0) failDifferentNames(c, p);
    if (source === target) continue;
    // Everything up to `source` is moved above what follows it up to `target`, here and on the stack.
    const rotated = stores.splice(0, source + 1);
    stores.splice(target - source, 0, ...rotated);
    for (let i = 0; i <= source; i++) rotate(c, loc, target + 1);
  }
}

function failDifferentNames(c: Codegen, p: MatchOr): never {
  c.fail('alternative patterns bind different names', locOf(p));
}

function adoptCaptures(c: Codegen, loc: Loc, control: readonly string[], context: PatternContext): void {
  const rotations = control.length + 1 + context.onTop + context.stores.length;
  for (const name of control) {
    rotate(c, loc, rotations);
    if (context.stores.includes(name)) failDuplicate(c, loc, name);
    context.stores.push(name);
  }
}
