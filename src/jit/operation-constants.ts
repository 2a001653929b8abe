/** What operations have as their constant (`Node.imm`) where that is more than a number or a name: calls, places of caches. */
import type { PyCode, PyFunction } from '../core/function.ts';
import type { PyType } from '../core/type.ts';
import type { Value } from '../core/value.ts';
import type { PropertyGetter } from '../hooks/services.ts';

/** A call of a function written in TypeScript, with its arguments in place. */
export interface NativeCall {
  readonly definition: { readonly name: string; readonly implementation: unknown; readonly fromCompiled: unknown };
  /** `math`, `list`, ...: the module or type that owns it. */
  readonly owner: string;
}

/** A slot of a builtin type, called directly. */
export interface SlotCall {
  readonly name: string;
  readonly slot: unknown;
}

/** What an implementation gets in one place: an argument by its number, nothing, a list of them, or those that have names of their own. */
export type NativePart = number | null | { readonly rest: readonly number[] } | { readonly keywords: readonly { readonly name: string; readonly at: number }[] };

/** A call of a function written in TypeScript, with its arguments bound. */
export interface BoundNativeCall extends NativeCall {
  readonly parts: readonly NativePart[];
}

/** A call of a quiet form (`core/quiet.ts`). */
export interface QuietCall {
  /** Of the function that it is the form of. */
  readonly name: string;
  readonly call: unknown;
  /** The arguments where they are bound; empty where they are handed over as they are. */
  readonly parts: readonly NativePart[];
  /** What comes behind the arguments, or -1 for nothing. */
  readonly comparison: number;
  /** The exact class of the result, where that is known. */
  readonly type: { readonly version: number } | null;
}

/** A call of a builtin method of `*args`, and perhaps `**kwargs`, of which there are none. */
export interface SpreadNativeCall extends NativeCall {
  readonly takesKeywords: boolean;
}

/** A call of a slot of a builtin class under its method's name; the last arguments have `names`. */
export interface WrapperCall {
  readonly callee: { readonly owner: { readonly slots: { readonly tp_init: unknown } }; readonly wrapper: { readonly name: string } };
  readonly names: readonly string[];
}

/** The place of a LOAD_SPECIAL: its cache, and the number of the method. */
export interface SpecialLoad {
  readonly site: object;
  readonly number: number;
}

/** The place of an attribute access: its caches, and the name. */
export interface AttributeSite {
  readonly site: object;
  readonly name: string;
  /** The property that it was so far, of this class. */
  readonly getter?: KnownGetter | undefined;
}

/** The getter of a property of a class. */
export interface KnownGetter extends PropertyGetter {
  readonly type: PyType;
  readonly version: number;
}

/** A field of a builtin type: its getter, and the place. */
export interface NativeField extends AttributeSite {
  readonly get: unknown;
}

/** What a value is of that may also be None: a kind, or a class all instances of which are true. */
export interface OptionalValue {
  readonly kind: number;
  readonly type: PyType | null;
  readonly version: number;
}

/** How many items before and behind it the list in the middle leaves out. */
export interface Middle {
  readonly first: number;
  readonly last: number;
}

/** An instruction left to tier 0's implementation. */
export interface InstructionCall {
  readonly code: object;
  readonly name: string;
  readonly op: number;
  readonly oparg: number;
  readonly pc: number;
}

/** A module that a function imports. */
export interface ImportedModule {
  readonly builtins: Value;
  readonly name: string;
  /** What is imported from it, a tuple; null for the module itself. */
  readonly names: Value;
  readonly module: Value;
}

/** What a call of a function of some code depends on. */
export interface CalledCode {
  readonly isGenerator: boolean;
  readonly frameSize: number;
  readonly words: { readonly length: number };
}

/** A call of one of several functions of some code. */
export interface CalledAlike {
  readonly code: PyCode;
  /** One of them. */
  readonly first: PyFunction;
}

/** A call of one of a few functions, chosen by the index of the kind of instance. */
export interface PolymorphicCall {
  readonly functions: readonly PyFunction[];
}
