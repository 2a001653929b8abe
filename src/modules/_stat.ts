/** `_stat`: file mode bits and tests (Modules/_stat.c). */
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { toIndex } from '../objects/operators.ts';
import type { MethodRow } from '../objects/type-ready.ts';
import type { NativeModule } from './native-module.ts';

const KINDS: Readonly<Record<string, number>> = {
  S_IFDIR: 0o040000, S_IFCHR: 0o020000, S_IFBLK: 0o060000, S_IFREG: 0o100000, S_IFIFO: 0o010000, S_IFLNK: 0o120000, S_IFSOCK: 0o140000,
  S_IFDOOR: 0, S_IFPORT: 0, S_IFWHT: 0,
};

const BITS: Readonly<Record<string, number>> = {
  S_ISUID: 0o4000, S_ISGID: 0o2000, S_ISVTX: 0o1000, S_ENFMT: 0o2000, S_IREAD: 0o400, S_IWRITE: 0o200, S_IEXEC: 0o100,
  S_IRWXU: 0o700, S_IRUSR: 0o400, S_IWUSR: 0o200, S_IXUSR: 0o100, S_IRWXG: 0o070, S_IRGRP: 0o040, S_IWGRP: 0o020, S_IXGRP: 0o010,
  S_IRWXO: 0o007, S_IROTH: 0o004, S_IWOTH: 0o002, S_IXOTH: 0o001,
  UF_SETTABLE: 0xffff, UF_NODUMP: 1, UF_IMMUTABLE: 2, UF_APPEND: 4, UF_OPAQUE: 8, UF_NOUNLINK: 16, UF_COMPRESSED: 32, UF_TRACKED: 64,
  UF_DATAVAULT: 128, UF_HIDDEN: 32768, SF_SETTABLE: 0x3fff0000, SF_ARCHIVED: 65536, SF_IMMUTABLE: 131072, SF_APPEND: 262144, SF_NOUNLINK: 1048576,
  SF_SNAPSHOT: 2097152, SF_FIRMLINK: 8388608, SF_DATALESS: 1073741824,
  ST_MODE: 0, ST_INO: 1, ST_DEV: 2, ST_NLINK: 3, ST_UID: 4, ST_GID: 5, ST_SIZE: 6, ST_ATIME: 7, ST_MTIME: 8, ST_CTIME: 9,
};

const KIND_LETTERS: Readonly<Record<number, string>> = {
  0o040000: 'd', 0o020000: 'c', 0o060000: 'b', 0o100000: '-', 0o010000: 'p', 0o120000: 'l', 0o140000: 's',
};

function modeOf(t: Thread, mode: Value): number {
  return Number(toIndex(t, mode));
}

/** `-rwxr-xr-x` of a mode. */
function stat_filemode(t: Thread, value: Value): Value {
  const mode = modeOf(t, value);
  const triple = (shift: number, special: number, letter: string): string => {
    const bits = mode >> shift;
    const execute = (bits & 1) !== 0;
    const last = (mode & special) === 0 ? (execute ? 'x' : '-') : execute ? letter : letter.toUpperCase();
    return `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${last}`;
  };
  return (KIND_LETTERS[mode & 0o170000] ?? '?') + triple(6, 0o4000, 's') + triple(3, 0o2000, 's') + triple(0, 0o1000, 't');
}

const tests: Record<string, MethodRow> = {};
for (const [name, kind] of Object.entries(KINDS)) {
  const test = (t: Thread, mode: Value): boolean => kind !== 0 && (modeOf(t, mode) & 0o170000) === kind;
  tests[`S_IS${name.slice(4)}`] = [test, '($module, mode, /)', `Return True if mode is from a file of kind ${name}.`];
}

/** The table. */
export const STAT_MODULE: NativeModule = {
  name: '_stat',
  doc: 'S_IFMT_: file type bits\nS_IFDIR: directory',
  attributes: () => ({ ...KINDS, ...BITS }),
  functions: {
    ...tests,
    S_IMODE: [(t: Thread, mode: Value) => modeOf(t, mode) & 0o7777, '($module, mode, /)', "Return the portion of the file's mode that can be set by os.chmod()."],
    S_IFMT: [(t: Thread, mode: Value) => modeOf(t, mode) & 0o170000, '($module, mode, /)', "Return the portion of the file's mode that describes the file type."],
    filemode: [stat_filemode, '($module, mode, /)', "Convert a file's mode to a string of the form '-rwxrwxrwx'"],
  },
};
