/** Opcodes that build containers and objects, and the loop over all opcodes (load in Modules/_pickle.c). */
import { HashTable, PyDict, PyList, PySet, PyTuple } from '../../core/containers.ts';
import { PyInstance } from '../../core/instance.ts';
import { PyGetSetDescriptor } from '../../core/native.ts';
import { PyType } from '../../core/type.ts';
import type { Thread } from '../../core/thread.ts';
import type { Value } from '../../core/value.ts';
import { getAttr, lookupAttr, setAttr, typeLookup } from '../../objects/attributes.ts';
import { call, callMethod } from '../../objects/call.ts';
import { decodeBytes } from '../../objects/codec-registry.ts';
import { EOFError } from '../../objects/exception-types.ts';
import { tableGet, tableNext, tableSet } from '../../objects/hash-table.ts';
import { setInstanceAttribute } from '../../objects/instance-attributes.ts';
import { EMPTY_TUPLE, newDict, newFrozenSet, newList, newSet, newTuple } from '../../objects/make.ts';
import { raise, raiseTypeError, raiseValueError, typeName } from '../../objects/raise.ts';
import { setAdd } from '../../objects/set.ts';
import { DICT_TYPE, LIST_TYPE, SET_TYPE, TUPLE_TYPE } from '../../objects/static-types.ts';
import { setItem } from '../../objects/subscript.ts';
import { asStr } from '../../objects/type-of.ts';
import { raiseUnpickling } from './errors.ts';
import { pickleState } from './globals.ts';
import { VALUE_OPCODES, type LoadFunction } from './load-values.ts';
import { HIGHEST_PROTOCOL, OP } from './opcodes.ts';
import type { PyUnpickler } from './unpickler-record.ts';

// Containers

function pushTuple(u: PyUnpickler, count: number): void {
  u.stack.push(new PyTuple(TUPLE_TYPE, u.take(count)));
}

function setPairs(t: Thread, target: Value, items: readonly Value[]): void {
  if (target instanceof PyDict && target.type === DICT_TYPE) {
    for (let i = 0; i < items.length; i += 2) tableSet(t, target.table, items[i]!, items[i + 1]!);
  } else for (let i = 0; i < items.length; i += 2) setItem(t, target, items[i]!, items[i + 1]!);
}

function loadDict(t: Thread, u: PyUnpickler): void {
  const items = u.popMark();
  if (items.length % 2 !== 0) raiseUnpickling('odd number of items for DICT');
  const dict = newDict();
  setPairs(t, dict, items);
  u.stack.push(dict);
}

function loadSetItem(t: Thread, u: PyUnpickler): void {
  const pair = u.take(2);
  setPairs(t, u.top(), pair);
}

function loadSetItems(t: Thread, u: PyUnpickler): void {
  const items = u.popMarkOver();
  if (items.length % 2 !== 0) raiseUnpickling('odd number of items for SETITEMS');
  setPairs(t, u.top(), items);
}

function appendAll(t: Thread, target: Value, items: Value[]): void {
  if (target instanceof PyList && target.type === LIST_TYPE) {
    const own = target.items;
    if (own.length === 0) target.items = items;
    else for (const item of items) own.push(item);
    return;
  }
  const extend = lookupAttr(t, target, 'extend');
  if (extend !== undefined) {
    call(t, extend, [newList(items)]);
    return;
  }
  const append = getAttr(t, target, 'append');
  for (const item of items) call(t, append, [item]);
}

function loadAppend(t: Thread, u: PyUnpickler): void {
  const item = u.pop();
  const target = u.top();
  if (target instanceof PyList && target.type === LIST_TYPE) target.items.push(item);
  else appendAll(t, target, [item]);
}

function loadAddItems(t: Thread, u: PyUnpickler): void {
  const items = u.popMarkOver();
  const target = u.top();
  if (items.length === 0) return;
  if (target instanceof PySet && target.type === SET_TYPE) {
    for (const item of items) setAdd(t, target.table, item);
    return;
  }
  const add = getAttr(t, target, 'add');
  for (const item of items) call(t, add, [item]);
}

function loadFrozenset(t: Thread, u: PyUnpickler): void {
  const table = new HashTable();
  for (const item of u.popMark()) setAdd(t, table, item);
  u.stack.push(newFrozenSet(table));
}

// Stack

function loadPop(_t: Thread, u: PyUnpickler): void {
  const { marks } = u;
  if (marks.length > 0 && marks[marks.length - 1] === u.stack.length) u.dropMark();
  else u.pop();
}

// Names and instances

function lineText(t: Thread, u: PyUnpickler): string {
  return decodeBytes(t, u.reader.lineOf(t, 1).slice(), 'utf-8', 'strict');
}

function loadGlobal(t: Thread, u: PyUnpickler): void {
  const moduleName = lineText(t, u);
  const name = lineText(t, u);
  u.stack.push(u.findGlobal(t, moduleName, name));
}

function loadStackGlobal(t: Thread, u: PyUnpickler): void {
  const name = u.pop();
  const moduleName = u.pop();
  if (typeof name !== 'string' || typeof moduleName !== 'string') raiseUnpickling('STACK_GLOBAL requires str');
  u.stack.push(u.findGlobal(t, moduleName, name));
}

