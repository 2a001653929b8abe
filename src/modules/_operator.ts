/** `_operator` (Modules/_operator.c). */
import { PyDict, PyTuple } from '../core/containers.ts';
import { EQ, GE, GT, LE, LT, NE, type CompareOp, type KeywordNames, type PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import { PyObject, type Value } from '../core/value.ts';
import { getAttr } from '../objects/attributes.ts';
import { getBuffer, viewBytes } from '../objects/buffer.ts';
import { call } from '../objects/call.ts';
import { compareBool, isIdentical, richCompare } from '../objects/compare.ts';
import { importModule } from '../objects/import-hook.ts';
import { forEach, lengthHint } from '../objects/iterate.ts';
import { newTuple } from '../objects/make.ts';
import { checkNoKeywords } from '../objects/new-arguments.ts';
import { BINARY_OPERATORS, binaryOperator, inplaceOperator, toIndex, unaryOperator } from '../objects/operators.ts';
import { raiseTypeError, raiseValueError, typeName } from '../objects/raise.ts';
import { staticType, TUPLE_TYPE } from '../objects/static-types.ts';
import { contains, getItem, setItem } from '../objects/subscript.ts';
import { repr } from '../objects/text.ts';
import { isTrue } from '../objects/truth.ts';
import { readyType, type MethodRow } from '../objects/type-ready.ts';
import { asStr, typeOf } from '../objects/type-of.ts';
import type { NativeModule } from './native-module.ts';

const functions: Record<string, MethodRow> = {};

const COMPARISONS: readonly [string, CompareOp, string][] = [
  ['lt', LT, 'a < b'], ['le', LE, 'a <= b'], ['eq', EQ, 'a == b'], ['ne', NE, 'a != b'], ['ge', GE, 'a >= b'], ['gt', GT, 'a > b'],
];
for (const [name, op, text] of COMPARISONS) {
  functions[name] = [(t: Thread, a: Value, b: Value) => richCompare(t, a, b, op), '($module, a, b, /)', `Same as ${text}.`];
}

const BINARY_NAMES = ['add', 'and_', 'floordiv', 'lshift', 'matmul', 'mul', 'mod', 'or_', 'pow', 'rshift', 'sub', 'truediv', 'xor'];
BINARY_NAMES.forEach((name, operator) => {
  const { symbol } = BINARY_OPERATORS[operator]!;
  functions[name] = [(t: Thread, a: Value, b: Value) => binaryOperator(t, a, b, operator), '($module, a, b, /)', `Same as a ${symbol} b.`];
  const inplace = `i${name.replace('_', '')}`;
  functions[inplace] = [(t: Thread, a: Value, b: Value) => inplaceOperator(t, a, b, operator), '($module, a, b, /)', `Same as a ${symbol}= b.`];
});

function requireSequence(value: Value): void {
  const { slots } = typeOf(value);
  if (value instanceof PyDict || (slots.sq_item === null && slots.mp_subscript === null)) raiseTypeError(`'${typeName(value)}' object can't be concatenated`);
}

function operator_concat(t: Thread, a: Value, b: Value): Value {
  const { slots } = typeOf(a);
  if (slots.sq_concat !== null) return slots.sq_concat(t, a, b);
  requireSequence(a);
  requireSequence(b);
  return binaryOperator(t, a, b, 0);
}

function operator_iconcat(t: Thread, a: Value, b: Value): Value {
  const concat = typeOf(a).slots.sq_inplace_concat ?? typeOf(a).slots.sq_concat;
  if (concat !== null) return concat(t, a, b);
  requireSequence(a);
  requireSequence(b);
  return inplaceOperator(t, a, b, 0);
}

function operator_countOf(t: Thread, a: Value, b: Value): Value {
  let count = 0;
  forEach(t, a, (item) => {
    if (compareBool(t, item, b, EQ)) count++;
  });
  return count;
}

function operator_indexOf(t: Thread, a: Value, b: Value): Value {
  let at = 0;
  let found = -1;
  try {
    forEach(t, a, (item) => {
      if (compareBool(t, item, b, EQ)) {
        found = at;
        throw FOUND;
      }
      at++;
    });
  } catch (caught) {
    if (caught !== FOUND) throw caught;
    return found;
  }
  return raiseValueError('sequence.index(x): x not in sequence');
}

const FOUND = Symbol('found');

function operator_length_hint(t: Thread, object: Value, fallback?: Value): Value {
  if (fallback !== undefined && typeof fallback !== 'number' && typeof fallback !== 'boolean') raiseTypeError(`'${typeName(fallback)}' object cannot be interpreted as an integer`);
  return lengthHint(t, object, fallback === undefined ? 0 : Number(fallback));
}

function bytesForComparison(t: Thread, value: Value): Uint8Array {
  const view = getBuffer(t, value);
  if (view === undefined) raiseTypeError(`a bytes-like object is required, not '${typeName(value)}'`);
  const bytes = viewBytes(view);
  view.release();
  return bytes;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < b.length; i++) difference |= (a.length === b.length ? a[i]! : b[i]!) ^ b[i]!;
  return difference === 0;
}

