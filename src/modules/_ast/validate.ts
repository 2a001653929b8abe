/** Checks of trees that were not made by the parser: what the compiler relies on (Python/ast.c, `_PyAST_Validate`). Raises ValueError and TypeError. */
import { asdlNodes } from '../../frontend/asdl.ts';
import type { Mod } from '../../frontend/ast.ts';
import { raiseTypeError, raiseValueError } from '../../objects/raise.ts';
import { ENUMERATIONS } from './classes.ts';
import { treeField } from './from-tree.ts';

type Node = Readonly<Record<string, unknown>> & { readonly kind: string };
type Context = 'Load' | 'Store' | 'Del';

/** Expression fields that are not read; all others are. */
const CONTEXTS: Readonly<Record<string, Context>> = {
  'Assign.targets': 'Store', 'AugAssign.target': 'Store', 'AnnAssign.target': 'Store', 'For.target': 'Store', 'AsyncFor.target': 'Store',
  'withitem.optional_vars': 'Store', 'comprehension.target': 'Store', 'NamedExpr.target': 'Store', 'TypeAlias.name': 'Store', 'Delete.targets': 'Del',
};

/** Fields that must not be empty. */
const NON_EMPTY: ReadonlySet<string> = new Set([
  'FunctionDef.body', 'AsyncFunctionDef.body', 'ClassDef.body', 'For.body', 'AsyncFor.body', 'While.body', 'If.body', 'With.items', 'With.body',
  'AsyncWith.items', 'AsyncWith.body', 'Try.body', 'TryStar.body', 'ExceptHandler.body', 'match_case.body', 'Match.cases', 'Delete.targets',
  'Assign.targets', 'Import.names', 'ImportFrom.names', 'Global.names', 'Nonlocal.names',
]);

const FORBIDDEN_NAMES: readonly string[] = ['None', 'True', 'False'];
const COMPREHENSIONS: readonly string[] = ['ListComp', 'SetComp', 'DictComp', 'GeneratorExp'];

function count(node: Node, field: string): number {
  return (node[field] as unknown[]).length;
}

/** Rules of single node types. */
const RULES: Readonly<Record<string, (node: Node) => void>> = {
  BoolOp: (node) => need(count(node, 'values') >= 2, 'BoolOp with less than 2 values'),
  Dict: (node) => need(count(node, 'keys') === count(node, 'values'), "Dict doesn't have the same number of keys as values"),
  Compare: (node) => {
    need(count(node, 'comparators') > 0, 'Compare has no comparators');
    need(count(node, 'comparators') === count(node, 'ops'), 'Compare has a different number of comparators and operands');
  },
  arguments: (node) => {
    need(count(node, 'defaults') <= count(node, 'posonlyargs') + count(node, 'args'), 'more positional defaults than args on arguments');
    need(count(node, 'kw_defaults') === count(node, 'kwonlyargs'), 'length of kwonlyargs is not the same as kw_defaults on arguments');
  },
  Try: checkTry,
  TryStar: checkTry,
  Raise: (node) => need(node.exc !== null || node.cause === null, 'Raise with cause but no exception'),
  ImportFrom: (node) => need((node.level as number) >= 0, 'Negative ImportFrom level'),
  AnnAssign: (node) => {
    if (node.simple !== 0 && (node.target as Node).kind !== 'Name') raiseTypeError('AnnAssign with simple non-Name target');
  },
  TypeAlias: (node) => {
    if ((node.name as Node).kind !== 'Name') raiseTypeError('TypeAlias with non-Name name');
  },
  NamedExpr: (node) => {
    if ((node.target as Node).kind !== 'Name') raiseTypeError('NamedExpr target must be a Name');
  },
  MatchSingleton: (node) => need(node.value === null || typeof node.value === 'boolean', 'MatchSingleton can only contain True, False and None'),
  MatchMapping: (node) => {
    need(count(node, 'keys') === count(node, 'patterns'), "MatchMapping doesn't have the same number of keys as patterns");
    need(node.rest !== '_', "can't capture name '_' in patterns");
  },
  MatchClass: (node) => need(count(node, 'kwd_attrs') === count(node, 'kwd_patterns'), "MatchClass doesn't have the same number of keyword attributes as patterns"),
  MatchAs: (node) => {
    need(node.pattern === null || node.name !== null, 'MatchAs must specify a target name if a pattern is given');
    need(node.name !== '_', "can't capture name '_' in patterns");
  },
  MatchStar: (node) => need(node.name !== '_', "can't capture name '_' in patterns"),
  MatchOr: (node) => need(count(node, 'patterns') >= 2, 'MatchOr requires at least 2 patterns'),
};

