/**
 * Loading the runtime into a worker with V8's compiled code from the last start: compiling two megabytes of JavaScript is most of a cold start.
 *
 * The code cache lies beside the library's (`LADON_CACHE`); it may be missing, damaged or of another V8: then V8 rejects it and compiles.
 */
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cachedDataVersionTag } from 'node:v8';
import { Script } from 'node:vm';
import type { MessagePort } from 'node:worker_threads';
import { endTuning, tuneForStart } from './engine-flags.ts';
import type { InterpreterTask } from '../base/protocol.ts';

/** What the runtime offers to a worker. */
export interface LoadedRuntime {
  serveInterpreter(task: InterpreterTask, port: MessagePort, started: () => void): void;
  /** Writes the code compiled so far to the cache, unless it came from there. */
  keepCompiledCode(): void;
}

interface RuntimeExports {
  serveInterpreter(task: InterpreterTask, port: MessagePort, started: () => void): void;
}

/** The bundles are functions of these; `link` is how the runtime loads the late modules, and what it shares with them. */
type ModuleFunction = (require: NodeJS.Require, module: { exports: unknown }, exports: unknown, url: string, link: unknown) => void;

function readCache(path: string | null): Buffer | undefined {
  if (path === null) return undefined;
  try {
    return readFileSync(path);
  } catch {
    // Not there: V8 compiles, and the result is kept.
    return undefined;
  }
}

function writeCache(path: string, folder: string, data: Buffer): void {
  const temporary = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}.tmp`;
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(temporary, data);
    renameSync(temporary, path);
  } catch {
    // A read-only or full disk: everything works without.
  }
}

/** A bundle that has been run. */
interface LoadedScript {
  readonly exports: unknown;
  /** Writes the code compiled so far to the cache, unless it came from there. */
  keepCompiledCode(): void;
}

/** Runs the bundle at `url` with the code that the cache has for it. */
function loadScript(url: URL, cacheFolder: string | null, link: unknown): LoadedScript {
  const filename = fileURLToPath(url);
  const { size, mtimeMs } = statSync(filename);
  // The tag stands for V8's version and settings: a process with others (`-X perf`) neither reads nor replaces what the usual one has kept.
  const cachePath = cacheFolder === null ? null : join(cacheFolder, `${basename(filename, '.cjs')}-${cachedDataVersionTag()}-${size}-${Math.round(mtimeMs)}.v8code`);
  const cachedData = readCache(cachePath);
  // The bundles are ASCII and wrapped in functions by the build, so that the text need not be decoded or copied.
  const source = readFileSync(filename, 'latin1');
  const script = new Script(source, { filename, ...(cachedData === undefined ? {} : { cachedData }) });
  const run = script.runInThisContext() as ModuleFunction;
  const module = { exports: {} as unknown };
  run(createRequire(url), module, module.exports, url.href, link);
  const isFresh = cachedData !== undefined && script.cachedDataRejected !== true;
  return {
    exports: module.exports,
    keepCompiledCode: () => {
      if (!isFresh && cachePath !== null && cacheFolder !== null) writeCache(cachePath, cacheFolder, script.createCachedData());
    },
  };
}

/** Loads the late modules' script, which lies beside the runtime's, under the engine's settings that its code was kept under; a start has them anyway. */
function loadLate(runtimeUrl: URL, cacheFolder: string | null, shared: unknown, isStarting: boolean): unknown {
  if (!isStarting) tuneForStart();
  const late = loadScript(new URL('./late.cjs', runtimeUrl), cacheFolder, shared);
  late.keepCompiledCode();
  if (!isStarting) endTuning();
  return late.exports;
}

/** Loads the runtime's script from `url`. */
export function loadRuntime(url: URL, cacheFolder: string | null): LoadedRuntime {
  tuneForStart();
  let isStarting = true;
  const runtime = loadScript(url, cacheFolder, (shared: unknown) => loadLate(url, cacheFolder, shared, isStarting));
  return {
    serveInterpreter: (runtime.exports as RuntimeExports).serveInterpreter,
    keepCompiledCode: () => {
      isStarting = false;
      runtime.keepCompiledCode();
    },
  };
}
