/**
 * The native modules that a start does without: in a build they are a script of their own, which the first import of one of them loads. Adding a module
 * touches this list, the names in `registry.ts`, and its own file.
 */
import { AST_MODULE } from './_ast.ts';
import { ASYNCIO_MODULE } from './_asyncio.ts';
import { BISECT_MODULE } from './_bisect.ts';
import { BZ2_MODULE } from './_bz2.ts';
import { BLAKE2_MODULE } from './_blake2.ts';
import { COLLECTIONS_MODULE } from './_collections.ts';
import { CSV_MODULE } from './_csv.ts';
import { DECIMAL_MODULE } from './_decimal.ts';
import { DATETIME_MODULE } from './_datetime.ts';
import { ELEMENTTREE_MODULE } from './_elementtree.ts';
import { FUNCTOOLS_MODULE } from './_functools.ts';
import { HEAPQ_MODULE } from './_heapq.ts';
import { INTERPQUEUES_MODULE } from './_interpqueues.ts';
import { INTERPRETERS_MODULE } from './_interpreters.ts';
import { JSON_MODULE } from './_json.ts';
import { LZMA_MODULE } from './_lzma.ts';
import { LOCALE_MODULE } from './_locale.ts';
import { OPCODE_MODULE } from './_opcode.ts';
import { OPERATOR_MODULE } from './_operator.ts';
import { PICKLE_MODULE } from './_pickle.ts';
import { POSIXSUBPROCESS_MODULE } from './_posixsubprocess.ts';
import { RANDOM_MODULE } from './_random.ts';
import { SOCKET_MODULE } from './_socket.ts';
import { INTERPCHANNELS_MODULE } from './_interpchannels.ts';
import { SRE_MODULE } from './_sre.ts';
import { STATISTICS_MODULE } from './_statistics.ts';
import { STRING_MODULE } from './_string.ts';
import { STRUCT_MODULE } from './_struct.ts';
import { SUGGESTIONS_MODULE } from './_suggestions.ts';
import { SYSCONFIGDATA_MODULE } from './_sysconfigdata.ts';
import { SYMTABLE_MODULE } from './_symtable.ts';
import { TESTCAPI_MODULE, TESTINTERNALCAPI_MODULE, TESTLIMITEDCAPI_MODULE, TESTMULTIPHASE_MODULE } from './_testcapi.ts';
import { TOKENIZE_MODULE } from './_tokenize.ts';
import { TYPES_MODULE } from './_types.ts';
import { ZONEINFO_MODULE } from './_zoneinfo.ts';
import { TYPING_MODULE } from './_typing.ts';
import { ARRAY_MODULE } from './array.ts';
import { BINASCII_MODULE } from './binascii.ts';
import { LADON_JIT_MODULE } from './ladon-jit.ts';
import { CMATH_MODULE } from './cmath.ts';
import { GC_MODULE } from './gc.ts';
import { CJK_MODULES } from './cjk-codecs.ts';
import { MULTIBYTECODEC_MODULE } from './_multibytecodec.ts';
import { HASHLIB_MODULE } from './_hashlib.ts';
import { MD5_MODULE, SHA1_MODULE, SHA2_MODULE, SHA3_MODULE } from './hash-modules.ts';
import { ITERTOOLS_MODULE } from './itertools.ts';
import { MATH_MODULE } from './math.ts';
import { GRP_MODULE, PWD_MODULE } from './pwd.ts';
import { LSPROF_MODULE } from './_lsprof.ts';
import { TRACEMALLOC_MODULE } from './_tracemalloc.ts';
import { FAULTHANDLER_MODULE } from './faulthandler.ts';
import { PYEXPAT_MODULE } from './pyexpat.ts';
import { REMOTE_DEBUGGING_MODULE } from './_remote_debugging.ts';
import { READLINE_MODULE } from './readline.ts';
import { RESOURCE_MODULE } from './resource.ts';
import { SELECT_MODULE } from './select.ts';
import { TIME_MODULE } from './time.ts';
import { UNICODEDATA_MODULE } from './unicodedata.ts';
import { ZLIB_MODULE } from './zlib.ts';
import { FCNTL_MODULE } from './fcntl.ts';
import { TERMIOS_MODULE } from './termios.ts';
import { QUEUE_MODULE } from './_queue.ts';
import type { NativeModule } from './native-module.ts';

/** All of them. */
export const LATE_MODULES: readonly NativeModule[] = [
  LADON_JIT_MODULE,
  QUEUE_MODULE,
  TERMIOS_MODULE,
  FCNTL_MODULE,
  ARRAY_MODULE,
  AST_MODULE,
  ASYNCIO_MODULE,
  BINASCII_MODULE,
  BISECT_MODULE,
  BLAKE2_MODULE,
  BZ2_MODULE,
  CMATH_MODULE,
  COLLECTIONS_MODULE,
  CSV_MODULE,
  DATETIME_MODULE,
  DECIMAL_MODULE,
  ELEMENTTREE_MODULE,
  FUNCTOOLS_MODULE,
  GC_MODULE,
  GRP_MODULE,
  HASHLIB_MODULE,
  MULTIBYTECODEC_MODULE,
  ...CJK_MODULES,
  HEAPQ_MODULE,
  INTERPQUEUES_MODULE,
  INTERPRETERS_MODULE,
  ITERTOOLS_MODULE,
  JSON_MODULE,
  LOCALE_MODULE,
  LZMA_MODULE,
  MATH_MODULE,
  MD5_MODULE,
  OPCODE_MODULE,
  OPERATOR_MODULE,
  PICKLE_MODULE,
  POSIXSUBPROCESS_MODULE,
  PWD_MODULE,
  RANDOM_MODULE,
  PYEXPAT_MODULE,
  READLINE_MODULE,
  REMOTE_DEBUGGING_MODULE,
  RESOURCE_MODULE,
  LSPROF_MODULE,
  TRACEMALLOC_MODULE,
  FAULTHANDLER_MODULE,
  SELECT_MODULE,
  SHA1_MODULE,
  SHA2_MODULE,
  SHA3_MODULE,
  SOCKET_MODULE,
  INTERPCHANNELS_MODULE,
  SRE_MODULE,
  STATISTICS_MODULE,
  STRING_MODULE,
  STRUCT_MODULE,
  SUGGESTIONS_MODULE,
  SYMTABLE_MODULE,
  SYSCONFIGDATA_MODULE,
  TESTCAPI_MODULE,
  TESTINTERNALCAPI_MODULE,
  TESTLIMITEDCAPI_MODULE,
  TESTMULTIPHASE_MODULE,
  TIME_MODULE,
  TOKENIZE_MODULE,
  TYPES_MODULE,
  TYPING_MODULE,
  ZONEINFO_MODULE,
  UNICODEDATA_MODULE,
  ZLIB_MODULE,
];
