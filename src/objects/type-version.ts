/** Versions of types: every change of an attribute invalidates the caches of the type and of all its subclasses. */
import type { PyType } from '../core/type.ts';

let lastVersion = 0;
/** Called after a type changed, to update slots that depend on the attribute; set by `slots.ts` (which this file must not import). */
let updateSlot: ((type: PyType, name: string) => void) | null = null;

/** Registers the slot updater; done once by `slots.ts`. */
export function onTypeModified(update: (type: PyType, name: string) => void): void {
  updateSlot = update;
}

/** A version number that no type has had. */
export function nextTypeVersion(): number {
  return ++lastVersion;
}

/** Drops what is known of the class itself: a new version, and whoever watches is told. */
export function renewType(type: PyType): void {
  const { watch } = type;
  const tells = watch !== null && (watch.armed || type.lookupCache.size > 0);
  type.version = nextTypeVersion();
  type.lookupCache.clear();
  if (!tells) return;
  // Until somebody looks the class up again, further changes are nothing new (PyType_Modified).
  watch.armed = false;
  watch.tell(type);
}

function invalidate(type: PyType): void {
  for (const reference of type.subclasses) {
    const subclass = reference.deref();
    if (subclass !== undefined) invalidate(subclass);
  }
  renewType(type);
}

/** Attribute `name` of `type` was set or deleted: drops what is known of it and updates its slots and those of its subclasses. */
export function typeModified(type: PyType, name: string): void {
  invalidate(type);
  if (name.startsWith('__')) updateSlot?.(type, name);
}
