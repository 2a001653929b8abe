/** `OrderedDict` (Objects/odictobject.c): a dict that also keeps an order which can be changed. Record and order are in the files beside. */
import { PyDict } from '../../core/containers.ts';
import { EQ, NE, type CompareOp, type KeywordNames, type PyType } from '../../core/type.ts';
import type { Thread } from '../../core/thread.ts';
import type { Maybe, Value } from '../../core/value.ts';
import { lookupAttr } from '../../objects/attributes.ts';
import { call, callMethod } from '../../objects/call.ts';
import { compareBool } from '../../objects/compare.ts';
import { dictsEqual } from '../../objects/dict.ts';
import { PyDictView } from '../../objects/dict-views.ts';
import { tableFind, tableGet, tableSet } from '../../objects/hash-table.ts';
import { FIRM_DICT_GETSET } from '../../objects/instance-dict.ts';
import { forEach, getIterator, iterNext, toArray } from '../../objects/iterate.ts';
import { newDict, newTuple, NOT_IMPLEMENTED } from '../../objects/make.ts';
import { raiseKeyError, raiseRuntimeError, raiseTypeError, raiseValueError } from '../../objects/raise.ts';
import { DICT_TYPE } from '../../objects/static-types.ts';
import { contains, getItem, setItem } from '../../objects/subscript.ts';
import { repr } from '../../objects/text.ts';
import { isTrue } from '../../objects/truth.ts';
import { readyType, type MethodRow } from '../../objects/type-ready.ts';
import {
  ODICT_ITEMS_TYPE, ODICT_KEYS_TYPE, ODICT_VALUES_TYPE, orderedClear, orderedDelete, ORDERED_DICT_TYPE, orderedSet, orderedTake, PyOrderedDict,
} from './ordered-dict-record.ts';
import { PyOrderedIterator } from './ordered-views.ts';

const MUTATED = 'OrderedDict mutated during iteration';

function addPairs(t: Thread, self: Value, pairs: Value): void {
  forEach(t, pairs, (pair) => {
    const iterator = getIterator(t, pair);
    const parts: Value[] = [];
    for (let part = iterNext(t, iterator); part !== undefined; part = iterNext(t, iterator)) {
      if (parts.push(part) > 2) raiseValueError('too many values to unpack (expected 2)');
    }
    if (parts.length < 2) raiseValueError(`need more than ${parts.length} value${parts.length === 1 ? '' : 's'} to unpack`);
    setItem(t, self, parts[0]!, parts[1]!);
  });
}

/** `self.update(source)`: items are set one by one, so that a subclass sees them. */
function updateFrom(t: Thread, self: Value, source: Value): void {
  if (source instanceof PyDict && source.type === DICT_TYPE) return addPairs(t, self, callMethod(t, source, 'items'));
  const keys = lookupAttr(t, source, 'keys');
  if (keys !== undefined) {
    for (const key of toArray(t, call(t, keys, []))) setItem(t, self, key, getItem(t, source, key));
    return;
  }
  const items = lookupAttr(t, source, 'items');
  addPairs(t, self, items === undefined ? source : call(t, items, []));
}

function updateAll(t: Thread, self: Value, args: readonly Value[], keywords: ReadonlyMap<string, Value>): void {
  if (args.length > 0) updateFrom(t, self, args[0]!);
  for (const [key, value] of keywords) setItem(t, self, key, value);
}

function odict_init(t: Thread, self: Value, args: Value[], keywords: KeywordNames): void {
  const names = keywords ?? [];
  const positional = args.slice(0, args.length - names.length);
  if (positional.length > 1) raiseTypeError(`expected at most 1 argument, got ${positional.length}`);
  updateAll(t, self, positional, new Map(names.map((name, i) => [name, args[positional.length + i]!])));
}

