/** `pyexpat` (Modules/pyexpat.c): parsers for XML. The parser itself is in the folder `_pyexpat`. */
import type { PyBaseException } from '../core/exception.ts';
import { PyByteArray, PyBytes } from '../core/scalars.ts';
import { PyDict } from '../core/containers.ts';
import type { Thread } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import { lookupAttr, setAttr } from '../objects/attributes.ts';
import { requireBytesLike } from '../objects/buffer.ts';
import { call } from '../objects/call.ts';
import { checkUtf8 } from '../objects/codec-errors.ts';
import { decodeBytes } from '../objects/codec-registry.ts';
import { OverflowError, RuntimeError } from '../objects/exception-types.ts';
import { tableSet, tableSetStr } from '../objects/hash-table.ts';
import { newBytes, newDict, newList, newTuple } from '../objects/make.ts';
import { newModule } from '../objects/module.ts';
import { toDouble } from '../objects/numbers.ts';
import { toIndex } from '../objects/operators.ts';
import { newException, raise, raiseTypeError, raiseValueError, typeName } from '../objects/raise.ts';
import { staticType } from '../objects/static-types.ts';
import { isTrue } from '../objects/truth.ts';
import { asInt, asStr } from '../objects/type-of.ts';
import { readyType, type GetSet } from '../objects/type-ready.ts';
import { exceptionType } from './exception-type.ts';
import type { NativeModule } from './native-module.ts';
import { flushText, HANDLER_NAMES, inheritHandlers, PyXmlParser, setHandler } from './_pyexpat/callbacks.ts';
import { ERRORS, XmlFailure } from './_pyexpat/codes.ts';
import { PARAM_ALWAYS, PARAM_NEVER, PARAM_UNLESS_STANDALONE } from './_pyexpat/context.ts';
import { INVALID } from './_pyexpat/decoder.ts';
import { XmlParser } from './_pyexpat/parser.ts';

/** `ExpatError`. */
export const EXPAT_ERROR = exceptionType('ExpatError', 'xml.parsers.expat');
const PARSER_TYPE = staticType('xmlparser', { module: 'pyexpat', disallowInstantiation: true });

/** Whose behaviour this is. */
const VERSION = [2, 7, 3] as const;
/** As `XMLParser.version` says it. */
export const VERSION_TEXT = `Expat ${VERSION.join('.')}`;
const READ_SIZE = 2048;
const CANNOT_CHANGE = 26;
const INT_MAX = 0x7fffffff;

/** A single-byte encoding of Python's as a table of 256 characters. */
export function encodingTable(t: Thread, name: string): string {
  const text = decodeBytes(t, Uint8Array.from({ length: 256 }, (_, i) => i), name, 'replace');
  return text.length === 256 ? text.replaceAll('\ufffd', INVALID) : raiseValueError('multi-byte encodings are not supported');
}

/** The exception for a failure at a parser's current place. */
export function expatError(t: Thread, parser: XmlParser, code: number): PyBaseException {
  const { line, column } = parser.place;
  const error = newException(EXPAT_ERROR, `${ERRORS[code - 1]![1]}: line ${line}, column ${column}`);
  for (const [name, value] of Object.entries({ code, offset: column, lineno: line })) setAttr(t, error, name, value);
  return error;
}

function optionalText(value: Maybe, name: string): string | null {
  if (value === undefined || value === null) return null;
  return asStr(value) ?? raiseTypeError(`ParserCreate() argument '${name}' must be str or None, not ${typeName(value)}`);
}

function parserCreate(t: Thread, encoding?: Value, separator?: Value, intern?: Value): Value {
  const encodingName = optionalText(encoding, 'encoding');
  const namespaceSeparator = optionalText(separator, 'namespace_separator');
  if (namespaceSeparator !== null && namespaceSeparator.length > 1) raiseValueError('namespace_separator must be at most one character, omitted, or None');
  if (intern !== undefined && intern !== null && !(intern instanceof PyDict)) raiseTypeError('intern must be a dictionary');
  const caller = { thread: t };
  const parser = new XmlParser({ encoding: encodingName, namespaceSeparator, tableOf: (name) => encodingTable(caller.thread, name) });
  return new PyXmlParser(PARSER_TYPE, parser, caller, intern === undefined ? newDict() : intern);
}

