/** f-strings and t-strings. */
import { OP } from '../bytecode/opcodes.ts';
import type { FormattedValue, Interpolation, JoinedStr, TemplateStr } from '../frontend/ast.ts';
import { STACK_USE_GUIDELINE } from './limits.ts';
import type { Codegen } from './codegen.ts';
import { locOf } from './instructions.ts';

/** The operand of a conversion: 1 `!s`, 2 `!r`, 3 `!a`. Conversions are character codes in the tree, -1 for none. */
const CONVERSIONS: ReadonlyMap<number, number> = new Map([['s', 1], ['r', 2], ['a', 3]].map(([text, n]) => [String(text).charCodeAt(0), Number(n)]));

const NO_CONVERSION = -1;

/** An f-string. */
export function generateJoinedStr(c: Codegen, e: JoinedStr): void {
  const loc = locOf(e);
  const count = e.values.length;
  if (count > STACK_USE_GUIDELINE) {
    c.emitConst('', loc);
    c.emitLoadMethod('join', loc);
    c.emitArg(OP.BUILD_LIST, 0, loc);
    for (const value of e.values) {
      c.visitExpr(value);
      c.emitArg(OP.LIST_APPEND, 1, loc);
    }
    return c.emitArg(OP.CALL, 1, loc);
  }
  c.visitExprs(e.values);
  if (count > 1) c.emitArg(OP.BUILD_STRING, count, loc);
  else if (count === 0) c.emitConst('', loc);
}

/** A replacement field of an f-string. */
export function generateFormattedValue(c: Codegen, e: FormattedValue): void {
  const loc = locOf(e);
  c.visitExpr(e.value);
  if (e.conversion !== NO_CONVERSION) c.emitArg(OP.CONVERT_VALUE, CONVERSIONS.get(e.conversion)!, loc);
  if (e.format_spec === null) return c.emit(OP.FORMAT_SIMPLE, loc);
  c.visitExpr(e.format_spec);
  c.emit(OP.FORMAT_WITH_SPEC, loc);
}

/** A t-string: a tuple of its strings (one more than its interpolations), a tuple of its interpolations. */
export function generateTemplateStr(c: Codegen, e: TemplateStr): void {
  const loc = locOf(e);
  let strings = 0;
  let lastWasInterpolation = true;
  for (const value of e.values) {
    if (value.kind !== 'Interpolation') {
      c.visitExpr(value);
      strings++;
      lastWasInterpolation = false;
      continue;
    }
    if (lastWasInterpolation) {
      c.emitConst('', loc);
      strings++;
    }
    lastWasInterpolation = true;
  }
  if (lastWasInterpolation) {
    c.emitConst('', loc);
    strings++;
  }
  c.emitArg(OP.BUILD_TUPLE, strings, loc);
  const interpolations = e.values.filter((value) => value.kind === 'Interpolation');
  c.visitExprs(interpolations);
  c.emitArg(OP.BUILD_TUPLE, interpolations.length, loc);
  c.emit(OP.BUILD_TEMPLATE, loc);
}

/** A replacement field of a t-string. */
export function generateInterpolation(c: Codegen, e: Interpolation): void {
  const loc = locOf(e);
  c.visitExpr(e.value);
  c.emitConst(e.str, loc);
  // Bit 0: there is a format specification; bit 1 is always set; the conversion stands above.
  let operand = 2;
  if (e.format_spec !== null) {
    operand |= 1;
    c.visitExpr(e.format_spec);
  }
  if (e.conversion !== NO_CONVERSION) operand |= CONVERSIONS.get(e.conversion)! << 2;
  c.emitArg(OP.BUILD_INTERPOLATION, operand, loc);
}
