/** What the rules of syntax-error-rules.ts do that the table cannot say: checks of literals, and mistakes with conditions. */
import type { PySyntaxError } from './errors.ts';
import { LiteralError, decodeBytes, decodeString, parseNumber } from './literals.ts';
import { ConstComplex } from '../base/constants.ts';
import { type ActionFunction, type Labels, type Shape, type SyntaxErrorParser, type Value, shapeOf, shapesIn } from './syntax-error-parser.ts';
import { FSTRING_END, FSTRING_MIDDLE, FSTRING_START, TSTRING_END, TSTRING_MIDDLE, TSTRING_START } from './token-types.ts';

const LEGACY_STATEMENTS: ReadonlySet<string> = new Set(['print', 'exec']);

/** The last expression of a comprehension: its last condition, or what it iterates over. */
function comprehensionEnd(clauses: Value | undefined): Shape {
  const last = shapesIn(clauses).at(-1) as Shape;
  return shapesIn(last.labels['c']).at(-1) ?? shapeOf(last.labels['i']);
}

function literalFailure(parser: SyntaxErrorParser, error: unknown, index: number): PySyntaxError {
  if (!(error instanceof LiteralError)) throw error;
  return error.atToken ? parser.errorAt(index, index, error.message) : parser.errorAtLast(error.message);
}

