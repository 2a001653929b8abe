/** Grammar area: statements that fit on one line. */
import type * as Ast from './ast.ts';
import {
  makeAlias, makeAnnAssign, makeAssert, makeAssign, makeAugAssign, makeBreak, makeContinue, makeDelete, makeExprStmt, makeGlobal, makeImport, makeImportFrom,
  makeNonlocal, makeParamSpec, makePass, makeRaise, makeReturn, makeTypeAlias, makeTypeVar, makeTypeVarTuple,
} from './ast-factory.ts';
import { PatternParser } from './parse-patterns.ts';
import {
  AMPEREQUAL, ATEQUAL, CIRCUMFLEXEQUAL, COLON, COMMA, DOT, DOUBLESLASHEQUAL, DOUBLESTAR, DOUBLESTAREQUAL, ELLIPSIS_TOKEN, EQUAL, KW_AS, KW_ASSERT, KW_BREAK, KW_CONTINUE,
  KW_DEL, KW_FROM, KW_GLOBAL, KW_IMPORT, KW_NONLOCAL, KW_PASS, KW_RAISE, KW_RETURN, KW_YIELD, LEFTSHIFTEQUAL, LPAR, LSQB, MINEQUAL, NAME, NEWLINE,
  PERCENTEQUAL, PLUSEQUAL, RIGHTSHIFTEQUAL, RPAR, RSQB, SEMI, SLASHEQUAL, STAR, STAREQUAL, TOKEN_LIMIT, TYPE_COMMENT, VBAREQUAL,
} from './token-types.ts';
import { SYNTAX_FAILURE } from './token-cursor.ts';

/** The operator of each augmented assignment token. */
const AUGMENTED: (Ast.Operator | undefined)[] = new Array<Ast.Operator | undefined>(TOKEN_LIMIT).fill(undefined);
for (const [token, operator] of [
  [PLUSEQUAL, 'Add'], [MINEQUAL, 'Sub'], [STAREQUAL, 'Mult'], [ATEQUAL, 'MatMult'], [SLASHEQUAL, 'Div'], [PERCENTEQUAL, 'Mod'], [AMPEREQUAL, 'BitAnd'],
  [VBAREQUAL, 'BitOr'], [CIRCUMFLEXEQUAL, 'BitXor'], [LEFTSHIFTEQUAL, 'LShift'], [RIGHTSHIFTEQUAL, 'RShift'], [DOUBLESTAREQUAL, 'Pow'], [DOUBLESLASHEQUAL, 'FloorDiv'],
] as const) AUGMENTED[token] = operator;

/** Parses simple statements. */
export abstract class SimpleStatementParser extends PatternParser {
  /** simple_stmts: ';'.simple_stmt+ [';'] NEWLINE */
  protected parseSimpleStatements(statements: Ast.Stmt[]): void {
    statements.push(this.parseSimpleStatement());
    while (this.accept(SEMI)) {
      if (this.tok === NEWLINE) break;
      statements.push(this.parseSimpleStatement());
    }
    this.expect(NEWLINE);
  }

  /** simple_stmt: assignment | type_alias | star_expressions | return_stmt | import_stmt | ... */
  private parseSimpleStatement(): Ast.Stmt {
    const start = this.pos;
    const line = this.linenos[start] as number;
    const column = this.columns[start] as number;
    switch (this.tok) {
      case NAME:
        if (this.peek() === NAME && this.names[start] === 'type') return this.parseTypeAlias();
        return this.parseExpressionStatement();
      case KW_RETURN: return this.parseReturn();
      case KW_IMPORT: return this.parseImport();
      case KW_FROM: return this.parseImportFrom();
      case KW_RAISE: return this.parseRaise();
      case KW_PASS: this.advance(); return makePass(line, column, this.endLine(), this.endColumn());
      case KW_BREAK: this.advance(); return makeBreak(line, column, this.endLine(), this.endColumn());
      case KW_CONTINUE: this.advance(); return makeContinue(line, column, this.endLine(), this.endColumn());
      case KW_DEL: return this.parseDelete();
      case KW_ASSERT: return this.parseAssert();
      case KW_GLOBAL: {
        const names = this.parseNames();
        return makeGlobal(names, line, column, this.endLine(), this.endColumn());
      }
      case KW_NONLOCAL: {
        const names = this.parseNames();
        return makeNonlocal(names, line, column, this.endLine(), this.endColumn());
      }
      default: return this.parseExpressionStatement();
    }
  }

