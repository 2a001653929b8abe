/**
 * The slot table: one row per slot, with the special methods that stand for it (CPython's slotdefs in Objects/typeobject.c).
 *
 * A row works in both directions. A static type that fills the slot gets wrapper descriptors, so that Python can call `int.__add__`. A class that
 * defines the special method gets the row's `user` function in the slot, which calls the method. Adding a slot touches this table only. Longer than usual, as it is a table.
 */
import { PyBaseException } from '../core/exception.ts';
import { PyFunction } from '../core/function.ts';
import { PyMethodWrapper, PyWrapperDescriptor, type SlotWrapper } from '../core/native.ts';
import { EQ, GE, GT, LE, LT, NE, PyType, type CompareOp, type KeywordNames, type Slots } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import type { Int, Maybe, Value } from '../core/value.ts';
import { genericGetAttr, getAttr, lookupSpecial, raiseMissingAttribute, setUserLookup, typeLookup } from './attributes.ts';
import { call, callSpecial, callTwo, callUnlessRaised, NOT_CALLED } from './call.ts';
import { AttributeError, OverflowError, StopIteration } from './exception-types.ts';
import { NOT_IMPLEMENTED } from './make.ts';
import { toIndex, toSize, type BinarySlot, type UnarySlot } from './operators.ts';
import { isRaised, newException, raise, raiseTypeError, raiseValueError, typeName } from './raise.ts';
import { asInt, asStr, isSubtype, typeOf } from './type-of.ts';
import { isTrue } from './truth.ts';

/** One row of the table. */
export interface SlotRow {
  readonly slot: keyof Slots;
  /** Special methods that fill the slot in classes made by Python code. */
  readonly names: readonly string[];
  readonly wrappers: readonly SlotWrapper[];
  /** The slot function of a class that defines one of `names`; null: such a class inherits the slot. */
  readonly user: Slots[keyof Slots];
}

type Wrapper = (t: Thread, owner: PyType, self: Value, args: Value[], keywords: KeywordNames) => Value;

function wrapper(name: string, signature: string, doc: string, arity: number, run: Wrapper): SlotWrapper {
  return {
    name,
    signature,
    doc,
    call(t, owner, self, args, keywords) {
      if (arity >= 0) {
        if (keywords !== null && keywords.length > 0) raiseTypeError(`wrapper ${name}() takes no keyword arguments`);
        if (args.length !== arity) raiseTypeError(`expected ${arity} argument${arity === 1 ? '' : 's'}, got ${args.length}`);
      }
      return run(t, owner, self, args, keywords);
    },
  };
}

function required(t: Thread, self: Value, name: string, args: Value[]): Value {
  const result = callSpecial(t, self, name, args);
  return result === undefined ? raiseTypeError(`'${typeName(self)}' object has no attribute '${name}'`) : result;
}

function unaryRow(slot: UnarySlot | 'tp_iter' | 'am_await' | 'am_aiter' | 'am_anext', name: string, doc: string): SlotRow {
  return {
    slot,
    names: [name],
    wrappers: [wrapper(name, '($self, /)', doc, 0, (t, owner, self) => owner.slots[slot]!(t, self))],
    user: (t: Thread, self: Value) => required(t, self, name, []),
  };
}

/** A missing special method is like one that returns NotImplemented; `None` is an ordinary result. */
function orNotImplemented(result: Maybe): Value {
  return result === undefined ? NOT_IMPLEMENTED : result;
}

/** A binary operator with its reflected form; source: SLOT1BINFULL. */
function binaryRow(slot: BinarySlot, name: string, symbol: string): SlotRow {
  const reflected = name.replace('__', '__r');
  const user = (t: Thread, left: Value, right: Value): Value => {
    const leftType = typeOf(left);
    const rightType = typeOf(right);
    let tryRight = leftType !== rightType && rightType.slots[slot] === user;
    if (leftType.slots[slot] === user) {
      if (tryRight && isSubtype(rightType, leftType) && typeLookup(rightType, reflected) !== typeLookup(leftType, reflected)) {
        const result = callSpecial(t, right, reflected, [left]);
        if (result !== undefined && result !== NOT_IMPLEMENTED) return result;
        tryRight = false;
      }
      const result = callSpecial(t, left, name, [right]);
      if (result !== undefined && result !== NOT_IMPLEMENTED) return result;
      if (leftType === rightType) return NOT_IMPLEMENTED;
    }
    return tryRight ? orNotImplemented(callSpecial(t, right, reflected, [left])) : NOT_IMPLEMENTED;
  };
  return {
    slot,
    names: [name, reflected],
    wrappers: [
      wrapper(name, '($self, value, /)', `Return self${symbol}value.`, 1, (t, owner, self, args) => owner.slots[slot]!(t, self, args[0]!)),
      wrapper(reflected, '($self, value, /)', `Return value${symbol}self.`, 1, (t, owner, self, args) => owner.slots[slot]!(t, args[0]!, self)),
    ],
    user,
  };
}

