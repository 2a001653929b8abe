/** `json`'s encoder (Modules/_json.c): a value to one string. */
import { PyDict, PyList, PyTuple } from '../../core/containers.ts';
import { PyBaseException } from '../../core/exception.ts';
import { NativeDefinition, PyBuiltinFunction } from '../../core/native.ts';
import { PyFloat } from '../../core/scalars.ts';
import type { KeywordNames, PyType } from '../../core/type.ts';
import type { Thread } from '../../core/thread.ts';
import { PyObject, type Value } from '../../core/value.ts';
import { floatRepr } from '../../objects/algorithms/float-repr.ts';
import { hasSurrogates, strCompare } from '../../objects/algorithms/str-code-points.ts';
import { call, callMethod } from '../../objects/call.ts';
import { tableGetStr, tableKeys, tableNext } from '../../objects/hash-table.ts';
import { toArray } from '../../objects/iterate.ts';
import { newList, newTuple } from '../../objects/make.ts';
import { bindArguments } from '../../objects/native-call.ts';
import { toSize } from '../../objects/operators.ts';
import { raiseTypeError, raiseValueError, typeName } from '../../objects/raise.ts';
import { enterNative, leaveNative } from '../../objects/recursion.ts';
import { DICT_TYPE, INT_TYPE, staticType } from '../../objects/static-types.ts';
import { repr } from '../../objects/text.ts';
import { isTrue } from '../../objects/truth.ts';
import { asInt, asStr } from '../../objects/type-of.ts';
import { readyType } from '../../objects/type-ready.ts';
import { TextWriter } from './text-writer.ts';

/** `_json.Encoder`, exported as `make_encoder`. */
export const ENCODER_TYPE = staticType('Encoder', { module: '_json', baseType: true });

const PARAMETERS = ['markers', 'default', 'encoder', 'indent', 'key_separator', 'item_separator', 'sort_keys', 'skipkeys', 'allow_nan'] as const;

class PyEncoder extends PyObject {
  markers: Value = null;
  fallback: Value = null;
  encoder: Value = null;
  indent: string | null = null;
  keySeparator = ': ';
  itemSeparator = ', ';
  sortKeys = false;
  skipKeys = false;
  allowNan = true;
  /** `encoder` is a function of this module's own: the one that escapes all but ASCII, or the other. */
  own: 'ascii' | 'plain' | null = null;
  /** What is being encoded, outermost first: the first few, which are found faster than in a set, and the others. */
  readonly open: Value[] = [];
  readonly deep = new Set<Value>();
  /** Line breaks with the indentation of a level, by the level. */
  readonly newlines: string[] = [];
}

const MAX_OPEN = 32;
/** Up to this level line breaks are kept. */
const MOST_NEWLINES = 32;

function encodeString(t: Thread, self: PyEncoder, out: TextWriter, text: string, value: Value): void {
  if (self.own !== null) return out.addQuoted(text, self.own === 'ascii');
  const encoded = call(t, self.encoder, [value]);
  out.add(asStr(encoded) ?? raiseTypeError(`encoder() must return a string, not ${typeName(encoded)}`));
}

function encodeFloat(self: PyEncoder, value: number): string {
  if (Number.isFinite(value)) return floatRepr(value);
  if (!self.allowNan) raiseValueError(`Out of range float values are not JSON compliant: ${floatRepr(value)}`);
  return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
}

function encodeInt(t: Thread, value: Value): string {
  return typeof value === 'number' ? String(value) : INT_TYPE.slots.tp_repr!(t, value);
}

/** Marks `value` as being encoded, for circular references; `close` is to be called behind it. */
function open(t: Thread, self: PyEncoder, value: Value): void {
  if (self.markers !== null && (self.open.includes(value) || self.deep.has(value))) raiseValueError('Circular reference detected');
  enterNative(t, ' while encoding a JSON object');
  if (self.markers === null) return;
  if (self.open.length < MAX_OPEN) self.open.push(value);
  else self.deep.add(value);
}

function close(t: Thread, self: PyEncoder, value: Value): void {
  leaveNative(t);
  if (self.markers !== null && !self.deep.delete(value)) self.open.pop();
}

/** Says in a note of an exception what was being serialized. */
function note(t: Thread, caught: unknown, what: string): void {
  if (caught instanceof PyBaseException) callMethod(t, caught, 'add_note', `when serializing ${what}`);
}

