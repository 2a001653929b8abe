/** The body of a module or class: docstring, statements, annotations. */
import { OP } from '../bytecode/opcodes.ts';
import type { Stmt } from '../frontend/ast.ts';
import { docstringOf } from '../frontend/future.ts';
import { cleanDoc } from './clean-doc.ts';
import type { Codegen } from './codegen.ts';
import { generateDeferredAnnotations } from './generate-annotations.ts';
import { NO_LOC, locOf } from './instructions.ts';
import type { Loc } from './instructions.ts';

/** Generates the statements of a module or class. `loc`: where what belongs to no statement stands. */
export function generateBody(c: Codegen, loc: Loc, body: readonly Stmt[], options: { isInteractive: boolean }): void {
  if (c.futureAnnotations && c.entry.annotationsUsed) c.emit(OP.SETUP_ANNOTATIONS, loc);
  if (body.length === 0) return;
  let rest = body;
  const first = body[0]!;
  // At the prompt a string is printed, not kept as documentation.
  if (!options.isInteractive && c.entry.hasDocstring && first.kind === 'Expr') {
    c.emitConst(cleanDoc(docstringOf(body)!), locOf(first.value));
    c.storeName('__doc__', NO_LOC);
    rest = body.slice(1);
  }
  c.visitStmts(rest);
  if (!c.futureAnnotations) generateDeferredAnnotations(c, loc);
}
