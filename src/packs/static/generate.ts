/** Generating typed code: expressions into registers, and the borders to untyped code, where values are checked and boxed. */
import { ConstFloat } from '../../base/constants.ts';
import { OP } from '../../bytecode/opcodes.ts';
import type { Codegen } from '../../compiler/codegen.ts';
import type { ModuleExtension } from '../../compiler/extension.ts';
import { locOf, type Loc } from '../../compiler/instructions.ts';
import { slotOf, type Unit } from '../../compiler/unit.ts';
import type { Attribute, AugAssign, AsyncFunctionDef, Compare, Expr, FunctionDef, Operator } from '../../frontend/ast.ts';
import { constantKey, literalValue, readFunction, type FunctionTypes } from './function-types.ts';
import type { ModuleTypes } from './module-types.ts';
import type { OPCODES } from './opcodes.ts';
import type { Primitive } from './primitives.ts';

/** In a runtime with this pack the table of opcodes has its rows. */
const NUMBERS = OP as unknown as Readonly<Record<keyof typeof OPCODES, number>>;

type OpcodeName = keyof typeof OPCODES;

const BINARY: Readonly<Record<Primitive, Partial<Record<Operator, OpcodeName>>>> = {
  int64: {
    Add: 'INT64_ADD', Sub: 'INT64_SUBTRACT', Mult: 'INT64_MULTIPLY', FloorDiv: 'INT64_FLOOR_DIVIDE', Mod: 'INT64_REMAINDER', BitAnd: 'INT64_AND', BitOr: 'INT64_OR',
    BitXor: 'INT64_XOR', LShift: 'INT64_LEFT_SHIFT', RShift: 'INT64_RIGHT_SHIFT',
  },
  double: { Add: 'DOUBLE_ADD', Sub: 'DOUBLE_SUBTRACT', Mult: 'DOUBLE_MULTIPLY', Div: 'DOUBLE_DIVIDE' },
};

const COMPARISONS: Readonly<Record<string, number>> = { Lt: 0, LtE: 1, Eq: 2, NotEq: 3, Gt: 4, GtE: 5 };

function emit(c: Codegen, name: OpcodeName, oparg: number, loc: Loc): void {
  c.emitArg(NUMBERS[name], oparg, loc);
}

/** Pops what is on the stack into a register. */
function unbox(c: Codegen, type: Primitive, slot: number, loc: Loc): void {
  emit(c, type === 'int64' ? 'INT64_UNBOX' : 'DOUBLE_UNBOX', slot, loc);
}

/** Pushes the value of a register for untyped code. */
function box(c: Codegen, type: Primitive, slot: number, loc: Loc): void {
  if (type === 'int64') c.emitArg(OP.LOAD_FAST, slot, loc);
  else emit(c, 'DOUBLE_BOX', slot, loc);
}

/** A register with an operand, and how to give it back. */
interface Operand {
  readonly slot: number;
  readonly isTaken: boolean;
}

class FunctionGenerator {
  readonly types: FunctionTypes;
  private readonly c: Codegen;

  constructor(c: Codegen, types: FunctionTypes) {
    this.c = c;
    this.types = types;
  }

  /** Checks parameters, sets variables to zero, loads constants. */
  enter(s: FunctionDef | AsyncFunctionDef): void {
    const { c, types } = this;
    // A traceback shows the definition when an argument is wrong; tracers are told of its line.
    const loc = locOf(s);
    const parameters = new Set([...s.args.posonlyargs, ...s.args.args, ...s.args.kwonlyargs].map(({ arg }) => arg));
    for (const [name, type] of types.variables) {
      const slot = types.slot(name);
      if (type === 'double') c.unit.fastHidden.set(c.mangle(name), false);
      if (parameters.has(name)) emit(c, type === 'int64' ? 'INT64_ARGUMENT' : 'DOUBLE_ARGUMENT', slot, loc);
      else this.initialise(type, slot, 0, loc);
    }
    for (const [key, { type, value }] of types.constants) {
      const slot = types.constant(c, key);
      if (type === 'int64') this.initialise(type, slot, value, loc);
      else {
        c.emitConst(new ConstFloat(Number(value)), loc);
        emit(c, 'DOUBLE_CONSTANT', slot, loc);
      }
    }
    const usesDoubles = [...types.variables.values(), ...[...types.objects.values()].flatMap((fields) => [...fields.values()])].includes('double');
    if (!usesDoubles || types.depth === 0) return;
    // New slots follow each other.
    const slots = Array.from({ length: types.depth }, () => types.reserve(c, 'double'));
    for (const slot of slots) types.giveBack('double', slot);
    emit(c, 'DOUBLE_REGISTERS', slots[0]! | (slots.length << 8), loc);
  }

