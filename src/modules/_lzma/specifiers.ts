/** Filter specifiers: dicts of the program as filters, and back. */
import type { Thread } from '../../core/thread.ts';
import { PyBaseException } from '../../core/exception.ts';
import { PyDict, PyList, PyTuple } from '../../core/containers.ts';
import type { Maybe, Value } from '../../core/value.ts';
import { callMethod } from '../../objects/call.ts';
import { KeyError, OverflowError } from '../../objects/exception-types.ts';
import { tableSetStr } from '../../objects/hash-table.ts';
import { toArray } from '../../objects/iterate.ts';
import { newDict } from '../../objects/make.ts';
import { toIndex } from '../../objects/operators.ts';
import { isRaised, newException, raise, raiseTypeError, raiseValueError, typeName } from '../../objects/raise.ts';
import { getItem } from '../../objects/subscript.ts';
import { asStr, typeOf } from '../../objects/type-of.ts';
import { exceptionType } from '../exception-type.ts';
import { FILTER_DELTA, FILTER_LZMA1, FILTER_LZMA2, presetOptions, type Filter } from './chain.ts';
import type { EncoderOptions } from './encoder.ts';
import { branchFilter } from './filters.ts';

/** `LZMAError`. */
export const LZMA_ERROR = exceptionType('LZMAError', '_lzma');

/** Raises LZMAError. */
export function fail(message: string): never {
  throw newException(LZMA_ERROR, message);
}

/** A preset with this bit searches longer. */
export const EXTREME = 2 ** 31;
const DEFAULT_PRESET = 6;
const EXTREME_DEPTH = 512;
const MAX_FILTERS = 4;

/** An unsigned integer of `bits` bits. */
export function unsigned(t: Thread, value: Value, bits: number): number | bigint {
  const number = toIndex(t, value);
  if (number < 0) raiseValueError('Cannot convert negative int');
  if (BigInt(number) >> BigInt(bits) !== 0n) raise(OverflowError, bits === 32 ? 'Value too large for uint32_t type' : 'int too big to convert');
  return number;
}

/** The options of a preset, or undefined for one that there is not. */
export function optionsOfPreset(preset: number): EncoderOptions | undefined {
  const level = preset % EXTREME;
  if (level > 9) return undefined;
  const options = presetOptions(level);
  return preset >= EXTREME ? { ...options, niceLength: 273, depth: EXTREME_DEPTH } : options;
}

class Specifier {
  private readonly t: Thread;
  private readonly source: Value;
  private readonly kind: string;

  constructor(t: Thread, source: Value, kind: string) {
    this.t = t;
    this.source = source;
    this.kind = kind;
  }

  /** Refuses keys that the filter does not have. */
  allow(names: readonly string[]): void {
    for (const key of toArray(this.t, callMethod(this.t, this.source, 'keys'))) {
      if (!names.includes(asStr(key) ?? '')) raiseValueError(`Invalid filter specifier for ${this.kind} filter`);
    }
  }

  number(name: string, fallback: number): number {
    const value = entry(this.t, this.source, name);
    return value === undefined ? fallback : Number(unsigned(this.t, value, 32));
  }
}

function entry(t: Thread, mapping: Value, name: string): Maybe {
  try {
    return getItem(t, mapping, name);
  } catch (caught) {
    if (caught instanceof PyBaseException && isRaised(caught, KeyError)) return undefined;
    throw caught;
  }
}

function lzmaFilter(t: Thread, source: Value, kind: 'lzma1' | 'lzma2'): Filter {
  const specifier = new Specifier(t, source, 'LZMA');
  const preset = specifier.number('preset', DEFAULT_PRESET);
  const base = optionsOfPreset(preset) ?? fail(`Invalid compression preset: ${preset}`);
  specifier.allow(['id', 'preset', 'dict_size', 'lc', 'lp', 'pb', 'mode', 'nice_len', 'mf', 'depth']);
  const { properties } = base;
  return {
    kind,
    options: {
      properties: {
        literalContext: specifier.number('lc', properties.literalContext), literalPosition: specifier.number('lp', properties.literalPosition),
        positionBits: specifier.number('pb', properties.positionBits),
      },
      dictionarySize: specifier.number('dict_size', base.dictionarySize),
      niceLength: specifier.number('nice_len', base.niceLength),
      depth: specifier.number('depth', 0) || base.depth,
    },
  };
}

/** A filter from its specifier. */
export function filterOf(t: Thread, source: Value): Filter {
  const slots = typeOf(source).slots;
  if (slots.mp_subscript === null || source instanceof PyList || source instanceof PyTuple || asStr(source) !== undefined) raiseTypeError('Filter specifier must be a dict or dict-like object');
  const idValue = entry(t, source, 'id');
  if (idValue === undefined) raiseValueError('Filter specifier must have an "id" entry');
  const id = unsigned(t, idValue, 64);
  if (id === FILTER_LZMA1) return lzmaFilter(t, source, 'lzma1');
  if (id === FILTER_LZMA2) return lzmaFilter(t, source, 'lzma2');
  if (id === FILTER_DELTA) {
    const specifier = new Specifier(t, source, 'delta');
    specifier.allow(['id', 'dist']);
    return { kind: 'delta', distance: specifier.number('dist', 1) };
  }
  if (typeof id === 'bigint' || branchFilter(id) === undefined) raiseValueError(`Invalid filter ID: ${id}`);
  const specifier = new Specifier(t, source, 'BCJ');
  specifier.allow(['id', 'start_offset']);
  return { kind: 'branch', id, startOffset: specifier.number('start_offset', 0) };
}

/** The filters of a sequence of specifiers. */
export function filtersOf(t: Thread, specifiers: Value): Filter[] {
  const slots = typeOf(specifiers).slots;
  if (slots.sq_length === null || specifiers instanceof PyDict) raiseTypeError(slots.mp_length !== null ? `${typeName(specifiers)} is not a sequence` : `object of type '${typeName(specifiers)}' has no len()`);
  const items = toArray(t, specifiers);
  if (items.length > MAX_FILTERS) raiseValueError(`Too many filters - liblzma supports a maximum of ${MAX_FILTERS}`);
  return items.map((item) => filterOf(t, item));
}

/** The specifier of a filter that was read from a file: the options that the file says. */
export function specifierOf(filter: Filter, hasOffset: boolean): Value {
  const dict = newDict();
  const set = (name: string, value: Value): void => tableSetStr(dict.table, name, value);
  switch (filter.kind) {
    case 'lzma1': {
      const { properties, dictionarySize } = filter.options;
      set('id', FILTER_LZMA1);
      set('lc', properties.literalContext);
      set('lp', properties.literalPosition);
      set('pb', properties.positionBits);
      set('dict_size', dictionarySize);
      break;
    }
    case 'lzma2':
      set('id', FILTER_LZMA2);
      set('dict_size', filter.options.dictionarySize);
      break;
    case 'delta':
      set('id', FILTER_DELTA);
      set('dist', filter.distance);
      break;
    case 'branch':
      set('id', filter.id);
      if (hasOffset) set('start_offset', filter.startOffset);
  }
  return dict;
}
