/** What the type parameters of `_typing` share: unions, calls into `typing`, lazily evaluated values. Source: CPython Objects/typevarobject.c. */
import { topFrame, type Thread } from '../../core/thread.ts';
import { PyObject, PySingleton, type Maybe, type Value } from '../../core/value.ts';
import { getAttr } from '../../objects/attributes.ts';
import { call } from '../../objects/call.ts';
import { tableGetStr } from '../../objects/hash-table.ts';
import { importModule } from '../../objects/import-hook.ts';
import { newTuple } from '../../objects/make.ts';
import { raiseTypeError } from '../../objects/raise.ts';
import { staticType, UNION_TYPE } from '../../objects/static-types.ts';
import { getItem } from '../../objects/subscript.ts';
import { repr } from '../../objects/text.ts';
import { asInt } from '../../objects/type-of.ts';
import { readyType, type MethodRow } from '../../objects/type-ready.ts';
import { typeRepr } from '../../objects/typing-parameters.ts';

/** `annotationlib.Format.VALUE` and `STRING`. */
const VALUE_FORMAT = 1;
const STRING_FORMAT = 4;

const NO_DEFAULT_TYPE = staticType('NoDefaultType', { module: 'typing' });
/** `typing.NoDefault` */
export const NO_DEFAULT = new PySingleton(NO_DEFAULT_TYPE, 'NoDefault');
readyType(NO_DEFAULT_TYPE, {
  doc: 'The type of the NoDefault singleton.',
  slots: {
    tp_new: (_t, _type, args) => (args.length > 0 ? raiseTypeError('NoDefaultType takes no arguments') : NO_DEFAULT),
    tp_repr: () => 'typing.NoDefault',
  },
  methods: { __reduce__: [() => 'NoDefault', '!($self, /)', ''] },
});

const CONST_EVALUATOR_TYPE = staticType('_ConstEvaluator', { module: '_typing', disallowInstantiation: true });

/** An evaluate function for a value that is there already. */
class PyConstEvaluator extends PyObject {
  readonly value: Value;
  constructor(value: Value) {
    super(CONST_EVALUATOR_TYPE);
    this.value = value;
  }
}

readyType(CONST_EVALUATOR_TYPE, {
  slots: {
    tp_call: (t, self: PyConstEvaluator, args) => (asInt(args[0]) === STRING_FORMAT ? typeRepr(t, self.value) : self.value),
    tp_repr: (t, self: PyConstEvaluator) => `<constevaluator ${repr(t, self.value)}>`,
  },
});

/** A value that is known, or comes from an evaluate function on first use. */
export class Lazy {
  private value: Maybe;
  private readonly evaluate: Maybe;
  constructor(value: Maybe, evaluate: Maybe) {
    this.value = value;
    this.evaluate = evaluate;
  }

  get isSet(): boolean {
    return this.value !== undefined || this.evaluate !== undefined;
  }

  /** The value; `fallback` when there is none. */
  get(t: Thread, fallback: Value): Value {
    if (this.value !== undefined) return this.value;
    if (this.evaluate === undefined) return fallback;
    return (this.value = call(t, this.evaluate, [VALUE_FORMAT]));
  }

  /** The evaluate function, or None. */
  get evaluator(): Value {
    if (this.evaluate !== undefined) return this.evaluate;
    return this.value === undefined ? null : new PyConstEvaluator(this.value);
  }
}

/** An argument of an intrinsic: None means that there is no function. */
export function lazyFrom(evaluate: Value): Lazy {
  return new Lazy(undefined, evaluate === null ? undefined : evaluate);
}

/** `typing.name(*args)` */
export function callTyping(t: Thread, name: string, args: Value[], keywords: string[] | null = null): Value {
  return call(t, getAttr(t, importModule(t, 'typing'), name), args, keywords);
}

/** `typing.Unpack[value]` */
export function unpack(t: Thread, value: Value): Value {
  return getItem(t, getAttr(t, importModule(t, 'typing'), 'Unpack'), value);
}

/** `left | right` for type parameters. */
export function unionOf(t: Thread, left: Value, right: Value): Value {
  return getItem(t, UNION_TYPE, newTuple([left, right]));
}

/** The `__name__` of the module whose code runs, or undefined. */
export function callerModule(t: Thread): Maybe {
  return topFrame(t) === null ? undefined : tableGetStr(topFrame(t)!.globals.table, '__name__');
}

/** `__mro_entries__` of what must not be a base class. */
export function refuseSubclassing(name: string): MethodRow {
  return [() => raiseTypeError(`Cannot subclass an instance of ${name}`), '($self, bases, /)', ''];
}
