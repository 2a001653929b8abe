/** What compiled code knows of a value: sets of kinds as bits. The lattice of type inference; feedback uses the same bits. */
import type { PyType } from '../core/type.ts';
import { PyDict, PyList, PyTuple } from '../core/containers.ts';
import { PyComplex, PyFloat } from '../core/scalars.ts';
import type { Maybe } from '../core/value.ts';

/** An int that is a JavaScript number. */
export const INT = 1;
/** An int that is a bigint. */
export const BIG = 2;
export const BOOL = 4;
export const NONE = 8;
export const STR = 16;
/** Exactly `float`. */
export const FLOAT = 32;
/** Exactly `list`. */
export const LIST = 64;
/** Exactly `dict`. */
export const DICT = 128;
/** Exactly `tuple`. */
export const TUPLE = 256;
/** Anything else. */
export const OBJECT = 512;
/** Exactly `complex`. */
export const COMPLEX = 1024;
/** No value: an unbound local, NULL on the stack, an exhausted iterator. */
export const UNBOUND = 2048;
/** Real numbers that arithmetic of doubles takes as they are: ints among them are safe integers. */
export const NUMBER = INT | FLOAT;
/** Every value. */
export const VALUE = UNBOUND - 1;
export const ANY = VALUE | UNBOUND;

/** A set of kinds. */
export type Kinds = number;

const NAMES: readonly (readonly [Kinds, string])[] = [
  [INT, 'int'], [BIG, 'bigint'], [BOOL, 'bool'], [NONE, 'none'], [STR, 'str'], [FLOAT, 'float'], [LIST, 'list'], [DICT, 'dict'], [TUPLE, 'tuple'],
  [OBJECT, 'object'], [COMPLEX, 'complex'], [UNBOUND, 'unbound'],
];

/** `int|float`, `value`, `any`. */
export function kindsText(kinds: Kinds): string {
  if (kinds === 0) return 'never';
  if (kinds === ANY) return 'any';
  if (kinds === VALUE) return 'value';
  return NAMES.filter(([bit]) => (kinds & bit) !== 0).map(([, name]) => name).join('|');
}

/** The reverse of `kindsText`; throws on a word that is no kind. */
export function parseKinds(text: string): Kinds {
  if (text === 'never') return 0;
  if (text === 'any') return ANY;
  if (text === 'value') return VALUE;
  return text.split('|').reduce((kinds, word) => {
    const row = NAMES.find(([, name]) => name === word);
    if (row === undefined) throw new Error(`no kind of value: ${word}`);
    return kinds | row[0];
  }, 0);
}

/** Whether all of `kinds` are among `allowed`. */
export function within(kinds: Kinds, allowed: Kinds): boolean {
  return kinds !== 0 && (kinds & ~allowed) === 0;
}

/** The names under which the builtin types stand in `Services.types`. */
export interface ExactTypes {
  readonly float: unknown;
  readonly list: unknown;
  readonly dict: unknown;
  readonly tuple: unknown;
  readonly str: unknown;
  readonly complex: unknown;
  /** What a dict raises for a key that is not there, and conversions for a text that is no number. */
  readonly keyError: unknown;
  readonly valueError: unknown;
  /** What sequences raise for an index that is out of range. */
  readonly indexError: unknown;
}

/** The kind of one value. */
export function kindOf(value: Maybe, types: ExactTypes): Kinds {
  switch (typeof value) {
    case 'number': return INT;
    case 'bigint': return BIG;
    case 'boolean': return BOOL;
    case 'string': return STR;
    case 'undefined': return UNBOUND;
    default:
  }
  if (value === null) return NONE;
  if (value instanceof PyFloat) return value.type === types.float ? FLOAT : OBJECT;
  if (value instanceof PyComplex) return value.type === types.complex ? COMPLEX : OBJECT;
  if (value instanceof PyList) return value.type === types.list ? LIST : OBJECT;
  if (value instanceof PyDict) return value.type === types.dict ? DICT : OBJECT;
  if (value instanceof PyTuple) return value.type === types.tuple ? TUPLE : OBJECT;
  return OBJECT;
}

/** Whether a class is one of builtins, and no class of a program that says so of itself: its name tells which. */
export function isOfBuiltins(type: PyType): boolean {
  return type.module === 'builtins' && !type.flags.heapType;
}
