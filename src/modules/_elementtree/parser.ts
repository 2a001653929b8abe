/** `XMLParser` (Modules/_elementtree.c): feeds the events of the XML parser to a target. A plain TreeBuilder is called without looking its methods up. */
import { PyDict, PyList, PyTuple } from '../../core/containers.ts';
import { PyBaseException } from '../../core/exception.ts';
import { NativeDefinition } from '../../core/native.ts';
import type { KeywordNames } from '../../core/type.ts';
import type { Thread } from '../../core/thread.ts';
import { PyBytes } from '../../core/scalars.ts';
import { PyObject, type Maybe, type Value } from '../../core/value.ts';
import { isWellFormed } from '../../objects/algorithms/str-code-points.ts';
import { getAttr, lookupAttr, setAttr } from '../../objects/attributes.ts';
import { requireBytesLike } from '../../objects/buffer.ts';
import { call } from '../../objects/call.ts';
import { checkUtf8 } from '../../objects/codec-errors.ts';
import { AttributeError, RuntimeWarning, SyntaxError } from '../../objects/exception-types.ts';
import { tableGet } from '../../objects/hash-table.ts';
import { isSequenceLike, toArray } from '../../objects/iterate.ts';
import { newDict, newTuple } from '../../objects/make.ts';
import { bindArguments } from '../../objects/native-call.ts';
import { raise, raiseTypeError, raiseValueError, typeName } from '../../objects/raise.ts';
import { staticType } from '../../objects/static-types.ts';
import { str } from '../../objects/text.ts';
import { asStr } from '../../objects/type-of.ts';
import { readyType } from '../../objects/type-ready.ts';
import { warn } from '../../objects/warn-hook.ts';
import { exceptionType } from '../exception-type.ts';
import { ERRORS, XmlFailure } from '../_pyexpat/codes.ts';
import { INVALID } from '../_pyexpat/decoder.ts';
import type { Handlers } from '../_pyexpat/handlers.ts';
import { noHandlers } from '../_pyexpat/handlers.ts';
import { XmlParser } from '../_pyexpat/parser.ts';
import { encodingTable, VERSION_TEXT } from '../pyexpat.ts';
import { BUILDER_TYPE, eventQueue, putEvent, PyTreeBuilder } from './builder.ts';
import { attributeDict } from './element.ts';

/** `ParseError`. */
export const PARSE_ERROR = exceptionType('ParseError', 'xml.etree.ElementTree', SyntaxError);
/** `XMLParser`. */
export const PARSER_TYPE = staticType('XMLParser', { module: 'xml.etree.ElementTree', baseType: true });

const UNDEFINED_ENTITY = 11;
const READ_SIZE = 64 * 1024;
const EVENTS: ReadonlySet<string> = new Set(['start', 'end', 'start-ns', 'end-ns', 'comment', 'pi']);
const TARGET_METHODS = ['start', 'end', 'data', 'comment', 'pi', 'doctype', 'start_ns', 'end_ns', 'close'] as const;

/** `XMLParser` objects. */
export class PyEtreeParser extends PyObject {
  parser: XmlParser | null = null;
  target: Value = null;
  entity: PyDict = newDict();
  /** Methods of a target that is no plain TreeBuilder. */
  readonly methods = new Map<string, Value>();
  thread: Thread | null = null;
  raised: unknown = null;
  hasRaised = false;
}

const INIT = new NativeDefinition('XMLParser', () => null, '(*, target=None, encoding=None)', '', 'method');

function parser_init(t: Thread, self: PyEtreeParser, args: Value[], keywords: KeywordNames): void {
  if (args.length > (keywords?.length ?? 0)) raiseTypeError('XMLParser() takes no positional arguments');
  const [target, encoding] = bindArguments(INIT, 'XMLParser', null, false, args, keywords) as Maybe[];
  const encodingName = encoding === undefined || encoding === null ? null : (asStr(encoding) ?? raiseTypeError(`XMLParser() argument 'encoding' must be str or None, not ${typeName(encoding)}`));
  self.parser = new XmlParser({ encoding: encodingName, namespaceSeparator: '}', tableOf: (name) => encodingTable(self.thread!, name), finishName });
  self.parser.expandInternal = true;
  self.entity = newDict();
  self.target = target === undefined || target === null ? call(t, BUILDER_TYPE, []) : target;
  self.methods.clear();
  for (const name of TARGET_METHODS) {
    const method = lookupAttr(t, self.target, name);
    if (method !== undefined) self.methods.set(name, method);
  }
  connect(self);
}

/** Runs a handler; what it raises ends all of them and is raised when the parser is back. */
function guarded(self: PyEtreeParser, run: (t: Thread) => void): void {
  if (self.hasRaised) return;
  try {
    run(self.thread!);
  } catch (caught) {
    keepRaised(self, caught);
  }
}

