/** Each pass on graphs in their text form: parse, run, print. */
import { describe, expect, it } from 'vitest';
import { graphText, parseGraph } from '../text.ts';
import { rawUnit } from '../units.ts';
import { verifyGraph } from '../verify.ts';
import { PASSES, passTimes, runPasses } from './run.ts';

function trimmed(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => line.trim()).join('\n');
}

/** The text of a graph behind a pass; the graph must be well formed before and behind it. */
function behind(pass: string, text: string): string {
  const graph = parseGraph(text);
  verifyGraph(graph, { areDoublesPlaced: false });
  PASSES.find(({ name }) => name === pass)!.run(graph);
  verifyGraph(graph, { areDoublesPlaced: pass === 'unbox-floats' });
  return trimmed(graphText(graph));
}

/** The body of a function of two arguments, in one block. */
function straight(...lines: string[]): string {
  return ['function f(2)', 'b0():', '  %0:value = argument 0', '  %1:value = argument 1', ...lines].join('\n');
}

describe('prune-parameters', () => {
  it('drops parameters that the loop does not change, also those that only repeat another', () => {
    expect(behind('prune-parameters', `
      function f(2)
      b0():
        %0:value = argument 0
        %1:value = argument 1
        jump b1(%0, %1, %1)
      loop b1(%2:any, %3:any, %4:any):
        %5:any = binary %2 %3 0 ^4+![%2 %3 %4]
        %6:bool = truth %5 ^5+![%2 %3 %5]
        branch %6 b1(%5, %3, %4) b2()
      b2():
        return %4
    `)).toBe(trimmed(`
      function f(2)
      b0():
        %0:value = argument 0
        %1:value = argument 1
        jump b1(%0)
      loop b1(%2:any):
        %5:any = binary %2 %1 0 ^4+![%2 %1 %1]
        %6:bool = truth %5 ^5+![%2 %1 %5]
        branch %6 b1(%5) b2()
      b2():
        return %1
    `));
  });

  it('keeps parameters that change places', () => {
    const swap = `
      function swap(2)
      b0():
        %0:value = argument 0
        %1:value = argument 1
        jump b1(%0, %1)
      loop b1(%2:any, %3:any):
        %4:bool = truth %2 ^5+![%2 %3]
        branch %4 b1(%3, %2) b2()
      b2():
        return %2
    `;
    expect(behind('prune-parameters', swap)).toBe(trimmed(swap));
  });

  it('takes the value of a parameter through a chain of blocks, and into states with iterators in parts', () => {
    expect(behind('prune-parameters', `
      function f(1)
      b0():
        %0:value = argument 0
        jump b1(%0)
      b1(%1:any):
        jump b2(%1)
      b2(%2:any):
        exit unseen ^3[%2 range(%1,%2,%0)]
    `)).toContain('exit unseen ^3[%0 range(%0,%0,%0)]');
  });
});

describe('infer-kinds', () => {
  it('finds that a loop keeps an int an int, where the special form will be guarded', () => {
    const loop = (kind: string): string => trimmed(`
      function f(1)
      b0():
        %9:value = argument 0
        %0:int = guard_kind %9 int ^0[%9]
        %1:int = const 0
        jump b1(%1)
      loop b1(%2:${kind}):
        %3:${kind} = binary %2 %0 0 ^4+![%2] ~3[%2] seen int int int
        branch %3 b1(%3) b2()
      b2():
        return %2
    `);
    expect(behind('infer-kinds', loop('any'))).toBe(loop('int'));
  });

  it.each([
    // [line with kind any, kind found]
    ['binary %2 %3 11 ^4+![] ~3[] seen float int float', 'float'],
    ['binary %1 %3 5 ^4+![] ~3[] seen int int int', 'int'],
    ['binary %1 %3 5 ^4+![] ~3[] seen int int int general', 'value'],
    ['binary %1 %1 5 ^4+![] ~3[] seen int|float int int', 'value'],
    ['binary %0 %1 0 ^4+![] ~3[] seen str str str', 'str'],
    ['binary %0 %1 5 ^4+![] ~3[] seen str int str', 'value'],
    ['binary %1 %3 8 ^4+![] ~3[] seen int int int', 'value'],
    ['compare %2 %3 0 ^4+![] ~3[]', 'bool'],
    ['compare %0 %1 2 ^4+![] ~3[] seen str str bool', 'bool'],
    // The general form stays, and classes may compare to anything.
    ['compare %0 %1 0 ^4+![] ~3[] seen str str bool', 'value'],
    ['compare %0 %1 2 ^4+![] ~3[] seen str int bool', 'value'],
    ['compare %2 %3 0 ^4+![] ~3[] general', 'value'],
    ['negative %2 ^4+![] ~3[]', 'float'],
    ['negative %0 ^4+![] ~3[] seen never int int', 'int'],
    ['invert %2 ^4+![] ~3[]', 'value'],
    ['guard_bound %4 ^4[]', 'value'],
  ])('%s is of kind %s', (line, kind) => {
    const text = straight('  %2:float = guard_kind %0 float ^0[%0 %1]', '  %3:int = const 1', '  %4:any = iter_next %0 ^2[]', `  %5:any = ${line}`, '  return %5');
    expect(behind('infer-kinds', text)).toContain(`%5:${kind} = `);
  });

  it('joins what edges bring', () => {
    expect(behind('infer-kinds', `
      function f(1)
      b0():
        %0:value = argument 0
        %1:bool = is %0 %0
        %2:int = const 1
        %3:none = const null
        branch %1 b1(%2) b1(%3)
      b1(%4:any):
        return %4
    `)).toContain('b1(%4:int|none):');
  });
});

