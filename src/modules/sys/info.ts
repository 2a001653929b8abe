/** Constants of `sys`: versions, limits, flags (Python/sysmodule.c). */
import { LADON_VERSION } from '../../base/version.ts';
import type { Thread } from '../../core/thread.ts';
import type { Value } from '../../core/value.ts';
import { newDict, newFloat, newList, newTuple } from '../../objects/make.ts';
import { tableSetStr } from '../../objects/hash-table.ts';
import { newStructSequence, structSequenceType } from '../../objects/struct-sequence.ts';
import { SIMPLE_NAMESPACE_TYPE } from '../../objects/static-types.ts';
import { call } from '../../objects/call.ts';
import { nativeModuleNames } from '../native-lookup.ts';

/** `sys.platform`. */
export const PLATFORM = 'linux';
/** `sys.implementation._multiarch`: the machine that programs are told of. */
export const PLATFORM_TRIPLET = 'x86_64-linux-gnu';

/** The Python that Ladon implements. */
export const PYTHON_VERSION = { major: 3, minor: 14, micro: 2, releaselevel: 'final', serial: 0, hex: 0x030e02f0 } as const;


const VERSION_INFO = structSequenceType('version_info', { module: 'sys', fields: ['major', 'minor', 'micro', 'releaselevel', 'serial'] });
const FLAGS = structSequenceType('flags', {
  module: 'sys',
  fields: [
    'debug', 'inspect', 'interactive', 'optimize', 'dont_write_bytecode', 'no_user_site', 'no_site', 'ignore_environment', 'verbose', 'bytes_warning',
    'quiet', 'hash_randomization', 'isolated', 'dev_mode', 'utf8_mode', 'warn_default_encoding', 'safe_path', 'int_max_str_digits',
  ],
  hidden: ['gil', 'thread_inherit_context', 'context_aware_warnings'],
});
const FLOAT_INFO = structSequenceType('float_info', {
  module: 'sys', fields: ['max', 'max_exp', 'max_10_exp', 'min', 'min_exp', 'min_10_exp', 'dig', 'mant_dig', 'epsilon', 'radix', 'rounds'],
});
const INT_INFO = structSequenceType('int_info', { module: 'sys', fields: ['bits_per_digit', 'sizeof_digit', 'default_max_str_digits', 'str_digits_check_threshold'] });
const HASH_INFO = structSequenceType('hash_info', { module: 'sys', fields: ['width', 'modulus', 'inf', 'nan', 'imag', 'algorithm', 'hash_bits', 'seed_bits', 'cutoff'] });
const THREAD_INFO = structSequenceType('thread_info', { module: 'sys', fields: ['name', 'lock', 'version'] });

/** `sys.version_info`. */
export function versionInfo(): Value {
  const { major, minor, micro, releaselevel, serial } = PYTHON_VERSION;
  return newStructSequence(VERSION_INFO, [major, minor, micro, releaselevel, serial]);
}

function flags(t: Thread): Value {
  const { flags: f, optimize, mode, environment, xoptions } = t.interpreter.config;
  const seeded = environment.PYTHONHASHSEED === '0' ? 0 : 1;
  void mode;
  return newStructSequence(FLAGS, [
    f.debug, f.inspect, f.interactive, optimize, f.dont_write_bytecode, f.no_user_site, f.no_site, f.ignore_environment, f.verbose, f.bytes_warning, f.quiet,
    seeded, f.isolated, f.dev_mode !== 0, f.utf8_mode, Number(xoptions.has('warn_default_encoding') || (environment.PYTHONWARNDEFAULTENCODING ?? '') !== ''), f.safe_path !== 0, t.interpreter.intMaxStrDigits,
  ], [1, 0, 0]);
}

function implementation(t: Thread): Value {
  const fields: Record<string, Value> = {
    name: 'ladon', cache_tag: 'ladon-314', version: versionInfo(), hexversion: PYTHON_VERSION.hex, _multiarch: PLATFORM_TRIPLET, supports_isolated_interpreters: true,
  };
  return call(t, SIMPLE_NAMESPACE_TYPE, Object.values(fields), Object.keys(fields));
}

function xoptions(t: Thread): Value {
  const dict = newDict();
  for (const [name, value] of t.interpreter.config.xoptions) tableSetStr(dict.table, name, value);
  return dict;
}

const BIGGEST_HASH_MODULUS = 2n ** 61n - 1n;

/** Constants that depend on nothing but the build. */
function numericInfo(): Record<string, Value> {
  return {
    float_info: newStructSequence(FLOAT_INFO, [
      newFloat(Number.MAX_VALUE), 1024, 308, newFloat(2.2250738585072014e-308), -1021, -307, 15, 53, newFloat(Number.EPSILON), 2, 1,
    ]),
    int_info: newStructSequence(INT_INFO, [30, 4, 4300, 640]),
    hash_info: newStructSequence(HASH_INFO, [64, BIGGEST_HASH_MODULUS, 314159, 0, 1000003, 'fnv', 53, 32, 0]),
    thread_info: newStructSequence(THREAD_INFO, ['pthread', 'futex', null]),
    maxsize: 2n ** 63n - 1n, maxunicode: 0x10ffff, byteorder: 'little', float_repr_style: 'short',
  };
}

/** All constants. */
export function sysConstants(t: Thread): Record<string, Value> {
  const { config } = t.interpreter;
  const version = `${PYTHON_VERSION.major}.${PYTHON_VERSION.minor}.${PYTHON_VERSION.micro}`;
  return {
    version: `${version} (Ladon ${LADON_VERSION}) [Node ${process.versions.node}, V8 ${process.versions.v8}, mode ${config.mode}]`,
    version_info: versionInfo(), hexversion: PYTHON_VERSION.hex, api_version: 1013, implementation: implementation(t),
    copyright: 'Ladon: a Python virtual machine in TypeScript. The standard library is Copyright (c) Python Software Foundation.',
    platform: PLATFORM, platlibdir: 'lib', abiflags: '', _git: newTuple(['Ladon', '', '']), _framework: '',
    executable: config.executable, _base_executable: config.executable,
    prefix: '/usr', exec_prefix: '/usr', base_prefix: '/usr', base_exec_prefix: '/usr', pycache_prefix: null,
    argv: newList(config.argv.slice()), orig_argv: newList(config.origArgv.slice()),
    flags: flags(t), warnoptions: newList(config.warnOptions.slice()), _xoptions: xoptions(t),
    dont_write_bytecode: config.flags.dont_write_bytecode !== 0,
    builtin_module_names: newTuple(nativeModuleNames()),
    path: newList([]), meta_path: newList([]), path_hooks: newList([]), path_importer_cache: newDict(),
    ...numericInfo(),
  };
}
