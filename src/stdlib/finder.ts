/**
 * Importing the library: a path hook for the library's root, and the loader of its modules.
 *
 * `sys.path` holds the root (the zip file or folder); the hook claims it and the folders in it. The loader has `get_code`, `get_source`, `get_data`,
 * `is_package` and `get_filename`, so that `inspect`, `linecache`, `runpy` and `pkgutil` work as on a file.
 */
import type { CodeObject } from '../bytecode/code.ts';
import { decodeCode, decodeTrustedCode, encodeCode } from '../bytecode/serialise.ts';
import type { Thread } from '../core/thread.ts';
import { PyObject, type Value } from '../core/value.ts';
import { PyBuiltinFunction } from '../core/native.ts';
import { PyDict } from '../core/containers.ts';
import { getAttr, setAttr } from '../objects/attributes.ts';
import { call } from '../objects/call.ts';
import { newCode } from '../objects/code.ts';
import { ImportError, OSError } from '../objects/exception-types.ts';
import { newBytes, newList, newTuple } from '../objects/make.ts';
import { newException, raiseImportError, raiseTypeError } from '../objects/raise.ts';
import { staticType } from '../objects/static-types.ts';
import { readyType } from '../objects/type-ready.ts';
import { asStr } from '../objects/type-of.ts';
import { compileSource } from '../interp/compile-source.ts';
import { runCode } from '../interp/run-code.ts';
import { BOOTSTRAP_STATE } from '../interp/import.ts';
import { newModuleFunction } from '../modules/native-module.ts';
import type { LibraryCodeCounts } from '../modules/ladon.ts';
import type { CodeCache } from './code-cache.ts';
import type { Library } from './library.ts';
import type { SharedCode } from './shared-code.ts';

/** What an interpreter imports the library with. */
export interface LibraryImporter {
  readonly library: Library;
  readonly cache: CodeCache;
  /** Null in a runtime without an immortal heap. */
  readonly shared: SharedCode | null;
  readonly counts: LibraryCodeCounts;
  /** Encoded code by key, for the start pack; cleared when the start is over. */
  readonly loaded: Map<string, Uint8Array>;
}

const FINDER_TYPE = staticType('LibraryFinder', { module: 'ladon' });
const LOADER_TYPE = staticType('LibraryLoader', { module: 'ladon' });

class PyLibraryFinder extends PyObject {
  readonly importer: LibraryImporter;
  /** Folder below the root, '' for the root itself. */
  readonly folder: string;
  constructor(importer: LibraryImporter, folder: string) {
    super(FINDER_TYPE);
    this.importer = importer;
    this.folder = folder;
  }
}

class PyLibraryLoader extends PyObject {
  readonly importer: LibraryImporter;
  readonly name: string;
  /** File below the root. */
  readonly file: string;
  constructor(importer: LibraryImporter, name: string, file: string) {
    super(LOADER_TYPE);
    this.importer = importer;
    this.name = name;
    this.file = file;
  }

  get isPackage(): boolean {
    return this.file.endsWith('/__init__.py');
  }

  get path(): string {
    return `${this.importer.library.root}/${this.file}`;
  }
}

/**
 * CPython has this module frozen in: its code names no file, so that tracebacks of programs run with `-m` do not show lines of it. Others that CPython has
 * frozen keep their files here, for `inspect.getsource`.
 */
const FROZEN = 'runpy';

function codeFilename(loader: PyLibraryLoader): string {
  return loader.name === FROZEN ? `<frozen ${loader.name}>` : loader.path;
}

/** The compiled code of a library file: from the immortal heap, the disk cache, or the compiler. */
export function libraryCode(t: Thread, importer: LibraryImporter, name: string, file: string, filename: string): CodeObject {
  const { library, cache, shared, counts } = importer;
  const fingerprint = library.fingerprint(file);
  const key = `${name}:${fingerprint}:${t.interpreter.config.optimize}`;
  const inHeap = shared?.get(key);
  if (inHeap !== undefined) {
    counts.fromHeap++;
    importer.loaded.set(key, inHeap);
    return decodeTrustedCode(inHeap);
  }
  let bytes = cache.get(name, fingerprint);
  if (bytes !== undefined) counts.fromDisk++;
  else {
    counts.compiled++;
    bytes = encodeCode(compiledLibraryFile(t, library, name, file, filename));
    cache.put(name, fingerprint, bytes);
  }
  importer.loaded.set(key, bytes);
  return shared === null ? decodeCode(bytes) : decodeTrustedCode(shared.share(key, bytes));
}

function compiledLibraryFile(t: Thread, library: Library, name: string, file: string, filename: string): CodeObject {
  const source = library.read(file);
  if (source === undefined) raiseImportError(`cannot read ${file}`, name);
  return compileSource(t, source, { filename, mode: 'exec', flags: 0, optimize: -1 });
}

/** The start is over: what it has loaded is kept as the start pack, unless all of it came from there. */
export function keepStartPack({ cache, counts, loaded }: LibraryImporter): void {
  if (counts.compiled + counts.fromDisk > 0) cache.putPack(loaded);
  loaded.clear();
}

function findFile(finder: PyLibraryFinder, tail: string): string | undefined {
  const base = finder.folder === '' ? tail : `${finder.folder}/${tail}`;
  const { library } = finder.importer;
  if (library.isFile(`${base}/__init__.py`)) return `${base}/__init__.py`;
  return library.isFile(`${base}.py`) ? `${base}.py` : undefined;
}