function inplaceRow(slot: BinarySlot, name: string, symbol: string): SlotRow {
  return {
    slot,
    names: [name],
    wrappers: [wrapper(name, '($self, value, /)', `Return self${symbol}value.`, 1, (t, owner, self, args) => owner.slots[slot]!(t, self, args[0]!))],
    user: (t: Thread, left: Value, right: Value) => required(t, left, name, [right]),
  };
}

const POWER_ROW: SlotRow = {
  slot: 'nb_power',
  names: ['__pow__', '__rpow__'],
  wrappers: [
    wrapper('__pow__', '($self, value, mod=None, /)', 'Return pow(self, value, mod).', -1, (t, owner, self, args) =>
      owner.slots.nb_power!(t, self, oneOrTwo(args), args[1] ?? null)),
    wrapper('__rpow__', '($self, value, mod=None, /)', 'Return pow(value, self, mod).', -1, (t, owner, self, args) =>
      owner.slots.nb_power!(t, oneOrTwo(args), self, args[1] ?? null)),
  ],
  user: powerUser,
};

function oneOrTwo(args: readonly Value[], expected = 'expected 1 or 2 arguments'): Value {
  if (args.length < 1 || args.length > 2) raiseTypeError(`${expected}, got ${args.length}`);
  return args[0]!;
}

function powerUser(t: Thread, base: Value, exponent: Value, modulus: Value): Value {
  if (modulus === null) return binaryPower(t, base, exponent);
  if (typeOf(base).slots.nb_power !== powerUser) {
    if (typeOf(exponent).slots.nb_power === powerUser) return orNotImplemented(callSpecial(t, exponent, '__rpow__', [base, modulus]));
    return NOT_IMPLEMENTED;
  }
  return orNotImplemented(callSpecial(t, base, '__pow__', [exponent, modulus]));
}

function binaryPower(t: Thread, base: Value, exponent: Value): Value {
  const baseType = typeOf(base);
  const exponentType = typeOf(exponent);
  let tryRight = baseType !== exponentType && exponentType.slots.nb_power === powerUser;
  if (baseType.slots.nb_power === powerUser) {
    if (tryRight && isSubtype(exponentType, baseType) && typeLookup(exponentType, '__rpow__') !== typeLookup(baseType, '__rpow__')) {
      const result = callSpecial(t, exponent, '__rpow__', [base]);
      if (result !== undefined && result !== NOT_IMPLEMENTED) return result;
      tryRight = false;
    }
    const result = callSpecial(t, base, '__pow__', [exponent]);
    if (result !== undefined && result !== NOT_IMPLEMENTED) return result;
    if (baseType === exponentType) return NOT_IMPLEMENTED;
  }
  return tryRight ? orNotImplemented(callSpecial(t, exponent, '__rpow__', [base])) : NOT_IMPLEMENTED;
}

const INPLACE_POWER_ROW: SlotRow = {
  slot: 'nb_inplace_power',
  names: ['__ipow__'],
  wrappers: [wrapper('__ipow__', '($self, value, /)', 'Return self**=value.', 1, (t, owner, self, args) => owner.slots.nb_inplace_power!(t, self, args[0]!, null))],
  user: (t: Thread, self: Value, exponent: Value, _modulus: Value) => required(t, self, '__ipow__', [exponent]),
};

function userLength(t: Thread, self: Value): number {
  return checkedLength(t, required(t, self, '__len__', []));
}

/** What `__len__` has given, as a length; raises where it is none. */
export function checkedLength(t: Thread, result: Value): number {
  const length = toIndex(t, result);
  if (length < 0) raiseValueError('__len__() should return >= 0');
  return typeof length === 'number' ? length : raise(OverflowError, "cannot fit 'int' into an index-sized integer");
}

