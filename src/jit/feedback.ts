/** What the instructions of a code object have seen: kinds of operands and results, callees. Filled by an observer of tier 0, read by the builder. */
import { OP } from '../bytecode/opcodes.ts';
import { CACHES } from '../bytecode/opcodes.ts';
import type { Frame, PyCode } from '../core/function.ts';
import { PyFunction, PyMethod } from '../core/function.ts';
import { CACHE_MEMBER, OperatorSite, type InlineCache } from '../core/inline-cache.ts';
import { PyInstance } from '../core/instance.ts';
import { PyFloat } from '../core/scalars.ts';
import { PyBuiltinFunction } from '../core/native.ts';
import { PyDict, PyList, PyTuple } from '../core/containers.ts';
import { PyListIterator } from '../core/iterators.ts';
import { listLength } from '../core/list-storage.ts';
import { PyType } from '../core/type.ts';
import { PyObject, type Maybe } from '../core/value.ts';
import type { Facts, Observer } from '../hooks/services.ts';
import { isCalleeKind, MANY, type CalleeKind, type Feedback } from './ir.ts';
import { FLOAT, kindOf, OBJECT, type ExactTypes, type Kinds } from './kinds.ts';

/** Feedback of one code object, by the unit of the instruction. */
export class CodeFeedback {
  readonly rows = new Map<number, Feedback>();
  /** Kinds of the parameters, joined over the calls seen. */
  readonly parameters: Kinds[] = [];
  /** Instructions observed, over all runs. */
  observed = 0;

  at(at: number): Feedback {
    let row = this.rows.get(at);
    if (row === undefined) this.rows.set(at, (row = { left: 0, right: 0, result: 0, callee: undefined, self: 0, type: null, operator: null, caches: [], knownCaches: 0, isKnownAlike: false, constant: undefined, sawItems: false, unpacked: undefined, isSmall: true, isRaw: undefined, isNegative: false, isKnownNegative: false }));
    return row;
  }
}

/** The feedback of a code object, which it keeps. */
export type FeedbackOf = (code: PyCode) => CodeFeedback;

function isAlike(seen: CalleeKind, callee: unknown): boolean {
  switch (seen.alike) {
    case 'code': return callee instanceof PyFunction && callee.code === seen.code;
    case 'method': return callee instanceof PyMethod && callee.func === seen.func;
    case 'instance': return callee instanceof PyInstance && callee.type === seen.type;
    case 'definition': return callee instanceof PyBuiltinFunction && callee.bound && callee.definition === seen.definition;
  }
}

/** How others may be like a callee, or null where that does not matter. */
function kindOfCallee(callee: unknown): CalleeKind | null {
  if (callee instanceof PyFunction) return { alike: 'code', code: callee.code, first: callee };
  if (callee instanceof PyMethod) return { alike: 'method', func: callee.func };
  if (callee instanceof PyInstance) return { alike: 'instance', type: callee.type };
  return callee instanceof PyBuiltinFunction && callee.bound ? { alike: 'definition', definition: callee.definition } : null;
}

/** [callee, self or NULL, arguments...] with the callee at `slot`. */
function noteCallee(row: Feedback, f: Frame, slot: number, types: ExactTypes): void {
  const callee = f.stack[slot];
  row.self |= kindOf(f.stack[slot + 1], types);
  const seen = row.callee;
  if (seen === undefined) row.callee = callee instanceof PyMethod || callee instanceof PyInstance ? kindOfCallee(callee) : callee;
  else if (seen !== callee && seen !== MANY) {
    const kind = isCalleeKind(seen) ? seen : kindOfCallee(seen);
    row.callee = kind !== null && isAlike(kind, callee) ? kind : MANY;
  }
}

/** Kinds of instances that one attribute access of compiled code tells apart. */
const MAX_CACHES = 6;

function isLearntFrom(cache: InlineCache, owner: PyInstance): boolean {
  return cache.type === owner.type && cache.version === owner.type.version && (cache.kind === CACHE_MEMBER || cache.shape === owner.shape);
}

/** Whether what an attribute access gives is called with `*args` or `**kwargs`: then it is no access for a call. */
function isCalledUnpacked({ code: { words } }: Frame, at: number): boolean {
  return (words[at + 1 + CACHES[OP.LOAD_ATTR]!]! & 255) === OP.PUSH_NULL;
}

