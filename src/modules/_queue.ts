/** `_queue`: `SimpleQueue`, which needs no lock here as threads switch only where the interpreter lets them (Modules/_queuemodule.c). */
import type { PyType } from '../core/type.ts';
import type { PARKED, Thread } from '../core/thread.ts';
import { PyObject, type Maybe, type Value } from '../core/value.ts';
import { Exception, OverflowError } from '../objects/exception-types.ts';
import { CLASS_GETITEM } from '../objects/generic-alias-record.ts';
import { checkArguments } from '../objects/new-arguments.ts';
import { newException, raise, raiseTypeError, raiseValueError, typeName } from '../objects/raise.ts';
import { staticType } from '../objects/static-types.ts';
import { isTrue } from '../objects/truth.ts';
import { readyType } from '../objects/type-ready.ts';
import { asFloat, asInt } from '../objects/type-of.ts';
import { exceptionType } from './exception-type.ts';
import type { NativeModule } from './native-module.ts';
import { parkFor } from './_thread/waiters.ts';

const EMPTY = exceptionType('Empty', '_queue', Exception);

/** Items of a queue that were taken are dropped from the front of the array once they are this many. */
const COMPACT_AT = 1024;
/** Seconds that CPython's clock can count. */
const MAX_SECONDS = 2 ** 63 / 1e9;

class PySimpleQueue extends PyObject {
  private items: Value[] = [];
  private first = 0;

  get size(): number {
    return this.items.length - this.first;
  }

  put(item: Value): void {
    this.items.push(item);
  }

  take(): Value {
    const item = this.items[this.first]!;
    this.items[this.first++] = null;
    if (this.first >= COMPACT_AT && this.first * 2 >= this.items.length) {
      this.items = this.items.slice(this.first);
      this.first = 0;
    }
    return item;
  }
}

/** Milliseconds of the scheduler's clock until which to wait. */
function deadlineOf(timeout: Maybe): number {
  if (timeout === undefined || timeout === null) return Infinity;
  const seconds = asFloat(timeout) ?? Number(asInt(timeout) ?? raiseTypeError(`'${typeName(timeout)}' object cannot be interpreted as an integer or float`));
  if (Number.isNaN(seconds)) raiseValueError('Invalid value NaN (not a number)');
  if (Math.abs(seconds) > MAX_SECONDS) raise(OverflowError, 'timestamp out of range for C PyTime_t');
  if (seconds < 0) raiseValueError("'timeout' must be a non-negative number");
  return performance.now() + seconds * 1000;
}

function queue_get(t: Thread, self: PySimpleQueue, block?: Value, timeout?: Value): Value | typeof PARKED {
  const blocks = block === undefined || isTrue(t, block);
  const deadline = blocks ? deadlineOf(timeout) : 0;
  if (self.size > 0) return self.take();
  if (!blocks) throw newException(EMPTY);
  return parkFor(t, {
    reason: 'SimpleQueue.get', deadline, isInternal: true, ready: () => self.size > 0,
    finish: () => {
      if (self.size > 0) return self.take();
      throw newException(EMPTY);
    },
  });
}

const SIMPLE_QUEUE = readyType(staticType('SimpleQueue', { module: '_queue', baseType: true, hasWeakref: true }), {
  doc: 'Simple, unbounded, reentrant FIFO queue.',
  slots: {
    tp_alloc: (type: PyType) => new PySimpleQueue(type),
    tp_new: (_t, type, args, keywords) => {
      if (type === SIMPLE_QUEUE) {
        if (args.length > 0 && keywords === null) raiseTypeError('SimpleQueue() takes no positional arguments');
        checkArguments('SimpleQueue', args, keywords, 0, 0);
      }
      return new PySimpleQueue(type);
    },
  },
  methods: {
    put: [(_t: Thread, self: PySimpleQueue, item: Value) => self.put(item), '($self, /, item, block=True, timeout=None)', 'Put the item on the queue. It never blocks.'],
    put_nowait: [(_t: Thread, self: PySimpleQueue, item: Value) => self.put(item), '($self, /, item)', 'Put an item into the queue without blocking.'],
    get: [queue_get, '($self, /, block=True, timeout=None)', 'Remove and return an item from the queue.'],
    get_nowait: [(t: Thread, self: PySimpleQueue) => queue_get(t, self, false), '($self, /)', 'Remove and return an item from the queue without blocking.'],
    empty: [(_t: Thread, self: PySimpleQueue) => self.size === 0, '($self, /)', 'Return True if the queue is empty, False otherwise (not reliable!).'],
    qsize: [(_t: Thread, self: PySimpleQueue) => self.size, '($self, /)', 'Return the approximate size of the queue (not reliable!).'],
    __class_getitem__: CLASS_GETITEM,
  },
});

/** The table. */
export const QUEUE_MODULE: NativeModule = {
  name: '_queue',
  doc: 'Native implementation of the Python queue module.\nThis module is an implementation detail, please do not use it directly.',
  types: { SimpleQueue: SIMPLE_QUEUE, Empty: EMPTY },
  functions: {},
};
