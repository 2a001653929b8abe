/**
 * The entrance of the front end: from source to tree, or to the error that CPython would report.
 *
 * text → (source-encoding) → tokens → (parse-*) → tree. When that fails, the program is read again by the error parser (syntax-error-*), which
 * is slow, knows all of CPython's messages, and never returns.
 */
import type * as Ast from './ast.ts';
import { makeExpression, makeFunctionType, makeInteractive, makeModule, makePass, makeTypeIgnore } from './ast-factory.ts';
import { NO_PLACE, PySyntaxError, type WarnCallback } from './errors.ts';
import { EscapeWarningError, LiteralError, type UnicodeNameResolver } from './literals.ts';
import { CompoundStatementParser } from './parse-compound-statements.ts';
import { type CodecLookup, decodeSource, normalizeSource } from './source-encoding.ts';
import { COMMA, DOUBLESTAR, ENDMARKER, LPAR, NEWLINE, RARROW, RPAR, STAR } from './token-types.ts';
import { NESTING_FAILURE, SYNTAX_FAILURE } from './token-cursor.ts';
import { type StartRule, findSyntaxError } from './syntax-error.ts';
import { Tokenizer } from './tokenizer.ts';

/** What is parsed: a module, an expression, one interactive statement, or the signature in a type comment. */
export type ParseMode = 'exec' | 'eval' | 'single' | 'func_type';

/** How to parse. Everything but `filename` and `mode` has a default. */
export interface ParseOptions {
  readonly filename: string;
  readonly mode: ParseMode;
  /** Whether `filename` names the file that the bytes are read from, as for the main script. */
  readonly fromFile?: boolean;
  /** Keep `# type:` comments in the tree (PyCF_TYPE_COMMENTS). */
  readonly typeComments?: boolean;
  /** `<>` in place of `!=` (CO_FUTURE_BARRY_AS_BDFL inherited from the caller). */
  readonly flufl?: boolean;
  /** In mode 'single', do not close open blocks at the end of the input (PyCF_DONT_IMPLY_DEDENT). */
  readonly dontImplyDedent?: boolean;
  /** Report input that merely ends too early as _IncompleteInputError (PyCF_ALLOW_INCOMPLETE_INPUT). */
  readonly allowIncompleteInput?: boolean;
  /** `sys.get_int_max_str_digits()`; 0 for no limit. The default is CPython's. */
  readonly maxIntegerDigits?: number;
  /** Finds the character of `\N{...}`; without it all names are unknown. */
  readonly resolveUnicodeName?: UnicodeNameResolver;
  /** Decodes bytes in an encoding that the platform does not know (cp437, ...). */
  readonly decode?: CodecLookup;
  /** Where warnings go; true as answer makes them errors. */
  readonly warn?: WarnCallback;
}

