/** `errno` (Modules/errnomodule.c). */
import type { Value } from '../core/value.ts';
import { tableSet } from '../objects/hash-table.ts';
import { newDict } from '../objects/make.ts';
import { ERRNO_ROWS } from './errno-table.ts';
import type { NativeModule } from './native-module.ts';

/** The table. */
export const ERRNO_MODULE: NativeModule = {
  name: 'errno',
  doc: 'This module makes available standard errno system symbols.',
  functions: {},
  attributes: (t) => {
    const values: Record<string, Value> = {};
    const errorcode = newDict();
    for (const [number, , ...names] of ERRNO_ROWS) {
      tableSet(t, errorcode.table, number, names[0]!);
      for (const name of names) values[name] = number;
    }
    return { ...values, errorcode };
  },
};
