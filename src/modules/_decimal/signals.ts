/** The exceptions of `_decimal`, and which condition bits each stands for. */
import type { PyType } from '../../core/type.ts';
import * as C from '../../objects/algorithms/decimal/context.ts';
import { ArithmeticError, TypeError as PyTypeError, ZeroDivisionError } from '../../objects/exception-types.ts';
import '../../objects/exceptions.ts';
import { newList } from '../../objects/make.ts';
import { newException } from '../../objects/raise.ts';
import { staticType } from '../../objects/static-types.ts';
import { readyType } from '../../objects/type-ready.ts';

function signal(name: string, ...bases: PyType[]): PyType {
  const type = staticType(name, { base: bases[0]!, module: 'decimal', baseType: true, hasDict: true });
  type.bases.push(...bases.slice(1));
  return readyType(type, {});
}

/** The base of all signals. */
export const DECIMAL_EXCEPTION = signal('DecimalException', ArithmeticError);
const CLAMPED = signal('Clamped', DECIMAL_EXCEPTION);
const INVALID_OPERATION = signal('InvalidOperation', DECIMAL_EXCEPTION);
const DIVISION_BY_ZERO = signal('DivisionByZero', DECIMAL_EXCEPTION, ZeroDivisionError);
const INEXACT = signal('Inexact', DECIMAL_EXCEPTION);
const ROUNDED = signal('Rounded', DECIMAL_EXCEPTION);
const SUBNORMAL = signal('Subnormal', DECIMAL_EXCEPTION);
const OVERFLOW = signal('Overflow', INEXACT, ROUNDED);
const UNDERFLOW = signal('Underflow', INEXACT, ROUNDED, SUBNORMAL);
const FLOAT_OPERATION = signal('FloatOperation', DECIMAL_EXCEPTION, PyTypeError);
const CONVERSION_SYNTAX = signal('ConversionSyntax', INVALID_OPERATION);
const DIVISION_IMPOSSIBLE = signal('DivisionImpossible', INVALID_OPERATION);
const DIVISION_UNDEFINED = signal('DivisionUndefined', INVALID_OPERATION, ZeroDivisionError);
const INVALID_CONTEXT = signal('InvalidContext', INVALID_OPERATION);

/** The signals, in the order in which they are shown and looked for. */
export const SIGNALS: readonly (readonly [type: PyType, bits: number])[] = [
  [INVALID_OPERATION, C.INVALID], [FLOAT_OPERATION, C.FLOAT_OPERATION], [DIVISION_BY_ZERO, C.DIVISION_BY_ZERO], [OVERFLOW, C.OVERFLOW],
  [UNDERFLOW, C.UNDERFLOW], [SUBNORMAL, C.SUBNORMAL], [INEXACT, C.INEXACT], [ROUNDED, C.ROUNDED], [CLAMPED, C.CLAMPED],
];

/** The conditions behind InvalidOperation. */
const CONDITIONS: readonly (readonly [type: PyType, bits: number])[] = [
  [INVALID_OPERATION, C.INVALID_OPERATION], [CONVERSION_SYNTAX, C.CONVERSION_SYNTAX], [DIVISION_IMPOSSIBLE, C.DIVISION_IMPOSSIBLE],
  [DIVISION_UNDEFINED, C.DIVISION_UNDEFINED], [INVALID_CONTEXT, C.INVALID_CONTEXT],
];

/** All exception classes by name, for the module. */
export const EXCEPTIONS: Readonly<Record<string, PyType>> = Object.fromEntries(
  [DECIMAL_EXCEPTION, ...SIGNALS.map(([type]) => type), ...CONDITIONS.slice(1).map(([type]) => type)].map((type) => [type.name, type]),
);

/** Raises the first signal among `bits`, with the list of all conditions. */
export function raiseSignal(bits: number): never {
  const [type] = SIGNALS.find(([, own]) => (bits & own) !== 0)!;
  const conditions = CONDITIONS.filter(([, own]) => (bits & own) !== 0).map(([condition]) => condition);
  const signals = SIGNALS.slice(1).filter(([, own]) => (bits & own) !== 0).map(([other]) => other);
  throw newException(type, newList([...conditions, ...signals]));
}
