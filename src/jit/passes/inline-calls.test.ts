/** Inlining on graphs in their text form, with bodies that are given. */
import { describe, expect, it } from 'vitest';
import type { PyFunction } from '../../core/function.ts';
import { resetIds, State, type Graph } from '../ir.ts';
import { graphText, parseGraph } from '../text.ts';
import { verifyGraph } from '../verify.ts';
import { delayWrites } from './delay-writes.ts';
import { endAtImpossible } from './end-at-impossible.ts';
import { foldInstances } from './fold-instances.ts';
import { canBeRepeated, isHopeless, isInlinable, isInlinableInPlace, type Inliner } from './inline-body.ts';
import { inlineCalls } from './inline-calls.ts';
import { mergeBlocks } from './merge-blocks.ts';

/** A function of which nothing but its code is looked at. */
const FUNC = { name: 'callee', code: { name: 'code', ownEntries: 0 } } as unknown as PyFunction;

/** Inlines a body into a call `f(%0)` whose result is returned; gives the text without the state of the guards, or null where nothing was inlined. */
function inlined(body: string, op: 'call_direct' | 'call_init' = 'call_direct'): string[] | null {
  const callee = parseGraph(`function callee(1)\n${body}`);
  const graph = parseGraph(['function f(1)', 'b0():', '  %50:value = argument 0', `  %51:value = ${op} %50 <callee> ^4+![%50]`, '  return %51'].join('\n'));
  const call = graph.blocks[0]!.nodes[1]!;
  const before = new State(2, 2, [graph.blocks[0]!.nodes[0]!]);
  call.imm = FUNC;
  call.before = before;
  resetIds(100);
  const inliner: Inliner = { bodyOf: (_func, leaving) => (leaving === 'before' && isInlinable(callee) ? callee : null), isInBody: false, hasRoom: () => true, beginningOf: () => null, mayLeave: () => true };
  inlineCalls(graph, inliner);
  verifyGraph(graph, { areDoublesPlaced: false });
  const lines = graphText(graph).split('\n').slice(1).map((line) => line.trim());
  return lines.some((line) => line.includes('call_')) ? null : lines.map((line) => line.replaceAll(' ^2[%50]', ''));
}

function graph(...lines: string[]): Graph {
  return parseGraph(['function callee(1)', ...lines].join('\n'));
}

describe('a call of a known function', () => {
  it('becomes its body, behind checks that the function is what it was and that there is room on the stack', () => {
    expect(inlined('b0():\n%0:value = argument 0\n%1:int = guard_kind %0 int ^1[%0]\n%2:int = const 1\n%3:int = int_add %1 %2 ^2[%1]\nreturn %3')).toEqual([
      'b0():', '%50:value = argument 0', '%100:none = guard_depth 7', '%101:none = guard_inlined <object>', '%102:int = guard_kind %50 int', '%103:int = const 1',
      '%104:int = int_add %102 %103', 'return %104',
    ]);
  });

  it('goes on where the ways through its body meet', () => {
    const lines = inlined('b0():\n%0:value = argument 0\n%1:none = const null\n%2:bool = is %0 %1\nbranch %2 b1() b2()\nb1():\n%3:int = const 0\nreturn %3\nb2():\nreturn %0')!;
    expect(lines.filter((line) => !line.includes('const'))).toEqual([
      'b0():', '%50:value = argument 0', '%100:none = guard_depth 7', '%101:none = guard_inlined <object>', '%103:bool = is %50 %102', 'branch %103 b2() b3()',
      'b2():', 'jump b4(%104)', 'b3():', 'jump b4(%50)', 'b4(%105:value):', 'return %105',
    ]);
  });

  it('stays one where the body calls something, or leaves for more than what nobody has seen', () => {
    expect(inlined('b0():\n%0:value = argument 0\n%1:value = call %0 ^4+![%0]\nreturn %1')).toBeNull();
    expect(inlined('b0():\n%0:value = argument 0\nbranch %0 b1() b2()\nb1():\nexit raise ^1[%0]\nb2():\nreturn %0')).toBeNull();
    expect(inlined('b0():\n%0:value = argument 0\nbranch %0 b1() b2()\nb1():\nexit unseen ^1[%0]\nb2():\nreturn %0')).not.toBeNull();
  });

  it('stays one where the body is too large before anything is inlined into it', () => {
    const returning = (...lines: string[]): Graph => graph('b0():', '%0:value = argument 0', ...lines, 'return %0');
    const calls = (count: number): Graph => returning(...Array.from({ length: count }, (_, i) => `%${i + 1}:value = call_direct %0 <callee> ^4+![%0]`));
    expect([1, 2].map((count) => isHopeless(calls(count), () => false))).toEqual([false, true]);
    expect(isHopeless(calls(2), () => true)).toBe(false);
    expect(isHopeless(returning(...Array.from({ length: 400 }, (_, i) => `%${i + 1}:int = guard_kind %0 int ^1[%0]`)), () => true)).toBe(true);
    expect(isHopeless(graph('b0():', '%0:value = argument 0', 'jump b1()', 'loop b1():', '%1:value = call_direct %0 <callee> ^4+![%0]', 'jump b1()'), () => false)).toBe(true);
  });

  it('stays one of an __init__ that may return something', () => {
    expect(inlined('b0():\n%0:value = argument 0\n%1:none = const null\nreturn %1', 'call_init')).not.toBeNull();
    expect(inlined('b0():\n%0:value = argument 0\n%1:int = const 1\nreturn %1', 'call_init')).toBeNull();
  });
});

