/** `code`: the Python face of code objects (Objects/codeobject.c). */
import { ConstFrozenSet, ConstSlice, ConstTuple, CodeObject, replaceCode, type CodeFields, type Const } from '../bytecode/code.ts';
import { listInstructions } from '../bytecode/instruction-list.ts';
import { OP } from '../bytecode/opcodes.ts';
import { codeLines, codePositions } from '../bytecode/location-table.ts';
import { ConstBytes, ConstComplex, ConstEllipsis, ConstFloat, ELLIPSIS as CONST_ELLIPSIS } from '../base/constants.ts';
import { HashTable, PySet, PyTuple } from '../core/containers.ts';
import { PyCode } from '../core/function.ts';
import { PySlice } from '../core/range.ts';
import { PyBytes, PyComplex, PyFloat } from '../core/scalars.ts';
import { EQ, NE } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { CODE_CREATE } from '../core/watch.ts';
import { compareBool } from './compare.ts';
import { tableKeys, tableSet } from './hash-table.ts';
import { hashString } from './algorithms/hash.ts';
import { getIterator } from './iterate.ts';
import { ELLIPSIS, newBytes, newComplex, newFloat, newFrozenSet, newList, newTuple, NOT_IMPLEMENTED } from './make.ts';
import { raiseTypeError, raiseValueError, typeName } from './raise.ts';
import { newSlice } from './slice.ts';
import { CODE_TYPE } from './static-types.ts';
import { addressOf } from './text.ts';
import { readyType } from './type-ready.ts';
import { asInt, asStr } from './type-of.ts';

/** The interpreter's object for a code object; one per code object and interpreter. */
export function newCode(t: Thread, code: CodeObject): PyCode {
  const known = codes.get(code);
  if (known !== undefined) return known;
  const made = new PyCode(CODE_TYPE, code, ({ consts }) => consts.map((constant) => constToValue(t, constant)));
  codes.set(code, made);
  t.interpreter.codeWatch?.tell(CODE_CREATE, made);
  return made;
}

/** Declared cache: code objects of this worker (INV: one PyCode per CodeObject, so identity of code is kept). */
const codes = new WeakMap<CodeObject, PyCode>();

/** A host-neutral constant as a value. */
export function constToValue(t: Thread, constant: Const): Value {
  if (constant === null || typeof constant !== 'object') return constant;
  if (constant instanceof ConstFloat) return newFloat(constant.value);
  if (constant instanceof ConstComplex) return newComplex(constant.real, constant.imag);
  if (constant instanceof ConstBytes) return newBytes(constant.value);
  if (constant instanceof ConstEllipsis) return ELLIPSIS;
  if (constant instanceof ConstTuple) return newTuple(constant.items.map((item) => constToValue(t, item)));
  if (constant instanceof ConstSlice) return newSlice(constToValue(t, constant.start), constToValue(t, constant.stop), constToValue(t, constant.step));
  if (constant instanceof ConstFrozenSet) {
    const table = new HashTable();
    for (const item of constant.items) tableSet(t, table, constToValue(t, item), undefined);
    return newFrozenSet(table);
  }
  return newCode(t, constant);
}

/** A value as a host-neutral constant; raises TypeError for what a code object cannot hold. */
export function valueToConst(value: Value): Const {
  if (value === null || typeof value !== 'object') return value;
  if (value === ELLIPSIS) return CONST_ELLIPSIS;
  if (value instanceof PyFloat) return new ConstFloat(value.value);
  if (value instanceof PyComplex) return new ConstComplex(value.real, value.imag);
  if (value instanceof PyBytes) return new ConstBytes(value.value);
  if (value instanceof PyTuple) return new ConstTuple(value.items.map(valueToConst));
  if (value instanceof PySet) return new ConstFrozenSet(tableKeys(value.table).map(valueToConst));
  if (value instanceof PySlice) return new ConstSlice(valueToConst(value.start), valueToConst(value.stop), valueToConst(value.step));
  if (value instanceof PyCode) return value.code;
  return raiseTypeError(`code: constants must be constants, not ${typeName(value)}`);
}

const codeOf = (self: Value): CodeObject => (self as PyCode).code;
const names = (list: readonly string[]): Value => newTuple(list.slice());

/** Whether code tells lines only: `-X no_debug_ranges`, PYTHONNODEBUGRANGES. */
function withoutColumns(t: Thread): boolean {
  const { xoptions, environment } = t.interpreter.config;
  return xoptions.has('no_debug_ranges') || (environment.PYTHONNODEBUGRANGES ?? '') !== '';
}

function positions(t: Thread, self: PyCode): Value {
  const none = (value: number): Value => (value < 0 ? null : value);
  if (withoutColumns(t)) return getIterator(t, newList(codePositions(self.code).map((p) => newTuple([none(p.lineno), none(p.lineno), null, null]))));
  const rows = codePositions(self.code).map((p) => newTuple([none(p.lineno), none(p.endLineno), none(p.colOffset), none(p.endColOffset)]));
  return getIterator(t, newList(rows));
}

