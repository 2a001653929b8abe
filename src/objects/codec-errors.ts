/**
 * Error handlers of codecs: the exceptions, the handlers by name, and the callbacks that the algorithms under `algorithms/codecs` take.
 *
 * Handlers known by name work without making an exception. Source: CPython Python/codecs.c, Objects/exceptions.c.
 */
import { PyTuple } from '../core/containers.ts';
import { PyBaseException } from '../core/exception.ts';
import { NativeDefinition, PyBuiltinFunction } from '../core/native.ts';
import { PyBytes } from '../core/scalars.ts';
import type { Thread } from '../core/thread.ts';
import type { PyType } from '../core/type.ts';
import type { Value } from '../core/value.ts';
import { type CodecProblem, type DecodeErrorCallback, type EncodeErrorCallback, isSurrogate } from './algorithms/codecs/errors.ts';
import { encodeUtf8 } from './algorithms/codecs/utf8.ts';
import { codePointsOf, isWellFormed, strLength } from './algorithms/str-code-points.ts';
import { characterName } from './algorithms/unicode/names.ts';
import { call, isCallable } from './call.ts';
import { LookupError, UnicodeDecodeError, UnicodeEncodeError, UnicodeTranslateError } from './exception-types.ts';
import { newBytes, newTuple } from './make.ts';
import { isRaised, newException, raise, raiseIndexError, raiseTypeError, typeName } from './raise.ts';
import { BUILTIN_FUNCTION_TYPE } from './static-types.ts';
import { asInt, asStr } from './type-of.ts';


function unicodeError(type: PyType, values: readonly [name: string, value: Value][]): PyBaseException {
  const exception = newException(type, ...values.map(([, value]) => value));
  exception.fields = new Map(values);
  return exception;
}

/** A UnicodeDecodeError. */
export function newDecodeError(problem: CodecProblem, object: PyBytes): PyBaseException {
  return unicodeError(UnicodeDecodeError, [
    ['encoding', problem.encoding], ['object', object], ['start', problem.start], ['end', problem.end], ['reason', problem.reason],
  ]);
}

/** A UnicodeEncodeError. */
export function newEncodeError(problem: CodecProblem, object: string): PyBaseException {
  return unicodeError(UnicodeEncodeError, [
    ['encoding', problem.encoding], ['object', object], ['start', problem.start], ['end', problem.end], ['reason', problem.reason],
  ]);
}

/** A UnicodeTranslateError. */
export function newTranslateError(object: string, start: number, end: number, reason: string): PyBaseException {
  return unicodeError(UnicodeTranslateError, [['object', object], ['start', start], ['end', end], ['reason', reason]]);
}

/** What a handler answers; undefined when it cannot help and the error is to be raised. */
interface Answer {
  readonly replacement: string | Uint8Array;
  readonly resume: number;
}

type EncodeHandler = (problem: CodecProblem, points: Uint32Array) => Answer | undefined;
type DecodeHandler = (problem: CodecProblem, bytes: Uint8Array) => Answer | undefined;

function backslashEscape(point: number): string {
  if (point < 0x100) return `\\x${point.toString(16).padStart(2, '0')}`;
  return point < 0x10000 ? `\\u${point.toString(16).padStart(4, '0')}` : `\\U${point.toString(16).padStart(8, '0')}`;
}

/** A handler that replaces each character on its own. */
function perCharacter(replace: (point: number) => string): EncodeHandler {
  return (problem, points) => {
    let replacement = '';
    for (let i = problem.start; i < problem.end; i++) replacement += replace(points[i]!);
    return { replacement, resume: problem.end };
  };
}

function nameEscape(point: number): string {
  const name = characterName(point);
  return name === undefined ? backslashEscape(point) : `\\N{${name}}`;
}

function escapeSurrogates(problem: CodecProblem, points: Uint32Array): Answer | undefined {
  const replacement = new Uint8Array(problem.end - problem.start);
  for (let i = problem.start; i < problem.end; i++) {
    const point = points[i]!;
    if (point < 0xdc80 || point > 0xdcff) return undefined;
    replacement[i - problem.start] = point - 0xdc00;
  }
  return { replacement, resume: problem.end };
}

/** Unit width and byte order of the encodings that `surrogatepass` knows. */
function surrogateEncoding(encoding: string): { width: 2 | 3 | 4; big: boolean } | undefined {
  const name = encoding.toLowerCase().replace(/_/g, '-');
  const match = /^(?:utf-?(8|16|32)(?:-?(le|be))?|cp65001)$/.exec(name);
  if (match === null) return undefined;
  const width = match[1] === '16' ? 2 : match[1] === '32' ? 4 : 3;
  return { width, big: match[2] === 'be' };
}

