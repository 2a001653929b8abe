/** Syntax trees as Python objects: a door that the `_ast` module fills, as the classes are its own. */
import type { Mod } from '../frontend/ast.ts';
import type { ParseMode } from '../frontend/parser.ts';
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { NotImplementedError } from '../objects/exception-types.ts';
import { raise } from '../objects/raise.ts';
import type { SourceOptions } from './compile-source.ts';

/** What `_ast` offers. */
export interface AstBridge {
  isNode(t: Thread, value: Value): boolean;
  /** A tree from node objects; raises TypeError or ValueError for malformed ones. */
  toTree(t: Thread, node: Value, mode: ParseMode): Mod;
  /** Node objects of a tree; with PyCF_OPTIMIZED_AST of the optimised one. */
  fromTree(t: Thread, tree: Mod, options: SourceOptions): Value;
}

let bridge: AstBridge | null = null;

/** Sets the implementation; done once by `_ast`. */
export function setAstBridge(implementation: AstBridge): void {
  bridge = implementation;
}

/** Whether `value` is an instance of `_ast.AST`. */
export function isAstNode(t: Thread, value: Value): boolean {
  return bridge !== null && bridge.isNode(t, value);
}

/** See `AstBridge.toTree`. */
export function astToTree(t: Thread, node: Value, mode: ParseMode): Mod {
  return bridge === null ? raise(NotImplementedError, 'the _ast module is not loaded') : bridge.toTree(t, node, mode);
}

/** See `AstBridge.fromTree`. */
export function treeToAst(t: Thread, tree: Mod, options: SourceOptions): Value {
  return bridge === null ? raise(NotImplementedError, 'the _ast module is not loaded') : bridge.fromTree(t, tree, options);
}
