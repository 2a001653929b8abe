import { describe, expect, test } from 'vitest';
import '../../objects/bootstrap.ts';
import { lineEnd, NewlineState } from './newlines.ts';

describe('newline translation', () => {
  test('keeps a trailing carriage return back until the next piece says what it is', () => {
    const state = new NewlineState(/* translate */ true);
    expect(state.feed('a\r', false)).toBe('a');
    expect(state.feed('\nb', false)).toBe('\nb');
    expect(state.newlines).toBe('\r\n');
  });

  test('gives a kept carriage return out at the end', () => {
    const state = new NewlineState(true);
    expect(state.feed('a\r', false) + state.feed('', true)).toBe('a\n');
    expect(state.newlines).toBe('\r');
  });

  test('finds all three kinds of line ends when newlines are not translated', () => {
    expect(lineEnd('a\r\nb', 0, '', false)).toBe(3);
    expect(lineEnd('a\rb\n', 0, '', false)).toBe(2);
    expect(lineEnd('a\nb\r', 0, '', false)).toBe(2);
    expect(lineEnd('ab', 0, '', false)).toBe(-1);
  });
});
