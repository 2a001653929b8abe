/** `_md5`, `_sha1`, `_sha2` and `_sha3` over the host's digests (Modules/md5module.c, sha1module.c, sha2module.c, sha3module.c). */
import type { PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { newBytes } from '../objects/make.ts';
import { staticType } from '../objects/static-types.ts';
import { readyType, type GetSet, type MethodRow } from '../objects/type-ready.ts';
import { GIL_MINSIZE, HASH_ATTRIBUTES, hashMethods, initialInput, PyHash, type Algorithm } from './hash-object.ts';
import type { NativeModule } from './native-module.ts';

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
  return readyType(staticType(name, { module, disallowInstantiation: true }), {
    methods: hashMethods(algorithm.digestSize === 0 ? '($self, length, /)' : '($self, /)'),
    getset: { ...HASH_ATTRIBUTES, ...(module === '_sha3' ? spongeAttributes(algorithm) : {}) },
  });
}

const SIGNATURE = "($module, /, data=b'', *, usedforsecurity=True,\n    string=<unrepresentable>)";

function constructorOf(type: PyType, algorithm: Algorithm): MethodRow {
  const make = (t: Thread, data?: Value, _secure?: Value, string?: Value): Value => {
    const initial = initialInput(t, data, string);
    const made = new PyHash(type, algorithm);
    if (initial !== undefined) made.update(initial);
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
  return { name, doc, functions, types, attributes: () => ({ _GIL_MINSIZE: GIL_MINSIZE }) };
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
