/** What the hash modules share: the object with update, digest, hexdigest and copy, and the checks of its data argument (Modules/hashlib.h). */
import { createHash, type Hash } from 'node:crypto';
import type { PyType } from '../../core/type.ts';
import type { Thread } from '../../core/thread.ts';
import { PyObject, type Maybe, type Value } from '../../core/value.ts';
import { getBuffer, viewBytes } from '../../objects/buffer.ts';
import { BufferError } from '../../objects/exception-types.ts';
import { newBytes } from '../../objects/make.ts';
import { raise, raiseTypeError } from '../../objects/raise.ts';
import { staticType } from '../../objects/static-types.ts';
import { asStr } from '../../objects/type-of.ts';
import { readyType, type MethodRow } from '../../objects/type-ready.ts';

/** A hash algorithm of the platform. */
export interface Algorithm {
  /** The name Python shows. */
  readonly name: string;
  /** The name the platform knows. */
  readonly platformName: string;
  readonly blockSize: number;
  readonly digestSize: number;
}

/** A hash object over the platform's hash. */
export class PyHash extends PyObject {
  readonly algorithm: Algorithm;
  state: Hash;
  constructor(type: PyType, algorithm: Algorithm, state: Hash = createHash(algorithm.platformName)) {
    super(type);
    this.algorithm = algorithm;
    this.state = state;
  }
}

/** Text signature of the constructors. */
export const CONSTRUCTOR_SIGNATURE = "($module, /, data=b'', *, usedforsecurity=True, string=None)";

/** The data to hash: a contiguous buffer, not str. The bytes are copied where the platform would refuse shared memory. */
export function hashData(t: Thread, value: Value): Uint8Array {
  if (asStr(value) !== undefined) raiseTypeError('Strings must be encoded before hashing');
  const view = getBuffer(t, value) ?? raiseTypeError('object supporting the buffer API required');
  if (view.shape.length > 1) {
    view.release();
    raise(BufferError, 'Buffer must be single dimension');
  }
  const bytes = viewBytes(view);
  view.release();
  return bytes.buffer instanceof SharedArrayBuffer ? bytes.slice() : bytes;
}

/** The constructor's data: positional `data` or the old keyword `string`, not both. */
export function initialData(data: Maybe, string: Maybe): Maybe {
  if (string === undefined || string === null) return data;
  if (data === undefined) return string;
  return raiseTypeError("'data' and 'string' are mutually exclusive and support for 'string' keyword parameter is slated for removal in a future version.");
}

/** Bytes as lower-case hexadecimal text. */
export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
}

/** A new hash object of a type with the given first data. */
export function newHash(t: Thread, type: PyType, algorithm: Algorithm, data: Maybe, string: Maybe): PyHash {
  const first = initialData(data, string);
  const hash = new PyHash(type, algorithm);
  if (first !== undefined) hash.state.update(hashData(t, first));
  return hash;
}

function digestOf(self: PyHash): Uint8Array {
  return new Uint8Array(self.state.copy().digest());
}

/** The methods of hash objects of fixed digest size. */
export const HASH_METHODS: Readonly<Record<string, MethodRow>> = {
  copy: [(_t: Thread, self: PyHash) => new PyHash(self.type, self.algorithm, self.state.copy()), '($self, /)', 'Return a copy of the hash object.'],
  digest: [(_t: Thread, self: PyHash) => newBytes(digestOf(self)), '($self, /)', 'Return the digest value as a bytes object.'],
  hexdigest: [(_t: Thread, self: PyHash) => hexOf(digestOf(self)), '($self, /)', 'Return the digest value as a string of hexadecimal digits.'],
  update: [(t: Thread, self: PyHash, data: Value) => void self.state.update(hashData(t, data)), '($self, obj, /)', "Update this hash object's state with the provided string."],
};

/** Their computed attributes. */
export const HASH_GETSET = {
  block_size: { get: (_t: Thread, self: Value): Value => (self as PyHash).algorithm.blockSize },
  name: { get: (_t: Thread, self: Value): Value => (self as PyHash).algorithm.name },
  digest_size: { get: (_t: Thread, self: Value): Value => (self as PyHash).algorithm.digestSize },
};

/** A hash type that only its module's function makes, and that function's row. */
export function hashTypeAndFunction(module: string, typeName: string, algorithm: Algorithm): [PyType, MethodRow] {
  const type = readyType(staticType(typeName, { module, disallowInstantiation: true }), { methods: HASH_METHODS, getset: HASH_GETSET });
  const make = (t: Thread, data: Maybe, _usedForSecurity: Maybe, string: Maybe): Value => newHash(t, type, algorithm, data, string);
  return [type, [make, CONSTRUCTOR_SIGNATURE, `Return a new ${algorithm.name.toUpperCase()} hash object; optionally initialized with a string.`]];
}
