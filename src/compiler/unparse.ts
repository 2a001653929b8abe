/** Expressions as text, for annotations under `from __future__ import annotations`. Source: CPython 3.14 `Python/ast_unparse.c`. */
import { exhaustive } from '../base/assert.ts';
import type { Arg, Arguments, BinOp, Call, CmpOperator, Comprehension, Constant, Dict, Expr, FormattedValue, Interpolation, Lambda, Operator, Slice, UnaryOperator } from '../frontend/ast.ts';
import { literalRepr, stringRepr } from './unparse-literals.ts';

/** How tightly an expression must bind to stand without parentheses. */
const LEVEL = {
  TUPLE: 0, TEST: 1, OR: 2, AND: 3, NOT: 4, COMPARE: 5, EXPR: 6, BIT_XOR: 7, BIT_AND: 8, SHIFT: 9, ARITHMETIC: 10, TERM: 11, FACTOR: 12,
  POWER: 13, AWAIT: 14, ATOM: 15,
} as const;

const BINARY: Record<Operator, readonly [text: string, level: number]> = {
  Add: [' + ', LEVEL.ARITHMETIC], Sub: [' - ', LEVEL.ARITHMETIC], Mult: [' * ', LEVEL.TERM], MatMult: [' @ ', LEVEL.TERM],
  Div: [' / ', LEVEL.TERM], Mod: [' % ', LEVEL.TERM], LShift: [' << ', LEVEL.SHIFT], RShift: [' >> ', LEVEL.SHIFT],
  BitOr: [' | ', LEVEL.EXPR], BitXor: [' ^ ', LEVEL.BIT_XOR], BitAnd: [' & ', LEVEL.BIT_AND], FloorDiv: [' // ', LEVEL.TERM],
  Pow: [' ** ', LEVEL.POWER],
};

const UNARY: Record<UnaryOperator, readonly [text: string, level: number]> = {
  Invert: ['~', LEVEL.FACTOR], Not: ['not ', LEVEL.NOT], UAdd: ['+', LEVEL.FACTOR], USub: ['-', LEVEL.FACTOR],
};

const COMPARISONS: Record<CmpOperator, string> = {
  Eq: ' == ', NotEq: ' != ', Lt: ' < ', LtE: ' <= ', Gt: ' > ', GtE: ' >= ', Is: ' is ', IsNot: ' is not ', In: ' in ', NotIn: ' not in ',
};

/** The text of an annotation. */
export function unparse(e: Expr): string {
  return text(e, LEVEL.TEST);
}

function parenthesised(condition: boolean, inner: string): string {
  return condition ? `(${inner})` : inner;
}

function list(elements: readonly Expr[], level: number): string {
  return elements.map((element) => text(element, level)).join(', ');
}

function text(e: Expr, level: number): string {
  switch (e.kind) {
    case 'Name': return e.id;
    case 'Constant': return constantText(e);
    case 'Attribute': {
      const isInt = e.value.kind === 'Constant' && (typeof e.value.value === 'number' || typeof e.value.value === 'bigint');
      return `${text(e.value, LEVEL.ATOM)}${isInt ? ' .' : '.'}${e.attr}`;
    }
    case 'Subscript': return `${text(e.value, LEVEL.ATOM)}[${text(e.slice, LEVEL.TUPLE)}]`;
    case 'Starred': return `*${text(e.value, LEVEL.EXPR)}`;
    case 'Call': return callText(e);
    case 'BoolOp': {
      const own = e.op === 'And' ? LEVEL.AND : LEVEL.OR;
      return parenthesised(level > own, e.values.map((value) => text(value, own + 1)).join(e.op === 'And' ? ' and ' : ' or '));
    }
    case 'BinOp': return binOpText(e, level);
    case 'UnaryOp': {
      const [operator, own] = UNARY[e.op];
      return parenthesised(level > own, operator + text(e.operand, own));
    }
    case 'Compare': {
      const rest = e.comparators.map((right, i) => COMPARISONS[e.ops[i]!] + text(right, LEVEL.COMPARE + 1));
      return parenthesised(level > LEVEL.COMPARE, text(e.left, LEVEL.COMPARE + 1) + rest.join(''));
    }
    case 'Lambda': return parenthesised(level > LEVEL.TEST, lambdaText(e));
    case 'IfExp':
      return parenthesised(level > LEVEL.TEST, `${text(e.body, LEVEL.TEST + 1)} if ${text(e.test, LEVEL.TEST + 1)} else ${text(e.orelse, LEVEL.TEST)}`);
    case 'List': return `[${list(e.elts, LEVEL.TEST)}]`;
    case 'Tuple': {
      if (e.elts.length === 0) return '()';
      return parenthesised(level > LEVEL.TUPLE, list(e.elts, LEVEL.TEST) + (e.elts.length === 1 ? ',' : ''));
    }
    case 'Set': return `{${list(e.elts, LEVEL.TEST)}}`;
    case 'Dict': return dictText(e);
    case 'ListComp': return `[${text(e.elt, LEVEL.TEST)}${loopsText(e.generators)}]`;
    case 'SetComp': return `{${text(e.elt, LEVEL.TEST)}${loopsText(e.generators)}}`;
    case 'DictComp': return `{${text(e.key, LEVEL.TEST)}: ${text(e.value, LEVEL.TEST)}${loopsText(e.generators)}}`;
    case 'GeneratorExp': return `(${text(e.elt, LEVEL.TEST)}${loopsText(e.generators)})`;
    case 'Slice': return sliceText(e);
    case 'NamedExpr': return parenthesised(level > LEVEL.TUPLE, `${text(e.target, LEVEL.ATOM)} := ${text(e.value, LEVEL.ATOM)}`);
    case 'Await': return parenthesised(level > LEVEL.AWAIT, `await ${text(e.value, LEVEL.ATOM)}`);
    case 'Yield': return e.value === null ? '(yield)' : `(yield ${text(e.value, LEVEL.TEST)})`;
    case 'YieldFrom': return `(yield from ${text(e.value, LEVEL.TEST)})`;
    case 'JoinedStr': return `f${stringRepr(partsText(e.values))}`;
    case 'TemplateStr': return `t${stringRepr(partsText(e.values))}`;
    case 'FormattedValue': return `f${stringRepr(fieldText(e))}`;
    case 'Interpolation': return `t${stringRepr(fieldText(e))}`;
    default: return exhaustive(e);
  }
}

