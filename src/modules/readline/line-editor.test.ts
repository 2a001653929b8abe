/** Editing a line without a terminal: keys in, text and screen out. */
import { describe, expect, test } from 'vitest';
import { KeyDecoder } from './keys.ts';
import { LineEditor } from './line-editor.ts';

function edit(input: string, options: { history?: string[]; columns?: number; complete?: boolean } = {}): { text: string; state: string; screen: string } {
  let screen = '';
  const editor = new LineEditor({
    prompt: '> ', columns: options.columns ?? 80, history: options.history ?? [], write: (text) => (screen += text),
    complete: options.complete ? (buffer) => buffer.replaceBack(buffer.completionStart(' '), 'completed') : null,
  });
  const keys = new KeyDecoder();
  for (const byte of new TextEncoder().encode(input)) {
    const key = keys.feed(byte);
    if (key !== null && editor.state === 'editing') editor.press(key);
  }
  return { text: editor.buffer.text, state: editor.state, screen };
}

describe('the line editor', () => {
  test('takes characters, beyond the basic plane too, and ends at Enter', () => {
    expect(edit('aé€😀\r')).toMatchObject({ text: 'aé€😀', state: 'accepted' });
  });

  test('moves and deletes by characters and words', () => {
    expect(edit('one two\x01X\x05Y\r').text).toBe('Xone twoY');
    expect(edit('one two\x1b[D\x1b[D\x1b[3~\r').text).toBe('one to');
    expect(edit('one two\x1bb\x1bbX\r').text).toBe('Xone two');
    expect(edit('one two\x17\x7f\r').text).toBe('one');
    expect(edit('one two\x01\x1bd\r').text).toBe(' two');
  });

  test('cuts, inserts what was cut, exchanges and takes back', () => {
    expect(edit('hello\x01\x0b\x19\x19\r').text).toBe('hellohello');
    expect(edit('hello\x15new\r').text).toBe('new');
    expect(edit('ab\x14\r').text).toBe('ba');
    expect(edit('abc\x15\x1f\r').text).toBe('abc');
  });

  test('^D ends an empty line and deletes in another', () => {
    expect(edit('\x04').state).toBe('ended');
    expect(edit('ab\x01\x04\r').text).toBe('b');
  });

  test('recalls history and returns to the draft', () => {
    const history = ['first', 'second'];
    expect(edit('dra\x1b[A\x1b[A\r', { history }).text).toBe('first');
    expect(edit('dra\x1b[A\x1b[B\r', { history }).text).toBe('dra');
    expect(edit('\x10\x10\x10\r', { history }).text).toBe('first');
  });

  test('^R searches backwards', () => {
    const history = ['print(1)', 'import os', 'print(2)'];
    expect(edit('\x12pri\r', { history }).text).toBe('print(2)');
    expect(edit('\x12pri\x12\r', { history }).text).toBe('print(1)');
    expect(edit('\x12pri\x07\r', { history }).state).toBe('accepted');
  });

  test('Tab inserts a tab unless it is bound to completion', () => {
    expect(edit('a\t\r').text).toBe('a\t');
    expect(edit('a wo\t\r', { complete: true }).text).toBe('a completed');
  });

  test('goes back to the first row of a line that wraps', () => {
    const { screen } = edit('abcdefghij\r', { columns: 8 });
    expect(screen).toContain('\x1b[1A\r\x1b[J> abcdefghij');
    // The cursor stands behind 12 columns: in the fifth of the second row.
    expect(screen.endsWith('\r\x1b[4C\r\n')).toBe(true);
  });

  test('unknown sequences do nothing', () => {
    expect(edit('a\x1b[99~\x1bOPb\r').text).toBe('ab');
  });
});