describe('specialise', () => {
  const specialised = (...lines: string[]): string[] => behind('specialise', straight(...lines)).split('\n').slice(4);

  it('puts operations on ints and doubles behind guards that leave before the instruction', () => {
    expect(specialised(
      '%2:int = binary %0 %1 0 ^4+![] ~3[%0 %1] seen int int int',
      '%3:float = binary %2 %0 11 ^6+![] ~5[%2 %0] seen int int float',
      '%4:float = binary %3 %1 5 ^8+![] ~7[%3 %1] seen float int float',
      'return %4',
    )).toEqual([
      '%5:int = guard_kind %0 int ^3[%0 %1]',
      '%6:int = guard_kind %1 int ^3[%0 %1]',
      '%7:int = int_add %5 %6 ^3[%0 %1]',
      '%8:int = guard_kind %0 int ^5[%7 %0]',
      '%9:float!double = int_truediv %7 %8 ^5[%7 %0]',
      '%10:int = guard_kind %1 int ^7[%9 %1]',
      '%11:float!double = double_mul %9 %10',
      'return %11',
    ]);
  });

  it('leaves alone what has no special form, and where speculation has failed', () => {
    expect(specialised(
      '%2:value = binary %0 %1 8 ^4+![] ~3[%0 %1] seen int int int',
      '%3:value = binary %0 %1 0 ^6+![] ~5[%0 %1] seen str str str general',
      '%4:value = compare %0 %1 0 ^8+![] ~7[%0 %1] seen str str bool',
      '%5:value = get_item %0 %1 ^10+![] ~9[%0 %1] seen dict int value',
      '%6:value = negative %0 ^12+![] ~11[%0] seen never str value',
      'return %2',
    )).toEqual([
      '%2:value = binary %0 %1 8 ^4+![] seen int int int',
      '%3:value = binary %0 %1 0 ^6+![] seen str str str general',
      '%4:value = compare %0 %1 0 ^8+![] seen str str bool',
      '%5:value = get_item %0 %1 ^10+![] seen dict int value',
      '%6:value = negative %0 ^12+![] seen never str value',
      'return %2',
    ]);
  });

  it('reads elements of lists and tuples by checked index', () => {
    expect(specialised('%2:value = get_item %0 %1 ^4+![] ~3[%0 %1] seen list int value', 'return %2')).toEqual([
      '%3:list = guard_kind %0 list ^3[%0 %1]',
      '%4:int = guard_kind %1 int ^3[%0 %1]',
      '%5:any = items %3',
      '%6:int = items_length %5',
      '%7:int = guard_index %4 %6 ^3[%0 %1]',
      '%8:value = items_get %5 %7',
      'return %8',
    ]);
    expect(specialised('%2:value = get_item %0 %1 ^4+![] ~3[%0 %1] seen list int value negative', 'return %2').slice(4, 6)).toEqual([
      '%7:int = index_wrap %4 %6',
      '%8:int = guard_index %7 %6 ^3[%0 %1]',
    ]);
    const constant = specialised('%2:int = const 0', '%3:value = get_item %0 %2 ^4+![] ~3[%0 %2] seen tuple int value', 'return %3');
    expect(constant).toContain('%7:int = guard_index %2 %6 ^3[%0 %2]');
  });

  it('reads and writes raw floats of lists by their array, where all lists seen had one', () => {
    expect(specialised('%2:value = get_item %0 %1 ^4+![] ~3[%0 %1] seen list int float raw', 'return %2')).toEqual([
      '%3:list = guard_kind %0 list ^3[%0 %1]',
      '%4:int = guard_kind %1 int ^3[%0 %1]',
      `%5:any = guard_raw %3 ^3@${rawUnit(3)}[%0 %1]`,
      '%6:int = items_length %5',
      '%7:int = guard_index %4 %6 ^3[%0 %1]',
      '%8:float!double = doubles_get %5 %7',
      'return %8',
    ]);
    const stored = specialised('%2:float = const float(0.5)', '%3:none = set_item %0 %1 %2 ^4+[] ~3[%2 %0 %1] seen list int float raw', 'return %1');
    expect(stored.at(-3)).toMatch(/guard_mutable/);
    expect(stored.at(-2)).toMatch(/doubles_set %\d+ %\d+ %2 /);
    expect(specialised('%2:value = get_item %0 %1 ^4+![] ~3[%0 %1] seen list int float', 'return %2').join()).toContain('list_get_double');
  });

  it('reads characters of strs, and formats strs and ints, without a call', () => {
    expect(specialised(
      '%2:value = get_item %0 %1 ^4+![] ~3[%0 %1] seen str int str', '%3:str = format %2 ^6+![] ~5[%2] seen never str str', '%4:str = format %1 ^8+![] ~7[%3 %1] seen never int str', 'return %4',
    )).toEqual([
      '%5:str = guard_kind %0 str ^3[%0 %1]',
      '%6:int = guard_kind %1 int ^3[%0 %1]',
      '%7:str = str_item %5 %6 ^3[%0 %1]',
      '%8:int = guard_kind %1 int ^7[%7 %1]',
      '%9:str = int_text %8',
      'return %9',
    ]);
    expect(specialised('%2:str = format %0 ^4+![] ~3[%0] seen never float str', 'return %2')).toEqual(['%2:str = format %0 ^4+![] seen never float str', 'return %2']);
  });

  it('sets elements of lists that are not frozen, and of nothing else', () => {
    expect(specialised('%2:int = const 1', '%3:none = set_item %0 %2 %1 ^4+[] ~3[%1 %0 %2] seen list int value', 'return %1')).toEqual([
      '%2:int = const 1',
      '%4:list = guard_kind %0 list ^3[%1 %0 %2]',
      '%5:any = items %4',
      '%6:int = items_length %5',
      '%7:int = guard_index %2 %6 ^3[%1 %0 %2]',
      '%8:list = guard_mutable %4 ^3[%1 %0 %2]',
      '%9:none = items_set %5 %7 %1',
      'return %1',
    ]);
    expect(specialised('%2:int = const 1', '%3:none = set_item %0 %2 %1 ^4+[] ~3[%1 %0 %2] seen tuple int value', 'return %1')[1]).toContain('set_item %0 %2 %1 ^4+[]');
  });

  it.each([
    ['truth %0 ^4+![] ~3[%0] seen never int never', '%4:bool = int_truth %3'],
    ['truth %0 ^4+![] ~3[%0] seen never str never', '%4:bool = str_truth %3'],
    ['truth %0 ^4+![] ~3[%0] seen never list never', '%4:bool = list_truth %3'],
    ['truth %0 ^4+![] ~3[%0] seen never dict never', '%4:bool = dict_truth %3'],
    ['truth %0 ^4+![] ~3[%0] seen never none never', '%4:bool = is_true %3'],
    ['compare_bool %0 %1 4 ^4+![] ~3[%0 %1] seen int float never', '%5:bool = double_compare %3 %4 4'],
    ['compare_bool %0 %1 3 ^4+![] ~3[%0 %1] seen str str never', '%5:bool = str_compare %3 %4 3'],
    ['compare_bool %0 %1 5 ^4+![] ~3[%0 %1] seen int int never', '%5:bool = int_compare %3 %4 5'],
    ['invert %0 ^4+![] ~3[%0] seen never int never', '%4:int = int_invert %3 ^3[%0]'],
    ['invert %0 ^4+![] ~3[%0] seen never int never small', '%4:int = small_invert %3 ^3[%0]'],
    ['binary %0 %1 0 ^4+![] ~3[%0 %1] seen int int int small', '%5:int = small_add %3 %4 ^3[%0 %1]'],
    ['binary %0 %1 6 ^4+![] ~3[%0 %1] seen int int int small', '%6:int = floor_rem %5 %4'],
    ['binary %0 %1 2 ^4+![] ~3[%0 %1] seen int int int small', '%6:int = floor_quot %5 %3 %4'],
    ['binary %0 %1 0 ^4+![] ~3[%0 %1] seen int int int', '%5:int = int_add %3 %4 ^3[%0 %1]'],
    ['negative %0 ^4+![] ~3[%0] seen never float never', '%4:float!double = double_neg %3'],
  ])('%s becomes %s', (line, special) => {
    expect(specialised(`%2:bool = ${line}`, 'return %2')).toContain(special);
  });

  it('drops guards of what is known', () => {
    expect(specialised(
      '%2:int = guard_kind %0 int ^1[%0]',
      '%3:int = guard_kind %2 int ^2[%2]',
      '%4:int = guard_bound %3 ^3[%3]',
      '%5:any = iter_next %1 ^4[]',
      '%6:value = guard_bound %5 ^5[%4]',
      'return %4',
    )).toEqual(['%2:int = guard_kind %0 int ^1[%0]', '%5:any = iter_next %1 ^4[]', '%6:value = guard_bound %5 ^5[%2]', 'return %2']);
  });
});

