/**
 * Calling functions written in TypeScript: parses the text signature, binds arguments, words the errors as CPython does.
 *
 * Source of the messages: Python/getargs.c and Argument Clinic's METH_NOARGS / METH_O / METH_FASTCALL wrappers.
 */
import type { NativeArgument, NativeDefinition, NativeResult, NativeSignature } from '../core/native.ts';
import type { KeywordNames, PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { raiseTypeError } from './raise.ts';

/** Splits a parameter list at its top-level commas. */
function splitParameters(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote = '';
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (quote !== '') {
      if (c === quote) quote = '';
    } else if (c === "'" || c === '"') quote = c;
    else if (c === '(' || c === '[' || c === '{') depth++;
    else if (c === ')' || c === ']' || c === '}') depth--;
    else if (c === ',' && depth === 0) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(text.slice(start));
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** Parses CPython's text signature, e.g. `($self, key, default=None, /)`. */
export function parseSignature(text: string): NativeSignature {
  const open = text.indexOf('(');
  const parts = splitParameters(text.slice(open + 1, text.lastIndexOf(')')));
  const positional: string[] = [];
  const keywordOnly: string[] = [];
  const requiredKeywordOnly = new Set<string>();
  let positionalOnly = 0;
  let required = 0;
  let afterStar = false;
  let varArgs = false;
  let varKeywords = false;
  for (const part of parts) {
    if (part.startsWith('$')) continue;
    if (part === '/') positionalOnly = positional.length;
    else if (part === '*') afterStar = true;
    else if (part.startsWith('**')) varKeywords = true;
    else if (part.startsWith('*')) {
      varArgs = true;
      afterStar = true;
    } else {
      const name = part.split('=')[0]!.split(':')[0]!.trim();
      const hasDefault = part.includes('=');
      if (afterStar) {
        keywordOnly.push(name);
        if (!hasDefault) requiredKeywordOnly.add(name);
      } else {
        positional.push(name);
        if (!hasDefault) required = positional.length;
      }
    }
  }
  const simple = keywordOnly.length === 0 && !varArgs && !varKeywords;
  const takesRest = varArgs && varKeywords && positional.length === 0 && keywordOnly.length === 0;
  return { positional, positionalOnly, required, keywordOnly, requiredKeywordOnly, varArgs, varKeywords, simple, takesRest };
}

/** The parsed signature of a definition, parsed once. */
export function signatureOf(definition: NativeDefinition): NativeSignature {
  if (definition.parsed === null) {
    const parsed = parseSignature(definition.signature);
    definition.parsed = parsed;
    definition.takesItems = parsed.varArgs && !parsed.varKeywords && parsed.positional.length === 0 && parsed.keywordOnly.length === 0;
    // Without the last arguments a function gets undefined for them, as when they are bound.
    if (!parsed.varArgs && !parsed.varKeywords && parsed.requiredKeywordOnly.size === 0) {
      definition.minimum = parsed.required;
      definition.maximum = parsed.positional.length;
    }
  }
  return definition.parsed;
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

/** Raises the TypeError for a wrong number of positional arguments. */
function raiseCountError(name: string, s: NativeSignature, given: number): never {
  const maximum = s.positional.length;
  const allPositionalOnly = s.positionalOnly === maximum && s.keywordOnly.length === 0 && !s.varKeywords;
  if (allPositionalOnly && maximum === 0 && !s.varArgs) raiseTypeError(`${name}() takes no arguments (${given} given)`);
  if (allPositionalOnly && maximum === 1 && s.required === 1 && !s.varArgs) raiseTypeError(`${name}() takes exactly one argument (${given} given)`);
  const bare = bareName(name);
  if (s.positionalOnly > 0 && allPositionalOnly) {
    if (given < s.required) raiseTypeError(`${bare} expected ${s.required === maximum && !s.varArgs ? '' : 'at least '}${plural(s.required, 'argument')}, got ${given}`);
    raiseTypeError(`${bare} expected ${s.required === maximum ? '' : 'at most '}${plural(maximum, 'argument')}, got ${given}`);
  }
  if (given < s.required) {
    if (given < s.positionalOnly) {
      const least = Math.min(s.required, s.positionalOnly);
      const word = least < maximum + s.keywordOnly.length || s.varKeywords ? 'at least' : 'exactly';
      raiseTypeError(`${bareName(name)}() takes ${word} ${plural(least, 'positional argument')} (${given} given)`);
    }
    raiseTypeError(`${bareName(name)}() missing required argument '${s.positional[given]}' (pos ${given + 1})`);
  }
  if (maximum === 0) raiseTypeError(`${bareName(name)}() takes no positional arguments`);
  const word = s.required < maximum || s.keywordOnly.length > 0 ? 'at most' : 'exactly';
  const kind = s.keywordOnly.length > 0 || s.positionalOnly > 0 ? 'positional argument' : 'argument';
  raiseTypeError(`${bareName(name)}() takes ${word} ${plural(maximum, kind)} (${given} given)`);
}

/** What `**kwargs` are when there are none: nobody adds to them. */
const NO_KEYWORDS: ReadonlyMap<string, Value> = new Map();

/** Places keyword arguments into `bound`; returns the extra ones. */
function bindKeywords(
  name: string,
  s: NativeSignature,
  args: readonly Value[],
  keywords: readonly string[],
  bound: NativeArgument[],
  offset: number,
): ReadonlyMap<string, Value> {
  let extra: Map<string, Value> | null = null;
  const given = args.length - keywords.length;
  const acceptsNone = !s.varKeywords && s.positionalOnly === s.positional.length && s.keywordOnly.length === 0;
  if (acceptsNone) raiseTypeError(`${name}() takes no keyword arguments`);
  const keywordStart = offset + s.positional.length + (s.varArgs ? 1 : 0);
  for (let i = 0; i < keywords.length; i++) {
    const keyword = keywords[i]!;
    const value = args[given + i]!;
    const position = s.positional.indexOf(keyword);
    const keywordOnly = s.keywordOnly.indexOf(keyword);
    if (position >= s.positionalOnly) {
      if (position < given) raiseTypeError(`argument for ${bareName(name)}() given by name ('${keyword}') and position (${position + 1})`);
      bound[offset + position] = value;
    } else if (keywordOnly >= 0) bound[keywordStart + keywordOnly] = value;
    else if (s.varKeywords) (extra ??= new Map<string, Value>()).set(keyword, value);
    else if (position >= 0) raiseTypeError(`${bareName(name)}() got some positional-only arguments passed as keyword arguments: '${keyword}'`);
    else raiseTypeError(`${bareName(name)}() got an unexpected keyword argument '${keyword}'`);
  }
  return extra ?? NO_KEYWORDS;
}

function raiseMissing(name: string, parameter: string, position: number): never {
  raiseTypeError(`${bareName(name)}() missing required argument '${parameter}' (pos ${position})`);
}

/** `append` of `list.append`. */
function bareName(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

function checkRequired(name: string, s: NativeSignature, bound: readonly NativeArgument[], offset: number, given: number): void {
  for (let i = given; i < s.required; i++) {
    if (bound[offset + i] !== undefined) continue;
    if (i < s.positionalOnly) raiseCountError(name, s, given);
    raiseMissing(name, s.positional[i]!, i + 1);
  }
  if (s.requiredKeywordOnly.size === 0) return;
  const keywordStart = offset + s.positional.length + (s.varArgs ? 1 : 0);
  s.keywordOnly.forEach((keyword, i) => {
    if (s.requiredKeywordOnly.has(keyword) && bound[keywordStart + i] === undefined) raiseMissing(name, keyword, s.positional.length + i + 1);
  });
}

/**
 * Binds `args` (its last `keywords.length` entries are keyword values) to the parameters of `definition`.
 * `self` is put in front when `hasSelf`. Raises TypeError as CPython words it; `name` is the name for messages.
 */
export function bindArguments(
  definition: NativeDefinition,
  name: string,
  self: Value,
  hasSelf: boolean,
  args: readonly Value[],
  keywords: KeywordNames,
): NativeArgument[] {
  const s = signatureOf(definition);
  const offset = hasSelf ? 1 : 0;
  const given = args.length - (keywords === null ? 0 : keywords.length);
  const maximum = s.positional.length;
  const bound: NativeArgument[] = [];
  if (hasSelf) bound.push(self);
  if (given > maximum && !s.varArgs) raiseCountError(name, s, given);
  const direct = Math.min(given, maximum);
  for (let i = 0; i < direct; i++) bound.push(args[i]!);
  for (let i = direct; i < maximum; i++) bound.push(undefined);
  if (s.varArgs) bound.push(args.slice(maximum, Math.max(given, maximum)));
  for (let i = 0; i < s.keywordOnly.length; i++) bound.push(undefined);
  const extra = keywords !== null && keywords.length > 0 ? bindKeywords(name, s, args, keywords, bound, offset) : NO_KEYWORDS;
  if (s.varKeywords) bound.push(extra as Map<string, Value>);
  checkRequired(name, s, bound, offset, direct);
  return bound;
}

/** The name of a native function for messages: `list.append` for methods of a type, `len` for functions. */
export function nativeName(owner: PyType | null, definition: NativeDefinition): string {
  if (owner === null) return definition.name;
  if (definition.fullNameOwner !== owner) {
    definition.fullNameOwner = owner;
    definition.fullName = `${owner.name}.${definition.name}`;
  }
  return definition.fullName;
}

/** Calls a native function, of the type `owner` if it is a method; `self` is passed first when `hasSelf`. The result may be `PARKED`. */
export function callNative(
  t: Thread,
  definition: NativeDefinition,
  owner: PyType | null,
  self: Value,
  hasSelf: boolean,
  args: readonly Value[],
  keywords: KeywordNames,
): NativeResult {
  if (keywords === null && definition.takes(args.length)) {
    return hasSelf ? definition.implementation(t, self, ...args) : definition.implementation(t, ...args);
  }
  if (keywords === null && definition.takesItems) {
    return hasSelf ? definition.implementation(t, self, args.slice()) : definition.implementation(t, args.slice());
  }
  if (keywords === null && hasSelf && signatureOf(definition).takesRest) return definition.implementation(t, self, args.slice(), NO_KEYWORDS as Map<string, Value>);
  return definition.implementation(t, ...bindArguments(definition, nativeName(owner, definition), self, hasSelf, args, keywords));
}
