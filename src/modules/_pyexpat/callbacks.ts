/** Python's handlers as the parser's: converts arguments and results, buffers text, keeps what a handler raises until the parser is back. */
import { PyBaseException } from '../../core/exception.ts';
import type { PyDict } from '../../core/containers.ts';
import type { PyType } from '../../core/type.ts';
import type { Thread } from '../../core/thread.ts';
import { PyObject, type Value } from '../../core/value.ts';
import { call } from '../../objects/call.ts';
import { RecursionError } from '../../objects/exception-types.ts';
import { tableSet, tableSetStr } from '../../objects/hash-table.ts';
import { newDict, newList, newTuple } from '../../objects/make.ts';
import { toIndex } from '../../objects/operators.ts';
import { raise } from '../../objects/raise.ts';
import type { ContentModel } from './dtd.ts';
import { noHandlers, type Handlers } from './handlers.ts';
import type { XmlParser } from './parser.ts';

/** `xmlparser` objects. */
export class PyXmlParser extends PyObject {
  readonly parser: XmlParser;
  /** Whose call runs; handlers run on it. */
  readonly caller: { thread: Thread };
  readonly handlers = new Map<string, Value>();
  /** Which of the two default handlers was set last. */
  defaultName = 'DefaultHandler';
  intern: PyDict | null;
  orderedAttributes = false;
  specifiedAttributes = false;
  bufferSize = 8192;
  /** Text that waits for more; null when text is not buffered. */
  buffer: string[] | null = null;
  bufferUsed = 0;
  inCallback = false;
  /** What a handler raised. */
  raised: PyBaseException | null = null;
  /** The parser that this one's entity was met by. */
  parent: PyXmlParser | null = null;

  constructor(type: PyType, parser: XmlParser, caller: { thread: Thread }, intern: PyDict | null) {
    super(type);
    this.parser = parser;
    this.caller = caller;
    this.intern = intern;
  }
}

function interned(self: PyXmlParser, name: string | null): Value {
  if (name !== null && self.intern !== null) tableSetStr(self.intern.table, name, name);
  return name;
}

/** Calls a handler; what it raises ends all handlers and is kept. */
function invoke(self: PyXmlParser, name: string, args: Value[]): Value | undefined {
  const handler = self.handlers.get(name);
  if (handler === undefined || self.raised !== null) return undefined;
  self.inCallback = true;
  try {
    return call(self.caller.thread, handler, args);
  } catch (caught) {
    keep(self, caught);
    return undefined;
  } finally {
    self.inCallback = false;
  }
}

function keep(self: PyXmlParser, caught: unknown): void {
  if (!(caught instanceof PyBaseException)) throw caught;
  self.raised = caught;
  self.parser.handlers = noHandlers();
}

/** Gives the buffered text to its handler. */
export function flushText(self: PyXmlParser): void {
  const { buffer } = self;
  if (buffer === null || buffer.length === 0) return;
  self.buffer = [];
  self.bufferUsed = 0;
  invoke(self, 'CharacterDataHandler', [buffer.join('')]);
}

function takeText(self: PyXmlParser, text: string): void {
  if (self.buffer === null) {
    invoke(self, 'CharacterDataHandler', [text]);
    return;
  }
  const size = Buffer.byteLength(text);
  if (self.bufferUsed + size > self.bufferSize) {
    flushText(self);
    if (!self.handlers.has('CharacterDataHandler')) return;
  }
  if (self.buffer === null || size > self.bufferSize) {
    invoke(self, 'CharacterDataHandler', [text]);
    return;
  }
  self.buffer.push(text);
  self.bufferUsed += size;
}

/** A handler for everything but text: buffered text comes first, and may take the handler away. */
function event(self: PyXmlParser, name: string, args: () => Value[]): Value | undefined {
  flushText(self);
  return self.handlers.has(name) && self.raised === null ? invoke(self, name, args()) : undefined;
}

/** As `event`, for handlers that decide whether the parser goes on. */
function decision(self: PyXmlParser, name: string, args: () => Value[]): boolean {
  const result = event(self, name, args);
  if (result === undefined) return self.raised === null;
  try {
    return Number(toIndex(self.caller.thread, result)) !== 0;
  } catch (caught) {
    keep(self, caught);
    return true;
  }
}

function attributesValue(self: PyXmlParser, flat: readonly string[], specified: number): Value {
  const count = self.specifiedAttributes ? 2 * specified : flat.length;
  if (self.orderedAttributes) return newList(flat.slice(0, count).map((text, i) => (i % 2 === 0 ? interned(self, text) : text)));
  const dict = newDict();
  for (let i = 0; i < count; i += 2) tableSet(self.caller.thread, dict.table, interned(self, flat[i]!), flat[i + 1]!);
  return dict;
}

function modelValue(t: Thread, [type, quantifier, name, children]: ContentModel, depth: number): Value {
  if (depth > t.interpreter.recursionLimit) raise(RecursionError, 'maximum recursion depth exceeded while calling a Python object');
  return newTuple([type, quantifier, name, newTuple(children.map((child) => modelValue(t, child, depth + 1)))]);
}