describe('share-values', () => {
  const shared = (...lines: string[]): string[] => behind('share-values', straight(...lines)).split('\n').slice(4);

  it('shares what was read of keys until something is written', () => {
    expect(shared(
      '%2:bool = table_has %0 %1 ^3[%0 %1]', '%3:value = dict_get %0 %1 ^4[%0 %1]', '%4:bool = table_has %0 %1 ^5[%0 %1]', '%5:list = build_list', '%6:value = dict_get %0 %1 ^6[%0 %1]',
      '%7:none = dict_set %0 %1 %1 ^6[%0]', '%8:bool = table_has %0 %1 ^7[%4 %6]', '%9:value = dict_get %0 %1 ^8[%8]', 'return %9',
    )).toEqual([
      '%2:bool = table_has %0 %1 ^3[%0 %1]', '%3:value = dict_get %0 %1 ^4[%0 %1]', '%5:list = build_list', '%7:none = dict_set %0 %1 %1 ^6[%0]', '%8:bool = table_has %0 %1 ^7[%2 %3]',
      '%9:value = dict_get %0 %1 ^8[%8]', 'return %9',
    ]);
  });

  it.each([
    ['an item of a list', 'list_set_double %0 %1 %1', ['list_length %0', 'dict_length %1', 'slot_get %0 2', 'cell_get %1'], ['list_item %0 %1', 'list_get_double %1 %0 ^9[]']],
    ['another item', 'list_append %0 %1 ^6[]', ['items %0', 'list_item %1 %1', 'table_has %0 %1 ^9[]'], ['list_length %0', 'list_truth %1', 'items_has %0 %1 ^9[]']],
    ['a slot', 'slot_set %0 %1 2', ['slot_get %0 3', 'list_length %0', 'guard_mutable %1 ^9[]'], ['slot_get %1 2']],
    ['a cell', 'cell_set %0 %1', ['slot_get %0 3', 'dict_length %0'], ['cell_get %1']],
    ['a key', 'dict_set %0 %1 %1 ^6[]', ['list_length %0', 'slot_get %0 1'], ['dict_length %1', 'dict_get %0 %1 ^9[]']],
    ['anything', 'call %0 %1 ^6+![]', ['int_add %0 %1 ^9[]'], ['list_length %0', 'slot_get %0 3', 'cell_get %0', 'guard_mutable %0 ^9[]']],
  ])('keeps what lies elsewhere when %s is written', (_what, write, kept, lost) => {
    const twice = (op: string): number => shared(`%2:any = ${op}`, `%3:any = ${write}`, `%4:any = ${op}`, 'return %4').filter((line) => line.includes(op)).length;
    expect(kept.map(twice)).toEqual(kept.map(() => 1));
    expect(lost.map(twice)).toEqual(lost.map(() => 2));
  });

  it('knows of two objects that were made here that they are two', () => {
    expect(shared('%2:list = build_list', '%3:list = build_list', '%4:int = list_length %2', '%5:none = list_append %3 %0 ^6[]', '%6:int = list_length %2', '%7:int = list_length %0', '%8:none = list_append %2 %0 ^6[]',
      '%9:int = list_length %0', '%10:int = list_length %2', '%11:any = int_add %6 %10 ^7[]', '%12:any = int_add %11 %9 ^8[]', 'return %12')).toEqual([
      '%2:list = build_list', '%3:list = build_list', '%13:int = const 0', '%5:none = list_append %3 %0 ^6[]', '%14:int = const 0', '%7:int = list_length %0', '%8:none = list_append %2 %0 ^6[]',
      '%10:int = list_length %2', '%11:any = int_add %14 %10 ^7[]', '%12:any = int_add %11 %7 ^8[]', 'return %12',
    ]);
  });

  const loop = (write: string): string => trimmed(behind('share-values', `
      function f(2)
      b0():
        %0:value = argument 0
        %1:value = argument 1
        %2:int = list_length %0
        jump b1(%2)
      loop b1(%3:any):
        %4:int = list_length %0
        %5:any = int_add %3 %4 ^5[]
        %6:bool = int_truth %5
        branch %6 b2() b3()
      b2():
        %7:none = ${write}
        jump b1(%5)
      b3():
        return %4
  `));

  it('knows in a loop what was known before it and nothing in it changes', () => {
    expect(loop('slot_set %0 %1 2')).not.toContain('%4:int');
    expect(loop('list_set_double %0 %3 %1')).not.toContain('%4:int');
    expect(loop('list_append %1 %0 ^6[]')).toContain('%4:int = list_length %0');
    expect(loop('call %0 %1 ^6+![]')).toContain('%4:int = list_length %0');
  });

  it('knows where ways meet what was known before they parted and neither has changed', () => {
    const diamond = (left: string, right: string): string => behind('share-values', `
      function f(2)
      b0():
        %0:value = argument 0
        %1:value = argument 1
        %2:int = list_length %0
        %3:bool = is %0 %1
        branch %3 b1() b2()
      b1():
        %4:none = ${left}
        jump b3()
      b2():
        %5:none = ${right}
        jump b3()
      b3():
        %6:int = list_length %0
        %7:int = int_add %2 %6 ^7[]
        return %7
    `);
    expect(diamond('cell_set %0 %1', 'slot_set %0 %1 2')).not.toContain('%6:int');
    expect(diamond('list_append %1 %1 ^4[]', 'slot_set %0 %1 2')).toContain('%6:int');
    expect(diamond('cell_set %0 %1', 'call %0 %1 ^6+![]')).toContain('%6:int');
  });

  it('computes and checks once what dominates, and not what stands in another branch', () => {
    expect(behind('share-values', `
      function f(2)
      b0():
        %0:value = argument 0
        %1:value = argument 1
        %2:int = guard_kind %0 int ^1[%0]
        %3:int = guard_kind %0 int ^2[%0]
        %4:int = const 1
        %5:int = const 1
        %6:int = int_add %2 %4 ^3[%2 %4]
        %7:int = int_add %3 %5 ^4[%3 %5]
        %8:bool = int_compare %6 %7 2
        branch %8 b1() b2()
      b1():
        %9:int = int_add %2 %4 ^5[%6]
        jump b3(%9)
      b2():
        %10:int = int_sub %2 %4 ^6[%6]
        jump b3(%10)
      b3(%11:int):
        %12:int = int_sub %2 %4 ^7[%6]
        %13:int = int_add %11 %12 ^8[%6]
        return %13
    `)).toBe(trimmed(`
      function f(2)
      b0():
        %0:value = argument 0
        %1:value = argument 1
        %2:int = guard_kind %0 int ^1[%0]
        %4:int = const 1
        %6:int = int_add %2 %4 ^3[%2 %4]
        %8:bool = int_compare %6 %6 2
        branch %8 b1() b2()
      b1():
        jump b3(%6)
      b2():
        %10:int = int_sub %2 %4 ^6[%6]
        jump b3(%10)
      b3(%11:int):
        %12:int = int_sub %2 %4 ^7[%6]
        %13:int = int_add %11 %12 ^8[%6]
        return %13
    `));
  });

  it('reads again behind a write, and checks shapes again behind a call only', () => {
    expect(shared(
      '%2:object = guard_shape %0 <S> ^1[%0]',
      '%3:value = slot_get %2 0',
      '%4:value = slot_get %2 0',
      '%5:none = slot_set %1 %2 0',
      '%6:value = slot_get %2 0',
      '%7:object = guard_shape %0 <S> ^2[%0]',
      '%8:list = build_list %3 %4 %6 %7',
      '%9:value = slot_get %2 0',
      '%10:value = call %1 %8 ^4+![%0]',
      '%11:object = guard_shape %0 <S> ^5[%0]',
      '%12:value = slot_get %11 0',
      '%13:tuple = build_tuple %9 %10 %12',
      'return %13',
    )).toEqual([
      '%2:object = guard_shape %0 <S> ^1[%0]',
      '%3:value = slot_get %2 0',
      '%5:none = slot_set %1 %2 0',
      '%6:value = slot_get %2 0',
      '%8:list = build_list %3 %3 %6 %2',
      '%10:value = call %1 %8 ^4+![%0]',
      '%11:object = guard_shape %0 <S> ^5[%0]',
      '%12:value = slot_get %11 0',
      '%13:tuple = build_tuple %6 %10 %12',
      'return %13',
    ]);
  });

  it('knows what was stored in a slot or a cell, and that others keep what they hold', () => {
    expect(shared(
      '%2:value = slot_get %0 0',
      '%3:none = slot_set %0 %1 1',
      '%4:value = slot_get %0 0',
      '%5:value = slot_get %0 1',
      '%6:none = cell_set %0 %5',
      '%7:any = cell_get %0',
      '%8:value = slot_get %0 0',
      '%9:tuple = build_tuple %2 %4 %5 %7 %8',
      'return %9',
    )).toEqual([
      '%2:value = slot_get %0 0',
      '%3:none = slot_set %0 %1 1',
      '%6:none = cell_set %0 %1',
      '%9:tuple = build_tuple %2 %2 %1 %1 %2',
      'return %9',
    ]);
  });

  it('tells -0 from 0, numbers from strings, and one object from another', () => {
    const lines = ['%2:int = const 0', '%3:int = const -0', '%4:str = const "0"', '%5:float = const float(0)', '%6:float = const float(0)', '%7:tuple = build_tuple %2 %3 %4 %5 %6', 'return %7'];
    expect(shared(...lines).join('\n')).toContain('build_tuple %2 %3 %4 %5 %6');
  });

  it('shares no safepoints, and nothing that a loop header only seems to have before it', () => {
    const loop = `
      function f(1)
      b0():
        %0:value = argument 0
        %1:none = safepoint ^1[%0]
        %2:none = safepoint ^2[%0]
        %3:none = guard_version <f> ^3[%0]
        jump b1()
      loop b1():
        %4:none = guard_version <f> ^4[%0]
        %5:bool = truth %0 ^5+![%0]
        branch %5 b1() b2()
      b2():
        return %0
    `;
    expect(behind('share-values', loop)).toBe(trimmed(loop));
  });
});

