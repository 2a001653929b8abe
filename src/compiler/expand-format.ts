/** `'%s and %r' % (a, b)` as an f-string, when the formats are simple enough. Source: CPython 3.14 `Python/ast_preprocess.c`, `optimize_format`. */
import { makeConstant, makeFormattedValue, makeJoinedStr } from '../frontend/ast-factory.ts';
import type { BinOp, Expr } from '../frontend/ast.ts';

/** Widths and precisions of more digits are left to run time. */
const MAX_DIGITS = 3;

/** The f-string for a `%` operation, or null when it must stay as it is. */
export function expandFormat(e: BinOp): Expr | null {
  if (e.op !== 'Mod' || e.left.kind !== 'Constant' || e.right.kind !== 'Tuple' || typeof e.left.value !== 'string') return null;
  const { elts } = e.right;
  if (elts.some((element) => element.kind === 'Starred')) return null;
  const parts = parseFormat(e.left.value, elts);
  return parts === null ? null : makeJoinedStr(parts, e.lineno, e.col_offset, e.end_lineno, e.end_col_offset);
}

function parseFormat(format: string, values: readonly Expr[]): Expr[] | null {
  const parts: Expr[] = [];
  let at = 0;
  let count = 0;
  for (;;) {
    const end = literalEnd(format, at);
    if (end > at) parts.push(artificialConstant(format.slice(at, end).replaceAll('%%', '%')));
    at = end;
    if (at >= format.length) break;
    if (count >= values.length) return null; // more formats than values
    const spec = parseSpec(format, at + 1);
    if (spec === null) return null;
    parts.push(formatted(values[count++]!, spec));
    at = spec.end;
  }
  return count < values.length ? null : parts;
}

/** Where the literal text that starts at `at` ends: at a `%` that is not doubled. */
function literalEnd(format: string, at: number): number {
  while (at < format.length) {
    if (format[at] !== '%') at++;
    else if (format[at + 1] === '%') at += 2;
    else break;
  }
  return at;
}

interface FormatSpec {
  readonly conversion: string;
  readonly isLeft: boolean;
  readonly width: number;
  readonly precision: number;
  readonly end: number;
}

/** Reads flags, width, precision and type after a `%`; null when they are not supported. */
function parseSpec(format: string, at: number): FormatSpec | null {
  let isLeft = false;
  while (at < format.length && '-+ #0'.includes(format[at]!)) {
    if (format[at] === '-') isLeft = true;
    at++;
  }
  const width = readDigits(format, at);
  if (width === null) return null;
  at = width.end;
  let precision = { value: -1, end: at };
  if (format[at] === '.') {
    const digits = readDigits(format, at + 1);
    if (digits === null) return null;
    precision = { value: Math.max(digits.value, 0), end: digits.end };
    at = digits.end;
  }
  const conversion = format[at];
  if (conversion !== 's' && conversion !== 'r' && conversion !== 'a') return null;
  return { conversion, isLeft, width: width.value, precision: precision.value, end: at + 1 };
}

/** A number at `at`: -1 when there is none, null when it has too many digits. */
function readDigits(format: string, at: number): { value: number; end: number } | null {
  let end = at;
  while (end < format.length && format[end]! >= '0' && format[end]! <= '9') end++;
  if (end - at >= MAX_DIGITS) return null;
  return { value: end === at ? -1 : Number(format.slice(at, end)), end };
}

function formatted(value: Expr, spec: FormatSpec): Expr {
  let text = '';
  if (!spec.isLeft && spec.width > 0) text += '>';
  if (spec.width >= 0) text += spec.width;
  if (spec.precision >= 0) text += `.${spec.precision}`;
  const formatSpec = text === '' ? null : artificialConstant(text);
  return makeFormattedValue(value, spec.conversion.charCodeAt(0), formatSpec, value.lineno, value.col_offset, value.end_lineno, value.end_col_offset);
}

function artificialConstant(text: string): Expr {
  return makeConstant(text, null, -1, -1, -1, -1);
}
