/**
 * Shapes: which attribute of an instance lies in which slot (PyPy's maps, V8's hidden classes, CPython's shared keys).
 *
 * Every type has a root shape; adding an attribute follows a transition. A shape belongs to one type, so a guard on the shape is a
 * guard on the type. Slots before `type.memberCount` hold `__slots__` members and are not named here.
 */
import type { PyType } from './type.ts';

/** Instances with more attributes than this switch to an ordinary dict, as the transition tree would grow without bound. */
export const MAX_SHAPE_ATTRIBUTES = 64;

/** One node of a type's transition tree. */
export class Shape {
  readonly owner: PyType;
  /** Attribute name → index into the instance's slots. */
  readonly index: Map<string, number>;
  /** Attribute names in the order in which they were set. */
  readonly names: readonly string[];
  private readonly transitions = new Map<string, Shape>();

  constructor(owner: PyType, names: readonly string[], firstSlot: number) {
    this.owner = owner;
    this.names = names;
    this.index = new Map(names.map((name, i) => [name, firstSlot + i]));
  }

  /** The shape with `name` added at the next slot. */
  with(name: string, firstSlot: number): Shape {
    let next = this.transitions.get(name);
    if (next === undefined) {
      next = new Shape(this.owner, [...this.names, name], firstSlot);
      this.transitions.set(name, next);
    }
    return next;
  }
}
