/**
 * Quiet forms of functions written in TypeScript: what a builtin function, or a slot of a builtin class, does for operands with which it runs no Python code, looks at no frame and
 * raises nothing. Compiled code calls them without a record of its activation, and forgets nothing that it knows; what a form leaves, tier 0 does from the beginning.
 */
import type { Thread } from './thread.ts';
import type { PyType } from './type.ts';
import type { Maybe, Value } from './value.ts';

/**
 * What a form does to the world: `value` depends on operands alone that never change, `look` on memory, too; `new` makes an object, or gives one that never changes; `change` changes
 * objects whose memory no other operation of compiled code looks at: no list, dict, set, instance or cell.
 */
export type QuietEffect = 'value' | 'look' | 'new' | 'change';

/** What a form gives whenever it gives something: the exact class, an int that is a number, or any value. */
export type QuietResult = PyType | 'int' | 'bool' | 'str' | 'none' | 'any';

/** One form. */
export interface QuietForm {
  /** Gets what the function gets; that of a `tp_new` the positional arguments of a call of the class itself. Gives undefined where it cannot say, or where something is to be raised; then it has done nothing. */
  readonly call: (t: Thread, ...args: never[]) => Maybe;
  readonly effect: QuietEffect;
  readonly result: QuietResult;
}

/** Forms by the functions that they are for, filled where those are declared. */
const forms = new WeakMap<object, QuietForm>();

/** Declares the quiet form of a function; gives the function back. */
export function withQuietForm<T extends object>(implementation: T, form: QuietForm): T {
  forms.set(implementation, form);
  return implementation;
}

/** The quiet form of a function, where it has one. */
export function quietFormOf(implementation: unknown): QuietForm | undefined {
  return typeof implementation === 'function' ? forms.get(implementation) : undefined;
}

/** The form of a function that raises nothing, whatever its operands, and is quiet anyway. */
export function alwaysQuiet<A extends (Maybe | Value[])[], R extends Maybe>(implementation: (t: Thread, ...args: A) => R, effect: QuietEffect, result: QuietResult): (t: Thread, ...args: A) => R {
  return withQuietForm(implementation, { call: implementation as unknown as QuietForm['call'], effect, result });
}

/** What a quiet form of `__next__` gives at the end of an iterator; undefined where it cannot say, and has done nothing. */
export const ENDED = Symbol('ended');

/** A quiet form of `__next__`. */
export type QuietNext<Self> = (t: Thread, self: Self) => Maybe | typeof ENDED;

/** Declares the quiet form of a `tp_iternext`: it runs no Python code, raises nothing, and changes iterators alone. Gives the slot back. */
export function withQuietNext<Self, T extends (t: Thread, self: Self) => Maybe>(next: T, form: QuietNext<Self>): T {
  nextForms.set(next, form as QuietNext<never>);
  return next;
}

/** The form of a `tp_iternext` that runs no Python code and raises nothing anyway. */
export function alwaysQuietNext<Self>(next: (t: Thread, self: Self) => Maybe): (t: Thread, self: Self) => Maybe {
  return withQuietNext(next, (t: Thread, self: Self) => orEnded(next(t, self)));
}

/** An item, or ENDED where there is none. */
export function orEnded(item: Maybe): Maybe | typeof ENDED {
  return item === undefined ? ENDED : item;
}

/** The quiet form of a `tp_iternext`, where it has one. */
export function quietNextOf(next: object | null): QuietNext<never> | undefined {
  return next === null ? undefined : nextForms.get(next);
}

/** The quiet form of many steps of an iterator at once: no Python code runs, nothing is raised, and nobody can tell them from single steps. */
export interface QuietRun<Self> {
  /** How many items there are yet, Infinity without an end; -1 where that takes Python code to say, or to get them. */
  readonly left: (self: Self) => number;
  /** The next items, `count` at most, in an array for the caller; with fewer it has ended. Only where `left` is not -1. */
  readonly take: (t: Thread, self: Self, count: number) => Value[];
}

const runs = new WeakMap<object, QuietRun<never>>();

/** Declares the form of many steps of a `tp_iternext`. Gives the slot back. */
export function withQuietRun<Self, T extends (t: Thread, self: Self) => unknown>(next: T, run: QuietRun<Self>): T {
  runs.set(next, run as QuietRun<never>);
  return next;
}

/** The form of many steps of a `tp_iternext`, where it has one. */
export function quietRunOf(next: object | null): QuietRun<never> | undefined {
  return next === null ? undefined : runs.get(next);
}

const nextForms = new WeakMap<object, QuietNext<never>>();