function odict_update(t: Thread, self: Value, args: Value[], keywords: Map<string, Value>): void {
  if (args.length > 1) raiseTypeError(`update() takes at most 1 positional argument (${args.length} given)`);
  updateAll(t, self, args, keywords);
}

function odict_repr(t: Thread, self: PyOrderedDict): string {
  if (self.table.used === 0) return `${self.type.name}()`;
  if (t.reprGuard.has(self)) return '...';
  t.reprGuard.add(self);
  try {
    return `${self.type.name}(${repr(t, plainCopy(t, self))})`;
  } finally {
    t.reprGuard.delete(self);
  }
}

function plainCopy(t: Thread, self: PyOrderedDict): PyDict {
  const copy = newDict();
  forEach(t, callMethod(t, self, 'items'), (pair) => {
    const [key, value] = toArray(t, pair);
    tableSet(t, copy.table, key!, value!);
  });
  return copy;
}

function sameOrder(t: Thread, left: PyOrderedDict, right: PyOrderedDict): boolean {
  const [leftState, rightState] = [left.order.state, right.order.state];
  let a = left.order.first;
  let b = right.order.first;
  for (; a !== null && b !== null; a = a.next, b = b.next) {
    const equal = compareBool(t, a.key, b.key, EQ);
    if (left.order.state !== leftState || right.order.state !== rightState) raiseRuntimeError(MUTATED);
    if (!equal) return false;
  }
  return a === b;
}

function odict_richcompare(t: Thread, self: PyOrderedDict, other: Value, op: CompareOp): Value {
  if (!(other instanceof PyDict) || (op !== EQ && op !== NE)) return NOT_IMPLEMENTED;
  const equal = dictsEqual(t, self, other) && (!(other instanceof PyOrderedDict) || sameOrder(t, self, other));
  return equal === (op === EQ);
}

/** The value that was found under `key`; None is one, too. */
function orKeyError(found: Maybe, key: Value): Value {
  return found === undefined ? raiseKeyError(key) : found;
}

function odict_copy(t: Thread, self: PyOrderedDict): Value {
  const exact = self.type === ORDERED_DICT_TYPE;
  const copy = exact ? new PyOrderedDict(ORDERED_DICT_TYPE) : call(t, self.type, []);
  const { state } = self.order;
  for (let node = self.order.first; node !== null; node = node.next) {
    const value = exact ? orKeyError(tableGet(t, self.table, node.key), node.key) : getItem(t, self, node.key);
    if (self.order.state !== state) raiseRuntimeError(MUTATED);
    if (copy instanceof PyOrderedDict && exact) orderedSet(t, copy, node.key, value);
    else setItem(t, copy, node.key, value);
    if (self.order.state !== state) raiseRuntimeError(MUTATED);
  }
  return copy;
}

function odict_pop(t: Thread, self: PyOrderedDict, key: Value, fallback?: Value): Value {
  const value = orderedTake(t, self, key);
  return value === undefined && fallback !== undefined ? fallback : orKeyError(value, key);
}

function odict_popitem(t: Thread, self: PyOrderedDict, last?: Value): Value {
  const node = last === undefined || isTrue(t, last) ? self.order.last : self.order.first;
  if (node === null) raiseKeyError('dictionary is empty');
  const value = orKeyError(orderedTake(t, self, node.key), node.key);
  return newTuple([node.key, value]);
}

function odict_setdefault(t: Thread, self: PyOrderedDict, key: Value, fallback: Value = null): Value {
  if (contains(t, self, key)) return getItem(t, self, key);
  setItem(t, self, key, fallback);
  return fallback;
}

function odict_move_to_end(t: Thread, self: PyOrderedDict, key: Value, last?: Value): void {
  const entry = tableFind(t, self.table, key);
  const node = entry < 0 ? undefined : self.order.find(self.table.keys[entry]!);
  if (node === undefined) raiseKeyError(key);
  const toEnd = last === undefined || isTrue(t, last);
  if ((toEnd ? self.order.last : self.order.first) !== node) self.order.move(node, toEnd);
}

