/** `_ast`: the table, and the bridge through which `compile` takes and gives trees; classes and conversion are in `_ast/`. */
import { preprocess } from '../compiler/preprocess.ts';
import { futureFeatures } from '../frontend/future.ts';
import { PyCF } from '../interp/compile-source.ts';
import { setAstBridge } from '../interp/ast-hook.ts';
import { isInstance } from '../objects/type-of.ts';
import { nodeToObject, objectToTree } from './_ast/convert.ts';
import { addFieldTypes, AST_TYPE, AST_TYPES } from './_ast/types.ts';
import type { NativeModule } from './native-module.ts';

setAstBridge({
  isNode: (_t, value) => isInstance(value, AST_TYPE),
  toTree: objectToTree,
  fromTree: (t, tree, options) => {
    if ((options.flags & PyCF.OPTIMIZED_AST) === PyCF.OPTIMIZED_AST && tree.kind !== 'FunctionType') {
      const optimize = options.optimize < 0 ? t.interpreter.config.optimize : options.optimize;
      const flags = options.flags | futureFeatures(tree, options.filename).flags;
      preprocess(tree, { filename: options.filename, optimize, flags, warn: () => false });
    }
    return nodeToObject(t, tree);
  },
});

/** The table. */
export const AST_MODULE: NativeModule = {
  name: '_ast',
  doc: '',
  functions: {},
  types: Object.fromEntries(AST_TYPES),
  attributes: (t) => {
    addFieldTypes(t);
    return {
      PyCF_ALLOW_TOP_LEVEL_AWAIT: PyCF.ALLOW_TOP_LEVEL_AWAIT, PyCF_ONLY_AST: PyCF.ONLY_AST, PyCF_TYPE_COMMENTS: PyCF.TYPE_COMMENTS, PyCF_OPTIMIZED_AST: PyCF.OPTIMIZED_AST,
    };
  },
};
