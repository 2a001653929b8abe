/** Misuse of a hook as the Python exception that CPython sets. */
import { HookError } from '../../hooks/hook-error.ts';
import { RuntimeError } from '../../objects/exception-types.ts';
import { raise, raiseValueError } from '../../objects/raise.ts';

/** The result of `use`; a HookError becomes a ValueError or RuntimeError. */
export function translated<T>(use: () => T): T {
  try {
    return use();
  } catch (caught) {
    if (!(caught instanceof HookError)) throw caught;
    return caught.kind === 'value' ? raiseValueError(caught.message) : raise(RuntimeError, caught.message);
  }
}
