/**
 * Tokens one by one with all that Python's `tokenize` module wants to know: text, places in characters, the physical line; comments and blank
 * lines included on request. It is what a native `_tokenize.TokenizerIter` hands out. Source: CPython's Python-tokenize.c.
 */
import { PySyntaxError } from './errors.ts';
import { characterLength } from './text-columns.ts';
import {
  DEDENT, ENDMARKER, FIRST_KEYWORD, FSTRING_END, FSTRING_MIDDLE, FSTRING_START, INDENT, LPAR, NAME, NEWLINE, NL, OP, STRING, TSTRING_END, TSTRING_MIDDLE,
  TSTRING_START,
} from './token-types.ts';
import { Tokenizer } from './tokenizer.ts';

/** A token as `tokenize` sees it; columns count characters. */
export interface IteratedToken {
  readonly type: number;
  readonly text: string;
  readonly lineno: number;
  readonly column: number;
  readonly endLineno: number;
  readonly endColumn: number;
  /** The physical line or lines that the token stands on. */
  readonly line: string;
}

const STRING_TYPES: ReadonlySet<number> = new Set([STRING, FSTRING_START, FSTRING_MIDDLE, FSTRING_END, TSTRING_START, TSTRING_MIDDLE, TSTRING_END]);

/** Iterates over the tokens of a source text whose newlines are as they were read. */
export class TokenIterator {
  private readonly tokenizer: Tokenizer;
  private readonly source: string;
  private readonly extraTokens: boolean;
  /** Whether the last line had no newline of its own. */
  private readonly implicitNewline: boolean;
  /** Index of the first unit of each line, from line 1 at index 1. */
  private readonly lineStarts: number[] = [0, 0];
  private done = false;

  constructor(source: string, filename: string, extraTokens: boolean) {
    this.implicitNewline = source !== '' && !source.endsWith('\n');
    this.source = this.implicitNewline ? `${source}\n` : source;
    this.extraTokens = extraTokens;
    this.tokenizer = new Tokenizer(this.source, { filename, typeComments: false, extraTokens, warn: null });
    for (let i = this.source.indexOf('\n'); i >= 0; i = this.source.indexOf('\n', i + 1)) this.lineStarts.push(i + 1);
  }

  /** The next token, or null after ENDMARKER. Throws PySyntaxError for text that is no token. */
  next(): IteratedToken | null {
    if (this.done) return null;
    this.read();
    const tokens = this.tokenizer.tokens;
    const i = tokens.count - 1;
    const type = tokens.types[i] as number;
    if (type === ENDMARKER) this.done = true;
    if (type === ENDMARKER || (type === DEDENT && this.tokenizer.atEnd)) return this.trailing(type, tokens.linenos[i] as number);
    if (type === INDENT || type === DEDENT) return this.indentation(type, i);
    return this.ordinary(type, i);
  }

  private read(): void {
    try {
      this.tokenizer.next();
    } catch (error) {
      if (!(error instanceof PySyntaxError) || !this.tokenizer.atEnd || this.tokenizer.openBrackets === 0) throw error;
      const line = this.tokenizer.currentLine;
      const place = { lineno: line, offset: 0, end_lineno: line, end_offset: 0 };
      throw new PySyntaxError('SyntaxError', 'unexpected EOF in multi-line statement', error.filename, place, null);
    }
  }

  private lineStart(lineno: number): number {
    return this.lineStarts[lineno] ?? this.source.length;
  }

  /** The lines from one to another, without a newline that the source did not have. */
  private lines(first: number, last: number): string {
    const end = this.lineStart(last + 1);
    const text = this.source.slice(this.lineStart(first), end);
    return this.implicitNewline && end === this.source.length ? text.slice(0, -1) : text;
  }

  private trailing(type: number, lineno: number): IteratedToken {
    if (!this.extraTokens) return { type, text: '', lineno, column: -1, endLineno: lineno, endColumn: -1, line: this.lines(lineno, lineno) };
    return { type, text: '', lineno: lineno + 1, column: 0, endLineno: lineno + 1, endColumn: 0, line: '' };
  }

  private indentation(type: number, i: number): IteratedToken {
    const tokens = this.tokenizer.tokens;
    const lineno = tokens.linenos[i] as number;
    const line = this.lines(lineno, lineno);
    if (!this.extraTokens) return { type, text: '', lineno, column: -1, endLineno: lineno, endColumn: -1, line };
    const start = this.lineStart(lineno);
    const end = tokens.starts[i] as number;
    const column = characterLength(this.source, start, end);
    if (type === DEDENT) return { type, text: '', lineno, column, endLineno: lineno, endColumn: column, line };
    return { type, text: this.source.slice(start, end), lineno, column: 0, endLineno: lineno, endColumn: column, line };
  }

  private ordinary(type: number, i: number): IteratedToken {
    const tokens = this.tokenizer.tokens;
    const start = tokens.starts[i] as number;
    const end = tokens.ends[i] as number;
    const lineno = tokens.linenos[i] as number;
    const endLineno = tokens.endLinenos[i] as number;
    const column = characterLength(this.source, this.lineStart(lineno), start);
    const endColumn = characterLength(this.source, this.lineStart(endLineno), end);
    const invented = this.implicitNewline && end === this.source.length && (type === NEWLINE || type === NL);
    const text = invented && this.extraTokens ? '' : this.source.slice(start, end);
    const line = STRING_TYPES.has(type) ? this.lines(lineno, endLineno) : this.lines(endLineno, endLineno);
    return { type: this.publicType(type), text, lineno, column, endLineno, endColumn, line };
  }

  private publicType(type: number): number {
    if (type >= FIRST_KEYWORD) return NAME;
    return this.extraTokens && type >= LPAR && type < OP ? OP : type;
  }
}
