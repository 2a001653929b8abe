/**
 * `faulthandler`: tracebacks on request (Modules/faulthandler.c). A worker has no signals to die of and no watchdog of its own, so what would dump a traceback
 * by itself (`dump_traceback_later`, `register`) is absent; `enable` only notes that it was called.
 */
import { addr2line } from '../bytecode/location-table.ts';
import type { Frame } from '../core/function.ts';
import { topFrame, type Thread } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import { callMethod } from '../objects/call.ts';
import { RuntimeError } from '../objects/exception-types.ts';
import { tableGetStr } from '../objects/hash-table.ts';
import { intArgument } from '../objects/native-arguments.ts';
import { raise } from '../objects/raise.ts';
import { isTrue } from '../objects/truth.ts';
import { asInt } from '../objects/type-of.ts';
import { writeAll } from './descriptors.ts';
import type { NativeModule } from './native-module.ts';

const STATE = 'faulthandler';
/** Frames of a thread that are shown. */
const MAX_FRAMES = 100;

/** The descriptor that `file` writes to; standard error for none. */
function descriptorOf(t: Thread, file: Maybe): number {
  if (asInt(file) !== undefined) return intArgument(t, file, 2);
  const target = file === undefined || file === null ? tableGetStr(t.interpreter.sys.table, 'stderr') : file;
  if (target === undefined || target === null) return raise(RuntimeError, 'unable to get sys.stderr');
  const fd = intArgument(t, callMethod(t, target, 'fileno'), 2);
  callMethod(t, target, 'flush');
  return fd;
}

function stackText(thread: Thread): string {
  const lines: string[] = [];
  let f: Frame | null = topFrame(thread);
  for (; f !== null && lines.length < MAX_FRAMES; f = f.back) {
    lines.push(`  File "${f.code.code.filename}", line ${addr2line(f.code.code, Math.max(f.pc - 1, 0))} in ${f.code.code.name}\n`);
  }
  return lines.join('') + (f === null ? '' : '  ...\n');
}

function faulthandler_dump_traceback(t: Thread, file?: Value, allThreads?: Value): void {
  const fd = descriptorOf(t, file);
  const all = allThreads === undefined || isTrue(t, allThreads);
  const threads = all ? [...t.interpreter.threads.values()].reverse() : [t];
  const head = (thread: Thread): string => (all ? `${thread === t ? 'Current thread' : 'Thread'} 0x${thread.id.toString(16).padStart(16, '0')} (most recent call first):\n` : 'Stack (most recent call first):\n');
  writeAll(t, fd, Buffer.from(threads.map((thread) => head(thread) + stackText(thread)).join('\n')));
}

function faulthandler_enable(t: Thread, file?: Value): void {
  descriptorOf(t, file);
  t.interpreter.moduleState.set(STATE, true);
}

function faulthandler_disable(t: Thread): Value {
  return t.interpreter.moduleState.delete(STATE);
}

/** The table. */
export const FAULTHANDLER_MODULE: NativeModule = {
  name: 'faulthandler',
  doc: 'faulthandler module.',
  functions: {
    enable: [faulthandler_enable, '!($module, /, file=None, all_threads=True, *, c_stack=True)', 'Enable the fault handler: noted, as nothing of this kind can happen here.'],
    disable: [faulthandler_disable, '($module, /)', 'Disable the fault handler.'],
    is_enabled: [(t: Thread) => t.interpreter.moduleState.has(STATE), '($module, /)', 'Check if the handler is enabled.'],
    dump_traceback: [faulthandler_dump_traceback, '!($module, /, file=None, all_threads=True)', 'Dump the traceback of the current thread, or of all threads if all_threads is True, into file.'],
    cancel_dump_traceback_later: [() => null, '($module, /)', 'Cancel the previous call to dump_traceback_later(): there is none.'],
  },
};