function lengthRow(slot: 'sq_length' | 'mp_length'): SlotRow {
  return {
    slot,
    names: ['__len__'],
    wrappers: [wrapper('__len__', '($self, /)', 'Return len(self).', 0, (t, owner, self) => owner.slots[slot]!(t, self))],
    user: userLength,
  };
}

const COMPARE_NAMES = ['__lt__', '__le__', '__eq__', '__ne__', '__gt__', '__ge__'] as const;
const COMPARE_SYMBOLS = ['<', '<=', '==', '!=', '>', '>='] as const;
const COMPARE_OPS: readonly CompareOp[] = [LT, LE, EQ, NE, GT, GE];

/** As in CPython's slot_tp_richcompare, a method whose descriptor raises AttributeError is missing. */
function userCompare(t: Thread, left: Value, right: Value, op: CompareOp): Value {
  const name = COMPARE_NAMES[op];
  const attribute = typeLookup(typeOf(left), name);
  if (attribute === undefined) return NOT_IMPLEMENTED;
  if (attribute instanceof PyFunction) return callTwo(t, attribute, left, right);
  // A class that defines one comparison alone has the others of a builtin class: no bound method is made to ask its slot.
  if (attribute instanceof PyWrapperDescriptor && attribute.wrapper.name === name && isSubtype(typeOf(left), attribute.owner)) return attribute.owner.slots.tp_richcompare!(t, left, right, op);
  let method: Maybe;
  try {
    method = lookupSpecial(t, left, name);
  } catch (caught) {
    if (isRaised(caught, AttributeError)) return NOT_IMPLEMENTED;
    throw caught;
  }
  return method === undefined ? NOT_IMPLEMENTED : call(t, method, [right]);
}

const COMPARE_ROW: SlotRow = {
  slot: 'tp_richcompare',
  names: COMPARE_NAMES,
  wrappers: COMPARE_OPS.map((op) =>
    wrapper(COMPARE_NAMES[op], '($self, value, /)', `Return self${COMPARE_SYMBOLS[op]}value.`, 1, (t, owner, self, args) =>
      owner.slots.tp_richcompare!(t, self, args[0]!, op)),
  ),
  user: userCompare,
};

function textRow(slot: 'tp_repr' | 'tp_str', name: '__repr__' | '__str__', doc: string): SlotRow {
  return {
    slot,
    names: [name],
    wrappers: [wrapper(name, '($self, /)', doc, 0, (t, owner, self) => owner.slots[slot]!(t, self))],
    user: (t: Thread, self: Value) => {
      const result = required(t, self, name, []);
      return asStr(result) ?? raiseTypeError(`${name} returned non-string (type ${typeName(result)})`);
    },
  };
}

/** Reduces a Python hash to the range of Py_hash_t, as `__hash__` may return any int. */
function userHash(t: Thread, self: Value): Int {
  const result = asInt(required(t, self, '__hash__', []));
  if (result === undefined) raiseTypeError('__hash__ method should return an integer');
  if (typeof result === 'number') return result === -1 ? -2 : result;
  const wrapped = BigInt.asIntN(64, result);
  if (wrapped === result) return result;
  return typeOf(0).slots.tp_hash!(t, result);
}

const HASH_ROW: SlotRow = {
  slot: 'tp_hash',
  names: ['__hash__'],
  wrappers: [wrapper('__hash__', '($self, /)', 'Return hash(self).', 0, (t, owner, self) => owner.slots.tp_hash!(t, self))],
  user: userHash,
};

function userGetAttr(t: Thread, self: Value, name: string): Maybe {
  const type = typeOf(self);
  const getattribute = typeLookup(type, '__getattribute__');
  const fallback = typeLookup(type, '__getattr__');
  let found: Maybe;
  try {
    found = getattribute instanceof PyWrapperDescriptor
      ? getattribute.owner.slots.tp_getattro!(t, self, name)
      : call(t, lookupSpecial(t, self, '__getattribute__')!, [name]);
  } catch (caught) {
    if (fallback === undefined || !isRaised(caught, AttributeError)) throw caught;
  }
  if (found !== undefined || fallback === undefined) return found;
  return callSpecial(t, self, '__getattr__', [name]);
}

