/** Reading a zip archive: its directory once, its files on demand. Enough for the library's zip (stored and deflated entries, no zip64). */
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { lazyBuiltin } from '../base/lazy-builtin.ts';

const zlib = lazyBuiltin('node:zlib');

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 'PK\x01\x02';
const END_SIZE = 22;
const ENTRY_SIZE = 46;
const LOCAL_SIZE = 30;
const STORED = 0;
/** The end record may be followed by a comment of this length. */
const MAX_COMMENT = 0xffff;

/** One file of an archive. */
export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly compressedSize: number;
  readonly size: number;
  readonly offset: number;
}

/** An archive that is not readable as a zip file; the message names the file and the reason. */
export class BadZipError extends Error {}

/** Where the end record begins in the end of a file; -1 for nowhere. */
function findEnd(tail: Buffer): number {
  for (let at = tail.length - END_SIZE; at >= 0; at--) if (tail.readUInt32LE(at) === END_SIGNATURE) return at;
  return -1;
}

function uint16(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8);
}

/** A zip archive opened for reading. */
export class ZipArchive {
  readonly path: string;
  private directory: Buffer = Buffer.alloc(0);
  /** Where the directory's entries begin, by name. */
  private readonly positions = new Map<string, number>();
  /** Folders, without the final slash. */
  readonly folders = new Set<string>();
  private readonly descriptor: number;

  constructor(path: string) {
    this.path = path;
    this.descriptor = openSync(path, 'r');
    this.readDirectory();
  }

  /** Finds the directory, and where each file's entry is in it; entries are read when they are asked for, as a start needs few of many. */
  private readDirectory(): void {
    const end = this.findEndRecord();
    this.directory = this.readAt(end.readUInt32LE(16), end.readUInt32LE(12));
    const { directory } = this;
    const text = directory.toString('latin1');
    let at = 0;
    for (let left = end.readUInt16LE(10); left > 0; left--) {
      if (!text.startsWith(ENTRY_SIGNATURE, at)) throw new BadZipError(`${this.path}: damaged directory`);
      const nameEnd = at + ENTRY_SIZE + uint16(directory, at + 28);
      const name = text.slice(at + ENTRY_SIZE, nameEnd);
      this.addName(/^[\0-\x7f]*$/.test(name) ? name : directory.toString('utf8', at + ENTRY_SIZE, nameEnd), at);
      at = nameEnd + uint16(directory, at + 30) + uint16(directory, at + 32);
    }
  }

  /** The end record; most archives have no comment behind it. */
  private findEndRecord(): Buffer {
    const { size } = statSync(this.path);
    for (const tailSize of [END_SIZE, Math.min(size, END_SIZE + MAX_COMMENT)]) {
      if (tailSize > size) break;
      const tail = this.readAt(size - tailSize, tailSize);
      const at = findEnd(tail);
      if (at >= 0) return tail.subarray(at);
    }
    throw new BadZipError(`${this.path}: not a zip file`);
  }

  private addName(name: string, at: number): void {
    if (!name.endsWith('/')) this.positions.set(name, at);
    for (let slash = name.lastIndexOf('/'); slash > 0; slash = name.lastIndexOf('/', slash - 1)) {
      const folder = name.slice(0, slash);
      if (this.folders.has(folder)) return;
      this.folders.add(folder);
    }
  }

  /** Whether there is a file of that name. */
  has(name: string): boolean {
    return this.positions.has(name);
  }

  /** Names of all files. */
  names(): IterableIterator<string> {
    return this.positions.keys();
  }

  /** What the directory says of a file. */
  entry(name: string): ZipEntry | undefined {
    const at = this.positions.get(name);
    if (at === undefined) return undefined;
    const { directory } = this;
    return {
      name, method: directory.readUInt16LE(at + 10), crc: directory.readUInt32LE(at + 16), compressedSize: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24), offset: directory.readUInt32LE(at + 42),
    };
  }

  private readAt(position: number, length: number): Buffer {
    const buffer = Buffer.alloc(length);
    const read = readSync(this.descriptor, buffer, 0, length, position);
    if (read !== length) throw new BadZipError(`${this.path}: ends too early`);
    return buffer;
  }

  /** The content of a file; undefined when there is none of that name. */
  read(name: string): Buffer | undefined {
    const entry = this.entry(name);
    if (entry === undefined) return undefined;
    const local = this.readAt(entry.offset, LOCAL_SIZE);
    const start = entry.offset + LOCAL_SIZE + local.readUInt16LE(26) + local.readUInt16LE(28);
    const data = this.readAt(start, entry.compressedSize);
    return entry.method === STORED ? data : zlib().inflateRawSync(data);
  }

  /** Closes the file. */
  close(): void {
    closeSync(this.descriptor);
  }
}

