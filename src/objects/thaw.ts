/**
 * Views: words of the immortal heap as values of this interpreter, decoded one level at a time, when first read.
 *
 * A container becomes one small record with a `Pending`; reading it makes records for its items. Bytes and code units stay where they are.
 * The same address gives the identical object, and what this interpreter had frozen itself comes back as itself.
 */
import { replaceCode } from '../bytecode/code.ts';
import { decodeCode } from '../bytecode/serialise.ts';
import { unreachable } from '../base/assert.ts';
import { HashTable, pendingDict, pendingList, pendingSet, pendingTuple, type Pending } from '../core/containers.ts';
import { PyInstance, setSlots } from '../core/instance.ts';
import { MAX_SHAPE_ATTRIBUTES, Shape } from '../core/shape.ts';
import { PyType } from '../core/type.ts';
import { PyRange } from '../core/range.ts';
import type { Thread } from '../core/thread.ts';
import type { Int, Maybe, PyObject, Value } from '../core/value.ts';
import { isAddress, isSmallInt, KIND, SINGLETON, smallIntOf, type Word } from '../heap/layout.ts';
import { getAttr } from './attributes.ts';
import { newCode, valueToConst } from './code.ts';
import { tableSet, tableSetStr } from './hash-table.ts';
import { tableOfStrings } from './table-making.ts';
import { immortalLink, type ImmortalLink } from './immortal-link.ts';
import { importModule } from './import-hook.ts';
import { freezeInstance, rootShape } from './instance-attributes.ts';
import { ELLIPSIS, EMPTY_TUPLE, newBytes, newComplex, newDict, newFloat, NOT_IMPLEMENTED } from './make.ts';
import { raiseRuntimeError, raiseTypeError } from './raise.ts';
import { newSlice } from './slice.ts';
import { ALL_STATIC_TYPES, DICT_TYPE, FROZENDICT_TYPE, FROZENSET_TYPE, LIST_TYPE, RANGE_TYPE, SET_TYPE, TUPLE_TYPE } from './static-types.ts';

/** Fewer strings than this are decoded one by one. */
const FEW = 16;

/** A container in the heap that has not been read here. */
class HeapPending implements Pending {
  readonly address: Word;
  readonly #link: ImmortalLink;

  constructor(link: ImmortalLink, address: Word) {
    this.#link = link;
    this.address = address;
  }

  get length(): number {
    return this.#link.reader.lengthOf(this.address);
  }

