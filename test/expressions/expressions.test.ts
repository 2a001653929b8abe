/** Evaluates the recorded expressions and compares reprs and messages with CPython's. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import '../../src/objects/bootstrap.ts';
import '../../src/modules/registry.ts';
import { HashTable, PyDict } from '../../src/core/containers.ts';
import { PyBaseException } from '../../src/core/exception.ts';
import { Interpreter, Thread, type InterpreterConfig, type Scheduler } from '../../src/core/thread.ts';
import { compileSource } from '../../src/interp/compile-source.ts';
import { enterFunction } from '../../src/interp/evaluate.ts';
import { runCode } from '../../src/interp/run-code.ts';
import { escapeNonAscii } from '../../src/objects/algorithms/str-repr.ts';
import { newModule } from '../../src/objects/module.ts';
import { DICT_TYPE } from '../../src/objects/static-types.ts';
import { repr, str } from '../../src/objects/text.ts';
import { makeFirstModules } from '../../src/stdlib/bootstrap.ts';

const FLAGS = [
  'debug', 'inspect', 'interactive', 'dont_write_bytecode', 'no_user_site', 'no_site', 'ignore_environment', 'verbose', 'bytes_warning', 'quiet', 'isolated', 'dev_mode',
  'utf8_mode', 'safe_path', 'int_max_str_digits', 'unbuffered',
];

const CONFIG: InterpreterConfig = {
  executable: '', argv: [''], origArgv: [], mode: 'own-gil', optimize: 0, xoptions: new Map(), warnOptions: [], environment: {}, hashSeed: 0, perf: null, plugins: [], cacheFolder: null, captureOutput: false, grants: { files: true, network: true, processes: true }, stdlib: '',
  referenceLoop: false, flags: Object.fromEntries(FLAGS.map((name) => [name, 0])) as InterpreterConfig['flags'],
};

const SCHEDULER = { blocked: 0, handleEvents: () => undefined, safepoint: (t: Thread) => t, park: (t: Thread) => t, block: () => { throw new Error('nothing blocks here'); }, finished: () => null };

function startBare(): Thread {
  const interpreter = new Interpreter(0, CONFIG);
  interpreter.modules = new PyDict(DICT_TYPE, new HashTable());
  interpreter.entryPoint = enterFunction;
  interpreter.scheduler = SCHEDULER as unknown as Scheduler;
  const t = new Thread(interpreter, 1, new Int32Array(new SharedArrayBuffer(4)));
  interpreter.mainThread = t;
  interpreter.threads.set(1, t);
  makeFirstModules(t);
  return t;
}

const t = startBare();
const main = newModule('__main__');

function outcome(expression: string): string {
  try {
    const code = compileSource(t, expression, { filename: '<string>', mode: 'eval', flags: 0, optimize: -1 });
    return `${expression} -> ${repr(t, runCode(t, code, main.dict, main.dict))}`;
  } catch (caught) {
    if (!(caught instanceof PyBaseException)) throw caught;
    return `${expression} !! ${caught.type.name} ${str(t, caught)}`;
  }
}

for (const file of readdirSync(import.meta.dirname).filter((name) => name.endsWith('.txt'))) {
  describe(file, () => {
    const lines = readFileSync(join(import.meta.dirname, file), 'utf8').trim().split('\n');
    it.each(lines)('%s', (line) => {
      const at = line.search(/ (?:->|!!) /);
      // The recorded form is ASCII; the expression itself may hold escapes that stand for characters beyond it.
      const expression = line.slice(0, at);
      expect(escapeNonAscii(outcome(expression)).slice(0, 300)).toBe(line);
    });
  });
}
