/**
 * The code object: what the compiler makes and every interpreter executes, host-neutral and never changed after construction.
 *
 * INV-1: `words` holds 16-bit units `opcode | operand << 8` exactly in CPython's layout: EXTENDED_ARG prefixes, then the
 * instruction, then its CACHE units (zero; an interpreter keeps its inline caches elsewhere).
 * INV-2: positions, jump distances and tables count units, not bytes.
 * INV-3: `localsplusnames` lists parameters, other locals, cells that are no parameters, free variables, in this order.
 */
import type { Literal } from '../base/constants.ts';
import { decodeExceptionTable } from './exception-table.ts';

/** A constant tuple. */
export class ConstTuple {
  readonly kind = 'tuple';
  readonly items: readonly Const[];
  constructor(items: readonly Const[]) {
    this.items = items;
  }
}

/** A constant frozenset; items are distinct and stand in insertion order. */
export class ConstFrozenSet {
  readonly kind = 'frozenset';
  readonly items: readonly Const[];
  constructor(items: readonly Const[]) {
    this.items = items;
  }
}

/** A constant slice. */
export class ConstSlice {
  readonly kind = 'slice';
  readonly start: Const;
  readonly stop: Const;
  readonly step: Const;
  constructor(start: Const, stop: Const, step: Const) {
    this.start = start;
    this.stop = stop;
    this.step = step;
  }
}

/** An entry of `CodeObject.consts`. */
export type Const = Literal | ConstTuple | ConstFrozenSet | ConstSlice | CodeObject;

/** Bits of `CodeObject.flags` (CPython's `CO_*`). */
export const CO = {
  OPTIMIZED: 0x1,
  NEWLOCALS: 0x2,
  VARARGS: 0x4,
  VARKEYWORDS: 0x8,
  NESTED: 0x10,
  GENERATOR: 0x20,
  COROUTINE: 0x80,
  ITERABLE_COROUTINE: 0x100,
  ASYNC_GENERATOR: 0x200,
  FUTURE_BARRY_AS_BDFL: 0x400000,
  FUTURE_ANNOTATIONS: 0x1000000,
  NO_MONITORING_EVENTS: 0x2000000,
  HAS_DOCSTRING: 0x4000000,
  METHOD: 0x8000000,
} as const;

/** Bits of `CodeObject.localspluskinds` (CPython's `CO_FAST_*`). */
export const FAST = {
  HIDDEN: 0x10,
  LOCAL: 0x20,
  CELL: 0x40,
  FREE: 0x80,
} as const;

/** What is known of a code object without its body. */
export interface CodeHeader {
  /** Positional parameters, positional-only ones included, `*args` not. */
  readonly argcount: number;
  readonly posonlyargcount: number;
  readonly kwonlyargcount: number;
  /** Entries of `localsplusnames` that are locals (cells that are parameters count, other cells and free variables do not). */
  readonly nlocals: number;
  /** `localsplusnames.length`: slots in a frame before the evaluation stack. */
  readonly nlocalsplus: number;
  readonly ncellvars: number;
  readonly nfreevars: number;
  /** The deepest evaluation stack. */
  readonly stacksize: number;
  readonly flags: number;
  readonly filename: string;
  readonly name: string;
  readonly qualname: string;
  readonly firstlineno: number;
}

/** What running a code object needs. */
export interface CodeBody {
  readonly words: Uint16Array;
  readonly consts: readonly Const[];
  readonly names: readonly string[];
  readonly localsplusnames: readonly string[];
  readonly localspluskinds: Uint8Array;
  readonly linetable: Uint8Array;
  readonly exceptiontable: Uint8Array;
}

/** The fields of a code object, as `makeCode` takes them. */
export type CodeFields = Omit<CodeHeader, 'nlocals' | 'nlocalsplus' | 'ncellvars' | 'nfreevars'> & CodeBody;

/**
 * A compiled block of Python. Built by `makeCode` and `lazyCode` only, so that all instances have one shape. The body of one that comes from bytes is
 * decoded when it is first asked for.
 */
export class CodeObject implements CodeHeader, CodeBody {
  readonly kind = 'code';
  readonly argcount: number;
  readonly posonlyargcount: number;
  readonly kwonlyargcount: number;
  readonly nlocals: number;
  readonly nlocalsplus: number;
  readonly ncellvars: number;
  readonly nfreevars: number;
  readonly stacksize: number;
  readonly flags: number;
  readonly filename: string;
  readonly name: string;
  readonly qualname: string;
  readonly firstlineno: number;
  private decodedBody: CodeBody | null;
  private readonly readBody: (() => CodeBody) | null;
  private readonly readDocstring: (() => string | null) | null;
  private decodedHandlers: Int32Array | null = null;
  /** The line table as `addr2line` searches it, once it was asked for a line. */
  lineEnds: Int32Array | null = null;

