/**
 * What the supervisor (Node's main thread) and the interpreters' workers say to each other, and the words they share.
 *
 *   control words: [ header | slot 0 | slot 1 | ... ]      slot: BREAKER, WAKE, STATE
 *   header:        GIL words (sync/gil.ts)
 *
 * Messages go through one MessagePort per interpreter; whoever sends bumps WAKE of the receiver, which sleeps on it.
 */

/** Interpreters that one runtime can have at a time, the main one included. */
export const MAX_INTERPRETERS = 512;

/** Words of the header. */
export const HEADER_WORDS = 16;
/** Words per interpreter. */
export const SLOT_WORDS = 4;
/** Index of the GIL's words in the header. */
export const GIL_INDEX = 0;

/** Words of a slot. */
export const SLOT_BREAKER = 0;
export const SLOT_WAKE = 1;
export const SLOT_STATE = 2;
/** Signals of the operating system that have come and were not handled yet: bit n is signal n. */
export const SLOT_SIGNALS = 3;

/** Index of a word of the interpreter in `slot`. */
export function slotIndex(slot: number, word: number): number {
  return HEADER_WORDS + slot * SLOT_WORDS + word;
}

/** Bytes of the control block. */
export const CONTROL_BYTES = (HEADER_WORDS + MAX_INTERPRETERS * SLOT_WORDS) * 4;

/** A Python value in a form that structured clone can carry between workers and to the TypeScript API. */
export type HostValue =
  | null | boolean | number | bigint | string | Uint8Array | HostValue[]
  | { readonly $: 'float'; readonly value: number }
  | { readonly $: 'tuple' | 'set' | 'frozenset'; readonly items: HostValue[] }
  | { readonly $: 'complex'; readonly real: number; readonly imag: number }
  | { readonly $: 'dict'; readonly entries: [HostValue, HostValue][] }
  | { readonly $: 'shared'; readonly address: number }
  | { readonly $: 'pickle'; readonly bytes: Uint8Array };

/** What to run as `__main__`. */
export type MainTarget =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'command'; readonly source: string }
  | { readonly kind: 'module'; readonly name: string }
  | { readonly kind: 'stdin' }
  | { readonly kind: 'interactive' };

/** A Python exception as data. */
export interface HostError {
  readonly type: string;
  readonly message: string;
  readonly traceback: string;
}

/** Message of a call whose arguments cannot be made in the other interpreter. */
export const ARGS_NOT_SHAREABLE = 'args not shareable';

/** A call from another interpreter: a pickled callable or the code of a function without closure, and the arguments. */
export interface CrossCall {
  /** Arguments that are functions without a name to be found by: position, and what they are made of. Their places in `args` hold null. */
  readonly functions?: readonly (readonly [number, { readonly code: Uint8Array; readonly name: string }])[];
  readonly callable: { readonly code: Uint8Array; readonly name: string } | { readonly pickle: Uint8Array };
  readonly args: HostValue[];
  readonly keywords: readonly string[];
  /** The caller's main script, for functions that are pickled as members of `__main__`. */
  readonly mainPath: string | null;
}

/** Requests to an interpreter. */
export type Order =
  | { readonly kind: 'main'; readonly request: number; readonly target: MainTarget; readonly argv: readonly string[] }
  | { readonly kind: 'source'; readonly request: number; readonly source: string; readonly filename: string }
  | { readonly kind: 'program'; readonly request: number; readonly path: string }
  | { readonly kind: 'call'; readonly request: number; readonly name: string; readonly args: HostValue[] }
  | { readonly kind: 'spans'; readonly request: number }
  | { readonly kind: 'share'; readonly request: number; readonly value: HostValue }
  | { readonly kind: 'crossCall'; readonly request: number; readonly payload: CrossCall }
  | { readonly kind: 'bind'; readonly request: number; readonly names: [string, HostValue][] }
  | { readonly kind: 'reply'; readonly request: number; readonly value?: unknown; readonly error?: string }
  | { readonly kind: 'stop' };

/** Answers and requests of an interpreter; an `ask` whose request is 0 wants no reply. */
export type Report =
  | { readonly kind: 'ready'; readonly startMs: number }
  | { readonly kind: 'done'; readonly request: number; readonly value: unknown; readonly error: HostError | null; readonly milliseconds: number }
  | { readonly kind: 'ask'; readonly request: number; readonly what: string; readonly argument: unknown };

/** Everything a worker is started with; all of it can be cloned or is shared. */
export interface InterpreterTask {
  readonly id: number;
  /** Place of its words in the control block; less than MAX_INTERPRETERS, used again after its end. */
  readonly slot: number;
  readonly control: SharedArrayBuffer;
  /** Float64 statistics: the GIL's, then those of interpreters. */
  readonly statistics: SharedArrayBuffer;
  /** The immortal heap. */
  readonly heap: SharedArrayBuffer;
  readonly mode: 'gil' | 'own-gil';
  readonly config: TaskConfig;
}

/** What a program may reach outside of its interpreter; the command line grants all, the API what it is told to. */
export interface Grants {
  /** Files by path. Open descriptors (standard streams) can always be used. */
  readonly files: boolean;
  readonly network: boolean;
  /** Starting other programs. */
  readonly processes: boolean;
}

/** The part of an interpreter's configuration that comes from the command line or the API. */
export interface TaskConfig {
  readonly executable: string;
  readonly argv: readonly string[];
  readonly origArgv: readonly string[];
  readonly optimize: number;
  readonly xoptions: readonly (readonly [string, string | true])[];
  readonly warnOptions: readonly string[];
  readonly flags: Readonly<Record<string, number>>;
  readonly environment: Readonly<Record<string, string>>;
  readonly cacheFolder: string | null;
  readonly grants: Grants;
  /** Standard output and error go to the supervisor (`output`) and not to the descriptors. */
  readonly captureOutput: boolean;
  readonly stdlib: string;
  readonly referenceLoop: boolean;
  /** The process was started for Linux's `perf` (`host/perf-support.ts`). */
  readonly perf: 'perf' | 'perf_jit' | null;
  /** The opcode pack that the runtime is built with, by name. */
  readonly pack: string | null;
  /** Absolute paths of plugins, loaded into every interpreter. */
  readonly plugins: readonly string[];
}

/** Names of `sys.flags` that a configuration gives; all are 0 unless set. */
export const FLAG_NAMES = [
  'debug', 'inspect', 'interactive', 'dont_write_bytecode', 'no_user_site', 'no_site', 'ignore_environment', 'verbose', 'bytes_warning', 'quiet',
  'isolated', 'dev_mode', 'utf8_mode', 'safe_path', 'int_max_str_digits', 'unbuffered',
] as const;
