/**
 * Functions written in TypeScript: their definition, and the objects under which Python sees them.
 *
 * A definition carries CPython's text signature, e.g. `($self, iterable=(), /, *, key=None)`: it is `__text_signature__` for `inspect` and,
 * parsed at the first call, the rule by which arguments are bound. The implementation receives the thread, then self (methods), then one
 * JavaScript argument per parameter; an omitted argument is `undefined`, `*args` is one array, `**kwargs` one Map (empty if none).
 */
import { linkToPyObject, PyObject, type Maybe, type Value } from './value.ts';
import type { PyDict } from './containers.ts';
import type { PyType } from './type.ts';
import type { PARKED, TAIL_CALL, Thread } from './thread.ts';
import type { UNWIND } from './compiled.ts';

/**
 * An implementation. Method syntax makes the parameters bivariant, so that `(t, self: PyList, item: Value)` is accepted: the descriptor
 * has checked the type of self before the call.
 */
export type NativeImplementation = {
  implementation(t: Thread, ...args: NativeArgument[]): NativeResult;
}['implementation'];

/**
 * What an implementation can return: nothing is `None`; `PARKED` says that the thread waits (`Thread.parked` tells for what); `UNWIND` that its caller is to raise
 * `Thread.raised` (`objects/raise.ts`: `raiseInCaller`).
 */
export type NativeResult = Maybe | void | typeof PARKED | typeof TAIL_CALL | typeof UNWIND;

/** What an implementation can receive. */
export type NativeArgument = Maybe | Value[] | Map<string, Value>;

/** How a definition becomes an attribute of a type. */
export type NativeBinding = 'method' | 'class' | 'static';

/** Parsed form of a signature. */
export interface NativeSignature {
  /** Parameter names that can be passed by position, in order (without self). */
  readonly positional: readonly string[];
  readonly positionalOnly: number;
  readonly required: number;
  readonly keywordOnly: readonly string[];
  readonly requiredKeywordOnly: ReadonlySet<string>;
  readonly varArgs: boolean;
  readonly varKeywords: boolean;
  /** No keywords can be passed and no `*args`: calls with `required..positional.length` arguments go straight to the implementation. */
  readonly simple: boolean;
  /** Whether it is `*args, **kwargs` alone. */
  readonly takesRest: boolean;
}

/** One function written in TypeScript. */
export class NativeDefinition {
  readonly name: string;
  readonly implementation: NativeImplementation;
  /** CPython's text signature; a leading `!` hides it from `__text_signature__` (CPython has none for this function). */
  readonly signature: string;
  readonly doc: string;
  readonly binding: NativeBinding;
  /** Filled by `objects/native-call.ts` at the first call. */
  parsed: NativeSignature | null = null;
  /** Copies of `parsed` fields for the call fast path; `minimum` is -1 until parsed or when the fast path does not apply. */
  minimum = -1;
  maximum = -1;
  /** Whether it is `*args` alone, behind self if it is a method: all that is passed by position is its one argument. Of a parsed signature. */
  takesItems = false;
  /** How compiled code calls it, where it has a shorter way: UNWIND may say that frames stand where tier 0 goes on, too (`interp/compiled-calls.ts`). */
  fromCompiled: NativeImplementation | null = null;
  /** The name for messages, and the type whose method it names: `objects/native-call.ts` puts them together once. */
  fullName = '';
  fullNameOwner: PyType | null = null;

  constructor(name: string, implementation: NativeImplementation, signature: string, doc: string, binding: NativeBinding) {
    this.name = name;
    this.implementation = implementation;
    this.signature = signature;
    this.doc = doc;
    this.binding = binding;
  }

  /** Whether so many positional arguments are passed to `implementation` as they are. */
  takes(count: number): boolean {
    return this.minimum >= 0 && count >= this.minimum && count <= this.maximum;
  }
}

/** `builtin_function_or_method`: a module function (`self` is the module or null) or a method bound to `self`. */
export class PyBuiltinFunction {
  type: PyType;
  dict: PyDict | null;
  readonly definition: NativeDefinition;
  /** Passed as the first argument when `bound`. */
  readonly self: Value;
  readonly bound: boolean;
  readonly moduleName: string | null;
  /** The class of a bound method, for `__qualname__`; null for module functions. */
  readonly owner: PyType | null;

  constructor(type: PyType, definition: NativeDefinition, self: Value, options: { bound: boolean; moduleName: string | null; owner: PyType | null }) {
    this.type = type;
    this.dict = null;
    this.definition = definition;
    this.self = self;
    this.bound = options.bound;
    this.moduleName = options.moduleName;
    this.owner = options.owner;
  }
}
/** As a PyObject (`linkToPyObject`). */
export interface PyBuiltinFunction extends PyObject {}
linkToPyObject(PyBuiltinFunction);

/** `method_descriptor` and `classmethod_descriptor`: a native method in a type's dict. */
export class PyMethodDescriptor extends PyObject {
  readonly owner: PyType;
  readonly definition: NativeDefinition;
  constructor(type: PyType, owner: PyType, definition: NativeDefinition) {
    super(type);
    this.owner = owner;
    this.definition = definition;
  }
}

/** How a slot is called as a special method: argument kinds and error texts per row of the slot table. */
export interface SlotWrapper {
  /** The special method's name, e.g. `__add__`. */
  readonly name: string;
  readonly signature: string;
  readonly doc: string;
  /** Calls the slot of `owner` with the arguments after self. */
  call(t: Thread, owner: PyType, self: Value, args: Value[], keywords: readonly string[] | null): Value;
}

/** `wrapper_descriptor`: a slot of a static type under its special method's name. */
export class PyWrapperDescriptor extends PyObject {
  readonly owner: PyType;
  readonly wrapper: SlotWrapper;
  constructor(type: PyType, owner: PyType, wrapper: SlotWrapper) {
    super(type);
    this.owner = owner;
    this.wrapper = wrapper;
  }
}

/** `method-wrapper`: a wrapper descriptor bound to an instance. */
export class PyMethodWrapper extends PyObject {
  readonly descriptor: PyWrapperDescriptor;
  readonly self: Value;
  constructor(type: PyType, descriptor: PyWrapperDescriptor, self: Value) {
    super(type);
    this.descriptor = descriptor;
    this.self = self;
  }
}

/** `getset_descriptor` and `member_descriptor`: a computed attribute. */
export class PyGetSetDescriptor extends PyObject {
  readonly owner: PyType;
  readonly name: string;
  readonly doc: string | null;
  readonly get: (t: Thread, self: Value) => Maybe;
  /** `undefined` as value deletes; null for read-only attributes. */
  readonly set: ((t: Thread, self: Value, value: Maybe) => void) | null;
  /** Index into the instance's slots for a `__slots__` member, else -1. */
  readonly slot: number;
  /** Whether `set` does nothing but put the value into the slot, so that code may do so itself. */
  readonly isPlainSlot: boolean;
  constructor(
    type: PyType,
    owner: PyType,
    name: string,
    access: {
      get: (t: Thread, self: Value) => Maybe;
      set: ((t: Thread, self: Value, value: Maybe) => void) | null;
      doc: string | null;
      slot: number;
      isPlainSlot?: boolean;
    },
  ) {
    super(type);
    this.owner = owner;
    this.name = name;
    this.get = access.get;
    this.set = access.set;
    this.doc = access.doc;
    this.slot = access.slot;
    this.isPlainSlot = access.isPlainSlot ?? false;
  }
}
