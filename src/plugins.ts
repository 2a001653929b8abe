/** The plugins that come with Ladon: the only file that imports them. */
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PyCode, PyFunction } from './core/function.ts';
import type { Thread } from './core/thread.ts';
import { opcodePack } from './hooks/opcode-pack.ts';
import { servicesOf } from './hooks/services.ts';
import './interp/compiled-services.ts';
import { PER_SECOND } from './jit/budget.ts';
import { installJit } from './jit/tier.ts';

/** Calls and loop back edges until code is looked at. */
const DEFAULT_THRESHOLD = 1000;

/** What an option says: `-X name=value`, or the environment, whose `PYTHON*` variables `-E` ignores. */
function optionOf(t: Thread, name: string, variable: string): string | null {
  const { xoptions, environment, flags } = t.interpreter.config;
  const option = xoptions.get(name);
  if (option !== undefined) return option === true ? '' : option;
  return flags.ignore_environment !== 0 && variable.startsWith('PYTHON') ? null : (environment[variable] ?? null);
}

/** A file that lines are added to at once: a worker's streams may be cut off at its end. */
function lineLog(path: string): (line: string) => void {
  return (line) => appendFileSync(path, `${line}\n`);
}

/** Files `DIR/function_entry.pass`, one for each pass of each compilation. */
function dumpTo(folder: string): (code: PyCode, entry: number, pass: string, text: string) => void {
  mkdirSync(folder, { recursive: true });
  return ({ code }, entry, pass, text) => {
    const name = `${code.qualname.replace(/[^A-Za-z0-9_.]/g, '_')}_${code.firstlineno}_${entry}`;
    writeFileSync(join(folder, `${name}.${pass === 'javascript' ? 'js' : `${pass}.ir`}`), text);
  };
}

/** `all` compiles at the first call; numbers above 1 are a threshold. */
function thresholdOf(option: string): number {
  if (option === 'all') return 0;
  const number = Number(option);
  return Number.isInteger(number) && number > 1 ? number : DEFAULT_THRESHOLD;
}

/**
 * Functions of a list file, one a line: `module:qualname`, or `file:qualname` with the end of the file's name. Lines that start with `#` are comments.
 */
function listedIn(path: string): (func: PyFunction) => boolean {
  const rows = readFileSync(path, 'utf8').split('\n').map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
  const names = new Set(rows);
  const files = rows.map((row) => [row.slice(0, row.lastIndexOf(':')), row.slice(row.lastIndexOf(':') + 1)] as const);
  return (func) => names.has(`${String(func.module)}:${func.qualname}`) || files.some(([file, name]) => name === func.qualname && func.code.code.filename.endsWith(file));
}

function budgetOf(option: string | null): number {
  const milliseconds = Number(option ?? PER_SECOND);
  return milliseconds >= 0 ? milliseconds : PER_SECOND;
}

/** Installs what the options of the interpreter ask for: `-X jit=0|1|all`, `-X jitlist=FILE`, `-X jitlog=FILE`, `-X jitdump=DIR`, `-X jitverify`, `-X jitbudget=MS`. */
export function installPlugins(t: Thread): void {
  if (opcodePack()?.overrides === true) return;
  const option = optionOf(t, 'jit', 'PYTHON_JIT') ?? '1';
  const list = optionOf(t, 'jitlist', 'LADON_JITLIST');
  const log = optionOf(t, 'jitlog', 'LADON_JITLOG');
  const folder = optionOf(t, 'jitdump', 'LADON_JITDUMP');
  installJit(servicesOf(t.interpreter), {
    isEnabled: option !== '0', threshold: thresholdOf(option), allows: list === null ? null : listedIn(list),
    dump: folder === null ? null : dumpTo(folder), log: log === null ? null : lineLog(log),
    verifies: optionOf(t, 'jitverify', 'LADON_JITVERIFY') !== null, budget: budgetOf(optionOf(t, 'jitbudget', 'LADON_JITBUDGET')),
  });
}
