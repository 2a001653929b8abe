/** `posix`: the table; functions are in `posix/`. What Node cannot do (fork, exec, pipes, directory descriptors) is absent or raises OSError. */
import type { Value } from '../core/value.ts';
import { OSError } from '../objects/exception-types.ts';
import { tableSetStr } from '../objects/hash-table.ts';
import { newDict, newList } from '../objects/make.ts';
import { POSIX_CONSTANTS, SYSCONF_NAMES } from './posix/constants.ts';
import { WAITID_RESULT } from './posix/children.ts';
import { DIR_ENTRY_TYPE, posix_listdir, posix_scandir } from './posix/directories.ts';
import { FILE_FUNCTIONS } from './posix/files.ts';
import { environDict, PROCESS_FUNCTIONS, SCHED_PARAM, TERMINAL_SIZE, TIMES_RESULT, UNAME_RESULT } from './posix/process.ts';
import { posix_fstat, posix_lstat, posix_stat, posix_statvfs, STAT_RESULT, STATVFS_RESULT } from './posix/stat.ts';
import type { NativeModule } from './native-module.ts';

/** What `os.supports_*` is made of. */
const HAVE_FUNCTIONS = ['HAVE_FCHDIR', 'HAVE_FCHMOD', 'HAVE_FCHOWN', 'HAVE_FDOPENDIR', 'HAVE_FSTATVFS', 'HAVE_FTRUNCATE', 'HAVE_FUTIMENS', 'HAVE_LSTAT', 'HAVE_LUTIMES'];

function sysconfNames(): Value {
  const dict = newDict();
  for (const [name, value] of Object.entries(SYSCONF_NAMES)) tableSetStr(dict.table, name, value);
  return dict;
}

/** The table. */
export const POSIX_MODULE: NativeModule = {
  name: 'posix',
  doc: 'This module provides access to operating system functionality that is\nstandardized by the C Standard and the POSIX standard (a thinly\ndisguised Unix interface).  Refer to the library manual and\ncorresponding Unix manual entries for more information on calls.',
  types: {
    stat_result: STAT_RESULT, statvfs_result: STATVFS_RESULT, uname_result: UNAME_RESULT, times_result: TIMES_RESULT, terminal_size: TERMINAL_SIZE,
    sched_param: SCHED_PARAM, waitid_result: WAITID_RESULT, DirEntry: DIR_ENTRY_TYPE, error: OSError,
  },
  attributes: (t) => ({
    ...POSIX_CONSTANTS, environ: environDict(t), _have_functions: newList([...HAVE_FUNCTIONS]), sysconf_names: sysconfNames(), confstr_names: newDict(), pathconf_names: newDict(),
  }),
  functions: {
    ...FILE_FUNCTIONS,
    ...PROCESS_FUNCTIONS,
    stat: [posix_stat, '($module, /, path, *, dir_fd=None, follow_symlinks=True)', 'Perform a stat system call on the given path.'],
    lstat: [posix_lstat, '($module, /, path, *, dir_fd=None)', 'Perform a stat system call on the given path, without following symbolic links.'],
    fstat: [posix_fstat, '($module, /, fd)', 'Perform a stat system call on the given file descriptor.'],
    statvfs: [posix_statvfs, '($module, /, path)', 'Perform a statvfs system call on the given path.'],
    listdir: [posix_listdir, '($module, /, path=None)', 'Return a list containing the names of the files in the directory.'],
    scandir: [posix_scandir, '($module, /, path=None)', 'Return an iterator of DirEntry objects for given path.'],
  },
};
