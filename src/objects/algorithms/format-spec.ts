/**
 * The format mini-language: parsing a specification, and applying it to str, int, float and complex.
 *
 *   [[fill]align][sign][z][#][0][width][grouping][.[precision][grouping]][type]
 *
 * A number comes out as <left padding> <sign> <prefix> <inner padding> <grouped digits> <point, fraction, rest> <right padding>.
 * Source: CPython 3.14 Python/formatter_unicode.c, Objects/unicodeobject.c (_PyUnicode_InsertThousandsGrouping).
 */
import { formatDouble, type FloatConversion } from './float-repr.ts';
import type { Int } from './int-arith.ts';
import { digitLimitMessage, exceedsDigitLimit } from './int-format.ts';
import { strCharacters, strLength, strSubstring } from './str-code-points.ts';
import { filling } from './str-pad.ts';

/** Why formatting fails: the exception to raise and its text. */
export class FormatFailure {
  readonly kind: 'ValueError' | 'OverflowError';
  readonly message: string;
  constructor(message: string, kind: 'ValueError' | 'OverflowError' = 'ValueError') {
    this.kind = kind;
    this.message = message;
  }
}

/** A parsed specification; -1 stands for a width or precision that is not given, '' for other parts. */
export interface FormatSpec {
  fill: string;
  align: string;
  alternate: boolean;
  noNegativeZero: boolean;
  sign: string;
  width: number;
  /** '', ',' or '_'. */
  grouping: string;
  precision: number;
  fractionGrouping: string;
  type: string;
}

interface SpecDefaults {
  readonly type: string;
  readonly align: string;
  readonly parsed: ParsedSpecs;
}

function isAlignment(character: string | undefined): boolean {
  return character === '<' || character === '>' || character === '=' || character === '^';
}

function shownCode(code: string): string {
  const point = code.codePointAt(0)!;
  return point > 32 && point < 128 ? `'${code}'` : `'\\x${point.toString(16)}'`;
}

function unknownCode(code: string, typeName: string): FormatFailure {
  return new FormatFailure(`Unknown format code ${shownCode(code)} for object of type '${typeName}'`);
}

const BOTH_GROUPINGS = "Cannot specify both ',' and '_'.";

/** Reads a specification from left to right. */
class SpecReader {
  private readonly characters: readonly string[];
  private at = 0;

  constructor(text: string) {
    this.characters = strCharacters(text);
  }

  peek(offset = 0): string | undefined {
    return this.characters[this.at + offset];
  }

  take(...wanted: string[]): string {
    const next = this.peek();
    if (next === undefined || !wanted.includes(next)) return '';
    this.at++;
    return next;
  }

  advance(count: number): void {
    this.at += count;
  }

  get left(): number {
    return this.characters.length - this.at;
  }

  /** A run of ASCII digits; -1 without any, undefined when it overflows. */
  integer(): number | undefined {
    const start = this.at;
    while (/^[0-9]$/.test(this.peek() ?? '')) this.at++;
    if (this.at === start) return -1;
    const value = Number(this.characters.slice(start, this.at).join(''));
    return value < 2 ** 63 ? value : undefined;
  }

  /** At most one of `,` and `_`; undefined for both. */
  grouping(): string | undefined {
    const first = this.take(',', '_');
    return first !== '' && this.peek() !== first && (this.peek() === ',' || this.peek() === '_') ? undefined : first;
  }
}

/** Specifications parsed lately for the values of one type. */
interface ParsedSpecs {
  readonly all: Map<string, Readonly<FormatSpec>>;
  /** The last one: a text that was put together just now has no hash yet, and comparing is faster than making one. */
  lastText: string;
  last: Readonly<FormatSpec> | undefined;
}

function noSpecs(): ParsedSpecs {
  return { all: new Map(), lastText: '', last: undefined };
}

const MAX_PARSED = 500;

// What a specification says nothing of. Programs use few specifications, over and over: declared caches.
const STR_DEFAULTS: SpecDefaults = { type: 's', align: '<', parsed: noSpecs() };
const INT_DEFAULTS: SpecDefaults = { type: 'd', align: '>', parsed: noSpecs() };
const FLOAT_DEFAULTS: SpecDefaults = { type: '', align: '>', parsed: noSpecs() };

/** The specification; alignment and type where it says nothing are those of `defaults`. @hot `format`, f-strings with specifications */
function parseSpec(text: string, typeName: string, defaults: SpecDefaults): Readonly<FormatSpec> | FormatFailure {
  const { parsed } = defaults;
  if (parsed.last !== undefined && parsed.lastText === text) {
    // An equal text may be another string, which takes longer to compare: the next time it is this one.
    parsed.lastText = text;
    return parsed.last;
  }
  const spec = parsed.all.get(text) ?? readSpec(text, typeName, defaults);
  if (spec instanceof FormatFailure) return spec;
  if (parsed.all.size >= MAX_PARSED) parsed.all.clear();
  parsed.all.set(text, spec);
  parsed.lastText = text;
  parsed.last = spec;
  return spec;
}

