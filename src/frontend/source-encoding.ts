/** From bytes to text: byte order mark, encoding cookie (PEP 263), UTF-8 by default, newlines made uniform. */
import { type ErrorPlace, NO_PLACE, PySyntaxError } from './errors.ts';

const COOKIE = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;
const BLANK_OR_COMMENT = /^[ \t\f]*(?:#.*)?$/;

/** Codecs of Python that turn text into text or bytes into bytes, and so cannot decode a program. */
const NON_TEXT_CODECS: ReadonlySet<string> = new Set([
  'rot13', 'rot-13', 'hex', 'hex-codec', 'base64', 'base64-codec', 'bz2', 'bz2-codec', 'zlib', 'zlib-codec', 'zip', 'uu', 'uu-codec', 'quopri', 'quopri-codec',
  'quoted-printable', 'quotedprintable',
]);

/** Python's names of encodings whose names the platform does not know. */
const PLATFORM_NAMES: Readonly<Record<string, string>> = {
  'cp1250': 'windows-1250', 'cp1251': 'windows-1251', 'cp1252': 'windows-1252', 'cp1253': 'windows-1253', 'cp1254': 'windows-1254',
  'cp1255': 'windows-1255', 'cp1256': 'windows-1256', 'cp1257': 'windows-1257', 'cp1258': 'windows-1258', 'cp866': 'ibm866',
  'koi8-r': 'koi8-r', 'koi8-u': 'koi8-u', 'euc-jp': 'euc-jp', 'euc-kr': 'euc-kr', 'shift-jis': 'shift_jis', 'sjis': 'shift_jis', 'cp932': 'shift_jis',
  'mac-roman': 'macintosh', 'macroman': 'macintosh', 'latin2': 'iso-8859-2', 'latin9': 'iso-8859-15', 'big5': 'big5', 'gbk': 'gbk', 'gb18030': 'gb18030', 'gb2312': 'gbk',
};

/** How the bytes of a program are encoded. */
export interface SourceEncoding {
  /** Python's normalised name: 'utf-8', 'iso-8859-1', or what the cookie says. */
  readonly name: string;
  /** Whether a cookie names it, rather than the default. */
  readonly declared: boolean;
  /** Length of the byte order mark: 3 or 0. */
  readonly markLength: number;
}

/** The encoding that the first two lines of a program declare, as `tokenize.detect_encoding` finds it. */
export function detectEncoding(bytes: Uint8Array): SourceEncoding {
  const markLength = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const [first = '', second = ''] = latin1(bytes.subarray(markLength, markLength + 1024)).split(/\r\n|\r|\n/, 2);
  let cookie = COOKIE.exec(first);
  if (cookie === null && BLANK_OR_COMMENT.test(first)) cookie = COOKIE.exec(second);
  if (cookie === null) return { name: 'utf-8', declared: false, markLength };
  return { name: normalizeName(cookie[1] as string), declared: true, markLength };
}

function normalizeName(name: string): string {
  const lower = name.slice(0, 12).toLowerCase().replaceAll('_', '-');
  if (lower === 'utf-8' || lower.startsWith('utf-8-')) return 'utf-8';
  if (/^(?:latin-1|iso-8859-1|iso-latin-1)(?:$|-)/.test(lower)) return 'iso-8859-1';
  return name;
}

function latin1(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 8192) parts.push(String.fromCharCode(...bytes.subarray(i, i + 8192)));
  return parts.join('');
}

/** Decodes with a codec of Python; undefined when there is none of that name, and the codec's message when it fails. */
export type CodecLookup = (bytes: Uint8Array, encoding: string) => string | { readonly failure: string } | undefined;

/** Decodes a program, which may be that of a file. Throws PySyntaxError for unknown encodings and malformed text. */
export function decodeSource(bytes: Uint8Array, filename: string, lookup: CodecLookup | undefined, fromFile = false): string {
  if (bytes.includes(0)) throw new PySyntaxError('SyntaxError', `source code ${fromFile ? '' : 'string '}cannot contain null bytes`, null, NO_PLACE, null);
  const encoding = detectEncoding(bytes);
  const body = encoding.markLength === 0 ? bytes : bytes.subarray(encoding.markLength);
  if (encoding.name === 'utf-8') return decodeUtf8(body, filename, fromFile);
  if (encoding.markLength > 0) throw markConflict(body, encoding.name, filename);
  return decodeNamed(body, { name: encoding.name, filename, fromFile, lookup });
}

function markConflict(body: Uint8Array, name: string, filename: string): PySyntaxError {
  const lines = latin1(body.subarray(0, 1024)).split(/\r\n|\r|\n/, 2);
  const index = COOKIE.test(lines[0] as string) ? 0 : 1;
  const text = lines[index] as string;
  const place: ErrorPlace = { lineno: index + 1, offset: 0, end_lineno: index + 1, end_offset: text.length };
  return new PySyntaxError('SyntaxError', `encoding problem: ${name} with BOM`, filename, place, text);
}

function decodeUtf8(bytes: Uint8Array, filename: string, fromFile: boolean): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw malformedUtf8(bytes, filename, fromFile);
  }
}

