/**
 * Python 3.14's abstract syntax as data (after Parser/Python.asdl): every node type with its fields, in order.
 *
 * `ast.ts` and `ast-factory.ts` are generated from this table by `src/tools/generate-ast.ts`; the native `_ast` module builds its
 * classes from it. A constructor is written as CPython writes it in `__doc__`, so the text is also the documentation.
 */
import { lazy } from '../base/lazy.ts';

/** How often a field occurs: exactly once, `?` (may be null), `*` (an array), or `?*` (an array that may hold nulls). */
export type AsdlQuantity = 'one' | 'optional' | 'sequence' | 'optional-sequence';

/** One field of a node type. */
export interface AsdlField {
  readonly name: string;
  /** The ASDL type: a sum type, a product type, or one of the builtins identifier, int, string, constant. */
  readonly type: string;
  readonly quantity: AsdlQuantity;
}

/** One concrete node type: a constructor of a sum type, or a product type (whose `sum` is `AST`). */
export interface AsdlNode {
  readonly name: string;
  readonly sum: string;
  readonly fields: readonly AsdlField[];
  /** Whether the node carries the four position attributes. */
  readonly located: boolean;
  /** CPython's `__doc__` of the class. */
  readonly doc: string;
}

/** One sum type: its constructors in the order of Python.asdl. */
export interface AsdlSum {
  readonly name: string;
  readonly constructors: readonly string[];
  readonly located: boolean;
}

/** The position attributes of located nodes, in the order of CPython's `_attributes`. */
export const ASDL_ATTRIBUTES: readonly string[] = ['lineno', 'col_offset', 'end_lineno', 'end_col_offset'];

const SUMS: readonly (readonly [name: string, located: boolean, constructors: readonly string[]])[] = [
  ['mod', false, [
    'Module(stmt* body, type_ignore* type_ignores)',
    'Interactive(stmt* body)',
    'Expression(expr body)',
    'FunctionType(expr* argtypes, expr returns)',
  ]],
  ['stmt', true, [
    'FunctionDef(identifier name, arguments args, stmt* body, expr* decorator_list, expr? returns, string? type_comment, type_param* type_params)',
    'AsyncFunctionDef(identifier name, arguments args, stmt* body, expr* decorator_list, expr? returns, string? type_comment, type_param* type_params)',
    'ClassDef(identifier name, expr* bases, keyword* keywords, stmt* body, expr* decorator_list, type_param* type_params)',
    'Return(expr? value)',
    'Delete(expr* targets)',
    'Assign(expr* targets, expr value, string? type_comment)',
    'TypeAlias(expr name, type_param* type_params, expr value)',
    'AugAssign(expr target, operator op, expr value)',
    'AnnAssign(expr target, expr annotation, expr? value, int simple)',
    'For(expr target, expr iter, stmt* body, stmt* orelse, string? type_comment)',
    'AsyncFor(expr target, expr iter, stmt* body, stmt* orelse, string? type_comment)',
    'While(expr test, stmt* body, stmt* orelse)',
    'If(expr test, stmt* body, stmt* orelse)',
    'With(withitem* items, stmt* body, string? type_comment)',
    'AsyncWith(withitem* items, stmt* body, string? type_comment)',
    'Match(expr subject, match_case* cases)',
    'Raise(expr? exc, expr? cause)',
    'Try(stmt* body, excepthandler* handlers, stmt* orelse, stmt* finalbody)',
    'TryStar(stmt* body, excepthandler* handlers, stmt* orelse, stmt* finalbody)',
    'Assert(expr test, expr? msg)',
    'Import(alias* names)',
    'ImportFrom(identifier? module, alias* names, int? level)',
    'Global(identifier* names)',
    'Nonlocal(identifier* names)',
    'Expr(expr value)',
    'Pass',
    'Break',
    'Continue',
  ]],
  ['expr', true, [
    'BoolOp(boolop op, expr* values)',
    'NamedExpr(expr target, expr value)',
    'BinOp(expr left, operator op, expr right)',
    'UnaryOp(unaryop op, expr operand)',
    'Lambda(arguments args, expr body)',
    'IfExp(expr test, expr body, expr orelse)',
    'Dict(expr?* keys, expr* values)',
    'Set(expr* elts)',
    'ListComp(expr elt, comprehension* generators)',
    'SetComp(expr elt, comprehension* generators)',
    'DictComp(expr key, expr value, comprehension* generators)',
    'GeneratorExp(expr elt, comprehension* generators)',
    'Await(expr value)',
    'Yield(expr? value)',
    'YieldFrom(expr value)',
    'Compare(expr left, cmpop* ops, expr* comparators)',
    'Call(expr func, expr* args, keyword* keywords)',
    'FormattedValue(expr value, int conversion, expr? format_spec)',
    'Interpolation(expr value, constant str, int conversion, expr? format_spec)',
    'JoinedStr(expr* values)',
    'TemplateStr(expr* values)',
    'Constant(constant value, string? kind)',
    'Attribute(expr value, identifier attr, expr_context ctx)',
    'Subscript(expr value, expr slice, expr_context ctx)',
    'Starred(expr value, expr_context ctx)',
    'Name(identifier id, expr_context ctx)',
    'List(expr* elts, expr_context ctx)',
    'Tuple(expr* elts, expr_context ctx)',
    'Slice(expr? lower, expr? upper, expr? step)',
  ]],
  ['expr_context', false, ['Load', 'Store', 'Del']],
  ['boolop', false, ['And', 'Or']],
  ['operator', false, [
    'Add', 'Sub', 'Mult', 'MatMult', 'Div', 'Mod', 'Pow', 'LShift', 'RShift', 'BitOr', 'BitXor', 'BitAnd', 'FloorDiv',
  ]],
  ['unaryop', false, ['Invert', 'Not', 'UAdd', 'USub']],
  ['cmpop', false, ['Eq', 'NotEq', 'Lt', 'LtE', 'Gt', 'GtE', 'Is', 'IsNot', 'In', 'NotIn']],
  ['excepthandler', true, ['ExceptHandler(expr? type, identifier? name, stmt* body)']],
  ['pattern', true, [
    'MatchValue(expr value)',
    'MatchSingleton(constant value)',
    'MatchSequence(pattern* patterns)',
    'MatchMapping(expr* keys, pattern* patterns, identifier? rest)',
    'MatchClass(expr cls, pattern* patterns, identifier* kwd_attrs, pattern* kwd_patterns)',
    'MatchStar(identifier? name)',
    'MatchAs(pattern? pattern, identifier? name)',
    'MatchOr(pattern* patterns)',
  ]],
  ['type_ignore', false, ['TypeIgnore(int lineno, string tag)']],
  ['type_param', true, [
    'TypeVar(identifier name, expr? bound, expr? default_value)',
    'ParamSpec(identifier name, expr? default_value)',
    'TypeVarTuple(identifier name, expr? default_value)',
  ]],
];

