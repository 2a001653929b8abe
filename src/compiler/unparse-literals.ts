/** Python's `repr` of literals: strings, bytes, numbers. */
import type { Literal } from '../base/constants.ts';
import { isPrintable } from '../frontend/identifiers.ts';

/** `repr` of a str. */
export function stringRepr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let out = quote;
  for (const character of text) out += escapeCharacter(character, quote);
  return out + quote;
}

function escapeCharacter(character: string, quote: string): string {
  if (character === quote || character === '\\') return `\\${character}`;
  if (character === '\n') return '\\n';
  if (character === '\r') return '\\r';
  if (character === '\t') return '\\t';
  const code = character.codePointAt(0)!;
  if (code < 0x7f && code >= 0x20) return character;
  if (code < 0x20 || code === 0x7f) return `\\x${hex(code, 2)}`;
  const isSurrogate = code >= 0xd800 && code <= 0xdfff;
  if (!isSurrogate && isPrintable(character)) return character;
  return code <= 0xff ? `\\x${hex(code, 2)}` : code <= 0xffff ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}

/** `repr` of a bytes object. */
export function bytesRepr(bytes: Uint8Array): string {
  const quote = bytes.includes(0x27) && !bytes.includes(0x22) ? '"' : "'";
  let out = `b${quote}`;
  for (const byte of bytes) {
    const character = String.fromCharCode(byte);
    out += byte >= 0x7f ? `\\x${hex(byte, 2)}` : escapeCharacter(character, quote);
  }
  return out + quote;
}

/** `repr` of a float: the shortest digits that give the same number back. */
export function floatRepr(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const [mantissa, exponentText] = value.toExponential().split('e') as [string, string];
  const exponent = Number(exponentText);
  // Python writes an exponent below 1e-4 and from 1e16 on.
  if (exponent < -4 || exponent >= 16) {
    const sign = exponent < 0 ? '-' : '+';
    return `${mantissa}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  if (exponent < 0) {
    const digits = mantissa.replace('-', '').replace('.', '');
    return `${value < 0 ? '-' : ''}0.${'0'.repeat(-exponent - 1)}${digits}`;
  }
  const text = String(value);
  return text.includes('.') ? text : `${text}.0`;
}

function complexRepr(real: number, imag: number): string {
  const imagText = trimZero(floatRepr(imag));
  if (Object.is(real, 0)) return `${imagText}j`;
  const sign = imagText.startsWith('-') ? '' : '+';
  return `(${trimZero(floatRepr(real))}${sign}${imagText}j)`;
}

function trimZero(text: string): string {
  return text.endsWith('.0') ? text.slice(0, -2) : text;
}

/** `repr` of a literal. */
export function literalRepr(value: Literal): string {
  if (value === null) return 'None';
  switch (typeof value) {
    case 'boolean': return value ? 'True' : 'False';
    case 'string': return stringRepr(value);
    case 'number': case 'bigint': return String(value);
    default: break;
  }
  switch (value.kind) {
    case 'float': return floatRepr(value.value);
    case 'complex': return complexRepr(value.real, value.imag);
    case 'bytes': return bytesRepr(value.value);
    case 'ellipsis': return 'Ellipsis';
  }
}
