/** Modules of the standard library that Ladon does not have, with the reason: a failed import says it in a note. `docs/differences/modules.md` tells more. */
import { PyBaseException } from '../core/exception.ts';
import type { Thread } from '../core/thread.ts';
import { lookupAttr } from '../objects/attributes.ts';
import { callMethod } from '../objects/call.ts';
import { ModuleNotFoundError } from '../objects/exception-types.ts';
import { isRaised } from '../objects/raise.ts';

const NO_TERMINAL_LIBRARY = 'no curses library can be linked into Node.js';
const NO_TK = 'Tk cannot be linked into Node.js';
const NO_LIBRARY = 'the library behind it cannot be linked into Node.js';
const NO_INSTALLER = 'Ladon runs the standard library as it is packaged and installs nothing: put modules on PYTHONPATH';

/** Why a module is not there. */
export const ABSENT_MODULES: Readonly<Record<string, string>> = {
  _ctypes: 'Node.js has no foreign function interface, so no C function can be called',
  _curses: NO_TERMINAL_LIBRARY, _curses_panel: NO_TERMINAL_LIBRARY, curses: NO_TERMINAL_LIBRARY,
  _tkinter: NO_TK, tkinter: NO_TK, turtle: NO_TK, turtledemo: NO_TK, idlelib: NO_TK,
  _dbm: NO_LIBRARY, _gdbm: NO_LIBRARY, dbm: NO_LIBRARY, _sqlite3: 'Node.js 20 has no SQLite',
  _multiprocessing: 'Ladon runs Python in parallel in interpreters of one process (concurrent.interpreters), not in processes of its own',
  _posixshmem: 'Node.js cannot map shared memory', mmap: 'Node.js cannot map files into memory',
  _zstd: 'Node.js 20 has no Zstandard', syslog: 'Node.js cannot write to the system log',
  ensurepip: NO_INSTALLER, pip: NO_INSTALLER, venv: NO_INSTALLER,
  js: 'this module of the packaged library is for Python in a browser',
};

/** Runs an import; one that fails for a module of the table gets the reason as a note. */
export function explainingAbsence<R>(t: Thread, name: string, load: () => R): R {
  try {
    return load();
  } catch (caught) {
    const reason = Object.hasOwn(ABSENT_MODULES, name) ? ABSENT_MODULES[name] : undefined;
    // The import of a package may fail for another module of the table, which has said so.
    const isMeant = reason !== undefined && caught instanceof PyBaseException && isRaised(caught, ModuleNotFoundError) && lookupAttr(t, caught, 'name') === name;
    if (isMeant) callMethod(t, caught, 'add_note', `Ladon has no ${name}: ${reason}.`);
    throw caught;
  }
}
