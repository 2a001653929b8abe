/** Which instances `object.__reduce_ex__` would reduce to their class and their attributes, without running any Python code. */
import type { PyInstance } from '../../core/instance.ts';
import type { Shape } from '../../core/shape.ts';
import type { PyType } from '../../core/type.ts';
import { genericGetAttr, typeLookup } from '../../objects/attributes.ts';
import { OBJECT_TYPE } from '../../objects/static-types.ts';

/** Names that must mean what they mean for `object`. */
const FROM_OBJECT = ['__reduce_ex__', '__reduce__', '__getstate__', '__class__'] as const;
/** Names that must not be there. */
const ABSENT = ['__getnewargs_ex__', '__getnewargs__', '__slots__'] as const;

/** Declared cache: what was found for a type at a version of it. */
const types = new WeakMap<PyType, { readonly version: number; readonly plain: boolean }>();
/** Declared cache: shapes of instances without a `__dict__` that somebody may hold, and without an attribute that shadows one of the names. */
const shapes = new WeakMap<Shape, boolean>();

function isPlainType(type: PyType): boolean {
  if (type.solidBase !== OBJECT_TYPE || type.memberCount > 0 || type.slots.tp_getattro !== genericGetAttr || type.slots.tp_new === null) return false;
  if (ABSENT.some((name) => typeLookup(type, name) !== undefined)) return false;
  return FROM_OBJECT.every((name) => typeLookup(type, name) === typeLookup(OBJECT_TYPE, name));
}

function isPlainShape(shape: Shape): boolean {
  return shape.decode === null && shape.plain === null && ![...FROM_OBJECT, ...ABSENT].some((name) => shape.index.has(name));
}

/** See the head of the file. @hot pickling of ordinary classes */
export function isPlainInstance(value: PyInstance): boolean {
  const { shape, type } = value;
  if (shape === null) return false;
  let known = types.get(type);
  if (known === undefined || known.version !== type.version) {
    known = { version: type.version, plain: isPlainType(type) };
    types.set(type, known);
  }
  if (!known.plain) return false;
  let plainShape = shapes.get(shape);
  if (plainShape === undefined) {
    plainShape = isPlainShape(shape);
    shapes.set(shape, plainShape);
  }
  return plainShape;
}
