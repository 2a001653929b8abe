/** Special methods of one class of the program, called directly: items, `in`, lengths and truth. Operators are in `build-instructions.ts`. */
import { PyType } from '../core/type.ts';
import type { Instruction } from './bytecode-blocks.ts';
import type { Builder } from './builder.ts';
import type { Node, State } from './ir.ts';
import { BOOL } from './kinds.ts';
import type { SpecialCall } from './operations.ts';

/** What an operation asks. */
export interface SpecialQuestion {
  readonly self: Node;
  readonly others: readonly Node[];
  readonly name: string;
  /** What becomes of the result. */
  readonly then: SpecialCall['then'];
}

/** The one class of the program that an instruction has seen; null for others. */
function seenClass(b: Builder, i: Instruction): PyType | null {
  const type = b.feedback(i)?.type ?? null;
  return type instanceof PyType && type.flags.heapType ? type : null;
}

/** The call of a special method, behind a guard of the class; null where that is no plain Python function. */
export function callSpecial(b: Builder, i: Instruction, { self, others, name, then }: SpecialQuestion, before: State): Node | null {
  const type = seenClass(b, i);
  const func = type === null ? null : b.input.specialMethod(type, name, 1 + others.length);
  if (type === null || func === null) return null;
  func.code.expectBound();
  const guarded = b.guard('guard_type', [self], before, { type, version: type.version });
  const node = b.emit('call_special', [guarded, ...others], { func, then } satisfies SpecialCall);
  b.allowInlining(i, node, before);
  node.state = b.during(i, then !== 'storedBy');
  return node;
}

/** Whether nothing of a class says that an instance may be false. */
export function isAlwaysTrue(b: Builder, type: PyType): boolean {
  const { nb_bool: bool, mp_length: mapping, sq_length: sequence } = type.slots;
  if (!type.flags.heapType) return bool === null && mapping === null && sequence === null;
  return b.input.classAttribute(type, '__bool__') === undefined && b.input.classAttribute(type, '__len__') === undefined;
}

/** The truth of an instance of one class; null where that is not known. */
export function truthOfInstance(b: Builder, i: Instruction, self: Node, before: State): Node | null {
  const type = seenClass(b, i);
  if (type === null) return null;
  const has = (name: string): boolean => b.input.classAttribute(type, name) !== undefined;
  if (isAlwaysTrue(b, type)) {
    b.guard('guard_type', [self], before, { type, version: type.version });
    return b.constant(true);
  }
  const node = callSpecial(b, i, has('__bool__') ? { self, others: [], name: '__bool__', then: 'truthBy' } : { self, others: [], name: '__len__', then: 'fullnessBy' }, before);
  if (node !== null) node.kinds = BOOL;
  return node;
}
