/**
 * Cross-interpreter channels for `_interpchannels` (Modules/_interpchannelsmodule.c): they live here, so that a dead interpreter takes none with it.
 *
 *   open ──close(send) while items are left──▶ closing ──last item received──▶ closed
 *   open ──close, or the last interpreter releases its end──▶ closed
 */
import type { HostValue } from '../base/protocol.ts';
import type { InterpreterHandle } from './interpreter-handle.ts';
import type { Supervisor } from './supervisor.ts';

/** What becomes of an item whose interpreter has ended: `unboundop` of the library. */
const UNBOUND_REMOVE = 1;

interface Item {
  data: HostValue;
  readonly isBuffer: boolean;
  readonly from: number;
  readonly unbound: number;
  isUnbound: boolean;
  /** Tells a blocking sender; null when it does not wait. */
  settle: ((outcome: 'received' | 'closed') => void) | null;
}

interface Ends {
  send: boolean | null;
  recv: boolean | null;
}

interface Channel {
  readonly id: number;
  readonly defaults: readonly [number, number];
  items: Item[];
  state: 'open' | 'closing' | 'closed';
  /** Interpreters that have used an end: true while bound, false when released. */
  readonly ends: Map<number, Ends>;
}

/** A request of the module; `id` names the channel. */
interface ChannelRequest {
  readonly id: number;
  readonly item?: HostValue;
  readonly isBuffer?: boolean;
  readonly unbound?: number;
  readonly fallback?: number;
  /** Milliseconds that a blocking send waits; null for ever. */
  readonly timeout?: number | null;
  readonly blocking?: boolean;
  readonly send?: boolean;
  readonly recv?: boolean;
  readonly force?: boolean;
}

/** Errors by name: classes of the module. */
type Failure = { readonly failure: 'notFound' | 'closed' | 'empty' | 'notEmpty' | 'timeout' };
type Outcome = Failure | { readonly value: unknown };

const CLOSED: Failure = { failure: 'closed' };

function endsOf(channel: Channel, interpreter: number): Ends {
  let ends = channel.ends.get(interpreter);
  if (ends === undefined) channel.ends.set(interpreter, (ends = { send: null, recv: null }));
  return ends;
}

function closeNow(channel: Channel): void {
  channel.state = 'closed';
  for (const item of channel.items) item.settle?.('closed');
  channel.items = [];
  for (const ends of channel.ends.values()) {
    if (ends.send !== null) ends.send = false;
    if (ends.recv !== null) ends.recv = false;
  }
}

function send(channel: Channel, from: number, request: ChannelRequest): Promise<Outcome> | Outcome {
  const ends = endsOf(channel, from);
  if (channel.state !== 'open' || ends.send === false) return CLOSED;
  ends.send = true;
  const item: Item = { data: request.item!, isBuffer: request.isBuffer === true, from, unbound: request.unbound === -1 ? channel.defaults[0] : request.unbound!, isUnbound: false, settle: null };
  channel.items.push(item);
  if (request.blocking !== true) return { value: null };
  return new Promise((resolve) => {
    const timer = request.timeout === null || request.timeout === undefined ? undefined : setTimeout(() => {
      channel.items = channel.items.filter((other) => other !== item);
      resolve({ failure: 'timeout' });
    }, request.timeout);
    item.settle = (outcome) => {
      clearTimeout(timer);
      resolve(outcome === 'received' ? { value: null } : CLOSED);
    };
  });
}

function receive(channel: Channel, to: number): Outcome {
  const ends = endsOf(channel, to);
  if (channel.state === 'closed' || ends.recv === false) return CLOSED;
  ends.recv = true;
  const item = channel.items.shift();
  if (item === undefined) {
    if (channel.state !== 'closing') return { failure: 'empty' };
    closeNow(channel);
    return CLOSED;
  }
  item.settle?.('received');
  if (channel.state === 'closing' && channel.items.length === 0) closeNow(channel);
  return { value: item.isUnbound ? { unbound: item.unbound } : { data: item.data, isBuffer: item.isBuffer } };
}

function close(channel: Channel, { send: sending, recv, force }: ChannelRequest): Outcome {
  const onlySend = sending === true && recv !== true;
  if (channel.state === 'closed' || (force !== true && onlySend && channel.state === 'closing')) return CLOSED;
  if (force !== true && channel.items.length > 0) {
    if (!onlySend) return { failure: 'notEmpty' };
    channel.state = 'closing';
    return { value: null };
  }
  closeNow(channel);
  return { value: null };
}

