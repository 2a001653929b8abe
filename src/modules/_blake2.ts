/** `_blake2` (Modules/blake2module.c). */
import { NativeDefinition } from '../core/native.ts';
import type { KeywordNames, PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import { PyObject, type Maybe, type Value } from '../core/value.ts';
import { Blake2, BLAKE2B, BLAKE2S, type Blake2Kind } from '../objects/algorithms/blake2.ts';
import { bytesLike } from '../objects/buffer.ts';
import { newBytes } from '../objects/make.ts';
import { bindArguments } from '../objects/native-call.ts';
import { toIndex } from '../objects/operators.ts';
import { raiseOverflowError, raiseTypeError, raiseValueError, typeName } from '../objects/raise.ts';
import { staticType } from '../objects/static-types.ts';
import { isTrue } from '../objects/truth.ts';
import { asStr } from '../objects/type-of.ts';
import { readyType } from '../objects/type-ready.ts';
import type { NativeModule } from './native-module.ts';

class PyBlake2 extends PyObject {
  readonly hash: Blake2;
  readonly digestSize: number;
  constructor(type: PyType, hash: Blake2, digestSize: number) {
    super(type);
    this.hash = hash;
    this.digestSize = digestSize;
  }
}

function data(t: Thread, value: Value): Uint8Array {
  if (asStr(value) !== undefined) raiseTypeError('Strings must be encoded before hashing');
  return bytesLike(t, value) ?? raiseTypeError(`object supporting the buffer API required, not '${typeName(value)}'`);
}

const BOTH_GIVEN = "'data' and 'string' are mutually exclusive and support for 'string' keyword parameter is slated for removal in a future version.";

const NEW = new NativeDefinition(
  'blake2', () => null,
  "(data=b'', *, digest_size=64, key=b'', salt=b'', person=b'', fanout=1, depth=1, leaf_size=0, node_offset=0, node_depth=0, inner_size=0, last_node=False, usedforsecurity=True, string=None)",
  '', 'method',
);

function bounded(t: Thread, value: Maybe, fallback: number, low: number, high: number, message: string): number {
  if (value === undefined) return fallback;
  const number = toIndex(t, value);
  return number < low || number > high ? raiseValueError(message) : Number(number);
}

/** A C unsigned number below `limit`. */
function unsigned(t: Thread, value: Maybe, limit: bigint, message: string): bigint {
  if (value === undefined) return 0n;
  const number = BigInt(toIndex(t, value));
  if (number < 0n) raiseValueError('Cannot convert negative int');
  return number >= limit ? raiseOverflowError(message) : number;
}

function digestSizeOf(t: Thread, value: Maybe, name: string, most: number): number {
  if (value === undefined) return most;
  const size = toIndex(t, value);
  if (size >= 1 && size <= most) return Number(size);
  return raiseValueError(`digest_size for ${name[0]!.toUpperCase()}${name.slice(1)} must be between 1 and ${most} bytes, here it is ${size}`);
}

function part(t: Thread, value: Maybe, name: string, size: number): Uint8Array {
  const bytes = value === undefined ? new Uint8Array(0) : data(t, value);
  return bytes.length > size ? raiseValueError(`maximum ${name} length is ${size} bytes`) : bytes;
}

function newHash(t: Thread, type: PyType, kind: Blake2Kind, args: Value[], keywords: KeywordNames): Value {
  const [initial, digestSize, key, salt, person, fanout, depth, leafSize, nodeOffset, nodeDepth, innerSize, lastNode, , string] =
    bindArguments(NEW, type.name, null, false, args, keywords) as Maybe[];
  const most = 8 * kind.wordBytes;
  const block = new Uint8Array(most);
  const view = new DataView(block.buffer);
  if (initial !== undefined && string !== undefined) raiseTypeError(BOTH_GIVEN);
  const size = digestSizeOf(t, digestSize, type.solidBase.name, most);
  const secret = part(t, key, 'key', most);
  const offset = unsigned(t, nodeOffset, 1n << 64n, 'Python int too large for C unsigned long long');
  if (kind.wordBytes === 4 && offset >> 48n !== 0n) raiseOverflowError('node_offset is too large');
  block[0] = size;
  block[1] = secret.length;
  block[2] = bounded(t, fanout, 1, 0, 255, 'fanout must be between 0 and 255');
  block[3] = bounded(t, depth, 1, 1, 255, 'depth must be between 1 and 255');
  view.setUint32(4, Number(unsigned(t, leafSize, 1n << 32n, 'leaf_size is too large')), /* littleEndian */ true);
  const depthByte = bounded(t, nodeDepth, 0, 0, 255, 'node_depth must be between 0 and 255');
  const innerByte = bounded(t, innerSize, 0, 0, most, `inner_size must be between 0 and is ${most}`);
  view.setBigUint64(8, offset, /* littleEndian */ true);
  const after = kind.wordBytes === 8 ? 16 : 14;
  block[after] = depthByte;
  block[after + 1] = innerByte;
  const extra = 2 * kind.wordBytes;
  block.set(part(t, salt, 'salt', extra), most / 2);
  block.set(part(t, person, 'person', extra), most / 2 + extra);
  const hash = new Blake2(kind, block, { key: secret, lastNode: lastNode !== undefined && isTrue(t, lastNode) });
  const first = initial === undefined ? string : initial;
  if (first !== undefined) hash.update(data(t, first));
  return new PyBlake2(type, hash, size);
}

function blakeType(name: string, kind: Blake2Kind): PyType {
  const type = staticType(name, { module: '_blake2', baseType: true });
  const most = 8 * kind.wordBytes;
  return readyType(type, {
    doc: 'Return a new BLAKE2 hash object.',
    slots: { tp_new: (t, cls, args, keywords) => newHash(t, cls, kind, args, keywords) },
    methods: {
      update: [(t: Thread, self: PyBlake2, obj: Value) => self.hash.update(data(t, obj)), '($self, data, /)', "Update this hash object's state with the provided bytes-like object."],
      digest: [(_t: Thread, self: PyBlake2) => newBytes(self.hash.digest()), '($self, /)', 'Return the digest value as a bytes object.'],
      hexdigest: [(_t: Thread, self: PyBlake2) => Buffer.from(self.hash.digest()).toString('hex'), '($self, /)', 'Return the digest value as a string of hexadecimal digits.'],
      copy: [(_t: Thread, self: PyBlake2) => new PyBlake2(self.type, self.hash.copy(), self.digestSize), '($self, /)', 'Return a copy of the hash object.'],
    },
    getset: {
      name: { get: () => name },
      digest_size: { get: (_t, self) => (self as PyBlake2).digestSize },
      block_size: { get: () => 16 * kind.wordBytes },
    },
    attributes: { SALT_SIZE: 2 * kind.wordBytes, PERSON_SIZE: 2 * kind.wordBytes, MAX_KEY_SIZE: most, MAX_DIGEST_SIZE: most },
  });
}

/** The table. */
export const BLAKE2_MODULE: NativeModule = {
  name: '_blake2',
  doc: '_blake2b provides BLAKE2b for hashlib\n',
  functions: {},
  types: { blake2b: blakeType('blake2b', BLAKE2B), blake2s: blakeType('blake2s', BLAKE2S) },
};
