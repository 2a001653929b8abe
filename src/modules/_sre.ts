/** `_sre`: what `re` compiles to (Modules/_sre/sre.c); the matcher is in `objects/algorithms/sre`. */
import { PyDict, PyList, PyTuple } from '../core/containers.ts';
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { lowerAscii, lowerUnicode } from '../objects/algorithms/sre/characters.ts';
import { SreProgram } from '../objects/algorithms/sre/program.ts';
import { toUpperFull } from '../objects/algorithms/unicode/ctype.ts';
import { raiseTypeError, typeName } from '../objects/raise.ts';
import { asInt } from '../objects/type-of.ts';
import { readyType } from '../objects/type-ready.ts';
import './_sre/match.ts';
import './_sre/pattern.ts';
import { PyPattern, PyTemplate, TEMPLATE_TYPE } from './_sre/records.ts';
import type { NativeModule } from './native-module.ts';

const MAGIC = 20230612;
const MAXREPEAT = 4294967295;
const MAXGROUPS = 1073741823;
const CODESIZE = 4;

readyType(TEMPLATE_TYPE, {});

function sre_compile(_t: Thread, pattern: Value, flags: Value, code: Value, groups: Value, groupindex: Value, indexgroup: Value): Value {
  if (!(code instanceof PyList)) raiseTypeError(`compile() argument 'code' must be list, not ${typeName(code)}`);
  if (!(groupindex instanceof PyDict)) raiseTypeError(`compile() argument 'groupindex' must be dict, not ${typeName(groupindex)}`);
  if (!(indexgroup instanceof PyTuple)) raiseTypeError(`compile() argument 'indexgroup' must be tuple, not ${typeName(indexgroup)}`);
  const words = code.items.map((word) => Number(asInt(word) ?? raiseTypeError(`'${typeName(word)}' object cannot be interpreted as an integer`)));
  return new PyPattern(pattern, Number(asInt(flags)), new SreProgram(words, Number(asInt(groups))), groupindex, indexgroup);
}

function sre_template(_t: Thread, _pattern: Value, template: Value): Value {
  if (!(template instanceof PyList) || template.items.length % 2 !== 1) raiseTypeError('invalid template');
  const { items } = template;
  const parts: { group: number; literal: Value }[] = [];
  for (let i = 1; i < items.length; i += 2) {
    const group = asInt(items[i]);
    if (typeof group !== 'number' || group < 0) raiseTypeError('invalid template');
    parts.push({ group, literal: items[i + 1]! });
  }
  return new PyTemplate(items[0]!, parts);
}

function character(value: Value): number {
  return Number(asInt(value) ?? raiseTypeError(`'${typeName(value)}' object cannot be interpreted as an integer`));
}

function unicode_iscased(_t: Thread, value: Value): Value {
  const c = character(value);
  // As in C the first character of the full mapping decides: the ligature of long s and t is cased, though it has no capital of its own.
  return lowerUnicode(c) !== c || toUpperFull(c).codePointAt(0) !== c;
}

function ascii_iscased(_t: Thread, value: Value): Value {
  const c = lowerAscii(character(value));
  return c >= 97 && c <= 122;
}

/** The table. */
export const SRE_MODULE: NativeModule = {
  name: '_sre',
  doc: '',
  attributes: () => ({ MAGIC, CODESIZE, MAXREPEAT, MAXGROUPS, copyright: ' SRE 2.2.2 Copyright (c) 1997-2002 by Secret Labs AB ' }),
  functions: {
    compile: [sre_compile, '($module, /, pattern, flags, code, groups, groupindex,\n        indexgroup)', ''],
    template: [sre_template, '($module, pattern, template, /)', ''],
    getcodesize: [() => CODESIZE, '($module, /)', ''],
    unicode_iscased: [unicode_iscased, '($module, character, /)', ''],
    unicode_tolower: [(_t: Thread, c: Value) => lowerUnicode(character(c)), '($module, character, /)', ''],
    ascii_iscased: [ascii_iscased, '($module, character, /)', ''],
    ascii_tolower: [(_t: Thread, c: Value) => lowerAscii(character(c)), '($module, character, /)', ''],
  },
};
