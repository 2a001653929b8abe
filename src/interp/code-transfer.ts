/** Functions as bytes: how a function without closure crosses from one interpreter to another. */
import { decodeCode, encodeCode } from '../bytecode/serialise.ts';
import type { PyDict } from '../core/containers.ts';
import type { PyFunction } from '../core/function.ts';
import type { Thread } from '../core/thread.ts';
import { newCode } from '../objects/code.ts';
import { newFunction } from '../objects/function.ts';

/** The code of a function; defaults, closure and globals stay behind. */
export function functionToBytes(func: PyFunction): Uint8Array {
  return encodeCode(func.code.code);
}

/** A function over transferred code that uses `globals` here. Throws CorruptCodeError for bytes that are no code. */
export function functionFromBytes(t: Thread, bytes: Uint8Array, name: string, globals: PyDict): PyFunction {
  const func = newFunction(t, newCode(t, decodeCode(bytes)), globals);
  func.name = name;
  return func;
}
