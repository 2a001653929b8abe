/** What a document type declares: entities, default attributes, content models (XML 1.0, section 3 and 4). */
import { failWith } from './codes.ts';
import { Cursor, ILLEGAL, isLegalNumber } from './scan.ts';

/** A general or parameter entity. */
export interface Entity {
  readonly name: string;
  /** Replacement text; null for an external one. */
  readonly value: string | null;
  readonly systemId: string | null;
  readonly publicId: string | null;
  readonly base: string | null;
  readonly notation: string | null;
  /** Declared outside of the internal subset. */
  readonly isExternalDeclaration: boolean;
  open: boolean;
}

/** A declared attribute. */
export interface Attribute {
  readonly name: string;
  readonly isCdata: boolean;
  /** Null when there is none (#IMPLIED, #REQUIRED). */
  readonly value: string | null;
}

/** Content model as pyexpat shows it: type, quantifier, name, children. */
export type ContentModel = readonly [number, number, string | null, readonly ContentModel[]];

const [EMPTY, ANY, MIXED, NAME, CHOICE, SEQUENCE] = [1, 2, 3, 4, 5, 6];
const QUANTIFIERS = '?*+';

/** Predefined entities. */
export const PREDEFINED: ReadonlyMap<string, string> = new Map([['lt', '<'], ['gt', '>'], ['amp', '&'], ['apos', "'"], ['quot', '"']]);

/** All declarations of one document; external entities share them. */
export class Dtd {
  readonly entities = new Map<string, Entity>();
  readonly parameters = new Map<string, Entity>();
  readonly attributes = new Map<string, Attribute[]>();
  standalone = false;
  hasParameterReferences = false;
  /** An external subset or parameter entity was parsed since this was cleared. */
  externalRead = false;
  /** False once a parameter entity was not read: later declarations do not count then. */
  keepProcessing = true;
}

/** The replacement text of an entity's literal: characters by number are put in, references to entities stay. */
export function entityValue(literal: string, expandParameter: ((name: string) => string) | null): string {
  return literal.replace(/\r\n?/g, '\n').replace(/&#x([0-9a-fA-F]+);|&#([0-9]+);|&([^;&\s]*);|&|%([^;%\s]*);?|%/g, (whole, hex: string | undefined, decimal: string | undefined, name: string | undefined, parameter: string | undefined) => {
    if (hex !== undefined || decimal !== undefined) {
      const code = parseInt(hex ?? decimal!, hex === undefined ? 10 : 16);
      return isLegalNumber(code) ? String.fromCodePoint(code) : failWith('BAD_CHAR_REF');
    }
    if (name !== undefined && name !== '') return whole;
    if (parameter === undefined || parameter === '') return failWith('INVALID_TOKEN');
    return expandParameter === null ? failWith('PARAM_ENTITY_REF') : entityValue(expandParameter(parameter), expandParameter);
  });
}

function quantifier(cursor: Cursor): number {
  const found = QUANTIFIERS.indexOf(cursor.peek());
  if (found >= 0) cursor.at++;
  return found + 1;
}

/** Groups that are open, the innermost last: nesting can be deeper than JavaScript's stack. */
interface OpenGroup {
  type: number;
  readonly children: ContentModel[];
}

/** What stands behind the name of an element declaration. */
export function contentModel(cursor: Cursor): ContentModel {
  if (cursor.take('EMPTY')) return [EMPTY, 0, null, []];
  if (cursor.take('ANY')) return [ANY, 0, null, []];
  cursor.expect('(');
  cursor.space();
  return cursor.peek() === '#' ? mixedModel(cursor) : groupModel(cursor);
}

function mixedModel(cursor: Cursor): ContentModel {
  cursor.expect('#PCDATA');
  const names: ContentModel[] = [];
  for (;;) {
    cursor.space();
    if (cursor.peek() === ')') break;
    cursor.expect('|');
    cursor.space();
    names.push([NAME, 0, cursor.name(), []]);
  }
  cursor.at++;
  const isRepeated = cursor.peek() === '*';
  if (isRepeated) cursor.at++;
  else if (names.length > 0) cursor.invalid();
  return [MIXED, isRepeated ? 2 : 0, null, names];
}

