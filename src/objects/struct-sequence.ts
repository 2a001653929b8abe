/** Struct sequences: tuples with named fields, as `sys.flags` and `os.stat_result` (Objects/structseq.c). */
import { PyDict, PyTuple } from '../core/containers.ts';
import { PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { tableGetStr, tableSetStr } from './hash-table.ts';
import { toArray } from './iterate.ts';
import { newDict, newTuple } from './make.ts';
import { raiseTypeError, raiseValueError } from './raise.ts';
import { staticType, TUPLE_TYPE } from './static-types.ts';
import { repr } from './text.ts';
import { readyType, type GetSet } from './type-ready.ts';

/** Fields behind the visible items, by instance. */
const hiddenFields = new WeakMap<PyTuple, readonly Value[]>();

/** What a struct sequence type consists of. */
export interface StructSequenceOptions {
  readonly module: string;
  readonly doc?: string;
  /** Names of the items, in order. */
  readonly fields: readonly string[];
  /** Names of fields that are attributes only, behind the items. */
  readonly hidden?: readonly string[];
}

/** Declared registry: how instances of each struct sequence type are laid out. */
const layouts = new WeakMap<PyType, StructSequenceOptions>();

/** Makes a struct sequence type. */
export function structSequenceType(name: string, options: StructSequenceOptions): PyType {
  const type = staticType(name, { base: TUPLE_TYPE, module: options.module });
  layouts.set(type, options);
  const hidden = options.hidden ?? [];
  const getset: Record<string, GetSet> = {};
  options.fields.forEach((field, i) => (getset[field] = { get: (_t, self) => (self as PyTuple).items[i], member: true }));
  hidden.forEach((field, i) => (getset[field] = { get: (_t, self) => hiddenFields.get(self as PyTuple)?.[i] ?? null, member: true }));
  readyType(type, {
    doc: options.doc ?? '',
    getset,
    slots: {
      tp_new: (t, cls, args, keywords) => construct(t, cls, args.slice(0, args.length - (keywords?.length ?? 0)), options),
      tp_repr: (t, self: PyTuple) => `${options.module === 'builtins' ? '' : `${options.module}.`}${name}(${options.fields.map((field, i) => `${field}=${repr(t, self.items[i]!)}`).join(', ')})`,
    },
    methods: {
      __reduce__: [(_t: Thread, self: PyTuple) => newTuple([self.type, newTuple([newTuple(self.items.slice()), hiddenDict(self, hidden)])]), '!($self, /)', 'Helper for pickle.'],
      __replace__: [(t: Thread, self: PyTuple, _args: Value[], changes: Map<string, Value>) => replaced(t, self, changes, options), '!($self, /, *args, **changes)', 'Return a copy with new field values.'],
    },
    attributes: {
      n_fields: options.fields.length + hidden.length, n_sequence_fields: options.fields.length, n_unnamed_fields: 0,
      __match_args__: newTuple(options.fields.slice()),
    },
  });
  return type;
}

/** The values behind the items of an instance. */
export function structFields(self: PyTuple): readonly Value[] {
  return hiddenFields.get(self) ?? [];
}

function hiddenDict(self: PyTuple, names: readonly string[]): PyDict {
  const dict = newDict();
  names.forEach((name, i) => tableSetStr(dict.table, name, hiddenFields.get(self)?.[i] ?? null));
  return dict;
}

/** An instance; `hidden` are the values behind the items. */
export function newStructSequence(type: PyType, items: Value[], hidden: readonly Value[] = []): PyTuple {
  const made = new PyTuple(type, items);
  if (hidden.length > 0) hiddenFields.set(made, hidden);
  return made;
}

function construct(t: Thread, type: PyType, args: readonly Value[], options: StructSequenceOptions): Value {
  if (args.length < 1 || args.length > 2) raiseTypeError(`${type.name}() takes at least 1 argument (${args.length} given)`);
  const given = toArray(t, args[0]!);
  const hidden = options.hidden ?? [];
  const least = options.fields.length;
  const most = least + hidden.length;
  if (given.length < least || given.length > most) {
    const bound = least === most ? `${least}-sequence` : given.length < least ? `at least ${least}-sequence` : `at most ${most}-sequence`;
    raiseTypeError(`${options.module}.${type.name}() takes ${least === most ? 'a ' : ''}${bound} (${given.length}-sequence given)`);
  }
  const extra = args[1];
  if (extra !== undefined && !(extra instanceof PyDict)) raiseTypeError(`${options.module}.${type.name}() takes a dict as second arg, if any`);
  const rest = hidden.map((name, i): Value => given[least + i] ?? (extra instanceof PyDict ? tableGetStr(extra.table, name) ?? null : null));
  return newStructSequence(type, given.slice(0, least), rest);
}

function replaced(_t: Thread, self: PyTuple, changes: ReadonlyMap<string, Value>, options: StructSequenceOptions): Value {
  const items = self.items.slice();
  const hidden = (hiddenFields.get(self) ?? []).slice();
  for (const [name, value] of changes) {
    const at = options.fields.indexOf(name);
    const behind = (options.hidden ?? []).indexOf(name);
    if (at >= 0) items[at] = value;
    else if (behind >= 0) hidden[behind] = value;
    else raiseValueError(`Got unexpected field name(s): ['${name}']`);
  }
  return newStructSequence(self.type, items, hidden);
}

