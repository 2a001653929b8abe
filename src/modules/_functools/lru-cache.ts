/** The wrapper behind `functools.lru_cache` (Modules/_functoolsmodule.c). */
import { HashTable } from '../../core/containers.ts';
import type { KeywordNames } from '../../core/type.ts';
import type { Thread } from '../../core/thread.ts';
import { PyObject, PyPlain, type Value } from '../../core/value.ts';
import { bindMethod, getAttr } from '../../objects/attributes.ts';
import { call, isCallable } from '../../objects/call.ts';
import { tableClear, tableDelete, tableGet, tableSet } from '../../objects/hash-table.ts';
import { FIRM_DICT_GETSET } from '../../objects/instance-dict.ts';
import { newTuple } from '../../objects/make.ts';
import { toSize } from '../../objects/operators.ts';
import { raiseTypeError } from '../../objects/raise.ts';
import { OBJECT_TYPE, staticType } from '../../objects/static-types.ts';
import { isTrue } from '../../objects/truth.ts';
import { typeOf } from '../../objects/type-of.ts';
import { readyType } from '../../objects/type-ready.ts';

/** `functools._lru_cache_wrapper` */
export const LRU_CACHE_TYPE = staticType('_lru_cache_wrapper', { module: 'functools', baseType: true, hasDict: true, hasWeakref: true, methodDescriptor: true });

/** Stands between positional and keyword arguments in a key. */
const KEYWORD_MARK: Value = new PyPlain(OBJECT_TYPE);

/** An entry of a bounded cache, in a ring ordered by use; the ring's root is an entry too. */
class Link extends PyObject {
  previous: Link = this;
  next: Link = this;
  key: Value = null;
  result: Value = null;
}

class PyLruCache extends PyObject {
  func: Value = null;
  /** -1 for no bound. */
  maxsize = -1;
  typed = false;
  infoType: Value = null;
  hits = 0;
  misses = 0;
  readonly cache = new HashTable();
  readonly root = new Link(OBJECT_TYPE);
}

function unlink(link: Link): void {
  link.previous.next = link.next;
  link.next.previous = link.previous;
}

function appendLink(root: Link, link: Link): void {
  const last = root.previous;
  last.next = root.previous = link;
  link.previous = last;
  link.next = root;
}

/** The cache key of a call: the argument itself where one int or str is all. @hot every call of a cached function */
function makeKey(self: PyLruCache, args: Value[], keywords: KeywordNames): Value {
  if (keywords === null && !self.typed && args.length === 1) {
    const only = args[0]!;
    if (typeof only === 'number' || typeof only === 'string' || typeof only === 'bigint') return only;
  }
  if (keywords === null && !self.typed) return newTuple(args.slice());
  const count = args.length - (keywords?.length ?? 0);
  const key = args.slice(0, count);
  if (keywords !== null) {
    key.push(KEYWORD_MARK);
    keywords.forEach((name, i) => key.push(name, args[count + i]!));
  }
  if (self.typed) for (const arg of args) key.push(typeOf(arg));
  return newTuple(key);
}

function callUnbounded(t: Thread, self: PyLruCache, args: Value[], keywords: KeywordNames): Value {
  const key = makeKey(self, args, keywords);
  const known = tableGet(t, self.cache, key);
  if (known !== undefined) {
    self.hits++;
    return known;
  }
  self.misses++;
  const result = call(t, self.func, args, keywords);
  tableSet(t, self.cache, key, result);
  return result;
}

function callBounded(t: Thread, self: PyLruCache, args: Value[], keywords: KeywordNames): Value {
  const key = makeKey(self, args, keywords);
  const known = tableGet(t, self.cache, key);
  if (known instanceof Link) {
    self.hits++;
    unlink(known);
    appendLink(self.root, known);
    return known.result;
  }
  self.misses++;
  const result = call(t, self.func, args, keywords);
  // The call may have cached the same key, or emptied the cache.
  if (tableGet(t, self.cache, key) !== undefined) return result;
  if (self.cache.used >= self.maxsize && self.root.next !== self.root) {
    const oldest = self.root.next;
    unlink(oldest);
    tableDelete(t, self.cache, oldest.key);
  }
  const link = new Link(OBJECT_TYPE);
  link.key = key;
  link.result = result;
  tableSet(t, self.cache, key, link);
  appendLink(self.root, link);
  return result;
}

function lru_call(t: Thread, self: PyLruCache, args: Value[], keywords: KeywordNames): Value {
  if (self.maxsize < 0) return callUnbounded(t, self, args, keywords);
  if (self.maxsize > 0) return callBounded(t, self, args, keywords);
  self.misses++;
  return call(t, self.func, args, keywords);
}

function lru_clear(_t: Thread, self: PyLruCache): void {
  self.hits = self.misses = 0;
  tableClear(self.cache);
  self.root.next = self.root.previous = self.root;
}

function lru_info(t: Thread, self: PyLruCache): Value {
  return call(t, self.infoType, [self.hits, self.misses, self.maxsize < 0 ? null : self.maxsize, self.cache.used]);
}

readyType(LRU_CACHE_TYPE, {
  doc: 'Create a cached callable that wraps another function.',
  slots: {
    tp_alloc: (type) => new PyLruCache(type),
    tp_new: (t, type, args, keywords) => {
      const names = ['user_function', 'maxsize', 'typed', 'cache_info_type'];
      const positional = args.length - (keywords?.length ?? 0);
      const [func, maxsize, typed, infoType] = names.map((name, i) => (i < positional ? args[i] : args[positional + (keywords?.indexOf(name) ?? -1)])) as [Value, Value, Value, Value];
      if (!isCallable(func)) raiseTypeError('the first argument must be callable');
      const self = new PyLruCache(type);
      self.func = func;
      if (maxsize !== null) {
        if (typeOf(maxsize).slots.nb_index === null) raiseTypeError('maxsize should be integer or None');
        self.maxsize = Math.max(0, toSize(t, maxsize));
      }
      self.typed = isTrue(t, typed);
      self.infoType = infoType;
      return self;
    },
    tp_call: lru_call,
    tp_descr_get: (_t, self, instance) => (instance === undefined || instance === null ? self : bindMethod(self, instance)),
  },
  methods: {
    cache_info: [lru_info, '($self, /)', 'Report cache statistics'],
    cache_clear: [lru_clear, '($self, /)', 'Clear the cache and cache statistics'],
    __reduce__: [(t: Thread, self: PyLruCache) => getAttr(t, self, '__qualname__'), '!($self, /)', 'Support for pickling.'],
    __copy__: [(_t: Thread, self: PyLruCache) => self, '!($self, /)', 'A cache is its own copy.'],
    __deepcopy__: [(_t: Thread, self: PyLruCache, _memo: Value) => self, '!($self, memo, /)', 'A cache is its own copy.'],
  },
  getset: { __dict__: FIRM_DICT_GETSET },
});

