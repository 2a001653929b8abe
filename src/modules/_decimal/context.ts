/** The type `decimal.Context`: attributes, and every operation as a method. */
import { PyFloat } from '../../core/scalars.ts';
import type { KeywordNames, PyType } from '../../core/type.ts';
import type { Thread } from '../../core/thread.ts';
import type { Int, Maybe, Value } from '../../core/value.ts';
import { decDivmod, decFma } from '../../objects/algorithms/decimal/arithmetic.ts';
import { sameQuantum } from '../../objects/algorithms/decimal/compare.ts';
import { etiny, etop, finalize, MAX_EMAX, MAX_PREC, MIN_EMIN, ROUNDINGS, type Rounding } from '../../objects/algorithms/decimal/context.ts';
import { numberClass } from '../../objects/algorithms/decimal/digits.ts';
import { decPower, decPowerModulo } from '../../objects/algorithms/decimal/functions.ts';
import { finite, ofInt, withSign } from '../../objects/algorithms/decimal/number.ts';
import { decimalText } from '../../objects/algorithms/decimal/text.ts';
import { genericGetAttr, genericSetAttr } from '../../objects/attributes.ts';
import { newList, newTuple } from '../../objects/make.ts';
import { raise, raiseOverflowError, raiseTypeError, raiseValueError } from '../../objects/raise.ts';
import { AttributeError } from '../../objects/exception-types.ts';
import { asInt, asStr } from '../../objects/type-of.ts';
import { readyType, type GetSet, type MethodRow } from '../../objects/type-ready.ts';
import { bindFields, type FieldNames } from '../_datetime/arguments.ts';
import { createDecimal, ofDouble, requireOperand } from './convert.ts';
import { BINARY, CONTEXT_BINARY, CONTEXT_UNARY, PREDICATES, RANGE_PREDICATES, UNARY } from './operations.ts';
import { CONTEXT_TYPE, copyContext, newDecimal, PyDecimal, PyDecimalContext, settle, templates } from './records.ts';
import { makeSignalDictType, newSignalDict, signalsArgument } from './signal-dict.ts';
import { SIGNALS } from './signals.ts';

const VALID_ROUNDINGS = 'valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]';
const SSIZE_LIMIT = 2n ** 63n;

/** The rounding mode of a name; undefined for others. */
export function knownRounding(value: Value): Rounding | undefined {
  return MODES.get(value) ?? MODES.get(asStr(value) ?? null);
}

/** The modes by their names. */
const MODES: ReadonlyMap<Value, Rounding> = new Map(ROUNDINGS.map((rounding) => [rounding, rounding]));

/** The same; raises TypeError for others. */
export function roundingArgument(value: Value): Rounding {
  return knownRounding(value) ?? raiseTypeError(VALID_ROUNDINGS);
}

function sizeOf(value: Value): Int {
  const int = asInt(value) ?? raiseTypeError('an integer is required');
  if (int >= SSIZE_LIMIT || int < -SSIZE_LIMIT) raiseOverflowError('Python int too large to convert to C ssize_t');
  return int;
}

function inRange(value: Value, low: Int, high: Int, message: string): Int {
  const int = sizeOf(value);
  return int < low || int > high ? raiseValueError(message) : int;
}

/** Attributes that are numbers or modes: how each is set. */
const SETTERS: Readonly<Record<string, (context: PyDecimalContext, value: Value) => void>> = {
  prec: (context, value) => { context.prec = inRange(value, 1, MAX_PREC, 'valid range for prec is [1, MAX_PREC]'); },
  rounding: (context, value) => { context.rounding = roundingArgument(value); },
  Emin: (context, value) => { context.emin = inRange(value, MIN_EMIN, 0, 'valid range for Emin is [MIN_EMIN, 0]'); },
  Emax: (context, value) => { context.emax = inRange(value, 0, MAX_EMAX, 'valid range for Emax is [0, MAX_EMAX]'); },
  capitals: (context, value) => { context.capitals = Number(inRange(value, 0, 1, 'valid values for capitals are 0 or 1')); },
  clamp: (context, value) => { context.clamp = Number(inRange(value, 0, 1, 'valid values for clamp are 0 or 1')); },
};

