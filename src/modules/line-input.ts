/** A line for `input()` and the prompt: from an editor if one was installed and there is a terminal, else from `sys.stdin` (Parser/myreadline.c). */
import { isatty } from 'node:tty';
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { callMethod } from '../objects/call.ts';
import { tableGetStr } from '../objects/hash-table.ts';
import { raiseRuntimeError, raiseTypeError, typeName } from '../objects/raise.ts';
import { asStr } from '../objects/type-of.ts';

/** Edits a line on the terminal; its text with the newline, undefined at the end of input. Raises KeyboardInterrupt. */
export type LineEditor = (t: Thread, prompt: string) => string | undefined;

let editor: LineEditor | null = null;

/** The module `readline` installs itself here when it is imported. */
export function setLineEditor(implementation: LineEditor): void {
  editor = implementation;
}

/** The editor, if one was installed and standard input and output are a terminal that can move its cursor. */
export function lineEditor(): LineEditor | null {
  return editor !== null && process.env.TERM !== 'dumb' && isatty(0) && isatty(1) ? editor : null;
}

function stream(t: Thread, name: string): Value {
  return tableGetStr(t.interpreter.sys.table, name) ?? raiseRuntimeError(`lost sys.${name}`);
}

/** Shows the prompt, on standard error as the plain prompt does, and reads a line with its newline; undefined at the end of input. */
export function readLine(t: Thread, prompt: string): string | undefined {
  const edit = lineEditor();
  if (edit !== null) return edit(t, prompt);
  const stderr = stream(t, 'stderr');
  callMethod(t, stderr, 'write', prompt);
  callMethod(t, stderr, 'flush');
  const line = callMethod(t, stream(t, 'stdin'), 'readline');
  const text = asStr(line) ?? raiseTypeError(`object.readline() returned non-string (type ${typeName(line)})`);
  return text === '' ? undefined : text;
}