/** Adds any value as JSON. @hot json.dumps */
function encode(t: Thread, self: PyEncoder, out: TextWriter, value: Value, level: number): void {
  // One by one: for a `switch` the engine makes the name of the type first.
  if (typeof value === 'string') return encodeString(t, self, out, value, value);
  if (typeof value === 'number') return out.addInt(value);
  if (typeof value === 'boolean') return out.add(value ? 'true' : 'false');
  if (typeof value === 'bigint') return out.add(encodeInt(t, value));
  if (value === null) return out.add('null');
  if (value instanceof PyFloat) return out.add(encodeFloat(self, value.value));
  if (value instanceof PyList || value instanceof PyTuple) return encodeList(t, self, out, value, level);
  if (value instanceof PyDict) return encodeDict(t, self, out, value, level);
  const text = asStr(value);
  if (text !== undefined) return encodeString(t, self, out, text, value);
  if (asInt(value) !== undefined) return out.add(encodeInt(t, value));
  encodeReplacement(t, self, out, value, level);
}

/** What `default` gives for a value that JSON has not. */
function encodeReplacement(t: Thread, self: PyEncoder, out: TextWriter, value: Value, level: number): void {
  open(t, self, value);
  try {
    const replacement = call(t, self.fallback, [value]);
    try {
      encode(t, self, out, replacement, level);
    } catch (caught) {
      note(t, caught, `${typeName(value)} object`);
      throw caught;
    }
  } finally {
    close(t, self, value);
  }
}

function newline(self: PyEncoder, level: number): string {
  if (self.indent === null) return '';
  const { newlines } = self;
  if (level > MOST_NEWLINES) return `\n${self.indent.repeat(level)}`;
  for (let known = newlines.length; known <= level; known++) newlines.push(`\n${self.indent.repeat(known)}`);
  return newlines[level]!;
}

function encodeList(t: Thread, self: PyEncoder, out: TextWriter, value: PyList | PyTuple, level: number): void {
  // The items themselves, not a copy: what is encoded may change or clear them, and then ends the loop.
  const source = value.type.flags.heapType ? { items: toArray(t, value) } : value;
  if (source.items.length === 0) return out.add('[]');
  const inner = newline(self, level + 1);
  const separator = self.itemSeparator + inner;
  let i = 0;
  open(t, self, value);
  try {
    out.add(`[${inner}`);
    for (; i < source.items.length; i++) {
      if (i > 0) out.add(separator);
      encode(t, self, out, source.items[i]!, level + 1);
    }
  } catch (caught) {
    note(t, caught, `${typeName(value)} item ${i}`);
    throw caught;
  } finally {
    close(t, self, value);
  }
  out.add(`${newline(self, level)}]`);
}

/** A key as text, undefined where it is to be skipped. */
function keyText(t: Thread, self: PyEncoder, key: Value): string | undefined {
  const text = asStr(key);
  if (text !== undefined) return text;
  if (key instanceof PyFloat) return encodeFloat(self, key.value);
  if (key === null) return 'null';
  if (typeof key === 'boolean') return key ? 'true' : 'false';
  if (asInt(key) !== undefined) return encodeInt(t, key);
  return self.skipKeys ? undefined : raiseTypeError(`keys must be str, int, float, bool or None, not ${typeName(key)}`);
}

/** Whether all keys are strs: they decide the order of the items alone, and comparing them runs no Python code. */
function hasPlainKeys({ table }: PyDict): boolean {
  for (let i = tableNext(table, 0); i >= 0; i = tableNext(table, i + 1)) if (typeof table.keys[i] !== 'string') return false;
  return true;
}

/** Up to so many keys are sorted faster by insertion than by the engine, which calls back. */
const FEW_KEYS = 16;

function sortKeys(keys: string[]): void {
  // Without surrogates the engine's order is that of code points.
  if (keys.length > FEW_KEYS || keys.some(hasSurrogates)) {
    keys.sort(strCompare);
    return;
  }
  for (let i = 1; i < keys.length; i++) {
    const key = keys[i]!;
    let at = i;
    for (; at > 0 && key < keys[at - 1]!; at--) keys[at] = keys[at - 1]!;
    keys[at] = key;
  }
}

/** Keys and values in turn; an undefined key is none. */
interface Items {
  readonly keys: readonly (Value | undefined)[];
  readonly values: readonly (Value | undefined)[];
}

function sortedItems({ table }: PyDict): Items {
  const keys = tableKeys(table) as string[];
  sortKeys(keys);
  return { keys, values: keys.map((key) => tableGetStr(table, key)) };
}

