/** Editing a line on the terminal: puts it into raw mode with stty, feeds keys to the editor, calls the program's completer. */
import { PyBaseException } from '../../core/exception.ts';
import type { Thread } from '../../core/thread.ts';
import type { Value } from '../../core/value.ts';
import { call, callMethodIfAny } from '../../objects/call.ts';
import { tableGetStr } from '../../objects/hash-table.ts';
import { newList } from '../../objects/make.ts';
import { asStr } from '../../objects/type-of.ts';
import { writeDescriptor } from '../descriptors.ts';
import { stdinDoor } from '../stdin-door.ts';
import { runStty, terminalSize } from '../termios/stty.ts';
import { KeyDecoder } from './keys.ts';
import type { LineBuffer } from './line-buffer.ts';
import { LineEditor, widthOf } from './line-editor.ts';
import { readlineState, type ReadlineState } from './state.ts';

/** More matches than this are not asked for: a completer that never ends would hang the prompt. */
const MAX_MATCHES = 10_000;
/** What rl_completion_type says for Tab. */
const TAB = 9;

const ENCODER = new TextEncoder();

function write(t: Thread, text: string): void {
  writeDescriptor(t, 1, ENCODER.encode(text));
}

/** Completers that raise complete nothing, as readline cannot pass an exception on. */
function quietly(run: () => Value): Value {
  try {
    return run();
  } catch (caught) {
    if (!(caught instanceof PyBaseException)) throw caught;
    return null;
  }
}

function matchesOf(t: Thread, state: ReadlineState, text: string): string[] {
  const matches: string[] = [];
  while (matches.length < MAX_MATCHES) {
    const match = asStr(quietly(() => call(t, state.completer, [text, matches.length])));
    if (match === undefined) break;
    matches.push(match);
  }
  return [...new Set(matches)].sort();
}

function commonPrefix(texts: readonly string[]): string {
  let prefix = texts[0] ?? '';
  for (const text of texts) while (!text.startsWith(prefix)) prefix = prefix.slice(0, -1);
  return prefix;
}

function showMatches(t: Thread, state: ReadlineState, substitution: string, matches: readonly string[], columns: number): void {
  const longest = Math.max(...matches.map(widthOf));
  if (state.displayHook !== null) {
    quietly(() => call(t, state.displayHook, [substitution, newList([...matches]), longest]));
    return;
  }
  const perRow = Math.max(1, Math.floor(columns / (longest + 2)));
  const rows = Math.ceil(matches.length / perRow);
  const cell = (text: string): string => text + ' '.repeat(longest + 2 - widthOf(text));
  const lines = Array.from({ length: rows }, (_, row) => matches.filter((_match, i) => i % rows === row).map(cell).join('').trimEnd());
  write(t, `\r\n${lines.join('\r\n')}\r\n`);
}

function completeWord(t: Thread, state: ReadlineState, buffer: LineBuffer, columns: number): void {
  if (state.completer === null) return buffer.insert('\t');
  const start = buffer.completionStart(state.delimiters);
  const word = [...buffer.before].slice(start).join('');
  Object.assign(state, { line: buffer.text, begin: start, end: buffer.cursor, completionType: TAB });
  const matches = matchesOf(t, state, word);
  if (matches.length === 0) return write(t, '\x07');
  const prefix = commonPrefix(matches);
  if (prefix.length > word.length || matches.length === 1) {
    const ended = matches.length === 1 && !/[(./]$/.test(prefix) ? `${prefix} ` : prefix;
    buffer.replaceBack(start, ended);
  } else showMatches(t, state, prefix, matches, columns);
}

function runHook(t: Thread, hook: Value): void {
  if (hook !== null) quietly(() => call(t, hook, []));
}

function editLine(t: Thread, state: ReadlineState, prompt: string): LineEditor {
  const columns = terminalSize(0)?.columns || 80;
  const editor = new LineEditor({
    prompt, columns, history: state.history, write: (text) => write(t, text), complete: state.tabCompletes ? (buffer) => completeWord(t, state, buffer, columns) : null,
  });
  const keys = new KeyDecoder();
  const byte = new Uint8Array(1);
  state.inserted = '';
  runHook(t, state.startupHook);
  runHook(t, state.preInputHook);
  if (state.inserted !== '') editor.buffer.insert(state.inserted);
  editor.draw();
  while (editor.state === 'editing') {
    if (stdinDoor().read(t, byte) === 0) {
      editor.state = 'ended';
      break;
    }
    const key = keys.feed(byte[0]!);
    if (key !== null) editor.press(key);
    state.line = editor.buffer.text;
  }
  return editor;
}

/** Reads a line; its text with the newline, undefined at the end of input. Raises KeyboardInterrupt; the terminal is as before then, too. */
export function readEditedLine(t: Thread, prompt: string): string | undefined {
  const state = readlineState(t);
  const stdout = tableGetStr(t.interpreter.sys.table, 'stdout');
  if (stdout !== undefined && stdout !== null) callMethodIfAny(t, stdout, 'flush');
  const before = runStty(0, ['-g']);
  runStty(0, ['-icanon', '-echo', '-ixon', '-icrnl', 'min', '1', 'time', '0']);
  try {
    const editor = editLine(t, state, prompt);
    if (editor.state === 'ended') return undefined;
    const { text } = editor.buffer;
    if (state.autoHistory && text !== '' && state.history.at(-1) !== text) state.history.push(text);
    return `${text}\n`;
  } finally {
    if (before !== undefined) runStty(0, [before]);
  }
}
