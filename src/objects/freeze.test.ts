/** Freezing in one interpreter and reading in another, at the level of TypeScript. */
import { describe, expect, it } from 'vitest';
import './bootstrap.ts';
import { HashTable, PyDict, PyList, PySet, PyTuple } from '../core/containers.ts';
import { PyCode } from '../core/function.ts';
import { slotsOf, type PyInstance } from '../core/instance.ts';
import { PyBytes, PyFloat } from '../core/scalars.ts';
import { PyType } from '../core/type.ts';
import { Interpreter, Thread, type InterpreterConfig } from '../core/thread.ts';
import { PyPlain, type Value } from '../core/value.ts';
import { makeCode } from '../bytecode/code.ts';
import { checkHeap } from '../heap/check.ts';
import { createHeap, type ImmortalHeap } from '../heap/heap.ts';
import { genericSetAttr, getAttr, setAttr } from './attributes.ts';
import { newCode } from './code.ts';
import { freezeGraph, isFrozen } from './freeze.ts';
import { newFrozenDict } from './frozendict.ts';
import { tableGet, tableSet, tableSetStr } from './hash-table.ts';
import { hashOf } from './hash-value.ts';
import { linkImmortalHeap } from './immortal-link.ts';
import { setImporter } from './import-hook.ts';
import { materializeDict, newInstance, setInstanceAttribute } from './instance-attributes.ts';
import { newBytes, newDict, newFloat, newList, newSet, newTuple } from './make.ts';
import { newModule } from './module.ts';
import { OBJECT_TYPE, staticType } from './static-types.ts';
import { repr } from './text.ts';
import { thaw } from './thaw.ts';

const CONFIG = {} as InterpreterConfig;

function interpreter(id: number, heap: ImmortalHeap): Thread {
  const made = new Interpreter(id, CONFIG);
  const t = new Thread(made, 1, new Int32Array(1));
  made.mainThread = t;
  made.modules = newDict();
  linkImmortalHeap(made, heap, id);
  return t;
}

function pair(budget = 2 ** 25): { heap: ImmortalHeap; here: Thread; there: Thread } {
  const heap = createHeap({ budget });
  return { heap, here: interpreter(1, heap), there: interpreter(2, heap) };
}

function dictOf(entries: readonly (readonly [Value, Value])[], t: Thread): PyDict {
  const dict = newDict();
  for (const [key, value] of entries) tableSet(t, dict.table, key, value);
  return dict;
}

/** What Python code throws, as text. */
function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (caught) {
    return String((caught as { args?: PyTuple }).args?.items[0] ?? caught);
  }
  throw new Error('nothing was raised');
}

