/** `bool`. Source: CPython Objects/boolobject.c. */
import type { KeywordNames, PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import type { Int, Value } from '../core/value.ts';
import { intInvert } from './algorithms/int-arith.ts';
import { checkArguments } from './new-arguments.ts';
import { DeprecationWarning } from './exception-types.ts';
import './int.ts';
import { BOOL_TYPE, INT_TYPE } from './static-types.ts';
import { isTrue } from './truth.ts';
import { readyType } from './type-ready.ts';
import { warn } from './warn-hook.ts';

function bool_new(t: Thread, _type: PyType, args: Value[], keywords: KeywordNames): Value {
  checkArguments('bool', args, keywords, 0, 1);
  return args.length === 1 && isTrue(t, args[0]!);
}

/** A logical operation on two bools; with any other operand it is that of int. */
function logical(slot: 'nb_and' | 'nb_or' | 'nb_xor', operation: (a: boolean, b: boolean) => boolean) {
  return (t: Thread, left: Value, right: Value): Value =>
    typeof left === 'boolean' && typeof right === 'boolean' ? operation(left, right) : INT_TYPE.slots[slot]!(t, left, right);
}

const INVERT_WARNING =
  "Bitwise inversion '~' on bool is deprecated and will be removed in Python 3.16. This returns the bitwise inversion of the underlying int object and is usually not what you expect from negating a bool. Use the 'not' operator for boolean negation or ~int(x) if you really want the bitwise inversion of the underlying int.";

function bool_invert(t: Thread, self: Value): Int {
  warn(t, DeprecationWarning, INVERT_WARNING);
  return intInvert(self === true ? 1 : 0);
}

readyType(BOOL_TYPE, {
  doc: 'Returns True when the argument is true, False otherwise.\nThe builtins True and False are the only two instances of the class bool.\nThe class bool is a subclass of the class int, and cannot be subclassed.',
  textSignature: '(object=False, /)',
  slots: {
    tp_new: bool_new,
    tp_alloc: INT_TYPE.slots.tp_alloc,
    tp_repr: (_t, self) => (self === true ? 'True' : 'False'),
    nb_invert: bool_invert,
    nb_and: logical('nb_and', (a, b) => a && b),
    nb_xor: logical('nb_xor', (a, b) => a !== b),
    nb_or: logical('nb_or', (a, b) => a || b),
  },
});