function find_spec(t: Thread, self: PyLibraryFinder, fullname: Value): Value {
  const name = asStr(fullname);
  if (name === undefined) raiseTypeError('find_spec() argument must be str');
  const file = findFile(self, name.slice(name.lastIndexOf('.') + 1));
  if (file === undefined) return null;
  const loader = new PyLibraryLoader(self.importer, name, file);
  const bootstrap = t.interpreter.moduleState.get(BOOTSTRAP_STATE) as Value;
  const spec = call(t, getAttr(t, bootstrap, 'ModuleSpec'), [name, loader, loader.path, loader.isPackage], ['origin', 'is_package']);
  setAttr(t, spec, '_set_fileattr', true);
  setAttr(t, spec, 'cached', null);
  if (loader.isPackage) setAttr(t, spec, 'submodule_search_locations', newList([loader.path.slice(0, -'/__init__.py'.length)]));
  return spec;
}

/** Pairs of name and "is a package", for `pkgutil.iter_modules`. */
function iter_modules(_t: Thread, self: PyLibraryFinder, prefix?: Value): Value {
  const start = prefix === undefined ? '' : asStr(prefix) ?? '';
  const { library } = self.importer;
  const rows: Value[] = [];
  for (const name of library.list(self.folder).sort()) {
    const path = self.folder === '' ? name : `${self.folder}/${name}`;
    if (name.endsWith('.py') && name !== '__init__.py') rows.push(newTuple([`${start}${name.slice(0, -'.py'.length)}`, false]));
    else if (library.isFile(`${path}/__init__.py`)) rows.push(newTuple([`${start}${name}`, true]));
  }
  return newList(rows);
}

readyType(FINDER_TYPE, {
  doc: 'Finds modules of the standard library.',
  methods: {
    find_spec: [find_spec, '($self, fullname, target=None)', 'The spec of a library module, or None.'],
    invalidate_caches: [() => null, '($self)', 'Nothing is cached.'],
    iter_modules: [iter_modules, "($self, prefix='')", 'Modules for pkgutil.'],
  },
  slots: { tp_repr: (_t, self: PyLibraryFinder) => `<LibraryFinder '${self.importer.library.root}${self.folder === '' ? '' : `/${self.folder}`}'>` },
});

function codeOf(t: Thread, self: PyLibraryLoader): Value {
  return newCode(t, libraryCode(t, self.importer, self.name, self.file, codeFilename(self)));
}

function exec_module(t: Thread, self: PyLibraryLoader, module: Value): Value {
  const dict = getAttr(t, module, '__dict__');
  if (!(dict instanceof PyDict)) raiseTypeError('module has no __dict__');
  runCode(t, libraryCode(t, self.importer, self.name, self.file, codeFilename(self)), dict, dict);
  return null;
}

function get_source(_t: Thread, self: PyLibraryLoader): Value {
  return self.importer.library.read(self.file)?.toString('utf8') ?? null;
}

function get_data(_t: Thread, self: PyLibraryLoader, path: Value): Value {
  const text = asStr(path) ?? '';
  const { root } = self.importer.library;
  const data = text.startsWith(`${root}/`) ? self.importer.library.read(text.slice(root.length + 1)) : undefined;
  if (data === undefined) throw newException(OSError, 2, 'No such file or directory', path);
  return newBytes(new Uint8Array(data));
}

readyType(LOADER_TYPE, {
  doc: 'Loads modules of the standard library.',
  methods: {
    create_module: [() => null, '($self, spec)', 'Use the default.'],
    exec_module: [exec_module, '($self, module)', 'Run the module.'],
    get_code: [codeOf, '($self, fullname=None)', 'The code object of the module.'],
    get_source: [get_source, '($self, fullname=None)', 'The source text of the module.'],
    get_data: [get_data, '($self, path)', 'The bytes of a library file.'],
    get_filename: [(_t: Thread, self: PyLibraryLoader) => self.path, '($self, fullname=None)', 'The path of the module.'],
    is_package: [(_t: Thread, self: PyLibraryLoader) => self.isPackage, '($self, fullname=None)', 'Whether the module is a package.'],
  },
  getset: {
    name: { get: (_t, self) => (self as PyLibraryLoader).name, member: true },
    path: { get: (_t, self) => (self as PyLibraryLoader).path, member: true },
  },
  slots: { tp_repr: (_t, self: PyLibraryLoader) => `<LibraryLoader '${self.path}'>` },
});

/** The path hook for `sys.path_hooks`: claims the library's root and its folders, refuses everything else with ImportError. */
export function libraryPathHook(importer: LibraryImporter): PyBuiltinFunction {
  return newModuleFunction('ladon', 'library_path_hook', [
    (_t: Thread, path: Value) => {
      const text = asStr(path);
      const { root } = importer.library;
      if (text === root) return new PyLibraryFinder(importer, '');
      if (text !== undefined && text.startsWith(`${root}/`) && importer.library.isFolder(text.slice(root.length + 1))) {
        return new PyLibraryFinder(importer, text.slice(root.length + 1));
      }
      throw newException(ImportError, 'not in the standard library');
    },
    '($module, path, /)', 'Finder for a folder of the standard library.',
  ]);
}
