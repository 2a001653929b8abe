/**
 * Making a class: `type(name, bases, namespace)` (type_new in Objects/typeobject.c).
 *
 *   bases → metaclass → layout (solid base, __slots__) → record → namespace → MRO → slots → __set_name__ → __init_subclass__
 */
import { mangle } from '../base/mangle.ts';
import { HashTable, PyDict } from '../core/containers.ts';
import { PyCell, PyFunction } from '../core/function.ts';
import { PyInstance, setSlotAt, slotAt } from '../core/instance.ts';
import { PyGetSetDescriptor } from '../core/native.ts';
import { PyType, type KeywordNames } from '../core/type.ts';
import { topPlace, type Thread } from '../core/thread.ts';
import { PyObject, type Maybe, type Value } from '../core/value.ts';
import { lookupAttr, lookupSpecial, typeLookup } from './attributes.ts';
import { call, callMethod } from './call.ts';
import { tableCopy, tableDeleteStr, tableGetStr, tableSetStr } from './hash-table.ts';
import { checkInstanceWritable, settleInstance, rootShape } from './instance-attributes.ts';
import { toArray } from './iterate.ts';
import { checkUtf8 } from './codec-errors.ts';
import { dictMergeFrom } from './dict.ts';
import { mergeMro } from './mro.ts';
import { AttributeError } from './exception-types.ts';
import { raise, raiseTypeError, raiseValueError, typeName } from './raise.ts';
import { resolveAllSlots } from './slot-resolution.ts';
import { DICT_TYPE, GETSET_DESCRIPTOR_TYPE, MEMBER_DESCRIPTOR_TYPE, OBJECT_TYPE, STATICMETHOD_TYPE, CLASSMETHOD_TYPE, TYPE_TYPE } from './static-types.ts';
import { PyStaticMethod } from './type-ready.ts';
import { bestBase } from './type-layout.ts';
import { renewType } from './type-version.ts';
import { asStr, isSubtype, typeOf } from './type-of.ts';
import { PyClassMethod } from './class-method.ts';
import { DICT_GETSET } from './instance-dict.ts';
import { newWeakReference } from './js-collector.ts';
import { slotIsIdentifier } from './algorithms/slot-names.ts';

/** The most derived metaclass of `metatype` and those of `bases`; raises TypeError on a conflict. */
export function calculateMetaclass(metatype: PyType, bases: readonly Value[]): PyType {
  let winner = metatype;
  for (const base of bases) {
    const candidate = typeOf(base);
    if (isSubtype(winner, candidate)) continue;
    if (isSubtype(candidate, winner)) winner = candidate;
    else raiseTypeError('metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases');
  }
  return winner;
}

interface SlotPlan {
  readonly names: readonly string[];
  readonly addDict: boolean;
  readonly addWeakref: boolean;
}

function planSlots(t: Thread, name: string, base: PyType, namespace: HashTable): SlotPlan {
  const declared = tableGetStr(namespace, '__slots__');
  if (declared === undefined) return { names: [], addDict: !base.flags.hasDict, addWeakref: !base.flags.hasWeakref };
  const items = asStr(declared) !== undefined ? [declared] : toArray(t, declared);
  let addDict = false;
  let addWeakref = false;
  const names: string[] = [];
  if (items.length > 0 && isVariableSize(base)) raiseTypeError(`nonempty __slots__ not supported for subtype of '${base.name}'`);
  for (const item of items) {
    const slot = asStr(item);
    if (slot === undefined) raiseTypeError(`__slots__ items must be strings, not '${typeName(item)}'`);
    if (!slotIsIdentifier(slot)) raiseTypeError('__slots__ must be identifiers');
    if (slot === '__dict__') {
      if (base.flags.hasDict || addDict) raiseTypeError('__dict__ slot disallowed: we already got one');
      addDict = true;
    } else if (slot === '__weakref__') {
      if (base.flags.hasWeakref || addWeakref) raiseTypeError('__weakref__ slot disallowed: we already got one');
      addWeakref = true;
    } else {
      const mangled = mangle(name, slot);
      if (tableGetStr(namespace, mangled) !== undefined && mangled !== '__qualname__' && mangled !== '__classcell__' && mangled !== '__classdictcell__') {
        raiseValueError(`'${slot}' in __slots__ conflicts with class variable`);
      }
      names.push(mangled);
    }
  }
  return { names: names.sort(), addDict, addWeakref };
}

const VARIABLE_SIZE = new Set(['int', 'bytes', 'tuple', 'type']);

function isVariableSize(base: PyType): boolean {
  return VARIABLE_SIZE.has(base.solidBase.name) && base.solidBase !== OBJECT_TYPE;
}

/** Values of `__slots__` members of objects that are no plain instances (subclasses of list, exceptions, ...). */
const sideSlots = new WeakMap<PyObject, Maybe[]>();

