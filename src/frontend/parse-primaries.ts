/** Grammar area: primaries: attributes, calls, subscripts, and the arguments in them. */
import type * as Ast from './ast.ts';
import { makeAttribute, makeAwait, makeCall, makeKeyword, makeSlice, makeStarred, makeSubscript, makeTuple } from './ast-factory.ts';
import { AtomParser } from './parse-atoms.ts';
import {
  COLON, COMMA, DOT, DOUBLESTAR, EQUAL, KW_ASYNC, KW_AWAIT, KW_FOR, LPAR, LSQB, NAME, RPAR, RSQB, STAR,
} from './token-types.ts';
import { SYNTAX_FAILURE } from './token-cursor.ts';

/** What one pair of brackets costs of CPython's parser levels. */
const BRACKET_LEVELS = 28;

/** Positional and keyword arguments of a call or a class definition. */
export interface CallArguments {
  readonly args: Ast.Expr[];
  readonly keywords: Ast.Keyword[];
}

/** Parses primaries. */
export abstract class PrimaryParser extends AtomParser {
  /** await_primary: 'await' primary | primary */
  protected parseAwaitPrimary(): Ast.Expr {
    if (this.tok !== KW_AWAIT) return this.parsePrimary();
    const start = this.pos;
    this.advance();
    const value = this.parsePrimary();
    return makeAwait(value, this.linenos[start] as number, this.columns[start] as number, this.endLine(), this.endColumn());
  }

  /** primary: atom ('.' NAME | genexp | '(' [arguments] ')' | '[' slices ']')* */
  protected parsePrimary(): Ast.Expr {
    const start = this.pos;
    let result = this.parseAtom();
    for (;;) {
      switch (this.tok) {
        case DOT: {
          this.advance();
          const name = this.expectName();
          result = makeAttribute(result, name, 'Load', this.linenos[start] as number, this.columns[start] as number, this.endLine(), this.endColumn());
          break;
        }
        case LPAR: {
          const { args, keywords } = this.parseCallArguments();
          result = makeCall(result, args, keywords, this.linenos[start] as number, this.columns[start] as number, this.endLine(), this.endColumn());
          break;
        }
        case LSQB: {
          this.advance();
          this.enter(BRACKET_LEVELS);
          const slice = this.parseSlices();
          this.leave(BRACKET_LEVELS);
          this.expect(RSQB);
          result = makeSubscript(result, slice, 'Load', this.linenos[start] as number, this.columns[start] as number, this.endLine(), this.endColumn());
          break;
        }
        default: return result;
      }
    }
  }

  /** '(' [arguments] ')', or a generator expression as the only argument. */
  protected parseCallArguments(): CallArguments {
    const open = this.pos;
    this.advance();
    const args: Ast.Expr[] = [];
    const keywords: Ast.Keyword[] = [];
    if (this.accept(RPAR)) return { args, keywords };
    this.enter(BRACKET_LEVELS);
    let state = 0;
    for (;;) {
      state = this.parseArgument(args, keywords, state);
      if (this.tok === KW_FOR || this.tok === KW_ASYNC) {
        this.parseSoleGenerator(args, keywords, open);
        break;
      }
      if (this.accept(COMMA) && this.tok !== RPAR) continue;
      this.expect(RPAR);
      break;
    }
    this.leave(BRACKET_LEVELS);
    return { args, keywords };
  }

  private parseSoleGenerator(args: Ast.Expr[], keywords: Ast.Keyword[], open: number): void {
    const element = args[0];
    // An unparenthesised generator must be the only argument, without even a comma.
    if (args.length !== 1 || keywords.length !== 0 || element === undefined || element.kind === 'Starred') throw SYNTAX_FAILURE;
    if (this.types[this.pos - 1] === COMMA) throw SYNTAX_FAILURE;
    args[0] = this.finishGenerator(element, open);
  }

  /**
   * One argument. The state says what may still come: 0 anything, 1 (after a keyword) no positional one, 2 (after `**`) no `*` either.
   *
   * args: ','.(starred_expression | (assignment_expression | expression !':=') !'=')+ [',' kwargs] | kwargs
   * kwargs: ','.(NAME '=' expression | starred_expression)+ [',' ','.(NAME '=' expression | '**' expression)+] | ...
   */
  private parseArgument(args: Ast.Expr[], keywords: Ast.Keyword[], state: number): number {
    const start = this.pos;
    const line = this.linenos[start] as number;
    const column = this.columns[start] as number;
    if (this.tok === NAME && this.peek() === EQUAL) {
      const name = this.expectName();
      this.advance();
      const value = this.parseExpression();
      keywords.push(makeKeyword(name, value, line, column, this.endLine(), this.endColumn()));
      return state === 0 ? 1 : state;
    }
    if (this.tok === DOUBLESTAR) {
      this.advance();
      const value = this.parseExpression();
      keywords.push(makeKeyword(null, value, line, column, this.endLine(), this.endColumn()));
      return 2;
    }
    if (this.tok === STAR) {
      if (state === 2) throw SYNTAX_FAILURE;
      args.push(this.parseStarredExpression());
      return state;
    }
    if (state !== 0) throw SYNTAX_FAILURE;
    args.push(this.parseNamedExpression());
    return 0;
  }

  /** starred_expression: '*' expression */
  protected parseStarredExpression(): Ast.Starred {
    const start = this.pos;
    this.advance();
    const value = this.parseExpression();
    return makeStarred(value, 'Load', this.linenos[start] as number, this.columns[start] as number, this.endLine(), this.endColumn());
  }

  /** slices: slice !',' | ','.(slice | starred_expression)+ [','] */
  private parseSlices(): Ast.Expr {
    const start = this.pos;
    const first = this.parseSliceOrStarred();
    if (this.tok !== COMMA && first.kind !== 'Starred') return first;
    const elements = [first];
    while (this.accept(COMMA)) {
      if (this.tok === RSQB) break;
      elements.push(this.parseSliceOrStarred());
    }
    return makeTuple(elements, 'Load', this.linenos[start] as number, this.columns[start] as number, this.endLine(), this.endColumn());
  }

  private parseSliceOrStarred(): Ast.Expr {
    return this.tok === STAR ? this.parseStarredExpression() : this.parseSlice();
  }

  /** slice: [expression] ':' [expression] [':' [expression]] | named_expression */
  private parseSlice(): Ast.Expr {
    const start = this.pos;
    let lower: Ast.Expr | null = null;
    if (this.tok !== COLON) {
      lower = this.parseNamedExpression();
      if (this.tok !== COLON || lower.kind === 'NamedExpr' && this.types[start] !== LPAR) return lower;
    }
    this.advance();
    const upper = this.parseSliceBound();
    const step = this.accept(COLON) ? this.parseSliceBound() : null;
    return makeSlice(lower, upper, step, this.linenos[start] as number, this.columns[start] as number, this.endLine(), this.endColumn());
  }

  private parseSliceBound(): Ast.Expr | null {
    return this.tok === COLON || this.tok === COMMA || this.tok === RSQB ? null : this.parseExpression();
  }
}
