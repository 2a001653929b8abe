/**
 * `weakref.ReferenceType`, `ProxyType` and `CallableProxyType` over JavaScript's WeakRef (Objects/weakrefobject.c).
 *
 * A referent dies when the engine's collector finds it, not when the last name goes: see docs/differences/weakref.md. Callbacks run in `gc.collect()`, and
 * now and then as references are made.
 */
import { PyInstance } from '../core/instance.ts';
import { EQ, NE, type KeywordNames, type PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import { PyObject, type Int, type Maybe, type Value } from '../core/value.ts';
import { getAttr, lookupAttr, setAttr } from './attributes.ts';
import { call, callMethod } from './call.ts';
import { isIdentical, richCompare } from './compare.ts';
import { ReferenceError } from './exception-types.ts';
import { CLASS_GETITEM } from './generic-alias-record.ts';
import { hashOf } from './hash-value.ts';
import { getIterator, iterNext } from './iterate.ts';
import { newFloat, NOT_IMPLEMENTED } from './make.ts';
import { toDouble } from './numbers.ts';
import { BINARY_OPERATORS, binaryOperator, inplaceOperator, power, toIndex, unaryOperator } from './operators.ts';
import { raise, raiseTypeError, typeName } from './raise.ts';
import { INT_TYPE, WEAKCALLABLEPROXY_TYPE, WEAKPROXY_TYPE, WEAKREF_TYPE } from './static-types.ts';
import { contains, getItem, setItem } from './subscript.ts';
import { addressOf, str } from './text.ts';
import { newWeakReference } from './js-collector.ts';
import { unlinkDict } from './linked-dict.ts';
import { isTrue, lengthOf } from './truth.ts';
import { readyType, type TypeParts } from './type-ready.ts';
import { typeOf } from './type-of.ts';

/** A weak reference or proxy. */
export class PyWeakRef extends PyObject {
  readonly target: WeakRef<PyObject>;
  callback: Value;
  hash: Int | null = null;
  constructor(type: PyType, target: PyObject, callback: Value) {
    super(type);
    this.target = newWeakReference(target);
    this.callback = callback;
  }

  /** The referent, or undefined once it is gone. */
  get referent(): PyObject | undefined {
    return this.target.deref();
  }
}

/** All references to an object that still live, in order of creation; those to plain instances are in the instance. */
const references = new WeakMap<PyObject, WeakRef<PyWeakRef>[]>();

function referencesOf(object: PyObject): WeakRef<PyWeakRef>[] | undefined {
  return object instanceof PyInstance ? (object.weakReferences as WeakRef<PyWeakRef>[] | undefined) : references.get(object);
}

function addReference(object: PyObject, held: WeakRef<PyWeakRef>): void {
  const list = referencesOf(object);
  if (list !== undefined) list.push(held);
  else if (object instanceof PyInstance) {
    unlinkDict(object);
    object.weakReferences = [held];
  } else references.set(object, [held]);
}

/** References with a callback, oldest first. They are held weakly: the callback of a reference that is itself gone is not called. */
let watched: WeakRef<PyWeakRef>[] = [];

/** So many watched references are looked through; doubled while most of them live. */
const LOOK_AT = 1024;
let lookAt = LOOK_AT;
let isLooking = false;

type Report = (t: Thread, exception: unknown, callback: Value) => void;
let report: Report = (_t, exception) => {
  throw exception;
};

/** Sets who is told of what callbacks raise; done once, by the `gc` module. */
export function setCallbackReport(implementation: Report): void {
  report = implementation;
}

/** Called for each new reference: now and then calls the callbacks of references to dead objects. */
function afterMaking(t: Thread): void {
  if (watched.length < lookAt || isLooking) return;
  runWeakrefCallbacks(t);
  lookAt = Math.max(LOOK_AT, watched.length * 2);
}

/** The live references to `object`. */
export function weakReferencesTo(object: Value): PyWeakRef[] {
  if (!(object instanceof PyObject)) return [];
  return (referencesOf(object) ?? []).map((held) => held.deref()).filter((reference): reference is PyWeakRef => reference !== undefined);
}

function checkReferable(object: Value): PyObject {
  if (!(object instanceof PyObject) || !object.type.flags.hasWeakref) raiseTypeError(`cannot create weak reference to '${typeName(object)}' object`);
  return object;
}

/** A reference; without callback the existing one of exactly this type is used again. */
export function newWeakRef(type: PyType, object: Value, callback: Value): PyWeakRef {
  const target = checkReferable(object);
  if (callback === null && (type === WEAKREF_TYPE || type === WEAKPROXY_TYPE || type === WEAKCALLABLEPROXY_TYPE)) {
    const known = weakReferencesTo(target).find((reference) => reference.type === type && reference.callback === null);
    if (known !== undefined) return known;
  }
  const reference = new PyWeakRef(type, target, callback);
  const held = newWeakReference(reference);
  addReference(target, held);
  if (callback !== null) watched.push(held);
  return reference;
}

/** Calls the callbacks of references whose referents the collector has found dead, the newest first. Returns whether there were any. */
export function runWeakrefCallbacks(t: Thread): boolean {
  const due: PyWeakRef[] = [];
  watched = watched.filter((held) => {
    const reference = held.deref();
    if (reference === undefined) return false;
    if (reference.referent !== undefined) return true;
    due.push(reference);
    return false;
  });
  isLooking = true;
  try {
    for (const reference of due.reverse()) runCallback(t, reference);
  } finally {
    isLooking = false;
  }
  return due.length > 0;
}

function runCallback(t: Thread, reference: PyWeakRef): void {
  const callback = reference.callback;
  reference.callback = null;
  if (callback === null) return;
  try {
    call(t, callback, [reference]);
  } catch (exception) {
    report(t, exception, callback);
  }
}

function weakref_new(t: Thread, type: PyType, args: Value[], keywords: KeywordNames): Value {
  afterMaking(t);
  if (keywords !== null && keywords.length > 0 && type === WEAKREF_TYPE) raiseTypeError('ref() takes no keyword arguments');
  if (args.length < 1) raiseTypeError('__new__ expected at least 1 argument, got 0');
  return newWeakRef(type, args[0]!, args.length > 1 ? args[1]! : null);
}

function weakref_repr(t: Thread, self: PyWeakRef): string {
  const target = self.referent;
  if (target === undefined) return `<weakref at ${addressOf(self)}; dead>`;
  const name = lookupAttr(t, target, '__name__');
  const suffix = typeof name === 'string' ? ` (${name})` : '';
  return `<weakref at ${addressOf(self)}; to '${typeOf(target).name}' at ${addressOf(target)}${suffix}>`;
}

function weakref_hash(t: Thread, self: PyWeakRef): Int {
  if (self.hash !== null) return self.hash;
  const target = self.referent;
  if (target === undefined) raiseTypeError('weak object has gone away');
  self.hash = hashOf(t, target);
  return self.hash;
}

readyType(WEAKREF_TYPE, {
  doc: 'A weak reference to an object.',
  slots: {
    tp_new: weakref_new,
    tp_init: () => undefined,
    tp_alloc: (type) => new PyWeakRef(type, type, null),
    tp_call: (_t, self: PyWeakRef, args) => {
      if (args.length > 0) raiseTypeError(`weakref() takes no arguments (${args.length} given)`);
      return self.referent ?? null;
    },
    tp_repr: weakref_repr,
    tp_hash: weakref_hash,
    tp_richcompare: (t, self: PyWeakRef, other, op) => {
      if ((op !== EQ && op !== NE) || !(other instanceof PyWeakRef)) return NOT_IMPLEMENTED;
      const [a, b] = [self.referent, other.referent];
      if (a === undefined || b === undefined) return isIdentical(self, other) === (op === EQ);
      return richCompare(t, a, b, op);
    },
  },
  methods: { __class_getitem__: CLASS_GETITEM },
  getset: { __callback__: { get: (_t, self) => (self as PyWeakRef).callback, member: true } },
});

/** The referent of a proxy; raises ReferenceError when it is gone. Anything else is itself. */
function unwrap(value: Value): Value {
  if (!(value instanceof PyWeakRef) || (value.type !== WEAKPROXY_TYPE && value.type !== WEAKCALLABLEPROXY_TYPE)) return value;
  return value.referent ?? raise(ReferenceError, 'weakly-referenced object no longer exists');
}

function binarySlots(): NonNullable<TypeParts['slots']> {
  const slots: Record<string, (t: Thread, left: Value, right: Value) => Value> = {};
  BINARY_OPERATORS.forEach((row, i) => {
    if (row.slot === 'nb_power') return;
    slots[row.slot] = (t, left, right) => binaryOperator(t, unwrap(left), unwrap(right), i);
    slots[row.inplace] = (t, left, right) => inplaceOperator(t, unwrap(left), unwrap(right), i);
  });
  return slots as NonNullable<TypeParts['slots']>;
}

const PROXY_SLOTS: NonNullable<TypeParts['slots']> = {
  ...binarySlots(),
  tp_getattro: (t, self, name) => getAttr(t, unwrap(self), name),
  tp_setattro: (t, self, name, value: Maybe) => setAttr(t, unwrap(self), name, value),
  tp_repr: (_t, self: PyWeakRef) => {
    const target = self.referent;
    return target === undefined ? `<weakproxy at ${addressOf(self)} to NoneType at 0x0>` : `<weakproxy at ${addressOf(self)} to ${typeOf(target).name} at ${addressOf(target)}>`;
  },
  tp_str: (t, self) => str(t, unwrap(self)),
  tp_richcompare: (t, left, right, op) => richCompare(t, unwrap(left), unwrap(right), op),
  tp_iter: (t, self) => getIterator(t, unwrap(self)),
  tp_iternext: (t, self) => iterNext(t, unwrap(self)),
  nb_power: (t, base, exponent, modulus) => power(t, unwrap(base), unwrap(exponent), unwrap(modulus)),
  nb_negative: (t, self) => unaryOperator(t, unwrap(self), 'nb_negative', 'unary -'),
  nb_positive: (t, self) => unaryOperator(t, unwrap(self), 'nb_positive', 'unary +'),
  nb_absolute: (t, self) => unaryOperator(t, unwrap(self), 'nb_absolute', 'abs()'),
  nb_invert: (t, self) => unaryOperator(t, unwrap(self), 'nb_invert', 'unary ~'),
  nb_bool: (t, self) => isTrue(t, unwrap(self)),
  nb_index: (t, self) => toIndex(t, unwrap(self)),
  nb_int: (t, self) => call(t, INT_TYPE, [unwrap(self)]),
  nb_float: (t, self) => newFloat(toDouble(t, unwrap(self))),
  sq_length: (t, self) => lengthOf(t, unwrap(self)),
  mp_length: (t, self) => lengthOf(t, unwrap(self)),
  sq_contains: (t, self, item) => contains(t, unwrap(self), item),
  mp_subscript: (t, self, key) => getItem(t, unwrap(self), key),
  mp_ass_subscript: (t, self, key, value: Maybe) => setItem(t, unwrap(self), key, value),
  tp_hash: (_t, self) => raiseTypeError(`unhashable type: '${typeName(self)}'`),
};

const PROXY_METHODS: NonNullable<TypeParts['methods']> = {
  __bytes__: [(t: Thread, self: Value) => callMethod(t, unwrap(self), '__bytes__'), '!($self, /)', ''],
  __reversed__: [(t: Thread, self: Value) => callMethod(t, unwrap(self), '__reversed__'), '!($self, /)', ''],
};

readyType(WEAKPROXY_TYPE, { slots: PROXY_SLOTS, methods: PROXY_METHODS });
readyType(WEAKCALLABLEPROXY_TYPE, { slots: { ...PROXY_SLOTS, tp_call: (t, self, args, keywords) => call(t, unwrap(self), args, keywords) }, methods: PROXY_METHODS });

