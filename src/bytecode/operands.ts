/** The operand tables of CPython 3.14: what the number beside an instruction selects (binary operators, intrinsics, ...). */

/** Operand of BINARY_OP: name and source text. In-place operators follow the plain ones at a distance of 13. */
export const NB_OPS: readonly (readonly [name: string, symbol: string])[] = [
  ['NB_ADD', '+'], ['NB_AND', '&'], ['NB_FLOOR_DIVIDE', '//'], ['NB_LSHIFT', '<<'], ['NB_MATRIX_MULTIPLY', '@'],
  ['NB_MULTIPLY', '*'], ['NB_REMAINDER', '%'], ['NB_OR', '|'], ['NB_POWER', '**'], ['NB_RSHIFT', '>>'],
  ['NB_SUBTRACT', '-'], ['NB_TRUE_DIVIDE', '/'], ['NB_XOR', '^'],
  ['NB_INPLACE_ADD', '+='], ['NB_INPLACE_AND', '&='], ['NB_INPLACE_FLOOR_DIVIDE', '//='], ['NB_INPLACE_LSHIFT', '<<='],
  ['NB_INPLACE_MATRIX_MULTIPLY', '@='], ['NB_INPLACE_MULTIPLY', '*='], ['NB_INPLACE_REMAINDER', '%='], ['NB_INPLACE_OR', '|='],
  ['NB_INPLACE_POWER', '**='], ['NB_INPLACE_RSHIFT', '>>='], ['NB_INPLACE_SUBTRACT', '-='], ['NB_INPLACE_TRUE_DIVIDE', '/='],
  ['NB_INPLACE_XOR', '^='], ['NB_SUBSCR', '[]'],
];

/** Operands of BINARY_OP by name. */
export const NB = {
  ADD: 0, AND: 1, FLOOR_DIVIDE: 2, LSHIFT: 3, MATRIX_MULTIPLY: 4, MULTIPLY: 5, REMAINDER: 6, OR: 7, POWER: 8, RSHIFT: 9,
  SUBTRACT: 10, TRUE_DIVIDE: 11, XOR: 12, INPLACE: 13, SUBSCR: 26,
} as const;

/** Operands of COMPARE_OP before packing (`op << 5 | flags`); bit 4 asks for a bool result. */
export const COMPARE_OPS: readonly string[] = ['<', '<=', '==', '!=', '>', '>='];

/** COMPARE_OP flag: the result is converted to bool. */
export const COMPARE_TO_BOOL = 16;

/** The condition bits that COMPARE_OP carries in its low four bits: which of unordered, less, greater, equal make it true. */
export const COMPARE_MASKS: readonly number[] = [2, 2 + 8, 8, 1 + 2 + 4, 4, 4 + 8];

/** Operand of CALL_INTRINSIC_1. */
export const INTRINSIC_1: readonly string[] = [
  'INTRINSIC_1_INVALID', 'INTRINSIC_PRINT', 'INTRINSIC_IMPORT_STAR', 'INTRINSIC_STOPITERATION_ERROR', 'INTRINSIC_ASYNC_GEN_WRAP',
  'INTRINSIC_UNARY_POSITIVE', 'INTRINSIC_LIST_TO_TUPLE', 'INTRINSIC_TYPEVAR', 'INTRINSIC_PARAMSPEC', 'INTRINSIC_TYPEVARTUPLE',
  'INTRINSIC_SUBSCRIPT_GENERIC', 'INTRINSIC_TYPEALIAS',
];

/** Operand of CALL_INTRINSIC_2. */
export const INTRINSIC_2: readonly string[] = [
  'INTRINSIC_2_INVALID', 'INTRINSIC_PREP_RERAISE_STAR', 'INTRINSIC_TYPEVAR_WITH_BOUND', 'INTRINSIC_TYPEVAR_WITH_CONSTRAINTS',
  'INTRINSIC_SET_FUNCTION_TYPE_PARAMS', 'INTRINSIC_SET_TYPEPARAM_DEFAULT',
];

/** Numbers of the intrinsics that the compiler names. */
export const INTRINSIC = {
  PRINT: 1, IMPORT_STAR: 2, STOPITERATION_ERROR: 3, ASYNC_GEN_WRAP: 4, UNARY_POSITIVE: 5, LIST_TO_TUPLE: 6, TYPEVAR: 7,
  PARAMSPEC: 8, TYPEVARTUPLE: 9, SUBSCRIPT_GENERIC: 10, TYPEALIAS: 11,
  PREP_RERAISE_STAR: 1, TYPEVAR_WITH_BOUND: 2, TYPEVAR_WITH_CONSTRAINTS: 3, SET_FUNCTION_TYPE_PARAMS: 4, SET_TYPEPARAM_DEFAULT: 5,
} as const;

/** Operand of LOAD_SPECIAL. */
export const SPECIAL_METHODS: readonly string[] = ['__enter__', '__exit__', '__aenter__', '__aexit__'];

/** Operand of LOAD_COMMON_CONSTANT: the builtin that is loaded. */
export const COMMON_CONSTANTS: readonly string[] = ['AssertionError', 'NotImplementedError', 'tuple', 'all', 'any'];

/** Operands of LOAD_COMMON_CONSTANT by name. */
export const COMMON = { ASSERTION_ERROR: 0, NOT_IMPLEMENTED_ERROR: 1, TUPLE: 2, ALL: 3, ANY: 4 } as const;

/** Operand of CONVERT_VALUE. */
export const CONVERSIONS: readonly string[] = ['', 'str', 'repr', 'ascii'];

/** Operand bits of SET_FUNCTION_ATTRIBUTE. */
export const FUNCTION_ATTRIBUTE = { DEFAULTS: 1, KWDEFAULTS: 2, ANNOTATIONS: 4, CLOSURE: 8, ANNOTATE: 16 } as const;

/** Names of the bits of SET_FUNCTION_ATTRIBUTE, lowest first. */
export const FUNCTION_ATTRIBUTE_NAMES: readonly string[] = ['defaults', 'kwdefaults', 'annotations', 'closure', 'annotate'];

/** Operand of RESUME: where execution (re)starts. Bit 2 says that a resume is at except depth 1. */
export const RESUME_AT = { FUNC_START: 0, AFTER_YIELD: 1, AFTER_YIELD_FROM: 2, AFTER_AWAIT: 3, DEPTH1: 4 } as const;
