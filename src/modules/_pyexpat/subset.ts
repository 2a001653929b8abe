/** Markup declarations: the internal subset, and external ones where parameter entities are read (XML 1.0, section 2.8). */
import { failWith } from './codes.ts';
import { attributeValue } from './attributes.ts';
import { comment, processingInstruction } from './content.ts';
import { checkStandalone, expanding, knowsAllEntities, leave, PARAM_NEVER, type ParseContext } from './context.ts';
import { attributeType, contentModel, entityValue, externalId, isLegal, PREDEFINED, type Entity } from './dtd.ts';
import { Cursor, NEED_MORE, normalizeLines, withoutPlace } from './scan.ts';

const DECLARATION = /<![^"'>]*(?:(?:"[^"]*"|'[^']*')[^"'>]*)*>/y;
const PARAMETER = /%([^\s;%]+);/g;

/** Works through declarations, token by token. */
export class Subset {
  private readonly context: ParseContext;
  /** The text stands outside of the document: references may stand inside declarations, sections may be conditional. */
  private readonly isExternal: boolean;
  private includes = 0;
  private depth = 0;

  constructor(context: ParseContext, isExternal: boolean) {
    this.context = context;
    this.isExternal = isExternal;
  }

  /** Whether a conditional section is open. */
  get isOpen(): boolean {
    return this.includes > 0;
  }

  /** Handles the token at the cursor. Throws NEED_MORE before any handler is called. */
  step(cursor: Cursor): void {
    const start = cursor.at;
    const space = cursor.space();
    if (space !== '') return leave(this.context, space);
    if (cursor.peek() === '%') return this.parameterReference(cursor);
    if (this.includes > 0 && cursor.take(']]>')) {
      this.includes--;
      return leave(this.context, ']]>');
    }
    if (cursor.peek() !== '<') cursor.invalid();
    cursor.at++;
    if (cursor.peek() === '?') return processingInstruction(this.context, cursor, start);
    if (cursor.peek() !== '!') return failWith('SYNTAX', start);
    cursor.at++;
    if (cursor.peek() === '-') return comment(this.context, cursor, start);
    if (cursor.peek() === '[') return this.conditional(cursor, start);
    this.declaration(cursor, start);
  }

  private declaration(cursor: Cursor, start: number): void {
    DECLARATION.lastIndex = start;
    const raw = DECLARATION.exec(cursor.text)?.[0];
    if (raw === undefined) throw NEED_MORE;
    cursor.checkLegal(start, start + raw.length);
    cursor.at = start + raw.length;
    const text = this.isExternal || this.depth > 0 ? this.withParameters(raw) : raw;
    const inner = new Cursor(text, 2, /* final */ true);
    try {
      if (!this.declare(inner)) leave(this.context, raw);
    } catch (error) {
      if (error === NEED_MORE) failWith('SYNTAX', start);
      if (text !== raw) throw withoutPlace(error);
      if (error instanceof Error && 'at' in error && typeof error.at === 'number') error.at += start;
      throw error;
    }
  }

