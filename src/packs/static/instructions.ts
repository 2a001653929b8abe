/**
 * Instructions of the static pack: arithmetic on registers. What the compiler emits them for has been checked: an `int64` register holds an int of its range (unless
 * a debugger has written to it, which the general forms notice), a `double` register its record.
 */
import { PyInstance, setSlotAt, slotAt } from '../../core/instance.ts';
import { PyFloat } from '../../core/scalars.ts';
import type { Value } from '../../core/value.ts';
import { NEXT, type Machine, type Outcome } from '../../interp/machine.ts';
import { checkInstanceWritable } from '../../objects/instance-attributes.ts';
import { newFloat } from '../../objects/make.ts';
import { constantRegister } from './constants.ts';
import { findField, loadField } from './fields.ts';
import { compareInt64, divisionByZero, doubleToInt64, DoubleRegister, INT64, toDouble, toInt64 } from './primitives.ts';

/** Checks an argument that is an `int64`. @manual */
export function INT64_ARGUMENT(m: Machine, oparg: number): Outcome {
  m.stack[oparg] = toInt64(m.stack[oparg], `${m.code.code.qualname}() argument '${m.code.code.localsplusnames[oparg]!}'`);
  return NEXT;
}

/** Checks an argument that is a `double` and makes it a register. @manual */
export function DOUBLE_ARGUMENT(m: Machine, oparg: number): Outcome {
  m.stack[oparg] = new DoubleRegister(toDouble(m.stack[oparg], `${m.code.code.qualname}() argument '${m.code.code.localsplusnames[oparg]!}'`)) as unknown as Value;
  return NEXT;
}

/** Makes `double` registers that hold zero: the first one's slot in bit 0, their number in bit 8. @pure @manual */
export function DOUBLE_REGISTERS(m: Machine, oparg: number): Outcome {
  const first = oparg & 255;
  for (let i = oparg >> 8; i > 0; i--) m.stack[first + i - 1] = new DoubleRegister(0) as unknown as Value;
  return NEXT;
}

/** Pops a float that is a constant into a register that is never written: one for all activations, kept in the inline cache. @pure @manual */
export function DOUBLE_CONSTANT(m: Machine, oparg: number): Outcome {
  const value = m.stack[--m.sp];
  const cache = m.code.caches[m.pc];
  m.stack[oparg] = cache === null || cache === undefined ? constantRegister(m.code, m.pc, (value as PyFloat).value) : cache.value;
  return NEXT;
}

/** Pops an int of the range of `int64` into a register. @manual */
export function INT64_UNBOX(m: Machine, oparg: number): Outcome {
  m.stack[oparg] = toInt64(m.stack[--m.sp], `${m.code.code.localsplusnames[oparg]!}`);
  return NEXT;
}

/** Pops a float or int into a register. @manual */
export function DOUBLE_UNBOX(m: Machine, oparg: number): Outcome {
  (m.stack[oparg] as unknown as DoubleRegister).value = toDouble(m.stack[--m.sp], `${m.code.code.localsplusnames[oparg]!}`);
  return NEXT;
}

/** Pushes the float of a register. @pure @manual */
export function DOUBLE_BOX(m: Machine, oparg: number): Outcome {
  m.stack[m.sp++] = newFloat((m.stack[oparg] as unknown as DoubleRegister).value);
  return NEXT;
}

/** `dst = a` @pure @manual */
export function INT64_MOVE(m: Machine, oparg: number): Outcome {
  m.stack[oparg & 255] = m.stack[oparg >> 8];
  return NEXT;
}

/** `dst = a` @pure @manual */
export function DOUBLE_MOVE(m: Machine, oparg: number): Outcome {
  (m.stack[oparg & 255] as unknown as DoubleRegister).value = (m.stack[oparg >> 8] as unknown as DoubleRegister).value;
  return NEXT;
}

