/**
 * The exception table of a code object: which handler covers which instructions.
 *
 * Entries are sorted and disjoint. Each is four variable-length numbers, six bits per byte, most significant first:
 * start, length, target, `depth << 1 | lasti`. Bit 7 marks the first byte of an entry, bit 6 says that the number goes on.
 * Source: CPython 3.14 `InternalDocs/exception_handling.md`.
 */

/** Numbers per entry of a decoded table: start, end (exclusive), target, `depth << 1 | lasti`, all positions in units. */
export const HANDLER_FIELDS = 4;

const ENTRY_START = 0x80;
const CONTINUES = 0x40;
const VALUE_MASK = 0x3f;

/** One handler in words. */
export interface ExceptionHandler {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  readonly target: number;
  /** Height of the evaluation stack to unwind to. */
  readonly depth: number;
  /** Whether the position of the raising instruction is pushed before the exception. */
  readonly lasti: boolean;
}

/** Collects the entries of a table in ascending order. */
export class ExceptionTableWriter {
  readonly #bytes: number[] = [];

  /** Adds an entry; `start` must not lie before the end of the previous one. */
  add(start: number, end: number, target: number, depth: number, lasti: boolean): void {
    this.#write(start, ENTRY_START);
    this.#write(end - start, 0);
    this.#write(target, 0);
    this.#write((depth << 1) | (lasti ? 1 : 0), 0);
  }

  /** The finished table; the caller owns it. */
  finish(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }

  #write(value: number, marker: number): void {
    let shift = 0;
    while (value >> (shift + 6) !== 0) shift += 6;
    for (; shift > 0; shift -= 6) {
      this.#bytes.push(((value >> shift) & VALUE_MASK) | CONTINUES | marker);
      marker = 0;
    }
    this.#bytes.push((value & VALUE_MASK) | marker);
  }
}

/** Decodes a table to flat numbers, `HANDLER_FIELDS` per entry. A truncated last entry is dropped. */
export function decodeExceptionTable(table: Uint8Array): Int32Array {
  const out: number[] = [];
  let at = 0;
  const readNumber = (): number => {
    let byte = table[at++] ?? 0;
    let value = byte & VALUE_MASK;
    while ((byte & CONTINUES) !== 0) {
      byte = table[at++] ?? 0;
      value = (value << 6) | (byte & VALUE_MASK);
    }
    return value;
  };
  while (at < table.length) {
    const start = readNumber();
    const end = start + readNumber();
    const target = readNumber();
    const depthAndLasti = readNumber();
    if (at <= table.length) out.push(start, end, target, depthAndLasti);
  }
  return Int32Array.from(out);
}

/**
 * The index in `handlers` (a decoded table) of the entry that covers `pc`, or -1.
 * `pc` is the unit of the instruction that raised.
 */
export function findHandler(handlers: Int32Array, pc: number): number {
  let low = 0;
  let high = handlers.length / HANDLER_FIELDS;
  // Entries are sorted by start: find the last one that starts at or before pc.
  while (low < high) {
    const middle = (low + high) >> 1;
    if (handlers[middle * HANDLER_FIELDS]! <= pc) low = middle + 1;
    else high = middle;
  }
  const entry = (low - 1) * HANDLER_FIELDS;
  return entry >= 0 && pc < handlers[entry + 1]! ? entry : -1;
}

/** The handler that covers `pc`, or null. For tools; the interpreter uses `findHandler`. */
export function lookupHandler(handlers: Int32Array, pc: number): ExceptionHandler | null {
  const entry = findHandler(handlers, pc);
  return entry < 0 ? null : handlerAt(handlers, entry);
}

/** All handlers of a decoded table. */
export function listHandlers(handlers: Int32Array): ExceptionHandler[] {
  const out: ExceptionHandler[] = [];
  for (let entry = 0; entry < handlers.length; entry += HANDLER_FIELDS) out.push(handlerAt(handlers, entry));
  return out;
}

function handlerAt(handlers: Int32Array, entry: number): ExceptionHandler {
  const packed = handlers[entry + 3]!;
  return { start: handlers[entry]!, end: handlers[entry + 1]!, target: handlers[entry + 2]!, depth: packed >> 1, lasti: (packed & 1) === 1 };
}