function readSpec(text: string, typeName: string, defaults: SpecDefaults): FormatSpec | FormatFailure {
  const reader = new SpecReader(text);
  const spec: FormatSpec = {
    fill: ' ', align: defaults.align, alternate: false, noNegativeZero: false, sign: '', width: -1, grouping: '', precision: -1,
    fractionGrouping: '', type: defaults.type,
  };
  const aligned = readAlignment(reader, spec);
  spec.sign = reader.take(' ', '+', '-');
  spec.noNegativeZero = reader.take('z') !== '';
  spec.alternate = reader.take('#') !== '';
  if (aligned !== 'filled' && reader.take('0') !== '') {
    spec.fill = '0';
    if (aligned === 'no' && defaults.align === '>') spec.align = '=';
  }
  const failure = readNumbers(reader, spec);
  if (failure !== undefined) return failure;
  if (reader.left > 1) return new FormatFailure(`Invalid format specifier '${text}' for object of type '${typeName}'`);
  if (reader.left === 1) spec.type = reader.peek()!;
  return checkGrouping(spec) ?? spec;
}

function readAlignment(reader: SpecReader, spec: FormatSpec): 'no' | 'aligned' | 'filled' {
  if (isAlignment(reader.peek(1))) {
    spec.fill = reader.peek()!;
    spec.align = reader.peek(1)!;
    reader.advance(2);
    return 'filled';
  }
  if (!isAlignment(reader.peek())) return 'no';
  spec.align = reader.peek()!;
  reader.advance(1);
  return 'aligned';
}

/** Width, grouping, precision and grouping of the fraction. */
function readNumbers(reader: SpecReader, spec: FormatSpec): FormatFailure | undefined {
  const width = reader.integer();
  if (width === undefined) return new FormatFailure('Too many decimal digits in format string');
  spec.width = width;
  const grouping = reader.grouping();
  if (grouping === undefined) return new FormatFailure(BOTH_GROUPINGS);
  spec.grouping = grouping;
  if (reader.take('.') === '') return undefined;
  const precision = reader.integer();
  if (precision === undefined) return new FormatFailure('Too many decimal digits in format string');
  spec.precision = precision;
  const fractionGrouping = reader.grouping();
  if (fractionGrouping === undefined) return new FormatFailure(BOTH_GROUPINGS);
  spec.fractionGrouping = fractionGrouping;
  if (precision === -1 && fractionGrouping === '') return new FormatFailure('Format specifier missing precision');
  return undefined;
}

function checkGrouping(spec: FormatSpec): FormatFailure | undefined {
  const { grouping, fractionGrouping, type } = spec;
  if (grouping !== '' && !'defgEG%F'.includes(type) && !(grouping === '_' && 'boxX'.includes(type))) {
    return new FormatFailure(`Cannot specify '${grouping}' with ${shownCode(type)}.`);
  }
  // CPython looks at no other type here.
  if (fractionGrouping !== '' && type === 'n') return new FormatFailure(`Cannot specify '${fractionGrouping}' with 'n'.`);
  return undefined;
}

/** Puts text into a field: for str and complex. */
function padText(text: string, spec: Readonly<FormatSpec>): string {
  const missing = spec.width - strLength(text);
  if (missing <= 0) return text;
  const left = spec.align === '>' ? missing : spec.align === '^' ? missing >> 1 : 0;
  return filling(spec.fill, left) + text + filling(spec.fill, missing - left);
}

/** format(text, spec) of a str. */
export function formatStr(text: string, specText: string, typeName = 'str'): string | FormatFailure {
  const spec = parseSpec(specText, typeName, STR_DEFAULTS);
  if (spec instanceof FormatFailure) return spec;
  if (spec.type !== 's') return unknownCode(spec.type, typeName);
  const where = 'not allowed in string format specifier';
  if (spec.sign !== '') return new FormatFailure(`${spec.sign === ' ' ? 'Space' : 'Sign'} ${where}`);
  if (spec.noNegativeZero) return new FormatFailure(`Negative zero coercion (z) ${where}`);
  if (spec.alternate) return new FormatFailure(`Alternate form (#) ${where}`);
  if (spec.align === '=') return new FormatFailure(`'=' alignment ${where}`);
  const cut = spec.precision >= 0 && spec.precision < strLength(text) ? strSubstring(text, 0, spec.precision) : text;
  return padText(cut, spec);
}

