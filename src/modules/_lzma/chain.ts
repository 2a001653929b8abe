/** Filter chains: their specifiers as data, their properties in files, and the coders that they ask for. */
import { Lzma2Encoder, LzmaEncoder, type EncoderOptions, type StreamEncoder } from './encoder.ts';
import { FilteredDecoder, Lzma2Decoder, LzmaDecoder, type RawDecoder } from './decoders.ts';
import { branchFilter, branchStage, deltaStage, type Stage } from './filters.ts';
import { parseProperties, propertiesByte } from './model.ts';

export const FILTER_LZMA1 = 0x4000000000000001n;
export const FILTER_LZMA2 = 0x21;
export const FILTER_DELTA = 3;

/** Options that make no sense, or that nobody knows. */
export class BadOptions extends Error {}

/** A filter with all its options. */
export type Filter =
  | { readonly kind: 'lzma1' | 'lzma2'; readonly options: EncoderOptions }
  | { readonly kind: 'delta'; readonly distance: number }
  | { readonly kind: 'branch'; readonly id: number; readonly startOffset: number };

const MIB = 1 << 20;
const DICTIONARY_SIZES = [MIB / 4, MIB, 2 * MIB, 4 * MIB, 4 * MIB, 8 * MIB, 8 * MIB, 16 * MIB, 32 * MIB, 64 * MIB];
const NICE_LENGTHS = [128, 128, 273, 273, 16, 32, 64, 64, 64, 64];
const DEPTHS = [4, 8, 24, 48, 16, 24, 48, 64, 96, 128];
const SMALLEST_DICTIONARY = 4096;
const LARGEST_DICTIONARY = 1.5 * 2 ** 30;

/** The options of a preset from 0 to 9. */
export function presetOptions(level: number): EncoderOptions {
  return {
    properties: { literalContext: 3, literalPosition: 0, positionBits: 2 }, dictionarySize: DICTIONARY_SIZES[level]!, niceLength: NICE_LENGTHS[level]!, depth: DEPTHS[level]!,
  };
}

/** Raises BadOptions for what liblzma refuses. */
export function checkFilter(filter: Filter): void {
  if (filter.kind === 'delta') {
    if (filter.distance < 1 || filter.distance > 256) throw new BadOptions();
    return;
  }
  if (filter.kind === 'branch') return;
  const { properties, dictionarySize, niceLength } = filter.options;
  const { literalContext, literalPosition, positionBits } = properties;
  if (literalContext + literalPosition > 4 || positionBits > 4 || literalContext > 4 || literalPosition > 4) throw new BadOptions();
  if (dictionarySize < SMALLEST_DICTIONARY || dictionarySize > LARGEST_DICTIONARY || niceLength < 2 || niceLength > 273) throw new BadOptions();
}

/** Raises BadOptions for chains in which LZMA is not the last, and only the last. */
export function checkChain(filters: readonly Filter[], kind: 'lzma2' | 'any'): void {
  filters.forEach((filter, i) => {
    const isLzma = filter.kind === 'lzma1' || filter.kind === 'lzma2';
    if (isLzma !== (i === filters.length - 1) || (kind === 'lzma2' && filter.kind === 'lzma1')) throw new BadOptions();
    checkFilter(filter);
  });
}

function dictionaryByte(size: number): number {
  for (let byte = 0; byte < 40; byte++) if (dictionarySizeOf(byte) >= size) return byte;
  return 40;
}

function dictionarySizeOf(byte: number): number {
  return byte === 40 ? 2 ** 32 - 1 : (2 | (byte & 1)) * 2 ** ((byte >> 1) + 11);
}

/** A filter's properties as a file says them. */
export function encodeProperties(filter: Filter): Uint8Array {
  checkFilter(filter);
  switch (filter.kind) {
    case 'lzma1': {
      const bytes = new Uint8Array(5);
      bytes[0] = propertiesByte(filter.options.properties);
      new DataView(bytes.buffer).setUint32(1, filter.options.dictionarySize, /* littleEndian */ true);
      return bytes;
    }
    case 'lzma2': return Uint8Array.of(dictionaryByte(filter.options.dictionarySize));
    case 'delta': return Uint8Array.of(filter.distance - 1);
    case 'branch': {
      if (filter.startOffset === 0) return new Uint8Array(0);
      const bytes = new Uint8Array(4);
      new DataView(bytes.buffer).setUint32(0, filter.startOffset, /* littleEndian */ true);
      return bytes;
    }
  }
}

