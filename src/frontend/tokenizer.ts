/**
 * The tokenizer: `next()` adds one token to the buffer.
 *
 * States: at the beginning of a line (indentation is measured), inside of a line, inside of brackets (newlines are spaces), inside of an
 * f-string's text, inside of an f-string's braces (ordinary tokens, until the brace closes or a format spec begins).
 * Source: CPython's Parser/lexer and PEP 701, 750.
 */
import type { PySyntaxError } from './errors.ts';
import { identifierLength, isPrintable, normalizeIdentifier } from './identifiers.ts';
import {
  COLON, COMMENT, DEDENT, DOT, ELLIPSIS_TOKEN, ENDMARKER, INDENT, KEYWORDS, NAME, NEWLINE, NL, OP, OPERATORS, TYPE_COMMENT,
} from './token-types.ts';
import { END_OF_SOURCE, type FStringMode, MAX_BRACKETS, type TokenizerOptions } from './tokenizer-state.ts';
import { utf8Length } from './text-columns.ts';
import { StringTokenizer } from './tokenizer-strings.ts';

const MAX_INDENT = 100;
const TAB_SIZE = 8;
const TAB = 0x09;
const NEWLINE_CODE = 0x0a;
const FORM_FEED = 0x0c;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const DOUBLE_QUOTE = 0x22;
const HASH = 0x23;
const QUOTE = 0x27;
const DOT_CODE = 0x2e;
const EQUAL_CODE = 0x3d;
const BACKSLASH = 0x5c;

const NAME_START = 1;
const NAME_PART = 2;
const DIGIT = 4;
const OPEN = 8;
const CLOSE = 16;
/** May stand directly before a quote, or before other prefix letters. */
const PREFIX = 32;

/** What an ASCII character can be the start or a part of. */
const CLASSES = new Uint8Array(128);
for (let code = 0x61; code <= 0x7a; code++) {
  CLASSES[code] = NAME_START | NAME_PART;
  CLASSES[code - 0x20] = NAME_START | NAME_PART;
}
CLASSES[0x5f] = NAME_START | NAME_PART;
for (let code = 0x30; code <= 0x39; code++) CLASSES[code] = NAME_PART | DIGIT;
for (const character of '([{') CLASSES[character.charCodeAt(0)] = OPEN;
for (const character of ')]}') CLASSES[character.charCodeAt(0)] = CLOSE;
for (const letter of 'bBrRuUfFtT') (CLASSES[letter.charCodeAt(0)] as number) |= PREFIX;

/** Operators of one and of two characters by their codes; 0 where there is none. */
const ONE_CHARACTER = new Uint8Array(128);
const TWO_CHARACTERS = new Uint8Array(128 * 128);
/** The operator that an operator of two characters becomes when '=' follows. */
const WITH_EQUAL = new Uint8Array(128);
for (const [text, type] of OPERATORS) {
  const first = text.charCodeAt(0);
  if (text.length === 1) ONE_CHARACTER[first] = type;
  else if (text.length === 2) TWO_CHARACTERS[first * 128 + text.charCodeAt(1)] = type;
  else if (text !== '...') WITH_EQUAL[OPERATORS.get(text.slice(0, 2)) as number] = type;
}

const CLOSING: Readonly<Record<number, number>> = { 0x28: 0x29, 0x5b: 0x5d, 0x7b: 0x7d };
const TYPE_COMMENT_PREFIX = /#[ \t]*type:[ \t]*/y;
const TYPE_IGNORE_COMMENT = /ignore(?![A-Za-z0-9\u0080-\uffff])/y;

/** Turns source text (newlines already normalised) into tokens. */
export class Tokenizer extends StringTokenizer {
  private atLineStart = true;
  private blankLine = false;
  /** Whether the last token was a comment on a line of its own (only with `extraTokens`). */
  private afterCommentLine = false;
  private pendingIndents = 0;
  private readonly indents: number[] = [0];
  /** The same indentations measured with tabs of one column, to find inconsistent use of tabs. */
  private readonly altIndents: number[] = [0];
  private readonly typeComments: boolean;
  private readonly extraTokens: boolean;

