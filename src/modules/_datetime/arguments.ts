/** Binding constructor arguments with the messages of PyArg_ParseTupleAndKeywords, which knows no function name there. */
import type { KeywordNames } from '../../core/type.ts';
import type { Maybe, Value } from '../../core/value.ts';
import { raiseTypeError } from '../../objects/raise.ts';

/** Parameters of a constructor. */
export interface FieldNames {
  readonly names: readonly string[];
  readonly required: number;
  /** How many may be given by position. */
  readonly positional: number;
  /** The function's name in messages, with its parentheses, or ''. */
  readonly who: string;
}

function raiseTooMany({ names, positional, who }: FieldNames, given: number, total: number): never {
  const subject = who === '' ? 'function' : who;
  if (total > names.length || positional === names.length) raiseTypeError(`${subject} takes at most ${names.length} argument${names.length === 1 ? '' : 's'} (${total} given)`);
  return raiseTypeError(`${subject} takes at most ${positional} positional arguments (${given} given)`);
}

/** One value per name, undefined where nothing was given. `check` sees what was given before something missing is complained of. */
export function bindFields(fields: FieldNames, args: readonly Value[], keywords: KeywordNames, check?: (value: Value) => void): Maybe[] {
  const { names, required, positional, who } = fields;
  const given = args.length - (keywords?.length ?? 0);
  if (given > positional || args.length > names.length) {
    if (given <= positional || positional === names.length) raiseTooMany({ ...fields, positional: names.length }, given, args.length);
    raiseTooMany(fields, given, given);
  }
  const bound: Maybe[] = names.map((_, i) => (i < given ? args[i] : undefined));
  const unknown = (keywords ?? []).find((keyword) => !names.includes(keyword));
  (keywords ?? []).forEach((keyword, i) => {
    const at = names.indexOf(keyword);
    if (at < 0) return;
    if (at < given) raiseTypeError(`argument for ${who === '' ? 'function' : who} given by name ('${keyword}') and position (${at + 1})`);
    bound[at] = args[given + i];
  });
  for (let i = 0; i < required; i++) {
    const value = bound[i];
    if (value !== undefined) check?.(value);
    else raiseTypeError(`${who === '' ? 'function' : who} missing required argument '${names[i]}' (pos ${i + 1})`);
  }
  if (unknown !== undefined) raiseTypeError(`${who === '' ? 'this function' : who} got an unexpected keyword argument '${unknown}'`);
  return bound;
}
