/**
 * The fast half of `content.ts`: what most content consists of, over character codes. A token is plain if nothing can be wrong with it and nothing about it wants a
 * closer look: tags with ASCII names and attributes without references, end tags without white space, text, predefined references.
 *
 * INV-1: a token that is not plain changes nothing: it is left where it is for `content.ts`, which knows the errors and their places.
 */
import type { Namespaces } from './attributes.ts';
import { leave, type ParseContext } from './context.ts';
import { PREDEFINED } from './dtd.ts';
import type { OpenElements } from './elements.ts';
import { codesOf, knownName, standsAt } from './known-names.ts';
import { isSpaceCode, NAME_CLASS, NAME_STARTS, type Cursor } from './scan.ts';
import { STOP, type TextWindow } from './window.ts';

const [TAB, NEWLINE, BLANK, DOUBLE_QUOTE, AMPERSAND, SINGLE_QUOTE, SLASH, LESS, EQUALS, GREATER, CLOSING_BRACKET] = [9, 10, 32, 34, 38, 39, 47, 60, 61, 62, 93] as const;
/** From here on characters want a closer look: surrogates, and the two that XML does not have. */
const FIRST_ODD = 0xd800;
const [LOW_HALF, PRIVATE_USE, NO_CHARACTER] = [0xdc00, 0xe000, 0xfffe] as const;
const NOT_PLAIN = -1;
/** Predefined references: what stands behind the ampersand. */
const REFERENCES = Array.from(PREDEFINED, ([name, character]) => ({ character, behind: codesOf(`${name};`) }));

// Classes of the ASCII characters in text: ENDS where a piece of it ends, ODD where it is not plain.
const [ENDS, ODD] = [1, 2] as const;
const TEXT_CLASS = new Uint8Array(128);
for (let code = 0; code < BLANK; code++) if (code !== TAB) TEXT_CLASS[code] = ODD;
for (const c of '<&\n\r') TEXT_CLASS[c.charCodeAt(0)] = ENDS;
TEXT_CLASS[CLOSING_BRACKET] = ODD;

/** Most elements have none. */
const NO_ATTRIBUTES: readonly string[] = [];

/** See the file. */
export class PlainContent {
  private readonly context: ParseContext;
  private readonly elements: OpenElements;
  private readonly namespaces: Namespaces;
  /** The attributes of the tag that `attributes` went over, names and values in turn; those behind `count` are of other tags. */
  private readonly found: string[] = [];
  private count = 0;

  constructor(context: ParseContext, elements: OpenElements, namespaces: Namespaces) {
    this.context = context;
    this.elements = elements;
    this.namespaces = namespaces;
  }

  /** Handles plain tokens until one is not, or the last element is closed. @hot xml_tree */
  run(cursor: Cursor, window: TextWindow): void {
    const { context, elements } = this;
    if (cursor.at >= cursor.text.length || context.dtd.attributes.size > 0) return;
    window.show(cursor.text, cursor.at);
    const { codes, base } = window;
    let at = cursor.at - base;
    while (elements.count > 0) {
      const code = codes[at]!;
      const next = code === LESS ? (codes[at + 1] === SLASH ? this.endTag(window, at) : this.startTag(window, at)) : code === AMPERSAND ? this.reference(window, at) : this.data(window, at);
      if (next < 0) break;
      at = next;
    }
    cursor.at = base + at;
  }

  // Each of these handles the token at a place of the window and returns the place behind it, or NOT_PLAIN.

  private data(window: TextWindow, at: number): number {
    const { handlers } = this.context;
    const { text, base, codes } = window;
    const found = pieceEnd(codes, at, handlers.joinsLines);
    const end = found === at && codes[at] === NEWLINE ? at + 1 : found;
    if (end <= at || end - at > this.context.longestPiece) return NOT_PLAIN;
    this.context.setEvent(base + at);
    give(this.context, text.slice(base + at, base + end));
    return end;
  }

  private reference(window: TextWindow, at: number): number {
    const { text, base, codes } = window;
    for (let i = 0; i < REFERENCES.length; i++) {
      const { behind, character } = REFERENCES[i]!;
      if (!standsAt(codes, at + 1, behind)) continue;
      const end = at + 1 + behind.length;
      this.context.setEvent(base + at);
      const { handlers } = this.context;
      if (handlers.characterData !== null) handlers.characterData(character);
      else leave(this.context, text.slice(base + at, base + end));
      return end;
    }
    return NOT_PLAIN;
  }

  private endTag(window: TextWindow, at: number): number {
    const { text, base, codes } = window;
    const name = this.elements.innermost.codes;
    if (name === null || !standsAt(codes, at + 2, name)) return NOT_PLAIN;
    const end = at + 2 + name.length;
    if (codes[end] !== GREATER) return NOT_PLAIN;
    this.context.setEvent(base + at);
    this.elements.close(text, base + at, base + end + 1);
    return end + 1;
  }

