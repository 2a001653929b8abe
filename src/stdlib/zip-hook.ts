/**
 * The path hook for zip files: `zipimport.zipimporter`, which is imported when `sys.path` first names a file. CPython imports it at every start, where it
 * is frozen; here it would cost milliseconds that few programs need.
 */
import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { PyBuiltinFunction } from '../core/native.ts';
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { getAttr } from '../objects/attributes.ts';
import { call } from '../objects/call.ts';
import { ImportError } from '../objects/exception-types.ts';
import { importModule } from '../objects/import-hook.ts';
import { newException } from '../objects/raise.ts';
import { asStr } from '../objects/type-of.ts';
import { hostPath } from '../modules/host-path.ts';
import { newModuleFunction } from '../modules/native-module.ts';

/** Whether `path`, or what stands above it, is a file: an archive, or a folder in one. */
function leadsIntoFile(t: Thread, path: string): boolean {
  for (let at = path, above = ''; at !== above && at !== '.'; above = at, at = dirname(at)) {
    const isFile = fileAt(hostPath(t, at));
    if (isFile !== undefined) return isFile;
  }
  return false;
}

/** Whether a path is that of a file; undefined when there is nothing, as below a file. */
function fileAt(path: ReturnType<typeof hostPath>): boolean | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined;
    throw error;
  }
}

function isFilePath(t: Thread, path: string): boolean {
  try {
    return path !== '' && leadsIntoFile(t, path);
  } catch {
    // Not allowed, or no path of this system: other hooks may know it.
    return false;
  }
}

const LOADING = 'loading zipimport';

/** `zipimport.zipimporter`. While it is being imported the hook claims nothing: that import looks along `sys.path`, too. */
function zipimporter(t: Thread): Value {
  const { moduleState } = t.interpreter;
  moduleState.set(LOADING, true);
  try {
    return getAttr(t, importModule(t, 'zipimport'), 'zipimporter');
  } finally {
    moduleState.delete(LOADING);
  }
}

/** The hook for `sys.path_hooks`; raises ImportError for everything that is no zip file. */
export function zipPathHook(): PyBuiltinFunction {
  return newModuleFunction('zipimport', 'zipimporter', [
    (t: Thread, path: Value) => {
      const text = asStr(path);
      if (text === undefined || t.interpreter.moduleState.has(LOADING) || !isFilePath(t, text)) throw newException(ImportError, `not a Zip file: ${text ?? 'not a str'}`);
      return call(t, zipimporter(t), [path]);
    },
    '($module, path, /)', 'Importer for a zip file, or for a folder in one.',
  ]);
}
