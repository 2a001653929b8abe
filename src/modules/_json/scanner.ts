/** `json`'s scanner (Modules/_json.c). Positions inside are UTF-16 units; Python sees code points. */
import { PyDict } from '../../core/containers.ts';
import type { KeywordNames, PyType } from '../../core/type.ts';
import type { Thread } from '../../core/thread.ts';
import { PyObject, type Value } from '../../core/value.ts';
import { codePointIndex, unitOffset, strLength } from '../../objects/algorithms/str-code-points.ts';
import { copyUnits } from '../../objects/algorithms/text-units.ts';
import { growable } from '../../objects/array-limits.ts';
import { getAttr } from '../../objects/attributes.ts';
import { call } from '../../objects/call.ts';
import { StopIteration } from '../../objects/exception-types.ts';
import { KeyLists } from '../../objects/table-making.ts';
import { newFloat, newList, newTuple } from '../../objects/make.ts';
import { toClippedSize } from '../../objects/operators.ts';
import { newException, raiseTypeError, raiseValueError, typeName } from '../../objects/raise.ts';
import { enterNative, leaveNative } from '../../objects/recursion.ts';
import { DICT_TYPE, FLOAT_TYPE, INT_TYPE, staticType } from '../../objects/static-types.ts';
import { isTrue } from '../../objects/truth.ts';
import { asStr } from '../../objects/type-of.ts';
import { readyType } from '../../objects/type-ready.ts';
import { escapedCode, escapeEnd, raiseDecodeError, scanString } from './strings.ts';

/** `_json.Scanner`, exported as `make_scanner`. */
export const SCANNER_TYPE = staticType('Scanner', { module: '_json', baseType: true });

class PyScanner extends PyObject {
  strict = true;
  objectHook: Value = null;
  objectPairsHook: Value = null;
  parseFloat: Value = null;
  parseInt: Value = null;
  parseConstant: Value = null;
}

/** A dot, `e`, `E` or a digit: a number is not at its end. */
function goesOn(unit: number): boolean {
  return unit === 46 || unit === 101 || unit === 69 || (unit >= 48 && unit <= 57);
}

/** Ints with this many digits at most are safe integers. */
const SAFE_DIGITS = 15;

/** `StopIteration(index)`: no value begins there. */
function stopAt(index: number): never {
  const stop = newException(StopIteration, index);
  stop.fields = new Map([['value', index]]);
  throw stop;
}

/** Where the run of digits at `at` ends. */
function digitsEnd(units: Uint16Array, at: number): number {
  let end = at;
  while (units[end]! >= 48 && units[end]! <= 57) end++;
  return end;
}

/** Whether a text stands at `at`. Keys are so short that a call of the engine's own functions would take longer. */
function isHere(text: string, units: Uint16Array, at: number): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) !== units[at + i]) return false;
  return true;
}

/** Units of longer texts are not kept for the next one. */
const LARGEST_KEPT = 1 << 17;

// Declared cache: the array of the last run that was closed.
let spare: Uint16Array | null = null;

function takeUnits(text: string): Uint16Array {
  const needed = text.length + 2;
  const units = spare !== null && spare.length >= needed ? spare : new Uint16Array(Math.max(1024, needed));
  spare = null;
  copyUnits(text, units);
  units[text.length] = 0;
  units[text.length + 1] = 0;
  return units;
}

/** Number of keys that are remembered, a power of two. */
const KEYS = 256;

// Declared cache: keys met lately, so that the few keys of many objects are one string each, whose hash is known.
const keys: string[] = new Array<string>(KEYS).fill('');

/** One run over a text. */
class Run {
  private readonly t: Thread;
  private readonly scanner: PyScanner;
  private readonly text: string;
  /** The units of the text, and two zeros, which nothing in JSON begins with. */
  private readonly units: Uint16Array;
  at: number;
  /** Items and values of the arrays and objects that are open, up to `top`: copied when one is closed, to an array without slack. */
  private readonly stack: Value[] = [];
  private top = 0;
  /** In the same way, the keys of objects. */
  private readonly keys: string[] = [];
  private keysTop = 0;
  private readonly keyLists = new KeyLists();
  constructor(t: Thread, scanner: PyScanner, text: string, at: number) {
    this.t = t;
    this.scanner = scanner;
    this.text = text;
    this.units = takeUnits(text);
    this.at = at;
  }

  /** The run is at its end. */
  close(): void {
    if (this.units.length <= LARGEST_KEPT) spare = this.units;
  }

  private stop(unit: number): never {
    return stopAt(codePointIndex(this.text, Math.min(unit, this.text.length)));
  }

  private skipSpace(): number {
    const { units } = this;
    let { at } = this;
    let c = units[at]!;
    while (c === 32 || c === 10 || c === 13 || c === 9) c = units[++at]!;
    this.at = at;
    return c;
  }

  private fail(message: string, unit: number): never {
    return raiseDecodeError(this.t, message, this.text, unit);
  }