describe('unbox-floats', () => {
  it('makes loop variables doubles, and boxes where an object is wanted', () => {
    expect(behind('unbox-floats', `
      function f(2)
      b0():
        %0:value = argument 0
        %1:float = guard_kind %0 float ^1[%0]
        %2:value = argument 1
        %3:int = const 2
        %4:float!double = double_mul %1 %3
        jump b1(%4)
      loop b1(%5:float):
        %6:float!double = double_add %5 %4
        %7:bool = double_compare %6 %1 0
        branch %7 b1(%6) b2()
      b2():
        %8:value = call %2 %5 ^4+![%5 %6]
        return %6
    `)).toBe(trimmed(`
      function f(2)
      b0():
        %0:value = argument 0
        %1:float = guard_kind %0 float ^1[%0]
        %2:value = argument 1
        %3:int = const 2
        %9:float!double = unbox %1
        %10:float!double = int_to_double %3
        %4:float!double = double_mul %9 %10
        jump b1(%4)
      loop b1(%5:float!double):
        %6:float!double = double_add %5 %4
        %11:float!double = unbox %1
        %7:bool = double_compare %6 %11 0
        branch %7 b1(%6) b2()
      b2():
        %12:float = box %5
        %8:value = call %2 %12 ^4+![%5 %6]
        %13:float = box %6
        return %13
    `));
  });

  it('leaves objects what \`is\` compares, with all that may become it; but not what is compared with None', () => {
    const loop = (other: string): string => behind('unbox-floats', `
      function f(2)
      b0():
        %0:value = argument 0
        %1:float = guard_kind %0 float ^1[%0]
        jump b1(%1)
      loop b1(%2:float):
        jump b2(%2)
      b2(%3:float):
        %4:float!double = double_add %3 %3
        %5:none = const ${other}
        %6:bool = is %3 %5
        branch %6 b1(%4) b3()
      b3():
        return %3
    `);
    expect(loop('null')).toContain('loop b1(%2:float!double):');
    expect(loop('float(0)')).toContain('loop b1(%2:float):');
    expect(loop('float(0)')).toContain('b2(%3:float):');
  });

  it('leaves floats objects that nobody calculates with', () => {
    const plain = straight('%2:float = guard_kind %0 float ^1[%0]', 'jump b1(%2)', 'b1(%3:float):', '%4:value = call %1 %3 ^2+![%3]', 'return %4');
    expect(behind('unbox-floats', plain)).toBe(trimmed(plain));
  });

  it('boxes what a generator yields and what its frame keeps', () => {
    const text = behind('unbox-floats', `
      function g(-1)
      b0():
        %0:float = entry_slot 0
        %1:float!double = double_add %0 %0
        yield %1 ^5[%1 %0]
    `);
    expect(text.split('\n').slice(-3)).toEqual(['%4:float = box %1', '%5:float = box %1', 'yield %4 ^5[%5 %0]']);
  });
});

