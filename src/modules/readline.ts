/**
 * `readline` (Modules/readline.c): line editing for `input()` and the plain prompt. GNU readline cannot be linked, so the editor is Ladon's own (folder
 * beside): emacs mode with its common keys, history and completion. Of init lines, those that bind Tab are understood and others have no effect.
 */
import { readFileSync, writeFileSync, appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { homedir } from 'node:os';
import type { Thread } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import { isCallable } from '../objects/call.ts';
import { toIndex } from '../objects/operators.ts';
import { raiseTypeError, raiseValueError } from '../objects/raise.ts';
import { asStr } from '../objects/type-of.ts';
import { fsPath, hostPath } from './host-path.ts';
import { setLineEditor } from './line-input.ts';
import type { NativeModule } from './native-module.ts';
import { osCall } from './os-errors.ts';
import { readlineState } from './readline/state.ts';
import { readEditedLine } from './readline/terminal.ts';

/** As GNU readline 8.2. */
const VERSION = 0x0802;

function textArgument(value: Value): string {
  return asStr(value) ?? raiseTypeError('bad argument type for built-in operation');
}

function filePath(t: Thread, filename: Maybe): string | Buffer {
  return filename === undefined || filename === null ? join(homedir(), '.history') : hostPath(t, fsPath(t, filename));
}

function readLines(t: Thread, filename: Maybe): string[] {
  const path = filePath(t, filename);
  const lines = osCall(() => readFileSync(path, 'utf8')).split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function limited(lines: readonly string[], limit: number): readonly string[] {
  return limit >= 0 ? lines.slice(Math.max(0, lines.length - limit)) : lines;
}

function asText(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

function readline_read_history_file(t: Thread, filename?: Value): void {
  readlineState(t).history.push(...readLines(t, filename));
}

function readline_write_history_file(t: Thread, filename?: Value): void {
  const { history, historyLength } = readlineState(t);
  const path = filePath(t, filename);
  osCall(() => writeFileSync(path, asText(limited(history, historyLength)), { mode: 0o600 }));
}

function readline_append_history_file(t: Thread, count: Value, filename?: Value): void {
  const number = Number(toIndex(t, count));
  if (number < 0) raiseValueError('nelements must be non-negative');
  const { history, historyLength } = readlineState(t);
  const path = filePath(t, filename);
  // As GNU readline, only a file that is there is appended to.
  osCall(() => readFileSync(path));
  osCall(() => appendFileSync(path, asText(limited(history, number))));
  if (historyLength >= 0) osCall(() => writeFileSync(path, asText(limited(readLines(t, filename), historyLength))));
}

function position(t: Thread, value: Value): number {
  const index = Number(toIndex(t, value));
  if (index < 0) raiseValueError('History index cannot be negative');
  if (index >= readlineState(t).history.length) raiseValueError(`No history item at position ${index}`);
  return index;
}

function readline_get_history_item(t: Thread, index: Value): Value {
  return readlineState(t).history[Number(toIndex(t, index)) - 1] ?? null;
}

function readline_parse_and_bind(t: Thread, line: Value): void {
  const text = textArgument(line).trim();
  const bound = /^"?(?:tab|\\t|\\C-i|control-i)"?\s*:\s*(?:rl_|menu-)?(\S+)$/i.exec(text) ?? /^bind\s+\^I\s+rl_(complete)$/.exec(text);
  if (bound !== null) readlineState(t).tabCompletes = bound[1] === 'complete';
}

function readline_read_init_file(t: Thread, filename?: Value): void {
  const path = filename === undefined || filename === null ? (process.env.INPUTRC ?? join(homedir(), '.inputrc')) : hostPath(t, fsPath(t, filename));
  for (const line of osCall(() => readFileSync(path, 'utf8')).split('\n')) if (!line.startsWith('#')) readline_parse_and_bind(t, line);
}

type Hook = 'completer' | 'startupHook' | 'preInputHook' | 'displayHook';

function hookSetter(hook: Hook, name: string): (t: Thread, func?: Value) => void {
  return (t, func = null) => {
    if (func !== null && !isCallable(func)) raiseTypeError(`${name}(func): argument not callable`);
    readlineState(t)[hook] = func;
  };
}

/** The table. */
export const READLINE_MODULE: NativeModule = {
  name: 'readline',
  doc: 'Importing this module enables command line editing.',
  attributes: () => ({ _READLINE_VERSION: VERSION, _READLINE_RUNTIME_VERSION: VERSION, _READLINE_LIBRARY_VERSION: '8.2', backend: 'readline' }),
  exec: () => setLineEditor(readEditedLine),
  functions: {
    parse_and_bind: [readline_parse_and_bind, '($module, string, /)', 'Execute the init line provided in the string argument: bindings of Tab.'],
    read_init_file: [readline_read_init_file, '($module, filename=None, /)', 'Execute a readline initialization file.'],
    get_line_buffer: [(t: Thread) => readlineState(t).line, '($module, /)', 'Return the current contents of the line buffer.'],
    insert_text: [(t: Thread, text: Value) => void (readlineState(t).inserted += textArgument(text)), '($module, string, /)', 'Insert text into the line buffer at the cursor position: for hooks that run before a line is read.'],
    redisplay: [() => null, '($module, /)', "Change what's displayed on the screen to reflect contents of the line buffer: the editor does so after every key."],
    read_history_file: [readline_read_history_file, '($module, filename=None, /)', 'Load a readline history file.\n\nThe default filename is ~/.history.'],
    write_history_file: [readline_write_history_file, '($module, filename=None, /)', 'Save a readline history file.\n\nThe default filename is ~/.history.'],
    append_history_file: [readline_append_history_file, '($module, nelements, filename=None, /)', 'Append the last nelements items of the history list to file.\n\nThe default filename is ~/.history.'],
    get_history_length: [(t: Thread) => readlineState(t).historyLength, '($module, /)', 'Return the maximum number of lines that will be written to the history file.'],
    set_history_length: [(t: Thread, length: Value) => void (readlineState(t).historyLength = Number(toIndex(t, length))), '($module, length, /)', 'Set the maximal number of lines which will be written to the history file.\n\nA negative length is used to inhibit history truncation.'],
    get_current_history_length: [(t: Thread) => readlineState(t).history.length, '($module, /)', 'Return the current (not the maximum) length of history.'],
    get_history_item: [readline_get_history_item, '($module, index, /)', 'Return the current contents of history item at one-based index.'],
    remove_history_item: [(t: Thread, pos: Value) => void readlineState(t).history.splice(position(t, pos), 1), '($module, pos, /)', 'Remove history item given by its zero-based position.'],
    replace_history_item: [(t: Thread, pos: Value, line: Value) => void (readlineState(t).history[position(t, pos)] = textArgument(line)), '($module, pos, line, /)', 'Replaces history item given by its position with contents of line.\n\npos is zero-based.'],
    add_history: [(t: Thread, line: Value) => void readlineState(t).history.push(textArgument(line)), '($module, string, /)', 'Add an item to the history buffer.'],
    clear_history: [(t: Thread) => void (readlineState(t).history = []), '($module, /)', 'Clear the current readline history.'],
    set_auto_history: [(t: Thread, enabled: Value) => void (readlineState(t).autoHistory = enabled === true || (enabled !== false && Number(toIndex(t, enabled)) !== 0)), '($module, enabled, /)', 'Enables or disables automatic history.'],
    set_completer: [hookSetter('completer', 'set_completer'), '($module, function=None, /)', 'Set or remove the completer function.'],
    get_completer: [(t: Thread) => readlineState(t).completer, '($module, /)', 'Get the current completer function.'],
    set_completer_delims: [(t: Thread, text: Value) => void (readlineState(t).delimiters = textArgument(text)), '($module, string, /)', 'Set the word delimiters for completion.'],
    get_completer_delims: [(t: Thread) => readlineState(t).delimiters, '($module, /)', 'Get the word delimiters for completion.'],
    get_completion_type: [(t: Thread) => readlineState(t).completionType, '($module, /)', 'Get the type of completion being attempted.'],
    get_begidx: [(t: Thread) => readlineState(t).begin, '($module, /)', 'Get the beginning index of the completion scope.'],
    get_endidx: [(t: Thread) => readlineState(t).end, '($module, /)', 'Get the ending index of the completion scope.'],
    set_startup_hook: [hookSetter('startupHook', 'set_startup_hook'), '($module, function=None, /)', 'Set or remove the function that is called just before the prompt is shown.'],
    set_pre_input_hook: [hookSetter('preInputHook', 'set_pre_input_hook'), '($module, function=None, /)', 'Set or remove the function that is called before the first character is read.'],
    set_completion_display_matches_hook: [hookSetter('displayHook', 'set_completion_display_matches_hook'), '($module, function=None, /)', 'Set or remove the completion display function.'],
  },
};
