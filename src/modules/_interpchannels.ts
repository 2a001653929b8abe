/** `_interpchannels` (Modules/_interpchannelsmodule.c): channels between interpreters; they live in the supervisor (`host/channels.ts`). */
import type { HostValue } from '../base/protocol.ts';
import { EQ, NE, type CompareOp } from '../core/type.ts';
import type { PARKED, Thread } from '../core/thread.ts';
import { PyFloat } from '../core/scalars.ts';
import { PyObject, type Maybe, type Value } from '../core/value.ts';
import { requireBytesLike } from '../objects/buffer.ts';
import { richCompare } from '../objects/compare.ts';
import { RuntimeError, TimeoutError } from '../objects/exception-types.ts';
import { hashOf } from '../objects/hash-value.ts';
import { fromHost, toHost } from '../objects/host-values.ts';
import { newBytes, newList, newTuple, NOT_IMPLEMENTED } from '../objects/make.ts';
import { memoryViewOf } from '../objects/memoryview.ts';
import { toDouble } from '../objects/numbers.ts';
import { toIndex } from '../objects/operators.ts';
import { newException, raiseOverflowError, raiseTypeError, raiseValueError, typeName } from '../objects/raise.ts';
import { staticType } from '../objects/static-types.ts';
import { newStructSequence, structSequenceType } from '../objects/struct-sequence.ts';
import { repr } from '../objects/text.ts';
import { isTrue } from '../objects/truth.ts';
import { readyType } from '../objects/type-ready.ts';
import { asInt, typeOf } from '../objects/type-of.ts';
import { askSupervisor } from './ask.ts';
import { exceptionType } from './exception-type.ts';
import type { NativeModule } from './native-module.ts';

const CHANNEL_ERROR = exceptionType('ChannelError', '_interpchannels', RuntimeError);
const NOT_FOUND = exceptionType('ChannelNotFoundError', '_interpchannels', CHANNEL_ERROR);
const CLOSED = exceptionType('ChannelClosedError', '_interpchannels', CHANNEL_ERROR);
const EMPTY = exceptionType('ChannelEmptyError', '_interpchannels', CHANNEL_ERROR);
const NOT_EMPTY = exceptionType('ChannelNotEmptyError', '_interpchannels', CHANNEL_ERROR);

const CHANNEL_INFO = structSequenceType('ChannelInfo', {
  module: '_interpchannels',
  doc: "ChannelInfo\n\nA named tuple of a channel's state.",
  fields: ['open', 'closing', 'closed', 'count', 'num_interp_send', 'num_interp_send_released', 'num_interp_recv', 'num_interp_recv_released'],
  hidden: [
    'num_interp_both', 'num_interp_both_released', 'num_interp_both_send_released', 'num_interp_both_recv_released', 'send_associated', 'send_released', 'recv_associated',
    'recv_released',
  ],
});
/** Fields of ChannelInfo that are items. */
const INFO_ITEMS = 8;

const CHANNEL_ID = staticType('ChannelID', { module: '_interpchannels', disallowInstantiation: true });

/** A channel's number, perhaps with one end. */
class PyChannelId extends PyObject {
  readonly id: number;
  readonly end: 'send' | 'recv' | 'both';
  constructor(id: number, end: 'send' | 'recv' | 'both') {
    super(CHANNEL_ID);
    this.id = id;
    this.end = end;
  }
}

function channelId_compare(t: Thread, self: PyChannelId, other: Value, op: CompareOp): Value {
  if (other instanceof PyChannelId) {
    if (op !== EQ && op !== NE) return richCompare(t, self.id, other.id, op);
    return (self.id === other.id && self.end === other.end) === (op === EQ);
  }
  const number = asInt(other) ?? (other instanceof PyFloat ? other.value : undefined);
  return number === undefined ? NOT_IMPLEMENTED : richCompare(t, self.id, other, op);
}

const asId = (self: Value): PyChannelId => self as PyChannelId;

readyType(CHANNEL_ID, {
  doc: 'A channel ID identifies a channel and may be used as an int.',
  slots: {
    tp_repr: (_t, self: PyChannelId) => `ChannelID(${self.id}${self.end === 'both' ? '' : `, ${self.end}=True`})`,
    tp_str: (_t, self: PyChannelId) => String(self.id),
    tp_hash: (t, self: PyChannelId) => hashOf(t, self.id),
    tp_richcompare: channelId_compare,
    nb_int: (_t, self: PyChannelId) => self.id,
    nb_index: (_t, self: PyChannelId) => self.id,
  },
  getset: {
    end: { get: (_t, self) => asId(self).end, doc: "'send', 'recv', or 'both'" },
    send: { get: (_t, self) => new PyChannelId(asId(self).id, 'send'), doc: "the 'send' end of the channel" },
    recv: { get: (_t, self) => new PyChannelId(asId(self).id, 'recv'), doc: "the 'recv' end of the channel" },
  },
});

