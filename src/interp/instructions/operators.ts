/** Instructions of unary and binary operators, comparison, membership, truth and subscription. */
import type { CompareOp } from '../../core/type.ts';
import type { Value } from '../../core/value.ts';
import { ADOPT, ENTER, NEXT, type Machine, type Outcome } from '../machine.ts';
import { UNWIND } from '../../core/compiled.ts';
import { PyFloat } from '../../core/scalars.ts';
import { PyDict, PyList } from '../../core/containers.ts';
import { binaryOperation, compareOperation } from '../arithmetic.ts';
import { contains, setItem } from '../../objects/subscript.ts';
import { getItemInLoop, getSlice } from '../subscripts.ts';
import { takeTailFrame } from '../frames.ts';
import { unaryOperator } from '../../objects/operators.ts';
import { isTrue } from '../../objects/truth.ts';
import { listItem, listLength } from '../../core/list-storage.ts';
import { isIdentical } from '../../objects/compare.ts';
import { newFloat } from '../../objects/make.ts';
import { DICT_TYPE, FLOAT_TYPE, LIST_TYPE } from '../../objects/static-types.ts';
import { newSlice } from '../../objects/slice.ts';
import { storeListItem } from '../containers.ts';
import { tableSetStr } from '../../objects/hash-table.ts';

/**
 * `left op right`, `left op= right` or `left[right]`, by operand. Small ints and exact floats are done in place: sums and products of safe
 * integers are exact while they stay safe. @source bytecodes.c BINARY_OP
 * @hot bench/programs/int_arith.py
 */
export function BINARY_OP(m: Machine, oparg: number, left: Value, right: Value): Outcome {
  if (typeof left === 'number' && typeof right === 'number') {
    if (oparg === 0 || oparg === 13) {
      const sum = left + right;
      if (sum <= 9007199254740991 && sum >= -9007199254740991) return sum;
    } else if (oparg === 10 || oparg === 23) {
      const difference = left - right;
      if (difference <= 9007199254740991 && difference >= -9007199254740991) return difference;
    } else if (oparg === 5 || oparg === 18) {
      const product = left * right;
      // The sum turns -0 into 0.
      if (product <= 9007199254740991 && product >= -9007199254740991) return product + 0;
    }
  } else if (left instanceof PyFloat && right instanceof PyFloat && left.type === FLOAT_TYPE && right.type === FLOAT_TYPE) {
    if (oparg === 0 || oparg === 13) return newFloat(left.value + right.value);
    if (oparg === 5 || oparg === 18) return newFloat(left.value * right.value);
    if (oparg === 10 || oparg === 23) return newFloat(left.value - right.value);
  } else if (oparg === 26 && left instanceof PyList && left.type === LIST_TYPE && typeof right === 'number') {
    const length = listLength(left);
    const index = right < 0 ? right + length : right;
    if (index >= 0 && index < length) return listItem(left, index);
  }
  if (oparg === 26) {
    const item = getItemInLoop(m.t, left, right);
    if (typeof item !== 'symbol') return item;
    if (item === UNWIND) return ADOPT(m);
    return ENTER(m, takeTailFrame(m.t));
  }
  return binaryOperation(m.t, left, right, oparg);
}

/** `left op right` for `<` ... `>=`; bit 4 of the operand asks for a bool. @source bytecodes.c COMPARE_OP */
export function COMPARE_OP(m: Machine, oparg: number, left: Value, right: Value): Outcome {
  if (typeof left === 'number' && typeof right === 'number') {
    switch (oparg >> 5) {
      case 0: return left < right;
      case 1: return left <= right;
      case 2: return left === right;
      case 3: return left !== right;
      case 4: return left > right;
      default: return left >= right;
    }
  }
  if ((oparg & 16) !== 0 && (oparg >> 5 === 2 || oparg >> 5 === 3) && typeof left === 'string' && typeof right === 'string') {
    return oparg >> 5 === 2 ? left === right : left !== right;
  }
  const result = compareOperation(m.t, left, right, (oparg >> 5) as CompareOp);
  return (oparg & 16) !== 0 && typeof result !== 'boolean' ? isTrue(m.t, result) : result;
}

/** `left is right`, or `is not` for operand 1. @pure @source bytecodes.c IS_OP */
export function IS_OP(_m: Machine, oparg: number, left: Value, right: Value): Outcome {
  return isIdentical(left, right) === (oparg === 0);
}

/** `left in right`, or `not in` for operand 1. @source bytecodes.c CONTAINS_OP */
export function CONTAINS_OP(m: Machine, oparg: number, left: Value, right: Value): Outcome {
  return contains(m.t, right, left) === (oparg === 0);
}

/** The truth of the top as a bool. @source bytecodes.c TO_BOOL */
export function TO_BOOL(m: Machine, value: Value): Outcome {
  return typeof value === 'boolean' ? value : isTrue(m.t, value);
}

/** `not value`, which is a bool already. @pure @source bytecodes.c UNARY_NOT */
export function UNARY_NOT(_m: Machine, value: Value): Outcome {
  return value !== true;
}

/** `-value` @source bytecodes.c UNARY_NEGATIVE */
export function UNARY_NEGATIVE(m: Machine, value: Value): Outcome {
  if (typeof value === 'number') return 0 - value;
  return unaryOperator(m.t, value, 'nb_negative', 'unary -');
}

/** `~value` @source bytecodes.c UNARY_INVERT */
export function UNARY_INVERT(m: Machine, value: Value): Outcome {
  return unaryOperator(m.t, value, 'nb_invert', 'unary ~');
}

/** `container[start:stop]` @source bytecodes.c BINARY_SLICE */
export function BINARY_SLICE(m: Machine, container: Value, start: Value, stop: Value): Outcome {
  return getSlice(m.t, container, start, stop);
}

/** `container[start:stop] = value` @source bytecodes.c STORE_SLICE */
export function STORE_SLICE(m: Machine, value: Value, container: Value, start: Value, stop: Value): Outcome {
  setItem(m.t, container, newSlice(start, stop, null), value);
  return NEXT;
}

/** `container[key] = value` @source bytecodes.c STORE_SUBSCR */
export function STORE_SUBSCR(m: Machine, value: Value, container: Value, key: Value): Outcome {
  if (container instanceof PyList && container.type === LIST_TYPE && typeof key === 'number' && !container.frozen) {
    if (storeListItem(container, key, value)) return NEXT;
  } else if (typeof key === 'string' && container instanceof PyDict && container.type === DICT_TYPE && !container.frozen && container.table.structural === null) {
    tableSetStr(container.table, key, value);
    return NEXT;
  }
  setItem(m.t, container, key, value);
  return NEXT;
}

/** `del container[key]` @source bytecodes.c DELETE_SUBSCR */
export function DELETE_SUBSCR(m: Machine, container: Value, key: Value): Outcome {
  setItem(m.t, container, key, undefined);
  return NEXT;
}
