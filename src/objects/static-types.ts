/**
 * The builtin types, bare: names, bases and flags, no behaviour.
 *
 * A leaf of the import graph, so that any file can name any type. Behaviour is added by each type's own file through `readyType`
 * (`type-ready.ts`); `bootstrap.ts` imports all of them.
 */
import { PyType, type TypeFlags } from '../core/type.ts';

const DEFAULT_FLAGS: TypeFlags = {
  heapType: false,
  baseType: false,
  hasDict: false,
  hasWeakref: false,
  sequence: false,
  mapping: false,
  methodDescriptor: false,
  disallowInstantiation: false,
  isAbstract: false,
  immutable: true,
};

/** Every static type made so far, in order of creation; `bootstrap.ts` checks that each was made ready. */
export const ALL_STATIC_TYPES: PyType[] = [];

/** `type`: its own metatype. */
export const TYPE_TYPE = new PyType(null, 'type', null, { ...DEFAULT_FLAGS, baseType: true, hasDict: true, hasWeakref: true });

/** `object`: the root. */
export const OBJECT_TYPE = new PyType(TYPE_TYPE, 'object', null, { ...DEFAULT_FLAGS, baseType: true });
TYPE_TYPE.base = OBJECT_TYPE;
TYPE_TYPE.bases = [OBJECT_TYPE];
ALL_STATIC_TYPES.push(TYPE_TYPE, OBJECT_TYPE);

/** Options of `staticType`. */
export interface StaticTypeOptions extends Partial<TypeFlags> {
  base?: PyType;
  module?: string;
}

/** Makes a bare static type named `name`; native modules use it for their own types too. */
export function staticType(name: string, options: StaticTypeOptions = {}): PyType {
  const { base = OBJECT_TYPE, module = 'builtins', ...flags } = options;
  const inherited = { hasDict: base.flags.hasDict, hasWeakref: base.flags.hasWeakref, sequence: base.flags.sequence, mapping: base.flags.mapping };
  const type = new PyType(TYPE_TYPE, name, base, { ...DEFAULT_FLAGS, ...inherited, ...flags });
  type.module = module;
  ALL_STATIC_TYPES.push(type);
  return type;
}

const SUBCLASSABLE: StaticTypeOptions = { baseType: true };
const FINAL: StaticTypeOptions = {};
const INTERNAL: StaticTypeOptions = { disallowInstantiation: true };

export const NONE_TYPE = staticType('NoneType', FINAL);
export const NOT_IMPLEMENTED_TYPE = staticType('NotImplementedType', FINAL);
export const ELLIPSIS_TYPE = staticType('ellipsis', FINAL);
export const INT_TYPE = staticType('int', SUBCLASSABLE);
export const BOOL_TYPE = staticType('bool', { base: INT_TYPE });
export const FLOAT_TYPE = staticType('float', SUBCLASSABLE);
export const COMPLEX_TYPE = staticType('complex', SUBCLASSABLE);
export const STR_TYPE = staticType('str', SUBCLASSABLE);
export const BYTES_TYPE = staticType('bytes', SUBCLASSABLE);
export const BYTEARRAY_TYPE = staticType('bytearray', SUBCLASSABLE);
export const MEMORYVIEW_TYPE = staticType('memoryview', { sequence: true, hasWeakref: true });
export const LIST_TYPE = staticType('list', { baseType: true, sequence: true });
export const TUPLE_TYPE = staticType('tuple', { baseType: true, sequence: true });
export const DICT_TYPE = staticType('dict', { baseType: true, mapping: true });
export const SET_TYPE = staticType('set', { baseType: true, hasWeakref: true });
export const FROZENSET_TYPE = staticType('frozenset', { baseType: true, hasWeakref: true });
export const RANGE_TYPE = staticType('range', { sequence: true });
export const SLICE_TYPE = staticType('slice', FINAL);
export const MAPPINGPROXY_TYPE = staticType('mappingproxy', { mapping: true });
export const FROZENDICT_TYPE = staticType('frozendict', { baseType: true, mapping: true });

export const LIST_ITERATOR_TYPE = staticType('list_iterator', INTERNAL);
export const LIST_REVERSE_ITERATOR_TYPE = staticType('list_reverseiterator', INTERNAL);
export const TUPLE_ITERATOR_TYPE = staticType('tuple_iterator', INTERNAL);
export const STR_ITERATOR_TYPE = staticType('str_iterator', INTERNAL);
export const STR_ASCII_ITERATOR_TYPE = staticType('str_ascii_iterator', INTERNAL);
export const BYTES_ITERATOR_TYPE = staticType('bytes_iterator', INTERNAL);
export const BYTEARRAY_ITERATOR_TYPE = staticType('bytearray_iterator', INTERNAL);
export const MEMORY_ITERATOR_TYPE = staticType('memory_iterator', INTERNAL);
export const RANGE_ITERATOR_TYPE = staticType('range_iterator', INTERNAL);
export const LONGRANGE_ITERATOR_TYPE = staticType('longrange_iterator', INTERNAL);
export const SET_ITERATOR_TYPE = staticType('set_iterator', INTERNAL);
export const DICT_KEYS_TYPE = staticType('dict_keys', INTERNAL);
export const DICT_VALUES_TYPE = staticType('dict_values', INTERNAL);
export const DICT_ITEMS_TYPE = staticType('dict_items', INTERNAL);
export const DICT_KEY_ITERATOR_TYPE = staticType('dict_keyiterator', INTERNAL);
export const DICT_VALUE_ITERATOR_TYPE = staticType('dict_valueiterator', INTERNAL);
export const DICT_ITEM_ITERATOR_TYPE = staticType('dict_itemiterator', INTERNAL);
export const DICT_REVERSE_KEY_ITERATOR_TYPE = staticType('dict_reversekeyiterator', INTERNAL);
export const DICT_REVERSE_VALUE_ITERATOR_TYPE = staticType('dict_reversevalueiterator', INTERNAL);
export const DICT_REVERSE_ITEM_ITERATOR_TYPE = staticType('dict_reverseitemiterator', INTERNAL);
export const SEQ_ITERATOR_TYPE = staticType('iterator', INTERNAL);
export const CALLABLE_ITERATOR_TYPE = staticType('callable_iterator', INTERNAL);
export const ENUMERATE_TYPE = staticType('enumerate', SUBCLASSABLE);
export const ZIP_TYPE = staticType('zip', SUBCLASSABLE);
export const MAP_TYPE = staticType('map', SUBCLASSABLE);
export const FILTER_TYPE = staticType('filter', SUBCLASSABLE);
export const REVERSED_TYPE = staticType('reversed', SUBCLASSABLE);