  /** The value at `at`; raises StopIteration where none begins. @hot json.loads */
  value(): Value {
    switch (this.units[this.at]) {
      case 34: return this.string();
      case 123: return this.object();
      case 91: return this.array();
      case 110: return this.word('null', null);
      case 116: return this.word('true', true);
      case 102: return this.word('false', false);
      case 78: return this.constant('NaN');
      case 73: return this.constant('Infinity');
      case 45:
        if (this.text.startsWith('-Infinity', this.at)) return this.constant('-Infinity');
        return this.number();
      default:
        return this.number();
    }
  }

  /** The string whose opening quote is at `at`. */
  private string(): string {
    const { text, units } = this;
    const start = this.at + 1;
    for (let at = start; at < text.length; at++) {
      const c = units[at]!;
      if (c === 34) {
        this.at = at + 1;
        return text.slice(start, at);
      }
      if (c === 92 || c <= 0x1f) break;
    }
    return this.escaped(start) ?? this.oddString(start);
  }

  /** The string that begins at `start`, behind the quote, and has escapes; undefined if it is odd. */
  private escaped(start: number): string | undefined {
    const { text, units } = this;
    let result = '';
    for (let from = start, at = start; ; at++) {
      const c = units[at]!;
      if (c === 34) {
        this.at = at + 1;
        return result + text.slice(from, at);
      }
      if (c <= 0x1f) return undefined;
      if (c !== 92) continue;
      const end = escapeEnd(units, at);
      const code = end > text.length ? -1 : escapedCode(units, at);
      if (code < 0) return undefined;
      result += text.slice(from, at) + String.fromCharCode(code);
      from = end;
      at = end - 1;
    }
  }

  /** A string with control characters, or one that is wrong. */
  private oddString(start: number): string {
    const scanned = scanString(this.t, this.text, start, this.scanner.strict);
    this.at = scanned.end;
    return scanned.text;
  }

  /** As `string`; equal keys are one string. */
  private key(): string {
    const { text, units } = this;
    const start = this.at + 1;
    let end = start;
    while (end < text.length && units[end] !== 34) end++;
    if (end === start || end === text.length) return this.string();
    const at = (units[start]! * 31 + units[end - 1]! * 7 + end - start) & (KEYS - 1);
    const known = keys[at]!;
    if (known.length === end - start && isHere(known, units, start)) {
      this.at = end + 1;
      return known;
    }
    const key = this.string();
    // One with escapes is another text than what stands here; one with control characters is an error elsewhere.
    if (key.length === end - start && this.scanner.strict) keys[at] = key;
    return key;
  }

  private word(word: string, value: Value): Value {
    if (!this.text.startsWith(word, this.at)) this.stop(this.at);
    this.at += word.length;
    return value;
  }

  private constant(word: string): Value {
    if (!this.text.startsWith(word, this.at)) this.stop(this.at);
    this.at += word.length;
    return call(this.t, this.scanner.parseConstant, [word]);
  }

  private number(): Value {
    const { units, scanner } = this;
    const isNegative = units[this.at] === 45;
    const start = this.at + (isNegative ? 1 : 0);
    let at = start;
    let value = 0;
    for (let c = units[at]!; c >= 48 && c <= 57 && at - start < SAFE_DIGITS; c = units[++at]!) {
      value = 10 * value + c - 48;
      if (value === 0) {
        at++;
        break;
      }
    }
    // The general way also for what goes on: digits, a fraction, an exponent.
    if (at === start || scanner.parseInt !== INT_TYPE || goesOn(units[at]!)) return this.generalNumber();
    this.at = at;
    return isNegative ? 0 - value : value;
  }

  private generalNumber(): Value {
    const { text, units, at: start } = this;
    const first = units[start]! === 45 ? start + 1 : start;
    // A zero is a whole part for itself.
    let end = units[first]! === 48 ? first + 1 : digitsEnd(units, first);
    if (end === first) return this.stop(start);
    const whole = end;
    if (units[end]! === 46) {
      const fraction = digitsEnd(units, end + 1);
      if (fraction > end + 1) end = fraction;
    }
    if ((units[end]! | 32) === 101) {
      const sign = units[end + 1]!;
      const exponent = sign === 43 || sign === 45 ? end + 2 : end + 1;
      const exponentEnd = digitsEnd(units, exponent);
      if (exponentEnd > exponent) end = exponentEnd;
    }
    this.at = end;
    const digits = text.slice(start, end);
    const { parseFloat, parseInt } = this.scanner;
    if (end > whole) return parseFloat === FLOAT_TYPE ? newFloat(Number(digits)) : call(this.t, parseFloat, [digits]);
    return parseInt === INT_TYPE && digits.length <= SAFE_DIGITS ? Number(digits) + 0 : call(this.t, parseInt, [digits]);
  }

  private push(value: Value): void {
    this.stack[this.top++] = value;
  }

