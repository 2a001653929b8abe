/** `_suggestions`: the closest name, for "Did you mean" in tracebacks (Modules/_suggestions.c). */
import { PyList } from '../core/containers.ts';
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { suggestName } from '../interp/call-frame.ts';
import { raiseTypeError, typeName } from '../objects/raise.ts';
import { asStr } from '../objects/type-of.ts';
import type { NativeModule } from './native-module.ts';

/** Longer lists are not searched, longer names not compared (Python/suggestions.c). */
const MAX_CANDIDATES = 750;
const MAX_LENGTH = 40;

function suggestions_generate(_t: Thread, candidates: Value, item: Value): Value {
  const name = asStr(item);
  if (!(candidates instanceof PyList)) raiseTypeError('candidates must be a list');
  if (name === undefined) raiseTypeError(`_generate_suggestions() argument 2 must be str, not ${typeName(item)}`);
  const names = candidates.items.map((candidate) => asStr(candidate) ?? raiseTypeError('all elements in \'candidates\' must be strings'));
  if (names.length >= MAX_CANDIDATES || name.length > MAX_LENGTH) return null;
  return suggestName(name, names.filter((candidate) => candidate.length <= MAX_LENGTH));
}

/** The table. */
export const SUGGESTIONS_MODULE: NativeModule = {
  name: '_suggestions',
  doc: '',
  functions: { _generate_suggestions: [suggestions_generate, '($module, candidates, item, /)', "Returns the candidate in candidates that's closest to item"] },
};