describe('freezing', () => {
  it('gives equal values to the other interpreter, whatever they are', () => {
    const { heap, here, there } = pair();
    const values: Value[] = [null, true, false, 0, -5, 2 ** 40, -(2n ** 70n), 'text', 'büch', '日本\ud83d', '', newFloat(1.5), newBytes(Uint8Array.of(1, 2)), newTuple([])];
    const graph = newList([newTuple(values), dictOf([['a', 1], ['b', newTuple([2])]], here), dictOf([[1, 'one'], [newTuple([1, 2]), null]], here)]);
    const text = repr(here, graph);
    const word = freezeGraph(here, graph);
    expect(repr(there, thaw(there, word))).toBe(text);
    checkHeap(heap);
  });

  it('reads one level at a time', () => {
    const { here, there } = pair();
    const word = freezeGraph(here, newTuple([newTuple([newTuple([1])]), 'a']));
    const outer = thaw(there, word) as PyTuple;
    expect(outer.pending).not.toBeNull();
    const inner = outer.items[0] as PyTuple;
    expect(outer.pending).toBeNull();
    expect(inner.pending).not.toBeNull();
  });

  it('looks a str key of a large dict up without decoding it', () => {
    const { here, there } = pair();
    const dict = newDict();
    for (let i = 0; i < 1000; i++) tableSetStr(dict.table, `key_${i}`, i);
    const view = thaw(there, freezeGraph(here, dict)) as PyDict;
    const { slots } = view.type;
    expect(slots.mp_subscript!(there, view, 'key_7')).toBe(7);
    expect(slots.sq_contains!(there, view, 'none')).toBe(false);
    expect(slots.mp_length!(there, view)).toBe(1000);
    expect(view.pending).not.toBeNull();
    expect(slots.mp_subscript!(there, view, 'key_7')).toBe(tableGet(there, view.table, 'key_7'));
    expect(view.pending).toBeNull();
  });

  it('gives the identical object when it comes back, and for the same address', () => {
    const { here, there } = pair();
    const graph = newList([newFloat(1)]);
    const word = freezeGraph(here, graph);
    const view = thaw(there, word);
    expect(thaw(there, word)).toBe(view);
    expect(freezeGraph(there, view)).toBe(word);
    expect(thaw(here, freezeGraph(there, view))).toBe(graph);
  });

  it('keeps cycles and shared items', () => {
    const { heap, here, there } = pair();
    const shared = newTuple([1, 2]);
    const list = newList([shared, shared]);
    list.items.push(list);
    const view = thaw(there, freezeGraph(here, list)) as PyList;
    expect(view.items[2]).toBe(view);
    expect(view.items[0]).toBe(view.items[1]);
    checkHeap(heap);
  });

  it('takes graphs deeper than the JavaScript stack', () => {
    const { here, there } = pair();
    let nested: Value = newTuple([0]);
    for (let i = 0; i < 200_000; i++) nested = newTuple([nested]);
    expect(thaw(there, freezeGraph(here, nested))).toBeInstanceOf(PyTuple);
  });

  it('makes what it froze refuse writes', () => {
    const { here } = pair();
    const list = newList([]);
    const set = newSet();
    const dict = dictOf([['list', list], ['set', set]], here);
    freezeGraph(here, dict);
    expect(list.frozen && set.frozen && dict.frozen).toBe(true);
    expect(messageOf(() => dict.type.slots.mp_ass_subscript!(here, dict, 'a', 1))).toContain('frozen');
  });

  it('freezes nothing when something cannot be frozen, and names its path', () => {
    const { heap, here } = pair();
    const handle = new PyPlain(staticType('TextIOWrapper'));
    const inner = dictOf([['handle', handle]], here);
    const list = newList([1, 2, 3, inner]);
    const before = checkHeap(heap);
    expect(messageOf(() => freezeGraph(here, dictOf([['items', list]], here)))).toBe("cannot freeze: root['items'][3]['handle']: TextIOWrapper");
    expect(list.frozen || inner.frozen).toBe(false);
    expect(checkHeap(heap)).toEqual(before);
  });

  it('raises MemoryError beyond the budget, freezes nothing and stays usable', () => {
    const { heap, here } = pair(2 ** 24);
    const list = newList([newBytes(new Uint8Array(2 ** 24))]);
    expect(messageOf(() => freezeGraph(here, list))).toContain('budget');
    expect(list.frozen).toBe(false);
    freezeGraph(here, newList(['still', 'works']));
    checkHeap(heap);
  });

  it('refuses mutable objects when they are only to be shared', () => {
    const { here, there } = pair();
    expect(messageOf(() => freezeGraph(here, newTuple([1, newList([])]), 'refuse'))).toBe('cannot share a mutable object: root[1]: list');
    expect(repr(there, thaw(there, freezeGraph(here, newTuple([1]), 'refuse')))).toBe('(1,)');
  });

  it('knows what is frozen', () => {
    const { here } = pair();
    const list = newList([]);
    expect(isFrozen(here, newTuple([list]))).toBe(false);
    freezeGraph(here, list);
    expect(isFrozen(here, newTuple([list, 1, 'a']))).toBe(true);
  });

  it('reads bytes and code units in place', () => {
    const { heap, here, there } = pair();
    const none = new Uint8Array(0);
    const code = makeCode({
      argcount: 0, posonlyargcount: 0, kwonlyargcount: 0, stacksize: 1, flags: 3, words: Uint16Array.of(128, 27), consts: [1, 'a', null], names: ['x'], localsplusnames: [],
      localspluskinds: none, filename: 'f.py', name: 'f', qualname: 'f', firstlineno: 3, linetable: none, exceptiontable: none,
    });
    const view = thaw(there, freezeGraph(here, newCode(here, code))) as PyCode;
    expect([...view.ready().words]).toEqual([128, 27]);
    expect(view.words.buffer).toBe(heap.buffer);
    expect([view.code.name, view.code.firstlineno, view.consts]).toEqual(['f', 3, [1, 'a', null]]);
    const bytes = thaw(there, freezeGraph(here, newBytes(Uint8Array.of(7)))) as PyBytes;
    expect(bytes.value.buffer).toBe(heap.buffer);
    expect((thaw(there, freezeGraph(here, newFloat(2.5))) as PyFloat).value).toBe(2.5);
    checkHeap(heap);
  });

  it('keeps sets and their items', () => {
    const { here, there } = pair();
    const set = newSet();
    for (const item of ['a', 1, newTuple([2])]) tableSet(here, set.table, item, undefined);
    const view = thaw(there, freezeGraph(here, set)) as PySet;
    expect(view.frozen).toBe(true);
    expect(repr(there, view)).toBe(repr(here, set));
  });
});