/** `hmac.compare_digest`: the same bytes at every length of match, as comparing does not stop at the first difference. */
export function operator_compareDigest(t: Thread, a: Value, b: Value): Value {
  const left = asStr(a);
  const right = asStr(b);
  if (left === undefined || right === undefined) {
    return sameBytes(bytesForComparison(t, a), bytesForComparison(t, b));
  }
  if (/[^\0-\x7f]/.test(left) || /[^\0-\x7f]/.test(right)) raiseTypeError('comparing strings with non-ASCII characters is not supported');
  return sameBytes(new TextEncoder().encode(left), new TextEncoder().encode(right));
}

Object.assign(functions, {
  truth: [(t: Thread, a: Value) => isTrue(t, a), '($module, a, /)', 'Return True if a is true, False otherwise.'],
  not_: [(t: Thread, a: Value) => !isTrue(t, a), '($module, a, /)', 'Same as not a.'],
  is_: [(_t: Thread, a: Value, b: Value) => isIdentical(a, b), '($module, a, b, /)', 'Same as a is b.'],
  is_not: [(_t: Thread, a: Value, b: Value) => !isIdentical(a, b), '($module, a, b, /)', 'Same as a is not b.'],
  is_none: [(_t: Thread, a: Value) => a === null, '($module, a, /)', 'Same as a is None.'],
  is_not_none: [(_t: Thread, a: Value) => a !== null, '($module, a, /)', 'Same as a is not None.'],
  neg: [(t: Thread, a: Value) => unaryOperator(t, a, 'nb_negative', 'unary -'), '($module, a, /)', 'Same as -a.'],
  pos: [(t: Thread, a: Value) => unaryOperator(t, a, 'nb_positive', 'unary +'), '($module, a, /)', 'Same as +a.'],
  inv: [(t: Thread, a: Value) => unaryOperator(t, a, 'nb_invert', 'unary ~'), '($module, a, /)', 'Same as ~a.'],
  invert: [(t: Thread, a: Value) => unaryOperator(t, a, 'nb_invert', 'unary ~'), '($module, a, /)', 'Same as ~a.'],
  abs: [(t: Thread, a: Value) => unaryOperator(t, a, 'nb_absolute', 'abs()'), '($module, a, /)', 'Same as abs(a).'],
  index: [(t: Thread, a: Value) => toIndex(t, a), '($module, a, /)', 'Same as a.__index__()'],
  concat: [operator_concat, '($module, a, b, /)', 'Same as a + b, for a and b sequences.'],
  iconcat: [operator_iconcat, '($module, a, b, /)', 'Same as a += b, for a and b sequences.'],
  contains: [(t: Thread, a: Value, b: Value) => contains(t, a, b), '($module, a, b, /)', 'Same as b in a (note reversed operands).'],
  countOf: [operator_countOf, '($module, a, b, /)', 'Return the number of items in a which are, or which equal, b.'],
  indexOf: [operator_indexOf, '($module, a, b, /)', 'Return the first index of b in a.'],
  getitem: [(t: Thread, a: Value, b: Value) => getItem(t, a, b), '($module, a, b, /)', 'Same as a[b].'],
  setitem: [(t: Thread, a: Value, b: Value, c: Value) => setItem(t, a, b, c), '($module, a, b, c, /)', 'Same as a[b] = c.'],
  delitem: [(t: Thread, a: Value, b: Value) => setItem(t, a, b, undefined), '($module, a, b, /)', 'Same as del a[b].'],
  length_hint: [operator_length_hint, '($module, obj, default=0, /)', 'Return an estimate of the number of items in obj.'],
  call: [
    (t: Thread, func: Value, args: Value[], keywords: Map<string, Value>) => call(t, func, [...args, ...keywords.values()], keywords.size === 0 ? null : [...keywords.keys()]),
    '($module, obj, /, *args, **kwargs)', 'Same as obj(*args, **kwargs).',
  ],
  _compare_digest: [operator_compareDigest, '($module, a, b, /)', "Return 'a == b'."],
} satisfies Record<string, MethodRow>);

