/**
 * What a plugin that compiles may ask of the interpreter: the general forms of operations, the doors between the tiers, and facts about types. The
 * interpreter hands an implementation over when the plugin is installed (`interp/compiled-services.ts`).
 *
 * Operations get the thread first, return a value and raise by throwing. Those marked *call* may return a symbol: UNWIND, PARKED or TAIL_CALL, which
 * `afterCall` understands.
 */
import { assert } from '../base/assert.ts';
import type { CompiledCode, NumberTag, SUSPENDED, UNWIND } from '../core/compiled.ts';
import type { HashTable, PyDict, PyList, PySet, PyTuple } from '../core/containers.ts';
import type { Frame, PyCode, PyFunction, PyGenerator } from '../core/function.ts';
import type { InlineCache, OperatorEntry, OperatorSite, PolymorphicSite, SpecialSite, Tried } from '../core/inline-cache.ts';
import type { PyInstance } from '../core/instance.ts';
import type { PyMethodDescriptor } from '../core/native.ts';
import type { Sink } from '../core/sink.ts';
import type { CompiledFrame, Interpreter, Thread } from '../core/thread.ts';
import type { CompareOp, PyType } from '../core/type.ts';
import type { Maybe, Value } from '../core/value.ts';
import { perInterpreter } from './watcher-table.ts';

type Any = Value | symbol | undefined;

