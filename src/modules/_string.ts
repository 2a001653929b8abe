/** `_string`: what `string.Formatter` needs (Objects/unicodeobject.c, stringlib/unicode_format.h). */
import type { Thread } from '../core/thread.ts';
import type { PyType } from '../core/type.ts';
import { PyObject, type Maybe, type Value } from '../core/value.ts';
import { parseTemplate, splitFieldName, TemplateFailure } from '../objects/algorithms/str-format.ts';
import { newTuple } from '../objects/make.ts';
import { raiseTypeError, raiseValueError, typeName } from '../objects/raise.ts';
import { staticType } from '../objects/static-types.ts';
import { asStr } from '../objects/type-of.ts';
import { readyType } from '../objects/type-ready.ts';
import type { NativeModule } from './native-module.ts';

const FORMATTER_ITERATOR_TYPE = staticType('formatteriterator', { disallowInstantiation: true });
const FIELD_NAME_ITERATOR_TYPE = staticType('fieldnameiterator', { disallowInstantiation: true });

/** Hands out rows; a failure row raises. */
class PyRows<Row> extends PyObject {
  readonly rows: readonly (Row | TemplateFailure)[];
  readonly show: (row: Row) => Value;
  at = 0;
  constructor(type: PyType, rows: readonly (Row | TemplateFailure)[], show: (row: Row) => Value) {
    super(type);
    this.rows = rows;
    this.show = show;
  }

  next(): Maybe {
    if (this.at >= this.rows.length) return undefined;
    const row = this.rows[this.at++]!;
    return row instanceof TemplateFailure ? raiseValueError(row.message) : this.show(row);
  }
}

for (const type of [FORMATTER_ITERATOR_TYPE, FIELD_NAME_ITERATOR_TYPE]) {
  readyType(type, { slots: { tp_iter: (_t, self) => self, tp_iternext: (_t, self: PyRows<unknown>) => self.next() } });
}

function string_formatter_parser(_t: Thread, value: Value): Value {
  const text = asStr(value) ?? raiseTypeError(`expected str, got ${typeName(value)}`);
  return new PyRows(FORMATTER_ITERATOR_TYPE, parseTemplate(text), ({ literal, field }) =>
    newTuple(field === undefined ? [literal, null, null, null] : [literal, field.name, field.spec, field.conversion === '' || field.conversion === undefined ? null : field.conversion]));
}

function string_formatter_field_name_split(_t: Thread, value: Value): Value {
  const text = asStr(value) ?? raiseTypeError(`expected str, got ${typeName(value)}`);
  const name = splitFieldName(text);
  if (name instanceof TemplateFailure) return raiseValueError(name.message);
  return newTuple([name.first, new PyRows(FIELD_NAME_ITERATOR_TYPE, name.steps, (step) => newTuple([step.isAttribute, step.key]))]);
}

/** The table. */
export const STRING_MODULE: NativeModule = {
  name: '_string',
  doc: 'string helper module',
  functions: {
    formatter_parser: [string_formatter_parser, '($module, string, /)', 'parse the argument as a format string'],
    formatter_field_name_split: [string_formatter_field_name_split, '($module, string, /)', 'split the argument as a field name'],
  },
};