describe('dead-code', () => {
  it('drops values nobody uses, and loop variables that only feed themselves; guards and calls stay', () => {
    expect(behind('dead-code', `
      function f(2)
      b0():
        %0:value = argument 0
        %1:value = argument 1
        %2:int = guard_kind %0 int ^1[%0]
        %3:int = const 5
        %4:bool = is %0 %1
        %5:list = build_list %0
        %6:object = make_cell %0
        %7:int = const 7
        jump b1(%2, %3, %7)
      loop b1(%8:int, %9:int, %10:int):
        %11:int = int_step %9 %8
        %12:value = call %1 %10 ^4+![%8]
        %13:bool = is %12 %1
        branch %13 b1(%8, %11, %10) b2()
      b2():
        return %12
    `)).toBe(trimmed(`
      function f(2)
      b0():
        %0:value = argument 0
        %1:value = argument 1
        %2:int = guard_kind %0 int ^1[%0]
        %7:int = const 7
        jump b1(%2, %7)
      loop b1(%8:int, %10:int):
        %12:value = call %1 %10 ^4+![%8]
        %13:bool = is %12 %1
        branch %13 b1(%8, %10) b2()
      b2():
        return %12
    `));
  });

  it('keeps what only a state names: tier 0 would need it', () => {
    const text = straight('%2:tuple = build_tuple %0 %1', '%3:int = const 3', 'exit raise ^4[%2 range(%3,%3,%3)]');
    expect(behind('dead-code', text)).toBe(trimmed(text));
  });
});

