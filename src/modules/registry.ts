/** All native modules by name: `sys.builtin_module_names`. Those that every start needs are here, the others in `late-modules.ts`. */
import { ABC_MODULE } from './_abc.ts';
import { CODECS_MODULE } from './_codecs.ts';
import { CONTEXTVARS_MODULE } from './_contextvars.ts';
import { IMP_MODULE } from './_imp.ts';
import { IO_MODULE } from './_io.ts';
import { SIGNAL_MODULE } from './_signal.ts';
import { STAT_MODULE } from './_stat.ts';
import { THREAD_MODULE } from './_thread.ts';
import { WARNINGS_MODULE } from './_warnings.ts';
import { WEAKREF_MODULE } from './_weakref.ts';
import { ATEXIT_MODULE } from './atexit.ts';
import { BUILTINS_MODULE } from './builtins.ts';
import { ERRNO_MODULE } from './errno.ts';
import './hook-host.ts';
import { LADON_MODULE } from './ladon.ts';
import { MARSHAL_MODULE } from './marshal.ts';
import { POSIX_MODULE } from './posix.ts';
import { SYS_MODULE } from './sys.ts';
import { loadLateModules } from './late-door.ts';
import { setNativeModules } from './native-lookup.ts';
import type { NativeModule } from './native-module.ts';

const START_MODULES: readonly NativeModule[] = [
  ABC_MODULE,
  ATEXIT_MODULE,
  BUILTINS_MODULE,
  CODECS_MODULE,
  CONTEXTVARS_MODULE,
  ERRNO_MODULE,
  IMP_MODULE,
  IO_MODULE,
  LADON_MODULE,
  MARSHAL_MODULE,
  POSIX_MODULE,
  SIGNAL_MODULE,
  STAT_MODULE,
  SYS_MODULE,
  THREAD_MODULE,
  WARNINGS_MODULE,
  WEAKREF_MODULE,
];

/** Names of the late modules (`late-modules.ts`; a test compares the two). */
export const LATE_NAMES: readonly string[] = [
  '_queue', 'ladon.jit',
  '_lsprof', '_tracemalloc', 'faulthandler',
  'termios',
  'fcntl',
  '_ast', '_asyncio', '_bisect', '_blake2', '_bz2', '_collections', '_csv', '_datetime', '_decimal', '_elementtree', '_functools', '_hashlib', '_heapq', '_multibytecodec',
  '_codecs_cn', '_codecs_hk', '_codecs_iso2022', '_codecs_jp', '_codecs_kr', '_codecs_tw', '_interpchannels', '_interpqueues',
  '_interpreters', '_json', '_locale', '_lzma', '_md5', '_opcode', '_operator', '_pickle', '_posixsubprocess', '_random', '_remote_debugging', '_sha1', '_sha2', '_sha3',
  '_socket', '_sre', '_statistics', '_string', '_struct', '_suggestions', '_symtable', '_sysconfigdata__linux_x86_64-linux-gnu', '_testcapi', '_testinternalcapi', '_testlimitedcapi',
  '_testmultiphase', '_tokenize', '_types', '_typing', '_zoneinfo', 'array', 'binascii', 'cmath', 'gc', 'grp', 'itertools', 'math', 'pwd', 'pyexpat', 'readline', 'resource', 'select',
  'time', 'unicodedata', 'zlib',
];

setNativeModules(START_MODULES, LATE_NAMES, loadLateModules);
