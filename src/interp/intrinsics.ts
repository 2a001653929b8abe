/** CALL_INTRINSIC_1 and CALL_INTRINSIC_2 (Python/intrinsics.c). */
import { INTRINSIC } from '../bytecode/operands.ts';
import { PyList } from '../core/containers.ts';
import type { PyBaseException } from '../core/exception.ts';
import { PyFunction, type Frame } from '../core/function.ts';
import type { PyTuple } from '../core/containers.ts';
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { unreachable } from '../base/assert.ts';
import { setAttr } from '../objects/attributes.ts';
import { call } from '../objects/call.ts';
import { wrapAsyncGeneratorValue } from '../objects/async-generator.ts';
import { RuntimeError, StopAsyncIteration, StopIteration } from '../objects/exception-types.ts';
import { tableGetStr } from '../objects/hash-table.ts';
import { importModule } from '../objects/import-hook.ts';
import { getAttr } from '../objects/attributes.ts';
import { newTuple } from '../objects/make.ts';
import { unaryOperator } from '../objects/operators.ts';
import { newException, raise } from '../objects/raise.ts';
import { isSubtype } from '../objects/type-of.ts';
import { importStar } from './import.ts';
import { prepareReraiseStar } from './raising.ts';

/** Calls a class of `_typing` with keyword arguments. */
function typingCall(t: Thread, name: string, args: Value[], keywords: string[] | null): Value {
  return call(t, getAttr(t, importModule(t, '_typing'), name), args, keywords);
}

/** A StopIteration that leaves a generator becomes RuntimeError (PEP 479). */
function stopIterationError(f: Frame, value: Value): Value {
  const exception = value as PyBaseException;
  const kind = f.code.generatorKind ?? 'generator';
  const word = kind === 'async_generator' ? 'async generator' : kind;
  let message: string | null = null;
  if (isSubtype(exception.type, StopIteration)) message = `${word} raised StopIteration`;
  else if (kind === 'async_generator' && isSubtype(exception.type, StopAsyncIteration)) message = 'async generator raised StopAsyncIteration';
  if (message === null) return exception;
  const error = newException(RuntimeError, message);
  error.cause = exception;
  error.context = exception;
  error.suppressContext = true;
  return error;
}

function displayHook(t: Thread, value: Value): Value {
  const hook = tableGetStr(t.interpreter.sys.table, 'displayhook');
  if (hook === undefined) raise(RuntimeError, 'lost sys.displayhook');
  return call(t, hook, [value]);
}

/** CALL_INTRINSIC_1. */
export function intrinsic1(t: Thread, f: Frame, operand: number, value: Value): Value {
  switch (operand) {
    case INTRINSIC.PRINT: return displayHook(t, value);
    case INTRINSIC.IMPORT_STAR:
      importStar(t, f, value);
      return null;
    case INTRINSIC.STOPITERATION_ERROR: return stopIterationError(f, value);
    case INTRINSIC.ASYNC_GEN_WRAP: return wrapAsyncGeneratorValue(value);
    case INTRINSIC.UNARY_POSITIVE: return unaryOperator(t, value, 'nb_positive', 'unary +');
    case INTRINSIC.LIST_TO_TUPLE: return newTuple((value as PyList).items.slice());
    case INTRINSIC.TYPEVAR: return typingCall(t, '_make_typevar', [value, null, null], null);
    case INTRINSIC.PARAMSPEC: return typingCall(t, '_make_paramspec', [value], null);
    case INTRINSIC.TYPEVARTUPLE: return typingCall(t, '_make_typevartuple', [value], null);
    case INTRINSIC.SUBSCRIPT_GENERIC: return typingCall(t, '_subscript_generic', [value], null);
    case INTRINSIC.TYPEALIAS: return typingCall(t, '_make_typealias', (value as PyTuple).items.slice(), null);
    default: return unreachable(`CALL_INTRINSIC_1 ${operand} is not made by the compiler`);
  }
}

/** CALL_INTRINSIC_2. */
export function intrinsic2(t: Thread, operand: number, first: Value, second: Value): Value {
  switch (operand) {
    case INTRINSIC.PREP_RERAISE_STAR: return prepareReraiseStar(t, first, (second as PyList).items);
    case INTRINSIC.TYPEVAR_WITH_BOUND: return typingCall(t, '_make_typevar', [first, second, null], null);
    case INTRINSIC.TYPEVAR_WITH_CONSTRAINTS: return typingCall(t, '_make_typevar', [first, null, second], null);
    case INTRINSIC.SET_FUNCTION_TYPE_PARAMS:
      if (first instanceof PyFunction) first.typeParams = second as PyTuple;
      else setAttr(t, first, '__type_params__', second);
      return first;
    case INTRINSIC.SET_TYPEPARAM_DEFAULT: return typingCall(t, '_set_typeparam_default', [first, second], null);
    default: return unreachable(`CALL_INTRINSIC_2 ${operand} is not made by the compiler`);
  }
}
