/** Which strings `__slots__` may name. */
import { lazy } from '../../base/lazy.ts';

const ASCII_IDENTIFIER = /^[A-Za-z_][A-Za-z_0-9]*$/;
/** Made when needed: V8 takes half a millisecond to build the sets. */
const unicodeIdentifier = lazy(() => /^[\p{XID_Start}_]\p{XID_Continue}*$/u);

/** Whether `name` is an identifier (`str.isidentifier`). */
export function slotIsIdentifier(name: string): boolean {
  return ASCII_IDENTIFIER.test(name) || unicodeIdentifier().test(name);
}
