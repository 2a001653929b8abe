/**
 * Compiled library code on disk, so that a start compiles nothing.
 *
 *   <folder>/<version>/<module>.<fingerprint>.lcode     version: code format, Ladon, optimisation level
 *
 * The folder may be missing, unwritable or damaged at any time: then code is compiled and the cache stays silent.
 */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CODE_FORMAT_VERSION, codeFolderName, decodePack, encodePack, PACK_NAME } from '../base/code-pack.ts';
import { replaceFile } from '../base/replace-file.ts';
import { CorruptCodeError, decodeCode } from '../bytecode/serialise.ts';

/** A cache of encoded code objects. */
export class CodeCache {
  private readonly folder: string | null;
  private writable = true;

  /** `folder` null: caches nothing. */
  constructor(folder: string | null, ladonVersion: string, optimize: number) {
    this.folder = folder === null ? null : join(folder, codeFolderName(CODE_FORMAT_VERSION, ladonVersion, optimize));
  }

  private pathOf(folder: string, module: string, fingerprint: string): string {
    return join(folder, `${module}.${fingerprint}.lcode`);
  }

  /** The code of a module whose source has this fingerprint; undefined when it is not cached or damaged. */
  get(module: string, fingerprint: string): Uint8Array | undefined {
    if (this.folder === null) return undefined;
    const path = this.pathOf(this.folder, module, fingerprint);
    let bytes: Uint8Array;
    try {
      bytes = readFileSync(path);
    } catch {
      // Not there or not readable: the caller compiles.
      return undefined;
    }
    try {
      decodeCode(bytes);
      return bytes;
    } catch (error) {
      if (!(error instanceof CorruptCodeError)) throw error;
      rmSync(path, { force: true });
      return undefined;
    }
  }

  /** Keeps the code of a module; failure to write is not an error. */
  put(module: string, fingerprint: string, bytes: Uint8Array): void {
    if (this.folder === null || !this.writable) return;
    this.write(this.pathOf(this.folder, module, fingerprint), bytes);
  }

  /** Keeps what a start has needed as the start pack, unless the present one has it all. */
  putPack(parts: ReadonlyMap<string, Uint8Array>): void {
    if (this.folder === null || !this.writable) return;
    const path = join(this.folder, PACK_NAME);
    const present = this.readPack(path);
    if (present === undefined || [...parts.keys()].some((name) => !present.has(name))) this.write(path, encodePack(parts));
  }

  private readPack(path: string): Map<string, Uint8Array> | undefined {
    try {
      return decodePack(readFileSync(path));
    } catch {
      // Not there or not readable: it is written anew.
      return undefined;
    }
  }

  private write(path: string, bytes: Uint8Array): void {
    try {
      replaceFile(path, bytes);
    } catch {
      // A read-only or full disk: stop trying, everything works without.
      this.writable = false;
    }
  }
}
