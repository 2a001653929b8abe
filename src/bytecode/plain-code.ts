/** Code objects as plain data, so that tests and tools can compare them whole: a code object's body is behind accessors. */
import { CodeObject, codeFields, type Const } from './code.ts';

/** All fields of `value` and of the code objects among its constants. */
export function plainCode(value: Const): unknown {
  return value instanceof CodeObject ? { ...codeFields(value), consts: value.consts.map(plainCode) } : value;
}