const GETTERS: Readonly<Record<string, (context: PyDecimalContext) => Value>> = {
  prec: (context) => context.prec, rounding: (context) => context.rounding, Emin: (context) => context.emin, Emax: (context) => context.emax,
  capitals: (context) => context.capitals, clamp: (context) => context.clamp,
};

const PARAMETERS: FieldNames = { names: ['prec', 'rounding', 'Emin', 'Emax', 'capitals', 'clamp', 'flags', 'traps'], required: 0, positional: 8, who: '' };

/** Sets the attributes that are given, None being nothing. */
function applyOptions(t: Thread, context: PyDecimalContext, values: readonly Maybe[]): void {
  PARAMETERS.names.forEach((name, i) => {
    const value = values[i];
    if (value === undefined || value === null) return;
    if (name === 'flags' || name === 'traps') context[name] = signalsArgument(t, value, /* lists */ true);
    else SETTERS[name]!(context, value);
  });
}

function context_init(t: Thread, self: PyDecimalContext, args: Value[], keywords: KeywordNames): void {
  applyOptions(t, self, bindFields(PARAMETERS, args, keywords));
}

function context_new(t: Thread, type: PyType): Value {
  const made = new PyDecimalContext(type);
  // What is not given comes from DefaultContext as the program has it.
  const { prec, rounding, emin, emax, capitals, clamp, traps } = templates(t).defaults;
  return Object.assign(made, { prec, rounding, emin, emax, capitals, clamp, traps });
}

/** Sets attributes by name, for `localcontext`. */
export function applyKeywords(t: Thread, context: PyDecimalContext, keywords: ReadonlyMap<string, Value>): void {
  applyOptions(t, context, bindFields(PARAMETERS, [...keywords.values()], [...keywords.keys()]));
}

function signalDictType(t: Thread): PyType {
  const key = '_decimal.SignalDict';
  let type = t.interpreter.moduleState.get(key) as PyType | undefined;
  if (type === undefined) t.interpreter.moduleState.set(key, (type = makeSignalDictType(t) as PyType));
  return type;
}

function signalsOf(t: Thread, self: PyDecimalContext, field: 'flags' | 'traps'): Value {
  if (field === 'flags') return (self.flagsDict ??= newSignalDict(signalDictType(t), self, field));
  return (self.trapsDict ??= newSignalDict(signalDictType(t), self, field));
}

function context_getattro(t: Thread, self: PyDecimalContext, name: string): Maybe {
  return name === 'flags' || name === 'traps' ? signalsOf(t, self, name) : genericGetAttr(t, self, name);
}

function context_setattro(t: Thread, self: PyDecimalContext, name: string, value: Maybe): void {
  const known = Object.hasOwn(SETTERS, name) || name === 'flags' || name === 'traps';
  if (known && value === undefined) raise(AttributeError, 'context attributes cannot be deleted');
  if (name === 'flags' || name === 'traps') self[name] = signalsArgument(t, value!, /* lists */ false);
  else genericSetAttr(t, self, name, value);
}

/** Names in the order of the lowest bit that is set of each. */
function signalNames(bits: number): string {
  const lowest = (value: number): number => value & -value;
  const set = SIGNALS.filter(([, own]) => (bits & own) !== 0);
  return set.sort(([, a], [, b]) => lowest(bits & a) - lowest(bits & b)).map(([type]) => type.name).join(', ');
}

function context_repr(_t: Thread, self: PyDecimalContext): string {
  const { prec, rounding, emin, emax, capitals, clamp, flags, traps } = self;
  return `Context(prec=${prec}, rounding=${rounding}, Emin=${emin}, Emax=${emax}, capitals=${capitals}, clamp=${clamp}, flags=[${signalNames(flags)}], traps=[${signalNames(traps)}])`;
}

