/** The first pass over expressions and patterns. Source: CPython 3.14 `Python/symtable.c`. */
import { exhaustive } from '../base/assert.ts';
import type {
  Arguments, Await, Call, Comprehension, DictComp, Expr, GeneratorExp, Keyword, Lambda, ListComp, Located, MatchClass, Name, NamedExpr, Pattern,
  SetComp, Yield, YieldFrom,
} from './ast.ts';
import { BLOCK, SYMBOL, isFunctionLike } from './symtable-entry.ts';
import { ScopeStack } from './symtable-scopes.ts';

type ComprehensionNode = ListComp | SetComp | DictComp | GeneratorExp;

const COMPREHENSION_KINDS = { ListComp: 'list', SetComp: 'set', DictComp: 'dict', GeneratorExp: 'generator' } as const;
const COMPREHENSION_NAMES = { ListComp: 'listcomp', SetComp: 'setcomp', DictComp: 'dictcomp', GeneratorExp: 'genexpr' } as const;

/** Visits expressions and patterns. */
export abstract class ExpressionVisitor extends ScopeStack {
  // Expressions

  protected visitExprs(list: readonly Expr[]): void {
    for (let i = 0; i < list.length; i++) this.visitExpr(list[i]!);
  }

  protected visitExpr(e: Expr): void {
    switch (e.kind) {
      case 'Name': return this.visitName(e);
      case 'Constant': return;
      case 'Attribute':
        if (e.attr === '__debug__' && e.ctx !== 'Load') this.failDebug(e.ctx, e);
        return this.visitExpr(e.value);
      case 'Call': return this.visitCall(e);
      case 'Subscript':
        this.visitExpr(e.value);
        return this.visitExpr(e.slice);
      case 'BinOp': {
        // The left operand is followed in a loop: sums of many terms are deep on the left.
        let left: Expr = e;
        const rights: Expr[] = [];
        while (left.kind === 'BinOp') {
          rights.push(left.right);
          left = left.left;
        }
        this.visitExpr(left);
        while (rights.length > 0) this.visitExpr(rights.pop()!);
        return;
      }
      case 'BoolOp': return this.visitExprs(e.values);
      case 'UnaryOp': return this.visitExpr(e.operand);
      case 'Compare':
        this.visitExpr(e.left);
        return this.visitExprs(e.comparators);
      case 'List': case 'Tuple': case 'Set': return this.visitExprs(e.elts);
      case 'Dict':
        for (const key of e.keys) if (key !== null) this.visitExpr(key);
        return this.visitExprs(e.values);
      case 'JoinedStr': case 'TemplateStr': return this.visitExprs(e.values);
      case 'FormattedValue': case 'Interpolation':
        this.visitExpr(e.value);
        if (e.format_spec !== null) this.visitExpr(e.format_spec);
        return;
      case 'Starred': return this.visitExpr(e.value);
      case 'Slice':
        if (e.lower !== null) this.visitExpr(e.lower);
        if (e.upper !== null) this.visitExpr(e.upper);
        if (e.step !== null) this.visitExpr(e.step);
        return;
      case 'IfExp':
        this.visitExpr(e.test);
        this.visitExpr(e.body);
        return this.visitExpr(e.orelse);
      case 'Lambda': return this.visitLambda(e);
      case 'ListComp': case 'SetComp': case 'GeneratorExp': return this.visitComprehensionScope(e, e.elt, null);
      case 'DictComp': return this.visitComprehensionScope(e, e.key, e.value);
      case 'NamedExpr': return this.visitNamedExpr(e);
      case 'Yield': case 'YieldFrom': return this.visitYield(e);
      case 'Await': return this.visitAwait(e);
      default: exhaustive(e);
    }
  }

  protected visitName(e: Name): void {
    if (this.current.inUnevaluatedAnnotation) return;
    if (e.ctx !== 'Load') {
      if (e.id === '__debug__') this.failDebug(e.ctx, e);
      return this.addDef(e.id, SYMBOL.DEF_LOCAL, e);
    }
    this.addDef(e.id, SYMBOL.USE, e);
    // `super` counts as a use of `__class__`.
    if (e.id === 'super' && isFunctionLike(this.current)) this.addDef('__class__', SYMBOL.USE, e);
  }

  protected visitCall(e: Call): void {
    this.visitExpr(e.func);
    this.visitExprs(e.args);
    this.visitKeywords(e.keywords);
  }

  protected visitKeywords(keywords: readonly Keyword[]): void {
    for (const keyword of keywords) if (keyword.arg === '__debug__') this.failDebug('Store', keyword);
    for (const keyword of keywords) this.visitExpr(keyword.value);
  }

  protected visitLambda(e: Lambda): void {
    this.visitDefaults(e.args);
    this.enterNew('lambda', BLOCK.FUNCTION, e, e);
    this.visitArguments(e.args);
    this.visitExpr(e.body);
    this.exit();
  }

  protected visitYield(e: Yield | YieldFrom): void {
    this.forbidInAnnotation('yield expression', e);
    if (e.value !== null) this.visitExpr(e.value);
    this.current.generator = true;
    const kind = this.current.comprehension;
    if (kind !== 'none') this.fail(`'yield' inside ${kind === 'generator' ? 'generator expression' : `${kind} comprehension`}`, e);
  }

