/** `from __future__ import ...`: which features a module switches on, and where the last such statement stands. Source: CPython 3.14 `Python/future.c`. */
import type { ImportFrom, Located, Mod, Stmt } from './ast.ts';
import { PySyntaxError } from './errors.ts';

/** Compiler flags that code objects and `compile()` share (CPython's `CO_FUTURE_*` and `PyCF_*`). */
export const COMPILER_FLAG = {
  FUTURE_DIVISION: 0x20000,
  FUTURE_ABSOLUTE_IMPORT: 0x40000,
  FUTURE_WITH_STATEMENT: 0x80000,
  FUTURE_PRINT_FUNCTION: 0x100000,
  FUTURE_UNICODE_LITERALS: 0x200000,
  FUTURE_BARRY_AS_BDFL: 0x400000,
  FUTURE_GENERATOR_STOP: 0x800000,
  FUTURE_ANNOTATIONS: 0x1000000,
  /** The flags that a code object inherits. */
  MASK: 0x1fe0000,
  ALLOW_TOP_LEVEL_AWAIT: 0x2000,
} as const;

/** What the `__future__` imports of a module say. */
export interface FutureFeatures {
  readonly flags: number;
  /** The last `__future__` import; null when there is none. */
  readonly location: Located | null;
}

const FEATURES: ReadonlyMap<string, number> = new Map([
  ['nested_scopes', 0], ['generators', 0], ['division', 0], ['absolute_import', 0], ['with_statement', 0], ['print_function', 0],
  ['unicode_literals', 0], ['barry_as_FLUFL', COMPILER_FLAG.FUTURE_BARRY_AS_BDFL], ['generator_stop', 0],
  ['annotations', COMPILER_FLAG.FUTURE_ANNOTATIONS],
]);

/** Reads the `__future__` imports at the start of a module; throws `PySyntaxError` for unknown features. */
export function futureFeatures(tree: Mod, filename: string): FutureFeatures {
  let flags = 0;
  let location: Located | null = null;
  if (tree.kind !== 'Module' && tree.kind !== 'Interactive') return { flags, location };
  for (let i = docstringOf(tree.body) === null ? 0 : 1; i < tree.body.length; i++) {
    const statement = tree.body[i]!;
    if (statement.kind !== 'ImportFrom' || !isFutureImport(statement)) break;
    flags |= featuresOf(statement, filename);
    location = statement;
  }
  return { flags, location };
}

/** Whether the statement is `from __future__ import ...`. */
export function isFutureImport(statement: ImportFrom): boolean {
  return statement.module === '__future__' && (statement.level ?? 0) === 0;
}

/** The docstring of a body, or null. */
export function docstringOf(body: readonly Stmt[]): string | null {
  const first = body[0];
  if (first === undefined || first.kind !== 'Expr' || first.value.kind !== 'Constant') return null;
  return typeof first.value.value === 'string' ? first.value.value : null;
}

function featuresOf(statement: ImportFrom, filename: string): number {
  let flags = 0;
  for (const alias of statement.names) {
    const flag = FEATURES.get(alias.name);
    if (flag === undefined) {
      const message = alias.name === 'braces' ? 'not a chance' : `future feature ${alias.name.slice(0, 100)} is not defined`;
      throw syntaxErrorAt(message, filename, alias);
    }
    flags |= flag;
  }
  return flags;
}

/** A SyntaxError that covers a node, as the symbol table and the compiler raise them: columns are byte offsets plus one. */
export function syntaxErrorAt(message: string, filename: string, at: Located): PySyntaxError {
  const place = { lineno: at.lineno, offset: at.col_offset + 1, end_lineno: at.end_lineno, end_offset: at.end_col_offset + 1 };
  return new PySyntaxError('SyntaxError', message, filename, place, null);
}