function keepRaised(self: PyEtreeParser, caught: unknown): void {
  if (!(caught instanceof PyBaseException)) throw caught;
  self.raised = caught;
  self.hasRaised = true;
  if (self.parser !== null) self.parser.handlers = noHandlers();
}

/** A name with its namespace in braces, of which the parser gives the second. */
function finishName(name: string): string {
  return name.includes('}') ? `{${name}` : name;
}

function plainBuilder(self: PyEtreeParser): PyTreeBuilder | null {
  return self.target instanceof PyTreeBuilder && self.target.type === BUILDER_TYPE ? self.target : null;
}

function connect(self: PyEtreeParser): void {
  const builder = plainBuilder(self);
  self.parser!.handlers = { ...noHandlers(), ...(builder === null ? targetHandlers(self) : builderHandlers(self, builder)), joinsLines: builder !== null, text: (text) => undeclared(self, text), startDoctype: doctypeHandler(self) };
}

function builderHandlers(self: PyEtreeParser, builder: PyTreeBuilder): Partial<Handlers> {
  return {
    // Tags are most of a document: their handlers are `guarded` without a function made for each.
    startElement: (name, flat) => {
      if (self.hasRaised) return;
      try {
        builder.open(self.thread!, name, flat.length === 0 ? null : flat);
      } catch (caught) {
        keepRaised(self, caught);
      }
    },
    endElement: () => {
      if (self.hasRaised) return;
      try {
        builder.end(self.thread!);
      } catch (caught) {
        keepRaised(self, caught);
      }
    },
    characterData: (text) => {
      if (!self.hasRaised) builder.data(text);
    },
    comment: (text) => guarded(self, (t) => void builder.comment(t, text)),
    processingInstruction: (target, data) => guarded(self, (t) => void builder.instruction(t, target, data)),
  };
}

function targetHandlers(self: PyEtreeParser): Partial<Handlers> {
  const method = (name: string): ((...args: Value[]) => void) | null => {
    const func = self.methods.get(name);
    return func === undefined ? null : (...args) => guarded(self, (t) => void call(t, func, args));
  };
  const [start, end, data, comment, pi, startNs, endNs] = ['start', 'end', 'data', 'comment', 'pi', 'start_ns', 'end_ns'].map(method);
  return {
    startElement: start ? (name, flat) => start(name, attributeDict(flat)) : null,
    endElement: end ? (name) => end(name) : null,
    characterData: data ? (text) => data(text) : null,
    comment: comment ? (text) => comment(text) : null,
    processingInstruction: pi ? (target, text) => pi(target, text) : null,
    startNamespace: startNs ? (prefix, uri) => startNs(prefix ?? '', uri ?? '') : null,
    endNamespace: endNs ? (prefix) => endNs(prefix ?? '') : null,
  };
}

