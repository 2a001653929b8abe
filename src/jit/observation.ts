/** When code that is hot is observed before it is compiled, and how often. */
import type { CodeState } from './code-state.ts';

/** Calls and back edges between observation and compilation. */
export const AFTER_OBSERVATION = 60;
/** Units of code of which one observation shows too little, how often it is observed at most, and the part of what is known that has to be new each time. */
const LARGE = 300;
const MAX_OBSERVATIONS = 8;
const NEW_PART = 0.05;
/**
 * Units of code of which each activation passes a small part. It is observed at every other visit, until instructions twice as many as its units have shown next to nothing new, or ten times
 * as many were observed: what is missing has it compiled anew later, which takes the engine a second. (`regex_compile` is warm after a tenth less time of the thread.)
 */
const HUGE = 1_500;
const AFTER_OBSERVATION_OF_HUGE = 2;
const NEW_PART_OF_HUGE = 0.01;
const IDLE_PASSES = 2;
const MAX_PASSES = 10;
/** Observations of huge code that may have shown none of its instructions, all in all. */
const MAX_OBSERVATIONS_OF_HUGE = 500;

function isHuge({ code }: CodeState): boolean {
  return code.words.length > HUGE;
}

function hasShownAll(state: CodeState): boolean {
  const { observations, feedback: { rows, observed }, code: { words } } = state;
  if (rows.size > state.seenBefore * (1 + NEW_PART_OF_HUGE)) {
    state.seenBefore = rows.size;
    state.observedBefore = observed;
  }
  return observations >= MAX_OBSERVATIONS_OF_HUGE || observed - state.observedBefore >= words.length * IDLE_PASSES || observed >= words.length * MAX_PASSES;
}

/**
 * Whether code that is hot is to be observed before it is compiled from `pc` on: once, and where that began elsewhere, in a loop of it for instance; large code for as long as that
 * shows ways through it that had not been seen.
 */
export function wantsObservation(state: CodeState, pc: number): boolean {
  const { observations, seenBefore, feedback, code } = state;
  if (observations === 0) return true;
  if (isHuge(state)) return !hasShownAll(state);
  if (observations >= MAX_OBSERVATIONS) return false;
  return !feedback.rows.has(pc) || (code.words.length > LARGE && feedback.rows.size > seenBefore * (1 + NEW_PART));
}

/** Notes that code is about to be observed; returns after how many calls and back edges it is asked again. */
export function noteObservation(state: CodeState): number {
  state.observations++;
  if (isHuge(state)) return AFTER_OBSERVATION_OF_HUGE;
  state.seenBefore = state.feedback.rows.size;
  return AFTER_OBSERVATION;
}