describe('runPasses', () => {
  const text = straight('%2:int = binary %0 %1 0 ^4+![] ~3[%0 %1] seen int int int', 'return %2');

  it('gives the text behind every pass, in order, and adds up its time', () => {
    const names: string[] = [];
    const before = passTimes.get('specialise') ?? 0;
    runPasses(parseGraph(text), { verifies: true, dump: (name, dumped) => { names.push(name); expect(graphText(parseGraph(dumped))).toBe(dumped); } });
    expect(names).toEqual(['build', ...PASSES.map(({ name }) => name)]);
    expect(passTimes.get('specialise')).toBeGreaterThan(before);
  });

  it('names the pass behind which a graph is broken, when it verifies', () => {
    const broken = (): ReturnType<typeof parseGraph> => {
      const graph = parseGraph(text);
      graph.blocks[0]!.nodes.find((node) => node.op === 'argument')!.block = null;
      graph.blocks[0]!.nodes.shift();
      return graph;
    };
    expect(() => runPasses(broken(), { verifies: true, dump: null })).toThrow('behind build of f: block 0: binary %2 uses argument %0, which is in no block');
    expect(() => runPasses(broken(), { verifies: false, dump: null })).not.toThrow();
  });
});

describe('split-complex', () => {
  it('carries two doubles around a loop, names them in states, and makes an object where one is handed on', () => {
    expect(behind('split-complex', `
      function f(2)
      b0():
        %0:value = argument 0
        %1:value = argument 1
        %2:complex = guard_kind %0 complex ^1[%0]
        jump b1(%2)
      loop b1(%3:complex):
        %4:float!double = complex_real %3
        %5:float!double = complex_imag %3
        %6:float!double = double_add %4 %5
        %7:complex = complex %6 %5
        %8:bool = truth %1 ^5+![%3 %7]
        branch %8 b1(%7) b2()
      b2():
        return %3
    `)).toBe(trimmed(`
      function f(2)
      b0():
        %0:value = argument 0
        %1:value = argument 1
        %2:complex = guard_kind %0 complex ^1[%0]
        %12:float!double = complex_real %2
        %13:float!double = complex_imag %2
        jump b1(%12, %13)
      loop b1(%9:float!double, %10:float!double):
        %11:complex = complex %9 %10
        %6:float!double = double_add %9 %10
        %7:complex = complex %6 %10
        %8:bool = truth %1 ^5+![complex(%9,%10) complex(%6,%10)]
        branch %8 b1(%6, %10) b2()
      b2():
        return %11
    `));
  });
});

