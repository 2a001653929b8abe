/** Strings: plain literals whole, f-strings and t-strings as their parts (PEP 701, PEP 750). */
import type { PySyntaxError } from './errors.ts';
import { invalidEscapeMessage, strictMessage } from './literals.ts';
import { FSTRING_END, FSTRING_MIDDLE, FSTRING_START, STRING, TSTRING_END, TSTRING_MIDDLE, TSTRING_START } from './token-types.ts';
import { NumberTokenizer } from './tokenizer-numbers.ts';
import { END_OF_SOURCE, type FStringMode, MAX_FSTRINGS, MAX_FSTRING_EXPRESSIONS } from './tokenizer-state.ts';

const BACKSLASH = 0x5c;
const NEWLINE_CODE = 0x0a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** The part of the tokenizer that reads strings. */
export class StringTokenizer extends NumberTokenizer {
  /** Reads a string literal whose opening quote is at `pos`; a prefix may lie between `start` and it. */
  protected readString(quote: number): void {
    const size = this.quoteSizeAt(quote);
    if (size === 0) {
      this.pos += 2;
      this.push(STRING, this.pos, null);
      return;
    }
    this.pos += size;
    if (size === 1) this.readSingleQuoted(quote);
    else this.readTripleQuoted(quote);
    this.push(STRING, this.pos, null);
  }

  /** 3 or 1, the number of quotes that open the string, or 0 for an empty single-quoted string. */
  private quoteSizeAt(quote: number): number {
    if (this.source.charCodeAt(this.pos + 1) !== quote) return 1;
    return this.source.charCodeAt(this.pos + 2) === quote ? 3 : 0;
  }

  private readSingleQuoted(quote: number): void {
    let escapedQuote = false;
    for (;;) {
      const code = this.current();
      if (code === quote) {
        this.pos++;
        return;
      }
      if (code === NEWLINE_CODE || code === END_OF_SOURCE) throw this.unterminatedString(quote, 1, code, escapedQuote);
      this.pos++;
      if (code !== BACKSLASH) continue;
      const escaped = this.current();
      if (escaped === quote) escapedQuote = true;
      if (escaped !== END_OF_SOURCE) this.pos++;
    }
  }

  private readTripleQuoted(quote: number): void {
    for (;;) {
      const code = this.current();
      if (code === END_OF_SOURCE) throw this.unterminatedString(quote, 3, code, false);
      this.pos++;
      if (code === BACKSLASH) {
        if (this.current() !== END_OF_SOURCE) this.pos++;
      } else if (code === quote && this.source.charCodeAt(this.pos) === quote && this.source.charCodeAt(this.pos + 1) === quote) {
        this.pos += 2;
        return;
      }
    }
  }

  private unterminatedString(quote: number, size: number, code: number, escapedQuote: boolean): PySyntaxError {
    const line = this.lineno;
    const mode = this.mode;
    const from = (message: string): PySyntaxError => this.errorFromStart(message, this.start, this.startLineno, this.startLineStart);
    // A quote inside of an f-string's braces that equals the f-string's own one is more likely a missing brace.
    if (mode !== null && mode.quote === quote && mode.quoteSize === size) return from(`${mode.prefix}-string: expecting '}'`);
    let error: PySyntaxError;
    if (size === 3) error = from(`unterminated triple-quoted string literal (detected at line ${line})`);
    else error = from(`unterminated string literal (detected at line ${line})${escapedQuote ? '; perhaps you escaped the end quote?' : ''}`);
    this.endMet = code !== NEWLINE_CODE;
    return error;
  }

  /** Reads the opening of an f-string or t-string; `pos` is at the quote, the prefix stands before it. */
  protected readFStringStart(quote: number): void {
    const size = this.quoteSizeAt(quote) === 3 ? 3 : 1;
    const prefix = this.source.slice(this.start, this.pos).toLowerCase();
    this.pos += size;
    if (this.modes.length + 1 >= MAX_FSTRINGS) throw this.error('too many nested f-strings or t-strings');
    const mode: FStringMode = {
      inText: true,
      quote,
      quoteSize: size,
      raw: prefix.includes('r'),
      prefix: prefix.includes('t') ? 't' : 'f',
      start: this.start,
      startLineStart: this.lineStart,
      startLineno: this.lineno,
      bracketDepth: 0,
      expressionDepth: -1,
      inFormatSpec: false,
    };
    this.modes.push(mode);
    this.mode = mode;
    this.push(mode.prefix === 'f' ? FSTRING_START : TSTRING_START, this.pos, null);
  }

  /** Enters an expression of the f-string: the brace at `pos` becomes an ordinary token. */
  private enterExpression(mode: FStringMode): void {
    mode.expressionDepth++;
    if (mode.expressionDepth >= MAX_FSTRING_EXPRESSIONS) throw this.error(`${mode.prefix}-string: expressions nested too deeply`);
    mode.inText = false;
  }

