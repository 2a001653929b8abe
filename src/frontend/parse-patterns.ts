/** Grammar area: `match` statements and their patterns. */
import type * as Ast from './ast.ts';
import {
  makeAttribute, makeBinOp, makeConstant, makeMatch, makeMatchAs, makeMatchCase, makeMatchClass, makeMatchMapping, makeMatchOr, makeMatchSequence,
  makeMatchSingleton, makeMatchStar, makeMatchValue, makeName, makeTuple, makeUnaryOp,
} from './ast-factory.ts';
import { ConstComplex } from '../base/constants.ts';
import { ExpressionParser } from './parse-expressions.ts';
import {
  COLON, COMMA, DEDENT, DOT, DOUBLESTAR, EQUAL, FSTRING_START, INDENT, KW_AS, KW_FALSE, KW_IF, KW_NONE, KW_TRUE, LBRACE, LPAR, LSQB, MINUS, NAME, NEWLINE, NUMBER,
  PLUS, RBRACE, RPAR, RSQB, STAR, STRING, TSTRING_START, VBAR,
} from './token-types.ts';
import { NESTING_FAILURE, SYNTAX_FAILURE } from './token-cursor.ts';

/** What one level of nested patterns costs of CPython's parser levels. */
const PATTERN_LEVELS = 8;

/** Parses `match` statements. */
export abstract class PatternParser extends ExpressionParser {
  protected abstract parseBlock(): Ast.Stmt[];

  /**
   * match_stmt: "match" subject_expr ':' NEWLINE INDENT case_block+ DEDENT
   *
   * `match` is a name as well, so the head is an attempt: null, and nothing consumed, when it does not read as one.
   */
  protected parseMatch(): Ast.Match | null {
    const start = this.pos;
    const subject = this.parseMatchHead();
    if (subject === null) return null;
    this.expect(INDENT);
    const cases: Ast.MatchCase[] = [];
    do cases.push(this.parseCase());
    while (this.tok === NAME && this.names[this.pos] === 'case');
    this.expect(DEDENT);
    const end = this.lastWordyToken();
    return makeMatch(
      subject, cases, this.linenos[start] as number, this.columns[start] as number, this.endLinenos[end] as number, this.endColumns[end] as number,
    );
  }

  private parseMatchHead(): Ast.Expr | null {
    const start = this.pos;
    const nesting = this.nesting;
    this.advance();
    if (this.startsStarExpression()) {
      try {
        const subject = this.parseSubject();
        if (this.accept(COLON) && this.accept(NEWLINE)) return subject;
      } catch (failure) {
        if (failure !== SYNTAX_FAILURE && failure !== NESTING_FAILURE) throw failure;
      }
    }
    this.nesting = nesting;
    this.goTo(start);
    return null;
  }

  /** subject_expr: star_named_expression ',' star_named_expressions? | named_expression */
  private parseSubject(): Ast.Expr {
    const start = this.pos;
    const first = this.parseStarNamedExpression();
    if (this.tok !== COMMA) {
      if (first.kind === 'Starred') throw SYNTAX_FAILURE;
      return first;
    }
    this.advance();
    const elements = this.parseStarNamedExpressions([first], COLON);
    return makeTuple(elements, 'Load', this.linenos[start] as number, this.columns[start] as number, this.endLine(), this.endColumn());
  }

  /** case_block: "case" patterns ['if' named_expression] ':' block */
  private parseCase(): Ast.MatchCase {
    if (this.tok !== NAME || this.names[this.pos] !== 'case') throw SYNTAX_FAILURE;
    this.advance();
    const pattern = this.parsePatterns();
    const guard = this.accept(KW_IF) ? this.parseNamedExpression() : null;
    this.expect(COLON);
    return makeMatchCase(pattern, guard, this.parseBlock());
  }

  /** patterns: open_sequence_pattern | pattern */
  private parsePatterns(): Ast.Pattern {
    const start = this.pos;
    const first = this.parseMaybeStarPattern();
    if (this.tok !== COMMA) {
      if (first.kind === 'MatchStar') throw SYNTAX_FAILURE;
      return first;
    }
    this.advance();
    const patterns = this.parseSequenceRest(first, COLON);
    return makeMatchSequence(patterns, this.linenos[start] as number, this.columns[start] as number, this.endLine(), this.endColumn());
  }

  /** The patterns after a first one and its comma, up to a closing token (or a guard). */
  private parseSequenceRest(first: Ast.Pattern, close: number): Ast.Pattern[] {
    const patterns = [first];
    while (this.tok !== close && this.tok !== KW_IF) {
      patterns.push(this.parseMaybeStarPattern());
      if (!this.accept(COMMA)) break;
    }
    return patterns;
  }

