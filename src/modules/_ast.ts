/** `_ast`: the classes of syntax trees, and the bridge by which `compile()` takes and gives them (Python/Python-ast.c). */
import type { Value } from '../core/value.ts';
import { setAstBridge } from '../interp/ast-hook.ts';
import { PyCF } from '../interp/compile-source.ts';
import { astClasses } from './_ast/classes.ts';
import { fromTree } from './_ast/from-tree.ts';
import { isNode } from './_ast/node.ts';
import { toTree } from './_ast/to-tree.ts';
import type { NativeModule } from './native-module.ts';

setAstBridge({ isNode: (_t, value) => isNode(value), toTree, fromTree });

const FLAGS: Readonly<Record<string, Value>> = {
  PyCF_ALLOW_TOP_LEVEL_AWAIT: PyCF.ALLOW_TOP_LEVEL_AWAIT, PyCF_ONLY_AST: PyCF.ONLY_AST, PyCF_TYPE_COMMENTS: PyCF.TYPE_COMMENTS,
  PyCF_OPTIMIZED_AST: PyCF.OPTIMIZED_AST,
};

/** The table. */
export const AST_MODULE: NativeModule = {
  name: '_ast',
  doc: '',
  functions: {},
  attributes: (t) => ({ ...FLAGS, ...Object.fromEntries(astClasses(t).byName) }),
};
