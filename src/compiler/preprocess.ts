/**
 * The pass over the tree before code generation: `__debug__` becomes a constant, `'...' % (...)` with simple formats becomes an f-string,
 * numbers in patterns are folded, docstrings are dropped under -OO, and control flow that leaves a `finally` block is warned of (PEP 765).
 *
 * The tree is changed in place. Longer than the house limit would like because it has a case for every node of the grammar.
 * Source: CPython 3.14 `Python/ast_preprocess.c`.
 */
import { exhaustive } from '../base/assert.ts';
import type { Literal } from '../base/constants.ts';
import { NB } from '../bytecode/operands.ts';
import { makeConstant, makeJoinedStr, makePass } from '../frontend/ast-factory.ts';
import type {
  Arg, Arguments, AsyncFor, AsyncFunctionDef, AsyncWith, BinOp, ClassDef, Comprehension, Expr, For, FunctionDef, Keyword, Located, Mod, Pattern,
  Stmt, TypeParam, While, With,
} from '../frontend/ast.ts';
import { PySyntaxError } from '../frontend/errors.ts';
import type { WarnCallback } from '../frontend/errors.ts';
import { COMPILER_FLAG, docstringOf } from '../frontend/future.ts';
import { foldNumbers, foldUnaryNumber, isNumber } from './fold-numbers.ts';
import { expandFormat } from './expand-format.ts';

/** What the pass is told. */
export interface PreprocessOptions {
  readonly filename: string;
  readonly optimize: number;
  readonly flags: number;
  /** Null: no warnings (when only the tree is wanted). */
  readonly warn: WarnCallback | null;
}

/** Prepares a tree for code generation, in place. */
export function preprocess(tree: Mod, options: PreprocessOptions): void {
  new Preprocessor(options).run(tree);
}

/** What surrounds a statement, as far as leaving a `finally` block goes. */
type FlowContext = 'finally' | 'function' | 'loop';

class Preprocessor {
  readonly #options: PreprocessOptions;
  readonly #foldsAnnotations: boolean;
  readonly #contexts: FlowContext[] = [];

  constructor(options: PreprocessOptions) {
    this.#options = options;
    this.#foldsAnnotations = (options.flags & COMPILER_FLAG.FUTURE_ANNOTATIONS) === 0;
  }

  run(tree: Mod): void {
    switch (tree.kind) {
      case 'Module': return this.#body(tree.body);
      case 'Interactive': return this.#stmts(tree.body);
      case 'Expression':
        tree.body = this.#expr(tree.body);
        return;
      case 'FunctionType': return;
    }
  }

  // Statements