/** `dst = a + b`, cut to 64 bits. @manual */
export function INT64_ADD(m: Machine, oparg: number): Outcome {
  const left = m.stack[(oparg >> 8) & 255];
  const right = m.stack[oparg >> 16];
  if (typeof left === 'number' && typeof right === 'number') {
    const sum = left + right;
    if (sum <= 9007199254740991 && sum >= -9007199254740991) {
      m.stack[oparg & 255] = sum;
      return NEXT;
    }
  }
  m.stack[oparg & 255] = INT64.add(left, right);
  return NEXT;
}

/** `dst = a - b`, cut to 64 bits. @manual */
export function INT64_SUBTRACT(m: Machine, oparg: number): Outcome {
  const left = m.stack[(oparg >> 8) & 255];
  const right = m.stack[oparg >> 16];
  if (typeof left === 'number' && typeof right === 'number') {
    const difference = left - right;
    if (difference <= 9007199254740991 && difference >= -9007199254740991) {
      m.stack[oparg & 255] = difference;
      return NEXT;
    }
  }
  m.stack[oparg & 255] = INT64.subtract(left, right);
  return NEXT;
}

/** `dst = a * b`, cut to 64 bits. @manual */
export function INT64_MULTIPLY(m: Machine, oparg: number): Outcome {
  const left = m.stack[(oparg >> 8) & 255];
  const right = m.stack[oparg >> 16];
  if (typeof left === 'number' && typeof right === 'number') {
    const product = left * right;
    if (product <= 9007199254740991 && product >= -9007199254740991) {
      // The sum turns -0 into 0.
      m.stack[oparg & 255] = product + 0;
      return NEXT;
    }
  }
  m.stack[oparg & 255] = INT64.multiply(left, right);
  return NEXT;
}

/** `dst = a // b`, towards minus infinity as in Python. @manual */
export function INT64_FLOOR_DIVIDE(m: Machine, oparg: number): Outcome {
  const left = m.stack[(oparg >> 8) & 255];
  const right = m.stack[oparg >> 16];
  if (typeof left === 'number' && typeof right === 'number' && left >= 0 && right > 0) m.stack[oparg & 255] = (left - (left % right)) / right;
  else m.stack[oparg & 255] = INT64.floorDivide(left, right);
  return NEXT;
}

/** `dst = a % b`, with the sign of `b` as in Python. @manual */
export function INT64_REMAINDER(m: Machine, oparg: number): Outcome {
  const left = m.stack[(oparg >> 8) & 255];
  const right = m.stack[oparg >> 16];
  if (typeof left === 'number' && typeof right === 'number' && left >= 0 && right > 0) m.stack[oparg & 255] = left % right;
  else m.stack[oparg & 255] = INT64.remainder(left, right);
  return NEXT;
}

/** `dst = a & b` @manual */
export function INT64_AND(m: Machine, oparg: number): Outcome {
  const left = m.stack[(oparg >> 8) & 255];
  const right = m.stack[oparg >> 16];
  if (typeof left === 'number' && typeof right === 'number' && (left | 0) === left && (right | 0) === right) m.stack[oparg & 255] = left & right;
  else m.stack[oparg & 255] = INT64.and(left, right);
  return NEXT;
}

/** `dst = a | b` @manual */
export function INT64_OR(m: Machine, oparg: number): Outcome {
  const left = m.stack[(oparg >> 8) & 255];
  const right = m.stack[oparg >> 16];
  if (typeof left === 'number' && typeof right === 'number' && (left | 0) === left && (right | 0) === right) m.stack[oparg & 255] = left | right;
  else m.stack[oparg & 255] = INT64.or(left, right);
  return NEXT;
}

/** `dst = a ^ b` @manual */
export function INT64_XOR(m: Machine, oparg: number): Outcome {
  const left = m.stack[(oparg >> 8) & 255];
  const right = m.stack[oparg >> 16];
  if (typeof left === 'number' && typeof right === 'number' && (left | 0) === left && (right | 0) === right) m.stack[oparg & 255] = left ^ right;
  else m.stack[oparg & 255] = INT64.xor(left, right);
  return NEXT;
}