function checkString(parser: SyntaxErrorParser, index: number): 'bytes' | 'str' {
  const text = parser.textAt(index);
  const quoteAt = text.search(/['"]/);
  const prefix = text.slice(0, quoteAt).toLowerCase();
  const size = /^("""|''')/.test(text.slice(quoteAt)) && text.length - quoteAt >= 6 ? 3 : 1;
  const body = text.slice(quoteAt + size, text.length - size);
  try {
    if (prefix.includes('b')) decodeBytes(body, prefix.includes('r'));
    else decodeString(body, prefix.includes('r'), parser.input.resolveUnicodeName);
  } catch (error) {
    throw literalFailure(parser, error, index);
  }
  return prefix.includes('b') ? 'bytes' : 'str';
}

function checkText(parser: SyntaxErrorParser, index: number, raw: boolean): void {
  try {
    decodeString(parser.textAt(index), raw, parser.input.resolveUnicodeName);
  } catch (error) {
    if (!(error instanceof LiteralError)) throw error;
    throw parser.errorAt(index, index, error.message);
  }
}

function isImaginary(parser: SyntaxErrorParser, number: Shape): boolean {
  return parseNumber(parser.textAt(number.first), 0) instanceof ConstComplex;
}

function isTuple(value: Value | undefined): boolean {
  return shapeOf(value).kind === 'Tuple';
}

function boundError(parser: SyntaxErrorParser, labels: Labels, name: string): PySyntaxError {
  const what = isTuple(labels['e']) ? 'constraints' : 'bound';
  return parser.errorFrom(shapeOf(labels['c']), `cannot use ${what} with ${name}`);
}

/** The functions that the table calls by name. */
export const SYNTAX_ERROR_ACTIONS: Readonly<Record<string, ActionFunction>> = {
  fail: () => null,

  futureImport(parser, labels, first, parts) {
    const names = shapesIn(labels['n']).map((alias) => parser.textAt(alias.first));
    const relative = Array.isArray(labels['d']) && labels['d'].length > 0;
    if (!relative && parser.textAt(first + 1) === '__future__' && names.includes('barry_as_FLUFL')) parser.input.flufl = true;
    return parser.shape('ImportFrom', first, parts, labels);
  },

  notEqual(parser, labels) {
    if (parser.input.flufl) throw parser.errorAtLast("with Barry as BDFL, use '<>' instead of '!='");
    return shapeOf(labels['t']);
  },

  flyingNotEqual(parser, labels, first) {
    const { starts, ends } = parser.tokens;
    if (ends[first] !== starts[first + 1]) return null;
    if (parser.input.flufl) return shapeOf(labels['a']);
    throw parser.errorAt(first, first + 1, "invalid syntax.  Maybe you meant '!=' instead of '<>'?");
  },

  realNumber(parser, labels) {
    const number = shapeOf(labels['n']);
    if (isImaginary(parser, number)) throw parser.errorOver(number, 'real number required in complex literal');
    return number;
  },

  imaginaryNumber(parser, labels) {
    const number = shapeOf(labels['n']);
    if (!isImaginary(parser, number)) throw parser.errorOver(number, 'imaginary number required in complex literal');
    return number;
  },

  string(parser, labels, first) {
    checkString(parser, first);
    return parser.shape('Constant', first, [], labels);
  },

  joinedString(parser, labels, first, parts) {
    const raw = /r/i.test(parser.textAt(first));
    for (let i = first + 1; i < parser.mark; i++) {
      const type = parser.typeAt(i);
      if (isOwnText(parser, labels, i) && (type === FSTRING_MIDDLE || type === TSTRING_MIDDLE)) checkText(parser, i, raw);
    }
    return parser.shape(/t/i.test(parser.textAt(first)) ? 'TemplateStr' : 'JoinedStr', first, parts, labels);
  },

  formatSpecText(parser, labels) {
    const token = shapeOf(labels['t']);
    checkText(parser, token.first, false);
    return token;
  },

  conversion(parser, labels, first, parts) {
    const name = shapeOf(labels['n']);
    const { starts, ends } = parser.tokens;
    if (starts[name.first] !== ends[first]) {
      throw parser.errorAt(first, name.last, `${stringKind(parser, first)}: conversion type must come right after the exclamation mark`);
    }
    const text = parser.textAt(name.first);
    if (!/^[sra]$/.test(text)) {
      throw parser.errorOver(name, `${stringKind(parser, first)}: invalid conversion character '${text}': expected 's', 'r', or 'a'`);
    }
    return parser.shape('token', first, parts, labels);
  },

  concatenate(parser, labels, first, parts) {
    const strings = shapesIn(labels['p']);
    const bytes = strings.filter((shape) => shape.kind === 'Constant' && /^[^'"]*b/i.test(parser.textAt(shape.first))).length;
    if (bytes !== 0 && bytes !== strings.length) throw parser.errorAtLast('cannot mix bytes and nonbytes literals');
    const joined = strings.some((shape) => shape.kind === 'JoinedStr');
    return parser.shape(joined ? 'JoinedStr' : 'Constant', first, parts, labels);
  },

  bareGenerator(parser, labels) {
    throw parser.errorAt(shapeOf(labels['a']).first, comprehensionEnd(labels['b']).last, 'Generator expression must be parenthesized');
  },

  bareGeneratorAmongArguments(parser, labels) {
    const call = shapeOf(labels['a']);
    const starred = shapesIn(call.labels['k']).filter((argument) => argument.kind === 'Starred');
    const positional = [...shapesIn(call.labels['p']), ...starred];
    // f(x for x in y) is right; only more arguments before it make it wrong.
    if (positional.length <= 1) return null;
    const last = positional.at(-1) as Shape;
    throw parser.errorAt(last.first, comprehensionEnd(labels['b']).last, 'Generator expression must be parenthesized');
  },

  positionalAfterKeyword(parser, labels) {
    const unpacking = shapesIn(shapeOf(labels['a']).labels['k']).some((argument) => argument.kind === 'keyword_unpacking');
    throw parser.errorAtLast(`positional argument follows keyword argument${unpacking ? ' unpacking' : ''}`);
  },

  legacyStatement(parser, labels) {
    const name = shapeOf(labels['a']);
    const text = parser.textAt(name.first);
    if (!LEGACY_STATEMENTS.has(text)) return null;
    throw parser.errorAt(name.first, shapeOf(labels['b']).last, `Missing parentheses in call to '${text}'. Did you mean ${text}(...)?`);
  },

  insideOfString(parser, labels) {
    const inside = shapesIn(labels['a']);
    const message = 'invalid syntax. Is this intended to be part of the string?';
    throw parser.errorAt((inside[0] as Shape).first, (inside.at(-1) as Shape).last, message);
  },

  forgottenComma(parser, labels) {
    const left = shapeOf(labels['a']);
    if (left.kind === 'Name' && LEGACY_STATEMENTS.has(parser.textAt(left.first))) return null;
    if (parser.tokens.levels[parser.mark - 1] === 0) return null;
    throw parser.errorAt(left.first, shapeOf(labels['b']).last, 'invalid syntax. Perhaps you forgot a comma?');
  },

  boundOfTypeVarTuple(parser, labels) {
    throw boundError(parser, labels, 'TypeVarTuple');
  },

  boundOfParamSpec(parser, labels) {
    throw boundError(parser, labels, 'ParamSpec');
  },

  unbracketedTarget(parser, labels) {
    const last = shapesIn(labels['b']).at(-1) as Shape;
    throw parser.errorAt(shapeOf(labels['a']).first, last.last, 'did you forget parentheses around the comprehension target?');
  },

  positionalPatternAfterKeyword(parser, labels) {
    const patterns = shapesIn(labels['a']);
    throw parser.errorAt((patterns[0] as Shape).first, (patterns.at(-1) as Shape).last, 'positional patterns follow keyword patterns');
  },

  missingColon(parser, labels) {
    const key = shapeOf(labels['a']);
    throw parser.missingColonError(key);
  },

  mixedStrings(parser, labels) {
    const left = shapesIn(labels['a']).at(-1) as Shape;
    throw parser.errorAt(left.first, shapeOf(labels['b']).last, 'cannot mix t-string literals with string or bytes literals');
  },
};

/** Whether a text token belongs to the string itself rather than to a string or format spec inside of its braces. */
function isOwnText(parser: SyntaxErrorParser, labels: Labels, index: number): boolean {
  const own = labels['m'];
  return Array.isArray(own) && own.some((part: Value) => !Array.isArray(part) && (part as Shape).kind === 'token' && (part as Shape).first === index);
}

/** 'f-string' or 't-string': the innermost string that is open at a token. */
function stringKind(parser: SyntaxErrorParser, index: number): string {
  let depth = 0;
  for (let i = index; i >= 0; i--) {
    const type = parser.tokens.types[i] as number;
    if (type === FSTRING_END || type === TSTRING_END) depth++;
    else if (type === FSTRING_START || type === TSTRING_START) {
      if (depth === 0) return type === TSTRING_START ? 't-string' : 'f-string';
      depth--;
    }
  }
  return 'f-string';
}
