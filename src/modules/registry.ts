/** All native modules by name: `sys.builtin_module_names`. Adding a module touches this list and its own file. */
import type { NativeModule } from './native-module.ts';
import { LADON_MODULE } from './ladon.ts';
import { BUILTINS_MODULE } from './builtins.ts';
import { IMP_MODULE } from './_imp.ts';
import { WARNINGS_MODULE } from './_warnings.ts';
import { MARSHAL_MODULE } from './marshal.ts';
import { ERRNO_MODULE } from './errno.ts';
import { STAT_MODULE } from './_stat.ts';
import { ATEXIT_MODULE } from './atexit.ts';
import { TIME_MODULE } from './time.ts';
import { CODECS_MODULE } from './_codecs.ts';
import { ITERTOOLS_MODULE } from './itertools.ts';
import { COLLECTIONS_MODULE } from './_collections.ts';
import { IO_MODULE } from './_io.ts';
import { ABC_MODULE } from './_abc.ts';
import { FUNCTOOLS_MODULE } from './_functools.ts';
import { OPERATOR_MODULE } from './_operator.ts';
import { STRING_MODULE } from './_string.ts';
import { PICKLE_MODULE } from './_pickle.ts';
import { DATETIME_MODULE } from './_datetime.ts';
import { POSIX_MODULE } from './posix.ts';
import { CONTEXTVARS_MODULE } from './_contextvars.ts';
import { STRUCT_MODULE } from './_struct.ts';
import { ASYNCIO_MODULE } from './_asyncio.ts';
import { MATH_MODULE } from './math.ts';
import { RANDOM_MODULE } from './_random.ts';
import { AST_MODULE } from './_ast.ts';
import { SRE_MODULE } from './_sre.ts';
import { GRP_MODULE, PWD_MODULE } from './pwd.ts';
import { TESTCAPI_MODULE, TESTINTERNALCAPI_MODULE, TESTLIMITEDCAPI_MODULE, TESTMULTIPHASE_MODULE } from './_testcapi.ts';
import { QUEUE_MODULE } from './_queue.ts';
import { RESOURCE_MODULE } from './resource.ts';
import { POSIXSUBPROCESS_MODULE } from './_posixsubprocess.ts';
import { SELECT_MODULE } from './select.ts';
import { SOCKET_MODULE } from './_socket.ts';
import { TYPING_MODULE } from './_typing.ts';
import { JSON_MODULE } from './_json.ts';
import { BISECT_MODULE } from './_bisect.ts';
import { HEAPQ_MODULE } from './_heapq.ts';
import { BINASCII_MODULE } from './binascii.ts';
import { UNICODEDATA_MODULE } from './unicodedata.ts';
import { MD5_MODULE } from './hash-modules.ts';
import { SHA1_MODULE } from './hash-modules.ts';
import { SHA2_MODULE } from './hash-modules.ts';
import { SHA3_MODULE } from './hash-modules.ts';
import { BLAKE2_MODULE } from './_blake2.ts';
import { CSV_MODULE } from './_csv.ts';
import { ARRAY_MODULE } from './array.ts';
import { ZLIB_MODULE } from './zlib.ts';
import { LOCALE_MODULE } from './_locale.ts';
import { STATISTICS_MODULE } from './_statistics.ts';
import { CMATH_MODULE } from './cmath.ts';
import { setNativeModules } from './native-lookup.ts';
import { SIGNAL_MODULE } from './_signal.ts';
import { GC_MODULE } from './gc.ts';
import { TYPES_MODULE } from './_types.ts';
import { OPCODE_MODULE } from './_opcode.ts';
import { SUGGESTIONS_MODULE } from './_suggestions.ts';
import { SYMTABLE_MODULE } from './_symtable.ts';
import { TOKENIZE_MODULE } from './_tokenize.ts';
import { SYS_MODULE } from './sys.ts';
import { INTERPRETERS_MODULE } from './_interpreters.ts';
import { INTERPQUEUES_MODULE } from './_interpqueues.ts';
import { THREAD_MODULE } from './_thread.ts';
import { WEAKREF_MODULE } from './_weakref.ts';

const ALL: readonly NativeModule[] = [
  ABC_MODULE,
  AST_MODULE,
  ASYNCIO_MODULE,
  ATEXIT_MODULE,
  BUILTINS_MODULE,
  CODECS_MODULE,
  COLLECTIONS_MODULE,
  CONTEXTVARS_MODULE,
  DATETIME_MODULE,
  ERRNO_MODULE,
  FUNCTOOLS_MODULE,
  GC_MODULE,
  IMP_MODULE,
  INTERPQUEUES_MODULE,
  INTERPRETERS_MODULE,
  IO_MODULE,
  ITERTOOLS_MODULE,
  LADON_MODULE,
  MARSHAL_MODULE,
  MATH_MODULE,
  OPCODE_MODULE,
  OPERATOR_MODULE,
  PICKLE_MODULE,
  POSIX_MODULE,
  RANDOM_MODULE,
  SIGNAL_MODULE,
  STAT_MODULE,
  STRING_MODULE,
  STRUCT_MODULE,
  SUGGESTIONS_MODULE,
  SYMTABLE_MODULE,
  SYS_MODULE,
  THREAD_MODULE,
  TIME_MODULE,
  TOKENIZE_MODULE,
  TYPES_MODULE,
  WARNINGS_MODULE,
  WEAKREF_MODULE,
  SRE_MODULE,
  PWD_MODULE,
  RESOURCE_MODULE,
  QUEUE_MODULE,
  TESTCAPI_MODULE,
  TESTINTERNALCAPI_MODULE,
  TESTLIMITEDCAPI_MODULE,
  TESTMULTIPHASE_MODULE,
  GRP_MODULE,
  SELECT_MODULE,
  SOCKET_MODULE,
  POSIXSUBPROCESS_MODULE,
  TYPING_MODULE,
  JSON_MODULE,
  BISECT_MODULE,
  HEAPQ_MODULE,
  BINASCII_MODULE,
  UNICODEDATA_MODULE,
  MD5_MODULE,
  SHA1_MODULE,
  SHA2_MODULE,
  SHA3_MODULE,
  BLAKE2_MODULE,
  CSV_MODULE,
  ARRAY_MODULE,
  ZLIB_MODULE,
  LOCALE_MODULE,
  STATISTICS_MODULE,
  CMATH_MODULE,
];

setNativeModules(new Map(ALL.map((module) => [module.name, module])));
