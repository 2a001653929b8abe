/** Native functions and descriptors as Python sees them (Objects/descrobject.c, Objects/methodobject.c). */
import { PyBuiltinFunction, PyGetSetDescriptor, PyMethodDescriptor, PyMethodWrapper, PyWrapperDescriptor, type NativeDefinition } from '../core/native.ts';
import { PyModule } from '../core/instance.ts';
import { PyType, type KeywordNames } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import type { Maybe, PyObject, Value } from '../core/value.ts';
import { getAttr } from './attributes.ts';
import { callBuiltin, callMethodDescriptor, settle } from './call.ts';
import { equalityResult } from './compare.ts';
import { tableGetStr } from './hash-table.ts';
import { importModule } from './import-hook.ts';
import { hashOf } from './hash-value.ts';
import { identityOf } from './identity.ts';
import { newTuple } from './make.ts';
import { unwrapTextSignature } from './native-doc.ts';
import { raiseAttributeError, raiseTypeError, typeName } from './raise.ts';
import {
  BUILTIN_FUNCTION_TYPE, CLASSMETHOD_DESCRIPTOR_TYPE, GETSET_DESCRIPTOR_TYPE, MEMBER_DESCRIPTOR_TYPE, METHOD_DESCRIPTOR_TYPE,
  METHOD_WRAPPER_TYPE, WRAPPER_DESCRIPTOR_TYPE,
} from './static-types.ts';
import { addressOf } from './text.ts';
import { readyType, type GetSet } from './type-ready.ts';
import { isSubtype, typeOf, shownTypeName } from './type-of.ts';

interface Descriptor extends PyObject {
  readonly owner: PyType;
}

function checkInstance(name: string, owner: PyType, instance: Value): void {
  const type = typeOf(instance);
  if (type !== owner && !isSubtype(type, owner)) raiseTypeError(`descriptor '${name}' for '${owner.name}' objects doesn't apply to a '${type.name}' object`);
}

/** `instance.method`, without being called. */
export function bindBuiltin(descriptor: PyMethodDescriptor, self: Value): PyBuiltinFunction {
  return new PyBuiltinFunction(BUILTIN_FUNCTION_TYPE, descriptor.definition, self, { bound: true, moduleName: null, owner: descriptor.owner });
}

function method_descr_get(_t: Thread, self: PyMethodDescriptor, instance: Maybe): Value {
  if (instance === undefined) return self;
  checkInstance(self.definition.name, self.owner, instance);
  return bindBuiltin(self, instance);
}

function classmethod_descr_get(t: Thread, self: PyMethodDescriptor, instance: Maybe, owner: Value): Value {
  const type = owner === null ? (instance === undefined ? null : typeOf(instance)) : owner;
  if (!(type instanceof PyType)) raiseTypeError(`descriptor '${self.definition.name}' for type '${shownTypeName(self.owner)}' needs either an object or a type`);
  if (!isSubtype(type, self.owner)) raiseTypeError(`descriptor '${self.definition.name}' requires a subtype of '${shownTypeName(self.owner)}' but received '${type.name}'`);
  void t;
  return bindBuiltin(self, type);
}

const reduceDescriptor = (name: (self: Descriptor) => string) => (t: Thread, self: Value): Value =>
  newTuple([getAttr(t, importModule(t, 'builtins'), 'getattr'), newTuple([(self as Descriptor).owner, name(self as Descriptor)])]);

const definitionName = (self: PyObject): string => (self as unknown as { definition: NativeDefinition }).definition.name;
const ownerOf: GetSet = { get: (_t, self) => (self as Descriptor).owner, member: true };

readyType(METHOD_DESCRIPTOR_TYPE, {
  slots: {
    tp_repr: (_t, self: PyMethodDescriptor) => `<method '${self.definition.name}' of '${shownTypeName(self.owner)}' objects>`,
    tp_call: (t, self: PyMethodDescriptor, args, keywords) => settle(t, callMethodDescriptor(t, self, args, keywords)),
    tp_descr_get: method_descr_get,
  },
  methods: { __reduce__: [reduceDescriptor(definitionName), '!($self, /)', 'Helper for pickle.'] },
  getset: {
    __objclass__: ownerOf,
    __name__: { get: (_t, self) => definitionName(self as PyObject), member: true },
    __qualname__: { get: (_t, self) => `${(self as Descriptor).owner.qualname}.${definitionName(self as PyObject)}` },
    __doc__: { get: (_t, self) => (self as PyMethodDescriptor).definition.doc },
    __text_signature__: { get: (_t, self) => unwrapTextSignature((self as PyMethodDescriptor).definition.signature) },
  },
});

