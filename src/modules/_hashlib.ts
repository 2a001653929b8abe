/**
 * `_hashlib`: the OpenSSL that is in Node, by way of `node:crypto` (Modules/_hashopenssl.c).
 *
 * An HMAC is two running hashes, those of the inner and the outer pad, as the host's own HMAC objects cannot be copied.
 */
import { PyBuiltinFunction } from '../core/native.ts';
import type { Thread } from '../core/thread.ts';
import { PyObject, type Maybe, type Value } from '../core/value.ts';
import { requireBytesLike } from '../objects/buffer.ts';
import { ValueError } from '../objects/exception-types.ts';
import { tableGetStr, tableSet, tableSetStr } from '../objects/hash-table.ts';
import { PyMappingProxy } from '../objects/mapping-proxy.ts';
import { newBytes, newDict, newFrozenSet, newSet } from '../objects/make.ts';
import { strArgument } from '../objects/native-arguments.ts';
import { toIndex } from '../objects/operators.ts';
import { raise, raiseOverflowError, raiseTypeError, raiseValueError } from '../objects/raise.ts';
import { staticType } from '../objects/static-types.ts';
import { addressOf, repr } from '../objects/text.ts';
import { readyType, type MethodRow } from '../objects/type-ready.ts';
import { exceptionType } from './exception-type.ts';
import { crypto, GIL_MINSIZE, HASH_ATTRIBUTES, hashInput, hashMethods, hexOf, initialInput, PyHash, type Algorithm } from './hash-object.ts';
import type { NativeModule } from './native-module.ts';
import { operator_compareDigest } from './_operator.ts';

const UNSUPPORTED = exceptionType('UnsupportedDigestmodError', '_hashlib', ValueError);

/** Name in Python, the host's name, other names that OpenSSL knows (in small letters), sizes of digest and block in bytes. */
const ROWS: readonly (readonly [name: string, host: string, others: string, digestSize: number, blockSize: number])[] = [
  ['md5', 'md5', 'ssl3-md5', 16, 64],
  ['md5-sha1', 'md5-sha1', '', 36, 64],
  ['sha1', 'sha1', 'sha-1 ssl3-sha1', 20, 64],
  ['sha224', 'sha224', 'sha-224 sha2-224', 28, 64],
  ['sha256', 'sha256', 'sha-256 sha2-256', 32, 64],
  ['sha384', 'sha384', 'sha-384 sha2-384', 48, 128],
  ['sha512', 'sha512', 'sha-512 sha2-512', 64, 128],
  ['sha512_224', 'sha512-224', 'sha512-224 sha-512/224 sha2-512/224', 28, 128],
  ['sha512_256', 'sha512-256', 'sha512-256 sha-512/256 sha2-512/256', 32, 128],
  ['sha3_224', 'sha3-224', 'sha3-224', 28, 144],
  ['sha3_256', 'sha3-256', 'sha3-256', 32, 136],
  ['sha3_384', 'sha3-384', 'sha3-384', 48, 104],
  ['sha3_512', 'sha3-512', 'sha3-512', 64, 72],
  ['shake_128', 'shake128', 'shake-128 shake128', 0, 168],
  ['shake_256', 'shake256', 'shake-256 shake256', 0, 136],
  ['blake2b', 'blake2b512', 'blake2b-512 blake2b512', 64, 128],
  ['blake2s', 'blake2s256', 'blake2s-256 blake2s256', 32, 64],
  ['ripemd160', 'ripemd160', 'ripemd-160 ripemd rmd160', 20, 64],
  ['sm3', 'sm3', '', 32, 64],
];

const ALGORITHMS = new Map<string, Algorithm>();
for (const [name, host, others, digestSize, blockSize] of ROWS) {
  for (const key of [name, ...(others === '' ? [] : others.split(' '))]) ALGORITHMS.set(key, { name, host, digestSize, blockSize });
}

function unsupported(): never {
  return raise(UNSUPPORTED, '[digital envelope routines] unsupported');
}