function elementDeclaration(self: PyXmlParser, name: string, model: ContentModel): void {
  try {
    const value = modelValue(self.caller.thread, model, 0);
    event(self, 'ElementDeclHandler', () => [interned(self, name), value]);
  } catch (caught) {
    keep(self, caught);
  }
}

type Maker = (self: PyXmlParser, name: string) => Partial<Handlers>;

/** Which handler of the parser stands for which attribute, and how its arguments look in Python. */
const MAKERS: Readonly<Record<string, Maker>> = {
  StartElementHandler: (self, h) => ({ startElement: (name, flat, specified) => void event(self, h, () => [interned(self, name), attributesValue(self, flat, specified)]) }),
  EndElementHandler: (self, h) => ({ endElement: (name) => void event(self, h, () => [interned(self, name)]) }),
  ProcessingInstructionHandler: (self, h) => ({ processingInstruction: (target, data) => void event(self, h, () => [interned(self, target), data]) }),
  CharacterDataHandler: (self) => ({ characterData: (text) => takeText(self, text) }),
  UnparsedEntityDeclHandler: (self, h) => ({ unparsedEntity: (name, ...rest) => void event(self, h, () => [interned(self, name), ...rest.map((part) => interned(self, part))]) }),
  NotationDeclHandler: (self, h) => ({ notation: (name, ...rest) => void event(self, h, () => [interned(self, name), ...rest.map((part) => interned(self, part))]) }),
  StartNamespaceDeclHandler: (self, h) => ({ startNamespace: (prefix, uri) => void event(self, h, () => [interned(self, prefix), interned(self, uri)]) }),
  EndNamespaceDeclHandler: (self, h) => ({ endNamespace: (prefix) => void event(self, h, () => [interned(self, prefix)]) }),
  CommentHandler: (self, h) => ({ comment: (text) => void event(self, h, () => [text]) }),
  StartCdataSectionHandler: (self, h) => ({ startCdata: () => void event(self, h, () => []) }),
  EndCdataSectionHandler: (self, h) => ({ endCdata: () => void event(self, h, () => []) }),
  DefaultHandler: (self, h) => ({ text: (text) => void event(self, h, () => [text]) }),
  DefaultHandlerExpand: (self, h) => ({ text: (text) => void event(self, h, () => [text]) }),
  NotStandaloneHandler: (self, h) => ({ notStandalone: () => decision(self, h, () => []) }),
  ExternalEntityRefHandler: (self, h) => ({ externalEntity: (context, base, systemId, publicId) => decision(self, h, () => [context, interned(self, base), interned(self, systemId), interned(self, publicId)]) }),
  StartDoctypeDeclHandler: (self, h) => ({ startDoctype: (name, systemId, publicId, hasSubset) => void event(self, h, () => [interned(self, name), interned(self, systemId), interned(self, publicId), hasSubset]) }),
  EndDoctypeDeclHandler: (self, h) => ({ endDoctype: () => void event(self, h, () => []) }),
  EntityDeclHandler: (self, h) => ({ entityDeclaration: (name, isParameter, value, ...rest) => void event(self, h, () => [interned(self, name), isParameter, value, ...rest.map((part) => interned(self, part))]) }),
  XmlDeclHandler: (self, h) => ({ xmlDeclaration: (version, encoding, standalone) => void event(self, h, () => [version, encoding, standalone]) }),
  ElementDeclHandler: (self) => ({ elementDeclaration: (name, model) => elementDeclaration(self, name, model) }),
  AttlistDeclHandler: (self, h) => ({ attributeDeclaration: (element, name, type, value, required) => void event(self, h, () => [interned(self, element), interned(self, name), type, value, required]) }),
  SkippedEntityHandler: (self, h) => ({ skippedEntity: (name, isParameter) => void event(self, h, () => [interned(self, name), isParameter]) }),
};

/** Names of the handler attributes. */
export const HANDLER_NAMES: readonly string[] = Object.keys(MAKERS);

/** Sets a handler attribute; None takes it away. */
export function setHandler(self: PyXmlParser, name: string, value: Value): void {
  if (name === 'CharacterDataHandler') flushText(self);
  const isDefault = name === 'DefaultHandler' || name === 'DefaultHandlerExpand';
  if (isDefault) {
    self.defaultName = name;
    self.parser.expandInternal = name === 'DefaultHandlerExpand';
  }
  if (value === null) self.handlers.delete(name);
  else self.handlers.set(name, value);
  connect(self, name);
}

function connect(self: PyXmlParser, name: string): void {
  const made = MAKERS[name]!(self, name);
  for (const key of Object.keys(made) as (keyof Handlers)[]) Object.assign(self.parser.handlers, { [key]: self.handlers.has(name) ? made[key] : null });
}

/** Gives a parser of an external entity the handlers of the one that met it. */
export function inheritHandlers(self: PyXmlParser, from: PyXmlParser): void {
  for (const [name, value] of from.handlers) self.handlers.set(name, value);
  for (const name of HANDLER_NAMES) if (!name.startsWith('DefaultHandler')) connect(self, name);
  self.defaultName = from.defaultName;
  connect(self, from.defaultName);
}
