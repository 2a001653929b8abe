/**
 * Loading the runtime into a worker with V8's compiled code from the last start: compiling two megabytes of JavaScript is most of a cold start.
 *
 * The code cache (`compiled-code-cache.ts`) lies beside the library's (`LADON_CACHE`); where it does not fit V8 rejects it and compiles.
 */
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cachedDataVersionTag } from 'node:v8';
import { Script } from 'node:vm';
import type { MessagePort } from 'node:worker_threads';
import { compiledCodePath, readCompiledCode, writeCompiledCode } from './compiled-code-cache.ts';
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
  const bundle = basename(filename, '.cjs');
  const cachePath = cacheFolder === null ? null : compiledCodePath(cacheFolder, bundle, [cachedDataVersionTag(), size, Math.round(mtimeMs)]);
  const cachedData = cachePath === null ? undefined : readCompiledCode(cachePath);
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
      if (!isFresh && cachePath !== null) writeCompiledCode(cachePath, bundle, script.createCachedData());
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