/** A reference to an entity that the document does not declare: `entity` may know it. */
function undeclared(self: PyEtreeParser, text: string): void {
  if (!/^&[^#;]+;$/.test(text)) return;
  guarded(self, (t) => {
    const value = tableGet(t, self.entity.table, text.slice(1, -1));
    if (value === undefined) raiseParseError(t, self, UNDEFINED_ENTITY, `undefined entity ${text}`);
    const builder = plainBuilder(self);
    if (builder !== null) builder.data(value);
    else if (self.methods.has('data')) call(t, self.methods.get('data')!, [value]);
  });
}

function doctypeHandler(self: PyEtreeParser): Handlers['startDoctype'] {
  return (name, systemId, publicId) =>
    guarded(self, (t) => {
      const doctype = self.methods.get('doctype');
      if (doctype !== undefined) call(t, doctype, [name, publicId, systemId]);
      else if (lookupAttr(t, self, 'doctype') !== undefined) warn(t, RuntimeWarning, 'The doctype() method of XMLParser is ignored.  Define doctype() method on the TreeBuilder target.');
    });
}

function raiseParseError(t: Thread, self: PyEtreeParser, code: number, message = ERRORS[code - 1]![1]): never {
  const { line, column } = self.parser!.place;
  const error = call(t, PARSE_ERROR, [`${message}: line ${line}, column ${column}`]) as PyBaseException;
  setAttr(t, error, 'code', code);
  setAttr(t, error, 'position', newTuple([line, column]));
  throw error;
}

function feed(t: Thread, self: PyEtreeParser, piece: Uint8Array | string, final: boolean): void {
  const { parser } = self;
  if (parser === null) raise(AttributeError, 'parser was closed');
  self.thread = t;
  self.hasRaised = false;
  try {
    parser.feed(piece, final);
  } catch (caught) {
    if (!self.hasRaised && caught instanceof XmlFailure) raiseParseError(t, self, caught.code);
    if (!self.hasRaised) throw caught;
  }
  if (self.hasRaised) throw self.raised;
}

function initialized(self: PyEtreeParser): XmlParser {
  return self.parser ?? raiseValueError('XMLParser.__init__() wasn\'t called');
}

function parser_feed(t: Thread, self: PyEtreeParser, data: Value): void {
  const parser = initialized(self);
  const text = asStr(data);
  if (text !== undefined) {
    checkUtf8(text);
    parser.setEncoding('utf-8');
  }
  feed(t, self, text ?? requireBytesLike(t, data), /* final */ false);
}

function parser_close(t: Thread, self: PyEtreeParser): Value {
  initialized(self);
  feed(t, self, new Uint8Array(0), /* final */ true);
  const builder = plainBuilder(self);
  if (builder !== null) return builder.close();
  const close = self.methods.get('close');
  return close === undefined ? null : call(t, close, []);
}

function parser_flush(t: Thread, self: PyEtreeParser): void {
  const parser = initialized(self);
  const { deferral } = parser;
  parser.deferral = false;
  try {
    feed(t, self, new Uint8Array(0), /* final */ false);
  } finally {
    parser.deferral = deferral;
  }
}

/** A text with lone surrogates is wrong where the first stands. */
function withoutLone(text: string): string {
  return isWellFormed(text) ? text : text.replace(/\p{Surrogate}/gu, INVALID);
}

/** Reads a file to its end and gives the tree. What is neither str nor bytes is the end. */
function parser_parse_whole(t: Thread, self: PyEtreeParser, file: Value): Value {
  const read = getAttr(t, file, 'read');
  const parser = initialized(self);
  for (;;) {
    const chunk = call(t, read, [READ_SIZE]);
    const isText = typeof chunk === 'string';
    if (isText) parser.setEncoding('utf-8');
    const piece = isText ? withoutLone(chunk) : chunk instanceof PyBytes ? requireBytesLike(t, chunk) : '';
    if (piece.length === 0) return parser_close(t, self);
    feed(t, self, piece, /* final */ false);
  }
}

function parser_setevents(t: Thread, self: PyEtreeParser, queue: Value, names: Value = null): void {
  const parser = initialized(self);
  const builder = self.target instanceof PyTreeBuilder ? self.target : raiseTypeError('event handling only supported for ElementTree.TreeBuilder targets');
  const append = getAttr(t, queue, 'append');
  if (names !== null && !(names instanceof PyList || names instanceof PyTuple || isSequenceLike(names) || lookupAttr(t, names, '__iter__') !== undefined)) raiseTypeError('events must be a sequence');
  const wanted = new Set(names === null ? ['end'] : toArray(t, names).map((name) => asStr(name) ?? raiseValueError('invalid events sequence')));
  for (const name of wanted) if (!EVENTS.has(name)) raiseValueError(`unknown event '${str(t, name)}'`);
  builder.events = eventQueue(append, wanted);
  const { handlers } = parser;
  if (wanted.has('start-ns') || wanted.has('end-ns')) connectNamespaces(self, builder, wanted, handlers);
  if (wanted.has('comment')) handlers.comment = (text) => guarded(self, (thread) => void builder.comment(thread, text));
  if (wanted.has('pi')) handlers.processingInstruction = (target, data) => guarded(self, (thread) => void builder.instruction(thread, target, data));
}

/** Namespaces go to the target's own method, too, whose result is then reported. */
function connectNamespaces(self: PyEtreeParser, builder: PyTreeBuilder, wanted: ReadonlySet<string>, handlers: Handlers): void {
  const [start, end] = [self.methods.get('start_ns'), self.methods.get('end_ns')];
  const report = (t: Thread, name: string, value: Value): void => putEvent(t, builder.events!, name, value);
  if (wanted.has('start-ns')) {
    handlers.startNamespace = (prefix, uri) =>
      guarded(self, (t) => report(t, 'start-ns', start === undefined ? newTuple([prefix ?? '', uri ?? '']) : call(t, start, [prefix ?? '', uri ?? ''])));
  }
  if (wanted.has('end-ns')) handlers.endNamespace = (prefix) => guarded(self, (t) => report(t, 'end-ns', end === undefined ? null : call(t, end, [prefix ?? ''])));
}

readyType(PARSER_TYPE, {
  doc: 'Parses XML and gives its events to a target.',
  slots: { tp_alloc: (type) => new PyEtreeParser(type), tp_new: (_t, type) => new PyEtreeParser(type), tp_init: parser_init },
  methods: {
    feed: [parser_feed, '($self, data, /)', 'Parses a piece of a document.'],
    close: [parser_close, '($self, /)', 'Ends the document; the result of the target.'],
    flush: [parser_flush, '($self, /)', 'Parses what waits for more.'],
    _parse_whole: [parser_parse_whole, '($self, file, /)', 'Parses a file to its end.'],
    _setevents: [parser_setevents, '($self, events_queue, events_to_report=None, /)', ''],
  },
  getset: {
    entity: { get: (_t, self) => (self as PyEtreeParser).entity, member: true },
    target: { get: (_t, self) => (self as PyEtreeParser).target, member: true },
    version: { get: () => VERSION_TEXT },
  },
});
