/** `classmethod` and `staticmethod` (Objects/funcobject.c). */
import { PyType, type KeywordNames } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import { PyObject, type Maybe, type Value } from '../core/value.ts';
import { bindMethod, dictOf, lookupAttr, setAttr } from './attributes.ts';
import { call } from './call.ts';
import { raiseTypeError } from './raise.ts';
import { CLASSMETHOD_TYPE, STATICMETHOD_TYPE } from './static-types.ts';
import { repr } from './text.ts';
import { isTrue } from './truth.ts';
import { typeOf } from './type-of.ts';
import { PyStaticMethod, readyType } from './type-ready.ts';
import { setDict } from './instance-dict.ts';

/** `classmethod`. */
export class PyClassMethod extends PyObject {
  callable: Value;
  constructor(type: PyType, callable: Value) {
    super(type);
    this.callable = callable;
  }
}

type Wrapped = PyClassMethod | PyStaticMethod;

const COPIED = ['__module__', '__name__', '__qualname__', '__doc__'];

function initialize(t: Thread, self: Wrapped, args: readonly Value[], keywords: KeywordNames, name: string): void {
  if (keywords !== null && keywords.length > 0) raiseTypeError(`${name}() takes no keyword arguments`);
  if (args.length !== 1) raiseTypeError(`${name} expected 1 argument, got ${args.length}`);
  self.callable = args[0]!;
  for (const attribute of COPIED) {
    const value = lookupAttr(t, self.callable, attribute);
    if (value !== undefined) setAttr(t, self, attribute, value);
  }
}

function isAbstract(t: Thread, self: Wrapped): Value {
  const flag = lookupAttr(t, self.callable, '__isabstractmethod__');
  return flag !== undefined && isTrue(t, flag);
}

const GETSET = {
  __func__: { get: (_t: Thread, self: Value): Maybe => (self as Wrapped).callable, member: true },
  __wrapped__: { get: (_t: Thread, self: Value): Maybe => (self as Wrapped).callable, member: true },
  __isabstractmethod__: { get: (t: Thread, self: Value): Maybe => isAbstract(t, self as Wrapped) },
  __dict__: { get: (_t: Thread, self: Value): Maybe => dictOf(self) ?? undefined, set: setDict },
  __annotations__: {
    get: (t: Thread, self: Value): Maybe => lookupAttr(t, (self as Wrapped).callable, '__annotations__'),
    set: (t: Thread, self: Value, value: Maybe): void => setAttr(t, (self as Wrapped).callable, '__annotations__', value),
  },
  __annotate__: {
    get: (t: Thread, self: Value): Maybe => lookupAttr(t, (self as Wrapped).callable, '__annotate__'),
    set: (t: Thread, self: Value, value: Maybe): void => setAttr(t, (self as Wrapped).callable, '__annotate__', value),
  },
};

readyType(STATICMETHOD_TYPE, {
  doc: 'Convert a function to be a static method.',
  textSignature: '(function, /)',
  slots: {
    tp_alloc: (type) => new PyStaticMethod(type, null),
    tp_new: (_t, type) => new PyStaticMethod(type, null),
    tp_init: (t, self, args, keywords) => initialize(t, self as PyStaticMethod, args, keywords, 'staticmethod'),
    tp_descr_get: (_t, self) => (self as PyStaticMethod).callable,
    tp_call: (t, self, args, keywords) => call(t, (self as PyStaticMethod).callable, args, keywords),
    tp_repr: (t, self) => `<staticmethod(${repr(t, (self as PyStaticMethod).callable)})>`,
  },
  getset: GETSET,
});

readyType(CLASSMETHOD_TYPE, {
  doc: 'Convert a function to be a class method.',
  textSignature: '(function, /)',
  slots: {
    tp_alloc: (type) => new PyClassMethod(type, null),
    tp_new: (_t, type) => new PyClassMethod(type, null),
    tp_init: (t, self, args, keywords) => initialize(t, self as PyClassMethod, args, keywords, 'classmethod'),
    tp_descr_get: (_t, self, instance, owner) => bindMethod((self as PyClassMethod).callable, owner === null && instance !== undefined ? typeOf(instance) : owner),
    tp_repr: (t, self) => `<classmethod(${repr(t, (self as PyClassMethod).callable)})>`,
  },
  getset: GETSET,
});

