/**
 * Pickling any value: dispatch by exact type, the memo, containers, and the reduction of everything else (save in Modules/_pickle.c).
 *
 * A container enters the memo before its items, so that cycles through it end there. Tuples and frozensets cannot: when one shows up in the
 * memo after its items were saved, it is part of a cycle and what was written of it is taken back.
 */
import { PyDict, PyList, PySet, PyTuple } from '../../core/containers.ts';
import { PyFunction } from '../../core/function.ts';
import { PyInstance, slotAt } from '../../core/instance.ts';
import { PyByteArray, PyBytes, PyFloat } from '../../core/scalars.ts';
import { PyType } from '../../core/type.ts';
import type { Thread } from '../../core/thread.ts';
import { PyObject, PyPlain, type Maybe, type Value } from '../../core/value.ts';
import { lookupAttr } from '../../objects/attributes.ts';
import { call, callMethod } from '../../objects/call.ts';
import { encodeText } from '../../objects/codec-registry.ts';
import { KeyError, RecursionError, UnicodeEncodeError } from '../../objects/exception-types.ts';
import { tableFind, tableGet, tableKeys, tableNext } from '../../objects/hash-table.ts';
import { getIterator } from '../../objects/iterate.ts';
import { ELLIPSIS, newList, newTuple, NOT_IMPLEMENTED } from '../../objects/make.ts';
import { isRaised, raise, raiseRuntimeError, raiseValueError, typeName } from '../../objects/raise.ts';
import {
  BYTEARRAY_TYPE, BYTES_TYPE, DICT_TYPE, ELLIPSIS_TYPE, FLOAT_TYPE, FROZENSET_TYPE, LIST_TYPE, NONE_TYPE, NOT_IMPLEMENTED_TYPE, OBJECT_TYPE,
  SET_TYPE, TUPLE_TYPE, TYPE_TYPE,
} from '../../objects/static-types.ts';
import { getItem } from '../../objects/subscript.ts';
import { addressOf, repr, str } from '../../objects/text.ts';
import { asStr, isSubtype } from '../../objects/type-of.ts';
import { raisePickling } from './errors.ts';
import { pickleState } from './globals.ts';
import { BATCH_SIZE, OP } from './opcodes.ts';
import { PICKLE_BUFFER_TYPE, type PyPickleBuffer } from './pickle-buffer.ts';
import { fullTypeName, memoGet, memoPut, noteAndRethrow, saveNoted, type PyPickler } from './pickler-record.ts';
import { isPlainInstance } from './plain-instance.ts';
import { saveItemsOf, savePair, savePairsOf } from './save-batches.ts';
import { saveGlobal, saveReduce, saveReduction } from './save-reduce.ts';
import { saveBool, saveByteArray, saveBytes, saveFloat, saveInt, savePickleBuffer, saveStr } from './save-scalars.ts';

/** Containers nested deeper raise RecursionError; the host's stack holds this many levels several times over. */
const MAX_DEPTH = 20_000;
/** From this nesting on, fast mode looks for cycles. */
const FAST_NESTING_LIMIT = 50;

/** Writes a value that is not memoized; false when it is no such value. @hot */
function saveAtom(p: PyPickler, value: Value): boolean {
  switch (typeof value) {
    case 'number':
    case 'bigint':
      saveInt(p, value);
      return true;
    case 'boolean':
      saveBool(p, value);
      return true;
    case 'object':
      if (value === null) p.writer.u8(OP.NONE);
      else if (value instanceof PyFloat && value.type === FLOAT_TYPE) saveFloat(p, value.value);
      else return false;
      return true;
    default:
      return false;
  }
}

/** Any value. `persistent`: see SaveFunction. @hot pickle.dumps */
export function save(t: Thread, p: PyPickler, value: Value, persistent = false): void {
  if (p.persistentId !== undefined && !persistent && savePersistent(t, p, value)) return;
  if (!saveAtom(p, value)) {
    const known = p.memo.get(value);
    if (known !== undefined) memoGet(p, known);
    else if (typeof value === 'string') saveStr(t, p, value);
    else saveNested(t, p, value as PyObject);
  }
  p.writer.boundary();
}