readyType(CLASSMETHOD_DESCRIPTOR_TYPE, {
  slots: {
    tp_repr: (_t, self: PyMethodDescriptor) => `<method '${self.definition.name}' of '${shownTypeName(self.owner)}' objects>`,
    tp_call: (t, self: PyMethodDescriptor, args, keywords) => settle(t, callBuiltin(t, bindBuiltin(self, args[0]!), args.slice(1), keywords)),
    tp_descr_get: classmethod_descr_get,
  },
  getset: {
    __objclass__: ownerOf,
    __name__: { get: (_t, self) => definitionName(self as PyObject), member: true },
    __qualname__: { get: (_t, self) => `${(self as Descriptor).owner.qualname}.${definitionName(self as PyObject)}` },
    __doc__: { get: (_t, self) => (self as PyMethodDescriptor).definition.doc },
    __text_signature__: { get: (_t, self) => unwrapTextSignature((self as PyMethodDescriptor).definition.signature) },
  },
});

function builtin_qualname(self: PyBuiltinFunction): string {
  if (self.owner === null || !self.bound) return self.definition.name;
  const type = self.self instanceof PyType && self.definition.binding !== 'method' ? self.self : self.definition.name === '__new__' ? self.owner : typeOf(self.self);
  return `${type.qualname}.${self.definition.name}`;
}

function builtin_repr(_t: Thread, self: PyBuiltinFunction): string {
  if (!self.bound || self.self instanceof PyModule) return `<built-in function ${self.definition.name}>`;
  return `<built-in method ${self.definition.name} of ${typeName(self.self)} object at ${addressOf(self.self)}>`;
}

/** The module is `__self__` of its functions. */
function builtin_self(t: Thread, self: PyBuiltinFunction): Value {
  if (!self.bound && self.owner === null && typeof self.moduleName === 'string') return tableGetStr(t.interpreter.modules.table, self.moduleName) ?? null;
  return self.self;
}

readyType(BUILTIN_FUNCTION_TYPE, {
  slots: {
    tp_repr: builtin_repr,
    tp_call: (t, self: PyBuiltinFunction, args, keywords) => settle(t, callBuiltin(t, self, args, keywords)),
    tp_hash: (t, self: PyBuiltinFunction) => (self.bound && self.self !== null ? Number(identityOf(self.self)) / 16 + hashText(self.definition.name) : hashOf(t, self.definition.name)),
    tp_richcompare: (_t, self: PyBuiltinFunction, other, op) =>
      equalityResult(other instanceof PyBuiltinFunction && other.definition === self.definition && other.self === self.self, op),
  },
  methods: {
    __reduce__: [
      (t: Thread, self: PyBuiltinFunction) => {
        const owner = self.bound ? self.self : self.owner;
        if (owner === null || owner instanceof PyModule) return self.definition.name;
        return newTuple([getAttr(t, importModule(t, 'builtins'), 'getattr'), newTuple([owner, self.definition.name])]);
      },
      '!($self, /)', 'Helper for pickle.',
    ],
  },
  getset: {
    __name__: { get: (_t, self) => (self as PyBuiltinFunction).definition.name },
    __qualname__: { get: (_t, self) => builtin_qualname(self as PyBuiltinFunction) },
    __module__: { get: (_t, self) => (self as PyBuiltinFunction).moduleName, member: true },
    __doc__: { get: (_t, self) => (self as PyBuiltinFunction).definition.doc },
    __self__: { get: (t, self) => builtin_self(t, self as PyBuiltinFunction) },
    __text_signature__: { get: (_t, self) => unwrapTextSignature((self as PyBuiltinFunction).definition.signature) },
  },
});

function hashText(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return hash >>> 0;
}

function wrapper_call(t: Thread, self: PyWrapperDescriptor, args: Value[], keywords: KeywordNames): Value {
  const positional = args.length - (keywords === null ? 0 : keywords.length);
  if (positional < 1) raiseTypeError(`descriptor '${self.wrapper.name}' of '${shownTypeName(self.owner)}' object needs an argument`);
  const instance = args[0]!;
  if (!isSubtype(typeOf(instance), self.owner)) {
    raiseTypeError(`descriptor '${self.wrapper.name}' requires a '${shownTypeName(self.owner)}' object but received a '${typeName(instance)}'`);
  }
  return self.wrapper.call(t, self.owner, instance, args.slice(1), keywords);
}

