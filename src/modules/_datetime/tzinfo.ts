/** `datetime.tzinfo`, `datetime.timezone`, and asking any of them. */
import { PyTuple } from '../../core/containers.ts';
import type { KeywordNames, PyType } from '../../core/type.ts';
import type { Thread } from '../../core/thread.ts';
import type { Maybe, Value } from '../../core/value.ts';
import { lookupAttr } from '../../objects/attributes.ts';
import { call, callMethod } from '../../objects/call.ts';
import { equalityResult } from '../../objects/compare.ts';
import { EQ, NE } from '../../core/type.ts';
import { NotImplementedError } from '../../objects/exception-types.ts';
import { EMPTY_TUPLE, newTuple, NOT_IMPLEMENTED } from '../../objects/make.ts';
import { add } from '../../objects/operators.ts';
import { raise, raiseTypeError, raiseValueError, typeName } from '../../objects/raise.ts';
import { repr } from '../../objects/text.ts';
import { asStr } from '../../objects/type-of.ts';
import { readyType } from '../../objects/type-ready.ts';
import { bindFields } from './arguments.ts';
import {
  compareDeltas, newDelta, PyDateTime, PyDelta, PyTimeZone, PyTzInfo, SECONDS_PER_DAY, TIMEZONE_TYPE, TZINFO_TYPE,
} from './records.ts';
import { hashDelta, subtractDeltas } from './timedelta.ts';

function checkOffset(t: Thread, offset: PyDelta): PyDelta {
  const strict = offset.days === 0 || (offset.days === -1 && (offset.seconds > 0 || offset.micros > 0));
  if (strict) return offset;
  return raiseValueError(`offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not ${repr(t, offset)}`);
}

/** What `tz.utcoffset(argument)` or `tz.dst(argument)` say; null for None. Raises for what neither may return. */
function askDelta(t: Thread, tz: Value, method: 'utcoffset' | 'dst', argument: Value): PyDelta | null {
  if (tz === null) return null;
  if (tz instanceof PyTimeZone) return method === 'utcoffset' ? tz.offset : null;
  const result = callMethod(t, tz, method, argument);
  if (result === null) return null;
  if (!(result instanceof PyDelta)) raiseTypeError(`tzinfo.${method}() must return None or timedelta, not '${typeName(result)}'`);
  return checkOffset(t, result);
}

/** `tz.utcoffset(argument)`, null without one. */
export function askUtcOffset(t: Thread, tz: Value, argument: Value): PyDelta | null {
  return askDelta(t, tz, 'utcoffset', argument);
}

/** `tz.dst(argument)`, null without one. */
export function askDst(t: Thread, tz: Value, argument: Value): PyDelta | null {
  return askDelta(t, tz, 'dst', argument);
}

/** `tz.tzname(argument)`, null without one. */
export function askName(t: Thread, tz: Value, argument: Value): Value {
  if (tz === null) return null;
  if (tz instanceof PyTimeZone) return zoneName(tz);
  const result = callMethod(t, tz, 'tzname', argument);
  if (result === null || asStr(result) !== undefined) return result;
  return raiseTypeError(`tzinfo.tzname() must return None or a string, not '${typeName(result)}'`);
}

// tzinfo

function unimplemented(method: string): (t: Thread) => never {
  return () => raise(NotImplementedError, `a tzinfo subclass must implement ${method}()`);
}

/** The default `fromutc`: standard offset, then the offset that holds there. */
function tzinfo_fromutc(t: Thread, self: Value, object: Value): Value {
  if (!(object instanceof PyDateTime)) raiseTypeError('fromutc: argument must be a datetime');
  if (object.tz !== self) raiseValueError('fromutc: dt.tzinfo is not self');
  const offset = askUtcOffset(t, self, object) ?? raiseValueError('fromutc: non-None utcoffset() result required');
  const dst = askDst(t, self, object) ?? raiseValueError('fromutc: non-None dst() result required');
  const standard = subtractDeltas(offset, dst);
  const local = add(t, object, standard);
  if (!(local instanceof PyDateTime)) raiseTypeError('fromutc: tz.dst() gave inconsistent results; cannot convert');
  const localDst = askDst(t, local.tz, local) ?? raiseValueError('fromutc: tz.dst() gave inconsistent results; cannot convert');
  return localDst.days === 0 && localDst.seconds === 0 && localDst.micros === 0 ? local : add(t, local, localDst);
}

function tzinfo_reduce(t: Thread, self: Value): Value {
  const getArgs = lookupAttr(t, self, '__getinitargs__');
  const args = getArgs === undefined ? EMPTY_TUPLE : call(t, getArgs, []);
  if (!(args instanceof PyTuple)) raiseTypeError(`__getinitargs__ should return a tuple, not '${typeName(args)}'`);
  return newTuple([(self as PyTzInfo).type, args, callMethod(t, self, '__getstate__')]);
}

