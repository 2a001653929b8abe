/** Instances that loops carry, on graphs in their text form. */
import { describe, expect, it } from 'vitest';
import type { BuiltInstance } from '../operations.ts';
import { graphText, parseGraph } from '../text.ts';
import { verifyGraph } from '../verify.ts';
import { splitInstances } from './split-instances.ts';

const TYPE = { name: 'Vector', version: 7 };
const MADE = { type: TYPE, shape: null, room: 2 } as unknown as BuiltInstance;

/** A loop that carries an instance of two attributes; `round` are the nodes of a round, which makes `%30`, and `rest` what stands behind the loop. */
function behind(round: readonly string[], rest: readonly string[] = ['return %1'], next = '%30'): string[] {
  const graph = parseGraph([
    'function f(1)', 'b0():', '%0:value = argument 0', '%1:int = const 1', '%2:object = build_instance %1 %1 <object>', 'jump b1(%2, %1)',
    'loop b1(%10:object, %11:int):', '%12:bool = int_compare %11 %1 4', 'branch %12 b2() b3()',
    'b2():', ...round, `jump b1(${next}, %11)`, 'b3():', ...rest,
  ].join('\n'));
  for (const { nodes } of graph.blocks) {
    for (const node of nodes) {
      if (node.op === 'build_instance') node.imm = MADE;
      if (node.op === 'guard_type') node.imm = { type: TYPE, version: 7 };
    }
  }
  splitInstances(graph);
  verifyGraph(graph, { areDoublesPlaced: false });
  return graphText(graph).split('\n').slice(1).map((line) => line.trim());
}

const ROUND = ['%20:object = guard_type %10 <object> ^3[%10 %11]', '%21:any = slot_get %20 0', '%22:int = small_add %21 %11 ^3[%10 %10]', '%30:object = build_instance %22 %11 <object>', '%31:none = safepoint ^4[%30 %11]'];

describe('split-instances', () => {
  it('carries the attributes, and makes instances for those who leave and for those behind the loop', () => {
    const lines = behind(ROUND, ['return %10']);
    expect(lines.slice(3, 6)).toEqual(['%2:object = build_instance %1 %1 <object>', 'jump b1(%1, %1, %1)', expect.stringMatching(/^loop b1\(%(\d+):int, %(\d+):int, %11:int\):$/)]);
    const [, x, y] = /\(%(\d+):int, %(\d+):int/.exec(lines[5]!)!;
    expect(lines[6]).toMatch(new RegExp(`^%\\d+:object = build_instance %${x} %${y} <object>$`));
    const instance = lines[6]!.split(':')[0]!;
    expect(lines.slice(9)).toEqual([
      'b2():', expect.stringMatching(/^%\d+:none = guard_version <object> \^3\[/), `%22:int = small_add %${x} %11 ^3[${instance} ${instance}]`, '%30:object = build_instance %22 %11 <object>',
      '%31:none = safepoint ^4[%30 %11]', 'jump b1(%22, %11, %11)', 'b3():', expect.stringMatching(new RegExp(`^%\\d+:object = build_instance %${x} %${y} <object>$`)),
      expect.stringMatching(/^return %\d+$/),
    ]);
    expect(lines.at(-1)).toBe(`return ${lines.at(-2)!.split(':')[0]}`);
    expect(lines.at(-1)).not.toBe(`return ${instance}`);
  });

  it.each([
    ['is called with', ['%23:value = call %0 %10 ^5+![%10]', '%30:object = build_instance %1 %11 <object>']],
    ['stays while something is called', ['%23:value = call %0 %0 ^5+![%10]', '%30:object = build_instance %1 %11 <object>']],
    ['is kept by another', ['%23:none = cell_set %0 %10', '%30:object = build_instance %1 %11 <object>']],
    ['is asked for its identity', ['%23:bool = is %0 %10', '%30:object = build_instance %1 %11 <object>']],
    ['is kept when it is new', ['%30:object = build_instance %1 %11 <object>', '%31:none = cell_set %0 %30']],
    ['has an attribute written', ['%23:none = slot_set %10 %11 0', '%30:object = build_instance %1 %11 <object>']],
    ['has another number of attributes', ['%30:object = build_instance %11 <object>']],
    ['is something else in the next round', ['%30:object = guard_type %0 <object> ^3[%0]']],
  ])('leaves alone what %s', (_what, round) => {
    expect(behind(round)).toContain('loop b1(%10:object, %11:int):');
  });
});
