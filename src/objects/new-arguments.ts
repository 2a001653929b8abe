/** Argument checks for `tp_new` and `tp_init` slots that bind by hand. Source: CPython Python/getargs.c. */
import type { KeywordNames } from '../core/type.ts';
import type { Value } from '../core/value.ts';
import { raiseTypeError } from './raise.ts';

/** Refuses keyword arguments. */
export function checkNoKeywords(name: string, keywords: KeywordNames): void {
  if (keywords !== null && keywords.length > 0) raiseTypeError(`${name}() takes no keyword arguments`);
}

/** Refuses a number of positional arguments outside of `minimum` to `maximum`. */
export function checkPositional(name: string, given: number, minimum: number, maximum: number): void {
  if (given >= minimum && given <= maximum) return;
  const bound = given < minimum ? minimum : maximum;
  const qualifier = minimum === maximum ? '' : given < minimum ? 'at least ' : 'at most ';
  raiseTypeError(`${name} expected ${qualifier}${bound} argument${bound === 1 ? '' : 's'}, got ${given}`);
}

/** Both checks, for constructors that take positional arguments only. */
export function checkArguments(name: string, args: readonly Value[], keywords: KeywordNames, minimum: number, maximum: number): void {
  checkNoKeywords(name, keywords);
  checkPositional(name, args.length, minimum, maximum);
}
