/** Reading a zip archive: its directory once, its files on demand. Enough for the library's zip (stored and deflated entries, no zip64). */
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { lazyBuiltin } from '../base/lazy-builtin.ts';

const zlib = lazyBuiltin('node:zlib');

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
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

function findEnd(tail: Buffer, path: string): number {
  for (let at = tail.length - END_SIZE; at >= 0; at--) if (tail.readUInt32LE(at) === END_SIGNATURE) return at;
  throw new BadZipError(`${path}: not a zip file`);
}

/** A zip archive opened for reading. */
export class ZipArchive {
  readonly path: string;
  readonly entries = new Map<string, ZipEntry>();
  /** Folders, without the final slash. */
  readonly folders = new Set<string>();
  private readonly descriptor: number;

  constructor(path: string) {
    this.path = path;
    this.descriptor = openSync(path, 'r');
    this.readDirectory();
  }

  private readDirectory(): void {
    const size = statSync(this.path).size;
    const tailSize = Math.min(size, END_SIZE + MAX_COMMENT);
    const tail = this.readAt(size - tailSize, tailSize);
    const end = findEnd(tail, this.path);
    const directory = this.readAt(tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));
    let at = 0;
    for (let left = tail.readUInt16LE(end + 10); left > 0; left--) {
      if (directory.readUInt32LE(at) !== ENTRY_SIGNATURE) throw new BadZipError(`${this.path}: damaged directory`);
      const nameLength = directory.readUInt16LE(at + 28);
      const name = directory.toString('utf8', at + ENTRY_SIZE, at + ENTRY_SIZE + nameLength);
      this.addEntry({
        name, method: directory.readUInt16LE(at + 10), crc: directory.readUInt32LE(at + 16), compressedSize: directory.readUInt32LE(at + 20),
        size: directory.readUInt32LE(at + 24), offset: directory.readUInt32LE(at + 42),
      });
      at += ENTRY_SIZE + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
    }
  }

  private addEntry(entry: ZipEntry): void {
    if (!entry.name.endsWith('/')) this.entries.set(entry.name, entry);
    const parts = entry.name.split('/').slice(0, -1);
    for (let i = 1; i <= parts.length; i++) this.folders.add(parts.slice(0, i).join('/'));
  }

  private readAt(position: number, length: number): Buffer {
    const buffer = Buffer.alloc(length);
    const read = readSync(this.descriptor, buffer, 0, length, position);
    if (read !== length) throw new BadZipError(`${this.path}: ends too early`);
    return buffer;
  }

  /** The content of a file; undefined when there is none of that name. */
  read(name: string): Buffer | undefined {
    const entry = this.entries.get(name);
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

