/** `os.listdir`, `os.scandir` and DirEntry (Modules/posixmodule.c). */
import { readdirSync, type BigIntStats, type Dirent } from 'node:fs';
import { PyBytes } from '../../core/scalars.ts';
import type { Thread } from '../../core/thread.ts';
import { PyObject, type Maybe, type Value } from '../../core/value.ts';
import { FileNotFoundError } from '../../objects/exception-types.ts';
import { newBytes, newList } from '../../objects/make.ts';
import { isRaised, raiseTypeError } from '../../objects/raise.ts';
import { staticType } from '../../objects/static-types.ts';
import { repr } from '../../objects/text.ts';
import { isTrue } from '../../objects/truth.ts';
import { readyType } from '../../objects/type-ready.ts';
import { normalizeInt } from '../../objects/algorithms/int-arith.ts';
import { decodeName, hostPath, type HostPath } from '../host-path.ts';
import { osCall } from '../os-errors.ts';
import { pathArgument, type PathArgument } from './arguments.ts';
import { statPath, statResult } from './stat.ts';

function directory(t: Thread, path: Maybe, who: string): PathArgument {
  if (path === undefined || path === null) return { given: '.', path: '.', host: hostPath(t, '.'), fd: -1, isFd: false };
  return pathArgument(t, path, { who, allowFd: true });
}

function hostOf(argument: PathArgument): HostPath {
  return argument.fd >= 0 ? `/proc/self/fd/${argument.fd}` : argument.host;
}

function nameValue(t: Thread, name: Uint8Array, bytes: boolean): Value {
  return bytes ? newBytes(Uint8Array.from(name)) : decodeName(t, name);
}

/** `os.listdir(path=None)`. */
export function posix_listdir(t: Thread, path?: Value): Value {
  const argument = directory(t, path, 'listdir');
  const names = osCall(() => readdirSync(hostOf(argument), { encoding: 'buffer' }), argument.given);
  return newList(names.map((name) => nameValue(t, name, argument.path instanceof PyBytes)));
}

type Entry = Dirent<Buffer>;

/** `os.DirEntry`: kind from the directory itself, stat results kept after the first call. */
class PyDirEntry extends PyObject {
  readonly name: Value;
  readonly path: string | PyBytes;
  readonly entry: Entry;
  stat: BigIntStats | null = null;
  lstat: BigIntStats | null = null;
  constructor(name: Value, path: string | PyBytes, entry: Entry) {
    super(DIR_ENTRY_TYPE);
    this.name = name;
    this.path = path;
    this.entry = entry;
  }
}

/** The type. */
export const DIR_ENTRY_TYPE = staticType('DirEntry', { module: 'posix', disallowInstantiation: true });
const SCANDIR_ITERATOR_TYPE = staticType('ScandirIterator', { module: 'posix', disallowInstantiation: true });

function statOf(t: Thread, self: PyDirEntry, follow: boolean): BigIntStats {
  if (!follow || !self.entry.isSymbolicLink()) return (self.lstat ??= statPath(hostPath(t, self.path), self.path, /* follow */ false));
  return (self.stat ??= statPath(hostPath(t, self.path), self.path, /* follow */ true));
}

function kindTest(test: (s: { isDirectory(): boolean; isFile(): boolean }) => boolean) {
  return (t: Thread, self: PyDirEntry, followSymlinks?: Value): Value => {
    const follow = followSymlinks === undefined || isTrue(t, followSymlinks);
    if (!self.entry.isSymbolicLink()) return test(self.entry);
    if (!follow) return false;
    try {
      return test(statOf(t, self, true));
    } catch (caught) {
      if (isRaised(caught, FileNotFoundError)) return false;
      throw caught;
    }
  };
}

readyType(DIR_ENTRY_TYPE, {
  slots: { tp_repr: (t, self: PyDirEntry) => `<DirEntry ${repr(t, self.name)}>` },
  methods: {
    is_dir: [kindTest((s) => s.isDirectory()), '($self, /, *, follow_symlinks=True)', 'Return True if the entry is a directory; cached per entry.'],
    is_file: [kindTest((s) => s.isFile()), '($self, /, *, follow_symlinks=True)', 'Return True if the entry is a file; cached per entry.'],
    is_symlink: [(_t: Thread, self: PyDirEntry) => self.entry.isSymbolicLink(), '($self, /)', 'Return True if the entry is a symbolic link; cached per entry.'],
    is_junction: [() => false, '($self, /)', 'Return True if the entry is a junction; cached per entry.'],
    stat: [(t: Thread, self: PyDirEntry, follow?: Value) => statResult(statOf(t, self, follow === undefined || isTrue(t, follow))), '($self, /, *, follow_symlinks=True)', 'Return stat_result object for the entry; cached per entry.'],
    inode: [(t: Thread, self: PyDirEntry) => normalizeInt(statOf(t, self, false).ino), '($self, /)', 'Return inode of the entry; cached per entry.'],
    __fspath__: [(_t: Thread, self: PyDirEntry) => self.path, '($self, /)', 'Returns the path for the entry.'],
  },
  getset: {
    name: { get: (_t, self) => (self as PyDirEntry).name, member: true },
    path: { get: (_t, self) => (self as PyDirEntry).path, member: true },
  },
});

class PyScandirIterator extends PyObject {
  entries: PyDirEntry[];
  at = 0;
  constructor(entries: PyDirEntry[]) {
    super(SCANDIR_ITERATOR_TYPE);
    this.entries = entries;
  }
}

function close(self: PyScandirIterator): void {
  self.entries = [];
  self.at = 0;
}

readyType(SCANDIR_ITERATOR_TYPE, {
  slots: { tp_iter: (_t, self) => self, tp_iternext: (_t, self: PyScandirIterator) => self.entries[self.at++] },
  methods: {
    close: [(_t: Thread, self: PyScandirIterator) => close(self), '!($self, /)', 'Close the iterator.'],
    __enter__: [(_t: Thread, self: PyScandirIterator) => self, '!($self, /)', ''],
    __exit__: [(_t: Thread, self: PyScandirIterator) => close(self), '!($self, /, *exc)', ''],
    __reduce__: [(_t: Thread, self: PyScandirIterator) => raiseTypeError(`cannot pickle '${self.type.name}' object`), '!($self, /)', ''],
  },
});

/** `os.scandir(path=None)`. */
export function posix_scandir(t: Thread, path?: Value): Value {
  const argument = directory(t, path, 'scandir');
  const bytes = argument.path instanceof PyBytes;
  const found = osCall(() => readdirSync(hostOf(argument), { encoding: 'buffer', withFileTypes: true }), argument.given);
  const base = bytes ? decodeName(t, (argument.path as PyBytes).value) : (argument.path as string);
  const head = argument.fd >= 0 ? '' : base.endsWith('/') || base === '' ? base : `${base}/`;
  const entries = found.map((entry) => {
    const name = nameValue(t, entry.name, bytes);
    const full = head + decodeName(t, entry.name);
    return new PyDirEntry(name, bytes ? newBytes(new Uint8Array(Buffer.concat([Buffer.from(head), entry.name]))) : full, entry);
  });
  return new PyScandirIterator(entries);
}