/** As `lookupAttr` of an object whose class has a Python `__getattr__`: where that raises AttributeError, nothing is thrown. */
function lookupUserAttr(t: Thread, self: Value, name: string): Maybe | typeof NOT_CALLED {
  const type = typeOf(self);
  const getattribute = typeLookup(type, '__getattribute__');
  if (!(getattribute instanceof PyWrapperDescriptor) || getattribute.owner.slots.tp_getattro !== genericGetAttr) return NOT_CALLED;
  let found: Maybe;
  try {
    found = genericGetAttr(t, self, name);
  } catch (caught) {
    if (!isRaised(caught, AttributeError)) throw caught;
  }
  return found === undefined ? callUnlessRaised(t, typeLookup(type, '__getattr__') ?? null, [self, name], isAttributeError) : found;
}

function isAttributeError(exception: PyBaseException): boolean {
  return isSubtype(exception.type, AttributeError);
}

setUserLookup(userGetAttr, lookupUserAttr);

function attributeName(name: Value): string {
  return asStr(name) ?? raiseTypeError(`attribute name must be string, not '${typeName(name)}'`);
}

const GETATTR_ROW: SlotRow = {
  slot: 'tp_getattro',
  names: ['__getattribute__', '__getattr__'],
  wrappers: [
    wrapper('__getattribute__', '($self, name, /)', 'Return getattr(self, name).', 1, (t, owner, self, args) => {
      const name = attributeName(args[0]!);
      const value = owner.slots.tp_getattro!(t, self, name);
      return value === undefined ? raiseMissingAttribute(t, self, name) : value;
    }),
  ],
  user: userGetAttr,
};

function userSetAttr(t: Thread, self: Value, name: string, value: Maybe): void {
  if (value === undefined) required(t, self, '__delattr__', [name]);
  else required(t, self, '__setattr__', [name, value]);
}

/** `__setattr__` of the class `owner`, called by its name: refused where a native class between overrides it, as `object.__setattr__(str, ...)` (hackcheck). */
function setAttrOf(t: Thread, owner: PyType, self: Value, name: string, value: Maybe): void {
  const type = typeOf(self);
  const { tp_setattro: asked } = owner.slots;
  let base: PyType | null = type.mro.findLast(({ slots }) => slots.tp_setattro !== userSetAttr && slots.tp_setattro === type.slots.tp_setattro) ?? type;
  for (; base !== null && base.slots.tp_setattro !== asked; base = base.base) {
    if (base.slots.tp_setattro !== userSetAttr) raiseTypeError(`can't apply this ${value === undefined ? '__delattr__' : '__setattr__'} to ${type.name} object`);
  }
  asked!(t, self, name, value);
}

const SETATTR_ROW: SlotRow = {
  slot: 'tp_setattro',
  names: ['__setattr__', '__delattr__'],
  wrappers: [
    wrapper('__setattr__', '($self, name, value, /)', 'Implement setattr(self, name, value).', 2, (t, owner, self, args) => {
      setAttrOf(t, owner, self, attributeName(args[0]!), args[1]!);
      return null;
    }),
    wrapper('__delattr__', '($self, name, /)', 'Implement delattr(self, name).', 1, (t, owner, self, args) => {
      setAttrOf(t, owner, self, attributeName(args[0]!), undefined);
      return null;
    }),
  ],
  user: userSetAttr,
};

const DESCRIPTOR_GET_ROW: SlotRow = {
  slot: 'tp_descr_get',
  names: ['__get__'],
  wrappers: [
    wrapper('__get__', '($self, instance, owner=None, /)', 'Return an attribute of instance, which is of type owner.', -1, (t, owner, self, args) => {
      oneOrTwo(args, args.length < 1 ? 'expected at least 1 argument' : 'expected at most 2 arguments');
      const instance = args[0] === null ? undefined : args[0];
      const type = args[1] ?? null;
      if (instance === undefined && type === null) raiseTypeError('__get__(None, None) is invalid');
      return owner.slots.tp_descr_get!(t, self, instance, type);
    }),
  ],
  user: (t: Thread, self: Value, instance: Maybe, owner: Value) => {
    const get = typeLookup(typeOf(self), '__get__');
    if (get === undefined) return self;
    return call(t, get, [self, instance === undefined ? null : instance, owner]);
  },
};

