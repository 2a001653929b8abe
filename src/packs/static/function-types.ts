/**
 * What is known of one function: its primitive variables, the parameters whose class has typed fields, and its registers.
 *
 * A variable is primitive when its parameter or a declaration in the body (`x: int64`) says so; it starts as zero. Registers beside the variables hold intermediate
 * values (taken and given back like a stack) and the constants that arithmetic needs, loaded once when the function is entered.
 */
import type { AstNode, AsyncFunctionDef, Constant, Expr, FunctionDef, UnaryOp } from '../../frontend/ast.ts';
import { ConstFloat } from '../../base/constants.ts';
import { forEachChild } from '../../frontend/ast-visit.ts';
import type { Codegen } from '../../compiler/codegen.ts';
import { Loc, locOf } from '../../compiler/instructions.ts';
import { getScope, SCOPE } from '../../frontend/symtable-entry.ts';
import { slotOf, type Unit } from '../../compiler/unit.ts';
import { annotated, type Fields, type ModuleTypes } from './module-types.ts';
import type { Primitive } from './primitives.ts';

/** Registers are named by eight bits of an operand. */
const MAX_REGISTERS = 256;

/** Operators of each type. */
const OPERATORS: Readonly<Record<Primitive, ReadonlySet<string>>> = {
  int64: new Set(['Add', 'Sub', 'Mult', 'FloorDiv', 'Mod', 'BitAnd', 'BitOr', 'BitXor', 'LShift', 'RShift']),
  double: new Set(['Add', 'Sub', 'Mult', 'Div']),
};

const COMPARISONS: ReadonlySet<string> = new Set(['Lt', 'LtE', 'Eq', 'NotEq', 'Gt', 'GtE']);

/** A number as it is written: `1`, `-1`, `0.5`. */
export type NumberLiteral = Constant | UnaryOp;

/** The types of one function. */
export class FunctionTypes {
  readonly module: ModuleTypes;
  readonly variables = new Map<string, Primitive>();
  /** Parameters → typed fields of their class. */
  readonly objects = new Map<string, Fields>();
  /** How deep expressions are nested at most: so many intermediate values live at a time. */
  depth = 0;
  /** Constants that have registers: type and number → the literal. */
  readonly constants = new Map<string, { readonly type: Primitive; readonly value: number | bigint }>();
  private readonly free: Record<Primitive, number[]> = { int64: [], double: [] };
  private readonly registers = new Map<string, number>();
  private readonly unit: Unit;
  private made = 0;

  constructor(module: ModuleTypes, unit: Unit) {
    this.module = module;
    this.unit = unit;
  }

  /** The register of a variable, or of a parameter with typed fields. */
  slot(name: string): number {
    return this.registers.get(name)!;
  }

  /** Gives the names their registers. */
  placeNames(c: Codegen): void {
    for (const name of [...this.objects.keys(), ...this.variables.keys()]) {
      const slot = slotOf(this.unit.varnames, c.mangle(name));
      if (slot >= MAX_REGISTERS) this.failTooMany(c);
      this.registers.set(name, slot);
    }
  }

  private failTooMany(c: Codegen): never {
    const { firstlineno } = this.unit;
    return c.fail(`too many variables in a function with primitive ones: at most ${MAX_REGISTERS}`, new Loc(firstlineno, firstlineno, 0, 0));
  }

  private newSlot(c: Codegen, name: string): number {
    const slot = slotOf(this.unit.varnames, name);
    if (slot >= MAX_REGISTERS) this.failTooMany(c);
    this.unit.fastHidden.set(name, false);
    return slot;
  }

  /** The register of a constant. */
  constant(c: Codegen, key: string): number {
    return this.newSlot(c, `constant ${key}`);
  }

  /** A new register for intermediate values. */
  reserve(c: Codegen, type: Primitive): number {
    return this.newSlot(c, `${type} value ${this.made++}`);
  }

  /** A register for an intermediate value, if one is free. */
  take(type: Primitive): number | undefined {
    return this.free[type].pop();
  }

  /** Gives back what `take` gave. */
  giveBack(type: Primitive, slot: number): void {
    this.free[type].push(slot);
  }

  /** The type of an expression that is primitive as a whole; null for all others, numbers as they are written among them. Fails for a mixture of types. */
  typeOf(c: Codegen, e: Expr): Primitive | null {
    switch (e.kind) {
      case 'Name': return e.ctx === 'Load' ? this.variables.get(e.id) ?? null : null;
      case 'BinOp': return this.operatorType(c, e, e.left, e.right, e.op);
      case 'UnaryOp': return e.op === 'USub' ? this.typeOf(c, e.operand) : null;
      case 'Call':
        if (e.func.kind !== 'Name' || e.args.length !== 1 || e.keywords.length > 0 || e.args[0]!.kind === 'Starred') return null;
        return this.module.names.get(e.func.id) ?? null;
      case 'Attribute': return e.value.kind === 'Name' ? this.objects.get(e.value.id)?.get(e.attr) ?? null : null;
      default: return null;
    }
  }

  private operatorType(c: Codegen, e: Expr, left: Expr, right: Expr, op: string): Primitive | null {
    const type = this.commonType(c, e, left, right);
    return type !== null && OPERATORS[type].has(op) ? type : null;
  }

  /** The type in which two operands meet: that of both, or of one beside a number as it is written. Null when untyped code has to do it. */
  commonType(c: Codegen, e: Expr, left: Expr, right: Expr): Primitive | null {
    const [a, b] = [this.typeOf(c, left), this.typeOf(c, right)];
    if (a !== null && b !== null && a !== b) c.fail('int64 and double do not mix: convert one with int64() or double()', locOf(e));
    if (a !== null && b !== null) return a;
    const type = a ?? b;
    if (type === null) return null;
    return literalValue(a === null ? left : right, type) === null ? null : type;
  }

