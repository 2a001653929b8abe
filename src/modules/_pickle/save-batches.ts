/** Items and pairs in batches: APPENDS and SETITEMS (batch_list and batch_dict in Modules/_pickle.c). */
import { PyTuple } from '../../core/containers.ts';
import type { Thread } from '../../core/thread.ts';
import type { Maybe, Value } from '../../core/value.ts';
import { iterNext } from '../../objects/iterate.ts';
import { raiseTypeError } from '../../objects/raise.ts';
import { repr } from '../../objects/text.ts';
import { BATCH_SIZE, OP } from './opcodes.ts';
import { fullTypeName, noteAndRethrow, saveNoted, type PyPickler } from './pickler-record.ts';

/** Writes each entry of an iterator: alone with `single`, several between MARK and `several`. */
function saveBatches(t: Thread, p: PyPickler, iterator: Value, opcodes: { single: number; several: number }, saveOne: (entry: Value) => void): void {
  if (p.protocol === 0) {
    for (let entry = iterNext(t, iterator); entry !== undefined; entry = iterNext(t, iterator)) {
      saveOne(entry);
      p.writer.u8(opcodes.single);
    }
    return;
  }
  for (;;) {
    const first = iterNext(t, iterator);
    if (first === undefined) return;
    let next: Maybe = iterNext(t, iterator);
    if (next === undefined) {
      saveOne(first);
      p.writer.u8(opcodes.single);
      return;
    }
    p.writer.u8(OP.MARK);
    saveOne(first);
    let count = 1;
    while (next !== undefined) {
      saveOne(next);
      if (++count === BATCH_SIZE) break;
      next = iterNext(t, iterator);
    }
    p.writer.u8(opcodes.several);
    if (count < BATCH_SIZE) return;
  }
}

/** The items of an iterator, to be appended to `owner`. */
export function saveItemsOf(t: Thread, p: PyPickler, iterator: Value, owner: Value): void {
  let position = 0;
  saveBatches(t, p, iterator, { single: OP.APPEND, several: OP.APPENDS }, (item) => {
    saveNoted(t, p, item, () => `when serializing ${fullTypeName(t, owner)} item ${position}`);
    position++;
  });
}

/** Saves a key and its value; a failure of the value is noted with the key. @hot */
export function savePair(t: Thread, p: PyPickler, key: Value, value: Value, owner: Value): void {
  p.save(t, p, key);
  try {
    p.save(t, p, value);
  } catch (caught) {
    noteAndRethrow(t, caught, `when serializing ${fullTypeName(t, owner)} item ${repr(t, key)}`);
  }
}

/** The pairs of an iterator, to be set in `owner`. */
export function savePairsOf(t: Thread, p: PyPickler, iterator: Value, owner: Value): void {
  saveBatches(t, p, iterator, { single: OP.SETITEM, several: OP.SETITEMS }, (pair) => {
    if (!(pair instanceof PyTuple) || pair.items.length !== 2) raiseTypeError('dict items iterator must return 2-tuples');
    savePair(t, p, pair.items[0]!, pair.items[1]!, owner);
  });
}
