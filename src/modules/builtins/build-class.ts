/** `__build_class__`: the class statement (Python/bltinmodule.c). */
import { PyDict, PyTuple } from '../../core/containers.ts';
import { Frame, PyCell, PyFunction } from '../../core/function.ts';
import { PyType } from '../../core/type.ts';
import type { Thread } from '../../core/thread.ts';
import type { Maybe, Value } from '../../core/value.ts';
import { lookupAttr } from '../../objects/attributes.ts';
import { call } from '../../objects/call.ts';
import { tableSetStr } from '../../objects/hash-table.ts';
import { newDict, newTuple } from '../../objects/make.ts';
import { raiseRuntimeError, raiseTypeError, typeName } from '../../objects/raise.ts';
import { TYPE_TYPE } from '../../objects/static-types.ts';
import { repr } from '../../objects/text.ts';
import { asStr, typeOf } from '../../objects/type-of.ts';
import { calculateMetaclass } from '../../objects/type-new.ts';
import { setItem } from '../../objects/subscript.ts';
import { evaluate } from '../../interp/evaluate.ts';

/** Replaces bases that are no classes by what their `__mro_entries__` gives (PEP 560). */
function resolveBases(t: Thread, bases: readonly Value[]): Value[] {
  const resolved: Value[] = [];
  for (const base of bases) {
    if (base instanceof PyType) {
      resolved.push(base);
      continue;
    }
    const entries = lookupAttr(t, base, '__mro_entries__');
    if (entries === undefined) {
      resolved.push(base);
      continue;
    }
    const replacement = call(t, entries, [newTuple(bases.slice())]);
    if (!(replacement instanceof PyTuple)) raiseTypeError('__mro_entries__ must return a tuple');
    resolved.push(...replacement.items);
  }
  return resolved;
}

/** The class namespace from the metaclass's `__prepare__`. */
function prepare(t: Thread, metaclass: Value, name: Value, bases: PyTuple, keywords: ReadonlyMap<string, Value>): Value {
  const method = lookupAttr(t, metaclass, '__prepare__');
  if (method === undefined) return newDict();
  const namespace = call(t, method, [name, bases, ...keywords.values()], keywords.size === 0 ? null : [...keywords.keys()]);
  if (typeOf(namespace).slots.mp_subscript === null) {
    const shown = metaclass instanceof PyType ? metaclass.name : '<metaclass>';
    raiseTypeError(`${shown}.__prepare__() must return a mapping, not ${typeName(namespace)}`);
  }
  return namespace;
}

/** Runs the class body in `namespace`; returns its `__class__` cell, or None. */
function runBody(t: Thread, body: PyFunction, namespace: Value): Value {
  const frame = new Frame(body.code, body, namespace, new Array<Maybe>(body.code.frameSize));
  return evaluate(t, frame);
}

/** `__build_class__(func, name, *bases, metaclass=..., **keywords)`. */
export function builtins_build_class(t: Thread, args: Value[], keywords: Map<string, Value>): Value {
  if (args.length < 2) raiseTypeError('__build_class__: not enough arguments');
  const [body, name, ...given] = args as [Value, Value, ...Value[]];
  if (!(body instanceof PyFunction)) raiseTypeError('__build_class__: func must be a function');
  if (asStr(name) === undefined) raiseTypeError('__build_class__: name is not a string');
  const bases = newTuple(resolveBases(t, given));
  const rest = new Map(keywords);
  rest.delete('metaclass');
  let metaclass: Value = keywords.has('metaclass') ? keywords.get('metaclass')! : bases.items.length === 0 ? TYPE_TYPE : typeOf(bases.items[0]!);
  if (metaclass instanceof PyType) metaclass = calculateMetaclass(metaclass, bases.items);
  const namespace = prepare(t, metaclass, name, bases, rest);
  const cell = runBody(t, body, namespace);
  const changed = bases.items.length !== given.length || bases.items.some((base, i) => base !== given[i]);
  if (changed) setOriginalBases(t, namespace, given);
  const cls = call(t, metaclass, [name, bases, namespace, ...rest.values()], rest.size === 0 ? null : [...rest.keys()]);
  checkClassCell(t, cls, cell, name);
  return cls;
}


function setOriginalBases(t: Thread, namespace: Value, bases: readonly Value[]): void {
  if (namespace instanceof PyDict) tableSetStr(namespace.table, '__orig_bases__', newTuple(bases.slice()));
  else setItem(t, namespace, '__orig_bases__', newTuple(bases.slice()));
}

function checkClassCell(t: Thread, cls: Value, cell: Value, name: Value): void {
  if (!(cls instanceof PyType) || !(cell instanceof PyCell)) return;
  if (cell.value === undefined) {
    raiseRuntimeError(`__class__ not set defining ${repr(t, name)} as ${repr(t, cls)}. Was __classcell__ propagated to type.__new__?`);
  }
  if (cell.value !== cls) raiseTypeError(`__class__ set to ${repr(t, cell.value)} defining ${repr(t, name)} as ${repr(t, cls)}`);
}

