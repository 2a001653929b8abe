/** What passes know of what is raised. */
import type { PyType } from '../../core/type.ts';
import { resolve, type Node } from '../ir.ts';
import type { OperationName } from '../operations.ts';

/** What is raised: an exception of a known class, which is an instance of no other while its version stays. */
export interface Raised {
  readonly type: PyType;
  /** The exception, where it is made before; only exits may name it. */
  readonly exception: Node | null;
}

/** The forms of operations that give RAISED instead of raising what they do (`Node.raises`); they leave where that takes more. */
export const MISSING_FORMS: Partial<Record<OperationName, OperationName>> = { dict_get_item: 'dict_find', convert: 'number_find' };

/** Whether a node is the constant None. */
function isNone(node: Node): boolean {
  const { op, imm } = resolve(node);
  return op === 'const' && imm === null;
}

/** The class of the exception that a node raises (`from None`, too), if nobody else can have it: it is made just before. */
export function raisedNew(node: Node): Raised | null {
  const [, cause] = node.args;
  if (node.op !== 'raise' || (cause !== undefined && !isNone(cause))) return null;
  const exception = resolve(node.args[0]!);
  return exception.op === 'new_exception' ? { type: exception.imm as PyType, exception } : null;
}
