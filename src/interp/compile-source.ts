/** From source text to code objects of this interpreter: `compile`, and the errors of the front end as Python exceptions. */
import { isAbsolute } from 'node:path';
import type { CodeObject } from '../bytecode/code.ts';
import { CompilationFailure } from '../compiler/errors.ts';
import { compile } from '../compiler/compiler.ts';
import type { CompilerExtension } from '../compiler/extension.ts';
import type { Mod } from '../frontend/ast.ts';
import { PySyntaxError, type WarningCategory } from '../frontend/errors.ts';
import { parse, type ParseMode } from '../frontend/parser.ts';
import { decodeSource } from '../frontend/source-encoding.ts';
import type { PyBaseException } from '../core/exception.ts';
import { PyTuple } from '../core/containers.ts';
import type { Thread } from '../core/thread.ts';
import { opcodePack } from '../hooks/opcode-pack.ts';
import type { Value } from '../core/value.ts';
import * as E from '../objects/exception-types.ts';
import { newTuple } from '../objects/make.ts';
import { isRaised, newException } from '../objects/raise.ts';
import { decodeBytes } from '../objects/codec-registry.ts';
import { str } from '../objects/text.ts';
import { lookupName } from '../objects/algorithms/unicode/names.ts';
import { warnExplicit } from './warn-explicit.ts';

/** Bits of `compile()`'s flags argument (CPython's PyCF_*). */
export const PyCF = {
  ONLY_AST: 0x400,
  DONT_IMPLY_DEDENT: 0x200,
  IGNORE_COOKIE: 0x800,
  TYPE_COMMENTS: 0x1000,
  ALLOW_TOP_LEVEL_AWAIT: 0x2000,
  ALLOW_INCOMPLETE_INPUT: 0x4000,
  OPTIMIZED_AST: 0x8400,
} as const;

const FUTURE_BARRY = 0x400000;

/** How to compile source text. */
export interface SourceOptions {
  readonly filename: string;
  readonly mode: ParseMode;
  readonly flags: number;
  /** -1: as the interpreter was started. */
  readonly optimize: number;
  /** Whether `filename` names the file that is compiled, as for the main script; else the source alone counts. */
  readonly fromFile?: boolean;
}

const KINDS: Readonly<Record<string, typeof E.SyntaxError>> = {
  SyntaxError: E.SyntaxError, IndentationError: E.IndentationError, TabError: E.TabError, MemoryError: E.MemoryError, _IncompleteInputError: E.IncompleteInputError,
  RecursionError: E.RecursionError, SystemError: E.SystemError, ValueError: E.ValueError, TypeError: E.TypeError, UnicodeEncodeError: E.UnicodeEncodeError,
};

/** A SyntaxError (or subclass) with its details as args and fields. */
export function syntaxErrorException(error: PySyntaxError): PyBaseException {
  const type = KINDS[error.kind] ?? E.SyntaxError;
  if (error.kind === 'MemoryError') return newException(type, error.msg);
  const { filename, lineno, offset, text, end_lineno, end_offset } = error;
  const exception = newException(type, error.msg, newTuple([filename, lineno, offset, text, end_lineno, end_offset]));
  exception.fields = new Map<string, Value>([
    ['msg', error.msg], ['filename', filename], ['lineno', lineno], ['offset', offset], ['text', text], ['end_lineno', end_lineno], ['end_offset', end_offset],
    ['print_file_and_line', null],
  ]);
  return exception;
}

/** What `traceback` looks for mistyped keywords in: where its search begins, and the source unless it is that of a file. */
function withMetadata(exception: PyBaseException, { source }: PySyntaxError, fromFile: boolean): PyBaseException {
  if (source !== null) exception.fields?.set('metadata', newTuple([0, 0, fromFile ? null : source]));
  return exception;
}

function toException(caught: unknown, fromFile = false): unknown {
  if (caught instanceof PySyntaxError) return withMetadata(syntaxErrorException(caught), caught, fromFile);
  if (caught instanceof CompilationFailure) return newException(KINDS[caught.kind] ?? E.SystemError, caught.msg);
  return caught;
}