function pushExtension(t: Thread, u: PyUnpickler, code: number): void {
  if (code <= 0) raiseUnpickling('EXT specifies code <= 0');
  const state = pickleState(t);
  const cached = tableGet(t, state.extensionCache.table, code);
  if (cached !== undefined) {
    u.stack.push(cached);
    return;
  }
  const pair = tableGet(t, state.invertedRegistry.table, code);
  if (pair === undefined) raiseValueError(`unregistered extension code ${code}`);
  const [moduleName, name] = pair instanceof PyTuple && pair.items.length === 2 ? pair.items : [];
  if (asStr(moduleName) === undefined || asStr(name) === undefined) raiseValueError(`_inverted_registry[${code}] isn't a 2-tuple of strings`);
  const found = u.findGlobal(t, moduleName!, name!);
  tableSet(t, state.extensionCache.table, code, found);
  u.stack.push(found);
}

/** What INST and OBJ make: an instance of an old-style class, or a call. */
function instantiate(t: Thread, cls: Value, args: Value[]): Value {
  if (args.length === 0 && cls instanceof PyType && lookupAttr(t, cls, '__getinitargs__') === undefined) return callMethod(t, cls, '__new__', cls);
  return call(t, cls, args);
}

function loadInst(t: Thread, u: PyUnpickler): void {
  const args = u.popMark();
  const moduleName = lineText(t, u);
  const cls = u.findGlobal(t, moduleName, lineText(t, u));
  u.stack.push(instantiate(t, cls, args));
}

function loadObj(t: Thread, u: PyUnpickler): void {
  const height = u.dropMark();
  if (u.stack.length - height < 1) raiseUnpickling('unpickling stack underflow');
  const [cls, ...args] = u.stack.splice(height) as [Value, ...Value[]];
  u.stack.push(instantiate(t, cls, args));
}

function loadReduce(t: Thread, u: PyUnpickler): void {
  const args = u.pop();
  const callable = u.pop();
  if (!(args instanceof PyTuple)) raiseTypeError(`argument list must be a tuple, not ${typeName(args)}`);
  u.stack.push(call(t, callable, args.items.slice()));
}

function checkClass(cls: Value, opcode: string): PyType {
  if (!(cls instanceof PyType)) raiseUnpickling(`${opcode} class argument must be a type, not ${typeName(cls)}`);
  if (cls.slots.tp_new === null) raiseUnpickling(`${opcode} class argument '${cls.name}' doesn't have __new__`);
  return cls;
}

/** @hot unpickling of ordinary classes */
function loadNewObject(t: Thread, u: PyUnpickler): void {
  const args = u.pop();
  const cls = checkClass(u.pop(), 'NEWOBJ');
  if (!(args instanceof PyTuple)) raiseUnpickling(`NEWOBJ expected an arg tuple, got ${typeName(args)}`);
  u.stack.push(cls.slots.tp_new!(t, cls, args === EMPTY_TUPLE ? [] : args.items.slice(), null));
}

function loadNewObjectEx(t: Thread, u: PyUnpickler): void {
  const keywords = u.pop();
  const args = u.pop();
  const cls = checkClass(u.pop(), 'NEWOBJ_EX');
  if (!(args instanceof PyTuple)) raiseUnpickling(`NEWOBJ_EX args argument must be a tuple, not ${typeName(args)}`);
  if (!(keywords instanceof PyDict)) raiseUnpickling(`NEWOBJ_EX kwargs argument must be a dict, not ${typeName(keywords)}`);
  const names: string[] = [];
  const all = args.items.slice();
  const { table } = keywords;
  for (let entry = tableNext(table, 0); entry >= 0; entry = tableNext(table, entry + 1)) {
    names.push(asStr(table.keys[entry]) ?? raiseTypeError('keywords must be strings'));
    all.push(table.values[entry]!);
  }
  u.stack.push(cls.slots.tp_new!(t, cls, all, names.length === 0 ? null : names));
}

/** Whether the attributes of a state dict may be set in the instance itself, as its `__dict__` is the ordinary one. */
function takesAttributes(instance: Value): instance is PyInstance {
  return instance instanceof PyInstance && instance.shape !== null && instance.type.flags.hasDict
    && typeLookup(instance.type, '__dict__') instanceof PyGetSetDescriptor;
}

function setDictState(t: Thread, instance: Value, state: Value): void {
  if (!(state instanceof PyDict)) raiseUnpickling('state is not a dictionary');
  const { table } = state;
  const direct = takesAttributes(instance);
  const dict = direct ? null : getAttr(t, instance, '__dict__');
  for (let entry = tableNext(table, 0); entry >= 0; entry = tableNext(table, entry + 1)) {
    const key = table.keys[entry]!;
    if (direct && typeof key === 'string') setInstanceAttribute(instance, key, table.values[entry]!);
    else setItem(t, dict ?? getAttr(t, instance, '__dict__'), key, table.values[entry]!);
  }
}

