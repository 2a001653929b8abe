/** The record of `_pickle.Pickler`, its memo, and the opcodes that touch the memo. */
import type { PyType } from '../../core/type.ts';
import type { Thread } from '../../core/thread.ts';
import { PyObject, type Maybe, type Value } from '../../core/value.ts';
import { PyBaseException } from '../../core/exception.ts';
import { callMethod } from '../../objects/call.ts';
import { qualifiedName } from '../../objects/object.ts';
import { typeOf } from '../../objects/type-of.ts';
import { raisePickling } from './errors.ts';
import { OP } from './opcodes.ts';
import { PickleWriter, type Flush } from './writer.ts';

/** A JavaScript Map holds at most 2**24 entries; larger memos go on in a further one. */
const MAP_CAPACITY = 2 ** 24 - 16;

/** What has been pickled already, and under which number. Equal strings are one object, so they share an entry. */
export class PickleMemo {
  private current = new Map<Value, number>();
  private readonly full: Map<Value, number>[] = [];
  size = 0;

  /** The number of an object, or undefined. @hot every container and string */
  get(value: Value): number | undefined {
    const index = this.current.get(value);
    return index !== undefined || this.full.length === 0 ? index : this.getInFull(value);
  }

  private getInFull(value: Value): number | undefined {
    for (const map of this.full) {
      const index = map.get(value);
      if (index !== undefined) return index;
    }
    return undefined;
  }

  /** Remembers an object under a number. */
  set(value: Value, index: number): void {
    if (this.current.size >= MAP_CAPACITY) {
      this.full.push(this.current);
      this.current = new Map();
    }
    this.current.set(value, index);
    this.size++;
  }

  /** Every object with its number. */
  *entries(): Generator<[value: Value, index: number]> {
    for (const map of [...this.full, this.current]) yield* map;
  }

  /** Forgets everything. */
  clear(): void {
    this.current = new Map();
    this.full.length = 0;
    this.size = 0;
  }
}

/** Writes a value. `persistent` says that it is a persistent id, of which `persistent_id` is not asked again. */
export type SaveFunction = (t: Thread, pickler: PyPickler, value: Value, persistent?: boolean) => void;

/** `Pickler`. */
export class PyPickler extends PyObject {
  readonly save: SaveFunction;
  memo = new PickleMemo();
  writer: PickleWriter = new PickleWriter(null);
  protocol = 0;
  /** The attributes `bin` and `fast`, as C ints. */
  bin = 0;
  fast = 0;
  fixImports = true;
  /** `file.write`; null before `__init__`, and for `dumps`. */
  write: Value = null;
  initialized = false;
  bufferCallback: Value = null;
  dispatchTable: Maybe = undefined;
  /** The attribute `persistent_id` of this instance, if somebody set it. */
  persistentIdAttribute: Maybe = undefined;
  // Of the running dump:
  persistentId: Maybe = undefined;
  reducerOverride: Maybe = undefined;
  running = false;
  depth = 0;
  /** Containers that are open in fast mode, once nested deeply. */
  readonly fastOpen = new Set<Value>();
  fastNesting = 0;

  constructor(type: PyType, save: SaveFunction) {
    super(type);
    this.save = save;
  }

  /** Starts over with a writer to a file, or to memory. */
  startWriter(flushTo: Flush | null): void {
    this.writer = new PickleWriter(flushTo);
  }
}

/** Puts the object that was just written into the memo. @hot every container and string */
export function memoPut(p: PyPickler, value: Value): void {
  if (p.fast !== 0) return;
  const index = p.memo.size;
  p.memo.set(value, index);
  const { writer } = p;
  if (p.protocol >= 4) writer.u8(OP.MEMOIZE);
  else if (p.bin === 0) writer.latin1(`p${index}\n`);
  else if (index < 256) writer.opU8(OP.BINPUT, index);
  else if (index < 2 ** 32) writer.opU32(OP.LONG_BINPUT, index);
  else raisePickling('memo id too large for LONG_BINPUT');
}

/** Fetches what is in the memo under a number. */
export function memoGet(p: PyPickler, index: number): void {
  const { writer } = p;
  if (p.bin === 0) writer.latin1(`g${index}\n`);
  else if (index < 256) writer.opU8(OP.BINGET, index);
  else if (index < 2 ** 32) writer.opU32(OP.LONG_BINGET, index);
  else raisePickling('memo id too large for LONG_BINGET');
}

/** A type's full name, as notes and messages have it: without `builtins` and `__main__` (PyType_GetFullyQualifiedName). */
export function fullTypeName(t: Thread, value: Value): string {
  return qualifiedName(t, typeOf(value)).replace(/^__main__\./, '');
}

/** Adds "when serializing ..." to an exception on its way out and throws it on. */
export function noteAndRethrow(t: Thread, caught: unknown, note: string): never {
  if (caught instanceof PyBaseException) callMethod(t, caught, 'add_note', note);
  throw caught;
}

/** Saves a value; an exception gets the note that `note` makes. */
export function saveNoted(t: Thread, p: PyPickler, value: Value, note: () => string): void {
  try {
    p.save(t, p, value);
  } catch (caught) {
    noteAndRethrow(t, caught, note());
  }
}