function unitBytes(point: number, width: 2 | 3 | 4, big: boolean): number[] {
  if (width === 3) return [0xe0 | (point >> 12), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63)];
  const little = width === 2 ? [point & 255, point >> 8] : [point & 255, point >> 8, 0, 0];
  return big ? little.reverse() : little;
}

function passSurrogates(problem: CodecProblem, points: Uint32Array): Answer | undefined {
  const form = surrogateEncoding(problem.encoding);
  if (form === undefined) return undefined;
  const replacement: number[] = [];
  for (let i = problem.start; i < problem.end; i++) {
    if (!isSurrogate(points[i]!)) return undefined;
    replacement.push(...unitBytes(points[i]!, form.width, form.big));
  }
  return { replacement: Uint8Array.from(replacement), resume: problem.end };
}

const ENCODE_HANDLERS: Readonly<Record<string, EncodeHandler>> = {
  strict: () => undefined,
  ignore: (problem) => ({ replacement: '', resume: problem.end }),
  replace: perCharacter(() => '?'),
  xmlcharrefreplace: perCharacter((point) => `&#${point};`),
  backslashreplace: perCharacter(backslashEscape),
  namereplace: perCharacter(nameEscape),
  surrogateescape: escapeSurrogates,
  surrogatepass: passSurrogates,
};

function unescapeBytes(problem: CodecProblem, bytes: Uint8Array): Answer | undefined {
  let replacement = '';
  for (let i = problem.start; i < problem.end && i < problem.start + 4 && bytes[i]! >= 128; i++) {
    replacement += String.fromCharCode(0xdc00 + bytes[i]!);
  }
  return replacement === '' ? undefined : { replacement, resume: problem.start + replacement.length };
}

function passSurrogateBytes(problem: CodecProblem, bytes: Uint8Array): Answer | undefined {
  const form = surrogateEncoding(problem.encoding);
  if (form === undefined) return undefined;
  const unit = bytes.subarray(problem.start, problem.start + form.width);
  if (unit.length < form.width) return undefined;
  let point: number;
  if (form.width === 3) {
    if ((unit[0]! & 0xf0) !== 0xe0 || (unit[1]! & 0xc0) !== 0x80 || (unit[2]! & 0xc0) !== 0x80) return undefined;
    point = ((unit[0]! & 15) << 12) | ((unit[1]! & 63) << 6) | (unit[2]! & 63);
  } else point = (form.big ? Array.from(unit) : Array.from(unit).reverse()).reduce((sum, byte) => sum * 256 + byte, 0);
  return isSurrogate(point) ? { replacement: String.fromCharCode(point), resume: problem.start + form.width } : undefined;
}

const DECODE_HANDLERS: Readonly<Record<string, DecodeHandler>> = {
  strict: () => undefined,
  ignore: (problem) => ({ replacement: '', resume: problem.end }),
  replace: (problem) => ({ replacement: '\ufffd', resume: problem.end }),
  backslashreplace: (problem, bytes) => ({
    replacement: Array.from(bytes.subarray(problem.start, problem.end), backslashEscape).join(''),
    resume: problem.end,
  }),
  surrogateescape: unescapeBytes,
  surrogatepass: passSurrogateBytes,
};

/** Handlers registered by the program, by name. */
export type HandlerTable = Map<string, Value>;

const STATE = 'codec error handlers';

function handlersOf(t: Thread): HandlerTable {
  let table = t.interpreter.moduleState.get(STATE) as HandlerTable | undefined;
  if (table === undefined) t.interpreter.moduleState.set(STATE, (table = new Map()));
  return table;
}

/** `codecs.register_error(name, handler)`. */
export function registerErrorHandler(t: Thread, name: string, handler: Value): void {
  if (!isCallable(handler)) raiseTypeError('handler must be callable');
  handlersOf(t).set(name, handler);
}

/** `codecs._unregister_error(name)`: false when it was not registered. */
export function unregisterErrorHandler(t: Thread, name: string): boolean {
  return handlersOf(t).delete(name);
}

/** Whether the name is one of the handlers that every interpreter has. */
export function isBuiltinHandler(name: string): boolean {
  return Object.hasOwn(ENCODE_HANDLERS, name);
}

/** `codecs.lookup_error(name)`; raises LookupError. */
export function lookupErrorHandler(t: Thread, name: string): Value {
  const table = handlersOf(t);
  let handler = table.get(name);
  if (handler === undefined) {
    if (!isBuiltinHandler(name)) raise(LookupError, `unknown error handler name '${name}'`);
    handler = builtinHandlerObject(name);
    table.set(name, handler);
  }
  return handler;
}

