/** `BaseExceptionGroup` and `ExceptionGroup` (PEP 654). */
import { PyList, PyTuple } from '../core/containers.ts';
import { PyBaseException } from '../core/exception.ts';
import { PyType, type KeywordNames } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { lookupAttr, setAttr } from './attributes.ts';
import { call, callMethod, isCallable } from './call.ts';
import { BaseException, BaseExceptionGroup, Exception, ExceptionGroup } from './exception-types.ts';
import { CLASS_GETITEM } from './generic-alias-record.ts';
import { toArray } from './iterate.ts';
import { newList, newTuple } from './make.ts';
import { raiseTypeError, raiseValueError, typeName } from './raise.ts';
import { repr, str } from './text.ts';
import { isTrue } from './truth.ts';
import { readyType } from './type-ready.ts';
import { asStr, isInstance, isSubtype, typeOf } from './type-of.ts';

function group_new(t: Thread, type: PyType, args: Value[], keywords: KeywordNames): Value {
  if (keywords !== null && keywords.length > 0) raiseTypeError(`${type.name}.__new__() takes no keyword arguments`);
  if (args.length !== 2) raiseTypeError(`BaseExceptionGroup.__new__() takes exactly 2 arguments (${args.length} given)`);
  const [message, sequence] = args as [Value, Value];
  if (asStr(message) === undefined) raiseTypeError(`BaseExceptionGroup.__new__() argument 1 must be str, not ${typeName(message)}`);
  if (typeOf(sequence).slots.sq_item === null || typeOf(sequence).flags.mapping) raiseTypeError('second argument (exceptions) must be a sequence');
  const exceptions = toArray(t, sequence);
  if (exceptions.length === 0) raiseValueError('second argument (exceptions) must be a non-empty sequence');
  let allExceptions = true;
  exceptions.forEach((exception, i) => {
    if (!isInstance(exception, BaseException)) raiseValueError(`Item ${i} of second argument (exceptions) is not an exception`);
    if (!isInstance(exception, Exception)) allExceptions = false;
  });
  const chosen = type === BaseExceptionGroup && allExceptions ? ExceptionGroup : type;
  if (!allExceptions && chosen === ExceptionGroup) raiseTypeError('Cannot nest BaseExceptions in an ExceptionGroup');
  if (!allExceptions && chosen !== BaseExceptionGroup && isSubtype(chosen, Exception)) raiseTypeError(`Cannot nest BaseExceptions in '${chosen.name}'`);
  const group = new PyBaseException(chosen, newTuple(args));
  group.fields = new Map<string, Value>([['message', message], ['exceptions', newTuple(exceptions)]]);
  return group;
}

const innerOf = (group: PyBaseException): readonly Value[] => (group.fields!.get('exceptions') as PyTuple).items;

type Condition = (exception: Value) => boolean;

/** The condition of `split` and `subgroup`: a class, a tuple of classes, or a callable. */
function conditionOf(t: Thread, matcher: Value): Condition {
  const isClass = (value: Value): value is PyType => value instanceof PyType && isSubtype(value, BaseException);
  if (isClass(matcher)) return (exception) => isInstance(exception, matcher);
  if (matcher instanceof PyTuple && matcher.items.every(isClass)) {
    const types = matcher.items as PyType[];
    return (exception) => types.some((type) => isInstance(exception, type));
  }
  if (!(matcher instanceof PyType) && isCallable(matcher)) return (exception) => isTrue(t, call(t, matcher, [exception]));
  return raiseTypeError('expected an exception type, a tuple of exception types, or a callable (other than a class)');
}

function derived(t: Thread, group: PyBaseException, exceptions: Value[]): Value {
  if (exceptions.length === 0) return null;
  const made = callMethod(t, group, 'derive', newList(exceptions));
  if (!isInstance(made, BaseExceptionGroup)) raiseTypeError('derive must return an instance of BaseExceptionGroup');
  const part = made as PyBaseException;
  part.traceback = group.traceback;
  part.context = group.context;
  part.cause = group.cause;
  part.suppressContext = group.suppressContext;
  const notes = lookupAttr(t, group, '__notes__');
  if (notes instanceof PyList) setAttr(t, part, '__notes__', newList(notes.items.slice()));
  return part;
}

function splitRecursively(t: Thread, value: Value, condition: Condition): [Value, Value] {
  if (condition(value)) return [value, null];
  if (!isInstance(value, BaseExceptionGroup)) return [null, value];
  const group = value as PyBaseException;
  const matched: Value[] = [];
  const rest: Value[] = [];
  for (const inner of innerOf(group)) {
    const [yes, no] = splitRecursively(t, inner, condition);
    if (yes !== null) matched.push(yes);
    if (no !== null) rest.push(no);
  }
  return [derived(t, group, matched), derived(t, group, rest)];
}

function group_split(t: Thread, self: PyBaseException, matcher: Value): Value {
  return newTuple(splitRecursively(t, self, conditionOf(t, matcher)));
}

function group_subgroup(t: Thread, self: PyBaseException, matcher: Value): Value {
  return splitRecursively(t, self, conditionOf(t, matcher))[0];
}

readyType(BaseExceptionGroup, {
  doc: 'A combination of multiple unrelated exceptions.',
  slots: {
    tp_new: group_new,
    tp_init: (_t, self: PyBaseException, args, keywords) => {
      if (keywords !== null && keywords.length > 0) raiseTypeError(`${self.type.name}() takes no keyword arguments`);
      self.args = newTuple(args);
    },
    tp_str: (t, self: PyBaseException) => {
      const count = innerOf(self).length;
      return `${str(t, self.fields!.get('message')!)} (${count} sub-exception${count === 1 ? '' : 's'})`;
    },
    tp_repr: (t, self: PyBaseException) => `${self.type.name}(${repr(t, self.fields!.get('message')!)}, ${repr(t, exceptionsAsGiven(self))})`,
  },
  methods: {
    __class_getitem__: CLASS_GETITEM,
    derive: [(t: Thread, _self: PyBaseException, exceptions: Value) => call(t, BaseExceptionGroup, [_self.fields!.get('message')!, exceptions]), '($self, excs, /)', 'Make a group like this one with other exceptions.'],
    split: [group_split, '($self, matcher_value, /)', 'Split into what matches and the rest.'],
    subgroup: [group_subgroup, '($self, matcher_value, /)', 'The part that matches.'],
  },
  getset: {
    message: { get: (_t, self) => (self as PyBaseException).fields!.get('message'), member: true },
    exceptions: { get: (_t, self) => (self as PyBaseException).fields!.get('exceptions'), member: true },
  },
});

/** The exceptions as the list or tuple that the constructor was given. */
function exceptionsAsGiven(self: PyBaseException): Value {
  return self.args.items[1] instanceof PyList ? newList(innerOf(self).slice()) : self.fields!.get('exceptions')!;
}

readyType(ExceptionGroup, {});
