/** Fills the door of the hooks (`hooks/host.ts`). */
import { PyType } from '../core/type.ts';
import { HookError } from '../hooks/hook-error.ts';
import { setHookHost } from '../hooks/host.ts';
import { call } from '../objects/call.ts';
import * as exceptions from '../objects/exception-types.ts';
import { addFinalizer } from '../objects/finalizers.ts';
import { identityOf } from '../objects/identity.ts';
import { releaseKeptObjects } from '../objects/js-collector.ts';
import { raise } from '../objects/raise.ts';
import { addressOf, repr } from '../objects/text.ts';
import { reportUnraisable } from './sys.ts';

function raiseByName(name: string, message: string): never {
  const type = (exceptions as Readonly<Record<string, unknown>>)[name];
  if (!(type instanceof PyType)) throw new HookError('value', `${name} is no builtin exception`);
  return raise(type, message);
}

setHookHost({
  unraisable: (t, exception, message) => reportUnraisable(t, exception, message, null),
  repr,
  call,
  raise: (_t, type, message) => raiseByName(type, message),
  address: addressOf,
  identity: identityOf,
  releaseKept: releaseKeptObjects,
  atEnd: addFinalizer,
});
