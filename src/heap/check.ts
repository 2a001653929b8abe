/** The whole-heap checker: walks every committed object and every intern slot and verifies the invariants of `layout.ts` and `writer.ts`. */
import { assert } from '../base/assert.ts';
import type { ImmortalHeap } from './heap.ts';
import { addressAt, dictSlots, hashText, HEADER_WORDS, indexOf, isAddress, isSingleton, isSmallInt, KIND, KIND_COUNT, objectWords, type Word } from './layout.ts';
import { HeapReader } from './reader.ts';

/** What a check has seen. */
export interface HeapCheck {
  readonly objects: number;
  readonly interned: number;
}

/** Verifies the heap; throws `InternalError` with the violated invariant. No writer may have an open batch that published objects refer to. */
export function checkHeap(heap: ImmortalHeap): HeapCheck {
  const starts = new Set<number>();
  const reader = new HeapReader(heap);
  heap.forEachChunk((from, to) => {
    let unit = from;
    while (unit < to) {
      starts.add(unit * 2);
      unit += unitsOf(heap, unit * 2);
    }
    assert(unit === to, 'objects fill the committed part of a chunk exactly');
  });
  for (const index of starts) checkObject(heap, reader, starts, index);
  checkRegistry(heap, reader, starts);
  return { objects: starts.size, interned: checkInternTable(heap, reader, starts) };
}

function unitsOf(heap: ImmortalHeap, index: number): number {
  const head = heap.words[index]!;
  const kind = head & 0xff;
  assert(kind > 0 && kind < KIND_COUNT, `object at ${index} has a kind`);
  const words = objectWords(kind, head >>> 8, heap.words[index + 1]!, heap.words[index + HEADER_WORDS]!);
  return (words + 1) >> 1;
}

function checkObject(heap: ImmortalHeap, reader: HeapReader, starts: ReadonlySet<number>, index: number): void {
  const address = addressAt(index);
  const kind = reader.kindOf(address);
  const word = (item: Word, what: string): void => {
    assert(isSmallInt(item) || isSingleton(item) || (isAddress(item) && starts.has(indexOf(item))), `${what} of the object at ${index} is a good word`);
  };
  switch (kind) {
    case KIND.STR1:
    case KIND.STR2:
      assert(heap.words[index + 2] === hashText(reader.str(address)), `the string at ${index} has its hash`);
      return;
    case KIND.DICT:
    case KIND.FROZENDICT:
      for (const key of reader.keys(address)) word(key, 'key');
      for (const value of reader.values(address)) word(value, 'value');
      return checkIndex(heap, reader, address);
    case KIND.INSTANCE:
      assert(reader.kindOf(reader.item(address, 0)) === KIND.TYPE, 'an instance names its type');
      for (const name of reader.keys(address)) word(name, 'name');
      for (const value of reader.values(address)) word(value, 'attribute');
      for (const member of reader.members(address)) if (member !== 0) word(member, 'member');
      return;
    default:
      for (const item of childWords(heap, reader, address, kind)) word(item, 'item');
  }
}

function childWords(heap: ImmortalHeap, reader: HeapReader, address: Word, kind: number): Int32Array {
  const index = indexOf(address) + HEADER_WORDS;
  switch (kind) {
    case KIND.TUPLE:
    case KIND.LIST: return reader.isFloats(address) ? new Int32Array(0) : reader.items(address);
    case KIND.SET:
    case KIND.FROZENSET: return reader.items(address);
    case KIND.RANGE:
    case KIND.SLICE:
    case KIND.CODE: return heap.words.subarray(index, index + 3);
    case KIND.TYPE: return heap.words.subarray(index, index + 2);
    default: return new Int32Array(0);
  }
}

function checkIndex(heap: ImmortalHeap, reader: HeapReader, address: Word): void {
  const slots = reader.item(address, 0);
  if (slots === 0) return;
  assert(slots === dictSlots(reader.lengthOf(address)), 'an index has the size for its dict');
  const values = reader.values(address);
  reader.keys(address).forEach((key, i) => {
    assert(reader.isStr(key), 'keys of an indexed dict are str');
    assert(reader.find(address, reader.str(key)) === values[i], 'the index finds every key');
  });
}

function checkRegistry(heap: ImmortalHeap, reader: HeapReader, starts: ReadonlySet<number>): void {
  const seen = new Set<string>();
  for (let slot = 0; slot < heap.registrySlots; slot++) {
    const entry = heap.ops.load(heap.words, heap.registryBase + slot);
    if (entry === 0) continue;
    assert(starts.has(indexOf(entry)) && reader.kindOf(entry) === KIND.TUPLE, 'a registry slot holds a committed tuple');
    const name = reader.str(reader.item(entry, 0));
    assert(!seen.has(name), 'a name is registered once');
    seen.add(name);
  }
}

function checkInternTable(heap: ImmortalHeap, reader: HeapReader, starts: ReadonlySet<number>): number {
  const seen = new Set<string>();
  for (let slot = 0; slot < heap.internSlots; slot++) {
    const address = heap.ops.load(heap.words, heap.internBase + slot);
    if (address === 0) continue;
    assert(starts.has(indexOf(address)) && reader.isStr(address), 'an intern slot holds a committed string');
    const text = reader.str(address);
    assert(!seen.has(text), 'a text is interned once');
    seen.add(text);
  }
  return seen.size;
}