/** A known handler as a function of an exception, as Python sees it. */
function builtinHandlerObject(name: string): PyBuiltinFunction {
  const run = (_t: Thread, exception: Value): Value => answerException(name, exception);
  const definition = new NativeDefinition(`${name}_errors`, run as (t: Thread, ...args: never[]) => Value, '($module, exc, /)', `The '${name}' error handling.`, 'method');
  return new PyBuiltinFunction(BUILTIN_FUNCTION_TYPE, definition, null, { bound: false, moduleName: null, owner: null });
}

function problemOf(exception: PyBaseException): CodecProblem {
  const fields = exception.fields;
  const number = (name: string): number => Number(asInt(fields?.get(name) ?? 0) ?? 0);
  return {
    encoding: asStr(fields?.get('encoding') ?? '') ?? '', reason: asStr(fields?.get('reason') ?? '') ?? '', start: number('start'), end: number('end'),
  };
}

function answerException(name: string, exception: Value): Value {
  if (!(exception instanceof PyBaseException)) raiseTypeError('codec must pass exception instance');
  if (name === 'strict') throw exception;
  const problem = problemOf(exception);
  const object = exception.fields?.get('object');
  const decoding = isRaised(exception, UnicodeDecodeError);
  let answer: Answer | undefined;
  if (decoding && object instanceof PyBytes) {
    const handler = DECODE_HANDLERS[name];
    if (handler === undefined) raiseTypeError(`don't know how to handle UnicodeDecodeError in error callback`);
    answer = handler(problem, object.value);
  } else if (isRaised(exception, UnicodeEncodeError) || isRaised(exception, UnicodeTranslateError)) {
    const translating = isRaised(exception, UnicodeTranslateError);
    const handler = translating && name === 'replace' ? perCharacter(() => '\ufffd') : ENCODE_HANDLERS[name]!;
    answer = handler(problem, codePointsOf(asStr(object ?? '') ?? ''));
  } else raiseTypeError(`don't know how to handle ${typeName(exception)} in error callback`);
  if (answer === undefined) throw exception;
  const { replacement, resume } = answer;
  return newTuple([typeof replacement === 'string' ? replacement : newBytes(replacement), resume]);
}

function resumePosition(position: Value, length: number): number {
  const index = asInt(position)!;
  const resume = Number(index) < 0 ? Number(index) + length : Number(index);
  return resume >= 0 && resume <= length ? resume : raiseIndexError(`position ${index} from error handler out of bounds`);
}

/** The callback for a decoder: `errors` is the handler's name, `source` makes the bytes object for exceptions. */
export function decodeCallback(t: Thread, bytes: Uint8Array, errors: string, source: () => PyBytes): DecodeErrorCallback {
  const known = DECODE_HANDLERS[errors];
  return (problem) => {
    if (known !== undefined) {
      const answer = known(problem, bytes);
      if (answer === undefined) throw newDecodeError(problem, source());
      return answer as { replacement: string; resume: number };
    }
    const result = call(t, lookupErrorHandler(t, errors), [newDecodeError(problem, source())]);
    if (!(result instanceof PyTuple) || result.items.length !== 2) raiseTypeError('decoding error handler must return (str, int) tuple');
    const replacement = asStr(result.items[0]);
    if (replacement === undefined || asInt(result.items[1]) === undefined) raiseTypeError('decoding error handler must return (str, int) tuple');
    return { replacement, resume: resumePosition(result.items[1]!, bytes.length) };
  };
}

/** The callback for an encoder. */
export function encodeCallback(t: Thread, text: string, errors: string): EncodeErrorCallback {
  const known = ENCODE_HANDLERS[errors];
  let points: Uint32Array | undefined;
  return (problem) => {
    if (known !== undefined) {
      const answer = known(problem, (points ??= codePointsOf(text)));
      if (answer === undefined) throw newEncodeError(problem, text);
      return answer;
    }
    const result = call(t, lookupErrorHandler(t, errors), [newEncodeError(problem, text)]);
    const fail = (): never => raiseTypeError('encoding error handler must return (str/bytes, int) tuple');
    if (!(result instanceof PyTuple) || result.items.length !== 2) return fail();
    const [first, position] = result.items;
    const replacement = first instanceof PyBytes ? first.value : asStr(first);
    if (replacement === undefined || asInt(position) === undefined) return fail();
    return { replacement, resume: resumePosition(position!, strLength(text)) };
  };
}

/** Raises the UnicodeEncodeError itself: for replacements that cannot be encoded. */
export function strictEncode(text: string): (problem: CodecProblem) => never {
  return (problem) => {
    throw newEncodeError(problem, text);
  };
}

/** Raises UnicodeEncodeError for text with lone surrogates, which UTF-8 cannot hold. */
export function checkUtf8(text: string): void {
  if (!isWellFormed(text)) encodeUtf8(text, strictEncode(text), strictEncode(text));
}