function saveNested(t: Thread, p: PyPickler, value: PyObject): void {
  if (++p.depth > MAX_DEPTH) {
    p.depth = 0;
    raise(RecursionError, 'maximum recursion depth exceeded while pickling an object');
  }
  saveObject(t, p, value);
  p.depth--;
}

/** An object that is in no memo, by its exact type. */
function saveObject(t: Thread, p: PyPickler, value: PyObject): void {
  switch (value.type) {
    case DICT_TYPE: return guardFast(p, value, () => saveDict(t, p, value as PyDict));
    case LIST_TYPE: return guardFast(p, value, () => saveList(t, p, value as PyList));
    case TUPLE_TYPE: return saveTuple(t, p, value as PyTuple);
    case BYTES_TYPE: return saveBytes(t, p, value as PyBytes);
    case SET_TYPE: return saveSet(t, p, value as PySet);
    case FROZENSET_TYPE: return saveFrozenset(t, p, value as PySet);
    case BYTEARRAY_TYPE: return saveByteArray(t, p, value as PyByteArray);
    case PICKLE_BUFFER_TYPE: return savePickleBuffer(t, p, value as PyPickleBuffer);
    default: return saveOther(t, p, value);
  }
}

/** Runs `body`, in fast mode with a check for cycles, which nothing else would end there. */
function guardFast(p: PyPickler, value: Value, body: () => void): void {
  if (p.fast === 0) return body();
  const watched = ++p.fastNesting >= FAST_NESTING_LIMIT;
  if (watched) {
    if (p.fastOpen.has(value)) raiseValueError(`fast mode: can't pickle cyclic objects including object type ${typeName(value)} at ${addressOf(value)}`);
    p.fastOpen.add(value);
  }
  body();
  if (watched) p.fastOpen.delete(value);
  p.fastNesting--;
}

function savePersistent(t: Thread, p: PyPickler, value: Value): boolean {
  const id = call(t, p.persistentId!, [value]);
  if (id === null) return false;
  if (p.bin !== 0) {
    p.save(t, p, id, /* persistent */ true);
    p.writer.u8(OP.BINPERSID);
    return true;
  }
  try {
    const text = encodeText(t, str(t, id), 'ascii');
    p.writer.u8(OP.PERSID);
    p.writer.append(text);
    p.writer.latin1('\n');
  } catch (caught) {
    if (!isRaised(caught, UnicodeEncodeError)) throw caught;
    raisePickling('persistent IDs in protocol 0 must be ASCII strings', caught);
  }
  return true;
}

// Containers

const TUPLE_OPCODES = [OP.EMPTY_TUPLE, OP.TUPLE1, OP.TUPLE2, OP.TUPLE3] as const;

function saveTupleItems(t: Thread, p: PyPickler, value: PyTuple): void {
  const { items } = value;
  let i = 0;
  try {
    for (; i < items.length; i++) p.save(t, p, items[i]!);
  } catch (caught) {
    noteAndRethrow(t, caught, `when serializing ${fullTypeName(t, value)} item ${i}`);
  }
}

function saveTuple(t: Thread, p: PyPickler, value: PyTuple): void {
  const { length } = value.items;
  const { writer } = p;
  if (length === 0) return p.bin === 0 ? writer.latin1('(t') : writer.u8(OP.EMPTY_TUPLE);
  const short = length <= 3 && p.protocol >= 2;
  if (!short) writer.u8(OP.MARK);
  saveTupleItems(t, p, value);
  const known = p.memo.get(value);
  if (known === undefined) {
    writer.u8(short ? TUPLE_OPCODES[length]! : OP.TUPLE);
    return memoPut(p, value);
  }
  if (!short && p.bin !== 0) writer.u8(OP.POP_MARK);
  else for (let i = short ? 0 : -1; i < length; i++) writer.u8(OP.POP);
  return memoGet(p, known);
}