  private object(): Value {
    const { t, top, keysTop } = this;
    enterNative(t, ' while decoding a JSON object from a unicode string');
    try {
      // The engine has arrays for numbers alone; those of tables are not of that kind.
      this.stack[top] = null;
      this.at++;
      if (this.skipSpace() === 125) this.at++;
      else this.members();
      return this.objectOf(top, keysTop);
    } finally {
      this.top = top;
      this.keysTop = keysTop;
      leaveNative(t);
    }
  }

  /** The object of what is on the stacks from `from` and `keysFrom` on. */
  private objectOf(from: number, keysFrom: number): Value {
    const { scanner, t, stack, top, keys, keysTop } = this;
    if (scanner.objectPairsHook !== null) return call(t, scanner.objectPairsHook, [newList(this.pairs(from, keysFrom))]);
    const dict = new PyDict(DICT_TYPE, this.keyLists.table(t, keys, keysFrom, keysTop, stack.slice(from, top)));
    return scanner.objectHook === null ? dict : call(t, scanner.objectHook, [dict]);
  }

  private pairs(from: number, keysFrom: number): Value[] {
    return Array.from({ length: this.top - from }, (_, i) => newTuple([this.keys[keysFrom + i]!, this.stack[from + i]!]));
  }

  /** Pushes keys and values. */
  private members(): void {
    for (;;) {
      if (this.units[this.at] !== 34) this.fail('Expecting property name enclosed in double quotes', this.at);
      this.keys[this.keysTop++] = this.key();
      if (this.skipSpace() !== 58) this.fail("Expecting ':' delimiter", this.at);
      this.at++;
      this.skipSpace();
      this.push(this.value());
      if (!this.comma(125, 'Illegal trailing comma before end of object')) return;
    }
  }

  /** Goes behind a comma; false at the closing bracket, which is passed too. */
  private comma(close: number, trailing: string): boolean {
    const c = this.skipSpace();
    if (c === close) {
      this.at++;
      return false;
    }
    if (c !== 44) this.fail("Expecting ',' delimiter", this.at);
    const comma = this.at++;
    if (this.skipSpace() === close) this.fail(trailing, comma);
    return true;
  }

  private array(): Value {
    const { top } = this;
    enterNative(this.t, ' while decoding a JSON array from a unicode string');
    try {
      this.at++;
      if (this.skipSpace() === 93) this.at++;
      else {
        do this.push(this.value());
        while (this.comma(93, 'Illegal trailing comma before end of array'));
      }
      return newList(growable(this.stack.slice(top, this.top)));
    } finally {
      this.top = top;
      leaveNative(this.t);
    }
  }
}

function scanner_call(t: Thread, self: PyScanner, args: Value[], _keywords: KeywordNames): Value {
  if (args.length !== 2) raiseTypeError(args.length > 2 ? `scan_once() takes at most 2 arguments (${args.length} given)` : `scan_once() missing required argument '${args.length === 0 ? 'string' : 'idx'}' (pos ${args.length + 1})`);
  const text = asStr(args[0]) ?? raiseTypeError(`first argument must be a string, not ${typeName(args[0]!)}`);
  const index = toClippedSize(t, args[1]!);
  if (index < 0) raiseValueError('idx cannot be negative');
  if (index >= strLength(text)) stopAt(index);
  const run = new Run(t, self, text, unitOffset(text, index));
  try {
    return newTuple([run.value(), codePointIndex(text, run.at)]);
  } finally {
    run.close();
  }
}

function scanner_new(t: Thread, type: PyType, args: Value[]): Value {
  const context = args[0];
  if (args.length !== 1 || context === undefined) raiseTypeError("make_scanner() missing required argument 'context' (pos 1)");
  const self = new PyScanner(type);
  self.strict = isTrue(t, getAttr(t, context, 'strict'));
  self.objectHook = getAttr(t, context, 'object_hook');
  self.objectPairsHook = getAttr(t, context, 'object_pairs_hook');
  self.parseFloat = getAttr(t, context, 'parse_float');
  self.parseInt = getAttr(t, context, 'parse_int');
  self.parseConstant = getAttr(t, context, 'parse_constant');
  return self;
}

readyType(SCANNER_TYPE, {
  doc: 'JSON scanner object',
  slots: { tp_alloc: (type) => new PyScanner(type), tp_new: scanner_new, tp_call: scanner_call },
  getset: {
    strict: { get: (_t, self) => (self as PyScanner).strict, member: true },
    object_hook: { get: (_t, self) => (self as PyScanner).objectHook, member: true },
    object_pairs_hook: { get: (_t, self) => (self as PyScanner).objectPairsHook, member: true },
    parse_float: { get: (_t, self) => (self as PyScanner).parseFloat, member: true },
    parse_int: { get: (_t, self) => (self as PyScanner).parseInt, member: true },
    parse_constant: { get: (_t, self) => (self as PyScanner).parseConstant, member: true },
  },
});