function signalList(bits: number): Value {
  return newList(SIGNALS.filter(([, own]) => (bits & own) !== 0).map(([type]) => type));
}

function context_reduce(_t: Thread, self: PyDecimalContext): Value {
  const { prec, rounding, emin, emax, capitals, clamp, flags, traps } = self;
  return newTuple([self.type, newTuple([prec, rounding, emin, emax, capitals, clamp, signalList(flags), signalList(traps)])]);
}

// Operations

function rowsOf<T>(table: Readonly<Record<string, T>>, row: (operation: T, name: string) => MethodRow): Record<string, MethodRow> {
  return Object.fromEntries(Object.entries(table).map(([name, operation]) => [name, row(operation, name)]));
}

function docOf(name: string): string {
  return `The operation "${name.replaceAll('_', '-')}" of the decimal arithmetic specification, in this context.`;
}

const { is_canonical: _everyDecimalIs, ...OTHER_PREDICATES } = PREDICATES;

const METHODS: Record<string, MethodRow> = {
  ...rowsOf({ ...UNARY, ...CONTEXT_UNARY }, (operation, name) => [
    (_t: Thread, self: PyDecimalContext, x: Value) => settle(self, operation(self, requireOperand(x))), '($self, x, /)', docOf(name),
  ]),
  ...rowsOf({ ...BINARY, ...CONTEXT_BINARY }, (operation, name) => [
    (_t: Thread, self: PyDecimalContext, x: Value, y: Value) => settle(self, operation(self, requireOperand(x), requireOperand(y))), '($self, x, y, /)', docOf(name),
  ]),
  is_canonical: [(_t: Thread, _self: PyDecimalContext, x: Value) => requireDecimal(x) instanceof PyDecimal, '($self, x, /)', docOf('is_canonical')],
  ...rowsOf({ ...OTHER_PREDICATES, ...RANGE_PREDICATES }, (predicate, name) => [
    (_t: Thread, self: PyDecimalContext, x: Value) => predicate(self, requireOperand(x)), '($self, x, /)', docOf(name),
  ]),
};

function context_divmod(_t: Thread, self: PyDecimalContext, x: Value, y: Value): Value {
  const [quotient, rest] = decDivmod(self, requireOperand(x), requireOperand(y));
  return newTuple([settle(self, quotient), newDecimal(rest)]);
}

function context_power(_t: Thread, self: PyDecimalContext, a: Value, b: Value, modulo: Maybe): Value {
  const [base, exponent] = [requireOperand(a), requireOperand(b)];
  if (modulo === undefined || modulo === null) return settle(self, decPower(self, base, exponent));
  return settle(self, decPowerModulo(self, base, exponent, requireOperand(modulo)));
}

function context_fromFloat(_t: Thread, self: PyDecimalContext, value: Value): Value {
  const int = asInt(value);
  const exact = int !== undefined ? ofInt(int) : value instanceof PyFloat ? ofDouble(value.value) : raiseTypeError('argument must be int or float');
  return settle(self, finalize(self, exact));
}

function requireDecimal(value: Value): PyDecimal {
  return value instanceof PyDecimal ? value : raiseTypeError('argument must be a Decimal');
}

function copyDecimal(_t: Thread, _self: PyDecimalContext, x: Value): Value {
  return x instanceof PyDecimal && !x.type.flags.heapType ? x : newDecimal(requireOperand(x));
}

function attribute(name: string): GetSet {
  return { get: (_t, self) => GETTERS[name]!(self as PyDecimalContext), set: (_t, self, value) => SETTERS[name]!(self as PyDecimalContext, value!) };
}