  constructor(source: string, options: TokenizerOptions) {
    super(source, options);
    this.typeComments = options.typeComments;
    this.extraTokens = options.extraTokens;
  }

  /** Reads all tokens, up to and with ENDMARKER. */
  readAll(): void {
    const tokens = this.tokens;
    do this.next();
    while (tokens.types[tokens.count - 1] !== ENDMARKER);
  }

  /** Adds the next token to `tokens`; at the end, ENDMARKER again and again. Throws PySyntaxError. @hot once per token */
  next(): void {
    // Set again below: whatever throws in between leaves the mark standing.
    this.hasFailed = true;
    const mode = this.mode;
    if (mode === null || !mode.inText || !this.readFStringText(mode)) this.readOrdinary();
    this.start = -1;
    this.hasFailed = false;
  }

  /** What a single compile of an interactive statement does at its end: all indentation is closed. */
  closeIndentation(): void {
    this.pendingIndents = -(this.indents.length - 1);
    this.indents.length = 1;
    this.altIndents.length = 1;
  }

  /** Whether an indented block is open. */
  get isIndented(): boolean {
    return this.indents.length > 1;
  }

  private readOrdinary(): void {
    this.blankLine = false;
    if (this.atLineStart) {
      this.atLineStart = false;
      this.measureIndent();
    }
    if (this.pendingIndents !== 0) {
      this.pushPendingIndent();
      return;
    }
    while (!this.readToken()) {
      // The line was blank, or ended inside of brackets, or was continued: the next one follows.
      if (this.atLineStart) {
        this.atLineStart = false;
        this.start = -1;
        this.blankLine = false;
        this.measureIndent();
        if (this.pendingIndents !== 0) {
          this.pushPendingIndent();
          return;
        }
      }
    }
  }

  private pushPendingIndent(): void {
    if (this.pendingIndents < 0) {
      this.pendingIndents++;
      this.pushEmpty(DEDENT);
    } else {
      this.pendingIndents--;
      this.pushEmpty(INDENT);
    }
  }

  /** Measures the indentation at the start of a line and compares it with the open ones. */
  private measureIndent(): void {
    let column = 0;
    let altColumn = 0;
    let continuedColumn = 0;
    let code: number;
    for (;;) {
      code = this.current();
      if (code === SPACE) {
        column++;
        altColumn++;
      } else if (code === TAB) {
        column = (Math.floor(column / TAB_SIZE) + 1) * TAB_SIZE;
        altColumn++;
      } else if (code === FORM_FEED) {
        column = 0;
        altColumn = 0;
      } else if (code === BACKSLASH) {
        // Indentation cannot be split over lines: the first line's counts.
        if (continuedColumn === 0) continuedColumn = column;
        this.readContinuation();
        continue;
      } else break;
      this.pos++;
    }
    this.blankLine = code === HASH || code === NEWLINE_CODE || (code === CARRIAGE_RETURN && this.extraTokens);
    if (this.blankLine || this.level > 0) return;
    if (continuedColumn !== 0) this.compareIndent(continuedColumn, continuedColumn);
    else this.compareIndent(column, altColumn);
  }

  private compareIndent(column: number, altColumn: number): void {
    const { indents, altIndents } = this;
    const top = indents[indents.length - 1] as number;
    const altTop = altIndents[altIndents.length - 1] as number;
    if (column === top) {
      if (altColumn !== altTop) throw this.tabError();
    } else if (column > top) {
      if (indents.length >= MAX_INDENT) throw this.locatedError('IndentationError', 'too many levels of indentation', this.lineno, 1, this.lineno, 0);
      if (altColumn <= altTop) throw this.tabError();
      this.pendingIndents++;
      indents.push(column);
      altIndents.push(altColumn);
    } else this.closeIndents(column, altColumn);
  }