const PRODUCTS: readonly (readonly [located: boolean, text: string])[] = [
  [false, 'comprehension(expr target, expr iter, expr* ifs, int is_async)'],
  [false, 'arguments(arg* posonlyargs, arg* args, arg? vararg, arg* kwonlyargs, expr?* kw_defaults, arg? kwarg, expr* defaults)'],
  [true, 'arg(identifier arg, expr? annotation, string? type_comment)'],
  [true, 'keyword(identifier? arg, expr value)'],
  [true, 'alias(identifier name, identifier? asname)'],
  [false, 'withitem(expr context_expr, expr? optional_vars)'],
  [false, 'match_case(pattern pattern, expr? guard, stmt* body)'],
];

const QUANTITIES: Readonly<Record<string, AsdlQuantity>> = { '': 'one', '?': 'optional', '*': 'sequence', '?*': 'optional-sequence' };

function parseField(text: string): AsdlField {
  const match = /^([a-z_]+)([?*]*) ([a-z_]+)$/.exec(text);
  if (match === null) throw new Error(`malformed ASDL field: ${text}`);
  const [, type, mark, name] = match as unknown as [string, string, string, string];
  return { name, type, quantity: QUANTITIES[mark] ?? 'one' };
}

function parseNode(text: string, sum: string, located: boolean): AsdlNode {
  const open = text.indexOf('(');
  const name = open < 0 ? text : text.slice(0, open);
  const fields = open < 0 ? [] : text.slice(open + 1, -1).split(', ').map(parseField);
  return { name, sum, fields, located, doc: text };
}

/** All sum types, in the order of Python.asdl. */
export const asdlSums: () => readonly AsdlSum[] = lazy(() => SUMS.map(([name, located, texts]) => ({
  name,
  located,
  constructors: texts.map((text) => parseNode(text, name, located).name),
})));

/** All node types by name: constructors first, then product types, in the order of Python.asdl. */
export const asdlNodes: () => ReadonlyMap<string, AsdlNode> = lazy(() => new Map(
  [
    ...SUMS.flatMap(([name, located, texts]) => texts.map((text) => parseNode(text, name, located))),
    ...PRODUCTS.map(([located, text]) => parseNode(text, 'AST', located)),
  ].map((node) => [node.name, node]),
));