function memberOf(object: PyObject, index: number): Maybe {
  if (!(object instanceof PyInstance)) return sideSlots.get(object)?.[index];
  settleInstance(object);
  return slotAt(object, index);
}

function setMember(object: PyObject, index: number, value: Maybe): void {
  if (object instanceof PyInstance) {
    setSlotAt(object, index, value);
    return;
  }
  let slots = sideSlots.get(object);
  if (slots === undefined) sideSlots.set(object, (slots = []));
  slots[index] = value;
}

function memberDescriptor(type: PyType, name: string, index: number): PyGetSetDescriptor {
  return new PyGetSetDescriptor(MEMBER_DESCRIPTOR_TYPE, type, name, {
    get: (_t, self) => memberOf(self as PyObject, index),
    set: (_t, self, value) => {
      if (self instanceof PyInstance) checkInstanceWritable(self);
      // The name is all that CPython says (PyMember_SetOne).
      if (value === undefined && memberOf(self as PyObject, index) === undefined) raise(AttributeError, name);
      setMember(self as PyObject, index, value);
    },
    doc: null,
    slot: index,
    isPlainSlot: true,
  });
}

const DICT_ACCESS = { ...DICT_GETSET, slot: -1 };

function addDescriptors(type: PyType, plan: SlotPlan): void {
  const table = type.attributes.table;
  plan.names.forEach((name, i) => tableSetStr(table, name, memberDescriptor(type, name, type.base!.memberCount + i)));
  if (plan.addDict && tableGetStr(table, '__dict__') === undefined) {
    tableSetStr(table, '__dict__', new PyGetSetDescriptor(GETSET_DESCRIPTOR_TYPE, type, '__dict__', DICT_ACCESS));
  }
  if (plan.addWeakref && tableGetStr(table, '__weakref__') === undefined) {
    tableSetStr(table, '__weakref__', new PyGetSetDescriptor(GETSET_DESCRIPTOR_TYPE, type, '__weakref__', {
      get: () => null, set: null, doc: 'list of weak references to the object', slot: -1,
    }));
  }
}

/** Turns functions into the implicit static and class methods, and takes `__qualname__`, `__classcell__` out of the namespace. */
function adjustNamespace(type: PyType): Maybe[] {
  const table = type.attributes.table;
  const isFunction = (value: Maybe): value is Value => value instanceof PyFunction;
  const newMethod = tableGetStr(table, '__new__');
  if (isFunction(newMethod)) tableSetStr(table, '__new__', new PyStaticMethod(STATICMETHOD_TYPE, newMethod));
  for (const name of ['__init_subclass__', '__class_getitem__']) {
    const method = tableGetStr(table, name);
    if (isFunction(method)) tableSetStr(table, name, new PyClassMethod(CLASSMETHOD_TYPE, method));
  }
  const qualname = tableGetStr(table, '__qualname__');
  if (qualname !== undefined) {
    const text = asStr(qualname);
    if (text === undefined) raiseTypeError(`type __qualname__ must be a str, not ${typeName(qualname)}`);
    type.qualname = text;
    tableDeleteStr(table, '__qualname__');
  }
  const cells = [tableGetStr(table, '__classcell__'), tableGetStr(table, '__classdictcell__')];
  tableDeleteStr(table, '__classcell__');
  tableDeleteStr(table, '__classdictcell__');
  return cells;
}

function setModuleAndDoc(t: Thread, type: PyType): void {
  const table = type.attributes.table;
  if (tableGetStr(table, '__module__') === undefined && topPlace(t) !== null) {
    const module = tableGetStr(topPlace(t)!.globals.table, '__name__');
    if (module !== undefined) tableSetStr(table, '__module__', module);
  }
  const doc = tableGetStr(table, '__doc__');
  if (doc === undefined) tableSetStr(table, '__doc__', null);
  else if (typeof doc === 'string') checkUtf8(doc);
  if (tableGetStr(table, '__eq__') !== undefined && tableGetStr(table, '__hash__') === undefined) tableSetStr(table, '__hash__', null);
}

/** Computes the MRO: by C3, or by the metaclass's own `mro()`. */
export function computeTypeMro(t: Thread, type: PyType): PyType[] {
  const custom = typeLookup(type.type, 'mro');
  if (type.type === TYPE_TYPE || custom === typeLookup(TYPE_TYPE, 'mro')) return mergeMro(type);
  const result = toArray(t, callMethod(t, type, 'mro'));
  for (const entry of result) {
    if (!(entry instanceof PyType)) raiseTypeError(`mro() returned a non-class ('${typeName(entry)}')`);
    if (!isSubtype(type.solidBase, entry.solidBase)) raiseTypeError(`mro() returned base with unsuitable layout ('${entry.name}')`);
  }
  return result as PyType[];
}

