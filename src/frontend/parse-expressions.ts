/** Grammar area: operators: from named expressions down to powers, and lambda. */
import type * as Ast from './ast.ts';
import {
  makeArg, makeArguments, makeBinOp, makeBoolOp, makeCompare, makeIfExp, makeLambda, makeNamedExpr, makeTuple, makeUnaryOp, makeYield, makeYieldFrom,
} from './ast-factory.ts';
import { ParameterCollector } from './parameter-collector.ts';
import { PrimaryParser } from './parse-primaries.ts';
import {
  AMPER, AT, CIRCUMFLEX, COLON, COLONEQUAL, COMMA, DOUBLESLASH, DOUBLESTAR, ELLIPSIS_TOKEN, EQEQUAL, EQUAL, FSTRING_START, GREATER, GREATEREQUAL, KW_AND,
  KW_AWAIT, KW_ELSE, KW_FALSE, KW_FROM, KW_IF, KW_IN, KW_IS, KW_LAMBDA, KW_NONE, KW_NOT, KW_OR, KW_TRUE, LBRACE, LEFTSHIFT, LESS, LESSEQUAL, LPAR, LSQB,
  MINUS, NAME, NEWLINE, NOTEQUAL, NUMBER, PERCENT, PLUS, RBRACE, RIGHTSHIFT, RPAR, RSQB, SLASH, STAR, STRING, TILDE, TOKEN_LIMIT, TSTRING_START, VBAR,
} from './token-types.ts';
import { SYNTAX_FAILURE } from './token-cursor.ts';

/** Binding strength of binary operators by token; 0 for other tokens. */
const BINARY_STRENGTH = new Uint8Array(TOKEN_LIMIT);
const BINARY_OPERATORS: Ast.Operator[] = [];
for (const [token, strength, operator] of [
  [VBAR, 1, 'BitOr'], [CIRCUMFLEX, 2, 'BitXor'], [AMPER, 3, 'BitAnd'], [LEFTSHIFT, 4, 'LShift'], [RIGHTSHIFT, 4, 'RShift'], [PLUS, 5, 'Add'],
  [MINUS, 5, 'Sub'], [STAR, 6, 'Mult'], [SLASH, 6, 'Div'], [DOUBLESLASH, 6, 'FloorDiv'], [PERCENT, 6, 'Mod'], [AT, 6, 'MatMult'],
] as const) {
  BINARY_STRENGTH[token] = strength;
  BINARY_OPERATORS[token] = operator;
}

/** 1 for tokens that can begin an expression (without star). */
const STARTS_EXPRESSION = new Uint8Array(TOKEN_LIMIT);
for (const token of [
  NAME, NUMBER, STRING, FSTRING_START, TSTRING_START, LPAR, LSQB, LBRACE, MINUS, PLUS, TILDE, ELLIPSIS_TOKEN, KW_NOT, KW_LAMBDA, KW_AWAIT, KW_NONE, KW_TRUE, KW_FALSE,
]) STARTS_EXPRESSION[token] = 1;

/** 1 for tokens that end an expression wherever they stand: none of them continues one. */
const ENDS_EXPRESSION = new Uint8Array(TOKEN_LIMIT);
for (const token of [COMMA, RPAR, RSQB, RBRACE, NEWLINE, COLON, EQUAL]) ENDS_EXPRESSION[token] = 1;

/** 1 for tokens that are an expression by themselves. */
const IS_EXPRESSION = new Uint8Array(TOKEN_LIMIT);
for (const token of [NAME, NUMBER, STRING, ELLIPSIS_TOKEN, KW_NONE, KW_TRUE, KW_FALSE]) IS_EXPRESSION[token] = 1;

/** Parses operators and lambda. */
export abstract class ExpressionParser extends PrimaryParser {
  /** Whether the current token can begin a starred or plain expression. */
  protected startsStarExpression(): boolean {
    return this.tok === STAR || STARTS_EXPRESSION[this.tok] === 1;
  }

  /** Whether the current token can begin an expression. */
  protected startsExpression(): boolean {
    return STARTS_EXPRESSION[this.tok] === 1;
  }

  /** star_expressions: star_expression (',' star_expression)* [','] */
  protected parseStarExpressions(): Ast.Expr {
    const start = this.pos;
    const first = this.parseStarExpression();
    if (this.tok !== COMMA) return first;
    const elements = [first];
    while (this.accept(COMMA)) {
      if (!this.startsStarExpression()) break;
      elements.push(this.parseStarExpression());
    }
    return makeTuple(elements, 'Load', this.linenos[start] as number, this.columns[start] as number, this.endLine(), this.endColumn());
  }

