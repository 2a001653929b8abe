/** `_sysconfigdata_<abi>_<platform>_<multiarch>`: what `sysconfig` knows of how the interpreter was built. CPython's build writes such a module. */
import { tableSetStr } from '../objects/hash-table.ts';
import { newDict } from '../objects/make.ts';
import type { Value } from '../core/value.ts';
import type { NativeModule } from './native-module.ts';
import { PLATFORM, PLATFORM_TRIPLET } from './sys/info.ts';

/** Where systems keep time zone files; `zoneinfo.TZPATH` comes from it. */
const TZPATH = '/usr/share/zoneinfo:/usr/lib/zoneinfo:/usr/share/lib/zoneinfo:/etc/zoneinfo';

const VARIABLES: Readonly<Record<string, Value>> = {
  TZPATH, VERSION: '3.14', LDVERSION: '3.14', ABIFLAGS: '', MULTIARCH: PLATFORM_TRIPLET, SOABI: `ladon-314-${PLATFORM_TRIPLET}`, EXT_SUFFIX: '.so', SHLIB_SUFFIX: '.so',
  EXE: '', BUILDEXE: '', Py_DEBUG: 0, Py_GIL_DISABLED: 0, Py_ENABLE_SHARED: 0, WITH_PYMALLOC: 0, WITH_DOC_STRINGS: 1, HAVE_FORK: 0, PY_HAVE_PERF_TRAMPOLINE: PLATFORM === 'linux' ? 1 : 0, SIZEOF_VOID_P: 8, CONFIG_ARGS: '', MACHDEP: PLATFORM,
};

/** The table. */
export const SYSCONFIGDATA_MODULE: NativeModule = {
  name: `_sysconfigdata__${PLATFORM}_${PLATFORM_TRIPLET}`,
  doc: 'Variables of the build, for sysconfig.',
  functions: {},
  attributes: () => {
    const variables = newDict();
    for (const [name, value] of Object.entries(VARIABLES)) tableSetStr(variables.table, name, value);
    return { build_time_vars: variables };
  },
};