function saveList(t: Thread, p: PyPickler, value: PyList): void {
  const { writer } = p;
  if (p.bin === 0) writer.latin1('(l');
  else writer.u8(OP.EMPTY_LIST);
  memoPut(p, value);
  if (value.items.length === 0) return;
  if (p.protocol === 0) return saveItemsOf(t, p, getIterator(t, value), value);
  const single = value.items.length === 1;
  let i = 0;
  try {
    do {
      if (!single) writer.u8(OP.MARK);
      const end = i + BATCH_SIZE;
      // The list may shrink or grow while its items are saved.
      for (; i < value.items.length && i < end; i++) p.save(t, p, value.items[i]!);
      writer.u8(single ? OP.APPEND : OP.APPENDS);
    } while (!single && i < value.items.length);
  } catch (caught) {
    noteAndRethrow(t, caught, `when serializing ${fullTypeName(t, value)} item ${i}`);
  }
}

function saveDict(t: Thread, p: PyPickler, value: PyDict): void {
  const { writer } = p;
  if (p.bin === 0) writer.latin1('(d');
  else writer.u8(OP.EMPTY_DICT);
  memoPut(p, value);
  if (value.table.used === 0) return;
  if (p.protocol === 0) return savePairsOf(t, p, getIterator(t, callMethod(t, value, 'items')), value);
  saveDictPairs(t, p, value);
}

/** The pairs of an exact dict in batches, straight from its table. @hot */
function saveDictPairs(t: Thread, p: PyPickler, dict: PyDict): void {
  const { table } = dict;
  const { version, used } = table;
  const single = used === 1;
  let entry = tableNext(table, 0);
  while (entry >= 0) {
    if (!single) p.writer.u8(OP.MARK);
    for (let count = 0; entry >= 0 && count < BATCH_SIZE; count++) {
      savePair(t, p, table.keys[entry]!, table.values[entry]!, dict);
      if (dict.table !== table || table.version !== version) raiseRuntimeError('dictionary changed size during iteration');
      entry = tableNext(table, entry + 1);
    }
    p.writer.u8(single ? OP.SETITEM : OP.SETITEMS);
  }
}

function saveElements(t: Thread, p: PyPickler, set: PySet, batched: boolean): void {
  const { table } = set;
  const { version } = table;
  let entry = tableNext(table, 0);
  do {
    p.writer.u8(OP.MARK);
    for (let count = 0; entry >= 0 && !(batched && count === BATCH_SIZE); count++) {
      saveNoted(t, p, table.keys[entry]!, () => `when serializing ${fullTypeName(t, set)} element`);
      if (set.table !== table || table.version !== version) raiseRuntimeError('set changed size during iteration');
      entry = tableNext(table, entry + 1);
    }
    if (batched) p.writer.u8(OP.ADDITEMS);
  } while (entry >= 0);
}

function saveSet(t: Thread, p: PyPickler, value: PySet): void {
  if (p.protocol < 4) return saveReduce(t, p, newTuple([SET_TYPE, newTuple([newList(tableKeys(value.table))])]), value);
  p.writer.u8(OP.EMPTY_SET);
  memoPut(p, value);
  if (value.table.used > 0) saveElements(t, p, value, /* batched */ true);
}

function saveFrozenset(t: Thread, p: PyPickler, value: PySet): void {
  if (p.protocol < 4) return saveReduce(t, p, newTuple([FROZENSET_TYPE, newTuple([newList(tableKeys(value.table))])]), value);
  saveElements(t, p, value, /* batched */ false);
  const known = p.memo.get(value);
  if (known !== undefined) {
    p.writer.u8(OP.POP_MARK);
    return memoGet(p, known);
  }
  p.writer.u8(OP.FROZENSET);
  return memoPut(p, value);
}

// Everything else

function saveSingletonType(t: Thread, p: PyPickler, type: PyType, singleton: Value): void {
  saveReduce(t, p, newTuple([TYPE_TYPE, newTuple([singleton])]), type);
}

function saveType(t: Thread, p: PyPickler, type: PyType): void {
  if (type === NONE_TYPE) saveSingletonType(t, p, type, null);
  else if (type === ELLIPSIS_TYPE) saveSingletonType(t, p, type, ELLIPSIS);
  else if (type === NOT_IMPLEMENTED_TYPE) saveSingletonType(t, p, type, NOT_IMPLEMENTED);
  else saveGlobal(t, p, type, undefined);
}

