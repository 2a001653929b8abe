/** CPU time of the operating system's thread that an interpreter runs on (CLOCK_THREAD_CPUTIME_ID). */
import { readFileSync } from 'node:fs';

/** Linux: nanoseconds that the thread which opens it has run, brought up to date at each tick (some milliseconds) and whenever the thread stops running. */
const ACCOUNT = '/proc/thread-self/schedstat';

// Declared state of the thread: its account as last read, when that was seen first, and the last time told.
let account = -1n;
let seen = 0n;
let told = 0n;

function readAccount(): bigint | null {
  try {
    return BigInt(readFileSync(ACCOUNT, 'latin1').split(' ', 1)[0]!);
  } catch {
    return null;
  }
}

/** Of an account that stays the same the thread has run without a break: all time since then is its own. */
function toldBy(read: bigint): bigint {
  const now = process.hrtime.bigint();
  if (read !== account) {
    account = read;
    seen = now;
  }
  const time = read + (now - seen);
  if (time > told) told = time;
  return told;
}

/**
 * Nanoseconds that this thread has run: by Node's own clock where it has one (`process.threadCpuUsage`), by the system's account on Linux (a tick too low at most), and null elsewhere.
 */
export function threadNanos(): bigint | null {
  const own = (process as { threadCpuUsage?: () => { user: number; system: number } }).threadCpuUsage;
  if (own !== undefined) {
    const { user, system } = own.call(process);
    return BigInt(user + system) * 1000n;
  }
  const read = readAccount();
  return read === null ? null : toldBy(read);
}
