/** Fills the door of the hooks (`hooks/host.ts`). */
import { setHookHost } from '../hooks/host.ts';
import { addFinalizer } from '../objects/finalizers.ts';
import { identityOf } from '../objects/identity.ts';
import { releaseKeptObjects } from '../objects/js-collector.ts';
import { addressOf, repr } from '../objects/text.ts';
import { reportUnraisable } from './sys.ts';

setHookHost({
  unraisable: (t, exception, message) => reportUnraisable(t, exception, message, null),
  repr,
  address: addressOf,
  identity: identityOf,
  releaseKept: releaseKeptObjects,
  atEnd: addFinalizer,
});