  /** An expression, or an assignment that begins with one; also yield_stmt. */
  private parseExpressionStatement(): Ast.Stmt {
    const start = this.pos;
    const line = this.linenos[start] as number;
    const column = this.columns[start] as number;
    if (this.tok === KW_YIELD) {
      const value = this.parseYieldExpression();
      return makeExprStmt(value, line, column, this.endLine(), this.endColumn());
    }
    const first = this.parseStarExpressions();
    if (this.tok === NEWLINE) return makeExprStmt(first, line, column, this.endLine(), this.endColumn());
    if (this.tok === EQUAL) return this.parseAssignment(first, start);
    if (this.tok === COLON) return this.parseAnnotation(first, start);
    const operator = AUGMENTED[this.tok];
    if (operator === undefined) return makeExprStmt(first, line, column, this.endLine(), this.endColumn());
    const target = this.asSingleTarget(first);
    this.advance();
    const value = this.parseAnnotatedValue();
    return makeAugAssign(target, operator, value, line, column, this.endLine(), this.endColumn());
  }

  /** annotated_rhs: yield_expr | star_expressions */
  private parseAnnotatedValue(): Ast.Expr {
    return this.tok === KW_YIELD ? this.parseYieldExpression() : this.parseStarExpressions();
  }

  /** assignment: (star_targets '=')+ annotated_rhs !'=' [TYPE_COMMENT] */
  private parseAssignment(first: Ast.Expr, start: number): Ast.Assign {
    const targets: Ast.Expr[] = [];
    let value = first;
    while (this.accept(EQUAL)) {
      targets.push(this.asTarget(value, 'Store'));
      value = this.parseAnnotatedValue();
    }
    const comment = this.parseTypeComment();
    return makeAssign(targets, value, comment, this.linenos[start] as number, this.columns[start] as number, this.endLine(), this.endColumn());
  }

  /** [TYPE_COMMENT] */
  protected parseTypeComment(): string | null {
    if (this.tok !== TYPE_COMMENT) return null;
    const text = this.text(this.pos);
    this.advance();
    return text;
  }

  /** assignment: NAME ':' expression ['=' annotated_rhs] | ('(' single_target ')' | single_subscript_attribute_target) ':' ... */
  private parseAnnotation(first: Ast.Expr, start: number): Ast.AnnAssign {
    const target = this.asSingleTarget(first);
    if (this.types[start] === LPAR) this.rejectBracketedPrefix(target, start);
    const simple = target.kind === 'Name' && this.types[start] === NAME ? 1 : 0;
    this.advance();
    const annotation = this.parseExpression();
    const value = this.accept(EQUAL) ? this.parseAnnotatedValue() : null;
    return makeAnnAssign(target, annotation, value, simple, this.linenos[start] as number, this.columns[start] as number, this.endLine(), this.endColumn());
  }

  /**
   * `(a).b: int` is an error in CPython, whose grammar, once it has read `(a)` as a target, insists on the colon; `(a + b).c: int` is none.
   * A node that begins at the bracket is the whole; one that does not is what stands in the brackets.
   */
  private rejectBracketedPrefix(target: Ast.Expr, start: number): void {
    const column = this.columns[start] as number;
    const line = this.linenos[start] as number;
    let node = target;
    for (;;) {
      if (node.col_offset !== column || node.lineno !== line) break;
      if (node.kind === 'Attribute' || node.kind === 'Subscript') node = node.value;
      else if (node.kind === 'Call') node = node.func;
      else return;
    }
    if (node !== target && (node.kind === 'Name' || node.kind === 'Attribute' || node.kind === 'Subscript')) throw SYNTAX_FAILURE;
  }

  /** return_stmt: 'return' [star_expressions] */
  private parseReturn(): Ast.Return {
    const start = this.pos;
    this.advance();
    const value = this.startsStarExpression() ? this.parseStarExpressions() : null;
    return makeReturn(value, this.linenos[start] as number, this.columns[start] as number, this.endLine(), this.endColumn());
  }

  /** raise_stmt: 'raise' [expression ['from' expression]] */
  private parseRaise(): Ast.Raise {
    const start = this.pos;
    this.advance();
    const exception = this.startsExpression() ? this.parseExpression() : null;
    const cause = exception !== null && this.accept(KW_FROM) ? this.parseExpression() : null;
    return makeRaise(exception, cause, this.linenos[start] as number, this.columns[start] as number, this.endLine(), this.endColumn());
  }

  /** del_stmt: 'del' ','.del_target+ [','] &(';' | NEWLINE) */
  private parseDelete(): Ast.Delete {
    const start = this.pos;
    this.advance();
    const targets = [this.asTarget(this.parsePrimary(), 'Del')];
    while (this.accept(COMMA)) {
      if (this.tok === SEMI || this.tok === NEWLINE) break;
      targets.push(this.asTarget(this.parsePrimary(), 'Del'));
    }
    if (this.tok !== SEMI && this.tok !== NEWLINE) throw SYNTAX_FAILURE;
    return makeDelete(targets, this.linenos[start] as number, this.columns[start] as number, this.endLine(), this.endColumn());
  }

  /** assert_stmt: 'assert' expression [',' expression] */
  private parseAssert(): Ast.Assert {
    const start = this.pos;
    this.advance();
    const test = this.parseExpression();
    const message = this.accept(COMMA) ? this.parseExpression() : null;
    return makeAssert(test, message, this.linenos[start] as number, this.columns[start] as number, this.endLine(), this.endColumn());
  }

