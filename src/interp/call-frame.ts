/** From a call to a frame: binding of positional and keyword arguments to the parameters of a Python function (initialize_locals in Python/ceval.c). */
import { CO, type CodeObject } from '../bytecode/code.ts';
import { PyDict, type HashTable, type PyTuple } from '../core/containers.ts';
import { Frame, type PyCode, type PyFunction } from '../core/function.ts';
import type { KeywordNames } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import { tableGetStr, tableKeys, tableSetStr } from '../objects/hash-table.ts';
import { newDict, newTuple } from '../objects/make.ts';
import { raiseTypeError } from '../objects/raise.ts';
import { asStr } from '../objects/type-of.ts';

/** A frame for a call whose arguments are exactly the positional parameters. @hot every simple call */
export function simpleFrame(func: PyFunction, args: readonly Maybe[], start: number, count: number): Frame {
  const code = func.code;
  const stack = new Array<Maybe>(code.frameSize);
  for (let i = 0; i < count; i++) stack[i] = args[start + i];
  return new Frame(code, func, null, stack);
}

/** A frame for a call with `args`, whose last `keywords.length` entries are keyword values. Raises TypeError as CPython words it. */
export function bindFrame(_t: Thread, func: PyFunction, args: readonly Value[], keywords: KeywordNames): Frame {
  const code = func.code;
  if (keywords === null && code.simpleArgcount === args.length) return simpleFrame(func, args, 0, args.length);
  // A function made of a module's code has its globals for locals.
  return new Frame(code, func, (code.code.flags & CO.OPTIMIZED) === 0 ? func.globals : null, bindStack(func, args, keywords));
}

/** The locals of a call as they are when it begins, with room for its stack. Raises TypeError as CPython words it. */
export function bindStack(func: PyFunction, args: readonly Value[], keywords: KeywordNames): Maybe[] {
  const code = func.code;
  const given = args.length - (keywords === null ? 0 : keywords.length);
  const c = code.code;
  const stack = new Array<Maybe>(code.frameSize);
  const total = c.argcount + c.kwonlyargcount;
  const direct = Math.min(given, c.argcount);
  for (let i = 0; i < direct; i++) stack[i] = args[i];
  let extra = total;
  if ((c.flags & CO.VARARGS) !== 0) stack[extra++] = newTuple(args.slice(direct, given) as Value[]);
  const keywordDict = (c.flags & CO.VARKEYWORDS) !== 0 ? newDict() : null;
  if (keywordDict !== null) stack[extra] = keywordDict;
  if (keywords !== null) bindKeywords(func, stack, args, given, keywords, keywordDict);
  if (given > c.argcount && (c.flags & CO.VARARGS) === 0) raiseTooMany(func, stack, given);
  if (given < c.argcount) fillDefaults(func, stack, given);
  if (c.kwonlyargcount > 0) fillKeywordDefaults(func, stack);
  return stack;
}

/** As `bindStack`, for `func(self, *items, **table)`; null where anything is wrong: `bindStack` says what. */
export function bindUnpacked(func: PyFunction, self: Maybe, items: readonly Value[], table: HashTable): Maybe[] | null {
  const { code } = func;
  const c = code.code;
  const first = self === undefined ? 0 : 1;
  const given = items.length + first;
  if ((c.flags & CO.OPTIMIZED) === 0 || (given > c.argcount && (c.flags & CO.VARARGS) === 0)) return null;
  const stack = new Array<Maybe>(code.frameSize);
  if (self !== undefined && c.argcount > 0) stack[0] = self;
  for (let i = first; i < given && i < c.argcount; i++) stack[i] = items[i - first];
  const total = c.argcount + c.kwonlyargcount;
  if ((c.flags & CO.VARARGS) !== 0) stack[total] = newTuple(c.argcount === 0 && self !== undefined ? [self, ...items] : items.slice(Math.max(0, c.argcount - first)));
  if (!placeKeywords(c, stack, table)) return null;
  for (let i = Math.min(given, c.argcount); i < total; i++) {
    if (stack[i] === undefined) stack[i] = defaultOf(func, i);
    if (stack[i] === undefined) return null;
  }
  return stack;
}

