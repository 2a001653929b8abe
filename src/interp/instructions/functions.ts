/** Instructions that make functions and classes, import modules, match patterns, and the intrinsics. */
import type { Maybe, Value } from '../../core/value.ts';
import { PyCode, type PyFunction } from '../../core/function.ts';
import { newFunction } from '../../objects/function.ts';
import { loadBuildClass, setFunctionAttribute } from '../functions.ts';
import { importFrom, importName } from '../import.ts';
import { intrinsic1, intrinsic2 } from '../intrinsics.ts';
import { matchClass, matchKeys } from '../matching.ts';
import { typeOf } from '../../objects/type-of.ts';
import { NEXT, type Machine, type Outcome } from '../machine.ts';

/** A function over the code on top. @source bytecodes.c MAKE_FUNCTION */
export function MAKE_FUNCTION(m: Machine, code: Value): Outcome {
  return newFunction(m.t, code as PyCode, m.f.globals, m.f.builtins);
}

/** Sets defaults, keyword defaults, annotations or closure by operand: [value, function] → [function]. @source bytecodes.c SET_FUNCTION_ATTRIBUTE */
export function SET_FUNCTION_ATTRIBUTE(_m: Machine, oparg: number, value: Value, func: Value): Outcome {
  setFunctionAttribute(func as PyFunction, oparg, value);
  return func;
}

/** `builtins.__build_class__` @source bytecodes.c LOAD_BUILD_CLASS */
export function LOAD_BUILD_CLASS(m: Machine): Outcome {
  return loadBuildClass(m.t, m.f);
}

/** `import name`: [level, fromlist] → module. @source bytecodes.c IMPORT_NAME */
export function IMPORT_NAME(m: Machine, oparg: number, level: Value, fromlist: Value): Outcome {
  return importName(m.t, m.f, m.code.names[oparg]!, fromlist, level);
}

/** `from module import name`: pushes the attribute above the module. @manual @source bytecodes.c IMPORT_FROM */
export function IMPORT_FROM(m: Machine, oparg: number): Outcome {
  m.stack[m.sp] = importFrom(m.t, m.stack[m.sp - 1] as Value, m.code.names[oparg]!);
  m.sp++;
  return NEXT;
}

/** @source bytecodes.c CALL_INTRINSIC_1 */
export function CALL_INTRINSIC_1(m: Machine, oparg: number, value: Value): Outcome {
  return intrinsic1(m.t, m.f, oparg, value);
}

/** @source bytecodes.c CALL_INTRINSIC_2 */
export function CALL_INTRINSIC_2(m: Machine, oparg: number, first: Value, second: Value): Outcome {
  return intrinsic2(m.t, oparg, first, second);
}

/** Whether the top is a mapping. @manual @source bytecodes.c MATCH_MAPPING */
export function MATCH_MAPPING(m: Machine): Outcome {
  m.stack[m.sp] = typeOf(m.stack[m.sp - 1] as Value).flags.mapping;
  m.sp++;
  return NEXT;
}

/** Whether the top is a sequence. @manual @source bytecodes.c MATCH_SEQUENCE */
export function MATCH_SEQUENCE(m: Machine): Outcome {
  m.stack[m.sp] = typeOf(m.stack[m.sp - 1] as Value).flags.sequence;
  m.sp++;
  return NEXT;
}

/** The values of the keys on top in the mapping below, or None. @manual @source bytecodes.c MATCH_KEYS */
export function MATCH_KEYS(m: Machine): Outcome {
  const values: Maybe = matchKeys(m.t, m.stack[m.sp - 2] as Value, m.stack[m.sp - 1] as Value);
  m.stack[m.sp++] = values;
  return NEXT;
}

/** The attributes of a class pattern, or None: [subject, class, names]. @source bytecodes.c MATCH_CLASS */
export function MATCH_CLASS(m: Machine, oparg: number, subject: Value, cls: Value, names: Value): Outcome {
  return matchClass(m.t, subject, cls, oparg, names);
}
