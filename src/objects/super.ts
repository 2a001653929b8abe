/** `super` (Objects/typeobject.c, super_getattro). */
import { PyCell, type Frame } from '../core/function.ts';
import { PyType } from '../core/type.ts';
import { topFrame, type Thread } from '../core/thread.ts';
import { PyObject, type Maybe, type Value } from '../core/value.ts';
import { genericGetAttr, lookupAttr } from './attributes.ts';
import { RuntimeError } from './exception-types.ts';
import { tableGetStr } from './hash-table.ts';
import { raise, raiseTypeError, typeName } from './raise.ts';
import { SUPER_TYPE } from './static-types.ts';
import { readyType } from './type-ready.ts';
import { isSubtype, typeOf } from './type-of.ts';
import { call } from './call.ts';

/** `super(cls, self)`; unbound when `self` is undefined. */
export class PySuper extends PyObject {
  cls: PyType | null = null;
  self: Maybe = undefined;
  /** The class whose MRO is searched, behind `cls`. */
  start: PyType | null = null;
}

/** The class whose MRO is searched for `super(cls, self)`; raises TypeError when `self` is no instance or subclass of `cls` (supercheck). */
export function superStart(t: Thread, cls: PyType, self: Value): PyType {
  if (self instanceof PyType && isSubtype(self, cls)) return self;
  const type = typeOf(self);
  if (isSubtype(type, cls)) return type;
  const claimed = lookupAttr(t, self, '__class__');
  if (claimed instanceof PyType && claimed !== type && isSubtype(claimed, cls)) return claimed;
  const what = self instanceof PyType ? `type ${self.name}` : `instance of ${typeName(self)}`;
  return raiseTypeError(`super(type, obj): obj (${what}) is not an instance or subtype of type (${cls.name}).`);
}

/** What the MRO of `start` says about `name` behind `cls`. */
export function superLookup(start: PyType, cls: PyType, name: string): Maybe {
  const mro = start.mro;
  for (let i = mro.indexOf(cls) + 1; i < mro.length; i++) {
    const found = tableGetStr(mro[i]!.attributes.table, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function super_getattro(t: Thread, self: PySuper, name: string): Maybe {
  if (self.start !== null && name !== '__class__') {
    const found = superLookup(self.start, self.cls!, name);
    if (found !== undefined) {
      const get = typeOf(found).slots.tp_descr_get;
      // Through the class itself (class methods) there is no instance.
      return get === null ? found : get(t, found, self.self === self.start ? undefined : self.self, self.start);
    }
  }
  return genericGetAttr(t, self, name);
}

/** The class and first argument of the running method, for `super()` without arguments (super_init_without_args). */
function fromFrame(f: Frame | null): [PyType, Value] {
  if (f === null) raise(RuntimeError, 'super(): no current frame');
  const code = f.code.code;
  if (code.argcount === 0) raise(RuntimeError, 'super(): no arguments');
  let first = f.stack[0];
  if (first instanceof PyCell && code.cellvars.includes(code.localsplusnames[0]!)) first = first.value;
  if (first === undefined) raise(RuntimeError, 'super(): arg[0] deleted');
  const index = code.localsplusnames.lastIndexOf('__class__');
  if (index < 0) raise(RuntimeError, 'super(): __class__ cell not found');
  const cell = f.stack[index];
  if (!(cell instanceof PyCell) || cell.value === undefined) raise(RuntimeError, 'super(): empty __class__ cell');
  if (!(cell.value instanceof PyType)) raise(RuntimeError, `super(): __class__ is not a type (${typeName(cell.value)})`);
  return [cell.value, first];
}

function super_init(t: Thread, self: PySuper, args: Value[]): void {
  if (args.length > 2) raiseTypeError(`super expected at most 2 arguments, got ${args.length}`);
  let [cls, object] = args as [Maybe, Maybe];
  if (cls === undefined) [cls, object] = fromFrame(topFrame(t));
  if (!(cls instanceof PyType)) raiseTypeError(`super() argument 1 must be a type, not ${typeName(cls)}`);
  self.cls = cls;
  self.self = object === null ? undefined : object;
  self.start = self.self === undefined ? null : superStart(t, cls, self.self);
}

function super_descr_get(t: Thread, self: PySuper, instance: Maybe): Value {
  if (instance === undefined || self.self !== undefined || self.cls === null) return self;
  if (self.type !== SUPER_TYPE) return call(t, self.type, [self.cls, instance]);
  const bound = new PySuper(SUPER_TYPE);
  bound.cls = self.cls;
  bound.self = instance;
  bound.start = superStart(t, self.cls, instance);
  return bound;
}

readyType(SUPER_TYPE, {
  doc: 'super() -> same as super(__class__, <first argument>)\nsuper(type) -> unbound super object\nsuper(type, obj) -> bound super object; requires isinstance(obj, type)',
  slots: {
    tp_alloc: (type) => new PySuper(type),
    tp_new: (_t, type) => new PySuper(type),
    tp_init: super_init,
    tp_getattro: super_getattro,
    tp_descr_get: super_descr_get,
    tp_repr: (_t, self: PySuper) =>
      self.start === null ? `<super: <class '${self.cls?.name ?? 'NULL'}'>, NULL>` : `<super: <class '${self.cls!.name}'>, <${self.start.name} object>>`,
  },
  getset: {
    __thisclass__: { get: (_t, self) => (self as PySuper).cls, member: true },
    __self__: { get: (_t, self) => (self as PySuper).self ?? null, member: true },
    __self_class__: { get: (_t, self) => (self as PySuper).start, member: true },
  },
});
