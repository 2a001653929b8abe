/**
 * Options that decide how the first worker is started, which happens before the command line is read (`cli/arguments.ts`): support of Linux's `perf`
 * (`hooks/perf-trampoline.ts`), whose settings V8 reads when an isolate starts, and the runtime with an opcode pack. Imports nothing.
 */

/** Which file V8 writes: `/tmp/perf-PID.map`, or `jit-PID.dump` in the current folder. */
export type PerfKind = 'perf' | 'perf_jit';

/** Each of V8's interpreted functions gets machine code of its own, else a profile would show one interpreter. */
const NATIVE_FRAMES = '--interpreted-frames-native-stack';
const SETTING: Readonly<Record<PerfKind, string>> = { perf: '--perf-basic-prof', perf_jit: '--perf-prof' };

/** Makes V8's settings for all workers that are started from now on. */
export function enablePerfSupport(kind: PerfKind): void {
  const { setFlagsFromString } = process.getBuiltinModule('node:v8');
  setFlagsFromString(SETTING[kind]);
  setFlagsFromString(NATIVE_FRAMES);
}

/** What the command line (`-X perf`, `-X perf_jit`, `-X pack=NAME`) or the environment (PYTHONPERFSUPPORT, PYTHON_PERF_JIT_SUPPORT) asks for; null for nothing. */
export interface EarlyOptions {
  readonly perf: PerfKind | null;
  /** The name of an opcode pack. */
  readonly pack: string | null;
}

interface Seen {
  perf: PerfKind | null;
  pack: string | null;
  ignoresEnvironment: boolean;
}

/** Names of packs: parts of file names. */
const PACK_NAME = /^[\w-]+$/;

/** The file of the runtime with this pack, beside the workers' entry points. */
export function runtimeFile(pack: string | null): string {
  return pack === null ? 'runtime.cjs' : `runtime-${pack}.cjs`;
}

function takeXoption(text: string, seen: Seen): void {
  const [name, value] = text.split('=', 2);
  if ((name === 'perf' || name === 'perf_jit') && value !== '0') seen.perf = name;
  if (name === 'pack' && value !== undefined && PACK_NAME.test(value)) seen.pack = value;
}

/** Reads one argument of short options; returns how many further arguments it takes, or -1 when the program's begin behind it. */
function takeShortOptions(arg: string, next: string | undefined, seen: Seen): number {
  for (let i = 1; i < arg.length; i++) {
    const letter = arg[i]!;
    const rest = arg.slice(i + 1);
    if (letter === 'c' || letter === 'm') return -1;
    if (letter === 'E' || letter === 'I') seen.ignoresEnvironment = true;
    if (letter !== 'X' && letter !== 'W') continue;
    if (letter === 'X') takeXoption(rest === '' ? next ?? '' : rest, seen);
    return rest === '' ? 1 : 0;
  }
  return 0;
}

function perfOfEnvironment(environment: Readonly<Record<string, string | undefined>>): PerfKind | null {
  const isSet = (name: string): boolean => (environment[name] ?? '') !== '' && environment[name] !== '0';
  return isSet('PYTHON_PERF_JIT_SUPPORT') ? 'perf_jit' : isSet('PYTHONPERFSUPPORT') ? 'perf' : null;
}

/** Reads the arguments behind the command's name. */
export function earlyOptions(args: readonly string[], environment: Readonly<Record<string, string | undefined>>): EarlyOptions {
  const seen: Seen = { perf: null, pack: null, ignoresEnvironment: false };
  for (let i = 0; i < args.length && args[i]!.startsWith('-') && args[i] !== '-' && args[i] !== '--'; i++) {
    if (args[i]!.startsWith('--')) {
      if (args[i] === '--mode' || args[i] === '--check-hash-based-pycs') i++;
      continue;
    }
    const taken = takeShortOptions(args[i]!, args[i + 1], seen);
    if (taken < 0) break;
    i += taken;
  }
  return { perf: seen.perf ?? (seen.ignoresEnvironment ? null : perfOfEnvironment(environment)), pack: seen.pack };
}
