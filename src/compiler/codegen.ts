/**
 * The heart of code generation: the stack of units, the emission of instructions, names, errors and warnings.
 *
 * The `generate-*.ts` files hold the rules for the nodes; they are functions that take a `Codegen`. Expressions and statements call
 * each other in all directions, so they meet here: `visitExpr` and `visitStmt` are handed in by compiler.ts.
 */
import { mangle } from '../base/mangle.ts';
import { NB, COMPARE_MASKS } from '../bytecode/operands.ts';
import { OP } from '../bytecode/opcodes.ts';
import type { CodeObject, Const } from '../bytecode/code.ts';
import { CO } from '../bytecode/code.ts';
import type { CmpOperator, Expr, Operator, Stmt } from '../frontend/ast.ts';
import { PySyntaxError } from '../frontend/errors.ts';
import type { WarnCallback } from '../frontend/errors.ts';
import { COMPILER_FLAG } from '../frontend/future.ts';
import type { Symtable } from '../frontend/symtable.ts';
import { BLOCK, SCOPE, getScope, isFunctionLike, maybeMangle } from '../frontend/symtable-entry.ts';
import type { SymtableEntry } from '../frontend/symtable-entry.ts';
import { assembleUnit } from './assemble-unit.ts';
import type { ModuleExtension } from './extension.ts';
import { Loc, NO_LOC, lineLoc } from './instructions.ts';
import type { Label } from './instructions.ts';
import { NO_PARAMETERS, Unit, slotOf } from './unit.ts';
import type { FBlock, ScopeType, Signature } from './unit.ts';

/** The deepest static nesting of blocks in a function. */
const MAX_BLOCKS = 21;


const BINARY_OPERATORS: Record<Operator, number> = {
  Add: NB.ADD, Sub: NB.SUBTRACT, Mult: NB.MULTIPLY, MatMult: NB.MATRIX_MULTIPLY, Div: NB.TRUE_DIVIDE, Mod: NB.REMAINDER, Pow: NB.POWER,
  LShift: NB.LSHIFT, RShift: NB.RSHIFT, BitOr: NB.OR, BitXor: NB.XOR, BitAnd: NB.AND, FloorDiv: NB.FLOOR_DIVIDE,
};

const COMPARE_NUMBERS = { Lt: 0, LtE: 1, Eq: 2, NotEq: 3, Gt: 4, GtE: 5 } as const;

/** What a compilation is told. */
export interface CodegenOptions {
  readonly filename: string;
  readonly optimize: number;
  /** Flags of `compile()` and of the module's `__future__` imports. */
  readonly flags: number;
  readonly symtable: Symtable;
  readonly interactive: boolean;
  readonly warn: WarnCallback;
  /** Of an opcode pack, for modules that ask for it. */
  readonly extension: ModuleExtension | null;
}

/** The visitors of the two big unions of nodes. */
export interface Visitors {
  readonly expr: (c: Codegen, e: Expr) => void;
  readonly stmt: (c: Codegen, s: Stmt) => void;
}

/** How a name is reached. */
export type NameAccess = 'fast' | 'deref' | 'global' | 'name';

/** What a new scope is opened with. */
export interface ScopeOptions {
  readonly name: string;
  readonly type: ScopeType;
  readonly entry: SymtableEntry;
  readonly firstlineno: number;
  /** The class whose private names are mangled; default: as in the enclosing unit. */
  readonly privateName?: string;
  readonly signature?: Signature;
  /** The function whose annotations these are: it stands before the name in the qualified one. */
  readonly functionName?: string;
}

/** The state of one compilation. */
export class Codegen {
  readonly options: CodegenOptions;
  readonly symtable: Symtable;
  readonly futureAnnotations: boolean;
  readonly #visitors: Visitors;
  readonly #outer: Unit[] = [];
  #unit: Unit | null = null;
  /** Above zero while code is generated that was generated before (a copy of a `finally` body). */
  #silenced = 0;

  constructor(options: CodegenOptions, visitors: Visitors) {
    this.options = options;
    this.symtable = options.symtable;
    this.futureAnnotations = (options.flags & COMPILER_FLAG.FUTURE_ANNOTATIONS) !== 0;
    this.#visitors = visitors;
  }

  // Tree

  visitExpr(e: Expr): void {
    this.#visitors.expr(this, e);
  }

