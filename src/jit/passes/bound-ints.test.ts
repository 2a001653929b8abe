/** What the bounds of ints make needless, on graphs in their text form. */
import { describe, expect, it } from 'vitest';
import { graphText, parseGraph } from '../text.ts';
import { verifyGraph } from '../verify.ts';
import { boundInts } from './bound-ints.ts';
import { dropDeadCode } from './dead-code.ts';

/** The operations that stay of some lines, behind arguments and constants. */
function operations(...lines: readonly string[]): string {
  const graph = parseGraph(['function f(2)', ...lines].join('\n'));
  boundInts(graph);
  dropDeadCode(graph);
  verifyGraph(graph, { areDoublesPlaced: false });
  const texts = graphText(graph).split('\n').flatMap((line) => / = (?!const|argument)(\w+)/.exec(line)?.[1] ?? []);
  return texts.join(' ');
}

const HEAD = ['b0():', '%0:value = argument 0', '%1:list = guard_kind %0 list ^1[%0]', '%2:int = const 0', '%3:int = const 1', '%4:int = list_length %1', '%30:value = argument 1', '%31:int = guard_kind %30 int ^1[%0]'];

/** A loop that counts from 0 to `stop`, with `nodes` in each round; the last of them is `result`. */
function counting(stop: string, result: string, ...nodes: readonly string[]): string {
  return operations(
    ...HEAD, 'jump b1(%2, %2)', 'loop b1(%5:int, %20:any):', `%6:bool = int_compare %5 ${stop} 0`, '%7:int = int_step %5 %3', 'branch %6 b2() b3()', 'b2():', ...nodes, `jump b1(%7, ${result})`, 'b3():', 'return %20',
  ).replace(/^guard_kind list_length guard_kind |^guard_kind guard_kind /, '').replace(/int_compare (word_add|int_step) /, '$1: ');
}

describe('bounds of ints', () => {
  it('know that a counter of a range from 0 is not negative, and fits in 32 bits where its end does', () => {
    expect(counting('%4', '%9', '%8:int = index_wrap %5 %31', '%9:int = small_add %8 %3 ^2[%5]')).toBe('word_add: word_add');
    expect(counting('%31', '%9', '%8:int = index_wrap %5 %4', '%9:int = int_add %8 %3 ^2[%5]')).toContain('int_step: int_step');
    expect(counting('%31', '%9', '%8:int = small_mul %5 %5 ^2[%5]', '%9:int = small_mul %8 %8 ^2[%5]')).toContain('int_step: small_mul small_mul');
  });

  it('know that what was compared with the length is within it', () => {
    expect(counting('%4', '%9', '%8:int = guard_index %5 %4 ^2[%5]', '%9:value = list_item %1 %8')).toBe('word_add: list_item');
    expect(counting('%31', '%9', '%8:int = guard_index %5 %4 ^2[%5]', '%9:value = list_item %1 %8')).toContain('guard_index list_item');
  });

  it('are those of quotients and rests, which need no rounding down then', () => {
    expect(counting('%4', '%9', '%8:int = small_rem %5 %31 ^2[%5]', '%9:int = floor_rem %8 %31')).toBe('word_add: small_rem');
    expect(counting('%4', '%9', '%8:int = const 7', '%9:int = int_mod %5 %8 ^2[%5]')).toBe('word_add: word_rem');
    expect(counting('%4', '%9', '%8:int = const 7', '%10:int = small_quot %31 %8 ^2[%5]', '%9:int = floor_quot %10 %31 %8')).toContain('small_quot floor_quot');
  });

  it('hold on one side of a comparison only', () => {
    const abs = (comparison: number, other = '%2'): string => operations(...HEAD, `%5:bool = int_compare %31 ${other} ${comparison}`, 'branch %5 b1() b2()', 'b1():', '%6:int = index_wrap %31 %4', 'return %6', 'b2():', '%7:int = index_wrap %31 %4', 'return %7');
    expect(abs(5)).toBe('guard_kind list_length guard_kind int_compare index_wrap');
    expect(abs(0)).toBe('guard_kind list_length guard_kind int_compare index_wrap');
    expect(abs(2)).toBe('guard_kind list_length guard_kind int_compare index_wrap');
    expect(abs(0, '%4')).toBe('guard_kind list_length guard_kind int_compare index_wrap');
    expect(abs(4, '%4').endsWith('int_compare index_wrap')).toBe(true);
    expect(abs(0, '%31').endsWith('int_compare index_wrap index_wrap')).toBe(true);
  });

  it('do not hold of what grows in a loop without a comparison', () => {
    expect(operations(...HEAD, 'jump b1(%3)', 'loop b1(%5:int):', '%6:int = small_add %5 %5 ^1[%5]', '%7:bool = int_compare %6 %31 3', 'branch %7 b2() b3()', 'b2():', 'jump b1(%6)', 'b3():', 'return %5')).toContain('small_add');
    expect(operations(...HEAD, 'jump b1(%2)', 'loop b1(%5:int):', '%6:int = int_add %5 %4 ^1[%5]', '%7:bool = int_compare %6 %31 3', 'branch %7 b2() b3()', 'b2():', 'jump b1(%6)', 'b3():', 'return %5')).toContain('int_add');
  });
});
