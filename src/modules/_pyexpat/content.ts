/** The content of elements: tags, text, references, CDATA sections (XML 1.0, section 3). */
import { firstItem } from '../../base/first-item.ts';
import { failWith } from './codes.ts';
import { elementParts, Namespaces, type RawAttribute } from './attributes.ts';
import { expanding, knowsAllEntities, leave, type ParseContext } from './context.ts';
import { PREDEFINED, type Entity } from './dtd.ts';
import { OpenElements } from './elements.ts';
import { PlainContent } from './plain-content.ts';
import { Cursor, ILLEGAL, NEED_MORE, normalizeLines, withoutPlace } from './scan.ts';
import type { TextWindow } from './window.ts';

const DATA_END = /[<&\r\n]|\]\]>/g;
const PLAIN_VALUE = /^[^&<]*$/;

/** Works through content, token by token. One for a document; the texts of its internal entities go through it, too. */
export class Content {
  readonly namespaces = new Namespaces();
  private readonly context: ParseContext;
  private readonly elements: OpenElements;
  private readonly plain: PlainContent;
  private inCdata = false;
  /** How many internal entities are open: events stand where the outermost reference does. */
  private depth = 0;

  constructor(context: ParseContext) {
    this.context = context;
    this.elements = new OpenElements(context, this.namespaces);
    this.plain = new PlainContent(context, this.elements, this.namespaces);
  }

  /** Number of open elements. */
  get openElements(): number {
    return this.elements.count;
  }

  /** Whether a CDATA section is open. */
  get isInCdata(): boolean {
    return this.inCdata;
  }

  /** Handles the token at the cursor, which stands behind it then. Throws NEED_MORE before any handler is called. */
  step(cursor: Cursor): void {
    if (this.inCdata) return this.cdata(cursor);
    if (cursor.peek() === '<') return this.markup(cursor);
    if (cursor.peek() === '&') return this.reference(cursor);
    this.data(cursor);
  }

  /** Handles the tokens at the cursor that are plain, as far as they are. Only in the outermost text. */
  stepPlainly(cursor: Cursor, window: TextWindow): void {
    if (!this.inCdata) this.plain.run(cursor, window);
  }

  private event(at: number): void {
    if (this.depth === 0) this.context.setEvent(at);
  }

  private give(text: string, raw: string): void {
    const { characterData } = this.context.handlers;
    if (characterData !== null) characterData(text);
    else leave(this.context, raw);
  }

  /** Text up to the next markup or line end; line ends are pieces of their own. */
  private data(cursor: Cursor): void {
    const { text, at: start } = cursor;
    if (text[start] === '\n' || text[start] === '\r') return this.lineEnd(cursor);
    DATA_END.lastIndex = start;
    const found = DATA_END.exec(text);
    let end = found?.index ?? text.length;
    const bad = ILLEGAL.exec(text.slice(start, end));
    if (found?.[0] === ']]>' && bad === null) cursor.invalid(end + 2);
    if (found === null && !cursor.final) end -= withheld(text);
    if (bad !== null && start + bad.index < end) {
      if (bad.index > 0) this.give(text.slice(start, start + bad.index), text.slice(start, start + bad.index));
      cursor.invalid(start + bad.index);
    }
    if (end <= start) throw NEED_MORE;
    end = Math.min(end, start + this.context.longestPiece);
    cursor.at = end;
    this.give(text.slice(start, end), text.slice(start, end));
  }

  private lineEnd(cursor: Cursor): void {
    const { text, at } = cursor;
    if (text[at] === '\r' && at + 1 === text.length && !cursor.final) throw NEED_MORE;
    const raw = text.startsWith('\r\n', at) ? '\r\n' : text[at]!;
    cursor.at += raw.length;
    this.give('\n', raw);
  }

