/** The two lists of native modules agree, and none is loaded before it is asked for. */
import { expect, it } from 'vitest';
import '../objects/bootstrap.ts';
import { LATE_MODULES } from './late-modules.ts';
import { nativeModule, nativeModuleNames } from './native-lookup.ts';
import { LATE_NAMES } from './registry.ts';

it('names exactly the late modules', () => {
  expect([...LATE_NAMES].sort()).toEqual(LATE_MODULES.map((module) => module.name).sort());
});

it('finds every module under its name', () => {
  for (const name of nativeModuleNames()) expect(nativeModule(name)?.name).toBe(name);
});
