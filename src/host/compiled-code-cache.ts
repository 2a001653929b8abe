/**
 * Files of V8's compiled code, one for each state of a bundle and of the engine's settings: `<bundle>-<V8's tag>-<size>-<time>.v8code` in the cache folder. They may be missing, damaged or of
 * another V8. Each version of Ladon leaves its own behind, so that only the last ones used are kept.
 */
import { readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { replaceFile } from '../base/replace-file.ts';

const SUFFIX = '.v8code';
/** Files kept of a bundle: versions of Ladon, of Node, and settings of the engine that are used by turns. */
export const MOST_KEPT = 16;
/** A file that has been used counts as new once a day; more often is not worth a start's time. */
const DAY_MS = 86_400_000;

/** Where the code of a bundle is kept; `state` tells its content and the engine's settings. */
export function compiledCodePath(folder: string, bundle: string, state: readonly number[]): string {
  return join(folder, `${[bundle, ...state].join('-')}${SUFFIX}`);
}

/** What is kept there; undefined for nothing. */
export function readCompiledCode(path: string): Buffer | undefined {
  let code: Buffer;
  try {
    code = readFileSync(path);
  } catch {
    // V8 compiles, and the result is kept.
    return undefined;
  }
  markUsed(path);
  return code;
}

function markUsed(path: string): void {
  try {
    if (Date.now() - statSync(path).mtimeMs > DAY_MS) utimesSync(path, new Date(), new Date());
  } catch {
    // A disk that cannot be written, or another process has removed it.
  }
}

/** Keeps compiled code, and removes that of states of the bundle which have not been used for longest. */
export function writeCompiledCode(path: string, bundle: string, code: Uint8Array): void {
  try {
    replaceFile(path, code);
    removeOld(dirname(path), bundle, basename(path));
  } catch {
    // A read-only or full disk: everything works without.
  }
}

function removeOld(folder: string, bundle: string, newest: string): void {
  const others = readdirSync(folder).filter((name) => name.startsWith(`${bundle}-`) && name.endsWith(SUFFIX) && name !== newest);
  if (others.length < MOST_KEPT) return;
  const byAge = others.map((name) => ({ path: join(folder, name), used: statSync(join(folder, name)).mtimeMs })).sort((a, b) => b.used - a.used);
  for (const { path } of byAge.slice(MOST_KEPT - 1)) rmSync(path, { force: true });
}
