/**
 * The symbol table: the first pass, which walks the tree, opens a block for every scope and notes how each name is used.
 *
 * `buildSymtable` also runs the second pass (symtable-analysis.ts). The compiler finds a block by the node it belongs to:
 * functions, classes, lambdas and comprehensions by themselves, annotations of a function by its `arguments`, type parameters by
 * the list of them, bounds by the type parameter, defaults of type variables through `lookupDefault`.
 * Source: CPython 3.14 `Python/symtable.c`.
 */
import type {
  Alias, AnnAssign, Arg, AsyncFunctionDef, ClassDef, ExceptHandler, Expr, FunctionDef, Global, Located, Mod, Name, Nonlocal, Pattern, Stmt,
  TypeAlias, TypeParam,
} from './ast.ts';
import { exhaustive } from '../base/assert.ts';
import { docstringOf, isFutureImport } from './future.ts';
import { analyzeSymbols } from './symtable-analysis.ts';
import { BLOCK, SYMBOL } from './symtable-entry.ts';
import type { SymtableEntry } from './symtable-entry.ts';
import { ExpressionVisitor } from './symtable-expressions.ts';
import type { SymtableOptions } from './symtable-scopes.ts';

/** The finished table. */
export class Symtable {
  readonly top: SymtableEntry;
  readonly #blocks: ReadonlyMap<object, SymtableEntry>;
  readonly #defaults: ReadonlyMap<object, SymtableEntry>;

  constructor(top: SymtableEntry, blocks: ReadonlyMap<object, SymtableEntry>, defaults: ReadonlyMap<object, SymtableEntry>) {
    this.top = top;
    this.#blocks = blocks;
    this.#defaults = defaults;
  }

  /** The block of a node; see the file comment for which node. */
  lookup(key: object): SymtableEntry {
    const entry = this.#blocks.get(key);
    if (entry === undefined) throw new Error('unknown symbol table entry');
    return entry;
  }

  /** The block of the default value of a type variable. */
  lookupDefault(key: TypeParam): SymtableEntry {
    const entry = this.#defaults.get(key);
    if (entry === undefined) throw new Error('unknown symbol table entry');
    return entry;
  }
}

/** Builds the symbol table of a tree. Throws `PySyntaxError`; the tree is not changed. */
export function buildSymtable(tree: Mod, options: SymtableOptions): Symtable {
  return new Builder(options).build(tree);
}

class Builder extends ExpressionVisitor {
  build(tree: Mod): Symtable {
    this.blocks.set(tree, this.top);
    switch (tree.kind) {
      case 'Module':
        this.top.hasDocstring = docstringOf(tree.body) !== null;
        this.visitBody(tree.body);
        break;
      case 'Interactive':
        this.visitBody(tree.body);
        break;
      case 'Expression':
        this.visitExpr(tree.body);
        break;
      case 'FunctionType':
        throw new Error('this compiler does not handle FunctionTypes');
    }
    analyzeSymbols(this.top, this.options.filename);
    return new Symtable(this.top, this.blocks, this.defaults);
  }

  // Statements

  protected visitBody(body: readonly Stmt[]): void {
    for (let i = 0; i < body.length; i++) this.visitStmt(body[i]!);
  }

  protected visitConditional(...bodies: readonly (readonly Stmt[])[]): void {
    const block = this.current;
    const before = block.inConditionalBlock;
    block.inConditionalBlock = true;
    for (const body of bodies) this.visitBody(body);
    block.inConditionalBlock = before;
  }

