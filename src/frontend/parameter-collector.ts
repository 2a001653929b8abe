/** Gathers the parameters of a function or lambda in the order they are written, and rejects orders that Python does not allow. */
import type * as Ast from './ast.ts';
import { makeArguments } from './ast-factory.ts';
import { SYNTAX_FAILURE } from './token-cursor.ts';

/** States: before `/`, after it, after `*` (bare or named), after `**`. Every rule violated throws SYNTAX_FAILURE. */
export class ParameterCollector {
  private positionalOnly: Ast.Arg[] = [];
  private positional: Ast.Arg[] = [];
  private readonly defaults: Ast.Expr[] = [];
  private readonly keywordOnly: Ast.Arg[] = [];
  private readonly keywordDefaults: (Ast.Expr | null)[] = [];
  private variadic: Ast.Arg | null = null;
  private keywordVariadic: Ast.Arg | null = null;
  private seenSlash = false;
  private seenStar = false;
  private bareStar = false;

  /** An ordinary parameter, with its default or null. */
  add(parameter: Ast.Arg, defaultValue: Ast.Expr | null): void {
    this.checkOpen();
    if (this.seenStar) {
      this.keywordOnly.push(parameter);
      this.keywordDefaults.push(defaultValue);
      return;
    }
    if (defaultValue !== null) this.defaults.push(defaultValue);
    else if (this.defaults.length > 0) throw SYNTAX_FAILURE;
    this.positional.push(parameter);
  }

  /** `/`: what came before is positional only. */
  addSlash(): void {
    this.checkOpen();
    if (this.seenSlash || this.seenStar || this.positional.length === 0) throw SYNTAX_FAILURE;
    this.seenSlash = true;
    this.positionalOnly = this.positional;
    this.positional = [];
  }

  /** `*` alone: keyword-only parameters must follow. */
  addBareStar(): void {
    this.checkOpen();
    if (this.seenStar) throw SYNTAX_FAILURE;
    this.seenStar = true;
    this.bareStar = true;
  }

  /** `*name` */
  addVariadic(parameter: Ast.Arg): void {
    this.checkOpen();
    if (this.seenStar) throw SYNTAX_FAILURE;
    this.seenStar = true;
    this.variadic = parameter;
  }

  /** `**name`: nothing may follow. */
  addKeywordVariadic(parameter: Ast.Arg): void {
    this.checkOpen();
    this.keywordVariadic = parameter;
  }

  /** The node; fails when a bare `*` has no keyword-only parameter after it. */
  finish(): Ast.Arguments {
    if (this.bareStar && this.keywordOnly.length === 0) throw SYNTAX_FAILURE;
    return makeArguments(
      this.positionalOnly, this.positional, this.variadic, this.keywordOnly, this.keywordDefaults, this.keywordVariadic, this.defaults,
    );
  }

  private checkOpen(): void {
    if (this.keywordVariadic !== null) throw SYNTAX_FAILURE;
  }
}
