/**
 * Finds the error that CPython reports for a wrong program.
 *
 * Two passes, as in CPython: the grammar alone, to learn how far it reads; then with the rules for mistakes. If none of those applies, the error is
 * "invalid syntax" at the last token of the first pass, unless the rest of the source does not even consist of tokens.
 */
import { PySyntaxError } from './errors.ts';
import { SYNTAX_ERROR_ACTIONS } from './syntax-error-actions.ts';
import { type SyntaxErrorInput, SyntaxErrorParser } from './syntax-error-parser.ts';
import { DEDENT, ENDMARKER, INDENT } from './token-types.ts';
import { Tokenizer } from './tokenizer.ts';

/** The start rule of each mode. */
export type StartRule = 'file' | 'eval' | 'interactive' | 'func_type';

/** What the search needs to know. */
export interface SyntaxErrorSearch extends SyntaxErrorInput {
  readonly startRule: StartRule;
  readonly typeComments: boolean;
  readonly allowIncompleteInput: boolean;
}

/** Returns the error of a program that the parser has rejected. */
export function findSyntaxError(search: SyntaxErrorSearch): PySyntaxError {
  const tokenizer = new Tokenizer(search.source, { filename: search.filename, typeComments: search.typeComments, extraTokens: false, warn: null });
  const parser = new SyntaxErrorParser(tokenizer, search, SYNTAX_ERROR_ACTIONS);
  const { startRule, allowIncompleteInput } = search;
  const first = attempt(() => parser.run(startRule));
  if (first === true) {
    if (startRule === 'interactive') return parser.errorAtLast('multiple statements found while compiling a single statement');
    return parser.errorAtLast('invalid syntax');
  }
  if (allowIncompleteInput && tokenizer.atEnd) return parser.errorAtToken('_IncompleteInputError', Math.max(parser.fill - 1, 0), 'incomplete input');
  if (first !== false) return unlessAtEnd(tokenizer, parser, first);
  const lastToken = parser.fill - 1;
  parser.callsMistakes = true;
  const second = attempt(() => parser.run(startRule));
  if (second instanceof PySyntaxError) return unlessAtEnd(tokenizer, parser, second);
  return genericError(tokenizer, parser, lastToken);
}

/** Runs a pass; its result, or the error it threw. */
function attempt(pass: () => boolean): boolean | PySyntaxError {
  try {
    return pass();
  } catch (error) {
    if (error instanceof PySyntaxError) return error;
    throw error;
  }
}

function genericError(tokenizer: Tokenizer, parser: SyntaxErrorParser, lastToken: number): PySyntaxError {
  const type = parser.tokens.types[lastToken];
  if (type === INDENT) return parser.errorAtToken('IndentationError', parser.fill - 1, 'unexpected indent');
  if (type === DEDENT) return parser.errorAtToken('IndentationError', parser.fill - 1, 'unexpected unindent');
  return orTokenError(tokenizer, parser, parser.errorAt(lastToken, lastToken, 'invalid syntax'));
}

/** An error that a rule has found; the rest of the source matters only while the tokenizer has something left to read. */
function unlessAtEnd(tokenizer: Tokenizer, parser: SyntaxErrorParser, error: PySyntaxError): PySyntaxError {
  return tokenizer.hasFailed || tokenizer.atEnd ? error : orTokenError(tokenizer, parser, error);
}

/** The error given, unless the rest of the source has an error of the tokenizer, or a bracket that is never closed before the error's line. */
function orTokenError(tokenizer: Tokenizer, parser: SyntaxErrorParser, error: PySyntaxError): PySyntaxError {
  const errorLine = parser.tokens.linenos[parser.fill - 1] as number;
  try {
    const tokens = tokenizer.tokens;
    do tokenizer.next();
    while (tokens.types[tokens.count - 1] !== ENDMARKER);
  } catch (tokenError) {
    if (!(tokenError instanceof PySyntaxError)) throw tokenError;
    // What is wrong inside of an f-string further on says less than the error at hand.
    if (tokenizer.insideFString) return error;
    if (tokenizer.failedAtOnce) return tokenError;
    if (tokenizer.openBrackets > 0 && errorLine > tokenizer.innermostBracketLine) return tokenizer.unclosedBracketError();
  }
  return error;
}
