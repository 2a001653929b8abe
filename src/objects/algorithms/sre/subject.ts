/**
 * What a pattern is matched against: the characters of a str or bytes as 32-bit numbers, so that matching meets one kind of array.
 *
 * The copy of the last str is kept, as programs match one text many times; arrays of released
 * subjects are used again, so that matching many short strings does not allocate. Positions are code points (or bytes).
 */
import { hasSurrogates } from '../str-code-points.ts';
import { copyUnits } from '../text-units.ts';

const SMALLEST = 64;
/** Arrays kept for reuse. */
const POOL_SIZE = 8;
/** Larger arrays are left to the garbage collector. */
const LARGEST_POOLED = 1 << 16;

/** The characters of one text. */
export class Subject {
  chars: Int32Array;
  length = 0;
  /** The str that the characters are of; undefined for bytes, which may change. */
  text: string | undefined;
  /** States that read it; at 0 the array may be filled anew. */
  users = 0;
  /** One array element is one UTF-16 unit of `text`. */
  plain = true;

  constructor(capacity: number) {
    this.chars = new Int32Array(capacity);
  }
}

// Declared caches: the subject of the last str, and arrays to use again.
let last: Subject | undefined;
const pool: Subject[] = [];

function takeSubject(length: number): Subject {
  for (let i = pool.length - 1; i >= 0; i--) {
    const subject = pool[i]!;
    if (subject.chars.length >= length) {
      // The order is of no account.
      pool[i] = pool[pool.length - 1]!;
      pool.pop();
      return subject;
    }
  }
  return new Subject(Math.max(SMALLEST, length <= LARGEST_POOLED ? 1 << (32 - Math.clz32(length)) : length));
}

/** The subject for a text; give it back with `releaseSubject`. */
export function acquireSubject(source: string | Uint8Array): Subject {
  if (typeof source !== 'string') {
    const subject = takeSubject(source.length);
    subject.chars.set(source);
    subject.length = source.length;
    subject.text = undefined;
    subject.plain = true;
    subject.users = 1;
    return subject;
  }
  if (last !== undefined && last.text === source) {
    last.users++;
    return last;
  }
  const subject = takeSubject(source.length);
  fill(subject, source);
  if (last !== undefined && last.users === 0) recycle(last);
  last = subject;
  return subject;
}

function fill(subject: Subject, text: string): void {
  const { chars } = subject;
  subject.text = text;
  subject.users = 1;
  subject.plain = !hasSurrogates(text);
  if (subject.plain) {
    copyUnits(text, chars);
    subject.length = text.length;
    return;
  }
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const point = text.codePointAt(i)!;
    if (point > 0xffff) i++;
    chars[count++] = point;
  }
  subject.length = count;
}

function recycle(subject: Subject): void {
  subject.text = undefined;
  if (subject.chars.length <= LARGEST_POOLED && pool.length < POOL_SIZE) pool.push(subject);
}

/** Ends the use of a subject. */
export function releaseSubject(subject: Subject): void {
  subject.users--;
  // The last one stays, in case the same text comes again.
  if (subject.users === 0 && subject !== last) recycle(subject);
}
