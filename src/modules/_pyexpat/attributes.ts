/** Attribute values and names with namespaces (XML 1.0, 3.3.3; Namespaces in XML). */
import { failWith } from './codes.ts';
import { expanding, knowsAllEntities, type ParseContext } from './context.ts';
import { PREDEFINED, type Attribute } from './dtd.ts';
import { knownNameIn, type KnownName } from './known-names.ts';
import { Cursor } from './scan.ts';

const XML_URI = 'http://www.w3.org/XML/1998/namespace';
const XMLNS_URI = 'http://www.w3.org/2000/xmlns/';

/** An attribute as it stands in a tag. */
export interface RawAttribute {
  readonly name: string;
  readonly value: string;
  /** The value has no references, and no white space but blanks. */
  readonly isPlain: boolean;
}

function appendValue(context: ParseContext, raw: string): string {
  if (!/[&<\t\r\n]/.test(raw)) return raw;
  const cursor = new Cursor(raw, 0, /* final */ true);
  let value = '';
  for (let next = raw.search(/[&<]/); next >= 0; ) {
    value += spaced(raw.slice(cursor.at, next));
    cursor.at = next;
    if (raw[next] === '<') failWith('INVALID_TOKEN');
    const reference = cursor.reference();
    value += 'character' in reference ? reference.character : entityText(context, reference.name);
    const found = raw.slice(cursor.at).search(/[&<]/);
    next = found < 0 ? -1 : cursor.at + found;
  }
  return value + spaced(raw.slice(cursor.at));
}

function spaced(text: string): string {
  return text.replace(/\r\n|[\t\r\n]/g, ' ');
}

function entityText(context: ParseContext, name: string): string {
  const predefined = PREDEFINED.get(name);
  if (predefined !== undefined) return predefined;
  const entity = context.dtd.entities.get(name);
  if (entity === undefined) return knowsAllEntities(context) ? failWith('UNDEFINED_ENTITY') : '';
  if (knowsAllEntities(context) && entity.isExternalDeclaration) failWith('ENTITY_DECLARED_IN_PE');
  if (entity.open) failWith('RECURSIVE_ENTITY_REF');
  if (entity.notation !== null) failWith('BINARY_ENTITY_REF');
  if (entity.value === null) failWith('ATTRIBUTE_EXTERNAL_ENTITY_REF');
  let value = '';
  expanding(context, entity, (text) => (value = appendValue(context, `${text} `).slice(0, -1)));
  return value;
}

/** The value of a literal: references are put in, white space is one kind; of types other than CDATA, runs of blanks are one. */
export function attributeValue(context: ParseContext, raw: string, isCdata: boolean): string {
  const value = appendValue(context, raw);
  return isCdata ? value : value.replace(/ +/g, ' ').replace(/^ | $/g, '');
}

/** A prefix ('' for the default) with its namespace, or undefined. */
export type Binding = readonly [string, string | undefined];

// Each state of the namespaces of any document has a number of its own.
let lastState = 0;

/** Prefixes with their namespaces; elements add and take away. */
export class Namespaces {
  readonly bindings = new Map<string, string>([['xml', XML_URI]]);
  /** A number that no other bindings have, of this document or another. */
  state = ++lastState;

  /** Says that the bindings have changed. */
  change(): void {
    this.state = ++lastState;
  }

  /** Binds a prefix ('' for the default); an empty URI unbinds. Returns what to restore. */
  bind(prefix: string, uri: string): Binding {
    if (prefix === 'xmlns') failWith('RESERVED_PREFIX_XMLNS');
    if ((prefix === 'xml') !== (uri === XML_URI)) failWith(prefix === 'xml' ? 'RESERVED_PREFIX_XML' : 'RESERVED_NAMESPACE_URI');
    if (uri === XMLNS_URI) failWith('RESERVED_NAMESPACE_URI');
    if (uri === '' && prefix !== '') failWith('UNDECLARING_PREFIX');
    const before = this.bindings.get(prefix);
    this.restore([prefix, uri === '' ? undefined : uri]);
    this.change();
    return [prefix, before];
  }

  /** Undoes a `bind`, but for the state. */
  restore([prefix, uri]: Binding): void {
    if (uri === undefined) this.bindings.delete(prefix);
    else this.bindings.set(prefix, uri);
  }

  /** A name with its namespace, as the parser is to show it. */
  expand(context: ParseContext, name: string, isAttribute: boolean): string {
    const known = this.resolved(context, knownNameIn(name, 0, name.length));
    return (isAttribute ? known.attribute : known.element) ?? failWith('UNBOUND_PREFIX');
  }