  /** Sets a variable to its first value, which for a `double` is zero. */
  private initialise(type: Primitive, slot: number, value: number | bigint, loc: Loc): void {
    const { c } = this;
    if (type === 'int64') {
      c.emitConst(value, loc);
      return c.emitArg(OP.STORE_FAST, slot, loc);
    }
    emit(c, 'DOUBLE_REGISTERS', slot | (1 << 8), loc);
  }

  private reserve(type: Primitive, loc: Loc): number {
    const slot = this.types.reserve(this.c, type);
    if (type === 'double') emit(this.c, 'DOUBLE_REGISTERS', slot | (1 << 8), loc);
    return slot;
  }

  private take(type: Primitive, loc: Loc): Operand {
    return { slot: this.types.take(type) ?? this.reserve(type, loc), isTaken: true };
  }

  private giveBack(type: Primitive, operand: Operand): void {
    if (operand.isTaken) this.types.giveBack(type, operand.slot);
  }

  /** A register that holds the value of `e`. */
  private operand(e: Expr, type: Primitive): Operand {
    const { types, c } = this;
    if (e.kind === 'Name' && types.variables.get(e.id) === type) return { slot: types.slot(e.id), isTaken: false };
    const literal = literalValue(e, type);
    if (literal !== null && types.constants.has(constantKey(type, literal))) return { slot: types.constant(c, constantKey(type, literal)), isTaken: false };
    const taken = this.take(type, locOf(e));
    this.into(e, type, taken.slot);
    return taken;
  }

  /** Generates code that leaves the value of `e` in a register; what is untyped is checked. */
  into(e: Expr, type: Primitive, slot: number): void {
    const { c, types } = this;
    const loc = locOf(e);
    if (types.typeOf(c, e) !== type) {
      const found = types.typeOf(c, e);
      if (found !== null) c.fail(`${found} value for a ${type} variable: convert it with ${type}()`, loc);
      c.visitExpr(e);
      return unbox(c, type, slot, loc);
    }
    switch (e.kind) {
      case 'Name': return emit(c, type === 'int64' ? 'INT64_MOVE' : 'DOUBLE_MOVE', slot | (types.slot(e.id) << 8), loc);
      case 'BinOp': return this.binary(type, e.op, e.left, e.right, slot, loc);
      case 'UnaryOp': return this.negate(e.operand, type, slot, loc);
      case 'Call': return this.convert(e.args[0]!, type, slot, loc);
      default: return this.loadField(e as Attribute, type, slot, loc);
    }
  }

  private binary(type: Primitive, op: Operator, leftExpr: Expr, rightExpr: Expr, slot: number, loc: Loc): void {
    const left = this.operand(leftExpr, type);
    const right = this.operand(rightExpr, type);
    emit(this.c, BINARY[type][op]!, slot | (left.slot << 8) | (right.slot << 16), loc);
    this.giveBack(type, right);
    this.giveBack(type, left);
  }

  private negate(e: Expr, type: Primitive, slot: number, loc: Loc): void {
    const operand = this.operand(e, type);
    if (type === 'double') emit(this.c, 'DOUBLE_NEGATE', slot | (operand.slot << 8), loc);
    else {
      const zero = this.take(type, loc);
      this.initialise(type, zero.slot, 0, loc);
      emit(this.c, 'INT64_SUBTRACT', slot | (zero.slot << 8) | (operand.slot << 16), loc);
      this.giveBack(type, zero);
    }
    this.giveBack(type, operand);
  }

  /** `int64(e)` and `double(e)`. */
  private convert(e: Expr, type: Primitive, slot: number, loc: Loc): void {
    const from = this.types.typeOf(this.c, e);
    if (from === null || from === type) return this.into(e, type, slot);
    const operand = this.operand(e, from);
    emit(this.c, type === 'double' ? 'INT64_TO_DOUBLE' : 'DOUBLE_TO_INT64', slot | (operand.slot << 8), loc);
    this.giveBack(from, operand);
  }

  private field(e: Attribute, slot: number): number {
    const { c } = this;
    const owner = e.value.kind === 'Name' ? this.types.slot(e.value.id) : 0;
    return slot | (owner << 8) | (slotOf(c.unit.names, c.mangle(e.attr)) << 16);
  }

  private loadField(e: Attribute, type: Primitive, slot: number, loc: Loc): void {
    emit(this.c, type === 'int64' ? 'INT64_LOAD_FIELD' : 'DOUBLE_LOAD_FIELD', this.field(e, slot), loc);
  }

  /** `object.field = e` */
  storeField(e: Attribute, type: Primitive, value: Expr): void {
    const operand = this.operand(value, type);
    emit(this.c, type === 'int64' ? 'INT64_STORE_FIELD' : 'DOUBLE_STORE_FIELD', this.field(e, operand.slot), locOf(e));
    this.giveBack(type, operand);
  }