readyType(TZINFO_TYPE, {
  doc: 'Abstract base class for time zone info objects.',
  slots: { tp_alloc: (type) => new PyTzInfo(type), tp_new: (_t: Thread, type: PyType) => new PyTzInfo(type), tp_init: () => undefined },
  methods: {
    tzname: [unimplemented('tzname'), '($self, object, /)', 'datetime -> string name of time zone.'],
    utcoffset: [unimplemented('utcoffset'), '($self, object, /)', 'datetime -> timedelta showing offset from UTC, negative values indicating West of UTC'],
    dst: [unimplemented('dst'), '($self, object, /)', 'datetime -> DST offset as timedelta positive east of UTC.'],
    fromutc: [tzinfo_fromutc, '($self, object, /)', 'datetime in UTC -> datetime in local time.'],
    __reduce__: [tzinfo_reduce, '($self, /)', '-> (cls, state)'],
  },
});

// timezone

/** `timezone.utc`. */
export const UTC = new PyTimeZone(newDelta(0, 0, 0), null);

/** A zone with a fixed offset and no name; UTC is one object. */
export function zoneOfOffset(t: Thread, offset: PyDelta, name: string | null = null): PyTimeZone {
  if (name === null && offset.days === 0 && offset.seconds === 0 && offset.micros === 0) return UTC;
  return new PyTimeZone(checkOffset(t, offset), name);
}

function timezone_new(t: Thread, _type: PyType, args: Value[], keywords: KeywordNames): Value {
  const [offset, name] = bindFields({ names: ['offset', 'name'], required: 1, positional: 2, who: 'timezone()' }, args, keywords) as [Value, Maybe];
  if (!(offset instanceof PyDelta)) raiseTypeError(`timezone() argument 1 must be datetime.timedelta, not ${offset === null ? 'None' : typeName(offset)}`);
  const text = name === undefined ? null : asStr(name);
  if (text === undefined) raiseTypeError(`timezone() argument 2 must be str, not ${name === null ? 'None' : typeName(name!)}`);
  return zoneOfOffset(t, offset, text);
}

/** `±HH:MM[:SS[.ffffff]]` with any separator. */
export function offsetText(offset: PyDelta, separator: string): string {
  const negative = offset.days < 0;
  const size = negative ? newDelta(-offset.days, -offset.seconds, -offset.micros) : offset;
  const two = (value: number): string => String(value).padStart(2, '0');
  const { seconds, micros } = size;
  let text = `${negative ? '-' : '+'}${two(Math.floor(seconds / 3600))}${separator}${two(Math.floor(seconds / 60) % 60)}`;
  if (seconds % 60 !== 0 || micros !== 0) text += `${separator}${two(seconds % 60)}`;
  return micros === 0 ? text : `${text}.${String(micros).padStart(6, '0')}`;
}

function zoneName(self: PyTimeZone): string {
  if (self.name !== null) return self.name;
  return self === UTC || compareDeltas(self.offset, UTC.offset) === 0 ? 'UTC' : `UTC${offsetText(self.offset, ':')}`;
}

function checkMoment(method: string, value: Value): void {
  if (value !== null && !(value instanceof PyDateTime)) raiseTypeError(`${method}(dt) argument must be a datetime instance or None, not ${typeName(value)}`);
}

function timezone_fromutc(t: Thread, self: PyTimeZone, object: Value): Value {
  if (!(object instanceof PyDateTime)) raiseTypeError('fromutc: argument must be a datetime');
  if (object.tz !== self) raiseValueError('fromutc: dt.tzinfo is not self');
  return add(t, object, self.offset);
}

function timezone_repr(t: Thread, self: PyTimeZone): string {
  const name = typeName(self);
  if (self === UTC) return `${name}.utc`;
  return self.name === null ? `${name}(${repr(t, self.offset)})` : `${name}(${repr(t, self.offset)}, ${repr(t, self.name)})`;
}

const LIMIT = SECONDS_PER_DAY - 60;

readyType(TIMEZONE_TYPE, {
  doc: 'Fixed offset from UTC implementation of tzinfo.',
  slots: {
    tp_new: timezone_new,
    tp_repr: timezone_repr,
    tp_str: (_t, self: PyTimeZone) => zoneName(self),
    tp_hash: (_t, self: PyTimeZone) => hashDelta(self.offset),
    tp_richcompare: (_t, self: PyTimeZone, other, op) => {
      if ((op !== EQ && op !== NE) || !(other instanceof PyTimeZone)) return NOT_IMPLEMENTED;
      return equalityResult(compareDeltas(self.offset, other.offset) === 0, op);
    },
  },
  methods: {
    tzname: [(_t: Thread, self: PyTimeZone, object: Value) => { checkMoment('tzname', object); return zoneName(self); }, '($self, object, /)', "If name is specified when timezone is created, returns the name.  Otherwise returns offset as 'UTC(+|-)HH:MM'."],
    utcoffset: [(_t: Thread, self: PyTimeZone, object: Value) => { checkMoment('utcoffset', object); return self.offset; }, '($self, object, /)', 'Return fixed offset.'],
    dst: [(_t: Thread, _self: PyTimeZone, object: Value) => { checkMoment('dst', object); return null; }, '($self, object, /)', 'Return None.'],
    fromutc: [timezone_fromutc, '($self, object, /)', 'datetime in UTC -> datetime in local time.'],
    __getinitargs__: [(_t: Thread, self: PyTimeZone) => newTuple(self.name === null ? [self.offset] : [self.offset, self.name]), '($self, /)', 'pickle support'],
  },
  attributes: { utc: UTC, min: new PyTimeZone(newDelta(0, -LIMIT, 0), null), max: new PyTimeZone(newDelta(0, LIMIT, 0), null) },
});

