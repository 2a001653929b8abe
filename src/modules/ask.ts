/** Asking the supervisor from a native function: the thread parks until the answer is there. */
import { PARKED, type Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { RuntimeError } from '../objects/exception-types.ts';
import { raise } from '../objects/raise.ts';
import { requireGrant } from './grants.ts';

/** Kinds of requests (what stands before the dot) that need a grant. */
const NEEDS_NETWORK: ReadonlySet<string> = new Set(['net', 'udp']);
const NEEDS_PROCESSES: ReadonlySet<string> = new Set(['child']);

function checkGrants(t: Thread, what: string): void {
  const kind = what.slice(0, what.indexOf('.'));
  if (NEEDS_NETWORK.has(kind)) requireGrant(t, 'network');
  if (NEEDS_PROCESSES.has(kind)) requireGrant(t, 'processes');
}

function supervisorOf(t: Thread, what: string): NonNullable<Thread['interpreter']['ask']> {
  checkGrants(t, what);
  return t.interpreter.ask ?? raise(RuntimeError, `${what} needs a supervisor, and this interpreter runs without one`);
}

/** Parks the thread until the supervisor has answered; `finish` turns the answer into the function's result. `failed` gets a refusal. */
export function askSupervisor(
  t: Thread,
  what: string,
  argument: unknown,
  finish: (answer: unknown) => Value,
  failed: (message: string) => never = (message) => raise(RuntimeError, message),
): typeof PARKED {
  const answer = supervisorOf(t, what)(what, argument);
  t.parked = {
    reason: what,
    deadline: Infinity,
    ready: () => answer.ready(),
    finish: () => {
      let value: unknown;
      try {
        value = answer.finish();
      } catch (error) {
        failed(error instanceof Error ? error.message : String(error));
      }
      return finish(value);
    },
  };
  return PARKED;
}

function finished(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return raise(RuntimeError, error instanceof Error ? error.message : String(error));
  }
}

/**
 * Asks and waits where the thread cannot park, for answers that come at once: no other thread runs meanwhile. One that did, and then blocked on top of this
 * one, would keep it from going on: a deadlock if it waits for what this thread does next. Refusals raise RuntimeError.
 */
export function askNow(t: Thread, what: string, argument: unknown): unknown {
  return finished(() => supervisorOf(t, what)(what, argument).settle());
}

/** As `askNow`, for answers that may take long (a name server's): other threads run meanwhile, and signals are handled. */
export function askPatiently(t: Thread, what: string, argument: unknown): unknown {
  const answer = supervisorOf(t, what)(what, argument);
  if (!answer.ready()) t.interpreter.scheduler.block(t, { reason: what, deadline: Infinity, ready: () => answer.ready(), finish: () => null });
  return finished(() => answer.finish());
}

/** Tells the supervisor something that has no answer. */
export function tellSupervisor(t: Thread, what: string, argument: unknown): void {
  checkGrants(t, what);
  const { tell } = t.interpreter;
  if (tell === null) raise(RuntimeError, `${what} needs a supervisor, and this interpreter runs without one`);
  tell(what, argument);
}
