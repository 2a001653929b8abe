/** Binds the arguments of a call to the parameters of a builtin function while compiling, as `objects/native-call.ts` does at run time. */
import type { NativeDefinition } from '../core/native.ts';
import type { NativePart } from './operation-constants.ts';

/**
 * What the implementation gets behind the thread, by the numbers of the arguments: `count` of them, self first where there is one, the last named `names`. Null where
 * the call is wrong, or nothing is known of the parameters yet: then it is bound at run time.
 */
export function bindNative(definition: NativeDefinition, hasSelf: boolean, count: number, names: readonly string[]): NativePart[] | null {
  const signature = definition.parsed;
  if (signature === null) return null;
  const offset = hasSelf ? 1 : 0;
  const given = count - names.length - offset;
  const { positional, keywordOnly } = signature;
  if (given < 0 || (given > positional.length && !signature.varArgs)) return null;
  const bound: NativePart[] = positional.map((_name, i) => (i < given ? offset + i : null));
  const onlyByKeyword: NativePart[] = keywordOnly.map(() => null);
  const others: { name: string; at: number }[] = [];
  for (const [k, name] of names.entries()) {
    const at = offset + given + k;
    const index = positional.indexOf(name, signature.positionalOnly);
    const only = keywordOnly.indexOf(name);
    if (index >= 0 && bound[index] === null) bound[index] = at;
    else if (index < 0 && only >= 0) onlyByKeyword[only] = at;
    else if (index < 0 && signature.varKeywords) others.push({ name, at });
    else return null;
  }
  if (bound.some((part, i) => part === null && i < signature.required)) return null;
  if (onlyByKeyword.some((part, i) => part === null && signature.requiredKeywordOnly.has(keywordOnly[i]!))) return null;
  const parts: NativePart[] = hasSelf ? [0, ...bound] : bound;
  if (signature.varArgs) parts.push({ rest: Array.from({ length: Math.max(0, given - positional.length) }, (_, i) => offset + positional.length + i) });
  parts.push(...onlyByKeyword);
  if (signature.varKeywords) parts.push({ keywords: others });
  return parts;
}