function idOf(t: Thread, cid: Value): number {
  if (cid instanceof PyChannelId) return cid.id;
  if (typeOf(cid).slots.nb_index === null) raiseTypeError(`channel ID must be an int, got ${typeName(cid)}`);
  const number = toIndex(t, cid);
  if (number > 0x7fffffffffffffffn) raiseOverflowError('Python int too large to convert to C long');
  return number < 0 ? raiseValueError(`channel ID must be a non-negative int, got ${repr(t, cid)}`) : Number(number);
}

function fail(failure: string, id: number): never {
  switch (failure) {
    case 'notFound': throw newException(NOT_FOUND, `channel ${id} not found`);
    case 'closed': throw newException(CLOSED, `channel ${id} is closed`);
    case 'empty': throw newException(EMPTY, `channel ${id} is empty`);
    case 'notEmpty': throw newException(NOT_EMPTY, `channel ${id} may not be closed if not empty (try force=True)`);
    default: throw newException(TimeoutError, 'timed out');
  }
}

/** Asks about a channel; `empty` is the answer for one that has nothing, where that is no error. */
function ask(t: Thread, what: string, cid: Value, more: object, finish: (value: unknown) => Value, empty?: () => Value): typeof PARKED {
  const id = idOf(t, cid);
  return askSupervisor(t, `channels.${what}`, { id, ...more }, (answer) => {
    const outcome = answer as { failure: string } | { value: unknown };
    if (!('failure' in outcome)) return finish(outcome.value);
    return outcome.failure === 'empty' && empty !== undefined ? empty() : fail(outcome.failure, id);
  });
}

const nothing = (): null => null;
/** A small int; -1 and nothing stand for the default. */
const small = (value: Maybe, fallback: number): number => (value === undefined || value === -1 ? fallback : Number(asInt(value)));

function channels_create(t: Thread, unbound?: Value, fallback?: Value): typeof PARKED {
  return askSupervisor(t, 'channels.create', { unbound: small(unbound, 3), fallback: small(fallback, 1) }, (id) => new PyChannelId(id as number, 'both'));
}

function sender(isBuffer: boolean) {
  return (t: Thread, cid: Value, obj: Value, unbound?: Value, fallback?: Value, blocking?: Value, timeout?: Value): typeof PARKED => {
    void fallback;
    const item: HostValue = isBuffer ? requireBytesLike(t, obj).slice() : toHost(t, obj);
    const wait = blocking === undefined || isTrue(t, blocking);
    const milliseconds = timeout === undefined || timeout === null ? null : toDouble(t, timeout) * 1000;
    if (milliseconds !== null && !wait) raiseValueError("can't specify a timeout for a non-blocking call");
    if (milliseconds !== null && milliseconds < 0) raiseValueError('timeout value must be a non-negative number');
    return ask(t, 'send', cid, { item, isBuffer, unbound: small(unbound, -1), blocking: wait, timeout: milliseconds }, nothing);
  };
}

function channels_recv(t: Thread, cid: Value, fallback?: Value): typeof PARKED {
  const take = (value: unknown): Value => {
    const item = value as { unbound: number } | { data: HostValue; isBuffer: boolean };
    if ('unbound' in item) return newTuple([null, item.unbound]);
    const received = item.isBuffer ? memoryViewOf(t, newBytes(item.data as Uint8Array)) : fromHost(t, item.data);
    return newTuple([received, null]);
  };
  return ask(t, 'recv', cid, {}, take, fallback === undefined ? undefined : () => newTuple([fallback, null]));
}

/** Which ends a call names; both when it names none. */
function endsOf(t: Thread, send: Maybe, recv: Maybe): { send: boolean; recv: boolean } {
  const sending = send !== undefined && send !== null && isTrue(t, send);
  const receiving = recv !== undefined && recv !== null && isTrue(t, recv);
  return sending || receiving ? { send: sending, recv: receiving } : { send: true, recv: true };
}

function closer(what: 'close' | 'release') {
  return (t: Thread, cid: Value, send?: Value, recv?: Value, force?: Value): typeof PARKED =>
    ask(t, what, cid, { ...endsOf(t, send, recv), force: force !== undefined && isTrue(t, force) }, nothing);
}

