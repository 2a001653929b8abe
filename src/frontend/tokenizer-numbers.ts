/** Numbers: integers in four bases, floats, imaginary numbers, underscores, and what may not follow them. */
import { NUMBER } from './token-types.ts';
import { TokenizerState } from './tokenizer-state.ts';

const UNDERSCORE = 0x5f;
const ZERO = 0x30;
const DOT_CODE = 0x2e;

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isHexDigit(code: number): boolean {
  return isDigit(code) || (code >= 0x61 && code <= 0x66) || (code >= 0x41 && code <= 0x46);
}

function isOctalDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x37;
}

function isBinaryDigit(code: number): boolean {
  return code === 0x30 || code === 0x31;
}

function isNameCharacter(code: number): boolean {
  return isDigit(code) || code === UNDERSCORE || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a);
}

interface Radix {
  readonly name: string;
  readonly isDigit: (code: number) => boolean;
}

const RADIXES: Readonly<Record<string, Radix>> = {
  x: { name: 'hexadecimal', isDigit: isHexDigit },
  o: { name: 'octal', isDigit: isOctalDigit },
  b: { name: 'binary', isDigit: isBinaryDigit },
};

/** The keywords that may follow a number at once, by first letter: what must come next. CPython warns about them. */
const KEYWORD_TAILS: Readonly<Record<string, RegExp>> = {
  a: /nd(?![\w\x80-\uffff])/y,
  e: /lse(?![\w\x80-\uffff])/y,
  f: /or(?![\w\x80-\uffff])/y,
  i: /[fns]/y,
  o: /r(?![\w\x80-\uffff])/y,
  n: /ot(?![\w\x80-\uffff])/y,
};

/** The part of the tokenizer that reads numbers. */
export class NumberTokenizer extends TokenizerState {
  /** Reads a number whose first digit is at `pos`. */
  protected readNumber(): void {
    if (this.code() === ZERO) this.readZero();
    else {
      this.readDigits();
      this.readFractionAndExponent();
    }
  }

  /** Reads a number that began with a dot; `pos` is at the first digit after it. */
  protected readFractionNumber(): void {
    this.readDigits();
    this.readExponent();
  }

  private code(): number {
    return this.source.charCodeAt(this.pos);
  }

  /** digits: DIGIT ('_'? DIGIT)* */
  private readDigits(): void {
    for (;;) {
      while (isDigit(this.code())) this.pos++;
      if (this.code() !== UNDERSCORE) return;
      this.pos++;
      if (!isDigit(this.code())) throw this.error('invalid decimal literal');
    }
  }

  private readZero(): void {
    this.pos++;
    const radix = RADIXES[String.fromCharCode(this.code() | 0x20)];
    if (radix !== undefined && this.code() >= 0x41) {
      this.pos++;
      this.readRadixDigits(radix);
      return;
    }
    for (;;) {
      if (this.code() === UNDERSCORE) {
        this.pos++;
        if (!isDigit(this.code())) throw this.error('invalid decimal literal');
      }
      if (this.code() !== ZERO) break;
      this.pos++;
    }
    this.readAfterZeros();
  }

  private readAfterZeros(): void {
    const zerosEnd = this.pos;
    const nonzero = isDigit(this.code());
    if (nonzero) this.readDigits();
    const code = this.code();
    const lower = code | 0x20;
    if (code === DOT_CODE || lower === 0x65 || lower === 0x6a || !nonzero) {
      this.readFractionAndExponent();
      return;
    }
    const column = this.start + 1 - this.lineStart;
    // CPython's end here is one unit into the part that follows the zeros.
    const message = 'leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers';
    throw this.errorAt(message, column, zerosEnd + 1 - this.lineStart);
  }

  private readRadixDigits(radix: Radix): void {
    do {
      if (this.code() === UNDERSCORE) this.pos++;
      if (!radix.isDigit(this.code())) {
        this.rejectDigit(radix);
        throw this.error(`invalid ${radix.name} literal`);
      }
      while (radix.isDigit(this.code())) this.pos++;
    } while (this.code() === UNDERSCORE);
    this.rejectDigit(radix);
    this.finishNumber(radix.name);
  }

  private rejectDigit(radix: Radix): void {
    if (!isDigit(this.code())) return;
    const digit = this.source[this.pos];
    this.pos++;
    throw this.error(`invalid digit '${digit}' in ${radix.name} literal`);
  }

  private readFractionAndExponent(): void {
    if (this.code() === DOT_CODE) {
      this.pos++;
      if (isDigit(this.code())) this.readDigits();
    }
    this.readExponent();
  }

  /** exponent: ('e' | 'E') ['+' | '-'] digits; then perhaps 'j' */
  private readExponent(): void {
    if ((this.code() | 0x20) === 0x65) {
      const next = this.source.charCodeAt(this.pos + 1);
      if (next === 0x2b || next === 0x2d) {
        this.pos += 2;
        if (!isDigit(this.code())) throw this.error('invalid decimal literal');
      } else if (isDigit(next)) this.pos++;
      else {
        this.finishNumber('decimal');
        return;
      }
      this.readDigits();
    }
    if ((this.code() | 0x20) === 0x6a) {
      this.pos++;
      this.finishNumber('imaginary');
    } else this.finishNumber('decimal');
  }

  /** Checks what follows the number, and adds its token. */
  private finishNumber(kind: string): void {
    const code = this.code();
    if (isNameCharacter(code)) {
      if (!this.keywordFollows(code)) throw this.error(`invalid ${kind} literal`);
      this.warn(`invalid ${kind} literal`);
    }
    this.push(NUMBER, this.pos, null);
  }

  private keywordFollows(code: number): boolean {
    const tail = KEYWORD_TAILS[String.fromCharCode(code)];
    if (tail === undefined) return false;
    tail.lastIndex = this.pos + 1;
    return tail.test(this.source);
  }
}
