/**
 * Entries of `/tmp/perf-PID.map`, by which Linux's `perf` names code that was made at run time: one line `ADDRESS SIZE NAME`, numbers in hexadecimal.
 *
 * Workers may write at the same time: an entry is one `write` to a file opened for appending, which the kernel does not mix with another's.
 * JavaScript functions need no entries from a plugin: V8 writes them itself when the process was started for it (`perf-trampoline.ts`), and then the file is V8's.
 */
import { closeSync, constants, openSync, writeSync } from 'node:fs';
import type { Interpreter } from '../core/thread.ts';
import { perInterpreter } from './watcher-table.ts';

interface PerfMap {
  descriptor: number | null;
}

function mapOf(interpreter: Interpreter): PerfMap {
  return perInterpreter(interpreter, 'hooks.perf-map', () => ({ descriptor: null }));
}

/** The file of this process. */
export function perfMapPath(): string {
  return `/tmp/perf-${process.pid}.map`;
}

/** As the kernel opens it for others: never through a link that somebody else has put there. */
const OPEN_FLAGS = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW;
const OWNER_ONLY = 0o600;

/** A name as one line of text that any reader can decode. */
export function perfName(name: string): string {
  return name.replace(/[\n\r\0]/g, ' ').replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '?');
}

/** Says that `size` bytes of machine code at `address` are `name`. False when the file cannot be written, or is V8's. */
export function writePerfMapEntry(interpreter: Interpreter, address: bigint, size: number, name: string): boolean {
  if (interpreter.config.perf !== null) return false;
  const map = mapOf(interpreter);
  try {
    map.descriptor ??= openSync(perfMapPath(), OPEN_FLAGS, OWNER_ONLY);
    writeSync(map.descriptor, `${address.toString(16)} ${size.toString(16)} ${perfName(name)}\n`);
    return true;
  } catch {
    // A profiler's names are no reason to stop a program.
    return false;
  }
}

/** Closes the file; the next entry opens it again. */
export function closePerfMap(interpreter: Interpreter): void {
  const map = mapOf(interpreter);
  if (map.descriptor !== null) closeSync(map.descriptor);
  map.descriptor = null;
}
