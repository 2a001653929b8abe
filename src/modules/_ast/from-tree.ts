/** Node objects of a syntax tree. */
import type { Literal } from '../../base/constants.ts';
import { ASDL_ATTRIBUTES, asdlNodes, type AsdlField, type AsdlNode } from '../../frontend/asdl.ts';
import type { Mod } from '../../frontend/ast.ts';
import { preprocess } from '../../compiler/preprocess.ts';
import { PyCF, type SourceOptions } from '../../interp/compile-source.ts';
import type { PyInstance } from '../../core/instance.ts';
import type { Thread } from '../../core/thread.ts';
import type { Value } from '../../core/value.ts';
import { constToValue } from '../../objects/code.ts';
import { newInstance, setInstanceAttribute } from '../../objects/instance-attributes.ts';
import { newList } from '../../objects/make.ts';
import { enterNative, leaveNative } from '../../objects/recursion.ts';
import { astClasses, ENUMERATIONS, type AstClasses } from './classes.ts';

type TreeRecord = Readonly<Record<string, unknown>>;

/** The name of a field in the tree's records: `kind` is taken there. */
export function treeField(name: string): string {
  return name === 'kind' ? 'u_kind' : name;
}

function fieldValue(t: Thread, classes: AstClasses, field: AsdlField, value: unknown): Value {
  if (Array.isArray(value)) return newList(value.map((item) => fieldValue(t, classes, field, item)));
  if (field.type === 'constant') return constToValue(t, value as Literal);
  if (value === null || value === undefined) return null;
  if (ENUMERATIONS.has(field.type)) return classes.singletons.get(value as string)!;
  if (typeof value !== 'object') return value as string | number;
  return nodeObject(t, classes, value as TreeRecord);
}

function nodeObject(t: Thread, classes: AstClasses, record: TreeRecord): Value {
  enterNative(t, ' during ast construction');
  const node: AsdlNode = asdlNodes().get(record.kind as string)!;
  const made: PyInstance = newInstance(classes.byName.get(node.name)!);
  for (const field of node.fields) setInstanceAttribute(made, field.name, fieldValue(t, classes, field, record[treeField(field.name)]));
  if (node.located) for (const name of ASDL_ATTRIBUTES) setInstanceAttribute(made, name, record[name] as number);
  leaveNative(t);
  return made;
}

/** See `AstBridge.fromTree`. */
export function fromTree(t: Thread, tree: Mod, options: SourceOptions): Value {
  if ((options.flags & PyCF.OPTIMIZED_AST) === PyCF.OPTIMIZED_AST) {
    const optimize = options.optimize < 0 ? t.interpreter.config.optimize : options.optimize;
    preprocess(tree, { filename: options.filename, optimize, flags: options.flags, warn: null });
  }
  return nodeObject(t, astClasses(t), tree as unknown as TreeRecord);
}
