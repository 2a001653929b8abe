/**
 * Inline caches: what an instruction learnt about its operands, kept beside the shared code per interpreter.
 *
 * One class for all kinds, so that the loop's reads are monomorphic; unused fields are at their defaults. Plugins read them as type feedback.
 */
import type { PyCode, PyFunction } from './function.ts';
import type { PyObject, Value } from './value.ts';
import type { BinaryFunction, PyType } from './type.ts';
import type { Shape } from './shape.ts';
import type { HashTable } from './containers.ts';

/** What `InlineCache.kind` can be. */
export const CACHE_EMPTY = 0;
/** LOAD_ATTR/STORE_ATTR of a slot of a plain instance: `shape`, `slot`; `nextShape` for a store that adds the attribute. Stores of `__slots__` members, too. */
export const CACHE_INSTANCE_SLOT = 1;
/** LOAD_ATTR of a function found on the type, to be called with self: `type`, `version`, `value`; `shape`, or null for objects without attributes of their own. */
export const CACHE_METHOD = 2;
/** LOAD_ATTR of a plain class attribute seen through an instance. */
export const CACHE_CLASS_VALUE = 3;
/** LOAD_ATTR on a class object itself: `owner`, `version`, `value`. */
export const CACHE_TYPE_ATTRIBUTE = 4;
/** LOAD_ATTR on a module: `table`, `version` of the table, `slot` entry number. */
export const CACHE_MODULE = 5;
/** LOAD_GLOBAL from globals: `table`, `version`, `slot`. */
export const CACHE_GLOBAL = 6;
/** LOAD_GLOBAL from builtins: `table` and `version` of globals (proves absence), `otherTable`, `otherVersion`, `slot`. */
export const CACHE_BUILTIN = 7;
/** LOAD_ATTR of a property: `type`, `version`, `value` the property. */
export const CACHE_PROPERTY = 8;
/** LOAD_ATTR of a `__slots__` member: `type`, `version`, `slot`. STORE_ATTR of one of an instance without other attributes (`shape` null, which frozen ones have not). */
export const CACHE_MEMBER = 9;
/** CALL of a class with a Python `__init__`: `type`, `version`, `value` the function. */
export const CACHE_CLASS_CALL = 10;
/** LOAD_SUPER_ATTR: `type` of self, `owner`, `version`, `value`. */
export const CACHE_SUPER = 11;
/** The instruction saw too many cases: it uses the general path. */
export const CACHE_MEGAMORPHIC = 12;
/** Field of a native type, by its getter and setter: `type`, `version`, `value` the descriptor. */
export const CACHE_GETSET = 13;
/** LOAD_ATTR of what a data descriptor of a builtin class gives: `type`, `version`, `value` the descriptor. */
export const CACHE_DATA_DESCRIPTOR = 15;
/** As CACHE_DATA_DESCRIPTOR, of another descriptor, where the object has no attribute of its own: `shape` where instances have attributes. */
export const CACHE_DESCRIPTOR = 14;
/** LOAD_ATTR of what an instance may have in its dict, where its class does not come first: `type`, `version`. */
export const CACHE_INSTANCE_DICT = 16;
/** `getattr` and `hasattr`: the class has no such attribute, nor has an object without others of its own, or of `shape`: `type`, `version`. */
export const CACHE_ABSENT = 17;

/** Misses after which an instruction gives up caching. */
export const MAX_CACHE_MISSES = 64;

/** The caches of a place in compiled code that sees several classes, for the instruction of `code` whose own cache is at `pc`. */
export class PolymorphicSite {
  readonly code: PyCode;
  readonly pc: number;
  readonly entries: InlineCache[] = [];
  /** Those for which there is no room in `entries`, each in the place that its type's version has here; empty until one is needed. */
  more: (InlineCache | null)[] = [];
  /** What was read from classes themselves. */
  readonly classes: ClassEntry[] = [];
  /** How often something may still be put there: a place that sees ever new classes learns nothing in the end. */
  patience = 1000;
  constructor(code: PyCode, pc: number) {
    this.code = code;
    this.pc = pc;
  }
}

/** What an attribute of a class is, while it and its metaclass stay as they are. */
export interface ClassEntry {
  readonly owner: PyType;
  readonly version: number;
  readonly metaVersion: number;
  readonly value: Value;
}

/** What an operator does for operands of two classes: calls `func`, or the slot `native`; null: what the slots say. */
export interface OperatorEntry {
  readonly left: PyType;
  readonly leftVersion: number;
  readonly right: PyType;
  readonly rightVersion: number;
  readonly func: PyFunction | null;
  readonly native: BinaryFunction | null;
  /** Whose method `func` is. */
  readonly tried: Tried;
}

/** The method that an operator asks first: of the left operand, the reflected one of the right, or the left one's for the operator in place. */
export type Tried = 'left' | 'right' | 'inplace';

/** The caches of an operator in compiled code: BINARY_OP with `operand`, or a comparison. */
export class OperatorSite {
  readonly operand: number;
  readonly isComparison: boolean;
  readonly entries: OperatorEntry[] = [];
  constructor(operand: number, isComparison: boolean) {
    this.operand = operand;
    this.isComparison = isComparison;
  }
}

/** The cache of a place in compiled code that loads a special method: what was found on the class. */
export class SpecialSite {
  type: PyType | null = null;
  version = 0;
  value: Value = null;
}

/** One instruction's cache. */
export class InlineCache {
  kind = CACHE_EMPTY;
  version = 0;
  otherVersion = 0;
  slot = 0;
  misses = 0;
  type: PyType | null = null;
  owner: PyObject | null = null;
  shape: Shape | null = null;
  nextShape: Shape | null = null;
  table: HashTable | null = null;
  otherTable: HashTable | null = null;
  value: Value = null;
}