  private startTag(window: TextWindow, at: number): number {
    const { text, base, codes } = window;
    const nameEnd = asciiNameEnd(codes, at + 1);
    if (nameEnd < 0) return NOT_PLAIN;
    const known = knownName(codes, at + 1, nameEnd);
    const name = this.namespaces.resolved(this.context, known).element;
    const last = this.attributes(window, nameEnd);
    if (name === null || last < 0) return NOT_PLAIN;
    const { context } = this;
    const flat = firstOf(this.found, this.count);
    const end = codes[last] === SLASH ? last + 2 : last + 1;
    context.setEvent(base + at);
    this.elements.push(known.text, known.codes, name);
    const { startElement } = context.handlers;
    if (startElement !== null) startElement(name, flat, flat.length >> 1);
    else leave(context, text.slice(base + at, base + end));
    if (end === last + 1) return end;
    context.setEvent(base + end);
    this.elements.close(text, startElement !== null ? base + at : base + end, base + end);
    return end;
  }

  /** Goes over the attributes behind a tag's name, to its `>` or `/>`, and keeps them in `found`. */
  private attributes(window: TextWindow, nameEnd: number): number {
    const { text, base, codes } = window;
    const { found } = this;
    this.count = 0;
    for (let at = nameEnd; ; ) {
      const end = spaceEnd(codes, at);
      if (codes[end] === GREATER || (codes[end] === SLASH && codes[end + 1] === GREATER)) return end;
      const attributeEnd = end === at ? NOT_PLAIN : asciiNameEnd(codes, end);
      if (attributeEnd < 0) return NOT_PLAIN;
      const name = this.namespaces.resolved(this.context, knownName(codes, end, attributeEnd)).attribute;
      const equals = spaceEnd(codes, attributeEnd);
      if (name === null || codes[equals] !== EQUALS || includesName(found, this.count, name)) return NOT_PLAIN;
      const quote = spaceEnd(codes, equals + 1);
      const valueEnd = plainValueEnd(codes, quote);
      if (valueEnd < 0) return NOT_PLAIN;
      found[this.count++] = name;
      found[this.count++] = text.slice(base + quote + 1, base + valueEnd);
      at = valueEnd + 1;
    }
  }
}

function give(context: ParseContext, text: string): void {
  const { characterData } = context.handlers;
  if (characterData !== null) characterData(text);
  else leave(context, text);
}

/** Where the piece of text that begins at a place ends; NOT_PLAIN where it is not plain. */
function pieceEnd(codes: Uint16Array, at: number, joinsLines: boolean): number {
  for (let end = at; ; end++) {
    const code = codes[end]!;
    if (code >= 128) {
      if (code < FIRST_ODD) continue;
      const count = unitsOf(codes, end);
      if (count === 0) return NOT_PLAIN;
      end += count - 1;
      continue;
    }
    const kind = TEXT_CLASS[code];
    if (kind === 0 || (joinsLines && code === NEWLINE)) continue;
    if (kind === ENDS) return end;
    // A bracket alone does not begin the end of a section.
    if (code !== CLOSING_BRACKET || codes[end + 1] === CLOSING_BRACKET || codes[end + 1] === STOP) return NOT_PLAIN;
  }
}

function asciiNameEnd(codes: Uint16Array, at: number): number {
  if (codes[at]! >= 128 || NAME_CLASS[codes[at]!] !== NAME_STARTS) return NOT_PLAIN;
  for (let end = at + 1; ; end++) {
    const code = codes[end]!;
    if (code >= 128 || code === STOP) return NOT_PLAIN;
    if (NAME_CLASS[code] === 0) return end;
  }
}

function spaceEnd(codes: Uint16Array, at: number): number {
  let end = at;
  while (isSpaceCode(codes[end]!)) end++;
  return end;
}

/** Where the quotation mark behind a literal stands that begins at a place. */
function plainValueEnd(codes: Uint16Array, at: number): number {
  const quote = codes[at];
  if (quote !== DOUBLE_QUOTE && quote !== SINGLE_QUOTE) return NOT_PLAIN;
  for (let end = at + 1; ; end++) {
    const code = codes[end]!;
    if (code === quote) return end;
    if (code < BLANK || code === AMPERSAND || code === LESS) return NOT_PLAIN;
    if (code < FIRST_ODD) continue;
    const count = unitsOf(codes, end);
    if (count === 0) return NOT_PLAIN;
    end += count - 1;
  }
}

/** How many units the character from FIRST_ODD on has that stands at a place; 0 for half a pair, and for what XML does not have. */
function unitsOf(codes: Uint16Array, at: number): number {
  const code = codes[at]!;
  if (code >= PRIVATE_USE) return code < NO_CHARACTER ? 1 : 0;
  return code < LOW_HALF && codes[at + 1]! >= LOW_HALF && codes[at + 1]! < PRIVATE_USE ? 2 : 0;
}

/** A copy of the first strings: of so many, without room for more. */
function firstOf(strings: readonly string[], count: number): readonly string[] {
  switch (count) {
    case 0: return NO_ATTRIBUTES;
    case 2: return [strings[0]!, strings[1]!];
    case 4: return [strings[0]!, strings[1]!, strings[2]!, strings[3]!];
    default: return strings.slice(0, count);
  }
}

function includesName(flat: readonly string[], count: number, name: string): boolean {
  for (let i = 0; i < count; i += 2) if (flat[i] === name) return true;
  return false;
}