  protected visitAwait(e: Await): void {
    this.forbidInAnnotation('await expression', e);
    const block = this.current;
    if (!this.allowsTopLevelAwait()) {
      if (!isFunctionLike(block)) this.fail("'await' outside function", e);
      if (!this.isAsyncDef() && block.comprehension === 'none') this.fail("'await' outside async function", e);
    }
    this.visitExpr(e.value);
    block.coroutine = true;
  }

  protected visitNamedExpr(e: NamedExpr): void {
    this.forbidInAnnotation('named expression', e);
    if (this.current.compIterExpr > 0) this.fail('assignment expression cannot be used in a comprehension iterable expression', e);
    if (this.current.comprehension !== 'none') this.extendNamedExprScope(e.target as Name); // the grammar allows only names
    this.visitExpr(e.value);
    this.visitExpr(e.target);
  }

  protected visitComprehensionScope(e: ComprehensionNode, element: Expr, value: Expr | null): void {
    const outermost = e.generators[0]!;
    const isGenerator = e.kind === 'GeneratorExp';
    // The outermost iterable is evaluated in the enclosing block.
    this.current.compIterExpr++;
    this.visitExpr(outermost.iter);
    this.current.compIterExpr--;
    this.enterNew(COMPREHENSION_NAMES[e.kind], BLOCK.FUNCTION, e, e);
    const block = this.current;
    block.comprehension = COMPREHENSION_KINDS[e.kind];
    if (outermost.is_async !== 0) block.coroutine = true;
    this.addDef('.0', SYMBOL.DEF_PARAM, block.location);
    block.compIterTarget = true;
    this.visitExpr(outermost.target);
    block.compIterTarget = false;
    this.visitExprs(outermost.ifs);
    for (let i = 1; i < e.generators.length; i++) this.visitComprehension(e.generators[i]!);
    if (value !== null) this.visitExpr(value);
    this.visitExpr(element);
    block.generator = isGenerator;
    this.exit();
    if (block.coroutine && !isGenerator) this.inheritCoroutine(e);
  }

  protected inheritCoroutine(at: Located): void {
    if (!this.isAsyncDef() && this.current.comprehension === 'none' && !this.allowsTopLevelAwait()) {
      this.fail('asynchronous comprehension outside of an asynchronous function', at);
    }
    this.current.coroutine = true;
  }

  protected visitComprehension(generator: Comprehension): void {
    const block = this.current;
    block.compIterTarget = true;
    this.visitExpr(generator.target);
    block.compIterTarget = false;
    block.compIterExpr++;
    this.visitExpr(generator.iter);
    block.compIterExpr--;
    this.visitExprs(generator.ifs);
    if (generator.is_async !== 0) block.coroutine = true;
  }

  protected visitDefaults(args: Arguments): void {
    this.visitExprs(args.defaults);
    for (const value of args.kw_defaults) if (value !== null) this.visitExpr(value);
  }

  protected visitArguments(args: Arguments): void {
    for (const arg of args.posonlyargs) this.addBinding(arg.arg, SYMBOL.DEF_PARAM, arg);
    for (const arg of args.args) this.addBinding(arg.arg, SYMBOL.DEF_PARAM, arg);
    for (const arg of args.kwonlyargs) this.addBinding(arg.arg, SYMBOL.DEF_PARAM, arg);
    if (args.vararg !== null) {
      this.addBinding(args.vararg.arg, SYMBOL.DEF_PARAM, args.vararg);
      this.current.varargs = true;
    }
    if (args.kwarg !== null) {
      this.addBinding(args.kwarg.arg, SYMBOL.DEF_PARAM, args.kwarg);
      this.current.varkeywords = true;
    }
  }

  // Patterns

  protected visitPattern(p: Pattern): void {
    switch (p.kind) {
      case 'MatchValue': return this.visitExpr(p.value);
      case 'MatchSingleton': return;
      case 'MatchSequence': case 'MatchOr': return this.visitPatterns(p.patterns);
      case 'MatchStar':
        if (p.name !== null) this.addBinding(p.name, SYMBOL.DEF_LOCAL, p);
        return;
      case 'MatchMapping':
        this.visitExprs(p.keys);
        this.visitPatterns(p.patterns);
        if (p.rest !== null) this.addBinding(p.rest, SYMBOL.DEF_LOCAL, p);
        return;
      case 'MatchClass': return this.visitMatchClass(p);
      case 'MatchAs':
        if (p.pattern !== null) this.visitPattern(p.pattern);
        if (p.name !== null) this.addBinding(p.name, SYMBOL.DEF_LOCAL, p);
        return;
      default: exhaustive(p);
    }
  }

  protected visitPatterns(patterns: readonly Pattern[]): void {
    for (const pattern of patterns) this.visitPattern(pattern);
  }

  protected visitMatchClass(p: MatchClass): void {
    this.visitExpr(p.cls);
    this.visitPatterns(p.patterns);
    p.kwd_attrs.forEach((attr, i) => {
      if (attr === '__debug__') this.failDebug('Store', p.kwd_patterns[i]!);
    });
    this.visitPatterns(p.kwd_patterns);
  }
}
