/** `_types`: the types that `types.py` takes over under its own names (Modules/_typesmodule.c). */
import * as T from '../objects/static-types.ts';
import type { NativeModule } from './native-module.ts';

/** The table. */
export const TYPES_MODULE: NativeModule = {
  name: '_types',
  doc: 'Define names for built-in types.',
  functions: {},
  types: {
    AsyncGeneratorType: T.ASYNC_GENERATOR_TYPE, BuiltinFunctionType: T.BUILTIN_FUNCTION_TYPE, BuiltinMethodType: T.BUILTIN_FUNCTION_TYPE, CapsuleType: T.CAPSULE_TYPE,
    CellType: T.CELL_TYPE, ClassMethodDescriptorType: T.CLASSMETHOD_DESCRIPTOR_TYPE, CodeType: T.CODE_TYPE, CoroutineType: T.COROUTINE_TYPE,
    EllipsisType: T.ELLIPSIS_TYPE, FrameType: T.FRAME_TYPE, FunctionType: T.FUNCTION_TYPE, GeneratorType: T.GENERATOR_TYPE, GenericAlias: T.GENERIC_ALIAS_TYPE,
    GetSetDescriptorType: T.GETSET_DESCRIPTOR_TYPE, LambdaType: T.FUNCTION_TYPE, MappingProxyType: T.MAPPINGPROXY_TYPE,
    MemberDescriptorType: T.MEMBER_DESCRIPTOR_TYPE, MethodDescriptorType: T.METHOD_DESCRIPTOR_TYPE, MethodType: T.METHOD_TYPE,
    MethodWrapperType: T.METHOD_WRAPPER_TYPE, ModuleType: T.MODULE_TYPE, NoneType: T.NONE_TYPE, NotImplementedType: T.NOT_IMPLEMENTED_TYPE,
    SimpleNamespace: T.SIMPLE_NAMESPACE_TYPE, TracebackType: T.TRACEBACK_TYPE, UnionType: T.UNION_TYPE, WrapperDescriptorType: T.WRAPPER_DESCRIPTOR_TYPE,
  },
};