/** Feeds the parser; raises what a handler raised, or what is wrong with the document. */
function feed(self: PyXmlParser, piece: Uint8Array | string, final: boolean): void {
  self.raised = null;
  try {
    self.parser.feed(piece, final);
  } catch (caught) {
    if (self.raised !== null) throw self.raised;
    if (!(caught instanceof XmlFailure)) throw caught;
    throw expatError(self.caller.thread, self.parser, caught.code);
  }
  if (self.raised === null) flushText(self);
  if (self.raised !== null) throw self.raised;
}

function enter(t: Thread, self: PyXmlParser, name: string): void {
  if (self.inCallback) raise(RuntimeError, `cannot call ${name}() from within a handler`);
  self.caller.thread = t;
}

function xmlparser_Parse(t: Thread, self: PyXmlParser, data: Value, isFinal?: Value): Value {
  enter(t, self, 'Parse');
  const text = asStr(data);
  if (text !== undefined) {
    checkUtf8(text);
    self.parser.setEncoding('utf-8');
  }
  feed(self, text ?? requireBytesLike(t, data), isFinal !== undefined && isTrue(t, isFinal));
  return 1;
}

function xmlparser_ParseFile(t: Thread, self: PyXmlParser, file: Value): Value {
  enter(t, self, 'ParseFile');
  const read = lookupAttr(t, file, 'read') ?? raiseTypeError("argument must have 'read' attribute");
  for (;;) {
    const chunk = call(t, read, [READ_SIZE]);
    if (!(chunk instanceof PyBytes || chunk instanceof PyByteArray)) raiseTypeError(`read() did not return a bytes object (type=${typeName(chunk)})`);
    const bytes = requireBytesLike(t, chunk);
    if (bytes.length > READ_SIZE) raiseValueError(`read() returned too much data: ${READ_SIZE} bytes requested, ${bytes.length} returned`);
    feed(self, bytes.slice(), bytes.length === 0);
    if (bytes.length === 0) return 1;
  }
}

function xmlparser_sub(t: Thread, self: PyXmlParser, context: Value, encoding?: Value): Value {
  const text = context === null ? null : (asStr(context) ?? raiseTypeError(`ExternalEntityParserCreate() argument 1 must be str or None, not ${typeName(context)}`));
  const name = encoding === undefined ? null : (asStr(encoding) ?? raiseTypeError(`ExternalEntityParserCreate() argument 2 must be str, not ${typeName(encoding)}`));
  self.caller.thread = t;
  const sub = new PyXmlParser(PARSER_TYPE, self.parser.subParser(text, name), self.caller, self.intern);
  const { orderedAttributes, specifiedAttributes, bufferSize } = self;
  Object.assign(sub, { orderedAttributes, specifiedAttributes, bufferSize, parent: self, buffer: self.buffer === null ? null : [] });
  inheritHandlers(sub, self);
  return sub;
}

function xmlparser_UseForeignDTD(t: Thread, self: PyXmlParser, flag?: Value): void {
  const wanted = flag === undefined || isTrue(t, flag);
  if (self.parser.started) throw expatError(t, self.parser, CANNOT_CHANGE);
  self.parser.useForeignDtd = wanted;
}

function setBufferSize(t: Thread, self: PyXmlParser, value: Maybe): void {
  if (asInt(value) === undefined) raiseTypeError('buffer_size must be an integer');
  const size = toIndex(t, value!);
  if (size <= 0) raiseValueError('buffer_size must be greater than zero');
  if (size > INT_MAX) raise(OverflowError, 'Python int too large to convert to C int');
  if (Number(size) !== self.bufferSize) flushText(self);
  self.bufferSize = Number(size);
}

function setBufferText(t: Thread, self: PyXmlParser, value: Maybe): void {
  if (isTrue(t, value!)) {
    self.buffer ??= [];
    return;
  }
  flushText(self);
  self.buffer = null;
  self.bufferUsed = 0;
}

/** A limit of the protection against expansion attacks; only the parser of the document has them. */
function protect(t: Thread, self: PyXmlParser, name: 'threshold' | 'factor', value: Value): number {
  const number = name === 'factor' ? toDouble(t, value) : Number(toIndex(t, value));
  if (name === 'threshold' && number < 0) raiseValueError('Cannot convert negative int');
  if (name === 'threshold' && number >= 2 ** 64) raise(OverflowError, 'Python int too large to convert to C unsigned long long');
  if (self.parent !== null) raiseExpat('parser must be a root parser');
  if (name === 'factor' && !(number >= 1)) raiseExpat("'max_factor' must be at least 1.0");
  return number;
}