  private closeIndents(column: number, altColumn: number): void {
    const { indents, altIndents } = this;
    while (column < (indents[indents.length - 1] as number)) {
      this.pendingIndents--;
      indents.pop();
      altIndents.pop();
    }
    if (column !== indents[indents.length - 1]) {
      this.pos = this.lineEnd;
      const message = 'unindent does not match any outer indentation level';
      throw this.locatedError('IndentationError', message, this.lineno, this.currentColumn, this.lineno, -1);
    }
    if (altColumn !== altIndents[altIndents.length - 1]) throw this.tabError();
  }

  private tabError(): PySyntaxError {
    return this.locatedError('TabError', 'inconsistent use of tabs and spaces in indentation', this.lineno, 1, this.lineno, 0);
  }

  /** Skips a backslash and the newline after it. */
  private readContinuation(): void {
    this.pos++;
    if (this.source.charCodeAt(this.pos) === CARRIAGE_RETURN && this.extraTokens) this.pos++;
    const ended = this.pos >= this.length;
    if (ended || this.source.charCodeAt(this.pos) !== NEWLINE_CODE) {
      // CPython counts from the last unit read, which the end of the source is not.
      const column = utf8Length(this.source, this.bufferStart, this.pos) + (ended ? 0 : 1);
      if (ended) this.endMet = true;
      throw this.locatedError('SyntaxError', 'unexpected character after line continuation character', this.lineno, column, this.lineno, 0);
    }
    this.pos++;
    if (this.current() !== END_OF_SOURCE) return;
    if (this.level > 0) throw this.unclosedBracketError();
    throw this.locatedError('SyntaxError', 'unexpected EOF while parsing', this.lineno, this.currentColumn, this.lineno, -1);
  }

  /** Reads one token; false when only space was consumed and the caller must go on. */
  private readToken(): boolean {
    this.start = -1;
    let code = this.current();
    while (code === SPACE || code === TAB || code === FORM_FEED) {
      this.pos++;
      code = this.source.charCodeAt(this.pos);
    }
    code = this.current();
    this.beginToken();
    if (code < 128) {
      const kind = CLASSES[code] as number;
      if ((kind & NAME_START) !== 0) this.readNameOrString(kind);
      else if ((kind & DIGIT) !== 0) this.readNumber();
      else return this.readOther(code, kind);
    } else this.readName();
    return true;
  }

  private readOther(code: number, kind: number): boolean {
    switch (code) {
      case NEWLINE_CODE: return this.readNewline();
      case DOUBLE_QUOTE:
      case QUOTE: this.readString(code); return true;
      case HASH: return this.readComment();
      case BACKSLASH: this.readContinuation(); return false;
      case END_OF_SOURCE: this.readEnd(); return true;
      case DOT_CODE: this.readDot(); return true;
      case CARRIAGE_RETURN:
        if (this.extraTokens && this.source.charCodeAt(this.pos + 1) === NEWLINE_CODE) {
          this.pos++;
          return this.readNewline();
        }
    }
    this.readOperator(code, kind);
    return true;
  }

  private readEnd(): void {
    if (this.level > 0) throw this.unclosedBracketError();
    this.pushEmpty(ENDMARKER);
  }

  private readNewline(): boolean {
    this.pos++;
    this.atLineStart = true;
    if (!this.blankLine && this.level === 0 && !this.afterCommentLine) {
      this.push(NEWLINE, this.pos, null);
      return true;
    }
    this.afterCommentLine = false;
    if (!this.extraTokens) return false;
    this.push(NL, this.pos, null);
    return true;
  }

