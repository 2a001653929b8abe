/** `_zoneinfo` (Modules/_zoneinfo.c): `zoneinfo.ZoneInfo`, with the cache of its instances. Files are found and read by the library. */
import { PyBytes } from '../core/scalars.ts';
import { PyTuple } from '../core/containers.ts';
import { NativeDefinition } from '../core/native.ts';
import type { KeywordNames, PyType } from '../core/type.ts';
import type { Thread } from '../core/thread.ts';
import type { Maybe, Value } from '../core/value.ts';
import { getAttr, setAttr } from '../objects/attributes.ts';
import { call, callMethod } from '../objects/call.ts';
import { importModule } from '../objects/import-hook.ts';
import { forEach, toArray } from '../objects/iterate.ts';
import { newTuple } from '../objects/make.ts';
import { bindArguments } from '../objects/native-call.ts';
import { add, toIndex } from '../objects/operators.ts';
import { raise, raiseRuntimeError, raiseTypeError, raiseValueError, typeName } from '../objects/raise.ts';
import { staticType } from '../objects/static-types.ts';
import { repr, str } from '../objects/text.ts';
import { isTrue } from '../objects/truth.ts';
import { asInt, asStr, isInstance } from '../objects/type-of.ts';
import { readyType } from '../objects/type-ready.ts';
import { EPOCH_ORDINAL, toOrdinal } from './_datetime/calendar.ts';
import './_datetime/datetime.ts';
import { DATETIME_TYPE, newDelta, PyDateTime, PyTzInfo, TZINFO_TYPE } from './_datetime/records.ts';
import { PICKLING_ERROR } from './_pickle/errors.ts';
import type { ZoneType } from './_zoneinfo/posix-rule.ts';
import { typeAtLocal, typeAtUtc, typeWithoutMoment, zoneData, type ZoneData } from './_zoneinfo/zone-data.ts';
import type { NativeModule } from './native-module.ts';

const ZONEINFO_TYPE = staticType('ZoneInfo', { module: 'zoneinfo', base: TZINFO_TYPE, baseType: true, hasWeakref: true });
/** So many zones stay alive although nobody uses them. */
const STRONG_CACHE_SIZE = 8;
const SECONDS_PER_DAY = 86400;

type Source = 'cache' | 'no cache' | 'file';

class PyZoneInfo extends PyTzInfo {
  key: Value = null;
  data: ZoneData | null = null;
  source: Source = 'no cache';
  /** repr of the file that the zone was read from. */
  fileText = '';
}

/** Instances of the class itself by key; the strong part keeps those used last. Subclasses have a WeakValueDictionary as `_weak_cache`. */
interface Cache {
  readonly weak: Map<string, WeakRef<PyZoneInfo>>;
  readonly strong: Map<string, PyZoneInfo>;
}

function cacheOf(t: Thread): Cache {
  let cache = t.interpreter.moduleState.get('_zoneinfo') as Cache | undefined;
  if (cache === undefined) t.interpreter.moduleState.set('_zoneinfo', (cache = { weak: new Map(), strong: new Map() }));
  return cache;
}

function refreshStrong(cache: Cache, key: string, zone: PyZoneInfo): void {
  cache.strong.delete(key);
  cache.strong.set(key, zone);
  if (cache.strong.size > STRONG_CACHE_SIZE) cache.strong.delete(cache.strong.keys().next().value!);
}

// Loading

function numbers(t: Thread, values: Value): number[] {
  return toArray(t, values).map((value) => Number(asInt(value) ?? toIndex(t, value)));
}

/** Reads a zone from a binary file object. */
function loadData(t: Thread, zone: PyZoneInfo, file: Value): void {
  const parts = callMethod(t, importModule(t, 'zoneinfo._common'), 'load_data', file);
  if (!(parts instanceof PyTuple) || parts.items.length !== 6) raiseTypeError(`Invalid data result type: ${repr(t, parts)}`);
  const [indices, transitions, offsets, isDst, names, tzString] = parts.items as [Value, Value, Value, Value, Value, Value];
  zone.data = zoneData({
    indices: numbers(t, indices), transitions: numbers(t, transitions), offsets: numbers(t, offsets), isDst: toArray(t, isDst).map((value) => isTrue(t, value)),
    names: toArray(t, names).map((name) => str(t, name)),
    tzString: tzString === null ? null : tzString instanceof PyBytes ? Buffer.from(tzString.value).toString('utf8') : str(t, tzString),
  });
}

function openFile(t: Thread, key: Value): Value {
  const path = callMethod(t, importModule(t, 'zoneinfo._tzpath'), 'find_tzfile', key);
  if (path === null) return callMethod(t, importModule(t, 'zoneinfo._common'), 'load_tzdata', key);
  return callMethod(t, importModule(t, 'io'), 'open', path, 'rb');
}