  visitExprs(list: readonly Expr[]): void {
    for (let i = 0; i < list.length; i++) this.#visitors.expr(this, list[i]!);
  }

  visitStmts(list: readonly Stmt[]): void {
    for (let i = 0; i < list.length; i++) this.#visitors.stmt(this, list[i]!);
  }

  // Scopes

  /** The unit that is being generated. */
  get unit(): Unit {
    return this.#unit!;
  }

  /** The block of the unit that is being generated. */
  get entry(): SymtableEntry {
    return this.#unit!.entry;
  }

  get isInteractiveTopLevel(): boolean {
    return this.options.interactive && this.#outer.length === 0;
  }

  /** Opens a scope and emits its first instructions. */
  enterScope(options: ScopeOptions): void {
    const unit = new Unit({
      name: options.name,
      scopeType: options.type,
      entry: options.entry,
      firstlineno: options.firstlineno,
      privateName: options.privateName ?? this.#unit?.privateName ?? null,
      signature: options.signature ?? NO_PARAMETERS,
    });
    if (this.#unit !== null) this.#outer.push(this.#unit);
    this.#unit = unit;
    if (options.type === 'module') {
      const start = new Loc(0, options.firstlineno, 0, 0); // before the first line
      this.emitArg(OP.RESUME, 0, start);
      this.emit(OP.ANNOTATIONS_PLACEHOLDER, start);
    } else {
      unit.qualname = this.#qualname(unit, options.functionName === undefined ? unit.name : `${options.functionName}.${unit.name}`);
      this.emitArg(OP.RESUME, 0, lineLoc(options.firstlineno));
    }
  }

  /** Closes the scope and returns its code. `addNone`: falling off the end returns None, else what is on the stack. */
  exitScope(addNone: boolean): CodeObject {
    const unit = this.unit;
    if (addNone) this.emitConst(null, NO_LOC);
    this.emit(OP.RETURN_VALUE, NO_LOC);
    const code = assembleUnit(unit, { filename: this.options.filename, flags: this.#codeFlags(unit.entry) });
    this.#unit = this.#outer.pop() ?? null;
    return code;
  }

  #qualname(unit: Unit, name: string): string {
    // The module itself gives no prefix.
    if (this.#outer.length < 2) return name;
    let parent = this.#outer[this.#outer.length - 1]!;
    if (parent.scopeType === 'annotations') {
      if (this.#outer.length === 2) return name;
      parent = this.#outer[this.#outer.length - 2]!;
    }
    if (unit.scopeType === 'function' || unit.scopeType === 'async function' || unit.scopeType === 'class') {
      if (getScope(parent.entry, mangle(parent.privateName, unit.name)) === SCOPE.GLOBAL_EXPLICIT) return name;
    }
    const isFunction = parent.scopeType === 'function' || parent.scopeType === 'async function' || parent.scopeType === 'lambda';
    return `${parent.qualname}${isFunction ? '.<locals>' : ''}.${name}`;
  }

  #codeFlags(entry: SymtableEntry): number {
    let flags = this.options.flags & COMPILER_FLAG.MASK;
    if (isFunctionLike(entry)) {
      flags |= CO.NEWLOCALS | CO.OPTIMIZED;
      if (entry.nested) flags |= CO.NESTED;
      if (entry.generator) flags |= entry.coroutine ? CO.ASYNC_GENERATOR : CO.GENERATOR;
      if (entry.varargs) flags |= CO.VARARGS;
      if (entry.varkeywords) flags |= CO.VARKEYWORDS;
      if (entry.hasDocstring) flags |= CO.HAS_DOCSTRING;
      if (entry.method) flags |= CO.METHOD;
    }
    if (entry.coroutine && !entry.generator) flags |= CO.COROUTINE;
    return flags;
  }

  /** Notes `self.attr = ...` for the class around the current function. */
  addStaticAttribute(attr: string): void {
    for (let i = this.#outer.length - 1; i >= 0; i--) {
      const attributes = this.#outer[i]!.staticAttributes;
      if (attributes !== null) {
        attributes.add(attr);
        return;
      }
    }
  }

  // Blocks

  pushFBlock(block: FBlock): void {
    const { fblocks } = this.unit;
    if (fblocks.length >= MAX_BLOCKS) this.fail('too many statically nested blocks', block.loc);
    fblocks.push(block);
    if (block.type === 'finally end') this.#silenced++;
  }

  popFBlock(): void {
    if (this.unit.fblocks.pop()!.type === 'finally end') this.#silenced--;
  }

  // Instructions

  newLabel(): Label {
    return this.unit.sequence.newLabel();
  }

  useLabel(label: Label): void {
    this.unit.sequence.useLabel(label);
  }

  emit(op: number, loc: Loc): void {
    this.#unit!.sequence.add(op, 0, loc);
  }

  emitArg(op: number, arg: number, loc: Loc): void {
    this.#unit!.sequence.add(op, arg, loc);
  }

  emitJump(op: number, label: Label, loc: Loc): void {
    this.#unit!.sequence.add(op, label, loc);
  }

  emitConst(value: Const, loc: Loc): void {
    const unit = this.#unit!;
    unit.sequence.add(OP.LOAD_CONST, unit.consts.add(value), loc);
  }

  /** An instruction that names something in `names`, mangled. */
  emitName(op: number, name: string, loc: Loc): void {
    this.emitArg(op, slotOf(this.unit.names, this.mangle(name)), loc);
  }

  emitLoadAttr(name: string, loc: Loc): void {
    this.emitArg(OP.LOAD_ATTR, slotOf(this.unit.names, this.mangle(name)) << 1, loc);
  }

  emitLoadMethod(name: string, loc: Loc): void {
    this.emitArg(OP.LOAD_ATTR, (slotOf(this.unit.names, this.mangle(name)) << 1) | 1, loc);
  }

  /** LOAD_SUPER_ATTR. `flags`: 1 for a method call, 2 for `super` with two arguments. */
  emitLoadSuper(name: string, flags: number, loc: Loc): void {
    this.emitArg(OP.LOAD_SUPER_ATTR, (slotOf(this.unit.names, this.mangle(name)) << 2) | flags, loc);
  }

  emitBinary(operator: Operator, loc: Loc, options?: { inplace: boolean }): void {
    this.emitArg(OP.BINARY_OP, BINARY_OPERATORS[operator] + (options?.inplace ? NB.INPLACE : 0), loc);
  }

  emitCompare(operator: CmpOperator, loc: Loc): void {
    switch (operator) {
      case 'Is': return this.emitArg(OP.IS_OP, 0, loc);
      case 'IsNot': return this.emitArg(OP.IS_OP, 1, loc);
      case 'In': return this.emitArg(OP.CONTAINS_OP, 0, loc);
      case 'NotIn': return this.emitArg(OP.CONTAINS_OP, 1, loc);
      default: {
        // The comparison stands in the upper bits, its condition mask in the lower four.
        const number = COMPARE_NUMBERS[operator];
        return this.emitArg(OP.COMPARE_OP, (number << 5) | COMPARE_MASKS[number]!, loc);
      }
    }
  }

  // Names

  /** Private name mangling as it applies in the current scope. */
  mangle(name: string): string {
    const unit = this.#unit!;
    return maybeMangle(unit.privateName, unit.entry, name);
  }

  /** Private name mangling of the surrounding class, whatever the scope. */
  manglePrivate(name: string): string {
    return mangle(this.unit.privateName, name);
  }

  loadName(name: string, loc: Loc): void {
    if (this.options.extension?.name?.(this, name, 'load', loc) === true) return;
    const unit = this.#unit!;
    const mangled = this.mangle(name);
    const scope = getScope(unit.entry, mangled);
    switch (this.#access(mangled, scope)) {
      case 'fast': return this.emitArg(OP.LOAD_FAST, slotOf(unit.varnames, mangled), loc);
      case 'deref': return this.#loadDeref(mangled, scope, loc);
      case 'global':
        if (unit.entry.canSeeClassScope && scope === SCOPE.GLOBAL_IMPLICIT) {
          const slot = slotOf(unit.names, mangled);
          this.#loadClassdict(loc);
          return this.emitArg(OP.LOAD_FROM_DICT_OR_GLOBALS, slot, loc);
        }
        return this.emitArg(OP.LOAD_GLOBAL, slotOf(unit.names, mangled) << 1, loc);
      case 'name': {
        const slot = slotOf(unit.names, mangled);
        // In a comprehension that is inlined into a class, the names of the class are invisible.
        if (unit.entry.type === BLOCK.CLASS && unit.inlinedComprehensions > 0) return this.emitArg(OP.LOAD_GLOBAL, slot << 1, loc);
        return this.emitArg(OP.LOAD_NAME, slot, loc);
      }
    }
  }

  storeName(name: string, loc: Loc): void {
    if (this.options.extension?.name?.(this, name, 'store', loc) === true) return;
    const unit = this.#unit!;
    const mangled = this.mangle(name);
    const scope = getScope(unit.entry, mangled);
    switch (this.#access(mangled, scope)) {
      case 'fast': return this.emitArg(OP.STORE_FAST, slotOf(unit.varnames, mangled), loc);
      case 'deref': return this.emitArg(OP.STORE_DEREF, this.#derefSlot(mangled, scope), loc);
      case 'global': return this.emitArg(OP.STORE_GLOBAL, slotOf(unit.names, mangled), loc);
      case 'name': return this.emitArg(OP.STORE_NAME, slotOf(unit.names, mangled), loc);
    }
  }

  deleteName(name: string, loc: Loc): void {
    if (this.options.extension?.name?.(this, name, 'delete', loc) === true) return;
    const unit = this.#unit!;
    const mangled = this.mangle(name);
    const scope = getScope(unit.entry, mangled);
    switch (this.#access(mangled, scope)) {
      case 'fast': return this.emitArg(OP.DELETE_FAST, slotOf(unit.varnames, mangled), loc);
      case 'deref': return this.emitArg(OP.DELETE_DEREF, this.#derefSlot(mangled, scope), loc);
      case 'global': return this.emitArg(OP.DELETE_GLOBAL, slotOf(unit.names, mangled), loc);
      case 'name': return this.emitArg(OP.DELETE_NAME, slotOf(unit.names, mangled), loc);
    }
  }

  #access(mangled: string, scope: number): NameAccess {
    const unit = this.#unit!;
    switch (scope) {
      case SCOPE.FREE: case SCOPE.CELL: return 'deref';
      case SCOPE.LOCAL: return isFunctionLike(unit.entry) || unit.fastHidden.get(mangled) === true ? 'fast' : 'name';
      case SCOPE.GLOBAL_IMPLICIT: return isFunctionLike(unit.entry) ? 'global' : 'name';
      case SCOPE.GLOBAL_EXPLICIT: return 'global';
      default: return 'name';
    }
  }

  #derefSlot(mangled: string, scope: number): number {
    const unit = this.#unit!;
    return scope === SCOPE.FREE ? slotOf(unit.freevars, mangled) : slotOf(unit.cellvars, mangled);
  }

  #loadDeref(mangled: string, scope: number, loc: Loc): void {
    const unit = this.#unit!;
    const slot = this.#derefSlot(mangled, scope);
    if (unit.entry.type === BLOCK.CLASS && unit.inlinedComprehensions === 0) this.emit(OP.LOAD_LOCALS, loc);
    else if (unit.entry.canSeeClassScope) this.#loadClassdict(loc);
    else return this.emitArg(OP.LOAD_DEREF, slot, loc);
    this.emitArg(OP.LOAD_FROM_DICT_OR_DEREF, slot, loc);
  }

  #loadClassdict(loc: Loc): void {
    this.emitArg(OP.LOAD_DEREF, slotOf(this.unit.freevars, '__classdict__'), loc);
  }

  /** The scope of a name for closures: class cells count although the class does not define them. */
  refType(name: string): number {
    const unit = this.unit;
    if (unit.scopeType === 'class' && (name === '__class__' || name === '__classdict__' || name === '__conditional_annotations__')) return SCOPE.CELL;
    return getScope(unit.entry, name);
  }

  // Errors and warnings

  /** Raises a SyntaxError at a location. */
  fail(message: string, loc: Loc): never {
    throw this.#syntaxError(message, loc);
  }

  /** Reports a SyntaxWarning; it becomes a SyntaxError when the filters say so. */
  warn(message: string, loc: Loc): void {
    if (this.#silenced > 0) return;
    if (this.options.warn('SyntaxWarning', message, loc.lineno, loc.col) === true) throw this.#syntaxError(message, loc);
  }

  #syntaxError(message: string, loc: Loc): PySyntaxError {
    const place = { lineno: loc.lineno, offset: loc.col + 1, end_lineno: loc.endLineno, end_offset: loc.endCol + 1 };
    return new PySyntaxError('SyntaxError', message, this.options.filename, place, null);
  }
}
