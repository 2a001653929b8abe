/** Runs a Python file in Pyodide as an executable would: `node dist/bench/pyodide.js FILE [ARGUMENT...]`, with standard streams and this folder's `bench/`. */
import { readSync, writeSync } from 'node:fs';
import { loadPyodide } from 'pyodide';

/** One line of the standard input; null at its end. Pyodide asks synchronously. */
function readLine(): string | null {
  const byte = new Uint8Array(1);
  const line: number[] = [];
  while (readSync(0, byte) === 1) {
    line.push(byte[0]!);
    if (byte[0] === 10) return Buffer.from(line).toString();
  }
  return line.length === 0 ? null : Buffer.from(line).toString();
}

const pyodide = await loadPyodide({ stdin: readLine, stdout: (line) => writeSync(1, `${line}\n`), stderr: (line) => writeSync(2, `${line}\n`) });
pyodide.mountNodeFS('/bench', `${process.cwd()}/bench`);
pyodide.globals.set('arguments', pyodide.toPy(process.argv.slice(2)));
try {
  pyodide.runPython('import os, runpy, sys; os.chdir("/"); sys.argv[:] = arguments; runpy.run_path(sys.argv[0], run_name="__main__")');
} catch (error) {
  writeSync(2, `${String((error as Error).message).trimEnd()}\n`);
  process.exit(1);
}
process.exit(0);
