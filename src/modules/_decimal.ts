/** `_decimal` (Modules/_decimal): the General Decimal Arithmetic Specification, with libmpdec's limits of a 64-bit machine. */
import type { Thread } from '../core/thread.ts';
import type { PyModule } from '../core/instance.ts';
import { PyObject, type Maybe, type Value } from '../core/value.ts';
import { MAX_EMAX, MAX_PREC, MIN_EMIN, MIN_ETINY, ROUNDINGS } from '../objects/algorithms/decimal/context.ts';
import { getAttr, setAttr } from '../objects/attributes.ts';
import { call, callMethod } from '../objects/call.ts';
import { tableSetStr } from '../objects/hash-table.ts';
import { importModule } from '../objects/import-hook.ts';
import { toIndex } from '../objects/operators.ts';
import { raiseTypeError, raiseValueError } from '../objects/raise.ts';
import { staticType } from '../objects/static-types.ts';
import { readyType } from '../objects/type-ready.ts';
import { applyKeywords } from './_decimal/context.ts';
import './_decimal/decimal.ts';
import { CONTEXT_TYPE, copyContext, currentContext, DECIMAL_TYPE, PyDecimalContext, setCurrentContext, templates } from './_decimal/records.ts';
import { EXCEPTIONS } from './_decimal/signals.ts';
import type { NativeModule } from './native-module.ts';

const CONTEXT_MANAGER_TYPE = staticType('ContextManager', { module: 'decimal', disallowInstantiation: true });
const IEEE_MAX_BITS = 512;

class PyContextManager extends PyObject {
  readonly local: PyDecimalContext;
  readonly saved: PyDecimalContext;
  constructor(local: PyDecimalContext, saved: PyDecimalContext) {
    super(CONTEXT_MANAGER_TYPE);
    this.local = local;
    this.saved = saved;
  }
}

readyType(CONTEXT_MANAGER_TYPE, {
  methods: {
    __enter__: [(t: Thread, self: PyContextManager) => { setCurrentContext(t, self.local); return self.local; }, '($self, /)', ''],
    __exit__: [(t: Thread, self: PyContextManager) => { setCurrentContext(t, self.saved); return false; }, '!($self, /, *args)', ''],
  },
});

function localcontext(t: Thread, ctx: Maybe, keywords: Map<string, Value>): Value {
  const saved = currentContext(t);
  const source = ctx === undefined || ctx === null ? saved : ctx;
  if (!(source instanceof PyDecimalContext)) raiseTypeError('optional argument must be a context');
  const local = copyContext(source);
  applyKeywords(t, local, keywords);
  return new PyContextManager(local, saved);
}

/** The context of an IEEE 754 interchange format. */
function IEEEContext(t: Thread, bits: Value): Value {
  const given = toIndex(t, bits);
  if (given <= 0 || given > IEEE_MAX_BITS || Number(given) % 32 !== 0) raiseValueError(`argument must be a multiple of 32, with a maximum of ${IEEE_MAX_BITS}`);
  const width = Number(given);
  const context = new PyDecimalContext(CONTEXT_TYPE);
  const emax = 3 * 2 ** (width / 16 + 3);
  return Object.assign(context, { prec: 9 * (width / 32) - 2, emax, emin: 1 - emax, clamp: 1, traps: 0 });
}

function addLibraryParts(t: Thread, module: PyModule): void {
  const namedTuple = call(t, getAttr(t, importModule(t, 'collections'), 'namedtuple'), ['DecimalTuple', 'sign digits exponent']);
  setAttr(t, namedTuple, '__module__', 'decimal');
  tableSetStr(module.dict.table, 'DecimalTuple', namedTuple);
  callMethod(t, getAttr(t, importModule(t, 'numbers'), 'Number'), 'register', DECIMAL_TYPE);
}

/** The table. */
export const DECIMAL_MODULE: NativeModule = {
  name: '_decimal',
  doc: 'C decimal arithmetic module',
  functions: {
    getcontext: [(t: Thread) => currentContext(t), '($module, /)', 'Get the current default context.'],
    setcontext: [(t: Thread, context: Value) => setCurrentContext(t, context), '($module, context, /)', 'Set a new default context.'],
    localcontext: [localcontext, '($module, /, ctx=None, **kwargs)', 'Return a context manager for a copy of the supplied context.\n\nThat will set the default context to a copy of ctx on entry to the\nwith-statement and restore the previous default context when exiting\nthe with-statement. If no context is supplied, a copy of the current\ndefault context is used.'],
    IEEEContext: [IEEEContext, '($module, bits, /)', 'Return a context object initialized to the proper values for one of the IEEE\ninterchange formats.  The argument must be a multiple of 32 and less than\nIEEE_CONTEXT_MAX_BITS.'],
  },
  types: { Decimal: DECIMAL_TYPE, Context: CONTEXT_TYPE, ...EXCEPTIONS },
  attributes: (t) => ({
    ...Object.fromEntries(ROUNDINGS.map((name) => [name, name])),
    MAX_PREC, MAX_EMAX, MIN_EMIN, MIN_ETINY, IEEE_CONTEXT_MAX_BITS: IEEE_MAX_BITS, HAVE_THREADS: true, HAVE_CONTEXTVAR: true,
    __version__: '1.70', __libmpdec_version__: '2.5.1',
    DefaultContext: templates(t).defaults, BasicContext: templates(t).basic, ExtendedContext: templates(t).extended,
  }),
  exec: addLibraryParts,
};
