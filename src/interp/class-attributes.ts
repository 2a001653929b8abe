/** Attributes of classes in compiled code: values that the class, or one of its bases, has, and that nothing is asked before they are given. */
import { PyFunction } from '../core/function.ts';
import type { ClassEntry, PolymorphicSite } from '../core/inline-cache.ts';
import { PyMethodDescriptor, PyWrapperDescriptor } from '../core/native.ts';
import type { PyType } from '../core/type.ts';
import type { Maybe, Value } from '../core/value.ts';
import { typeGetAttr, typeLookup } from '../objects/attributes.ts';
import { typeOf } from '../objects/type-of.ts';

/** Classes that a place remembers. */
const MAX_CLASSES = 8;

/** Whether a value is given as it is where it is found in a class. */
function isItself(value: Value): boolean {
  if (typeOf(value).slots.tp_descr_get === null || value instanceof PyFunction || value instanceof PyWrapperDescriptor) return true;
  return value instanceof PyMethodDescriptor && value.definition.binding === 'method';
}

/** See `Facts.classValue`. */
export function classValue(type: PyType, name: string): Maybe {
  if (type.type.slots.tp_getattro !== typeGetAttr) return undefined;
  const meta = typeLookup(type.type, name);
  if (meta !== undefined && typeOf(meta).slots.tp_descr_set !== null) return undefined;
  const value = typeLookup(type, name);
  return value !== undefined && isItself(value) ? value : undefined;
}

/** `classValue`, as the place remembers it. @hot constants of classes, and what is asked of classes that are arguments */
export function classValueAt(site: PolymorphicSite, owner: PyType, name: string): Maybe {
  const { classes } = site;
  for (let i = 0; i < classes.length; i++) {
    const entry = classes[i]!;
    if (entry.owner === owner && entry.version === owner.version && entry.metaVersion === owner.type.version) return entry.value;
  }
  const value = classValue(owner, name);
  if (value !== undefined) remember(classes, { owner, version: owner.version, metaVersion: owner.type.version, value });
  return value;
}

/** Whether neither a class nor its metaclass has an attribute, and nobody is asked. */
export function lacksInClass(type: PyType, name: string): boolean {
  return type.type.slots.tp_getattro === typeGetAttr && typeLookup(type.type, name) === undefined && typeLookup(type, name) === undefined;
}

function remember(classes: ClassEntry[], entry: ClassEntry): void {
  const old = classes.findIndex(({ owner, version, metaVersion }) => owner === entry.owner || version !== owner.version || metaVersion !== owner.type.version);
  if (old >= 0) classes[old] = entry;
  else if (classes.length < MAX_CLASSES) classes.push(entry);
}