  protected visitStmt(s: Stmt): void {
    switch (s.kind) {
      case 'Expr': return this.visitExpr(s.value);
      case 'Assign':
        this.visitExprs(s.targets);
        return this.visitExpr(s.value);
      case 'If':
        this.visitExpr(s.test);
        return this.visitConditional(s.body, s.orelse);
      case 'Return':
        if (s.value !== null) {
          this.visitExpr(s.value);
          this.current.returnsValue = true;
        }
        return;
      case 'FunctionDef': return this.visitFunction(s, false);
      case 'AsyncFunctionDef': return this.visitFunction(s, true);
      case 'ClassDef': return this.visitClass(s);
      case 'TypeAlias': return this.visitTypeAlias(s);
      case 'Delete': return this.visitExprs(s.targets);
      case 'AnnAssign': return this.visitAnnAssign(s);
      case 'AugAssign':
        this.visitExpr(s.target);
        return this.visitExpr(s.value);
      case 'AsyncFor':
        this.requireCoroutine("'async for' outside async function", s);
        this.visitExpr(s.target);
        this.visitExpr(s.iter);
        return this.visitConditional(s.body, s.orelse);
      case 'For':
        this.visitExpr(s.target);
        this.visitExpr(s.iter);
        return this.visitConditional(s.body, s.orelse);
      case 'While':
        this.visitExpr(s.test);
        return this.visitConditional(s.body, s.orelse);
      case 'Match': return this.visitMatch(s.subject, s.cases);
      case 'Raise':
        if (s.exc !== null) {
          this.visitExpr(s.exc);
          if (s.cause !== null) this.visitExpr(s.cause);
        }
        return;
      case 'Try': case 'TryStar': return this.visitTry(s.body, s.handlers, s.orelse, s.finalbody);
      case 'Assert':
        this.visitExpr(s.test);
        if (s.msg !== null) this.visitExpr(s.msg);
        return;
      case 'Import':
        for (const alias of s.names) this.visitAlias(alias);
        return;
      case 'ImportFrom':
        for (const alias of s.names) this.visitAlias(alias);
        if (isFutureImport(s)) this.checkFuturePlace(s);
        return;
      case 'Global': return this.visitDeclaration(s, SYMBOL.DEF_GLOBAL, 'global');
      case 'Nonlocal': return this.visitDeclaration(s, SYMBOL.DEF_NONLOCAL, 'nonlocal');
      case 'With': return this.visitWith(s.items, s.body);
      case 'AsyncWith':
        this.requireCoroutine("'async with' outside async function", s);
        return this.visitWith(s.items, s.body);
      case 'Pass': case 'Break': case 'Continue': return;
      default: exhaustive(s);
    }
  }

  protected visitMatch(subject: Expr, cases: readonly { pattern: Pattern; guard: Expr | null; body: Stmt[] }[]): void {
    this.visitExpr(subject);
    const block = this.current;
    const before = block.inConditionalBlock;
    block.inConditionalBlock = true;
    for (const { pattern, guard, body } of cases) {
      this.visitPattern(pattern);
      if (guard !== null) this.visitExpr(guard);
      this.visitBody(body);
    }
    block.inConditionalBlock = before;
  }

  protected visitTry(body: readonly Stmt[], handlers: readonly ExceptHandler[], orelse: readonly Stmt[], finalbody: readonly Stmt[]): void {
    const block = this.current;
    const before = block.inConditionalBlock;
    block.inConditionalBlock = true;
    this.visitBody(body);
    for (const handler of handlers) {
      if (handler.type !== null) this.visitExpr(handler.type);
      if (handler.name !== null) this.addBinding(handler.name, SYMBOL.DEF_LOCAL, handler);
      this.visitBody(handler.body);
    }
    this.visitBody(orelse);
    this.visitBody(finalbody);
    block.inConditionalBlock = before;
  }

  protected visitWith(items: readonly { context_expr: Expr; optional_vars: Expr | null }[], body: readonly Stmt[]): void {
    const block = this.current;
    const before = block.inConditionalBlock;
    block.inConditionalBlock = true;
    for (const item of items) {
      this.visitExpr(item.context_expr);
      if (item.optional_vars !== null) this.visitExpr(item.optional_vars);
    }
    this.visitBody(body);
    block.inConditionalBlock = before;
  }

  protected requireCoroutine(message: string, at: Located): void {
    if (this.allowsTopLevelAwait()) this.current.coroutine = true;
    if (!this.current.coroutine) this.fail(message, at);
  }

  protected checkFuturePlace(s: Located): void {
    const last = this.options.future.location;
    const isLate = last === null || s.lineno > last.lineno || (s.lineno === last.end_lineno && s.col_offset > last.end_col_offset);
    if (isLate) this.fail('from __future__ imports must occur at the beginning of the file', s);
  }

  protected visitAlias(alias: Alias): void {
    const name = alias.asname ?? alias.name;
    if (name === '*') {
      if (this.current.type !== BLOCK.MODULE) this.fail('import * only allowed at module level', alias);
      return;
    }
    const dot = name.indexOf('.');
    this.addBinding(dot < 0 ? name : name.slice(0, dot), SYMBOL.DEF_IMPORT, alias);
  }

