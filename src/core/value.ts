/**
 * What a Python value is in JavaScript.
 *
 *   None → null                 bool → true, false          int → number (safe integer) or bigint (outside of that range)
 *   str  → string               float → PyFloat             everything else → one class per builtin type
 *
 * INV-1: a `number` value is a safe integer and never -0; a `bigint` value is never a safe integer.
 * INV-2: `undefined` is no value: it stands for an unbound variable, an omitted argument, an exhausted iterator or a missing key.
 */
import type { PyType } from './type.ts';
import type { PyDict } from './containers.ts';

/** An `int`: see INV-1. */
export type Int = number | bigint;

/** Any Python value. */
export type Value = null | boolean | number | bigint | string | PyObject;

/** A value, or `undefined` where absence is expected (INV-2). */
export type Maybe = Value | undefined;

/**
 * `value`, or what `fallback` makes when it is undefined. For values `??` is wrong: it takes `None` (null) for absent.
 */
export function orElse(value: Maybe, fallback: () => Value): Value {
  return value === undefined ? fallback() : value;
}

/** The base of every record that has a `type` field. */
export abstract class PyObject {
  type: PyType;
  /** The instance `__dict__` where the type has one and it is in use; plain instances keep attributes in `PyInstance.slots` first. */
  dict: PyDict | null;
  /**
   * `id()` of the record, 0 until somebody asks. Only records that programs ask for often have the field (`objects/identity.ts` keeps the others' ids): the
   * prototype says undefined for the rest.
   */
  declare identity: number | undefined;

  constructor(type: PyType) {
    this.type = type;
    this.dict = null;
  }
}
PyObject.prototype.identity = undefined;

/**
 * Makes a class that was declared without `extends` a subclass of PyObject in everything but its constructor, which sets `type` and `dict` itself: for the
 * records that programs make most of. A constructor with `super` costs a second call and an allocation that V8 does not inline into the
 * interpreter's loop; without it, float arithmetic is 1.8 times faster. An interface of the class's name that extends PyObject goes with it.
 */
export function linkToPyObject(constructor: { readonly prototype: object }): void {
  Object.setPrototypeOf(constructor.prototype, PyObject.prototype);
}

/** A direct instance of `object` without any state. */
export class PyPlain extends PyObject {}

/**
 * A singleton with a name of its own (`NotImplemented`, `Ellipsis`).
 */
export class PySingleton extends PyObject {
  readonly name: string;
  constructor(type: PyType, name: string) {
    super(type);
    this.name = name;
  }
}