/** Gives up one interpreter's ends; when nobody is left on a side, the channel closes. */
function release(channel: Channel, interpreter: number, { send: sending, recv }: ChannelRequest): Outcome {
  if (channel.state === 'closed') return CLOSED;
  const both = sending !== true && recv !== true;
  // Who gives up a channel that nobody has used does not close it.
  const wasUsed = channel.ends.size > 0;
  const ends = endsOf(channel, interpreter);
  if (both || sending === true) ends.send = false;
  if (both || recv === true) ends.recv = false;
  const all = [...channel.ends.values()];
  const gone = (side: 'send' | 'recv'): boolean => all.some((other) => other[side] === false) && !all.some((other) => other[side] === true);
  if (wasUsed && gone('send') && gone('recv')) closeNow(channel);
  return { value: null };
}

function info(channel: Channel, interpreter: number): Outcome {
  const all = [...channel.ends.values()];
  const count = (test: (ends: Ends) => boolean): number => all.filter(test).length;
  const own = channel.ends.get(interpreter) ?? { send: null, recv: null };
  return {
    value: [
      channel.state === 'open', channel.state === 'closing', channel.state === 'closed', channel.items.length, count((e) => e.send === true && e.recv === null),
      count((e) => e.send === false && e.recv === null), count((e) => e.recv === true && e.send === null), count((e) => e.recv === false && e.send === null),
      count((e) => e.send === true && e.recv === true), count((e) => e.send === false && e.recv === false),
      count((e) => e.send === false && e.recv === true), count((e) => e.send === true && e.recv === false), own.send === true, own.send === false, own.recv === true, own.recv === false,
    ],
  };
}

/** An interpreter has ended: what it had sent is dropped, kept as unbound, or stands for an error; its ends are released. */
function forget(channel: Channel, interpreter: number): void {
  channel.items = channel.items.filter((item) => {
    if (item.from !== interpreter) return true;
    item.settle = null;
    item.isUnbound = true;
    item.data = null;
    return item.unbound !== UNBOUND_REMOVE;
  });
  if (channel.ends.has(interpreter)) release(channel, interpreter, { id: channel.id });
}

/** Offers `channels.*`. */
export function offerChannels(supervisor: Supervisor): void {
  const channels = new Map<number, Channel>();
  const watched = new Set<number>();
  let nextId = 0;
  const watch = (from: InterpreterHandle): void => {
    if (watched.has(from.id)) return;
    watched.add(from.id);
    void supervisor.whenEnded(from).then(() => {
      watched.delete(from.id);
      for (const channel of channels.values()) forget(channel, from.id);
    });
  };
  const offer = (name: string, run: (channel: Channel, from: number, request: ChannelRequest) => Promise<Outcome> | Outcome): void => {
    supervisor.offer(`channels.${name}`, async (from, argument) => {
      watch(from);
      const request = argument as ChannelRequest;
      const channel = channels.get(request.id);
      return channel === undefined ? { failure: 'notFound' } : run(channel, from.id, request);
    });
  };
  supervisor.offer('channels.create', (_from, argument) => {
    const { unbound, fallback } = argument as ChannelRequest;
    channels.set(nextId, { id: nextId, defaults: [unbound!, fallback!], items: [], state: 'open', ends: new Map() });
    return Promise.resolve(nextId++);
  });
  supervisor.offer('channels.list', () => Promise.resolve([...channels.values()].filter((channel) => channel.state !== 'closed').map((channel) => [channel.id, ...channel.defaults])));
  offer('destroy', (channel) => {
    closeNow(channel);
    channels.delete(channel.id);
    return { value: null };
  });
  offer('send', send);
  offer('recv', (channel, from) => receive(channel, from));
  offer('close', (channel, _from, request) => close(channel, request));
  offer('release', release);
  offer('info', info);
  offer('count', (channel) => ({ value: channel.items.length }));
  offer('defaults', (channel) => ({ value: channel.defaults }));
  offer('exists', () => ({ value: null }));
  offer('interpreters', (channel, _from, request) => {
    const side = request.send === true ? 'send' : 'recv';
    if (channel.state === 'closed' || (channel.state === 'closing' && side === 'send')) return CLOSED;
    return { value: [...channel.ends].filter(([, ends]) => ends[side] === true).map(([id]) => id) };
  });
}

