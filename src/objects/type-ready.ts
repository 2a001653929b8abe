/** Making a static type ready: MRO, inherited slots, and its dict of methods, wrappers and computed attributes (CPython's PyType_Ready). */
import {
  NativeDefinition, PyBuiltinFunction, PyGetSetDescriptor, PyMethodDescriptor, PyWrapperDescriptor,
  type NativeArgument, type NativeBinding, type NativeImplementation,
} from '../core/native.ts';
import { HashTable, PyDict } from '../core/containers.ts';
import { PyObject, type Maybe, type Value } from '../core/value.ts';
import { PyType, type Slots } from '../core/type.ts';
import { withQuietForm } from '../core/quiet.ts';
import type { Thread } from '../core/thread.ts';
import { assert } from '../base/assert.ts';
import { tableGetStr, tableSetStr } from './hash-table.ts';
import { HASH_NOT_IMPLEMENTED } from './hash-value.ts';
import { raiseTypeError, typeName } from './raise.ts';
import { SLOT_TABLE } from './slots.ts';
import {
  BUILTIN_FUNCTION_TYPE, CLASSMETHOD_DESCRIPTOR_TYPE, DICT_TYPE, GETSET_DESCRIPTOR_TYPE, MEMBER_DESCRIPTOR_TYPE,
  METHOD_DESCRIPTOR_TYPE, OBJECT_TYPE, STATICMETHOD_TYPE, TYPE_TYPE, WRAPPER_DESCRIPTOR_TYPE,
} from './static-types.ts';
import { nextTypeVersion } from './type-version.ts';
import { isSubtype, shownTypeName } from './type-of.ts';

/** A method table row: implementation, text signature, doc, and how it binds ('method' unless said). */
export type MethodRow = readonly [NativeImplementation, string, string, NativeBinding?];

/** A computed attribute: reader, writer (`undefined` deletes) and doc. */
export interface GetSet {
  get(t: Thread, self: Value): Maybe;
  set?(t: Thread, self: Value, value: Maybe): void;
  doc?: string;
  /** Shown as `member_descriptor` instead of `getset_descriptor`. */
  member?: boolean;
  /** The reader has a quiet form (`core/quiet.ts`): itself. */
  quiet?: true;
}

/** What a static type consists of. Method syntax in `slots` implementations may narrow self: the caller has checked its type. */
export interface TypeParts {
  doc?: string;
  textSignature?: string;
  /** Functions may declare self as the type's own record: slots are only called with instances. */
  slots?: { [K in keyof Slots]?: BivariantSlot<Slots[K]> };
  methods?: Readonly<Record<string, MethodRow>>;
  getset?: Readonly<Record<string, GetSet>>;
  /** Further entries of the dict (constants). */
  attributes?: Readonly<Record<string, Value>>;
}

/** A slot function whose parameters may be narrower than `Value`. */
type BivariantSlot<F> = NonNullable<F> extends (...args: infer A) => infer R ? { bivariant(...args: A): R }['bivariant'] | null : never;

/** `staticmethod`: its record is made here, as static methods of builtin types need it before `descriptors.ts` is loaded. */
export class PyStaticMethod extends PyObject {
  callable: Value;
  constructor(type: PyType, callable: Value) {
    super(type);
    this.callable = callable;
  }
}

/** A definition from a table row. */
export function defineNative(name: string, row: MethodRow): NativeDefinition {
  return new NativeDefinition(name, row[0], row[1], row[2], row[3] ?? 'method');
}

/** The descriptor of a native method of `type`. */
export function methodObject(type: PyType, name: string, row: MethodRow): Value {
  const definition = defineNative(name, row);
  switch (definition.binding) {
    case 'class':
      return new PyMethodDescriptor(CLASSMETHOD_DESCRIPTOR_TYPE, type, definition);
    case 'static':
      return new PyStaticMethod(STATICMETHOD_TYPE, new PyBuiltinFunction(BUILTIN_FUNCTION_TYPE, definition, null, { bound: false, moduleName: null, owner: type }));
    default:
      return new PyMethodDescriptor(METHOD_DESCRIPTOR_TYPE, type, definition);
  }
}

function computeMro(type: PyType): PyType[] {
  const mro: PyType[] = [type];
  // Static types with two bases (ExceptionGroup) list the second base's line after the first one's own part.
  const lines = type.bases.map((base) => base.mro.slice());
  while (lines.some((line) => line.length > 0)) {
    const next = lines.find((line) => line.length > 0 && !lines.some((other) => other.indexOf(line[0]!) > 0));
    assert(next !== undefined, 'static types have a consistent MRO');
    const head = next[0]!;
    mro.push(head);
    for (const line of lines) if (line[0] === head) line.shift();
  }
  return mro;
}

/** Declared cache: the slots that a static type has, by name; most types have few of the many. */
const filledSlots = new Map<PyType, readonly string[]>();

function slotsOf(type: PyType): readonly string[] {
  let names = filledSlots.get(type);
  if (names === undefined) filledSlots.set(type, (names = Object.entries(type.slots).filter(([, slot]) => slot !== null).map(([name]) => name)));
  return names;
}

