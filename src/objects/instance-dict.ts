/** `object.__dict__` as an attribute: reading and replacing it. */
import { PyDict } from '../core/containers.ts';
import type { Thread } from '../core/thread.ts';
import type { Maybe, PyObject, Value } from '../core/value.ts';
import { PyInstance } from '../core/instance.ts';
import { checkInstanceWritable, moveToDict } from './instance-attributes.ts';
import { dictOf } from './attributes.ts';
import { raiseTypeError, typeName } from './raise.ts';

/** `object.__dict__ = value`; deleting leaves an empty dict. */
export function setDict(_t: Thread, self: Value, value: Maybe): void {
  if (value !== undefined && !(value instanceof PyDict)) raiseTypeError(`__dict__ must be set to a dictionary, not a '${typeName(value)}'`);
  if (self instanceof PyInstance) {
    checkInstanceWritable(self);
    moveToDict(self);
  }
  (self as PyObject).dict = value ?? null;
}

/** The getter and setter of `__dict__` for types whose instances have one. */
export const DICT_GETSET = {
  get: (_t: Thread, self: Value): Maybe => dictOf(self) ?? undefined,
  set: setDict,
  doc: 'dictionary for instance variables',
};

/** As DICT_GETSET, for types whose instances cannot lose their `__dict__` (PyObject_GenericSetDict). */
export const FIRM_DICT_GETSET = {
  ...DICT_GETSET,
  set: (t: Thread, self: Value, value: Maybe): void => (value === undefined ? raiseTypeError('cannot delete __dict__') : setDict(t, self, value)),
};