function loadZone(t: Thread, type: PyType, key: Value): PyZoneInfo {
  const file = openFile(t, key);
  const zone = new PyZoneInfo(type);
  try {
    loadData(t, zone, file);
  } finally {
    callMethod(t, file, 'close');
  }
  zone.key = key;
  return zone;
}

const NEW = new NativeDefinition('ZoneInfo', () => null, '(key)', '', 'method');

function zoneinfo_new(t: Thread, type: PyType, args: Value[], keywords: KeywordNames): Value {
  const [key] = bindArguments(NEW, 'ZoneInfo', null, false, args, keywords) as [Value];
  if (type !== ZONEINFO_TYPE) return subclassZone(t, type, key);
  const text = asStr(key);
  if (text === undefined) return loadZone(t, type, key);
  const cache = cacheOf(t);
  let zone = cache.strong.get(text) ?? cache.weak.get(text)?.deref();
  if (zone === undefined) {
    zone = loadZone(t, type, key);
    zone.source = 'cache';
    // Loading runs Python code, which may have made the same zone.
    const raced = cache.weak.get(text)?.deref();
    if (raced === undefined) cache.weak.set(text, new WeakRef(zone));
    else zone = raced;
  }
  refreshStrong(cache, text, zone);
  return zone;
}

function checkCached(t: Thread, type: PyType, key: Value, found: Value): Value {
  if (found instanceof PyZoneInfo && isInstance(found, type)) return found;
  return raiseRuntimeError(`Unexpected instance of ${typeName(found)} in ${type.name} weak cache for key ${repr(t, key)}`);
}

/** As in CPython, a subclass keeps no zones alive, and its cache is there for the program to see. */
function subclassZone(t: Thread, type: PyType, key: Value): Value {
  const cache = getAttr(t, type, '_weak_cache');
  const found = callMethod(t, cache, 'get', key, null);
  if (found !== null) return checkCached(t, type, key, found);
  const zone = loadZone(t, type, key);
  zone.source = 'cache';
  return checkCached(t, type, key, callMethod(t, cache, 'setdefault', key, zone));
}

function zoneinfo_init_subclass(t: Thread, type: PyType): void {
  setAttr(t, type, '_weak_cache', callMethod(t, importModule(t, 'weakref'), 'WeakValueDictionary'));
}

function zoneinfo_no_cache(t: Thread, type: PyType, key: Value): Value {
  return loadZone(t, type, key);
}

function zoneinfo_from_file(t: Thread, type: PyType, file: Value, key: Maybe): Value {
  const zone = new PyZoneInfo(type);
  zone.fileText = repr(t, file);
  loadData(t, zone, file);
  zone.source = 'file';
  zone.key = key === undefined ? null : key;
  return zone;
}

function clearSubclass(t: Thread, type: PyType, onlyKeys: Maybe): void {
  const cache = getAttr(t, type, '_weak_cache');
  if (onlyKeys === undefined || onlyKeys === null) callMethod(t, cache, 'clear');
  else forEach(t, onlyKeys, (key) => void callMethod(t, cache, 'pop', key, null));
}

function zoneinfo_clear_cache(t: Thread, type: PyType, onlyKeys: Maybe): void {
  if (type !== ZONEINFO_TYPE) return clearSubclass(t, type, onlyKeys);
  const cache = cacheOf(t);
  if (onlyKeys === undefined || onlyKeys === null) {
    cache.weak.clear();
    cache.strong.clear();
    return;
  }
  forEach(t, onlyKeys, (key) => {
    const text = asStr(key);
    if (text === undefined) return;
    cache.weak.delete(text);
    cache.strong.delete(text);
  });
}

// Asking

function dataOf(self: PyZoneInfo): ZoneData {
  return self.data ?? raiseTypeError('ZoneInfo was not initialized');
}

/** What local clocks show, in seconds since 1970. */
function localSeconds(t: Thread, dt: Value): { seconds: number; year: number; fold: number } {
  if (dt instanceof PyDateTime) {
    const seconds = (toOrdinal(dt.year, dt.month, dt.day) - EPOCH_ORDINAL) * SECONDS_PER_DAY + dt.hour * 3600 + dt.minute * 60 + dt.second;
    return { seconds, year: dt.year, fold: dt.fold };
  }
  const field = (name: string): number => Number(asInt(getAttr(t, dt, name)) ?? raiseTypeError(`${name} must be an integer`));
  const days = Number(asInt(callMethod(t, dt, 'toordinal')) ?? raiseTypeError('toordinal() must return an integer'));
  const seconds = (days - EPOCH_ORDINAL) * SECONDS_PER_DAY + field('hour') * 3600 + field('minute') * 60 + field('second');
  return { seconds, year: field('year'), fold: field('fold') };
}