  private expanded(context: ParseContext, name: string, isAttribute: boolean): string | null {
    const colon = name.indexOf(':');
    const prefix = colon < 0 ? '' : name.slice(0, colon);
    if (isAttribute && colon < 0) return name;
    const uri = this.bindings.get(prefix);
    if (uri === undefined) return colon < 0 ? name : null;
    const separator = context.namespaceSeparator!;
    const expanded = uri + separator + name.slice(colon + 1);
    return context.finishName(context.namespaceTriplets && colon >= 0 ? expanded + separator + prefix : expanded);
  }

  /** A name whose `element` and `attribute` hold in this state. */
  resolved(context: ParseContext, known: KnownName): KnownName {
    if (known.state !== this.state) this.resolve(context, known);
    return known;
  }

  private resolve(context: ParseContext, known: KnownName): void {
    const { text } = known;
    const isPlain = context.namespaceSeparator === null;
    known.element = isPlain ? text : this.expanded(context, text, /* isAttribute */ false);
    known.attribute = isPlain ? text : declaredPrefix(text) === null ? this.expanded(context, text, /* isAttribute */ true) : null;
    known.state = this.state;
  }
}

/** The prefix that an attribute declares ('' for the default), or null. */
function declaredPrefix(name: string): string | null {
  if (name === 'xmlns') return '';
  return name.startsWith('xmlns:') ? name.slice('xmlns:'.length) : null;
}

/** An element's attributes ready for the handler: names and values in turn, those of the tag first. */
export interface ElementParts {
  readonly attributes: readonly string[];
  /** How many of them are in the tag itself. */
  readonly specified: number;
  readonly bound: readonly Binding[];
}

function withDefaults(context: ParseContext, raw: readonly RawAttribute[], declared: readonly Attribute[]): { name: string; value: string; isDefault: boolean }[] {
  const types = new Map(declared.map((attribute) => [attribute.name, attribute]));
  const all = raw.map(({ name, value }) => ({ name, value: attributeValue(context, value, types.get(name)?.isCdata ?? true), isDefault: false }));
  const present = new Set(raw.map(({ name }) => name));
  for (const { name, value } of declared) if (value !== null && !present.has(name)) all.push({ name, value, isDefault: true });
  return all;
}

const NO_PARTS: ElementParts = { attributes: [], specified: 0, bound: [] };

/** The parts where nothing is to be worked out: no prefixes, no namespaces, plain values. Else undefined. */
function plainParts(raw: readonly RawAttribute[]): ElementParts | undefined {
  const attributes = new Array<string>(2 * raw.length);
  for (let i = 0; i < raw.length; i++) {
    const { name, value, isPlain } = raw[i]!;
    if (!isPlain || name === 'xmlns' || name.includes(':')) return undefined;
    attributes[2 * i] = name;
    attributes[2 * i + 1] = value;
  }
  return { attributes, specified: raw.length, bound: NO_PARTS.bound };
}

/** Works out the attributes of an element: values, defaults, namespaces. Tells of the namespaces that it declares. */
export function elementParts(context: ParseContext, element: string, raw: readonly RawAttribute[], namespaces: Namespaces): ElementParts {
  const declared = context.dtd.attributes.get(element);
  if (declared === undefined) {
    const parts = raw.length === 0 ? NO_PARTS : plainParts(raw);
    if (parts !== undefined) return parts;
  }
  const all = withDefaults(context, raw, declared ?? []);
  if (context.namespaceSeparator === null) return flat(all, []);
  const bound: Binding[] = [];
  const others = all.filter(({ name, value }) => {
    const prefix = declaredPrefix(name);
    if (prefix === null) return true;
    bound.push(namespaces.bind(prefix, value));
    context.handlers.startNamespace?.(prefix === '' ? null : prefix, value === '' ? null : value);
    return false;
  });
  const named = others.map((attribute) => ({ ...attribute, name: namespaces.expand(context, attribute.name, /* isAttribute */ true) }));
  if (new Set(named.map(({ name }) => name)).size < named.length) failWith('DUPLICATE_ATTRIBUTE');
  return flat(named, bound);
}

function flat(all: readonly { name: string; value: string; isDefault: boolean }[], bound: ElementParts['bound']): ElementParts {
  return { attributes: all.flatMap(({ name, value }) => [name, value]), specified: all.filter(({ isDefault }) => !isDefault).length, bound };
}
