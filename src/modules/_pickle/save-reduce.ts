/** Pickling what `__reduce__` returns, and objects by name (save_reduce and save_global in Modules/_pickle.c). */
import { PyDict, PyTuple } from '../../core/containers.ts';
import { PyType } from '../../core/type.ts';
import type { Thread } from '../../core/thread.ts';
import type { Maybe, Value } from '../../core/value.ts';
import { getAttr, lookupAttr } from '../../objects/attributes.ts';
import { call, isCallable } from '../../objects/call.ts';
import { encodeText } from '../../objects/codec-registry.ts';
import { UnicodeEncodeError } from '../../objects/exception-types.ts';
import { tableGet, tableKeys } from '../../objects/hash-table.ts';
import { EMPTY_TUPLE, newTuple } from '../../objects/make.ts';
import { toIndex } from '../../objects/operators.ts';
import { isRaised, raiseOverflowError, raiseRuntimeError, raiseTypeError } from '../../objects/raise.ts';
import { repr } from '../../objects/text.ts';
import { asInt, asStr, typeOf } from '../../objects/type-of.ts';
import { raisePickling } from './errors.ts';
import { pickleState, placeOf, toOldNames, type GlobalPlace } from './globals.ts';
import { OP } from './opcodes.ts';
import { fullTypeName, memoGet, memoPut, saveNoted, type PyPickler } from './pickler-record.ts';
import { saveItemsOf, savePairsOf } from './save-batches.ts';

/** The six parts of what `__reduce__` returns; `undefined` where None or nothing was given. */
interface Reduction {
  readonly callable: Value;
  readonly args: PyTuple;
  readonly state: Maybe;
  readonly listItems: Maybe;
  readonly dictItems: Maybe;
  readonly stateSetter: Maybe;
}

function optional(value: Maybe): Maybe {
  return value === null ? undefined : value;
}

function checkIterator(t: Thread, value: Maybe, which: string): Maybe {
  if (value !== undefined && typeOf(value).slots.tp_iternext === null) {
    raisePickling(`${which} item of the tuple returned by __reduce__ must be an iterator, not ${fullTypeName(t, value)}`);
  }
  return value;
}

function checkReduction(t: Thread, value: PyTuple): Reduction {
  const { items } = value;
  if (items.length < 2 || items.length > 6) raisePickling('tuple returned by __reduce__ must contain 2 through 6 elements');
  const [callable, args] = items as [Value, Value];
  if (!isCallable(callable)) raisePickling(`first item of the tuple returned by __reduce__ must be callable, not ${fullTypeName(t, callable)}`);
  if (!(args instanceof PyTuple)) raisePickling(`second item of the tuple returned by __reduce__ must be a tuple, not ${fullTypeName(t, args)}`);
  const stateSetter = optional(items[5]);
  const listItems = checkIterator(t, optional(items[3]), 'fourth');
  const dictItems = checkIterator(t, optional(items[4]), 'fifth');
  if (stateSetter !== undefined && !isCallable(stateSetter)) {
    raisePickling(`sixth item of the tuple returned by __reduce__ must be callable, not ${fullTypeName(t, stateSetter)}`);
  }
  return { callable, args, state: optional(items[2]), listItems, dictItems, stateSetter };
}

