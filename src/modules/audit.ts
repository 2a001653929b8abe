/** `sys.audit` for native modules. */
import type { Thread } from '../core/thread.ts';
import type { Value } from '../core/value.ts';
import { call } from '../objects/call.ts';
import { newTuple } from '../objects/make.ts';

/** Passes an event to the hooks of `sys.addaudithook`; raises what a hook raises. */
export function audit(t: Thread, event: string, args: Value[]): void {
  const hooks = t.interpreter.auditHooks;
  for (let i = 0; i < hooks.length; i++) call(t, hooks[i]!, [event, newTuple(args)]);
}
