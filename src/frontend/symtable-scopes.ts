/** Where the first pass over the tree stands: the stack of blocks, and the notes about names in them. Source: CPython 3.14 `Python/symtable.c`. */
import type { Located, Name } from './ast.ts';
import { COMPILER_FLAG, syntaxErrorAt } from './future.ts';
import type { FutureFeatures } from './future.ts';
import { BLOCK, SYMBOL, SymtableEntry, maybeMangle } from './symtable-entry.ts';
import type { BlockType } from './symtable-entry.ts';

/** What `buildSymtable` needs to know. */
export interface SymtableOptions {
  readonly filename: string;
  /** Flags of `compile()`, the features of the module included. */
  readonly flags: number;
  readonly future: FutureFeatures;
}

const NOWHERE: Located = { lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };

/** Keeps the blocks that are open and notes names in them. The visitors of the tree build on it. */
export abstract class ScopeStack {
  protected readonly options: SymtableOptions;
  protected readonly futureAnnotations: boolean;
  protected readonly blocks = new Map<object, SymtableEntry>();
  protected readonly defaults = new Map<object, SymtableEntry>();
  protected readonly stack: SymtableEntry[] = [];
  protected current: SymtableEntry;
  protected readonly top: SymtableEntry;
  /** The name of the class that mangles private names. */
  protected privateName: string | null = null;

  constructor(options: SymtableOptions) {
    this.options = options;
    this.futureAnnotations = (options.flags & COMPILER_FLAG.FUTURE_ANNOTATIONS) !== 0;
    this.top = this.current = new SymtableEntry(0, 'top', BLOCK.MODULE, NOWHERE, null);
    this.stack.push(this.top);
  }

  protected fail(message: string, at: Located): never {
    throw syntaxErrorAt(message, this.options.filename, at);
  }

  // Blocks

  protected newEntry(name: string, type: BlockType, key: object, location: Located, keys = this.blocks): SymtableEntry {
    const entry = new SymtableEntry(this.blocks.size + this.defaults.size, name, type, location, this.current);
    keys.set(key, entry);
    return entry;
  }

  protected enter(entry: SymtableEntry, isNew = true): void {
    const parent = this.current;
    this.stack.push(entry);
    // Assignment expressions are forbidden in the iterable of a comprehension, however deeply nested.
    entry.compIterExpr = parent.compIterExpr;
    // All names are mangled in classes, so they need not inherit which ones are.
    if (parent.mangledNames !== null && entry.type !== BLOCK.CLASS) entry.mangledNames = parent.mangledNames;
    this.current = entry;
    // With `from __future__ import annotations` annotations become strings and bind nothing.
    if (this.futureAnnotations && entry.type === BLOCK.ANNOTATION) return;
    if (isNew) parent.children.push(entry);
  }

  protected enterNew(name: string, type: BlockType, key: object, location: Located, keys = this.blocks): void {
    this.enter(this.newEntry(name, type, key, location, keys));
    if (type === BLOCK.ANNOTATION || type === BLOCK.TYPE_VARIABLE || type === BLOCK.TYPE_ALIAS) {
      // The parameter of an annotation function; no program can write its name.
      this.addDef('.format', SYMBOL.DEF_PARAM, location);
      this.addDef('.format', SYMBOL.USE, location);
    }
  }

  protected exit(): void {
    this.stack.pop();
    this.current = this.stack[this.stack.length - 1]!;
  }

  // Names

  protected lookupIn(entry: SymtableEntry, name: string): number {
    return entry.symbols.get(maybeMangle(this.privateName, entry, name)) ?? 0;
  }

  protected addDef(name: string, flag: number, at: Located): void {
    this.addDefIn(this.current, name, flag, at);
  }

  protected addBinding(name: string, flag: number, at: Located): void {
    if (name === '__debug__') this.fail('cannot assign to __debug__', at);
    if ((flag & SYMBOL.DEF_TYPE_PARAM) !== 0) this.current.mangledNames?.add(name);
    this.addDefIn(this.current, name, flag, at);
  }

