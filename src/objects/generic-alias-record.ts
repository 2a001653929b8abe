/** The record of `types.GenericAlias`, and the `__class_getitem__` row that generic builtin types share; behaviour is in `generic-alias.ts`. */
import { PyTuple } from '../core/containers.ts';
import { PyObject, type Value } from '../core/value.ts';
import type { Thread } from '../core/thread.ts';
import type { PyType } from '../core/type.ts';
import { newTuple } from './make.ts';
import { GENERIC_ALIAS_TYPE } from './static-types.ts';
import type { MethodRow } from './type-ready.ts';

/** `list[int]`: an origin and its arguments. */
export class PyGenericAlias extends PyObject {
  readonly origin: Value;
  readonly args: PyTuple;
  /** `*tuple[int]` */
  readonly starred: boolean;
  /** Computed on first use by `generic-alias.ts`. */
  parameters: PyTuple | null = null;
  constructor(type: PyType, origin: Value, args: PyTuple, starred: boolean) {
    super(type);
    this.origin = origin;
    this.args = args;
    this.starred = starred;
  }
}

/** `origin[item]` as a GenericAlias. */
export function newGenericAlias(origin: Value, item: Value): PyGenericAlias {
  return new PyGenericAlias(GENERIC_ALIAS_TYPE, origin, item instanceof PyTuple ? item : newTuple([item]), false);
}

/** `__class_getitem__` of generic builtin types. */
export const CLASS_GETITEM: MethodRow = [
  (_t: Thread, type: Value, item: Value) => newGenericAlias(type, item), '($type, object, /)', 'See PEP 585', 'class',
];
