/** The smaller builtin functions (Python/bltinmodule.c). */
import { PyList, PySet, PyTuple } from '../../core/containers.ts';
import { GT, LT } from '../../core/type.ts';
import { TruthSink } from '../../core/sink.ts';
import type { Thread } from '../../core/thread.ts';
import type { Maybe, Value } from '../../core/value.ts';
import { PyFloat } from '../../core/scalars.ts';
import { FROZENSET_TYPE, LIST_TYPE, SET_TYPE, TUPLE_TYPE } from '../../objects/static-types.ts';
import type { NativeResult } from '../../core/native.ts';
import { withQuietForm, type QuietForm } from '../../core/quiet.ts';
import { PyGenerator } from '../../core/function.ts';
import { sendInCaller } from '../../objects/generator.ts';
import { newAnextAwaitable } from '../../objects/async-generator.ts';
import { attributeOf, getAttr, lookupAttr, lookupSpecial, missingAttribute, setAttr } from '../../objects/attributes.ts';
import { call, callMethod, isCallable } from '../../objects/call.ts';
import { callOne } from '../../objects/call-one.ts';
import { compareBool } from '../../objects/compare.ts';
import { RuntimeError, StopIteration } from '../../objects/exception-types.ts';
import { tableGetStr } from '../../objects/hash-table.ts';
import { hashOf } from '../../objects/hash-value.ts';
import { identityOf } from '../../objects/identity.ts';
import { PyCallableIterator } from '../../objects/iterators.ts';
import { getIterator, iterNext, nextInto, toArray } from '../../objects/iterate.ts';
import { sortItems, tupleOrder } from '../../objects/sort.ts';
import { newFloat, newList, NOT_IMPLEMENTED } from '../../objects/make.ts';
import { binarySlots, power, raiseUnsupported, toIndex, unaryOperator } from '../../objects/operators.ts';
import { newException, raise, raiseInCaller, raiseTypeError, raiseValueError, typeName } from '../../objects/raise.ts';
import { ascii, format, repr, str } from '../../objects/text.ts';
import { isTrue, lengthOf } from '../../objects/truth.ts';
import { isInstanceOf, isSubclassOf } from '../../objects/type.ts';
import { asStr, typeOf } from '../../objects/type-of.ts';
import { bytesLike } from '../../objects/buffer.ts';
import { ExtremeSink, orderAtRest } from './sinks.ts';

/** `abs`: Return the absolute value of the argument. */
export function builtins_abs(t: Thread, x: Value): Value {
  return unaryOperator(t, x, 'nb_absolute', 'abs()');
}

/** `all`: Return True if bool(x) is True for all values x in the iterable. */
export function builtins_all(t: Thread, iterable: Value): Value {
  const iterator = getIterator(t, iterable);
  const sink = new TruthSink(/* passed */ true);
  for (let item = nextInto(t, iterator, sink); item !== undefined; item = nextInto(t, iterator, sink)) if (!isTrue(t, item)) return false;
  return true;
}

/** `any`: Return True if bool(x) is True for any x in the iterable. */
export function builtins_any(t: Thread, iterable: Value): Value {
  const iterator = getIterator(t, iterable);
  const sink = new TruthSink(/* passed */ false);
  for (let item = nextInto(t, iterator, sink); item !== undefined; item = nextInto(t, iterator, sink)) if (isTrue(t, item)) return true;
  return false;
}

/** `ascii`: Return an ASCII-only representation of an object. */
export function builtins_ascii(t: Thread, object: Value): Value {
  return ascii(t, object);
}

function prefixed(t: Thread, number: Value, radix: number, prefix: string): Value {
  const value = toIndex(t, number);
  return value < 0 ? `-${prefix}${(-value).toString(radix)}` : `${prefix}${value.toString(radix)}`;
}

/** `bin`: Return the binary representation of an integer. */
export function builtins_bin(t: Thread, number: Value): Value {
  return prefixed(t, number, 2, '0b');
}

/** `oct`: Return the octal representation of an integer. */
export function builtins_oct(t: Thread, number: Value): Value {
  return prefixed(t, number, 8, '0o');
}

/** `hex`: Return the hexadecimal representation of an integer. */
export function builtins_hex(t: Thread, number: Value): Value {
  return prefixed(t, number, 16, '0x');
}

/** `callable`: Return whether the object is callable (i.e., some kind of function). */
export function builtins_callable(_t: Thread, object: Value): Value {
  return isCallable(object);
}

const MAX_CODE_POINT = 0x10ffff;

