/** The errors of the front end: what the parser throws, as plain data that `interp` turns into Python exceptions. */

/** The Python exception type that an error becomes. */
export type SyntaxErrorKind = 'SyntaxError' | 'IndentationError' | 'TabError' | 'MemoryError' | 'UnicodeEncodeError' | '_IncompleteInputError';

/** Where an error stands. Lines and offsets count from 1, offsets in characters; the end is exclusive. CPython's odd values (0, -1) occur. */
export interface ErrorPlace {
  readonly lineno: number | null;
  readonly offset: number | null;
  readonly end_lineno: number | null;
  readonly end_offset: number | null;
}

/** The place of errors that have none. */
export const NO_PLACE: ErrorPlace = { lineno: null, offset: null, end_lineno: null, end_offset: null };

/** Thrown by the tokenizer and the parser for every wrong program; the fields are those of Python's SyntaxError. */
export class PySyntaxError extends Error {
  readonly kind: SyntaxErrorKind;
  readonly msg: string;
  readonly filename: string | null;
  readonly lineno: number | null;
  readonly offset: number | null;
  readonly end_lineno: number | null;
  readonly end_offset: number | null;
  /** The line of the error, usually with its newline; null when there is none. */
  readonly text: string | null;
  /** What the parser was reading; null for errors of decoding and of the compiler. */
  source: string | null = null;

  constructor(kind: SyntaxErrorKind, msg: string, filename: string | null, place: ErrorPlace, text: string | null) {
    super(`${kind}: ${msg} (${filename ?? '?'}, line ${place.lineno})`);
    this.kind = kind;
    this.msg = msg;
    this.filename = filename;
    this.lineno = place.lineno;
    this.offset = place.offset;
    this.end_lineno = place.end_lineno;
    this.end_offset = place.end_offset;
    this.text = text;
  }
}

/** Warning categories the front end can report. */
export type WarningCategory = 'SyntaxWarning' | 'DeprecationWarning';

/**
 * Reports a warning at a line. Returns true when the warnings filter turned it into an error; the parser then raises a SyntaxError with the
 * same text, as CPython does. `column` is in UTF-8 bytes from 0.
 */
export type WarnCallback = (category: WarningCategory, message: string, lineno: number, column: number) => boolean | void;