const DESCRIPTOR_SET_ROW: SlotRow = {
  slot: 'tp_descr_set',
  names: ['__set__', '__delete__'],
  wrappers: [
    wrapper('__set__', '($self, instance, value, /)', 'Set an attribute of instance to value.', 2, (t, owner, self, args) => {
      owner.slots.tp_descr_set!(t, self, args[0]!, args[1]!);
      return null;
    }),
    wrapper('__delete__', '($self, instance, /)', 'Delete an attribute of instance.', 1, (t, owner, self, args) => {
      owner.slots.tp_descr_set!(t, self, args[0]!, undefined);
      return null;
    }),
  ],
  user: (t: Thread, self: Value, instance: Value, value: Maybe) => {
    const name = value === undefined ? '__delete__' : '__set__';
    const result = value === undefined ? callSpecial(t, self, name, [instance]) : callSpecial(t, self, name, [instance, value]);
    if (result === undefined) throw newException(AttributeError, name);
  },
};

const CALL_ROW: SlotRow = {
  slot: 'tp_call',
  names: ['__call__'],
  wrappers: [wrapper('__call__', '($self, /, *args, **kwargs)', 'Call self as a function.', -1, (t, owner, self, args, keywords) => owner.slots.tp_call!(t, self, args, keywords))],
  user: (t: Thread, self: Value, args: Value[], keywords: KeywordNames) => {
    const attribute = typeLookup(typeOf(self), '__call__');
    if (attribute instanceof PyFunction) return call(t, attribute, [self, ...args], keywords);
    return call(t, lookupSpecial(t, self, '__call__')!, args, keywords);
  },
};

const INIT_ROW: SlotRow = {
  slot: 'tp_init',
  names: ['__init__'],
  wrappers: [
    wrapper('__init__', '($self, /, *args, **kwargs)', 'Initialize self.  See help(type(self)) for accurate signature.', -1, (t, owner, self, args, keywords) => {
      owner.slots.tp_init!(t, self, args, keywords);
      return null;
    }),
  ],
  user: (t: Thread, self: Value, args: Value[], keywords: KeywordNames) => {
    const attribute = typeLookup(typeOf(self), '__init__');
    const result = attribute instanceof PyFunction ? call(t, attribute, [self, ...args], keywords) : call(t, lookupSpecial(t, self, '__init__')!, args, keywords);
    if (result !== null) raiseTypeError(`__init__() should return None, not '${typeName(result)}'`);
  },
};

const NEW_ROW: SlotRow = {
  slot: 'tp_new',
  names: ['__new__'],
  // `__new__` of static types is a builtin function made by `type-ready.ts`.
  wrappers: [],
  user: (t: Thread, type: PyType, args: Value[], keywords: KeywordNames) => call(t, getAttr(t, type, '__new__'), [type, ...args], keywords),
};

/** Whether it is StopIteration without a value, which the slot says by giving nothing. */
function endsIteration(exception: PyBaseException): boolean {
  return isSubtype(exception.type, StopIteration) && exception.fields === null && exception.args.items.length === 0;
}

const NEXT = wrapper('__next__', '($self, /)', 'Implement next(self).', 0, (t, owner, self) => {
  const item = owner.slots.tp_iternext!(t, self);
  if (item === undefined) throw newException(StopIteration);
  return item;
});

const NEXT_ROW: SlotRow = {
  slot: 'tp_iternext',
  names: ['__next__'],
  wrappers: [NEXT],
  user: (t: Thread, self: Value) => {
    const method = typeLookup(typeOf(self), '__next__')!;
    // `__next__ = iterator.__next__`, that of a builtin type.
    if (method instanceof PyMethodWrapper && method.descriptor.wrapper === NEXT) return method.descriptor.owner.slots.tp_iternext!(t, method.self);
    const item = callUnlessRaised(t, method, [self], endsIteration);
    if (item !== NOT_CALLED) return item;
    try {
      return required(t, self, '__next__', []);
    } catch (caught) {
      if (caught instanceof PyBaseException && endsIteration(caught)) return undefined;
      throw caught;
    }
  },
};

const ITER_ROW: SlotRow = {
  slot: 'tp_iter',
  names: ['__iter__'],
  wrappers: [wrapper('__iter__', '($self, /)', 'Implement iter(self).', 0, (t, owner, self) => owner.slots.tp_iter!(t, self))],
  user: (t: Thread, self: Value) => {
    if (typeLookup(typeOf(self), '__iter__') === null) raiseTypeError(`'${typeName(self)}' object is not iterable`);
    return required(t, self, '__iter__', []);
  },
};

