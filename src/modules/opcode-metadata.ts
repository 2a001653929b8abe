/** `_opcode_metadata` of a runtime with an opcode pack: the library's file of that name knows CPython's instructions only, and `dis` shows what this says. */
import { HAVE_ARGUMENT, MIN_INSTRUMENTED_OPCODE } from '../bytecode/opcodes.ts';
import { OPCODE_TABLE } from '../bytecode/opcode-table.ts';
import type { PyDict } from '../core/containers.ts';
import { tableSetStr } from '../objects/hash-table.ts';
import { newDict } from '../objects/make.ts';
import type { NativeModule } from './native-module.ts';

function opmap(): PyDict {
  const map = newDict();
  for (const [name, [number]] of Object.entries(OPCODE_TABLE)) tableSetStr(map.table, name, number);
  return map;
}

/** The table. */
export const OPCODE_METADATA_MODULE: NativeModule = {
  name: '_opcode_metadata',
  doc: 'Numbers of instructions.',
  functions: {},
  attributes: () => ({ opmap: opmap(), _specializations: newDict(), _specialized_opmap: newDict(), HAVE_ARGUMENT, MIN_INSTRUMENTED_OPCODE }),
};