const DEFAULT_MAX_DIGITS = 4300;
const BLANK_REST = /(?:[ \t\n\f]|#[^\n]*)*$/y;
const NESTING_MESSAGE = 'Parser stack overflowed - Python source too complex to parse';

/** Whether only space and comments follow a place in the source. */
function isBlank(source: string, from: number): boolean {
  BLANK_REST.lastIndex = from;
  return BLANK_REST.test(source);
}

/** The complete parser: start rules on top of the grammar areas. */
class Parser extends CompoundStatementParser {
  /** file: [statements] ENDMARKER */
  parseFile(): Ast.Stmt[] {
    const statements: Ast.Stmt[] = [];
    while (this.tok !== ENDMARKER) this.parseStatement(statements);
    return statements;
  }

  /** eval: expressions NEWLINE* ENDMARKER */
  parseEval(): Ast.Expr {
    const body = this.parseExpressions();
    this.expectEnd();
    return body;
  }

  /** interactive: compound_stmt NEWLINE | simple_stmts | NEWLINE */
  parseInteractive(): Ast.Stmt[] {
    const statements: Ast.Stmt[] = [];
    const line = this.linenos[0] as number;
    const column = this.columns[0] as number;
    if (this.accept(NEWLINE)) return [makePass(line, column, this.endLine(), this.endColumn())];
    const compound = this.parseCompoundStatement();
    if (compound === null) this.parseSimpleStatements(statements);
    else {
      statements.push(compound);
      this.expect(NEWLINE);
    }
    if (!isBlank(this.source, this.ends[this.pos - 1] as number)) throw SYNTAX_FAILURE;
    return statements;
  }

  /** func_type: '(' [type_expressions] ')' '->' expression NEWLINE* ENDMARKER */
  parseFunctionType(): Ast.FunctionType {
    this.expect(LPAR);
    const types = this.parseTypeExpressions();
    this.expect(RPAR);
    this.expect(RARROW);
    const returns = this.parseExpression();
    this.expectEnd();
    return makeFunctionType(types, returns);
  }

  /** type_expressions: ','.expression+ [',' '*' expression] [',' '**' expression], in this order */
  private parseTypeExpressions(): Ast.Expr[] {
    const types: Ast.Expr[] = [];
    let last = 0;
    while (this.tok !== RPAR || last > 0) {
      const rank: number = this.tok === STAR ? 1 : this.tok === DOUBLESTAR ? 2 : 0;
      if (rank < last || (rank > 0 && rank === last)) throw SYNTAX_FAILURE;
      if (rank > 0) this.advance();
      types.push(this.parseExpression());
      last = rank;
      if (this.tok !== COMMA) break;
      this.advance();
      if (this.tok === RPAR) throw SYNTAX_FAILURE;
    }
    return types;
  }

  private expectEnd(): void {
    while (this.accept(NEWLINE));
    this.expect(ENDMARKER);
  }
}

/** Parses a program. Throws PySyntaxError when it is wrong. */
export function parse(source: string | Uint8Array, options: ParseOptions): Ast.Mod {
  const decoded = typeof source === 'string' ? source : decodeSource(source, options.filename, options.decode, options.fromFile);
  const text = normalizeSource(decoded, options.mode === 'exec', options.filename);
  const warnings = new WarningFilter(options.warn);
  try {
    return parseText(text, options, warnings);
  } catch (failure) {
    const error = errorOf(text, options, warnings, failure);
    error.source = text;
    throw error;
  }
}

/** The error that a failure of the parser stands for; what is none passes. */
function errorOf(text: string, options: ParseOptions, warnings: WarningFilter, failure: unknown): PySyntaxError {
  if (warnings.raised && failure instanceof PySyntaxError) return failure;
  if (failure === NESTING_FAILURE || failure instanceof RangeError) return nestingError(options.filename);
  if (failure instanceof EscapeWarningError) return failure.asSyntaxError(options.filename);
  if (failure !== SYNTAX_FAILURE && !(failure instanceof LiteralError) && !(failure instanceof PySyntaxError)) throw failure;
  return explain(text, options, failure);
}

/** Passes warnings on, and remembers whether one of them was to be an error. */
class WarningFilter {
  raised = false;
  readonly warn: WarnCallback | null;

  constructor(warn: WarnCallback | undefined) {
    this.warn = warn === undefined ? null : (category, message, lineno, column) => (this.raised = warn(category, message, lineno, column) === true);
  }
}

const START_RULES: Readonly<Record<ParseMode, StartRule>> = { exec: 'file', eval: 'eval', single: 'interactive', func_type: 'func_type' };

function explain(source: string, options: ParseOptions, failure: unknown): PySyntaxError {
  try {
    return findSyntaxError({
      source,
      filename: options.filename,
      startRule: START_RULES[options.mode],
      interactive: options.mode === 'single',
      typeComments: options.typeComments ?? false,
      dontImplyDedent: options.dontImplyDedent ?? false,
      allowIncompleteInput: options.allowIncompleteInput ?? false,
      maxIntegerDigits: options.maxIntegerDigits ?? DEFAULT_MAX_DIGITS,
      resolveUnicodeName: options.resolveUnicodeName ?? (() => undefined),
      flufl: options.flufl ?? false,
    });
  } catch (exhausted) {
    if (!(exhausted instanceof RangeError)) throw exhausted;
    // The search needs more stack than there is. What the tokenizer said is right as it stands.
    return failure instanceof PySyntaxError ? failure : nestingError(options.filename);
  }
}

function nestingError(filename: string): PySyntaxError {
  return new PySyntaxError('MemoryError', NESTING_MESSAGE, filename, NO_PLACE, null);
}

function parseText(text: string, options: ParseOptions, warnings: WarningFilter): Ast.Mod {
  const tokenizer = new Tokenizer(text, {
    filename: options.filename,
    typeComments: options.typeComments ?? false,
    extraTokens: false,
    warn: warnings.warn,
  });
  if (options.mode === 'single') readInteractiveTokens(tokenizer, options.dontImplyDedent ?? false);
  else tokenizer.readAll();
  const parser = new Parser({
    source: text,
    tokens: tokenizer.tokens,
    resolveUnicodeName: options.resolveUnicodeName ?? (() => undefined),
    warn: warnings.warn,
    maxIntegerDigits: options.maxIntegerDigits ?? DEFAULT_MAX_DIGITS,
    flufl: options.flufl ?? false,
  });
  switch (options.mode) {
    case 'exec': {
      const body = parser.parseFile();
      return makeModule(body, tokenizer.typeIgnores.map(({ lineno, tag }) => makeTypeIgnore(lineno, tag)));
    }
    case 'eval': return makeExpression(parser.parseEval());
    case 'single': return makeInteractive(parser.parseInteractive());
    case 'func_type': return parser.parseFunctionType();
  }
}

/** Interactive input ends with an invented newline, and its open blocks are closed. */
function readInteractiveTokens(tokenizer: Tokenizer, dontImplyDedent: boolean): void {
  const tokens = tokenizer.tokens;
  let started = false;
  for (;;) {
    tokenizer.next();
    const last = tokens.count - 1;
    if (tokens.types[last] !== ENDMARKER) started = true;
    else if (!started) return;
    else {
      tokens.types[last] = NEWLINE;
      started = false;
      if (tokenizer.isIndented && !dontImplyDedent) tokenizer.closeIndentation();
    }
  }
}
