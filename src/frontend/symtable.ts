/**
 * The symbol table: the first pass, which walks the tree, opens a block for every scope and notes how each name is used.
 * Longer than the house limit because it has a case for every node of the grammar.
 *
 * `buildSymtable` also runs the second pass (symtable-analysis.ts). The compiler finds a block by the node it belongs to:
 * functions, classes, lambdas and comprehensions by themselves, annotations of a function by its `arguments`, type parameters by
 * the list of them, bounds by the type parameter, defaults of type variables through `lookupDefault`.
 * Source: CPython 3.14 `Python/symtable.c`.
 */
import type {
  Alias, AnnAssign, Arg, Arguments, AsyncFunctionDef, Await, Call, ClassDef, Comprehension, DictComp, ExceptHandler, Expr, FunctionDef,
  GeneratorExp, Global, Keyword, Lambda, ListComp, Located, MatchClass, Mod, Name, NamedExpr, Nonlocal, Pattern, SetComp, Stmt, TypeAlias,
  TypeParam, Yield, YieldFrom,
} from './ast.ts';
import { exhaustive } from '../base/assert.ts';
import { COMPILER_FLAG, docstringOf, isFutureImport, syntaxErrorAt } from './future.ts';
import type { FutureFeatures } from './future.ts';
import { analyzeSymbols } from './symtable-analysis.ts';
import { BLOCK, SYMBOL, SymtableEntry, isFunctionLike, maybeMangle } from './symtable-entry.ts';
import type { BlockType } from './symtable-entry.ts';

/** What `buildSymtable` needs to know. */
export interface SymtableOptions {
  readonly filename: string;
  /** Flags of `compile()`, the features of the module included. */
  readonly flags: number;
  readonly future: FutureFeatures;
}

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

type ComprehensionNode = ListComp | SetComp | DictComp | GeneratorExp;

const COMPREHENSION_KINDS = { ListComp: 'list', SetComp: 'set', DictComp: 'dict', GeneratorExp: 'generator' } as const;
const COMPREHENSION_NAMES = { ListComp: 'listcomp', SetComp: 'setcomp', DictComp: 'dictcomp', GeneratorExp: 'genexpr' } as const;
const NOWHERE: Located = { lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };

class Builder {
  readonly #options: SymtableOptions;
  readonly #futureAnnotations: boolean;
  readonly #blocks = new Map<object, SymtableEntry>();
  readonly #defaults = new Map<object, SymtableEntry>();
  readonly #stack: SymtableEntry[] = [];
  #current: SymtableEntry;
  readonly #top: SymtableEntry;
  /** The name of the class that mangles private names. */
  #private: string | null = null;

  constructor(options: SymtableOptions) {
    this.#options = options;
    this.#futureAnnotations = (options.flags & COMPILER_FLAG.FUTURE_ANNOTATIONS) !== 0;
    this.#top = this.#current = new SymtableEntry(0, 'top', BLOCK.MODULE, NOWHERE, null);
    this.#stack.push(this.#top);
  }

  build(tree: Mod): Symtable {
    this.#blocks.set(tree, this.#top);
    switch (tree.kind) {
      case 'Module':
        this.#top.hasDocstring = docstringOf(tree.body) !== null;
        this.#visitBody(tree.body);
        break;
      case 'Interactive':
        this.#visitBody(tree.body);
        break;
      case 'Expression':
        this.#visitExpr(tree.body);
        break;
      case 'FunctionType':
        throw new Error('this compiler does not handle FunctionTypes');
    }
    analyzeSymbols(this.#top, this.#options.filename);
    return new Symtable(this.#top, this.#blocks, this.#defaults);
  }

  #fail(message: string, at: Located): never {
    throw syntaxErrorAt(message, this.#options.filename, at);
  }

  // Blocks

  #newEntry(name: string, type: BlockType, key: object, location: Located, keys = this.#blocks): SymtableEntry {
    const entry = new SymtableEntry(this.#blocks.size + this.#defaults.size, name, type, location, this.#current);
    keys.set(key, entry);
    return entry;
  }

  #enter(entry: SymtableEntry, isNew = true): void {
    const parent = this.#current;
    this.#stack.push(entry);
    // Assignment expressions are forbidden in the iterable of a comprehension, however deeply nested.
    entry.compIterExpr = parent.compIterExpr;
    // All names are mangled in classes, so they need not inherit which ones are.
    if (parent.mangledNames !== null && entry.type !== BLOCK.CLASS) entry.mangledNames = parent.mangledNames;
    this.#current = entry;
    // With `from __future__ import annotations` annotations become strings and bind nothing.
    if (this.#futureAnnotations && entry.type === BLOCK.ANNOTATION) return;
    if (isNew) parent.children.push(entry);
  }

  #enterNew(name: string, type: BlockType, key: object, location: Located, keys = this.#blocks): void {
    this.#enter(this.#newEntry(name, type, key, location, keys));
    if (type === BLOCK.ANNOTATION || type === BLOCK.TYPE_VARIABLE || type === BLOCK.TYPE_ALIAS) {
      // The parameter of an annotation function; no program can write its name.
      this.#addDef('.format', SYMBOL.DEF_PARAM, location);
      this.#addDef('.format', SYMBOL.USE, location);
    }
  }

  #exit(): void {
    this.#stack.pop();
    this.#current = this.#stack[this.#stack.length - 1]!;
  }