function setSlotState(t: Thread, instance: Value, state: Value): void {
  if (!(state instanceof PyDict)) raiseUnpickling('slot state is not a dictionary');
  const { table } = state;
  for (let entry = tableNext(table, 0); entry >= 0; entry = tableNext(table, entry + 1)) {
    const name = asStr(table.keys[entry]) ?? raiseTypeError(`attribute name must be string, not '${typeName(table.keys[entry]!)}'`);
    setAttr(t, instance, name, table.values[entry]!);
  }
}

function loadBuild(t: Thread, u: PyUnpickler): void {
  const state = u.pop();
  const instance = u.top();
  const setState = lookupAttr(t, instance, '__setstate__');
  if (setState !== undefined) {
    call(t, setState, [state]);
    return;
  }
  const pair = state instanceof PyTuple && state.items.length === 2 ? state.items : null;
  const dictState = pair === null ? state : pair[0]!;
  if (dictState !== null) setDictState(t, instance, dictState);
  if (pair !== null && pair[1] !== null) setSlotState(t, instance, pair[1]!);
}

// Framing

function loadProto(t: Thread, u: PyUnpickler): void {
  const protocol = u.reader.u8(t);
  if (protocol > HIGHEST_PROTOCOL) raiseValueError(`unsupported pickle protocol: ${protocol}`);
  u.protocol = protocol;
}

function loadFrame(t: Thread, u: PyUnpickler): void {
  u.reader.enterFrame(t, u.reader.u64(t));
}

const OBJECT_OPCODES: readonly (readonly [opcode: number, load: LoadFunction])[] = [
  [OP.MARK, (_t, u) => u.mark()],
  [OP.STOP, (_t, u) => { u.done = true; }],
  [OP.POP, loadPop],
  [OP.POP_MARK, (_t, u) => void u.popMark()],
  [OP.DUP, (_t, u) => void u.stack.push(u.top())],
  [OP.EMPTY_LIST, (_t, u) => void u.stack.push(newList([]))],
  [OP.LIST, (_t, u) => void u.stack.push(newList(u.popMark()))],
  [OP.APPEND, loadAppend],
  [OP.APPENDS, (t, u) => { const items = u.popMarkOver(); if (items.length > 0) appendAll(t, u.top(), items); }],
  [OP.EMPTY_TUPLE, (_t, u) => void u.stack.push(EMPTY_TUPLE)],
  [OP.TUPLE, (_t, u) => void u.stack.push(newTuple(u.popMark()))],
  [OP.TUPLE1, (_t, u) => pushTuple(u, 1)],
  [OP.TUPLE2, (_t, u) => pushTuple(u, 2)],
  [OP.TUPLE3, (_t, u) => pushTuple(u, 3)],
  [OP.EMPTY_DICT, (_t, u) => void u.stack.push(newDict())],
  [OP.DICT, loadDict],
  [OP.SETITEM, loadSetItem],
  [OP.SETITEMS, loadSetItems],
  [OP.EMPTY_SET, (_t, u) => void u.stack.push(newSet())],
  [OP.ADDITEMS, loadAddItems],
  [OP.FROZENSET, loadFrozenset],
  [OP.GLOBAL, loadGlobal],
  [OP.STACK_GLOBAL, loadStackGlobal],
  [OP.EXT1, (t, u) => pushExtension(t, u, u.reader.u8(t))],
  [OP.EXT2, (t, u) => pushExtension(t, u, u.reader.u16(t))],
  [OP.EXT4, (t, u) => pushExtension(t, u, u.reader.i32(t))],
  [OP.INST, loadInst],
  [OP.OBJ, loadObj],
  [OP.REDUCE, loadReduce],
  [OP.NEWOBJ, loadNewObject],
  [OP.NEWOBJ_EX, loadNewObjectEx],
  [OP.BUILD, loadBuild],
  [OP.PROTO, loadProto],
  [OP.FRAME, loadFrame],
];

const TABLE: (LoadFunction | undefined)[] = new Array<LoadFunction | undefined>(256).fill(undefined);
for (const [opcode, load] of [...VALUE_OPCODES, ...OBJECT_OPCODES]) TABLE[opcode] = load;

function raiseInvalidKey(opcode: number): never {
  const shown = opcode >= 0x20 && opcode <= 0x7e && opcode !== 0x27 && opcode !== 0x5c ? String.fromCharCode(opcode) : `\\x${opcode.toString(16).padStart(2, '0')}`;
  return raiseUnpickling(`invalid load key, '${shown}'.`);
}

/** Runs opcodes until STOP and returns the object. @hot pickle.loads */
export function runLoad(t: Thread, u: PyUnpickler): Value {
  const { reader } = u;
  u.stack = [];
  u.marks = [];
  u.fence = 0;
  u.protocol = 0;
  u.done = false;
  while (!u.done) {
    if (!reader.has(t, 1)) raise(EOFError, 'Ran out of input');
    const opcode = reader.bytes[reader.position++]!;
    const load = TABLE[opcode];
    if (load === undefined) raiseInvalidKey(opcode);
    load(t, u);
  }
  reader.skipConsumed(t);
  const result = u.pop();
  u.stack = [];
  return result;
}