/** As `inlined`, for a body that is left where it stands. */
function inlinedInPlace(body: string, op: 'call_direct' | 'call_init' = 'call_direct'): string[] | null {
  const callee = parseGraph(`function callee(1)\n${body}`);
  const caller = parseGraph(['function f(1)', 'b0():', '  %50:value = argument 0', `  %51:value = ${op} %50 <callee> ^4+![%50]${op === 'call_init' ? ' init %50' : ''}`, '  return %51'].join('\n'));
  const call = caller.blocks[0]!.nodes[1]!;
  call.imm = FUNC;
  call.before = new State(2, 2, [caller.blocks[0]!.nodes[0]!]);
  resetIds(100);
  inlineCalls(caller, { bodyOf: (_func, leaving) => (leaving === 'in place' && isInlinableInPlace(callee) ? callee : null), isInBody: false, hasRoom: () => true, beginningOf: () => null, mayLeave: () => true });
  verifyGraph(caller, { areDoublesPlaced: false });
  const text = graphText(caller);
  // Its states can be read back.
  expect(graphText(parseGraph(text))).toBe(text);
  const lines = text.split('\n').slice(1).map((line) => line.trim());
  return lines.some((line) => line.includes('call_')) ? null : lines.filter((line) => !/guard_(depth|inlined)|argument|const/.test(line));
}

describe('a body that cannot be done again', () => {
  it('is left where it stands, on a frame of its caller', () => {
    expect(inlinedInPlace('b0():\n%0:value = argument 0\n%1:value = slot_get %0 0\n%2:none = slot_set %0 %1 1\n%3:int = guard_kind %1 int ^7[%0 %1]\nreturn %3')).toEqual([
      'b0():', '%103:value = slot_get %50 0', '%104:none = slot_set %50 %103 1', '%105:int = guard_kind %103 int ^7[%50 %103] in #0 %102 4+![%50]', 'return %105',
    ]);
  });

  it('has a record as long as it runs where it calls something, and asks for its frame at the end', () => {
    const body = ['b0():', '%0:value = argument 0', '%1:value = call %0 ^3+![%0]', '%2:bool = frame_seen', 'branch %2 b1() b2()', 'b1():', 'exit seen ^5[%0 %1]', 'b2():', 'return %1'];
    expect(inlinedInPlace(body.join('\n'))).toEqual([
      'b0():', '%105:none = enter_inlined #0 ^4+![%50]', '%103:value = call %50 ^3+![%50] in #0! %102 4+![%50]', '%104:none = leave_inlined #0 ^5[%50 %103] in #0! %102 4+![%50]', 'return %103',
    ]);
  });

  it('gives way to the instance that it is the __init__ of', () => {
    const body = ['b0():', '%0:value = argument 0', '%1:none = slot_set %0 %0 1', '%2:none = guard_true %0 ^7[%0]', '%3:none = const null', 'return %3'];
    expect(inlinedInPlace(body.join('\n'), 'call_init')!.filter((line) => line.includes('guard_true'))).toEqual(['%104:none = guard_true %50 ^7[%50] in #0 %102 4+![%50] init %50']);
  });

  it('stays a call where it yields, loops, or calls too much', () => {
    expect(inlinedInPlace('b0():\n%0:value = argument 0\nyield %0 ^1[%0]')).toBeNull();
    expect(inlinedInPlace('b0():\n%0:value = argument 0\njump b1()\nloop b1():\nbranch %0 b1() b2()\nb2():\nreturn %0')).toBeNull();
    expect(inlinedInPlace(['b0():', '%0:value = argument 0', ...[1, 2, 3, 4].map((n) => `%${n}:value = call %0 ^${n}+![%0]`), 'return %1'].join('\n'))).toBeNull();
  });
});

