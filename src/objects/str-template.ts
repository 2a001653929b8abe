/** `str.format` and `str.format_map`. Source: CPython Objects/stringlib/unicode_format.h. */
import type { Thread } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import { parseTemplate, pathOf, specPieces, TemplateFailure, type FieldStep, type FormatField, type FormatPiece } from './algorithms/str-format.ts';
import { getAttr } from './attributes.ts';
import { raiseIndexError, raiseKeyError, raiseValueError } from './raise.ts';
import { getItem } from './subscript.ts';
import { ascii, format, repr, str } from './text.ts';

/** Where fields get their values: positional arguments (undefined for `format_map`), and keywords or a mapping. */
class Source {
  readonly args: readonly Value[] | undefined;
  readonly keywords: ReadonlyMap<string, Value> | null;
  readonly mapping: Value;
  private next = 0;
  private mode: 'unknown' | 'automatic' | 'manual' = 'unknown';

  constructor(args: readonly Value[] | undefined, keywords: ReadonlyMap<string, Value> | null, mapping: Value) {
    this.args = args;
    this.keywords = keywords;
    this.mapping = mapping;
  }

  /** The argument of a field; a field without a number is numbered as it comes, and the two ways cannot be mixed. */
  argument(t: Thread, first: string | number): Value {
    if (typeof first === 'string' && first !== '') return this.named(t, first);
    const mode = first === '' ? 'automatic' : 'manual';
    if (this.mode !== mode) this.setMode(mode);
    const index = typeof first === 'number' ? first : this.next++;
    if (this.args === undefined) raiseValueError('Format string contains positional fields');
    return index < this.args.length ? this.args[index]! : raiseIndexError(`Replacement index ${index} out of range for positional args tuple`);
  }

  private setMode(mode: 'automatic' | 'manual'): void {
    if (this.mode !== 'unknown') {
      raiseValueError(
        mode === 'manual'
          ? 'cannot switch from automatic field numbering to manual field specification'
          : 'cannot switch from manual field specification to automatic field numbering',
      );
    }
    this.mode = mode;
  }

  private named(t: Thread, name: string): Value {
    if (this.keywords === null) return getItem(t, this.mapping, name);
    const value: Maybe = this.keywords.get(name);
    return value === undefined ? raiseKeyError(name) : value;
  }
}

/** Fields may nest once: in a specification. */
const MAX_DEPTH = 2;

function follow(t: Thread, value: Value, step: FieldStep | TemplateFailure): Value {
  if (step instanceof TemplateFailure) raiseValueError(step.message);
  return step.isAttribute ? getAttr(t, value, step.key as string) : getItem(t, value, step.key);
}

function fieldValue(t: Thread, field: FormatField, source: Source): Value {
  const name = pathOf(field);
  if (name instanceof TemplateFailure) raiseValueError(name.message);
  let value = source.argument(t, name.first);
  for (const step of name.steps) value = follow(t, value, step);
  return value;
}

/** Applies `!r`, `!s` or `!a`. */
function convert(t: Thread, value: Value, conversion: string): Value {
  switch (conversion) {
    case '':
      return value;
    case 'r':
      return repr(t, value);
    case 's':
      return str(t, value);
    case 'a':
      return ascii(t, value);
    default: {
      const point = conversion.codePointAt(0)!;
      const shown = point > 32 && point < 127 ? conversion : `\\x${point.toString(16)}`;
      return raiseValueError(`Unknown conversion specifier ${shown}`);
    }
  }
}

function render(t: Thread, pieces: readonly (FormatPiece | TemplateFailure)[], source: Source, depth: number): string {
  if (depth === 0) raiseValueError('Max string recursion exceeded');
  let result = '';
  for (const piece of pieces) {
    if (piece instanceof TemplateFailure) raiseValueError(piece.message);
    result += piece.literal;
    const { field } = piece;
    if (field === undefined) continue;
    const value = convert(t, fieldValue(t, field, source), field.conversion);
    const spec = field.nested ? render(t, specPieces(field), source, depth - 1) : field.spec;
    result += format(t, value, spec);
  }
  return result;
}

/** template.format(*args, **keywords) */
export function formatTemplate(t: Thread, template: string, args: readonly Value[], keywords: ReadonlyMap<string, Value>): string {
  return render(t, parseTemplate(template), new Source(args, keywords, null), MAX_DEPTH);
}

/** template.format_map(mapping) */
export function formatTemplateMap(t: Thread, template: string, mapping: Value): string {
  return render(t, parseTemplate(template), new Source(undefined, null, mapping), MAX_DEPTH);
}
