/**
 * UTF-7 (RFC 2152): runs of base64 between `+` and a character that is no base64.
 *
 * Source: CPython Objects/unicodeobject.c (PyUnicode_DecodeUTF7Stateful, _PyUnicode_EncodeUTF7).
 */
import { codePointsOf } from '../str-code-points.ts';
import type { DecodeErrorCallback, Decoded } from './errors.ts';

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** Characters that the encoder writes as they are: directly, and optionally direct, and white space. */
const DIRECT = /[A-Za-z0-9'(),\-./:? \t\n\r!"#$%&*;<=>@[\]^_`{|}]/;

/** A base64 run being decoded: bits read and not yet used, and a high surrogate that waits for its partner. */
interface Shift {
  start: number;
  bits: number;
  count: number;
  high: number;
  textLength: number;
}

/** Decodes UTF-7; with `final` false an unfinished base64 run is left unconsumed. */
export function decodeUtf7(bytes: Uint8Array, onError: DecodeErrorCallback, final: boolean): Decoded {
  let text = '';
  let shift: Shift | undefined;
  let at = 0;
  const fail = (reason: string, start: number, end: number): void => {
    const { replacement, resume } = onError({ encoding: 'utf7', reason, start, end });
    text += replacement;
    at = resume;
    shift = undefined;
  };
  for (;;) {
    if (at >= bytes.length) {
      const open = shift;
      if (open === undefined || !final) break;
      if (open.high !== 0 || open.count >= 6 || (open.count > 0 && open.bits !== 0)) {
        fail('unterminated shift sequence', open.start, bytes.length);
        if (at < bytes.length) continue;
      }
      shift = undefined;
      break;
    }
    const byte = bytes[at]!;
    if (shift !== undefined) {
      const digit = byte < 128 ? BASE64.indexOf(String.fromCharCode(byte)) : -1;
      if (digit >= 0) {
        at++;
        text += takeDigit(shift, digit);
        continue;
      }
      const ended: Shift = shift;
      shift = undefined;
      const fault = endFault(ended);
      if (fault !== undefined) {
        fail(fault, ended.start, at + 1);
        continue;
      }
      if (ended.high !== 0) text += String.fromCharCode(ended.high);
      if (byte === 45) {
        at++;
        continue;
      }
    }
    if (byte === 43) {
      const next = bytes[at + 1];
      if (next === 45) {
        text += '+';
        at += 2;
      } else if (next !== undefined && (next >= 128 || BASE64.indexOf(String.fromCharCode(next)) < 0)) {
        fail('ill-formed sequence', at, at + 2);
      } else {
        shift = { start: at, bits: 0, count: 0, high: 0, textLength: text.length };
        at++;
      }
    } else if (byte < 128) {
      text += String.fromCharCode(byte);
      at++;
    } else fail('unexpected special character', at, at + 1);
  }
  if (shift !== undefined) return { text: text.slice(0, shift.textLength), consumed: shift.start };
  return { text, consumed: Math.min(at, bytes.length) };
}

/** Adds six bits; returns the characters that became complete. */
function takeDigit(shift: Shift, digit: number): string {
  shift.bits = (shift.bits << 6) | digit;
  shift.count += 6;
  if (shift.count < 16) return '';
  shift.count -= 16;
  const unit = (shift.bits >> shift.count) & 0xffff;
  shift.bits &= (1 << shift.count) - 1;
  let text = '';
  if (shift.high !== 0) {
    text = String.fromCharCode(shift.high);
    shift.high = 0;
    if (unit >= 0xdc00 && unit <= 0xdfff) return text + String.fromCharCode(unit);
  }
  if (unit >= 0xd800 && unit <= 0xdbff) {
    shift.high = unit;
    return text;
  }
  return text + String.fromCharCode(unit);
}

/** What is wrong with a run that ends here. */
function endFault(shift: Shift): string | undefined {
  if (shift.count >= 6) return 'partial character in shift sequence';
  if (shift.count > 0 && shift.bits !== 0) return 'non-zero padding bits in shift sequence';
  return undefined;
}

/** Encodes UTF-7. */
export function encodeUtf7(text: string): Uint8Array {
  let result = '';
  let inShift = false;
  let bits = 0;
  let count = 0;
  const points = codePointsOf(text);
  const pushUnit = (unit: number): void => {
    bits = (bits << 16) | unit;
    count += 16;
    while (count >= 6) {
      count -= 6;
      result += BASE64[(bits >> count) & 63]!;
    }
    bits &= (1 << count) - 1;
  };
  const endShift = (next: string): void => {
    if (count > 0) result += BASE64[(bits << (6 - count)) & 63]!;
    inShift = false;
    bits = count = 0;
    // A dash or base64 character behind the run would be read as part of it.
    if (next === '-' || BASE64.includes(next)) result += '-';
  };
  for (const point of points) {
    const character = String.fromCodePoint(point);
    const direct = point < 128 && DIRECT.test(character);
    if (inShift && direct) endShift(character);
    if (!inShift && point === 43) result += '+-';
    else if (direct) result += character;
    else {
      if (!inShift) {
        result += '+';
        inShift = true;
      }
      for (let i = 0; i < character.length; i++) pushUnit(character.charCodeAt(i));
    }
  }
  if (inShift) {
    if (count > 0) result += BASE64[(bits << (6 - count)) & 63]!;
    result += '-';
  }
  return new Uint8Array(Buffer.from(result, 'latin1'));
}
