/** Names met lately, as records: a document has few of them, so each is one string whose hash is known, and what its namespace makes of it is worked out once. */

/** A name as it stands in documents. */
export interface KnownName {
  readonly text: string;
  readonly codes: readonly number[];
  /** The state of the namespaces (`Namespaces.state`) for which `element` and `attribute` hold; 0 before they are worked out. */
  state: number;
  /** What a handler is told of an element, or an attribute, of this name; null where that wants a closer look. */
  element: string | null;
  attribute: string | null;
}

/** Number of names that are remembered, a power of two. */
const NAMES = 512;

// Declared cache: see the head of the file.
const names: KnownName[] = Array.from({ length: NAMES }, () => newName(''));

/** The codes of a text's characters. */
export function codesOf(text: string): readonly number[] {
  return Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
}

function newName(text: string): KnownName {
  return { text, codes: codesOf(text), state: 0, element: null, attribute: null };
}

/** A record's place, from characters that differ in most names. */
function placeOf(first: number, middle: number, last: number, length: number): number {
  return (first * 31 + middle * 131 + last * 7 + length) & (NAMES - 1);
}

/** Whether the codes of a name stand at a place. @hot every tag of a document */
export function standsAt(codes: Uint16Array, at: number, name: readonly number[]): boolean {
  for (let i = 0; i < name.length; i++) if (codes[at + i] !== name[i]) return false;
  return true;
}

/** The record of the name whose codes stand from `from` to `to`; there is at least one. @hot every tag of a document */
export function knownName(codes: Uint16Array, from: number, to: number): KnownName {
  const length = to - from;
  const place = placeOf(codes[from]!, codes[from + (length >> 1)]!, codes[to - 1]!, length);
  const known = names[place]!;
  if (known.codes.length === length && standsAt(codes, from, known.codes)) return known;
  return (names[place] = newName(String.fromCharCode(...codes.subarray(from, to))));
}

/** As `knownName`, of a name that stands in a text. */
export function knownNameIn(text: string, from: number, to: number): KnownName {
  const length = to - from;
  const place = placeOf(text.charCodeAt(from), text.charCodeAt(from + (length >> 1)), text.charCodeAt(to - 1), length);
  const known = names[place]!;
  if (known.text.length === length && text.startsWith(known.text, from)) return known;
  return (names[place] = newName(text.slice(from, to)));
}
