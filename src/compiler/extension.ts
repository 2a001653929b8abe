/**
 * How an opcode pack takes part in the compilation of modules that ask for it (`hooks/opcode-pack.ts`): it sees functions, statements, expressions and conditions before
 * the usual rules do, and may generate them itself.
 */
import type { AsyncFunctionDef, Expr, FunctionDef, Mod, Stmt } from '../frontend/ast.ts';
import type { Codegen } from './codegen.ts';
import type { Label, Loc } from './instructions.ts';

/** What a pack does with one module. */
export interface ModuleExtension {
  /** The scope of a function is open; what is emitted runs before its body. */
  enterFunction?(c: Codegen, s: FunctionDef | AsyncFunctionDef): void;
  /** True when it has generated the statement. */
  stmt?(c: Codegen, s: Stmt): boolean;
  /** True when it has generated the expression: its value is on the stack, or it is stored to or deleted, by its context. */
  expr?(c: Codegen, e: Expr): boolean;
  /** True when it has generated a jump to `target` for a truth of `e` that equals `condition`. `e` is no `not`, `and`, `or`, conditional or chain. */
  condition?(c: Codegen, e: Expr, target: Label, condition: boolean): boolean;
  /** True when it has pushed the value of a name, stored what is on the stack in it, or deleted it; of every binding but those of inlined comprehensions. */
  name?(c: Codegen, name: string, access: 'load' | 'store' | 'delete', loc: Loc): boolean;
}

/** A pack's part of the compiler. */
export interface CompilerExtension {
  /** Looks at a tree before its names are analysed; may change it. Null for modules that do not ask for the pack. */
  begin(tree: Mod, filename: string): ModuleExtension | null;
}
