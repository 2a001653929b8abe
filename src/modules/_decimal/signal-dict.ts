/** The mapping from signals to booleans that `context.flags` and `context.traps` are. */
import { PyDict, PyList } from '../../core/containers.ts';
import { EQ, NE, type PyType } from '../../core/type.ts';
import type { Thread } from '../../core/thread.ts';
import { PyObject, type Maybe, type Value } from '../../core/value.ts';
import { call } from '../../objects/call.ts';
import { getAttr } from '../../objects/attributes.ts';
import { equalityResult } from '../../objects/compare.ts';
import { KeyError } from '../../objects/exception-types.ts';
import { tableSet, tableNext } from '../../objects/hash-table.ts';
import { importModule } from '../../objects/import-hook.ts';
import { getIterator } from '../../objects/iterate.ts';
import { newDict, newTuple, NOT_IMPLEMENTED } from '../../objects/make.ts';
import { isRaised, raise, raiseTypeError, raiseValueError } from '../../objects/raise.ts';
import { staticType, TYPE_TYPE } from '../../objects/static-types.ts';
import { repr } from '../../objects/text.ts';
import { isTrue } from '../../objects/truth.ts';
import { readyType } from '../../objects/type-ready.ts';
import type { PyDecimalContext } from './records.ts';
import { SIGNALS } from './signals.ts';

const MIXIN_TYPE = staticType('SignalDictMixin', { module: 'decimal', baseType: true });
const VALID_SIGNALS = 'valid values for signals are:\n  [InvalidOperation, FloatOperation, DivisionByZero,\n   Overflow, Underflow, Subnormal, Inexact, Rounded,\n   Clamped]';

class PySignalDict extends PyObject {
  context: PyDecimalContext | null = null;
  field: 'flags' | 'traps' = 'flags';
}

function bitsOf(self: PySignalDict): number {
  return self.context === null ? raiseValueError('invalid signal dict') : self.context[self.field];
}

/** The bits of a signal class; raises KeyError for others. */
export function signalBits(key: Value): number {
  const row = SIGNALS.find(([type]) => type === key);
  return row === undefined ? raise(KeyError, VALID_SIGNALS) : row[1];
}

/** Bits of a list of signal classes. */
function bitsOfList(list: PyList): number {
  return list.items.reduce<number>((bits, item) => bits | signalBits(item), 0);
}

function bitsOfDict(t: Thread, dict: PyDict): number {
  const { table } = dict;
  if (table.used !== SIGNALS.length) raise(KeyError, 'invalid signal dict');
  let bits = 0;
  for (let entry = tableNext(table, 0); entry >= 0; entry = tableNext(table, entry + 1)) {
    const own = signalBits(table.keys[entry]!);
    if (isTrue(t, table.values[entry]!)) bits |= own;
  }
  return bits;
}

/** The bits of a dict, for comparison: undefined when it is no dict of exactly the signals. */
function comparedBits(t: Thread, dict: PyDict): number | undefined {
  try {
    return bitsOfDict(t, dict);
  } catch (caught) {
    if (isRaised(caught, KeyError)) return undefined;
    throw caught;
  }
}

/** What an assignment to `flags` or `traps` means; a list only where `lists` says so. */
export function signalsArgument(t: Thread, value: Value, lists: boolean): number {
  if (lists && value instanceof PyList) return bitsOfList(value);
  if (value instanceof PySignalDict) return bitsOf(value);
  return value instanceof PyDict ? bitsOfDict(t, value) : raiseTypeError('argument must be a signal dict');
}

function asDict(t: Thread, self: PySignalDict): PyDict {
  const bits = bitsOf(self);
  const dict = newDict();
  for (const [type, own] of SIGNALS) tableSet(t, dict.table, type, (bits & own) !== 0);
  return dict;
}

function setSignal(t: Thread, self: PySignalDict, key: Value, value: Maybe): void {
  if (value === undefined) raiseValueError('signal keys cannot be deleted');
  const own = signalBits(key);
  const bits = bitsOf(self);
  self.context![self.field] = isTrue(t, value) ? bits | own : bits & ~own;
}

readyType(MIXIN_TYPE, {
  slots: {
    tp_alloc: (type) => new PySignalDict(type),
    tp_new: (_t: Thread, type: PyType) => new PySignalDict(type),
    // One made by a program belongs to no context: every use of it raises ValueError.
    tp_init: () => undefined,
    tp_repr: (t, self: PySignalDict) => {
      const bits = bitsOf(self);
      return `{${SIGNALS.map(([type, own]) => `${repr(t, type)}:${(bits & own) !== 0 ? 'True' : 'False'}`).join(', ')}}`;
    },
    tp_iter: (t, self: PySignalDict) => {
      bitsOf(self);
      return getIterator(t, newTuple(SIGNALS.map(([type]) => type)));
    },
    mp_length: (_t, self: PySignalDict) => (bitsOf(self), SIGNALS.length),
    mp_subscript: (_t, self: PySignalDict, key) => {
      const own = signalBits(key);
      return (bitsOf(self) & own) !== 0;
    },
    mp_ass_subscript: setSignal,
    tp_richcompare: (t, self: PySignalDict, other, op) => {
      if (op !== EQ && op !== NE) return NOT_IMPLEMENTED;
      if (!(other instanceof PySignalDict) && !(other instanceof PyDict)) return NOT_IMPLEMENTED;
      const own = bitsOf(self);
      return equalityResult(own === (other instanceof PySignalDict ? bitsOf(other) : comparedBits(t, other)), op);
    },
  },
  methods: {
    copy: [asDict, '($self, /)', 'The signals as a dict.'],
    __copy__: [asDict, '($self, /)', ''],
  },
  attributes: { __hash__: null },
});

/** Makes the class: the behaviour here, the rest of a mapping from `collections.abc`. */
export function makeSignalDictType(t: Thread): Value {
  const mapping = getAttr(t, importModule(t, 'collections.abc'), 'MutableMapping');
  return call(t, TYPE_TYPE, ['SignalDict', newTuple([MIXIN_TYPE, mapping]), newDict()]);
}

/** The view of a context's flags or traps. */
export function newSignalDict(type: PyType, context: PyDecimalContext, field: 'flags' | 'traps'): Value {
  const made = new PySignalDict(type);
  made.context = context;
  made.field = field;
  return made;
}
