/**
 * Shapes: which attribute of an instance lies in which slot (PyPy's maps, V8's hidden classes, CPython's shared keys).
 *
 * Every type has a root shape; adding an attribute follows a transition. A shape belongs to one type, so a guard on the shape is a
 * guard on the type. Slots before `type.memberCount` hold `__slots__` members and are not named here.
 */
import { SharedIndex } from './containers.ts';
import type { PyType } from './type.ts';
import type { PyInstance } from './instance.ts';

/** Instances with more attributes than this switch to an ordinary dict, as the transition tree would grow without bound. */
export const MAX_SHAPE_ATTRIBUTES = 64;

/** Attributes beyond this have their slots made when they are set: a class with one instance of many attributes may have many of few. */
const MAX_SLOT_ROOM = 16;

/** Shapes that come from deleting attributes: where more would, instances switch to an ordinary dict, as names that come and go in any order would make shapes without end. */
const MAX_REMOVALS = 32;

/** One node of a type's transition tree. */
export class Shape {
  readonly owner: PyType;
  /** Attribute name → index into the instance's slots. */
  readonly index: Map<string, number>;
  /** Attribute names in the order in which they were set. */
  readonly names: readonly string[];
  private readonly transitions = new Map<string, Shape>();
  /** What is left when an attribute is deleted; null where it never was. */
  private removals: Map<string, Shape> | null = null;
  /** Instances of this shape refuse writes (`ladon.freeze`); inline caches never learn stores for it. */
  readonly frozen: boolean = false;
  /**
   * Set on the shape of frozen instances whose attributes are still in the immortal heap: fills the slots and gives the real shape.
   * Inline caches never learn such a shape, and every slow path calls this first (`settleInstance`).
   */
  readonly decode: ((object: PyInstance) => void) | null = null;
  /**
   * The same attributes in instances whose slots hold what their `__dict__` holds, too (`objects/linked-dict.ts`): for those this shape is a twin, and `plain` the one that it is a twin of.
   * Inline caches of tier 0 never learn stores for it.
   */
  readonly plain: Shape | null;
  private twin: Shape | null = null;
  private linked: Shape | null = null;
  private shared: SharedIndex | null = null;

  constructor(owner: PyType, names: readonly string[], firstSlot: number, options: { frozen: boolean; decode: ((object: PyInstance) => void) | null } | null = null, plain: Shape | null = null) {
    this.plain = plain;
    if (options !== null) {
      this.frozen = options.frozen;
      this.decode = options.decode;
    }
    this.owner = owner;
    this.names = names;
    this.index = new Map(names.map((name, i) => [name, firstSlot + i]));
  }

  /** The shape with the same attributes whose instances refuse writes. */
  frozenTwin(firstSlot: number): Shape {
    if (this.frozen) return this;
    this.twin ??= new Shape(this.owner, this.names, firstSlot, { frozen: true, decode: null });
    return this.twin;
  }

  /** The shape with the same attributes of instances whose `__dict__` is linked with their slots. */
  linkedTwin(firstSlot: number): Shape {
    if (this.plain !== null) return this;
    this.linked ??= new Shape(this.owner, this.names, firstSlot, null, this);
    return this.linked;
  }

  /** The index of all tables that are made of the attributes of one instance of this shape (`instance.__dict__`). */
  tableIndex(): SharedIndex {
    this.shared ??= new SharedIndex(new Map(this.names.map((name, i) => [name, i])));
    return this.shared;
  }

  /** The shape with `name` added at the next slot. */
  with(name: string, firstSlot: number): Shape {
    if (this.plain !== null) return this.plain.with(name, firstSlot).linkedTwin(firstSlot);
    let next = this.transitions.get(name);
    if (next === undefined) {
      next = new Shape(this.owner, [...this.names, name], firstSlot);
      const { owner } = this;
      owner.slotRoom = Math.max(owner.slotRoom, Math.min(firstSlot + next.names.length, MAX_SLOT_ROOM));
      this.transitions.set(name, next);
    }
    return next;
  }

  /** The shape of instances that had `name` and lose it: the attributes behind it lie one slot lower. Null where instances are to have a dict from then on. `root` has no attributes. */
  without(name: string, root: Shape, firstSlot: number): Shape | null {
    const known = this.removals?.get(name);
    if (known !== undefined) return known;
    const { owner } = this;
    if (owner.removals >= MAX_REMOVALS) return null;
    owner.removals++;
    let left = root;
    for (const other of this.names) if (other !== name) left = left.with(other, firstSlot);
    (this.removals ??= new Map()).set(name, left);
    return left;
  }
}
