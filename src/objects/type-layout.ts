/** Layouts of instances: which base decides it, and which classes may take the place of one another (CPython's Objects/typeobject.c). */
import type { PyType } from '../core/type.ts';
import { raiseTypeError } from './raise.ts';
import { BYTEARRAY_TYPE, BYTES_TYPE, COMPLEX_TYPE, FLOAT_TYPE, INT_TYPE, OBJECT_TYPE, STR_TYPE } from './static-types.ts';
import { isSubtype, shownTypeName } from './type-of.ts';

/** The base that decides the record layout; raises TypeError when two bases disagree (best_base). */
export function bestBase(bases: readonly PyType[]): PyType {
  let winner: PyType | null = null;
  for (const base of bases) {
    if (!base.flags.baseType) raiseTypeError(`type '${shownTypeName(base)}' is not an acceptable base type`);
    if (winner === null || (layoutOf(base) !== layoutOf(winner) && isLayoutExtension(base, winner))) winner = base;
    else if (!isLayoutExtension(winner, base)) raiseTypeError('multiple bases have instance lay-out conflict');
  }
  return winner!;
}

/** The type in the line of `type` that last added to the layout: a solid base or a class with `__slots__` members. */
function layoutOf(type: PyType): PyType {
  let layout = type;
  while (layout.base !== null && layout.base.solidBase === layout.solidBase && layout.base.memberCount === layout.memberCount && layout !== layout.solidBase) layout = layout.base;
  return layout;
}

function isLayoutExtension(type: PyType, base: PyType): boolean {
  return isSubtype(layoutOf(type), layoutOf(base)) || (layoutOf(base) === layoutOf(OBJECT_TYPE));
}

/** Whether instances of a class are as those of its base: it adds no members, no dict, no weak references and no record of its own (compatible_with_tp_base). */
function isLaidOutAsBase(type: PyType): boolean {
  const { base } = type;
  return base !== null && type.solidBase === base.solidBase && type.memberCount === base.memberCount && hasSameExtras(type, base);
}

function hasSameExtras(a: PyType, b: PyType): boolean {
  return a.flags.hasDict === b.flags.hasDict && a.flags.hasWeakref === b.flags.hasWeakref;
}

/** Whether two classes add the same to one base (same_slots_added). */
function addSame(a: PyType, b: PyType): boolean {
  return a.base === b.base && a.solidBase === b.solidBase && hasSameExtras(a, b) && a.memberNames.length === b.memberNames.length && a.memberNames.every((name, i) => name === b.memberNames[i]);
}

function widest(type: PyType): PyType {
  let found = type;
  while (isLaidOutAsBase(found)) found = found.base!;
  return found;
}

/** Builtin classes that CPython's collector does not look after; all classes of programs are looked after. */
const UNCOLLECTED: ReadonlySet<PyType> = new Set([OBJECT_TYPE, INT_TYPE, FLOAT_TYPE, COMPLEX_TYPE, STR_TYPE, BYTES_TYPE, BYTEARRAY_TYPE]);

/** Refuses, by a TypeError, to put a class in the place of another whose instances are laid out differently (compatible_for_assignment). */
export function checkCompatible(old: PyType, given: PyType, attribute: '__class__' | '__bases__'): void {
  if (UNCOLLECTED.has(old) !== UNCOLLECTED.has(given)) raiseTypeError(`${attribute} assignment: '${given.name}' deallocator differs from '${old.name}'`);
  const [from, to] = [widest(old), widest(given)];
  if (from !== to && !addSame(from, to)) raiseTypeError(`${attribute} assignment: '${given.name}' object layout differs from '${old.name}'`);
}
