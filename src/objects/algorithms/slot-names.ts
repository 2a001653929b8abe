/** Which strings `__slots__` may name. */

const ASCII_IDENTIFIER = /^[A-Za-z_][A-Za-z_0-9]*$/;
const UNICODE_IDENTIFIER = /^[\p{XID_Start}_]\p{XID_Continue}*$/u;

/** Whether `name` is an identifier (`str.isidentifier`). */
export function slotIsIdentifier(name: string): boolean {
  return ASCII_IDENTIFIER.test(name) || UNICODE_IDENTIFIER.test(name);
}
