/** Digest objects over the host's hashes, shared by `_hashlib` and the modules of single algorithms. */
import type { Hash } from 'node:crypto';
import { lazyBuiltin } from '../base/lazy-builtin.ts';
import type { PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import { PyObject, type Maybe, type Value } from '../core/value.ts';
import { bytesLike } from '../objects/buffer.ts';
import { newBytes } from '../objects/make.ts';
import { toIndex } from '../objects/operators.ts';
import { raiseOverflowError, raiseTypeError, raiseValueError } from '../objects/raise.ts';
import { asStr } from '../objects/type-of.ts';
import type { GetSet, MethodRow } from '../objects/type-ready.ts';

/** `node:crypto`, loaded at the first call. */
export const crypto = lazyBuiltin('node:crypto');

/** The number of bytes from which CPython hashes without the GIL; tests ask for it. */
export const GIL_MINSIZE = 2048;

/** A hash algorithm, for Python and for the host. */
export interface Algorithm {
  /** `hash.name` */
  readonly name: string;
  /** The host's name. */
  readonly host: string;
  /** Bytes; 0 for digests of any length. */
  readonly digestSize: number;
  readonly blockSize: number;
}

/** A running hash. The host's hash is made when it is first needed, as `hashlib` makes one of each kind when it is imported. */
export class PyHash extends PyObject {
  readonly algorithm: Algorithm;
  private running: Hash | null;
  /** What was fed in, for digests of any length, which the host makes at once. */
  private readonly chunks: Uint8Array[];
  constructor(type: PyType, algorithm: Algorithm, running: Hash | null = null, chunks: Uint8Array[] = []) {
    super(type);
    this.algorithm = algorithm;
    this.running = running;
    this.chunks = chunks;
  }

  private host(): Hash {
    return (this.running ??= crypto().createHash(this.algorithm.host));
  }

  /** Feeds bytes, which are not kept. */
  update(bytes: Uint8Array): void {
    if (this.algorithm.digestSize === 0) this.chunks.push(bytes.slice());
    else this.host().update(bytes);
  }

  /** The digest so far; `length` counts for digests of any length only. */
  digest(length = 0): Uint8Array {
    if (this.algorithm.digestSize > 0) return new Uint8Array(this.host().copy().digest());
    if (length === 0) return new Uint8Array(0);
    const hash = crypto().createHash(this.algorithm.host, { outputLength: length });
    for (const chunk of this.chunks) hash.update(chunk);
    return new Uint8Array(hash.digest());
  }

  /** A hash that goes on from here. */
  copy(): PyHash {
    return new PyHash(this.type, this.algorithm, this.running === null ? null : this.running.copy(), this.chunks.slice());
  }
}

/** What is to be hashed. */
export function hashInput(t: Thread, value: Value): Uint8Array {
  if (asStr(value) !== undefined) raiseTypeError('Strings must be encoded before hashing');
  return bytesLike(t, value) ?? raiseTypeError('object supporting the buffer API required');
}

/** The first bytes of a constructor's arguments `data` and `string`, of which one may be given. */
export function initialInput(t: Thread, data: Maybe, string: Maybe): Uint8Array | undefined {
  if (data !== undefined && string !== undefined) {
    raiseTypeError("'data' and 'string' are mutually exclusive and support for 'string' keyword parameter is slated for removal in a future version.");
  }
  const given = data === undefined ? string : data;
  return given === undefined ? undefined : hashInput(t, given);
}

/** CPython's bound of a digest's length. */
const LONGEST_DIGEST = 2 ** 29;

function lengthOf(t: Thread, value: Maybe): number {
  if (value === undefined) return 0;
  const length = toIndex(t, value);
  if (length < 0) raiseValueError('Cannot convert negative int');
  if (length >= 2n ** 64n) raiseOverflowError('Python int too large for C unsigned long');
  return length >= LONGEST_DIGEST ? raiseValueError('length is too large') : Number(length);
}

/** Bytes as hexadecimal digits. */
export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

/** The methods of a digest type. `parameters` is the signature of `digest` and `hexdigest`, which may take a length. */
export function hashMethods(parameters: string): Readonly<Record<string, MethodRow>> {
  return {
    update: [(t: Thread, self: PyHash, obj: Value) => self.update(hashInput(t, obj)), '($self, obj, /)', "Update this hash object's state with the provided string."],
    digest: [(t: Thread, self: PyHash, size?: Value) => newBytes(self.digest(lengthOf(t, size))), parameters, 'Return the digest value as a bytes object.'],
    hexdigest: [(t: Thread, self: PyHash, size?: Value) => hexOf(self.digest(lengthOf(t, size))), parameters, 'Return the digest value as a string of hexadecimal digits.'],
    copy: [(_t: Thread, self: PyHash) => self.copy(), '($self, /)', 'Return a copy of the hash object.'],
  };
}

/** The attributes of a digest type. */
export const HASH_ATTRIBUTES: Readonly<Record<string, GetSet>> = {
  name: { get: (_t, self) => (self as PyHash).algorithm.name },
  digest_size: { get: (_t, self) => (self as PyHash).algorithm.digestSize },
  block_size: { get: (_t, self) => (self as PyHash).algorithm.blockSize },
};