function channels_info(t: Thread, cid: Value): typeof PARKED {
  return ask(t, 'info', cid, {}, (values) => {
    const fields = values as Value[];
    return newStructSequence(CHANNEL_INFO, fields.slice(0, INFO_ITEMS), fields.slice(INFO_ITEMS));
  });
}

function channels_id(t: Thread, id: Value, send?: Value, recv?: Value, force?: Value): Value | typeof PARKED {
  if (send !== undefined && recv !== undefined && !isTrue(t, send) && !isTrue(t, recv)) raiseValueError("'send' and 'recv' cannot both be False");
  const ends = endsOf(t, send, recv);
  const made = new PyChannelId(idOf(t, id), ends.send && ends.recv ? 'both' : ends.send ? 'send' : 'recv');
  return force !== undefined && isTrue(t, force) ? made : ask(t, 'exists', id, {}, () => made);
}

/** The table. */
export const INTERPCHANNELS_MODULE: NativeModule = {
  name: '_interpchannels',
  doc: 'This module provides primitive operations to manage Python interpreters.\nThe \'interpreters\' module provides a more convenient interface.',
  types: {
    ChannelError: CHANNEL_ERROR, ChannelNotFoundError: NOT_FOUND, ChannelClosedError: CLOSED, ChannelEmptyError: EMPTY, ChannelNotEmptyError: NOT_EMPTY, ChannelInfo: CHANNEL_INFO,
    ChannelID: CHANNEL_ID,
  },
  functions: {
    create: [channels_create, '!($module, unboundop=-1, fallback=-1)', 'channel_create(unboundop) -> cid\n\nCreate a new cross-interpreter channel and return a unique generated ID.'],
    destroy: [(t: Thread, cid: Value) => ask(t, 'destroy', cid, {}, nothing), '!($module, cid)', 'channel_destroy(cid)\n\nClose and finalize the channel.'],
    list_all: [
      (t: Thread) => askSupervisor(t, 'channels.list', null, (rows) => newList((rows as number[][]).map(([id, ...defaults]) => newTuple([new PyChannelId(id!, 'both'), ...defaults])))),
      '($self, /)', 'channel_list_all() -> [cid]\n\nReturn the list of all IDs for active channels.',
    ],
    list_interpreters: [
      (t: Thread, cid: Value, send: Value) => ask(t, 'interpreters', cid, { send: isTrue(t, send) }, (ids) => newList([...(ids as number[])])),
      '!($module, cid, *, send)', 'channel_list_interpreters(cid, *, send) -> [id]\n\nReturn the list of all interpreter IDs associated with an end of the channel.',
    ],
    send: [sender(/* isBuffer */ false), '!($module, cid, obj, unboundop=-1, fallback=-1, *, blocking=True, timeout=None)', "channel_send(cid, obj, *, blocking=True, timeout=None)\n\nAdd the object's data to the channel's queue."],
    send_buffer: [sender(/* isBuffer */ true), '!($module, cid, obj, unboundop=-1, fallback=-1, *, blocking=True, timeout=None)', "channel_send_buffer(cid, obj, *, blocking=True, timeout=None)\n\nAdd the object's buffer to the channel's queue."],
    recv: [channels_recv, '!($module, cid, default=None)', "channel_recv(cid, [default]) -> (obj, unboundop)\n\nReturn a new object from the data at the front of the channel's queue."],
    close: [closer('close'), '!($module, cid, *, send=None, recv=None, force=False)', 'channel_close(cid, *, send=None, recv=None, force=False)\n\nClose the channel for all interpreters.'],
    release: [closer('release'), '!($module, cid, *, send=None, recv=None, force=True)', 'channel_release(cid, *, send=None, recv=None, force=True)\n\nClose the channel for the current interpreter.'],
    get_count: [(t: Thread, cid: Value) => ask(t, 'count', cid, {}, (count) => count as number), '!($module, cid)', 'get_count(cid)\n\nReturn the number of items in the channel.'],
    get_info: [channels_info, '!($module, cid)', 'get_info(cid)\n\nReturn details about the channel.'],
    get_channel_defaults: [(t: Thread, cid: Value) => ask(t, 'defaults', cid, {}, (values) => newTuple([...(values as number[])])), '!($module, cid)', "get_channel_defaults(cid)\n\nReturn the channel's default values, set when it was created."],
    _channel_id: [channels_id, '!($module, id, *, send=None, recv=None, force=False, _resolve=False)', ''],
    _register_end_types: [nothing, '!($module, send, recv)', ''],
  },
};
