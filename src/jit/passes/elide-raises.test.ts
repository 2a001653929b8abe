/** Raises without exceptions on graphs in their text form. */
import { describe, expect, it } from 'vitest';
import { PyType } from '../../core/type.ts';
import type { TypeFlags } from '../../core/type.ts';
import { resetIds, type Graph } from '../ir.ts';
import { graphText, parseGraph } from '../text.ts';
import { verifyGraph } from '../verify.ts';
import { isInlinable } from './inline-body.ts';
import { inlineCalls } from './inline-calls.ts';

function typeOf(name: string, ...bases: PyType[]): PyType {
  const type = new PyType(null, name, bases[0] ?? null, { heapType: false } as TypeFlags);
  type.mro = [type, ...bases];
  return type;
}

const ROOT = typeOf('BaseException');
const ERROR = typeOf('LookupError', ROOT);
const OTHER = typeOf('ValueError', ROOT);

/** What catches, and counts; `between` stands in the handler while the exception is handled. */
function program(between: readonly string[], behind = '%20'): string {
  return ['function f(2)',
    'b0():', '%0:value = argument 0', '%1:value = argument 1', 'branch %0 b1() b5()',
    'b1():', '%2:object = new_exception %1 <LookupError>', '%3:none = raise %2 ^4+[%0 %1] ~2[%0 %1 %2] catches', 'jump b2()',
    'b2():', '%4:object = caught', 'jump b3(%4)',
    'b3(%5:object):', '%6:value = push_handled %5', '%8:bool = is_caught %5 <what>', 'branch %8 b4() b6()',
    'b4():', ...between, '%20:int = const 1', '%21:none = pop_handled %6', `return ${behind}`,
    'b6():', 'exit unseen ^10[%0 %1 %6 %5]',
    'b5():', '%22:int = const 2', 'return %22'].join('\n');
}

/** The lines of the blocks behind the entry, when the handler catches `what`. */
function linesOf(text: string, what: PyType, { isInBody }: { isInBody: boolean }): string[] {
  const graph = parseGraph(text);
  for (const { nodes } of graph.blocks) {
    for (const node of nodes) {
      if (node.op === 'new_exception') node.imm = ERROR;
      if (node.op === 'is_caught') node.imm = [what];
    }
  }
  resetIds(100);
  inlineCalls(graph, { bodyOf: () => null, isInBody, hasRoom: () => true, beginningOf: () => null, mayLeave: () => true });
  verifyGraph(graph, { areDoublesPlaced: false });
  const lines = graphText(graph).split('\n').map((line) => line.trim());
  return lines.slice(lines.indexOf('b1():'));
}

/** Likewise; null where the exception is made. */
function elided(text: string, what: PyType): string[] | null {
  const lines = linesOf(text, what, { isInBody: false });
  return lines.some((line) => line.includes('= raise')) ? null : lines;
}

describe('an exception that is caught where it is raised', () => {
  it('is not raised where nobody sees it: only exits would make it', () => {
    expect(elided(program([]), ERROR)).toEqual([
      'b1():', '%2:object = new_exception %1 <LookupError>', '%100:none = guard_version <object> ^2[%0 %1 %2]', '%20:int = const 1', 'return %20',
      'b5():', '%22:int = const 2', 'return %22',
    ]);
    expect(elided(program([]), ROOT)).not.toBeNull();
  });

  it('is raised where another class is caught, of which nothing has been seen', () => {
    expect(elided(program([]), OTHER)).toBeNull();
  });

  it('is raised where the handler calls something, hands it on, or leaves behind a change', () => {
    expect(elided(program(['%10:value = call %1 ^12+![%0 %1 %6]']), ERROR)).toBeNull();
    expect(elided(program([], '%5'), ERROR)).toBeNull();
    expect(elided(program(['%10:none = slot_set %1 %0 1']), ERROR)).not.toBeNull();
    expect(elided(program(['%10:none = slot_set %1 %0 1', '%11:int = guard_kind %1 int ^12[%0 %1 %6]']), ERROR)).toBeNull();
    expect(elided(program(['%11:int = guard_kind %1 int ^12[%0 %1 %6]', '%10:none = slot_set %1 %0 1']), ERROR)).not.toBeNull();
  });

  it('has guards of its handler leave to the place before what raises', () => {
    expect(elided(program(['%11:int = guard_kind %1 int ^12[%0 %1 %6]']), ERROR)?.find((line) => line.includes('guard_kind'))).toMatch(/ \^2\[%0 %1 %2\]$/);
  });
});

describe('a handler that raises another exception', () => {
  const text = program([]).replace('%20:int = const 1', '%12:object = new_exception %0 <LookupError>').replace('%21:none = pop_handled %6', '%14:none = raise %12 ^12+[%0 %1 %6] ~10[%0 %1 %6 %12] catches')
    .replace('return %20', ['jump b7()', 'b7():', '%15:object = caught', '%16:none = pop_handled %6', '%17:none = reraise %15 ^14+[%0 %1]', 'exit raise ^14[%0 %1]'].join('\n'));

  it('raises it instead in the body of an inlined call, where nobody will see it', () => {
    expect(elided(text, ERROR)).toBeNull();
    const lines = linesOf(text, ERROR, { isInBody: true });
    expect(lines.slice(0, lines.indexOf('b5():'))).toEqual([
      'b1():', '%2:object = new_exception %1 <LookupError>', '%100:none = guard_version <object> ^2[%0 %1 %2]', '%12:object = new_exception %0 <LookupError>', '%14:none = raise %12 ^2[%0 %1 %2]',
      'exit raise ^2[%0 %1 %2]',
    ]);
  });

  it('is no part of a body when something else is done behind it', () => {
    const behind = text.replace('%16:none = pop_handled %6', '%16:none = pop_handled %6\n%18:none = slot_set %1 %0 1');
    expect(linesOf(behind, ERROR, { isInBody: true })).toContain('%15:object = caught');
  });
});

describe('a function that raises', () => {
  const body = (raises: string): Graph => parseGraph(['function callee(1)', 'b0():', '%0:value = argument 0', 'branch %0 b1() b2()', 'b1():', '%1:object = new_exception %0 <LookupError>', raises, 'exit raise ^1[%0]', 'b2():', 'return %0'].join('\n'));

  it('may be inlined when what it raises is made for that', () => {
    expect(isInlinable(body('%2:none = raise %1 ^2+[%0]'))).toBe(true);
    expect(isInlinable(body('%2:none = raise %0 ^2+[%0]'))).toBe(false);
    expect(isInlinable(body('%2:none = raise %1 %0 ^2+[%0]'))).toBe(false);
    expect(isInlinable(body('%3:none = const null\n%2:none = raise %1 %3 ^2+[%0]'))).toBe(true);
  });
});