/** `chr`: Return a Unicode string of one character with ordinal i; 0 <= i <= 0x10ffff. */
export function builtins_chr(t: Thread, i: Value): Value {
  const code = toIndex(t, i);
  if (code < 0 || code > MAX_CODE_POINT) raiseValueError('chr() arg not in range(0x110000)');
  return String.fromCodePoint(Number(code));
}

/** `ord`: Return the ordinal value of a character. */
export function builtins_ord(t: Thread, c: Value): Value {
  const text = asStr(c);
  if (text !== undefined) {
    const code = text.codePointAt(0);
    if (code !== undefined && text.length === (code > 0xffff ? 2 : 1)) return code;
    raiseTypeError(`ord() expected a character, but string of length ${lengthOf(t, c)} found`);
  }
  const bytes = bytesLike(t, c);
  if (bytes === undefined) raiseTypeError(`ord() expected string of length 1, but ${typeName(c)} found`);
  return bytes.length === 1 ? bytes[0]! : raiseTypeError(`ord() expected a character, but string of length ${bytes.length} found`);
}

function nameArgument(name: Value): string {
  return asStr(name) ?? raiseTypeError(`attribute name must be string, not '${typeName(name)}'`);
}

/** `delattr`: Deletes the named attribute from the given object. */
export function builtins_delattr(t: Thread, object: Value, name: Value): Value {
  setAttr(t, object, nameArgument(name), undefined);
  return null;
}

/** `getattr`: Get a named attribute from an object. */
export function builtins_getattr(t: Thread, object: Value, name: Value, fallback?: Value): NativeResult {
  const text = nameArgument(name);
  if (fallback === undefined) {
    const value = attributeOf(t, object, text);
    return value === undefined ? raiseInCaller(t, missingAttribute(t, object, text)) : value;
  }
  const value = lookupAttr(t, object, text);
  return value === undefined ? fallback : value;
}

/** `hasattr`: Return whether the object has an attribute with the given name. */
export function builtins_hasattr(t: Thread, object: Value, name: Value): Value {
  return lookupAttr(t, object, nameArgument(name)) !== undefined;
}

/** `setattr`: Sets the named attribute on the given object to the specified value. */
export function builtins_setattr(t: Thread, object: Value, name: Value, value: Value): Value {
  setAttr(t, object, nameArgument(name), value);
  return null;
}

/** `divmod`: Return the tuple (x//y, x%y). */
export function builtins_divmod(t: Thread, x: Value, y: Value): Value {
  const result = binarySlots(t, x, y, 'nb_divmod');
  return result === NOT_IMPLEMENTED ? raiseUnsupported('divmod()', x, y) : result;
}

/** `format`: Return type(value).__format__(value, format_spec). */
export function builtins_format(t: Thread, value: Value, spec?: Value): Value {
  if (spec === undefined) return format(t, value, '');
  const text = asStr(spec);
  return text === undefined ? raiseTypeError(`format() argument 2 must be str, not ${typeName(spec)}`) : format(t, value, text);
}

/** `hash`: Return the hash value for the given object. */
export function builtins_hash(t: Thread, object: Value): Value {
  return hashOf(t, object);
}

/** `id`: Return the identity of an object. */
export function builtins_id(_t: Thread, object: Value): Value {
  return identityOf(object);
}

/** `isinstance`: Return whether an object is an instance of a class or of a subclass thereof. */
export function builtins_isinstance(t: Thread, object: Value, cls: Value): Value {
  return isInstanceOf(t, object, cls);
}

/** `issubclass`: Return whether 'cls' is derived from another class or is the same class. */
export function builtins_issubclass(t: Thread, cls: Value, other: Value): Value {
  return isSubclassOf(t, cls, other);
}

/** `iter`: Get an iterator from an object. */
export function builtins_iter(t: Thread, args: Value[]): Value {
  if (args.length < 1 || args.length > 2) raiseTypeError(`iter expected at ${args.length < 1 ? 'least 1 argument' : 'most 2 arguments'}, got ${args.length}`);
  if (args.length === 1) return getIterator(t, args[0]!);
  if (!isCallable(args[0]!)) raiseTypeError('iter(v, w): v must be callable');
  return new PyCallableIterator(args[0]!, args[1]!);
}

/** `aiter`: Return an AsyncIterator for an AsyncIterable object. */
export function builtins_aiter(t: Thread, iterable: Value): Value {
  const slot = typeOf(iterable).slots.am_aiter;
  if (slot === null) raiseTypeError(`'${typeName(iterable)}' object is not an async iterable`);
  const iterator = slot(t, iterable);
  if (typeOf(iterator).slots.am_anext === null) raiseTypeError(`aiter() returned not an async iterator of type '${typeName(iterator)}'`);
  return iterator;
}

