/**
 * The second pass over the symbol table: decides for each name of each block whether it is local, global, free or a cell, and
 * which comprehensions are inlined (PEP 709). Source: CPython 3.14 `Python/symtable.c`, `analyze_block`.
 *
 * Sets flow downwards (`bound`: names of enclosing functions; `globals`: names declared global; `typeParams`) and upwards (`free`).
 * The downward sets are shared between siblings and copied only by a block that changes them.
 */
import { PySyntaxError } from './errors.ts';
import { BLOCK, SCOPE, SCOPE_OFFSET, SYMBOL, getScope, isFunctionLike, symbolScope } from './symtable-entry.ts';
import type { SymtableEntry } from './symtable-entry.ts';

const FLAG_BITS = (1 << SCOPE_OFFSET) - 1;

/** Names that a class provides to its methods and annotation scopes; they are never free through a class. */
const CLASS_CELLS: readonly string[] = ['__class__', '__classdict__', '__conditional_annotations__'];

/** Decides all scopes below `top`, in place. Throws `PySyntaxError` for impossible declarations. */
export function analyzeSymbols(top: SymtableEntry, filename: string): void {
  analyzeBlock({ entry: top, filename, bound: null, globals: new Set(), typeParams: new Set(), classEntry: null }, new Set());
}

/** What a block is told by its parent. */
interface Surroundings {
  readonly entry: SymtableEntry;
  readonly filename: string;
  /** Null at module level. */
  readonly bound: ReadonlySet<string> | null;
  readonly globals: ReadonlySet<string>;
  readonly typeParams: ReadonlySet<string>;
  /** The class whose names this annotation scope sees. */
  readonly classEntry: SymtableEntry | null;
}

/** A set that is shared until it changes. */
class SharedSet {
  #set: ReadonlySet<string>;
  #own: Set<string> | null = null;

  constructor(set: ReadonlySet<string>) {
    this.#set = set;
  }

  get set(): ReadonlySet<string> {
    return this.#set;
  }

  has(name: string): boolean {
    return this.#set.has(name);
  }

