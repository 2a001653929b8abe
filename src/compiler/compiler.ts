/** The compiler's front door: a syntax tree becomes a code object. Source: CPython 3.14 `Python/compile.c`. */
import type { CodeObject } from '../bytecode/code.ts';
import { OP } from '../bytecode/opcodes.ts';
import type { Interactive, Mod, Module } from '../frontend/ast.ts';
import type { WarnCallback } from '../frontend/errors.ts';
import { futureFeatures } from '../frontend/future.ts';
import { buildSymtable } from '../frontend/symtable.ts';
import { Codegen } from './codegen.ts';
import type { Visitors } from './codegen.ts';
import { CompilationFailure, guardRecursion } from './errors.ts';
import type { CompilerExtension, ModuleExtension } from './extension.ts';
import { generateBody } from './generate-body.ts';
import { generateExpr } from './generate-expressions.ts';
import { generateStmt } from './generate-statements.ts';
import { Loc, locOf } from './instructions.ts';
import { preprocess } from './preprocess.ts';

/** How to compile. */
export interface CompileOptions {
  /** Shown in tracebacks. */
  readonly filename: string;
  /** 0; 1 removes assertions (-O), 2 docstrings too (-OO). */
  readonly optimize?: number;
  /** CPython's compiler flags: `CO_FUTURE_*` to inherit, `PyCF_ALLOW_TOP_LEVEL_AWAIT`. */
  readonly flags?: number;
  /** Receives SyntaxWarnings; returning true makes one a SyntaxError. Default: they are dropped. */
  readonly warn?: WarnCallback;
  /** Of the opcode pack that the runtime was built with. */
  readonly extension?: CompilerExtension | null;
}

const VISITORS: Visitors = { expr: generateExpr, stmt: generateStmt };

/** The visitors with a pack's in front. */
function extended(extension: ModuleExtension): Visitors {
  return {
    expr: (c, e) => (extension.expr?.(c, e) === true ? undefined : generateExpr(c, e)),
    stmt: (c, s) => (extension.stmt?.(c, s) === true ? undefined : generateStmt(c, s)),
  };
}

/**
 * Compiles a module, an interactive statement or an expression. The tree is used up: its nodes are changed on the way.
 * Throws `PySyntaxError` for wrong programs and `CompilationFailure` for trees that are too deep or malformed.
 */
export function compile(tree: Mod, options: CompileOptions): CodeObject {
  return guardRecursion(() => compileTree(tree, options));
}

function compileTree(tree: Mod, options: CompileOptions): CodeObject {
  const { filename, optimize = 0, warn = () => false } = options;
  if (tree.kind === 'FunctionType') throw new CompilationFailure('SystemError', 'module kind 4 should not be possible');
  const extension = options.extension?.begin(tree, filename) ?? null;
  const future = futureFeatures(tree, filename);
  const flags = (options.flags ?? 0) | future.flags;
  preprocess(tree, { filename, optimize, flags, warn });
  const symtable = buildSymtable(tree, { filename, flags, future });
  const c = new Codegen({ filename, optimize, flags, symtable, interactive: tree.kind === 'Interactive', warn, extension }, extension === null ? VISITORS : extended(extension));
  c.enterScope({ name: '<module>', type: 'module', entry: symtable.top, firstlineno: 1 });
  if (tree.kind === 'Expression') {
    c.visitExpr(tree.body);
    return c.exitScope(/* addNone */ false);
  }
  generateModule(c, tree);
  return c.exitScope(/* addNone */ true);
}

function generateModule(c: Codegen, tree: Module | Interactive): void {
  const first = tree.body[0];
  const loc = first === undefined ? new Loc(1, 1, 0, 0) : locOf(first);
  if (c.entry.hasConditionalAnnotations) {
    c.emitArg(OP.BUILD_SET, 0, loc);
    c.emitName(OP.STORE_NAME, '__conditional_annotations__', loc);
  }
  generateBody(c, loc, tree.body, { isInteractive: tree.kind === 'Interactive' });
}
