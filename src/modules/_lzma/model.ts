/**
 * What LZMA's decoder and encoder share: probabilities, states, distances (Igor Pavlov's LZMA specification).
 *
 *   probabilities: [ is match | is rep | rep 0..2 | rep 0 long | distance slots | low bits of distances | aligned bits | match lengths | rep lengths | literals ]
 */

/** Bits of a probability; all start in the middle. */
export const PROBABILITY_BITS = 11;
const HALF = 1 << (PROBABILITY_BITS - 1);
/** How fast probabilities follow what comes. */
export const MOVE_BITS = 5;
/** A range smaller than this takes a further byte. */
export const TOP = 2 ** 24;

const STATES = 12;
const POSITION_STATES = 16;

export const IS_MATCH = 0;
export const IS_REP = IS_MATCH + STATES * POSITION_STATES;
export const IS_REP_0 = IS_REP + STATES;
export const IS_REP_1 = IS_REP_0 + STATES;
export const IS_REP_2 = IS_REP_1 + STATES;
export const IS_REP_0_LONG = IS_REP_2 + STATES;
export const SLOT = IS_REP_0_LONG + STATES * POSITION_STATES;
export const SPECIAL = SLOT + 4 * 64;
export const ALIGN = SPECIAL + 128;
export const MATCH_LENGTH = ALIGN + 16;
/** Of a length coder: two choices, 16 low and 16 middle trees of 8, a high one of 256. */
export const LENGTH_LOW = 2;
export const LENGTH_MIDDLE = LENGTH_LOW + POSITION_STATES * 8;
export const LENGTH_HIGH = LENGTH_MIDDLE + POSITION_STATES * 8;
const LENGTH_SIZE = LENGTH_HIGH + 256;
export const REP_LENGTH = MATCH_LENGTH + LENGTH_SIZE;
export const LITERAL = REP_LENGTH + LENGTH_SIZE;
/** Probabilities of one literal coder. */
export const LITERAL_SIZE = 0x300;

/** Slots below this have no low bits of their own; from END on, the middle bits are not modelled. */
export const START_SPECIAL = 4;
export const END_SPECIAL = 14;
export const ALIGN_BITS = 4;
export const SHORTEST_MATCH = 2;
export const LONGEST_MATCH = 273;

/** lc, lp and pb. */
export interface Properties {
  readonly literalContext: number;
  readonly literalPosition: number;
  readonly positionBits: number;
}

/** A fresh set of probabilities. */
export function newProbabilities({ literalContext, literalPosition }: Properties): Uint16Array {
  return new Uint16Array(LITERAL + (LITERAL_SIZE << (literalContext + literalPosition))).fill(HALF);
}

/** lc, lp and pb from the byte that says them; null for one that says nothing possible. */
export function parseProperties(byte: number): Properties | null {
  if (byte >= 9 * 5 * 5) return null;
  return { literalContext: byte % 9, literalPosition: Math.floor(byte / 9) % 5, positionBits: Math.floor(byte / 45) };
}

/** The byte that says them. */
export function propertiesByte({ literalContext, literalPosition, positionBits }: Properties): number {
  return (positionBits * 5 + literalPosition) * 9 + literalContext;
}

/** The state after a literal. */
export function afterLiteral(state: number): number {
  return state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
}

/** Whether the last symbol was a literal. */
export function isLiteralState(state: number): boolean {
  return state < 7;
}