/** A number taken apart for layout. */
interface NumberParts {
  readonly negative: boolean;
  readonly prefix: string;
  readonly digits: string;
  /** The point, the fraction and the rest. */
  readonly tail: string;
}

/** Digits with separators, and with leading zeros up to a minimal width. */
function groupDigits(digits: string, separator: string, size: number, minimum: number): string {
  if (separator === '') return digits.padStart(minimum, '0');
  let result = '';
  let remaining = digits.length;
  let wanted = minimum;
  for (;;) {
    const length = Math.min(size, Math.max(remaining, wanted, 1));
    const taken = Math.min(remaining, length);
    const group = '0'.repeat(length - taken) + digits.slice(remaining - taken, remaining);
    result = result === '' ? group : group + separator + result;
    remaining -= taken;
    wanted -= length;
    if (remaining <= 0 && wanted <= 0) return result;
    wanted -= 1;
  }
}

/** A number in its field; `missing` characters, 0 or more, fill it. */
function aligned(head: string, body: string, spec: Readonly<FormatSpec>, missing: number): string {
  switch (spec.align) {
    case '<':
      return head + body + filling(spec.fill, missing);
    case '^':
      return filling(spec.fill, missing >> 1) + head + body + filling(spec.fill, missing - (missing >> 1));
    case '=':
      return head + filling(spec.fill, missing) + body;
    default:
      return filling(spec.fill, missing) + head + body;
  }
}

/** Puts a number without separators into a field. */
function layOutPlain(sign: string, text: string, spec: Readonly<FormatSpec>): string {
  const missing = spec.width - sign.length - text.length;
  return missing <= 0 ? sign + text : aligned(sign, text, spec, missing);
}

function signOf(negative: boolean, spec: Readonly<FormatSpec>): string {
  return negative ? '-' : spec.sign === '+' || spec.sign === ' ' ? spec.sign : '';
}

/** Puts a number into a field. */
function layOutNumber(parts: NumberParts, spec: Readonly<FormatSpec>): string {
  const sign = signOf(parts.negative, spec);
  const fixed = sign.length + parts.prefix.length + parts.tail.length;
  const minimum = spec.fill === '0' && spec.align === '=' ? spec.width - fixed : 0;
  const size = 'boxX'.includes(spec.type) && spec.type !== '' ? 4 : 3;
  // No digits: 'c', inf and nan.
  const digits = parts.digits === '' ? '' : groupDigits(parts.digits, spec.grouping, size, Math.max(minimum, 0));
  const missing = Math.max(0, spec.width - fixed - digits.length);
  return aligned(sign + parts.prefix, digits + parts.tail, spec, missing);
}

const INT_BASES: Readonly<Record<string, { base: number; prefix: string }>> = {
  b: { base: 2, prefix: '0b' },
  o: { base: 8, prefix: '0o' },
  x: { base: 16, prefix: '0x' },
  X: { base: 16, prefix: '0X' },
};

/** format(value, spec) of an int; `maxDigits` is the limit for decimal conversion, 0 for none. */
export function formatInt(value: Int, specText: string, typeName = 'int', maxDigits = 0): string | FormatFailure {
  const spec = parseSpec(specText, typeName, INT_DEFAULTS);
  if (spec instanceof FormatFailure) return spec;
  if ('bcdoxXn'.includes(spec.type)) return formatIntegral(value, spec, maxDigits);
  if (!'eEfFgG%'.includes(spec.type)) return unknownCode(spec.type, typeName);
  const double = Number(value);
  return Number.isFinite(double) ? formatReal(double, spec) : new FormatFailure('int too large to convert to float', 'OverflowError');
}

function formatIntegral(value: Int, spec: Readonly<FormatSpec>, maxDigits: number): string | FormatFailure {
  const where = 'not allowed in integer format specifier';
  if (spec.precision !== -1) return new FormatFailure(`Precision ${where}`);
  if (spec.noNegativeZero) return new FormatFailure(`Negative zero coercion (z) ${where}`);
  if (spec.type === 'c') return formatCharacter(value, spec);
  const row = INT_BASES[spec.type];
  if (row === undefined && exceedsDigitLimit(value, maxDigits)) return new FormatFailure(digitLimitMessage(maxDigits));
  const negative = value < 0;
  const text = row === undefined ? String(value) : value.toString(row.base);
  const digits = negative ? text.slice(1) : text;
  if (row === undefined && spec.grouping === '') return layOutPlain(signOf(negative, spec), digits, spec);
  return layOutNumber(
    { negative, prefix: spec.alternate && row !== undefined ? row.prefix : '', digits: spec.type === 'X' ? digits.toUpperCase() : digits, tail: '' },
    spec,
  );
}

