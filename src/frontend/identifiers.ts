/** Identifiers beyond ASCII: which characters they may hold (PEP 3131), and their normal form. */

const WHOLE_IDENTIFIER = /^[\p{XID_Start}_]\p{XID_Continue}*$/u;
const IDENTIFIER_PREFIX = /^(?:[\p{XID_Start}_]\p{XID_Continue}*)?/u;
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}\p{Zs}]/u;

/** Whether the text is an identifier; keywords count. */
export function isIdentifier(text: string): boolean {
  return WHOLE_IDENTIFIER.test(text);
}

/** The index (UTF-16) of the first character that keeps the text from being an identifier, or the text's length. */
export function identifierLength(text: string): number {
  return IDENTIFIER_PREFIX.exec(text)?.[0].length ?? 0;
}

/** The form under which a name is known: NFKC. */
export function normalizeIdentifier(text: string): string {
  return text.normalize('NFKC');
}

/** Whether Python's `str.isprintable` holds for one character. */
export function isPrintable(character: string): boolean {
  return character === ' ' || !UNPRINTABLE.test(character);
}
