/** `_sha3`: SHA-3 and SHAKE (Modules/sha3module.c). */
import { NativeDefinition } from '../core/native.ts';
import type { KeywordNames, PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import { newBytes } from '../objects/make.ts';
import { bindArguments } from '../objects/native-call.ts';
import { toIndex } from '../objects/operators.ts';
import { raiseOverflowError, raiseValueError } from '../objects/raise.ts';
import { staticType } from '../objects/static-types.ts';
import { readyType } from '../objects/type-ready.ts';
import { CONSTRUCTOR_SIGNATURE, HASH_GETSET, HASH_METHODS, hexOf, newHash, PyHash, type Algorithm } from './_hash/hash-object.ts';
import type { NativeModule } from './native-module.ts';

const SHA3_SUFFIX = 6;
const SHAKE_SUFFIX = 0x1f;
const STATE_BITS = 1600;
const MAX_SHAKE_LENGTH = 2 ** 29;

function sha3Type(name: string, algorithm: Algorithm): PyType {
  const constructor = new NativeDefinition(name, () => null, CONSTRUCTOR_SIGNATURE.replace('$module, /, ', ''), '', 'method');
  const shake = algorithm.digestSize === 0;
  const rate = 8 * algorithm.blockSize;
  return readyType(staticType(name, { module: '_sha3' }), {
    doc: shake
      ? `${name}([data], *, usedforsecurity=True) -> SHAKE object\n\nReturn a new SHAKE hash object.`
      : `${name}([data], *, usedforsecurity=True) -> SHA3 object\n\nReturn a new SHA3 hash object with a hashbit length of ${algorithm.digestSize} bytes.`,
    slots: {
      tp_new: (t, type, args: readonly Value[], keywords: KeywordNames) => {
        const [data, , string] = bindArguments(constructor, name, null, false, args, keywords) as Maybe[];
        return newHash(t, type, algorithm, data, string);
      },
    },
    methods: { ...HASH_METHODS, update: [HASH_METHODS.update![0], '($self, data, /)', 'Update this hash object with the provided bytes-like object.'], ...(shake ? SHAKE_METHODS : {}) },
    getset: {
      ...HASH_GETSET,
      _capacity_bits: { get: () => STATE_BITS - rate },
      _rate_bits: { get: () => rate },
      _suffix: { get: () => newBytes(Uint8Array.of(shake ? SHAKE_SUFFIX : SHA3_SUFFIX)) },
    },
  });
}

function squeeze(t: Thread, self: PyHash, length: Value): Uint8Array {
  const size = toIndex(t, length);
  if (size < 0) raiseValueError('Cannot convert negative int');
  if (size >= 2n ** 64n) raiseOverflowError('Python int too large for C unsigned long');
  if (size >= MAX_SHAKE_LENGTH) raiseValueError('length is too large');
  if (size === 0) return new Uint8Array(0);
  return new Uint8Array(self.state.copy({ outputLength: Number(size) }).digest());
}

const SHAKE_METHODS = {
  digest: [(t: Thread, self: PyHash, length: Value) => newBytes(squeeze(t, self, length)), '($self, /, length)', 'Return the digest value as a bytes object.'],
  hexdigest: [(t: Thread, self: PyHash, length: Value) => hexOf(squeeze(t, self, length)), '($self, /, length)', 'Return the digest value as a string of hexadecimal digits.'],
} as const;

function sha3(bits: number): PyType {
  return sha3Type(`sha3_${bits}`, { name: `sha3_${bits}`, platformName: `sha3-${bits}`, blockSize: (STATE_BITS - 2 * bits) / 8, digestSize: bits / 8 });
}

function shake(bits: number): PyType {
  return sha3Type(`shake_${bits}`, { name: `shake_${bits}`, platformName: `shake${bits}`, blockSize: (STATE_BITS - 2 * bits) / 8, digestSize: 0 });
}

/** The table. */
export const SHA3_MODULE: NativeModule = {
  name: '_sha3',
  doc: '',
  types: { sha3_224: sha3(224), sha3_256: sha3(256), sha3_384: sha3(384), sha3_512: sha3(512), shake_128: shake(128), shake_256: shake(256) },
  functions: {},
  attributes: () => ({ _GIL_MINSIZE: 2048, implementation: 'OpenSSL' }),
};