  /**
   * Reads the next part of an f-string's text: its end, or text up to a brace. Returns false when a brace is at `pos` and the ordinary tokenizer
   * must read on.
   */
  protected readFStringText(mode: FStringMode): boolean {
    const code = this.current();
    this.beginToken();
    if (code === OPEN_BRACE && this.source.charCodeAt(this.pos + 1) !== OPEN_BRACE) {
      this.enterExpression(mode);
      return false;
    }
    if (this.quotesAt(this.pos, mode)) {
      this.pos += mode.quoteSize;
      this.modes.pop();
      this.mode = this.modes.at(-1) ?? null;
      this.push(mode.prefix === 'f' ? FSTRING_END : TSTRING_END, this.pos, null);
      return true;
    }
    const end = this.readFStringMiddle(mode);
    this.push(mode.prefix === 'f' ? FSTRING_MIDDLE : TSTRING_MIDDLE, end, null);
    // The second of two braces is not text, but the token's place covers it.
    this.tokens.endColumns[this.tokens.count - 1] = this.columnAt(this.pos);
    return true;
  }

  private quotesAt(index: number, mode: FStringMode): boolean {
    if (this.source.charCodeAt(index) !== mode.quote) return false;
    return mode.quoteSize === 1 || (this.source.charCodeAt(index + 1) === mode.quote && this.source.charCodeAt(index + 2) === mode.quote);
  }

  /** Moves `pos` behind the text and returns the end of the token, which leaves out the second of two braces. */
  private readFStringMiddle(mode: FStringMode): number {
    let namedEscape = false;
    for (;;) {
      const code = this.current();
      if (code === END_OF_SOURCE || (code === NEWLINE_CODE && mode.quoteSize === 1)) {
        if (this.endOfFormatSpec(mode, code)) return this.pos;
        throw this.unterminatedFString(mode, code);
      }
      if (code === mode.quote && this.quotesAt(this.pos, mode)) return this.pos;
      if (code === OPEN_BRACE) return this.stopAtOpenBrace(mode);
      if (code === CLOSE_BRACE) {
        if (namedEscape) return ++this.pos;
        return this.stopAtCloseBrace(mode);
      }
      this.pos++;
      if (code === BACKSLASH) namedEscape = this.readFStringEscape(mode) || namedEscape;
    }
  }

  private stopAtOpenBrace(mode: FStringMode): number {
    const doubled = this.source.charCodeAt(this.pos + 1) === OPEN_BRACE;
    if (doubled && !this.inSpec(mode)) {
      this.pos += 2;
      return this.pos - 1;
    }
    this.enterExpression(mode);
    return this.pos;
  }

  private stopAtCloseBrace(mode: FStringMode): number {
    const doubled = this.source.charCodeAt(this.pos + 1) === CLOSE_BRACE;
    if (doubled && !this.inSpec(mode) && mode.bracketDepth === 0) {
      this.pos += 2;
      return this.pos - 1;
    }
    mode.inText = false;
    mode.inFormatSpec = false;
    return this.pos;
  }

  private inSpec(mode: FStringMode): boolean {
    return mode.inFormatSpec && mode.expressionDepth >= 0;
  }

  /** A newline in the format spec of a single-quoted f-string. */
  private endOfFormatSpec(mode: FStringMode, code: number): boolean {
    if (!this.inSpec(mode) || code !== NEWLINE_CODE) return false;
    this.pos++;
    const name = `${mode.prefix}-string`;
    throw this.error(`${name}: newlines are not allowed in format specifiers for single quoted ${name}s`);
  }

  private unterminatedFString(mode: FStringMode, code: number): PySyntaxError {
    const line = this.lineno;
    const kind = mode.quoteSize === 3 ? `triple-quoted ${mode.prefix}-string` : `${mode.prefix}-string`;
    const message = `unterminated ${kind} literal (detected at line ${line})`;
    const error = this.errorFromStart(message, mode.start, mode.startLineno, mode.startLineStart);
    this.endMet = mode.quoteSize === 3 && code !== NEWLINE_CODE;
    return error;
  }

  /** After a backslash: skips what it escapes; true when a named escape begins. */
  private readFStringEscape(mode: FStringMode): boolean {
    const escaped = this.current();
    if (escaped === OPEN_BRACE || escaped === CLOSE_BRACE) {
      if (!mode.raw) this.warnInvalidEscape(String.fromCharCode(escaped));
      return false;
    }
    if (escaped === END_OF_SOURCE) return false;
    this.pos++;
    if (mode.raw || escaped !== 0x4e || this.source.charCodeAt(this.pos) !== OPEN_BRACE) return false;
    this.pos++;
    return true;
  }

  private warnInvalidEscape(character: string): void {
    const message = invalidEscapeMessage({ sequence: character, octal: false, index: 0 });
    this.pos++;
    this.warn(message, strictMessage(message));
    this.pos--;
  }
}