describe('canBeRepeated', () => {
  const change = ['b0():', '%0:value = argument 0', '%1:value = slot_get %0 0', '%2:none = slot_set %0 %1 1'];

  it('allows changes behind which nothing fails', () => {
    expect(canBeRepeated(graph(...change, 'return %1'), { isInit: false })).toBe(true);
  });

  it('allows no guard and no exit behind a change, not in what follows either', () => {
    expect(canBeRepeated(graph(...change, '%3:int = guard_kind %1 int ^1[%0]', 'return %3'), { isInit: false })).toBe(false);
    expect(canBeRepeated(graph(...change, 'branch %1 b1() b2()', 'b1():', 'exit unseen ^1[%0]', 'b2():', 'return %0'), { isInit: false })).toBe(false);
    expect(canBeRepeated(graph('b0():', '%0:value = argument 0', 'jump b1()', 'loop b1():', '%1:none = safepoint ^1[%0]', '%2:none = slot_set %0 %0 1', 'branch %0 b1() b2()', 'b2():', 'return %0'), { isInit: false })).toBe(false);
  });

  it('does not mind changes of what is made there, or of the instance that an __init__ gets', () => {
    expect(canBeRepeated(graph(...change, '%3:int = guard_kind %1 int ^1[%0]', 'return %3'), { isInit: true })).toBe(true);
    const made = ['b0():', '%0:value = argument 0', '%1:list = build_list %0', '%2:none = list_append %1 %0 ^1[%0]', '%3:none = list_append %1 %0 ^2[%0]', 'return %1'];
    expect(canBeRepeated(graph(...made), { isInit: false })).toBe(true);
  });
});

describe('delayWrites', () => {
  function delayed(...lines: string[]): string[] {
    const body = graph('b0():', '%0:value = argument 0', ...lines);
    delayWrites(body);
    verifyGraph(body, { areDoublesPlaced: false });
    return graphText(body).split('\n').slice(3).map((line) => line.trim());
  }

  it('moves stores behind guards of what lies elsewhere', () => {
    const body = ['%1:value = slot_get %0 0', '%2:none = slot_set %0 %1 1', '%3:value = slot_get %0 0', '%4:int = guard_kind %3 int ^1[%0]', 'return %4'];
    expect(delayed(...body)).toEqual([body[0], body[2], body[3], body[1], body[4]]);
  });

  it('leaves them before what reads or may change what they write', () => {
    const read = ['%2:none = slot_set %0 %0 1', '%3:value = slot_get %0 1', 'return %3'];
    expect(delayed(...read)).toEqual(read);
    const appended = ['%1:list = build_list %0', '%2:none = slot_add %0 %1 <S>', '%3:object = guard_shape %1 <S> ^1[%0]', 'return %3'];
    expect(delayed(...appended)).toEqual(appended);
    const changed = ['%2:none = slot_set %0 %0 1', '%3:none = poly_set %0 %0 %0 <P>', '%4:int = guard_kind %0 int ^1[%0]', 'return %4'];
    expect(delayed(...changed)).toEqual(changed);
  });

  it('carries them over branches to where ways meet, but not where they meet with others', () => {
    const branches = ['%2:none = slot_set %0 %0 1', 'branch %0 b1() b2()', 'b1():', '%3:int = guard_kind %0 int ^1[%0]', 'jump b3(%3)', 'b2():', 'jump b3(%0)', 'b3(%4:value):', 'return %4'];
    expect(delayed(...branches)).toEqual([...branches.slice(1, 8), branches[0], branches[8]]);
    const others = ['branch %0 b1() b2()', 'b1():', '%2:none = slot_set %0 %0 1', 'jump b3()', 'b2():', 'jump b3()', 'b3():', '%3:int = guard_kind %0 int ^1[%0]', 'return %3'];
    expect(delayed(...others)).toEqual(others);
  });
});

