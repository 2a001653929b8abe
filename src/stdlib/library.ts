/** Where CPython's library is read from: the zip of the `pyodide` package, or a folder (`LADON_STDLIB`). */
import { type Stats, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ZipArchive } from './zip.ts';

/** A tree of library files; names are relative with slashes. */
export interface Library {
  /** What stands in `sys.path`. */
  readonly root: string;
  isFile(name: string): boolean;
  isFolder(name: string): boolean;
  read(name: string): Buffer | undefined;
  /** Names directly in a folder ('' for the root): files and folders. */
  list(folder: string): string[];
  /** Changes when the file changes; for the code cache. */
  fingerprint(name: string): string;
}

/** Code holds its file's path, so code of libraries in different places is different. */
function hashOf(path: string): string {
  let hash = 0x811c9dc5 | 0;
  for (let i = 0; i < path.length; i++) hash = Math.imul(hash ^ path.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(36);
}

class ZipLibrary implements Library {
  readonly root: string;
  private readonly rootHash: string;
  private readonly archive: ZipArchive;
  constructor(path: string) {
    this.root = path;
    this.rootHash = hashOf(path);
    this.archive = new ZipArchive(path);
  }

  isFile(name: string): boolean {
    return this.archive.has(name);
  }

  isFolder(name: string): boolean {
    return name === '' || this.archive.folders.has(name);
  }

  read(name: string): Buffer | undefined {
    return this.archive.read(name);
  }

  list(folder: string): string[] {
    const prefix = folder === '' ? '' : `${folder}/`;
    const names = new Set<string>();
    const add = (name: string): void => {
      if (!name.startsWith(prefix) || name.length === prefix.length) return;
      const slash = name.indexOf('/', prefix.length);
      names.add(name.slice(prefix.length, slash < 0 ? undefined : slash));
    };
    for (const name of this.archive.names()) add(name);
    for (const name of this.archive.folders) add(name);
    return [...names];
  }

  fingerprint(name: string): string {
    const entry = this.archive.entry(name);
    return entry === undefined ? '' : `${entry.crc.toString(16)}-${entry.size}-${this.rootHash}`;
  }
}

/** What is at a path; undefined when nothing is there, or nothing that can be looked at. */
function statIfThere(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    // A file stands where a folder is named, a loop of links, no permission: no module is there.
    return undefined;
  }
}

class FolderLibrary implements Library {
  readonly root: string;
  private readonly rootHash: string;
  constructor(path: string) {
    this.root = path;
    this.rootHash = hashOf(path);
  }

  isFile(name: string): boolean {
    return this.stat(name)?.isFile() === true;
  }

  isFolder(name: string): boolean {
    return this.stat(name)?.isDirectory() === true;
  }

  /** A name with a zero in it, which a program may try to import, is no file. */
  private stat(name: string): Stats | undefined {
    return name.includes('\0') ? undefined : statIfThere(join(this.root, name));
  }

  read(name: string): Buffer | undefined {
    return this.isFile(name) ? readFileSync(join(this.root, name)) : undefined;
  }

  list(folder: string): string[] {
    return readdirSync(join(this.root, folder));
  }

  fingerprint(name: string): string {
    const stat = this.stat(name);
    return stat === undefined ? '' : `${stat.mtimeMs}-${stat.size}-${this.rootHash}`;
  }
}

/** Opens the library at `path`, a folder or a zip file. Throws when it is not there. */
export function openLibrary(path: string): Library {
  return statSync(path).isDirectory() ? new FolderLibrary(path) : new ZipLibrary(path);
}