/** `copyreg.__newobj_ex__(cls, args, kwargs)`: an opcode since protocol 4, a partial call of `__new__` before. */
function saveNewObjectEx(t: Thread, p: PyPickler, { args }: Reduction, shown: Value): void {
  if (args.items.length !== 3) raisePickling(`__newobj_ex__ expected 3 arguments, got ${args.items.length}`);
  const [cls, positional, keywords] = args.items as [Value, Value, Value];
  if (!(cls instanceof PyType)) raisePickling(`first argument to __newobj_ex__() must be a class, not ${fullTypeName(t, cls)}`);
  if (!(positional instanceof PyTuple)) raisePickling(`second argument to __newobj_ex__() must be a tuple, not ${fullTypeName(t, positional)}`);
  if (!(keywords instanceof PyDict)) raisePickling(`third argument to __newobj_ex__() must be a dict, not ${fullTypeName(t, keywords)}`);
  const about = (what: string) => (): string => `when serializing ${fullTypeName(t, shown)} ${what}`;
  if (p.protocol >= 4) {
    saveNoted(t, p, cls, about('class'));
    saveNoted(t, p, positional, about('__new__ arguments'));
    saveNoted(t, p, keywords, about('__new__ arguments'));
    p.writer.u8(OP.NEWOBJ_EX);
    return;
  }
  const names = tableKeys(keywords.table).map((key) => asStr(key) ?? raiseTypeError('keywords must be strings'));
  const values = tableKeys(keywords.table).map((key) => tableGet(t, keywords.table, key)!);
  const partial = call(t, pickleState(t).partial, [getAttr(t, cls, '__new__'), cls, ...positional.items, ...values], names);
  saveNoted(t, p, partial, about('reconstructor'));
  p.save(t, p, EMPTY_TUPLE);
  p.writer.u8(OP.REDUCE);
}

/** `copyreg.__newobj__(cls, *args)`. */
function saveNewObject(t: Thread, p: PyPickler, { args }: Reduction, object: Maybe, shown: Value): void {
  if (args.items.length < 1) raisePickling(`__newobj__ expected at least 1 argument, got ${args.items.length}`);
  const cls = args.items[0]!;
  if (!(cls instanceof PyType)) raisePickling(`first argument to __newobj__() must be a class, not ${fullTypeName(t, cls)}`);
  if (object !== undefined) {
    const own = getAttr(t, object, '__class__');
    if (own !== cls) raisePickling(`first argument to __newobj__() must be ${repr(t, own)}, not ${repr(t, cls)}`);
  }
  saveNoted(t, p, cls, () => `when serializing ${fullTypeName(t, shown)} class`);
  saveNoted(t, p, newTuple(args.items.slice(1)), () => `when serializing ${fullTypeName(t, shown)} __new__ arguments`);
  p.writer.u8(OP.NEWOBJ);
}

function saveCall(t: Thread, p: PyPickler, { callable, args }: Reduction, shown: Value): void {
  saveNoted(t, p, callable, () => `when serializing ${fullTypeName(t, shown)} reconstructor`);
  saveNoted(t, p, args, () => `when serializing ${fullTypeName(t, shown)} reconstructor arguments`);
  p.writer.u8(OP.REDUCE);
}

function saveState(t: Thread, p: PyPickler, state: Value, stateSetter: Maybe, shown: Value): void {
  const stateNote = (): string => `when serializing ${fullTypeName(t, shown)} state`;
  if (stateSetter === undefined) {
    saveNoted(t, p, state, stateNote);
    p.writer.u8(OP.BUILD);
    return;
  }
  saveNoted(t, p, stateSetter, () => `when serializing ${fullTypeName(t, shown)} state setter`);
  p.save(t, p, shown);
  saveNoted(t, p, state, stateNote);
  p.writer.u8(OP.TUPLE2);
  p.writer.u8(OP.REDUCE);
  // The setter works in place; its result is not the object's.
  p.writer.u8(OP.POP);
}

function makerName(t: Thread, callable: Value): string | undefined {
  return asStr(lookupAttr(t, callable, '__name__'));
}

/**
 * Writes the reduction of `object`. Without an object the result is not memoized (a part of a larger reduction).
 * Raises PicklingError when the tuple is not as it must be.
 */
export function saveReduce(t: Thread, p: PyPickler, value: PyTuple, object: Maybe): void {
  const parts = checkReduction(t, value);
  const shown = object === undefined ? parts.callable : object;
  const name = p.protocol >= 2 ? makerName(t, parts.callable) : undefined;
  if (name === '__newobj_ex__') saveNewObjectEx(t, p, parts, shown);
  else if (name === '__newobj__') saveNewObject(t, p, parts, object, shown);
  else saveCall(t, p, parts, shown);
  if (object !== undefined) {
    // Saving the arguments may have pickled the object itself: a recursive tuple. The memo has it then.
    const known = p.memo.get(object);
    if (known !== undefined) {
      p.writer.u8(OP.POP);
      return memoGet(p, known);
    }
    memoPut(p, object);
  }
  if (parts.listItems !== undefined) saveItemsOf(t, p, parts.listItems, shown);
  if (parts.dictItems !== undefined) savePairsOf(t, p, parts.dictItems, shown);
  if (parts.state !== undefined) saveState(t, p, parts.state, parts.stateSetter, shown);
}

