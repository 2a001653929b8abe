/**
 * The template language of `str.format`: splitting a template into literals and fields, and a field name into its steps.
 *
 * Both are iterations in CPython, and errors come when the iteration reaches them; so a failure is the last element here.
 * Source: CPython Objects/stringlib/unicode_format.h.
 */

/** A literal and the field after it; `field` undefined when the template ends without one. */
export interface FormatPiece {
  readonly literal: string;
  readonly field: FormatField | undefined;
}

/** One replacement field; `spec` may hold fields of its own when `nested`. */
export interface FormatField {
  readonly name: string;
  readonly spec: string;
  /** '' when there is none; else the character after `!`. */
  readonly conversion: string;
  readonly nested: boolean;
  /** `name` taken apart, and where `nested` the parsed `spec`: made when the field is first used. */
  path: FieldName | TemplateFailure | undefined;
  pieces: readonly (FormatPiece | TemplateFailure)[] | undefined;
}

function newField(name: string, spec: string, conversion: string, nested: boolean): FormatField {
  return { name, spec, conversion, nested, path: undefined, pieces: undefined };
}

/** The name of a field, taken apart. */
export function pathOf(field: FormatField): FieldName | TemplateFailure {
  return (field.path ??= splitFieldName(field.name));
}

/** The parsed specification of a nested field. */
export function specPieces(field: FormatField): readonly (FormatPiece | TemplateFailure)[] {
  return (field.pieces ??= parseTemplate(field.spec));
}

/** A ValueError that ends an iteration. */
export class TemplateFailure {
  readonly message: string;
  constructor(message: string) {
    this.message = message;
  }
}

/** Templates and field names taken apart lately: programs use few, over and over. Declared caches. */
const parsedTemplates = new Map<string, readonly (FormatPiece | TemplateFailure)[]>();
const parsedNames = new Map<string, FieldName | TemplateFailure>();
const MAX_PARSED = 500;

// The last one: comparing is faster than looking it up.
let lastTemplate = '';
let lastPieces: readonly (FormatPiece | TemplateFailure)[] = [];

function remembered<R>(cache: Map<string, R>, text: string, parse: (text: string) => R): R {
  const known = cache.get(text);
  if (known !== undefined) return known;
  if (cache.size >= MAX_PARSED) cache.clear();
  const parsed = parse(text);
  cache.set(text, parsed);
  return parsed;
}

/** Splits a template; a failure, if any, is the last element. */
export function parseTemplate(template: string): readonly (FormatPiece | TemplateFailure)[] {
  if (template !== lastTemplate) lastPieces = remembered(parsedTemplates, template, readTemplate);
  lastTemplate = template;
  return lastPieces;
}

function readTemplate(template: string): (FormatPiece | TemplateFailure)[] {
  const pieces: (FormatPiece | TemplateFailure)[] = [];
  let at = 0;
  while (at < template.length) {
    const brace = nextBrace(template, at);
    if (brace < 0) {
      pieces.push({ literal: template.slice(at), field: undefined });
      break;
    }
    const mark = template[brace]!;
    const next = template[brace + 1];
    if (next === mark) {
      // A doubled brace ends the literal with one of the two.
      pieces.push({ literal: template.slice(at, brace + 1), field: undefined });
      at = brace + 2;
      continue;
    }
    if (mark === '}') {
      pieces.push(new TemplateFailure("Single '}' encountered in format string"));
      break;
    }
    if (next === undefined) {
      pieces.push(new TemplateFailure("Single '{' encountered in format string"));
      break;
    }
    const parsed = parseField(template, brace + 1);
    if (parsed instanceof TemplateFailure) {
      pieces.push(parsed);
      break;
    }
    pieces.push({ literal: template.slice(at, brace), field: parsed.field });
    at = parsed.end;
  }
  return pieces;
}

function nextBrace(template: string, from: number): number {
  for (let i = from; i < template.length; i++) {
    const unit = template.charCodeAt(i);
    if (unit === 123 || unit === 125) return i;
  }
  return -1;
}