const ITEMGETTER_TYPE = staticType('itemgetter', { module: 'operator' });
const ATTRGETTER_TYPE = staticType('attrgetter', { module: 'operator' });
const METHODCALLER_TYPE = staticType('methodcaller', { module: 'operator' });

class PyItemGetter extends PyObject {
  readonly items: readonly Value[];
  constructor(type: PyType, items: readonly Value[]) {
    super(type);
    this.items = items;
  }
}

/** `object[item]`. @hot keys of sorting, which are items of tuples most of the time */
function pick(t: Thread, object: Value, item: Value): Value {
  if (typeof item === 'number' && item >= 0 && object instanceof PyTuple && object.type === TUPLE_TYPE && item < object.items.length) return object.items[item]!;
  return getItem(t, object, item);
}

function onlyArgument(name: string, args: readonly Value[], keywords: KeywordNames): Value {
  checkNoKeywords(name, keywords);
  return args.length === 1 ? args[0]! : raiseTypeError(`${name} expected 1 argument, got ${args.length}`);
}

readyType(ITEMGETTER_TYPE, {
  doc: 'Return a callable object that fetches the given item(s) from its operand.',
  textSignature: '(item, /, *items)',
  slots: {
    tp_new: (_t, type, args, keywords) => {
      checkNoKeywords('itemgetter', keywords);
      if (args.length < 1) raiseTypeError('itemgetter expected 1 argument, got 0');
      return new PyItemGetter(type, args);
    },
    tp_call: (t, self: PyItemGetter, args, keywords) => {
      const object = onlyArgument('itemgetter', args, keywords);
      const { items } = self;
      if (items.length === 1) return pick(t, object, items[0]!);
      const picked: Value[] = [];
      for (let i = 0; i < items.length; i++) picked.push(pick(t, object, items[i]!));
      return newTuple(picked);
    },
    tp_repr: (t, self: PyItemGetter) => `operator.itemgetter(${self.items.map((item) => repr(t, item)).join(', ')})`,
  },
  methods: { __reduce__: [(_t: Thread, self: PyItemGetter) => newTuple([self.type, newTuple(self.items.slice())]), '!($self, /)', 'Return state information for pickling'] },
});

class PyAttrGetter extends PyObject {
  readonly names: readonly string[];
  readonly paths: readonly string[][];
  constructor(type: PyType, names: readonly string[]) {
    super(type);
    this.names = names;
    this.paths = names.map((name) => name.split('.'));
  }
}

