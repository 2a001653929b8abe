/** Grammar area: statements with blocks, and blocks. */
import type * as Ast from './ast.ts';
import {
  makeArg, makeArguments, makeAsyncFor, makeAsyncFunctionDef, makeAsyncWith, makeClassDef, makeExceptHandler, makeFor, makeFunctionDef, makeIf, makeTry, makeTryStar,
  makeWhile, makeWith, makeWithItem,
} from './ast-factory.ts';
import { ParameterCollector } from './parameter-collector.ts';
import { SimpleStatementParser } from './parse-simple-statements.ts';
import {
  AT, COLON, COMMA, DEDENT, DOUBLESTAR, EQUAL, INDENT, KW_AS, KW_ASYNC, KW_CLASS, KW_DEF, KW_ELIF, KW_ELSE, KW_EXCEPT, KW_FINALLY, KW_FOR, KW_IF, KW_IN, KW_TRY,
  KW_WHILE, KW_WITH, LPAR, NAME, NEWLINE, RARROW, RPAR, SLASH, STAR, TYPE_COMMENT,
} from './token-types.ts';
import { NESTING_FAILURE, SYNTAX_FAILURE } from './token-cursor.ts';

/** Parses compound statements. */
export abstract class CompoundStatementParser extends SimpleStatementParser {
  /** statement: compound_stmt | simple_stmts */
  protected parseStatement(statements: Ast.Stmt[]): void {
    const compound = this.parseCompoundStatement();
    if (compound !== null) statements.push(compound);
    else this.parseSimpleStatements(statements);
  }

  /** compound_stmt: function_def | if_stmt | class_def | with_stmt | for_stmt | try_stmt | while_stmt | match_stmt; null when none begins here. */
  protected parseCompoundStatement(): Ast.Stmt | null {
    switch (this.tok) {
      case NAME: return this.names[this.pos] === 'match' ? this.parseMatch() : null;
      case KW_IF: return this.parseIf();
      case KW_DEF: return this.parseFunction([], this.pos, false);
      case KW_CLASS: return this.parseClass([], this.pos);
      case AT: return this.parseDecorated();
      case KW_FOR: return this.parseFor(this.pos, false);
      case KW_WHILE: return this.parseWhile();
      case KW_WITH: return this.parseWith(this.pos, false);
      case KW_TRY: return this.parseTry();
      case KW_ASYNC: return this.parseAsync();
      default: return null;
    }
  }

  /** block: NEWLINE INDENT statements DEDENT | simple_stmts */
  protected parseBlock(): Ast.Stmt[] {
    const statements: Ast.Stmt[] = [];
    if (!this.accept(NEWLINE)) {
      this.parseSimpleStatements(statements);
      return statements;
    }
    this.expect(INDENT);
    do this.parseStatement(statements);
    while (this.tok !== DEDENT);
    this.advance();
    return statements;
  }

  private endLineOf(token: number): number {
    return this.endLinenos[token] as number;
  }

  private endColumnOf(token: number): number {
    return this.endColumns[token] as number;
  }

  private parseAsync(): Ast.Stmt {
    const start = this.pos;
    this.advance();
    switch (this.tok) {
      case KW_DEF: return this.parseFunction([], start, true);
      case KW_WITH: return this.parseWith(start, true);
      case KW_FOR: return this.parseFor(start, true);
      default: throw SYNTAX_FAILURE;
    }
  }

  /** decorators: ('@' named_expression NEWLINE)+, then a function or class. */
  private parseDecorated(): Ast.Stmt {
    const decorators: Ast.Expr[] = [];
    while (this.accept(AT)) {
      decorators.push(this.parseNamedExpression());
      this.expect(NEWLINE);
    }
    const start = this.pos;
    if (this.tok === KW_CLASS) return this.parseClass(decorators, start);
    const async = this.accept(KW_ASYNC);
    if (this.tok !== KW_DEF) throw SYNTAX_FAILURE;
    return this.parseFunction(decorators, start, async);
  }

  /** class_def_raw: 'class' NAME [type_params] ['(' [arguments] ')'] ':' block */
  private parseClass(decorators: Ast.Expr[], start: number): Ast.ClassDef {
    this.advance();
    const name = this.expectName();
    const parameters = this.parseTypeParameters();
    let bases: Ast.Expr[] = [];
    let keywords: Ast.Keyword[] = [];
    if (this.tok === LPAR) {
      const open = this.pos;
      const call = this.parseCallArguments();
      bases = call.args;
      keywords = call.keywords;
      this.rejectBareGenerator(bases[0], open);
    }
    this.expect(COLON);
    const body = this.parseBlock();
    const end = this.lastWordyToken();
    return makeClassDef(
      name, bases, keywords, body, decorators, parameters, this.linenos[start] as number, this.columns[start] as number, this.endLineOf(end), this.endColumnOf(end),
    );
  }

