/** `string.templatelib.Template` and `Interpolation`, the values of t-strings. Source: PEP 750, CPython Objects/templateobject.c, interpolationobject.c. */
import { NativeDefinition } from '../core/native.ts';
import type { KeywordNames, PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import { PyObject, type Maybe, type Value } from '../core/value.ts';
import { getAttr } from './attributes.ts';
import { CLASS_GETITEM } from './generic-alias-record.ts';
import { importModule } from './import-hook.ts';
import { newTuple } from './make.ts';
import { strArgument } from './native-arguments.ts';
import { bindArguments } from './native-call.ts';
import { raiseTypeError, raiseValueError, typeName } from './raise.ts';
import { INTERPOLATION_TYPE, TEMPLATE_ITERATOR_TYPE, TEMPLATE_TYPE } from './static-types.ts';
import { repr } from './text.ts';
import { readyType } from './type-ready.ts';
import { asStr } from './type-of.ts';

/** `Interpolation` */
export class PyInterpolation extends PyObject {
  readonly value: Value;
  readonly expression: string;
  readonly conversion: string | null;
  readonly formatSpec: string;
  constructor(value: Value, expression: string, conversion: string | null, formatSpec: string) {
    super(INTERPOLATION_TYPE);
    this.value = value;
    this.expression = expression;
    this.conversion = conversion;
    this.formatSpec = formatSpec;
  }
}

/** `Template`: one more string than interpolations. */
export class PyTemplate extends PyObject {
  readonly strings: readonly string[];
  readonly interpolations: readonly PyInterpolation[];
  constructor(strings: readonly string[], interpolations: readonly PyInterpolation[]) {
    super(TEMPLATE_TYPE);
    this.strings = strings;
    this.interpolations = interpolations;
  }
}

const NEW = new NativeDefinition('Interpolation', () => null, "(value, expression='', conversion=None, format_spec='')", '', 'method');

function interpolation_new(_t: Thread, _type: PyType, args: Value[], keywords: KeywordNames): Value {
  const [value, expression, conversion, formatSpec] = bindArguments(NEW, 'Interpolation', null, false, args, keywords) as Maybe[];
  const where = (name: string): string => `Interpolation() argument '${name}'`;
  const text = expression === undefined ? '' : strArgument(expression, where('expression'));
  let letter: string | null = null;
  if (conversion !== undefined && conversion !== null) {
    letter = strArgument(conversion, where('conversion'));
    if (!/^[sar]$/.test(letter)) raiseValueError("Interpolation() argument 'conversion' must be one of 's', 'a' or 'r'");
  }
  return new PyInterpolation(value!, text, letter, formatSpec === undefined ? '' : strArgument(formatSpec, where('format_spec')));
}

function interpolation_repr(t: Thread, self: PyInterpolation): string {
  return `Interpolation(${repr(t, self.value)}, ${repr(t, self.expression)}, ${repr(t, self.conversion)}, ${repr(t, self.formatSpec)})`;
}

function interpolationFields(self: PyInterpolation): Value[] {
  return [self.value, self.expression, self.conversion, self.formatSpec];
}

readyType(INTERPOLATION_TYPE, {
  doc: 'Interpolation object',
  slots: { tp_new: interpolation_new, tp_repr: interpolation_repr },
  methods: {
    __reduce__: [(_t, self: PyInterpolation) => newTuple([INTERPOLATION_TYPE, newTuple(interpolationFields(self))]), '($self, /)', 'Return state information for pickling.'],
    __class_getitem__: CLASS_GETITEM,
  },
  getset: {
    value: { get: (_t, self) => (self as PyInterpolation).value, member: true, doc: 'Value' },
    expression: { get: (_t, self) => (self as PyInterpolation).expression, member: true, doc: 'Expression' },
    conversion: { get: (_t, self) => (self as PyInterpolation).conversion, member: true, doc: 'Conversion' },
    format_spec: { get: (_t, self) => (self as PyInterpolation).formatSpec, member: true, doc: 'Format specification' },
  },
  attributes: { __match_args__: newTuple(['value', 'expression', 'conversion', 'format_spec']) },
});

/** Joins strings that meet, so that strings and interpolations alternate. */
function makeTemplate(parts: Iterable<string | PyInterpolation>): PyTemplate {
  const strings: string[] = [''];
  const interpolations: PyInterpolation[] = [];
  for (const part of parts) {
    if (typeof part === 'string') strings[strings.length - 1] += part;
    else {
      interpolations.push(part);
      strings.push('');
    }
  }
  return new PyTemplate(strings, interpolations);
}

function template_new(_t: Thread, _type: PyType, args: Value[], keywords: KeywordNames): Value {
  if (keywords !== null && keywords.length > 0) raiseTypeError('Template.__new__ only accepts *args arguments');
  return makeTemplate(
    args.map((arg) => {
      if (arg instanceof PyInterpolation) return arg;
      return asStr(arg) ?? raiseTypeError(`Template.__new__ *args need to be of type 'str' or 'Interpolation', got ${typeName(arg)}`);
    }),
  );
}

/** Strings and interpolations in turn, empty strings included. */
function partsOf(self: PyTemplate): (string | PyInterpolation)[] {
  const parts: (string | PyInterpolation)[] = [];
  self.strings.forEach((text, i) => {
    parts.push(text);
    if (i < self.interpolations.length) parts.push(self.interpolations[i]!);
  });
  return parts;
}

function template_concat(_t: Thread, self: PyTemplate, other: Value): Value {
  if (!(other instanceof PyTemplate)) {
    raiseTypeError(`can only concatenate string.templatelib.Template (not "${typeName(other)}") to string.templatelib.Template`);
  }
  return makeTemplate([...partsOf(self), ...partsOf(other)]);
}

function stringsOf(self: PyTemplate): Value {
  return newTuple([...self.strings]);
}

function interpolationsOf(self: PyTemplate): Value {
  return newTuple([...self.interpolations]);
}

function template_repr(t: Thread, self: PyTemplate): string {
  return `Template(strings=${repr(t, stringsOf(self))}, interpolations=${repr(t, interpolationsOf(self))})`;
}

function template_reduce(t: Thread, self: PyTemplate): Value {
  const unpickle = getAttr(t, importModule(t, 'string.templatelib'), '_template_unpickle');
  return newTuple([unpickle, newTuple([stringsOf(self), interpolationsOf(self)])]);
}

readyType(TEMPLATE_TYPE, {
  doc: 'Template object',
  slots: {
    tp_new: template_new,
    tp_repr: template_repr,
    tp_iter: (_t, self: PyTemplate) => new PyTemplateIterator(partsOf(self).filter((part) => part !== '')),
    sq_concat: template_concat,
  },
  methods: {
    __reduce__: [template_reduce, '($self, /)', 'Return state information for pickling.'],
    __class_getitem__: CLASS_GETITEM,
  },
  getset: {
    strings: { get: (_t, self) => stringsOf(self as PyTemplate), member: true, doc: 'Strings' },
    interpolations: { get: (_t, self) => interpolationsOf(self as PyTemplate), member: true, doc: 'Interpolations' },
    values: { get: (_t, self) => newTuple((self as PyTemplate).interpolations.map((item) => item.value)), doc: 'Values of interpolations' },
  },
});

/** Iterates over strings that are not empty, and interpolations. */
class PyTemplateIterator extends PyObject {
  readonly parts: readonly (string | PyInterpolation)[];
  index = 0;
  constructor(parts: readonly (string | PyInterpolation)[]) {
    super(TEMPLATE_ITERATOR_TYPE);
    this.parts = parts;
  }
}

readyType(TEMPLATE_ITERATOR_TYPE, {
  slots: {
    tp_iter: (_t, self) => self,
    tp_iternext: (_t, self: PyTemplateIterator): Maybe => (self.index < self.parts.length ? self.parts[self.index++] : undefined),
  },
});