/** Operations of tier 0 by name. */
export interface Operations {
  binary(t: Thread, left: Value, right: Value, operand: number): Value;
  compare(t: Thread, left: Value, right: Value, op: number): Value;
  compareBool(t: Thread, left: Value, right: Value, op: number): boolean;
  contains(t: Thread, container: Value, item: Value): boolean;
  truth(t: Thread, value: Value): boolean;
  negative(t: Thread, value: Value): Value;
  invert(t: Thread, value: Value): Value;
  length(t: Thread, value: Value): Value;
  /** UNWIND where there is no such item: `Thread.raised` is to be raised. Others may throw it all the same. */
  getItem(t: Thread, container: Value, key: Value): Value | typeof UNWIND;
  /** As `getItem`, of an exact dict. */
  getDictItem(t: Thread, dict: Value, key: Value): Value | typeof UNWIND;
  /** The result of a slot of a builtin type, called directly: compiled code may have to be left behind it. */
  behind<V extends Maybe>(t: Thread, result: V): V;
  setItem(t: Thread, container: Value, key: Value, value: Value): void;
  loadGlobal(t: Thread, func: PyFunction, name: string): Value;
  storeGlobal(t: Thread, func: PyFunction, name: string, value: Value): void;
  /** Names of a module or class body: `owner` is its frame. */
  loadName(t: Thread, owner: Frame | PyFunction, name: string): Value;
  storeName(t: Thread, owner: Frame | PyFunction, name: string, value: Value): void;
  /** As `loadAttr`, of an object whose class has a field of this name and no `__getattribute__` of its own; `get` is the field's getter. */
  nativeField(t: Thread, get: (t: Thread, self: Value) => Maybe, site: PolymorphicSite, owner: Value, name: string): Value | typeof UNWIND;
  /** UNWIND as `getItem`. */
  loadAttr(t: Thread, site: PolymorphicSite, owner: Value, name: string): Value | typeof UNWIND;
  /** `getattr` with a default, and `hasattr`. */
  getAttrOr(t: Thread, site: PolymorphicSite, owner: Value, name: string, fallback: Value): Value;
  hasAttr(t: Thread, site: PolymorphicSite, owner: Value, name: string): boolean;
  /** `getAttrOr` and `hasAttr` where they run no Python code and raise nothing; undefined elsewhere. */
  quietAttrOr(t: Thread, site: PolymorphicSite, owner: Value, name: string, fallback: Value): Maybe;
  quietHasAttr(t: Thread, site: PolymorphicSite, owner: Value, name: string): boolean | undefined;
  /** Sets `Thread.methodSelf`. */
  loadMethod(t: Thread, site: PolymorphicSite, owner: Value, name: string): Value;
  storeAttr(t: Thread, site: PolymorphicSite, owner: Value, name: string, value: Value): void;
  getIterator(t: Thread, value: Value): Value;
  /** undefined when exhausted; or UNWIND. What `sink` takes of a generator's values it does not give. */
  iterNext(t: Thread, iterator: Value, sink?: Sink): Maybe | typeof UNWIND;
  /** SEND: what a generator yields, undefined when it returns `Thread.sent`; or UNWIND. */
  send(t: Thread, receiver: Value, value: Value, sink?: Sink): Maybe | typeof UNWIND;
  setAdd(t: Thread, set: Value, value: Value): void;
  mapAdd(t: Thread, dict: Value, key: Value, value: Value): void;
  /** IMPORT_NAME, IMPORT_FROM. */
  importName(t: Thread, owner: Frame | PyFunction, name: string, level: Value, fromlist: Value): Value;
  importFrom(t: Thread, module: Value, name: string): Value;
  /** The module that IMPORT_NAME of an absolute name gives where it runs no Python code and changes nothing; else undefined. */
  importedModule(t: Thread, builtins: Value, name: string, fromlist: Value): Maybe;
  /** Keys and values in turn. */
  buildMap(t: Thread, items: Value[]): Value;
  buildSet(t: Thread, items: Value[]): Value;
  newSlice(start: Value, stop: Value, step: Value): Value;
  format(t: Thread, value: Value): string;
  unpack(t: Thread, value: Value, count: number): readonly Maybe[];
  /** GET_AWAITABLE, GET_ANEXT, GET_AITER. */
  awaitable(t: Thread, value: Value, oparg: number): Value;
  asyncNext(t: Thread, iterator: Value): Value;
  asyncIterator(t: Thread, value: Value): Value;
  /** GET_YIELD_FROM_ITER in `code`, that of `generator`. */
  yieldFromIterator(t: Thread, code: PyCode, generator: PyGenerator | null, iterable: Value): Value;
  /** PUSH_EXC_INFO: `exception` is being handled in the frame of `generator`, or of none; what was before. CHECK_EXC_MATCH. POP_EXCEPT. */
  pushHandled(t: Thread, generator: PyGenerator | null, exception: Value): Value;
  matchesException(t: Thread, exception: Value, type: Value): boolean;
  popHandled(t: Thread, previous: Value): void;
  /** Whether an exception is the StopAsyncIteration that ends an `async for`. */
  endsAsyncFor(exception: Value): boolean;
  /** LOAD_SPECIAL; sets `Thread.methodSelf`. */
  loadSpecial(t: Thread, site: SpecialSite, owner: Value, oparg: number): Value;
  isSequence(value: Value): boolean;
  isMapping(value: Value): boolean;
  matchClass(t: Thread, subject: Value, cls: Value, positional: number, names: Value): Value;
  matchKeys(t: Thread, subject: Value, keys: Value): Maybe;
  formatWithSpec(t: Thread, value: Value, spec: Value): string;
  convertValue(t: Thread, oparg: number, value: Value): Value;
  listExtend(t: Thread, list: Value, iterable: Value): void;
  dictUpdate(t: Thread, dict: Value, mapping: Value): void;
  /** DICT_MERGE: the keyword arguments of a call of `callee`. */
  dictMerge(t: Thread, dict: Value, mapping: Value, callee: Value): void;
  /** BINARY_SLICE. */
  getSlice(t: Thread, container: Value, start: Value, stop: Value): Value;
  unpackEx(t: Thread, value: Value, before: number, after: number): readonly Maybe[];
  deleteItem(t: Thread, container: Value, key: Value): void;
  deleteAttr(t: Thread, owner: Value, name: string): void;
  listToTuple(list: Value): Value;
  setFunctionAttribute(func: Value, oparg: number, value: Value): void;
  /** Runs one instruction of tier 0 on `inputs`; returns what is on the stack then. */
  instruction(t: Thread, owner: Frame | PyFunction, code: PyCode, op: number, oparg: number, pc: number, inputs: Maybe[]): readonly Maybe[];
  makeFunction(t: Thread, code: Value, from: PyFunction): Value;
  /** See `PyGenerator.returned`; undefined for what is no generator. */
  returnedBy(receiver: Value): Maybe;
  /** The generator for which one waits that is suspended behind a SEND to `receiver` (`PyGenerator.delegate`). */
  delegateOf(receiver: Value): PyGenerator | null;
  newCell(value: Maybe): Value;
  /** What an asynchronous generator yields to its consumer. */
  wrapAsyncGeneratorValue(value: Value): Value;
  newInstance(type: PyType): Value;
  /** What `BaseException.__new__` makes of the class with these arguments. */
  exceptionOf(type: PyType, args: Value[]): Value;
  /** See `SOURCE_NUMBER`. */
  numberOf(value: number, tag: NumberTag): Maybe;
  /** See `SOURCE_GENERATOR`. */
  suspendedGenerator(func: PyFunction, code: PyCode, slots: readonly Maybe[], pc: number, resume: CompiledFrame | null): PyGenerator;
  rangeIterator(next: number, step: number, remaining: number): Value;
  countIterator(next: number, stop: number): Value;
  sequenceIterator(sequence: Value, index: number): Value;
  enumerateIterator(sequence: Value, index: number): Value;
  zipIterator(a: Value, b: Value, index: number): Value;
  strLength(text: string): number;
  /** Operations that run no Python code and look at no frame; undefined where the general operation is to decide, or to raise. */
  /** `int(text)` or `float(text)`; RAISED for a text that is no number. */
  quietNumber(t: Thread, type: PyType, text: Value): Value | symbol | undefined;
  quietItem(text: string, index: number): string | undefined;
  quietSlice(text: string, start: number | null, stop: number | null): string;
  quietContains(text: string, part: string): boolean;
  /** `in` and items of exact sets and dicts. */
  quietHas(t: Thread, container: PySet | PyDict, item: Value): boolean | undefined;
  /** Whether it is `expected` that a set has this item and no other, likewise. */
  quietHasOnly(t: Thread, set: PySet, item: Value, expected: boolean): boolean | undefined;
  quietGet(t: Thread, dict: PyDict, key: Value): Maybe;
  quietGetOr(t: Thread, dict: PyDict, key: Value, fallback: Value): Maybe;
  quietAmong(items: readonly Value[], item: Value): boolean | undefined;
  /** Operators of exact ints of any size; undefined for other operands, for division by zero and negative counts, and where the result is too large. */
  quietIntAdd(a: Value, b: Value): Maybe;
  quietIntSub(a: Value, b: Value): Maybe;
  quietIntMul(a: Value, b: Value): Maybe;
  quietIntAnd(a: Value, b: Value): Maybe;
  quietIntOr(a: Value, b: Value): Maybe;
  quietIntXor(a: Value, b: Value): Maybe;
  quietIntShift(a: Value, b: Value): Maybe;
  quietIntQuotient(a: Value, b: Value): Maybe;
  quietIntRest(a: Value, b: Value): Maybe;
  /** A comparison of numbers, strs and None. */
  quietCompare(a: Value, b: Value, op: CompareOp): boolean | undefined;
  /** Truth where no Python code says so. */
  quietTruth(value: Value): boolean | undefined;
  /** `list.pop()`, `ord(text)`, `chr(code)`; undefined where they raise, and for surrogates. */
  quietPop(list: PyList): Maybe;
  quietOrd(text: string): number | undefined;
  quietChr(code: number): string | undefined;
  quietSet(t: Thread, dict: PyDict, key: Value, value: Value): null | undefined;
  quietAdd(t: Thread, set: PySet, item: Value): null | undefined;
  /** The entry of a key in the table, -1 for none; and setting a key whose entry is known. */
  quietEntry(t: Thread, container: PySet | PyDict, key: Value): number | undefined;
  quietSetAt(t: Thread, dict: PyDict, entry: number, key: Value, value: Value): null | undefined;
  quietAddAt(t: Thread, set: PySet, entry: number, item: Value): null | undefined;
  quietDiscard(t: Thread, set: PySet, item: Value): null | undefined;
  quietRemove(t: Thread, set: PySet, item: Value): null | undefined;
  quietSetDefault(t: Thread, dict: PyDict, key: Value, value: Value): Maybe;
  /** Displays of items, or of alternating keys and values, whose keys are strs, ints, bools or None. */
  newSet(): Value;
  plainSet(items: readonly Value[]): Value;
  plainMap(t: Thread, pairs: readonly Value[]): Value;
  /** Parts and sums of exact lists and tuples. */
  /** `sequence[start:stop:step]`, for a step that is not 0; undefined where a bound is neither an int that is a number nor None. */
  quietListSteps(list: PyList, start: Maybe, stop: Maybe, step: number): Maybe;
  quietTupleSteps(tuple: PyTuple, start: Maybe, stop: Maybe, step: number): Maybe;
  quietTextSteps(text: string, start: Maybe, stop: Maybe, step: number): Maybe;
  /** `list[start:stop] = value` for lists: null; undefined where it is left to `setItem`. */
  quietSetSlice(list: PyList, start: Maybe, stop: Maybe, value: PyList): null | undefined;
  /** `list.insert(index, item)`, `del list[start:stop]`, `del list[index]` and `del dict[key]`, likewise. */
  quietInsert(list: PyList, index: Value, item: Value): null | undefined;
  quietDeletePart(list: PyList, start: Maybe, stop: Maybe): null | undefined;
  quietDeleteItem(list: PyList, index: Value): null | undefined;
  quietDelete(t: Thread, dict: PyDict, key: Value): null | undefined;
  /** `list[start:stop] = source[from:to:step]`, likewise. */
  quietSetPart(list: PyList, start: Maybe, stop: Maybe, source: PyList, from: number | null, to: number | null, step: number): null | undefined;
  quietListSlice(list: PyList, start: number | null, stop: number | null): Value;
  quietTupleSlice(tuple: PyTuple, start: number | null, stop: number | null): Value;
  quietListConcat(a: PyList, b: PyList): Value;
  quietListRepeat(list: PyList, count: number): PyList;
  quietTupleConcat(a: PyTuple, b: PyTuple): Value;
  /** `id(object)` */
  identityOf(object: Value): Value;
  quietIsInstance(object: Value, cls: Value): boolean | undefined;
  quietIsSubclass(type: Value, cls: Value): boolean | undefined;
  intAnd(left: number, right: number): Value;
  intOr(left: number, right: number): Value;
  intXor(left: number, right: number): Value;
  /** *call*, for none to four arguments: no array is made for them. */
  call0(t: Thread, callee: Value): Any;
  call1(t: Thread, callee: Value, a: Value): Any;
  call2(t: Thread, callee: Value, a: Value, b: Value): Any;
  call3(t: Thread, callee: Value, a: Value, b: Value, c: Value): Any;
  /** A call of `str`, `int`, `float` or `bool` with one argument. */
  convert(t: Thread, type: PyType, value: Value): Any;
  /** *call*, of what `loadMethod` gave. */
  callMethod0(t: Thread, callee: Value, self: Maybe): Any;
  callMethod1(t: Thread, callee: Value, self: Maybe, a: Value): Any;
  callMethod2(t: Thread, callee: Value, self: Maybe, a: Value, b: Value): Any;
  callMethod3(t: Thread, callee: Value, self: Maybe, a: Value, b: Value, c: Value): Any;
  /** *call*: `left op right`, for the operator of the site. */
  operator(t: Thread, site: OperatorSite, left: Value, right: Value): Any;
  /** *call*: what the method of an operator that was tried first has given; where that is NotImplemented, what comes next. */
  operatorResult(t: Thread, site: OperatorSite, left: Value, right: Value, tried: Tried, result: Any): Any;
  /** What the slot of a builtin type has given; where that is NotImplemented, `left op right`. */
  slotResult(t: Thread, site: OperatorSite, left: Value, right: Value, result: Value): Value;
  /** *call*: what operations make of the results of their methods: of `__setitem__` and `__delitem__`; of a comparison in a condition and `__contains__`; for `not in`; of `__bool__`; of `__len__`, and of it as truth. */
  storedBy(t: Thread, result: Any): Any;
  conditionBy(t: Thread, result: Any): Any;
  excludedBy(t: Thread, result: Any): Any;
  truthBy(t: Thread, result: Any): Any;
  lengthBy(t: Thread, result: Any): Any;
  fullnessBy(t: Thread, result: Any): Any;
  /** *call* of a function whose code makes generators; `stack` has the bound arguments, and room for all of the frame. */
  generatorCall(t: Thread, code: PyCode, func: PyFunction, stack: Maybe[]): Any;
  /** Whether a function can be begun (`PyCode.begin`) with so many arguments; `self` undefined for none. */
  canBegin(t: Thread, callee: Value, self: Maybe, count: number): boolean;
  /** `__anext__` of an asynchronous iterator where it can be begun, else null. */
  nextFunction(t: Thread, site: SpecialSite, iterator: Value): Value;
  /** The coroutine that was begun, and is suspended. */
  takeBegun(t: Thread): Value;
  /** As `PyCode.begin`, for what can be begun. */
  beginCall0(t: Thread, callee: Value, self: Maybe): Any;
  beginCall1(t: Thread, callee: Value, self: Maybe, a: Value): Any;
  beginCall2(t: Thread, callee: Value, self: Maybe, a: Value, b: Value): Any;
  beginCall3(t: Thread, callee: Value, self: Maybe, a: Value, b: Value, c: Value): Any;
  beginCall(t: Thread, callee: Value, self: Maybe, args: Value[]): Any;
  /** *call* */
  call(t: Thread, callee: Value, args: Value[]): Any;
  /** *call*; `self` undefined when the callee is bound already. */
  callMethod(t: Thread, callee: Value, self: Maybe, args: Value[]): Any;
  /** *call*; `names` are those of the last arguments. */
  callKeywords(t: Thread, callee: Value, self: Maybe, args: Value[], names: readonly string[]): Any;
  /** *call*: as `callKeywords`, with the items of a mapping for further keyword arguments. */
  callMerged(t: Thread, callee: Value, self: Maybe, args: Value[], names: readonly string[], mapping: Value): Any;
  /** *call*: as `callUnpacked`, with the items of a mapping for keyword arguments. */
  callForwarded(t: Thread, callee: Value, self: Maybe, args: Value, mapping: Value): Any;
  /** *call*: `type(source)` of a builtin class. */
  construct(t: Thread, type: PyType, source: Value): Any;
  /** The same where no Python code runs; undefined elsewhere. */
  quietConstruct(type: PyType, source: Value): Maybe;
  /** *call* of a class whose metaclass is `type`. */
  callType(t: Thread, type: PyType, args: Value[], names: readonly string[] | null): Any;
  /** A Python function, or a builtin method, bound to an object. */
  bindFunction(func: PyFunction, self: Value): Value;
  bindNative(descriptor: PyMethodDescriptor, self: Value): Value;
  /** A dict of keyword arguments, or one that a display with other names makes. */
  newKeywords(names: readonly string[], values: Value[]): Value;
  newDict(): Value;
  typeOf(value: Value): Value;
  /** *call* */
  callUnpacked(t: Thread, callee: Value, self: Maybe, args: Value, keywords: Maybe): Any;
}

