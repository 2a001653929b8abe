/** What every runtime offers its interpreters, whoever starts it: the command, `run`, `compare` and the API. */
import { offerChannels } from './channels.ts';
import { offerSockets } from './sockets.ts';
import { offerStdin } from './stdin.ts';
import { offerInterpreters } from './subinterpreters.ts';
import type { Supervisor } from './supervisor.ts';

/** Offers interpreters, queues, channels, sockets, processes and standard input; `os._exit` ends the interpreter that calls it. */
export function offerServices(supervisor: Supervisor): void {
  offerInterpreters(supervisor);
  offerChannels(supervisor);
  offerSockets(supervisor);
  offerStdin(supervisor);
  supervisor.offer('exit', async (from, status) => supervisor.kill(from, new Error(`os._exit(${String(status)})`)));
}