function lines(t: Thread, self: PyCode): Value {
  return getIterator(t, newList(codeLines(self.code).map((range) => newTuple([range.start * 2, range.end * 2, range.lineno]))));
}

/** Each branch with the places where it may go on: [source, left, right], in order of the code (of its end, for an `async for`). */
function branches(t: Thread, self: PyCode): Value {
  const rows: Value[] = [];
  for (const { at, op, oparg, next } of listInstructions(self.code)) {
    // NOT_TAKEN stands on the left way, END_FOR and POP_ITER on the right one.
    if (op === OP.FOR_ITER) rows.push(newTuple([at * 2, next * 2, (next + oparg + 2) * 2]));
    else if (op >= OP.POP_JUMP_IF_FALSE && op <= OP.POP_JUMP_IF_TRUE) rows.push(newTuple([at * 2, (next + 1) * 2, (next + oparg) * 2]));
    else if (op === OP.END_ASYNC_FOR) rows.push(newTuple([(next - oparg) * 2, (next - oparg + 2) * 2, next * 2]));
  }
  return getIterator(t, newList(rows));
}

const INT_FIELDS: Readonly<Record<string, keyof CodeFields>> = {
  co_argcount: 'argcount', co_posonlyargcount: 'posonlyargcount', co_kwonlyargcount: 'kwonlyargcount', co_stacksize: 'stacksize', co_flags: 'flags',
  co_firstlineno: 'firstlineno',
};
const STR_FIELDS: Readonly<Record<string, keyof CodeFields>> = { co_filename: 'filename', co_name: 'name', co_qualname: 'qualname' };
const BYTES_FIELDS: Readonly<Record<string, keyof CodeFields>> = { co_linetable: 'linetable', co_exceptiontable: 'exceptiontable' };

function wordsOf(bytes: Uint8Array): Uint16Array {
  if (bytes.length % 2 !== 0) raiseValueError('code: co_code is malformed');
  return Uint16Array.from({ length: bytes.length / 2 }, (_, i) => bytes[2 * i]! | (bytes[2 * i + 1]! << 8));
}

function strings(value: Value, what: string): string[] {
  if (!(value instanceof PyTuple)) raiseTypeError(`replace() argument '${what}' must be tuple, not ${typeName(value)}`);
  return value.items.map((item) => asStr(item) ?? raiseTypeError(`name tuples must contain only strings, not '${typeName(item)}'`));
}

function changeOf(name: string, value: Value): Partial<CodeFields> {
  if (name in INT_FIELDS) {
    const number = asInt(value);
    if (number === undefined) raiseTypeError(`'${typeName(value)}' object cannot be interpreted as an integer`);
    if (Number(number) < 0) raiseValueError(`code: ${name.slice(3)} must not be negative`);
    return { [INT_FIELDS[name]!]: Number(number) };
  }
  if (name in STR_FIELDS) return { [STR_FIELDS[name]!]: asStr(value) ?? raiseTypeError(`replace() argument '${name}' must be str, not ${typeName(value)}`) };
  if (name in BYTES_FIELDS) return { [BYTES_FIELDS[name]!]: bytesOf(name, value) };
  switch (name) {
    case 'co_code': return { words: wordsOf(bytesOf(name, value)) };
    case 'co_consts': return { consts: value instanceof PyTuple ? value.items.map(valueToConst) : raiseTypeError(`replace() argument 'co_consts' must be tuple, not ${typeName(value)}`) };
    case 'co_names': return { names: strings(value, name) };
    default: return raiseTypeError(`replace() got an unexpected keyword argument '${name}'`);
  }
}

function bytesOf(name: string, value: Value): Uint8Array {
  return value instanceof PyBytes ? value.value : raiseTypeError(`replace() argument '${name}' must be bytes, not ${typeName(value)}`);
}

const VARIABLE_FIELDS = ['co_varnames', 'co_cellvars', 'co_freevars', 'co_nlocals'];

function code_replace(t: Thread, self: PyCode, args: Value[], keywords: Map<string, Value>): Value {
  if (args.length > 0) raiseTypeError(`replace() takes no positional arguments`);
  let changes: Partial<CodeFields> = {};
  const variables = new Map<string, Value>();
  for (const [name, value] of keywords) {
    if (VARIABLE_FIELDS.includes(name)) variables.set(name, value);
    else changes = { ...changes, ...changeOf(name, value) };
  }
  if (variables.size > 0) changes = { ...changes, ...renamedVariables(self.code, variables) };
  return newCode(t, replaceCode(self.code, changes));
}

/** New local, cell and free variable names, of the same kinds as before. */
function renamedVariables(code: CodeObject, changes: ReadonlyMap<string, Value>): Partial<CodeFields> {
  const pick = (name: string, own: string[]): string[] => (changes.has(name) ? strings(changes.get(name)!, name) : own);
  const varnames = pick('co_varnames', code.varnames);
  const cells = pick('co_cellvars', code.cellvars);
  const free = pick('co_freevars', code.freevars);
  if (changes.has('co_nlocals') && Number(asInt(changes.get('co_nlocals'))) !== varnames.length) raiseValueError('code: co_nlocals != len(co_varnames)');
  const all = [...varnames, ...cells.filter((name) => !varnames.includes(name)), ...free];
  const kinds = Uint8Array.from(all, (name, i) => {
    const old = code.localsplusnames.indexOf(name);
    if (old >= 0) return code.localspluskinds[old]!;
    if (i < varnames.length) return code.localspluskinds[i] ?? 0x20;
    return cells.includes(name) ? 0x40 : 0x80;
  });
  return { localsplusnames: all, localspluskinds: kinds };
}