  /** The type of a field that is assigned to, or null. */
  fieldType(e: Expr): Primitive | null {
    return e.kind === 'Attribute' && e.value.kind === 'Name' ? this.types.objects.get(e.value.id)?.get(e.attr) ?? null : null;
  }

  /** `x op= e` of a variable or field; false when untyped code has to do it. */
  augment(s: AugAssign): boolean {
    const { c, types } = this;
    const { target, value, op } = s;
    const type = target.kind === 'Name' ? types.variables.get(target.id) ?? null : this.fieldType(target);
    if (type === null || BINARY[type][op] === undefined || (types.typeOf(c, value) !== type && literalValue(value, type) === null)) return false;
    if (target.kind === 'Name') {
      const slot = types.slot(target.id);
      const right = this.operand(value, type);
      emit(c, BINARY[type][op], slot | (slot << 8) | (right.slot << 16), locOf(s));
      this.giveBack(type, right);
      return true;
    }
    const field = target as Attribute;
    const left = this.take(type, locOf(s));
    this.loadField(field, type, left.slot, locOf(s));
    const right = this.operand(value, type);
    emit(c, BINARY[type][op], left.slot | (left.slot << 8) | (right.slot << 16), locOf(s));
    emit(c, type === 'int64' ? 'INT64_STORE_FIELD' : 'DOUBLE_STORE_FIELD', this.field(field, left.slot), locOf(s));
    this.giveBack(type, right);
    this.giveBack(type, left);
    return true;
  }

  /** Pushes the value of a primitive expression for untyped code. */
  push(e: Expr, type: Primitive): void {
    const operand = this.operand(e, type);
    box(this.c, type, operand.slot, locOf(e));
    this.giveBack(type, operand);
  }

  /** Pushes the truth of a comparison. */
  compare(e: Compare, type: Primitive): void {
    const left = this.operand(e.left, type);
    const right = this.operand(e.comparators[0]!, type);
    emit(this.c, type === 'int64' ? 'INT64_COMPARE' : 'DOUBLE_COMPARE', left.slot | (right.slot << 8) | (COMPARISONS[e.ops[0]!]! << 16), locOf(e));
    this.giveBack(type, right);
    this.giveBack(type, left);
  }
}

/** The pack's part in compiling one module. */
export function moduleExtension(module: ModuleTypes): ModuleExtension {
  const functions = new WeakMap<Unit, FunctionGenerator>();
  const current = (c: Codegen): FunctionGenerator | undefined => functions.get(c.unit);
  return {
    enterFunction: (c, s) => {
      const types = readFunction(c, module, s);
      if (types === null) return;
      const generator = new FunctionGenerator(c, types);
      functions.set(c.unit, generator);
      generator.enter(s);
    },
    stmt: (c, s) => {
      const g = current(c);
      if (g === undefined) return false;
      if (s.kind === 'AugAssign') return g.augment(s);
      const target = s.kind === 'AnnAssign' ? s.target : s.kind === 'Assign' && s.targets.length === 1 ? s.targets[0]! : null;
      if (target === null || (s.kind !== 'AnnAssign' && s.kind !== 'Assign')) return false;
      const type = target.kind === 'Name' ? g.types.variables.get(target.id) : undefined;
      if (type !== undefined) {
        if (s.value !== null) g.into(s.value, type, g.types.slot((target as { id: string }).id));
        return true;
      }
      const fieldType = s.kind === 'Assign' ? g.fieldType(target) : null;
      if (fieldType === null || s.value === null) return false;
      g.storeField(target as Attribute, fieldType, s.value);
      return true;
    },
    expr: (c, e) => {
      const g = current(c);
      if (g === undefined || e.kind === 'Name' || ('ctx' in e && e.ctx !== 'Load')) return false;
      const type = g.types.typeOf(c, e);
      if (type !== null) {
        g.push(e, type);
        return true;
      }
      const comparison = g.types.comparisonType(c, e);
      if (comparison === null) return false;
      g.compare(e as Compare, comparison);
      return true;
    },
    condition: (c, e, target, condition) => {
      const g = current(c);
      const type = g?.types.comparisonType(c, e) ?? null;
      if (g === undefined || type === null) return false;
      g.compare(e as Compare, type);
      c.emitJump(condition ? OP.POP_JUMP_IF_TRUE : OP.POP_JUMP_IF_FALSE, target, locOf(e));
      return true;
    },
    name: (c, name, access, loc) => {
      const g = current(c);
      const type = g?.types.variables.get(name);
      if (g === undefined || type === undefined) return false;
      if (access === 'delete') c.fail(`${type} variable '${name}' cannot be deleted`, loc);
      if (access === 'load') box(c, type, g.types.slot(name), loc);
      else unbox(c, type, g.types.slot(name), loc);
      return true;
    },
  };
}
