/**
 * The interactive prompt: the library's `_pyrepl` on a terminal, else the plain one (Modules/main.c).
 *
 *   banner ──▶ PYTHONSTARTUP ──▶ sys.__interactivehook__ ──▶ _pyrepl or sys._baserepl
 *   script, -c, -m with -i ────▶ sys.__interactivehook__ ──▶ _pyrepl or sys._baserepl
 */
import { readFileSync } from 'node:fs';
import { isatty } from 'node:tty';
import { PyBaseException } from '../core/exception.ts';
import type { PyModule } from '../core/instance.ts';
import type { Thread } from '../core/thread.ts';
import { getAttr } from '../objects/attributes.ts';
import { call, callMethod } from '../objects/call.ts';
import { OSError, SystemExit } from '../objects/exception-types.ts';
import { tableDeleteStr, tableGetStr, tableSetStr } from '../objects/hash-table.ts';
import { importModule } from '../objects/import-hook.ts';
import { isRaised } from '../objects/raise.ts';
import { asStr } from '../objects/type-of.ts';
import { compileSource } from '../interp/compile-source.ts';
import { runCode } from '../interp/run-code.ts';
import { showException } from '../interp/show-exception.ts';

/** A variable of `os.environ`, which the program may have set; undefined when empty, or when the environment is ignored. */
function environmentValue(t: Thread, name: string): string | undefined {
  if (t.interpreter.config.flags.ignore_environment !== 0) return undefined;
  const os = tableGetStr(t.interpreter.modules.table, 'os');
  const value = os === undefined || os === null ? t.interpreter.config.environment[name] : asStr(callMethod(t, getAttr(t, os, 'environ'), 'get', name));
  return value === undefined || value === '' ? undefined : value;
}

function stdinIsInteractive(t: Thread): boolean {
  return isatty(0) || t.interpreter.config.flags.interactive !== 0;
}

/** Whether the prompt follows the program (`-i`, PYTHONINSPECT, which the program may set itself). */
export function inspectsAfter(t: Thread): boolean {
  if (!stdinIsInteractive(t)) return false;
  return t.interpreter.config.flags.inspect !== 0 || environmentValue(t, 'PYTHONINSPECT') !== undefined;
}

function writeError(t: Thread, text: string): void {
  const stderr = tableGetStr(t.interpreter.sys.table, 'stderr');
  if (stderr !== undefined && stderr !== null) callMethod(t, stderr, 'write', text);
}

function showBanner(t: Thread): void {
  if (t.interpreter.config.flags.quiet !== 0) return;
  const { table } = t.interpreter.sys;
  writeError(t, `Python ${asStr(tableGetStr(table, 'version')) ?? ''} on ${asStr(tableGetStr(table, 'platform')) ?? ''}\n`);
  if (t.interpreter.config.flags.no_site === 0) writeError(t, 'Type "help", "copyright", "credits" or "license" for more information.\n');
}

/** Shows what went wrong and goes on; SystemExit ends the program. */
function tolerantly(t: Thread, action: () => void): void {
  try {
    action();
  } catch (caught) {
    if (!(caught instanceof PyBaseException) || isRaised(caught, SystemExit)) throw caught;
    showException(t, caught);
  }
}

function runStartupFile(t: Thread): void {
  const path = environmentValue(t, 'PYTHONSTARTUP');
  if (path === undefined) return;
  const main = tableGetStr(t.interpreter.modules.table, '__main__') as PyModule;
  tolerantly(t, () => {
    const source = readSource(t, path);
    tableSetStr(main.dict.table, '__file__', path);
    try {
      runCode(t, compileSource(t, source, { filename: path, mode: 'exec', flags: 0, optimize: -1 }), main.dict, main.dict);
    } finally {
      tableDeleteStr(main.dict.table, '__file__');
    }
  });
}

function readSource(t: Thread, path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    writeError(t, 'Could not open PYTHONSTARTUP\n');
    const { errno = 0, message } = error as NodeJS.ErrnoException;
    const number = Math.abs(errno);
    const text = asStr(callMethod(t, importModule(t, 'os'), 'strerror', number)) ?? message;
    throw call(t, OSError, [number, text, path]);
  }
}

function runInteractiveHook(t: Thread): void {
  const hook = tableGetStr(t.interpreter.sys.table, '__interactivehook__');
  if (hook === undefined || hook === null) return;
  try {
    call(t, hook, []);
  } catch (caught) {
    if (!(caught instanceof PyBaseException) || isRaised(caught, SystemExit)) throw caught;
    writeError(t, 'Failed calling sys.__interactivehook__\n');
    showException(t, caught);
  }
}

/** The prompt in `__main__`, to the end of input. Returns the exit status; raises SystemExit. */
export function runPrompt(t: Thread, options: { startup: boolean }): number {
  if (options.startup) runStartupFile(t);
  runInteractiveHook(t);
  if (!isatty(0) || environmentValue(t, 'PYTHON_BASIC_REPL') !== undefined) {
    call(t, getAttr(t, importModule(t, 'sys'), '_baserepl'), []);
    return 0;
  }
  const main = tableGetStr(t.interpreter.modules.table, '__main__')!;
  call(t, getAttr(t, importModule(t, '_pyrepl.main'), 'interactive_console'), [main], ['mainmodule']);
  return 0;
}

/** What `python` without a program does on a terminal, or with `-i`. `__main__` is there. */
export function runInteractive(t: Thread): number {
  showBanner(t);
  return runPrompt(t, { startup: true });
}