readyType(CONTEXT_TYPE, {
  doc: 'The context affects almost all operations and controls rounding,\nOver/Underflow, raising of exceptions and much more.',
  textSignature: '(prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None, traps=None)',
  slots: {
    tp_alloc: (type) => new PyDecimalContext(type),
    tp_new: context_new,
    tp_init: context_init,
    tp_repr: context_repr,
    tp_getattro: context_getattro,
    tp_setattro: context_setattro,
  },
  methods: {
    ...METHODS,
    divmod: [context_divmod, '($self, x, y, /)', 'Return quotient and remainder of the division x / y.'],
    power: [context_power, '($self, /, a, b, modulo=None)', 'Compute a**b. If modulo is given, compute (a**b) % modulo.'],
    fma: [(_t: Thread, self: PyDecimalContext, x: Value, y: Value, z: Value) => settle(self, decFma(self, requireOperand(x), requireOperand(y), requireOperand(z))), '($self, x, y, z, /)', 'Return x multiplied by y, plus z.'],
    Etiny: [(_t: Thread, self: PyDecimalContext) => etiny(self), '($self, /)', 'Return a value equal to Emin - prec + 1.'],
    Etop: [(_t: Thread, self: PyDecimalContext) => etop(self), '($self, /)', 'Return a value equal to Emax - prec + 1.'],
    radix: [() => newDecimal(finite(false, 10n, 0)), '($self, /)', 'Return 10.'],
    _apply: [(_t: Thread, self: PyDecimalContext, x: Value) => settle(self, finalize(self, requireDecimal(x).value)), '($self, object, /)', ''],
    canonical: [(_t: Thread, _self: PyDecimalContext, x: Value) => requireDecimal(x), '($self, x, /)', 'Return a new instance of x.'],
    copy_abs: [(_t: Thread, _self: PyDecimalContext, x: Value) => newDecimal(withSign(requireOperand(x), false)), '($self, x, /)', 'Return a copy of x with the sign set to 0.'],
    copy_decimal: [copyDecimal, '($self, x, /)', 'Return a copy of Decimal x.'],
    copy_negate: [(_t: Thread, _self: PyDecimalContext, x: Value) => { const a = requireOperand(x); return newDecimal(withSign(a, !a.negative)); }, '($self, x, /)', 'Return a copy of x with the sign inverted.'],
    number_class: [(_t: Thread, self: PyDecimalContext, x: Value) => numberClass(self, requireOperand(x)), '($self, x, /)', 'Return an indication of the class of x.'],
    to_sci_string: [(_t: Thread, self: PyDecimalContext, x: Value) => decimalText(requireOperand(x), { engineering: false, capitals: self.capitals === 1 }), '($self, x, /)', 'Convert a number to a string using scientific notation.'],
    to_eng_string: [(_t: Thread, self: PyDecimalContext, x: Value) => decimalText(requireOperand(x), { engineering: true, capitals: self.capitals === 1 }), '($self, x, /)', 'Convert a number to a string, using engineering notation.'],
    same_quantum: [(_t: Thread, _self: PyDecimalContext, x: Value, y: Value) => sameQuantum(requireOperand(x), requireOperand(y)), '($self, x, y, /)', 'Return True if the two operands have the same exponent.'],
    clear_flags: [(_t: Thread, self: PyDecimalContext) => { self.flags = 0; }, '($self, /)', 'Reset all flags to False.'],
    clear_traps: [(_t: Thread, self: PyDecimalContext) => { self.traps = 0; }, '($self, /)', 'Set all traps to False.'],
    copy: [(_t: Thread, self: PyDecimalContext) => copyContext(self), '($self, /)', 'Return a duplicate of the context with all flags cleared.'],
    __copy__: [(_t: Thread, self: PyDecimalContext) => copyContext(self), '($self, /)', ''],
    __reduce__: [context_reduce, '($self, /)', ''],
    create_decimal: [(_t: Thread, self: PyDecimalContext, num: Maybe) => createDecimal(self, num === undefined ? '0' : num), '($self, num="0", /)', 'Create a new Decimal instance from num, using self as the context.'],
    create_decimal_from_float: [context_fromFloat, '($self, f, /)', 'Create a new Decimal instance from float f, rounded to the context.'],
  },
  getset: Object.fromEntries(Object.keys(SETTERS).map((name) => [name, attribute(name)])),
});