/** `dst = a << b`, cut to 64 bits. @manual */
export function INT64_LEFT_SHIFT(m: Machine, oparg: number): Outcome {
  m.stack[oparg & 255] = INT64.leftShift(m.stack[(oparg >> 8) & 255], m.stack[oparg >> 16]);
  return NEXT;
}

/** `dst = a >> b` @manual */
export function INT64_RIGHT_SHIFT(m: Machine, oparg: number): Outcome {
  const left = m.stack[(oparg >> 8) & 255];
  const right = m.stack[oparg >> 16];
  if (typeof left === 'number' && typeof right === 'number' && (left | 0) === left && right >= 0 && right < 32) m.stack[oparg & 255] = left >> right;
  else m.stack[oparg & 255] = INT64.rightShift(left, right);
  return NEXT;
}

/** Pushes `a op b`: registers in bits 0 and 8, the comparison in bit 16. @manual */
export function INT64_COMPARE(m: Machine, oparg: number): Outcome {
  const left = m.stack[oparg & 255];
  const right = m.stack[(oparg >> 8) & 255];
  if (typeof left === 'number' && typeof right === 'number') {
    switch (oparg >> 16) {
      case 0: m.stack[m.sp++] = left < right; return NEXT;
      case 1: m.stack[m.sp++] = left <= right; return NEXT;
      case 2: m.stack[m.sp++] = left === right; return NEXT;
      case 3: m.stack[m.sp++] = left !== right; return NEXT;
      case 4: m.stack[m.sp++] = left > right; return NEXT;
      default: m.stack[m.sp++] = left >= right; return NEXT;
    }
  }
  m.stack[m.sp++] = compareInt64(left, right, oparg >> 16);
  return NEXT;
}

/** `dst = a + b` @pure @manual */
export function DOUBLE_ADD(m: Machine, oparg: number): Outcome {
  (m.stack[oparg & 255] as unknown as DoubleRegister).value = (m.stack[(oparg >> 8) & 255] as unknown as DoubleRegister).value + (m.stack[oparg >> 16] as unknown as DoubleRegister).value;
  return NEXT;
}

/** `dst = a - b` @pure @manual */
export function DOUBLE_SUBTRACT(m: Machine, oparg: number): Outcome {
  (m.stack[oparg & 255] as unknown as DoubleRegister).value = (m.stack[(oparg >> 8) & 255] as unknown as DoubleRegister).value - (m.stack[oparg >> 16] as unknown as DoubleRegister).value;
  return NEXT;
}

/** `dst = a * b` @pure @manual */
export function DOUBLE_MULTIPLY(m: Machine, oparg: number): Outcome {
  (m.stack[oparg & 255] as unknown as DoubleRegister).value = (m.stack[(oparg >> 8) & 255] as unknown as DoubleRegister).value * (m.stack[oparg >> 16] as unknown as DoubleRegister).value;
  return NEXT;
}

/** `dst = a / b` @manual */
export function DOUBLE_DIVIDE(m: Machine, oparg: number): Outcome {
  const divisor = (m.stack[oparg >> 16] as unknown as DoubleRegister).value;
  if (divisor === 0) divisionByZero();
  (m.stack[oparg & 255] as unknown as DoubleRegister).value = (m.stack[(oparg >> 8) & 255] as unknown as DoubleRegister).value / divisor;
  return NEXT;
}

/** `dst = -a` @pure @manual */
export function DOUBLE_NEGATE(m: Machine, oparg: number): Outcome {
  (m.stack[oparg & 255] as unknown as DoubleRegister).value = -(m.stack[oparg >> 8] as unknown as DoubleRegister).value;
  return NEXT;
}

/** Pushes `a op b`: registers in bits 0 and 8, the comparison in bit 16. @pure @manual */
export function DOUBLE_COMPARE(m: Machine, oparg: number): Outcome {
  const left = (m.stack[oparg & 255] as unknown as DoubleRegister).value;
  const right = (m.stack[(oparg >> 8) & 255] as unknown as DoubleRegister).value;
  switch (oparg >> 16) {
    case 0: m.stack[m.sp++] = left < right; return NEXT;
    case 1: m.stack[m.sp++] = left <= right; return NEXT;
    case 2: m.stack[m.sp++] = left === right; return NEXT;
    case 3: m.stack[m.sp++] = left !== right; return NEXT;
    case 4: m.stack[m.sp++] = left > right; return NEXT;
    default: m.stack[m.sp++] = left >= right; return NEXT;
  }
}