/** Takes over what the bases have, which are complete, and the type has not. */
function inheritSlots(type: PyType): void {
  const own = type.slots as unknown as Record<string, unknown>;
  const ownsHash = own.tp_hash !== null;
  const ownsCompare = own.tp_richcompare !== null;
  for (const base of type.bases) {
    const inherited = base.slots as unknown as Record<string, unknown>;
    for (const name of slotsOf(base)) {
      // As in CPython, comparison and hash are inherited together or not at all.
      if ((name === 'tp_hash' || name === 'tp_richcompare') && (ownsHash || ownsCompare)) continue;
      if (name === 'tp_new' && type.flags.disallowInstantiation) continue;
      if (own[name] === null) own[name] = inherited[name];
    }
  }
  if (own.tp_hash === null && ownsCompare) own.tp_hash = HASH_NOT_IMPLEMENTED;
}

function addWrappers(type: PyType, filled: ReadonlySet<string>): void {
  const table = type.attributes.table;
  for (const row of SLOT_TABLE) {
    if (!filled.has(row.slot)) continue;
    for (const wrapper of row.wrappers) {
      if (tableGetStr(table, wrapper.name) === undefined) {
        tableSetStr(table, wrapper.name, new PyWrapperDescriptor(WRAPPER_DESCRIPTOR_TYPE, type, wrapper));
      }
    }
  }
}

/** `T.__new__` of a static type: checks the class and calls the slot. */
function newFunctionOf(type: PyType): PyBuiltinFunction {
  const implementation = (t: Thread, _self: Value, args: Value[], keywords: Map<string, Value>): Value => {
    const cls = args[0];
    if (cls === undefined) raiseTypeError(`${type.name}.__new__(): not enough arguments`);
    if (!(cls instanceof PyType)) raiseTypeError(`${type.name}.__new__(X): X is not a type object (${typeName(cls)})`);
    if (cls.flags.disallowInstantiation) raiseTypeError(`cannot create '${shownTypeName(cls)}' instances`);
    if (!isSubtype(cls, type)) raiseTypeError(`${type.name}.__new__(${cls.name}): ${cls.name} is not a subtype of ${type.name}`);
    if (cls.solidBase !== type.solidBase && cls.solidBase.slots.tp_new !== type.slots.tp_new) {
      raiseTypeError(`${type.name}.__new__(${cls.name}) is not safe, use ${cls.solidBase.name}.__new__()`);
    }
    return type.slots.tp_new!(t, cls, [...args.slice(1), ...keywords.values()], keywords.size === 0 ? null : [...keywords.keys()]);
  };
  const definition = new NativeDefinition('__new__', implementation as (t: Thread, ...args: NativeArgument[]) => Value, '($type, *args, **kwargs)', 'Create and return a new object.  See help(type) for accurate signature.', 'method');
  return new PyBuiltinFunction(BUILTIN_FUNCTION_TYPE, definition, type, { bound: true, moduleName: null, owner: type });
}

function addGetSet(type: PyType, name: string, access: GetSet): void {
  const descriptorType = access.member === true ? MEMBER_DESCRIPTOR_TYPE : GETSET_DESCRIPTOR_TYPE;
  const set = access.set === undefined ? null : access.set.bind(access);
  const get = access.get.bind(access);
  if (access.quiet === true) withQuietForm(get, { call: access.get, effect: 'look', result: 'any' });
  const descriptor = new PyGetSetDescriptor(descriptorType, type, name, { get, set, doc: access.doc ?? null, slot: -1 });
  tableSetStr(type.attributes.table, name, descriptor);
}

/**
 * Fills a static type. Bases must be ready. Call once per type, at module level of the type's own file.
 * Native modules call it for their types too.
 */
export function readyType(type: PyType, parts: TypeParts): PyType {
  assert(!type.ready, `type ${type.name} is made ready once`);
  assert(type.bases.every((base) => base.ready), `bases of ${type.name} are ready before it`);
  type.ready = true;
  type.doc = parts.doc ?? null;
  type.textSignature = parts.textSignature ?? null;
  type.attributes = new PyDict(DICT_TYPE, new HashTable());
  type.mro = type === OBJECT_TYPE ? [type] : computeMro(type);
  type.version = nextTypeVersion();
  const filled = new Set<string>();
  for (const [name, slot] of Object.entries(parts.slots ?? {})) {
    (type.slots as unknown as Record<string, unknown>)[name] = slot;
    if (slot !== null) filled.add(name);
  }
  // Classes are made by `type.__new__` alone, which needs no `tp_alloc`.
  if (filled.has('tp_alloc') || type.base === null || type === TYPE_TYPE) type.solidBase = type;
  else type.solidBase = type.base.solidBase;
  for (const [name, row] of Object.entries(parts.methods ?? {})) tableSetStr(type.attributes.table, name, methodObject(type, name, row));
  for (const [name, access] of Object.entries(parts.getset ?? {})) addGetSet(type, name, access);
  addWrappers(type, filled);
  inheritSlots(type);
  finishDict(type, filled, parts);
  for (const base of type.bases) base.subclasses.push(new WeakRef(type));
  return type;
}

function finishDict(type: PyType, filled: ReadonlySet<string>, parts: TypeParts): void {
  const table = type.attributes.table;
  if (filled.has('tp_new')) tableSetStr(table, '__new__', newFunctionOf(type));
  if (type.slots.tp_hash === HASH_NOT_IMPLEMENTED && tableGetStr(table, '__hash__') instanceof PyWrapperDescriptor === false) tableSetStr(table, '__hash__', null);
  for (const [name, value] of Object.entries(parts.attributes ?? {})) tableSetStr(table, name, value);
  if (tableGetStr(table, '__doc__') === undefined) tableSetStr(table, '__doc__', type.doc);
  if (type.module !== 'builtins' && tableGetStr(table, '__module__') === undefined) tableSetStr(table, '__module__', type.module);
}
