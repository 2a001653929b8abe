/** Grammar area: string literals, f-strings and t-strings, and their implicit concatenation. */
import { ConstBytes } from '../base/constants.ts';
import type * as Ast from './ast.ts';
import { makeConstant, makeFormattedValue, makeInterpolation, makeJoinedStr, makeTemplateStr } from './ast-factory.ts';
import { concatenateParts, stripComments, withoutEmptyStrings } from './fstring-parts.ts';
import { EscapeWarningError, type InvalidEscape, codecOffset, decodeBytes, decodeString, invalidEscapeMessage } from './literals.ts';
import {
  COLON, EQUAL, EXCLAMATION, FSTRING_END, FSTRING_MIDDLE, FSTRING_START, KW_YIELD, LBRACE, NAME, RBRACE, STRING, TSTRING_END, TSTRING_MIDDLE, TSTRING_START,
} from './token-types.ts';
import { SYNTAX_FAILURE, TokenCursor } from './token-cursor.ts';

const QUOTES = /['"]/;

/** What stands between an f-string's `{` and `}`, besides the expression. */
interface FieldTail {
  readonly debug: boolean;
  readonly conversion: number;
  readonly spec: Ast.JoinedStr | null;
  /** The token that ends the text of the expression: `!`, `:` or `}`. */
  readonly terminator: number;
}

/** An invalid escape in a token's text; inside of an f-string CPython warns of it when it has read the whole string. */
interface FoundEscape {
  readonly escape: InvalidEscape;
  readonly body: string;
  readonly token: number;
}

/** Parses strings; expressions inside of f-strings come from the areas that extend this one. */
export abstract class StringParser extends TokenCursor {
  private readonly warnedAt = new Set<number>();

  protected abstract parseYieldExpression(): Ast.Expr;
  protected abstract parseStarExpressions(): Ast.Expr;

  /** strings: (fstring | string)+ | tstring+ */
  protected parseStrings(): Ast.Expr {
    const start = this.pos;
    if (this.tok === STRING && !isStringStart(this.peek())) return this.parsePlainString();
    const parts: Ast.Expr[] = [];
    while (isStringStart(this.tok)) parts.push(this.parseString());
    return this.concatenate(parts, start);
  }

  private parseString(): Ast.Expr {
    if (this.tok === STRING) return this.parsePlainString();
    const start = this.pos;
    const template = this.tok === TSTRING_START;
    const raw = /r/i.test(this.text(start));
    this.advance();
    const escapes: FoundEscape[] = [];
    const values = this.parseParts(template ? TSTRING_MIDDLE : FSTRING_MIDDLE, template, raw, escapes);
    for (const pending of escapes) this.warnEscape(pending, this.pos, 1);
    this.expect(template ? TSTRING_END : FSTRING_END);
    const line = this.linenos[start] as number;
    const column = this.columns[start] as number;
    if (template) return makeTemplateStr(values, line, column, this.endLine(), this.endColumn());
    return makeJoinedStr(values, line, column, this.endLine(), this.endColumn());
  }

  /** string: STRING */
  private parsePlainString(): Ast.Constant {
    const pos = this.pos;
    const text = this.text(pos);
    const quoteAt = text.search(QUOTES);
    const size = text.length - quoteAt >= 6 && text[quoteAt] === text[quoteAt + 1] && text[quoteAt] === text[quoteAt + 2] ? 3 : 1;
    const body = text.slice(quoteAt + size, text.length - size);
    const prefix = quoteAt === 0 ? '' : text.slice(0, quoteAt).toLowerCase();
    const raw = prefix.includes('r');
    let value: string | ConstBytes;
    if (prefix.includes('b')) {
      const decoded = decodeBytes(body, raw);
      value = new ConstBytes(decoded.value);
      if (decoded.invalidEscape !== null) this.warnEscape({ escape: decoded.invalidEscape, body, token: pos }, pos, 0);
    } else {
      const decoded = decodeString(body, raw, this.context.resolveUnicodeName);
      value = decoded.value;
      if (decoded.invalidEscape !== null) this.warnEscape({ escape: decoded.invalidEscape, body, token: pos }, pos, 1);
    }
    this.advance();
    const kind = prefix === 'u' && text.charCodeAt(0) === 0x75 ? 'u' : null;
    return makeConstant(value, kind, this.linenos[pos] as number, this.columns[pos] as number, this.endLine(), this.endColumn());
  }

  /** The parts of an f-string, a t-string or a format spec. Debug fields give two parts. */
  private parseParts(middle: number, template: boolean, raw: boolean, escapes: FoundEscape[] | null): Ast.Expr[] {
    const values: Ast.Expr[] = [];
    for (;;) {
      if (this.tok === middle) {
        const constant = this.parseMiddle(raw, escapes);
        if (constant.value !== '') values.push(constant);
      } else if (this.tok === LBRACE) this.parseField(template, raw, values);
      else return values;
    }
  }

  private parseMiddle(raw: boolean, escapes: FoundEscape[] | null): Ast.Constant {
    const pos = this.pos;
    const body = this.text(pos);
    const decoded = decodeString(body, raw, this.context.resolveUnicodeName);
    const escape = decoded.invalidEscape;
    if (escape !== null) {
      const found = { escape, body, token: pos };
      if (escapes === null) this.warnEscape(found, pos, 0);
      else escapes.push(found);
    }
    this.advance();
    return makeConstant(decoded.value, null, this.linenos[pos] as number, this.columns[pos] as number, this.endLine(), this.endColumn());
  }

  /** replacement_field: '{' annotated_rhs ['='] ['!' NAME] [':' format_spec*] '}' */
  private parseField(template: boolean, raw: boolean, values: Ast.Expr[]): void {
    const start = this.pos;
    this.advance();
    const value = this.tok === KW_YIELD ? this.parseYieldExpression() : this.parseStarExpressions();
    const tail = this.parseFieldTail(template, raw);
    this.expect(RBRACE);
    const line = this.linenos[start] as number;
    const column = this.columns[start] as number;
    const text = stripComments(this.source.slice(this.ends[start], this.starts[tail.terminator]));
    if (tail.debug) {
      const end = this.debugEnd(tail.terminator);
      values.push(makeConstant(text, null, line, column + 1, this.linenos[end] as number, this.columns[end] as number));
      if (this.types[tail.terminator] === EXCLAMATION) (values.at(-1) as Ast.Constant).end_col_offset--;
    }
    const conversion = tail.debug && tail.spec === null && tail.conversion < 0 ? 114 : tail.conversion;
    if (template) values.push(makeInterpolation(value, tail.debug ? text.slice(0, text.lastIndexOf('=')) : text, conversion, tail.spec, line, column, this.endLine(), this.endColumn()));
    else values.push(makeFormattedValue(value, conversion, tail.spec, line, column, this.endLine(), this.endColumn()));
  }

  /** The token that CPython measures the end of a debug field's text from: after `!` it is the conversion's name. */
  private debugEnd(terminator: number): number {
    return this.types[terminator] === EXCLAMATION ? terminator + 1 : terminator;
  }

  private parseFieldTail(template: boolean, raw: boolean): FieldTail {
    const debug = this.accept(EQUAL);
    const terminator = this.pos;
    let conversion = -1;
    if (this.accept(EXCLAMATION)) conversion = this.parseConversion();
    const spec = this.tok === COLON ? this.parseFormatSpec(template, raw) : null;
    return { debug, conversion, spec, terminator };
  }

  private parseConversion(): number {
    const name = this.tok === NAME ? this.names[this.pos] : null;
    const adjacent = this.starts[this.pos] === this.ends[this.pos - 1];
    if (!adjacent || (name !== 's' && name !== 'r' && name !== 'a')) throw SYNTAX_FAILURE;
    this.advance();
    return name.charCodeAt(0);
  }

  /** full_format_spec: ':' (MIDDLE | replacement_field)* */
  private parseFormatSpec(template: boolean, raw: boolean): Ast.JoinedStr {
    const start = this.pos;
    this.advance();
    // Fields inside of a t-string's format spec are ordinary ones.
    const parts = this.parseParts(template ? TSTRING_MIDDLE : FSTRING_MIDDLE, false, raw, null);
    const values = parts.length > 1 ? concatenateParts(parts) : withoutEmptyStrings(parts);
    return makeJoinedStr(values, this.linenos[start] as number, this.columns[start] as number, this.endLine(), this.endColumn());
  }

  /** Joins adjacent literals of one kind; mixed kinds are an error. */
  private concatenate(parts: Ast.Expr[], start: number): Ast.Expr {
    const line = this.linenos[start] as number;
    const column = this.columns[start] as number;
    const first = parts[0] as Ast.Expr;
    const templates = parts.filter((part) => part.kind === 'TemplateStr').length;
    if (templates !== 0) {
      if (templates !== parts.length) throw SYNTAX_FAILURE;
      return makeTemplateStr(concatenateParts(parts), line, column, this.endLine(), this.endColumn());
    }
    const bytes = parts.filter((part) => part.kind === 'Constant' && part.value instanceof ConstBytes).length;
    if (bytes !== 0 && bytes !== parts.length) throw SYNTAX_FAILURE;
    if (parts.every((part) => part.kind === 'Constant')) {
      const value = bytes === 0 ? parts.map((part) => part.value as string).join('') : joinBytes(parts);
      return makeConstant(value, (first as Ast.Constant).u_kind, line, column, this.endLine(), this.endColumn());
    }
    return makeJoinedStr(concatenateParts(parts), line, column, this.endLine(), this.endColumn());
  }

  /**
   * Warns of an invalid escape in the body of a literal, once per token. CPython places it from the column of a token (`pos`: the literal, or the
   * end of the f-string) plus `lead`.
   */
  private warnEscape({ escape, body, token }: FoundEscape, pos: number, lead: number): void {
    // An abandoned attempt (`match`, bracketed `with`) has perhaps warned already.
    if (this.context.warn === null || this.warnedAt.has(token)) return;
    this.warnedAt.add(token);
    const before = body.slice(0, escape.index);
    const newline = before.lastIndexOf('\n');
    const line = (this.linenos[pos] as number) + before.split('\n').length - 1;
    const column = newline < 0 ? (this.columns[pos] as number) + lead + codecOffset(body, escape.index) : escape.index - newline - 1;
    if (this.context.warn('SyntaxWarning', invalidEscapeMessage(escape), line, column) !== true) return;
    const text = this.source.split('\n')[line - 1] ?? '';
    throw new EscapeWarningError(escape, line, column, line === this.endLinenos[pos] ? `${text}\n` : text);
  }
}

function isStringStart(type: number): boolean {
  return type === STRING || type === FSTRING_START || type === TSTRING_START;
}

function joinBytes(parts: readonly Ast.Constant[]): ConstBytes {
  const chunks = parts.map((part) => (part.value as ConstBytes).value);
  const joined = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    joined.set(chunk, offset);
    offset += chunk.length;
  }
  return new ConstBytes(joined);
}
