/**
 * The record of a Python class: names, bases, attributes and the slot table (CPython's PyTypeObject).
 *
 * A slot is the fast form of a special method. Static types fill slots with native functions and get wrapper descriptors in their
 * dict; classes made by Python code get slots that call the special methods found by the MRO (`objects/slots.ts`).
 */
import { PyObject, type Int, type Maybe, type Value } from './value.ts';
import type { PyDict } from './containers.ts';
import type { Shape } from './shape.ts';
import type { Thread } from './thread.ts';
import type { TypeWatch } from './watch.ts';

/** In `PyType.lookupCache`: nothing was found. */
export const ABSENT: unique symbol = Symbol('absent');

/** Names of keyword arguments whose values end the argument array (CPython's vectorcall), or null. */
export type KeywordNames = readonly string[] | null;

export type UnaryFunction = (t: Thread, self: Value) => Value;
export type BinaryFunction = (t: Thread, left: Value, right: Value) => Value;
export type TernaryFunction = (t: Thread, left: Value, right: Value, modulus: Value) => Value;
export type CallFunction = (t: Thread, self: Value, args: Value[], keywords: KeywordNames) => Value;
export type NewFunction = (t: Thread, type: PyType, args: Value[], keywords: KeywordNames) => Value;
export type InitFunction = (t: Thread, self: Value, args: Value[], keywords: KeywordNames) => void;
/** `op` is one of LT..GE of `CompareOp`; may return NotImplemented. */
export type CompareFunction = (t: Thread, left: Value, right: Value, op: CompareOp) => Value;
/** `undefined` when the attribute is missing (no exception is made); the caller raises AttributeError where it must. */
export type GetAttributeFunction = (t: Thread, self: Value, name: string) => Maybe;
/** `value === undefined` deletes. */
export type SetAttributeFunction = (t: Thread, self: Value, name: string, value: Maybe) => void;
/** `instance === undefined` for access through the class. */
export type DescriptorGetFunction = (t: Thread, self: Value, instance: Maybe, owner: Value) => Value;
/** `value === undefined` deletes. */
export type DescriptorSetFunction = (t: Thread, self: Value, instance: Value, value: Maybe) => void;
/** `undefined` when exhausted. */
export type NextFunction = (t: Thread, self: Value) => Maybe;
/** `undefined` when the iterator has returned, and `Thread.sent` is what. */
export type SendFunction = (t: Thread, self: Value, value: Value) => Maybe;
export type LengthFunction = (t: Thread, self: Value) => number;
export type ItemFunction = (t: Thread, self: Value, index: number) => Value;
export type SetItemFunction = (t: Thread, self: Value, index: number, value: Maybe) => void;
export type SetSubscriptFunction = (t: Thread, self: Value, key: Value, value: Maybe) => void;
export type ContainsFunction = (t: Thread, self: Value, item: Value) => boolean;
export type HashFunction = (t: Thread, self: Value) => Int;
export type BoolFunction = (t: Thread, self: Value) => boolean;

/** Rich comparison operators with CPython's numbers (Py_LT...). */
export const LT = 0;
export const LE = 1;
export const EQ = 2;
export const NE = 3;
export const GT = 4;
export const GE = 5;
export type CompareOp = 0 | 1 | 2 | 3 | 4 | 5;