function algorithmOf(name: string): Algorithm {
  const algorithm = ALGORITHMS.get(name.toLowerCase()) ?? unsupported();
  // A host may be built without the older ones.
  return crypto().getHashes().includes(algorithm.host) ? algorithm : unsupported();
}

/** The algorithm of `digestmod`: a name, or one of this module's functions. */
function algorithmOfMode(t: Thread, mode: Value): Algorithm {
  if (typeof mode === 'string') return algorithmOf(mode);
  const name = mode instanceof PyBuiltinFunction && mode.moduleName === '_hashlib' ? mode.definition.name : '';
  return name.startsWith('openssl_') ? algorithmOf(name.slice('openssl_'.length)) : raise(UNSUPPORTED, `Unsupported digestmod ${repr(t, mode)}`);
}

const HASH_DOC = 'A running hash of bytes: update() feeds it, digest() and hexdigest() tell the digest so far, copy() makes another one that goes on from here.';

const HASH_TYPE = readyType(staticType('HASH', { module: '_hashlib', disallowInstantiation: true, baseType: true }), {
  doc: HASH_DOC,
  slots: { tp_repr: (_t, self) => `<${(self as PyHash).algorithm.name} _hashlib.${(self as PyHash).type.name} object @ ${addressOf(self)}>` },
  methods: hashMethods('($self, /)'),
  getset: HASH_ATTRIBUTES,
});
const HASHXOF_TYPE = readyType(staticType('HASHXOF', { module: '_hashlib', base: HASH_TYPE, disallowInstantiation: true, baseType: true }), {
  doc: `${HASH_DOC} digest() and hexdigest() take the length in bytes.`,
  methods: hashMethods('($self, length)'),
});

function newHash(algorithm: Algorithm): PyHash {
  return new PyHash(algorithm.digestSize === 0 ? HASHXOF_TYPE : HASH_TYPE, algorithm);
}

function makeHash(t: Thread, algorithm: Algorithm, data: Maybe, string: Maybe): PyHash {
  const initial = initialInput(t, data, string);
  const made = newHash(algorithm);
  if (initial !== undefined) made.update(initial);
  return made;
}

class PyHmac extends PyObject {
  readonly algorithm: Algorithm;
  readonly inner: PyHash;
  readonly outer: PyHash;
  constructor(algorithm: Algorithm, inner: PyHash, outer: PyHash) {
    super(HMAC_TYPE);
    this.algorithm = algorithm;
    this.inner = inner;
    this.outer = outer;
  }

  digest(): Uint8Array {
    const outer = this.outer.copy();
    outer.update(this.inner.digest());
    return outer.digest();
  }
}

const INNER_PAD = 0x36;
const OUTER_PAD = 0x5c;

function newHmac(algorithm: Algorithm, key: Uint8Array): PyHmac {
  // OpenSSL refuses digests of any length without telling why.
  if (algorithm.digestSize === 0) raiseValueError('no reason supplied');
  const block = new Uint8Array(algorithm.blockSize);
  if (key.length > block.length) {
    const hash = newHash(algorithm);
    hash.update(key);
    block.set(hash.digest());
  } else block.set(key);
  const [inner, outer] = [newHash(algorithm), newHash(algorithm)];
  inner.update(block.map((byte) => byte ^ INNER_PAD));
  outer.update(block.map((byte) => byte ^ OUTER_PAD));
  return new PyHmac(algorithm, inner, outer);
}