describe('lists of floats', () => {
  const list = ['%2:list = guard_kind %0 list ^1[%0]', '%3:int = guard_kind %1 int ^2[%1]'];

  it('are read, written and appended to as raw doubles', () => {
    expect(behind('specialise', straight(
      ...list,
      '%4:float = unbox %1',
      '%5:none = list_append %2 %4 ^3[%0]',
      '%6:list = build_list %4 %4',
      '%7:list = build_list %4 %3',
      'return %6',
    ))).toBe(trimmed(straight(
      ...list,
      '%4:float = unbox %1',
      '%8:none = list_append_double %2 %4 ^3[%0]',
      '%9:list = build_list_of_doubles %4 %4',
      '%7:list = build_list %4 %3',
      'return %9',
    )));
  });
});

describe('masked arithmetic', () => {
  const ints = ['%2:int = guard_kind %0 int ^1[%0]', '%3:int = const 12345', '%4:int = const 255'];

  it('asks for the low bits only', () => {
    const text = trimmed(behind('specialise', straight(...ints, '%5:int = binary %2 %3 5 ^4+![%0] ~4[%0 %2]', '%6:int = binary %5 %3 0 ^5+![%0] ~5[%0 %5]', '%7:int = binary %6 %4 1 ^6+![%0] ~6[%0]', 'return %7')));
    expect(text.replace(/%\d+/g, '%')).toContain('low_mul % %');
    expect(text).toContain('low_add');
    expect(text).toContain('low_and');
    expect(text).not.toContain('int_mul');
  });

  it('does not where somebody else uses a value between', () => {
    const text = behind('specialise', straight(...ints, '%5:int = binary %2 %3 5 ^4+![%0] ~4[%0 %2]', '%6:int = binary %5 %4 1 ^6+![%0] ~6[%0]', '%7:tuple = build_tuple %5 %6', 'return %7'));
    expect(text).not.toContain('low_');
    expect(behind('specialise', straight(...ints, '%5:int = binary %2 %3 5 ^4+![%0] ~4[%0 %2]', '%8:value = call %1 ^5+![%5]', '%6:int = binary %5 %4 1 ^6+![%0] ~6[%0]', 'return %6'))).not.toContain('low_');
  });
});

