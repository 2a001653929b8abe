/** Operators whose method is a Python function: compiled code calls it as any other, without the slots of the type in between. */
import { UNWIND } from '../core/compiled.ts';
import { PyFunction } from '../core/function.ts';
import type { OperatorEntry, OperatorSite, Tried } from '../core/inline-cache.ts';
import type { BinaryFunction, CompareOp, PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { typeLookup } from '../objects/attributes.ts';
import { compareAfter } from '../objects/compare.ts';
import { NOT_IMPLEMENTED } from '../objects/make.ts';
import { binaryAfter, FIRST_INPLACE, NB_SUBSCR } from '../objects/operators.ts';
import { BOOL_TYPE, FLOAT_TYPE, INT_TYPE } from '../objects/static-types.ts';
import { isSubtype, typeOf } from '../objects/type-of.ts';
import { binaryOperation, compareOperation } from './arithmetic.ts';
import { completeWhenLeft } from './frames.ts';

/** Classes that a place remembers. */
const MAX_ENTRIES = 4;

/** By BINARY_OP's operand. */
const NAMES = ['add', 'and', 'floordiv', 'lshift', 'matmul', 'mul', 'mod', 'or', 'pow', 'rshift', 'sub', 'truediv', 'xor'];
/** Words of slot names, by BINARY_OP's operand; powers take three operands. */
const SLOTS = ['add', 'and', 'floor_divide', 'lshift', 'matrix_multiply', 'multiply', 'remainder', 'or', '', 'rshift', 'subtract', 'true_divide', 'xor'];
/** By CompareOp: the method, and that of the other operand. */
const COMPARISONS = [['__lt__', '__gt__'], ['__le__', '__ge__'], ['__eq__', '__eq__'], ['__ne__', '__ne__'], ['__gt__', '__lt__'], ['__ge__', '__le__']] as const;

/** The method, where it is a Python function that takes both operands. */
function methodOf(t: Thread, type: PyType, name: string): PyFunction | null {
  return specialMethod(t, type, name, 2);
}

/** See `Facts.specialMethod`. */
export function specialMethod(t: Thread, type: PyType, name: string, count: number): PyFunction | null {
  const found = typeLookup(type, name);
  if (!(found instanceof PyFunction) || found.code.simpleArgcount !== count || found.code.isGenerator || found.entryPoint !== t.interpreter.entryPoint) return null;
  return found;
}

/** Numbers that leave an operator to the other operand when it is of a class that they do not know. */
function isNumberType(type: PyType): boolean {
  return type === INT_TYPE || type === FLOAT_TYPE || type === BOOL_TYPE;
}

/** The method that comes first; null where the slots are to be asked. */
function resolve(t: Thread, site: OperatorSite, left: PyType, right: PyType): { func: PyFunction | null; tried: Tried } | null {
  if (site.operand === NB_SUBSCR) {
    return { func: methodOf(t, left, '__getitem__'), tried: 'left' };
  }
  let [name, reflected] = ['', ''];
  if (site.isComparison) [name, reflected] = COMPARISONS[site.operand]!;
  else {
    const isInplace = site.operand >= FIRST_INPLACE;
    const word = NAMES[isInplace ? site.operand - FIRST_INPLACE : site.operand]!;
    [name, reflected] = [`__${word}__`, `__r${word}__`];
    if (word === 'pow') return null;
    if (isInplace && typeLookup(left, `__i${word}__`) !== undefined) return { func: methodOf(t, left, `__i${word}__`), tried: 'inplace' };
  }
  if (left !== right && isSubtype(right, left)) return null;
  if (left.flags.heapType) {
    return { func: methodOf(t, left, name), tried: 'left' };
  }
  if (!isNumberType(left) || !right.flags.heapType) return null;
  return { func: methodOf(t, right, reflected), tried: 'right' };
}

function general(t: Thread, site: OperatorSite, left: Value, right: Value): Value {
  return site.isComparison ? compareOperation(t, left, right, site.operand as CompareOp) : binaryOperation(t, left, right, site.operand);
}

/** `left op right`; the result may be a symbol, as that of a call. @hot operators on instances */
export function operatorAt(t: Thread, site: OperatorSite, left: Value, right: Value): Value | symbol | undefined {
  const leftType = typeOf(left);
  const rightType = typeOf(right);
  const { entries } = site;
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i]!;
    if (entry.left !== leftType || entry.right !== rightType || entry.leftVersion !== leftType.version || entry.rightVersion !== rightType.version) continue;
    const { func, native } = entry;
    if (native !== null) {
      const result = native(t, left, right);
      return result === NOT_IMPLEMENTED && site.operand !== NB_SUBSCR ? general(t, site, left, right) : result;
    }
    if (func === null) return general(t, site, left, right);
    if (func.entryPoint !== t.interpreter.entryPoint || func.code.simpleArgcount !== 2) break;
    const result = entry.tried === 'right' ? func.code.direct(t, func, right, left) : func.code.direct(t, func, left, right);
    return operatorResult(t, site, left, right, entry.tried, result);
  }
  learn(t, site, leftType, rightType);
  return general(t, site, left, right);
}

