/** Exception classes of native modules (`struct.error`). */
import type { PyType } from '../core/type.ts';
import { Exception } from '../objects/exception-types.ts';
import { staticType } from '../objects/static-types.ts';
import { readyType } from '../objects/type-ready.ts';

/** A class that inherits all behaviour from `base`. */
export function exceptionType(name: string, module: string, base: PyType = Exception): PyType {
  return readyType(staticType(name, { base, module, baseType: true, hasDict: true }), {});
}