/** The reducer registered for a type: in the pickler's own table, else in `copyreg.dispatch_table`. */
function registeredReducer(t: Thread, p: PyPickler, type: PyType): Maybe {
  const table = p.dispatchTable;
  if (table === undefined) return tableGet(t, pickleState(t).dispatchTable.table, type);
  if (table instanceof PyDict && table.type === DICT_TYPE) {
    const entry = tableFind(t, table.table, type);
    return entry < 0 ? undefined : table.table.values[entry];
  }
  try {
    return getItem(t, table, type);
  } catch (caught) {
    if (isRaised(caught, KeyError)) return undefined;
    throw caught;
  }
}

/** What the object's own methods reduce it to. */
function reduceByMethods(t: Thread, p: PyPickler, value: PyObject): Value {
  const reduceEx = lookupAttr(t, value, '__reduce_ex__');
  if (reduceEx !== undefined) return call(t, reduceEx, [p.protocol]);
  const reduce = lookupAttr(t, value, '__reduce__');
  if (reduce !== undefined) return call(t, reduce, []);
  return raisePickling(`can't pickle '${typeName(value)}' object: ${repr(t, value)}`);
}

function saveOther(t: Thread, p: PyPickler, value: PyObject): void {
  let reduction: Value = NOT_IMPLEMENTED;
  if (p.reducerOverride !== undefined) reduction = call(t, p.reducerOverride, [value]);
  if (reduction === NOT_IMPLEMENTED) {
    const { type } = value;
    if (type === TYPE_TYPE) return saveType(t, p, value as PyType);
    if (value instanceof PyFunction) return saveGlobal(t, p, value, undefined);
    const reducer = registeredReducer(t, p, type);
    if (reducer !== undefined) reduction = call(t, reducer, [value]);
    else if (isSubtype(type, TYPE_TYPE)) return saveGlobal(t, p, value, undefined);
    else if (p.protocol >= 2 && value instanceof PyInstance && isPlainInstance(value)) return saveInstance(t, p, value);
    else reduction = reduceByMethods(t, p, value);
  }
  try {
    return saveReduction(t, p, reduction, value);
  } catch (caught) {
    if (asStr(reduction) !== undefined) throw caught;
    return noteAndRethrow(t, caught, `when serializing ${fullTypeName(t, value)} object`);
  }
}

/**
 * An instance that only has attributes, as `object.__reduce_ex__` would reduce it: NEWOBJ and the attributes as a dict.
 * Its `__dict__` stays unmade, which keeps the instance's attribute access fast and saves a dict per object.
 * @hot pickling of ordinary classes
 */
function saveInstance(t: Thread, p: PyPickler, value: PyInstance): void {
  const { writer } = p;
  try {
    saveNoted(t, p, value.type, () => `when serializing ${fullTypeName(t, value)} class`);
    writer.u8(OP.EMPTY_TUPLE);
    writer.u8(OP.NEWOBJ);
    memoPut(p, value);
    const names = value.shape!.names;
    if (names.length > 0) saveAttributes(t, p, value, names);
  } catch (caught) {
    noteAndRethrow(t, caught, `when serializing ${fullTypeName(t, value)} object`);
  }
}

function saveAttributes(t: Thread, p: PyPickler, value: PyInstance, names: readonly string[]): void {
  const { shape } = value;
  const { writer } = p;
  // The dict that `__dict__` would be takes its place in the memo, though nothing can refer to it.
  const stand = new PyPlain(OBJECT_TYPE);
  const single = names.length === 1;
  writer.u8(OP.EMPTY_DICT);
  memoPut(p, stand);
  if (!single) writer.u8(OP.MARK);
  for (const name of names) {
    p.save(t, p, name);
    // Saving an attribute may run Python code that takes the object's `__dict__`.
    const attribute = value.shape === shape ? slotAt(value, shape!.index.get(name)!) : lookupAttr(t, value, name);
    if (attribute === undefined) raiseRuntimeError('dictionary changed size during iteration');
    try {
      p.save(t, p, attribute);
    } catch (caught) {
      try {
        noteAndRethrow(t, caught, `when serializing dict item ${repr(t, name)}`);
      } catch (noted) {
        noteAndRethrow(t, noted, `when serializing ${fullTypeName(t, value)} state`);
      }
    }
  }
  writer.u8(single ? OP.SETITEM : OP.SETITEMS);
  writer.u8(OP.BUILD);
}