  private readComment(): boolean {
    const end = this.source.indexOf('\n', this.pos);
    this.pos = end < 0 ? this.length : end;
    const kind = this.typeComments ? this.readTypeComment() : 'ordinary';
    if (kind !== 'ordinary') return kind === 'token';
    if (!this.extraTokens) {
      // The newline after a comment begins, for CPython, where the comment does.
      return this.current() === NEWLINE_CODE ? this.readNewline() : false;
    }
    if (this.source.charCodeAt(this.pos - 1) === CARRIAGE_RETURN) this.pos--;
    this.afterCommentLine = this.blankLine;
    this.push(COMMENT, this.pos, null);
    return true;
  }

  /** `# type: ...` becomes a token, `# type: ignore...` is only remembered. */
  private readTypeComment(): 'token' | 'remembered' | 'ordinary' {
    TYPE_COMMENT_PREFIX.lastIndex = this.start;
    if (!TYPE_COMMENT_PREFIX.test(this.source)) return 'ordinary';
    const textStart = TYPE_COMMENT_PREFIX.lastIndex;
    TYPE_IGNORE_COMMENT.lastIndex = textStart;
    if (TYPE_IGNORE_COMMENT.test(this.source)) {
      if (this.blankLine && this.current() === NEWLINE_CODE) {
        this.pos++;
        this.atLineStart = true;
      }
      this.typeIgnores.push({ lineno: this.lineno, tag: this.source.slice(textStart + 'ignore'.length, this.pos) });
      return 'remembered';
    }
    this.start = textStart;
    this.startColumn = this.columnAt(textStart);
    this.push(TYPE_COMMENT, this.pos, null);
    return 'token';
  }

  private readNameOrString(kind: number): void {
    if ((kind & PREFIX) !== 0 && this.readPrefixedString()) return;
    this.readName();
  }

  /** Looks whether letters that may prefix a string do so, and reads the string if so. */
  private readPrefixedString(): boolean {
    let seen = '';
    let index = this.pos;
    let code = this.source.charCodeAt(index);
    while (code < 128 && ((CLASSES[code] as number) & PREFIX) !== 0) {
      const letter = String.fromCharCode(code | 0x20);
      if (seen.includes(letter)) return false;
      seen += letter;
      code = this.source.charCodeAt(++index);
    }
    if (code !== QUOTE && code !== DOUBLE_QUOTE) return false;
    this.pos = index;
    if (seen.length > 1) this.checkPrefix(seen);
    if (seen.includes('f') || seen.includes('t')) this.readFStringStart(code);
    else this.readString(code);
    return true;
  }

  private checkPrefix(seen: string): void {
    for (const [first, second] of ['ub', 'ur', 'uf', 'ut', 'bf', 'bt', 'ft'] as const) {
      if (!seen.includes(first as string) || !seen.includes(second as string)) continue;
      const column = this.start + 1 - this.lineStart;
      throw this.errorAt(`'${first}' and '${second}' prefixes are incompatible`, column, this.pos + 1 - this.lineStart);
    }
  }

  private readName(): void {
    const source = this.source;
    let pos = this.pos;
    let code = source.charCodeAt(pos);
    let nonAscii = false;
    for (;;) {
      if (code < 128) {
        if (((CLASSES[code] as number) & NAME_PART) === 0) break;
      } else if (code >= 128) nonAscii = true;
      else break;
      code = source.charCodeAt(++pos);
    }
    this.pos = pos;
    let name = source.slice(this.start, pos);
    if (nonAscii) {
      // `tokenize` is lenient: it passes on what is no identifier.
      if (!this.extraTokens) this.checkIdentifier(name);
      name = normalizeIdentifier(name);
      this.push(NAME, pos, name);
      return;
    }
    const keyword = name.length <= 8 ? KEYWORDS.get(name) : undefined;
    if (keyword === undefined) this.push(NAME, pos, name);
    else this.push(keyword, pos, null);
  }

