/**
 * The way from the start modules to the late ones. A build puts a loader of their script here (`src/tools/build-runtime.mjs`); unbuilt, they are just there.
 */
import { LATE_MODULES } from './late-modules.ts';
import type { NativeModule } from './native-module.ts';

/** Loads the late modules. */
export function loadLateModules(): readonly NativeModule[] {
  return LATE_MODULES;
}