function malformedUtf8(bytes: Uint8Array, filename: string, fromFile: boolean): PySyntaxError {
  const index = validUtf8Length(bytes);
  let lineno = 1;
  let lineStart = 0;
  for (let i = 0; i < index; i++) {
    if (bytes[i] !== 0x0a) continue;
    lineno++;
    lineStart = i + 1;
  }
  const newline = bytes.indexOf(0x0a, index);
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const text = decoder.decode(bytes.subarray(lineStart, newline < 0 ? bytes.length : newline));
  const offset = [...decoder.decode(bytes.subarray(lineStart, index))].length + 1;
  const hex = (bytes[index] as number).toString(16).padStart(2, '0');
  const message = `Non-UTF-8 code starting with '\\x${hex}'${fromFile ? ` in file ${filename}` : ''} on line ${lineno}, but no encoding declared; see https://peps.python.org/pep-0263/ for details`;
  return new PySyntaxError('SyntaxError', message, filename, { lineno, offset, end_lineno: lineno, end_offset: offset }, text);
}

/** The number of bytes before the first malformed sequence. */
function validUtf8Length(bytes: Uint8Array): number {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let i = 0;
  while (i < bytes.length) {
    const lead = bytes[i] as number;
    const size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (size > 1) {
      try {
        decoder.decode(bytes.subarray(i, i + size));
      } catch {
        return i;
      }
    }
    i += size;
  }
  return bytes.length;
}

interface Named {
  readonly name: string;
  readonly filename: string;
  readonly fromFile: boolean;
  readonly lookup: CodecLookup | undefined;
}

function decodeNamed(bytes: Uint8Array, { name, filename, fromFile, lookup }: Named): string {
  const lower = name.toLowerCase().replaceAll('_', '-');
  const fail = (message: string): PySyntaxError =>
    new PySyntaxError('SyntaxError', message, filename, { lineno: 0, offset: -1, end_lineno: null, end_offset: null }, null);
  if (lower === 'iso-8859-1' || lower === 'latin1' || lower === 'l1' || lower === '8859') return latin1(bytes);
  if (lower === 'utf8' || lower === 'u8') return decodeUtf8(bytes, filename, fromFile);
  if (lower === 'ascii' || lower === 'us-ascii' || lower === '646') {
    const index = bytes.findIndex((byte) => byte >= 0x80);
    if (index < 0) return latin1(bytes);
    const hex = (bytes[index] as number).toString(16);
    throw fail(`'ascii' codec can't decode byte 0x${hex} in position ${index}: ordinal not in range(128)`);
  }
  if (NON_TEXT_CODECS.has(lower)) throw fail(`'${name}' is not a text encoding; use codecs.decode() to handle arbitrary codecs`);
  if (/^(?:utf-?16|utf-?32|u16|u32)/.test(lower)) throw fail(wideCodecMessage(bytes));
  if (/^(?:cp-?1252|windows-?1252|1252)$/.test(lower)) return decodeWindows1252(bytes);
  const decoded = lookup?.(bytes, name);
  if (decoded === undefined) return decodeByPlatform(bytes, name, lower, fail);
  if (typeof decoded === 'string') return decoded;
  throw fail(decoded.failure);
}

/** CPython decodes the first line, read as bytes, with the codec, and that fails at its newline. */
function wideCodecMessage(bytes: Uint8Array): string {
  const length = bytes.at(-1) === 0x0a ? bytes.length : bytes.length + 1;
  return `'utf-16-le' codec can't decode byte 0x0a in position ${length - 1}: truncated data`;
}

const WINDOWS_1252_HIGH = '\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178';

/** By hand, because Node 20 takes windows-1252 for Latin-1. */
function decodeWindows1252(bytes: Uint8Array): string {
  return latin1(bytes).replace(/[\x80-\x9f]/g, (character) => WINDOWS_1252_HIGH[character.charCodeAt(0) - 0x80] as string);
}

function decodeByPlatform(bytes: Uint8Array, name: string, lower: string, fail: (message: string) => PySyntaxError): string {
  let decoder: InstanceType<typeof TextDecoder>;
  try {
    decoder = new TextDecoder(PLATFORM_NAMES[lower] ?? lower, { fatal: true });
  } catch {
    throw fail(`unknown encoding: ${name}`);
  }
  try {
    return decoder.decode(bytes);
  } catch {
    throw fail(`'${name}' codec can't decode the source`);
  }
}

/** The text that the tokenizer reads: only `\n` between lines, and a newline at the end if `closed`. */
export function normalizeSource(text: string, closed: boolean, filename: string): string {
  if (text.includes('\0')) throw new PySyntaxError('SyntaxError', 'source code string cannot contain null bytes', null, NO_PLACE, null);
  rejectSurrogates(text, filename);
  const result = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  return closed && !result.endsWith('\n') && result !== '' ? `${result}\n` : result;
}

function rejectSurrogates(text: string, filename: string): void {
  const found = /[\ud800-\udfff]/u.exec(text);
  if (found === null) return;
  const position = [...text.slice(0, found.index)].length;
  const hex = found[0].charCodeAt(0).toString(16);
  const message = `'utf-8' codec can't encode character '\\u${hex}' in position ${position}: surrogates not allowed`;
  throw new PySyntaxError('UnicodeEncodeError', message, filename, NO_PLACE, null);
}