  constructor(header: CodeHeader, body: CodeBody | null, readDocstring: (() => string | null) | null, readBody: (() => CodeBody) | null) {
    this.argcount = header.argcount;
    this.posonlyargcount = header.posonlyargcount;
    this.kwonlyargcount = header.kwonlyargcount;
    this.nlocals = header.nlocals;
    this.nlocalsplus = header.nlocalsplus;
    this.ncellvars = header.ncellvars;
    this.nfreevars = header.nfreevars;
    this.stacksize = header.stacksize;
    this.flags = header.flags;
    this.filename = header.filename;
    this.name = header.name;
    this.qualname = header.qualname;
    this.firstlineno = header.firstlineno;
    this.decodedBody = body;
    this.readDocstring = readDocstring;
    this.readBody = readBody;
  }

  /** The body, decoded. */
  get body(): CodeBody {
    return (this.decodedBody ??= this.readBody!());
  }

  get words(): Uint16Array {
    return this.body.words;
  }

  get consts(): readonly Const[] {
    return this.body.consts;
  }

  get names(): readonly string[] {
    return this.body.names;
  }

  get localsplusnames(): readonly string[] {
    return this.body.localsplusnames;
  }

  get localspluskinds(): Uint8Array {
    return this.body.localspluskinds;
  }

  get linetable(): Uint8Array {
    return this.body.linetable;
  }

  get exceptiontable(): Uint8Array {
    return this.body.exceptiontable;
  }

  /** The docstring of a function's code; null without one. Does not decode the body. */
  get docstring(): string | null {
    if ((this.flags & CO.HAS_DOCSTRING) === 0) return null;
    if (this.decodedBody === null && this.readDocstring !== null) return this.readDocstring();
    const first = this.consts[0];
    return typeof first === 'string' ? first : null;
  }

  /** `co_varnames`: parameters and other locals. */
  get varnames(): string[] {
    return this.#namesOfKind(FAST.LOCAL);
  }

  /** `co_cellvars`: variables that inner functions share, parameters among them. */
  get cellvars(): string[] {
    return this.#namesOfKind(FAST.CELL);
  }

  /** `co_freevars`: variables of enclosing functions. */
  get freevars(): string[] {
    return this.#namesOfKind(FAST.FREE);
  }

  /** The decoded exception table, `HANDLER_FIELDS` numbers per entry (see exception-table.ts); decoded once, never written. */
  get handlers(): Int32Array {
    return (this.decodedHandlers ??= decodeExceptionTable(this.exceptiontable));
  }

  /** `co_code`: the units as bytes, low byte (the opcode) first. The caller owns the result. */
  codeBytes(): Uint8Array {
    const { words } = this;
    const bytes = new Uint8Array(words.length * 2);
    for (let i = 0; i < words.length; i++) {
      const word = words[i]!;
      bytes[i * 2] = word & 0xff;
      bytes[i * 2 + 1] = word >> 8;
    }
    return bytes;
  }

  #namesOfKind(kind: number): string[] {
    const { localsplusnames, localspluskinds } = this;
    return localsplusnames.filter((_, i) => (localspluskinds[i]! & kind) !== 0);
  }
}

function countKind(kinds: Uint8Array, kind: number): number {
  let count = 0;
  for (let i = 0; i < kinds.length; i++) if ((kinds[i]! & kind) !== 0) count++;
  return count;
}

/** Makes a code object; the arrays become its property. */
export function makeCode(fields: CodeFields): CodeObject {
  const { argcount, posonlyargcount, kwonlyargcount, stacksize, flags, filename, name, qualname, firstlineno } = fields;
  const { words, consts, names, localsplusnames, localspluskinds, linetable, exceptiontable } = fields;
  const header = {
    argcount, posonlyargcount, kwonlyargcount, stacksize, flags, filename, name, qualname, firstlineno, nlocalsplus: localsplusnames.length,
    nlocals: countKind(localspluskinds, FAST.LOCAL), ncellvars: countKind(localspluskinds, FAST.CELL), nfreevars: countKind(localspluskinds, FAST.FREE),
  };
  return new CodeObject(header, { words, consts, names, localsplusnames, localspluskinds, linetable, exceptiontable }, null, null);
}

/** Makes a code object whose docstring and body are read when they are first asked for. */
export function lazyCode(header: CodeHeader, readDocstring: () => string | null, readBody: () => CodeBody): CodeObject {
  return new CodeObject(header, null, readDocstring, readBody);
}

/** A copy with some fields replaced (`code.replace`). */
export function replaceCode(code: CodeObject, changes: Partial<CodeFields>): CodeObject {
  return makeCode({ ...codeFields(code), ...changes });
}

/** The fields of a code object. */
export function codeFields(code: CodeObject): CodeFields {
  const { argcount, posonlyargcount, kwonlyargcount, stacksize, flags, words, consts, names } = code;
  const { localsplusnames, localspluskinds, filename, name, qualname, firstlineno, linetable, exceptiontable } = code;
  return {
    argcount, posonlyargcount, kwonlyargcount, stacksize, flags, words, consts, names,
    localsplusnames, localspluskinds, filename, name, qualname, firstlineno, linetable, exceptiontable,
  };
}
