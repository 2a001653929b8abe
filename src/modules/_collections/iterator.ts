/** Iterators over a deque, forward and backward. */
import type { PyType } from '../../core/type.ts';
import { ENDED } from '../../core/quiet.ts';
import { PyObject, type Maybe, type Value } from '../../core/value.ts';
import { RuntimeError } from '../../objects/exception-types.ts';
import { raise } from '../../objects/raise.ts';

/** What is iterated over. */
export interface IndexedSource {
  readonly length: number;
  readonly state: number;
  at(i: number): Value;
}

/** Steps through an indexed source; a change of its size on the way raises RuntimeError. */
export class MutableSequenceIterator extends PyObject {
  readonly source: IndexedSource;
  private readonly reverse: boolean;
  private readonly state: number;
  private index = 0;

  constructor(type: PyType, source: IndexedSource, reverse: boolean) {
    super(type);
    this.source = source;
    this.reverse = reverse;
    this.state = source.state;
  }

  /** The next item, or undefined. */
  next(): Maybe {
    const item = this.nextQuietly();
    if (item === undefined) raise(RuntimeError, 'deque mutated during iteration');
    return item === ENDED ? undefined : item;
  }

  /** The next item, or ENDED; undefined where the source has changed. @hot loops over deques */
  nextQuietly(): Maybe | typeof ENDED {
    const { source, index } = this;
    if (source.state !== this.state) return undefined;
    if (index >= source.length) return ENDED;
    this.index = index + 1;
    return source.at(this.reverse ? source.length - 1 - index : index);
  }

  /** Number of items that were given out. */
  get position(): number {
    return this.index;
  }

  /** Goes on by some items, or to the end. */
  skip(count: number): void {
    this.index = Math.min(this.source.length, Math.max(0, count));
  }

  /** How many items are left. */
  remaining(): number {
    return Math.max(this.source.length - this.index, 0);
  }
}