/** The slot of a builtin type that is asked first, where what comes before it has no say. What it leaves to others (NotImplemented) is decided from the start. */
function slotFor(site: OperatorSite, left: PyType, right: PyType): BinaryFunction | null {
  if (left.flags.heapType) return null;
  if (site.operand === NB_SUBSCR) return left.slots.mp_subscript;
  if (site.isComparison) {
    const compare = left === right ? left.slots.tp_richcompare : null;
    return compare === null ? null : (t, a, b) => compare(t, a, b, site.operand as CompareOp);
  }
  const isInplace = site.operand >= FIRST_INPLACE;
  const word = SLOTS[isInplace ? site.operand - FIRST_INPLACE : site.operand]!;
  if (word === '') return null;
  const inplace = isInplace ? left.slots[`nb_inplace_${word}` as 'nb_inplace_add'] : null;
  return inplace ?? plainSlotFor(word, isInplace, left, right);
}

function plainSlotFor(word: string, isInplace: boolean, left: PyType, right: PyType): BinaryFunction | null {
  const name = `nb_${word}` as 'nb_add';
  const own = left.slots[name];
  const other = left === right || right.slots[name] === own ? null : right.slots[name];
  if (other === null) return own ?? (word === 'add' ? concatSlotFor(isInplace, left) : null);
  if (right.flags.heapType || isSubtype(right, left)) return null;
  return own === null || isNumberType(left) ? other : own;
}

function concatSlotFor(isInplace: boolean, { slots }: PyType): BinaryFunction | null {
  return (isInplace ? slots.sq_inplace_concat : null) ?? slots.sq_concat;
}

/** What `left op right` gives when the method that comes first has given NotImplemented. */
function afterNotImplemented(t: Thread, site: OperatorSite, left: Value, right: Value, tried: Tried): Value {
  if (site.isComparison) return compareAfter(t, left, right, site.operand as CompareOp, tried);
  return site.operand === NB_SUBSCR ? NOT_IMPLEMENTED : binaryAfter(t, left, right, site.operand, tried);
}

/** See `Operations.operatorResult`. @hot operators on instances of one class */
export function operatorResult(t: Thread, site: OperatorSite, left: Value, right: Value, tried: Tried, result: Value | symbol | undefined): Value | symbol | undefined {
  if (result === NOT_IMPLEMENTED) return afterNotImplemented(t, site, left, right, tried);
  if (result === UNWIND && t.raised === null && t.evicted !== null) {
    completeWhenLeft(t.evicted, (value) => (value === NOT_IMPLEMENTED ? afterNotImplemented(t, site, left, right, tried) : value));
  }
  return result;
}

/** See `Operations.slotResult`. */
export function slotResult(t: Thread, site: OperatorSite, left: Value, right: Value, result: Value): Value {
  // Slots of builtin types may be asked twice.
  return result === NOT_IMPLEMENTED ? general(t, site, left, right) : result;
}

/** See `Facts.learnOperator`. */
export function learnOperator(t: Thread, site: OperatorSite, left: Value, right: Value): OperatorEntry {
  return entryFor(t, site, typeOf(left), typeOf(right));
}

function entryFor(t: Thread, site: OperatorSite, left: PyType, right: PyType): OperatorEntry {
  const found = resolve(t, site, left, right);
  return {
    left, leftVersion: left.version, right, rightVersion: right.version, func: found?.func ?? null, native: found === null || found.func === null ? slotFor(site, left, right) : null,
    tried: found?.tried ?? 'left',
  };
}

function learn(t: Thread, site: OperatorSite, left: PyType, right: PyType): void {
  const entry = entryFor(t, site, left, right);
  const old = site.entries.findIndex((other) => other.left === left && other.right === right);
  if (old >= 0) site.entries[old] = entry;
  else if (site.entries.length < MAX_ENTRIES) site.entries.push(entry);
}