/** The default of a parameter, undefined where it has none. */
function defaultOf({ code, defaults, kwdefaults }: PyFunction, index: number): Maybe {
  const { argcount, localsplusnames } = code.code;
  if (index >= argcount) return kwdefaults === null ? undefined : tableGetStr(kwdefaults.table, localsplusnames[index]!);
  const first = defaults === null ? argcount : argcount - defaults.items.length;
  return index < first ? undefined : defaults!.items[index - first];
}

/** Puts the items of a dict into the slots of their parameters, what is left over into `**kwargs`; false where one has no place. */
function placeKeywords(c: CodeObject, stack: Maybe[], { keys, values }: HashTable): boolean {
  const total = c.argcount + c.kwonlyargcount;
  const names = c.localsplusnames;
  const rest = (c.flags & CO.VARKEYWORDS) === 0 ? null : newDict();
  if (rest !== null) stack[total + ((c.flags & CO.VARARGS) === 0 ? 0 : 1)] = rest;
  for (let k = 0; k < keys.length; k++) {
    const key = keys[k];
    if (key === undefined) continue;
    if (typeof key !== 'string') return false;
    let index = c.posonlyargcount;
    while (index < total && names[index] !== key) index++;
    if (index < total) {
      if (stack[index] !== undefined) return false;
      stack[index] = values[k];
    } else if (rest === null) return false;
    else tableSetStr(rest.table, key, values[k]!);
  }
  return true;
}

/** A frame for a call whose arguments are bound already: one value for each parameter, in the order of the locals. */
export function boundFrame(func: PyFunction, parameters: readonly Maybe[]): Frame {
  const frame = simpleFrame(func, parameters, 0, parameters.length);
  if ((func.code.code.flags & CO.OPTIMIZED) === 0) frame.locals = func.globals;
  return frame;
}

/** The call that binds to `parameters` of `code`: for functions that are entered in another way than the interpreter's own, or have other code by now. */
export function unbindArguments({ code }: PyCode, parameters: readonly Maybe[]): { args: Value[]; keywords: KeywordNames } {
  const { argcount, kwonlyargcount, flags, localsplusnames } = code;
  const total = argcount + kwonlyargcount;
  const args = parameters.slice(0, argcount) as Value[];
  if ((flags & CO.VARARGS) !== 0) args.push(...(parameters[total] as PyTuple).items);
  const keywords = localsplusnames.slice(argcount, total);
  args.push(...(parameters.slice(argcount, total) as Value[]));
  if ((flags & CO.VARKEYWORDS) !== 0) {
    const { table } = parameters.at(-1) as PyDict;
    for (const name of tableKeys(table).map((key) => asStr(key)!)) {
      keywords.push(name);
      args.push(tableGetStr(table, name)!);
    }
  }
  return { args, keywords: keywords.length === 0 ? null : keywords };
}

function bindKeywords(func: PyFunction, stack: Maybe[], args: readonly Value[], given: number, keywords: readonly string[], rest: PyDict | null): void {
  const c = func.code.code;
  const total = c.argcount + c.kwonlyargcount;
  const names = c.localsplusnames;
  for (let k = 0; k < keywords.length; k++) {
    const keyword = keywords[k]!;
    const value = args[given + k]!;
    let index = -1;
    for (let i = c.posonlyargcount; i < total; i++) {
      if (names[i] === keyword) {
        index = i;
        break;
      }
    }
    if (index < 0) {
      if (rest === null) raiseUnexpectedKeyword(func, keyword, keywords);
      tableSetStr(rest.table, keyword, value);
    } else {
      if (stack[index] !== undefined) raiseTypeError(`${func.qualname}() got multiple values for argument '${keyword}'`);
      stack[index] = value;
    }
  }
}

function raiseUnexpectedKeyword(func: PyFunction, keyword: string, keywords: readonly string[]): never {
  const c = func.code.code;
  const positionalOnly = keywords.filter((name) => c.localsplusnames.slice(0, c.posonlyargcount).includes(name));
  if (positionalOnly.length > 0) {
    raiseTypeError(`${func.qualname}() got some positional-only arguments passed as keyword arguments: '${positionalOnly.join(', ')}'`);
  }
  const possible = c.localsplusnames.slice(c.posonlyargcount, c.argcount + c.kwonlyargcount);
  const suggestion = suggestName(keyword, possible);
  raiseTypeError(`${func.qualname}() got an unexpected keyword argument '${keyword}'${suggestion === null ? '' : `. Did you mean '${suggestion}'?`}`);
}

