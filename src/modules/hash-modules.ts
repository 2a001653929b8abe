/** `_md5`, `_sha1`, `_sha2` and `_sha3` over the host's digests (Modules/md5module.c, sha1module.c, sha2module.c, sha3module.c). */
import type { Hash } from 'node:crypto';
import { lazyBuiltin } from '../base/lazy-builtin.ts';
import type { PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import { PyObject, type Value } from '../core/value.ts';
import { bytesLike } from '../objects/buffer.ts';
import { newBytes } from '../objects/make.ts';
import { toIndex } from '../objects/operators.ts';
import { raiseOverflowError, raiseTypeError, raiseValueError, typeName } from '../objects/raise.ts';
import { staticType } from '../objects/static-types.ts';
import { asStr } from '../objects/type-of.ts';
import { readyType, type GetSet, type MethodRow } from '../objects/type-ready.ts';
import type { NativeModule } from './native-module.ts';

const crypto = lazyBuiltin('node:crypto');

interface Algorithm {
  /** `hash.name` */
  readonly name: string;
  /** The host's name. */
  readonly host: string;
  /** Bytes; 0 for digests of any length. */
  readonly digestSize: number;
  readonly blockSize: number;
}

class PyHash extends PyObject {
  readonly algorithm: Algorithm;
  readonly hash: Hash;
  /** What was fed in, for digests of any length, which the host makes at once. */
  readonly chunks: Uint8Array[];
  constructor(type: PyType, algorithm: Algorithm, hash: Hash, chunks: Uint8Array[]) {
    super(type);
    this.algorithm = algorithm;
    this.hash = hash;
    this.chunks = chunks;
  }

  update(bytes: Uint8Array): void {
    if (this.algorithm.digestSize === 0) this.chunks.push(bytes.slice());
    else this.hash.update(bytes);
  }

  digest(length: number): Uint8Array {
    if (this.algorithm.digestSize > 0) return new Uint8Array(this.hash.copy().digest());
    if (length === 0) return new Uint8Array(0);
    const hash = crypto().createHash(this.algorithm.host, { outputLength: length });
    for (const chunk of this.chunks) hash.update(chunk);
    return new Uint8Array(hash.digest());
  }
}

function data(t: Thread, value: Value): Uint8Array {
  if (asStr(value) !== undefined) raiseTypeError('Strings must be encoded before hashing');
  return bytesLike(t, value) ?? raiseTypeError(`object supporting the buffer API required, not '${typeName(value)}'`);
}

/** CPython's bound of a digest's length. */
const LONGEST_DIGEST = 2 ** 29;

function lengthOf(t: Thread, value: Value | undefined): number {
  if (value === undefined) return 0;
  const length = toIndex(t, value);
  if (length < 0) raiseValueError('Cannot convert negative int');
  if (length >= 2n ** 64n) raiseOverflowError('Python int too large for C unsigned long');
  return length >= LONGEST_DIGEST ? raiseValueError('length is too large') : Number(length);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

/** Bits of the state of Keccak. */
const STATE_BITS = 1600;

/** What `_sha3` tells of the sponge: its capacity and rate, and the bits that end the message. */
function spongeAttributes({ blockSize, digestSize }: Algorithm): Readonly<Record<string, GetSet>> {
  const rate = blockSize * 8;
  return {
    _capacity_bits: { get: () => STATE_BITS - rate },
    _rate_bits: { get: () => rate },
    _suffix: { get: () => newBytes(Uint8Array.of(digestSize === 0 ? 0x1f : 0x06)) },
  };
}

function hashType(name: string, module: string, algorithm: Algorithm): PyType {
  const type = staticType(name, { module, disallowInstantiation: true });
  const parameters = algorithm.digestSize === 0 ? '($self, length, /)' : '($self, /)';
  return readyType(type, {
    methods: {
      update: [(t: Thread, self: PyHash, obj: Value) => self.update(data(t, obj)), '($self, obj, /)', "Update this hash object's state with the provided string."],
      digest: [(t: Thread, self: PyHash, length?: Value) => newBytes(self.digest(lengthOf(t, length))), parameters, 'Return the digest value as a bytes object.'],
      hexdigest: [(t: Thread, self: PyHash, length?: Value) => hex(self.digest(lengthOf(t, length))), parameters, 'Return the digest value as a string of hexadecimal digits.'],
      copy: [(_t: Thread, self: PyHash) => new PyHash(type, algorithm, self.hash.copy(), self.chunks.slice()), '($self, /)', 'Return a copy of the hash object.'],
    },
    getset: {
      name: { get: () => algorithm.name },
      digest_size: { get: () => algorithm.digestSize },
      block_size: { get: () => algorithm.blockSize },
      ...(module === '_sha3' ? spongeAttributes(algorithm) : {}),
    },
  });
}

const SIGNATURE = "($module, /, data=b'', *, usedforsecurity=True,\n    string=<unrepresentable>)";

function constructorOf(type: PyType, algorithm: Algorithm): MethodRow {
  const make = (t: Thread, given?: Value, _secure?: Value, string?: Value): Value => {
    if (given !== undefined && string !== undefined) raiseTypeError("'data' and 'string' are mutually exclusive and support for 'string' keyword parameter is slated for removal in a future version.");
    const made = new PyHash(type, algorithm, crypto().createHash(algorithm.host), []);
    const initial = given === undefined ? string : given;
    if (initial !== undefined) made.update(data(t, initial));
    return made;
  };
  return [make, SIGNATURE, `Return a new ${algorithm.name.toUpperCase()} hash object; optionally initialized with a string.`];
}

function hashModule(name: string, doc: string, rows: readonly [typeName: string, Algorithm][]): NativeModule {
  const functions: Record<string, MethodRow> = {};
  const types: Record<string, PyType> = {};
  for (const [typeName, algorithm] of rows) {
    const type = hashType(typeName, name, algorithm);
    functions[algorithm.name] = constructorOf(type, algorithm);
    if (name !== '_sha3') types[typeName] = type;
  }
  return { name, doc, functions, types };
}

function sha2(bits: number, blockSize: number): [string, Algorithm] {
  return [`SHA${bits}Type`, { name: `sha${bits}`, host: `sha${bits}`, digestSize: bits / 8, blockSize }];
}

function sha3(bits: number): [string, Algorithm] {
  return [`sha3_${bits}`, { name: `sha3_${bits}`, host: `sha3-${bits}`, digestSize: bits / 8, blockSize: 200 - bits / 4 }];
}

/** `_md5` */
export const MD5_MODULE = hashModule('_md5', '', [['MD5Type', { name: 'md5', host: 'md5', digestSize: 16, blockSize: 64 }]]);
/** `_sha1` */
export const SHA1_MODULE = hashModule('_sha1', '', [['SHA1Type', { name: 'sha1', host: 'sha1', digestSize: 20, blockSize: 64 }]]);
/** `_sha2` */
export const SHA2_MODULE = hashModule('_sha2', '', [sha2(224, 64), sha2(256, 64), sha2(384, 128), sha2(512, 128)]);
/** `_sha3` */
export const SHA3_MODULE = hashModule('_sha3', '', [
  sha3(224), sha3(256), sha3(384), sha3(512),
  ['shake_128', { name: 'shake_128', host: 'shake128', digestSize: 0, blockSize: 168 }], ['shake_256', { name: 'shake_256', host: 'shake256', digestSize: 0, blockSize: 136 }],
]);
