/**
 * An opcode pack: instructions that are added to the interpreter's or take the place of some, declared with the same words as those of `interp/instructions/`, and the
 * compiler's and the library's parts that make use of them. Packs are off by default: a build makes a runtime of its own for each, which `-X pack=NAME` starts.
 *
 *   FOLDER/opcodes.ts       `export const OPCODES = {` rows as in `bytecode/opcode-table.ts`, one a line `};`: numbers 129 to 233, no terminators
 *   FOLDER/instructions.ts  `export function NAME(m: Machine, oparg: number, ...inputs: Value): Outcome`, as in `interp/instructions/`; a usual name overrides
 *   FOLDER/pack.ts          `export const PACK: OpcodePack<...>`
 *
 * From these come the loop, the reference loop's table, all metadata, `dis` and `OPCODES.md` (`npm run generate -- --pack FOLDER`; `npm run build` does it for `src/packs/`,
 * `npm run build -- pack FOLDER` for one elsewhere).
 */
import { assert } from '../base/assert.ts';

/** A pack. `Extension` is the compiler's, `Module` that of native modules: records of rooms above this one. */
export interface OpcodePack<Extension, Module> {
  readonly name: string;
  /** Whether it takes the place of usual instructions: then the tier above the loop, which knows only those, stays off. */
  readonly overrides: boolean;
  /** Takes part in compiling the modules that ask for it; null for a pack that only overrides. */
  readonly compiler: Extension | null;
  /** Native modules that only this runtime has. */
  readonly modules: readonly Module[];
}

let installed: OpcodePack<unknown, unknown> | null = null;

/** Notes the pack that this runtime was built with; done once per worker, before the first interpreter. */
export function setOpcodePack(pack: OpcodePack<unknown, unknown>): void {
  assert(installed === null, 'a runtime is built with one pack');
  installed = pack;
}

/** The pack of this runtime, or null. */
export function opcodePack(): OpcodePack<unknown, unknown> | null {
  return installed;
}