  /** Parameter entities stand for their text, with a blank around, but not in literals: there `entityValue` puts them in. */
  private withParameters(raw: string): string {
    const parts = raw.split(/("[^"]*"|'[^']*')/);
    return parts.map((part, i) => (i % 2 === 1 ? part : part.replace(PARAMETER, (_, name: string) => ` ${this.parameterText(name)} `))).join('');
  }

  private parameterText(name: string): string {
    const entity = this.context.dtd.parameters.get(name);
    if (entity === undefined || entity.value === null) return '';
    let text = '';
    expanding(this.context, entity, (value) => (text = this.withParameters(value)));
    return text;
  }

  /** Returns whether a handler was called. */
  private declare(cursor: Cursor): boolean {
    const start = cursor.at;
    const kind = cursor.name();
    if (!/^(?:ENTITY|ELEMENT|ATTLIST|NOTATION)$/.test(kind)) cursor.invalid(start);
    if (cursor.space() === '') cursor.invalid();
    switch (kind) {
      case 'ENTITY': return this.entity(cursor);
      case 'ELEMENT': return this.element(cursor);
      case 'ATTLIST': return this.attributeList(cursor);
      default: return this.notation(cursor);
    }
  }

  private end(cursor: Cursor): void {
    cursor.space();
    if (cursor.peek() !== '>') failWith('SYNTAX', cursor.at);
  }

  private entity(cursor: Cursor): boolean {
    const { context } = this;
    const isParameter = cursor.peek() === '%';
    if (isParameter) {
      cursor.at++;
      if (cursor.space() === '') cursor.invalid();
    }
    const name = cursor.name();
    if (cursor.space() === '') cursor.invalid();
    const entity = this.entityDefinition(cursor, name, isParameter);
    this.end(cursor);
    const table = isParameter ? context.dtd.parameters : context.dtd.entities;
    if (!context.dtd.keepProcessing || table.has(name) || (!isParameter && PREDEFINED.has(name))) return false;
    table.set(name, entity);
    const { base, systemId, publicId, notation, value } = entity;
    const { unparsedEntity, entityDeclaration } = context.handlers;
    if (notation !== null && unparsedEntity !== null) unparsedEntity(name, base, systemId, publicId, notation);
    else if (entityDeclaration !== null) entityDeclaration(name, isParameter ? 1 : 0, value, value === null ? base : null, systemId, publicId, notation);
    else return false;
    return true;
  }

  private entityDefinition(cursor: Cursor, name: string, isParameter: boolean): Entity {
    const common = { name, base: this.context.base, isExternalDeclaration: this.isExternal || this.depth > 0, open: false };
    const external = externalId(cursor, { systemOptional: false });
    if (external === null) {
      const literal = normalizeLines(cursor.literal());
      const expand = this.isExternal || this.depth > 0 ? (parameter: string): string => this.parameterText(parameter) : null;
      return { ...common, value: entityValue(literal, expand), systemId: null, publicId: null, notation: null };
    }
    const gap = cursor.space();
    let notation: string | null = null;
    if (!isParameter && gap !== '' && cursor.take('NDATA')) {
      if (cursor.space() === '') cursor.invalid();
      notation = cursor.name();
    }
    return { ...common, ...external, value: null, notation };
  }

  private element(cursor: Cursor): boolean {
    const name = cursor.name();
    if (cursor.space() === '') cursor.invalid();
    const model = contentModel(cursor);
    this.end(cursor);
    this.context.handlers.elementDeclaration?.(name, model);
    return this.context.handlers.elementDeclaration !== null;
  }

  private attributeList(cursor: Cursor): boolean {
    const element = cursor.name();
    const rows: (() => void)[] = [];
    for (;;) {
      const gap = cursor.space();
      if (cursor.peek() === '>') break;
      if (gap === '') cursor.invalid();
      rows.push(this.attribute(cursor, element));
    }
    if (!this.context.dtd.keepProcessing) return false;
    for (const declare of rows) declare();
    return this.context.handlers.attributeDeclaration !== null;
  }

  private attribute(cursor: Cursor, element: string): () => void {
    const { context } = this;
    const name = cursor.name();
    if (cursor.space() === '') cursor.invalid();
    const type = attributeType(cursor);
    if (cursor.space() === '') cursor.invalid();
    const isRequired = cursor.take('#REQUIRED');
    const isFixed = !isRequired && cursor.take('#FIXED');
    if (isFixed && cursor.space() === '') cursor.invalid();
    const raw = isRequired || (!isFixed && cursor.take('#IMPLIED')) ? null : cursor.literal();
    return () => {
      const value = raw === null ? null : attributeValue(context, raw, type === 'CDATA');
      const list = context.dtd.attributes.get(element) ?? [];
      if (!list.some((other) => other.name === name)) context.dtd.attributes.set(element, [...list, { name, isCdata: type === 'CDATA', value }]);
      context.handlers.attributeDeclaration?.(element, name, type, value, isRequired || isFixed ? 1 : 0);
    };
  }

  private notation(cursor: Cursor): boolean {
    const name = cursor.name();
    if (cursor.space() === '') cursor.invalid();
    const external = externalId(cursor, { systemOptional: true }) ?? failWith('SYNTAX', cursor.at);
    this.end(cursor);
    const { handlers, base } = this.context;
    handlers.notation?.(name, base, external.systemId, external.publicId);
    return handlers.notation !== null;
  }

  private conditional(cursor: Cursor, start: number): void {
    if (!this.isExternal && this.depth === 0) cursor.invalid();
    cursor.at++;
    const end = cursor.text.indexOf('[', cursor.at);
    if (end < 0) throw NEED_MORE;
    const keyword = this.withParameters(cursor.text.slice(cursor.at, end)).trim();
    if (keyword !== 'INCLUDE' && keyword !== 'IGNORE') failWith('SYNTAX', start);
    cursor.at = end + 1;
    if (keyword === 'INCLUDE') this.includes++;
    else skipIgnored(cursor);
    leave(this.context, cursor.text.slice(start, cursor.at));
  }

  private parameterReference(cursor: Cursor): void {
    const start = cursor.at++;
    const name = cursor.name();
    cursor.expect(';');
    const { dtd, handlers, parameterParsing } = this.context;
    const knewAll = knowsAllEntities(this.context);
    dtd.hasParameterReferences = true;
    if (parameterParsing === PARAM_NEVER) dtd.keepProcessing = dtd.standalone;
    else {
      const entity = dtd.parameters.get(name);
      if (entity === undefined && knewAll && this.context.isDocument) failWith('UNDEFINED_ENTITY', start);
      if (entity === undefined) {
        dtd.keepProcessing = dtd.standalone;
        handlers.skippedEntity?.(name, 1);
      } else this.useParameter(entity);
    }
    if (handlers.skippedEntity === null) leave(this.context, cursor.text.slice(start, cursor.at));
    checkStandalone(this.context);
  }

  private useParameter(entity: Entity): void {
    const { handlers, dtd } = this.context;
    if (entity.open) failWith('RECURSIVE_ENTITY_REF');
    if (entity.value !== null) return this.expand(entity);
    if (handlers.externalEntity === null) {
      dtd.keepProcessing = dtd.standalone;
      return;
    }
    entity.open = true;
    try {
      if (!handlers.externalEntity(null, entity.base, entity.systemId, entity.publicId)) failWith('EXTERNAL_ENTITY_HANDLING');
    } finally {
      entity.open = false;
    }
  }

  private expand(entity: Entity): void {
    expanding(this.context, entity, (text) => {
      if (!isLegal(text)) failWith('INVALID_TOKEN');
      this.depth++;
      const cursor = new Cursor(text, 0, /* final */ true);
      try {
        while (cursor.at < text.length) this.step(cursor);
      } catch (error) {
        if (error === NEED_MORE) failWith('INCOMPLETE_PE');
        throw withoutPlace(error);
      } finally {
        this.depth--;
      }
    });
  }
}

/** Goes behind the end of an IGNORE section; sections nest. */
function skipIgnored(cursor: Cursor): void {
  for (let depth = 1; depth > 0; ) {
    const rest = cursor.text.slice(cursor.at);
    const found = /<!\[|\]\]>/.exec(rest);
    if (found === null) throw NEED_MORE;
    depth += found[0] === ']]>' ? -1 : 1;
    cursor.at += found.index + 3;
  }
}