  /** A class has arguments like a call, but no generator expression in the call's own brackets. */
  private rejectBareGenerator(base: Ast.Expr | undefined, open: number): void {
    if (base?.kind === 'GeneratorExp' && base.lineno === this.linenos[open] && base.col_offset === this.columns[open]) throw SYNTAX_FAILURE;
  }

  /** function_def_raw: ['async'] 'def' NAME [type_params] '(' [params] ')' ['->' expression] ':' [func_type_comment] block */
  private parseFunction(decorators: Ast.Expr[], start: number, async: boolean): Ast.Stmt {
    this.advance();
    const name = this.expectName();
    const typeParameters = this.parseTypeParameters();
    this.expect(LPAR);
    const parameters = this.tok === RPAR ? makeArguments([], [], null, [], [], null, []) : this.parseParameters();
    this.expect(RPAR);
    const returns = this.accept(RARROW) ? this.parseExpression() : null;
    this.expect(COLON);
    const comment = this.parseFunctionTypeComment();
    const body = this.parseBlock();
    const end = this.lastWordyToken();
    const make = async ? makeAsyncFunctionDef : makeFunctionDef;
    return make(
      name, parameters, body, decorators, returns, comment, typeParameters, this.linenos[start] as number, this.columns[start] as number, this.endLineOf(end), this.endColumnOf(end),
    );
  }

  /** func_type_comment: NEWLINE TYPE_COMMENT &(NEWLINE INDENT) | TYPE_COMMENT */
  private parseFunctionTypeComment(): string | null {
    if (this.tok === TYPE_COMMENT) return this.parseTypeComment();
    if (this.tok !== NEWLINE || this.peek() !== TYPE_COMMENT) return null;
    if (this.types[this.pos + 2] !== NEWLINE || this.types[this.pos + 3] !== INDENT) return null;
    this.advance();
    return this.parseTypeComment();
  }

  /** parameters: the parameters of a function, up to `)`; each may be followed by a comma and a type comment. */
  private parseParameters(): Ast.Arguments {
    const collector = new ParameterCollector();
    while (this.tok !== RPAR) {
      let parameter: Ast.Arg | null = null;
      if (this.accept(SLASH)) collector.addSlash();
      else if (this.accept(STAR)) {
        if (this.tok === COMMA) collector.addBareStar();
        else collector.addVariadic((parameter = this.parseParameter(true)));
      } else if (this.accept(DOUBLESTAR)) collector.addKeywordVariadic((parameter = this.parseParameter(false)));
      else {
        parameter = this.parseParameter(false);
        collector.add(parameter, this.accept(EQUAL) ? this.parseExpression() : null);
      }
      this.finishParameter(parameter);
    }
    return collector.finish();
  }

  /** (',' [TYPE_COMMENT] | [TYPE_COMMENT] &')') */
  private finishParameter(parameter: Ast.Arg | null): void {
    const comma = this.accept(COMMA);
    if (this.tok === TYPE_COMMENT) {
      if (parameter === null) throw SYNTAX_FAILURE;
      parameter.type_comment = this.parseTypeComment();
    }
    if (!comma && this.tok !== RPAR) throw SYNTAX_FAILURE;
  }

  /** param: NAME [':' expression]; after a star the annotation may be starred. */
  private parseParameter(starred: boolean): Ast.Arg {
    const pos = this.pos;
    const name = this.expectName();
    let annotation: Ast.Expr | null = null;
    if (this.accept(COLON)) annotation = starred ? this.parseStarExpression() : this.parseExpression();
    return makeArg(name, annotation, null, this.linenos[pos] as number, this.columns[pos] as number, this.endLine(), this.endColumn());
  }

  /** if_stmt: 'if' named_expression ':' block (elif_stmt | [else_block]); `elif` is the same rule one level down. */
  private parseIf(): Ast.If {
    const start = this.pos;
    this.advance();
    const test = this.parseNamedExpression();
    this.expect(COLON);
    const body = this.parseBlock();
    let orelse: Ast.Stmt[];
    if (this.tok === KW_ELIF) {
      this.enter(1);
      orelse = [this.parseIf()];
      this.leave(1);
    } else orelse = this.parseElse();
    const end = this.lastWordyToken();
    return makeIf(test, body, orelse, this.linenos[start] as number, this.columns[start] as number, this.endLineOf(end), this.endColumnOf(end));
  }

  /** [else_block]: 'else' ':' block */
  private parseElse(): Ast.Stmt[] {
    if (!this.accept(KW_ELSE)) return [];
    this.expect(COLON);
    return this.parseBlock();
  }

  /** while_stmt: 'while' named_expression ':' block [else_block] */
  private parseWhile(): Ast.While {
    const start = this.pos;
    this.advance();
    const test = this.parseNamedExpression();
    this.expect(COLON);
    const body = this.parseBlock();
    const orelse = this.parseElse();
    const end = this.lastWordyToken();
    return makeWhile(test, body, orelse, this.linenos[start] as number, this.columns[start] as number, this.endLineOf(end), this.endColumnOf(end));
  }

