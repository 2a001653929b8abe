/** Grammar area: atoms: names, constants, brackets of all kinds, and comprehensions. */
import { ELLIPSIS } from '../base/constants.ts';
import type * as Ast from './ast.ts';
import {
  makeComprehension, makeConstant, makeDict, makeDictComp, makeGeneratorExp, makeList, makeListComp, makeName, makeSetExpr, makeSetComp, makeStarred, makeTuple,
} from './ast-factory.ts';
import { parseNumber } from './literals.ts';
import { StringParser } from './parse-strings.ts';
import {
  COLON, COLONEQUAL, COMMA, DOUBLESTAR, ELLIPSIS_TOKEN, FSTRING_START, KW_ASYNC, KW_FALSE, KW_FOR, KW_IF, KW_IN, KW_NONE, KW_TRUE, KW_YIELD, LBRACE, LPAR, LSQB, NAME,
  NUMBER, RBRACE, RPAR, RSQB, STAR, STRING, TSTRING_START,
} from './token-types.ts';
import { SYNTAX_FAILURE } from './token-cursor.ts';

/** What one pair of brackets costs of CPython's parser levels. */
const BRACKET_LEVELS = 28;

/** Parses atoms. Operators and primaries come from the areas that extend this one. */
export abstract class AtomParser extends StringParser {
  protected abstract parseExpression(): Ast.Expr;
  protected abstract parseNamedExpression(): Ast.Expr;
  protected abstract parseDisjunction(): Ast.Expr;
  protected abstract parseBitwiseOr(): Ast.Expr;
  protected abstract parsePrimary(): Ast.Expr;

  /** atom: NAME | 'True' | 'False' | 'None' | strings | NUMBER | tuple | group | genexp | list | listcomp | dict | set | ... | '...' */
  protected parseAtom(): Ast.Expr {
    const pos = this.pos;
    switch (this.tok) {
      case NAME: {
        const name = this.names[pos] as string;
        this.advance();
        return makeName(name, 'Load', this.linenos[pos] as number, this.columns[pos] as number, this.endLine(), this.endColumn());
      }
      case STRING:
      case FSTRING_START:
      case TSTRING_START: return this.parseStrings();
      case NUMBER: return this.parseConstant(parseNumber(this.text(pos), this.context.maxIntegerDigits));
      case KW_NONE: return this.parseConstant(null);
      case KW_TRUE: return this.parseConstant(true);
      case KW_FALSE: return this.parseConstant(false);
      case ELLIPSIS_TOKEN: return this.parseConstant(ELLIPSIS);
      case LPAR:
      case LSQB:
      case LBRACE: return this.parseBracketed();
      default: throw SYNTAX_FAILURE;
    }
  }

  private parseConstant(value: Ast.Constant['value']): Ast.Constant {
    const pos = this.pos;
    this.advance();
    return makeConstant(value, null, this.linenos[pos] as number, this.columns[pos] as number, this.endLine(), this.endColumn());
  }

  private parseBracketed(): Ast.Expr {
    this.enter(BRACKET_LEVELS);
    const type = this.tok;
    const result = type === LPAR ? this.parseParenthesized() : type === LSQB ? this.parseListOrComprehension() : this.parseDictOrSet();
    this.leave(BRACKET_LEVELS);
    return result;
  }

  /**
   * tuple: '(' [star_named_expression ',' [star_named_expressions]] ')'
   * group: '(' (yield_expr | named_expression) ')'
   * genexp: '(' (assignment_expression | expression !':=') for_if_clauses ')'
   */
  private parseParenthesized(): Ast.Expr {
    const start = this.pos;
    this.advance();
    if (this.tok === RPAR) return this.finishTuple([], start);
    if (this.tok === KW_YIELD) {
      const value = this.parseYieldExpression();
      this.expect(RPAR);
      return value;
    }
    const first = this.parseStarNamedExpression();
    if (this.tok === COMMA) {
      this.advance();
      return this.finishTuple(this.parseStarNamedExpressions([first], RPAR), start);
    }
    if (first.kind === 'Starred') throw SYNTAX_FAILURE;
    if (this.tok === KW_FOR || this.tok === KW_ASYNC) return this.finishGenerator(first, start);
    this.expect(RPAR);
    return first;
  }

  private finishTuple(elements: Ast.Expr[], start: number): Ast.Tuple {
    this.expect(RPAR);
    return makeTuple(elements, 'Load', this.linenos[start] as number, this.columns[start] as number, this.endLine(), this.endColumn());
  }

  /** The rest of a generator expression, up to and with `)`; `start` is its opening bracket. */
  protected finishGenerator(element: Ast.Expr, start: number): Ast.GeneratorExp {
    const generators = this.parseForIfClauses();
    this.expect(RPAR);
    return makeGeneratorExp(element, generators, this.linenos[start] as number, this.columns[start] as number, this.endLine(), this.endColumn());
  }

  /** list: '[' [star_named_expressions] ']'   listcomp: '[' named_expression for_if_clauses ']' */
  private parseListOrComprehension(): Ast.Expr {
    const start = this.pos;
    this.advance();
    const line = this.linenos[start] as number;
    const column = this.columns[start] as number;
    if (this.accept(RSQB)) return makeList([], 'Load', line, column, this.endLine(), this.endColumn());
    const first = this.parseStarNamedExpression();
    if ((this.tok === KW_FOR || this.tok === KW_ASYNC) && first.kind !== 'Starred') {
      const generators = this.parseForIfClauses();
      this.expect(RSQB);
      return makeListComp(first, generators, line, column, this.endLine(), this.endColumn());
    }
    let elements = [first];
    if (this.accept(COMMA)) elements = this.parseStarNamedExpressions(elements, RSQB);
    this.expect(RSQB);
    return makeList(elements, 'Load', line, column, this.endLine(), this.endColumn());
  }