/** Doors between the tiers; `base` is where the activation's record starts. */
export interface Doors {
  readonly maxRecords: number;
  /** A guard failed: tier 0 goes on at the record's site. */
  leave(t: Thread, base: number): Value | symbol;
  /** What a call gave is no plain value, or the eval breaker is set: what to go on with, UNWIND, or FINISHED (`Thread.finished` is the result then). */
  afterCall(t: Thread, base: number, result: Any): Value | symbol;
  /** An exception in the activation: what compiled code is left with. */
  caught(t: Thread, base: number, thrown: unknown): Value | symbol;
  /** `raise exception from cause` in the activation, and the end of a handler that does not handle. */
  raise(t: Thread, base: number, exception: Value, cause?: Value): Value | symbol;
  reraise(t: Thread, base: number, exception: Value): Value | symbol;
  /** An operation has given UNWIND: returns what the function is left with. */
  unwound(t: Thread, base: number): Value | symbol;
  /**
   * The same for an exception whose handler the compiled code has itself: RAISED says that it goes on there, and the exception is `Thread.raised`, which `takeRaised` takes away. Else it is
   * left with what they return; `afterCallHere` gives what `afterCall` does.
   */
  afterCallHere(t: Thread, base: number, result: Any): Value | symbol;
  caughtHere(t: Thread, base: number, thrown: unknown): Value | symbol;
  raiseHere(t: Thread, base: number, exception: Value, cause?: Value): Value | symbol;
  reraiseHere(t: Thread, base: number, exception: Value): Value | symbol;
  unwoundHere(t: Thread, base: number): Value | symbol;
  takeRaised(t: Thread): Value;
  /** The activation, of which a frame was made, returns at the record's site: its frame keeps the variables. Its result. */
  finishSeen(t: Thread, base: number): Value;
  overflow(t: Thread, func: PyFunction, args: readonly Maybe[]): typeof UNWIND;
  /** The same four for coroutines that are begun: `afterBegin` gives SUSPENDED back, too. `suspendBegun` suspends one at `pc`, with what its frame gets. */
  afterBegin(t: Thread, base: number, result: Any): Value | symbol;
  overflowBegun(t: Thread, func: PyFunction, parameters: readonly Maybe[]): typeof UNWIND;
  beginInterpreted(t: Thread, func: PyFunction, ...parameters: Maybe[]): Any;
  suspendBegun(t: Thread, base: number, func: PyFunction, stack: Maybe[], sp: number, pc: number, resume: CompiledFrame | null, receiver: PyGenerator | null, value: Value): typeof SUSPENDED;
  mustLeave(t: Thread): boolean;
  /** What the code relies on has changed: its activations are left behind the operation under way, or where what they have called returns. Who compiled it lets nobody enter it any more. */
  retire(all: Iterable<CompiledCode>): void;
  /** For arguments bound to the parameters of `code`: runs the function in tier 0, binding anew when it has got other code. */
  interpretBound(code: PyCode, t: Thread, func: PyFunction, ...parameters: Maybe[]): Any;
  /** The result of an `__init__` called for `instance`, which takes its place. */
  initResult(t: Thread, result: Any, instance: Value): Any;
  /** Runs up to `budget` instructions of `f` and what it calls in tier 0, telling `observer` of each. Stops before `f` is left. */
  observe(t: Thread, f: Frame, budget: number, observer: Observer): void;
}