describe('split-numbers', () => {
  it('carries a double and a tag for what is a float but for its first value, and asks the tag where one wants to know', () => {
    expect(behind('split-numbers', `
      function f(1)
      b0():
        %0:value = argument 0
        %1:float = guard_kind %0 float ^1[%0]
        %2:unbound = const undefined
        jump b1(%2)
      loop b1(%3:float|unbound):
        %4:float!double = double_add %1 %1
        %5:bool = truth %0 ^5+![%3 %4]
        branch %5 b1(%4) b2()
      b2():
        %6:float = guard_bound %3 ^9[%3]
        return %6
    `)).toBe(trimmed(`
      function f(1)
      b0():
        %0:value = argument 0
        %1:float = guard_kind %0 float ^1[%0]
        %2:unbound = const undefined
        %10:int = const 0
        %11:int = const 0
        jump b1(%10, %11)
      loop b1(%7:float!double, %8:int):
        %9:float|unbound = number %7 %8
        %4:float!double = double_add %1 %1
        %5:bool = truth %0 ^5+![number(%7,%8) %4]
        %12:int = const 1
        branch %5 b1(%4, %12) b2()
      b2():
        %13:float!double = guard_float_tag %7 %8 ^9[number(%7,%8)]
        return %13
    `));
  });

  it('leaves alone what gets objects only, and what is asked for its identity', () => {
    const text = (use: string): string => `
      function f(1)
      b0():
        %0:value = argument 0
        %1:float = guard_kind %0 float ^1[%0]
        %2:int = const 0
        jump b1(%2)
      loop b1(%3:int|float):
        ${use}
        branch %5 b1(%4) b2()
      b2():
        return %3
    `;
    for (const use of ['%4:float = guard_kind %1 float ^2[%1]\n%5:bool = truth %0 ^5+![%3]', '%4:float!double = double_add %1 %1\n%5:bool = is %3 %1']) {
      expect(behind('split-numbers', text(use))).toBe(trimmed(text(use)));
    }
  });
});
