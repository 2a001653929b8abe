import { describe, expect, it } from 'vitest';
import * as op from './opcodes.ts';
import { SreProgram } from './program.ts';
import { SreState } from './state.ts';

const A = 97;
const B = 98;

/** Start, end and group spans of the first match. */
function search(code: number[], groups: number, text: string | Uint8Array, options: { pos?: number } = {}): number[] | null {
  const state = new SreState(new SreProgram(code, groups), text, options.pos ?? 0, Infinity, () => {});
  const found = state.search();
  const spans = found ? [state.start, state.matchEnd, ...state.marks] : null;
  state.release();
  return spans;
}

const INFO = [op.INFO, 4, 0, 0, op.MAXREPEAT];

describe('the matcher of regular expressions', () => {
  it('finds literals in str and bytes, by code point', () => {
    const code = [...INFO, op.LITERAL, A, op.LITERAL, B, op.SUCCESS];
    expect(search(code, 0, '\u{1f600}xab')).toEqual([2, 4]);
    expect(search(code, 0, Buffer.from('xab'))).toEqual([1, 3]);
    expect(search(code, 0, 'ba')).toBeNull();
  });

  // (a|b)*
  const alternation = [
    ...INFO, op.REPEAT, 19, 0, op.MAXREPEAT, op.MARK, 0, op.BRANCH, 5, op.LITERAL, A, op.JUMP, 7, 5, op.LITERAL, B, op.JUMP, 2, 0, op.MARK, 1, op.MAX_UNTIL, op.SUCCESS,
  ];

  it('repeats groups over long texts without recursion', () => {
    const code = alternation.slice();
    code[6] = code.indexOf(op.MAX_UNTIL, 20) - 6;
    expect(search(code, 1, 'ab'.repeat(50_000))).toEqual([0, 100_000, 99_999, 100_000]);
  });

  it('gives back what a greedy repeat took', () => {
    // a*ab
    const code = [...INFO, op.REPEAT_ONE, 6, 0, op.MAXREPEAT, op.LITERAL, A, op.SUCCESS, op.LITERAL, A, op.LITERAL, B, op.SUCCESS];
    expect(search(code, 0, 'aaab')).toEqual([0, 4]);
    // a*+ab never matches.
    const possessive = code.slice();
    possessive[5] = op.POSSESSIVE_REPEAT_ONE;
    expect(search(possessive, 0, 'aaab')).toBeNull();
  });

  it('knows which repeats may give characters back', () => {
    const repeat = (item: number[], tail: number[]): SreProgram => new SreProgram([...INFO, op.REPEAT_ONE, item.length + 4, 0, op.MAXREPEAT, ...item, op.SUCCESS, ...tail, op.SUCCESS], 1);
    const a = [op.LITERAL, A];
    expect(repeat(a, [op.LITERAL, A]).givesBack(5)).toBe(true);
    expect(repeat(a, [op.LITERAL, B]).givesBack(5)).toBe(false);
    expect(repeat(a, []).givesBack(5)).toBe(false);
    expect(repeat(a, [op.MARK, 0, op.LITERAL, B]).givesBack(5)).toBe(false);
    expect(repeat(a, [op.MARK, 0, op.LITERAL, A]).givesBack(5)).toBe(true);
    expect(repeat([op.ANY_ALL], [op.LITERAL, B]).givesBack(5)).toBe(true);
    expect(repeat([op.NOT_LITERAL, B], [op.LITERAL, B]).givesBack(5)).toBe(false);
    expect(repeat(a, [op.AT, op.AT_END]).givesBack(5)).toBe(true);
  });

  it('knows what a match can begin with', () => {
    const first = (...code: number[]): string | null => {
      const table = new SreProgram([...INFO, ...code], 1).first;
      return table === null ? null : [...table.keys()].filter((c) => table[c] === 1).map((c) => String.fromCharCode(c)).join('');
    };
    expect(first(op.MARK, 0, op.LITERAL, A, op.SUCCESS)).toBe('a');
    // a?b and a?
    expect(first(op.REPEAT_ONE, 6, 0, 1, op.LITERAL, A, op.SUCCESS, op.LITERAL, B, op.SUCCESS)).toBe('ab');
    expect(first(op.REPEAT_ONE, 6, 0, 1, op.LITERAL, A, op.SUCCESS, op.SUCCESS)).toBeNull();
    // (?:a|b)
    expect(first(op.BRANCH, 5, op.LITERAL, A, op.JUMP, 7, 5, op.LITERAL, B, op.JUMP, 2, 0, op.SUCCESS)).toBe('ab');
    // (?:a)*b, (?:a)+b and (?:)*b
    expect(first(op.REPEAT, 5, 0, op.MAXREPEAT, op.LITERAL, A, op.MAX_UNTIL, op.LITERAL, B, op.SUCCESS)).toBe('ab');
    expect(first(op.REPEAT, 5, 1, op.MAXREPEAT, op.LITERAL, A, op.MAX_UNTIL, op.LITERAL, B, op.SUCCESS)).toBe('a');
    expect(first(op.REPEAT, 3, 0, op.MAXREPEAT, op.MAX_UNTIL, op.LITERAL, B, op.SUCCESS)).toBeNull();
    expect(first(op.GROUPREF, 0, op.LITERAL, A, op.SUCCESS)).toBeNull();
    // (?!a)b and \ba
    expect(first(op.ASSERT_NOT, 5, 0, op.LITERAL, A, op.SUCCESS, op.LITERAL, B, op.SUCCESS)).toBe('b');
    expect(first(op.AT, op.AT_BOUNDARY, op.LITERAL, A, op.SUCCESS)).toBe('a');
  });

  it('undoes groups of a failed way', () => {
    // (a)b|a
    const code = [...INFO, op.BRANCH, 11, op.MARK, 0, op.LITERAL, A, op.MARK, 1, op.LITERAL, B, op.JUMP, 7, 5, op.LITERAL, A, op.JUMP, 2, 0, op.SUCCESS];
    expect(search(code, 1, 'ac')).toEqual([0, 1, -1, -1]);
  });

  it('asks its caller now and then whether to go on', () => {
    // (a*)*b over many a's needs exponential time.
    const inner = [op.REPEAT, 0, 0, op.MAXREPEAT, op.REPEAT, 0, 0, op.MAXREPEAT, op.LITERAL, A, op.MAX_UNTIL, op.MAX_UNTIL];
    inner[1] = 10;
    inner[5] = 5;
    const program = new SreProgram([...INFO, ...inner, op.LITERAL, B, op.SUCCESS], 0);
    const state = new SreState(program, 'a'.repeat(40), 0, Infinity, () => {
      throw new Error('interrupted');
    });
    expect(() => state.search()).toThrow('interrupted');
    state.release();
  });
});