  add(name: string): void {
    if (!this.#set.has(name)) this.#writable().add(name);
  }

  delete(name: string): void {
    if (this.#set.has(name)) this.#writable().delete(name);
  }

  #writable(): Set<string> {
    if (this.#own === null) this.#set = this.#own = new Set(this.#set);
    return this.#own;
  }
}

/** The state of the analysis of one block. */
class BlockAnalysis {
  readonly entry: SymtableEntry;
  readonly filename: string;
  readonly bound: SharedSet | null;
  readonly globals: SharedSet;
  readonly typeParams: SharedSet;
  readonly classEntry: SymtableEntry | null;
  readonly scopes = new Map<string, number>();
  readonly local = new Set<string>();
  /** Cells of inlined comprehensions, created in this block. */
  inlinedCells: Set<string> | null = null;

  constructor(around: Surroundings) {
    this.entry = around.entry;
    this.filename = around.filename;
    this.bound = around.bound === null ? null : new SharedSet(around.bound);
    this.globals = new SharedSet(around.globals);
    this.typeParams = new SharedSet(around.typeParams);
    this.classEntry = around.classEntry;
  }
}

function analyzeBlock(around: Surroundings, free: Set<string>): void {
  const block = new BlockAnalysis(around);
  const { entry } = block;
  const isClass = entry.type === BLOCK.CLASS;
  // The names of a class are not visible in its functions, so what the children see is fixed before the names are analysed.
  const outerBound = around.bound;
  const outerGlobals = around.globals;
  for (const [name, flags] of entry.symbols) analyzeName(block, name, flags, free);
  const childBound = isClass ? union(outerBound, CLASS_CELLS) : isFunctionLike(entry) ? union(block.bound?.set ?? null, block.local) : (block.bound?.set ?? NO_NAMES);
  const childGlobals = isClass ? outerGlobals : block.globals.set;

  const newFree = new Set<string>();
  analyzeChildren(block, childBound, childGlobals, newFree);
  if (isFunctionLike(entry)) markCells(block, newFree);
  else if (isClass) dropClassFree(entry, newFree);
  updateSymbols(block, newFree);
  for (const name of newFree) free.add(name);
}

const NO_NAMES: ReadonlySet<string> = new Set();

function union(base: ReadonlySet<string> | null, names: Iterable<string>): ReadonlySet<string> {
  const out = base === null ? new Set<string>() : new Set(base);
  for (const name of names) out.add(name);
  return out;
}

function analyzeName(block: BlockAnalysis, name: string, flags: number, free: Set<string>): void {
  if ((flags & SYMBOL.DEF_GLOBAL) !== 0) {
    if ((flags & SYMBOL.DEF_NONLOCAL) !== 0) throw errorAtDirective(block, name, `name '${name}' is nonlocal and global`);
    block.scopes.set(name, SCOPE.GLOBAL_EXPLICIT);
    block.globals.add(name);
    block.bound?.delete(name);
  } else if ((flags & SYMBOL.DEF_NONLOCAL) !== 0) {
    checkNonlocal(block, name);
    block.scopes.set(name, SCOPE.FREE);
    free.add(name);
  } else if ((flags & SYMBOL.DEF_BOUND) !== 0) {
    block.scopes.set(name, SCOPE.LOCAL);
    block.local.add(name);
    block.globals.delete(name);
    if ((flags & SYMBOL.DEF_TYPE_PARAM) !== 0) block.typeParams.add(name);
    else block.typeParams.delete(name);
  } else analyzeUse(block, name, free);
}

function checkNonlocal(block: BlockAnalysis, name: string): void {
  if (block.bound === null) throw errorAtDirective(block, name, 'nonlocal declaration not allowed at module level');
  if (!block.bound.has(name)) throw errorAtDirective(block, name, `no binding for nonlocal '${name}' found`);
  if (block.typeParams.has(name)) throw errorAtDirective(block, name, `nonlocal binding not allowed for type parameter '${name}'`);
}

function analyzeUse(block: BlockAnalysis, name: string, free: Set<string>): void {
  const scope = scopeOfUse(block, name);
  block.scopes.set(name, scope);
  if (scope === SCOPE.FREE) free.add(name);
}

function scopeOfUse(block: BlockAnalysis, name: string): number {
  // (The hidden `__classdict__` itself is always the class's cell, even if the class binds that name.)
  if (block.classEntry !== null && name !== '__classdict__') {
    // An annotation scope in a class: a name that the class binds is looked up in the class, then in the globals, but not in
    // enclosing functions.
    const classFlags = block.classEntry.symbols.get(name) ?? 0;
    if ((classFlags & SYMBOL.DEF_GLOBAL) !== 0) return SCOPE.GLOBAL_EXPLICIT;
    if ((classFlags & SYMBOL.DEF_BOUND) !== 0 && (classFlags & SYMBOL.DEF_NONLOCAL) === 0) return SCOPE.GLOBAL_IMPLICIT;
  }
  return block.bound !== null && block.bound.has(name) ? SCOPE.FREE : SCOPE.GLOBAL_IMPLICIT;
}

function errorAtDirective(block: BlockAnalysis, name: string, message: string): PySyntaxError {
  const directive = block.entry.directives?.find((candidate) => candidate.name === name);
  const at = directive?.location ?? block.entry.location;
  const place = { lineno: at.lineno, offset: at.col_offset + 1, end_lineno: at.end_lineno, end_offset: at.end_col_offset + 1 };
  return new PySyntaxError('SyntaxError', message, block.filename, place, null);
}

function analyzeChildren(block: BlockAnalysis, bound: ReadonlySet<string>, globals: ReadonlySet<string>, newFree: Set<string>): void {
  const { entry, filename } = block;
  const typeParams = block.typeParams.set;
  let someInlined = false;
  for (const child of entry.children) {
    const classEntry = !child.canSeeClassScope ? null : entry.type === BLOCK.CLASS ? entry : block.classEntry;
    const around: Surroundings = { entry: child, filename, bound, globals, typeParams, classEntry };
    // All comprehensions but generator expressions are inlined, except in annotation scopes in classes.
    if (child.comprehension === 'none' || child.generator || entry.canSeeClassScope) {
      analyzeBlock(around, newFree);
      continue;
    }
    const childFree = new Set<string>();
    analyzeBlock(around, childFree);
    inlineComprehension(block, child, childFree);
    child.compInlined = true;
    someInlined = true;
    for (const name of childFree) newFree.add(name);
  }
  if (someInlined) entry.children = entry.children.flatMap((child) => (child.compInlined ? child.children : [child]));
}

/** Moves the names of an inlined comprehension into its parent. `compFree` loses names that are no longer free. */
function inlineComprehension(block: BlockAnalysis, comp: SymtableEntry, compFree: Set<string>): void {
  const { entry } = block;
  const removed: string[] = [];
  for (const [name, symbol] of comp.symbols) {
    if ((symbol & SYMBOL.DEF_PARAM) !== 0) continue; // the hidden iterator parameter
    let scope = symbolScope(symbol);
    const flags = symbol & FLAG_BITS;
    if (scope === SCOPE.CELL || (flags & SYMBOL.DEF_COMP_CELL) !== 0) (block.inlinedCells ??= new Set()).add(name);
    if (scope === SCOPE.FREE && entry.type === BLOCK.CLASS && CLASS_CELLS.includes(name)) {
      scope = SCOPE.GLOBAL_IMPLICIT;
      // A function in the comprehension still needs the cell of the class.
      if (!isFreeInAnyChild(comp, name)) compFree.delete(name);
      removed.push(name);
    }
    const existing = entry.symbols.get(name);
    if (existing === undefined) {
      entry.symbols.set(name, flags);
      block.scopes.set(name, scope);
      continue;
    }
    // A name that the comprehension takes from here counts as used here.
    if (symbolScope(symbol) === SCOPE.FREE || (flags & SYMBOL.DEF_BOUND) === 0) entry.symbols.set(name, existing | (flags & SYMBOL.USE));
    if ((existing & SYMBOL.DEF_BOUND) !== 0 && entry.type !== BLOCK.CLASS && !isFreeInAnyChild(comp, name)) {
      // Free in the comprehension, local here: now simply local.
      compFree.delete(name);
    }
  }
  for (const name of removed) comp.symbols.delete(name);
}

function isFreeInAnyChild(entry: SymtableEntry, name: string): boolean {
  return entry.children.some((child) => getScope(child, name) === SCOPE.FREE);
}

/** A local that is free in a child becomes a cell and stops being free further up. */
function markCells(block: BlockAnalysis, free: Set<string>): void {
  if (free.size === 0 && block.inlinedCells === null) return;
  for (const [name, scope] of block.scopes) {
    if (scope !== SCOPE.LOCAL) continue;
    if (!free.has(name) && !block.inlinedCells?.has(name)) continue;
    block.scopes.set(name, SCOPE.CELL);
    free.delete(name);
  }
}

function dropClassFree(entry: SymtableEntry, free: Set<string>): void {
  if (free.delete('__class__')) entry.needsClassClosure = true;
  if (free.delete('__classdict__')) entry.needsClassdict = true;
  if (free.delete('__conditional_annotations__')) entry.hasConditionalAnnotations = true;
}

function updateSymbols(block: BlockAnalysis, free: ReadonlySet<string>): void {
  const { symbols } = block.entry;
  for (const [name, flags] of symbols) {
    const cell = block.inlinedCells?.has(name) ? SYMBOL.DEF_COMP_CELL : 0;
    symbols.set(name, flags | cell | ((block.scopes.get(name) ?? 0) << SCOPE_OFFSET));
  }
  const marksFreeClass = block.entry.type === BLOCK.CLASS || block.entry.canSeeClassScope;
  for (const name of free) {
    const known = symbols.get(name);
    if (known !== undefined) {
      // A free variable of a method with the name of a class variable.
      if (marksFreeClass) symbols.set(name, known | SYMBOL.DEF_FREE_CLASS);
    } else if (block.bound === null || block.bound.has(name)) {
      symbols.set(name, SCOPE.FREE << SCOPE_OFFSET); // only passed through, to make a closure
    }
  }
}