/** Told of every instruction: before it runs, and behind it while the same frame runs on. */
export interface Observer {
  before(f: Frame, at: number, op: number, oparg: number, sp: number): void;
  after(f: Frame, at: number, sp: number): void;
}

/** A property and its getter, as long as `property.fget` is `func`. */
export interface PropertyGetter {
  readonly property: { readonly fget: Value };
  readonly func: PyFunction;
}

/** Facts that compiled code is built on. */
export interface Facts {
  readonly interpreter: Interpreter;
  readonly float: PyType;
  readonly list: PyType;
  readonly dict: PyType;
  readonly tuple: PyType;
  readonly str: PyType;
  readonly complex: PyType;
  readonly method: PyType;
  readonly keyError: PyType;
  readonly valueError: PyType;
  readonly indexError: PyType;
  /** An attribute of a type found by its MRO. */
  lookup(type: PyType, name: string): Maybe;
  /** The entry of a str key in the table of a namespace, or -1. */
  findName(table: HashTable, name: string): number;
  /**
   * What an inline cache would learn from `owner.name` (`forCall`: the callee of `owner.name()`, with self apart), or from setting it. Null where instances of the
   * class say themselves what their attributes are, or where there is none.
   */
  learnLoad(owner: PyInstance, name: string, forCall: boolean): InlineCache | null;
  learnStore(owner: PyInstance, name: string): InlineCache | null;
  /** What `left op right` does for operands of these classes, for the operator of the site. */
  learnOperator(t: Thread, site: OperatorSite, left: Value, right: Value): OperatorEntry;
  /** An attribute of a class as `cls.name` gives it, while class and metaclass stay as they are; undefined where something is asked. */
  classValue(type: PyType, name: string): Maybe;
  /** A method of a class that is a Python function with so many parameters, all of them positional, which is entered in the usual way; else null. */
  specialMethod(t: Thread, type: PyType, name: string, count: number): PyFunction | null;
  /** What gives an attribute that is a property of the class, when that is a Python function that is entered in the usual way; else null. */
  propertyGetter(t: Thread, type: PyType, name: string): PropertyGetter | null;
  /** See `BuildInput.pythonInit` of the JIT. */
  pythonInit(t: Thread, type: PyType): PyFunction | null | undefined;
  /** The Python `__init__` of an exception class whose call is `BaseException.__new__` and then that; null where it is `BaseException.__init__`, undefined where the call is another. */
  exceptionInit(t: Thread, type: PyType): PyFunction | null | undefined;
  /** What LOAD_COMMON_CONSTANT pushes for a number. */
  commonConstant(t: Thread, number: number): Value;
  /** Whether a call of the function can be begun (`PyCode.begin`) when its result is awaited, as long as it has its code and entry point. */
  canBegin(func: PyFunction): boolean;
  /** Whether a call of code makes its generator as `PyCode.generatorStart` says. */
  beginsPlainly(code: PyCode): boolean;
}

/** All of it. */
export interface Services {
  readonly operations: Operations;
  readonly doors: Doors;
  readonly facts: Facts;
}

let makeServices: ((t: Thread) => Services) | null = null;

/** Hands the implementation over; done once per worker, by the interpreter. */
export function setServices(make: (t: Thread) => Services): void {
  makeServices = make;
}

/** The services for plugins of an interpreter. */
export function servicesOf(interpreter: Interpreter): Services {
  return perInterpreter(interpreter, 'hooks.services', () => {
    assert(makeServices !== null, 'the interpreter is loaded before plugins are installed');
    return makeServices(interpreter.mainThread);
  });
}