/** All slots; `null` is "not there". */
export interface Slots {
  tp_repr: ((t: Thread, self: Value) => string) | null;
  tp_str: ((t: Thread, self: Value) => string) | null;
  /** `null` inherits; a type that is not hashable has `HASH_NOT_IMPLEMENTED`. */
  tp_hash: HashFunction | null;
  tp_call: CallFunction | null;
  tp_getattro: GetAttributeFunction | null;
  tp_setattro: SetAttributeFunction | null;
  tp_richcompare: CompareFunction | null;
  tp_iter: UnaryFunction | null;
  tp_iternext: NextFunction | null;
  tp_descr_get: DescriptorGetFunction | null;
  tp_descr_set: DescriptorSetFunction | null;
  tp_init: InitFunction | null;
  tp_new: NewFunction | null;
  /** Makes the JavaScript record for an instance of `type`, fields at their defaults. */
  tp_alloc: ((type: PyType) => PyObject) | null;
  tp_finalize: ((t: Thread, self: Value) => void) | null;
  am_await: UnaryFunction | null;
  am_aiter: UnaryFunction | null;
  am_anext: UnaryFunction | null;
  am_send: SendFunction | null;
  nb_add: BinaryFunction | null;
  nb_subtract: BinaryFunction | null;
  nb_multiply: BinaryFunction | null;
  nb_remainder: BinaryFunction | null;
  nb_divmod: BinaryFunction | null;
  nb_power: TernaryFunction | null;
  nb_negative: UnaryFunction | null;
  nb_positive: UnaryFunction | null;
  nb_absolute: UnaryFunction | null;
  nb_bool: BoolFunction | null;
  nb_invert: UnaryFunction | null;
  nb_lshift: BinaryFunction | null;
  nb_rshift: BinaryFunction | null;
  nb_and: BinaryFunction | null;
  nb_xor: BinaryFunction | null;
  nb_or: BinaryFunction | null;
  nb_int: UnaryFunction | null;
  nb_float: UnaryFunction | null;
  nb_inplace_add: BinaryFunction | null;
  nb_inplace_subtract: BinaryFunction | null;
  nb_inplace_multiply: BinaryFunction | null;
  nb_inplace_remainder: BinaryFunction | null;
  nb_inplace_power: TernaryFunction | null;
  nb_inplace_lshift: BinaryFunction | null;
  nb_inplace_rshift: BinaryFunction | null;
  nb_inplace_and: BinaryFunction | null;
  nb_inplace_xor: BinaryFunction | null;
  nb_inplace_or: BinaryFunction | null;
  nb_floor_divide: BinaryFunction | null;
  nb_true_divide: BinaryFunction | null;
  nb_inplace_floor_divide: BinaryFunction | null;
  nb_inplace_true_divide: BinaryFunction | null;
  nb_index: UnaryFunction | null;
  nb_matrix_multiply: BinaryFunction | null;
  nb_inplace_matrix_multiply: BinaryFunction | null;
  sq_length: LengthFunction | null;
  sq_concat: BinaryFunction | null;
  sq_repeat: ItemFunction | null;
  sq_item: ItemFunction | null;
  sq_ass_item: SetItemFunction | null;
  sq_contains: ContainsFunction | null;
  sq_inplace_concat: BinaryFunction | null;
  sq_inplace_repeat: ItemFunction | null;
  mp_length: LengthFunction | null;
  mp_subscript: BinaryFunction | null;
  mp_ass_subscript: SetSubscriptFunction | null;
}

/** Every slot at `null`; copied by `PyType`. */
export const NO_SLOTS: Readonly<Slots> = Object.freeze({
  tp_repr: null, tp_str: null, tp_hash: null, tp_call: null, tp_getattro: null, tp_setattro: null, tp_richcompare: null,
  tp_iter: null, tp_iternext: null, tp_descr_get: null, tp_descr_set: null, tp_init: null, tp_new: null, tp_alloc: null,
  tp_finalize: null, am_await: null, am_aiter: null, am_anext: null, am_send: null,
  nb_add: null, nb_subtract: null, nb_multiply: null, nb_remainder: null, nb_divmod: null, nb_power: null, nb_negative: null,
  nb_positive: null, nb_absolute: null, nb_bool: null, nb_invert: null, nb_lshift: null, nb_rshift: null, nb_and: null,
  nb_xor: null, nb_or: null, nb_int: null, nb_float: null, nb_inplace_add: null, nb_inplace_subtract: null,
  nb_inplace_multiply: null, nb_inplace_remainder: null, nb_inplace_power: null, nb_inplace_lshift: null,
  nb_inplace_rshift: null, nb_inplace_and: null, nb_inplace_xor: null, nb_inplace_or: null, nb_floor_divide: null,
  nb_true_divide: null, nb_inplace_floor_divide: null, nb_inplace_true_divide: null, nb_index: null,
  nb_matrix_multiply: null, nb_inplace_matrix_multiply: null,
  sq_length: null, sq_concat: null, sq_repeat: null, sq_item: null, sq_ass_item: null, sq_contains: null,
  sq_inplace_concat: null, sq_inplace_repeat: null, mp_length: null, mp_subscript: null, mp_ass_subscript: null,
});