/** The closest of `candidates` by CPython's weighted edit distance, or null (Python/suggestions.c). */
export function suggestName(name: string, candidates: readonly string[]): string | null {
  let best: string | null = null;
  let bestDistance = Infinity;
  for (const candidate of candidates) {
    if (candidate === name) continue;
    const limit = Math.min(Math.floor(((name.length + candidate.length + 3) * MOVE_COST) / 6), bestDistance - 1);
    const distance = editDistance(name, candidate);
    if (distance <= limit && distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

const MOVE_COST = 2;
const CASE_COST = 1;

function substitutionCost(a: string, b: string): number {
  if (a === b) return 0;
  return a.toLowerCase() === b.toLowerCase() ? CASE_COST : MOVE_COST;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i * MOVE_COST);
  for (let i = 1; i <= a.length; i++) {
    const next = [i * MOVE_COST];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j]! + MOVE_COST, next[j - 1]! + MOVE_COST, row[j - 1]! + substitutionCost(a[i - 1]!, b[j - 1]!)));
    }
    row = next;
  }
  return row[b.length]!;
}

function raiseTooMany(func: PyFunction, stack: readonly Maybe[], given: number): never {
  const c = func.code.code;
  const defaults = func.defaults === null ? 0 : func.defaults.items.length;
  const plural = defaults > 0 ? true : c.argcount !== 1;
  const takes = defaults > 0 ? `from ${c.argcount - defaults} to ${c.argcount}` : String(c.argcount);
  let keywordOnlyGiven = 0;
  for (let i = c.argcount; i < c.argcount + c.kwonlyargcount; i++) if (stack[i] !== undefined) keywordOnlyGiven++;
  const keywordText = keywordOnlyGiven === 0 ? '' : ` positional argument${given === 1 ? '' : 's'} (and ${keywordOnlyGiven} keyword-only argument${keywordOnlyGiven === 1 ? '' : 's'})`;
  const verb = given === 1 && keywordOnlyGiven === 0 ? 'was' : 'were';
  raiseTypeError(`${func.qualname}() takes ${takes} positional argument${plural ? 's' : ''} but ${given}${keywordText} ${verb} given`);
}

function fillDefaults(func: PyFunction, stack: Maybe[], given: number): void {
  const c = func.code.code;
  const defaults = func.defaults === null ? [] : func.defaults.items;
  const firstDefault = c.argcount - defaults.length;
  const missing: string[] = [];
  for (let i = given; i < firstDefault; i++) if (stack[i] === undefined) missing.push(c.localsplusnames[i]!);
  if (missing.length > 0) raiseMissing(func, missing, 'positional');
  for (let i = Math.max(given, firstDefault); i < c.argcount; i++) if (stack[i] === undefined) stack[i] = defaults[i - firstDefault];
}

function fillKeywordDefaults(func: PyFunction, stack: Maybe[]): void {
  const c = func.code.code;
  const missing: string[] = [];
  for (let i = c.argcount; i < c.argcount + c.kwonlyargcount; i++) {
    if (stack[i] !== undefined) continue;
    const name = c.localsplusnames[i]!;
    const value = func.kwdefaults === null ? undefined : tableGetStr(func.kwdefaults.table, name);
    if (value === undefined) missing.push(name);
    else stack[i] = value;
  }
  if (missing.length > 0) raiseMissing(func, missing, 'keyword-only');
}

function raiseMissing(func: PyFunction, missing: readonly string[], kind: string): never {
  const quoted = missing.map((name) => `'${name}'`);
  const last = quoted.pop()!;
  const list = quoted.length === 0 ? last : quoted.length === 1 ? `${quoted[0]} and ${last}` : `${quoted.join(', ')}, and ${last}`;
  raiseTypeError(`${func.qualname}() missing ${missing.length} required ${kind} argument${missing.length === 1 ? '' : 's'}: ${list}`);
}