  decodeItems(): Value[] {
    const { reader } = this.#link;
    return reader.isFloats(this.address) ? Array.from(reader.floats(this.address), (value) => newFloat(value)) : valuesOf(this.#link, reader.items(this.address));
  }

  find(key: string): Maybe {
    const { reader } = this.#link;
    const word = reader.find(this.address, key);
    return word === 0 ? undefined : valueOf(this.#link, word);
  }

  get indexed(): boolean {
    return this.#link.reader.item(this.address, 0) > 0;
  }

  decodeTable(): HashTable {
    const { reader } = this.#link;
    const kind = reader.kindOf(this.address);
    if (kind === KIND.SET || kind === KIND.FROZENSET) return tableOf(this.#link, this.decodeItems(), null);
    const keys = valuesOf(this.#link, reader.keys(this.address));
    const values = valuesOf(this.#link, reader.values(this.address));
    // An index exists when all keys are str: they need no hash and no equality of Python.
    return reader.item(this.address, 0) > 0 ? tableOfStrings(keys as string[], values) : tableOf(this.#link, keys, values);
  }
}

function tableOf(link: ImmortalLink, keys: readonly Value[], values: readonly Value[] | null): HashTable {
  const table = new HashTable();
  keys.forEach((key, i) => tableSet(link.interpreter.mainThread, table, key, values === null ? undefined : values[i]!));
  return table;
}

/** Many words at once: strings that lie together are decoded together. */
function valuesOf(link: ImmortalLink, words: Int32Array): Value[] {
  if (words.length < FEW) return Array.from(words, (word) => valueOf(link, word));
  const texts: readonly (string | undefined)[] = link.reader.texts(words);
  const values: Value[] = [];
  for (let i = 0; i < words.length; i++) {
    const text = texts[i];
    values.push(text === undefined ? valueOf(link, words[i]!) : text);
  }
  return values;
}

const SINGLETONS: ReadonlyMap<Word, Value> = new Map<Word, Value>([
  [SINGLETON.NONE, null], [SINGLETON.FALSE, false], [SINGLETON.TRUE, true], [SINGLETON.ELLIPSIS, ELLIPSIS], [SINGLETON.NOT_IMPLEMENTED, NOT_IMPLEMENTED],
]);

function valueOf(link: ImmortalLink, word: Word): Value {
  if (isSmallInt(word)) return smallIntOf(word);
  if (!isAddress(word)) {
    const singleton = SINGLETONS.get(word);
    return singleton === undefined ? unreachable('a word is an int, a singleton or an address') : singleton;
  }
  const { reader } = link;
  switch (reader.kindOf(word)) {
    case KIND.STR1:
    case KIND.STR2: return reader.str(word);
    case KIND.INT: return reader.float(word);
    case KIND.BIGINT: return reader.bigint(word);
    case KIND.FLOAT: return newFloat(reader.float(word));
    default:
  }
  const known = link.objectAt(word);
  if (known !== undefined) return known;
  const object = objectOf(link, word);
  link.bind(object, word);
  return object;
}

function objectOf(link: ImmortalLink, address: Word): PyObject {
  const { reader } = link;
  switch (reader.kindOf(address)) {
    case KIND.COMPLEX: return newComplex(reader.float(address), reader.imag(address));
    case KIND.BYTES: return newBytes(reader.bytes(address));
    case KIND.TUPLE: return reader.lengthOf(address) === 0 ? EMPTY_TUPLE : pendingTuple(TUPLE_TYPE, new HeapPending(link, address));
    case KIND.LIST: return pendingList(LIST_TYPE, new HeapPending(link, address));
    case KIND.DICT: return pendingDict(DICT_TYPE, new HeapPending(link, address));
    case KIND.FROZENDICT: return pendingDict(FROZENDICT_TYPE, new HeapPending(link, address));
    case KIND.SET: return pendingSet(SET_TYPE, new HeapPending(link, address));
    case KIND.FROZENSET: return pendingSet(FROZENSET_TYPE, new HeapPending(link, address));
    case KIND.RANGE: return rangeOf(link, address);
    case KIND.SLICE: return newSlice(valueOf(link, reader.item(address, 0)), valueOf(link, reader.item(address, 1)), valueOf(link, reader.item(address, 2)));
    case KIND.CODE: return codeOf(link, address);
    case KIND.TYPE: return typeOfReference(link, address);
    case KIND.INSTANCE: return instanceOf(link, address);
    default: return unreachable('every kind of object has a view');
  }
}

function rangeOf(link: ImmortalLink, address: Word): PyRange {
  const [start, stop, step] = [0, 1, 2].map((i) => BigInt(valueOf(link, link.reader.item(address, i)) as Int)) as [bigint, bigint, bigint];
  const span = step > 0n ? stop - start : start - stop;
  const size = step > 0n ? step : -step;
  const length = span <= 0n ? 0n : (span - 1n) / size + 1n;
  const int = (value: bigint): Int => (Number.isSafeInteger(Number(value)) ? Number(value) : value);
  return new PyRange(RANGE_TYPE, int(start), int(stop), int(step), int(length));
}

function codeOf(link: ImmortalLink, address: Word): PyObject {
  const { reader } = link;
  const rest = decodeCode(reader.bytes(reader.item(address, 1)));
  const consts = valuesOf(link, reader.items(reader.item(address, 2))).map(valueToConst);
  return newCode(link.interpreter.mainThread, replaceCode(rest, { words: reader.codeUnits(reader.item(address, 0)), consts }));
}

function typeOfReference(link: ImmortalLink, address: Word): PyType {
  const { reader } = link;
  const moduleName = reader.str(reader.item(address, 0));
  const qualname = reader.str(reader.item(address, 1));
  const builtin = ALL_STATIC_TYPES.find((type) => type.module === moduleName && type.qualname === qualname);
  if (builtin !== undefined) return builtin;
  const t = link.interpreter.mainThread;
  let found = importModule(t, moduleName);
  for (const name of qualname.split('.')) found = getAttr(t, found, name);
  return found instanceof PyType ? found : raiseTypeError(`${moduleName}.${qualname} is no class in this interpreter`);
}

/** An instance whose attributes are read when first used: until then it has the type's pending shape. */
function instanceOf(link: ImmortalLink, address: Word): PyInstance {
  const type = valueOf(link, link.reader.item(address, 0)) as PyType;
  let shape = link.pendingShapes.get(type);
  if (shape === undefined) {
    shape = new Shape(type, [], type.memberCount, { frozen: true, decode: (object) => decodeInstance(link, object) });
    link.pendingShapes.set(type, shape);
  }
  return new PyInstance(type, shape, null);
}

function decodeInstance(link: ImmortalLink, object: PyInstance): void {
  const { reader } = link;
  const address = link.addresses.get(object)!;
  const { type } = object;
  const names = valuesOf(link, reader.keys(address)) as string[];
  const values = valuesOf(link, reader.values(address));
  const members = reader.members(address);
  if (members.length !== type.memberCount) raiseTypeError(`class ${type.name} has other __slots__ in this interpreter`);
  const slots: Maybe[] = Array.from(members, (word) => (word === 0 ? undefined : valueOf(link, word)));
  const root = rootShape(type);
  if (root === null || names.length > MAX_SHAPE_ATTRIBUTES) {
    object.shape = null;
    setSlots(object, slots);
    if (names.length > 0) {
      object.dict = newDict();
      names.forEach((name, i) => tableSetStr(object.dict!.table, name, values[i]!));
    }
  } else {
    object.shape = names.reduce((shape, name) => shape.with(name, type.memberCount), root);
    setSlots(object, slots.concat(values));
  }
  freezeInstance(object);
}

/** The value of a word that another interpreter, or this one, made by `freezeGraph`. */
export function thaw(t: Thread, word: Word): Value {
  return valueOf(immortalLink(t.interpreter) ?? raiseRuntimeError('this interpreter has no immortal heap'), word);
}
