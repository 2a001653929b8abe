/** `_md5` (Modules/md5module.c). */
import { hashTypeAndFunction } from './_hash/hash-object.ts';
import type { NativeModule } from './native-module.ts';

const [MD5_TYPE, MD5] = hashTypeAndFunction('_md5', 'md5', { name: 'md5', platformName: 'md5', blockSize: 64, digestSize: 16 });

/** The table. */
export const MD5_MODULE: NativeModule = {
  name: '_md5',
  doc: '',
  types: { MD5Type: MD5_TYPE },
  functions: { md5: MD5 },
  attributes: () => ({ _GIL_MINSIZE: 2048 }),
};