readyType(WRAPPER_DESCRIPTOR_TYPE, {
  slots: {
    tp_repr: (_t, self: PyWrapperDescriptor) => `<slot wrapper '${self.wrapper.name}' of '${shownTypeName(self.owner)}' objects>`,
    tp_call: wrapper_call,
    tp_descr_get: (_t, self: PyWrapperDescriptor, instance) => {
      if (instance === undefined) return self;
      checkInstance(self.wrapper.name, self.owner, instance);
      return new PyMethodWrapper(METHOD_WRAPPER_TYPE, self, instance);
    },
  },
  methods: { __reduce__: [reduceDescriptor((self) => (self as unknown as PyWrapperDescriptor).wrapper.name), '!($self, /)', 'Helper for pickle.'] },
  getset: {
    __objclass__: ownerOf,
    __name__: { get: (_t, self) => (self as PyWrapperDescriptor).wrapper.name, member: true },
    __qualname__: { get: (_t, self) => `${(self as Descriptor).owner.qualname}.${(self as PyWrapperDescriptor).wrapper.name}` },
    __doc__: { get: (_t, self) => (self as PyWrapperDescriptor).wrapper.doc },
    __text_signature__: { get: (_t, self) => unwrapTextSignature((self as PyWrapperDescriptor).wrapper.signature) },
  },
});

readyType(METHOD_WRAPPER_TYPE, {
  slots: {
    tp_repr: (_t, self: PyMethodWrapper) => `<method-wrapper '${self.descriptor.wrapper.name}' of ${typeName(self.self)} object at ${addressOf(self.self)}>`,
    tp_call: (t, self: PyMethodWrapper, args, keywords) => self.descriptor.wrapper.call(t, self.descriptor.owner, self.self, args, keywords),
    tp_hash: (_t, self: PyMethodWrapper) => Number(identityOf(self.self)) / 16 + hashText(self.descriptor.wrapper.name),
    tp_richcompare: (_t, self: PyMethodWrapper, other, op) =>
      equalityResult(other instanceof PyMethodWrapper && other.descriptor === self.descriptor && other.self === self.self, op),
  },
  methods: {
    __reduce__: [
      (t: Thread, self: PyMethodWrapper) => newTuple([getAttr(t, importModule(t, 'builtins'), 'getattr'), newTuple([self.self, self.descriptor.wrapper.name])]),
      '!($self, /)', 'Helper for pickle.',
    ],
  },
  getset: {
    __self__: { get: (_t, self) => (self as PyMethodWrapper).self },
    __objclass__: { get: (_t, self) => (self as PyMethodWrapper).descriptor.owner },
    __name__: { get: (_t, self) => (self as PyMethodWrapper).descriptor.wrapper.name },
    __qualname__: { get: (_t, self) => `${(self as PyMethodWrapper).descriptor.owner.qualname}.${(self as PyMethodWrapper).descriptor.wrapper.name}` },
    __doc__: { get: (_t, self) => (self as PyMethodWrapper).descriptor.wrapper.doc },
    __text_signature__: { get: (_t, self) => unwrapTextSignature((self as PyMethodWrapper).descriptor.wrapper.signature) },
  },
});

function getset_get(t: Thread, self: PyGetSetDescriptor, instance: Maybe): Value {
  if (instance === undefined) return self;
  checkInstance(self.name, self.owner, instance);
  const value = self.get(t, instance);
  if (value === undefined) raiseAttributeError(instance, `'${typeName(instance)}' object has no attribute '${self.name}'`, self.name);
  return value;
}

function getset_set(t: Thread, self: PyGetSetDescriptor, instance: Value, value: Maybe): void {
  checkInstance(self.name, self.owner, instance);
  if (self.set === null) {
    if (self.type === MEMBER_DESCRIPTOR_TYPE) raiseAttributeError(instance, 'readonly attribute', self.name);
    raiseAttributeError(instance, `attribute '${self.name}' of '${shownTypeName(self.owner)}' objects is not writable`, self.name);
  }
  self.set(t, instance, value);
}

const GETSET_MEMBERS: Readonly<Record<string, GetSet>> = {
  __objclass__: ownerOf,
  __name__: { get: (_t, self) => (self as PyGetSetDescriptor).name, member: true },
  __qualname__: { get: (_t, self) => `${(self as Descriptor).owner.qualname}.${(self as PyGetSetDescriptor).name}` },
  __doc__: { get: (_t, self) => (self as PyGetSetDescriptor).doc },
};

for (const [type, word] of [[GETSET_DESCRIPTOR_TYPE, 'attribute'], [MEMBER_DESCRIPTOR_TYPE, 'member']] as const) {
  readyType(type, {
    slots: {
      tp_repr: (_t, self: PyGetSetDescriptor) => `<${word} '${self.name}' of '${shownTypeName(self.owner)}' objects>`,
      tp_descr_get: getset_get,
      tp_descr_set: getset_set,
    },
    methods: { __reduce__: [reduceDescriptor((self) => (self as unknown as PyGetSetDescriptor).name), '!($self, /)', 'Helper for pickle.'] },
    getset: GETSET_MEMBERS,
  });
}