/** Reports a warning; true when the filters turned it into an error. */
function reporter(t: Thread, filename: string): (category: WarningCategory, message: string, line: number) => boolean {
  return (category, message, line) => {
    const type = category === 'SyntaxWarning' ? E.SyntaxWarning : E.DeprecationWarning;
    try {
      warnExplicit(t, type, message, filename, line);
      return false;
    } catch (caught) {
      if (isRaised(caught, type)) return true;
      throw caught;
    }
  };
}

/** Parses source text. Raises SyntaxError and its like. */
export function parseSource(t: Thread, source: string | Uint8Array, options: SourceOptions): Mod {
  try {
    return parse(source, {
      filename: options.filename,
      mode: options.mode,
      typeComments: (options.flags & PyCF.TYPE_COMMENTS) !== 0,
      flufl: (options.flags & FUTURE_BARRY) !== 0,
      dontImplyDedent: (options.flags & PyCF.DONT_IMPLY_DEDENT) !== 0,
      allowIncompleteInput: (options.flags & PyCF.ALLOW_INCOMPLETE_INPUT) !== 0,
      fromFile: options.fromFile ?? false,
      decode: (bytes, encoding) => decodeByCodec(t, bytes, encoding),
      maxIntegerDigits: t.interpreter.intMaxStrDigits,
      resolveUnicodeName: (name) => lookupName(name, /* sequences */ false),
      warn: reporter(t, options.filename),
    });
  } catch (caught) {
    throw toException(caught, options.fromFile);
  }
}

/** Decodes a program by a codec of Python. */
function decodeByCodec(t: Thread, bytes: Uint8Array, encoding: string): string | { failure: string } | undefined {
  try {
    return decodeBytes(t, bytes, encoding);
  } catch (caught) {
    if (isRaised(caught, E.LookupError)) return undefined;
    if (isRaised(caught, E.UnicodeDecodeError)) return { failure: str(t, caught) };
    throw caught;
  }
}

/** Compiles a tree, which is used up. Raises SyntaxError and its like. */
export function compileTree(t: Thread, tree: Mod, options: SourceOptions): CodeObject {
  try {
    const optimize = options.optimize < 0 ? t.interpreter.config.optimize : options.optimize;
    return compile(tree, { filename: options.filename, optimize, flags: options.flags, warn: reporter(t, options.filename), extension: (opcodePack()?.compiler ?? null) as CompilerExtension | null });
  } catch (caught) {
    throw toException(caught);
  }
}

/** Compiles source text. Raises SyntaxError and its like. */
export function compileSource(t: Thread, source: string | Uint8Array, options: SourceOptions): CodeObject {
  const tree = parseSource(t, source, options);
  try {
    return compileTree(t, tree, options);
  } catch (caught) {
    if (isRaised(caught, E.SyntaxError)) addLine(t, caught, source, options);
    throw caught;
  }
}

/** Gives an error of the compiler the line that it is about, which CPython reads from the file: bytes with a path are those of a file, as importlib and the main script have them. */
function addLine(t: Thread, error: PyBaseException, source: string | Uint8Array, { filename }: SourceOptions): void {
  const line = error.fields?.get('lineno');
  if (typeof source === 'string' || !isAbsolute(filename) || typeof line !== 'number' || error.fields?.get('text') !== null) return;
  const text = decodeSource(source, filename, (bytes, encoding) => decodeByCodec(t, bytes, encoding)).split(/\r\n|\r|\n/)[line - 1];
  if (text === undefined) return;
  error.fields.set('text', `${text}\n`);
  const [message, place] = error.args.items;
  if (place instanceof PyTuple) error.args = newTuple([message!, newTuple(place.items.map((item, i) => (i === TEXT_INDEX ? `${text}\n` : item)))]);
}

/** The line among the details of a SyntaxError. */
const TEXT_INDEX = 3;