  /** star_named_expressions: ','.star_named_expression+ [','], after the first element and its comma, up to the closing bracket. */
  protected parseStarNamedExpressions(elements: Ast.Expr[], close: number): Ast.Expr[] {
    while (this.tok !== close) {
      elements.push(this.parseStarNamedExpression());
      if (this.tok !== COMMA) break;
      this.advance();
    }
    return elements;
  }

  /** star_named_expression: '*' bitwise_or | named_expression */
  protected parseStarNamedExpression(): Ast.Expr {
    if (this.tok !== STAR) return this.parseNamedExpression();
    return this.parseStarred();
  }

  /** '*' bitwise_or */
  protected parseStarred(): Ast.Starred {
    const start = this.pos;
    this.advance();
    const value = this.parseBitwiseOr();
    return makeStarred(value, 'Load', this.linenos[start] as number, this.columns[start] as number, this.endLine(), this.endColumn());
  }

  /** dict | set | dictcomp | setcomp, told apart by what follows the first element. */
  private parseDictOrSet(): Ast.Expr {
    const start = this.pos;
    this.advance();
    if (this.tok === RBRACE || this.tok === DOUBLESTAR) return this.parseDict(start, [], []);
    if (this.tok === STAR) return this.parseSet(start, this.parseStarred());
    const named = this.tok === NAME && this.peek() === COLONEQUAL;
    const first = this.parseNamedExpression();
    if (this.tok !== COLON || named) return this.parseSet(start, first);
    this.advance();
    const value = this.parseExpression();
    if (this.tok !== KW_FOR && this.tok !== KW_ASYNC) {
      if (this.tok !== RBRACE) this.expect(COMMA);
      return this.parseDict(start, [first], [value]);
    }
    const generators = this.parseForIfClauses();
    this.expect(RBRACE);
    return makeDictComp(first, value, generators, this.linenos[start] as number, this.columns[start] as number, this.endLine(), this.endColumn());
  }

  /** dict: '{' [','.double_starred_kvpair+ [',']] '}', after the pairs already read. */
  private parseDict(start: number, keys: (Ast.Expr | null)[], values: Ast.Expr[]): Ast.Dict {
    while (this.tok !== RBRACE) {
      if (this.accept(DOUBLESTAR)) {
        keys.push(null);
        values.push(this.parseBitwiseOr());
      } else {
        keys.push(this.parseExpression());
        this.expect(COLON);
        values.push(this.parseExpression());
      }
      if (this.tok !== COMMA) break;
      this.advance();
    }
    this.expect(RBRACE);
    return makeDict(keys, values, this.linenos[start] as number, this.columns[start] as number, this.endLine(), this.endColumn());
  }

  /** set: '{' star_named_expressions '}'   setcomp: '{' named_expression for_if_clauses '}' */
  private parseSet(start: number, first: Ast.Expr): Ast.Expr {
    const line = this.linenos[start] as number;
    const column = this.columns[start] as number;
    if ((this.tok === KW_FOR || this.tok === KW_ASYNC) && first.kind !== 'Starred') {
      const generators = this.parseForIfClauses();
      this.expect(RBRACE);
      return makeSetComp(first, generators, line, column, this.endLine(), this.endColumn());
    }
    let elements = [first];
    if (this.accept(COMMA)) elements = this.parseStarNamedExpressions(elements, RBRACE);
    this.expect(RBRACE);
    return makeSetExpr(elements, line, column, this.endLine(), this.endColumn());
  }

  /** for_if_clauses: (['async'] 'for' star_targets 'in' disjunction ('if' disjunction)*)+ */
  protected parseForIfClauses(): Ast.Comprehension[] {
    const clauses: Ast.Comprehension[] = [];
    while (this.tok === KW_FOR || this.tok === KW_ASYNC) {
      const async = this.accept(KW_ASYNC);
      this.expect(KW_FOR);
      const target = this.parseStarTargets();
      this.expect(KW_IN);
      const iter = this.parseDisjunction();
      const conditions: Ast.Expr[] = [];
      while (this.accept(KW_IF)) conditions.push(this.parseDisjunction());
      clauses.push(makeComprehension(target, iter, conditions, async ? 1 : 0));
    }
    return clauses;
  }

  /** star_targets: star_target !',' | star_target (',' star_target)* [','] */
  protected parseStarTargets(): Ast.Expr {
    const start = this.pos;
    const first = this.parseStarTarget();
    if (this.tok !== COMMA) return first;
    const elements = [first];
    while (this.accept(COMMA)) {
      if (this.tok !== STAR && !this.startsPrimary()) break;
      elements.push(this.parseStarTarget());
    }
    return makeTuple(elements, 'Store', this.linenos[start] as number, this.columns[start] as number, this.endLine(), this.endColumn());
  }

  /** star_target: '*' (!'*' star_target) | target_with_star_atom; read as a primary, then checked. */
  protected parseStarTarget(): Ast.Expr {
    if (this.tok !== STAR) return this.asTarget(this.parsePrimary(), 'Store');
    const start = this.pos;
    this.advance();
    const value = this.asTarget(this.parsePrimary(), 'Store');
    return makeStarred(value, 'Store', this.linenos[start] as number, this.columns[start] as number, this.endLine(), this.endColumn());
  }

  private startsPrimary(): boolean {
    switch (this.tok) {
      case NAME:
      case LPAR:
      case LSQB:
      case LBRACE:
      case STRING:
      case NUMBER:
      case FSTRING_START:
      case TSTRING_START:
      case ELLIPSIS_TOKEN: return true;
      default: return this.tok >= KW_FALSE && this.tok <= KW_TRUE;
    }
  }
}
