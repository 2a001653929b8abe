/** The records of the symbol table: one entry per block of code, with what is known of each name in it. Source: CPython 3.14 `pycore_symtable.h`. */
import { mangle } from '../base/mangle.ts';
import type { Located } from './ast.ts';

/** Bits of a symbol: how a name is used in a block. The scope stands above them, see `SCOPE_OFFSET`. Values are CPython's (`_symtable` shows them). */
export const SYMBOL = {
  DEF_GLOBAL: 1,
  DEF_LOCAL: 2,
  DEF_PARAM: 2 << 1,
  DEF_NONLOCAL: 2 << 2,
  USE: 2 << 3,
  DEF_FREE_CLASS: 2 << 5,
  DEF_IMPORT: 2 << 6,
  DEF_ANNOT: 2 << 7,
  DEF_COMP_ITER: 2 << 8,
  DEF_TYPE_PARAM: 2 << 9,
  DEF_COMP_CELL: 2 << 10,
  /** DEF_LOCAL | DEF_PARAM | DEF_IMPORT. */
  DEF_BOUND: 2 | (2 << 1) | (2 << 6),
} as const;

/** How far the scope is shifted in a symbol. */
export const SCOPE_OFFSET = 12;

/** The scope of a name in a block; 0 when the block does not know the name. */
export const SCOPE = { UNKNOWN: 0, LOCAL: 1, GLOBAL_EXPLICIT: 2, GLOBAL_IMPLICIT: 3, FREE: 4, CELL: 5 } as const;

/** The scope part of a symbol. */
export function symbolScope(symbol: number): number {
  return (symbol >> SCOPE_OFFSET) & 0xf;
}

/** The kinds of blocks, with CPython's numbers. */
export const BLOCK = { FUNCTION: 0, CLASS: 1, MODULE: 2, ANNOTATION: 3, TYPE_ALIAS: 4, TYPE_PARAMETERS: 5, TYPE_VARIABLE: 6 } as const;

/** One of the numbers in `BLOCK`. */
export type BlockType = (typeof BLOCK)[keyof typeof BLOCK];

/** What kind of comprehension a function block is. */
export type ComprehensionKind = 'none' | 'list' | 'dict' | 'set' | 'generator';

/** A `global` or `nonlocal` statement (or an implied one), kept to place errors that the analysis finds. */
export interface Directive {
  readonly name: string;
  readonly location: Located;
}

/** One block. Built by `makeEntry` only. The visitor fills it, the analysis completes it, the compiler reads it. */
export class SymtableEntry {
  readonly id: number;
  readonly name: string;
  readonly type: BlockType;
  readonly location: Located;
  /** Names in the order of their first appearance, with their bits and (after the analysis) scope. */
  readonly symbols = new Map<string, number>();
  /** Parameters in order. */
  readonly varnames: string[] = [];
  /** Inner blocks; those of inlined comprehensions are moved up to here. */
  children: SymtableEntry[] = [];
  directives: Directive[] | null = null;
  /** In the type-parameter block of a class: the names that are mangled there (the type parameters). */
  mangledNames: Set<string> | null = null;
  /** "a TypeVar bound" and so on, for messages. */
  scopeInfo: string | null = null;
  /** Whether the block lies in a function, however deep. */
  nested: boolean;
  generator = false;
  coroutine = false;
  annotationsUsed = false;
  comprehension: ComprehensionKind = 'none';
  varargs = false;
  varkeywords = false;
  returnsValue = false;
  /** Class block: a method uses `__class__`. */
  needsClassClosure = false;
  /** Class block: an annotation scope reads names of the class. */
  needsClassdict = false;
  /** The comprehension is compiled into its parent (PEP 709). */
  compInlined = false;
  /** Visiting the target of a comprehension. */
  compIterTarget = false;
  /** Depth in iterable expressions of comprehensions, where assignment expressions are forbidden. */
  compIterExpr = 0;
  /** An annotation scope directly in a class. */
  canSeeClassScope = false;
  /** Class or module with annotations that may not be executed. */
  hasConditionalAnnotations = false;
  inConditionalBlock = false;
  inUnevaluatedAnnotation = false;
  hasDocstring = false;
  /** A function directly in a class. */
  method: boolean;
  /** The block of the annotations of this module or class. */
  annotationBlock: SymtableEntry | null = null;

  constructor(id: number, name: string, type: BlockType, location: Located, parent: SymtableEntry | null) {
    this.id = id;
    this.name = name;
    this.type = type;
    this.location = location;
    this.nested = parent !== null && (parent.nested || isFunctionLike(parent));
    this.method = parent !== null && parent.type === BLOCK.CLASS && type === BLOCK.FUNCTION;
  }
}

/** Whether names of the block are fast locals: functions, and the scopes of annotations and type parameters. */
export function isFunctionLike(entry: SymtableEntry): boolean {
  return entry.type !== BLOCK.CLASS && entry.type !== BLOCK.MODULE;
}

/** The bits of a name in a block, 0 when unknown. */
export function getSymbol(entry: SymtableEntry, name: string): number {
  return entry.symbols.get(name) ?? 0;
}

/** The scope of a (mangled) name in a block. */
export function getScope(entry: SymtableEntry, name: string): number {
  return symbolScope(entry.symbols.get(name) ?? 0);
}

/** Mangling as it applies in a block: in the type-parameter block of a class only type parameters are mangled. */
export function maybeMangle(privateName: string | null, entry: SymtableEntry, name: string): string {
  if (entry.mangledNames !== null && !entry.mangledNames.has(name)) return name;
  return mangle(privateName, name);
}
