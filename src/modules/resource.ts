/** `resource`: limits and usage of the process (Modules/resource.c). Node can read limits, not change them: `setrlimit` says so as an OSError. */
import { readFileSync } from 'node:fs';
import { PyTuple } from '../core/containers.ts';
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { OSError } from '../objects/exception-types.ts';
import { toArray } from '../objects/iterate.ts';
import { newFloat, newTuple } from '../objects/make.ts';
import { intArgument } from '../objects/native-arguments.ts';
import { raiseValueError } from '../objects/raise.ts';
import { newStructSequence, structSequenceType } from '../objects/struct-sequence.ts';
import type { NativeModule } from './native-module.ts';
import { raiseErrno } from './os-errors.ts';

const INFINITY = -1;

/** Limit → number, and its row in `/proc/self/limits`. */
const LIMITS: Readonly<Record<string, readonly [number, string]>> = {
  RLIMIT_CPU: [0, 'Max cpu time'], RLIMIT_FSIZE: [1, 'Max file size'], RLIMIT_DATA: [2, 'Max data size'], RLIMIT_STACK: [3, 'Max stack size'],
  RLIMIT_CORE: [4, 'Max core file size'], RLIMIT_RSS: [5, 'Max resident set'], RLIMIT_NPROC: [6, 'Max processes'], RLIMIT_NOFILE: [7, 'Max open files'],
  RLIMIT_OFILE: [7, 'Max open files'], RLIMIT_MEMLOCK: [8, 'Max locked memory'], RLIMIT_AS: [9, 'Max address space'], RLIMIT_SIGPENDING: [11, 'Max pending signals'],
  RLIMIT_MSGQUEUE: [12, 'Max msgqueue size'], RLIMIT_NICE: [13, 'Max nice priority'], RLIMIT_RTPRIO: [14, 'Max realtime priority'],
  RLIMIT_RTTIME: [15, 'Max realtime timeout'],
};

const RUSAGE_SELF = 0;
const RUSAGE_CHILDREN = -1;
const RUSAGE_THREAD = 1;

const STRUCT_RUSAGE = structSequenceType('struct_rusage', {
  module: 'resource',
  fields: [
    'ru_utime', 'ru_stime', 'ru_maxrss', 'ru_ixrss', 'ru_idrss', 'ru_isrss', 'ru_minflt', 'ru_majflt', 'ru_nswap', 'ru_inblock', 'ru_oublock', 'ru_msgsnd',
    'ru_msgrcv', 'ru_nsignals', 'ru_nvcsw', 'ru_nivcsw',
  ],
});

function limitRow(t: Thread, which: Value): string {
  const number = intArgument(t, which, 0);
  const found = Object.values(LIMITS).find(([known]) => known === number);
  return found === undefined ? raiseValueError('invalid resource specified') : found[1];
}

function resource_getrlimit(t: Thread, which: Value): Value {
  const row = limitRow(t, which);
  let text: string;
  try {
    text = readFileSync('/proc/self/limits', 'utf8');
  } catch {
    return raiseErrno('ENOSYS');
  }
  const line = text.split('\n').find((candidate) => candidate.startsWith(row)) ?? '';
  const [soft, hard] = line.slice(row.length).trim().split(/\s+/);
  const value = (word: string | undefined): Value => (word === undefined || word === 'unlimited' ? INFINITY : Number(word));
  return newTuple([value(soft), value(hard)]);
}

function resource_setrlimit(t: Thread, which: Value, limits: Value): Value {
  limitRow(t, which);
  const pair = limits instanceof PyTuple ? limits.items : toArray(t, limits);
  if (pair.length !== 2) raiseValueError('expected a tuple of 2 integers');
  const [soft, hard] = pair.map((value) => intArgument(t, value, 0));
  const reach = (limit: number): number => (limit === INFINITY ? Infinity : limit);
  if (reach(soft!) > reach(hard!)) raiseValueError('current limit exceeds maximum limit');
  return raiseErrno('ENOSYS');
}

const MICROSECONDS = 1e6;

function resource_getrusage(t: Thread, who: Value): Value {
  const number = intArgument(t, who, 0);
  if (number === RUSAGE_CHILDREN) return newStructSequence(STRUCT_RUSAGE, [newFloat(0), newFloat(0), ...new Array<Value>(14).fill(0)]);
  if (number !== RUSAGE_SELF && number !== RUSAGE_THREAD) raiseValueError('invalid who parameter');
  const usage = process.resourceUsage();
  return newStructSequence(STRUCT_RUSAGE, [
    newFloat(usage.userCPUTime / MICROSECONDS), newFloat(usage.systemCPUTime / MICROSECONDS), usage.maxRSS, usage.sharedMemorySize, usage.unsharedDataSize,
    usage.unsharedStackSize, usage.minorPageFault, usage.majorPageFault, usage.swappedOut, usage.fsRead, usage.fsWrite, usage.ipcSent, usage.ipcReceived,
    usage.signalsCount, usage.voluntaryContextSwitches, usage.involuntaryContextSwitches,
  ]);
}

const PAGE_SIZE = 4096;

/** The table. */
export const RESOURCE_MODULE: NativeModule = {
  name: 'resource',
  doc: 'Limits and usage of system resources.',
  types: { error: OSError, struct_rusage: STRUCT_RUSAGE },
  attributes: () => ({
    ...Object.fromEntries(Object.entries(LIMITS).map(([name, [number]]) => [name, number])), RUSAGE_SELF, RUSAGE_CHILDREN, RUSAGE_THREAD, RLIM_INFINITY: INFINITY,
  }),
  functions: {
    getrlimit: [resource_getrlimit, '($module, resource, /)', 'Return a tuple (soft, hard) with the limits of a resource.'],
    setrlimit: [resource_setrlimit, '($module, resource, limits, /)', 'Set limits of a resource: refused, as Node cannot.'],
    getrusage: [resource_getrusage, '($module, who, /)', 'Return the resources used: Node tells those of the whole process only.'],
    getpagesize: [() => PAGE_SIZE, '($module, /)', 'Return the number of bytes in a page.'],
  },
};
