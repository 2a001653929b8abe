/** Machines that run nothing, to be used again: their stacks are most of the cost of a short match. */
import { SreMachine, type SrePoll } from './machine.ts';
import type { SreProgram } from './program.ts';
import type { Subject } from './subject.ts';

/** A declared cache. */
const idle: SreMachine[] = [];
/** As many as regular expressions run inside of one another, by functions that replace matches. */
const MOST_IDLE = 4;
/** A longer stack is left to the garbage collector. */
const LONGEST_IDLE_STACK = 1 << 16;
/** A longer subject is not kept for the sake of its machine. */
const LONGEST_IDLE_SUBJECT = 1 << 16;

/** A machine for runs over a subject; give it back with `releaseMachine`. */
export function takeMachine(program: SreProgram, subject: Subject, end: number, poll: SrePoll): SreMachine {
  const machine = idle.pop();
  if (machine === undefined) return new SreMachine(program, subject, end, poll);
  machine.begin(program, subject, end, poll);
  return machine;
}

/** Ends the use of a machine. */
export function releaseMachine(machine: SreMachine): void {
  if (idle.length < MOST_IDLE && machine.capacity <= LONGEST_IDLE_STACK && machine.end <= LONGEST_IDLE_SUBJECT) idle.push(machine);
}