const HMAC_TYPE = readyType(staticType('HMAC', { module: '_hashlib', disallowInstantiation: true, baseType: true }), {
  doc: 'A running HMAC: update() feeds it, digest() and hexdigest() tell the code so far, copy() makes another one that goes on from here.',
  slots: { tp_repr: (_t, self) => `<${(self as PyHmac).algorithm.name} HMAC object @ ${addressOf(self)}>` },
  methods: {
    update: [(t: Thread, self: PyHmac, msg: Value) => self.inner.update(hashInput(t, msg)), '($self, /, msg)', 'Update the HMAC object with msg.'],
    digest: [(_t: Thread, self: PyHmac) => newBytes(self.digest()), '($self, /)', 'Return the digest of the bytes passed to the update() method so far.'],
    hexdigest: [(_t: Thread, self: PyHmac) => hexOf(self.digest()), '($self, /)', 'Return hexadecimal digest of the bytes passed to the update() method so far.'],
    copy: [(_t: Thread, self: PyHmac) => new PyHmac(self.algorithm, self.inner.copy(), self.outer.copy()), '($self, /)', 'Return a copy ("clone") of the HMAC object.'],
  },
  getset: {
    name: { get: (_t, self) => `hmac-${(self as PyHmac).algorithm.name}` },
    digest_size: { get: (_t, self) => (self as PyHmac).algorithm.digestSize },
    block_size: { get: (_t, self) => (self as PyHmac).algorithm.blockSize },
  },
});

function hashlib_hmac_new(t: Thread, key: Value, msg?: Value, digestmod?: Value): Value {
  const secret = requireBytesLike(t, key);
  if (digestmod === undefined || digestmod === null) raiseTypeError("Missing required parameter 'digestmod'.");
  const made = newHmac(algorithmOfMode(t, digestmod), secret);
  if (msg !== undefined && msg !== null) made.inner.update(hashInput(t, msg));
  return made;
}

function hashlib_hmac_digest(t: Thread, key: Value, msg: Value, digest: Value): Value {
  const made = newHmac(algorithmOfMode(t, digest), requireBytesLike(t, key));
  made.inner.update(requireBytesLike(t, msg));
  return newBytes(made.digest());
}

/** The largest C int. */
const INT_MAX = 2 ** 31 - 1;

function hashlib_pbkdf2_hmac(t: Thread, name: Value, password: Value, salt: Value, iterations: Value, dklen?: Value): Value {
  const algorithm = algorithmOf(strArgument(name, "pbkdf2_hmac() argument 'hash_name'"));
  const [secret, grains] = [requireBytesLike(t, password), requireBytesLike(t, salt)];
  const rounds = toIndex(t, iterations);
  if (rounds < 1) raiseValueError('iteration value must be greater than 0.');
  if (rounds > INT_MAX) raiseOverflowError('iteration value is too great.');
  const length = dklen === undefined || dklen === null ? algorithm.digestSize : toIndex(t, dklen);
  if (length < 1) raiseValueError('key length must be greater than 0.');
  if (length > INT_MAX) raiseOverflowError('key length is too great.');
  return newBytes(new Uint8Array(crypto().pbkdf2Sync(secret, grains, Number(rounds), Number(length), algorithm.host)));
}

function unsignedArgument(t: Thread, value: Value): number | bigint {
  const number = toIndex(t, value);
  if (number < 0) raiseValueError('Cannot convert negative int');
  return number >= 2n ** 64n ? raiseOverflowError('Python int too large to convert to C unsigned long') : number;
}

/** OpenSSL's own limit of memory when none is given. */
const DEFAULT_SCRYPT_MEMORY = 32 * 1024 * 1024;

/** Whether scrypt's definition allows these parameters (RFC 7914, section 2). */
function validScrypt(n: number | bigint, r: number | bigint, p: number | bigint): boolean {
  if (r < 1 || p < 1 || BigInt(r) * BigInt(p) >= 2n ** 30n) return false;
  return BigInt(n) < 2n ** (16n * BigInt(r));
}

