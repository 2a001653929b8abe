/** Loads every builtin type, in the order in which bases come before derived types, and checks that none was forgotten. */
import './object.ts';
import './type.ts';
import './class-method.ts';
import './descriptors.ts';
import './function.ts';
import './singletons.ts';
import './int.ts';
import './bool.ts';
import './float.ts';
import './complex.ts';
import './str.ts';
import './bytes.ts';
import './list.ts';
import './tuple.ts';
import './dict-views.ts';
import './dict.ts';
import './frozendict.ts';
import './property.ts';
import './super.ts';
import './module.ts';
import './code.ts';
import './frame.ts';
import './frame-locals.ts';
import './generator.ts';
import './async-generator.ts';
import './exceptions.ts';
import './exception-group.ts';
import './mapping-proxy.ts';
import './iterators.ts';
import './range.ts';
import './slice.ts';
import './set.ts';
import './weakref.ts';
import './bytearray.ts';
import './memoryview.ts';
import './generic-alias.ts';
import './union.ts';
import './template.ts';
import { InternalError } from '../base/assert.ts';
import { ALL_STATIC_TYPES } from './static-types.ts';

/** Throws when a static type has no behaviour: its file is not imported here. */
export function checkAllTypesReady(): void {
  const missing = ALL_STATIC_TYPES.filter((type) => !type.ready).map((type) => type.name);
  if (missing.length > 0) throw new InternalError(`static types without a file: ${missing.join(', ')}`);
}
