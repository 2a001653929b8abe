/** `_locale` (Modules/_localemodule.c): the locales that exist here are C, POSIX and C.UTF-8, which differ in the character encoding only. */
import type { Thread } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import { strCompare } from '../objects/algorithms/str-code-points.ts';
import { tableSetStr } from '../objects/hash-table.ts';
import { newDict, newList } from '../objects/make.ts';
import { intArgument, strArgument } from '../objects/native-arguments.ts';
import { newException, raiseValueError } from '../objects/raise.ts';
import { exceptionType } from './exception-type.ts';
import type { NativeModule } from './native-module.ts';

const ERROR = exceptionType('Error', 'locale');
const CHAR_MAX = 127;
const LC_ALL = 6;
/** By number; LC_ALL, number 6, is not one of them. The platform knows further categories, which stay C. */
const CATEGORIES = ['LC_CTYPE', 'LC_NUMERIC', 'LC_TIME', 'LC_COLLATE', 'LC_MONETARY', 'LC_MESSAGES'] as const;
const OTHER_CATEGORIES = ['LC_PAPER', 'LC_NAME', 'LC_ADDRESS', 'LC_TELEPHONE', 'LC_MEASUREMENT', 'LC_IDENTIFICATION'];

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const TIME_BASE = 131072;

/** `nl_langinfo` of the C locale: name → number and text. */
const LANGINFO: Readonly<Record<string, readonly [number, string]>> = {
  ...numbered('ABDAY_', TIME_BASE, DAYS.map((day) => day.slice(0, 3))),
  ...numbered('DAY_', TIME_BASE + 7, DAYS),
  ...numbered('ABMON_', TIME_BASE + 14, MONTHS.map((month) => month.slice(0, 3))),
  ...numbered('MON_', TIME_BASE + 26, MONTHS),
  AM_STR: [131110, 'AM'], PM_STR: [131111, 'PM'],
  D_T_FMT: [131112, '%a %b %e %H:%M:%S %Y'], D_FMT: [131113, '%m/%d/%y'], T_FMT: [131114, '%H:%M:%S'], T_FMT_AMPM: [131115, '%I:%M:%S %p'],
  ERA: [131116, ''], ERA_D_FMT: [131118, ''], ALT_DIGITS: [131119, ''], ERA_D_T_FMT: [131120, ''], ERA_T_FMT: [131121, ''],
  _DATE_FMT: [131180, '%a %b %e %H:%M:%S %Z %Y'], CODESET: [14, 'UTF-8'], CRNCYSTR: [262159, '-'],
  RADIXCHAR: [65536, '.'], THOUSEP: [65537, ''], YESEXPR: [327680, '^[yY]'], NOEXPR: [327681, '^[nN]'],
};

function numbered(prefix: string, first: number, texts: readonly string[]): Record<string, readonly [number, string]> {
  return Object.fromEntries(texts.map((text, i) => [`${prefix}${i + 1}`, [first + i, text] as const]));
}

function categoriesOf(t: Thread): string[] {
  const known = t.interpreter.moduleState.get('_locale') as string[] | undefined;
  if (known !== undefined) return known;
  const made = CATEGORIES.map((name) => (name === 'LC_CTYPE' ? 'C.UTF-8' : 'C'));
  t.interpreter.moduleState.set('_locale', made);
  return made;
}

function localeName(given: string): string | undefined {
  if (given === '') return 'C.UTF-8';
  if (given === 'C' || given === 'POSIX') return 'C';
  return /^C\.utf-?8$/i.test(given) ? 'C.UTF-8' : undefined;
}

function allCategories(names: readonly string[]): string {
  if (names.every((name) => name === names[0])) return names[0]!;
  return [...CATEGORIES.map((category, i) => `${category}=${names[i]!}`), ...OTHER_CATEGORIES.map((category) => `${category}=C`)].join(';');
}