function parseField(template: string, start: number): { field: FormatField; end: number } | TemplateFailure {
  let at = start;
  let stop = '';
  for (; at < template.length; at++) {
    const c = template[at]!;
    if (c === '{') return new TemplateFailure("unexpected '{' in field name");
    if (c === '[') {
      // Everything up to the bracket belongs to an index.
      while (at < template.length && template[at] !== ']') at++;
      continue;
    }
    if (c === '}' || c === ':' || c === '!') {
      stop = c;
      break;
    }
  }
  const name = template.slice(start, at);
  if (stop === '') return new TemplateFailure("expected '}' before end of string");
  at++;
  if (stop === '}') return { field: newField(name, '', '', /* nested */ false), end: at };
  let conversion = '';
  if (stop === '!') {
    const point = template.codePointAt(at);
    if (point === undefined) return new TemplateFailure("end of string while looking for conversion specifier");
    conversion = String.fromCodePoint(point);
    at += conversion.length;
    const after = template[at];
    if (after === undefined) return new TemplateFailure("unmatched '{' in format spec");
    at++;
    if (after === '}') return { field: newField(name, '', conversion, /* nested */ false), end: at };
    if (after !== ':') return new TemplateFailure("expected ':' after conversion specifier");
  }
  return parseSpecText(template, at, name, conversion);
}

function parseSpecText(template: string, start: number, name: string, conversion: string): { field: FormatField; end: number } | TemplateFailure {
  let depth = 1;
  let nested = false;
  for (let at = start; at < template.length; at++) {
    if (template[at] === '{') {
      nested = true;
      depth++;
    } else if (template[at] === '}' && --depth === 0) {
      return { field: newField(name, template.slice(start, at), conversion, nested), end: at + 1 };
    }
  }
  return new TemplateFailure("unmatched '{' in format spec");
}

/** One step after the first part of a field name. */
export interface FieldStep {
  readonly isAttribute: boolean;
  /** An attribute name, or an index: a number when it is all digits. */
  readonly key: string | number;
}

/** A field name taken apart: the argument's number or name ('' for automatic numbering), and the steps from there. */
export interface FieldName {
  readonly first: string | number;
  readonly steps: readonly (FieldStep | TemplateFailure)[];
}

/** The number that a run of ASCII digits stands for; the text itself otherwise. */
function indexOrName(text: string): string | number | TemplateFailure {
  if (!/^[0-9]+$/.test(text)) return text;
  const value = Number(text);
  return value < 2 ** 63 ? value : new TemplateFailure('Too many decimal digits in format string');
}

/** Splits a field name as `0.attribute[key]`; a failure of a step is the last step. */
export function splitFieldName(name: string): FieldName | TemplateFailure {
  return remembered(parsedNames, name, readFieldName);
}

function readFieldName(name: string): FieldName | TemplateFailure {
  const end = name.search(/[.[]/);
  const first = indexOrName(end < 0 ? name : name.slice(0, end));
  if (first instanceof TemplateFailure) return first;
  return { first, steps: end < 0 ? [] : splitSteps(name, end) };
}

function splitSteps(name: string, start: number): (FieldStep | TemplateFailure)[] {
  const steps: (FieldStep | TemplateFailure)[] = [];
  for (let at = start; at < name.length; ) {
    const step = readStep(name, at);
    if (step instanceof TemplateFailure) {
      steps.push(step);
      break;
    }
    steps.push(step.step);
    at = step.end;
  }
  return steps;
}

function readStep(name: string, at: number): { step: FieldStep; end: number } | TemplateFailure {
  const empty = new TemplateFailure('Empty attribute in format string');
  if (name[at] === '.') {
    const rest = name.slice(at + 1);
    const length = rest.search(/[.[]/);
    const key = length < 0 ? rest : rest.slice(0, length);
    return key === '' ? empty : { step: { isAttribute: true, key }, end: at + 1 + key.length };
  }
  if (name[at] !== '[') return new TemplateFailure("Only '.' or '[' may follow ']' in format field specifier");
  const close = name.indexOf(']', at);
  if (close < 0) return new TemplateFailure("Missing ']' in format string");
  const key = indexOrName(name.slice(at + 1, close));
  if (key instanceof TemplateFailure) return key;
  return key === '' ? empty : { step: { isAttribute: false, key }, end: close + 1 };
}