  protected visitDeclaration(s: Global | Nonlocal, flag: number, word: 'global' | 'nonlocal'): void {
    for (const name of s.names) {
      const known = this.lookupIn(this.current, name);
      if ((known & SYMBOL.DEF_PARAM) !== 0) this.fail(`name '${name}' is parameter and ${word}`, s);
      if ((known & SYMBOL.USE) !== 0) this.fail(`name '${name}' is used prior to ${word} declaration`, s);
      if ((known & SYMBOL.DEF_ANNOT) !== 0) this.fail(`annotated name '${name}' can't be ${word}`, s);
      if ((known & SYMBOL.DEF_LOCAL) !== 0) this.fail(`name '${name}' is assigned to before ${word} declaration`, s);
      this.addDef(name, flag, s);
      this.recordDirective(name, s);
    }
  }

  protected visitFunction(s: FunctionDef | AsyncFunctionDef, isAsync: boolean): void {
    this.addBinding(s.name, SYMBOL.DEF_LOCAL, s);
    this.visitDefaults(s.args);
    this.visitExprs(s.decorator_list);
    const isGeneric = s.type_params.length > 0;
    if (isGeneric) {
      this.enterTypeParams(s.name, s.type_params, s);
      this.addDef('.defaults', SYMBOL.DEF_PARAM, s); // there even without defaults, as in CPython
      if (s.args.kw_defaults.some((value) => value !== null)) this.addDef('.kwdefaults', SYMBOL.DEF_PARAM, s);
      this.visitTypeParams(s.type_params);
    }
    const entry = this.newEntry(s.name, BLOCK.FUNCTION, s, s);
    entry.hasDocstring = docstringOf(s.body) !== null;
    this.visitFunctionAnnotations(s);
    this.enter(entry);
    entry.coroutine = isAsync;
    this.visitArguments(s.args);
    this.visitBody(s.body);
    this.exit();
    if (isGeneric) this.exit();
  }

  protected visitFunctionAnnotations(s: FunctionDef | AsyncFunctionDef): void {
    const inClass = this.current.canSeeClassScope || this.current.type === BLOCK.CLASS;
    this.enterNew('__annotate__', BLOCK.ANNOTATION, s.args, s);
    if (inClass) this.seeClassScope(s);
    this.visitArgAnnotations(s.args.posonlyargs);
    this.visitArgAnnotations(s.args.args);
    if (s.args.vararg !== null) this.visitArgAnnotation(s.args.vararg);
    if (s.args.kwarg !== null) this.visitArgAnnotation(s.args.kwarg);
    this.visitArgAnnotations(s.args.kwonlyargs);
    if (s.returns !== null) {
      this.current.annotationsUsed = true;
      this.visitExpr(s.returns);
    }
    this.exit();
  }

  protected visitArgAnnotations(args: readonly Arg[]): void {
    for (const arg of args) this.visitArgAnnotation(arg);
  }

  protected visitArgAnnotation(arg: Arg): void {
    if (arg.annotation === null) return;
    this.current.annotationsUsed = true;
    this.visitExpr(arg.annotation);
  }

  protected visitClass(s: ClassDef): void {
    this.addBinding(s.name, SYMBOL.DEF_LOCAL, s);
    this.visitExprs(s.decorator_list);
    const outerPrivate = this.privateName;
    const isGeneric = s.type_params.length > 0;
    if (isGeneric) {
      this.enterTypeParams(s.name, s.type_params, s);
      for (const name of ['.type_params', '.generic_base']) {
        this.addDef(name, SYMBOL.DEF_LOCAL, s);
        this.addDef(name, SYMBOL.USE, s);
      }
      this.privateName = s.name;
      this.current.mangledNames = new Set();
      this.visitTypeParams(s.type_params);
    }
    this.visitExprs(s.bases);
    this.visitKeywords(s.keywords);
    this.enterNew(s.name, BLOCK.CLASS, s, s);
    this.privateName = s.name;
    if (isGeneric) {
      this.addDef('__type_params__', SYMBOL.DEF_LOCAL, s);
      this.addDef('.type_params', SYMBOL.USE, s);
    }
    this.current.hasDocstring = docstringOf(s.body) !== null;
    this.visitBody(s.body);
    this.exit();
    if (isGeneric) this.exit();
    this.privateName = outerPrivate;
  }

  protected visitTypeAlias(s: TypeAlias): void {
    this.visitExpr(s.name);
    const name = (s.name as Name).id; // the grammar allows nothing else
    const inClass = this.current.type === BLOCK.CLASS;
    const isGeneric = s.type_params.length > 0;
    if (isGeneric) {
      this.enterTypeParams(name, s.type_params, s);
      this.visitTypeParams(s.type_params);
    }
    this.enterNew(name, BLOCK.TYPE_ALIAS, s, s);
    if (inClass) this.seeClassScope(s.value);
    this.visitExpr(s.value);
    this.exit();
    if (isGeneric) this.exit();
  }

