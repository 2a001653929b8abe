/**
 * What every part of the tokenizer shares: the place in the source, the open brackets and f-strings, errors, and the making of tokens.
 *
 * Lines are entered lazily, as CPython does: the line number grows when the first character of a line is read, not when the newline before it
 * is consumed. Error positions depend on that.
 */
import { type ErrorPlace, PySyntaxError, type SyntaxErrorKind, type WarnCallback } from './errors.ts';
import { byteToCharacterOffset, characterLength, utf8Length } from './text-columns.ts';
import { TokenBuffer } from './token-buffer.ts';
import {
  DOUBLESLASHEQUAL, DOUBLESTAREQUAL, ELLIPSIS_TOKEN, FSTRING_END, LEFTSHIFTEQUAL, NEWLINE, RIGHTSHIFTEQUAL, STRING, TSTRING_END,
} from './token-types.ts';

/** Tokens that are known to be complete without a look at what follows. */
const SELF_ENDING: ReadonlySet<number> = new Set([
  STRING, NEWLINE, FSTRING_END, TSTRING_END, ELLIPSIS_TOKEN, DOUBLESTAREQUAL, DOUBLESLASHEQUAL, LEFTSHIFTEQUAL, RIGHTSHIFTEQUAL,
]);

/** What `current()` gives at the end of the source; NUL cannot occur in a program. */
export const END_OF_SOURCE = 0;

/** How to tokenize. */
export interface TokenizerOptions {
  readonly filename: string;
  /** Report `# type:` comments as tokens. */
  readonly typeComments: boolean;
  /** Report COMMENT and NL tokens and keep operators' exact types out, as the `tokenize` module wants. */
  readonly extraTokens: boolean;
  /** Where warnings go; null drops them. */
  readonly warn: WarnCallback | null;
}

/** One open f-string or t-string. */
export interface FStringMode {
  /** Whether the literal text is being read (true) or an expression inside of braces (false). */
  inText: boolean;
  readonly quote: number;
  readonly quoteSize: number;
  readonly raw: boolean;
  /** 'f' or 't', as errors name it. */
  readonly prefix: string;
  readonly start: number;
  readonly startLineStart: number;
  readonly startLineno: number;
  /** Open brackets of any kind inside of the string. */
  bracketDepth: number;
  /** The bracket depth at which the innermost expression began; -1 outside of expressions. */
  expressionDepth: number;
  inFormatSpec: boolean;
}

/** A `# type: ignore` comment: its line and what follows the word `ignore`. */
export interface TypeIgnoreComment {
  readonly lineno: number;
  readonly tag: string;
}

/** CPython's limit of bracket nesting. */
export const MAX_BRACKETS = 200;
/** CPython's limit of expressions inside of format specs inside of expressions. */
export const MAX_FSTRING_EXPRESSIONS = 3;
/** CPython's limit of f-string nesting. */
export const MAX_FSTRINGS = 150;

/** Shared state of the tokenizer. Positions (`pos`, `start`, ...) are UTF-16 indices into `source`. */
export class TokenizerState {
  readonly tokens: TokenBuffer;
  readonly typeIgnores: TypeIgnoreComment[] = [];
  readonly options: TokenizerOptions;
  /** Whether the tokenizer itself has thrown. */
  hasFailed = false;
  /** Whether what it threw was found in the text itself, rather than in the line structure; such errors go before those of the parser. */
  failedAtOnce = false;

  protected readonly source: string;
  protected readonly length: number;
  protected readonly ascii: boolean;
  protected endMet = false;
  protected pos = 0;
  protected lineno = 0;
  protected lineStart = 0;
  /** Index after the newline of the current line. */
  protected lineEnd = 0;
  /** Where CPython's buffer would begin: the line of the current token's start. */
  protected bufferStart = 0;
  /** Start of the current token, or -1 between tokens. */
  protected start = -1;
  protected startLineno = 0;
  protected startColumn = 0;
  protected startLineStart = 0;
  protected level = 0;
  protected readonly bracketTypes = new Uint8Array(MAX_BRACKETS);
  protected readonly bracketLines = new Int32Array(MAX_BRACKETS);
  protected readonly bracketColumns = new Int32Array(MAX_BRACKETS);
  protected readonly modes: FStringMode[] = [];
  protected mode: FStringMode | null = null;
  /** Whether warnings are still wanted; the second parser pass switches them off. */
  reportWarnings = true;
  private columnIndex = 0;
  private columnBytes = 0;

