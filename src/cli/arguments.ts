/**
 * The `python` side of the command line: options up to `-c`, `-m`, the script or `-`; everything behind belongs to the program.
 *
 * Cut by hand, as a general parser would take options of the program for ours (`-c code -v`, `-m dis -h`).
 */
import { appendFileSync, existsSync, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { FLAG_NAMES, type MainTarget } from '../base/protocol.ts';
import { earlyOptions, type EarlyOptions } from '../host/early-options.ts';

/** A command line that cannot be used; the message ends with a hint. Exit status 2. */
export class UsageError extends Error {}

/** What the command line asks for. */
export interface PythonCommand {
  readonly kind: 'run' | 'version' | 'help';
  readonly verbose: boolean;
  readonly target: MainTarget | null;
  /** `sys.argv`. */
  readonly argv: readonly string[];
  readonly flags: Record<string, number>;
  readonly optimize: number;
  readonly xoptions: readonly (readonly [string, string | true])[];
  readonly warnOptions: readonly string[];
  readonly mode: 'gil' | 'own-gil';
  readonly referenceLoop: boolean;
  readonly gilStatistics: boolean;
  /** Interpreters that are kept started ahead (`-X prewarm=N`). */
  readonly prewarm: number;
  /** Those that the first worker was started by. */
  readonly early: EarlyOptions;
  /** Absolute paths (`-X plugin=FILE`). */
  readonly plugins: readonly string[];
}

const SIMPLE: Readonly<Record<string, readonly string[]>> = {
  b: ['bytes_warning'], B: ['dont_write_bytecode'], d: ['debug'], E: ['ignore_environment'], i: ['inspect', 'interactive'], P: ['safe_path'], q: ['quiet'],
  s: ['no_user_site'], S: ['no_site'], u: ['unbuffered'], v: ['verbose'], I: ['isolated', 'ignore_environment', 'no_user_site', 'safe_path'], x: [], R: [], t: [],
};

/** More interpreters started ahead than this are a mistake: each takes about 50 MB. */
const MAX_PREWARM = 64;

const NOT_YET = 'the nogil mode is not available yet: use -X gil=1 (one GIL for all interpreters) or --mode own-gil (one GIL each)';

/** Modes by the names that options and variables use. Throws UsageError for the mode that is not there yet. */
export function parseMode(text: string): 'gil' | 'own-gil' {
  if (text === 'gil' || text === 'own-gil') return text;
  if (text === 'nogil') throw new UsageError(NOT_YET);
  throw new UsageError(`unknown mode '${text}': choose gil or own-gil`);
}

function modeOfGilOption(value: string | true): 'gil' | 'own-gil' {
  if (value === '1') return 'gil';
  if (value === '0') throw new UsageError(NOT_YET);
  throw new UsageError("-X gil must be '0' or '1'");
}

class ArgumentReader {
  readonly flags: Record<string, number> = Object.fromEntries(FLAG_NAMES.map((name) => [name, 0]));
  readonly xoptions: [string, string | true][] = [];
  readonly warnOptions: string[] = [];
  optimize = 0;
  versions = 0;
  help = false;
  mode: 'gil' | 'own-gil' = 'own-gil';
  referenceLoop = false;
  private readonly args: readonly string[];
  private at = 0;

  constructor(args: readonly string[]) {
    this.args = args;
  }

  /** Reads options until the target; null target means "standard input or the prompt". */
  read(): { target: MainTarget | null; argv: string[] } {
    while (this.at < this.args.length) {
      const arg = this.args[this.at]!;
      if (arg === '-') return { target: { kind: 'stdin' }, argv: this.args.slice(this.at) };
      if (arg === '--') {
        this.at++;
        break;
      }
      if (arg.startsWith('--')) this.longOption(arg);
      else if (arg.startsWith('-')) {
        const found = this.shortOptions(arg);
        if (found !== null) return found;
      } else break;
    }
    if (this.at >= this.args.length) return { target: null, argv: [''] };
    return { target: { kind: 'file', path: this.args[this.at]! }, argv: this.args.slice(this.at) };
  }

  private longOption(arg: string): void {
    this.at++;
    const [name, value] = arg.includes('=') ? [arg.slice(0, arg.indexOf('=')), arg.slice(arg.indexOf('=') + 1)] : [arg, null];
    const argument = (): string => value ?? this.args[this.at++] ?? fail(`argument expected for the ${name} option`);
    switch (name) {
      case '--help': this.help = true; break;
      case '--version': this.versions = 1; break;
      case '--mode': this.mode = parseMode(argument()); break;
      case '--reference-loop': this.referenceLoop = true; break;
      case '--check-hash-based-pycs': argument(); break;
      default: fail(`unknown option ${arg}`);
    }
  }

  private shortOptions(arg: string): { target: MainTarget; argv: string[] } | null {
    this.at++;
    for (let i = 1; i < arg.length; i++) {
      const letter = arg[i]!;
      const rest = arg.slice(i + 1);
      const argument = (): string => (rest !== '' ? rest : this.args[this.at++] ?? fail(`Argument expected for the -${letter} option`));
      switch (letter) {
        case 'c': {
          const source = argument();
          return { target: { kind: 'command', source: `${source}\n` }, argv: ['-c', ...this.args.slice(this.at)] };
        }
        case 'm': {
          const name = argument();
          return { target: { kind: 'module', name }, argv: ['-m', ...this.args.slice(this.at)] };
        }
        case 'X': this.addXoption(argument()); return null;
        case 'W': this.warnOptions.push(argument()); return null;
        case 'O': this.optimize++; break;
        case 'V': this.versions++; break;
        case 'h': case '?': this.help = true; break;
        default: this.setFlags(letter);
      }
    }
    return null;
  }

  private setFlags(letter: string): void {
    const names = SIMPLE[letter];
    if (names === undefined) fail(`unknown option -${letter}`);
    for (const name of names) this.flags[name]!++;
  }

  private addXoption(text: string): void {
    const equals = text.indexOf('=');
    const name = equals < 0 ? text : text.slice(0, equals);
    const value = equals < 0 ? (true as const) : text.slice(equals + 1);
    if (name === 'gil') this.mode = modeOfGilOption(value);
    if (name === 'dev') this.flags.dev_mode = 1;
    if (name === 'utf8') this.flags.utf8_mode = value === '0' ? 0 : 1;
    this.xoptions.push([name, value]);
  }
}

function fail(message: string): never {
  throw new UsageError(message);
}

function applyEnvironment(reader: ArgumentReader, environment: Readonly<Record<string, string | undefined>>): void {
  if (reader.flags.ignore_environment! > 0) return;
  const isSet = (name: string): boolean => (environment[name] ?? '') !== '';
  if (isSet('PYTHON_GIL') && !reader.xoptions.some(([name]) => name === 'gil')) reader.mode = modeOfGilOption(environment.PYTHON_GIL!);
  if (isSet('PYTHONOPTIMIZE')) reader.optimize = Math.max(reader.optimize, Number(environment.PYTHONOPTIMIZE) || 1);
  if (isSet('PYTHONDONTWRITEBYTECODE')) reader.flags.dont_write_bytecode = 1;
  if (isSet('PYTHONUNBUFFERED')) reader.flags.unbuffered = 1;
  if (isSet('PYTHONINSPECT')) reader.flags.inspect = 1;
  if (isSet('PYTHONVERBOSE')) reader.flags.verbose = Number(environment.PYTHONVERBOSE) || 1;
  if (isSet('PYTHONDEVMODE')) reader.flags.dev_mode = 1;
  if (isSet('PYTHONSAFEPATH')) reader.flags.safe_path = 1;
  if (isSet('PYTHONNOUSERSITE')) reader.flags.no_user_site = 1;
  if (isSet('PYTHONWARNINGS')) reader.warnOptions.unshift(...environment.PYTHONWARNINGS!.split(','));
}

/** `-X prewarm=N`. */
function prewarmOf(xoptions: readonly (readonly [string, string | true])[]): number {
  const given = xoptions.findLast(([name]) => name === 'prewarm')?.[1];
  if (given === undefined) return 0;
  if (given === true || !/^\d+$/.test(given) || Number(given) > MAX_PREWARM) throw new UsageError(`-X prewarm needs a number of interpreters from 0 to ${MAX_PREWARM}`);
  return Number(given);
}

/** `-X plugin=FILE`, each time it is given. */
function pluginsOf(xoptions: readonly (readonly [string, string | true])[]): string[] {
  return xoptions.filter(([name]) => name === 'plugin').map(([, file]) => {
    if (file === true) throw new UsageError('-X plugin needs a file: -X plugin=FILE');
    const path = resolve(file);
    if (!existsSync(path)) throw new UsageError(`-X plugin: can't open file '${path}'`);
    return path;
  });
}

/** What the JIT writes to is made at once: where it could not write, it would compile nothing and nobody would hear of it. */
function checkTarget(name: string, value: string | true, what: string, make: (path: string) => void): void {
  if (value === true || value === '') throw new UsageError(`-X ${name} needs a ${what}: -X ${name}=${what === 'file' ? 'FILE' : 'DIR'}`);
  try {
    make(resolve(value));
  } catch (caught) {
    throw new UsageError(`-X ${name}: can't write to ${what} '${resolve(value)}' (${(caught as NodeJS.ErrnoException).code})`);
  }
}

/** Options of the JIT that cannot be meant so (`docs/jit.md`). */
function checkJitOptions(xoptions: readonly (readonly [string, string | true])[]): void {
  for (const [name, value] of xoptions) {
    if (name === 'jit' && value !== true && !/^(?:all|\d+)$/.test(value)) throw new UsageError(`-X jit=${value}: choose 0, 1, all or a number of calls`);
    if (name === 'jitbudget' && (value === true || !/^\d+(?:\.\d+)?$/.test(value))) throw new UsageError('-X jitbudget needs a number of milliseconds: -X jitbudget=MS');
    if (name === 'jitlog') checkTarget(name, value, 'file', (path) => appendFileSync(path, ''));
    if (name === 'jitdump') checkTarget(name, value, 'folder', (path) => void mkdirSync(path, { recursive: true }));
    if (name === 'jitlist' && (value === true || !existsSync(resolve(value)))) throw new UsageError(value === true ? '-X jitlist needs a file: -X jitlist=FILE' : `-X jitlist: can't open file '${resolve(value)}'`);
  }
}

/** Reads the arguments behind the command's name. Throws UsageError. */
export function parsePythonArguments(args: readonly string[], environment: Readonly<Record<string, string | undefined>>): PythonCommand {
  const reader = new ArgumentReader(args);
  const { target, argv } = reader.read();
  applyEnvironment(reader, environment);
  checkJitOptions(reader.xoptions);
  return {
    kind: reader.help ? 'help' : reader.versions > 0 ? 'version' : 'run',
    verbose: reader.versions > 1,
    target,
    argv,
    flags: reader.flags,
    optimize: Math.min(reader.optimize, 2),
    xoptions: reader.xoptions,
    warnOptions: reader.warnOptions,
    mode: reader.mode,
    referenceLoop: reader.referenceLoop,
    prewarm: prewarmOf(reader.xoptions),
    gilStatistics: reader.xoptions.some(([name]) => name === 'gilstats'),
    early: earlyOptions(args, environment),
    plugins: pluginsOf(reader.xoptions),
  };
}