function groupModel(cursor: Cursor): ContentModel {
  const open: OpenGroup[] = [{ type: SEQUENCE, children: [] }];
  for (;;) {
    cursor.space();
    const group = open.at(-1)!;
    if (cursor.peek() === '(') {
      cursor.at++;
      open.push({ type: SEQUENCE, children: [] });
      continue;
    }
    const name = cursor.name();
    group.children.push([NAME, quantifier(cursor), name, []]);
    const done = closeGroups(cursor, open);
    if (done !== null) return done;
  }
}

/** Behind a particle: closes groups and goes over the separator; the whole model when the last group is closed. */
function closeGroups(cursor: Cursor, open: OpenGroup[]): ContentModel | null {
  for (;;) {
    cursor.space();
    const group = open.at(-1)!;
    if (cursor.peek() !== ')') {
      const type = cursor.peek() === '|' ? CHOICE : cursor.peek() === ',' ? SEQUENCE : cursor.invalid();
      if (group.children.length > 1 && group.type !== type) failWith('SYNTAX', cursor.at);
      group.type = type!;
      cursor.at++;
      return null;
    }
    cursor.at++;
    const model: ContentModel = [group.type, quantifier(cursor), null, group.children];
    open.pop();
    const outer = open.at(-1);
    if (outer === undefined) return model;
    outer.children.push(model);
  }
}

/** A type of an attribute as pyexpat shows it. */
export function attributeType(cursor: Cursor): string {
  const isNotation = cursor.take('NOTATION');
  if (!isNotation && cursor.peek() !== '(') return keyword(cursor);
  if (isNotation && cursor.space() === '') cursor.invalid();
  cursor.expect('(');
  const names: string[] = [];
  do {
    if (names.length > 0) cursor.at++;
    cursor.space();
    names.push(isNotation ? cursor.name() : cursor.nmtoken());
    cursor.space();
  } while (cursor.peek() === '|');
  cursor.expect(')');
  return `${isNotation ? 'NOTATION' : ''}(${names.join('|')})`;
}

const TYPES: ReadonlySet<string> = new Set(['CDATA', 'ID', 'IDREF', 'IDREFS', 'ENTITY', 'ENTITIES', 'NMTOKEN', 'NMTOKENS']);

function keyword(cursor: Cursor): string {
  const start = cursor.at;
  const name = cursor.name();
  return TYPES.has(name) ? name : failWith('SYNTAX', start);
}

/** `SYSTEM "..."` or `PUBLIC "..." "..."`, if one is here. The system identifier may be missing where a notation is declared. */
export function externalId(cursor: Cursor, options: { systemOptional: boolean }): { publicId: string | null; systemId: string | null } | null {
  if (cursor.take('SYSTEM')) {
    if (cursor.space() === '') cursor.invalid();
    return { publicId: null, systemId: cursor.literal() };
  }
  if (!cursor.take('PUBLIC')) return null;
  if (cursor.space() === '') cursor.invalid();
  const start = cursor.at;
  const publicId = cursor.literal();
  const bad = /[^-a-zA-Z0-9'()+,./:=?;!*#@$_% \r\n]/.exec(publicId);
  if (bad !== null) failWith('PUBLICID', start);
  const gap = cursor.space();
  const hasSystem = cursor.peek() === '"' || cursor.peek() === "'";
  if (hasSystem && gap === '') cursor.invalid();
  if (!hasSystem && !options.systemOptional) cursor.invalid();
  return { publicId: publicId.trim().replace(/[ \r\n]+/g, ' '), systemId: hasSystem ? cursor.literal() : null };
}

/** Whether the text has only characters of XML. */
export function isLegal(text: string): boolean {
  return !ILLEGAL.test(text);
}