  /** ('global' | 'nonlocal') ','.NAME+ */
  private parseNames(): string[] {
    this.advance();
    const names = [this.expectName()];
    while (this.accept(COMMA)) names.push(this.expectName());
    return names;
  }

  /** dotted_name: NAME ('.' NAME)* */
  private parseDottedName(): string {
    let name = this.expectName();
    while (this.accept(DOT)) name += `.${this.expectName()}`;
    return name;
  }

  /** import_name: 'import' ','.(dotted_name ['as' NAME])+ */
  private parseImport(): Ast.Import {
    const start = this.pos;
    this.advance();
    const names: Ast.Alias[] = [];
    do {
      const pos = this.pos;
      const name = this.parseDottedName();
      const alias = this.accept(KW_AS) ? this.expectName() : null;
      names.push(makeAlias(name, alias, this.linenos[pos] as number, this.columns[pos] as number, this.endLine(), this.endColumn()));
    } while (this.accept(COMMA));
    return makeImport(names, this.linenos[start] as number, this.columns[start] as number, this.endLine(), this.endColumn());
  }

  /** import_from: 'from' ('.' | '...')* dotted_name 'import' targets | 'from' ('.' | '...')+ 'import' targets */
  private parseImportFrom(): Ast.ImportFrom {
    const start = this.pos;
    this.advance();
    let level = 0;
    for (; this.tok === DOT || this.tok === ELLIPSIS_TOKEN; this.advance()) level += this.tok === DOT ? 1 : 3;
    const module = this.tok === NAME || level === 0 ? this.parseDottedName() : null;
    this.expect(KW_IMPORT);
    const names = this.parseImportTargets();
    // The flying comparison operator counts from here on, in the same parse.
    if (level === 0 && module === '__future__' && names.some((alias) => alias.name === 'barry_as_FLUFL')) this.flufl = true;
    return makeImportFrom(module, names, level, this.linenos[start] as number, this.columns[start] as number, this.endLine(), this.endColumn());
  }

  /** import_from_targets: '(' import_from_as_names [','] ')' | import_from_as_names !',' | '*' */
  private parseImportTargets(): Ast.Alias[] {
    const pos = this.pos;
    if (this.accept(STAR)) return [makeAlias('*', null, this.linenos[pos] as number, this.columns[pos] as number, this.endLine(), this.endColumn())];
    const bracketed = this.accept(LPAR);
    const names = [this.parseImportAlias()];
    while (this.accept(COMMA)) {
      if (bracketed && this.tok === RPAR) break;
      names.push(this.parseImportAlias());
    }
    if (bracketed) this.expect(RPAR);
    return names;
  }

  /** import_from_as_name: NAME ['as' NAME] */
  private parseImportAlias(): Ast.Alias {
    const pos = this.pos;
    const name = this.expectName();
    const alias = this.accept(KW_AS) ? this.expectName() : null;
    return makeAlias(name, alias, this.linenos[pos] as number, this.columns[pos] as number, this.endLine(), this.endColumn());
  }

  /** type_alias: "type" NAME [type_params] '=' expression */
  private parseTypeAlias(): Ast.TypeAlias {
    const start = this.pos;
    this.advance();
    const name = this.asSingleTarget(this.parseAtom());
    const parameters = this.parseTypeParameters();
    this.expect(EQUAL);
    const value = this.parseExpression();
    return makeTypeAlias(name, parameters, value, this.linenos[start] as number, this.columns[start] as number, this.endLine(), this.endColumn());
  }

  /** [type_params]: '[' ','.type_param+ [','] ']' */
  protected parseTypeParameters(): Ast.TypeParam[] {
    const parameters: Ast.TypeParam[] = [];
    if (!this.accept(LSQB)) return parameters;
    do parameters.push(this.parseTypeParameter());
    while (this.accept(COMMA) && this.tok !== RSQB);
    this.expect(RSQB);
    return parameters;
  }

  /** type_param: NAME [':' expression] ['=' expression] | '*' NAME ['=' star_expression] | '**' NAME ['=' expression] */
  private parseTypeParameter(): Ast.TypeParam {
    const start = this.pos;
    const line = this.linenos[start] as number;
    const column = this.columns[start] as number;
    if (this.accept(STAR)) {
      const name = this.expectName();
      const value = this.accept(EQUAL) ? this.parseStarExpression() : null;
      return makeTypeVarTuple(name, value, line, column, this.endLine(), this.endColumn());
    }
    if (this.accept(DOUBLESTAR)) {
      const name = this.expectName();
      const value = this.accept(EQUAL) ? this.parseExpression() : null;
      return makeParamSpec(name, value, line, column, this.endLine(), this.endColumn());
    }
    const name = this.expectName();
    const bound = this.accept(COLON) ? this.parseExpression() : null;
    const value = this.accept(EQUAL) ? this.parseExpression() : null;
    return makeTypeVar(name, bound, value, line, column, this.endLine(), this.endColumn());
  }
}