  private cdata(cursor: Cursor): void {
    const { text, at } = cursor;
    if (text.startsWith(']]>', at)) {
      cursor.at += 3;
      this.inCdata = false;
      const { endCdata } = this.context.handlers;
      return endCdata !== null ? endCdata() : leave(this.context, ']]>');
    }
    if (text[at] === '\n' || text[at] === '\r') return this.lineEnd(cursor);
    const found = text.slice(at).search(/[\r\n]|\]\]>/);
    const end = found >= 0 ? at + found : cursor.final ? text.length : text.length - withheld(text);
    if (end <= at) throw NEED_MORE;
    cursor.checkLegal(at, end);
    cursor.at = end;
    this.give(text.slice(at, end), text.slice(at, end));
  }

  private markup(cursor: Cursor): void {
    const start = cursor.at++;
    switch (cursor.peek()) {
      case '/': return this.endTag(cursor, start);
      case '?': return processingInstruction(this.context, cursor, start);
      case '!': return this.declaration(cursor, start);
      default: return this.startTag(cursor, start);
    }
  }

  private declaration(cursor: Cursor, start: number): void {
    cursor.at++;
    if (cursor.peek() === '-') return comment(this.context, cursor, start);
    if (cursor.peek() !== '[') cursor.invalid();
    cursor.expect('[CDATA[');
    this.inCdata = true;
    const { startCdata } = this.context.handlers;
    if (startCdata !== null) startCdata();
    else leave(this.context, '<![CDATA[');
  }

  private startTag(cursor: Cursor, start: number): void {
    const raw = cursor.name();
    const attributes = this.scanAttributes(cursor);
    const isEmpty = cursor.peek() === '/';
    if (isEmpty) {
      cursor.at++;
      if (cursor.peek() !== '>') cursor.invalid();
    }
    cursor.at++;
    const { handlers, namespaceSeparator } = this.context;
    const outerState = this.namespaces.state;
    const { attributes: flat, specified, bound } = elementParts(this.context, raw, attributes, this.namespaces);
    const name = namespaceSeparator === null ? raw : this.namespaces.expand(this.context, raw, /* isAttribute */ false);
    const element = this.elements.push(raw, null, name);
    element.bound = bound;
    element.outerState = outerState;
    if (handlers.startElement !== null) handlers.startElement(name, flat, specified);
    else leave(this.context, cursor.text.slice(start, cursor.at));
    if (!isEmpty) return;
    this.event(cursor.at);
    this.elements.close(cursor.text, handlers.startElement !== null ? start : cursor.at, cursor.at);
  }

  private scanAttributes(cursor: Cursor): readonly RawAttribute[] {
    let attributes = NO_ATTRIBUTES;
    for (;;) {
      const gap = cursor.space();
      if (cursor.peek() === '>' || cursor.peek() === '/') return attributes;
      if (gap === '') cursor.invalid();
      const at = cursor.at;
      const name = cursor.name();
      if (hasName(attributes, name)) failWith('DUPLICATE_ATTRIBUTE', at);
      cursor.space();
      if (cursor.peek() !== '=') cursor.invalid();
      cursor.at++;
      cursor.space();
      const plain = cursor.plainLiteral();
      const attribute: RawAttribute = { name, value: plain ?? scanValue(cursor), isPlain: plain !== undefined };
      if (attributes === NO_ATTRIBUTES) attributes = firstItem(attribute);
      else (attributes as RawAttribute[]).push(attribute);
    }
  }

  private endTag(cursor: Cursor, start: number): void {
    cursor.at++;
    const nameAt = cursor.at;
    const raw = cursor.name();
    cursor.space();
    if (cursor.peek() !== '>') cursor.invalid();
    cursor.at++;
    if (this.elements.count === 0 || (this.depth > 0 && this.elements.count <= this.floor)) failWith('ASYNC_ENTITY');
    if (this.elements.innermost.raw !== raw) failWith('TAG_MISMATCH', nameAt);
    this.elements.close(cursor.text, start, cursor.at);
  }

  /** Elements below this were open before the entity that is read now. */
  private floor = 0;

  private reference(cursor: Cursor): void {
    const start = cursor.at;
    const reference = cursor.reference();
    const raw = cursor.text.slice(start, cursor.at);
    if ('character' in reference) return this.give(reference.character, raw);
    const predefined = PREDEFINED.get(reference.name);
    if (predefined !== undefined) return this.give(predefined, raw);
    const entity = this.context.dtd.entities.get(reference.name);
    if (knowsAllEntities(this.context)) {
      if (entity === undefined) failWith('UNDEFINED_ENTITY');
      if (entity.isExternalDeclaration) failWith('ENTITY_DECLARED_IN_PE');
    }
    if (entity === undefined) return this.skip(reference.name, raw);
    this.useEntity(entity, raw);
  }

  private skip(name: string, raw: string): void {
    const { skippedEntity } = this.context.handlers;
    if (skippedEntity !== null) skippedEntity(name, 0);
    else leave(this.context, raw);
  }

  private useEntity(entity: Entity, raw: string): void {
    const { handlers } = this.context;
    if (entity.open) failWith('RECURSIVE_ENTITY_REF');
    if (entity.notation !== null) failWith('BINARY_ENTITY_REF');
    if (entity.value !== null) return this.context.expandInternal ? this.expand(entity) : this.skip(entity.name, raw);
    if (handlers.externalEntity === null) return leave(this.context, raw);
    entity.open = true;
    const context = this.contextText();
    entity.open = false;
    if (!handlers.externalEntity(context, entity.base, entity.systemId, entity.publicId)) failWith('EXTERNAL_ENTITY_HANDLING');
  }

  private expand(entity: Entity): void {
    const { floor } = this;
    expanding(this.context, entity, (text) => {
      this.depth++;
      this.floor = this.elements.count;
      try {
        const cursor = new Cursor(text, 0, /* final */ true);
        while (cursor.at < text.length) this.step(cursor);
        if (this.inCdata) failWith('UNCLOSED_CDATA_SECTION');
        if (this.elements.count !== this.floor) failWith('ASYNC_ENTITY');
      } catch (error) {
        if (error === NEED_MORE) failWith('UNCLOSED_TOKEN');
        throw withoutPlace(error);
      } finally {
        this.depth--;
        this.floor = floor;
      }
    });
  }

  /** What a parser of an external entity needs to know: namespaces and open entities. */
  private contextText(): string {
    const parts = this.context.namespaceSeparator === null ? [] : [...this.namespaces.bindings].map(([prefix, uri]) => `${prefix}=${uri}`);
    for (const entity of this.context.dtd.entities.values()) if (entity.open) parts.push(entity.name);
    return parts.join('\f');
  }

  /** Takes over what `contextText` has said. */
  enterContext(text: string): void {
    for (const part of text.split('\f')) {
      const equals = part.indexOf('=');
      if (equals >= 0) this.namespaces.bindings.set(part.slice(0, equals), part.slice(equals + 1));
      else {
        const entity = this.context.dtd.entities.get(part);
        if (entity !== undefined) this.entered.push(entity);
      }
    }
    this.namespaces.change();
  }

  private readonly entered: Entity[] = [];

  /** Runs with the entities open that the context has named. */
  inContext(run: () => void): void {
    for (const entity of this.entered) entity.open = true;
    try {
      run();
    } finally {
      for (const entity of this.entered) entity.open = false;
    }
  }
}

