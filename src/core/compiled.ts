/**
 * Records of compiled activations: how JavaScript functions made by a plugin stand on a thread's stack without a `Frame` each.
 *
 * Compiled code keeps locals in JavaScript variables. Before it leaves them for a call that could look at frames, and when a guard fails, it writes a
 * record to `Thread.records`: the owner, a `Site` constant, and the values that the site names. From records, frames can be made at any time.
 *
 *   records: [ door frame, DOOR | function, site, v0, v1 | function, site, v0 | ... ]   up to Thread.top
 *
 * INV-1: records are contiguous; the size of each is its site's.
 * INV-2: `Thread.frame` is the frame of tier 0 from which the innermost run of compiled code was entered, not that of a compiled activation.
 * INV-3: only the values that the site of a record names are relied on; others may be cleared at any time.
 */
import type { PyCode, PyFunction } from './function.ts';
import type { CompiledFrame } from './thread.ts';
import type { Value } from './value.ts';

/** Returned by compiled code instead of a value: frames stand where tier 0 goes on (`Thread.evicted`), or `Thread.raised` is to be raised. */
export const UNWIND = Symbol('unwind');

/**
 * Returned by compiled code that was entered with a frame: its function returns. The frame stands at the RETURN_VALUE, which finds the value on the stack,
 * so that tier 0 may execute it, or whoever entered the code takes the value and the frame off.
 */
export const RETURNED = Symbol('returned');

/** Returned by compiled code that was entered with a frame: an exception was raised in it, and the frame stands at its handler. */
export const HANDLING = Symbol('handling');

/**
 * In the place of an operation's result: an exception was raised, which is `Thread.raised`, and the compiled code that asked goes on at the handler that it has itself. The traceback has its
 * frame already.
 */
export const RAISED = Symbol('raised');

/** Returned by `PyCode.begin`: the coroutine that was begun is suspended. It is `Thread.begun`, and has yielded `Thread.sent`. */
export const SUSPENDED = Symbol('suspended');

/** In the place of the value with which a compiled function goes on behind a call: it is left, with `Thread.finished` as its result. */
export const FINISHED = Symbol('finished');

/** Where a slot of the frame comes from: the nth value of the record, as it is. */
export const SOURCE_VALUE = 0;
/** The nth value, a raw double to be boxed as float. */
export const SOURCE_DOUBLE = 1;
/** A constant: `Site.constants[n]`. */
export const SOURCE_CONSTANT = 2;
/** Unbound. */
export const SOURCE_UNBOUND = 3;
/** A range iterator that exists only as three values of the record from the nth: next, step, remaining. */
export const SOURCE_RANGE = 4;
/** A list or tuple iterator that exists only as two values: sequence, index. */
export const SOURCE_SEQUENCE = 5;
/** What the entered frame has there: compiled code has not changed it. */
export const SOURCE_KEPT = 6;
/** A complex number that exists only as two raw doubles. */
export const SOURCE_COMPLEX = 7;
/** A tuple of two, as its items. */
export const SOURCE_TUPLE = 8;
/** `enumerate` of a list or tuple, as two values: sequence, index. */
export const SOURCE_ENUMERATE = 9;
/** `zip` of two lists or tuples, as three values: both, index. */
export const SOURCE_ZIP = 10;

/** A float, an int or nothing, as two values: a raw double and a `NumberTag`. */
export const SOURCE_NUMBER = 11;

/** A generator whose code is inlined into the loop over it: the nth of `Site.generators`. */
export const SOURCE_GENERATOR = 12;

/** The iterator of a range of step 1 that exists only as two values: next, stop. */
export const SOURCE_COUNT = 13;

/** A generator that exists only as values of a record, suspended behind its `yield` at `pc`. */
export interface SuspendedSource {
  readonly func: PyFunction;
  readonly code: PyCode;
  readonly pc: number;
  /** What goes on there in compiled code. */
  readonly point: { readonly run: CompiledFrame | null };
  /** As `Site.sources`, without constants. */
  readonly sources: Int32Array;
}

/** What the double of a SOURCE_NUMBER stands for. */
export type NumberTag = typeof TAG_UNBOUND | typeof TAG_FLOAT | typeof TAG_INT;
export const TAG_UNBOUND = 0;
export const TAG_FLOAT = 1;
export const TAG_INT = 2;

/** How many values of the record each kind of source takes from the nth. */
const PLACES: readonly number[] = [1, 1, 0, 0, 3, 2, 0, 2, 2, 2, 3, 2, 0, 2];

