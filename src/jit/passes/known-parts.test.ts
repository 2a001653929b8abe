/** What is known of parts of tuples and of displays, on graphs in their text form. */
import { describe, expect, it } from 'vitest';
import { graphText, parseGraph } from '../text.ts';
import { verifyGraph } from '../verify.ts';
import { dropDeadCode } from './dead-code.ts';
import { shareValues } from './share-values.ts';

/** What stays of some nodes. */
function behind(...nodes: readonly string[]): string[] {
  const graph = parseGraph(['function f(2)', 'b0():', '%0:value = argument 0', '%1:value = argument 1', ...nodes].join('\n'));
  shareValues(graph);
  dropDeadCode(graph);
  verifyGraph(graph, { areDoublesPlaced: false });
  return graphText(graph).split('\n').slice(2).map((line) => line.trim()).filter((line) => line !== '' && !/ argument /.test(line));
}

describe('known parts', () => {
  it('knows the items of a tuple that was made here, and how many they are', () => {
    expect(behind(
      '%2:tuple = build_tuple %0 %1', '%3:any = items %2', '%4:int = items_length %3', '%5:int = const 2', '%6:bool = int_compare %4 %5 2', '%7:any = guard_true %6 ^5[%2]',
      '%8:int = const -1', '%9:int = index_wrap %8 %4', '%10:int = guard_index %9 %4 ^5[%2]', '%11:value = items_get %3 %10', 'return %11',
    )).toEqual(['return %1']);
  });

  it('leaves guards alone that do not hold', () => {
    expect(behind('%2:tuple = build_tuple %0', '%3:any = items %2', '%4:int = items_length %3', '%5:int = const 1', '%6:int = guard_index %5 %4 ^5[%1]', '%7:value = items_get %3 %6', 'return %7').join('\n')).toMatch(/guard_index .*\n.*items_get/);
  });

  it('knows how long a display is until something is added', () => {
    expect(behind('%2:list = build_list %0 %1', '%3:int = list_length %2', 'return %3')).toEqual([expect.stringMatching(/^%\d+:int = const 2$/), expect.stringMatching(/^return %\d+$/)]);
    expect(behind('%2:list = build_list %0 %1', '%4:none = list_append %2 %0 ^5[%2]', '%3:int = list_length %2', 'return %3').at(-1)).toBe('return %3');
    expect(behind('%2:dict = build_keywords', '%4:none = dict_set %2 %0 %1 ^5[%2]', '%3:int = dict_length %2', 'return %3').at(-1)).toBe('return %3');
  });

  it('knows what has been stored at an index, until something else is', () => {
    const nodes = ['%2:list = guard_kind %0 list ^1[%0]', '%3:any = items %2', '%4:int = guard_kind %1 int ^1[%0]', '%5:none = items_set %3 %4 %1', '%6:value = items_get %3 %4'];
    expect(behind(...nodes, 'return %6').at(-1)).toBe('return %1');
    expect(behind(...nodes.slice(0, 4), '%7:int = const 0', '%8:none = items_set %3 %7 %0', nodes[4]!, 'return %6').at(-1)).toBe('return %6');
  });
});
