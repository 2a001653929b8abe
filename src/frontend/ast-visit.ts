/** Walking the tree without knowing its node types: the children of a node, in the order of its fields. */
import { lazy } from '../base/lazy.ts';
import type { AstNode } from './ast.ts';
import { asdlNodes } from './asdl.ts';

/** For each node type the fields that hold nodes; fields of plain data (names, literals, operators) are left out. */
const childFields: () => ReadonlyMap<string, readonly string[]> = lazy(() => new Map(
  [...asdlNodes().values()].map((node) => [node.name, node.fields.filter((field) => holdsNodes(field.type)).map((field) => field.name)]),
));

function holdsNodes(type: string): boolean {
  return !['identifier', 'int', 'string', 'constant', 'expr_context', 'boolop', 'operator', 'unaryop', 'cmpop'].includes(type);
}

/** Calls `visit` for every child node, field by field; absent children (null) are skipped. */
export function forEachChild(node: AstNode, visit: (child: AstNode) => void): void {
  // Every name in childFields comes from the same table as the interfaces, so the record holds nodes, arrays of them, or null.
  const record = node as unknown as Record<string, AstNode | (AstNode | null)[] | null>;
  for (const field of childFields().get(node.kind) ?? []) {
    const value = record[field];
    if (Array.isArray(value)) {
      for (const child of value) if (child !== null) visit(child);
    } else if (value !== null && value !== undefined) visit(value);
  }
}
