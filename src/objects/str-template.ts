/** `str.format` and `str.format_map`. Source: CPython Objects/stringlib/unicode_format.h. */
import type { Thread } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import { parseTemplate, splitFieldName, TemplateFailure, type FieldStep, type FormatField } from './algorithms/str-format.ts';
import { getAttr } from './attributes.ts';
import { raiseIndexError, raiseKeyError, raiseValueError } from './raise.ts';
import { getItem } from './subscript.ts';
import { ascii, format, repr, str } from './text.ts';

/** Where fields get their values. */
interface Source {
  /** Positional arguments; undefined for `format_map`. */
  readonly args: readonly Value[] | undefined;
  named(t: Thread, name: string): Value;
}

/** Fields may nest once: in a specification. */
const MAX_DEPTH = 2;

/** Fields without a number are numbered as they come; the two ways cannot be mixed. */
class Numbering {
  private next = 0;
  private mode: 'unknown' | 'automatic' | 'manual' = 'unknown';

  /** The name of a field's argument, with automatic numbers filled in. */
  resolve(first: string | number): string | number {
    if (typeof first === 'string' && first !== '') return first;
    const mode = first === '' ? 'automatic' : 'manual';
    if (this.mode !== 'unknown' && this.mode !== mode) {
      raiseValueError(
        mode === 'manual'
          ? 'cannot switch from automatic field numbering to manual field specification'
          : 'cannot switch from manual field specification to automatic field numbering',
      );
    }
    this.mode = mode;
    return first === '' ? this.next++ : first;
  }
}

function argument(t: Thread, source: Source, first: string | number): Value {
  if (typeof first === 'string') return source.named(t, first);
  if (source.args === undefined) raiseValueError('Format string contains positional fields');
  return source.args[first] ?? missing(source.args, first);
}

function missing(args: readonly Value[], index: number): Value {
  // None is a value, too.
  return index < args.length ? args[index]! : raiseIndexError(`Replacement index ${index} out of range for positional args tuple`);
}

function follow(t: Thread, value: Value, step: FieldStep | TemplateFailure): Value {
  if (step instanceof TemplateFailure) raiseValueError(step.message);
  return step.isAttribute ? getAttr(t, value, step.key as string) : getItem(t, value, step.key);
}

function fieldValue(t: Thread, field: FormatField, source: Source, numbering: Numbering): Value {
  const name = splitFieldName(field.name);
  if (name instanceof TemplateFailure) raiseValueError(name.message);
  let value = argument(t, source, numbering.resolve(name.first));
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

function render(t: Thread, template: string, source: Source, numbering: Numbering, depth: number): string {
  if (depth === 0) raiseValueError('Max string recursion exceeded');
  let result = '';
  for (const piece of parseTemplate(template)) {
    if (piece instanceof TemplateFailure) raiseValueError(piece.message);
    result += piece.literal;
    const { field } = piece;
    if (field === undefined) continue;
    const value = convert(t, fieldValue(t, field, source, numbering), field.conversion);
    const spec = field.nested ? render(t, field.spec, source, numbering, depth - 1) : field.spec;
    result += format(t, value, spec);
  }
  return result;
}

/** template.format(*args, **keywords) */
export function formatTemplate(t: Thread, template: string, args: readonly Value[], keywords: ReadonlyMap<string, Value>): string {
  const named = (_t: Thread, name: string): Value => {
    const value: Maybe = keywords.get(name);
    return value === undefined ? raiseKeyError(name) : value;
  };
  return render(t, template, { args, named }, new Numbering(), MAX_DEPTH);
}

/** template.format_map(mapping) */
export function formatTemplateMap(t: Thread, template: string, mapping: Value): string {
  return render(t, template, { args: undefined, named: (thread, name) => getItem(thread, mapping, name) }, new Numbering(), MAX_DEPTH);
}