/** `anext`: Return the next item from the async iterator. */
export function builtins_anext(t: Thread, iterator: Value, fallback?: Value): Value {
  const slot = typeOf(iterator).slots.am_anext;
  if (slot === null) raiseTypeError(`'${typeName(iterator)}' object is not an async iterator`);
  const awaitable = slot(t, iterator);
  return fallback === undefined ? awaitable : newAnextAwaitable(awaitable, fallback);
}

/** `len`: Return the number of items in a container. */
export function builtins_len(t: Thread, obj: Value): Value {
  return lengthOf(t, obj);
}

/** `min` and `max`: `op` says which of two wins. */
function extreme(t: Thread, name: string, op: typeof LT | typeof GT, args: readonly Value[], key: Maybe, fallback: Maybe): Value {
  if (args.length === 0) raiseTypeError(`${name} expected at least 1 argument, got 0`);
  if (args.length > 1 && fallback !== undefined) raiseTypeError(`Cannot specify a default for ${name}() with multiple positional arguments`);
  const only = args.length === 1 ? args[0]! : null;
  if (only instanceof PyList && only.type === LIST_TYPE && only.doubles !== null && only.doubles.length > 0 && (key ?? null) === null) return extremeDouble(only.doubles, op);
  const keyFunction = key === undefined || key === null ? null : key;
  const plain = keyFunction === null && only !== null ? plainExtreme(itemsAtRest(only), op) : undefined;
  if (plain !== undefined) return plain;
  const iterator = args.length === 1 ? getIterator(t, only) : null;
  if (iterator instanceof PyGenerator && keyFunction === null) return extremeOf(t, name, op, iterator, fallback);
  let best: Maybe;
  let bestKey: Maybe;
  let position = 0;
  for (;;) {
    const item: Maybe = iterator === null ? args[position++] : iterNext(t, iterator);
    if (item === undefined) break;
    const itemKey = keyFunction === null ? item : callOne(t, keyFunction, item);
    if (best === undefined || isBefore(t, itemKey, bestKey!, op)) {
      best = item;
      bestKey = itemKey;
    }
  }
  return best === undefined ? extremeOfNone(name, fallback) : best;
}

function extremeOfNone(name: string, fallback: Maybe): Value {
  return fallback === undefined ? raiseValueError(`${name}() iterable argument is empty`) : fallback;
}

/** Of the items of a generator. */
function extremeOf(t: Thread, name: string, op: typeof LT | typeof GT, generator: PyGenerator, fallback: Maybe): Value {
  const sink = new ExtremeSink(op);
  for (let item = nextInto(t, generator, sink); item !== undefined; item = nextInto(t, generator, sink)) {
    if (sink.best === undefined || isBefore(t, item, sink.best, op)) sink.best = item;
  }
  return sink.best === undefined ? extremeOfNone(name, fallback) : sink.best;
}

/** The items of a builtin container as they lie there, among them undefined; null for others. */
function itemsAtRest(container: Value): readonly Maybe[] | null {
  if (container instanceof PyList) return container.type === LIST_TYPE && container.doubles === null ? container.items : null;
  if (container instanceof PyTuple) return container.type === TUPLE_TYPE ? container.items : null;
  return container instanceof PySet && (container.type === SET_TYPE || container.type === FROZENSET_TYPE) ? container.table.keys : null;
}

/** The least or greatest of ints, or of tuples that ints order; undefined where that takes other comparisons. @hot `min(cells)` */
function plainExtreme(items: readonly Maybe[] | null, op: typeof LT | typeof GT): Maybe {
  if (items === null) return undefined;
  let best: Maybe;
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    if (item === undefined) continue;
    const order = best === undefined ? orderAtRest(item, item) : orderAtRest(item, best);
    if (order === null) return undefined;
    if (best === undefined || (op === LT ? order < 0 : order > 0)) best = item;
  }
  return best;
}

/** `left op right` as a bool. @hot smallest cells, best records */
function isBefore(t: Thread, left: Value, right: Value, op: typeof LT | typeof GT): boolean {
  if (left instanceof PyTuple && right instanceof PyTuple && left.type === TUPLE_TYPE && right.type === TUPLE_TYPE) {
    return tupleOrder(t, left.items, right.items, op);
  }
  return compareBool(t, left, right, op);
}