function sameCode(t: Thread, left: PyCode, right: PyCode): boolean {
  const a = left.code;
  const b = right.code;
  if (a === b) return true;
  const scalars: (keyof CodeObject)[] = ['name', 'argcount', 'posonlyargcount', 'kwonlyargcount', 'flags', 'firstlineno'];
  if (!scalars.every((field) => a[field] === b[field])) return false;
  if (a.words.length !== b.words.length || !a.words.every((word, i) => word === b.words[i])) return false;
  if (a.names.join('\0') !== b.names.join('\0') || a.localsplusnames.join('\0') !== b.localsplusnames.join('\0')) return false;
  if (Buffer.compare(a.linetable, b.linetable) !== 0 || Buffer.compare(a.exceptiontable, b.exceptiontable) !== 0) return false;
  const others = right.ready().consts;
  return left.ready().consts.length === others.length && left.consts.every((value, i) => sameConstant(t, value, others[i]!));
}

function sameConstant(t: Thread, left: Value, right: Value): boolean {
  return typeof left === typeof right && (typeof left !== 'object' || left === null || right === null || left.type === (right as { type: unknown }).type) && compareBool(t, left, right, EQ);
}

readyType(CODE_TYPE, {
  doc: 'Create a code object.  Not for mere mortals.',
  slots: {
    tp_repr: (_t, self: PyCode) => `<code object ${self.code.name} at ${addressOf(self)}, file "${self.code.filename}", line ${self.code.firstlineno}>`,
    tp_hash: (_t, self: PyCode) => hashString(`${self.code.name}:${self.code.firstlineno}:${self.code.words.length}`, 0),
    tp_richcompare: (t, self: PyCode, other, op) => {
      if (!(other instanceof PyCode) || (op !== EQ && op !== NE)) return NOT_IMPLEMENTED;
      return sameCode(t, self, other) === (op === EQ);
    },
  },
  methods: {
    replace: [code_replace, '!($self, /, *args, **changes)', 'Return a copy of the code object with new values for the specified fields.'],
    __replace__: [code_replace, '!($self, /, *args, **changes)', 'The same as replace().'],
    co_positions: [positions, '!($self, /)', 'Positions of the instructions.'],
    co_branches: [branches, '!($self, /)', 'Branches of the code with both ways on.'],
    co_lines: [lines, '!($self, /)', 'Ranges of instructions per line.'],
    _varname_from_oparg: [(_t: Thread, self: PyCode, oparg: Value) => self.code.localsplusnames[Number(asInt(oparg))] ?? raiseValueError('oparg out of range'), '!($self, oparg, /)', 'Name of a local variable.'],
  },
  getset: {
    co_argcount: { quiet: true, get: (_t, self) => codeOf(self).argcount, member: true },
    co_posonlyargcount: { quiet: true, get: (_t, self) => codeOf(self).posonlyargcount, member: true },
    co_kwonlyargcount: { quiet: true, get: (_t, self) => codeOf(self).kwonlyargcount, member: true },
    co_stacksize: { get: (_t, self) => codeOf(self).stacksize, member: true },
    co_flags: { quiet: true, get: (_t, self) => codeOf(self).flags, member: true },
    co_names: { get: (_t, self) => names(codeOf(self).names), member: true },
    co_filename: { quiet: true, get: (_t, self) => codeOf(self).filename, member: true },
    co_name: { quiet: true, get: (_t, self) => codeOf(self).name, member: true },
    co_qualname: { quiet: true, get: (_t, self) => codeOf(self).qualname, member: true },
    co_firstlineno: { quiet: true, get: (_t, self) => codeOf(self).firstlineno, member: true },
    co_linetable: { get: (_t, self) => newBytes(codeOf(self).linetable.slice()), member: true },
    co_exceptiontable: { get: (_t, self) => newBytes(codeOf(self).exceptiontable.slice()), member: true },
    co_consts: { get: (_t, self) => newTuple((self as PyCode).ready().consts.slice()), member: true },
    co_nlocals: { get: (_t, self) => codeOf(self).nlocals },
    co_varnames: { get: (_t, self) => names(codeOf(self).varnames) },
    co_cellvars: { get: (_t, self) => names(codeOf(self).cellvars) },
    co_freevars: { get: (_t, self) => names(codeOf(self).freevars) },
    co_code: { get: (_t, self) => newBytes(codeOf(self).codeBytes()) },
    _co_code_adaptive: { get: (_t, self) => newBytes(codeOf(self).codeBytes()) },
    co_lnotab: { get: (_t, self) => newBytes(codeOf(self).linetable.slice(0, 0)) },
  },
});

