/** Which code may be inlined, by its bytecode alone. */
import { listHandlers } from '../bytecode/exception-table.ts';
import type { PyCode } from '../core/function.ts';
import { isGeneratorsEnd } from './build-handlers.ts';
import { yieldsOnce } from './bytecode-blocks.ts';
import { OPTIMIZED } from './code-state.ts';

/** Code with more units is not looked at: what is inlined is small. */
const MAX_INLINED_UNITS = 150;

/** Whether code has a `try`, `with`, or anything else with a handler. */
export function hasHandlers(code: PyCode): boolean {
  return (code.handlers ??= code.code.handlers).length > 0;
}

/** Whether a function's code is of a kind that can be inlined. */
export function mayBeInlined(code: PyCode): boolean {
  return code.isReady && !code.isGenerator && code.ownEntries === 0 && (code.code.flags & OPTIMIZED) !== 0 && code.words.length <= MAX_INLINED_UNITS;
}

/** Whether the code of a generator is of a kind that can be inlined into the loop over it. */
export function mayBeIterated(code: PyCode): boolean {
  if (!code.isReady || code.generatorKind !== 'generator' || code.ownEntries !== 0 || code.words.length > MAX_INLINED_UNITS || !yieldsOnce(code.words)) return false;
  return listHandlers((code.handlers ??= code.code.handlers)).every(({ target }) => isGeneratorsEnd(code, target));
}
