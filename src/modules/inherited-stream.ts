/** A duplicate of a stream that the process was started with and that cannot be opened again by its name, as a socket: it leads to the same number. */
import type { Thread } from '../core/thread.ts';
import { isStandardInput, readDescriptor, writeDescriptor } from './descriptors.ts';
import { stdinDoor } from './stdin-door.ts';
import type { VirtualFile } from './virtual-files.ts';

/** See the file. */
export class InheritedStream implements VirtualFile {
  readonly kind = 'socket';
  readonly access = 2;
  blocking = true;
  references = 0;
  private readonly fd: number;

  constructor(fd: number) {
    this.fd = fd;
  }

  readable(): boolean {
    return !isStandardInput(this.fd) || stdinDoor().ready();
  }

  writable(): boolean {
    return true;
  }

  hungUp(): boolean {
    return false;
  }

  failed(): boolean {
    return false;
  }

  read(t: Thread, bytes: Uint8Array): number {
    return readDescriptor(t, this.fd, bytes) ?? 0;
  }

  write(t: Thread, bytes: Uint8Array): number {
    return writeDescriptor(t, this.fd, bytes) ?? 0;
  }

  dispose(): void {
    // The stream itself stays open: only the copy's number was given back.
  }
}
