/** `open`, `input` and `breakpoint` (Python/bltinmodule.c). */
import { PyBaseException } from '../../core/exception.ts';
import type { Thread } from '../../core/thread.ts';
import type { Value } from '../../core/value.ts';
import { getAttr } from '../../objects/attributes.ts';
import { call, callMethod } from '../../objects/call.ts';
import { EOFError, RuntimeError } from '../../objects/exception-types.ts';
import { tableGetStr } from '../../objects/hash-table.ts';
import { importModule } from '../../objects/import-hook.ts';
import { raise, raiseTypeError, typeName } from '../../objects/raise.ts';
import { str } from '../../objects/text.ts';
import { asStr } from '../../objects/type-of.ts';
import { lineEditor } from '../line-input.ts';

const OPEN_PARAMETERS = ['mode', 'buffering', 'encoding', 'errors', 'newline', 'closefd', 'opener'];

/** `open(...)`: `_io.open`. */
export function builtins_open(t: Thread, file: Value, ...options: (Value | undefined)[]): Value {
  const names = OPEN_PARAMETERS.filter((_, i) => options[i] !== undefined);
  const values = options.filter((value): value is Value => value !== undefined);
  return call(t, getAttr(t, importModule(t, '_io'), 'open'), [file, ...values], names.length === 0 ? null : names);
}

function stream(t: Thread, name: string): Value {
  const file = tableGetStr(t.interpreter.sys.table, name);
  return file === undefined || file === null ? raise(RuntimeError, `input(): lost sys.${name}`) : file;
}

/** Prompts are shown where that is possible: a stream without `flush` is no error. */
function flushQuietly(t: Thread, stream: Value): void {
  try {
    callMethod(t, stream, 'flush');
  } catch (caught) {
    if (!(caught instanceof PyBaseException)) throw caught;
  }
}

/** Whether the stream is the one that the interpreter started with: the terminal, where that is one. */
function isStandardStream(t: Thread, file: Value, name: string): boolean {
  return file === tableGetStr(t.interpreter.sys.table, `__${name}__`);
}

/** `input([prompt])`: a line of `sys.stdin` without its newline; raises EOFError at the end. */
export function builtins_input(t: Thread, prompt?: Value): Value {
  const stdin = stream(t, 'stdin');
  const stdout = stream(t, 'stdout');
  flushQuietly(t, stream(t, 'stderr'));
  const edit = isStandardStream(t, stdin, 'stdin') && isStandardStream(t, stdout, 'stdout') ? lineEditor() : null;
  if (edit !== null) {
    const edited = edit(t, prompt === undefined ? '' : str(t, prompt));
    return edited === undefined ? raise(EOFError, '') : edited.slice(0, -1);
  }
  if (prompt !== undefined) callMethod(t, stdout, 'write', str(t, prompt));
  flushQuietly(t, stdout);
  const line = asStr(callMethod(t, stdin, 'readline'));
  if (line === undefined) raiseTypeError(`object.readline() returned non-string (type ${typeName(stdin)})`);
  if (line === '') raise(EOFError, 'EOF when reading a line');
  return line.endsWith('\n') ? line.slice(0, -1) : line;
}

/** `breakpoint(*args, **kws)`: `sys.breakpointhook`. */
export function builtins_breakpoint(t: Thread, args: Value[], keywords: Map<string, Value>): Value {
  const hook = tableGetStr(t.interpreter.sys.table, 'breakpointhook');
  if (hook === undefined) raise(RuntimeError, 'lost sys.breakpointhook');
  return call(t, hook, [...args, ...keywords.values()], keywords.size === 0 ? null : [...keywords.keys()]);
}