function odict_fromkeys(t: Thread, type: PyType, iterable: Value, value: Value = null): Value {
  const made = call(t, type, []);
  forEach(t, iterable, (key) => setItem(t, made, key, value));
  return made;
}

function odict_or(t: Thread, left: Value, right: Value): Value {
  if (!(left instanceof PyDict) || !(right instanceof PyDict)) return NOT_IMPLEMENTED;
  const result = call(t, left instanceof PyOrderedDict ? left.type : (right as PyDict).type, [left]);
  updateFrom(t, result, right);
  return result;
}

function odict_reduce(t: Thread, self: PyOrderedDict): Value {
  const state = callMethod(t, self, '__getstate__');
  return newTuple([self.type, newTuple([]), state, null, getIterator(t, callMethod(t, self, 'items'))]);
}

const view = (type: PyType): MethodRow => [(_t: Thread, self: PyOrderedDict) => new PyDictView(type, self), '($self, /)', ''];

readyType(ORDERED_DICT_TYPE, {
  doc: 'Dictionary that remembers insertion order',
  slots: {
    tp_alloc: (type: PyType) => new PyOrderedDict(type),
    tp_new: (_t, type) => new PyOrderedDict(type),
    tp_init: odict_init,
    tp_repr: odict_repr,
    tp_richcompare: odict_richcompare,
    tp_iter: (_t, self: PyOrderedDict) => new PyOrderedIterator(self, 'keys', /* reverse */ false),
    nb_or: odict_or,
    nb_inplace_or: (t, self, other) => {
      updateFrom(t, self, other);
      return self;
    },
    mp_ass_subscript: (t, self: PyOrderedDict, key: Value, value: Maybe) => (value === undefined ? orderedDelete(t, self, key) : orderedSet(t, self, key, value)),
  },
  methods: {
    fromkeys: [odict_fromkeys, '($type, /, iterable, value=None)', 'Create a new ordered dictionary with keys from iterable and values set to value.', 'class'],
    setdefault: [odict_setdefault, '($self, /, key, default=None)', 'Insert key with a value of default if key is not in the dictionary.\n\nReturn the value for key if key is in the dictionary, else default.'],
    pop: [odict_pop, '($self, /, key, default=<unrepresentable>)', 'Remove a key and return its value; the default, or a KeyError, when it is missing.'],
    popitem: [odict_popitem, '($self, /, last=True)', 'Remove and return a (key, value) pair: the last one, or the first one if last is false.'],
    keys: view(ODICT_KEYS_TYPE),
    values: view(ODICT_VALUES_TYPE),
    items: view(ODICT_ITEMS_TYPE),
    update: [odict_update, '!($self, /, *args, **kwargs)', 'Set the items of a mapping or of an iterable of pairs, then the keyword arguments.'],
    clear: [(_t: Thread, self: PyOrderedDict) => orderedClear(self), '($self, /)', 'Remove all items from ordered dict.'],
    copy: [odict_copy, '($self, /)', 'A shallow copy of ordered dict.'],
    move_to_end: [odict_move_to_end, '($self, /, key, last=True)', 'Move an existing element to the end (or beginning if last is false).\n\nRaise KeyError if the element does not exist.'],
    __reversed__: [(_t: Thread, self: PyOrderedDict) => new PyOrderedIterator(self, 'keys', /* reverse */ true), '($self, /)', 'od.__reversed__() <==> reversed(od)'],
    __reduce__: [odict_reduce, '($self, /)', 'Return state information for pickling'],
    // The dict's own, the hash from keys to nodes, and four words for each node.
    __sizeof__: [(_t: Thread, self: PyOrderedDict) => 128 + 24 * self.table.used + 40 * self.order.size, '($self, /)', ''],
  },
  getset: { __dict__: FIRM_DICT_GETSET },
  attributes: { __hash__: null },
});