function callSetNames(t: Thread, type: PyType): void {
  const table = type.attributes.table;
  const entries: [Value, Value][] = [];
  table.keys.forEach((key, i) => {
    if (key !== undefined) entries.push([key, table.values[i]!]);
  });
  for (const [key, value] of entries) {
    const setName = lookupSpecial(t, value, '__set_name__');
    if (setName === undefined) continue;
    try {
      call(t, setName, [type, key]);
    } catch (caught) {
      addSetNameNote(t, caught, key, value, type);
      throw caught;
    }
  }
}

function addSetNameNote(t: Thread, caught: unknown, key: Value, value: Value, type: PyType): void {
  if (!(caught instanceof PyObject)) return;
  callMethod(t, caught, 'add_note', `Error calling __set_name__ on '${typeName(value)}' instance '${String(key)}' in '${type.name}'`);
}

function callInitSubclass(t: Thread, type: PyType, args: Value[], keywords: KeywordNames): void {
  const superInit = type.mro.slice(1).map((base) => tableGetStr(base.attributes.table, '__init_subclass__')).find((value) => value !== undefined);
  if (superInit === undefined) return;
  const get = typeOf(superInit).slots.tp_descr_get;
  const bound = get === null ? superInit : get(t, superInit, undefined, type);
  call(t, bound, args, keywords);
}

function checkBases(t: Thread, bases: readonly Value[]): PyType[] {
  if (bases.length === 0) return [OBJECT_TYPE];
  for (const base of bases) {
    if (base instanceof PyType) continue;
    if (lookupAttr(t, base, '__mro_entries__') !== undefined) {
      raiseTypeError('type() doesn\'t support MRO entry resolution; use types.new_class()');
    }
    raiseTypeError('bases must be types');
  }
  return bases as PyType[];
}

function newTypeRecord(t: Thread, metatype: PyType, name: string, bases: PyType[], namespace: PyDict, plan: SlotPlan, base: PyType): PyType {
  const type = new PyType(metatype, name, base, {
    heapType: true,
    baseType: true,
    hasDict: base.flags.hasDict || plan.addDict || bases.some((other) => other.flags.hasDict),
    hasWeakref: base.flags.hasWeakref || plan.addWeakref || bases.some((other) => other.flags.hasWeakref),
    sequence: bases.some((other) => other.flags.sequence),
    mapping: bases.some((other) => other.flags.mapping),
    methodDescriptor: false,
    disallowInstantiation: false,
    isAbstract: false,
    immutable: false,
  });
  type.bases = bases;
  type.attributes = new PyDict(DICT_TYPE, namespace.type === DICT_TYPE ? tableCopy(namespace.table) : new HashTable());
  if (namespace.type !== DICT_TYPE) dictMergeFrom(t, type.attributes, namespace);
  type.memberCount = base.memberCount + plan.names.length;
  type.memberNames = plan.names;
  type.matchSelf = base.matchSelf;
  type.ready = true;
  return type;
}

function registerSubclass(type: PyType): void {
  for (const base of type.bases) {
    if (base.subclasses.length > 16 && base.subclasses.length % 64 === 0) base.subclasses = base.subclasses.filter((ref) => ref.deref() !== undefined);
    base.subclasses.push(newWeakReference(type));
  }
}

/** Recomputes everything that depends on the bases; for a new class and for `__bases__` assignment. */
export function finishType(t: Thread, type: PyType): void {
  type.mro = [type, ...type.bases.flatMap((base) => base.mro)];
  renewType(type);
  type.mro = computeTypeMro(t, type);
  type.lookupCache.clear();
  type.rootShape = null;
  rootShape(type);
  resolveAllSlots(type);
}

/** Refuses what no C string can hold: the names of classes are UTF-8 without null characters. Returns the name. */
export function checkTypeName(name: string): string {
  if (name.includes('\0')) raiseValueError('type name must not contain null characters');
  checkUtf8(name);
  return name;
}

/** `type.__new__(metatype, name, bases, namespace, **keywords)`; keyword values end `args`. */
export function makeType(t: Thread, metatype: PyType, name: string, basesGiven: readonly Value[], namespace: PyDict, args: Value[], keywords: KeywordNames): PyType {
  const bases = checkBases(t, basesGiven);
  checkTypeName(name);
  const base = bestBase(bases);
  const plan = planSlots(t, name, base, namespace.table);
  const type = newTypeRecord(t, metatype, name, bases, namespace, plan, base);
  const cells = adjustNamespace(type);
  setModuleAndDoc(t, type);
  addDescriptors(type, plan);
  finishType(t, type);
  registerSubclass(type);
  const [classCell, classDictCell] = cells;
  if (classCell !== undefined) {
    if (!(classCell instanceof PyCell)) raiseTypeError(`__classcell__ must be a nonlocal cell, not <class '${typeName(classCell)}'>`);
    classCell.value = type;
  }
  if (classDictCell instanceof PyCell) classDictCell.value = type.attributes;
  callSetNames(t, type);
  callInitSubclass(t, type, args, keywords);
  return type;
}

