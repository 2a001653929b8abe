/** Running `__main__`: a file, a command, a module, standard input; and the end of an interpreter (Modules/main.c, Python/pylifecycle.c). */
import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { PyList } from '../core/containers.ts';
import type { PyModule } from '../core/instance.ts';
import { PyBaseException } from '../core/exception.ts';
import type { PyCode } from '../core/function.ts';
import type { Thread } from '../core/thread.ts';
import type { MainTarget } from '../base/protocol.ts';
import { getAttr, lookupAttr } from '../objects/attributes.ts';
import { call, callMethod, callMethodIfAny } from '../objects/call.ts';
import { KeyboardInterrupt, SystemExit } from '../objects/exception-types.ts';
import { finalizeAll } from '../objects/finalize.ts';
import { runFinalizers } from '../objects/finalizers.ts';
import { tableGetStr, tableSetStr } from '../objects/hash-table.ts';
import { importModule } from '../objects/import-hook.ts';
import type { Value } from '../core/value.ts';
import { newCode } from '../objects/code.ts';
import { newModule } from '../objects/module.ts';
import { isRaised } from '../objects/raise.ts';
import { str } from '../objects/text.ts';
import { isTrue } from '../objects/truth.ts';
import { asInt } from '../objects/type-of.ts';
import { newList } from '../objects/make.ts';
import { compileSource } from '../interp/compile-source.ts';
import { onceImported } from '../interp/import.ts';
import { runCode } from '../interp/run-code.ts';
import { showException } from '../interp/show-exception.ts';
import { inspectsAfter, runInteractive, runPrompt } from './interactive.ts';

/** Exit status when KeyboardInterrupt was not caught; the supervisor dies by SIGINT then. */
export const EXIT_BY_INTERRUPT = 130;
const EXIT_NO_FILE = 2;

/** A fresh `__main__` in `sys.modules`. */
export function newMainModule(t: Thread): PyModule {
  const main = newModule('__main__');
  tableSetStr(main.dict.table, '__builtins__', tableGetStr(t.interpreter.modules.table, 'builtins')!);
  tableSetStr(t.interpreter.modules.table, '__main__', main);
  return main;
}

function writeError(t: Thread, text: string): void {
  const stderr = tableGetStr(t.interpreter.sys.table, 'stderr');
  if (stderr === undefined || stderr === null) return;
  callMethod(t, stderr, 'write', text);
  callMethodIfAny(t, stderr, 'flush');
}

/** Reports an exception that ended the program; returns the exit status. */
export function exitStatusOf(t: Thread, exception: PyBaseException): number {
  if (isRaised(exception, SystemExit)) {
    const code = lookupAttr(t, exception, 'code');
    if (code === undefined || code === null) return 0;
    const number = asInt(code);
    if (number !== undefined) return Number(BigInt.asUintN(8, BigInt(number)));
    writeError(t, `${str(t, code)}\n`);
    return 1;
  }
  showUncaught(t, exception);
  return isRaised(exception, KeyboardInterrupt) ? EXIT_BY_INTERRUPT : 1;
}

/** Shows an exception that the program did not catch. */
export function showUncaught(t: Thread, exception: PyBaseException): void {
  showException(t, exception);
}