  /** star_expression: '*' bitwise_or | expression */
  protected parseStarExpression(): Ast.Expr {
    return this.tok === STAR ? this.parseStarred() : this.parseExpression();
  }

  /** expressions: expression (',' expression)* [','] */
  protected parseExpressions(): Ast.Expr {
    const start = this.pos;
    const first = this.parseExpression();
    if (this.tok !== COMMA) return first;
    const elements = [first];
    while (this.accept(COMMA)) {
      if (!this.startsExpression()) break;
      elements.push(this.parseExpression());
    }
    return makeTuple(elements, 'Load', this.linenos[start] as number, this.columns[start] as number, this.endLine(), this.endColumn());
  }

  /** yield_expr: 'yield' 'from' expression | 'yield' [star_expressions] */
  protected parseYieldExpression(): Ast.Expr {
    const start = this.pos;
    const line = this.linenos[start] as number;
    const column = this.columns[start] as number;
    this.advance();
    if (this.accept(KW_FROM)) {
      const source = this.parseExpression();
      return makeYieldFrom(source, line, column, this.endLine(), this.endColumn());
    }
    const value = this.startsStarExpression() ? this.parseStarExpressions() : null;
    return makeYield(value, line, column, this.endLine(), this.endColumn());
  }

  /** named_expression: NAME ':=' expression | expression !':=' */
  protected parseNamedExpression(): Ast.Expr {
    if (this.tok !== NAME || this.peek() !== COLONEQUAL) return this.parseExpression();
    const start = this.pos;
    const target = this.asSingleTarget(this.parseAtom()) as Ast.Name;
    this.advance();
    const value = this.parseExpression();
    return makeNamedExpr(target, value, this.linenos[start] as number, this.columns[start] as number, this.endLine(), this.endColumn());
  }

  /**
   * expression: disjunction ['if' disjunction 'else' expression] | lambdef
   *
   * @hot A lone name, number or constant is most of all expressions: one look at the next token saves nine calls.
   */
  protected parseExpression(): Ast.Expr {
    if (IS_EXPRESSION[this.tok] === 1 && ENDS_EXPRESSION[this.types[this.pos + 1] as number] === 1) return this.parseAtom();
    if (this.tok === KW_LAMBDA) return this.parseLambda();
    const start = this.pos;
    const body = this.parseDisjunction();
    if (this.tok !== KW_IF) return body;
    this.advance();
    const test = this.parseDisjunction();
    this.expect(KW_ELSE);
    this.enter(1);
    const orelse = this.parseExpression();
    this.leave(1);
    return makeIfExp(test, body, orelse, this.linenos[start] as number, this.columns[start] as number, this.endLine(), this.endColumn());
  }

  /** disjunction: conjunction ('or' conjunction)* */
  protected parseDisjunction(): Ast.Expr {
    const start = this.pos;
    const first = this.parseConjunction();
    if (this.tok !== KW_OR) return first;
    const values = [first];
    while (this.accept(KW_OR)) values.push(this.parseConjunction());
    return makeBoolOp('Or', values, this.linenos[start] as number, this.columns[start] as number, this.endLine(), this.endColumn());
  }

  /** conjunction: inversion ('and' inversion)* */
  private parseConjunction(): Ast.Expr {
    const start = this.pos;
    const first = this.parseInversion();
    if (this.tok !== KW_AND) return first;
    const values = [first];
    while (this.accept(KW_AND)) values.push(this.parseInversion());
    return makeBoolOp('And', values, this.linenos[start] as number, this.columns[start] as number, this.endLine(), this.endColumn());
  }

  /** inversion: 'not' inversion | comparison */
  private parseInversion(): Ast.Expr {
    if (this.tok !== KW_NOT) return this.parseComparison();
    const start = this.pos;
    this.advance();
    this.enter(1);
    const operand = this.parseInversion();
    this.leave(1);
    return makeUnaryOp('Not', operand, this.linenos[start] as number, this.columns[start] as number, this.endLine(), this.endColumn());
  }

  /** comparison: bitwise_or (compare_op bitwise_or)* */
  private parseComparison(): Ast.Expr {
    const start = this.pos;
    const left = this.parseBinary(1);
    let operator = this.parseComparisonOperator();
    if (operator === null) return left;
    const operators: Ast.CmpOperator[] = [];
    const comparators: Ast.Expr[] = [];
    while (operator !== null) {
      operators.push(operator);
      comparators.push(this.parseBinary(1));
      operator = this.parseComparisonOperator();
    }
    return makeCompare(left, operators, comparators, this.linenos[start] as number, this.columns[start] as number, this.endLine(), this.endColumn());
  }

