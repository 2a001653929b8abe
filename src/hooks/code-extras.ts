/** Slots of plugins on code objects (PyUnstable_Eval_RequestCodeExtraIndex, PyUnstable_Code_SetExtra): a plugin asks for an index once, and has a slot of every code object. */
import type { PyCode } from '../core/function.ts';
import type { Interpreter } from '../core/thread.ts';
import { trackDeparture } from './departures.ts';
import { HookError } from './hook-error.ts';
import { perInterpreter } from './watcher-table.ts';

/** Indices per interpreter (MAX_CO_EXTRA_USERS). */
export const MAX_CODE_EXTRAS = 255;

/** Called with a value that is replaced, or whose code object is gone (`departures.ts`); must not raise, and the value must not hold the code object. */
export type FreeExtra = (value: unknown) => void;

interface Extras {
  readonly free: (FreeExtra | null)[];
  /** Arrays of code objects whose end is told of. */
  readonly tracked: WeakSet<unknown[]>;
}

function extrasOf(interpreter: Interpreter): Extras {
  return perInterpreter(interpreter, 'hooks.code-extras', () => ({ free: [], tracked: new WeakSet() }));
}

/** A new index. Throws HookError when all are taken; they are never given back. */
export function requestCodeExtraIndex(interpreter: Interpreter, free: FreeExtra | null): number {
  const extras = extrasOf(interpreter);
  if (extras.free.length >= MAX_CODE_EXTRAS) throw new HookError('runtime', 'no more indices of code extras available');
  return extras.free.push(free) - 1;
}

function checkIndex(interpreter: Interpreter, index: number): void {
  if (!(index >= 0 && index < extrasOf(interpreter).free.length)) throw new HookError('value', `${index} is no index of code extras`);
}

/** The value at an index; undefined when none was set. Throws HookError for an index that nobody has. */
export function getCodeExtra(interpreter: Interpreter, code: PyCode, index: number): unknown {
  checkIndex(interpreter, index);
  return code.extras?.[index];
}

/** Sets the value at an index, freeing the one before. Throws HookError for an index that nobody has. */
export function setCodeExtra(interpreter: Interpreter, code: PyCode, index: number, value: unknown): void {
  checkIndex(interpreter, index);
  const { free, tracked } = extrasOf(interpreter);
  code.extras ??= [];
  const values = code.extras;
  const before = values[index];
  values[index] = value;
  if (before !== undefined) free[index]?.(before);
  if (free[index] === null || tracked.has(values)) return;
  tracked.add(values);
  trackDeparture(interpreter, code, () => {
    values.forEach((left, i) => (left === undefined ? undefined : free[i]?.(left)));
  });
}
