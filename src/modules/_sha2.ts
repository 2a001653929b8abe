/** `_sha2`: SHA-224, SHA-256, SHA-384, SHA-512 (Modules/sha2module.c). */
import { hashTypeAndFunction } from './_hash/hash-object.ts';
import type { NativeModule } from './native-module.ts';

const [SHA224_TYPE, SHA224] = hashTypeAndFunction('_sha2', 'SHA224Type', { name: 'sha224', platformName: 'sha224', blockSize: 64, digestSize: 28 });
const [SHA256_TYPE, SHA256] = hashTypeAndFunction('_sha2', 'SHA256Type', { name: 'sha256', platformName: 'sha256', blockSize: 64, digestSize: 32 });
const [SHA384_TYPE, SHA384] = hashTypeAndFunction('_sha2', 'SHA384Type', { name: 'sha384', platformName: 'sha384', blockSize: 128, digestSize: 48 });
const [SHA512_TYPE, SHA512] = hashTypeAndFunction('_sha2', 'SHA512Type', { name: 'sha512', platformName: 'sha512', blockSize: 128, digestSize: 64 });

/** The table. */
export const SHA2_MODULE: NativeModule = {
  name: '_sha2',
  doc: '',
  types: { SHA224Type: SHA224_TYPE, SHA256Type: SHA256_TYPE, SHA384Type: SHA384_TYPE, SHA512Type: SHA512_TYPE },
  functions: { sha224: SHA224, sha256: SHA256, sha384: SHA384, sha512: SHA512 },
  attributes: () => ({ _GIL_MINSIZE: 2048 }),
};