function raiseExpat(message: string): never {
  throw newException(EXPAT_ERROR, message);
}

const flag = (name: 'orderedAttributes' | 'specifiedAttributes'): GetSet => ({
  get: (_t, self) => (self as PyXmlParser)[name],
  set: (t, self, value) => void ((self as PyXmlParser)[name] = isTrue(t, deletable(value))),
});

/** Attributes of parsers cannot be deleted. */
function deletable(value: Maybe): Value {
  return value === undefined ? raise(RuntimeError, 'Cannot delete attribute') : value;
}

const place = (part: 'line' | 'column' | 'byte'): GetSet => ({ get: (_t, self) => (self as PyXmlParser).parser.place[part] });

const handlerAttribute = (name: string): GetSet => ({
  get: (_t, self) => (self as PyXmlParser).handlers.get(name) ?? null,
  set: (t, self, value) => {
    (self as PyXmlParser).caller.thread = t;
    setHandler(self as PyXmlParser, name, deletable(value));
  },
});

readyType(PARSER_TYPE, {
  doc: 'XML parser',
  methods: {
    Parse: [xmlparser_Parse, '($self, data, isfinal=False, /)', 'Parse XML data.\n\n`isfinal` should be true at end of input.'],
    ParseFile: [xmlparser_ParseFile, '($self, file, /)', 'Parse XML data from file-like object.'],
    SetBase: [(_t: Thread, self: PyXmlParser, base: Value) => void (self.parser.base = asStr(base) ?? raiseTypeError(`SetBase() argument must be str, not ${typeName(base)}`)), '($self, base, /)', 'Set the base URL for the parser.'],
    GetBase: [(_t: Thread, self: PyXmlParser) => self.parser.base, '($self, /)', 'Return base URL string for the parser.'],
    GetInputContext: [(_t: Thread, self: PyXmlParser) => (self.inCallback ? newBytes(Buffer.from(self.parser.inputContext, 'utf8')) : null), '($self, /)', 'Return the untranslated text of the input that caused the current event.'],
    ExternalEntityParserCreate: [xmlparser_sub, '($self, context, encoding=<unrepresentable>, /)', 'Create a parser for parsing an external entity based on the information passed to the ExternalEntityRefHandler.'],
    SetParamEntityParsing: [(t: Thread, self: PyXmlParser, mode: Value) => (self.parser.setParameterParsing(Number(toIndex(t, mode))) ? 1 : 0), '($self, flag, /)', 'Controls parsing of parameter entities (including the external DTD subset).'],
    UseForeignDTD: [xmlparser_UseForeignDTD, '($self, flag=True, /)', 'Allows the application to provide an artificial external subset if one is not specified as part of the document instance.'],
    SetReparseDeferralEnabled: [(t: Thread, self: PyXmlParser, enabled: Value) => void (self.parser.deferral = isTrue(t, enabled)), '($self, enabled, /)', 'Enable/Disable reparse deferral; enabled by default with Expat >=2.6.0.'],
    GetReparseDeferralEnabled: [(_t: Thread, self: PyXmlParser) => self.parser.deferral, '($self, /)', 'Retrieve reparse deferral enabled status; always returns false with Expat <2.6.0.'],
    SetBillionLaughsAttackProtectionActivationThreshold: [(t: Thread, self: PyXmlParser, threshold: Value) => void (self.parser.accounting.threshold = protect(t, self, 'threshold', threshold)), '($self, threshold, /)', 'Sets the number of output bytes needed to activate protection against billion laughs attacks.'],
    SetBillionLaughsAttackProtectionMaximumAmplification: [(t: Thread, self: PyXmlParser, factor: Value) => void (self.parser.accounting.factor = protect(t, self, 'factor', factor)), '($self, max_factor, /)', 'Sets the maximum tolerated amplification factor for protection against billion laughs attacks.'],
  },
  getset: {
    ...Object.fromEntries(HANDLER_NAMES.map((name) => [name, handlerAttribute(name)])),
    CurrentLineNumber: place('line'), CurrentColumnNumber: place('column'), CurrentByteIndex: place('byte'),
    ErrorLineNumber: place('line'), ErrorColumnNumber: place('column'), ErrorByteIndex: place('byte'),
    ErrorCode: { get: (_t, self) => (self as PyXmlParser).parser.errorCode },
    buffer_text: { get: (_t, self) => (self as PyXmlParser).buffer !== null, set: (t, self, value) => setBufferText(t, self as PyXmlParser, deletable(value)) },
    buffer_size: { get: (_t, self) => (self as PyXmlParser).bufferSize, set: (t, self, value) => setBufferSize(t, self as PyXmlParser, deletable(value)) },
    buffer_used: { get: (_t, self) => (self as PyXmlParser).bufferUsed },
    intern: { get: (_t, self) => (self as PyXmlParser).intern },
    ordered_attributes: flag('orderedAttributes'),
    specified_attributes: flag('specifiedAttributes'),
    namespace_prefixes: {
      get: (_t, self) => (self as PyXmlParser).parser.namespaceTriplets,
      set: (t, self, value) => void ((self as PyXmlParser).parser.namespaceTriplets = isTrue(t, deletable(value))),
    },
  },
});