  // Names

  #lookupIn(entry: SymtableEntry, name: string): number {
    return entry.symbols.get(maybeMangle(this.#private, entry, name)) ?? 0;
  }

  #addDef(name: string, flag: number, at: Located): void {
    this.#addDefIn(this.#current, name, flag, at);
  }

  #addBinding(name: string, flag: number, at: Located): void {
    if (name === '__debug__') this.#fail('cannot assign to __debug__', at);
    if ((flag & SYMBOL.DEF_TYPE_PARAM) !== 0) this.#current.mangledNames?.add(name);
    this.#addDefIn(this.#current, name, flag, at);
  }

  #addDefIn(entry: SymtableEntry, name: string, flag: number, at: Located): void {
    const mangled = maybeMangle(this.#private, this.#current, name);
    let value = entry.symbols.get(mangled) ?? 0;
    if ((flag & value & SYMBOL.DEF_PARAM) !== 0) this.#fail(`duplicate argument '${name}' in function definition`, at);
    if ((flag & value & SYMBOL.DEF_TYPE_PARAM) !== 0) this.#fail(`duplicate type parameter '${name}'`, at);
    value |= flag;
    if (entry.compIterTarget) {
      if ((value & (SYMBOL.DEF_GLOBAL | SYMBOL.DEF_NONLOCAL)) !== 0) {
        this.#fail(`comprehension inner loop cannot rebind assignment expression target '${name}'`, at);
      }
      value |= SYMBOL.DEF_COMP_ITER;
    }
    entry.symbols.set(mangled, value);
    if ((flag & SYMBOL.DEF_PARAM) !== 0) entry.varnames.push(mangled);
    else if ((flag & SYMBOL.DEF_GLOBAL) !== 0) {
      const globals = this.#top.symbols;
      globals.set(mangled, (globals.get(mangled) ?? 0) | flag);
    }
  }

  #recordDirective(name: string, location: Located): void {
    (this.#current.directives ??= []).push({ name: maybeMangle(this.#private, this.#current, name), location });
  }

  // Statements

  #visitBody(body: readonly Stmt[]): void {
    for (let i = 0; i < body.length; i++) this.#visitStmt(body[i]!);
  }

  #visitConditional(...bodies: readonly (readonly Stmt[])[]): void {
    const block = this.#current;
    const before = block.inConditionalBlock;
    block.inConditionalBlock = true;
    for (const body of bodies) this.#visitBody(body);
    block.inConditionalBlock = before;
  }

  #visitStmt(s: Stmt): void {
    switch (s.kind) {
      case 'Expr': return this.#visitExpr(s.value);
      case 'Assign':
        this.#visitExprs(s.targets);
        return this.#visitExpr(s.value);
      case 'If':
        this.#visitExpr(s.test);
        return this.#visitConditional(s.body, s.orelse);
      case 'Return':
        if (s.value !== null) {
          this.#visitExpr(s.value);
          this.#current.returnsValue = true;
        }
        return;
      case 'FunctionDef': return this.#visitFunction(s, false);
      case 'AsyncFunctionDef': return this.#visitFunction(s, true);
      case 'ClassDef': return this.#visitClass(s);
      case 'TypeAlias': return this.#visitTypeAlias(s);
      case 'Delete': return this.#visitExprs(s.targets);
      case 'AnnAssign': return this.#visitAnnAssign(s);
      case 'AugAssign':
        this.#visitExpr(s.target);
        return this.#visitExpr(s.value);
      case 'AsyncFor':
        this.#requireCoroutine("'async for' outside async function", s);
        this.#visitExpr(s.target);
        this.#visitExpr(s.iter);
        return this.#visitConditional(s.body, s.orelse);
      case 'For':
        this.#visitExpr(s.target);
        this.#visitExpr(s.iter);
        return this.#visitConditional(s.body, s.orelse);
      case 'While':
        this.#visitExpr(s.test);
        return this.#visitConditional(s.body, s.orelse);
      case 'Match': return this.#visitMatch(s.subject, s.cases);
      case 'Raise':
        if (s.exc !== null) {
          this.#visitExpr(s.exc);
          if (s.cause !== null) this.#visitExpr(s.cause);
        }
        return;
      case 'Try': case 'TryStar': return this.#visitTry(s.body, s.handlers, s.orelse, s.finalbody);
      case 'Assert':
        this.#visitExpr(s.test);
        if (s.msg !== null) this.#visitExpr(s.msg);
        return;
      case 'Import':
        for (const alias of s.names) this.#visitAlias(alias);
        return;
      case 'ImportFrom':
        for (const alias of s.names) this.#visitAlias(alias);
        if (isFutureImport(s)) this.#checkFuturePlace(s);
        return;
      case 'Global': return this.#visitDeclaration(s, SYMBOL.DEF_GLOBAL, 'global');
      case 'Nonlocal': return this.#visitDeclaration(s, SYMBOL.DEF_NONLOCAL, 'nonlocal');
      case 'With': return this.#visitWith(s.items, s.body);
      case 'AsyncWith':
        this.#requireCoroutine("'async with' outside async function", s);
        return this.#visitWith(s.items, s.body);
      case 'Pass': case 'Break': case 'Continue': return;
      default: exhaustive(s);
    }
  }

  #visitMatch(subject: Expr, cases: readonly { pattern: Pattern; guard: Expr | null; body: Stmt[] }[]): void {
    this.#visitExpr(subject);
    const block = this.#current;
    const before = block.inConditionalBlock;
    block.inConditionalBlock = true;
    for (const { pattern, guard, body } of cases) {
      this.#visitPattern(pattern);
      if (guard !== null) this.#visitExpr(guard);
      this.#visitBody(body);
    }
    block.inConditionalBlock = before;
  }

  #visitTry(body: readonly Stmt[], handlers: readonly ExceptHandler[], orelse: readonly Stmt[], finalbody: readonly Stmt[]): void {
    const block = this.#current;
    const before = block.inConditionalBlock;
    block.inConditionalBlock = true;
    this.#visitBody(body);
    for (const handler of handlers) {
      if (handler.type !== null) this.#visitExpr(handler.type);
      if (handler.name !== null) this.#addBinding(handler.name, SYMBOL.DEF_LOCAL, handler);
      this.#visitBody(handler.body);
    }
    this.#visitBody(orelse);
    this.#visitBody(finalbody);
    block.inConditionalBlock = before;
  }

  #visitWith(items: readonly { context_expr: Expr; optional_vars: Expr | null }[], body: readonly Stmt[]): void {
    const block = this.#current;
    const before = block.inConditionalBlock;
    block.inConditionalBlock = true;
    for (const item of items) {
      this.#visitExpr(item.context_expr);
      if (item.optional_vars !== null) this.#visitExpr(item.optional_vars);
    }
    this.#visitBody(body);
    block.inConditionalBlock = before;
  }

  #allowsTopLevelAwait(): boolean {
    return (this.#options.flags & COMPILER_FLAG.ALLOW_TOP_LEVEL_AWAIT) !== 0 && this.#current.type === BLOCK.MODULE;
  }

  #requireCoroutine(message: string, at: Located): void {
    if (this.#allowsTopLevelAwait()) this.#current.coroutine = true;
    if (!this.#current.coroutine) this.#fail(message, at);
  }

  #checkFuturePlace(s: Located): void {
    const last = this.#options.future.location;
    const isLate = last === null || s.lineno > last.lineno || (s.lineno === last.end_lineno && s.col_offset > last.end_col_offset);
    if (isLate) this.#fail('from __future__ imports must occur at the beginning of the file', s);
  }

  #visitAlias(alias: Alias): void {
    const name = alias.asname ?? alias.name;
    if (name === '*') {
      if (this.#current.type !== BLOCK.MODULE) this.#fail('import * only allowed at module level', alias);
      return;
    }
    const dot = name.indexOf('.');
    this.#addBinding(dot < 0 ? name : name.slice(0, dot), SYMBOL.DEF_IMPORT, alias);
  }

  #visitDeclaration(s: Global | Nonlocal, flag: number, word: 'global' | 'nonlocal'): void {
    for (const name of s.names) {
      const known = this.#lookupIn(this.#current, name);
      if ((known & SYMBOL.DEF_PARAM) !== 0) this.#fail(`name '${name}' is parameter and ${word}`, s);
      if ((known & SYMBOL.USE) !== 0) this.#fail(`name '${name}' is used prior to ${word} declaration`, s);
      if ((known & SYMBOL.DEF_ANNOT) !== 0) this.#fail(`annotated name '${name}' can't be ${word}`, s);
      if ((known & SYMBOL.DEF_LOCAL) !== 0) this.#fail(`name '${name}' is assigned to before ${word} declaration`, s);
      this.#addDef(name, flag, s);
      this.#recordDirective(name, s);
    }
  }

  #visitFunction(s: FunctionDef | AsyncFunctionDef, isAsync: boolean): void {
    this.#addBinding(s.name, SYMBOL.DEF_LOCAL, s);
    this.#visitDefaults(s.args);
    this.#visitExprs(s.decorator_list);
    const isGeneric = s.type_params.length > 0;
    if (isGeneric) {
      this.#enterTypeParams(s.name, s.type_params, s);
      this.#addDef('.defaults', SYMBOL.DEF_PARAM, s); // there even without defaults, as in CPython
      if (s.args.kw_defaults.some((value) => value !== null)) this.#addDef('.kwdefaults', SYMBOL.DEF_PARAM, s);
      this.#visitTypeParams(s.type_params);
    }
    const entry = this.#newEntry(s.name, BLOCK.FUNCTION, s, s);
    entry.hasDocstring = docstringOf(s.body) !== null;
    this.#visitFunctionAnnotations(s);
    this.#enter(entry);
    entry.coroutine = isAsync;
    this.#visitArguments(s.args);
    this.#visitBody(s.body);
    this.#exit();
    if (isGeneric) this.#exit();
  }

  #visitDefaults(args: Arguments): void {
    this.#visitExprs(args.defaults);
    for (const value of args.kw_defaults) if (value !== null) this.#visitExpr(value);
  }

  #visitArguments(args: Arguments): void {
    for (const arg of args.posonlyargs) this.#addBinding(arg.arg, SYMBOL.DEF_PARAM, arg);
    for (const arg of args.args) this.#addBinding(arg.arg, SYMBOL.DEF_PARAM, arg);
    for (const arg of args.kwonlyargs) this.#addBinding(arg.arg, SYMBOL.DEF_PARAM, arg);
    if (args.vararg !== null) {
      this.#addBinding(args.vararg.arg, SYMBOL.DEF_PARAM, args.vararg);
      this.#current.varargs = true;
    }
    if (args.kwarg !== null) {
      this.#addBinding(args.kwarg.arg, SYMBOL.DEF_PARAM, args.kwarg);
      this.#current.varkeywords = true;
    }
  }

  #visitFunctionAnnotations(s: FunctionDef | AsyncFunctionDef): void {
    const inClass = this.#current.canSeeClassScope || this.#current.type === BLOCK.CLASS;
    this.#enterNew('__annotate__', BLOCK.ANNOTATION, s.args, s);
    if (inClass) this.#seeClassScope(s);
    this.#visitArgAnnotations(s.args.posonlyargs);
    this.#visitArgAnnotations(s.args.args);
    if (s.args.vararg !== null) this.#visitArgAnnotation(s.args.vararg);
    if (s.args.kwarg !== null) this.#visitArgAnnotation(s.args.kwarg);
    this.#visitArgAnnotations(s.args.kwonlyargs);
    if (s.returns !== null) {
      this.#current.annotationsUsed = true;
      this.#visitExpr(s.returns);
    }
    this.#exit();
  }

  #visitArgAnnotations(args: readonly Arg[]): void {
    for (const arg of args) this.#visitArgAnnotation(arg);
  }

  #visitArgAnnotation(arg: Arg): void {
    if (arg.annotation === null) return;
    this.#current.annotationsUsed = true;
    this.#visitExpr(arg.annotation);
  }

  #seeClassScope(at: Located): void {
    this.#current.canSeeClassScope = true;
    this.#addDef('__classdict__', SYMBOL.USE, at);
  }

  #visitClass(s: ClassDef): void {
    this.#addBinding(s.name, SYMBOL.DEF_LOCAL, s);
    this.#visitExprs(s.decorator_list);
    const outerPrivate = this.#private;
    const isGeneric = s.type_params.length > 0;
    if (isGeneric) {
      this.#enterTypeParams(s.name, s.type_params, s);
      for (const name of ['.type_params', '.generic_base']) {
        this.#addDef(name, SYMBOL.DEF_LOCAL, s);
        this.#addDef(name, SYMBOL.USE, s);
      }
      this.#private = s.name;
      this.#current.mangledNames = new Set();
      this.#visitTypeParams(s.type_params);
    }
    this.#visitExprs(s.bases);
    this.#visitKeywords(s.keywords);
    this.#enterNew(s.name, BLOCK.CLASS, s, s);
    this.#private = s.name;
    if (isGeneric) {
      this.#addDef('__type_params__', SYMBOL.DEF_LOCAL, s);
      this.#addDef('.type_params', SYMBOL.USE, s);
    }
    this.#current.hasDocstring = docstringOf(s.body) !== null;
    this.#visitBody(s.body);
    this.#exit();
    if (isGeneric) this.#exit();
    this.#private = outerPrivate;
  }

  #visitTypeAlias(s: TypeAlias): void {
    this.#visitExpr(s.name);
    const name = (s.name as Name).id; // the grammar allows nothing else
    const inClass = this.#current.type === BLOCK.CLASS;
    const isGeneric = s.type_params.length > 0;
    if (isGeneric) {
      this.#enterTypeParams(name, s.type_params, s);
      this.#visitTypeParams(s.type_params);
    }
    this.#enterNew(name, BLOCK.TYPE_ALIAS, s, s);
    if (inClass) this.#seeClassScope(s.value);
    this.#visitExpr(s.value);
    this.#exit();
    if (isGeneric) this.#exit();
  }

  #visitAnnAssign(s: AnnAssign): void {
    this.#current.annotationsUsed = true;
    const { target } = s;
    if (target.kind === 'Name') this.#bindAnnotatedName(s, target);
    else this.#visitExpr(target);
    this.#visitAnnotation(s.annotation);
    if (s.value !== null) this.#visitExpr(s.value);
  }

  #bindAnnotatedName(s: AnnAssign, target: Name): void {
    const isSimple = s.simple !== 0;
    const known = this.#lookupIn(this.#current, target.id);
    if (isSimple && this.#current !== this.#top && (known & (SYMBOL.DEF_GLOBAL | SYMBOL.DEF_NONLOCAL)) !== 0) {
      this.#fail(`annotated name '${target.id}' can't be ${(known & SYMBOL.DEF_GLOBAL) !== 0 ? 'global' : 'nonlocal'}`, s);
    }
    if (isSimple) this.#addBinding(target.id, SYMBOL.DEF_ANNOT | SYMBOL.DEF_LOCAL, target);
    else if (s.value !== null) this.#addBinding(target.id, SYMBOL.DEF_LOCAL, target);
  }

  #visitAnnotation(annotation: Expr): void {
    const parent = this.#current;
    // Annotations in functions are never evaluated; they only must be allowed.
    const isUnevaluated = parent.type === BLOCK.FUNCTION;
    const isConditional = parent.type === BLOCK.MODULE || (parent.type === BLOCK.CLASS && parent.inConditionalBlock);
    if (isConditional && !parent.hasConditionalAnnotations) {
      parent.hasConditionalAnnotations = true;
      this.#addDef('__conditional_annotations__', SYMBOL.USE, annotation);
    }
    if (parent.annotationBlock === null) {
      const entry = this.#newEntry('__annotate__', BLOCK.ANNOTATION, {}, annotation);
      parent.annotationBlock = entry;
      this.#enter(entry);
      this.#addDef('.format', SYMBOL.DEF_PARAM, annotation);
      this.#addDef('.format', SYMBOL.USE, annotation);
      if (parent.type === BLOCK.CLASS && !this.#futureAnnotations) this.#seeClassScope(annotation);
    } else {
      this.#enter(parent.annotationBlock, /* isNew */ false);
    }
    this.#current.inUnevaluatedAnnotation = isUnevaluated;
    this.#visitExpr(annotation);
    this.#current.inUnevaluatedAnnotation = false;
    this.#exit();
  }

  // Type parameters

  #enterTypeParams(name: string, key: readonly TypeParam[], at: Located): void {
    const inClass = this.#current.type === BLOCK.CLASS;
    this.#enterNew(name, BLOCK.TYPE_PARAMETERS, key, at);
    if (inClass) this.#seeClassScope(at);
  }

  #visitTypeParams(params: readonly TypeParam[]): void {
    for (const param of params) {
      this.#addBinding(param.name, SYMBOL.DEF_TYPE_PARAM | SYMBOL.DEF_LOCAL, param);
      switch (param.kind) {
        case 'TypeVar': {
          const info = param.bound?.kind === 'Tuple' ? 'a TypeVar constraint' : 'a TypeVar bound';
          this.#visitBoundOrDefault(param, param.bound, info, this.#blocks);
          this.#visitBoundOrDefault(param, param.default_value, 'a TypeVar default', this.#defaults);
          break;
        }
        case 'TypeVarTuple':
          this.#visitBoundOrDefault(param, param.default_value, 'a TypeVarTuple default', this.#blocks);
          break;
        case 'ParamSpec':
          this.#visitBoundOrDefault(param, param.default_value, 'a ParamSpec default', this.#blocks);
          break;
        default: exhaustive(param);
      }
    }
  }

  #visitBoundOrDefault(param: TypeParam, value: Expr | null, scopeInfo: string, keys: Map<object, SymtableEntry>): void {
    if (param.name === '__classdict__') this.#fail(`reserved name '${param.name}' cannot be used for type parameter`, param);
    if (value === null) return;
    const inClass = this.#current.canSeeClassScope;
    this.#enterNew(param.name, BLOCK.TYPE_VARIABLE, param, value, keys);
    if (inClass) this.#seeClassScope(value);
    this.#current.scopeInfo = scopeInfo;
    this.#visitExpr(value);
    this.#exit();
  }

  // Expressions

  #visitExprs(list: readonly Expr[]): void {
    for (let i = 0; i < list.length; i++) this.#visitExpr(list[i]!);
  }

  #visitExpr(e: Expr): void {
    switch (e.kind) {
      case 'Name': return this.#visitName(e);
      case 'Constant': return;
      case 'Attribute':
        if (e.attr === '__debug__' && e.ctx !== 'Load') this.#failDebug(e.ctx, e);
        return this.#visitExpr(e.value);
      case 'Call': return this.#visitCall(e);
      case 'Subscript':
        this.#visitExpr(e.value);
        return this.#visitExpr(e.slice);
      case 'BinOp': {
        // The left operand is followed in a loop: sums of many terms are deep on the left.
        let left: Expr = e;
        const rights: Expr[] = [];
        while (left.kind === 'BinOp') {
          rights.push(left.right);
          left = left.left;
        }
        this.#visitExpr(left);
        while (rights.length > 0) this.#visitExpr(rights.pop()!);
        return;
      }
      case 'BoolOp': return this.#visitExprs(e.values);
      case 'UnaryOp': return this.#visitExpr(e.operand);
      case 'Compare':
        this.#visitExpr(e.left);
        return this.#visitExprs(e.comparators);
      case 'List': case 'Tuple': case 'Set': return this.#visitExprs(e.elts);
      case 'Dict':
        for (const key of e.keys) if (key !== null) this.#visitExpr(key);
        return this.#visitExprs(e.values);
      case 'JoinedStr': case 'TemplateStr': return this.#visitExprs(e.values);
      case 'FormattedValue': case 'Interpolation':
        this.#visitExpr(e.value);
        if (e.format_spec !== null) this.#visitExpr(e.format_spec);
        return;
      case 'Starred': return this.#visitExpr(e.value);
      case 'Slice':
        if (e.lower !== null) this.#visitExpr(e.lower);
        if (e.upper !== null) this.#visitExpr(e.upper);
        if (e.step !== null) this.#visitExpr(e.step);
        return;
      case 'IfExp':
        this.#visitExpr(e.test);
        this.#visitExpr(e.body);
        return this.#visitExpr(e.orelse);
      case 'Lambda': return this.#visitLambda(e);
      case 'ListComp': case 'SetComp': case 'GeneratorExp': return this.#visitComprehensionScope(e, e.elt, null);
      case 'DictComp': return this.#visitComprehensionScope(e, e.key, e.value);
      case 'NamedExpr': return this.#visitNamedExpr(e);
      case 'Yield': case 'YieldFrom': return this.#visitYield(e);
      case 'Await': return this.#visitAwait(e);
      default: exhaustive(e);
    }
  }

  #failDebug(ctx: 'Store' | 'Del', at: Located): never {
    this.#fail(ctx === 'Store' ? 'cannot assign to __debug__' : 'cannot delete __debug__', at);
  }

  #visitName(e: Name): void {
    if (this.#current.inUnevaluatedAnnotation) return;
    if (e.ctx !== 'Load') {
      if (e.id === '__debug__') this.#failDebug(e.ctx, e);
      return this.#addDef(e.id, SYMBOL.DEF_LOCAL, e);
    }
    this.#addDef(e.id, SYMBOL.USE, e);
    // `super` counts as a use of `__class__`.
    if (e.id === 'super' && isFunctionLike(this.#current)) this.#addDef('__class__', SYMBOL.USE, e);
  }

  #visitCall(e: Call): void {
    this.#visitExpr(e.func);
    this.#visitExprs(e.args);
    this.#visitKeywords(e.keywords);
  }

  #visitKeywords(keywords: readonly Keyword[]): void {
    for (const keyword of keywords) if (keyword.arg === '__debug__') this.#failDebug('Store', keyword);
    for (const keyword of keywords) this.#visitExpr(keyword.value);
  }

  #visitLambda(e: Lambda): void {
    this.#visitDefaults(e.args);
    this.#enterNew('lambda', BLOCK.FUNCTION, e, e);
    this.#visitArguments(e.args);
    this.#visitExpr(e.body);
    this.#exit();
  }

  #visitYield(e: Yield | YieldFrom): void {
    this.#forbidInAnnotation('yield expression', e);
    if (e.value !== null) this.#visitExpr(e.value);
    this.#current.generator = true;
    const kind = this.#current.comprehension;
    if (kind !== 'none') this.#fail(`'yield' inside ${kind === 'generator' ? 'generator expression' : `${kind} comprehension`}`, e);
  }

  #visitAwait(e: Await): void {
    this.#forbidInAnnotation('await expression', e);
    const block = this.#current;
    if (!this.#allowsTopLevelAwait()) {
      if (!isFunctionLike(block)) this.#fail("'await' outside function", e);
      if (!this.#isAsyncDef() && block.comprehension === 'none') this.#fail("'await' outside async function", e);
    }
    this.#visitExpr(e.value);
    block.coroutine = true;
  }

  #isAsyncDef(): boolean {
    return this.#current.type === BLOCK.FUNCTION && this.#current.coroutine;
  }

  #forbidInAnnotation(what: string, at: Located): void {
    switch (this.#current.type) {
      case BLOCK.ANNOTATION: this.#fail(`${what} cannot be used within an annotation`, at); break;
      case BLOCK.TYPE_VARIABLE: this.#fail(`${what} cannot be used within ${this.#current.scopeInfo}`, at); break;
      case BLOCK.TYPE_ALIAS: this.#fail(`${what} cannot be used within a type alias`, at); break;
      case BLOCK.TYPE_PARAMETERS: this.#fail(`${what} cannot be used within the definition of a generic`, at); break;
      default: break;
    }
  }

  #visitNamedExpr(e: NamedExpr): void {
    this.#forbidInAnnotation('named expression', e);
    if (this.#current.compIterExpr > 0) this.#fail('assignment expression cannot be used in a comprehension iterable expression', e);
    if (this.#current.comprehension !== 'none') this.#extendNamedExprScope(e.target as Name); // the grammar allows only names
    this.#visitExpr(e.value);
    this.#visitExpr(e.target);
  }

  /** An assignment expression in a comprehension binds in the nearest enclosing function or module. */
  #extendNamedExprScope(target: Name): void {
    const name = target.id;
    for (let i = this.#stack.length - 1; i >= 0; i--) {
      const entry = this.#stack[i]!;
      if (entry.comprehension !== 'none') {
        const known = this.#lookupIn(entry, name);
        if ((known & SYMBOL.DEF_COMP_ITER) !== 0 && (known & SYMBOL.DEF_LOCAL) !== 0) {
          this.#fail(`assignment expression cannot rebind comprehension iteration variable '${name}'`, target);
        }
        continue;
      }
      if (entry.type === BLOCK.FUNCTION) {
        const isGlobal = (this.#lookupIn(entry, name) & SYMBOL.DEF_GLOBAL) !== 0;
        this.#addDef(name, isGlobal ? SYMBOL.DEF_GLOBAL : SYMBOL.DEF_NONLOCAL, target);
        this.#recordDirective(name, target);
        return this.#addDefIn(entry, name, SYMBOL.DEF_LOCAL, target);
      }
      if (entry.type === BLOCK.MODULE) {
        this.#addDef(name, SYMBOL.DEF_GLOBAL, target);
        this.#recordDirective(name, target);
        return this.#addDefIn(entry, name, SYMBOL.DEF_GLOBAL, target);
      }
      this.#forbidNamedExprIn(entry.type, target);
    }
  }

  #forbidNamedExprIn(type: BlockType, at: Located): void {
    const start = 'assignment expression within a comprehension cannot be used';
    switch (type) {
      case BLOCK.CLASS: this.#fail(`${start} in a class body`, at); break;
      case BLOCK.TYPE_PARAMETERS: this.#fail(`${start} within the definition of a generic`, at); break;
      case BLOCK.TYPE_ALIAS: this.#fail(`${start} in a type alias`, at); break;
      case BLOCK.TYPE_VARIABLE: this.#fail(`${start} in a TypeVar bound`, at); break;
      default: break;
    }
  }

  #visitComprehensionScope(e: ComprehensionNode, element: Expr, value: Expr | null): void {
    const outermost = e.generators[0]!;
    const isGenerator = e.kind === 'GeneratorExp';
    // The outermost iterable is evaluated in the enclosing block.
    this.#current.compIterExpr++;
    this.#visitExpr(outermost.iter);
    this.#current.compIterExpr--;
    this.#enterNew(COMPREHENSION_NAMES[e.kind], BLOCK.FUNCTION, e, e);
    const block = this.#current;
    block.comprehension = COMPREHENSION_KINDS[e.kind];
    if (outermost.is_async !== 0) block.coroutine = true;
    this.#addDef('.0', SYMBOL.DEF_PARAM, block.location);
    block.compIterTarget = true;
    this.#visitExpr(outermost.target);
    block.compIterTarget = false;
    this.#visitExprs(outermost.ifs);
    for (let i = 1; i < e.generators.length; i++) this.#visitComprehension(e.generators[i]!);
    if (value !== null) this.#visitExpr(value);
    this.#visitExpr(element);
    block.generator = isGenerator;
    this.#exit();
    if (block.coroutine && !isGenerator) this.#inheritCoroutine(e);
  }

  #inheritCoroutine(at: Located): void {
    if (!this.#isAsyncDef() && this.#current.comprehension === 'none' && !this.#allowsTopLevelAwait()) {
      this.#fail('asynchronous comprehension outside of an asynchronous function', at);
    }
    this.#current.coroutine = true;
  }

  #visitComprehension(generator: Comprehension): void {
    const block = this.#current;
    block.compIterTarget = true;
    this.#visitExpr(generator.target);
    block.compIterTarget = false;
    block.compIterExpr++;
    this.#visitExpr(generator.iter);
    block.compIterExpr--;
    this.#visitExprs(generator.ifs);
    if (generator.is_async !== 0) block.coroutine = true;
  }

  // Patterns

  #visitPattern(p: Pattern): void {
    switch (p.kind) {
      case 'MatchValue': return this.#visitExpr(p.value);
      case 'MatchSingleton': return;
      case 'MatchSequence': case 'MatchOr': return this.#visitPatterns(p.patterns);
      case 'MatchStar':
        if (p.name !== null) this.#addBinding(p.name, SYMBOL.DEF_LOCAL, p);
        return;
      case 'MatchMapping':
        this.#visitExprs(p.keys);
        this.#visitPatterns(p.patterns);
        if (p.rest !== null) this.#addBinding(p.rest, SYMBOL.DEF_LOCAL, p);
        return;
      case 'MatchClass': return this.#visitMatchClass(p);
      case 'MatchAs':
        if (p.pattern !== null) this.#visitPattern(p.pattern);
        if (p.name !== null) this.#addBinding(p.name, SYMBOL.DEF_LOCAL, p);
        return;
      default: exhaustive(p);
    }
  }

  #visitPatterns(patterns: readonly Pattern[]): void {
    for (const pattern of patterns) this.#visitPattern(pattern);
  }

  #visitMatchClass(p: MatchClass): void {
    this.#visitExpr(p.cls);
    this.#visitPatterns(p.patterns);
    p.kwd_attrs.forEach((attr, i) => {
      if (attr === '__debug__') this.#failDebug('Store', p.kwd_patterns[i]!);
    });
    this.#visitPatterns(p.kwd_patterns);
  }
}