  constructor(source: string, options: TokenizerOptions) {
    this.length = source.length;
    // A last line without a newline gets a NUL behind it, so that looking one unit ahead always finds a number.
    this.source = source.endsWith('\n') ? source : `${source}\0`;
    this.ascii = !/[^\x00-\x7f]/.test(source);
    this.options = options;
    this.tokens = new TokenBuffer((source.length >> 2) + 16);
  }

  /** Whether the tokenizer has met the end of its input, or an error that more input could mend. */
  get atEnd(): boolean {
    if (this.endMet) return true;
    // Most tokens end where something else begins, so that their end at the very end is only seen by looking further.
    const last = this.tokens.count - 1;
    return last >= 0 && (this.tokens.ends[last] as number) >= this.length && !SELF_ENDING.has(this.tokens.types[last] as number);
  }

  /** The line that is being read, for positions of errors without a token. */
  get currentLine(): number {
    return this.lineno;
  }

  /** Bytes between the start of the current line and the place of reading. */
  get currentColumn(): number {
    return utf8Length(this.source, this.lineStart, this.pos);
  }

  /** Whether an f-string or t-string is open. */
  get insideFString(): boolean {
    return this.modes.length > 0;
  }

  /** How many brackets are open. */
  get openBrackets(): number {
    return this.level;
  }

  /** The line of the innermost open bracket; call only when one is open. */
  get innermostBracketLine(): number {
    return this.bracketLines[this.level - 1] as number;
  }

  /** The code at `pos`, entering the next line when the current one is used up; END_OF_SOURCE when there is none. */
  protected current(): number {
    if (this.pos >= this.lineEnd && !this.enterLine()) return END_OF_SOURCE;
    return this.source.charCodeAt(this.pos);
  }

  private enterLine(): boolean {
    if (this.pos >= this.length) {
      this.endMet = true;
      return false;
    }
    this.lineStart = this.pos;
    this.columnIndex = this.pos;
    this.columnBytes = 0;
    this.lineno++;
    if (this.start < 0) this.bufferStart = this.pos;
    const newline = this.source.indexOf('\n', this.pos);
    this.lineEnd = newline < 0 ? this.length : newline + 1;
    return true;
  }

  /** The column in bytes of an index on the current line. */
  protected columnAt(index: number): number {
    if (this.ascii) return index - this.lineStart;
    if (index < this.columnIndex) return utf8Length(this.source, this.lineStart, index);
    this.columnBytes += utf8Length(this.source, this.columnIndex, index);
    this.columnIndex = index;
    return this.columnBytes;
  }

  /** Marks the place of reading as the start of a token. */
  protected beginToken(): void {
    this.start = this.pos;
    this.startLineno = this.lineno;
    this.startLineStart = this.lineStart;
    this.startColumn = this.columnAt(this.pos);
  }

  /** Adds a token from the marked start to `end`, which is on the current line. @hot every token passes here */
  protected push(type: number, end: number, name: string | null): void {
    const tokens = this.tokens;
    tokens.reserve();
    const i = tokens.count++;
    tokens.types[i] = type;
    tokens.starts[i] = this.start;
    tokens.ends[i] = end;
    tokens.linenos[i] = this.startLineno;
    tokens.columns[i] = this.startColumn;
    tokens.endLinenos[i] = this.lineno;
    tokens.endColumns[i] = this.columnAt(end);
    tokens.levels[i] = this.level;
    tokens.names.push(name);
  }