  #body(body: Stmt[]): void {
    let hasDocstring = docstringOf(body) !== null;
    if (hasDocstring && this.#options.optimize >= 2) {
      hasDocstring = false;
      const { lineno, col_offset } = body[0]!;
      if (body.length === 1) body[0] = makePass(lineno, col_offset, lineno, col_offset + 'pass'.length);
      else body.shift();
    }
    this.#stmts(body);
    const first = body[0];
    // What has become a string statement only now is no docstring.
    if (!hasDocstring && first !== undefined && first.kind === 'Expr' && docstringOf(body) !== null) {
      first.value = makeJoinedStr([first.value], first.lineno, first.col_offset, first.end_lineno, first.end_col_offset);
    }
  }

  #stmts(body: readonly Stmt[]): void {
    for (let i = 0; i < body.length; i++) this.#stmt(body[i]!);
  }

  #inContext(context: FlowContext, body: readonly Stmt[]): void {
    this.#contexts.push(context);
    this.#stmts(body);
    this.#contexts.pop();
  }

  #stmt(s: Stmt): void {
    switch (s.kind) {
      case 'Expr':
        s.value = this.#expr(s.value);
        return;
      case 'Assign':
        this.#exprs(s.targets);
        s.value = this.#expr(s.value);
        return;
      case 'If':
        s.test = this.#expr(s.test);
        this.#stmts(s.body);
        return this.#stmts(s.orelse);
      case 'Return':
        this.#checkLeaves(s, 'return');
        s.value = this.#optional(s.value);
        return;
      case 'FunctionDef': case 'AsyncFunctionDef': case 'ClassDef': return this.#definition(s);
      case 'Delete': return this.#exprs(s.targets);
      case 'AugAssign':
        s.target = this.#expr(s.target);
        s.value = this.#expr(s.value);
        return;
      case 'AnnAssign':
        s.target = this.#expr(s.target);
        if (this.#foldsAnnotations) s.annotation = this.#expr(s.annotation);
        s.value = this.#optional(s.value);
        return;
      case 'TypeAlias':
        s.name = this.#expr(s.name);
        this.#typeParams(s.type_params);
        s.value = this.#expr(s.value);
        return;
      case 'For': case 'AsyncFor': case 'While': case 'With': case 'AsyncWith': return this.#loopOrWith(s);
      case 'Raise':
        s.exc = this.#optional(s.exc);
        s.cause = this.#optional(s.cause);
        return;
      case 'Try': case 'TryStar':
        this.#stmts(s.body);
        for (const handler of s.handlers) {
          handler.type = this.#optional(handler.type);
          this.#stmts(handler.body);
        }
        this.#stmts(s.orelse);
        return this.#inContext('finally', s.finalbody);
      case 'Assert':
        s.test = this.#expr(s.test);
        s.msg = this.#optional(s.msg);
        return;
      case 'Match':
        s.subject = this.#expr(s.subject);
        for (const matchCase of s.cases) {
          this.#pattern(matchCase.pattern);
          matchCase.guard = this.#optional(matchCase.guard);
          this.#stmts(matchCase.body);
        }
        return;
      case 'Break': return this.#checkLeaves(s, 'break');
      case 'Continue': return this.#checkLeaves(s, 'continue');
      case 'Import': case 'ImportFrom': case 'Global': case 'Nonlocal': case 'Pass': return;
      default: exhaustive(s);
    }
  }

  #definition(s: FunctionDef | AsyncFunctionDef | ClassDef): void {
    switch (s.kind) {
      case 'FunctionDef': case 'AsyncFunctionDef':
        this.#typeParams(s.type_params);
        this.#arguments(s.args);
        this.#contexts.push('function');
        this.#body(s.body);
        this.#contexts.pop();
        this.#exprs(s.decorator_list);
        if (this.#foldsAnnotations) s.returns = this.#optional(s.returns);
        return;
      case 'ClassDef':
        this.#typeParams(s.type_params);
        this.#exprs(s.bases);
        this.#keywords(s.keywords);
        this.#body(s.body);
        return this.#exprs(s.decorator_list);
      default: exhaustive(s);
    }
  }

  #loopOrWith(s: For | AsyncFor | While | With | AsyncWith): void {
    switch (s.kind) {
      case 'For': case 'AsyncFor':
        s.target = this.#expr(s.target);
        s.iter = this.#expr(s.iter);
        this.#inContext('loop', s.body);
        return this.#stmts(s.orelse);
      case 'While':
        s.test = this.#expr(s.test);
        this.#inContext('loop', s.body);
        return this.#stmts(s.orelse);
      case 'With': case 'AsyncWith':
        for (const item of s.items) {
          item.context_expr = this.#expr(item.context_expr);
          item.optional_vars = this.#optional(item.optional_vars);
        }
        return this.#stmts(s.body);
      default: exhaustive(s);
    }
  }

  #checkLeaves(s: Located, word: 'return' | 'break' | 'continue'): void {
    const { warn, filename } = this.#options;
    // Only the innermost context counts: a function or loop inside of `finally` keeps the jump inside.
    if (warn === null || this.#contexts[this.#contexts.length - 1] !== 'finally') return;
    const message = `'${word}' in a 'finally' block`;
    if (warn('SyntaxWarning', message, s.lineno, s.col_offset) !== true) return;
    const place = { lineno: s.lineno, offset: s.col_offset + 1, end_lineno: s.end_lineno, end_offset: s.end_col_offset + 1 };
    throw new PySyntaxError('SyntaxError', message, filename, place, null);
  }

  // Expressions

  #exprs(list: (Expr | null)[]): void {
    for (let i = 0; i < list.length; i++) {
      const e = list[i]!;
      if (e !== null) list[i] = this.#expr(e);
    }
  }

  #optional(e: Expr | null): Expr | null {
    return e === null ? null : this.#expr(e);
  }

  /** Returns what stands in place of `e` from now on, usually `e` itself. */
  #expr(e: Expr): Expr {
    switch (e.kind) {
      case 'Name':
        return e.ctx === 'Load' && e.id === '__debug__' ? constantAt(this.#options.optimize === 0, e) : e;
      case 'Constant': return e;
      case 'Attribute': case 'Starred': case 'Await': case 'YieldFrom': case 'NamedExpr':
        e.value = this.#expr(e.value);
        return e;
      case 'Call':
        e.func = this.#expr(e.func);
        this.#exprs(e.args);
        this.#keywords(e.keywords);
        return e;
      case 'Subscript':
        e.value = this.#expr(e.value);
        e.slice = this.#expr(e.slice);
        return e;
      case 'BinOp': return this.#binOp(e);
      case 'BoolOp': case 'JoinedStr': case 'TemplateStr':
        this.#exprs(e.values);
        return e;
      case 'UnaryOp':
        e.operand = this.#expr(e.operand);
        return e;
      case 'Compare':
        e.left = this.#expr(e.left);
        this.#exprs(e.comparators);
        return e;
      case 'List': case 'Tuple': case 'Set':
        this.#exprs(e.elts);
        return e;
      case 'Dict':
        this.#exprs(e.keys);
        this.#exprs(e.values);
        return e;
      case 'FormattedValue': case 'Interpolation':
        e.value = this.#expr(e.value);
        e.format_spec = this.#optional(e.format_spec);
        return e;
      case 'Slice':
        e.lower = this.#optional(e.lower);
        e.upper = this.#optional(e.upper);
        e.step = this.#optional(e.step);
        return e;
      case 'IfExp':
        e.test = this.#expr(e.test);
        e.body = this.#expr(e.body);
        e.orelse = this.#expr(e.orelse);
        return e;
      case 'Lambda':
        this.#arguments(e.args);
        e.body = this.#expr(e.body);
        return e;
      case 'ListComp': case 'SetComp': case 'GeneratorExp':
        e.elt = this.#expr(e.elt);
        this.#comprehensions(e.generators);
        return e;
      case 'DictComp':
        e.key = this.#expr(e.key);
        e.value = this.#expr(e.value);
        this.#comprehensions(e.generators);
        return e;
      case 'Yield':
        e.value = this.#optional(e.value);
        return e;
      default: return exhaustive(e);
    }
  }

  /** Follows left operands in a loop, so that sums of thousands of terms need no deep recursion. */
  #binOp(e: BinOp): Expr {
    const spine: BinOp[] = [];
    let left: Expr = e;
    while (left.kind === 'BinOp') {
      spine.push(left);
      left = left.left;
    }
    left = this.#expr(left);
    for (let i = spine.length - 1; i >= 0; i--) {
      const node = spine[i]!;
      node.left = left;
      node.right = this.#expr(node.right);
      left = expandFormat(node) ?? node;
    }
    return left;
  }

  #keywords(keywords: readonly Keyword[]): void {
    for (const keyword of keywords) keyword.value = this.#expr(keyword.value);
  }

  #comprehensions(generators: readonly Comprehension[]): void {
    for (const generator of generators) {
      generator.target = this.#expr(generator.target);
      generator.iter = this.#expr(generator.iter);
      this.#exprs(generator.ifs);
    }
  }

  #arguments(args: Arguments): void {
    if (this.#foldsAnnotations) {
      for (const arg of args.posonlyargs) this.#arg(arg);
      for (const arg of args.args) this.#arg(arg);
      for (const arg of args.kwonlyargs) this.#arg(arg);
      if (args.vararg !== null) this.#arg(args.vararg);
      if (args.kwarg !== null) this.#arg(args.kwarg);
    }
    this.#exprs(args.kw_defaults);
    this.#exprs(args.defaults);
  }

  #arg(arg: Arg): void {
    arg.annotation = this.#optional(arg.annotation);
  }

  #typeParams(params: readonly TypeParam[]): void {
    for (const param of params) {
      if (param.kind === 'TypeVar') param.bound = this.#optional(param.bound);
      param.default_value = this.#optional(param.default_value);
    }
  }

  // Patterns

  #pattern(p: Pattern): void {
    switch (p.kind) {
      case 'MatchValue':
        p.value = foldPatternNumber(p.value);
        return;
      case 'MatchMapping':
        p.keys = p.keys.map(foldPatternNumber);
        return this.#patterns(p.patterns);
      case 'MatchSequence': case 'MatchOr': return this.#patterns(p.patterns);
      case 'MatchClass':
        p.cls = this.#expr(p.cls);
        this.#patterns(p.patterns);
        return this.#patterns(p.kwd_patterns);
      case 'MatchAs':
        if (p.pattern !== null) this.#pattern(p.pattern);
        return;
      case 'MatchSingleton': case 'MatchStar': return;
      default: exhaustive(p);
    }
  }

  #patterns(patterns: readonly Pattern[]): void {
    for (const pattern of patterns) this.#pattern(pattern);
  }
}

function constantAt(value: Literal, at: Located): Expr {
  return makeConstant(value, null, at.lineno, at.col_offset, at.end_lineno, at.end_col_offset);
}

/** `-1`, `1 + 2j` and so on as one constant. */
function foldPatternNumber(e: Expr): Expr {
  if (e.kind === 'UnaryOp' && e.op === 'USub' && e.operand.kind === 'Constant' && isNumber(e.operand.value)) {
    const value = foldUnaryNumber('-', e.operand.value);
    return value === undefined ? e : constantAt(value, e);
  }
  if (e.kind !== 'BinOp' || (e.op !== 'Add' && e.op !== 'Sub') || e.right.kind !== 'Constant') return e;
  e.left = foldPatternNumber(e.left);
  if (e.left.kind !== 'Constant' || !isNumber(e.left.value) || !isNumber(e.right.value)) return e;
  const value = foldNumbers(e.left.value, e.op === 'Add' ? NB.ADD : NB.SUBTRACT, e.right.value);
  return value === undefined ? e : constantAt(value, e);
}