  /** maybe_star_pattern: '*' (NAME | "_") | pattern */
  private parseMaybeStarPattern(): Ast.Pattern {
    if (this.tok !== STAR) return this.parsePattern();
    const start = this.pos;
    this.advance();
    const name = this.tok === NAME && this.names[this.pos] === '_' ? this.wildcard() : this.parseCaptureTarget();
    return makeMatchStar(name, this.linenos[start] as number, this.columns[start] as number, this.endLine(), this.endColumn());
  }

  private wildcard(): null {
    this.advance();
    return null;
  }

  /** pattern_capture_target: !"_" NAME !('.' | '(' | '=') */
  private parseCaptureTarget(): string {
    const name = this.expectName();
    if (name === '_' || this.tok === DOT || this.tok === LPAR || this.tok === EQUAL) throw SYNTAX_FAILURE;
    return name;
  }

  /** pattern: or_pattern ['as' pattern_capture_target] */
  private parsePattern(): Ast.Pattern {
    const start = this.pos;
    this.enter(PATTERN_LEVELS);
    const pattern = this.parseOrPattern();
    this.leave(PATTERN_LEVELS);
    if (!this.accept(KW_AS)) return pattern;
    const name = this.parseCaptureTarget();
    return makeMatchAs(pattern, name, this.linenos[start] as number, this.columns[start] as number, this.endLine(), this.endColumn());
  }

  /** or_pattern: '|'.closed_pattern+ */
  private parseOrPattern(): Ast.Pattern {
    const start = this.pos;
    const first = this.parseClosedPattern();
    if (this.tok !== VBAR) return first;
    const patterns = [first];
    while (this.accept(VBAR)) patterns.push(this.parseClosedPattern());
    return makeMatchOr(patterns, this.linenos[start] as number, this.columns[start] as number, this.endLine(), this.endColumn());
  }

  /** closed_pattern: literal | capture | wildcard | value | group | sequence | mapping | class */
  private parseClosedPattern(): Ast.Pattern {
    switch (this.tok) {
      case NAME: return this.parseNamePattern();
      case NUMBER:
      case MINUS:
      case STRING:
      case FSTRING_START:
      case TSTRING_START: return this.parseValuePattern();
      case KW_NONE:
      case KW_TRUE:
      case KW_FALSE: return this.parseSingletonPattern();
      case LPAR: return this.parseGroupOrSequence();
      case LSQB: return this.parseSequence();
      case LBRACE: return this.parseMapping();
      default: throw SYNTAX_FAILURE;
    }
  }

  private parseValuePattern(): Ast.Pattern {
    const value = this.parseLiteralExpression();
    return makeMatchValue(value, value.lineno, value.col_offset, value.end_lineno, value.end_col_offset);
  }

  private parseSingletonPattern(): Ast.Pattern {
    const pos = this.pos;
    const value = this.tok === KW_NONE ? null : this.tok === KW_TRUE;
    this.advance();
    return makeMatchSingleton(value, this.linenos[pos] as number, this.columns[pos] as number, this.endLine(), this.endColumn());
  }

  /** literal_expr: signed_number !('+' | '-') | complex_number | strings | 'None' | 'True' | 'False' */
  private parseLiteralExpression(): Ast.Expr {
    const pos = this.pos;
    if (this.tok !== NUMBER && this.tok !== MINUS) {
      if (this.tok === STRING || this.tok === FSTRING_START || this.tok === TSTRING_START) return this.parseStrings();
      if (this.tok < KW_FALSE || this.tok > KW_TRUE) throw SYNTAX_FAILURE;
      const value = this.tok === KW_NONE ? null : this.tok === KW_TRUE;
      this.advance();
      return makeConstant(value, null, this.linenos[pos] as number, this.columns[pos] as number, this.endLine(), this.endColumn());
    }
    const real = this.parseSignedNumber();
    const sign = this.tok;
    if (sign !== PLUS && sign !== MINUS) return real.node;
    this.advance();
    if (this.tok !== NUMBER) throw SYNTAX_FAILURE;
    const imaginary = this.parseAtom() as Ast.Constant;
    if (real.imaginary || !(imaginary.value instanceof ConstComplex)) throw SYNTAX_FAILURE;
    const operator = sign === PLUS ? 'Add' : 'Sub';
    return makeBinOp(real.node, operator, imaginary, this.linenos[pos] as number, this.columns[pos] as number, this.endLine(), this.endColumn());
  }

  /** signed_number: ['-'] NUMBER */
  private parseSignedNumber(): { node: Ast.Expr; imaginary: boolean } {
    const pos = this.pos;
    const negative = this.accept(MINUS);
    if (this.tok !== NUMBER) throw SYNTAX_FAILURE;
    const number = this.parseAtom() as Ast.Constant;
    const imaginary = number.value instanceof ConstComplex;
    if (!negative) return { node: number, imaginary };
    const node = makeUnaryOp('USub', number, this.linenos[pos] as number, this.columns[pos] as number, this.endLine(), this.endColumn());
    return { node, imaginary };
  }