function followPath(t: Thread, object: Value, path: readonly string[]): Value {
  let value = object;
  for (const name of path) value = getAttr(t, value, name);
  return value;
}

readyType(ATTRGETTER_TYPE, {
  doc: 'Return a callable object that fetches the given attribute(s) from its operand.',
  textSignature: '(attr, /, *attrs)',
  slots: {
    tp_new: (_t, type, args, keywords) => {
      checkNoKeywords('attrgetter', keywords);
      if (args.length < 1) raiseTypeError('attrgetter expected 1 argument, got 0');
      return new PyAttrGetter(type, args.map((arg) => asStr(arg) ?? raiseTypeError('attribute name must be a string')));
    },
    tp_call: (t, self: PyAttrGetter, args, keywords) => {
      const object = onlyArgument('attrgetter', args, keywords);
      const { paths } = self;
      return paths.length === 1 ? followPath(t, object, paths[0]!) : newTuple(paths.map((path) => followPath(t, object, path)));
    },
    tp_repr: (t, self: PyAttrGetter) => `operator.attrgetter(${self.names.map((name) => repr(t, name)).join(', ')})`,
  },
  methods: { __reduce__: [(_t: Thread, self: PyAttrGetter) => newTuple([self.type, newTuple(self.names.slice())]), '!($self, /)', 'Return state information for pickling'] },
});

class PyMethodCaller extends PyObject {
  readonly name: string;
  readonly args: readonly Value[];
  readonly keywords: KeywordNames;
  constructor(type: PyType, name: string, args: readonly Value[], keywords: KeywordNames) {
    super(type);
    this.name = name;
    this.args = args;
    this.keywords = keywords;
  }
}

function methodcaller_repr(t: Thread, self: PyMethodCaller): string {
  if (t.reprGuard.has(self)) return 'operator.methodcaller(...)';
  t.reprGuard.add(self);
  try {
    const count = self.args.length - (self.keywords?.length ?? 0);
    const parts = self.args.map((arg, i) => (i < count ? repr(t, arg) : `${self.keywords![i - count]!}=${repr(t, arg)}`));
    return `operator.methodcaller(${[repr(t, self.name), ...parts].join(', ')})`;
  } finally {
    t.reprGuard.delete(self);
  }
}

function methodcaller_reduce(t: Thread, self: PyMethodCaller): Value {
  if (self.keywords === null) return newTuple([self.type, newTuple([self.name, ...self.args])]);
  const count = self.args.length - self.keywords.length;
  const partial = getAttr(t, importModule(t, 'functools'), 'partial');
  const bound = call(t, partial, [self.type, self.name, ...self.args.slice(count)], self.keywords);
  return newTuple([bound, newTuple(self.args.slice(0, count))]);
}

readyType(METHODCALLER_TYPE, {
  doc: 'Return a callable object that calls the given method on its operand.',
  textSignature: '(name, /, *args, **kwargs)',
  slots: {
    tp_new: (_t, type, args, keywords) => {
      if (args.length - (keywords?.length ?? 0) < 1) raiseTypeError('methodcaller needs at least one argument, the method name');
      return new PyMethodCaller(type, asStr(args[0]) ?? raiseTypeError('method name must be a string'), args.slice(1), keywords);
    },
    tp_call: (t, self: PyMethodCaller, args, keywords) => call(t, getAttr(t, onlyArgument('methodcaller', args, keywords), self.name), self.args.slice(), self.keywords),
    tp_repr: methodcaller_repr,
  },
  methods: { __reduce__: [methodcaller_reduce, '!($self, /)', 'Return state information for pickling'] },
});

/** The table. */
export const OPERATOR_MODULE: NativeModule = {
  name: '_operator',
  doc: 'Operator interface.',
  types: { itemgetter: ITEMGETTER_TYPE, attrgetter: ATTRGETTER_TYPE, methodcaller: METHODCALLER_TYPE },
  functions,
};