/** Entries of a record before its values. */
export const RECORD_HEAD = 2;

/** What was compiled in one go: its sites name it. */
export class CompiledCode {
  /** What it relies on has changed: it is entered no more, and activations of it are left as soon as they can be (`Doors.retire`). */
  isStale = false;
}

/** One place in compiled code from which a frame can be made. */
export class Site {
  readonly code: PyCode;
  /** Where tier 0 goes on: behind the instruction when `continues`, else at its start. */
  readonly pc: number;
  /** Whether the record is that of an instruction under way, whose result is still to be pushed (if it has one). */
  readonly continues: boolean;
  /** Pairs (SOURCE_*, n) for each local and stack slot of the frame. */
  readonly sources: Int32Array;
  readonly constants: readonly (Value | undefined)[];
  readonly generators: readonly SuspendedSource[];
  /** Entries of the record, its head included. */
  readonly size: number;
  /** Whether the interrupted instruction pushes its result. */
  readonly pushes: boolean;
  /** What failed here, for statistics; '' for calls. */
  readonly reason: string;
  /** Number of the instruction's first unit, by which plugins keep what they learnt. */
  readonly at: number;
  failures = 0;
  /** Whether the code was entered with a frame. */
  readonly isFrame: boolean;
  /** Of the values that compiled code hands over when it leaves here: which of the record they are. */
  readonly handed: readonly number[];
  /** The call under way runs in the same JavaScript function. As long as `Thread.top` is above this record, the next one is that of the call. */
  readonly inlines: boolean;
  /** With `inlines`: the value of the record that takes the place of the call's result, which is that of an `__init__`; else -1. */
  readonly instance: number;
  /** What was compiled together with it; null where that relies on nothing that could change. */
  readonly compiled: CompiledCode | null;

  constructor(fields: { isFrame: boolean; code: PyCode; pc: number; at: number; continues: boolean; pushes: boolean; sources: Int32Array; constants: readonly (Value | undefined)[]; generators?: readonly SuspendedSource[]; values: number; reason: string; handed?: readonly number[]; inlines?: boolean; instance?: number; compiled?: CompiledCode | null }) {
    this.code = fields.code;
    this.pc = fields.pc;
    this.at = fields.at;
    this.continues = fields.continues;
    this.pushes = fields.pushes;
    this.sources = fields.sources;
    this.constants = fields.constants;
    this.generators = fields.generators ?? [];
    this.size = RECORD_HEAD + fields.values;
    this.reason = fields.reason;
    this.isFrame = fields.isFrame;
    this.handed = fields.handed ?? [];
    this.inlines = fields.inlines ?? false;
    this.instance = fields.instance ?? -1;
    this.compiled = fields.compiled ?? null;
  }
}

/**
 * The site of a record between the entry of compiled code and its first call: only its size is relied on, and a frame of it has no variables. An exception that
 * is raised there (the JavaScript stack has overflowed) is raised at the start of the function, or where the entered frame stands.
 */
export function entrySite(code: PyCode, isFrame: boolean, values: number, compiled: CompiledCode | null = null): Site {
  return new Site({ compiled, isFrame, code, pc: ENTRY_PC, at: 0, continues: true, pushes: false, sources: new Int32Array(0), constants: [], values, reason: '' });
}

/** `Site.pc` of an entry site. */
export const ENTRY_PC = -1;

/** Which values of its record, by number, a site needs. */
export function placesOf(site: Site): ReadonlySet<number> {
  const places = new Set<number>(site.instance < 0 ? [] : [site.instance]);
  for (const sources of [site.sources, ...site.generators.map((generator) => generator.sources)]) {
    for (let i = 0; i < sources.length; i += 2) {
      const count = PLACES[sources[i]!]!;
      for (let part = 0; part < count; part++) places.add(sources[i + 1]! + part);
    }
  }
  return places;
}

/** The site of the record at `base`; null where the record is as long as a door's and has none. */
export function siteAt(records: readonly unknown[], base: number): Site | null {
  const site = records[base + 1];
  return site instanceof Site ? site : null;
}

/** In the place of a site: the record is a door, its owner the frame of tier 0 below (or null). */
export const DOOR = Symbol('door');
/** In the place of a site: the record, as long as a door's, stands for suspended generators; its owner is the outermost one's frame (`interp/resume.ts`). */
export const DELEGATION = Symbol('delegation');
/** Entries of a door's record. */
export const DOOR_SIZE = 2;