  /** Adds a token without text: INDENT, DEDENT, ENDMARKER. */
  pushEmpty(type: number): void {
    const tokens = this.tokens;
    tokens.reserve();
    const i = tokens.count++;
    tokens.types[i] = type;
    tokens.starts[i] = this.pos;
    tokens.ends[i] = this.pos;
    tokens.linenos[i] = this.lineno;
    tokens.columns[i] = -1;
    tokens.endLinenos[i] = this.lineno;
    tokens.endColumns[i] = -1;
    tokens.levels[i] = this.level;
    tokens.names.push(null);
  }

  /** The text of a line with its newline, given the index of its first unit. */
  private lineAt(lineStart: number): string {
    const newline = this.source.indexOf('\n', lineStart);
    return this.source.slice(lineStart, newline < 0 ? this.length : newline + 1);
  }

  /** The text of a line by its number, with its newline; the empty string when there is no such line. */
  lineText(lineno: number): string {
    let start = 0;
    for (let line = 1; line < lineno; line++) {
      const newline = this.source.indexOf('\n', start);
      if (newline < 0) return '';
      start = newline + 1;
    }
    return start > this.length ? '' : this.lineAt(start);
  }

  /** The error for the place of reading: after the last unit read, on the current line. */
  protected error(message: string): PySyntaxError {
    const column = characterLength(this.source, this.lineStart, this.pos);
    return this.errorAt(message, column, column);
  }

  /** An error of the tokenizer itself; columns count characters from 1. The text comes without its newline. */
  protected errorAt(message: string, column: number, endColumn: number): PySyntaxError {
    this.endMet = false;
    this.failedAtOnce = true;
    const place: ErrorPlace = { lineno: this.lineno, offset: column, end_lineno: this.lineno, end_offset: endColumn };
    const text = this.lineAt(this.lineStart);
    return new PySyntaxError('SyntaxError', message, this.options.filename, place, text.endsWith('\n') ? text.slice(0, -1) : text);
  }

  /** The error at the start of the given token, or of a bracket: the line is entered again. */
  protected errorFromStart(message: string, index: number, lineno: number, lineStart: number): PySyntaxError {
    this.lineno = lineno;
    this.lineStart = lineStart;
    this.pos = index + 1;
    return this.error(message);
  }

  /** The text of an error's line: what was read last if the line is the current one, else the line without its newline. */
  private errorText(lineno: number): string {
    if (this.lineno <= lineno && this.lineEnd > this.lineStart) return this.source.slice(this.lineStart, this.lineEnd);
    return this.lineText(lineno).replace(/\n$/, '');
  }

  /** An error at an explicit place; the columns are bytes, counted from 1 (CPython's -1 and 0 stand for "none"). */
  locatedError(kind: SyntaxErrorKind, message: string, lineno: number, column: number, endLineno: number, endColumn: number): PySyntaxError {
    const text = this.errorText(lineno);
    const place: ErrorPlace = {
      lineno,
      offset: byteToCharacterOffset(text, column),
      end_lineno: endLineno,
      end_offset: endColumn > 0 ? byteToCharacterOffset(text, endColumn) : endColumn,
    };
    return new PySyntaxError(kind, message, this.options.filename, place, text);
  }

  /** The error for brackets that the source never closes. */
  unclosedBracketError(): PySyntaxError {
    const top = this.level - 1;
    const bracket = String.fromCharCode(this.bracketTypes[top] as number);
    const line = this.bracketLines[top] as number;
    return this.locatedError('SyntaxError', `'${bracket}' was never closed`, line, (this.bracketColumns[top] as number) + 1, line, 0);
  }

  /** Reports a warning at the current line, or throws it as an error if the filter says so. */
  protected warn(message: string, strict: string = message): void {
    if (!this.reportWarnings || this.options.warn === null) return;
    if (this.options.warn('SyntaxWarning', message, this.lineno, this.columnAt(this.start)) === true) throw this.error(strict);
  }
}
