/** `sys.stdin`, `stdout`, `stderr` as CPython makes them at start-up (Python/pylifecycle.c, create_stdio). */
import { fstatSync } from 'node:fs';
import type { Thread } from '../../core/thread.ts';
import type { Value } from '../../core/value.ts';
import { setAttr } from '../../objects/attributes.ts';
import { call } from '../../objects/call.ts';
import { tableSetStr } from '../../objects/hash-table.ts';
import { isAtty } from '../descriptors.ts';
import { DEFAULT_BUFFER_SIZE, type PyIoBase } from './base.ts';
import { BUFFERED_READER_TYPE, BUFFERED_WRITER_TYPE } from './buffered.ts';
import { FILE_IO_TYPE } from './file-io.ts';
import { TEXT_IO_WRAPPER_TYPE } from './text-io.ts';

interface StreamOptions {
  readonly encoding: string;
  readonly errors: string;
}

/** `PYTHONIOENCODING=encoding:errors`. */
function configuredCodec(t: Thread): Partial<StreamOptions> {
  const value = t.interpreter.config.flags.ignore_environment === 0 ? t.interpreter.config.environment.PYTHONIOENCODING : undefined;
  if (value === undefined || value === '') return {};
  const [encoding, errors] = value.split(':');
  return { ...(encoding ? { encoding } : {}), ...(errors ? { errors } : {}) };
}

/** In the C locale bytes that are no UTF-8 pass through the program unharmed. */
function localeErrors(t: Thread): string {
  const { LC_ALL, LC_CTYPE, LANG } = t.interpreter.config.environment;
  const locale = LC_ALL || LC_CTYPE || LANG || 'C';
  return t.interpreter.config.flags.utf8_mode !== 0 || /^(C|POSIX|C\.UTF-8|C\.utf8|UTF-8)$/.test(locale) ? 'surrogateescape' : 'strict';
}

function isOpen(fd: number): boolean {
  try {
    fstatSync(fd);
    return true;
  } catch {
    return false;
  }
}

function makeStream(t: Thread, fd: number, name: string, options: StreamOptions): Value {
  if (!isOpen(fd)) return null;
  const writing = fd !== 0;
  const unbuffered = t.interpreter.config.flags.unbuffered !== 0 && writing;
  const raw = call(t, FILE_IO_TYPE, [fd, writing ? 'wb' : 'rb', false]);
  setAttr(t, raw, 'name', name);
  const buffer = unbuffered ? raw : call(t, writing ? BUFFERED_WRITER_TYPE : BUFFERED_READER_TYPE, [raw, DEFAULT_BUFFER_SIZE]);
  const interactive = isAtty(fd) || t.interpreter.config.flags.interactive !== 0;
  const lineBuffering = writing && !unbuffered && (interactive || fd === 2);
  const stream = call(t, TEXT_IO_WRAPPER_TYPE, [buffer, options.encoding, options.errors, '\n', lineBuffering, unbuffered]);
  setAttr(t, stream, 'mode', writing ? 'w' : 'r');
  for (const layer of [raw, buffer, stream]) (layer as PyIoBase).isStandard = true;
  return stream;
}

/** Puts the three streams into `sys`, under their names and as `__stdin__` and so on. */
export function makeStandardStreams(t: Thread): void {
  const given = configuredCodec(t);
  const encoding = given.encoding ?? 'utf-8';
  const { table } = t.interpreter.sys;
  const errors = given.errors ?? (given.encoding === undefined ? localeErrors(t) : 'strict');
  const streams: readonly [string, number, string][] = [['stdin', 0, errors], ['stdout', 1, errors], ['stderr', 2, 'backslashreplace']];
  for (const [name, fd, handler] of streams) {
    const stream = makeStream(t, fd, `<${name}>`, { encoding, errors: handler });
    tableSetStr(table, name, stream);
    tableSetStr(table, `__${name}__`, stream);
  }
}
