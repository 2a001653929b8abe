/** `sys._baserepl()`: the plain prompt, statement by statement (Python/pythonrun.c, PyRun_InteractiveLoop). */
import { PyBaseException } from '../../core/exception.ts';
import type { PyCode } from '../../core/function.ts';
import type { PyModule } from '../../core/instance.ts';
import type { Thread } from '../../core/thread.ts';
import type { Value } from '../../core/value.ts';
import { getAttr, setAttr } from '../../objects/attributes.ts';
import { call, callMethod, callMethodIfAny } from '../../objects/call.ts';
import { IncompleteInputError, KeyboardInterrupt, SyntaxError, SystemExit } from '../../objects/exception-types.ts';
import { newCode } from '../../objects/code.ts';
import { tableGetStr, tableSetStr } from '../../objects/hash-table.ts';
import { importModule } from '../../objects/import-hook.ts';
import { isRaised, raiseRuntimeError } from '../../objects/raise.ts';
import { str } from '../../objects/text.ts';
import { compileSource, PyCF } from '../../interp/compile-source.ts';
import { runCode } from '../../interp/run-code.ts';
import { showException } from '../../interp/show-exception.ts';
import { readLine } from '../line-input.ts';

/** How many statements this interpreter was given: `<stdin-N>` tells their code apart. */
const COUNT = 'statements of the prompt';

/** Flags of code objects that `from __future__` sets. */
const FUTURE_BITS = 0x1fe0000;

/** How lines are compiled after which others may follow. */
const UNFINISHED = PyCF.DONT_IMPLY_DEDENT | PyCF.ALLOW_INCOMPLETE_INPUT;

/** What the compiler says of text that ends inside something. */
const OPEN_ENDS = /was never closed|unterminated triple-quoted|unexpected EOF|unexpected end of file/;

function sysValue(t: Thread, name: string): Value {
  return tableGetStr(t.interpreter.sys.table, name) ?? null;
}

/** `str(sys.ps1)`, nothing when that fails. */
function promptText(t: Thread, name: string): string {
  try {
    return str(t, tableGetStr(t.interpreter.sys.table, name) ?? '');
  } catch (caught) {
    if (!(caught instanceof PyBaseException)) throw caught;
    return '';
  }
}

function flush(t: Thread, name: string): void {
  const stream = sysValue(t, name);
  if (stream !== null) callMethodIfAny(t, stream, 'flush');
}

function writeError(t: Thread, text: string): void {
  const stderr = sysValue(t, 'stderr');
  if (stderr !== null) callMethod(t, stderr, 'write', text);
}

/** A statement of the prompt. */
interface Statement {
  readonly code: PyCode;
  readonly source: string;
}

/** Compiles what was typed so far; future statements hold for what follows. */
class StatementCompiler {
  private flags = 0;

  private attempt(t: Thread, source: string, name: string, flags: number): PyCode {
    const code = newCode(t, compileSource(t, source, { filename: name, mode: 'single', flags: this.flags | flags, optimize: -1 }));
    this.flags |= code.code.flags & FUTURE_BITS;
    return code;
  }

  /** As `attempt`, or the SyntaxError. */
  private tryOnce(t: Thread, source: string, name: string, flags: number): PyCode | PyBaseException {
    try {
      return this.attempt(t, source, name, flags);
    } catch (caught) {
      if (!isRaised(caught, SyntaxError)) throw caught;
      return caught;
    }
  }

  /**
   * The code of the lines, or null while some are missing; raises what is wrong with them.
   *
   * A statement is whole when it compiles without its last newline: blocks then lack the empty line that ends them.
   */
  compile(t: Thread, source: string, name: string): PyCode | null {
    const whole = this.tryOnce(t, source.slice(0, -1), name, UNFINISHED);
    if (!(whole instanceof PyBaseException)) return whole;
    const withEnd = this.tryOnce(t, source, name, UNFINISHED);
    if (!(withEnd instanceof PyBaseException) || isRaised(withEnd, IncompleteInputError)) {
      return source.endsWith('\n\n') ? this.compileEnded(t, source, name) : null;
    }
    return this.compileLast(t, source, name);
  }

  /** After an empty line, which ends a statement, but not a bracket, a string or a continued line. */
  private compileEnded(t: Thread, source: string, name: string): PyCode | null {
    const ended = this.tryOnce(t, source, name, 0);
    if (!(ended instanceof PyBaseException)) return ended;
    return OPEN_ENDS.test(str(t, getAttr(t, ended, 'msg'))) ? null : raiseOf(t, ended);
  }

  /** The code of lines after which nothing comes. */
  compileLast(t: Thread, source: string, name: string): PyCode {
    const code = this.tryOnce(t, source, name, 0);
    return code instanceof PyBaseException ? raiseOf(t, code) : code;
  }
}

/** Errors of the source text name the stream, as only running code belongs to one statement. */
function raiseOf(t: Thread, error: PyBaseException): never {
  setAttr(t, error, 'filename', '<stdin>');
  throw error;
}

/** Reads lines until they are a statement; null at the end of input. Raises what is wrong with them. */
function readStatement(t: Thread, compiler: StatementCompiler, name: string): Statement | null {
  let source = '';
  for (;;) {
    flush(t, 'stdout');
    const line = readLine(t, promptText(t, source === '' ? 'ps1' : 'ps2'));
    if (line === undefined && source === '') return null;
    if (source === '' && /^\s*(#.*)?$/.test(line!)) continue;
    source += line ?? '';
    const code = line === undefined ? compiler.compileLast(t, source, name) : compiler.compile(t, source.endsWith('\n') ? source : `${source}\n`, name);
    if (code !== null) return { code, source };
  }
}

function runStatement(t: Thread, main: PyModule, compiler: StatementCompiler): boolean {
  const { moduleState } = t.interpreter;
  const count = (moduleState.get(COUNT) as number | undefined) ?? 0;
  const statement = readStatement(t, compiler, `<stdin-${count}>`);
  if (statement === null) return false;
  moduleState.set(COUNT, count + 1);
  call(t, getAttr(t, importModule(t, 'linecache'), '_register_code'), [statement.code, statement.source, '<stdin>']);
  runCode(t, statement.code, main.dict, main.dict);
  return true;
}

/** Shows what a statement raised; SystemExit goes on. */
function showAtPrompt(t: Thread, exception: PyBaseException): void {
  if (isRaised(exception, SystemExit)) throw exception as PyBaseException;
  // Ctrl-C at the prompt: the line begun is left behind.
  const { type, traceback } = exception as PyBaseException;
  if (type === KeyboardInterrupt && traceback === null) writeError(t, '\n');
  showException(t, exception);
}

/** Runs statements of standard input in `__main__` until it ends; their exceptions are shown, except SystemExit, which is raised. */
export function sys_baserepl(t: Thread): null {
  const main = tableGetStr(t.interpreter.modules.table, '__main__');
  if (main === undefined || main === null) raiseRuntimeError('lost __main__');
  const { table } = t.interpreter.sys;
  if (tableGetStr(table, 'ps1') === undefined) tableSetStr(table, 'ps1', '>>> ');
  if (tableGetStr(table, 'ps2') === undefined) tableSetStr(table, 'ps2', '... ');
  const compiler = new StatementCompiler();
  for (let more = true; more; ) {
    try {
      more = runStatement(t, main as PyModule, compiler);
    } catch (caught) {
      if (!(caught instanceof PyBaseException)) throw caught;
      showAtPrompt(t, caught);
    }
    flush(t, 'stderr');
    flush(t, 'stdout');
  }
  writeError(t, '\n');
  return null;
}
