/** Runs small Python programs inside one process: an interpreter per loop kind, a fresh `__main__` per program, output captured. */
// First: it loads the types in the order in which they become ready.
import { NEVER, setCountdown } from '../src/core/function.ts';
import { jitControl } from '../src/hooks/jit-control.ts';
import '../src/objects/bootstrap.ts';
import { PyBaseException } from '../src/core/exception.ts';
import { PyList } from '../src/core/containers.ts';
import type { Interpreter, InterpreterConfig, SysFlag, Thread } from '../src/core/thread.ts';
import type { Value } from '../src/core/value.ts';
import { compileSource } from '../src/interp/compile-source.ts';
import { resumeThread } from '../src/interp/evaluate.ts';
import { raiseDeadlock } from '../src/modules/_thread.ts';
import { runCode } from '../src/interp/run-code.ts';
import { getAttr, setAttr } from '../src/objects/attributes.ts';
import { tableGetStr, tableSetStr } from '../src/objects/hash-table.ts';
import { newModule } from '../src/objects/module.ts';
import { str } from '../src/objects/text.ts';
import { packagedLibraryPath } from '../src/host/library-path.ts';
import { importerFor, startInterpreter } from '../src/runtime.ts';
import { ThreadScheduler } from '../src/sched/thread-scheduler.ts';

/** What a program did. */
export interface ProgramResult {
  readonly lines: readonly string[];
  /** `Type: message` of the uncaught exception, or null. */
  readonly error: string | null;
}

const FLAG_NAMES: readonly SysFlag[] = [
  'debug', 'inspect', 'interactive', 'dont_write_bytecode', 'no_user_site', 'no_site', 'ignore_environment', 'verbose', 'bytes_warning', 'quiet',
  'isolated', 'dev_mode', 'utf8_mode', 'safe_path', 'int_max_str_digits', 'unbuffered',
];

/** How eager the JIT is in a runner: '0' off, 'all' at the first call, a number of calls. */
export type JitMode = '0' | 'all' | number;

function configFor(referenceLoop: boolean, jit: JitMode | undefined): InterpreterConfig {
  return {
    executable: 'ladon', argv: [''], origArgv: [], mode: 'own-gil', optimize: 0, xoptions: new Map<string, string | true>([['jitverify', true], ['jitbudget', '0'], ...(jit === undefined ? [] : [['jit', String(jit)] as const])]), warnOptions: ['ignore'],
    flags: Object.fromEntries(FLAG_NAMES.map((name) => [name, 0])) as Record<SysFlag, number>,
    environment: process.env['PYTHON_JIT'] === undefined ? {} : { PYTHON_JIT: process.env['PYTHON_JIT'] }, hashSeed: 0, perf: null, plugins: [], cacheFolder: null, captureOutput: false, grants: { files: true, network: true, processes: true }, stdlib: packagedLibraryPath(), referenceLoop,
  };
}

/** The product's scheduler, without other interpreters, signals and files to wait for. */
function makeScheduler(interpreter: Interpreter): ThreadScheduler {
  const sleep = new Int32Array(new SharedArrayBuffer(4));
  return new ThreadScheduler(interpreter, {
    runLoop: (t) => resumeThread(t),
    handleSignals: () => undefined,
    runPendingCalls: () => undefined,
    wakeCount: () => 0,
    waitForWake: (milliseconds) => void Atomics.wait(sleep, 0, 0, milliseconds),
    reportThreadDeath: (_t, exception) => { throw exception; },
    raiseDeadlock,
    now: () => performance.now(),
    gil: null,
  });
}

const PRELUDE = `
import sys
class Capture:
    def __init__(self): self.parts = []
    def write(self, text): self.parts.append(text); return len(text)
    def flush(self): pass
sys.stdout = Capture()
sys.stderr = Capture()
`;

function run(t: Thread, source: string, filename: string): void {
  const main = newModule('__main__');
  tableSetStr(t.interpreter.modules.table, '__main__', main);
  runCode(t, compileSource(t, source, { filename, mode: 'exec', flags: 0, optimize: -1 }), main.dict, main.dict);
}

function describeError(t: Thread, error: PyBaseException): string {
  const module = getAttr(t, error.type, '__module__');
  const name = module === '__main__' || module === 'builtins' ? error.type.qualname : `${String(module)}.${error.type.qualname}`;
  const message = str(t, error).split('\n')[0]!;
  return message === '' ? name : `${name}: ${message}`;
}

/** An interpreter for programs; `referenceLoop` chooses the loop. */
export class ProgramRunner {
  /** The main thread of the interpreter. */
  readonly thread: Thread;

  /** The countdown of code that this interpreter makes; the interpreters of one process share the setting. */
  private readonly countdown: number;

  constructor(referenceLoop: boolean, jit?: JitMode) {
    const config = configFor(referenceLoop, jit);
    this.thread = startInterpreter({ id: 0, config, importer: importerFor(config, null), breaker: new Int32Array(new SharedArrayBuffer(4)), makeScheduler });
    const control = jitControl(this.thread.interpreter);
    if (typeof jit === 'number') control!.setThreshold(jit); // the option's 1 means "as usual"
    this.countdown = control?.isEnabled === true ? control.threshold : NEVER;
    run(this.thread, PRELUDE, '<prelude>');
  }

  /** Runs one program; throws only for faults of the VM. */
  run(source: string, filename: string): ProgramResult {
    const t = this.thread;
    setCountdown(this.countdown);
    const stdout: Value = tableGetStr(t.interpreter.sys.table, 'stdout')!;
    const parts = new PyList((getAttr(t, stdout, 'parts') as PyList).type, []);
    setAttr(t, stdout, 'parts', parts);
    let error: string | null = null;
    try {
      run(t, source, filename);
    } catch (caught) {
      if (!(caught instanceof PyBaseException)) throw caught;
      error = describeError(t, caught);
      t.exceptions = { value: null, previous: null };
    }
    const text = parts.items.join('');
    const lines = text.split('\n');
    if (lines.at(-1) === '') lines.pop();
    return { lines, error };
  }
}