  protected addDefIn(entry: SymtableEntry, name: string, flag: number, at: Located): void {
    const mangled = maybeMangle(this.privateName, this.current, name);
    let value = entry.symbols.get(mangled) ?? 0;
    if ((flag & value & SYMBOL.DEF_PARAM) !== 0) this.fail(`duplicate argument '${name}' in function definition`, at);
    if ((flag & value & SYMBOL.DEF_TYPE_PARAM) !== 0) this.fail(`duplicate type parameter '${name}'`, at);
    value |= flag;
    if (entry.compIterTarget) {
      if ((value & (SYMBOL.DEF_GLOBAL | SYMBOL.DEF_NONLOCAL)) !== 0) {
        this.fail(`comprehension inner loop cannot rebind assignment expression target '${name}'`, at);
      }
      value |= SYMBOL.DEF_COMP_ITER;
    }
    entry.symbols.set(mangled, value);
    if ((flag & SYMBOL.DEF_PARAM) !== 0) entry.varnames.push(mangled);
    else if ((flag & SYMBOL.DEF_GLOBAL) !== 0) {
      const globals = this.top.symbols;
      globals.set(mangled, (globals.get(mangled) ?? 0) | flag);
    }
  }

  protected recordDirective(name: string, location: Located): void {
    (this.current.directives ??= []).push({ name: maybeMangle(this.privateName, this.current, name), location });
  }

  protected seeClassScope(at: Located): void {
    this.current.canSeeClassScope = true;
    this.addDef('__classdict__', SYMBOL.USE, at);
  }

  protected failDebug(ctx: 'Store' | 'Del', at: Located): never {
    this.fail(ctx === 'Store' ? 'cannot assign to __debug__' : 'cannot delete __debug__', at);
  }

  // Rules

  protected allowsTopLevelAwait(): boolean {
    return (this.options.flags & COMPILER_FLAG.ALLOW_TOP_LEVEL_AWAIT) !== 0 && this.current.type === BLOCK.MODULE;
  }

  protected isAsyncDef(): boolean {
    return this.current.type === BLOCK.FUNCTION && this.current.coroutine;
  }

  protected forbidInAnnotation(what: string, at: Located): void {
    switch (this.current.type) {
      case BLOCK.ANNOTATION: this.fail(`${what} cannot be used within an annotation`, at); break;
      case BLOCK.TYPE_VARIABLE: this.fail(`${what} cannot be used within ${this.current.scopeInfo}`, at); break;
      case BLOCK.TYPE_ALIAS: this.fail(`${what} cannot be used within a type alias`, at); break;
      case BLOCK.TYPE_PARAMETERS: this.fail(`${what} cannot be used within the definition of a generic`, at); break;
      default: break;
    }
  }

  /** An assignment expression in a comprehension binds in the nearest enclosing function or module. */
  protected extendNamedExprScope(target: Name): void {
    const name = target.id;
    for (let i = this.stack.length - 1; i >= 0; i--) {
      const entry = this.stack[i]!;
      if (entry.comprehension !== 'none') {
        const known = this.lookupIn(entry, name);
        if ((known & SYMBOL.DEF_COMP_ITER) !== 0 && (known & SYMBOL.DEF_LOCAL) !== 0) {
          this.fail(`assignment expression cannot rebind comprehension iteration variable '${name}'`, target);
        }
        continue;
      }
      if (entry.type === BLOCK.FUNCTION) {
        const isGlobal = (this.lookupIn(entry, name) & SYMBOL.DEF_GLOBAL) !== 0;
        this.addDef(name, isGlobal ? SYMBOL.DEF_GLOBAL : SYMBOL.DEF_NONLOCAL, target);
        this.recordDirective(name, target);
        return this.addDefIn(entry, name, SYMBOL.DEF_LOCAL, target);
      }
      if (entry.type === BLOCK.MODULE) {
        this.addDef(name, SYMBOL.DEF_GLOBAL, target);
        this.recordDirective(name, target);
        return this.addDefIn(entry, name, SYMBOL.DEF_GLOBAL, target);
      }
      this.forbidNamedExprIn(entry.type, target);
    }
  }

  protected forbidNamedExprIn(type: BlockType, at: Located): void {
    const start = 'assignment expression within a comprehension cannot be used';
    switch (type) {
      case BLOCK.CLASS: this.fail(`${start} in a class body`, at); break;
      case BLOCK.TYPE_PARAMETERS: this.fail(`${start} within the definition of a generic`, at); break;
      case BLOCK.TYPE_ALIAS: this.fail(`${start} in a type alias`, at); break;
      case BLOCK.TYPE_VARIABLE: this.fail(`${start} in a TypeVar bound`, at); break;
      default: break;
    }
  }
}
