/**
 * Typed fields: members (`__slots__`) of a class that hold primitives only. Untyped code reads and sets them as attributes, and what it sets is checked; typed code
 * finds their slot by an inline cache.
 */
import { PyInstance, slotAt } from '../../core/instance.ts';
import { InlineCache } from '../../core/inline-cache.ts';
import type { PyCode } from '../../core/function.ts';
import { PyGetSetDescriptor } from '../../core/native.ts';
import type { PyType } from '../../core/type.ts';
import type { Maybe, Value } from '../../core/value.ts';
import { typeLookup } from '../../objects/attributes.ts';
import { tableGetStr, tableSetStr } from '../../objects/hash-table.ts';
import { newFloat } from '../../objects/make.ts';
import { raiseAttributeError, raiseTypeError, typeName } from '../../objects/raise.ts';
import { typeModified } from '../../objects/type-version.ts';
import { typeOf } from '../../objects/type-of.ts';
import { toDouble, toInt64, type Primitive } from './primitives.ts';

/** Declared cache: descriptors of typed fields and what they hold. */
const kinds = new WeakMap<PyGetSetDescriptor, Primitive>();

/** The value as a field of this type holds it. */
function fieldValue(kind: Primitive, value: Value, what: string): Value {
  return kind === 'int64' ? toInt64(value, what) : newFloat(toDouble(value, what));
}

/** Makes a member of a class a typed field. Raises TypeError when the class has no such member. */
export function makeTypedField(type: PyType, name: string, kind: Primitive): void {
  const member = tableGetStr(type.attributes.table, name);
  if (!(member instanceof PyGetSetDescriptor) || member.slot < 0 || member.set === null) raiseTypeError(`'${name}' is no member of class ${type.name}`);
  const { set } = member;
  const field = new PyGetSetDescriptor(member.type, type, name, {
    get: member.get, doc: member.doc, slot: member.slot,
    set: (t, self, value) => set(t, self, value === undefined ? undefined : fieldValue(kind, value, `${type.name}.${name}`)),
  });
  kinds.set(field, kind);
  tableSetStr(type.attributes.table, name, field);
  typeModified(type, name);
}

/** Finds the slot of a typed field and teaches the cache at `pc`. Raises TypeError for an object without such a field. */
export function findField(code: PyCode, pc: number, owner: Maybe, name: string, kind: Primitive): number {
  const descriptor = typeLookup(typeOf(owner as Value), name);
  if (!(owner instanceof PyInstance) || !(descriptor instanceof PyGetSetDescriptor) || kinds.get(descriptor) !== kind) {
    raiseTypeError(`'${typeName(owner as Value)}' object has no ${kind} field '${name}'`);
  }
  const cache = code.caches[pc] ?? (code.caches[pc] = new InlineCache());
  cache.type = owner.type;
  cache.version = owner.type.version;
  cache.slot = descriptor.slot;
  return descriptor.slot;
}

/** What a typed field holds. Raises AttributeError when it has not been set. */
export function loadField(code: PyCode, pc: number, owner: Maybe, name: string, kind: Primitive): Value {
  const value = slotAt(owner as PyInstance, findField(code, pc, owner, name, kind));
  return value === undefined ? raiseAttributeError(owner as Value, `'${typeName(owner as Value)}' object has no attribute '${name}'`, name) : value;
}
