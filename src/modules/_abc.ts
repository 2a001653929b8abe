/** `_abc` (Modules/_abc.c): the registry and caches behind `abc.ABCMeta`. */
import { PyTuple } from '../core/containers.ts';
import { PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import { PyObject, type Maybe, type Value } from '../core/value.ts';
import { getAttr, lookupAttr, setAttr } from '../objects/attributes.ts';
import { callMethod } from '../objects/call.ts';
import { AssertionError, RuntimeError } from '../objects/exception-types.ts';
import { tableDeleteStr, tableGetStr, tableSet } from '../objects/hash-table.ts';
import { toArray } from '../objects/iterate.ts';
import { newFrozenSet, newSet, newTuple, NOT_IMPLEMENTED } from '../objects/make.ts';
import { raise, raiseTypeError } from '../objects/raise.ts';
import { staticType, WEAKREF_TYPE } from '../objects/static-types.ts';
import { isTrue } from '../objects/truth.ts';
import { isSubclassOf } from '../objects/type.ts';
import { asInt, typeOf } from '../objects/type-of.ts';
import { readyType } from '../objects/type-ready.ts';
import { newWeakReference } from '../objects/js-collector.ts';
import { newWeakRef } from '../objects/weakref.ts';
import type { NativeModule } from './native-module.ts';

const SEQUENCE_FLAG = 1 << 5;
const MAPPING_FLAG = 1 << 6;
const DATA_NAME = '_abc_impl';

/** Classes held weakly, in order of addition. */
class WeakClasses {
  private members = new WeakSet<object>();
  private references: WeakRef<PyObject>[] = [];

  has(cls: Value): boolean {
    return cls instanceof PyObject && this.members.has(cls);
  }

  add(cls: Value): void {
    if (!(cls instanceof PyObject) || this.members.has(cls)) return;
    this.members.add(cls);
    this.references.push(newWeakReference(cls));
  }

  clear(): void {
    this.members = new WeakSet();
    this.references = [];
  }

  live(): PyObject[] {
    return this.references.map((reference) => reference.deref()).filter((cls) => cls !== undefined);
  }
}

const ABC_DATA_TYPE = staticType('_abc_data', { module: '_abc' });

class PyAbcData extends PyObject {
  readonly registry = new WeakClasses();
  readonly cache = new WeakClasses();
  readonly negative = new WeakClasses();
  negativeVersion: number;
  constructor(version: number) {
    super(ABC_DATA_TYPE);
    this.negativeVersion = version;
  }
}

readyType(ABC_DATA_TYPE, { doc: 'Internal state held by ABC machinery.', slots: { tp_new: (t) => new PyAbcData(counter(t).value) } });

interface Counter {
  value: number;
}

/** Counts registrations: negative caches made before the last one are stale. */
function counter(t: Thread): Counter {
  let state = t.interpreter.moduleState.get('_abc') as Counter | undefined;
  if (state === undefined) {
    state = { value: 0 };
    t.interpreter.moduleState.set('_abc', state);
  }
  return state;
}

function dataOf(t: Thread, cls: Value): PyAbcData {
  const data = lookupAttr(t, cls, DATA_NAME);
  return data instanceof PyAbcData ? data : raiseTypeError('_abc_impl is set to a wrong type');
}

function isAbstract(t: Thread, value: Maybe): boolean {
  if (value === undefined || !(value instanceof PyObject)) return false;
  const marker = lookupAttr(t, value, '__isabstractmethod__');
  return marker !== undefined && isTrue(t, marker);
}

function computeAbstractMethods(t: Thread, cls: PyType): void {
  const names = newSet();
  const { table } = cls.attributes;
  const { keys, values } = table;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i];
    if (key !== undefined && isAbstract(t, values[i])) tableSet(t, names.table, key, undefined);
  }
  for (const base of cls.bases) {
    const inherited = lookupAttr(t, base, '__abstractmethods__');
    if (inherited === undefined) continue;
    for (const name of toArray(t, inherited)) {
      if (typeof name === 'string' && isAbstract(t, lookupAttr(t, cls, name))) tableSet(t, names.table, name, undefined);
    }
  }
  setAttr(t, cls, '__abstractmethods__', newFrozenSet(names.table));
}

function abc_init(t: Thread, self: Value): void {
  if (!(self instanceof PyType)) raiseTypeError('_abc_init() argument must be a type');
  computeAbstractMethods(t, self);
  setAttr(t, self, DATA_NAME, new PyAbcData(counter(t).value));
  const flags = asInt(tableGetStr(self.attributes.table, '__abc_tpflags__'));
  if (flags === undefined) return;
  const wanted = Number(flags) & (SEQUENCE_FLAG | MAPPING_FLAG);
  if (wanted === (SEQUENCE_FLAG | MAPPING_FLAG)) raiseTypeError('__abc_tpflags__ cannot be both Py_TPFLAGS_SEQUENCE and Py_TPFLAGS_MAPPING');
  if (wanted !== 0) {
    self.flags.sequence = wanted === SEQUENCE_FLAG;
    self.flags.mapping = wanted === MAPPING_FLAG;
  }
  tableDeleteStr(self.attributes.table, '__abc_tpflags__');
}