function constantText(e: Constant): string {
  const { value } = e;
  if (typeof value === 'object' && value !== null && value.kind === 'ellipsis') return '...';
  const repr = literalRepr(value);
  // There is no literal for infinity; this one overflows to it.
  const isReal = typeof value === 'object' && value !== null && (value.kind === 'float' || value.kind === 'complex');
  return (e.u_kind ?? '') + (isReal ? repr.replaceAll('inf', '1e309') : repr);
}

function binOpText(e: BinOp, level: number): string {
  const [operator, own] = BINARY[e.op];
  const isRight = e.op === 'Pow';
  return parenthesised(level > own, text(e.left, own + (isRight ? 1 : 0)) + operator + text(e.right, own + (isRight ? 0 : 1)));
}

function callText(e: Call): string {
  const func = text(e.func, LEVEL.ATOM);
  const only = e.args.length === 1 && e.keywords.length === 0 ? e.args[0]! : null;
  // A single generator expression brings its own parentheses.
  if (only !== null && only.kind === 'GeneratorExp') return func + text(only, LEVEL.TEST);
  const args = e.args.map((arg) => text(arg, LEVEL.TEST));
  const keywords = e.keywords.map((keyword) => `${keyword.arg === null ? '**' : `${keyword.arg}=`}${text(keyword.value, LEVEL.TEST)}`);
  return `${func}(${[...args, ...keywords].join(', ')})`;
}

function dictText(e: Dict): string {
  const items = e.values.map((value, i) => {
    const key = e.keys[i] ?? null;
    return key === null ? `**${text(value, LEVEL.EXPR)}` : `${text(key, LEVEL.TEST)}: ${text(value, LEVEL.TEST)}`;
  });
  return `{${items.join(', ')}}`;
}

function loopsText(generators: readonly Comprehension[]): string {
  return generators.map((generator) => {
    const ifs = generator.ifs.map((condition) => ` if ${text(condition, LEVEL.TEST + 1)}`).join('');
    const word = generator.is_async !== 0 ? ' async for ' : ' for ';
    return `${word}${text(generator.target, LEVEL.TUPLE)} in ${text(generator.iter, LEVEL.TEST + 1)}${ifs}`;
  }).join('');
}

function sliceText(e: Slice): string {
  const lower = e.lower === null ? '' : text(e.lower, LEVEL.TEST);
  const upper = e.upper === null ? '' : text(e.upper, LEVEL.TEST);
  return `${lower}:${upper}${e.step === null ? '' : `:${text(e.step, LEVEL.TEST)}`}`;
}

function lambdaText(e: Lambda): string {
  // No space before a star: CPython writes `lambda*a: 0`.
  const space = e.args.args.length > 0 ? ' ' : '';
  return `lambda${space}${argumentsText(e.args)}: ${text(e.body, LEVEL.TEST)}`;
}

function argumentsText(args: Arguments): string {
  const parts: string[] = [];
  const positional = [...args.posonlyargs, ...args.args];
  const firstDefault = positional.length - args.defaults.length;
  positional.forEach((arg, i) => {
    parts.push(argText(arg, args.defaults[i - firstDefault] ?? null));
    if (i + 1 === args.posonlyargs.length) parts.push('/');
  });
  if (args.vararg !== null) parts.push(`*${args.vararg.arg}`);
  else if (args.kwonlyargs.length > 0) parts.push('*');
  args.kwonlyargs.forEach((arg, i) => parts.push(argText(arg, args.kw_defaults[i] ?? null)));
  if (args.kwarg !== null) parts.push(`**${args.kwarg.arg}`);
  return parts.join(', ');
}

function argText(arg: Arg, value: Expr | null): string {
  return value === null ? arg.arg : `${arg.arg}=${text(value, LEVEL.TEST)}`;
}

// f-strings and t-strings: the text between the quotes

function partsText(values: readonly Expr[]): string {
  return values.map(partText).join('');
}

function partText(e: Expr): string {
  switch (e.kind) {
    case 'Constant': return typeof e.value === 'string' ? e.value.replaceAll('{', '{{').replaceAll('}', '}}') : '';
    case 'JoinedStr': case 'TemplateStr': return partsText(e.values);
    case 'FormattedValue': case 'Interpolation': return fieldText(e);
    default: return '';
  }
}

function fieldText(e: FormattedValue | Interpolation): string {
  const inner = e.kind === 'Interpolation' && typeof e.str === 'string' ? e.str : text(e.value, LEVEL.TEST + 1);
  const conversion = e.conversion > 0 ? `!${String.fromCharCode(e.conversion)}` : '';
  const spec = e.format_spec === null ? '' : `:${partText(e.format_spec)}`;
  // A space keeps `{{` from being read as an escaped brace.
  return `{${inner.startsWith('{') ? ' ' : ''}${inner}${conversion}${spec}}`;
}