/** Notes what an inline cache would learn from an attribute access. */
function noteAttribute(row: Feedback, owner: Maybe, learn: (owner: PyInstance) => InlineCache | null): void {
  if (row.caches === null || (owner instanceof PyInstance && row.caches.some((cache) => isLearntFrom(cache, owner)))) return;
  const cache = owner instanceof PyInstance ? learn(owner) : null;
  row.caches = row.caches.filter((old) => old.type!.version === old.version);
  if (cache === null || row.caches.length === MAX_CACHES) row.caches = null;
  else row.caches.push(cache);
}

/** How far below the top the container, the iterator or the object lies that an instruction asks. */
const CONTAINER_DEPTHS: ReadonlyMap<number, number> = new Map([[OP.BINARY_OP, 2], [OP.STORE_SUBSCR, 2], [OP.CONTAINS_OP, 1], [OP.BINARY_SLICE, 3], [OP.STORE_SLICE, 3], [OP.GET_ITER, 1], [OP.FOR_ITER, 1], [OP.DELETE_SUBSCR, 2], [OP.TO_BOOL, 1], [OP.LOAD_ATTR, 1], [OP.LOAD_SPECIAL, 1], [OP.GET_ANEXT, 1]]);

function noteContainer(row: Feedback, facts: Facts, container: Maybe): void {
  if (row.type === MANY) return;
  const type = typeof container === 'string' ? facts.str : container instanceof PyObject ? container.type : MANY;
  row.type = row.type === null || row.type === type ? type : MANY;
}

/** Notes whether a mapping that is unpacked had items, and under which names. */
function noteMapping(row: Feedback, mapping: Maybe): void {
  if (!(mapping instanceof PyDict) || mapping.table.used !== 0) row.sawItems = true;
  const names = mapping instanceof PyDict ? mapping.table.keys : [];
  const areFew = names.length > 0 && names.length <= MAX_UNPACKED && names.every((name) => typeof name === 'string');
  const seen = row.unpacked;
  if (!areFew) row.unpacked = MANY;
  else if (seen === undefined) row.unpacked = names.slice() as string[];
  else if (!Array.isArray(seen) || seen.length !== names.length || !names.every((name, i) => name === seen[i])) row.unpacked = MANY;
}

/** What is unpacked into more parts is not taken apart by compiled code. */
const MAX_UNPACKED = 8;

/** Notes how many items a sequence that is unpacked has. */
function noteCount(row: Feedback, sequence: Maybe): void {
  const count = sequence instanceof PyTuple ? sequence.items.length : sequence instanceof PyList ? listLength(sequence) : Infinity;
  row.unpacked = count > MAX_UNPACKED || (row.unpacked !== undefined && row.unpacked !== count) ? MANY : count;
}

/** Notes what an operator does for its operands, where one of them is no builtin value that compiled code knows by its kind. */
function noteOperator(row: Feedback, facts: Facts, op: number, oparg: number, left: Maybe, right: Maybe): void {
  if (row.operator === MANY || left === undefined || right === undefined || ((row.left | row.right) & OBJECT) === 0) return;
  const site = op === OP.BINARY_OP ? new OperatorSite(oparg, false) : new OperatorSite(oparg >> 5, true);
  const entry = facts.learnOperator(facts.interpreter.mainThread, site, left, right);
  const known = row.operator;
  row.operator = known === null || (known.left === entry.left && known.right === entry.right) ? entry : MANY;
}

