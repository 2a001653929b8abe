/**
 * Sockets, names and child processes for interpreters: registers the requests; what serves them is loaded when the first one comes, so that
 * a program without sockets does not pay for `node:net`.
 */
import type { AcceptRequest, BindRequest, ConnectRequest, DatagramRequest, OptionRequest, SpawnRequest } from '../base/socket-protocol.ts';
import type { Children } from './children.ts';
import type { DatagramSockets } from './net-datagrams.ts';
import type { StreamSockets } from './net-streams.ts';
import type { InterpreterHandle } from './interpreter-handle.ts';
import { offerPipes } from './pipes.ts';
import type { Supervisor } from './supervisor.ts';

/** What one interpreter has open. */
interface Open {
  streams: StreamSockets | null;
  datagrams: DatagramSockets | null;
  children: Children | null;
}

/** Offers `net.*`, `udp.*` and `child.*`. */
export function offerSockets(supervisor: Supervisor): void {
  offerPipes(supervisor);
  const all = new Map<number, Open>();
  const openOf = (handle: InterpreterHandle): Open => {
    let open = all.get(handle.id);
    if (open === undefined) {
      all.set(handle.id, (open = { streams: null, datagrams: null, children: null }));
      void supervisor.whenEnded(handle).then(() => {
        const ended = all.get(handle.id);
        all.delete(handle.id);
        ended?.streams?.closeAll();
        ended?.datagrams?.closeAll();
        ended?.children?.closeAll();
      });
    }
    return open;
  };
  const streams = async (handle: InterpreterHandle): Promise<StreamSockets> => {
    const { StreamSockets: Streams } = await import('./net-streams.ts');
    return (openOf(handle).streams ??= new Streams(() => handle.wake()));
  };
  const datagrams = async (handle: InterpreterHandle): Promise<DatagramSockets> => {
    const { DatagramSockets: Datagrams } = await import('./net-datagrams.ts');
    return (openOf(handle).datagrams ??= new Datagrams(() => handle.wake()));
  };
  const children = async (handle: InterpreterHandle): Promise<Children> => {
    const { Children: Processes } = await import('./children.ts');
    return (openOf(handle).children ??= new Processes(() => handle.wake()));
  };
  supervisor.offer('net.bind', async (from, request) => (await streams(from)).bind(request as BindRequest));
  supervisor.offer('net.listen', async (from, id) => (await streams(from)).listen(id as number));
  supervisor.offer('net.accept', async (from, request) => (await streams(from)).accept(request as AcceptRequest));
  supervisor.offer('net.connect', async (from, request) => (await streams(from)).connect(request as ConnectRequest));
  supervisor.offer('net.names', async (from, id) => (await streams(from)).names(id as number));
  supervisor.offer('net.flush', async (from, id) => (await streams(from)).flush(id as number));
  supervisor.offer('net.resume', async (from, id) => (await streams(from)).resume(id as number));
  supervisor.offer('net.option', async (from, request) => (await streams(from)).option(request as OptionRequest));
  supervisor.offer('net.close', async (from, id) => (await streams(from)).close(id as number));
  supervisor.offer('net.resolve', async (_from, request) => {
    const { host, family } = request as { host: string; family: 0 | 4 | 6 };
    return (await import('./net-names.ts')).resolveName(host, family);
  });
  supervisor.offer('net.nameOf', async (_from, request) => {
    const { host, port } = request as { host: string; port: number };
    return (await import('./net-names.ts')).nameOf(host, port);
  });
  supervisor.offer('udp.open', async (from, request) => (await datagrams(from)).open(request as DatagramRequest));
  supervisor.offer('udp.flush', async (from, id) => (await datagrams(from)).flush(id as number));
  supervisor.offer('udp.option', async (from, request) => (await datagrams(from)).option(request as OptionRequest));
  supervisor.offer('udp.close', async (from, id) => (await datagrams(from)).close(id as number));
  supervisor.offer('child.spawn', async (from, request) => (await children(from)).spawn(request as SpawnRequest));
  supervisor.offer('child.flush', async (from, id) => (await children(from)).flush(id as number));
  supervisor.offer('child.resume', async (from, id) => (await children(from)).resume(id as number));
}