/** Facts about a type that do not change after it is ready. Names after CPython's Py_TPFLAGS_*. */
export interface TypeFlags {
  /** A class statement or `type()` made it: attributes can be set. */
  heapType: boolean;
  /** May be subclassed. */
  baseType: boolean;
  /** Instances have `__dict__`. */
  hasDict: boolean;
  hasWeakref: boolean;
  /** `match` treats instances as sequence or mapping. */
  sequence: boolean;
  mapping: boolean;
  /** Function-like descriptor: `LOAD_ATTR` may push it and self unbound. */
  methodDescriptor: boolean;
  /** `tp_new` is not to be called from Python (no public constructor). */
  disallowInstantiation: boolean;
  /** Has abstract methods left (set by `abc`). */
  isAbstract: boolean;
  immutable: boolean;
}

/** A Python class. */
export class PyType extends PyObject {
  name: string;
  qualname: string;
  /** The value of `__module__` for static types; heap types keep it in their dict. */
  module: string;
  doc: string | null = null;
  /** The text after the name in `__text_signature__`, or null. */
  textSignature: string | null = null;
  base: PyType | null;
  bases: PyType[];
  mro: PyType[];
  /** `tp_dict`: the class namespace; set when the type is made ready. */
  attributes!: PyDict;
  slots: Slots;
  flags: TypeFlags;
  /** Changes whenever an attribute of the type or of one of its bases changes; inline caches compare it. */
  version = 0;
  /** Attribute name → what the MRO walk found (ABSENT for nothing); emptied when `version` changes. */
  lookupCache = new Map<string, Value | typeof ABSENT>();
  subclasses: WeakRef<PyType>[] = [];
  /** Number of `__slots__` members at the front of an instance's slots. */
  memberCount = 0;
  /** Names of the `__slots__` members that this class adds, mangled and sorted (CPython's ht_slots). */
  memberNames: readonly string[] = [];
  /** Number of slots that instances are made with: room for members and for as many attributes as an instance has had (see `newInstance`). */
  slotRoom = 0;
  /** Shapes of its instances that came from deleting attributes (`Shape.without`). */
  removals = 0;
  rootShape: Shape | null = null;
  /** The builtin base whose record layout instances have (CPython's solid base). */
  solidBase: PyType;
  /** Set by `__match_args__`-less builtin types whose one positional pattern matches the subject itself. */
  matchSelf = false;
  /**
   * Of iterators whose next item may have to be waited for, not inherited: parks the thread until `tp_iternext` gives it without waiting, true if so; the wait gives the iterator. What it
   * raises is raised in the place of the next item.
   */
  parkNext: ((t: Thread, iterator: Value) => boolean) | null = null;
  /** Who is told of changes (hooks). */
  watch: TypeWatch | null = null;
  ready = false;

  constructor(metatype: PyType | null, name: string, base: PyType | null, flags: TypeFlags) {
    // The type of `type` is itself: the one place where the field is set after construction.
    super(metatype as PyType);
    if (metatype === null) this.type = this;
    this.name = name;
    this.qualname = name;
    this.module = 'builtins';
    this.base = base;
    this.bases = base === null ? [] : [base];
    this.mro = [];
    this.slots = { ...NO_SLOTS };
    this.flags = flags;
    this.solidBase = base === null ? this : base.solidBase;
  }
}