/** The first of the smallest or biggest of floats, none of them NaN. */
function extremeDouble(doubles: readonly number[], op: typeof LT | typeof GT): Value {
  let best = doubles[0]!;
  for (let i = 1; i < doubles.length; i++) if (op === LT ? doubles[i]! < best : doubles[i]! > best) best = doubles[i]!;
  return newFloat(best);
}

/** `max`: The biggest item of an iterable, or of several arguments. */
export function builtins_max(t: Thread, args: Value[], key?: Value, fallback?: Value): Value {
  return extreme(t, 'max', GT, args, key, fallback);
}

/** `min`: The smallest item of an iterable, or of several arguments. */
export function builtins_min(t: Thread, args: Value[], key?: Value, fallback?: Value): Value {
  return extreme(t, 'min', LT, args, key, fallback);
}

/** The least or greatest item of a builtin container, where no Python code says so. */
function quietExtreme(op: typeof LT | typeof GT): QuietForm {
  return { call: (_t: Thread, [only]: readonly Value[], key?: Value, fallback?: Value): Maybe => (only === undefined || key !== undefined || fallback !== undefined ? undefined : plainExtreme(itemsAtRest(only), op)), effect: 'look', result: 'any' };
}

withQuietForm(builtins_max, quietExtreme(GT));
withQuietForm(builtins_min, quietExtreme(LT));

/** `next`: Return the next item from the iterator. */
export function builtins_next(t: Thread, iterator: Value, fallback?: Value): NativeResult {
  if (fallback === undefined) {
    if (iterator instanceof PyGenerator && iterator.kind === 'generator') return sendInCaller(t, iterator, null);
    const next = typeOf(iterator).slots.tp_iternext;
    if (next === null) raiseTypeError(`'${typeName(iterator)}' object is not an iterator`);
    const item = next(t, iterator);
    return item === undefined ? raiseInCaller(t, newException(StopIteration)) : item;
  }
  const item = iterNext(t, iterator);
  return item === undefined ? fallback : item;
}

/** `pow`: Equivalent to base**exp with 2 arguments or base**exp % mod with 3 arguments. */
export function builtins_pow(t: Thread, base: Value, exp: Value, mod?: Value): Value {
  return power(t, base, exp, mod === undefined ? null : mod);
}

/** `print(*args, sep=' ', end='\n', file=None, flush=False)`. */
export function builtins_print(t: Thread, args: Value[], sep?: Value, end?: Value, file?: Value, flush?: Value): Value {
  const separator = textOrDefault('sep', sep, ' ');
  const ending = textOrDefault('end', end, '\n');
  let target: Maybe = file;
  if (target === undefined || target === null) {
    target = tableGetStr(t.interpreter.sys.table, 'stdout');
    if (target === undefined) raise(RuntimeError, 'lost sys.stdout');
    if (target === null) return null;
  }
  const write = getAttr(t, target, 'write');
  args.forEach((arg, i) => {
    if (i > 0) call(t, write, [separator]);
    call(t, write, [str(t, arg)]);
  });
  call(t, write, [ending]);
  if (flush !== undefined && isTrue(t, flush)) callMethod(t, target, 'flush');
  return null;
}

function textOrDefault(name: string, value: Maybe, fallback: string): string {
  if (value === undefined || value === null) return fallback;
  return asStr(value) ?? raiseTypeError(`${name} must be None or a string, not ${typeName(value)}`);
}

/** `repr`: Return the canonical string representation of the object. */
export function builtins_repr(t: Thread, object: Value): Value {
  return repr(t, object);
}

/** Values without parts, but ints that may have too many digits. */
function hasPlainRepr(value: Value): boolean {
  return value === null || (typeof value !== 'object' && typeof value !== 'bigint') || (value instanceof PyFloat && !value.type.flags.heapType);
}

withQuietForm(builtins_repr, { call: (t: Thread, object: Value): Maybe => (hasPlainRepr(object) ? repr(t, object) : undefined), effect: 'value', result: 'str' });

/** `round`: Round a number to a given precision in decimal digits. */
export function builtins_round(t: Thread, number: Value, ndigits?: Value): Value {
  const method = lookupSpecial(t, number, '__round__');
  if (method === undefined) raiseTypeError(`type ${typeName(number)} doesn't define __round__ method`);
  return call(t, method, ndigits === undefined || ndigits === null ? [] : [ndigits]);
}

/** `sorted`: Return a new list containing all items from the iterable in ascending order. */
export function builtins_sorted(t: Thread, iterable: Value, key?: Value, reverse?: Value): Value {
  const items = toArray(t, iterable, /* asks */ true);
  sortItems(t, items, key === undefined ? null : key, reverse !== undefined && isTrue(t, reverse));
  return newList(items);
}
