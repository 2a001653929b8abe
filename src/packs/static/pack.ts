/**
 * The static pack: functions with primitive `int64` and `double` variables and classes with typed fields, for modules that import from `__static__`; after Static Python
 * (CinderX). `docs/static-pack.md` is the guide.
 */
import type { CompilerExtension } from '../../compiler/extension.ts';
import type { OpcodePack } from '../../hooks/opcode-pack.ts';
import type { NativeModule } from '../../modules/native-module.ts';
import { moduleExtension } from './generate.ts';
import { readModule } from './module-types.ts';
import { STATIC_MODULE } from './static-module.ts';

const COMPILER: CompilerExtension = {
  begin: (tree) => {
    const module = readModule(tree);
    return module === null ? null : moduleExtension(module);
  },
};

/** The pack. */
export const PACK: OpcodePack<CompilerExtension, NativeModule> = { name: 'static', overrides: false, compiler: COMPILER, modules: [STATIC_MODULE] };
