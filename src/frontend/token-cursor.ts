/**
 * The parser's view of the tokens: where it is, what it may expect, and how it gives up.
 *
 * The parser proper knows one kind of failure, SYNTAX_FAILURE, and says nothing about it: a second, slower parser (syntax-error-*.ts) then
 * finds CPython's message. That keeps the parser for correct programs free of error handling.
 */
import type * as Ast from './ast.ts';
import type { WarnCallback } from './errors.ts';
import type { UnicodeNameResolver } from './literals.ts';
import type { TokenBuffer } from './token-buffer.ts';
import { DEDENT, NAME, NEWLINE } from './token-types.ts';

/** Thrown when the program is wrong; it carries nothing, so that throwing it is cheap. */
export const SYNTAX_FAILURE = { failure: 'syntax' } as const;
/** Thrown when the program is nested deeper than CPython's parser goes. */
export const NESTING_FAILURE = { failure: 'nesting' } as const;

/** CPython's parser has 6000 levels; what one recursion costs is measured in its rules. */
const MAX_DEPTH = 5968;

/** What the parser needs to know besides the tokens. */
export interface ParserContext {
  readonly source: string;
  readonly tokens: TokenBuffer;
  readonly resolveUnicodeName: UnicodeNameResolver;
  readonly warn: WarnCallback | null;
  readonly maxIntegerDigits: number;
  /** Whether `<>` is spelled in place of `!=` (`from __future__ import barry_as_FLUFL`). */
  readonly flufl: boolean;
}

/** The state of the parser and the smallest steps; each grammar area extends it. */
export abstract class TokenCursor {
  protected readonly source: string;
  protected readonly types: Uint8Array;
  protected readonly starts: Int32Array;
  protected readonly ends: Int32Array;
  protected readonly linenos: Int32Array;
  protected readonly columns: Int32Array;
  protected readonly endLinenos: Int32Array;
  protected readonly endColumns: Int32Array;
  protected readonly names: readonly (string | null)[];
  protected readonly context: ParserContext;
  protected flufl: boolean;
  /** Index of the current token. */
  protected pos = 0;
  /** Type of the current token: always `types[pos]`. */
  protected tok: number;
  private depth = 0;

  constructor(context: ParserContext) {
    const tokens = context.tokens;
    this.source = context.source;
    this.types = tokens.types;
    this.starts = tokens.starts;
    this.ends = tokens.ends;
    this.linenos = tokens.linenos;
    this.columns = tokens.columns;
    this.endLinenos = tokens.endLinenos;
    this.endColumns = tokens.endColumns;
    this.names = tokens.names;
    this.context = context;
    this.flufl = context.flufl;
    this.tok = this.types[0] as number;
  }

  /** Goes to the next token. */
  protected advance(): void {
    this.tok = this.types[++this.pos] as number;
  }

  /** Goes back to a token met before. */
  protected goTo(pos: number): void {
    this.pos = pos;
    this.tok = this.types[pos] as number;
  }

  /** The type of the token after the current one. */
  protected peek(): number {
    return this.types[this.pos + 1] as number;
  }

  protected accept(type: number): boolean {
    if (this.tok !== type) return false;
    this.advance();
    return true;
  }

  protected expect(type: number): void {
    if (this.tok !== type) throw SYNTAX_FAILURE;
    this.advance();
  }

  /** Consumes a NAME and returns its identifier. */
  protected expectName(): string {
    if (this.tok !== NAME) throw SYNTAX_FAILURE;
    const name = this.names[this.pos] as string;
    this.advance();
    return name;
  }

  /** The text of a token. */
  protected text(pos: number): string {
    return this.source.slice(this.starts[pos], this.ends[pos]);
  }

  /** The line where the last consumed token ends. */
  protected endLine(): number {
    return this.endLinenos[this.pos - 1] as number;
  }

  /** The column where the last consumed token ends. */
  protected endColumn(): number {
    return this.endColumns[this.pos - 1] as number;
  }

  /** Index of the last consumed token that is neither a newline nor a change of indentation: where a compound statement ends. */
  protected lastWordyToken(): number {
    let i = this.pos - 1;
    while (i > 0 && (this.types[i] as number) >= NEWLINE && (this.types[i] as number) <= DEDENT) i--;
    return i;
  }

  /** Counts levels of recursion as CPython's parser would. Pair with `leave`. */
  protected enter(levels: number): void {
    this.depth += levels;
    if (this.depth > MAX_DEPTH) throw NESTING_FAILURE;
  }

  protected leave(levels: number): void {
    this.depth -= levels;
  }

  /** The recursion depth, to be restored when an attempt to parse is abandoned. */
  protected get nesting(): number {
    return this.depth;
  }

  protected set nesting(depth: number) {
    this.depth = depth;
  }

  /** Turns an expression that has been read into an assignment or `del` target, in place. */
  protected asTarget(expr: Ast.Expr, ctx: 'Store' | 'Del'): Ast.Expr {
    switch (expr.kind) {
      case 'Name':
      case 'Attribute':
      case 'Subscript':
        expr.ctx = ctx;
        return expr;
      case 'Tuple':
      case 'List':
        for (const element of expr.elts) this.asTarget(element, ctx);
        expr.ctx = ctx;
        return expr;
      case 'Starred':
        if (ctx === 'Del' || expr.value.kind === 'Starred') throw SYNTAX_FAILURE;
        this.asTarget(expr.value, ctx);
        expr.ctx = ctx;
        return expr;
      default:
        throw SYNTAX_FAILURE;
    }
  }

  /** The same for targets that can be annotated or augmented: no tuples, lists or stars. */
  protected asSingleTarget(expr: Ast.Expr): Ast.Name | Ast.Attribute | Ast.Subscript {
    if (expr.kind !== 'Name' && expr.kind !== 'Attribute' && expr.kind !== 'Subscript') throw SYNTAX_FAILURE;
    expr.ctx = 'Store';
    return expr;
  }
}