const BOOL_ROW: SlotRow = {
  slot: 'nb_bool',
  names: ['__bool__'],
  wrappers: [wrapper('__bool__', '($self, /)', 'True if self else False', 0, (t, owner, self) => owner.slots.nb_bool!(t, self))],
  user: (t: Thread, self: Value) => {
    const result = required(t, self, '__bool__', []);
    return typeof result === 'boolean' ? result : raiseTypeError(`__bool__ should return bool, returned ${typeName(result)}`);
  },
};

function itemRow(slot: 'mp_subscript', doc: string): SlotRow {
  return {
    slot,
    names: ['__getitem__'],
    wrappers: [wrapper('__getitem__', '($self, key, /)', doc, 1, (t, owner, self, args) => owner.slots[slot]!(t, self, args[0]!))],
    user: (t: Thread, self: Value, key: Value) => required(t, self, '__getitem__', [key]),
  };
}

const SEQUENCE_ITEM_ROW: SlotRow = {
  slot: 'sq_item',
  names: ['__getitem__'],
  wrappers: [wrapper('__getitem__', '($self, key, /)', 'Return self[key].', 1, (t, owner, self, args) => owner.slots.sq_item!(t, self, toSize(t, args[0]!)))],
  user: (t: Thread, self: Value, index: number) => required(t, self, '__getitem__', [index]),
};

function storeRow<K>(slot: 'mp_ass_subscript' | 'sq_ass_item', toKey: (t: Thread, key: Value) => K & Value): SlotRow {
  const run = (t: Thread, owner: PyType, self: Value, key: Value, value: Maybe): Value => {
    const store = owner.slots[slot] as ((t: Thread, self: Value, key: Value, value: Maybe) => void) | null;
    store!(t, self, toKey(t, key), value);
    return null;
  };
  return {
    slot,
    names: ['__setitem__', '__delitem__'],
    wrappers: [
      wrapper('__setitem__', '($self, key, value, /)', 'Set self[key] to value.', 2, (t, owner, self, args) => run(t, owner, self, args[0]!, args[1]!)),
      wrapper('__delitem__', '($self, key, /)', 'Delete self[key].', 1, (t, owner, self, args) => run(t, owner, self, args[0]!, undefined)),
    ],
    user: (t: Thread, self: Value, key: Value, value: Maybe) => {
      const name = value === undefined ? '__delitem__' : '__setitem__';
      const result = value === undefined ? callSpecial(t, self, name, [key]) : callSpecial(t, self, name, [key, value]);
      if (result === undefined) raiseTypeError(`'${typeName(self)}' object does${value === undefined ? "n't support item deletion" : ' not support item assignment'}`);
    },
  };
}

const CONTAINS_ROW: SlotRow = {
  slot: 'sq_contains',
  names: ['__contains__'],
  wrappers: [wrapper('__contains__', '($self, key, /)', 'Return bool(key in self).', 1, (t, owner, self, args) => owner.slots.sq_contains!(t, self, args[0]!))],
  user: (t: Thread, self: Value, item: Value) => {
    if (typeLookup(typeOf(self), '__contains__') === null) raiseTypeError(`'${typeName(self)}' object is not a container`);
    return isTrue(t, required(t, self, '__contains__', [item]));
  },
};

function sequenceBinaryRow(slot: 'sq_concat' | 'sq_inplace_concat', name: string, symbol: string): SlotRow {
  return {
    slot,
    names: [name],
    wrappers: [wrapper(name, '($self, value, /)', `Return self${symbol}value.`, 1, (t, owner, self, args) => owner.slots[slot]!(t, self, args[0]!))],
    user: null,
  };
}

function repeatRow(slot: 'sq_repeat' | 'sq_inplace_repeat', names: readonly string[], doc: string): SlotRow {
  return {
    slot,
    names,
    wrappers: names.map((name) =>
      wrapper(name, '($self, value, /)', doc, 1, (t, owner, self, args) => owner.slots[slot]!(t, self, toSize(t, args[0]!, OverflowError)))),
    user: null,
  };
}