describe('fold-instances', () => {
  const [empty, one] = [{ name: 'S0' }, { name: 'S1' }];
  const type = { name: 'C', rootShape: empty, memberCount: 0, slotRoom: 2, version: 1, flags: { hasDict: true }, slots: { tp_finalize: null } };

  /** `lines` behind `%1 = new_instance`, with the constants that the text form leaves out. */
  function folded(...lines: string[]): string[] {
    const made = graph('b0():', '%0:value = argument 0', '%1:object = new_instance <C>', ...lines);
    for (const node of made.blocks[0]!.nodes) {
      if (node.op === 'new_instance') node.imm = type;
      if (node.op === 'guard_shape') node.imm = { shape: node.args[0]!.op === 'new_instance' ? empty : one, type, version: 1 };
      if (node.op === 'slot_add') node.imm = { slot: 0, shape: one, type, version: 1 };
    }
    resetIds(100);
    foldInstances(made);
    verifyGraph(made, { areDoublesPlaced: false });
    return graphText(made).split('\n').slice(3).map((line) => line.trim());
  }

  it('makes an instance with the attributes that it gets at once, where somebody else gets it', () => {
    expect(folded('%2:object = guard_shape %1 <object> ^1[%0]', '%3:none = slot_add %2 %0 <object>', '%4:value = slot_get %1 0', '%5:value = call %4 %1 ^3+![%0]', 'return %5'))
      .toEqual(['%100:object = build_instance %0 <object>', '%5:value = call %0 %100 ^3+![%0]', 'return %5']);
  });

  it('leaves one alone that gets nothing, or something else first', () => {
    expect(folded('%2:value = call %0 %1 ^3+![%0]', 'return %2')).toEqual(['%1:object = new_instance <C>', '%2:value = call %0 %1 ^3+![%0]', 'return %2']);
    expect(folded('%2:value = call %0 %1 ^3+![%0]', '%3:none = slot_add %1 %0 <object>', 'return %2')[0]).toBe('%1:object = new_instance <C>');
  });
});

describe('endAtImpossible', () => {
  it('leaves at a guard that a value of another kind never passes, and drops what is not come to', () => {
    const made = graph('b0():', '%0:int = const 2', 'jump b1()', 'b1():', '%1:float = guard_kind %0 float ^1[%0]', '%2:object = guard_shape %0 <S> ^1[%0]', 'jump b2()', 'b2():', 'return %1');
    endAtImpossible(made);
    expect(graphText(made).split('\n').slice(1).map((line) => line.trim())).toEqual(['b0():', '%0:int = const 2', 'jump b1()', 'b1():', 'exit guard_kind ^1[%0]']);
  });

  it('leaves guards alone that may hold', () => {
    const made = graph('b0():', '%0:value = argument 0', '%1:float = guard_kind %0 float ^1[%0]', '%2:object = guard_shape %0 <S> ^1[%0]', 'return %1');
    const text = graphText(made);
    endAtImpossible(made);
    expect(graphText(made)).toBe(text);
  });
});

describe('mergeBlocks', () => {
  it('joins what one jump leads to, and leaves loops and places where ways meet', () => {
    const joined = graph('b0():', '%0:value = argument 0', 'jump b1(%0)', 'b1(%1:value):', 'branch %1 b2() b3()', 'b2():', 'jump b3()', 'b3():', 'return %1');
    mergeBlocks(joined);
    expect(graphText(joined).split('\n').slice(1).map((line) => line.trim())).toEqual(['b0():', '%0:value = argument 0', 'branch %0 b2() b3()', 'b2():', 'jump b3()', 'b3():', 'return %0']);
  });
});
