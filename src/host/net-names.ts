/** Name resolution for interpreters over `node:dns`. Loaded when the first name is looked up. */
import { lookup, lookupService } from 'node:dns/promises';
import type { Answer, ResolvedAddress } from '../base/socket-protocol.ts';
import { errnoOfError } from './ring-pumps.ts';

/** The addresses of a host name, in the system's order. */
export async function resolveName(host: string, family: 0 | 4 | 6): Promise<Answer<ResolvedAddress[]>> {
  try {
    const rows = await lookup(host, { all: true, family, verbatim: true });
    return { value: rows.map((row) => ({ address: row.address, family: row.family === 6 ? 6 : 4 })) };
  } catch (error) {
    return { errno: errnoOfError(error) };
  }
}

/** Host and service name of an address. */
export async function nameOf(address: string, port: number): Promise<Answer<{ host: string; service: string }>> {
  try {
    const { hostname, service } = await lookupService(address, port);
    return { value: { host: hostname, service } };
  } catch (error) {
    return { errno: errnoOfError(error) };
  }
}