/** Characters at the end that may belong to something longer: half a pair, the start of `]]>`. */
function withheld(text: string): number {
  if (text.endsWith(']]')) return 2;
  return text.endsWith(']') || /[\ud800-\udbff]$/.test(text) ? 1 : 0;
}

/** Most elements have none. */
const NO_ATTRIBUTES: readonly RawAttribute[] = [];

function hasName(attributes: readonly RawAttribute[], name: string): boolean {
  for (const other of attributes) if (other.name === name) return true;
  return false;
}

function scanValue(cursor: Cursor): string {
  const start = cursor.at + 1;
  try {
    const value = cursor.literal();
    checkValue(cursor, value, start);
    return value;
  } catch (error) {
    // What is wrong in the part that is there is wrong whatever comes.
    if (error === NEED_MORE && cursor.final) checkValue(cursor, cursor.text.slice(start), start);
    throw error;
  }
}

function checkValue(cursor: Cursor, value: string, start: number): void {
  if (PLAIN_VALUE.test(value)) return;
  for (let i = 0; i < value.length; i++) {
    if (value[i] === '<') cursor.invalid(start + i);
    if (value[i] !== '&') continue;
    new Cursor(cursor.text, start + i, cursor.final).reference();
  }
}

/** `<!` is behind and `-` is here. */
export function comment(context: ParseContext, cursor: Cursor, start: number): void {
  cursor.expect('--');
  const text = cursor.comment();
  if (context.handlers.comment !== null) context.handlers.comment(normalizeLines(text));
  else leave(context, cursor.text.slice(start, cursor.at));
}

/** `<` is behind and `?` is here. */
export function processingInstruction(context: ParseContext, cursor: Cursor, start: number): void {
  cursor.at++;
  const { target, data } = cursor.instruction();
  if (target === 'xml') failWith('MISPLACED_XML_PI', start);
  if (context.handlers.processingInstruction !== null) context.handlers.processingInstruction(target, normalizeLines(data));
  else leave(context, cursor.text.slice(start, cursor.at));
}