  /** capture_pattern | wildcard_pattern | value_pattern | class_pattern */
  private parseNamePattern(): Ast.Pattern {
    const start = this.pos;
    const line = this.linenos[start] as number;
    const column = this.columns[start] as number;
    const next = this.peek();
    if (next !== DOT && next !== LPAR && next !== EQUAL) {
      const name = this.expectName();
      return makeMatchAs(null, name === '_' ? null : name, line, column, this.endLine(), this.endColumn());
    }
    const value = this.parseNameOrAttribute();
    if (this.tok === LPAR) return this.parseClassPattern(value, start);
    if (value.kind === 'Name' || this.tok === EQUAL) throw SYNTAX_FAILURE;
    return makeMatchValue(value, line, column, this.endLine(), this.endColumn());
  }

  /** name_or_attr: NAME ('.' NAME)* */
  private parseNameOrAttribute(): Ast.Name | Ast.Attribute {
    const start = this.pos;
    const line = this.linenos[start] as number;
    const column = this.columns[start] as number;
    const name = this.expectName();
    let value: Ast.Name | Ast.Attribute = makeName(name, 'Load', line, column, this.endLine(), this.endColumn());
    while (this.accept(DOT)) {
      const attribute = this.expectName();
      value = makeAttribute(value, attribute, 'Load', line, column, this.endLine(), this.endColumn());
    }
    return value;
  }

  /** class_pattern: name_or_attr '(' [','.pattern+] [','.(NAME '=' pattern)+] [','] ')' */
  private parseClassPattern(cls: Ast.Expr, start: number): Ast.Pattern {
    this.advance();
    const patterns: Ast.Pattern[] = [];
    const names: string[] = [];
    const values: Ast.Pattern[] = [];
    while (this.tok !== RPAR) {
      if (this.tok === NAME && this.peek() === EQUAL) {
        names.push(this.expectName());
        this.advance();
        values.push(this.parsePattern());
      } else {
        if (names.length > 0) throw SYNTAX_FAILURE;
        patterns.push(this.parsePattern());
      }
      if (!this.accept(COMMA)) break;
    }
    this.expect(RPAR);
    return makeMatchClass(cls, patterns, names, values, this.linenos[start] as number, this.columns[start] as number, this.endLine(), this.endColumn());
  }

  /** group_pattern: '(' pattern ')'   sequence_pattern: '(' [open_sequence_pattern] ')' */
  private parseGroupOrSequence(): Ast.Pattern {
    const start = this.pos;
    this.advance();
    let patterns: Ast.Pattern[] = [];
    if (this.tok !== RPAR) {
      const first = this.parseMaybeStarPattern();
      if (this.tok !== COMMA) {
        this.expect(RPAR);
        if (first.kind === 'MatchStar') throw SYNTAX_FAILURE;
        return first;
      }
      this.advance();
      patterns = this.parseSequenceRest(first, RPAR);
    }
    this.expect(RPAR);
    return makeMatchSequence(patterns, this.linenos[start] as number, this.columns[start] as number, this.endLine(), this.endColumn());
  }

  /** sequence_pattern: '[' [maybe_sequence_pattern] ']' */
  private parseSequence(): Ast.Pattern {
    const start = this.pos;
    this.advance();
    const patterns: Ast.Pattern[] = [];
    while (this.tok !== RSQB) {
      patterns.push(this.parseMaybeStarPattern());
      if (!this.accept(COMMA)) break;
    }
    this.expect(RSQB);
    return makeMatchSequence(patterns, this.linenos[start] as number, this.columns[start] as number, this.endLine(), this.endColumn());
  }

  /** mapping_pattern: '{' [','.((literal_expr | attr) ':' pattern)+] [',' '**' NAME] [','] '}' */
  private parseMapping(): Ast.Pattern {
    const start = this.pos;
    this.advance();
    const keys: Ast.Expr[] = [];
    const patterns: Ast.Pattern[] = [];
    let rest: string | null = null;
    while (this.tok !== RBRACE) {
      if (this.accept(DOUBLESTAR)) {
        rest = this.parseCaptureTarget();
        this.accept(COMMA);
        break;
      }
      keys.push(this.parseMappingKey());
      this.expect(COLON);
      patterns.push(this.parsePattern());
      if (!this.accept(COMMA)) break;
    }
    this.expect(RBRACE);
    return makeMatchMapping(keys, patterns, rest, this.linenos[start] as number, this.columns[start] as number, this.endLine(), this.endColumn());
  }

  private parseMappingKey(): Ast.Expr {
    if (this.tok !== NAME) return this.parseLiteralExpression();
    const key = this.parseNameOrAttribute();
    if (key.kind !== 'Attribute') throw SYNTAX_FAILURE;
    return key;
  }
}