/** The bytes of a file; undefined for what is none: a folder, a path that leads into an archive, nothing. */
function readIfFile(path: string): Uint8Array | undefined {
  try {
    return statSync(path).isDirectory() ? undefined : readFileSync(path);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

/** Whether modules can be imported from a path: a folder, an archive, a folder of an archive. */
function isImportable(t: Thread, path: string): boolean {
  const finder = getAttr(t, tableGetStr(t.interpreter.modules.table, '_frozen_importlib_external')!, 'PathFinder');
  return callMethod(t, finder, '_path_importer_cache', path) !== null;
}

/** Runs `__main__` of a folder or archive. */
function runImportable(t: Thread, path: string): number {
  (tableGetStr(t.interpreter.sys.table, 'path') as PyList).items.unshift(path);
  newMainModule(t);
  call(t, getAttr(t, importModule(t, 'runpy'), '_run_module_as_main'), ['__main__', false]);
  return 0;
}

/** Runs compiled code from a file. */
function runCompiled(t: Thread, path: string): number {
  prependPath(t, dirname(resolve(path)));
  const main = newMainModule(t);
  tableSetStr(main.dict.table, '__file__', resolve(path));
  tableSetStr(main.dict.table, '__cached__', null);
  setLoader(t, main, 'SourcelessFileLoader', resolve(path));
  const code = callMethod(t, tableGetStr(main.dict.table, '__loader__')!, 'get_code', '__main__');
  runCode(t, code as PyCode, main.dict, main.dict);
  return 0;
}

const ZIP_MARK = [0x50, 0x4b];

function runFile(t: Thread, path: string): number {
  const head = readIfFile(path);
  const isArchive = head !== undefined && ZIP_MARK.every((byte, i) => head[i] === byte);
  if (isArchive || (head === undefined && isImportable(t, path))) return runImportable(t, path);
  if (head === undefined) {
    newMainModule(t);
    writeError(t, `${t.interpreter.config.executable}: can't open file '${resolve(path)}': [Errno 2] No such file or directory\n`);
    return EXIT_NO_FILE;
  }
  if (path.endsWith('.pyc')) return runCompiled(t, path);
  prependPath(t, dirname(resolve(path)));
  const main = newMainModule(t);
  // As CPython since 3.9, the main script is known by its absolute path.
  const filename = resolve(path);
  tableSetStr(main.dict.table, '__file__', filename);
  tableSetStr(main.dict.table, '__cached__', null);
  setLoader(t, main, 'SourceFileLoader', filename);
  runCode(t, compileSource(t, head, { filename, mode: 'exec', flags: 0, optimize: -1, fromFile: true }), main.dict, main.dict);
  return 0;
}

function setLoader(t: Thread, main: PyModule, kind: string, path: string): void {
  const external = tableGetStr(t.interpreter.modules.table, '_frozen_importlib_external')!;
  tableSetStr(main.dict.table, '__loader__', call(t, getAttr(t, external, kind), ['__main__', path]));
}

function setBuiltinLoader(t: Thread, main: PyModule): void {
  tableSetStr(main.dict.table, '__loader__', getAttr(t, tableGetStr(t.interpreter.modules.table, '_frozen_importlib')!, 'BuiltinImporter'));
}

/** `sys.path[0]`, which `-P` leaves out. */
function prependPath(t: Thread, entry: string): void {
  if (t.interpreter.config.flags.safe_path === 0) (tableGetStr(t.interpreter.sys.table, 'path') as PyList).items.unshift(entry);
}

function runCommand(t: Thread, source: string, filename: string): number {
  prependPath(t, '');
  const main = newMainModule(t);
  setBuiltinLoader(t, main);
  const code = newCode(t, compileSource(t, source, { filename, mode: 'exec', flags: 0, optimize: -1 }));
  // Tracebacks show the lines of the command (as CPython since 3.13); linecache hears of them when it is first imported, as most programs show no traceback.
  onceImported(t, 'linecache', () => void call(t, getAttr(t, importModule(t, 'linecache'), '_register_code'), [code, source, filename]));
  runCode(t, code, main.dict, main.dict);
  return 0;
}

function runModule(t: Thread, name: string): number {
  newMainModule(t);
  prependPath(t, process.cwd());
  call(t, getAttr(t, importModule(t, 'runpy'), '_run_module_as_main'), [name]);
  return 0;
}

/** Runs to the end; an exception is shown and gives the status. Where a prompt follows, SystemExit is shown as others are. */
function statusOf(t: Thread, run: () => number, options: { inspects: boolean }): number {
  try {
    return run();
  } catch (caught) {
    if (!(caught instanceof PyBaseException)) throw caught;
    if (!options.inspects || !inspectsAfter(t)) return exitStatusOf(t, caught);
    showUncaught(t, caught);
    return 1;
  }
}

/** Runs a target as `__main__` and returns the exit status. Exceptions are shown. */
export function runMain(t: Thread, target: MainTarget, argv: readonly string[], readInput: () => string): number {
  tableSetStr(t.interpreter.sys.table, 'argv', newList(argv.slice()));
  const status = statusOf(t, () => runTarget(t, target, readInput), { inspects: target.kind !== 'interactive' });
  return target.kind !== 'interactive' && inspectsAfter(t) ? statusOf(t, () => runPrompt(t, { startup: false }), { inspects: false }) : status;
}

function runTarget(t: Thread, target: MainTarget, readInput: () => string): number {
  switch (target.kind) {
    case 'file': return runFile(t, target.path);
    case 'command': return runCommand(t, target.source, '<string>');
    case 'module': return runModule(t, target.name);
    case 'stdin': return runCommand(t, readInput(), '<stdin>');
    case 'interactive':
      prependPath(t, '');
      setBuiltinLoader(t, newMainModule(t));
      return runInteractive(t);
  }
}

/** Whether a stream says that it is closed; a program may close its stdout. Source: CPython Python/pylifecycle.c file_is_closed. */
function isClosed(t: Thread, stream: Value): boolean {
  try {
    const closed = lookupAttr(t, stream, 'closed');
    return closed !== undefined && isTrue(t, closed);
  } catch (caught) {
    if (!(caught instanceof PyBaseException)) throw caught;
    return false;
  }
}

/** Waits for threads, runs atexit functions, flushes the streams. Returns the status, 120 when flushing stdout failed. */
export function finalizeInterpreter(t: Thread, status: number): number {
  const quietly = (action: () => void): void => {
    try {
      action();
    } catch (caught) {
      if (!(caught instanceof PyBaseException)) throw caught;
      showUncaught(t, caught);
    }
  };
  const threading = tableGetStr(t.interpreter.modules.table, 'threading');
  if (threading !== undefined && threading !== null) quietly(() => callMethod(t, threading, '_shutdown'));
  const atexit = tableGetStr(t.interpreter.modules.table, 'atexit');
  if (atexit !== undefined && atexit !== null) quietly(() => callMethod(t, atexit, '_run_exitfuncs'));
  t.interpreter.finalizing = true;
  let result = status;
  finalizeAll(t);
  for (const name of ['stdout', 'stderr']) {
    const stream = tableGetStr(t.interpreter.sys.table, name);
    if (stream === undefined || stream === null) continue;
    try {
      if (!isClosed(t, stream)) callMethodIfAny(t, stream, 'flush');
    } catch (caught) {
      if (!(caught instanceof PyBaseException)) throw caught;
      if (name === 'stdout' && status === 0) result = 120;
    }
  }
  runFinalizers(t);
  return result;
}

