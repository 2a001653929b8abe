/** Which code may be inlined, by its bytecode alone. */
import { OP } from '../bytecode/opcodes.ts';
import { listHandlers } from '../bytecode/exception-table.ts';
import type { PyCode } from '../core/function.ts';
import { isGeneratorsEnd } from './build-handlers.ts';
import { decode, yieldsOnce } from './bytecode-blocks.ts';
import { OPTIMIZED } from './code-state.ts';

/** Code with more units is not looked at: what is inlined is small. */
const MAX_INLINED_UNITS = 150;

/** Whether code has a `try`, `with`, or anything else with a handler. */
export function hasHandlers(code: PyCode): boolean {
  return (code.handlers ??= code.code.handlers).length > 0;
}

/** Whether code is that of a plain function, entered at its beginning alone. */
function isOfFunction({ isReady, isGenerator, ownEntries, code }: PyCode): boolean {
  return isReady && !isGenerator && ownEntries === 0 && (code.flags & OPTIMIZED) !== 0;
}

/** Whether a function's code is of a kind that can be inlined. */
export function mayBeInlined(code: PyCode): boolean {
  return isOfFunction(code) && code.words.length <= MAX_INLINED_UNITS;
}

/** Units of the beginning of a function that may be put before its calls. */
export const MAX_BEGINNING = 48;

/** Longer code is not looked at for its beginning: it is read as a whole first. */
const MAX_BEGUN_UNITS = 1_200;

/** Whether a function may return in its first few units, and goes on otherwise. */
export function returnsEarly(code: PyCode): boolean {
  const { words } = code;
  if (!isOfFunction(code) || words.length > MAX_BEGUN_UNITS) return false;
  for (let at = 0; at < Math.min(MAX_BEGINNING, words.length);) {
    const { op, next } = decode(words, at);
    if (op === OP.RETURN_VALUE) return next < words.length;
    at = next;
  }
  return false;
}

/** Whether the code of a generator is of a kind that can be inlined into the loop over it. */
export function mayBeIterated(code: PyCode): boolean {
  if (!code.isReady || code.generatorKind !== 'generator' || code.ownEntries !== 0 || code.words.length > MAX_INLINED_UNITS || !yieldsOnce(code.words)) return false;
  return listHandlers((code.handlers ??= code.code.handlers)).every(({ target }) => isGeneratorsEnd(code, target));
}
