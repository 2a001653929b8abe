/** `_opcode`: facts about instructions, for `opcode` and `dis` (Modules/_opcode.c). */
import { hasArg, hasConst, hasExc, hasFree, hasJump, hasLocal, hasName, isValidOpcode, stackEffect } from '../bytecode/opcodes.ts';
import type { Thread } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import { newList, newTuple } from '../objects/make.ts';
import { intArgument } from '../objects/native-arguments.ts';
import { BINARY_OPERATORS } from '../objects/operators.ts';
import { raiseValueError } from '../objects/raise.ts';
import type { MethodRow } from '../objects/type-ready.ts';
import type { NativeModule } from './native-module.ts';

const INTRINSICS_1 = [
  'INTRINSIC_1_INVALID', 'INTRINSIC_PRINT', 'INTRINSIC_IMPORT_STAR', 'INTRINSIC_STOPITERATION_ERROR', 'INTRINSIC_ASYNC_GEN_WRAP', 'INTRINSIC_UNARY_POSITIVE',
  'INTRINSIC_LIST_TO_TUPLE', 'INTRINSIC_TYPEVAR', 'INTRINSIC_PARAMSPEC', 'INTRINSIC_TYPEVARTUPLE', 'INTRINSIC_SUBSCRIPT_GENERIC', 'INTRINSIC_TYPEALIAS',
];
const INTRINSICS_2 = [
  'INTRINSIC_2_INVALID', 'INTRINSIC_PREP_RERAISE_STAR', 'INTRINSIC_TYPEVAR_WITH_BOUND', 'INTRINSIC_TYPEVAR_WITH_CONSTRAINTS',
  'INTRINSIC_SET_FUNCTION_TYPE_PARAMS', 'INTRINSIC_SET_TYPEPARAM_DEFAULT',
];
const SPECIAL_METHODS = ['__enter__', '__exit__', '__aenter__', '__aexit__'];

function test(predicate: (op: number) => boolean): MethodRow {
  const run = (t: Thread, opcode: Value): boolean => {
    const op = intArgument(t, opcode, 0);
    return isValidOpcode(op) && predicate(op);
  };
  return [run, '($module, /, opcode)', 'Return True if the opcode has this property, False otherwise.'];
}

/** Names of the operators of BINARY_OP, by oparg. */
function operators(): Value {
  const slotName = (slot: string): string => `NB_${slot.slice(3).toUpperCase()}`;
  const plain = BINARY_OPERATORS.map(({ slot, symbol }) => newTuple([slotName(slot), symbol]));
  const inplace = BINARY_OPERATORS.map(({ inplace: slot, symbol }) => newTuple([slotName(slot), `${symbol}=`]));
  return newList([...plain, ...inplace, newTuple(['NB_SUBSCR', '[]'])]);
}

function opcode_stack_effect(t: Thread, opcode: Value, oparg?: Value, jump?: Value): Value {
  const op = intArgument(t, opcode, 0);
  const given: Maybe = oparg === null ? undefined : oparg;
  if (jump !== undefined && jump !== null && typeof jump !== 'boolean') raiseValueError("stack_effect: jump must be False, True or None");
  if (!isValidOpcode(op)) raiseValueError('invalid opcode or oparg');
  if (!hasArg(op) && given !== undefined) return stackEffect(op, 0, jump === true);
  const argument = intArgument(t, given, 0);
  const fall = stackEffect(op, argument, /* jump */ false);
  if (!hasJump(op) && !hasExc(op)) return fall;
  const taken = stackEffect(op, argument, /* jump */ true);
  return jump === true ? taken : jump === false ? fall : Math.max(fall, taken);
}

/** The table. */
export const OPCODE_MODULE: NativeModule = {
  name: '_opcode',
  doc: 'Opcode support module.',
  attributes: () => ({ ENABLE_SPECIALIZATION: 0, ENABLE_SPECIALIZATION_FT: 0 }),
  functions: {
    stack_effect: [opcode_stack_effect, '($module, opcode, oparg=None, /, *, jump=None)', 'Compute the stack effect of the opcode.'],
    is_valid: test(() => true),
    has_arg: test(hasArg), has_const: test(hasConst), has_name: test(hasName), has_jump: test(hasJump), has_free: test(hasFree), has_local: test(hasLocal), has_exc: test(hasExc),
    get_specialization_stats: [() => null, '($module, /)', 'Return the specialization stats: there are none.'],
    get_nb_ops: [operators, '($module, /)', 'Return array of symbols of binary ops.'],
    get_intrinsic1_descs: [() => newList([...INTRINSICS_1]), '($module, /)', 'Return a list of names of the unary intrinsics.'],
    get_intrinsic2_descs: [() => newList([...INTRINSICS_2]), '($module, /)', 'Return a list of names of the binary intrinsics.'],
    get_special_method_names: [() => newList([...SPECIAL_METHODS]), '($module, /)', 'Return a list of special method names.'],
    get_executor: [() => raiseValueError('no executor at that byte offset'), '($module, /, code, offset)', 'Return the executor object at offset in code: there is none.'],
  },
};
