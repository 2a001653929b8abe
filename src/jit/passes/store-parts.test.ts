/** Parts of lists that are stored in lists, on graphs in their text form. */
import { describe, expect, it } from 'vitest';
import { graphText, parseGraph } from '../text.ts';
import { verifyGraph } from '../verify.ts';
import { storeParts } from './store-parts.ts';

function behind(...nodes: readonly string[]): string[] {
  const graph = parseGraph(['function f(2)', 'b0():', '%0:value = argument 0', '%1:list = guard_kind %0 list ^0[%0]', '%2:int = const 3', '%3:none = const null', ...nodes].join('\n'));
  storeParts(graph);
  verifyGraph(graph, { areDoublesPlaced: false });
  return graphText(graph).split('\n').slice(6).map((line) => line.trim()).filter((line) => line !== '');
}

const PART = '%4:list = build_list_steps %1 %2 %3 -1 ^3[%1 %2 %3]';
const GUARD = '%5:int = small_add %2 %2 ^4[%4 %1 %3 %2]';
const STORE = '%6:none = list_set_slice %1 %3 %5 %4 ^5[%4 %1 %3 %5]';

describe('store-parts', () => {
  it('stores a part that only exits name without making it', () => {
    expect(behind(PART, GUARD, STORE, 'return %3')).toEqual([
      '%4:list = build_list_part %1 %2 %3 -1', GUARD, expect.stringMatching(/^%\d+:none = list_set_part %1 %3 %5 %1 %2 %3 -1 \^5\[%4 %1 %3 %5\]$/), 'return %3',
    ]);
  });

  it('leaves parts alone that are named later, or between which and the store something changes', () => {
    expect(behind(PART, GUARD, STORE, 'return %4')).toEqual([PART, GUARD, STORE, 'return %4']);
    const later = '%7:none = safepoint ^6[%4]';
    expect(behind(PART, GUARD, STORE, later, 'return %3')).toEqual([PART, GUARD, STORE, later, 'return %3']);
    const change = '%7:none = list_append %1 %2 ^6[%1 %2]';
    expect(behind(PART, change, GUARD, STORE, 'return %3')).toEqual([PART, change, GUARD, STORE, 'return %3']);
  });

  it('leaves parts alone whose bounds may be anything', () => {
    const part = '%4:list = build_list_steps %1 %0 %3 -1 ^3[%1 %0 %3]';
    expect(behind(part, GUARD, STORE, 'return %3')).toEqual([part, GUARD, STORE, 'return %3']);
  });
});