/** What is to be encoded of a dict, in its order: of a plain one the entries themselves, as CPython goes through them, too. */
function itemsOf(t: Thread, self: PyEncoder, dict: PyDict): Items {
  if (dict.type === DICT_TYPE && !self.sortKeys) return dict.table;
  if (dict.type === DICT_TYPE && hasPlainKeys(dict)) return sortedItems(dict);
  const items = newList(toArray(t, callMethod(t, dict, 'items')));
  if (self.sortKeys) callMethod(t, items, 'sort');
  const keys: Value[] = [];
  const values: Value[] = [];
  for (const item of items.items) {
    if (!(item instanceof PyTuple) || item.items.length !== 2) return raiseValueError('items must return 2-tuples');
    keys.push(item.items[0]!);
    values.push(item.items[1]!);
  }
  return { keys, values };
}

function encodeDict(t: Thread, self: PyEncoder, out: TextWriter, dict: PyDict, level: number): void {
  if (dict.type === DICT_TYPE && dict.table.used === 0) return out.add('{}');
  const inner = newline(self, level + 1);
  const separator = self.itemSeparator + inner;
  let isFirst = true;
  let current: Value | undefined;
  open(t, self, dict);
  try {
    const items = itemsOf(t, self, dict);
    // The dict's own entries may change, or go, while they are encoded.
    for (let i = 0; i < items.keys.length; i++) {
      const key = items.keys[i];
      if (key === undefined) continue;
      const value = items.values[i]!;
      const text = typeof key === 'string' ? key : keyText(t, self, key);
      if (text === undefined) continue;
      out.add(isFirst ? `{${inner}` : separator);
      isFirst = false;
      encodeString(t, self, out, text, text);
      out.add(self.keySeparator);
      current = key;
      encode(t, self, out, value, level + 1);
      current = undefined;
    }
  } catch (caught) {
    if (current !== undefined) note(t, caught, `${typeName(dict)} item ${repr(t, current)}`);
    throw caught;
  } finally {
    close(t, self, dict);
  }
  out.add(isFirst ? '{}' : `${newline(self, level)}}`);
}

const OWN: Readonly<Record<string, 'ascii' | 'plain'>> = { encode_basestring_ascii: 'ascii', encode_basestring: 'plain' };

function ownEncoder(encoder: Value): 'ascii' | 'plain' | null {
  return encoder instanceof PyBuiltinFunction && encoder.moduleName === '_json' ? (OWN[encoder.definition.name] ?? null) : null;
}

function encoder_new(t: Thread, type: PyType, args: Value[], keywords: KeywordNames): Value {
  const positional = args.length - (keywords?.length ?? 0);
  const [markers, fallback, encoder, indent, keySeparator, itemSeparator, sortKeys, skipKeys, allowNan] = PARAMETERS.map((name, i): Value => {
    const value = i < positional ? args[i] : args[positional + (keywords?.indexOf(name) ?? -1)];
    return value === undefined ? raiseTypeError(`make_encoder() missing required argument '${name}' (pos ${i + 1})`) : value;
  }) as [Value, Value, Value, Value, Value, Value, Value, Value, Value];
  if (markers !== null && !(markers instanceof PyDict)) raiseTypeError(`make_encoder() argument 1 must be dict or None, not ${typeName(markers)}`);
  const self = new PyEncoder(type);
  self.markers = markers;
  self.fallback = fallback;
  self.encoder = encoder;
  self.own = ownEncoder(encoder);
  self.indent = indent === null ? null : (asStr(indent) ?? raiseTypeError(`make_encoder() argument 4 must be str or None, not ${typeName(indent)}`));
  self.keySeparator = asStr(keySeparator) ?? raiseTypeError(`make_encoder() argument 5 must be str, not ${typeName(keySeparator)}`);
  self.itemSeparator = asStr(itemSeparator) ?? raiseTypeError(`make_encoder() argument 6 must be str, not ${typeName(itemSeparator)}`);
  self.sortKeys = isTrue(t, sortKeys);
  self.skipKeys = isTrue(t, skipKeys);
  self.allowNan = isTrue(t, allowNan);
  return self;
}

const CALL = new NativeDefinition('_iterencode', () => null, '(obj, _current_indent_level)', '', 'method');

function encoder_call(t: Thread, self: PyEncoder, args: Value[], keywords: KeywordNames): Value {
  const [value, level] = bindArguments(CALL, '_iterencode', null, false, args, keywords) as [Value, Value];
  const out = new TextWriter();
  encode(t, self, out, value, Math.max(0, toSize(t, level)));
  return newTuple([out.close()]);
}

readyType(ENCODER_TYPE, {
  doc: 'Encoder(markers, default, encoder, indent, key_separator, item_separator, sort_keys, skipkeys, allow_nan)',
  slots: {
    tp_alloc: (type) => new PyEncoder(type),
    tp_new: encoder_new,
    tp_call: encoder_call,
  },
});