  /** Consumes a comparison operator if there is one. */
  private parseComparisonOperator(): Ast.CmpOperator | null {
    switch (this.tok) {
      case EQEQUAL: this.advance(); return 'Eq';
      case NOTEQUAL: return this.parseNotEqual();
      case LESS: return this.parseLess();
      case LESSEQUAL: this.advance(); return 'LtE';
      case GREATER: this.advance(); return 'Gt';
      case GREATEREQUAL: this.advance(); return 'GtE';
      case KW_IN: this.advance(); return 'In';
      case KW_IS:
        this.advance();
        return this.accept(KW_NOT) ? 'IsNot' : 'Is';
      case KW_NOT:
        if (this.peek() !== KW_IN) return null;
        this.advance();
        this.advance();
        return 'NotIn';
      default: return null;
    }
  }

  private parseNotEqual(): Ast.CmpOperator {
    if (this.flufl) throw SYNTAX_FAILURE;
    this.advance();
    return 'NotEq';
  }

  /** '<', or the two tokens of `<>`, which only Barry may write. */
  private parseLess(): Ast.CmpOperator {
    this.advance();
    if (this.tok !== GREATER || this.starts[this.pos] !== this.ends[this.pos - 1]) return 'Lt';
    if (!this.flufl) throw SYNTAX_FAILURE;
    this.advance();
    return 'NotEq';
  }

  /** bitwise_or: bitwise_or '|' bitwise_xor | bitwise_xor, and all below it. */
  protected parseBitwiseOr(): Ast.Expr {
    return this.parseBinary(1);
  }

  /** Left-associative binary operators at least as strong as `weakest`, by precedence climbing. */
  private parseBinary(weakest: number): Ast.Expr {
    const start = this.pos;
    let left = this.parseFactor();
    for (;;) {
      const token = this.tok;
      const strength = BINARY_STRENGTH[token] as number;
      if (strength < weakest) return left;
      this.advance();
      const right = this.parseBinary(strength + 1);
      const operator = BINARY_OPERATORS[token] as Ast.Operator;
      left = makeBinOp(left, operator, right, this.linenos[start] as number, this.columns[start] as number, this.endLine(), this.endColumn());
    }
  }

  /** factor: ('+' | '-' | '~') factor | power   power: await_primary ['**' factor] */
  private parseFactor(): Ast.Expr {
    const start = this.pos;
    const token = this.tok;
    if (token === MINUS || token === PLUS || token === TILDE) {
      this.advance();
      this.enter(1);
      const operand = this.parseFactor();
      this.leave(1);
      const operator = token === MINUS ? 'USub' : token === PLUS ? 'UAdd' : 'Invert';
      return makeUnaryOp(operator, operand, this.linenos[start] as number, this.columns[start] as number, this.endLine(), this.endColumn());
    }
    const base = this.parseAwaitPrimary();
    if (this.tok !== DOUBLESTAR) return base;
    this.advance();
    this.enter(2);
    const exponent = this.parseFactor();
    this.leave(2);
    return makeBinOp(base, 'Pow', exponent, this.linenos[start] as number, this.columns[start] as number, this.endLine(), this.endColumn());
  }

  /** lambdef: 'lambda' [lambda_params] ':' expression */
  private parseLambda(): Ast.Expr {
    const start = this.pos;
    this.advance();
    const parameters = this.tok === COLON ? makeArguments([], [], null, [], [], null, []) : this.parseLambdaParameters();
    this.expect(COLON);
    this.enter(2);
    const body = this.parseExpression();
    this.leave(2);
    return makeLambda(parameters, body, this.linenos[start] as number, this.columns[start] as number, this.endLine(), this.endColumn());
  }

  /** lambda_parameters: the parameters of a function without annotations, up to `:`. */
  private parseLambdaParameters(): Ast.Arguments {
    const collector = new ParameterCollector();
    while (this.tok !== COLON) {
      if (this.accept(SLASH)) collector.addSlash();
      else if (this.accept(STAR)) {
        if (this.tok === COMMA) collector.addBareStar();
        else collector.addVariadic(this.parseLambdaParameter());
      } else if (this.accept(DOUBLESTAR)) collector.addKeywordVariadic(this.parseLambdaParameter());
      else {
        const parameter = this.parseLambdaParameter();
        collector.add(parameter, this.accept(EQUAL) ? this.parseExpression() : null);
      }
      if (this.tok !== COLON) this.expect(COMMA);
    }
    return collector.finish();
  }

  private parseLambdaParameter(): Ast.Arg {
    const pos = this.pos;
    const name = this.expectName();
    return makeArg(name, null, null, this.linenos[pos] as number, this.columns[pos] as number, this.endLine(), this.endColumn());
  }
}