/** The filter of an id with its properties from a file. Raises BadOptions. */
export function decodeProperties(id: number | bigint, bytes: Uint8Array): Filter {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (id === FILTER_LZMA1) {
    const properties = bytes.length === 5 ? parseProperties(bytes[0]!) : null;
    if (properties === null) throw new BadOptions();
    return { kind: 'lzma1', options: { ...presetOptions(6), properties, dictionarySize: view.getUint32(1, /* littleEndian */ true) } };
  }
  if (id === FILTER_LZMA2) {
    if (bytes.length !== 1 || bytes[0]! > 40) throw new BadOptions();
    return { kind: 'lzma2', options: { ...presetOptions(6), dictionarySize: dictionarySizeOf(bytes[0]!) } };
  }
  if (id === FILTER_DELTA) {
    if (bytes.length !== 1) throw new BadOptions();
    return { kind: 'delta', distance: bytes[0]! + 1 };
  }
  if (typeof id === 'bigint' || branchFilter(id) === undefined || (bytes.length !== 0 && bytes.length !== 4)) throw new BadOptions();
  return { kind: 'branch', id, startOffset: bytes.length === 0 ? 0 : view.getUint32(0, /* littleEndian */ true) };
}

/** A filter's id in files. */
export function filterId(filter: Filter): number {
  return filter.kind === 'delta' ? FILTER_DELTA : filter.kind === 'branch' ? filter.id : FILTER_LZMA2;
}

function stageOf(filter: Filter, encoding: boolean): Stage {
  if (filter.kind === 'delta') return deltaStage(filter.distance, encoding);
  if (filter.kind !== 'branch') throw new BadOptions();
  return branchStage(branchFilter(filter.id)!, filter.startOffset, encoding);
}

/** Size of the dictionary that a chain needs. */
export function chainDictionary(filters: readonly Filter[]): number {
  const last = filters.at(-1);
  return last !== undefined && (last.kind === 'lzma1' || last.kind === 'lzma2') ? last.options.dictionarySize : 0;
}

/** A decoder for a chain. */
export function chainDecoder(filters: readonly Filter[]): RawDecoder {
  checkChain(filters, 'any');
  const last = filters.at(-1);
  if (last === undefined || (last.kind !== 'lzma1' && last.kind !== 'lzma2')) throw new BadOptions();
  const { properties, dictionarySize } = last.options;
  const inner = last.kind === 'lzma1' ? new LzmaDecoder(properties, dictionarySize, Infinity) : new Lzma2Decoder(dictionarySize);
  const stages = filters.slice(0, -1).toReversed().map((filter) => stageOf(filter, /* encoding */ false));
  return stages.length === 0 ? inner : new FilteredDecoder(inner, stages);
}

/** An encoder for a chain. */
export function chainEncoder(filters: readonly Filter[]): StreamEncoder {
  checkChain(filters, 'any');
  const last = filters.at(-1);
  if (last === undefined || (last.kind !== 'lzma1' && last.kind !== 'lzma2')) throw new BadOptions();
  const inner = last.kind === 'lzma1' ? new LzmaEncoder(last.options) : new Lzma2Encoder(last.options);
  const stages = filters.slice(0, -1).map((filter) => stageOf(filter, /* encoding */ true));
  return stages.length === 0 ? inner : new FilteredEncoder(inner, stages);
}

class FilteredEncoder implements StreamEncoder {
  private readonly inner: StreamEncoder;
  private readonly stages: readonly Stage[];

  constructor(inner: StreamEncoder, stages: readonly Stage[]) {
    this.inner = inner;
    this.stages = stages;
  }

  write(input: Uint8Array): Uint8Array {
    let bytes = input;
    for (const stage of this.stages) bytes = stage.feed(bytes);
    return this.inner.write(bytes);
  }

  finish(): Uint8Array {
    let rest: Uint8Array = new Uint8Array(0);
    for (const stage of this.stages) rest = new Uint8Array(Buffer.concat([stage.feed(rest), stage.finish()]));
    return new Uint8Array(Buffer.concat([this.inner.write(rest), this.inner.finish()]));
  }
}