function formatCharacter(value: Int, spec: Readonly<FormatSpec>): string | FormatFailure {
  if (spec.sign !== '') return new FormatFailure("Sign not allowed with integer format specifier 'c'");
  if (spec.alternate) return new FormatFailure("Alternate form (#) not allowed with integer format specifier 'c'");
  if (value < -(2 ** 63) || value >= 2 ** 63) return new FormatFailure('Python int too large to convert to C long', 'OverflowError');
  if (value < 0 || value > 0x10ffff) return new FormatFailure('%c arg not in range(0x110000)', 'OverflowError');
  const character = String.fromCodePoint(Number(value));
  // The tail counts units; a pair is one character wide.
  return layOutNumber({ negative: false, prefix: '', digits: '', tail: character }, { ...spec, width: spec.width + character.length - 1 });
}

/** format(value, spec) of a float. */
export function formatFloat(value: number, specText: string, typeName = 'float'): string | FormatFailure {
  const spec = parseSpec(specText, typeName, FLOAT_DEFAULTS);
  if (spec instanceof FormatFailure) return spec;
  return 'eEfFgGn%'.includes(spec.type) ? formatReal(value, spec) : unknownCode(spec.type, typeName);
}

const INT_MAX = 2147483647;

/** The unsigned text of a double under the type, precision and flags of a specification; and whether it is negative. */
function doubleText(value: number, spec: Readonly<FormatSpec>, defaults: { type: FloatConversion; addDotZero: boolean }): { text: string; negative: boolean } {
  const percent = spec.type === '%';
  let conversion: FloatConversion = spec.type === '' ? defaults.type : percent ? 'f' : spec.type === 'n' ? 'g' : (spec.type as FloatConversion);
  const precision = spec.precision < 0 ? (conversion === 'r' ? 0 : 6) : spec.precision;
  if (spec.precision >= 0 && conversion === 'r') conversion = 'g';
  const addDotZero = spec.type === '' && defaults.addDotZero;
  const full = formatDouble(percent ? value * 100 : value, conversion, precision, { alternate: spec.alternate, addDotZero });
  const negative = full[0] === '-';
  const text = (negative ? full.slice(1) : full) + (percent ? '%' : '');
  const isZero = spec.noNegativeZero && negative && !/[1-9]/.test(text.replace(/[eE].*/, '')) && Number.isFinite(value);
  return { text, negative: negative && !isZero };
}

function splitDouble(text: string, spec: Readonly<FormatSpec>): { digits: string; tail: string } {
  const digits = /^[0-9]*/.exec(text)![0];
  const tail = text.slice(digits.length);
  if (spec.fractionGrouping === '') return { digits, tail };
  return { digits, tail: tail.replace(/^\.([0-9]+)/, (_all, fraction: string) => `.${fraction.match(/.{1,3}/g)!.join(spec.fractionGrouping)}`) };
}

function formatReal(value: number, spec: Readonly<FormatSpec>): string | FormatFailure {
  if (spec.precision > INT_MAX) return new FormatFailure('precision too big');
  const { text, negative } = doubleText(value, spec, { type: 'r', addDotZero: true });
  if (spec.grouping === '' && spec.fractionGrouping === '') return layOutPlain(signOf(negative, spec), text, spec);
  return layOutNumber({ negative, prefix: '', ...splitDouble(text, spec) }, spec);
}

/** format(value, spec) of a complex. */
export function formatComplex(real: number, imaginary: number, specText: string, typeName = 'complex'): string | FormatFailure {
  const spec = parseSpec(specText, typeName, FLOAT_DEFAULTS);
  if (spec instanceof FormatFailure) return spec;
  if (!'eEfFgGn'.includes(spec.type)) return unknownCode(spec.type, typeName);
  if (spec.precision > INT_MAX) return new FormatFailure('precision too big');
  if (spec.fill === '0') return new FormatFailure('Zero padding is not allowed in complex format specifier');
  if (spec.align === '=') return new FormatFailure("'=' alignment flag is not allowed in complex format specifier");
  const bare: FormatSpec = { ...spec, fill: ' ', align: '<', width: -1 };
  const part = (value: number, sign: string): string => {
    const { text, negative } = doubleText(value, bare, { type: 'r', addDotZero: false });
    return layOutNumber({ negative, prefix: '', ...splitDouble(text, bare) }, { ...bare, sign });
  };
  const plain = spec.type === '';
  const onlyImaginary = plain && Object.is(real, 0);
  const imaginaryText = `${part(imaginary, onlyImaginary ? spec.sign : '+')}j`;
  const both = onlyImaginary ? imaginaryText : part(real, spec.sign) + imaginaryText;
  return padText(plain && !onlyImaginary ? `(${both})` : both, spec);
}