const FINALIZE_ROW: SlotRow = {
  slot: 'tp_finalize',
  names: ['__del__'],
  wrappers: [
    wrapper('__del__', '($self, /)', 'Called when the instance is about to be destroyed.', 0, (t, owner, self) => {
      owner.slots.tp_finalize!(t, self);
      return null;
    }),
  ],
  user: (t: Thread, self: Value) => void required(t, self, '__del__', []),
};

/** All rows. Where two rows share a name, the first that a static type fills gives the wrapper. */
export const SLOT_TABLE: readonly SlotRow[] = [
  textRow('tp_repr', '__repr__', 'Return repr(self).'),
  HASH_ROW,
  CALL_ROW,
  textRow('tp_str', '__str__', 'Return str(self).'),
  GETATTR_ROW,
  SETATTR_ROW,
  COMPARE_ROW,
  ITER_ROW,
  NEXT_ROW,
  DESCRIPTOR_GET_ROW,
  DESCRIPTOR_SET_ROW,
  INIT_ROW,
  FINALIZE_ROW,
  NEW_ROW,
  unaryRow('am_await', '__await__', 'Return an iterator to be used in await expression.'),
  unaryRow('am_aiter', '__aiter__', 'Return an awaitable, that resolves in asynchronous iterator.'),
  unaryRow('am_anext', '__anext__', 'Return a value or raise StopAsyncIteration.'),
  binaryRow('nb_add', '__add__', '+'),
  binaryRow('nb_subtract', '__sub__', '-'),
  binaryRow('nb_multiply', '__mul__', '*'),
  binaryRow('nb_remainder', '__mod__', '%'),
  binaryRow('nb_divmod', '__divmod__', ' divmod '),
  POWER_ROW,
  unaryRow('nb_negative', '__neg__', '-self'),
  unaryRow('nb_positive', '__pos__', '+self'),
  unaryRow('nb_absolute', '__abs__', 'abs(self)'),
  BOOL_ROW,
  unaryRow('nb_invert', '__invert__', '~self'),
  binaryRow('nb_lshift', '__lshift__', '<<'),
  binaryRow('nb_rshift', '__rshift__', '>>'),
  binaryRow('nb_and', '__and__', '&'),
  binaryRow('nb_xor', '__xor__', '^'),
  binaryRow('nb_or', '__or__', '|'),
  unaryRow('nb_int', '__int__', 'int(self)'),
  unaryRow('nb_float', '__float__', 'float(self)'),
  inplaceRow('nb_inplace_add', '__iadd__', '+='),
  inplaceRow('nb_inplace_subtract', '__isub__', '-='),
  inplaceRow('nb_inplace_multiply', '__imul__', '*='),
  inplaceRow('nb_inplace_remainder', '__imod__', '%='),
  INPLACE_POWER_ROW,
  inplaceRow('nb_inplace_lshift', '__ilshift__', '<<='),
  inplaceRow('nb_inplace_rshift', '__irshift__', '>>='),
  inplaceRow('nb_inplace_and', '__iand__', '&='),
  inplaceRow('nb_inplace_xor', '__ixor__', '^='),
  inplaceRow('nb_inplace_or', '__ior__', '|='),
  binaryRow('nb_floor_divide', '__floordiv__', '//'),
  binaryRow('nb_true_divide', '__truediv__', '/'),
  inplaceRow('nb_inplace_floor_divide', '__ifloordiv__', '//='),
  inplaceRow('nb_inplace_true_divide', '__itruediv__', '/='),
  unaryRow('nb_index', '__index__', 'Return self converted to an integer, if self is suitable for use as an index into a list.'),
  binaryRow('nb_matrix_multiply', '__matmul__', '@'),
  inplaceRow('nb_inplace_matrix_multiply', '__imatmul__', '@='),
  lengthRow('mp_length'),
  itemRow('mp_subscript', 'Return self[key].'),
  storeRow('mp_ass_subscript', (_t, key) => key),
  lengthRow('sq_length'),
  sequenceBinaryRow('sq_concat', '__add__', '+'),
  repeatRow('sq_repeat', ['__mul__', '__rmul__'], 'Return self*value.'),
  SEQUENCE_ITEM_ROW,
  storeRow('sq_ass_item', (t, key) => toSize(t, key)),
  CONTAINS_ROW,
  sequenceBinaryRow('sq_inplace_concat', '__iadd__', '+='),
  repeatRow('sq_inplace_repeat', ['__imul__'], 'Implement self*=value.'),
];
