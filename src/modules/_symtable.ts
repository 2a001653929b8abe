/** `_symtable`: the compiler's symbol table as Python objects (Modules/symtablemodule.c). */
import { futureFeatures } from '../frontend/future.ts';
import { BLOCK, SCOPE, SCOPE_OFFSET, SYMBOL, type SymtableEntry } from '../frontend/symtable-entry.ts';
import { buildSymtable } from '../frontend/symtable.ts';
import { PySyntaxError } from '../frontend/errors.ts';
import type { ParseMode } from '../frontend/parser.ts';
import type { Thread } from '../core/thread.ts';
import { PyObject, type Value } from '../core/value.ts';
import { parseSource, syntaxErrorException } from '../interp/compile-source.ts';
import { lookupSpecial } from '../objects/attributes.ts';
import { bytesLike } from '../objects/buffer.ts';
import { call } from '../objects/call.ts';
import { tableSetStr } from '../objects/hash-table.ts';
import { newDict, newList } from '../objects/make.ts';
import { raiseTypeError, raiseValueError, typeName } from '../objects/raise.ts';
import { staticType } from '../objects/static-types.ts';
import { readyType, type GetSet } from '../objects/type-ready.ts';
import { asStr } from '../objects/type-of.ts';
import type { NativeModule } from './native-module.ts';

const ENTRY_TYPE = staticType('symtable entry', { disallowInstantiation: true });

/** Identities of entries, for `symtable`'s own tables: one per block object. */
let nextId = 1;

class PyEntry extends PyObject {
  readonly entry: SymtableEntry;
  readonly id = nextId++;
  readonly children: Value;
  readonly symbols = newDict();
  readonly varnames: Value;
  constructor(entry: SymtableEntry) {
    super(ENTRY_TYPE);
    this.entry = entry;
    this.children = newList(entry.children.map((child) => new PyEntry(child)));
    this.varnames = newList(entry.varnames.slice());
    for (const [name, bits] of entry.symbols) tableSetStr(this.symbols.table, name, bits);
  }
}

function reader(get: (self: PyEntry) => Value): GetSet {
  return { get: (_t, self) => get(self as PyEntry), member: true };
}

readyType(ENTRY_TYPE, {
  slots: { tp_repr: (_t, self: PyEntry) => `<symtable entry ${self.entry.name}(${self.id}), line ${self.entry.location.lineno}>` },
  getset: {
    id: reader((self) => self.id),
    name: reader((self) => self.entry.name),
    symbols: reader((self) => self.symbols),
    varnames: reader((self) => self.varnames),
    children: reader((self) => self.children),
    nested: reader((self) => (self.entry.nested ? 1 : 0)),
    type: reader((self) => self.entry.type),
    lineno: reader((self) => self.entry.location.lineno),
  },
});

function sourceText(t: Thread, source: Value): string | Uint8Array {
  const text = asStr(source);
  if (text !== undefined) return text;
  return bytesLike(t, source)?.slice() ?? raiseTypeError('symtable() arg 1 must be a string or bytes');
}

/** `os.fsdecode` of the argument. */
function fileName(t: Thread, value: Value): string {
  const method = asStr(value) === undefined ? lookupSpecial(t, value, '__fspath__') : undefined;
  const path = method === undefined ? value : call(t, method, []);
  const bytes = bytesLike(t, path);
  const text = asStr(path) ?? (bytes === undefined ? undefined : Buffer.from(bytes).toString('utf8'));
  return text ?? raiseTypeError(`expected str, bytes or os.PathLike object, not ${typeName(value)}`);
}

function symtable_symtable(t: Thread, source: Value, filename: Value, startstr: Value): Value {
  const mode = asStr(startstr);
  if (mode === undefined) raiseTypeError(`symtable() argument 3 must be str, not ${typeName(startstr)}`);
  if (mode !== 'exec' && mode !== 'eval' && mode !== 'single') raiseValueError("symtable() arg 3 must be 'exec' or 'eval' or 'single'");
  const file = fileName(t, filename);
  const tree = parseSource(t, sourceText(t, source), { filename: file, mode: mode as ParseMode, flags: 0, optimize: -1 });
  try {
    const future = futureFeatures(tree, file);
    return new PyEntry(buildSymtable(tree, { filename: file, flags: future.flags, future }).top);
  } catch (caught) {
    throw caught instanceof PySyntaxError ? syntaxErrorException(caught) : caught;
  }
}

function constants(): Record<string, Value> {
  const values: Record<string, Value> = { ...SYMBOL, SCOPE_OFF: SCOPE_OFFSET, SCOPE_MASK: 15 };
  for (const [name, number] of Object.entries(BLOCK)) values[`TYPE_${name}`] = number;
  for (const [name, number] of Object.entries(SCOPE)) if (number !== SCOPE.UNKNOWN) values[name] = number;
  return values;
}

/** The table. */
export const SYMTABLE_MODULE: NativeModule = {
  name: '_symtable',
  doc: '',
  attributes: constants,
  functions: { symtable: [symtable_symtable, '($module, source, filename, startstr, /)', 'Return symbol and scope dictionaries used internally by compiler.'] },
};
