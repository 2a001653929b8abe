/** `_sha1` (Modules/sha1module.c). */
import { hashTypeAndFunction } from './_hash/hash-object.ts';
import type { NativeModule } from './native-module.ts';

const [SHA1_TYPE, SHA1] = hashTypeAndFunction('_sha1', 'sha1', { name: 'sha1', platformName: 'sha1', blockSize: 64, digestSize: 20 });

/** The table. */
export const SHA1_MODULE: NativeModule = {
  name: '_sha1',
  doc: '',
  types: { SHA1Type: SHA1_TYPE },
  functions: { sha1: SHA1 },
  attributes: () => ({ _GIL_MINSIZE: 2048 }),
};
