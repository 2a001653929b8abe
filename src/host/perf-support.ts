/**
 * Starting a process so that Linux's `perf` can name Python functions (`hooks/perf-trampoline.ts`). V8 reads the settings when an isolate starts, so they are made
 * before the first worker is. Imports nothing: the executable needs it before everything else.
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

interface Seen {
  kind: PerfKind | null;
  ignoresEnvironment: boolean;
}

function takeXoption(text: string, seen: Seen): void {
  const [name, value] = text.split('=', 2);
  if ((name === 'perf' || name === 'perf_jit') && value !== '0') seen.kind = name;
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

/** What the command line (`-X perf`, `-X perf_jit`) or the environment (PYTHONPERFSUPPORT, PYTHON_PERF_JIT_SUPPORT) asks for; null for nothing. */
export function perfKindOf(args: readonly string[], environment: Readonly<Record<string, string | undefined>>): PerfKind | null {
  const seen: Seen = { kind: null, ignoresEnvironment: false };
  for (let i = 0; i < args.length && args[i]!.startsWith('-') && args[i] !== '-' && args[i] !== '--'; i++) {
    if (args[i]!.startsWith('--')) {
      if (args[i] === '--mode' || args[i] === '--check-hash-based-pycs') i++;
      continue;
    }
    const taken = takeShortOptions(args[i]!, args[i + 1], seen);
    if (taken < 0) break;
    i += taken;
  }
  if (seen.kind !== null || seen.ignoresEnvironment) return seen.kind;
  const isSet = (name: string): boolean => (environment[name] ?? '') !== '' && environment[name] !== '0';
  return isSet('PYTHON_PERF_JIT_SUPPORT') ? 'perf_jit' : isSet('PYTHONPERFSUPPORT') ? 'perf' : null;
}