function typeAt(t: Thread, self: PyZoneInfo, dt: Value): ZoneType | null {
  const data = dataOf(self);
  if (dt === null) return typeWithoutMoment(data);
  const { seconds, year, fold } = localSeconds(t, dt);
  return typeAtLocal(data, seconds, year, fold);
}

function delta(seconds: number | undefined): Value {
  return seconds === undefined ? null : newDelta(0, seconds, 0);
}

function zoneinfo_fromutc(t: Thread, self: PyZoneInfo, dt: Value): Value {
  if (!(dt instanceof PyDateTime)) raiseTypeError('fromutc: argument must be a datetime instance');
  if (dt.tz !== self) raiseValueError('fromutc: dt.tzinfo is not self');
  const { seconds, year } = localSeconds(t, dt);
  const { type, fold } = typeAtUtc(dataOf(self), seconds, year);
  const local = add(t, dt, newDelta(0, type.offset, 0));
  if (!fold) return local;
  if (local instanceof PyDateTime && local.type === DATETIME_TYPE) {
    local.fold = 1;
    return local;
  }
  return call(t, getAttr(t, local, 'replace'), [1], ['fold']);
}

// Text and pickling

function zoneinfo_repr(t: Thread, self: PyZoneInfo): string {
  const name = typeName(self);
  return self.key === null ? `${name}.from_file(${self.fileText})` : `${name}(key=${repr(t, self.key)})`;
}

function zoneinfo_reduce(t: Thread, self: PyZoneInfo): Value {
  if (self.source === 'file') raise(PICKLING_ERROR, 'Cannot pickle a ZoneInfo file from a file stream.');
  return newTuple([getAttr(t, self.type, '_unpickle'), newTuple([self.key, self.source === 'cache'])]);
}

function zoneinfo_unpickle(t: Thread, type: PyType, key: Value, fromCache: Value): Value {
  return isTrue(t, fromCache) ? zoneinfo_new(t, type, [key], null) : zoneinfo_no_cache(t, type, key);
}

readyType(ZONEINFO_TYPE, {
  doc: '',
  slots: {
    tp_alloc: (type) => new PyZoneInfo(type),
    tp_new: zoneinfo_new,
    tp_repr: zoneinfo_repr,
    tp_str: (t, self: PyZoneInfo) => (self.key === null ? zoneinfo_repr(t, self) : str(t, self.key)),
  },
  methods: {
    clear_cache: [zoneinfo_clear_cache, '($type, /, *, only_keys=None)', 'Clear the ZoneInfo cache.', 'class'],
    no_cache: [zoneinfo_no_cache, '($type, /, key)', 'Get a new instance of ZoneInfo, bypassing the cache.', 'class'],
    from_file: [zoneinfo_from_file, '($type, file_obj, /, key=None)', 'Create a ZoneInfo file from a file object.', 'class'],
    utcoffset: [(t: Thread, self: PyZoneInfo, dt: Value) => delta(typeAt(t, self, dt)?.offset), '($self, dt, /)', 'Retrieve a timedelta representing the UTC offset in a zone at the given\ndatetime.'],
    dst: [(t: Thread, self: PyZoneInfo, dt: Value) => delta(typeAt(t, self, dt)?.dst), '($self, dt, /)', 'Retrieve a timedelta representing the amount of DST applied in a zone at the\ngiven datetime.'],
    tzname: [(t: Thread, self: PyZoneInfo, dt: Value) => typeAt(t, self, dt)?.name ?? null, '($self, dt, /)', 'Retrieve a string containing the abbreviation for the time zone that applies\nin a zone at a given datetime.'],
    fromutc: [zoneinfo_fromutc, '!($self, dt, /)', 'Given a datetime with local time in UTC, retrieve an adjusted datetime in local time.'],
    __reduce__: [zoneinfo_reduce, '!($self, /)', 'Function for serialization with the pickle protocol.'],
    _unpickle: [zoneinfo_unpickle, '($type, key, from_cache, /)', 'Private method used in unpickling.', 'class'],
    __init_subclass__: [zoneinfo_init_subclass, '!($type, /, *args, **kwargs)', 'Function to initialize subclasses.', 'class'],
  },
  getset: { key: { get: (_t, self) => (self as PyZoneInfo).key, member: true } },
});

/** The table. */
export const ZONEINFO_MODULE: NativeModule = {
  name: '_zoneinfo',
  doc: 'C implementation of the zoneinfo module',
  functions: {},
  types: { ZoneInfo: ZONEINFO_TYPE },
  // A program that has put `_datetime` out of reach gets the library's own ZoneInfo.
  exec: (t) => void importModule(t, '_datetime'),
};
