/** `module` (Objects/moduleobject.c). */
import { PyDict } from '../core/containers.ts';
import { PyModule } from '../core/instance.ts';
import type { PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import { genericGetAttr, genericSetAttr, lookupAttr } from './attributes.ts';
import { call, callMethod } from './call.ts';
import { tableDeleteStr, tableGetStr, tableKeys, tableSetStr } from './hash-table.ts';
import { importModule } from './import-hook.ts';
import { newDict, newList } from './make.ts';
import { raiseAttributeError, raiseTypeError, typeName } from './raise.ts';
import { MODULE_TYPE } from './static-types.ts';
import { readyType } from './type-ready.ts';
import { asStr, typeOf } from './type-of.ts';
import { bindArguments } from './native-call.ts';
import { NativeDefinition } from '../core/native.ts';

/** A new module with the five names that every module has. */
export function newModule(name: string, doc: Value = null): PyModule {
  const module = new PyModule(MODULE_TYPE, newDict());
  initialize(module, name, doc);
  return module;
}

function initialize(module: PyModule, name: Value, doc: Value): void {
  const table = module.dict.table;
  const names: [string, Value][] = [['__name__', name], ['__doc__', doc], ['__package__', null], ['__loader__', null], ['__spec__', null]];
  for (const [key, value] of names) tableSetStr(table, key, value);
}

/** `module.__getattribute__` without raising: the generic one, then the module's own `__getattr__` (PEP 562). */
export function module_getattro(t: Thread, self: Value, name: string): Maybe {
  const found = genericGetAttr(t, self, name);
  if (found !== undefined) return found;
  const getattr = tableGetStr((self as PyModule).dict.table, '__getattr__');
  return getattr === undefined ? undefined : call(t, getattr, [name]);
}

const NEW = new NativeDefinition('module', () => null, '(name, doc=None)', '', 'method');

function module_init(_t: Thread, self: PyModule, args: Value[], keywords: readonly string[] | null): void {
  const [name, doc] = bindArguments(NEW, 'module', null, false, args, keywords) as Maybe[];
  if (asStr(name) === undefined) raiseTypeError(`module() argument 'name' must be str, not ${typeName(name!)}`);
  initialize(self, name!, doc ?? null);
}

function module_dir(t: Thread, self: PyModule): Value {
  const dict = lookupAttr(t, self, '__dict__');
  if (!(dict instanceof PyDict)) raiseTypeError(`${typeName(self)}.__dict__ is not a dictionary`);
  const custom = tableGetStr(dict.table, '__dir__');
  return custom !== undefined ? call(t, custom, []) : newList(tableKeys(dict.table));
}

function getAnnotate(_t: Thread, self: Value): Maybe {
  return tableGetStr((self as PyModule).dict.table, '__annotate__') ?? null;
}

function getAnnotations(t: Thread, self: Value): Maybe {
  const table = (self as PyModule).dict.table;
  const known = tableGetStr(table, '__annotations__');
  if (known !== undefined) return known;
  const annotate = getAnnotate(t, self);
  const annotations = annotate === null || annotate === undefined ? newDict() : call(t, annotate, [1]);
  if (!(annotations instanceof PyDict)) raiseTypeError(`__annotate__ returned non-dict of type '${typeName(annotations)}'`);
  tableSetStr(table, '__annotations__', annotations);
  return annotations;
}

function setAnnotations(_t: Thread, self: Value, value: Maybe): void {
  const table = (self as PyModule).dict.table;
  if (value !== undefined) tableSetStr(table, '__annotations__', value);
  else if (!tableDeleteStr(table, '__annotations__')) raiseAttributeError(self, '__annotations__', '__annotations__');
  tableDeleteStr(table, '__annotate__');
}

function setAnnotate(_t: Thread, self: Value, value: Maybe): void {
  if (value === undefined) raiseTypeError('cannot delete __annotate__ attribute');
  if (value !== null && typeOf(value).slots.tp_call === null) raiseTypeError('__annotate__ must be callable or None');
  const table = (self as PyModule).dict.table;
  tableSetStr(table, '__annotate__', value);
  if (value !== null) tableDeleteStr(table, '__annotations__');
}

readyType(MODULE_TYPE, {
  doc: 'Create a module object.',
  textSignature: '(name, doc=None)',
  slots: {
    tp_alloc: (type: PyType) => new PyModule(type, newDict()),
    tp_new: (_t, type) => new PyModule(type, newDict()),
    tp_init: module_init,
    tp_getattro: module_getattro,
    tp_setattro: genericSetAttr,
    tp_repr: (t, self: PyModule) => {
      const text = callMethod(t, importModule(t, '_frozen_importlib'), '_module_repr', self);
      return asStr(text) ?? raiseTypeError('module repr is no str');
    },
  },
  methods: { __dir__: [module_dir, '($self, /)', '__dir__() -> list'] },
  getset: {
    __dict__: { get: (_t, self) => (self as PyModule).dict, member: true },
    __annotations__: { get: getAnnotations, set: setAnnotations },
    __annotate__: { get: getAnnotate, set: setAnnotate },
  },
});