/** Hands the collection flag of an ABC to a registered class and its subclasses. */
function setCollectionFlag(cls: PyType, from: PyType): void {
  const { flags } = cls;
  if (!flags.heapType || (flags.sequence === from.flags.sequence && flags.mapping === from.flags.mapping)) return;
  flags.sequence = from.flags.sequence;
  flags.mapping = from.flags.mapping;
  for (const reference of cls.subclasses) {
    const subclass = reference.deref();
    if (subclass !== undefined) setCollectionFlag(subclass, from);
  }
}

function abc_register(t: Thread, self: Value, subclass: Value): Value {
  if (!(subclass instanceof PyType)) raiseTypeError('Can only register classes');
  if (isSubclassOf(t, subclass, self)) return subclass;
  if (isSubclassOf(t, self, subclass)) raise(RuntimeError, 'Refusing to create an inheritance cycle');
  dataOf(t, self).registry.add(subclass);
  counter(t).value++;
  if (self instanceof PyType && (self.flags.sequence || self.flags.mapping)) setCollectionFlag(subclass, self);
  return subclass;
}

function abc_instancecheck(t: Thread, self: Value, instance: Value): Value {
  const data = dataOf(t, self);
  const subclass = getAttr(t, instance, '__class__');
  if (data.cache.has(subclass)) return true;
  const subtype = typeOf(instance);
  if (subtype === subclass) {
    if (data.negativeVersion === counter(t).value && data.negative.has(subclass)) return false;
    return callMethod(t, self, '__subclasscheck__', subclass);
  }
  const result = callMethod(t, self, '__subclasscheck__', subclass);
  return isTrue(t, result) ? result : callMethod(t, self, '__subclasscheck__', subtype);
}

/** What the caches know; undefined for nothing. */
function cachedAnswer(t: Thread, data: PyAbcData, subclass: PyType): boolean | undefined {
  if (data.cache.has(subclass)) return true;
  const version = counter(t).value;
  if (data.negativeVersion < version) {
    data.negative.clear();
    data.negativeVersion = version;
  } else if (data.negative.has(subclass)) return false;
  return undefined;
}

function byStructure(t: Thread, self: Value, data: PyAbcData, subclass: PyType): boolean {
  if (self instanceof PyType && subclass.mro.includes(self)) return true;
  if (data.registry.has(subclass)) return true;
  if (data.registry.live().some((registered) => isSubclassOf(t, subclass, registered))) return true;
  return toArray(t, callMethod(t, self, '__subclasses__')).some((derived) => isSubclassOf(t, subclass, derived));
}

function abc_subclasscheck(t: Thread, self: Value, subclass: Value): Value {
  if (!(subclass instanceof PyType)) raiseTypeError('issubclass() arg 1 must be a class');
  const data = dataOf(t, self);
  const known = cachedAnswer(t, data, subclass);
  if (known !== undefined) return known;
  const hooked = callMethod(t, self, '__subclasshook__', subclass);
  if (hooked !== NOT_IMPLEMENTED && typeof hooked !== 'boolean') raise(AssertionError, '__subclasshook__ must return either False, True, or NotImplemented');
  const answer = hooked === NOT_IMPLEMENTED ? byStructure(t, self, data, subclass) : hooked;
  (answer === true ? data.cache : data.negative).add(subclass);
  return answer;
}

function referencesTo(t: Thread, classes: WeakClasses): Value {
  const set = newSet();
  for (const cls of classes.live()) tableSet(t, set.table, newWeakRef(WEAKREF_TYPE, cls, null), undefined);
  return set;
}

function abc_get_dump(t: Thread, self: Value): PyTuple {
  const data = dataOf(t, self);
  return newTuple([referencesTo(t, data.registry), referencesTo(t, data.cache), referencesTo(t, data.negative), data.negativeVersion]);
}

/** The table. */
export const ABC_MODULE: NativeModule = {
  name: '_abc',
  doc: 'Module contains faster C implementation of abc.ABCMeta',
  functions: {
    get_cache_token: [(t: Thread) => counter(t).value, '($module, /)', 'Returns the current ABC cache token.'],
    _abc_init: [abc_init, '($module, self, /)', 'Internal ABC helper for class set-up. Should be never used outside abc module.'],
    _abc_register: [abc_register, '($module, self, subclass, /)', 'Internal ABC helper for subclasss registration. Should be never used outside abc module.'],
    _abc_instancecheck: [abc_instancecheck, '($module, self, instance, /)', 'Internal ABC helper for instance checks. Should be never used outside abc module.'],
    _abc_subclasscheck: [abc_subclasscheck, '($module, self, subclass, /)', 'Internal ABC helper for subclasss checks. Should be never used outside abc module.'],
    _get_dump: [abc_get_dump, '($module, self, /)', 'Internal ABC helper for cache and registry debugging.'],
    _reset_registry: [(t: Thread, self: Value) => dataOf(t, self).registry.clear(), '($module, self, /)', 'Internal ABC helper to reset registry of a given class.'],
    _reset_caches: [
      (t: Thread, self: Value) => {
        dataOf(t, self).cache.clear();
        dataOf(t, self).negative.clear();
      },
      '($module, self, /)', 'Internal ABC helper to reset both caches of a given class.',
    ],
  },
};
