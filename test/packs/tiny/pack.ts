/** A pack for tests: in modules that `import tiny`, `square(x)` and the sum of two parameters have instructions of their own. */
import { OP } from '../../../src/bytecode/opcodes.ts';
import type { CompilerExtension, ModuleExtension } from '../../../src/compiler/extension.ts';
import { locOf } from '../../../src/compiler/instructions.ts';
import type { OpcodePack } from '../../../src/hooks/opcode-pack.ts';
import type { NativeModule } from '../../../src/modules/native-module.ts';
import type { OPCODES } from './opcodes.ts';

const NUMBERS = OP as unknown as Readonly<Record<keyof typeof OPCODES, number>>;

const MODULE: ModuleExtension = {
  expr: (c, e) => {
    if (e.kind === 'Call' && e.func.kind === 'Name' && e.func.id === 'square' && e.args.length === 1) {
      c.visitExpr(e.args[0]!);
      c.emit(NUMBERS.TINY_SQUARE, locOf(e));
      return true;
    }
    if (e.kind !== 'BinOp' || e.op !== 'Add' || e.left.kind !== 'Name' || e.right.kind !== 'Name') return false;
    const left = c.unit.varnames.get(e.left.id);
    const right = c.unit.varnames.get(e.right.id);
    if (left === undefined || right === undefined) return false;
    c.emitArg(NUMBERS.TINY_ADD_LOCALS, left | (right << 8), locOf(e));
    return true;
  },
};

const COMPILER: CompilerExtension = {
  begin: (tree) => (tree.kind === 'Module' && tree.body.some((s) => s.kind === 'Import' && s.names.some(({ name }) => name === 'tiny')) ? MODULE : null),
};

/** The pack. */
export const PACK: OpcodePack<CompilerExtension, NativeModule> = {
  name: 'tiny',
  overrides: true,
  compiler: COMPILER,
  modules: [{ name: 'tiny', doc: 'Asks for the tiny pack.', functions: {} }],
};