export const FUNCTION_TYPE = staticType('function', { hasDict: true, hasWeakref: true, methodDescriptor: true });
export const METHOD_TYPE = staticType('method', { hasWeakref: true });
export const BUILTIN_FUNCTION_TYPE = staticType('builtin_function_or_method', { disallowInstantiation: true, hasWeakref: true });
export const METHOD_DESCRIPTOR_TYPE = staticType('method_descriptor', { disallowInstantiation: true, methodDescriptor: true });
export const CLASSMETHOD_DESCRIPTOR_TYPE = staticType('classmethod_descriptor', INTERNAL);
export const WRAPPER_DESCRIPTOR_TYPE = staticType('wrapper_descriptor', { disallowInstantiation: true, methodDescriptor: true });
export const METHOD_WRAPPER_TYPE = staticType('method-wrapper', INTERNAL);
export const GETSET_DESCRIPTOR_TYPE = staticType('getset_descriptor', INTERNAL);
export const MEMBER_DESCRIPTOR_TYPE = staticType('member_descriptor', INTERNAL);
export const STATICMETHOD_TYPE = staticType('staticmethod', { baseType: true, hasDict: true, hasWeakref: true });
export const CLASSMETHOD_TYPE = staticType('classmethod', { baseType: true, hasDict: true, hasWeakref: true });
export const PROPERTY_TYPE = staticType('property', SUBCLASSABLE);
export const SUPER_TYPE = staticType('super', SUBCLASSABLE);
export const CELL_TYPE = staticType('cell', FINAL);
export const CODE_TYPE = staticType('code', { hasWeakref: true });
export const FRAME_TYPE = staticType('frame', INTERNAL);
export const FRAME_LOCALS_PROXY_TYPE = staticType('FrameLocalsProxy', { mapping: true });
export const TRACEBACK_TYPE = staticType('traceback', FINAL);
export const GENERATOR_TYPE = staticType('generator', { disallowInstantiation: true, hasWeakref: true });
export const COROUTINE_TYPE = staticType('coroutine', { disallowInstantiation: true, hasWeakref: true });
export const COROUTINE_WRAPPER_TYPE = staticType('coroutine_wrapper', INTERNAL);
export const ASYNC_GENERATOR_TYPE = staticType('async_generator', { disallowInstantiation: true, hasWeakref: true });
export const ASYNC_GENERATOR_ASEND_TYPE = staticType('async_generator_asend', INTERNAL);
export const ASYNC_GENERATOR_ATHROW_TYPE = staticType('async_generator_athrow', INTERNAL);
export const ANEXT_AWAITABLE_TYPE = staticType('anext_awaitable', INTERNAL);
export const MODULE_TYPE = staticType('module', { baseType: true, hasDict: true, hasWeakref: true });
export const SIMPLE_NAMESPACE_TYPE = staticType('SimpleNamespace', { baseType: true, hasDict: true, module: 'types' });
export const GENERIC_ALIAS_TYPE = staticType('GenericAlias', { baseType: true, module: 'types', hasWeakref: true });
export const GENERIC_ALIAS_ITERATOR_TYPE = staticType('generic_alias_iterator', INTERNAL);
export const UNION_TYPE = staticType('Union', { module: 'typing', hasWeakref: true });
export const TEMPLATE_TYPE = staticType('Template', { module: 'string.templatelib' });
export const INTERPOLATION_TYPE = staticType('Interpolation', { module: 'string.templatelib' });
export const TEMPLATE_ITERATOR_TYPE = staticType('TemplateIter', { module: 'string.templatelib', disallowInstantiation: true });
export const WEAKREF_TYPE = staticType('ReferenceType', { baseType: true, module: 'weakref' });
export const WEAKPROXY_TYPE = staticType('ProxyType', { module: 'weakref' });
export const WEAKCALLABLEPROXY_TYPE = staticType('CallableProxyType', { module: 'weakref' });
export const CAPSULE_TYPE = staticType('PyCapsule', { module: 'types', disallowInstantiation: true });
export const SYS_NAMESPACE_BASE = TUPLE_TYPE;

FUNCTION_TYPE.matchSelf = false;
for (const type of [BOOL_TYPE, BYTEARRAY_TYPE, BYTES_TYPE, DICT_TYPE, FLOAT_TYPE, FROZENSET_TYPE, INT_TYPE, LIST_TYPE, SET_TYPE, STR_TYPE, TUPLE_TYPE, FROZENDICT_TYPE]) {
  type.matchSelf = true;
}