describe('frozen instances', () => {
  function pointClass(t: Thread): PyType {
    const type = new PyType(OBJECT_TYPE.type, 'Point', OBJECT_TYPE, { ...OBJECT_TYPE.flags, heapType: true, hasDict: true, immutable: false });
    type.attributes = newDict();
    type.mro = [type, OBJECT_TYPE];
    type.slots = { ...OBJECT_TYPE.slots };
    tableSetStr(type.attributes.table, '__module__', 'shapes');
    const module = newModule('shapes', null);
    tableSetStr(module.dict.table, 'Point', type);
    tableSetStr(t.interpreter.modules.table, 'shapes', module);
    setImporter((_t, name) => tableGet(t, t.interpreter.modules.table, name)!);
    return type;
  }

  it('refuse writes, and are read when first used by the other interpreter', () => {
    const { heap, here, there } = pair();
    const type = pointClass(here);
    const point = newInstance(type);
    setInstanceAttribute(point, 'x', 1);
    setInstanceAttribute(point, 'next', point);
    const word = freezeGraph(here, point);
    expect(messageOf(() => genericSetAttr(here, point, 'x', 2))).toContain('frozen');
    expect(messageOf(() => genericSetAttr(here, point, 'y', 2))).toContain('frozen');
    expect(messageOf(() => genericSetAttr(here, point, 'x', undefined))).toContain('frozen');
    const view = thaw(there, word) as PyInstance;
    expect(slotsOf(view, 0, 2)).toEqual([undefined, undefined]);
    expect(getAttr(there, view, 'x')).toBe(1);
    expect(getAttr(there, view, 'next')).toBe(view);
    expect(messageOf(() => setAttr(there, view, 'x', 2))).toContain('frozen');
    checkHeap(heap);
  });

  it('refuse writes through their dict', () => {
    const { here } = pair();
    const point = newInstance(pointClass(here));
    setInstanceAttribute(point, 'x', 1);
    freezeGraph(here, point);
    const dict = materializeDict(point);
    expect(dict.frozen).toBe(true);
    expect(messageOf(() => setInstanceAttribute(point, 'x', 2))).toContain('frozen');
  });
});

describe('frozendict', () => {
  it('has a hash that its order does not change, and is shared as it is', () => {
    const { here, there } = pair();
    const a = newFrozenDict(dictOf([['a', 1], ['b', 2]], here).table);
    const b = newFrozenDict(dictOf([['b', 2], ['a', 1]], here).table);
    expect(hashOf(here, a)).toBe(hashOf(here, b));
    expect(repr(here, a)).toBe("frozendict({'a': 1, 'b': 2})");
    const view = thaw(there, freezeGraph(here, a, 'refuse'));
    expect(repr(there, view)).toBe(repr(here, a));
    expect(newFrozenDict(new HashTable()).frozen).toBe(true);
  });
});
