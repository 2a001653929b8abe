/** Identifiers beyond ASCII: which characters they may hold (PEP 3131), and their normal form. */
import { lazy } from '../base/lazy.ts';

// Made when needed: V8 takes a tenth of a millisecond or more to build such a set.
const wholeIdentifier = lazy(() => /^[\p{XID_Start}_]\p{XID_Continue}*$/u);
const identifierPrefix = lazy(() => /^(?:[\p{XID_Start}_]\p{XID_Continue}*)?/u);
const unprintable = lazy(() => /[\p{C}\p{Zl}\p{Zp}\p{Zs}]/u);

/** Whether the text is an identifier; keywords count. */
export function isIdentifier(text: string): boolean {
  return wholeIdentifier().test(text);
}

/** The index (UTF-16) of the first character that keeps the text from being an identifier, or the text's length. */
export function identifierLength(text: string): number {
  return identifierPrefix().exec(text)?.[0].length ?? 0;
}

/** The form under which a name is known: NFKC. */
export function normalizeIdentifier(text: string): string {
  return text.normalize('NFKC');
}

/** Whether Python's `str.isprintable` holds for one character. */
export function isPrintable(character: string): boolean {
  return character === ' ' || !unprintable().test(character);
}
