/** `io.open`, `io.open_code`, `io.text_encoding` (Modules/_io/_iomodule.c). */
import type { Thread } from '../../core/thread.ts';
import type { Maybe, Value } from '../../core/value.ts';
import { strRepr } from '../../objects/algorithms/str-repr.ts';
import { setAttr } from '../../objects/attributes.ts';
import { call, callMethod } from '../../objects/call.ts';
import { EncodingWarning, RuntimeWarning } from '../../objects/exception-types.ts';
import { intArgument, strArgument } from '../../objects/native-arguments.ts';
import { raiseTypeError, raiseValueError, typeName } from '../../objects/raise.ts';
import { isTrue } from '../../objects/truth.ts';
import { asInt, asStr } from '../../objects/type-of.ts';
import { warn } from '../../objects/warn-hook.ts';
import { fsPath } from '../host-path.ts';
import { DEFAULT_BUFFER_SIZE } from './base.ts';
import { BUFFERED_RANDOM_TYPE, BUFFERED_READER_TYPE, BUFFERED_WRITER_TYPE } from './buffered.ts';
import { FILE_IO_TYPE, type PyFileIO } from './file-io.ts';
import { TEXT_IO_WRAPPER_TYPE } from './text-io.ts';
import { warnsOfDefaultEncoding } from './text-codec.ts';

interface Mode {
  readonly raw: string;
  readonly updating: boolean;
  readonly reading: boolean;
  readonly writing: boolean;
  readonly binary: boolean;
  readonly text: string;
}

function parseMode(mode: string): Mode {
  const letters = new Set(mode);
  if (letters.size !== mode.length || /[^rwaxbt+]/.test(mode)) raiseValueError(`invalid mode: ${strRepr(mode)}`);
  const kinds = [...'xrwa'].filter((letter) => letters.has(letter));
  const binary = letters.has('b');
  if (letters.has('t') && binary) raiseValueError("can't have text and binary mode at once");
  if (kinds.length === 0) raiseValueError('Must have exactly one of create/read/write/append mode and at most one plus');
  if (kinds.length !== 1) raiseValueError('must have exactly one of create/read/write/append mode');
  const updating = letters.has('+');
  return { raw: kinds[0]! + (updating ? '+' : ''), updating, reading: kinds[0] === 'r', writing: kinds[0] !== 'r', binary, text: mode };
}

function checkTextOptions(mode: Mode, encoding: Maybe, errors: Maybe, newline: Maybe): void {
  if (!mode.binary) return;
  const given = (value: Maybe): boolean => value !== undefined && value !== null;
  if (given(encoding)) raiseValueError("binary mode doesn't take an encoding argument");
  if (given(errors)) raiseValueError("binary mode doesn't take an errors argument");
  if (given(newline)) raiseValueError("binary mode doesn't take a newline argument");
}

/** `io.open(...)`. */
export function io_open(t: Thread, file: Value, modeValue?: Value, bufferingValue?: Value, encoding?: Value, errors?: Value, newline?: Value, closefd?: Value, opener?: Value): Value {
  const path = asInt(file) !== undefined ? file : fsPath(t, file);
  const mode = parseMode(modeValue === undefined ? 'r' : strArgument(modeValue, "open() argument 'mode'"));
  for (const [name, value] of [['encoding', encoding], ['errors', errors], ['newline', newline]] as const) {
    if (value !== undefined && value !== null && asStr(value) === undefined) raiseTypeError(`open() argument '${name}' must be str or None, not ${typeName(value)}`);
  }
  let buffering = intArgument(t, bufferingValue, -1);
  checkTextOptions(mode, encoding, errors, newline);
  if (mode.binary && buffering === 1) warn(t, RuntimeWarning, "line buffering (buffering=1) isn't supported in binary mode, the default buffer size will be used");
  const raw = call(t, FILE_IO_TYPE, [path, mode.raw, closefd ?? true, opener ?? null]) as PyFileIO;
  try {
    const lineBuffering = buffering === 1 && !mode.binary;
    const isatty = buffering < 0 && isTrue(t, callMethod(t, raw, '_isatty_open_only'));
    if (buffering === 1 || buffering < 0) buffering = Math.max(Math.min(raw.blockSize, 8 << 20), DEFAULT_BUFFER_SIZE);
    if (buffering === 0) return mode.binary ? raw : raiseValueError("can't have unbuffered text I/O");
    const type = mode.updating ? BUFFERED_RANDOM_TYPE : mode.reading ? BUFFERED_READER_TYPE : BUFFERED_WRITER_TYPE;
    const buffer = call(t, type, [raw, buffering]);
    if (mode.binary) return buffer;
    const text = call(t, TEXT_IO_WRAPPER_TYPE, [buffer, encoding ?? null, errors ?? null, newline ?? null, lineBuffering || isatty]);
    setAttr(t, text, 'mode', mode.text);
    return text;
  } catch (caught) {
    callMethod(t, raw, 'close');
    throw caught;
  }
}

/** `io.open_code(path)`. */
export function io_open_code(t: Thread, path: Value): Value {
  return io_open(t, strArgument(path, "open_code() argument 'path'"), 'rb');
}

/** `io.text_encoding(encoding, stacklevel=2)`. */
export function io_text_encoding(t: Thread, encoding: Value, stacklevel?: Value): Value {
  if (encoding !== null) return encoding;
  if (warnsOfDefaultEncoding(t)) warn(t, EncodingWarning, "'encoding' argument not specified", intArgument(t, stacklevel, 2));
  return t.interpreter.config.flags.utf8_mode !== 0 ? 'utf-8' : 'locale';
}