function hashlib_scrypt(t: Thread, password: Value, salt: Value, n: Value, r: Value, p: Value, maxmem?: Value, dklen?: Value): Value {
  const [secret, grains] = [requireBytesLike(t, password), requireBytesLike(t, salt)];
  const [cost, size, parallel] = [unsignedArgument(t, n), unsignedArgument(t, r), unsignedArgument(t, p)];
  const memory = intArgumentOf(t, maxmem, 0);
  const length = intArgumentOf(t, dklen, 64);
  if (cost < 2 || (BigInt(cost) & (BigInt(cost) - 1n)) !== 0n) raiseValueError('n must be a power of 2.');
  if (memory < 0 || memory > INT_MAX) raiseValueError(`maxmem must be positive and smaller than ${INT_MAX}`);
  if (length < 1 || length > INT_MAX) raiseValueError(`dklen must be greater than 0 and smaller than ${INT_MAX}`);
  if (!validScrypt(cost, size, parallel)) raiseValueError('Invalid parameter combination for n, r, p, maxmem.');
  // OpenSSL needs this much; the host would name its own limits instead.
  const allowed = memory === 0 ? DEFAULT_SCRYPT_MEMORY : memory;
  const needed = 128n * BigInt(size) * (BigInt(cost) + BigInt(parallel) + 2n);
  if (needed > BigInt(allowed)) raiseValueError('[digital envelope routines] memory limit exceeded');
  const options = { N: Number(cost), r: Number(size), p: Number(parallel), maxmem: allowed };
  return newBytes(new Uint8Array(crypto().scryptSync(secret, grains, length, options)));
}

function intArgumentOf(t: Thread, value: Maybe, fallback: number): number {
  return value === undefined ? fallback : Number(toIndex(t, value));
}

/** The algorithms that have a function of their own, which `hashlib` takes for its constructors. */
const CONSTRUCTORS = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha3_224', 'sha3_256', 'sha3_384', 'sha3_512', 'shake_128', 'shake_256'];

function constructors(): Record<string, MethodRow> {
  const rows: Record<string, MethodRow> = {};
  for (const name of CONSTRUCTORS) {
    const algorithm = ALGORITHMS.get(name)!;
    rows[`openssl_${name}`] = [
      (t: Thread, data?: Value, _secure?: Value, string?: Value): Value => makeHash(t, algorithm, data, string),
      "($module, /, data=b'', *, usedforsecurity=True,\n    string=None)", `Returns a ${name} hash object; optionally initialized with a string.`,
    ];
  }
  return rows;
}

function methodNames(t: Thread): Value {
  const { table } = newSet();
  for (const [name] of ROWS) tableSet(t, table, name, undefined);
  return newFrozenSet(table);
}

/** The table. */
export const HASHLIB_MODULE: NativeModule = {
  name: '_hashlib',
  doc: "OpenSSL's digests, as Node has them.",
  functions: {
    new: [
      (t: Thread, name: Value, data?: Value, _secure?: Value, string?: Value) => makeHash(t, algorithmOf(strArgument(name, "new() argument 'name'")), data, string),
      "($module, /, name, data=b'', *, usedforsecurity=True,\n    string=None)", 'Return a new hash object using the named algorithm.',
    ],
    ...constructors(),
    hmac_new: [hashlib_hmac_new, "($module, /, key, msg=b'', digestmod=None)", 'Return a new hmac object.'],
    hmac_digest: [hashlib_hmac_digest, '($module, /, key, msg, digest)', 'Single-shot HMAC.'],
    pbkdf2_hmac: [hashlib_pbkdf2_hmac, '($module, /, hash_name, password, salt, iterations, dklen=None)', 'Password based key derivation function 2 (PKCS #5 v2.0) with HMAC as pseudorandom function.'],
    scrypt: [hashlib_scrypt, '($module, /, password, *, salt, n, r, p, maxmem=0, dklen=64)', 'scrypt password-based key derivation function.'],
    compare_digest: [operator_compareDigest, '($module, a, b, /)', "Return 'a == b', taking as long wherever they differ."],
    get_fips_mode: [() => crypto().getFips(), '($module, /)', 'Determine the OpenSSL FIPS mode of operation.'],
  },
  types: { HASH: HASH_TYPE, HASHXOF: HASHXOF_TYPE, HMAC: HMAC_TYPE, UnsupportedDigestmodError: UNSUPPORTED },
  attributes: (t) => ({ openssl_md_meth_names: methodNames(t), _GIL_MINSIZE: GIL_MINSIZE }),
  exec: (t, module) => {
    const names = newDict();
    for (const name of CONSTRUCTORS) tableSet(t, names.table, tableGetStr(module.dict.table, `openssl_${name}`)!, name);
    tableSetStr(module.dict.table, '_constructors', new PyMappingProxy(names));
  },
};
