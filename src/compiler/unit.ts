/** A compiler unit: everything that is known about one code object while it is generated. */
import type { AnnAssign, Stmt } from '../frontend/ast.ts';
import { SCOPE, SYMBOL, symbolScope } from '../frontend/symtable-entry.ts';
import type { SymtableEntry } from '../frontend/symtable-entry.ts';
import { ConstTable } from './const-table.ts';
import { InstrSequence } from './instructions.ts';
import type { Label, Loc } from './instructions.ts';

/** What kind of code a unit holds. */
export type ScopeType = 'module' | 'class' | 'function' | 'async function' | 'lambda' | 'comprehension' | 'annotations';

/** A block that `return`, `break` and `continue` must leave in an orderly manner. */
export type FBlock =
  | FBlockOf<'while' | 'for' | 'async for' | 'try except' | 'finally end' | 'with' | 'async with' | 'exception handler'
    | 'exception group handler' | 'async comprehension' | 'stop iteration' | 'pop value', null>
  | FBlockOf<'finally try', readonly Stmt[]>
  | FBlockOf<'handler cleanup', string | null>;

interface FBlockOf<Type extends string, Datum> {
  readonly type: Type;
  readonly loc: Loc;
  readonly block: Label;
  readonly exit: Label;
  /** The body of `finally`, or the name that an exception handler binds. */
  readonly datum: Datum;
}

/** Parameter counts of a code object. */
export interface Signature {
  /** Positional parameters that are not positional-only. */
  readonly argcount: number;
  readonly posonlyargcount: number;
  readonly kwonlyargcount: number;
}

/** The signature of code without parameters. */
export const NO_PARAMETERS: Signature = { argcount: 0, posonlyargcount: 0, kwonlyargcount: 0 };

/** What a unit is created from. */
export interface UnitOptions {
  readonly name: string;
  readonly scopeType: ScopeType;
  readonly entry: SymtableEntry;
  readonly firstlineno: number;
  readonly privateName: string | null;
  readonly signature: Signature;
}

/** A class or module annotation that waits for the annotation function; `index` -1 when it is always executed. */
export interface DeferredAnnotation {
  readonly statement: AnnAssign;
  readonly index: number;
}

/** One code object in the making. */
export class Unit {
  readonly name: string;
  qualname: string;
  readonly scopeType: ScopeType;
  readonly entry: SymtableEntry;
  readonly firstlineno: number;
  /** The class that mangles private names here. */
  readonly privateName: string | null;
  readonly signature: Signature;
  /** Names to slots; the slots of free variables follow those of cells. */
  readonly varnames: Map<string, number>;
  readonly cellvars: Map<string, number>;
  readonly freevars: Map<string, number>;
  readonly names = new Map<string, number>();
  /** Names of inlined comprehensions that are fast locals in a class or module: true while inside the comprehension. */
  readonly fastHidden = new Map<string, boolean>();
  readonly consts = new ConstTable();
  sequence = new InstrSequence();
  readonly fblocks: FBlock[] = [];
  inlinedComprehensions = 0;
  conditionalBlocks = 0;
  deferredAnnotations: DeferredAnnotation[] | null = null;
  nextConditionalIndex = 0;
  /** Class: attributes that methods assign on `self`. */
  readonly staticAttributes: Set<string> | null;

  constructor(options: UnitOptions) {
    const { entry } = options;
    this.name = this.qualname = options.name;
    this.scopeType = options.scopeType;
    this.entry = entry;
    this.firstlineno = options.firstlineno;
    this.privateName = options.privateName;
    this.signature = options.signature;
    this.varnames = new Map(entry.varnames.map((name, i) => [name, i]));
    this.cellvars = namesByScope(entry, SCOPE.CELL, SYMBOL.DEF_COMP_CELL, 0);
    if (entry.needsClassClosure) slotOf(this.cellvars, '__class__');
    if (entry.needsClassdict) slotOf(this.cellvars, '__classdict__');
    if (entry.hasConditionalAnnotations) slotOf(this.cellvars, '__conditional_annotations__');
    this.freevars = namesByScope(entry, SCOPE.FREE, SYMBOL.DEF_FREE_CLASS, this.cellvars.size);
    this.staticAttributes = options.scopeType === 'class' ? new Set() : null;
  }
}

/** The slot of a name, added when it is new. */
export function slotOf(slots: Map<string, number>, name: string): number {
  let slot = slots.get(name);
  if (slot === undefined) slots.set(name, (slot = slots.size));
  return slot;
}

function namesByScope(entry: SymtableEntry, scope: number, flag: number, offset: number): Map<string, number> {
  const names: string[] = [];
  for (const [name, symbol] of entry.symbols) {
    if (symbolScope(symbol) === scope || (symbol & flag) !== 0) names.push(name);
  }
  // Sorted, so that the code does not depend on the order of analysis.
  if (names.length > 1) names.sort();
  return new Map(names.map((name, i) => [name, offset + i]));
}
