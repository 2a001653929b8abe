/**
 * Type parameters of generic aliases and unions: collecting them, and substituting arguments for them.
 *
 * Source: CPython Objects/genericaliasobject.c (_Py_make_parameters, _Py_subs_parameters), Objects/unionobject.c (_Py_typing_type_repr).
 */
import { PyList, PyTuple } from '../core/containers.ts';
import { PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import { lookupAttr } from './attributes.ts';
import { call } from './call.ts';
import { ELLIPSIS, newList, newTuple } from './make.ts';
import { raiseTypeError, typeName } from './raise.ts';
import { getItem } from './subscript.ts';
import { repr } from './text.ts';
import { isTrue } from './truth.ts';
import { asStr, typeOf } from './type-of.ts';

/** How a class or parameter is shown inside of `list[...]`. */
export function typeRepr(t: Thread, value: Value): string {
  if (value === ELLIPSIS) return '...';
  if (lookupAttr(t, value, '__origin__') !== undefined && lookupAttr(t, value, '__args__') !== undefined) return repr(t, value);
  const qualname = lookupAttr(t, value, '__qualname__');
  const module = qualname === undefined ? undefined : lookupAttr(t, value, '__module__');
  if (qualname === undefined || module === undefined || module === null) return repr(t, value);
  return asStr(module) === 'builtins' ? (asStr(qualname) ?? repr(t, qualname)) : `${asStr(module) ?? repr(t, module)}.${asStr(qualname) ?? repr(t, qualname)}`;
}

function addUnique(parameters: Value[], parameter: Value): void {
  if (!parameters.includes(parameter)) parameters.push(parameter);
}

function itemsOf(value: Maybe): readonly Value[] | undefined {
  return value instanceof PyTuple || value instanceof PyList ? value.items : undefined;
}

function collect(t: Thread, args: readonly Value[], parameters: Value[]): void {
  for (const arg of args) {
    if (arg instanceof PyType) continue;
    const nested = itemsOf(arg);
    if (nested !== undefined) collect(t, nested, parameters);
    else if (lookupAttr(t, arg, '__typing_subst__') !== undefined) addUnique(parameters, arg);
    else {
      const inner = lookupAttr(t, arg, '__parameters__');
      if (inner instanceof PyTuple) for (const parameter of inner.items) addUnique(parameters, parameter);
    }
  }
}

/** The parameters in `args`, in order of their first use. */
export function makeParameters(t: Thread, args: readonly Value[]): PyTuple {
  const parameters: Value[] = [];
  collect(t, args, parameters);
  return newTuple(parameters);
}

/** Replaces unpacked tuples among the given arguments by their items. */
function unpackArguments(t: Thread, item: Value): Value {
  const items = item instanceof PyTuple ? item.items : [item];
  const result: Value[] = [];
  for (const arg of items) {
    const unpacked = arg instanceof PyType ? undefined : lookupAttr(t, arg, '__typing_unpacked_tuple_args__');
    const endless = unpacked instanceof PyTuple && unpacked.items[unpacked.items.length - 1] === ELLIPSIS;
    if (unpacked instanceof PyTuple && !endless) result.push(...unpacked.items);
    else result.push(arg);
  }
  return newTuple(result);
}

function prepare(t: Thread, self: Value, parameters: readonly Value[], item: Value): Value {
  let prepared = unpackArguments(t, item);
  for (const parameter of parameters) {
    const hook = lookupAttr(t, parameter, '__typing_prepare_subst__');
    if (hook === undefined || hook === null) continue;
    prepared = call(t, hook, [self, prepared instanceof PyTuple ? prepared : newTuple([prepared])]);
  }
  return prepared;
}

/** obj[subargs] for an argument with parameters of its own. */
function substituteInside(t: Thread, value: Value, parameters: readonly Value[], given: readonly Value[]): Value {
  const inner = lookupAttr(t, value, '__parameters__');
  if (!(inner instanceof PyTuple) || inner.items.length === 0) return value;
  const result: Value[] = [];
  for (const parameter of inner.items) {
    const index = parameters.indexOf(parameter);
    const argument = index < 0 ? parameter : given[index]!;
    // A TypeVarTuple is iterable, and stands for all items of its tuple.
    if (index >= 0 && typeOf(parameter).slots.tp_iter !== null && argument instanceof PyTuple) result.push(...argument.items);
    else result.push(argument);
  }
  return getItem(t, value, newTuple(result));
}

function substituteAll(t: Thread, args: readonly Value[], parameters: readonly Value[], given: readonly Value[]): Value[] {
  const result: Value[] = [];
  for (const arg of args) {
    if (arg instanceof PyType) result.push(arg);
    else if (arg instanceof PyTuple) result.push(newTuple(substituteAll(t, arg.items, parameters, given)));
    else if (arg instanceof PyList) result.push(newList(substituteAll(t, arg.items, parameters, given)));
    else substituteOne(t, arg, parameters, given, result);
  }
  return result;
}

function substituteOne(t: Thread, arg: Value, parameters: readonly Value[], given: readonly Value[], result: Value[]): void {
  const marker = lookupAttr(t, arg, '__typing_is_unpacked_typevartuple__');
  const unpack = marker !== undefined && isTrue(t, marker);
  const hook = lookupAttr(t, arg, '__typing_subst__');
  const index = parameters.indexOf(arg);
  const value = hook !== undefined && index >= 0 ? call(t, hook, [given[index]!]) : substituteInside(t, arg, parameters, given);
  if (!unpack) result.push(value);
  else if (value instanceof PyTuple) result.push(...value.items);
  else raiseTypeError(`expected __typing_subst__ of ${typeName(arg)} objects to return a tuple, not ${typeName(value)}`);
}

/** The arguments of `self[item]`: `args` with `item` put in for the parameters. Raises TypeError when the numbers differ. */
export function substituteParameters(t: Thread, self: Value, args: PyTuple, parameters: PyTuple, item: Value): PyTuple {
  const { items } = parameters;
  if (items.length === 0) raiseTypeError(`${repr(t, self)} is not a generic class`);
  const prepared = prepare(t, self, items, item);
  const given = prepared instanceof PyTuple ? prepared.items : [prepared];
  if (given.length !== items.length) {
    const many = given.length > items.length;
    const least = !many && items.some((parameter) => lookupAttr(t, parameter, '__default__') !== undefined) ? 'at least ' : '';
    raiseTypeError(`Too ${many ? 'many' : 'few'} arguments for ${repr(t, self)}; actual ${given.length}, expected ${least}${items.length}`);
  }
  return newTuple(substituteAll(t, args.items, items, given));
}