  protected visitAnnAssign(s: AnnAssign): void {
    this.current.annotationsUsed = true;
    const { target } = s;
    if (target.kind === 'Name') this.bindAnnotatedName(s, target);
    else this.visitExpr(target);
    this.visitAnnotation(s.annotation);
    if (s.value !== null) this.visitExpr(s.value);
  }

  protected bindAnnotatedName(s: AnnAssign, target: Name): void {
    const isSimple = s.simple !== 0;
    const known = this.lookupIn(this.current, target.id);
    if (isSimple && this.current !== this.top && (known & (SYMBOL.DEF_GLOBAL | SYMBOL.DEF_NONLOCAL)) !== 0) {
      this.fail(`annotated name '${target.id}' can't be ${(known & SYMBOL.DEF_GLOBAL) !== 0 ? 'global' : 'nonlocal'}`, s);
    }
    if (isSimple) this.addBinding(target.id, SYMBOL.DEF_ANNOT | SYMBOL.DEF_LOCAL, target);
    else if (s.value !== null) this.addBinding(target.id, SYMBOL.DEF_LOCAL, target);
  }

  protected visitAnnotation(annotation: Expr): void {
    const parent = this.current;
    // Annotations in functions are never evaluated; they only must be allowed.
    const isUnevaluated = parent.type === BLOCK.FUNCTION;
    const isConditional = parent.type === BLOCK.MODULE || (parent.type === BLOCK.CLASS && parent.inConditionalBlock);
    if (isConditional && !parent.hasConditionalAnnotations) {
      parent.hasConditionalAnnotations = true;
      this.addDef('__conditional_annotations__', SYMBOL.USE, annotation);
    }
    if (parent.annotationBlock === null) {
      const entry = this.newEntry('__annotate__', BLOCK.ANNOTATION, {}, annotation);
      parent.annotationBlock = entry;
      this.enter(entry);
      this.addDef('.format', SYMBOL.DEF_PARAM, annotation);
      this.addDef('.format', SYMBOL.USE, annotation);
      if (parent.type === BLOCK.CLASS && !this.futureAnnotations) this.seeClassScope(annotation);
    } else {
      this.enter(parent.annotationBlock, /* isNew */ false);
    }
    this.current.inUnevaluatedAnnotation = isUnevaluated;
    this.visitExpr(annotation);
    this.current.inUnevaluatedAnnotation = false;
    this.exit();
  }

  // Type parameters

  protected enterTypeParams(name: string, key: readonly TypeParam[], at: Located): void {
    const inClass = this.current.type === BLOCK.CLASS;
    this.enterNew(name, BLOCK.TYPE_PARAMETERS, key, at);
    if (inClass) this.seeClassScope(at);
  }

  protected visitTypeParams(params: readonly TypeParam[]): void {
    for (const param of params) {
      this.addBinding(param.name, SYMBOL.DEF_TYPE_PARAM | SYMBOL.DEF_LOCAL, param);
      switch (param.kind) {
        case 'TypeVar': {
          const info = param.bound?.kind === 'Tuple' ? 'a TypeVar constraint' : 'a TypeVar bound';
          this.visitBoundOrDefault(param, param.bound, info, this.blocks);
          this.visitBoundOrDefault(param, param.default_value, 'a TypeVar default', this.defaults);
          break;
        }
        case 'TypeVarTuple':
          this.visitBoundOrDefault(param, param.default_value, 'a TypeVarTuple default', this.blocks);
          break;
        case 'ParamSpec':
          this.visitBoundOrDefault(param, param.default_value, 'a ParamSpec default', this.blocks);
          break;
        default: exhaustive(param);
      }
    }
  }

  protected visitBoundOrDefault(param: TypeParam, value: Expr | null, scopeInfo: string, keys: Map<object, SymtableEntry>): void {
    if (param.name === '__classdict__') this.fail(`reserved name '${param.name}' cannot be used for type parameter`, param);
    if (value === null) return;
    const inClass = this.current.canSeeClassScope;
    this.enterNew(param.name, BLOCK.TYPE_VARIABLE, param, value, keys);
    if (inClass) this.seeClassScope(value);
    this.current.scopeInfo = scopeInfo;
    this.visitExpr(value);
    this.exit();
  }
}
