/** Units by which failures are counted: those of instructions, and, below 0, of guards that stand elsewhere. */

/** More than any code has that is compiled. */
const FAR = 1 << 20;

/** What guards at an entry have in the place of an instruction's unit: they fail for reasons of their own, not of those of the instruction that stands there. */
export function entryUnit(entry: number): number {
  return -1 - entry;
}

/** What guards have that were moved out of a loop (`passes/hoist-guards.ts`), for that of their instruction. */
export function hoistedUnit(at: number): number {
  return at < -FAR ? at : -1 - FAR - instructionUnit(at);
}

/** What guards have that a global is the constant it was when the code was compiled. */
export function constantUnit(at: number): number {
  return -1 - 2 * FAR - at;
}

/** What a guard has that stands where those of the instruction's own operation have failed too often, and asks for less. */
export function secondUnit(at: number): number {
  return -1 - 3 * FAR - at;
}

/** Whether a unit is one that `secondUnit` gives. */
export function isSecondUnit(at: number): boolean {
  return at <= secondUnit(0) && !isRawUnit(at);
}

/** What guards have that a list keeps its floats raw, and goes on to. */
export function rawUnit(at: number): number {
  return -1 - 4 * FAR - instructionUnit(at);
}

/** Whether a unit is one that `rawUnit` gives. */
export function isRawUnit(at: number): boolean {
  return at <= rawUnit(0);
}

/** The unit of the instruction that any of these belong to. */
export function instructionUnit(at: number): number {
  return at < 0 ? (-1 - at) % FAR : at;
}