const MODEL = {
  XML_CTYPE_EMPTY: 1, XML_CTYPE_ANY: 2, XML_CTYPE_MIXED: 3, XML_CTYPE_NAME: 4, XML_CTYPE_CHOICE: 5, XML_CTYPE_SEQ: 6,
  XML_CQUANT_NONE: 0, XML_CQUANT_OPT: 1, XML_CQUANT_REP: 2, XML_CQUANT_PLUS: 3,
};

function subModule(t: Thread, name: string, doc: string, values: Readonly<Record<string, Value>>): Value {
  const module = newModule(`pyexpat.${name}`, doc);
  for (const [key, value] of Object.entries(values)) tableSetStr(module.dict.table, key, value);
  tableSetStr(t.interpreter.modules.table, `pyexpat.${name}`, module);
  return module;
}

function errorsModule(t: Thread): Value {
  const codes = newDict();
  const messages = newDict();
  ERRORS.forEach(([, text], i) => {
    tableSetStr(codes.table, text, i + 1);
    tableSet(t, messages.table, i + 1, text);
  });
  const names = Object.fromEntries(ERRORS.map(([name, text]) => [`XML_ERROR_${name}`, text]));
  return subModule(t, 'errors', 'Constants used to describe error conditions.', { ...names, codes, messages });
}

const FEATURES: readonly (readonly [string, number])[] = [
  ['sizeof(XML_Char)', 1], ['sizeof(XML_LChar)', 1], ['XML_DTD', 0], ['XML_CONTEXT_BYTES', 1024], ['XML_NS', 0], ['XML_BLAP_MAX_AMP', 100], ['XML_BLAP_ACT_THRES', 8388608], ['XML_GE', 0],
];

/** The table. */
export const PYEXPAT_MODULE: NativeModule = {
  name: 'pyexpat',
  doc: 'Python wrapper for Expat parser.',
  types: { XMLParserType: PARSER_TYPE, ExpatError: EXPAT_ERROR, error: EXPAT_ERROR },
  attributes: (t) => ({
    EXPAT_VERSION: `expat_${VERSION.join('.')}`, version_info: newTuple([...VERSION]), native_encoding: 'UTF-8', features: newList(FEATURES.map((row) => newTuple([...row]))),
    XML_PARAM_ENTITY_PARSING_NEVER: PARAM_NEVER, XML_PARAM_ENTITY_PARSING_UNLESS_STANDALONE: PARAM_UNLESS_STANDALONE, XML_PARAM_ENTITY_PARSING_ALWAYS: PARAM_ALWAYS,
    errors: errorsModule(t), model: subModule(t, 'model', 'Constants used to interpret content model information.', MODEL),
  }),
  functions: {
    ParserCreate: [parserCreate, '($module, /, encoding=None, namespace_separator=None, intern=<unrepresentable>)', 'Return a new XML parser object.'],
    ErrorString: [(t: Thread, code: Value) => ERRORS[Number(toIndex(t, code)) - 1]?.[1] ?? null, '($module, code, /)', 'Returns string error for given number.'],
  },
};