  private checkIdentifier(name: string): void {
    const length = identifierLength(name);
    if (length === name.length) return;
    const character = String.fromCodePoint(name.codePointAt(length) as number);
    this.pos = this.start + length + character.length;
    const hex = (character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0');
    if (isPrintable(character)) throw this.error(`invalid character '${character}' (U+${hex})`);
    throw this.error(`invalid non-printable character U+${hex}`);
  }

  private readDot(): void {
    const next = this.source.charCodeAt(this.pos + 1);
    if (next >= 0x30 && next <= 0x39) {
      this.pos++;
      this.readFractionNumber();
    } else if (next === DOT_CODE && this.source.charCodeAt(this.pos + 2) === DOT_CODE) {
      this.pos += 3;
      this.push(ELLIPSIS_TOKEN, this.pos, null);
    } else {
      this.pos++;
      this.push(DOT, this.pos, null);
    }
  }

  private readOperator(code: number, kind: number): void {
    const mode = this.mode;
    if (mode !== null && this.beginsFormatSpec(code, mode)) return;
    const next = this.source.charCodeAt(this.pos + 1);
    const two = next < 128 ? (TWO_CHARACTERS[code * 128 + next] as number) : 0;
    if (two !== 0) {
      const three = WITH_EQUAL[two] as number;
      const long = three !== 0 && this.source.charCodeAt(this.pos + 2) === EQUAL_CODE;
      this.pos += long ? 3 : 2;
      this.push(long ? three : two, this.pos, null);
      return;
    }
    this.pos++;
    if (kind === OPEN) this.openBracket(code);
    else if (kind === CLOSE) this.closeBracket(code);
    const type = ONE_CHARACTER[code] as number;
    if (type === 0 && (code < SPACE || code === 0x7f)) {
      throw this.error(`invalid non-printable character U+${code.toString(16).toUpperCase().padStart(4, '0')}`);
    }
    this.push(type === 0 ? OP : type, this.pos, null);
  }

  /** A colon directly inside of an f-string's braces begins the format spec. */
  private beginsFormatSpec(code: number, mode: FStringMode): boolean {
    if (code !== 0x3a || mode.expressionDepth < 0 || mode.bracketDepth - 1 !== mode.expressionDepth) return false;
    mode.inText = true;
    mode.inFormatSpec = true;
    this.pos++;
    this.push(COLON, this.pos, null);
    return true;
  }

  private openBracket(code: number): void {
    if (this.level >= MAX_BRACKETS) throw this.error('too many nested parentheses');
    this.bracketTypes[this.level] = code;
    this.bracketLines[this.level] = this.lineno;
    this.bracketColumns[this.level] = this.startColumn;
    this.level++;
    if (this.mode !== null) this.mode.bracketDepth++;
  }

  private closeBracket(code: number): void {
    const mode = this.mode;
    const character = String.fromCharCode(code);
    if (mode !== null && mode.bracketDepth === 0 && character === '}') throw this.error(`${mode.prefix}-string: single '}' is not allowed`);
    if (this.level === 0) {
      if (!this.extraTokens) throw this.error(`unmatched '${character}'`);
    } else {
      this.level--;
      if (CLOSING[this.bracketTypes[this.level] as number] !== code && !this.extraTokens) throw this.mismatchedBracket(character, mode);
    }
    if (mode === null) return;
    mode.bracketDepth--;
    if (mode.bracketDepth < 0) throw this.error(`${mode.prefix}-string: unmatched '${character}'`);
    if (character === '}' && mode.bracketDepth === mode.expressionDepth) {
      mode.expressionDepth--;
      mode.inText = true;
      mode.inFormatSpec = false;
    }
  }

  private mismatchedBracket(character: string, mode: FStringMode | null): PySyntaxError {
    const opening = String.fromCharCode(this.bracketTypes[this.level] as number);
    if (mode !== null && opening === '{' && mode.bracketDepth - 1 === mode.expressionDepth) {
      return this.error(`${mode.prefix}-string: unmatched '${character}'`);
    }
    const line = this.bracketLines[this.level] as number;
    const where = line === this.lineno ? '' : ` on line ${line}`;
    return this.error(`closing parenthesis '${character}' does not match opening parenthesis '${opening}'${where}`);
  }
}
