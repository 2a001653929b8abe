/**
 * Freezing: a graph of values becomes immortal, all of it or nothing (`ladon.freeze`, and what queues share).
 *
 *   collect: walk the graph, refuse what cannot be frozen by its path   → allocate: an address for each object   → fill   → commit   → mark
 *
 * Only `mark` changes the graph, and it cannot fail: on any error before it the batch is rolled back, and nothing is frozen. Cycles are allowed,
 * as every address is known before the first reference is written. Strings and numbers, floats
 * among them, have no identity in the heap and need no collecting; a tuple or list of floats only is kept as their values.
 */
import { PyDict, PyList, PySet, PyTuple } from '../core/containers.ts';
import { PyCode } from '../core/function.ts';
import { PyInstance, slotAt, slotsOf } from '../core/instance.ts';
import { PyRange, PySlice } from '../core/range.ts';
import { PyBytes, PyComplex, PyFloat } from '../core/scalars.ts';
import type { Shape } from '../core/shape.ts';
import { PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import type { PyObject, Value } from '../core/value.ts';
import { encodeCode } from '../bytecode/serialise.ts';
import { replaceCode } from '../bytecode/code.ts';
import { HeapFull } from '../heap/heap.ts';
import { KIND, SINGLETON, type Word } from '../heap/layout.ts';
import { getAttr, lookupAttr } from './attributes.ts';
import { MemoryError } from './exception-types.ts';
import { tableGetStr, tableKeys } from './hash-table.ts';
import { immortalLink, type ImmortalLink } from './immortal-link.ts';
import { freezeInstance, isFrozenInstance, settleInstance } from './instance-attributes.ts';
import { ELLIPSIS, NOT_IMPLEMENTED } from './make.ts';
import { raise, raiseRuntimeError, raiseTypeError, typeName } from './raise.ts';
import {
  BYTES_TYPE, CODE_TYPE, COMPLEX_TYPE, DICT_TYPE, FLOAT_TYPE, FROZENDICT_TYPE, FROZENSET_TYPE, LIST_TYPE, RANGE_TYPE, SET_TYPE, SLICE_TYPE, TUPLE_TYPE,
} from './static-types.ts';
import { repr } from './text.ts';

/** What freezing does with a list, dict, set or instance that can still be changed. */
export type MutablePolicy = 'freeze' | 'refuse';

/** Kinds of containers by exact type. */
const SEQUENCE_KINDS: ReadonlyMap<PyType, number> = new Map([[TUPLE_TYPE, KIND.TUPLE], [LIST_TYPE, KIND.LIST], [SET_TYPE, KIND.SET], [FROZENSET_TYPE, KIND.FROZENSET]]);
const LEAF_TYPES: ReadonlySet<PyType> = new Set([FLOAT_TYPE, COMPLEX_TYPE, BYTES_TYPE]);

function isPlainFloat(value: PyObject): value is PyFloat {
  return value instanceof PyFloat && value.type === FLOAT_TYPE;
}

/** Whether a sequence is kept as the values of its floats. */
function isFloats(kind: number, children: readonly Value[]): boolean {
  if ((kind !== KIND.TUPLE && kind !== KIND.LIST) || children.length === 0) return false;
  return children.every((child) => typeof child === 'object' && child !== null && isPlainFloat(child));
}

/** Strings kept to be written once per graph. */
const MAX_SHARED_STRINGS = 4096;

/** Attribute names and values of an instance, in order. */
function attributesOf(object: PyInstance): { names: readonly string[]; values: Value[] } {
  settleInstance(object);
  if (object.shape !== null) return { names: object.shape.names, values: object.shape.names.map((name) => slotAt(object, object.shape!.index.get(name)!)!) };
  const names = object.dict === null ? [] : tableKeys(object.dict.table).map((key) => (typeof key === 'string' ? key : raiseTypeError('attribute names must be str')));
  return { names, values: names.map((name) => tableGetStr(object.dict!.table, name)!) };
}

/** The values that an object refers to, or undefined when it cannot be frozen. The order is that of `describePosition`. */
function childrenOf(t: Thread, object: PyObject): readonly Value[] | undefined {
  const { type } = object;
  if (LEAF_TYPES.has(type)) return [];
  if (object instanceof PyTuple || object instanceof PyList) return SEQUENCE_KINDS.has(type) ? object.items : undefined;
  if (object instanceof PyDict) return type === DICT_TYPE || type === FROZENDICT_TYPE ? [...tableKeys(object.table), ...dictValues(object)] : undefined;
  if (object instanceof PySet) return SEQUENCE_KINDS.has(type) ? tableKeys(object.table) : undefined;
  if (object instanceof PyRange && type === RANGE_TYPE) return [object.start, object.stop, object.step];
  if (object instanceof PySlice && type === SLICE_TYPE) return [object.start, object.stop, object.step];
  if (object instanceof PyCode && type === CODE_TYPE) return object.ready().consts;
  if (object instanceof PyType) return isImportable(t, object) ? [] : undefined;
  if (object instanceof PyInstance) return [object.type, ...attributesOf(object).values, ...membersOf(object)];
  return undefined;
}

function dictValues(dict: PyDict): Value[] {
  const { keys, values, used } = dict.table;
  if (used === keys.length) return values as Value[];
  return values.filter((_, i): _ is Value => keys[i] !== undefined) as Value[];
}

/** Set members of `__slots__`; unset ones stay out. */
function membersOf(object: PyInstance): Value[] {
  return slotsOf(object, 0, object.type.memberCount).filter((member) => member !== undefined);
}

/** Whether another interpreter finds the class by its module and qualified name. */
export function isImportable(t: Thread, type: PyType): boolean {
  if (!type.flags.heapType) return true;
  const moduleName = lookupAttr(t, type, '__module__');
  if (typeof moduleName !== 'string') return false;
  const module = tableGetStr(t.interpreter.modules.table, moduleName);
  if (module === undefined || module === null) return false;
  let found: Value = module;
  for (const name of type.qualname.split('.')) {
    const next = lookupAttr(t, found, name);
    if (next === undefined) return false;
    found = next;
  }
  return found === type;
}

function isMutable(object: PyObject): boolean {
  if (object instanceof PyList) return !object.frozen;
  if (object instanceof PyDict) return object.type === DICT_TYPE && !object.frozen;
  if (object instanceof PySet) return object.type === SET_TYPE && !object.frozen;
  return object instanceof PyInstance && !isFrozenInstance(object);
}

/** The part of a path that leads from a parent to its child. */
function describePosition(t: Thread, object: PyObject, position: number): string {
  if (object instanceof PyDict) {
    const keys = tableKeys(object.table);
    return position < keys.length ? `.keys[${position}]` : `[${repr(t, keys[position - keys.length]!)}]`;
  }
  if (object instanceof PyInstance) {
    const { names } = attributesOf(object);
    if (position === 0) return '.__class__';
    return position <= names.length ? `.${names[position - 1]!}` : `.__slots__[${position - names.length - 1}]`;
  }
  if (object instanceof PyRange || object instanceof PySlice) return ['.start', '.stop', '.step'][position]!;
  if (object instanceof PyCode) return `.co_consts[${position}]`;
  return `[${position}]`;
}

/** The root has no parent. */
const NO_PARENT = -1;

/**
 * One run of freezing. The graph is kept in arrays side by side, one row per object, and not as one record each: graphs have millions of objects.
 * Row `i` was reached as child `positions[i]` of row `parents[i]`.
 */
class Freezer {
  readonly #t: Thread;
  readonly #link: ImmortalLink;
  readonly #policy: MutablePolicy;
  readonly #objects: PyObject[] = [];
  readonly #children: (readonly Value[])[] = [];
  readonly #parents: number[] = [];
  readonly #positions: number[] = [];
  readonly #strings = new Map<string, Word>();

  constructor(t: Thread, link: ImmortalLink, policy: MutablePolicy) {
    this.#t = t;
    this.#link = link;
    this.#policy = policy;
  }

  freeze(value: Value): Word {
    const { writer, addresses } = this.#link;
    // Python code runs while the graph is collected (attributes of modules and classes), and it might freeze something itself.
    if (this.#link.busy) raiseRuntimeError('freezing is not reentrant');
    this.#link.busy = true;
    try {
      this.#collect(value);
      this.#internNames();
      this.#objects.forEach((object, row) => addresses.set(object, this.#allocate(object, this.#children[row]!)));
      this.#objects.forEach((object, row) => this.#fill(object, this.#children[row]!, addresses.get(object)!));
      const word = this.#word(value);
      writer.commit();
      for (const object of this.#objects) markFrozen(object);
      this.#link.bindFrozen(this.#objects);
      return word;
    } catch (caught) {
      writer.rollback();
      for (const object of this.#objects) addresses.delete(object);
      if (caught instanceof HeapFull) raise(MemoryError, caught.message);
      throw caught;
    } finally {
      this.#link.busy = false;
    }
  }

  /** Breadth first, without recursion: graphs may be deeper than the JavaScript stack. */
  #collect(root: Value): void {
    this.#meet(root, NO_PARENT, 0);
    for (let row = 0; row < this.#objects.length; row++) {
      const children = this.#children[row]!;
      for (let i = 0; i < children.length; i++) {
        const child = children[i]!;
        if (typeof child === 'object' && child !== null) this.#meet(child, row, i);
      }
    }
  }

  /** Attribute and class names go through the intern table, before the batch begins: one string for all graphs and interpreters. */
  #internNames(): void {
    const shapes = new Set<Shape | null>();
    for (const object of this.#objects) {
      if (object instanceof PyType) this.#intern(object.qualname);
      if (!(object instanceof PyInstance) || (object.shape !== null && shapes.has(object.shape))) continue;
      shapes.add(object.shape);
      for (const name of attributesOf(object).names) this.#intern(name);
    }
  }

  #intern(name: string): void {
    if (!this.#strings.has(name)) this.#strings.set(name, this.#link.writer.intern(name));
  }

  #meet(value: Value, parent: number, position: number): void {
    if (typeof value !== 'object' || value === null || value === ELLIPSIS || value === NOT_IMPLEMENTED || isPlainFloat(value)) return;
    if (this.#link.addresses.has(value)) return;
    if (this.#policy === 'refuse' && isMutable(value)) this.#refuse(value, parent, position, 'cannot share a mutable object');
    const children = childrenOf(this.#t, value);
    if (children === undefined) this.#refuse(value, parent, position, 'cannot freeze');
    this.#objects.push(value);
    this.#children.push(children);
    this.#parents.push(parent);
    this.#positions.push(position);
    this.#link.addresses.set(value, 0);
  }

  #refuse(object: PyObject, parent: number, position: number, why: string): never {
    const parts: string[] = [];
    for (let row = parent, at = position; row !== NO_PARENT; at = this.#positions[row]!, row = this.#parents[row]!) {
      parts.push(describePosition(this.#t, this.#objects[row]!, at));
    }
    return raiseTypeError(`${why}: root${parts.reverse().join('')}: ${typeName(object)}`);
  }

  /** Room for an object; leaves are complete afterwards. */
  #allocate(object: PyObject, children: readonly Value[]): Word {
    const { writer } = this.#link;
    if (object instanceof PyComplex) return writer.complex(object.real, object.imag);
    if (object instanceof PyBytes) return writer.byteString(object.value);
    if (object instanceof PyDict) return writer.dict(object.type === DICT_TYPE ? KIND.DICT : KIND.FROZENDICT, children.length / 2, allText(children));
    if (object instanceof PyRange) return writer.sequence(KIND.RANGE, 3);
    if (object instanceof PySlice) return writer.sequence(KIND.SLICE, 3);
    if (object instanceof PyCode) return writer.sequence(KIND.CODE, 3);
    if (object instanceof PyType) return writer.sequence(KIND.TYPE, 2);
    const kind = SEQUENCE_KINDS.get(object.type);
    if (kind !== undefined) return isFloats(kind, children) ? writer.floats(kind, (children as PyFloat[]).map(({ value }) => value)) : writer.sequence(kind, children.length);
    return this.#allocateInstance(object as PyInstance);
  }

  /** The type's word follows when the instance is filled, as the type has no address yet. */
  #allocateInstance(object: PyInstance): Word {
    return this.#link.writer.instance(SINGLETON.NONE, attributesOf(object).names.length, object.type.memberCount);
  }

  #fill(object: PyObject, children: readonly Value[], address: Word): void {
    const { writer } = this.#link;
    if (object instanceof PyDict) {
      const length = children.length / 2;
      for (let i = 0; i < length; i++) writer.setEntry(address, i, this.#word(children[i]!), this.#word(children[length + i]!));
    } else if (object instanceof PyCode) this.#fillCode(object, address);
    else if (object instanceof PyType) {
      const module = object.flags.heapType ? getAttr(this.#t, object, '__module__') : object.module;
      writer.setItem(address, 0, this.#word(module));
      writer.setItem(address, 1, this.#word(object.qualname));
    } else if (object instanceof PyInstance) this.#fillInstance(object, address);
    else if (!this.#link.reader.isFloats(address)) for (let i = 0; i < children.length; i++) writer.setItem(address, i, this.#word(children[i]!));
  }

  #fillInstance(object: PyInstance, address: Word): void {
    const { writer } = this.#link;
    const { names, values } = attributesOf(object);
    writer.setItem(address, 0, this.#word(object.type));
    names.forEach((name, i) => writer.setAttribute(address, i, this.#word(name), this.#word(values[i]!)));
    for (let i = 0; i < object.type.memberCount; i++) {
      const member = slotAt(object, i);
      if (member !== undefined) writer.setMember(address, i, this.#word(member));
    }
  }

  /** Units and constants apart from the rest: the units are executed in place, constants are objects of their own. */
  #fillCode({ code, consts }: PyCode, address: Word): void {
    const { writer } = this.#link;
    const units = new Uint8Array(code.words.buffer, code.words.byteOffset, code.words.byteLength);
    const rest = encodeCode(replaceCode(code, { words: new Uint16Array(0), consts: [] }));
    writer.setItem(address, 0, writer.byteString(units));
    writer.setItem(address, 1, writer.byteString(rest));
    writer.setItem(address, 2, writer.words(KIND.TUPLE, consts.map((constant) => this.#word(constant))));
  }

  #word(value: Value): Word {
    switch (typeof value) {
      case 'string': return this.#text(value);
      case 'number':
      case 'bigint': return this.#link.writer.int(value);
      case 'boolean': return value ? SINGLETON.TRUE : SINGLETON.FALSE;
      default:
    }
    if (value === null) return SINGLETON.NONE;
    if (value === ELLIPSIS) return SINGLETON.ELLIPSIS;
    if (value === NOT_IMPLEMENTED) return SINGLETON.NOT_IMPLEMENTED;
    return isPlainFloat(value) ? this.#link.writer.float(value.value) : this.#link.addresses.get(value)!;
  }

  #text(text: string): Word {
    const known = this.#strings.get(text);
    if (known !== undefined) return known;
    const interned = this.#strings.size < MAX_SHARED_STRINGS ? this.#link.writer.findInterned(text) : 0;
    const word = interned === 0 ? this.#link.writer.str(text) : interned;
    if (this.#strings.size < MAX_SHARED_STRINGS) this.#strings.set(text, word);
    return word;
  }
}

/** Makes an object that is in the heap refuse writes. */
function markFrozen(object: PyObject): void {
  if (object instanceof PyDict) object.table.watch?.end();
  if (object instanceof PyList || object instanceof PyDict || object instanceof PySet) object.frozen = true;
  else if (object instanceof PyInstance) freezeInstance(object);
}

/** Whether the first half of a dict's children, its keys, are all str. */
function allText(children: readonly Value[]): boolean {
  for (let i = children.length / 2 - 1; i >= 0; i--) if (typeof children[i] !== 'string') return false;
  return true;
}

function linkOf(t: Thread): ImmortalLink {
  return immortalLink(t.interpreter) ?? raiseRuntimeError('this interpreter has no immortal heap');
}

/**
 * Freezes a graph and returns its word: all or nothing. Raises TypeError naming the path of what cannot be frozen (with 'refuse', also of what
 * could still be changed), and MemoryError when the heap's budget is used up.
 */
export function freezeGraph(t: Thread, value: Value, policy: MutablePolicy = 'freeze'): Word {
  const link = linkOf(t);
  const known = typeof value === 'object' && value !== null ? link.addresses.get(value) : undefined;
  return known ?? new Freezer(t, link, policy).freeze(value);
}

/** Whether a value can never change: primitives, and what has been frozen. Tuples and other immutable containers count if their items do. */
export function isFrozen(t: Thread, value: Value): boolean {
  const seen = new Set<Value>();
  const stack: Value[] = [value];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (typeof next !== 'object' || next === null || seen.has(next) || immortalLink(t.interpreter)?.addresses.has(next) === true) continue;
    if (next === ELLIPSIS || next === NOT_IMPLEMENTED || next instanceof PyCode || (next instanceof PyType && next.flags.immutable)) continue;
    seen.add(next);
    if (isMutable(next) || next instanceof PyType) return false;
    const children = childrenOf(t, next);
    if (children === undefined) return false;
    stack.push(...(next instanceof PyInstance ? children.slice(1) : children));
  }
  return true;
}
