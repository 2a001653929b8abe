/** The constants of one code object while it is compiled: equal constants of one type share a slot. */
import { CodeObject } from '../bytecode/code.ts';
import type { Const } from '../bytecode/code.ts';
import { constKey } from '../bytecode/constants.ts';

/** A growing list of constants without duplicates. */
export class ConstTable {
  readonly values: Const[] = [];
  // Strings are by far the most frequent constants; a table of their own saves building keys.
  readonly #strings = new Map<string, number>();
  readonly #others = new Map<string, number>();

  /** The slot of a constant, added when it is new. */
  add(value: Const): number {
    if (typeof value === 'string') return this.#addKeyed(this.#strings, value, value);
    const key = constKey(value);
    if (key !== null) return this.#addKeyed(this.#others, key, value);
    return this.#addUnkeyed(value);
  }

  #addKeyed(slots: Map<string, number>, key: string, value: Const): number {
    let slot = slots.get(key);
    if (slot === undefined) {
      slot = this.values.push(value) - 1;
      slots.set(key, slot);
    }
    return slot;
  }

  /** Code objects are equal when they do the same at the same place: the two copies of a function in a `finally` block. */
  #addUnkeyed(value: Const): number {
    if (value instanceof CodeObject) {
      const slot = this.values.findIndex((other) => other instanceof CodeObject && codesEqual(other, value));
      if (slot >= 0) return slot;
    }
    return this.values.push(value) - 1;
  }
}

function codesEqual(a: CodeObject, b: CodeObject): boolean {
  return a.name === b.name && a.firstlineno === b.firstlineno && a.flags === b.flags && a.argcount === b.argcount
    && a.posonlyargcount === b.posonlyargcount && a.kwonlyargcount === b.kwonlyargcount
    && arraysEqual(a.words, b.words) && arraysEqual(a.names, b.names) && arraysEqual(a.localsplusnames, b.localsplusnames)
    && arraysEqual(a.linetable, b.linetable) && arraysEqual(a.exceptiontable, b.exceptiontable) && constsEqual(a.consts, b.consts);
}

function arraysEqual<T>(a: ArrayLike<T>, b: ArrayLike<T>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function constsEqual(a: readonly Const[], b: readonly Const[]): boolean {
  return a.length === b.length && a.every((value, i) => {
    const other = b[i]!;
    if (value instanceof CodeObject) return other instanceof CodeObject && codesEqual(value, other);
    return constKey(value) === constKey(other);
  });
}