function checkTry(node: Node): void {
  need(count(node, 'handlers') > 0 || count(node, 'finalbody') > 0, `${node.kind} has neither except handlers nor finalbody`);
  need(count(node, 'handlers') > 0 || count(node, 'orelse') === 0, `${node.kind} has orelse but no except handlers`);
}

function need(holds: boolean, message: string): void {
  if (!holds) raiseValueError(message);
}

function checkPosition(node: Node): void {
  const { lineno, end_lineno, col_offset, end_col_offset } = node as unknown as Record<string, number>;
  need(lineno! <= end_lineno!, `AST node line range (${lineno}, ${end_lineno}) is not valid`);
  const oddLine = lineno! < 0 && end_lineno !== lineno;
  const oddColumn = col_offset! < 0 && col_offset !== end_col_offset;
  need(!oddLine && !oddColumn, `AST node column range (${col_offset}, ${end_col_offset}) for line range (${lineno}, ${end_lineno}) is not valid`);
  need(lineno !== end_lineno || col_offset! <= end_col_offset!, `line ${lineno}, column ${col_offset}-${end_col_offset} is not a valid range`);
}

function checkContext(node: Node, context: Context): void {
  if ('ctx' in node) need(node.ctx === context, `expression must have ${context} context but has ${node.ctx as string} instead`);
  else need(context === 'Load', `expression which can't be assigned to in ${context} context`);
}

function contextOf(node: Node, field: string): Context {
  // Elements of a target are targets; what stands before a dot or a bracket is read.
  if ((node.kind === 'List' || node.kind === 'Tuple') && field === 'elts') return node.ctx as Context;
  if (node.kind === 'Starred') return node.ctx as Context;
  return CONTEXTS[`${node.kind}.${field}`] ?? 'Load';
}

/** Lists of expressions in which a missing one has a meaning: `**x` in a dict display, keyword-only parameters without default. */
const MAY_HAVE_HOLES: ReadonlySet<string> = new Set(['Dict.keys', 'arguments.kw_defaults']);

function checkList(node: Node, field: string, type: string, items: readonly unknown[]): void {
  const place = `${node.kind}.${field}`;
  if (items.length === 0 && NON_EMPTY.has(place)) raiseValueError(`empty ${field} on ${node.kind}`);
  if (field === 'generators' && items.length === 0 && COMPREHENSIONS.includes(node.kind)) raiseValueError('comprehension with no generators');
  for (const item of items) {
    if (item === null && !MAY_HAVE_HOLES.has(place)) raiseValueError(`None disallowed in ${type === 'stmt' ? 'statement' : 'expression'} list`);
    if (item !== null && typeof item === 'object') check(item as Node, type === 'expr' ? contextOf(node, field) : null);
  }
}

function checkIdentifiers(node: Node, field: string, value: unknown): void {
  if (Array.isArray(value) && value.length === 0 && NON_EMPTY.has(`${node.kind}.${field}`)) raiseValueError(`empty ${field} on ${node.kind}`);
  for (const name of Array.isArray(value) ? value : [value]) {
    if (FORBIDDEN_NAMES.includes(name as string)) raiseValueError(`identifier field can't represent '${name as string}' constant`);
  }
}

function check(node: Node, context: Context | null): void {
  const definition = asdlNodes().get(node.kind)!;
  if (definition.located) checkPosition(node);
  if (context !== null) checkContext(node, context);
  for (const { name, type } of definition.fields) {
    const value = node[treeField(name)];
    if (type === 'constant' || ENUMERATIONS.has(type)) continue;
    if (type === 'identifier') checkIdentifiers(node, name, value);
    else if (Array.isArray(value)) checkList(node, name, type, value);
    else if (value !== null && typeof value === 'object') check(value as Node, type === 'expr' ? contextOf(node, name) : null);
  }
  RULES[node.kind]?.(node);
}

/** Raises ValueError or TypeError for a tree that source text could not give. */
export function validateTree(tree: Mod): void {
  check(tree as unknown as Node, null);
}
