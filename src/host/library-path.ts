/** Where the standard library is. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The library that comes as a package: CPython's Lib as a zip file. */
export function packagedLibraryPath(): string {
  return join(dirname(createRequire(import.meta.url).resolve('pyodide/package.json')), 'python_stdlib.zip');
}