  /** The type in which a comparison of two operands is done, or null. */
  comparisonType(c: Codegen, e: Expr): Primitive | null {
    if (e.kind !== 'Compare' || e.ops.length !== 1 || !COMPARISONS.has(e.ops[0]!)) return null;
    return this.commonType(c, e, e.left, e.comparators[0]!);
  }
}

/** The value of a number as it is written, if it can be one of the type; else null. */
export function literalValue(e: Expr, type: Primitive): number | bigint | null {
  if (e.kind === 'UnaryOp' && e.op === 'USub' && e.operand.kind === 'Constant') {
    const value = literalValue(e.operand, type);
    // The sum turns -0 into 0, which an int64 is.
    return value === null ? null : typeof value === 'bigint' || type === 'double' ? -value : -value + 0;
  }
  if (e.kind !== 'Constant') return null;
  const { value } = e;
  if (typeof value === 'number') return value;
  if (type === 'int64') return typeof value === 'bigint' && value < 2n ** 63n ? value : null;
  return value instanceof ConstFloat ? value.value : null;
}

/** The key of a constant's register. */
export function constantKey(type: Primitive, value: number | bigint): string {
  return `${type} ${Object.is(value, -0) ? '-0' : String(value)}`;
}

/** Calls `visit` for every node of a function's body that belongs to the function itself. */
function walkOwn(node: AstNode, visit: (node: AstNode) => void): void {
  forEachChild(node, (child) => {
    visit(child);
    const isInner = child.kind === 'FunctionDef' || child.kind === 'AsyncFunctionDef' || child.kind === 'ClassDef' || child.kind === 'Lambda';
    if (!isInner) walkOwn(child, visit);
  });
}

function declare(c: Codegen, types: FunctionTypes, s: FunctionDef | AsyncFunctionDef): void {
  const { args } = s;
  const { module, variables, objects } = types;
  const first = [...args.posonlyargs, ...args.args][0]?.arg;
  for (const { arg, annotation } of [...args.posonlyargs, ...args.args, ...args.kwonlyargs]) {
    const type = annotated(module.names, annotation);
    if (type !== null) variables.set(arg, type);
    const fields = annotation !== null && annotation.kind === 'Name' ? module.classes.get(annotation.id) : undefined;
    if (fields !== undefined) objects.set(arg, fields);
  }
  // `self` of a method of a class with typed fields.
  const owner = c.unit.qualname === `${c.unit.privateName}.${s.name}` ? module.classes.get(c.unit.privateName!) : undefined;
  if (owner !== undefined && first !== undefined && s.decorator_list.length === 0) objects.set(first, owner);
  walkOwn(s, (node) => {
    if (node.kind !== 'AnnAssign' || node.target.kind !== 'Name') return;
    const type = annotated(module.names, node.annotation);
    if (type !== null) variables.set(node.target.id, type);
  });
}

function checkBindings(c: Codegen, types: FunctionTypes, s: FunctionDef | AsyncFunctionDef): void {
  for (const [name, type] of types.variables) {
    if (getScope(c.entry, c.mangle(name)) !== SCOPE.LOCAL) c.fail(`${type} variable '${name}' must be the function's own and cannot be used by an inner one`, locOf(s));
  }
  walkOwn(s, (node) => {
    if (node.kind === 'NamedExpr' && node.target.kind === 'Name' && types.variables.has(node.target.id)) c.fail(`primitive variable '${node.target.id}' cannot be assigned in an expression`, locOf(node));
    if (node.kind !== 'comprehension') return;
    walkOwn({ kind: 'Expression', body: node.target }, (target) => {
      if (target.kind === 'Name' && types.variables.has(target.id)) c.fail(`primitive variable '${target.id}' cannot be the variable of a comprehension`, locOf(target));
    });
  });
}

function collectConstants(c: Codegen, types: FunctionTypes, s: FunctionDef | AsyncFunctionDef): void {
  const note = (e: Expr, type: Primitive | null): void => {
    const value = type === null ? null : literalValue(e, type);
    if (type !== null && value !== null) types.constants.set(constantKey(type, value), { type, value });
  };
  walkOwn(s, (node) => {
    const pair = node.kind === 'BinOp' ? [node.left, node.right] as const : node.kind === 'Compare' && node.ops.length === 1 ? [node.left, node.comparators[0]!] as const : null;
    if (pair !== null) for (const e of pair) note(e, types.commonType(c, node as Expr, ...pair));
    if (node.kind === 'AugAssign') note(node.value, node.target.kind === 'Name' ? types.variables.get(node.target.id) ?? null : node.target.kind === 'Attribute' ? types.typeOf(c, node.target) : null);
  });
}

/** How deep operators and calls are nested in a node. */
function nesting(node: AstNode): number {
  let deepest = 0;
  forEachChild(node, (child) => void (deepest = Math.max(deepest, nesting(child))));
  return node.kind === 'BinOp' || node.kind === 'UnaryOp' || node.kind === 'Call' || node.kind === 'Compare' ? deepest + 1 : deepest;
}

/** The types of a function, whose scope is open; null when it has none. Fails where a primitive variable cannot be one. */
export function readFunction(c: Codegen, module: ModuleTypes, s: FunctionDef | AsyncFunctionDef): FunctionTypes | null {
  const types = new FunctionTypes(module, c.unit);
  declare(c, types, s);
  if (types.variables.size + types.objects.size === 0) return null;
  checkBindings(c, types, s);
  types.placeNames(c);
  collectConstants(c, types, s);
  types.depth = Math.max(0, ...s.body.map(nesting));
  return types;
}
