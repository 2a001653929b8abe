/** `str`: construction, operators, and the type. Source: CPython Objects/unicodeobject.c. */
import { NativeDefinition } from '../core/native.ts';
import { withQuietForm } from '../core/quiet.ts';
import { PySlice } from '../core/range.ts';
import { PyBytes, PyStrObject } from '../core/scalars.ts';
import { EQ, NE, type CompareOp, type KeywordNames, type PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import type { Int, Maybe, Value } from '../core/value.ts';
import { FormatFailure, formatStr } from './algorithms/format-spec.ts';
import { hashString } from './algorithms/hash.ts';
import { isAsciiText, strCharAt, strCompare, strLength, strSlice } from './algorithms/str-code-points.ts';
import { strRepr } from './algorithms/str-repr.ts';
import { bytesLike } from './buffer.ts';
import { decodeBytes, encodeQuietly, encodeText } from './codec-registry.ts';
import { orderResult } from './compare.ts';
import { newBytes, newTuple, NOT_IMPLEMENTED } from './make.ts';
import { optionalStr } from './native-arguments.ts';
import { bindArguments } from './native-call.ts';
import { checkPositional } from './new-arguments.ts';
import { toSize } from './operators.ts';
import { raiseMemoryError, raiseIndexError, raiseTypeError, typeName } from './raise.ts';
import { adjustSlice } from './slice.ts';
import { BYTES_TYPE, STR_TYPE } from './static-types.ts';
import { newStrIterator } from './str-iterator.ts';
import { str_contains, STR_SEARCH_METHODS, STR_TEXT_METHODS } from './str-methods.ts';
import { percentStr } from './str-percent.ts';
import { formatTemplate, formatTemplateMap } from './str-template.ts';
import { raiseFormatFailure, str } from './text.ts';
import { asStr, typeOf } from './type-of.ts';
import { readyType } from './type-ready.ts';

function own(self: Value): string {
  return asStr(self)!;
}

// Construction

const NEW = new NativeDefinition('str', () => null, "(object='', encoding='utf-8', errors='strict')", '', 'method');

/** PyUnicode_FromEncodedObject */
function decodeObject(t: Thread, object: Value, encoding: string | undefined, errors: string | undefined): string {
  if (object instanceof PyBytes) return decodeBytes(t, object.value, encoding, errors, object);
  if (asStr(object) !== undefined) raiseTypeError('decoding str is not supported');
  const bytes = bytesLike(t, object);
  if (bytes === undefined) raiseTypeError(`decoding to str: need a bytes-like object, ${typeName(object)} found`);
  return decodeBytes(t, bytes, encoding, errors);
}

function newText(t: Thread, object: Maybe, encoding: Maybe, errors: Maybe): string {
  const encodingName = optionalStr(encoding, "str() argument 'encoding'");
  const errorsName = optionalStr(errors, "str() argument 'errors'");
  if (object === undefined) return '';
  if (encodingName === undefined && errorsName === undefined) return str(t, object);
  return decodeObject(t, object, encodingName, errorsName);
}

function str_new(t: Thread, type: PyType, args: Value[], keywords: KeywordNames): Value {
  if (keywords === null) checkPositional('str', args.length, 0, 3);
  const [object, encoding, errors] = keywords === null ? args : (bindArguments(NEW, 'str', null, false, args, keywords) as Maybe[]);
  const text = newText(t, object, encoding, errors);
  return type === STR_TYPE ? text : new PyStrObject(type, text);
}

// Operators

function str_hash(t: Thread, self: Value): Int {
  return hashString(own(self), t.interpreter.config.hashSeed);
}

function str_richcompare(_t: Thread, self: Value, other: Value, op: CompareOp): Value {
  const a = own(self);
  const b = asStr(other);
  if (b === undefined) return NOT_IMPLEMENTED;
  if (op === EQ) return a === b;
  return op === NE ? a !== b : orderResult(strCompare(a, b), op);
}

function tooLong(operation: () => string): string {
  try {
    return operation();
  } catch (caught) {
    if (caught instanceof RangeError) raiseMemoryError();
    throw caught;
  }
}

function str_concat(_t: Thread, self: Value, other: Value): Value {
  const text = asStr(other);
  if (text === undefined) raiseTypeError(`can only concatenate str (not "${typeName(other)}") to str`);
  return tooLong(() => own(self) + text);
}

function str_repeat(_t: Thread, self: Value, count: number): Value {
  return count <= 0 ? '' : tooLong(() => own(self).repeat(count));
}

function str_item(_t: Thread, self: Value, index: number): Value {
  const text = own(self);
  return index >= 0 && index < strLength(text) ? strCharAt(text, index) : raiseIndexError('string index out of range');
}

function str_subscript(t: Thread, self: Value, key: Value): Value {
  if (typeof key === 'number') return str_item(t, self, key < 0 ? key + strLength(own(self)) : key);
  if (key instanceof PySlice) {
    const text = own(self);
    const { start, count, step } = adjustSlice(t, key, strLength(text));
    return strSlice(text, start, count, step);
  }
  if (typeOf(key).slots.nb_index === null) raiseTypeError(`string indices must be integers, not '${typeName(key)}'`);
  const index = toSize(t, key);
  return str_item(t, self, index < 0 ? index + strLength(own(self)) : index);
}

function str_remainder(t: Thread, left: Value, right: Value): Value {
  const format = asStr(left);
  return format === undefined ? NOT_IMPLEMENTED : percentStr(t, format, right);
}

// Methods

function str_encode(t: Thread, self: Value, encoding: Maybe, errors: Maybe): Value {
  const encodingName = optionalStr(encoding, "encode() argument 'encoding'");
  const errorsName = optionalStr(errors, "encode() argument 'errors'");
  return newBytes(encodeText(t, own(self), encodingName, errorsName));
}

withQuietForm(str_encode, {
  call: (t: Thread, self: Value, encoding: Maybe, errors: Maybe): Maybe => {
    if (typeof self !== 'string' || (encoding !== undefined && typeof encoding !== 'string') || (errors !== undefined && typeof errors !== 'string')) return undefined;
    const bytes = encodeQuietly(t, self, encoding, errors);
    return bytes === undefined ? undefined : newBytes(bytes);
  },
  effect: 'new', result: BYTES_TYPE,
});

function str_format(t: Thread, self: Value, args: Value[], keywords: Map<string, Value>): Value {
  return formatTemplate(t, own(self), args, keywords);
}

function str_format_map(t: Thread, self: Value, mapping: Value): Value {
  return formatTemplateMap(t, own(self), mapping);
}

/** `__format__` */
function str_formatSpec(t: Thread, self: Value, spec: Value): Value {
  const text = asStr(spec);
  if (text === undefined) raiseTypeError(`__format__() argument must be str, not ${typeName(spec)}`);
  if (text === '') return str(t, self);
  const result = formatStr(own(self), text, typeName(self));
  return result instanceof FormatFailure ? raiseFormatFailure(result) : result;
}

function str_sizeof(_t: Thread, self: Value): Value {
  const text = own(self);
  if (isAsciiText(text)) return 41 + text.length;
  // As CPython keeps them: one, two or four bytes a character.
  const width = /[\ud800-\udbff][\udc00-\udfff]/.test(text) ? 4 : /[^\0-\xff]/.test(text) ? 2 : 1;
  return 56 + width * (strLength(text) + 1);
}

readyType(STR_TYPE, {
  doc: "str(object='') -> str\nstr(bytes_or_buffer[, encoding[, errors]]) -> str\n\nCreate a new string object from the given object. If encoding or\nerrors is specified, then the object must expose a data buffer\nthat will be decoded using the given encoding and error handler.\nOtherwise, returns the result of object.__str__() (if defined)\nor repr(object).\nencoding defaults to 'utf-8'.\nerrors defaults to 'strict'.",
  slots: {
    tp_new: str_new,
    tp_alloc: (type) => new PyStrObject(type, ''),
    tp_repr: (_t, self) => strRepr(own(self)),
    tp_str: (_t, self) => own(self),
    tp_hash: str_hash,
    tp_richcompare: str_richcompare,
    tp_iter: (_t, self) => newStrIterator(own(self)),
    nb_remainder: str_remainder,
    sq_length: (_t, self) => strLength(own(self)),
    sq_concat: str_concat,
    sq_repeat: str_repeat,
    sq_item: str_item,
    sq_contains: str_contains,
    mp_length: (_t, self) => strLength(own(self)),
    mp_subscript: str_subscript,
  },
  methods: {
    encode: [str_encode, "($self, /, encoding='utf-8', errors='strict')", 'Encode the string using the codec registered for encoding.'],
    ...STR_SEARCH_METHODS,
    ...STR_TEXT_METHODS,
    format: [str_format, '($self, /, *args, **kwargs)', 'Return a formatted version of the string, using substitutions from args and kwargs.'],
    format_map: [str_format_map, '($self, mapping, /)', 'Return a formatted version of the string, using substitutions from mapping.'],
    __format__: [str_formatSpec, '($self, format_spec, /)', 'Return a formatted version of the string as described by format_spec.'],
    __sizeof__: [str_sizeof, '($self, /)', 'Return the size of the string in memory, in bytes.'],
    __getnewargs__: [(_t, self: Value) => newTuple([own(self)]), '($self, /)', ''],
  },
});

