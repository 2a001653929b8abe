/** Ways out of compiled code: what is to be written into records there, for all activations of the JavaScript function in the middle of calls that were inlined. */
import type { PyCode, PyFunction } from '../core/function.ts';
import { RECORD_HEAD, type Site } from '../core/compiled.ts';
import type { Thread } from '../core/thread.ts';

/** A way out in the middle of inlined calls. Offsets count from the beginning of the function's record. */
export interface InlinedExit {
  /** The code that was compiled. */
  readonly owner: PyCode;
  /** Where the innermost activation is left. */
  readonly site: Site;
  /** What is written as it is: sites, and the functions of calls that have no record yet. */
  readonly fixed: readonly (readonly [offset: number, value: unknown])[];
  /** Where the values go that compiled code hands over. */
  readonly handed: readonly number[];
  /** The end of the innermost record. */
  readonly size: number;
  /** How many calls do not count for the depth yet. */
  readonly depth: number;
}

/** Makes records of all activations of the function whose record begins at `base`. */
export function writeRecords(t: Thread, base: number, exit: InlinedExit, values: readonly unknown[]): void {
  const { records } = t;
  for (const [offset, value] of exit.fixed) records[base + offset] = value;
  for (let i = 0; i < values.length; i++) records[base + exit.handed[i]!] = values[i];
  t.top = base + exit.size;
  t.depth += exit.depth;
}

/** Begins the record of an activation that had none, as it calls nothing; gives its base. */
export function beginRecord(t: Thread, func: PyFunction): number {
  const base = t.top;
  t.records[base] = func;
  t.depth++;
  return base;
}

/** Completes the record at `base` for a site with what compiled code hands over. */
export function takeOver({ records }: Thread, base: number, site: Site, values: readonly unknown[]): void {
  records[base + 1] = site;
  for (let i = 0; i < values.length; i++) records[base + RECORD_HEAD + site.handed[i]!] = values[i];
}