/** `dst = double(a)` @manual */
export function INT64_TO_DOUBLE(m: Machine, oparg: number): Outcome {
  (m.stack[oparg & 255] as unknown as DoubleRegister).value = toDouble(m.stack[oparg >> 8], 'an operand');
  return NEXT;
}

/** `dst = int64(a)`, towards zero. @manual */
export function DOUBLE_TO_INT64(m: Machine, oparg: number): Outcome {
  m.stack[oparg & 255] = doubleToInt64((m.stack[oparg >> 8] as unknown as DoubleRegister).value);
  return NEXT;
}

/** `dst = a.name`: register in bit 0, object in bit 8, name in bit 16. @manual */
export function DOUBLE_LOAD_FIELD(m: Machine, oparg: number): Outcome {
  const owner = m.stack[(oparg >> 8) & 255];
  const cache = m.code.caches[m.pc];
  if (owner instanceof PyInstance && cache !== null && cache !== undefined && owner.type === cache.type && cache.type.version === cache.version) {
    const value = slotAt(owner, cache.slot);
    if (value !== undefined) {
      (m.stack[oparg & 255] as unknown as DoubleRegister).value = (value as PyFloat).value;
      return NEXT;
    }
  }
  (m.stack[oparg & 255] as unknown as DoubleRegister).value = (loadField(m.code, m.pc, owner, m.code.names[oparg >> 16]!, 'double') as PyFloat).value;
  return NEXT;
}

/** `a.name = dst`: register in bit 0, object in bit 8, name in bit 16. @manual */
export function DOUBLE_STORE_FIELD(m: Machine, oparg: number): Outcome {
  const owner = m.stack[(oparg >> 8) & 255];
  const cache = m.code.caches[m.pc];
  let slot = -1;
  if (owner instanceof PyInstance && cache !== null && cache !== undefined && owner.type === cache.type && cache.type.version === cache.version) slot = cache.slot;
  else slot = findField(m.code, m.pc, owner, m.code.names[oparg >> 16]!, 'double');
  checkInstanceWritable(owner as PyInstance);
  setSlotAt(owner as PyInstance, slot, newFloat((m.stack[oparg & 255] as unknown as DoubleRegister).value));
  return NEXT;
}

/** `dst = a.name`: register in bit 0, object in bit 8, name in bit 16. @manual */
export function INT64_LOAD_FIELD(m: Machine, oparg: number): Outcome {
  const owner = m.stack[(oparg >> 8) & 255];
  const cache = m.code.caches[m.pc];
  if (owner instanceof PyInstance && cache !== null && cache !== undefined && owner.type === cache.type && cache.type.version === cache.version) {
    const value = slotAt(owner, cache.slot);
    if (value !== undefined) {
      m.stack[oparg & 255] = value;
      return NEXT;
    }
  }
  m.stack[oparg & 255] = loadField(m.code, m.pc, owner, m.code.names[oparg >> 16]!, 'int64');
  return NEXT;
}

/** `a.name = dst`: register in bit 0, object in bit 8, name in bit 16. @manual */
export function INT64_STORE_FIELD(m: Machine, oparg: number): Outcome {
  const owner = m.stack[(oparg >> 8) & 255];
  const cache = m.code.caches[m.pc];
  let slot = -1;
  if (owner instanceof PyInstance && cache !== null && cache !== undefined && owner.type === cache.type && cache.type.version === cache.version) slot = cache.slot;
  else slot = findField(m.code, m.pc, owner, m.code.names[oparg >> 16]!, 'int64');
  checkInstanceWritable(owner as PyInstance);
  setSlotAt(owner as PyInstance, slot, toInt64(m.stack[oparg & 255], m.code.names[oparg >> 16]!));
  return NEXT;
}