  /** for_stmt: ['async'] 'for' star_targets 'in' star_expressions ':' [TYPE_COMMENT] block [else_block] */
  private parseFor(start: number, async: boolean): Ast.Stmt {
    this.advance();
    const target = this.parseStarTargets();
    this.expect(KW_IN);
    const iter = this.parseStarExpressions();
    this.expect(COLON);
    const comment = this.parseTypeComment();
    const body = this.parseBlock();
    const orelse = this.parseElse();
    const end = this.lastWordyToken();
    const make = async ? makeAsyncFor : makeFor;
    return make(target, iter, body, orelse, comment, this.linenos[start] as number, this.columns[start] as number, this.endLineOf(end), this.endColumnOf(end));
  }

  /** with_stmt: ['async'] 'with' ('(' ','.with_item+ [','] ')' | ','.with_item+) ':' [TYPE_COMMENT] block */
  private parseWith(start: number, async: boolean): Ast.Stmt {
    this.advance();
    const bracketed = this.tok === LPAR ? this.parseBracketedWithItems(async) : null;
    const items = bracketed ?? this.parseWithItems();
    this.expect(COLON);
    const comment = this.parseTypeComment();
    const body = this.parseBlock();
    const end = this.lastWordyToken();
    const make = async ? makeAsyncWith : makeWith;
    return make(items, body, comment, this.linenos[start] as number, this.columns[start] as number, this.endLineOf(end), this.endColumnOf(end));
  }

  private parseWithItems(): Ast.WithItem[] {
    const items = [this.parseWithItem()];
    while (this.accept(COMMA)) items.push(this.parseWithItem());
    return items;
  }

  /** Brackets around all items; an attempt, because the bracket may as well belong to the first item: null, and nothing consumed, then. */
  private parseBracketedWithItems(async: boolean): Ast.WithItem[] | null {
    const start = this.pos;
    const nesting = this.nesting;
    this.advance();
    try {
      const items = [this.parseWithItem()];
      while (this.accept(COMMA) && this.tok !== RPAR) items.push(this.parseWithItem());
      // Before a type comment, CPython's grammar does not know the brackets of an asynchronous statement.
      if (this.accept(RPAR) && this.tok === COLON && !(async && this.peek() === TYPE_COMMENT)) return items;
    } catch (failure) {
      if (failure !== SYNTAX_FAILURE && failure !== NESTING_FAILURE) throw failure;
    }
    this.nesting = nesting;
    this.goTo(start);
    return null;
  }

  /** with_item: expression ['as' star_target &(',' | ')' | ':')] */
  private parseWithItem(): Ast.WithItem {
    const context = this.parseExpression();
    if (!this.accept(KW_AS)) return makeWithItem(context, null);
    const target = this.parseStarTarget();
    if (this.tok !== COMMA && this.tok !== RPAR && this.tok !== COLON) throw SYNTAX_FAILURE;
    return makeWithItem(context, target);
  }

  /** try_stmt: 'try' ':' block (finally_block | (except_block+ | except_star_block+) [else_block] [finally_block]) */
  private parseTry(): Ast.Stmt {
    const start = this.pos;
    this.advance();
    this.expect(COLON);
    const body = this.parseBlock();
    const star = this.tok === KW_EXCEPT && this.peek() === STAR;
    const handlers: Ast.ExceptHandler[] = [];
    while (this.tok === KW_EXCEPT) handlers.push(this.parseExceptHandler(star));
    const orelse = handlers.length > 0 ? this.parseElse() : [];
    let finalbody: Ast.Stmt[] = [];
    if (this.accept(KW_FINALLY)) {
      this.expect(COLON);
      finalbody = this.parseBlock();
    } else if (handlers.length === 0) throw SYNTAX_FAILURE;
    const end = this.lastWordyToken();
    const make = star ? makeTryStar : makeTry;
    return make(body, handlers, orelse, finalbody, this.linenos[start] as number, this.columns[start] as number, this.endLineOf(end), this.endColumnOf(end));
  }

  /** except_block: 'except' ['*'] [expression ['as' NAME] | expressions] ':' block */
  private parseExceptHandler(star: boolean): Ast.ExceptHandler {
    const start = this.pos;
    this.advance();
    if (this.accept(STAR) !== star) throw SYNTAX_FAILURE;
    let type: Ast.Expr | null = null;
    let name: string | null = null;
    if (star || this.tok !== COLON) {
      const first = this.pos;
      type = this.parseExpression();
      if (this.tok === COMMA) {
        this.goTo(first);
        type = this.parseExpressions();
      } else if (this.accept(KW_AS)) name = this.expectName();
    }
    this.expect(COLON);
    const body = this.parseBlock();
    const end = this.lastWordyToken();
    return makeExceptHandler(type, name, body, this.linenos[start] as number, this.columns[start] as number, this.endLineOf(end), this.endColumnOf(end));
  }
}
