/** Keys and texts of constants: which constants may share a slot, and how they read in a disassembly. */
import { ConstBytes, ConstComplex, ConstEllipsis, ConstFloat } from '../base/constants.ts';
import { CodeObject, ConstSlice } from './code.ts';
import type { Const } from './code.ts';

/**
 * A string that two constants share exactly when they may share one slot: same type and same value, so that 1, 1.0, True and
 * -0.0 stay apart, also inside tuples. Code objects have no key and must be told apart by identity: `null`.
 */
export function constKey(value: Const): string | null {
  if (value === null) return 'N';
  switch (typeof value) {
    case 'string': return 's' + value;
    case 'number': return 'i' + value;
    case 'bigint': return 'i' + value;
    case 'boolean': return value ? 'T' : 'F';
    default: return compoundKey(value);
  }
}

function compoundKey(value: Exclude<Const, null | string | number | bigint | boolean>): string | null {
  if (value instanceof CodeObject) return null;
  switch (value.kind) {
    case 'float': return 'f' + floatKey(value.value);
    case 'complex': return `c${floatKey(value.real)},${floatKey(value.imag)}`;
    case 'bytes': return 'b' + value.value.join();
    case 'ellipsis': return 'E';
    case 'tuple': return listKey('t', value.items);
    // Equal sets may differ in insertion order, so the keys are sorted.
    case 'frozenset': return listKey('z', value.items, { sorted: true });
    case 'slice': return listKey('l', [value.start, value.stop, value.step]);
  }
}

function floatKey(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

function listKey(prefix: string, items: readonly Const[], options?: { sorted: boolean }): string | null {
  const keys: string[] = [];
  for (const item of items) {
    const key = constKey(item);
    if (key === null) return null;
    keys.push(`${key.length}:${key}`);
  }
  if (options?.sorted) keys.sort();
  return prefix + keys.join('');
}

/** A readable form for disassemblies and tests; close to Python's `repr`, not promised to equal it. */
export function constRepr(value: Const): string {
  if (value === null) return 'None';
  switch (typeof value) {
    case 'string': return JSON.stringify(value);
    case 'boolean': return value ? 'True' : 'False';
    case 'number': case 'bigint': return String(value);
    default: break;
  }
  if (value instanceof CodeObject) return `<code ${value.qualname}>`;
  if (value instanceof ConstFloat) return Number.isInteger(value.value) ? value.value.toFixed(1) : String(value.value);
  if (value instanceof ConstComplex) return `complex(${value.real}, ${value.imag})`;
  if (value instanceof ConstBytes) return `b${JSON.stringify(String.fromCharCode(...value.value))}`;
  if (value instanceof ConstEllipsis) return 'Ellipsis';
  if (value instanceof ConstSlice) return `slice(${constRepr(value.start)}, ${constRepr(value.stop)}, ${constRepr(value.step)})`;
  const items = value.items.map(constRepr).join(', ');
  return value.kind === 'tuple' ? `(${items}${value.items.length === 1 ? ',' : ''})` : `frozenset({${items}})`;
}