/** An observer that fills feedback. */
export function makeObserver(feedbackOf: FeedbackOf, types: Facts): Observer {
  return {
    before: (f: Frame, at: number, op: number, oparg: number, sp: number): void => {
      const feedback = feedbackOf(f.code);
      feedback.observed++;
      const row = feedback.at(at);
      if (sp > f.code.nlocalsplus) row.right |= kindOf(f.stack[sp - 1], types);
      if (sp > f.code.nlocalsplus + 1) row.left |= kindOf(f.stack[sp - 2], types);
      if (op === OP.CALL) {
        noteCallee(row, f, sp - oparg - 2, types);
        // For `len`.
        if (oparg === 1) noteContainer(row, types, f.stack[sp - 1]);
      }
      if (op === OP.CALL_KW) noteCallee(row, f, sp - oparg - 3, types);
      if (op === OP.CALL_FUNCTION_EX) {
        noteCallee(row, f, sp - 4, types);
        noteCount(row, f.stack[sp - 2]);
      }
      if (op === OP.LIST_EXTEND) noteCount(row, f.stack[sp - 1]);
      if (op === OP.DICT_MERGE) noteMapping(row, f.stack[sp - 1]);
      if (op === OP.LOAD_ATTR) {
        row.left = row.right;
        noteAttribute(row, f.stack[sp - 1], (owner) => types.learnLoad(owner, f.code.names[oparg >> 1]!, (oparg & 1) !== 0 || isCalledUnpacked(f, at)));
      }
      if (op === OP.STORE_ATTR) noteAttribute(row, f.stack[sp - 1], (owner) => types.learnStore(owner, f.code.names[oparg]!));
      const depth = CONTAINER_DEPTHS.get(op);
      // None is among the kinds: `if x` of what may be None.
      if (depth !== undefined && !(op === OP.TO_BOOL && f.stack[sp - 1] === null)) noteContainer(row, types, f.stack[sp - depth]);
      if (op === OP.BINARY_OP) row.isSmall &&= !isLarge(f.stack[sp - 2]) && !isLarge(f.stack[sp - 1]);
      if (op === OP.BINARY_OP || op === OP.COMPARE_OP) noteOperator(row, types, op, oparg, f.stack[sp - 2], f.stack[sp - 1]);
      if (op === OP.BINARY_OP || op === OP.STORE_SUBSCR) noteElement(row, f.stack[sp - 2], f.stack[sp - 1]);
      if (op === OP.FOR_ITER && f.stack[sp - 1] instanceof PyListIterator) noteStorage(row, (f.stack[sp - 1] as PyListIterator).list);
      if (op === OP.STORE_SUBSCR) noteStore(row, f, sp, types);
      if (op === OP.STORE_SLICE) row.result |= kindOf(f.stack[sp - 4], types);
      if (op === OP.RESUME && at + 1 + CACHES[op]! <= 4) noteParameters(feedback, f, types);
    },
    after: (f: Frame, at: number, sp: number): void => {
      if (sp <= f.code.nlocalsplus) return;
      const row = feedbackOf(f.code).at(at);
      const result = f.stack[sp - 1];
      row.result |= resultKind(result, types);
      row.isSmall &&= !isLarge(result);
      if (row.constant === undefined) row.constant = isPlain(result) ? result : MANY;
      else if (row.constant !== result) row.constant = MANY;
    },
  };
}

/** Whether a value is a tuple of classes, `(int, float)`, as `isinstance` and `except` take. */
function areClasses(value: Maybe): boolean {
  return value instanceof PyTuple && value.items.length > 0 && value.items.every((item) => item instanceof PyType);
}

/** Whether a value is one that modules name to name it, `SIZE = 7`. */
function isPlain(value: Maybe): boolean {
  return areClasses(value) || value === null || typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean' || value instanceof PyFloat;
}

/** Notes how a list keeps its items. */
function noteStorage(row: Feedback, list: PyList | null): void {
  if (list !== null) row.isRaw = row.isRaw !== false && list.doubles !== null;
}

/** Notes of a list that is subscripted how it keeps its items, and of an index into a list or tuple whether it is negative. */
function noteElement(row: Feedback, container: Maybe, key: Maybe): void {
  if (container instanceof PyList) noteStorage(row, container);
  row.isNegative ||= (container instanceof PyList || container instanceof PyTuple) && typeof key === 'number' && key < 0;
}

/** Whether a value is an int of more than 32 bits. */
function isLarge(value: Maybe): boolean {
  return typeof value === 'number' && (value | 0) !== value;
}

/** The kind of a result: NaN is no mere float, as its identity matters (`core/list-storage.ts`). */
function resultKind(value: Maybe, types: ExactTypes): Kinds {
  const kind = kindOf(value, types);
  return kind === FLOAT && Number.isNaN((value as PyFloat).value) ? FLOAT | OBJECT : kind;
}

/** STORE_SUBSCR: [value, container, key]. `before` has taken container and key for left and right already. */
function noteStore(row: Feedback, f: Frame, sp: number, types: ExactTypes): void {
  row.result |= kindOf(f.stack[sp - 3], types);
}

/** Joins the kinds of a call's arguments. */
export function noteParameters(feedback: CodeFeedback, f: Frame, types: ExactTypes): void {
  for (let i = 0; i < f.code.parameterCount; i++) feedback.parameters[i] = (feedback.parameters[i] ?? 0) | kindOf(f.stack[i], types);
}
