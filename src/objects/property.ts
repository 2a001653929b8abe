/** `property` (Objects/descrobject.c). */
import { NativeDefinition } from '../core/native.ts';
import type { KeywordNames, PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import { orElse, PyObject, type Maybe, type Value } from '../core/value.ts';
import { lookupAttr, setAttr } from './attributes.ts';
import { call } from './call.ts';
import { AttributeError } from './exception-types.ts';
import { bindArguments } from './native-call.ts';
import { raiseAttributeError, raiseTypeError } from './raise.ts';
import { PROPERTY_TYPE } from './static-types.ts';
import { isTrue } from './truth.ts';
import { readyType } from './type-ready.ts';
import { typeOf } from './type-of.ts';
import { str } from './text.ts';

/** `property`. */
export class PyProperty extends PyObject {
  fget: Value = null;
  fset: Value = null;
  fdel: Value = null;
  doc: Value = null;
  name: Maybe = undefined;
  docFromGetter = false;
}

const NEW = new NativeDefinition('property', () => null, '(fget=None, fset=None, fdel=None, doc=None)', '', 'method');

function property_init(t: Thread, self: PyProperty, args: Value[], keywords: KeywordNames): void {
  const [fget, fset, fdel, doc] = bindArguments(NEW, 'property', null, false, args, keywords) as Maybe[];
  self.fget = fget ?? null;
  self.fset = fset ?? null;
  self.fdel = fdel ?? null;
  self.doc = doc ?? null;
  self.docFromGetter = false;
  self.name = undefined;
  if (self.doc === null && self.fget !== null) {
    const getterDoc = lookupAttr(t, self.fget, '__doc__');
    if (getterDoc !== undefined && getterDoc !== null) {
      self.docFromGetter = true;
      self.doc = getterDoc;
    }
  }
  // A subclass shows the doc as an ordinary attribute where it can.
  if (self.type === PROPERTY_TYPE) return;
  try {
    setAttr(t, self, '__doc__', self.doc);
  } catch (caught) {
    // Where it cannot, a doc that was given is dropped, and one that the getter has is an error.
    if (self.docFromGetter || !(caught instanceof PyObject) || caught.type !== AttributeError) throw caught;
  }
}

/** The name for messages: set by the class, else the getter's. */
function nameOf(t: Thread, self: PyProperty): Maybe {
  if (self.name !== undefined) return self.name;
  return self.fget === null ? undefined : lookupAttr(t, self.fget, '__name__');
}

function raiseNo(t: Thread, self: PyProperty, instance: Value, what: string): never {
  const name = nameOf(t, self);
  const type = typeOf(instance).qualname;
  const text = name === undefined || name === null ? `property of '${type}' object has no ${what}` : `property '${str(t, name)}' of '${type}' object has no ${what}`;
  raiseAttributeError(instance, text, typeof name === 'string' ? name : '');
}

function property_descr_get(t: Thread, self: PyProperty, instance: Maybe): Value {
  if (instance === undefined) return self;
  return self.fget === null ? raiseNo(t, self, instance, 'getter') : call(t, self.fget, [instance]);
}

function property_descr_set(t: Thread, self: PyProperty, instance: Value, value: Maybe): void {
  if (value === undefined) {
    if (self.fdel === null) raiseNo(t, self, instance, 'deleter');
    call(t, self.fdel, [instance]);
  } else {
    if (self.fset === null) raiseNo(t, self, instance, 'setter');
    call(t, self.fset, [instance, value]);
  }
}

function copyWith(t: Thread, self: PyProperty, change: { fget?: Value; fset?: Value; fdel?: Value }): Value {
  const pick = (given: Maybe, own: Value): Value => (given === undefined || given === null ? own : given);
  // Taken from the getter once more, which may be another one now.
  const doc = self.docFromGetter && pick(change.fget, self.fget) !== null ? null : self.doc;
  const made = call(t, self.type, [pick(change.fget, self.fget), pick(change.fset, self.fset), pick(change.fdel, self.fdel), doc]);
  if (made instanceof PyProperty) made.name = self.name;
  return made;
}

function property_set_name(_t: Thread, self: PyProperty, args: Value[]): void {
  if (args.length !== 2) raiseTypeError(`__set_name__() takes 2 positional arguments but ${args.length} were given`);
  self.name = args[1]!;
}

const property = (self: Value): PyProperty => self as PyProperty;

readyType(PROPERTY_TYPE, {
  doc: 'Property attribute.',
  textSignature: '(fget=None, fset=None, fdel=None, doc=None)',
  slots: {
    tp_alloc: (type: PyType) => new PyProperty(type),
    tp_new: (_t, type) => new PyProperty(type),
    tp_init: property_init,
    tp_descr_get: property_descr_get,
    tp_descr_set: property_descr_set,
  },
  methods: {
    getter: [(t: Thread, self: PyProperty, fget: Value) => copyWith(t, self, { fget }), '($self, object, /)', 'Descriptor to obtain a copy of the property with a different getter.'],
    setter: [(t: Thread, self: PyProperty, fset: Value) => copyWith(t, self, { fset }), '($self, object, /)', 'Descriptor to obtain a copy of the property with a different setter.'],
    deleter: [(t: Thread, self: PyProperty, fdel: Value) => copyWith(t, self, { fdel }), '($self, object, /)', 'Descriptor to obtain a copy of the property with a different deleter.'],
    __set_name__: [property_set_name, '!($self, /, *args)', 'Method to set name of a property.'],
  },
  getset: {
    fget: { get: (_t, self) => property(self).fget, member: true },
    fset: { get: (_t, self) => property(self).fset, member: true },
    fdel: { get: (_t, self) => property(self).fdel, member: true },
    __doc__: { get: (_t, self) => property(self).doc, set: (_t, self, value) => void (property(self).doc = value ?? null), member: true },
    __name__: {
      get: (t, self) => orElse(nameOf(t, property(self)), () => raiseAttributeError(self, "'property' object has no attribute '__name__'", '__name__')),
      set: (_t, self, value) => void (property(self).name = value),
    },
    __isabstractmethod__: {
      get: (t, self) => [property(self).fget, property(self).fset, property(self).fdel].some((f) => f !== null && isTrue(t, lookupAttr(t, f, '__isabstractmethod__') ?? false)),
    },
  },
});