/** Writes the extension code of a registered global; false when it has none. */
function saveExtension(t: Thread, p: PyPickler, place: GlobalPlace): boolean {
  const found = tableGet(t, pickleState(t).extensionRegistry.table, newTuple([place.moduleName, place.name]));
  if (found === undefined) return false;
  const code = asInt(found) ?? toIndex(t, found);
  if (typeof code !== 'number') raiseOverflowError('Python int too large to convert to C long');
  if (code <= 0 || code > 0x7fffffff) raiseRuntimeError(`extension code ${code} is out of range`);
  if (code <= 0xff) p.writer.opU8(OP.EXT1, code);
  else if (code <= 0xffff) p.writer.opU16(OP.EXT2, code);
  else p.writer.opU32(OP.EXT4, code);
  return true;
}

function encodeName(t: Thread, p: PyPickler, name: string, kind: string): Uint8Array {
  try {
    return encodeText(t, name, p.protocol >= 3 ? 'utf-8' : 'ascii');
  } catch (caught) {
    if (!isRaised(caught, UnicodeEncodeError)) throw caught;
    return raisePickling(`can't pickle ${kind} identifier ${repr(t, name)} using pickle protocol ${p.protocol}`, caught);
  }
}

/** GLOBAL: module and name as two lines. */
function saveTopLevel(t: Thread, p: PyPickler, moduleName: string, name: string): void {
  const [shownModule, shownName] = p.protocol < 3 && p.fixImports ? toOldNames(t, moduleName, name) : [moduleName, name];
  const moduleBytes = encodeName(t, p, shownModule, 'module');
  const nameBytes = encodeName(t, p, shownName, 'global');
  p.writer.u8(OP.GLOBAL);
  p.writer.append(moduleBytes);
  p.writer.latin1('\n');
  p.writer.append(nameBytes);
  p.writer.latin1('\n');
}

/** A dotted name before protocol 4: `getattr(getattr(..., 'a'), 'b')`. */
function saveDotted(t: Thread, p: PyPickler, { moduleName, path }: GlobalPlace): void {
  const [first, ...rest] = path as [string, ...string[]];
  for (let i = 0; i < rest.length; i++) {
    p.save(t, p, pickleState(t).getattr);
    if (p.protocol < 2) p.writer.u8(OP.MARK);
  }
  saveTopLevel(t, p, moduleName, first);
  for (const name of rest) {
    p.save(t, p, name);
    p.writer.u8(p.protocol < 2 ? OP.TUPLE : OP.TUPLE2);
    p.writer.u8(OP.REDUCE);
  }
}

/** Pickles a class, a function or whatever says that it is found under a name in a module. */
export function saveGlobal(t: Thread, p: PyPickler, object: Value, given: string | undefined): void {
  const place = placeOf(t, object, given);
  if (p.protocol >= 2 && saveExtension(t, p, place)) return;
  if (p.protocol >= 4) {
    p.save(t, p, place.moduleName);
    p.save(t, p, place.name);
    p.writer.u8(OP.STACK_GLOBAL);
  } else if (place.path.length > 1) saveDotted(t, p, place);
  else saveTopLevel(t, p, place.moduleName, place.name);
  memoPut(p, object);
}

/** Raises for what a reducer may not return, or saves what it did. */
export function saveReduction(t: Thread, p: PyPickler, reduction: Value, object: Value): void {
  const name = asStr(reduction);
  if (name !== undefined) return saveGlobal(t, p, object, name);
  if (!(reduction instanceof PyTuple)) {
    return raisePickling(`__reduce__ must return a string or tuple, not ${fullTypeName(t, reduction)}`);
  }
  return saveReduce(t, p, reduction, object);
}

