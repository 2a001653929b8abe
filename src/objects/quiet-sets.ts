/** Algebra of sets that runs no Python code: null, or undefined, where some would have to say whether two items are equal. What it gives is what the general way gives (`set.ts`). */
import { PySet, type HashTable } from '../core/containers.ts';
import type { QuietForm } from '../core/quiet.ts';
import type { Thread } from '../core/thread.ts';
import { EQ, GE, GT, LE, NE, type CompareOp, type PyType } from '../core/type.ts';
import type { Maybe, Value } from '../core/value.ts';
import { isSubsetOfFew, selectFew } from './few-keys.ts';
import { SMALL, tableCopy, tableSetSimple } from './hash-table.ts';
import { isSubsetQuietly, joinSimple, selectQuietly } from './simple-keys.ts';
import { FROZENSET_TYPE, SET_TYPE } from './static-types.ts';

type TableAlgebra = (a: HashTable, b: HashTable) => HashTable | null;

function select(walked: HashTable, probed: HashTable, present: boolean): HashTable | null {
  return selectFew(walked, probed, present) ?? selectQuietly(walked, probed, present);
}

/** `a | b` of so few keys that one after the other is looked up. */
function unionOfFew(a: HashTable, b: HashTable): HashTable | null {
  const result = tableCopy(a);
  for (let i = 0; i < b.keys.length; i++) {
    const key = b.keys[i];
    if (key !== undefined && !tableSetSimple(result, key, undefined)) return null;
  }
  return result;
}

/** `a | b` */
export function quietUnion(a: HashTable, b: HashTable): HashTable | null {
  if (a.used !== a.keys.length) return null;
  if (a.used <= SMALL && b.used <= SMALL && a.structural === null && b.structural === null) return unionOfFew(a, b);
  const added = select(b, a, /* present */ false);
  return added === null ? null : added.used === 0 ? tableCopy(a) : joinSimple(a, added);
}

/** `a & b`: the smaller one is walked, as in CPython, which decides whose equal items stay. */
export function quietIntersection(a: HashTable, b: HashTable): HashTable | null {
  return b.used > a.used ? select(a, b, /* present */ true) : select(b, a, /* present */ true);
}

/** `a - b` */
export function quietDifference(a: HashTable, b: HashTable): HashTable | null {
  return select(a, b, /* present */ false);
}

/** `a ^ b` */
export function quietSymmetricDifference(a: HashTable, b: HashTable): HashTable | null {
  const rest = select(a, b, /* present */ false);
  const added = rest === null ? null : select(b, a, /* present */ false);
  return added === null ? null : joinSimple(rest!, added);
}

function isSubset(a: HashTable, b: HashTable): boolean | null {
  return a.used > b.used ? false : isSubsetOfFew(a, b) ?? isSubsetQuietly(a, b);
}

/** The builtin type of a set that is of no other, as results of operators are; null for others. */
function exactType({ type }: PySet): PyType | null {
  return type === SET_TYPE || type === FROZENSET_TYPE ? type : null;
}

/** The quiet form of an operator of two sets. */
export function quietAlgebra(algebra: TableAlgebra): QuietForm {
  const call = (_t: Thread, left: Value, right: Value): Maybe => {
    if (!(left instanceof PySet) || !(right instanceof PySet)) return undefined;
    const type = exactType(left);
    const table = type === null ? null : algebra(left.table, right.table);
    return table === null ? undefined : new PySet(type!, table);
  };
  return { call, effect: 'new', result: 'any' };
}

function negated(answer: boolean | null): boolean | undefined {
  return answer === null ? undefined : !answer;
}

/** The quiet form of comparisons of sets. @hot boards and graphs */
export const QUIET_SET_COMPARISON: QuietForm = {
  call: (_t: Thread, self: Value, other: Value, op: CompareOp): Maybe => {
    if (!(self instanceof PySet) || !(other instanceof PySet)) return undefined;
    const a = self.table;
    const b = other.table;
    switch (op) {
      case EQ: return a.used === b.used ? isSubset(a, b) ?? undefined : false;
      case NE: return a.used === b.used ? negated(isSubset(a, b)) : true;
      case LE: return isSubset(a, b) ?? undefined;
      case GE: return isSubset(b, a) ?? undefined;
      case GT: return a.used > b.used ? isSubset(b, a) ?? undefined : false;
      default: return a.used < b.used ? isSubset(a, b) ?? undefined : false;
    }
  },
  effect: 'look', result: 'bool',
};