/** Restores what `setlocale(LC_ALL)` told; undefined when the text is not of that form. */
function mixedNames(given: string): string[] | undefined {
  const parts = new Map(given.split(';').map((part) => part.split('=') as [string, string]));
  const names = CATEGORIES.map((category) => localeName(parts.get(category) ?? '?'));
  return names.every((name) => name !== undefined) ? (names as string[]) : undefined;
}

function locale_setlocale(t: Thread, category: Value, locale: Maybe): Value {
  const number = intArgument(t, category, 0);
  const names = categoriesOf(t);
  if (number !== LC_ALL && CATEGORIES[number] === undefined) throw newException(ERROR, 'unsupported locale setting');
  if (locale !== undefined && locale !== null) {
    const given = strArgument(locale, 'setlocale() argument 2');
    const name = localeName(given);
    const changed = name === undefined ? (number === LC_ALL ? mixedNames(given) : undefined) : names.map((old, i) => (number === LC_ALL || i === number ? name : old));
    if (changed === undefined) throw newException(ERROR, 'unsupported locale setting');
    names.splice(0, names.length, ...changed);
  }
  return number === LC_ALL ? allCategories(names) : names[number]!;
}

const CONVENTIONS: readonly (readonly [string, Value | 'list'])[] = [
  ['int_curr_symbol', ''], ['currency_symbol', ''], ['mon_decimal_point', ''], ['mon_thousands_sep', ''], ['mon_grouping', 'list'], ['positive_sign', ''],
  ['negative_sign', ''], ['int_frac_digits', CHAR_MAX], ['frac_digits', CHAR_MAX], ['p_cs_precedes', CHAR_MAX], ['p_sep_by_space', CHAR_MAX],
  ['n_cs_precedes', CHAR_MAX], ['n_sep_by_space', CHAR_MAX], ['p_sign_posn', CHAR_MAX], ['n_sign_posn', CHAR_MAX], ['decimal_point', '.'],
  ['thousands_sep', ''], ['grouping', 'list'],
];

function locale_localeconv(): Value {
  const result = newDict();
  for (const [name, value] of CONVENTIONS) tableSetStr(result.table, name, value === 'list' ? newList([]) : value);
  return result;
}

function locale_nl_langinfo(t: Thread, key: Value): Value {
  const number = intArgument(t, key, 0);
  const found = Object.values(LANGINFO).find((entry) => entry[0] === number);
  if (found === undefined) raiseValueError('unsupported langinfo constant');
  return number === LANGINFO.CODESET![0] && categoriesOf(t)[0] === 'C' ? 'ANSI_X3.4-1968' : found[1];
}

/** The table. Message catalogues (gettext and the like) are not offered: the library's `locale` does without them. */
export const LOCALE_MODULE: NativeModule = {
  name: '_locale',
  doc: 'Support for POSIX locales.',
  types: { Error: ERROR },
  functions: {
    getencoding: [() => 'UTF-8', '($module, /)', 'Get the current locale encoding.'],
    localeconv: [locale_localeconv, '($module, /)', 'Returns numeric and monetary locale-specific parameters.'],
    nl_langinfo: [locale_nl_langinfo, '($module, key, /)', 'Return the value for the locale information associated with key.'],
    setlocale: [locale_setlocale, '($module, category, locale=None, /)', 'Activates/queries locale processing.'],
    strcoll: [
      (_t: Thread, a: Value, b: Value) => Math.sign(strCompare(strArgument(a, 'strcoll() argument 1'), strArgument(b, 'strcoll() argument 2'))),
      '($module, os1, os2, /)', 'Compares two strings according to the locale.',
    ],
    strxfrm: [(_t: Thread, text: Value) => strArgument(text, 'strxfrm() argument'), '($module, string, /)', 'Return a string that can be used as a key for locale-aware comparisons.'],
  },
  attributes: () => ({
    CHAR_MAX, LC_ALL,
    ...Object.fromEntries(CATEGORIES.map((name, i) => [name, i])),
    ...Object.fromEntries(Object.entries(LANGINFO).map(([name, [number]]) => [name, number])),
  }),
};
